//! The texts of a case as a reader meets them: passages of running words that know where each
//! word stands in the file.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Place;
use crate::library::roll::Roll;
use crate::markdown::{Abbreviations, Block, BlockKind, Inline, InlineKind};
use crate::printable::characters::is_invisible;
use crate::read::Case;
use crate::read::body::{Part, Words};
use crate::yaml::node::Origin;
use crate::yaml::values::{Line, Text};

use super::pattern::{self, Haystack};
use crate::language::runs;

/// A stretch of running words: a paragraph, a heading, a cell, a line.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The words, without markup.
    pub text: Wording,
    /// The key or own heading that it stands under; for the letterhead, the line's own key.
    pub section: String,
    /// What that is for, whatever it is called.
    pub role: Option<Roll>,
    /// What kind of words they are.
    pub kind: PassageKind,
    /// How many lists they stand in, one within the other.
    pub depth: usize,
    /// Whether they end with a line that the writer broke: a line of an address, not a sentence.
    pub is_line: bool,
    /// Whether they stand in the place of what leads points in: the organ, and the lead-in of its decision.
    pub leads: bool,
    origin: Origin,
    /// The decoded value that the passage is part of.
    whole: Arc<str>,
    /// Where each piece of `text` stands in `whole`, in order.
    pieces: Vec<(Range<usize>, Range<usize>)>,
}

/// What kind of words a passage holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// A plain line: title, name, address.
    Line,
    /// A paragraph.
    Paragraph,
    /// A paragraph of a list's item.
    Item,
    /// A sub-heading, or a heading of the author's own.
    Heading,
    /// A cell of a table.
    Cell,
    /// A paragraph of a quotation: somebody else's words.
    Quote,
    /// A paragraph of a footnote.
    Note,
}

/// Words as they are written, and the same in small letters, for expressions without regard to case.
#[derive(Clone, Debug)]
pub struct Wording {
    written: String,
    lower: String,
    spelt: OnceLock<Vec<Range<usize>>>,
    sentences: OnceLock<Vec<Range<usize>>>,
}

impl Wording {
    fn new(written: String) -> Self {
        Self { lower: pattern::lower(&written), written, spelt: OnceLock::new(), sentences: OnceLock::new() }
    }

    /// The words in small letters, each where it stands as written.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// The words as they are spelt, letters with hyphens and apostrophes inside, as ranges.
    pub fn spelt(&self) -> &[Range<usize>] {
        let is_joint = |mark| matches!(mark, '-' | '’' | '\'');
        self.spelt.get_or_init(|| runs(&self.written, char::is_alphabetic, is_joint).collect())
    }

    /// Its sentences, as ranges of its text. The abbreviations are the same whoever asks.
    pub fn sentences(&self, abbreviations: &Abbreviations) -> impl Iterator<Item = Range<usize>> {
        self.sentences.get_or_init(|| self.sentences_with(abbreviations)).iter().cloned()
    }

    fn sentences_with(&self, abbreviations: &Abbreviations) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut start = 0;
        let words = words(&self.written);
        for pair in words.windows(2) {
            let [before, after] = pair else { continue };
            if abbreviations.ends_sentence(&self.written[before.clone()], &self.written[after.clone()]) {
                sentences.push(start..before.end);
                start = after.start;
            }
        }
        if start < self.written.len() {
            sentences.push(start..self.written.len());
        }
        sentences
    }
}

impl Deref for Wording {
    type Target = String;

    fn deref(&self) -> &String {
        &self.written
    }
}

impl fmt::Display for Wording {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl<'t> From<&'t Wording> for Haystack<'t> {
    fn from(words: &'t Wording) -> Self {
        Haystack::with_lower(&words.written, &words.lower)
    }
}

impl Passage {
    /// Where a stretch of the passage's text stands in the file.
    pub fn place(&self, range: Range<usize>) -> Place {
        let start = self.in_whole(range.start, false);
        let end = if range.is_empty() { start } else { self.in_whole(range.end, true) };
        self.origin.place_in(&self.whole, start..end.max(start))
    }

    /// Where a byte of the text stands in the whole value; as an end, past the byte before it.
    fn in_whole(&self, at: usize, as_end: bool) -> usize {
        let wanted = if as_end { at.saturating_sub(1) } else { at };
        let found = self.pieces.partition_point(|(text, _)| text.end <= wanted);
        let Some((text, whole)) = self.pieces.get(found).or(self.pieces.last()) else { return 0 };
        if text.len() == whole.len() {
            whole.start + (at.max(text.start) - text.start).min(whole.len())
        } else if as_end {
            whole.end
        } else {
            whole.start
        }
    }
}

