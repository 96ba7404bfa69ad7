//! A document as it is exported: what Markdown has no sign for, and follows from where things stand.
//!
//! A list within a point of the decision is its sub-points, a), b); points and numbered bilagor can be led to,
//! and the text that names one leads there. The Markdown stays as it was read: clean for diffs.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::Regex;

use super::headings::Headings;
use super::outline::Decision;
use super::points::Points;
use super::{links, reservations};
use crate::check::pointing;
use crate::document::Document;
use crate::library::Templates;
use crate::markdown::{At, Block, BlockKind, Inline, InlineKind, Visited, plain, walk};

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
    let has_points = blocks[decided.clone()].iter().any(holds_points);
    let has_subpoints = blocks[decided.clone()].iter().any(holds_subpoints);
    let names_points = has_points && names_points(blocks);
    let has_reservations = !reservations::ids(blocks).is_empty();
    if attached.is_none() && !has_subpoints && !names_points && !has_reservations {
        return Cow::Borrowed(document);
    }
    let is_answer = is_answer(document);
    let mut document = document.clone();
    document.blocks[decided.clone()].iter_mut().for_each(tell_subpoints);
    if names_points {
        let points = Points::of(&document.blocks, decided.clone(), is_answer);
        for (at, block) in document.blocks.iter_mut().enumerate() {
            let within = decided.contains(&at).then_some(at);
            links::to_points(block, &points, within);
        }
    }
    if let Some((at, number)) = attached {
        for (_, block) in document.blocks.iter_mut().enumerate().filter(|(other, _)| *other != at) {
            links::to_attachments(block, number);
        }
        part(ATTACHED, &mut document.blocks[at]);
    }
    reservations::link(&mut document.blocks);
    Cow::Owned(document)
}

/// Whether the text may speak of points by their numbers.
fn names_points(blocks: &[Block]) -> bool {
    let mut names = false;
    walk(blocks, &mut |node| {
        if let Visited::Inline(Inline { kind: InlineKind::Text(text), .. }) = node {
            names = names || ["unkt", "att-sats"].iter().any(|word| text.contains(word));
        }
    });
    names
}

/// Whether the title, or the line under it, says that the document answers another.
fn is_answer(document: &Document) -> bool {
    let mut title = document.title();
    if let Some(Block { kind: BlockKind::Part { role, blocks }, .. }) = document.blocks.get(1)
        && role == "underrubrik"
        && let Some(Block { kind: BlockKind::Paragraph(inlines), .. }) = blocks.first()
    {
        title.push(' ');
        title.push_str(&plain(inlines));
    }
    pointing::is_of_answer(&title)
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

fn holds_points(block: &Block) -> bool {
    match &block.kind {
        BlockKind::List { start: Some(_), .. } => true,
        BlockKind::Part { blocks, .. } => blocks.iter().any(holds_points),
        _ => false,
    }
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
