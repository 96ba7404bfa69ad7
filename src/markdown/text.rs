//! A string that knows where in a source each of its bytes comes from.

use std::ops::{Deref, Range};

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A text and where it comes from. Two texts are equal when they say the same; where they stand is not compared.
///
/// It reads as a `str`: `text.find("ord")`, `&text[..]`.
#[derive(Clone, Default, Debug)]
pub struct Text {
    text: String,
    /// In the order of the text, without gaps in it.
    pieces: Vec<Piece>,
}

/// A stretch of the text from one stretch of the source: verbatim when they are equally long, and else as a whole.
#[derive(Clone, Debug)]
struct Piece {
    text: Range<usize>,
    source: Range<usize>,
}

impl Text {
    /// The whole of a source, each byte from its own place.
    pub(super) fn verbatim(source: &str) -> Self {
        let mut text = Self::default();
        text.push(source, 0..source.len());
        text
    }

    /// Adds what stands at `source`.
    pub(super) fn push(&mut self, part: &str, source: Range<usize>) {
        if part.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(part);
        let piece = Piece { text: start..self.text.len(), source };
        match self.pieces.last_mut() {
            Some(last)
                if last.is_verbatim() && piece.is_verbatim() && last.source.end == piece.source.start =>
            {
                last.text.end = piece.text.end;
                last.source.end = piece.source.end;
            }
            _ => self.pieces.push(piece),
        }
    }

    /// The range in the source that the bytes `range` of this text come from: exact where the source is verbatim,
    /// and the whole of an entity or a folded space where it is not.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.at(range.start).map_or(0, |piece| piece.start(range.start));
        if range.is_empty() {
            return start..start;
        }
        let end = self.at(range.end - 1).map_or(start, |piece| piece.end(range.end));
        start..end.max(start)
    }

    /// The piece that holds byte `index` of the text, or the nearest one.
    fn at(&self, index: usize) -> Option<&Piece> {
        let found = self.pieces.partition_point(|piece| piece.text.end <= index);
        self.pieces.get(found).or(self.pieces.last())
    }

    /// The same text in Unicode's form NFC.
    pub(super) fn nfc(self) -> Self {
        if is_nfc(&self.text) {
            return self;
        }
        let mut composed = Self::default();
        let mut start = 0;
        while start < self.text.len() {
            let end = self.after_cluster(start);
            let part = &self.text[start..end];
            let source = self.source(start..end);
            if is_nfc(part) {
                composed.push(part, source);
            } else {
                composed.push(&part.nfc().collect::<String>(), source);
            }
            start = end;
        }
        composed
    }

    /// The end of the stretch at `start` that composes by itself: nothing composes with an ASCII character after it.
    fn after_cluster(&self, start: usize) -> usize {
        self.text[start..]
            .char_indices()
            .skip(1)
            .find(|(_, c)| c.is_ascii())
            .map_or(self.text.len(), |(offset, _)| start + offset)
    }
}

impl Piece {
    fn is_verbatim(&self) -> bool {
        self.text.len() == self.source.len()
    }

    fn start(&self, index: usize) -> usize {
        if self.is_verbatim() {
            self.source.start + (index - self.text.start).min(self.text.len())
        } else if index >= self.text.end {
            self.source.end
        } else {
            self.source.start
        }
    }

    fn end(&self, index: usize) -> usize {
        if self.is_verbatim() { self.source.start + (index - self.text.start) } else { self.source.end }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Text {}

/// A text that comes from no source.
impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), pieces: Vec::new() }
    }
}
