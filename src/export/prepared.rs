//! A document as it is exported: what Markdown has no sign for, and follows from where things stand.
//!
//! A list within a point of the decision is its sub-points, a), b); numbered bilagor can be led to,
//! and the text that names one leads there. The Markdown stays as it was read: clean for diffs.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use super::headings::Headings;
use super::outline::Decision;
use super::reservations;
use crate::document::Document;
use crate::library::Templates;
use crate::markdown::{At, Block, BlockKind, Inline, InlineKind, SourcedText, plain};

/// The role of a part that holds the sub-points of a point.
pub const SUBPOINTS: &str = "delpunkter";
/// The role of a part that holds the list of numbered bilagor.
pub const ATTACHED: &str = "bilagelista";

/// Where a bilaga stands in the document, for a link.
pub fn attachment_id(number: usize) -> String {
    format!("bilaga-{number}")
}

/// Whether a link leads to a bilaga of the document.
pub fn leads_to_attachment(url: &str) -> bool {
    url.strip_prefix("#bilaga-").is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The document with its sub-points and its numbered bilagor told apart, and what refers to others of its
/// parts leading there.
pub fn prepared<'d>(document: &'d Document, templates: &Templates) -> Cow<'d, Document> {
    let headings = Headings::of(document, templates);
    let blocks = &document.blocks;
    let decision = Decision::of(blocks, &headings);
    let decided = decision.heading.map_or(0..0, |heading| heading..decision.end);
    let attached = attachments(blocks, &headings);
    let has_subpoints = blocks[decided.clone()].iter().any(holds_subpoints);
    let has_reservations = !reservations::ids(blocks).is_empty();
    if attached.is_none() && !has_subpoints && !has_reservations {
        return Cow::Borrowed(document);
    }
    let mut document = document.clone();
    document.blocks[decided].iter_mut().for_each(tell_subpoints);
    if let Some((at, number)) = attached {
        for (_, block) in document.blocks.iter_mut().enumerate().filter(|(other, _)| *other != at) {
            link_block(block, number);
        }
        part(ATTACHED, &mut document.blocks[at]);
    }
    reservations::link(&mut document.blocks);
    Cow::Owned(document)
}

/// Where the list of numbered bilagor stands, and how many they are: directly below their heading. A list further
/// down is that of something else, as what a reservation proposes.
fn attachments(blocks: &[Block], headings: &Headings) -> Option<(usize, usize)> {
    let at = blocks.iter().position(|block| headings.is_over_attachments(block))? + 1;
    match &blocks.get(at)?.kind {
        BlockKind::List { start: Some(1), items, .. } => Some((at, items.len())),
        _ => None,
    }
}

/// Makes a block the only one of a part.
fn part(role: &str, block: &mut Block) {
    let at = block.at.clone();
    let inner = std::mem::replace(block, Block { at: At::default(), kind: BlockKind::Rule });
    *block = Block { at, kind: BlockKind::Part { role: role.to_owned(), blocks: vec![inner] } };
}

fn holds_subpoints(block: &Block) -> bool {
    match &block.kind {
        BlockKind::List { start: Some(_), items, .. } => items.iter().flatten().any(are_subpoints),
        BlockKind::Part { blocks, .. } => blocks.iter().any(holds_subpoints),
        _ => false,
    }
}

fn tell_subpoints(block: &mut Block) {
    match &mut block.kind {
        BlockKind::List { start: Some(_), items, .. } => {
            for inner in items.iter_mut().flatten().filter(|inner| are_subpoints(inner)) {
                if let BlockKind::List { start, .. } = &mut inner.kind {
                    *start = start.or(Some(1));
                }
                part(SUBPOINTS, inner);
            }
        }
        BlockKind::Part { blocks, .. } => blocks.iter_mut().for_each(tell_subpoints),
        _ => {}
    }
}

/// Whether a block of a point is its sub-points: a list, but no list of amounts.
fn are_subpoints(block: &Block) -> bool {
    let BlockKind::List { items, .. } = &block.kind else { return false };
    let is_amount = |item: &Vec<Block>| match item.first().map(|block| &block.kind) {
        Some(BlockKind::Paragraph(inlines)) => says_amount(&plain(inlines)),
        _ => false,
    };
    !items.iter().all(is_amount)
}

/// Whether an item of a list says an amount.
pub fn says_amount(text: &str) -> bool {
    static AMOUNT: OnceLock<Option<Regex>> = OnceLock::new();
    let amount = AMOUNT.get_or_init(|| {
        Regex::new(r"(?i)\d[\d \u{a0},.]*\s?(?:kronor|kr|tkr|mkr|mnkr|mdkr|miljon|miljarder|procent|%)").ok()
    });
    amount.as_ref().is_some_and(|amount| amount.is_match(text))
}

