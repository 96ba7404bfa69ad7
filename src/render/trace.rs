//! What a document came of: where each text, line and value of the case stands in it.
//!
//! It is carried, not looked for. The tree that is written knows where in the case its words stand, for each text has
//! a stretch of places of its own; the document is the same tree, read again, and knows where they stand in the
//! Markdown. Laid beside one another they say what came of what, word for word.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Place;
use crate::front::Front;
use crate::markdown::{Block, BlockKind, Inline, InlineKind};
use crate::yaml::data::Data;
use crate::yaml::node::Origin;
use crate::yaml::values::{Line, Text};

/// A rendered case, before its Markdown is read again.
#[derive(Default)]
pub struct Trace {
    /// The front matter, each value with the place that it was taken from.
    pub front: Front,
    /// The texts, in the order of the document.
    pub(super) texts: Vec<TextHome>,
    /// The lines, in the order of the document.
    pub(super) lines: Vec<LineHome>,
    /// The body as it was written.
    pub(super) body: Vec<Block>,
}

/// A Markdown text of the case, and where the document has it.
#[derive(Clone, Debug)]
pub struct TextHome {
    /// The text.
    pub text: Text,
    /// How its headings became those of the document.
    pub headings: HeadingLevels,
    /// The labels of its notes in the document, by what the text calls them.
    pub labels: BTreeMap<String, String>,
    /// The word that the template set before it, if any.
    pub word: &'static str,
    /// The places that the text has for itself in the tree that was written.
    pub(super) stretch: Range<usize>,
    /// Where its blocks stand in the body.
    pub blocks: Vec<Range<usize>>,
}

/// The highest level of heading in a text, and the level that it has in the document.
#[derive(Clone, Copy, Debug)]
pub struct HeadingLevels {
    /// In the text.
    pub top: u8,
    /// In the document.
    pub depth: u8,
}

/// A line that is printed as it is, and where the document has it.
#[derive(Clone, Debug)]
pub struct LineHome {
    /// Where it was taken from.
    pub origin: Option<Origin>,
    /// The key whose heading it is, if it is one.
    pub heading_of: Option<Origin>,
    /// What it says.
    pub text: String,
    /// Where it stands: first in what the template printed, at last in the body.
    pub at: Range<usize>,
}

/// Where a document's parts come from.
#[derive(Clone, Debug)]
pub struct Origins {
    /// The front matter, each value with the place that it was taken from.
    pub front: Front,
    /// The texts, in the order of the document.
    pub texts: Vec<TextHome>,
    /// The lines, in the order of the document; only those that stand in the body.
    pub lines: Vec<LineHome>,
    /// The lines as the template printed them.
    printed: Vec<LineHome>,
    words: Vec<Word>,
    body_start: usize,
    /// Where the values of the front matter stand, and where they were taken from.
    head: Vec<(Range<usize>, Line)>,
}

/// A word of the document.
#[derive(Clone, Debug)]
struct Word {
    /// Where it stands in the body.
    at: Range<usize>,
    /// Where it stands in the tree that was written.
    from: Range<usize>,
}

impl Origins {
    /// Lays a document, its front and its body, beside what was written. The body begins there in the Markdown.
    pub fn of(trace: Trace, (front, blocks): (&Front, &[Block]), body_start: usize) -> Self {
        let head = heads(front, &trace.front);
        let mut origins = Self {
            front: trace.front,
            texts: trace.texts,
            lines: Vec::new(),
            printed: trace.lines,
            words: Vec::new(),
            body_start,
            head,
        };
        origins.lay(blocks, &trace.body, None);
        origins.lines = origins.printed.iter().filter_map(|line| origins.found(line)).collect();
        origins
    }

