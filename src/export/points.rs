//! The points of the decision, and where they stand for what refers to them: ”punkt 2 c”.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::headings::Headings;
use super::outline::Decision;
use crate::check::pointing::Point;
use crate::markdown::{Block, BlockKind, Inline, InlineKind, Visited, walk};

/// What the names of points begin with, and that of the decision itself.
pub const DECISION: &str = "beslut";

/// The numbered points of each decision of a document, as the numbers of their sub-points.
pub struct Points {
    decisions: Vec<Vec<usize>>,
    /// Where in the document each of its lists stands.
    lists: Vec<usize>,
    /// Whether the document answers another, of whose points it speaks.
    is_answer: bool,
}

impl Points {
    /// Those in the section of the decision.
    pub fn of(blocks: &[Block], decided: Range<usize>, is_answer: bool) -> Self {
        let (mut decisions, mut lists) = (Vec::new(), Vec::new());
        for (at, block) in blocks.iter().enumerate().take(decided.end).skip(decided.start) {
            for items in lists_of(std::slice::from_ref(block)) {
                decisions.push(items.iter().map(|item| subpoints(item).map_or(0, Vec::len)).collect());
                lists.push(at);
            }
        }
        Self { decisions, lists, is_answer }
    }

    /// Where a point that is named in a block stands; nothing where that of another document may be meant, or that
    /// of several decisions.
    pub fn id(&self, named: &Point, within: Option<usize>) -> Option<String> {
        // What stands above a list is about its points.
        let own = within.map(|block| self.lists.partition_point(|list| *list < block));
        let has = |decision: &Vec<usize>| {
            let points = named.number.checked_sub(1).and_then(|at| decision.get(at));
            points.is_some_and(|subpoints| named.sub.is_none_or(|sub| sub <= *subpoints))
        };
        let is_meant = named.is_own || !self.is_answer && (own.is_some() || named.sub.is_some());
        if named.is_another || !is_meant {
            return None;
        }
        let mut there = (0..self.decisions.len()).filter(|at| has(&self.decisions[*at]));
        let decision = match own.filter(|own| self.decisions.get(*own).is_some_and(has)) {
            Some(own) => own,
            None => there.next().filter(|_| there.next().is_none())?,
        };
        let before: usize = self.decisions[..decision].iter().map(Vec::len).sum();
        Some(id(before + named.number, named.sub))
    }
}

/// Where each point and sub-point of a document stands, by where it begins.
pub fn ids(blocks: &[Block], headings: &Headings) -> BTreeMap<usize, String> {
    let decision = Decision::of(blocks, headings);
    let Some(heading) = decision.heading else { return BTreeMap::new() };
    let points = lists_of(&blocks[heading..decision.end]).into_iter().flatten();
    let mut found = BTreeMap::new();
    for (at, point) in points.enumerate() {
        let subs = subpoints(point).into_iter().flatten().enumerate();
        let subs = subs.map(|(sub, item)| (item, id(at + 1, Some(sub + 1))));
        let all = std::iter::once((point, id(at + 1, None))).chain(subs);
        found.extend(all.filter_map(|(item, id)| Some((begins(item)?, id))));
    }
    found
}

/// Those of them that the text leads to.
pub fn led_to(blocks: &[Block], headings: &Headings) -> BTreeMap<usize, String> {
    let mut named = BTreeSet::new();
    walk(blocks, &mut |node| {
        if let Visited::Inline(Inline { kind: InlineKind::Link { url, .. }, .. }) = node {
            named.extend(url.strip_prefix('#').filter(|id| id.starts_with(DECISION)));
        }
    });
    if named.is_empty() {
        return BTreeMap::new();
    }
    let mut ids = ids(blocks, headings);
    ids.retain(|_, id| named.contains(id.as_str()));
    ids
}

/// Where a list's item begins, if it begins with text.
pub fn begins(item: &[Block]) -> Option<usize> {
    item.first().filter(|block| matches!(block.kind, BlockKind::Paragraph(_))).map(|block| block.at.0.start)
}

/// `beslut-3`, the third point of all; `beslut-3-2`, its sub-point b.
fn id(point: usize, sub: Option<usize>) -> String {
    match sub {
        Some(sub) => format!("{DECISION}-{point}-{sub}"),
        None => format!("{DECISION}-{point}"),
    }
}

/// The items of the numbered lists among blocks, also of those in a frame.
fn lists_of(blocks: &[Block]) -> Vec<&Vec<Vec<Block>>> {
    let mut found = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::List { start: Some(_), items, .. } => found.push(items),
            BlockKind::Part { blocks, .. } => found.extend(lists_of(blocks)),
            _ => {}
        }
    }
    found
}

/// The sub-points of a point, once they are told.
fn subpoints(point: &[Block]) -> Option<&Vec<Vec<Block>>> {
    let part = point.iter().find_map(|block| match &block.kind {
        BlockKind::Part { role, blocks } if role == super::prepared::SUBPOINTS => blocks.first(),
        _ => None,
    });
    match &part?.kind {
        BlockKind::List { items, .. } => Some(items),
        _ => None,
    }
}