/// The words of a text, with the punctuation that hangs on them, as ranges.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut next = 0;
    let ranges = text.split(' ').map(|word| {
        let start = next;
        next = start + word.len() + 1;
        start..start + word.len()
    });
    ranges.filter(|range| !range.is_empty()).collect()
}

/// The last word of a text, and where it stands.
pub fn last_word(text: &str) -> (Range<usize>, &str) {
    let start = text.rfind(' ').map_or(0, |at| at + 1);
    (start..text.len(), &text[start..])
}

/// All passages of a case, in the order of the file's keys.
pub fn passages(case: &Case) -> Vec<Passage> {
    let mut found = Vec::new();
    let head = &case.head;
    let lines = [
        ("titel", Some(Roll::Titelrad), Some(&head.titel)),
        ("underrubrik", Some(Roll::Titelrad), head.underrubrik.as_ref()),
        ("nämnd", None, Some(&head.till.namnd)),
        ("förvaltning", None, Some(head.avsandare.namn())),
        ("avdelning", None, head.avsandare.avdelning.as_ref()),
    ];
    for (name, role, text) in lines {
        found.extend(text.and_then(|text| line(text, Section { name, role })));
    }
    for also in &head.till.others {
        found.extend(line(&also.namnd, Section { name: "nämnd", role: None }));
    }
    for also in &head.avsandare.others {
        found.extend(line(also.namn(), Section { name: "förvaltning", role: None }));
    }
    for person in &head.handlaggare.0 {
        found.extend(line(&person.namn, Section { name: "handläggare", role: Some(Roll::Handlaggare) }));
    }
    for part in &case.parts {
        of_part(part, &mut found);
    }
    found
}

/// Where words stand: under which key or own heading, and what that is for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Section<'a> {
    /// The key or the heading.
    pub name: &'a str,
    /// What it is for.
    pub role: Option<Roll>,
}

fn line(line: &Line, section: Section) -> Option<Passage> {
    Some(Passage {
        text: Wording::new(line.text.clone()),
        section: section.name.to_owned(),
        role: section.role,
        kind: PassageKind::Line,
        depth: 0,
        is_line: false,
        leads: false,
        origin: line.origin.clone()?,
        whole: line.text.as_str().into(),
        pieces: vec![(0..line.text.len(), 0..line.text.len())],
    })
}

fn of_part(part: &Part, found: &mut Vec<Passage>) {
    let section = Section { name: &part.key.name, role: part.role };
    if part.is_own {
        found.push(Passage {
            text: Wording::new(part.key.name.clone()),
            section: part.key.name.clone(),
            role: part.role,
            kind: PassageKind::Heading,
            depth: 0,
            is_line: false,
            leads: false,
            origin: part.key.origin.clone(),
            whole: part.key.name.as_str().into(),
            pieces: vec![(0..part.key.name.len(), 0..part.key.name.len())],
        });
    }
    for words in part.content.words() {
        match words {
            Words::Line(words) => found.extend(line(words, section)),
            // It leads points in as a paragraph of a text would.
            Words::Lead(words) => {
                let lead =
                    |passage| Passage { kind: PassageKind::Paragraph, is_line: true, leads: true, ..passage };
                found.extend(line(words, section).map(lead));
            }
            Words::LeadIn(text) => {
                let from = found.len();
                of_text(text, section, found);
                found[from..].iter_mut().for_each(|passage| passage.leads = true);
            }
            Words::Text(text) => of_text(text, section, found),
        }
    }
}

/// The passages of one Markdown text.
pub fn of_text(text: &Text, section: Section, found: &mut Vec<Passage>) {
    if let Some(origin) = &text.origin {
        let whole = text.text.as_str().into();
        let mut walker = Walker { whole, origin, section, depth: 0, found };
        walker.blocks(&text.blocks, PassageKind::Paragraph);
    }
}

