//! A string that knows where in a source each of its bytes comes from.

use std::ops::{Deref, Range};

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A text and where it comes from. Two texts are equal when they say the same; where they stand is not compared.
///
/// It reads as a `str`: `text.find("ord")`, `&text[..]`.
#[derive(Clone, Default, Debug)]
pub struct SourcedText {
    text: String,
    /// In the order of the text, without gaps in it.
    pieces: Vec<Piece>,
}

/// A stretch of the text and the stretch of the source that it comes from.
#[derive(Clone, Debug)]
struct Piece {
    text: Range<usize>,
    source: Range<usize>,
    /// Whether the two say the same, byte for byte.
    exact: bool,
}

impl SourcedText {
    /// A source as every stage after it wants it: NFC, `\n`, no odd spaces, a line break at its end.
    pub(super) fn clean(source: &str) -> Self {
        let mut text = Self::default();
        let mut rest = source;
        while let Some(offset) = rest.find(is_odd) {
            let start = source.len() - rest.len();
            text.push(&rest[..offset], start..start + offset, true);
            let odd = &rest[offset..];
            let (replacement, length) = match odd.chars().next() {
                Some('\r') if odd[1..].starts_with('\n') => ("\n", 2),
                Some('\r') => ("\n", 1),
                Some('\0') => ("\u{fffd}", 1),
                Some(space) => (" ", space.len_utf8()),
                None => break,
            };
            let start = start + offset;
            text.push(replacement, start..start + length, false);
            rest = &odd[length..];
        }
        text.push(rest, source.len() - rest.len()..source.len(), true);
        if !text.text.ends_with('\n') {
            text.push("\n", source.len()..source.len(), false);
        }
        text.nfc()
    }

    /// Adds what stands at `source`, and whether it stands there `exact`ly so.
    pub(super) fn push(&mut self, part: &str, source: Range<usize>, exact: bool) {
        if part.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(part);
        let end = self.text.len();
        match self.pieces.last_mut() {
            Some(last) if last.exact && exact && last.source.end == source.start => {
                last.text.end = end;
                last.source.end = source.end;
            }
            _ => self.pieces.push(Piece { text: start..end, source, exact }),
        }
    }

    /// Adds another text from the same source.
    pub(super) fn append(&mut self, other: &Self) {
        for piece in &other.pieces {
            self.push(&other.text[piece.text.clone()], piece.source.clone(), piece.exact);
        }
    }

    /// A stretch of it, which knows where it comes from.
    pub fn part(&self, range: Range<usize>) -> Self {
        let mut part = Self::default();
        part.copy(self, range);
        part
    }

