//! A document as it is compared: blocks with their sentences, sentences with their words, each word with a key.
//!
//! Two words with the same key say the same. What is not said is not in a key: spaces that do not break, kinds of
//! quotation marks, emphasis, links, the labels of notes.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use super::atoms::atoms;
use super::model::{Word, WordKind};
use crate::markdown::{
    self, Abbreviations, Align, At, Block, BlockKind, Inline, InlineKind, Look, Stretch, StretchKind,
};

/// What tells the content of a picture, by its address.
pub type Pictures<'a> = &'a dyn Fn(&str) -> Option<u64>;

/// Words as numbers, the same for both documents.
pub struct Keys<'a> {
    numbers: FxHashMap<String, u32>,
    /// Whether the word of each number counts when texts are held against one another: short words are everywhere.
    weights: Vec<u8>,
    pub abbreviations: &'a Abbreviations,
}

/// The notes of a document by their labels: what they say, as a number.
pub type Notes = FxHashMap<String, u32>;

/// One of the two documents, while it is read.
pub struct Reading<'a, 'b> {
    pub keys: &'a mut Keys<'b>,
    pub pictures: Pictures<'a>,
    pub notes: &'a Notes,
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
    Whole(Box<Whole>),
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

impl<'a> Keys<'a> {
    /// No words yet.
    pub fn new(abbreviations: &'a Abbreviations) -> Self {
        Self { numbers: FxHashMap::default(), weights: Vec::new(), abbreviations }
    }

    fn number(&mut self, word: &str, counts: bool) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.weights.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), number);
        self.weights.push(counts.into());
        number
    }

    /// Words as a sentence.
    pub fn sentence(&mut self, words: Vec<Word>, notes: &Notes) -> Sentence {
        let keys: Vec<u32> = words.iter().map(|word| self.key(word, notes)).collect();
        let mut hasher = FxHasher::default();
        keys.hash(&mut hasher);
        let at = match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.at.start..last.at.end.max(first.at.start),
            _ => 0..0,
        };
        Sentence { bag: self.bag(keys.iter().copied()), hash: hasher.finish(), keys, words, at }
    }

    fn key(&mut self, word: &Word, notes: &Notes) -> u32 {
        let counts = match word.kind {
            WordKind::Plain => word.text.chars().nth(3).is_some(),
            WordKind::Sign | WordKind::Note | WordKind::Html | WordKind::Line => false,
            _ => true,
        };
        let folded = match &word.kind {
            // A note is what it says, whatever its number.
            WordKind::Note => match notes.get(&word.text) {
                Some(note) => format!("\u{1}{note}"),
                None => format!("\u{2}{}", word.text),
            },
            WordKind::Picture { url, title, content } => match content {
                Some(content) => format!("\u{3}{content}\u{3}{title}\u{3}{}", word.text),
                None => format!("\u{4}{url}\u{3}{title}\u{3}{}", word.text),
            },
            WordKind::Code => format!("\u{5}{}", word.text),
            WordKind::Html => format!("\u{6}{}", word.text),
            WordKind::Line => "\u{7}".to_owned(),
            _ if is_folded(&word.text) => return self.number(&word.text, counts),
            _ => fold(&word.text),
        };
        self.number(&folded, counts)
    }

    fn bag(&self, keys: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut bag: Vec<u32> = keys.filter(|key| self.weights[*key as usize] > 0).collect();
        bag.sort_unstable();
        bag
    }
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
                    parts.push(Part::Whole(Box::new(Whole { kind, at, hash, bag })));
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

    /// Adds the words in a part of a stretch; `spaced` is whether a space stands before what comes next.
    fn words(&self, stretch: &Stretch, part: Range<usize>, spaced: &mut bool, words: &mut Vec<Word>) {
        let look = &stretch.look;
        let text = match &stretch.kind {
            StretchKind::Text(text) => text,
            StretchKind::Other(kind) => {
                let (kind, text) = self.other(kind);
                let at = stretch.at.0.clone();
                words.push(Word { text, kind, look: look.clone(), spaced: *spaced, at });
                *spaced = false;
                return;
            }
            StretchKind::Break => return,
        };
        let part = part.start.min(text.len())..part.end.min(text.len());
        let said = &text[part.clone()];
        let mut add = |range: Range<usize>, kind: WordKind, spaced: &mut bool| {
            let at = text.source(part.start + range.start..part.start + range.end);
            let text = said[range].to_owned();
            words.push(Word { text, kind, look: look.clone(), spaced: std::mem::take(spaced), at });
        };
        let mut from = 0;
        for (range, kind) in atoms(said) {
            plain(said, from..range.start, spaced, &mut add);
            from = range.end;
            add(range, kind, spaced);
        }
        plain(said, from..said.len(), spaced, &mut add);
    }

    fn other(&self, kind: &InlineKind) -> (WordKind, String) {
        match kind {
            InlineKind::Image { url, title, alt } => {
                let content = (self.pictures)(url);
                (WordKind::Picture { url: url.clone(), title: title.clone(), content }, alt.clone())
            }
            InlineKind::Code(code) => (WordKind::Code, code.clone()),
            InlineKind::Note(label) => (WordKind::Note, label.clone()),
            InlineKind::Html(html) => (WordKind::Html, html.clone()),
            // These have no stretch of their own.
            _ => (WordKind::Plain, String::new()),
        }
    }
}