    /// Where in the case, or in whatever else was taken in, a stretch of the document's Markdown comes from; none for
    /// what a template says.
    pub fn place(&self, range: &Range<usize>) -> Option<Place> {
        let Some(start) = range.start.checked_sub(self.body_start) else { return self.head_place(range) };
        let within = start..(range.end - self.body_start).max(start + 1);
        let words = self.overlapping(&within);
        let mut words = words.filter_map(|word| Some((self.home(&word.from)?, word.from))).peekable();
        let mut found: Option<Place> = None;
        while let Some((home, mut from)) = words.next() {
            // To find a place in a long text takes time: of words side by side the first's and the last's are found.
            while let Some((_, word)) =
                words.next_if(|(other, word)| *other == home && from.start <= word.start)
            {
                from.end = from.end.max(word.end);
            }
            match (&mut found, self.come_from(home, &from)) {
                (_, None) => {}
                (None, place) => found = place,
                (Some(first), Some(place))
                    if first.source == place.source && first.range.start <= place.range.start =>
                {
                    first.range.end = first.range.end.max(place.range.end);
                }
                _ => break,
            }
        }
        found
    }

    /// The same in the front matter.
    fn head_place(&self, range: &Range<usize>) -> Option<Place> {
        let overlaps = |at: &Range<usize>| at.start < range.end.max(range.start + 1) && range.start < at.end;
        let (at, line) = self.head.iter().find(|(at, _)| overlaps(at))?;
        // What is written otherwise there stands somewhere in it.
        if at.len() != line.text.len() {
            return line.place();
        }
        line.place_in(range.start.max(at.start) - at.start..range.end.clamp(at.start, at.end) - at.start)
    }

    /// The text that stands at a place of the body, by its number.
    pub fn text_at(&self, at: usize) -> Option<usize> {
        self.texts.iter().position(|home| home.blocks.iter().any(|block| block.contains(&at)))
    }

    fn lay(&mut self, document: &[Block], written: &[Block], outer: Option<usize>) {
        for (block, from) in document.iter().zip(written) {
            let home = self.texts.iter().position(|text| text.stretch.contains(&from.at.0.start));
            if let Some(text) = home.filter(|_| home != outer) {
                self.texts[text].blocks.push(block.at.0.clone());
            }
            match (&block.kind, &from.kind) {
                (
                    BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines),
                    BlockKind::Heading { inlines: written, .. } | BlockKind::Paragraph(written),
                ) => self.lay_words(inlines, written),
                (BlockKind::List { items, .. }, BlockKind::List { items: written, .. }) => {
                    items.iter().zip(written).for_each(|(item, written)| self.lay(item, written, home));
                }
                (
                    BlockKind::Quote(inner)
                    | BlockKind::Footnote { blocks: inner, .. }
                    | BlockKind::Part { blocks: inner, .. },
                    BlockKind::Quote(written)
                    | BlockKind::Footnote { blocks: written, .. }
                    | BlockKind::Part { blocks: written, .. },
                ) => self.lay(inner, written, home),
                (
                    BlockKind::Table { head, rows, .. },
                    BlockKind::Table { head: written_head, rows: written_rows, .. },
                ) => {
                    let cells = std::iter::once(head).chain(rows).flatten();
                    let written = std::iter::once(written_head).chain(written_rows).flatten();
                    cells.zip(written).for_each(|(cell, written)| self.lay_words(cell, written));
                }
                _ => self.words.push(Word { at: block.at.0.clone(), from: from.at.0.clone() }),
            }
        }
    }

    fn lay_words(&mut self, document: &[Inline], written: &[Inline]) {
        for (inline, from) in document.iter().zip(written) {
            match (&inline.kind, &from.kind) {
                (InlineKind::Text(text), InlineKind::Text(written)) if text == written => {
                    let mut start = 0;
                    for word in text.split(' ') {
                        let range = start..start + word.len();
                        start = range.end + 1;
                        if !word.is_empty() {
                            self.words
                                .push(Word { at: text.source(range.clone()), from: written.source(range) });
                        }
                    }
                }
                (
                    InlineKind::Emph(inner)
                    | InlineKind::Strong(inner)
                    | InlineKind::Link { inlines: inner, .. },
                    InlineKind::Emph(written)
                    | InlineKind::Strong(written)
                    | InlineKind::Link { inlines: written, .. },
                ) => self.lay_words(inner, written),
                _ => self.words.push(Word { at: inline.at.0.clone(), from: from.at.0.clone() }),
            }
        }
    }

    /// The words that stand in a stretch of the body.
    fn overlapping(&self, range: &Range<usize>) -> impl Iterator<Item = Word> {
        let first = self.words.partition_point(|word| word.at.end <= range.start);
        let words = self.words[first..].iter().take_while(|word| word.at.start < range.end);
        words.map(|word| word.clipped(range))
    }

    /// A printed line where the body has it.
    fn found(&self, line: &LineHome) -> Option<LineHome> {
        let words =
            self.words.iter().filter(|word| word.from.start < line.at.end && line.at.start < word.from.end);
        let mut words = words.map(|word| word.turned().clipped(&line.at).from);
        let first = words.next()?;
        let end = words.next_back().map_or(first.end, |last| last.end);
        Some(LineHome { at: first.start..end, ..line.clone() })
    }

    /// What stands in a stretch of the tree that was written.
    fn come_from(&self, home: Home, from: &Range<usize>) -> Option<Place> {
        let within = |at: &Range<usize>| from.start.max(at.start) - at.start..from.end.min(at.end) - at.start;
        match home {
            Home::Text(number) => {
                let text = &self.texts[number];
                text.text.place_in(within(&text.stretch))
            }
            Home::Line(number) => {
                let line = &self.printed[number];
                line.place(within(&line.at))
            }
        }
    }

    /// Whose a stretch of the tree that was written is.
    fn home(&self, from: &Range<usize>) -> Option<Home> {
        let text = self.texts.iter().position(|text| text.stretch.contains(&from.start)).map(Home::Text);
        text.or_else(|| {
            let is_in = |line: &LineHome| line.at.start < from.end && from.start < line.at.end;
            self.printed.iter().position(is_in).map(Home::Line)
        })
    }
}

