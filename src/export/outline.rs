//! What the blocks of a document are to each other, for the formats that no layout sets: which
//! number a footnote has, where the decision stands and what refers to it, which paragraph is a
//! table's caption.

use std::collections::HashMap;

use super::headings::Headings;
use crate::markdown::{Block, BlockKind, Inline, InlineKind, Visited, plain, walk};

/// The footnotes in the order of their numbers: the order in which they are first referred to.
#[derive(Default)]
pub struct Notes<'a> {
    numbers: HashMap<&'a str, usize>,
    /// How often each is referred to.
    times: Vec<usize>,
    texts: Vec<&'a [Block]>,
}

impl<'a> Notes<'a> {
    /// The notes of a document.
    pub fn of(blocks: &'a [Block]) -> Self {
        let mut defined = HashMap::new();
        walk(blocks, &mut |node| {
            if let Visited::Block(Block { kind: BlockKind::Footnote { label, blocks }, .. }) = node {
                defined.entry(label.as_str()).or_insert(blocks.as_slice());
            }
        });
        let mut notes = Self::default();
        if !defined.is_empty() {
            notes.cite(blocks, &defined);
            notes.times = vec![0; notes.texts.len()];
            walk(blocks, &mut |node| {
                if let Visited::Inline(Inline { kind: InlineKind::Note(label), .. }) = node
                    && let Some(number) = notes.numbers.get(label.as_str())
                {
                    notes.times[number - 1] += 1;
                }
            });
        }
        notes
    }

    fn cite(&mut self, blocks: &'a [Block], defined: &HashMap<&'a str, &'a [Block]>) {
        for label in references(blocks) {
            let Some(text) = defined.get(label).copied() else { continue };
            if self.numbers.contains_key(label) {
                continue;
            }
            self.texts.push(text);
            self.numbers.insert(label, self.texts.len());
            // A note within a note comes after it.
            self.cite(text, defined);
        }
    }

    /// The number of a note, from 1.
    pub fn number(&self, label: &str) -> Option<usize> {
        self.numbers.get(label).copied()
    }

    /// How often a note is referred to, in the text and in notes.
    pub fn times(&self, number: usize) -> usize {
        self.times.get(number - 1).copied().unwrap_or_default()
    }

    /// The texts, the first of which is that of note 1.
    pub fn texts(&self) -> &[&'a [Block]] {
        &self.texts
    }
}

/// The labels that blocks refer to, in order, without those within the texts of notes.
pub fn references(blocks: &[Block]) -> Vec<&str> {
    let mut labels = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Footnote { .. } => {}
            BlockKind::List { items, .. } => items.iter().for_each(|item| labels.extend(references(item))),
            BlockKind::Quote(inner) | BlockKind::Part { blocks: inner, .. } => {
                labels.extend(references(inner))
            }
            _ => walk(std::slice::from_ref(block), &mut |node| {
                if let Visited::Inline(Inline { kind: InlineKind::Note(label), .. }) = node {
                    labels.push(label.as_str());
                }
            }),
        }
    }
    labels
}

/// What a top-level block is to the decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The block that is the heading over what is to be decided.
    pub heading: Option<usize>,
    /// The block behind the section of the decision.
    pub end: usize,
    /// The last block of what concludes the document by proposing it again.
    pub conclusion: Option<usize>,
}

impl Decision {
    /// The decision of a document.
    pub fn of(blocks: &[Block], headings: &Headings) -> Self {
        let is_proposal = |at: &usize| headings.is_over_decision(&blocks[*at]);
        let Some(heading) = (0..blocks.len()).find(is_proposal) else {
            return Self::default();
        };
        let mut end = section_end(blocks, heading);
        // Each organ's decision can have a heading of its own.
        while end < blocks.len() && is_proposal(&end) {
            end = section_end(blocks, end);
        }
        let again = (end..blocks.len()).rev().find(is_proposal);
        let summary = (end..blocks.len()).find(|at| headings.is_over_summary(&blocks[*at]));
        let summary = summary.map_or(0..0, |at| at..section_end(blocks, at));
        let conclusion = match again {
            Some(again) => (again + 1..section_end(blocks, again)).rev().find(|at| is_text(&blocks[*at])),
            // In short it is said before the text, which has not come to it yet.
            None => (end..blocks.len())
                .rev()
                .find(|at| is_text(&blocks[*at]) && proposes(&blocks[*at]) && !summary.contains(at)),
        };
        Self { heading: Some(heading), end, conclusion }
    }
}

/// Where the section ends that begins with a heading.
pub fn section_end(blocks: &[Block], heading: usize) -> usize {
    let level = |block: &Block| heading_of(block).map(|(level, _)| level);
    let own = level(&blocks[heading]).unwrap_or(2);
    let next = blocks[heading + 1..].iter().position(|block| {
        level(block).is_some_and(|level| level <= own)
            // The signatures belong to the document, not to its last section.
            || matches!(&block.kind, BlockKind::Part { role, .. } if role == SIGNATURES)
    });
    next.map_or(blocks.len(), |next| heading + 1 + next)
}

/// The role of the part that holds the signatures.
pub const SIGNATURES: &str = "underskrifter";

/// The role of the part whose paragraphs are lines, each for itself.
pub const LINES: &str = "rader";

/// The level and text of a heading, also of one in a part.
pub fn heading_of(block: &Block) -> Option<(u8, String)> {
    match &block.kind {
        BlockKind::Heading { level, inlines } => Some((*level, plain(inlines))),
        BlockKind::Part { blocks, .. } => blocks.first().and_then(heading_of),
        _ => None,
    }
}

fn is_text(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::List { .. })
}

fn proposes(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(inlines) if plain(inlines).contains("föreslår"))
}

/// Whether a table's first column names its rows: each cell is filled in and none says the same.
pub fn names_rows(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> bool {
    let firsts: Vec<String> = rows.iter().filter_map(|row| row.first()).map(|cell| plain(cell)).collect();
    let words = |text: &String| text.chars().any(char::is_alphabetic) || is_year(text);
    head.len() > 1
        && firsts.iter().all(words)
        && firsts.iter().enumerate().all(|(at, text)| !firsts[..at].contains(text))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The caption of the table that follows a paragraph: one that begins `Tabell:` or `Tabell 3:`.
pub fn is_caption(block: &Block, next: Option<&Block>) -> bool {
    let BlockKind::Paragraph(inlines) = &block.kind else { return false };
    if !next.is_some_and(|next| matches!(next.kind, BlockKind::Table { .. })) {
        return false;
    }
    says_caption(&plain(inlines))
}

/// Whether a text directly before a table is its caption: `Tabell: …`, `Tabell 3: …`.
pub fn says_caption(text: &str) -> bool {
    let rest = text.strip_prefix("Tabell").and_then(|rest| rest.split_once(':'));
    rest.is_some_and(|(number, _)| number.trim().bytes().all(|byte| byte.is_ascii_digit()))
}