/// The paragraphs of a text that a list follows, each with the number of the list's items.
pub fn before_lists(text: &Text) -> Vec<(Passage, usize)> {
    let Some(origin) = &text.origin else { return Vec::new() };
    let mut found = Vec::new();
    let mut numbers = Vec::new();
    for pair in text.blocks.windows(2) {
        let [Block { kind: BlockKind::Paragraph(inlines), .. }, list] = pair else { continue };
        if let BlockKind::List { items, .. } = &list.kind {
            let whole = text.text.as_str().into();
            Walker { whole, origin, section: Section::default(), depth: 0, found: &mut found }
                .passage(inlines, PassageKind::Paragraph);
            numbers.resize(found.len(), items.len());
        }
    }
    found.into_iter().zip(numbers).collect()
}

struct Walker<'a> {
    /// The decoded text, shared by all its passages.
    whole: Arc<str>,
    origin: &'a Origin,
    section: Section<'a>,
    depth: usize,
    found: &'a mut Vec<Passage>,
}

impl Walker<'_> {
    fn blocks(&mut self, blocks: &[Block], kind: PassageKind) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { inlines, .. } => self.passage(inlines, PassageKind::Heading),
                BlockKind::Paragraph(inlines) => self.passage(inlines, kind),
                BlockKind::List { items, .. } => {
                    let kind = if kind == PassageKind::Quote { kind } else { PassageKind::Item };
                    self.depth += 1;
                    items.iter().for_each(|item| self.blocks(item, kind));
                    self.depth -= 1;
                }
                BlockKind::Quote(blocks) => self.blocks(blocks, PassageKind::Quote),
                BlockKind::Footnote { blocks, .. } => self.blocks(blocks, PassageKind::Note),
                BlockKind::Part { blocks, .. } => self.blocks(blocks, kind),
                BlockKind::Table { head, rows, .. } => {
                    std::iter::once(head)
                        .chain(rows)
                        .flatten()
                        .for_each(|cell| self.passage(cell, PassageKind::Cell));
                }
                BlockKind::Code(_) | BlockKind::Rule | BlockKind::Html(_) => {}
            }
        }
    }

    /// A passage for each line that the writer broke: none goes on in the next.
    fn passage(&mut self, inlines: &[Inline], kind: PassageKind) {
        let lines: Vec<&[Inline]> =
            inlines.split(|inline| matches!(inline.kind, InlineKind::Break)).collect();
        for (at, line) in lines.iter().enumerate() {
            self.line(line, kind, at + 1 < lines.len());
        }
    }

    fn line(&mut self, inlines: &[Inline], kind: PassageKind, is_line: bool) {
        let mut gathered = Gathered::default();
        gathered.inlines(inlines);
        if !gathered.text.is_empty() {
            self.found.push(Passage {
                text: Wording::new(gathered.text),
                section: self.section.name.to_owned(),
                role: self.section.role,
                kind,
                depth: self.depth,
                is_line,
                leads: false,
                origin: self.origin.clone(),
                whole: self.whole.clone(),
                pieces: gathered.pieces,
            });
        }
    }
}

/// A passage's words while they are gathered, and where they stand in the whole value.
#[derive(Default)]
struct Gathered {
    text: String,
    pieces: Vec<(Range<usize>, Range<usize>)>,
}

impl Gathered {
    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => {
                    text.stretches().for_each(|(words, source)| self.words(words, source));
                }
                InlineKind::Code(text) => self.push(text, inline.at.0.clone()),
                InlineKind::Emph(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Link { inlines: inner, .. } => {
                    self.inlines(inner);
                }
                InlineKind::Break => self.push(" ", inline.at.0.clone()),
                InlineKind::Image { .. } | InlineKind::Note(_) | InlineKind::Html(_) => {}
            }
        }
    }

    /// Words as a reader takes them: without signs that nobody sees, at which no word ends.
    fn words(&mut self, words: &str, whole: Range<usize>) {
        let mut start = 0;
        if words.len() == whole.len() {
            for (at, sign) in words.match_indices(is_invisible) {
                self.push(&words[start..at], whole.start + start..whole.start + at);
                start = at + sign.len();
            }
        }
        self.push(&words[start..], whole.start + start..whole.end);
    }

    fn push(&mut self, text: &str, whole: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        let range = start..self.text.len();
        match self.pieces.last_mut() {
            Some((last, before))
                if last.len() == before.len() && range.len() == whole.len() && before.end == whole.start =>
            {
                last.end = range.end;
                before.end = whole.end;
            }
            _ => self.pieces.push((range, whole)),
        }
    }
}