/// What words of the document come of, by its number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    Text(usize),
    Line(usize),
}

impl LineHome {
    /// Where a stretch of it stands. A heading that the case does not say stands where its key does.
    fn place(&self, within: Range<usize>) -> Option<Place> {
        let origin = self.origin.as_ref();
        match (origin, &self.heading_of) {
            (Some(origin), Some(key)) if origin.source() != key.source() => Some(key.place()),
            (None, Some(key)) => Some(key.place()),
            // What was escaped is longer than the line.
            (Some(origin), _) if self.at.len() == self.text.len() => {
                Some(origin.place_in(&self.text, within))
            }
            (origin, _) => origin.map(Origin::place),
        }
    }
}

impl Word {
    /// The part of it that stands in a stretch of the body, as far as that can be told.
    fn clipped(&self, range: &Range<usize>) -> Self {
        if self.at.len() != self.from.len() {
            return self.clone();
        }
        let at = self.at.start.max(range.start)..self.at.end.min(range.end);
        let start = self.from.start + (at.start - self.at.start);
        Self { from: start..start + at.len(), at }
    }

    /// With its two places exchanged.
    fn turned(&self) -> Self {
        Self { at: self.from.clone(), from: self.at.clone() }
    }
}

/// Where the values of the document's front matter were taken from.
fn heads(document: &Front, taken: &Front) -> Vec<(Range<usize>, Line)> {
    let mut ranges = Vec::new();
    document.lines(&mut |line| ranges.extend(line.place().map(|place| place.range)));
    let mut lines = Vec::new();
    taken.lines(&mut |line| {
        if !line.is_empty() {
            lines.push(line.clone());
        }
    });
    if ranges.len() == lines.len() { ranges.into_iter().zip(lines).collect() } else { Vec::new() }
}
