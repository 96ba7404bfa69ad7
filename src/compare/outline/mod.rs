//! A document as it is compared: blocks with their sentences, sentences with their words, each word with a key.

mod keys;
mod words;

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHasher;

use super::model::{Word, WordKind};
use crate::markdown::{self, Align, Block, BlockKind, Inline, StretchKind};
pub use keys::{NoteKeys, WordKeys, likeness};

/// What tells the content of a picture, by its address.
pub type Pictures<'a> = &'a dyn Fn(&str) -> Option<u64>;

/// One of the two documents, while it is read.
pub struct Reading<'a, 'b> {
    pub keys: &'a mut WordKeys<'b>,
    pub pictures: Pictures<'a>,
    pub notes: &'a NoteKeys,
}

/// A part of a row of blocks.
#[derive(Clone, Debug)]
pub enum Part {
    /// A sentence of a paragraph.
    Sentence(Sentence),
    /// A hard line break between two sentences.
    Line,
    /// The end of a paragraph, and where the paragraph stands.
    End(Range<usize>),
    /// A block that is no paragraph.
    Whole(Rc<Whole>),
}

/// A sentence, a heading, a cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    pub words: Vec<Word>,
    pub keys: Vec<u32>,
    /// The same for the same keys.
    pub hash: u64,
    /// The keys that count, sorted.
    pub bag: Vec<u32>,
    pub at: Range<usize>,
}

/// A block that is no paragraph.
#[derive(Clone, Debug)]
pub struct Whole {
    pub kind: WholeKind,
    pub at: Range<usize>,
    /// The same for the same content.
    pub hash: u64,
    pub bag: Vec<u32>,
}

/// What such a block is.
#[derive(Clone, Debug)]
pub enum WholeKind {
    Heading { level: u8, text: Sentence },
    List { start: Option<u64>, tight: bool, items: Vec<Group> },
    Quote(Group),
    Table { align: Vec<Align>, rows: Vec<Vec<Sentence>> },
    Code(String),
    Rule,
    Footnote { label: String, body: Group },
    Html(String),
    Part { role: String, body: Group },
}

/// Parts that belong together: an item of a list, a section.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub parts: Vec<Part>,
    pub hash: u64,
    pub bag: Vec<u32>,
}

impl Group {
    /// Parts as a group.
    pub fn of(parts: Vec<Part>) -> Self {
        let mut hasher = FxHasher::default();
        let mut bag = Vec::new();
        for part in &parts {
            match part {
                Part::Sentence(sentence) => (0, sentence.hash).hash(&mut hasher),
                Part::Line => 1.hash(&mut hasher),
                Part::End(_) => 2.hash(&mut hasher),
                Part::Whole(whole) => (3, whole.hash).hash(&mut hasher),
            }
            bag.extend_from_slice(part.bag());
        }
        bag.sort_unstable();
        Self { parts, hash: hasher.finish(), bag }
    }
}

impl Part {
    /// The words that count in it, sorted.
    pub fn bag(&self) -> &[u32] {
        match self {
            Self::Sentence(sentence) => &sentence.bag,
            Self::Whole(whole) => &whole.bag,
            Self::Line | Self::End(_) => &[],
        }
    }
}

impl Reading<'_, '_> {
    /// The blocks as parts.
    pub fn parts(&mut self, blocks: &[Block]) -> Vec<Part> {
        let mut parts = Vec::new();
        for block in blocks {
            let at = block.at.0.clone();
            match &block.kind {
                BlockKind::Paragraph(inlines) => {
                    self.sentences(inlines, &mut parts);
                    parts.push(Part::End(at));
                }
                kind => {
                    let kind = self.whole(kind);
                    let (hash, bag) = sum(&kind);
                    parts.push(Part::Whole(Rc::new(Whole { kind, at, hash, bag })));
                }
            }
        }
        parts
    }