/// The words and signs between atoms.
fn plain(
    text: &str,
    part: Range<usize>,
    spaced: &mut bool,
    add: &mut dyn FnMut(Range<usize>, WordKind, &mut bool),
) {
    let mut at = part.start;
    for (index, piece) in text[part].split(' ').enumerate() {
        if index > 0 {
            *spaced = true;
            at += 1;
        }
        // A space that does not break parts words too; it goes with the word after it.
        let mut start = 0;
        for (next, _) in piece.match_indices(UNBROKEN).chain([(piece.len(), "")]) {
            if next > start {
                word(text, at + start..at + next, spaced, add);
                start = next;
            }
        }
        at += piece.len();
    }
}

/// Spaces that do not break.
const UNBROKEN: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2007}'];

/// A word with the signs beside it.
fn word(
    text: &str,
    whole: Range<usize>,
    spaced: &mut bool,
    add: &mut dyn FnMut(Range<usize>, WordKind, &mut bool),
) {
    let said = &text[whole.clone()];
    let is_sign = |c: char| !c.is_alphanumeric() && c != '§' && c != '%';
    let inner = said.trim_matches(is_sign);
    let start = whole.start + said.len() - said.trim_start_matches(is_sign).len();
    // Where there is no word, all are signs.
    let stop = (start + inner.len()).min(whole.end);
    let space = said.chars().next().filter(|c| UNBROKEN.contains(c)).map_or(0, char::len_utf8);
    let mut from = whole.start;
    for (at, c) in said.char_indices().skip(usize::from(space > 0)) {
        let (at, end) = (whole.start + at, whole.start + at + c.len_utf8());
        if at < start || at >= stop {
            add(from..end, WordKind::Sign, spaced);
            from = end;
        } else if end == stop {
            add(from..end, WordKind::Plain, spaced);
            from = end;
        }
    }
    if from < whole.end {
        add(from..whole.end, WordKind::Sign, spaced);
    }
}

fn is_folded(text: &str) -> bool {
    !text.contains(|c| folded(c) != Some(c))
}

fn fold(text: &str) -> String {
    let folded: String = text.chars().filter_map(folded).collect();
    if folded.starts_with(' ') { folded.trim_start().to_owned() } else { folded }
}

/// A character without what is only form; none where it is nothing else.
fn folded(c: char) -> Option<char> {
    match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some(' '),
        '”' | '“' | '„' | '»' | '«' => Some('"'),
        '’' | '‘' => Some('\''),
        '\u{2011}' => Some('-'),
        '\u{ad}' | '\u{200b}' | '\u{2060}' => None,
        c => Some(c),
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

/// How much two texts hold of the same, from 0 to 1, by the words that count in each.
pub fn likeness(old: &[u32], new: &[u32]) -> f32 {
    if old.is_empty() && new.is_empty() {
        return 1.0;
    }
    let (mut old_at, mut new_at, mut common) = (0, 0, 0_usize);
    while let (Some(one), Some(other)) = (old.get(old_at), new.get(new_at)) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => old_at += 1,
            std::cmp::Ordering::Greater => new_at += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                old_at += 1;
                new_at += 1;
            }
        }
    }
    (2 * common) as f32 / (old.len() + new.len()) as f32
}

impl Word {
    /// The word as a stretch of running text.
    pub(crate) fn stretch(&self) -> Stretch {
        let kind = match &self.kind {
            WordKind::Picture { url, title, .. } => StretchKind::Other(InlineKind::Image {
                url: url.clone(),
                title: title.clone(),
                alt: self.text.clone(),
            }),
            WordKind::Code => StretchKind::Other(InlineKind::Code(self.text.clone())),
            WordKind::Note => StretchKind::Other(InlineKind::Note(self.text.clone())),
            WordKind::Html => StretchKind::Other(InlineKind::Html(self.text.clone())),
            WordKind::Line => StretchKind::Break,
            _ => StretchKind::Text(self.text.as_str().into()),
        };
        Stretch { kind, look: self.look.clone(), at: At(self.at.clone()) }
    }

    /// The look of a space before the word.
    pub(crate) fn space(&self) -> Stretch {
        Stretch {
            kind: StretchKind::Text(" ".into()),
            look: Look::default(),
            at: At(self.at.start..self.at.start),
        }
    }
}