    /// The same text with other words at some of its ranges, which come in order.
    pub fn mended<'m>(&self, mends: impl Iterator<Item = (Range<usize>, &'m str)>) -> Self {
        if self.pieces.is_empty() {
            return self.mended_without_source(mends);
        }
        let mut mended = Self::default();
        let mut at = 0;
        for (range, with) in mends {
            mended.copy(self, at..range.start);
            mended.push(with, self.source(range.clone()), false);
            at = range.end;
        }
        mended.copy(self, at..self.text.len());
        mended
    }

    fn mended_without_source<'m>(&self, mends: impl Iterator<Item = (Range<usize>, &'m str)>) -> Self {
        let mut mended = String::with_capacity(self.text.len());
        let mut at = 0;
        for (range, with) in mends {
            mended.push_str(&self.text[at..range.start]);
            mended.push_str(with);
            at = range.end;
        }
        mended.push_str(&self.text[at..]);
        Self { text: mended, pieces: Vec::new() }
    }

    /// Adds a stretch of another text from the same source.
    fn copy(&mut self, other: &Self, range: Range<usize>) {
        let first = other.pieces.partition_point(|piece| piece.text.end <= range.start);
        for piece in other.pieces[first..].iter().take_while(|piece| piece.text.start < range.end) {
            let part = piece.text.start.max(range.start)..piece.text.end.min(range.end);
            self.push(&other.text[part.clone()], other.source(part), piece.exact);
        }
    }

    /// The same text in Unicode's form NFC.
    pub(super) fn nfc(self) -> Self {
        if is_composed(&self.text) {
            return self;
        }
        let mut composed = Self::default();
        let mut rest = &self.text[..];
        while !rest.is_empty() {
            let start = self.text.len() - rest.len();
            let (cluster, after) = rest.split_at(cluster_length(rest));
            let (source, exact) = self.locate(start..start + cluster.len());
            if is_composed(cluster) {
                composed.push(cluster, source, exact);
            } else {
                composed.push(&cluster.nfc().collect::<String>(), source, false);
            }
            rest = after;
        }
        composed
    }

    /// Lets the text come from `by` bytes further on.
    pub(super) fn shift(&mut self, by: usize) {
        for piece in &mut self.pieces {
            piece.source = piece.source.start + by..piece.source.end + by;
        }
    }

    /// The range in the source that the bytes `range` of this text come from: exact where the source says the same,
    /// and the whole of an entity, a folded space or a composed word where it does not.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        self.locate(range).0
    }

    /// Whether the source says exactly the same as the bytes `range` of this text: nothing is escaped.
    pub fn is_verbatim(&self, range: Range<usize>) -> bool {
        self.locate(range).1
    }

    /// The stretches of the text, each with the range in the source that it comes from.
    pub fn stretches(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let unsourced = self.pieces.is_empty().then_some((self.text.as_str(), 0..0));
        let pieces = self.pieces.iter().map(|piece| (&self.text[piece.text.clone()], piece.source.clone()));
        unsourced.into_iter().chain(pieces)
    }

    /// The range in the source, and whether the source says exactly the same there.
    pub(super) fn locate(&self, range: Range<usize>) -> (Range<usize>, bool) {
        let Some(first) = self.piece(range.start) else {
            return (0..0, false);
        };
        let start = match first.exact {
            true => first.source.start + (range.start - first.text.start).min(first.text.len()),
            false if range.start >= first.text.end => first.source.end,
            false => first.source.start,
        };
        if range.is_empty() {
            return (start..start, false);
        }
        let last = self.piece(range.end - 1).unwrap_or(first);
        let end = match last.exact {
            true => last.source.start + (range.end - last.text.start).min(last.text.len()),
            false => last.source.end,
        };
        let exact = first.exact && first.text.end >= range.end;
        (start..end.max(start), exact)
    }

    /// The piece that holds byte `index` of the text, or else the last.
    fn piece(&self, index: usize) -> Option<&Piece> {
        let found = self.pieces.partition_point(|piece| piece.text.end <= index);
        self.pieces.get(found).or(self.pieces.last())
    }
}

/// Whether a text is in NFC: it mostly is, and mostly nothing but what begins nothing and joins nothing.
fn is_composed(text: &str) -> bool {
    text.chars().all(|c| c < '\u{300}' || matches!(c, '‐'..='…')) || is_nfc(text)
}

/// Characters that have no place in a source. The spaces among them end a line in some tools and not in others.
fn is_odd(c: char) -> bool {
    matches!(c, '\0' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character counts as a space between words.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n') || c != '\0' && is_odd(c)
}

/// The length of what composes by itself at the start of `text`: nothing composes with ASCII after it.
fn cluster_length(text: &str) -> usize {
    let mut chars = text.char_indices();
    chars.next();
    chars.find(|(_, c)| c.is_ascii()).map_or(text.len(), |(index, _)| index)
}

/// A string with single spaces, without any at its edges, in NFC.
pub(super) fn fold(text: &str) -> String {
    let words = text.split(is_space).filter(|word| !word.is_empty());
    let mut folded = String::with_capacity(text.len());
    for word in words {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.nfc());
    }
    folded
}

impl Deref for SourcedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq for SourcedText {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for SourcedText {}

/// A text that comes from no source.
impl From<&str> for SourcedText {
    fn from(text: &str) -> Self {
        // It comes from nowhere, which is no reason to lose it where a part of it is taken.
        let whole = Piece { text: 0..text.len(), source: 0..0, exact: false };
        Self { text: text.to_owned(), pieces: if text.is_empty() { Vec::new() } else { vec![whole] } }
    }
}
