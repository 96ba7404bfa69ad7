//! What changed between two documents: one comparison for all who show a change.
//!
//! ```text
//! Document × Document ──▶ Comparison ──▶ list of changes · redline · tracked changes · the way home to the case
//!              compare            resolve: the old document and the new one again
//! ```
//!
//! 1. [`outline`] reads a document as it is compared: sections, blocks, sentences, words; an amount with its unit, a
//!    date, a name is one word.
//! 2. [`sections`], [`blocks`], [`lists`] and [`tables`] pair what has the same identity, by heading, by what a point
//!    or a row says, and then in order; [`words`] finds what changed within a sentence.
//! 3. [`moves`] finds sentences, lists and tables that are gone in one place and new in another.
//!
//! What comes out is a [`Comparison`]: both documents in one tree, each part with its [`Fate`].
//!
//! - **Its laws**: [`resolve`] to the new document gives the new one, to the old the old; compared with itself a
//!   document has no change; no sentence that is in both is marked; the same documents give the same comparison.
//! - **The unit is the sentence**: where a paragraph was split, only the end of a paragraph is new.
//! - **Places**: every part says where it stands in each body (`at`); [`Document::place`] makes a place in the
//!   Markdown of it.
//! - **Who shows it** walks [`Node`]s: what is [`Same`](Fate::Same) as it is, what is [`Gone`](Fate::Gone) struck,
//!   what is [`New`](Fate::New) inserted, what came [`Here`](Fate::Here) with its inner changes, and of what is
//!   [`Away`](Fate::Away) that it moved.

mod align;
mod atoms;
mod blocks;
#[cfg(test)]
mod counted;
pub mod front;
pub mod list;
mod lists;
mod model;
mod moves;
mod outline;
pub mod redline;
pub mod report;
mod resolve;
mod sections;
mod tables;
mod words;

#[cfg(test)]
pub(crate) mod tests;

use crate::document::Document;
use crate::markdown::{Abbreviations, Block, BlockKind, Visited, plain, walk};
pub use model::{
    Both, Cell, Column, Comparison, Fate, Item, Node, NodeKind, Part, Row, Sentence, Span, Step, Value, Word,
    WordKind, is_same,
};
pub use outline::Pictures;
use outline::{NoteKeys, Reading, WordKeys};
pub use resolve::{Side, resolve, resolve_front};

/// A document to compare.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    /// The document.
    pub document: &'a Document,
    /// What tells the content of a picture from another's, by its address.
    pub pictures: Pictures<'a>,
}

impl<'a> Version<'a> {
    /// A document whose pictures are told apart by their names.
    pub fn of(document: &'a Document) -> Self {
        Self { document, pictures: &|_| None }
    }
}

/// Lays two documents over one another.
pub fn compare(old: Version<'_>, new: Version<'_>, abbreviations: &Abbreviations) -> Comparison {
    let mut keys = WordKeys::new(abbreviations);
    let (old_notes, new_notes) = notes(&old.document.blocks, &new.document.blocks);
    let mut read = |version: &Version<'_>, notes: &NoteKeys| {
        Reading { keys: &mut keys, pictures: version.pictures, notes }.parts(&version.document.blocks)
    };
    let (old_parts, new_parts) = (read(&old, &old_notes), read(&new, &new_notes));
    let wholes = Both { old: moves::wholes(&old_parts), new: moves::wholes(&new_parts) };
    let mut body = sections::bodies(old_parts, new_parts);
    let moves = moves::find(&mut body, &wholes, &mut keys, &Both { old: old_notes, new: new_notes });
    Comparison { front: front::values(old.document, new.document), body, moves }
}

/// The notes of two documents by their labels. One that says the same is the same whatever its label; else one with
/// the same label is.
pub(crate) fn notes(old: &[Block], new: &[Block]) -> (NoteKeys, NoteKeys) {
    let (old, new) = (footnotes(old), footnotes(new));
    let mut partners: Vec<Option<usize>> = vec![None; new.len()];
    let pass = |same: &dyn Fn(usize, usize) -> bool, partners: &mut Vec<Option<usize>>| {
        for at in 0..new.len() {
            let free = |one: &usize| !partners.contains(&Some(*one)) && same(*one, at);
            if partners[at].is_none() {
                partners[at] = (0..old.len()).find(free);
            }
        }
    };
    pass(&|one, other| old[one] == new[other], &mut partners);
    pass(&|one, other| old[one].1 == new[other].1, &mut partners);
    pass(&|one, other| old[one].0 == new[other].0, &mut partners);
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let old_notes = old.iter().enumerate().map(|(at, (label, _))| (label.clone(), number(at))).collect();
    let new_number = |at: usize| number(partners[at].unwrap_or(old.len() + at));
    let new_notes = new.iter().enumerate().map(|(at, (label, _))| (label.clone(), new_number(at))).collect();
    (old_notes, new_notes)
}

/// The labels of the notes, and what they say.
fn footnotes(blocks: &[Block]) -> Vec<(String, String)> {
    let mut notes = Vec::new();
    walk(blocks, &mut |node| {
        if let Visited::Block(Block { kind: BlockKind::Footnote { label, blocks }, .. }) = node {
            let mut text = String::new();
            walk(blocks, &mut |node| {
                if let Visited::Block(Block { kind: BlockKind::Paragraph(inlines), .. }) = node {
                    text.push_str(&plain(inlines));
                    text.push('\n');
                }
            });
            notes.push((label.clone(), text));
        }
    });
    notes
}