fn link_block(block: &mut Block, number: usize) {
    match &mut block.kind {
        BlockKind::Paragraph(inlines) => link(inlines, number),
        BlockKind::List { items, .. } => {
            items.iter_mut().flatten().for_each(|block| link_block(block, number));
        }
        BlockKind::Quote(blocks) | BlockKind::Part { blocks, .. } | BlockKind::Footnote { blocks, .. } => {
            blocks.iter_mut().for_each(|block| link_block(block, number));
        }
        BlockKind::Table { rows, .. } => {
            rows.iter_mut().flatten().for_each(|cell| link(cell, number));
        }
        // A heading leads nowhere, nor does code.
        BlockKind::Heading { .. } | BlockKind::Code(_) | BlockKind::Rule | BlockKind::Html(_) => {}
    }
}

fn link(inlines: &mut Vec<Inline>, number: usize) {
    let mut linked = Vec::with_capacity(inlines.len());
    for mut inline in std::mem::take(inlines) {
        match &mut inline.kind {
            InlineKind::Emph(inner) | InlineKind::Strong(inner) => link(inner, number),
            InlineKind::Text(text) => {
                let named = named(text, number);
                if !named.is_empty() {
                    linked.extend(with_links(text, &named, &inline.at));
                    continue;
                }
            }
            _ => {}
        }
        linked.push(inline);
    }
    *inlines = linked;
}

fn with_links(text: &SourcedText, named: &[(Range<usize>, usize)], at: &At) -> Vec<Inline> {
    let plain = |range: Range<usize>| Inline { at: at.clone(), kind: InlineKind::Text(text.part(range)) };
    let mut inlines = Vec::new();
    let mut done = 0;
    for (range, number) in named {
        if range.start > done {
            inlines.push(plain(done..range.start));
        }
        let url = format!("#{}", attachment_id(*number));
        let kind = InlineKind::Link { url, title: String::new(), inlines: vec![plain(range.clone())] };
        inlines.push(Inline { at: at.clone(), kind });
        done = range.end;
    }
    if done < text.len() {
        inlines.push(plain(done..text.len()));
    }
    inlines
}

/// The bilagor that a text names by their numbers: ”bilaga 2”, ”bilagorna 1 och 3”; but not ”bilaga 2
/// till förordningen”, nor ”läroplanens bilaga 2”.
fn named(text: &str, most: usize) -> Vec<(Range<usize>, usize)> {
    static NAMED: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = NAMED.get_or_init(|| {
        Regex::new(concat!(
            r"(?i)(?P<owner>\b\p{L}{3,}(?:ens|ets|ans|ats|rnas)\s+)?\bbil(?:aga|agor|agorna|\.)\s+(?P<numbers>[0-9]{1,2}",
            r"(?:(?:\s*,\s*|\s+(?:och|samt|till|eller|respektive)\s+)[0-9]{1,2})*)(?P<other>\s+(?:till|i|av|från|hos|ur)\s+\p{L})?"
        ))
        .ok()
    });
    let Some(pattern) = pattern else { return Vec::new() };
    let mut found = Vec::new();
    for captures in pattern.captures_iter(text) {
        let (Some(whole), Some(numbers)) = (captures.get(0), captures.name("numbers")) else { continue };
        if captures.name("owner").is_some() || captures.name("other").is_some() {
            continue;
        }
        let digits = crate::language::runs(numbers.as_str(), |sign| sign.is_ascii_digit(), |_| false);
        for (at, range) in digits.enumerate() {
            let number = numbers.as_str()[range.clone()].parse().unwrap_or_default();
            if (1..=most).contains(&number) {
                // The first takes its word along.
                let start = if at == 0 { whole.start() } else { numbers.start() + range.start };
                found.push((start..numbers.start() + range.end, number));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bilagor_that_are_named_are_found() {
        let links = |text: &str| {
            named(text, 3)
                .into_iter()
                .map(|(range, number)| (text[range].to_owned(), number))
                .collect::<Vec<_>>()
        };
        let link = |text: &str, number| (text.to_owned(), number);
        assert_eq!(links("Se bilaga 2."), [link("bilaga 2", 2)]);
        assert_eq!(links("Bilagorna 1 och 3 visar det."), [link("Bilagorna 1", 1), link("3", 3)]);
        assert_eq!(links("Se bilaga 4, bilaga 2 till förordningen och läroplanens bilaga 1."), []);
        assert_eq!(links("Se bil. 3, inte bilagan."), [link("bil. 3", 3)]);
    }
}
