//! What the text names by a number leads there: ”bilaga 2”, ”punkt 2 c”.

use std::ops::Range;

use super::points::Points;
use super::prepared::attachment_id;
use crate::check::pointing;
use crate::markdown::{At, Block, BlockKind, Inline, InlineKind, SourcedText};

/// A stretch of a text, and where it leads within the document.
type Link = (Range<usize>, String);

/// Makes what names a bilaga in a block lead there, where the document has so many.
pub fn to_attachments(block: &mut Block, most: usize) {
    link_block(block, &|text| {
        let named = pointing::attachments(text).into_iter().filter(|(_, number)| (1..=most).contains(number));
        named.map(|(range, number)| (range, attachment_id(number))).collect()
    });
}

/// Makes what names a point of the decision lead there; `within` is the block's place, if it is part of the decision.
pub fn to_points(block: &mut Block, points: &Points, within: Option<usize>) {
    link_block(block, &|text| {
        let named = pointing::points(text).into_iter();
        named.filter_map(|point| Some((point.range.clone(), points.id(&point, within)?))).collect()
    });
}

fn link_block(block: &mut Block, named: &dyn Fn(&str) -> Vec<Link>) {
    match &mut block.kind {
        BlockKind::Paragraph(inlines) => link(inlines, named),
        BlockKind::List { items, .. } => {
            items.iter_mut().flatten().for_each(|block| link_block(block, named));
        }
        BlockKind::Quote(blocks) | BlockKind::Part { blocks, .. } | BlockKind::Footnote { blocks, .. } => {
            blocks.iter_mut().for_each(|block| link_block(block, named));
        }
        BlockKind::Table { rows, .. } => {
            rows.iter_mut().flatten().for_each(|cell| link(cell, named));
        }
        // A heading leads nowhere, nor does code.
        BlockKind::Heading { .. } | BlockKind::Code(_) | BlockKind::Rule | BlockKind::Html(_) => {}
    }
}

fn link(inlines: &mut Vec<Inline>, named: &dyn Fn(&str) -> Vec<Link>) {
    let mut linked = Vec::with_capacity(inlines.len());
    for mut inline in std::mem::take(inlines) {
        match &mut inline.kind {
            InlineKind::Emph(inner) | InlineKind::Strong(inner) => link(inner, named),
            InlineKind::Text(text) => {
                let links = named(text);
                if !links.is_empty() {
                    linked.extend(with_links(text, links, &inline.at));
                    continue;
                }
            }
            _ => {}
        }
        linked.push(inline);
    }
    *inlines = linked;
}

fn with_links(text: &SourcedText, links: Vec<Link>, at: &At) -> Vec<Inline> {
    let plain = |range: Range<usize>| Inline { at: at.clone(), kind: InlineKind::Text(text.part(range)) };
    let mut inlines = Vec::new();
    let mut done = 0;
    for (range, id) in links {
        if range.start > done {
            inlines.push(plain(done..range.start));
        }
        done = range.end;
        let kind =
            InlineKind::Link { url: format!("#{id}"), title: String::new(), inlines: vec![plain(range)] };
        inlines.push(Inline { at: at.clone(), kind });
    }
    if done < text.len() {
        inlines.push(plain(done..text.len()));
    }
    inlines
}