    fn whole(&mut self, kind: &BlockKind) -> WholeKind {
        match kind {
            BlockKind::Heading { level, inlines } => {
                WholeKind::Heading { level: *level, text: self.line(inlines) }
            }
            BlockKind::List { start, tight, items } => WholeKind::List {
                start: *start,
                tight: *tight,
                items: items.iter().map(|item| self.group(item)).collect(),
            },
            BlockKind::Quote(blocks) => WholeKind::Quote(self.group(blocks)),
            BlockKind::Table { align, head, rows } => WholeKind::Table {
                align: align.clone(),
                rows: std::iter::once(head)
                    .chain(rows)
                    .map(|row| row.iter().map(|cell| self.line(cell)).collect())
                    .collect(),
            },
            BlockKind::Code(code) => WholeKind::Code(code.clone()),
            BlockKind::Footnote { label, blocks } => {
                WholeKind::Footnote { label: label.clone(), body: self.group(blocks) }
            }
            BlockKind::Html(html) => WholeKind::Html(html.clone()),
            BlockKind::Part { role, blocks } => {
                WholeKind::Part { role: role.clone(), body: self.group(blocks) }
            }
            // A paragraph is no block of its own here.
            BlockKind::Rule | BlockKind::Paragraph(_) => WholeKind::Rule,
        }
    }

    fn group(&mut self, blocks: &[Block]) -> Group {
        Group::of(self.parts(blocks))
    }

    /// Running text that is one unit, however many sentences it has.
    fn line(&mut self, inlines: &[Inline]) -> Sentence {
        let mut words = Vec::new();
        let mut spaced = true;
        for stretch in markdown::row(inlines) {
            if stretch.kind == StretchKind::Break {
                let (text, look, at) = (" ".to_owned(), stretch.look.clone(), stretch.at.0.clone());
                words.push(Word { text, kind: WordKind::Line, look, spaced: false, at });
                spaced = false;
                continue;
            }
            let whole = 0..usize::MAX;
            self.words(&stretch, whole, &mut spaced, &mut words);
        }
        self.sentence(words)
    }

    fn sentences(&mut self, inlines: &[Inline], parts: &mut Vec<Part>) {
        let row = markdown::row(inlines);
        let mut ends = markdown::sentence_ends(&row, self.keys.abbreviations).into_iter().peekable();
        let mut words = Vec::new();
        // Before the first word of a sentence too: at the edge of a paragraph a space is nothing.
        let mut spaced = true;
        for (index, stretch) in row.iter().enumerate() {
            if stretch.kind == StretchKind::Break {
                parts.push(Part::Sentence(self.sentence(std::mem::take(&mut words))));
                parts.push(Part::Line);
                spaced = true;
                continue;
            }
            let mut start = 0;
            while let Some((_, end)) = ends.next_if(|(at, _)| *at == index) {
                self.words(stretch, start..end, &mut spaced, &mut words);
                parts.push(Part::Sentence(self.sentence(std::mem::take(&mut words))));
                spaced = true;
                start = end + 1;
            }
            self.words(stretch, start..usize::MAX, &mut spaced, &mut words);
        }
        if !words.is_empty() {
            parts.push(Part::Sentence(self.sentence(words)));
        }
    }

    fn sentence(&mut self, words: Vec<Word>) -> Sentence {
        self.keys.sentence(words, self.notes)
    }
}

/// The hash of a block's content, and the words that count in it.
fn sum(kind: &WholeKind) -> (u64, Vec<u32>) {
    let mut hasher = FxHasher::default();
    let mut bag = Vec::new();
    std::mem::discriminant(kind).hash(&mut hasher);
    match kind {
        WholeKind::Heading { level, text } => {
            (level, text.hash).hash(&mut hasher);
            bag.clone_from(&text.bag);
        }
        WholeKind::List { start, tight, items } => {
            (start, tight).hash(&mut hasher);
            for item in items {
                item.hash.hash(&mut hasher);
                bag.extend_from_slice(&item.bag);
            }
        }
        WholeKind::Table { align, rows } => {
            for align in align {
                std::mem::discriminant(align).hash(&mut hasher);
            }
            for cell in rows.iter().flatten() {
                cell.hash.hash(&mut hasher);
                bag.extend_from_slice(&cell.bag);
            }
        }
        WholeKind::Quote(body) => {
            body.hash.hash(&mut hasher);
            bag.clone_from(&body.bag);
        }
        // The label of a note is only form.
        WholeKind::Footnote { body, .. } => {
            body.hash.hash(&mut hasher);
            bag.clone_from(&body.bag);
        }
        WholeKind::Part { role, body } => {
            (role, body.hash).hash(&mut hasher);
            bag.clone_from(&body.bag);
        }
        WholeKind::Code(text) | WholeKind::Html(text) => text.hash(&mut hasher),
        WholeKind::Rule => {}
    }
    bag.sort_unstable();
    (hasher.finish(), bag)
}
