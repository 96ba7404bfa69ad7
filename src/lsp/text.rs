//! A text as a client speaks of it: by line and column, in the units that were agreed on.

use std::ops::Range;

use gen_lsp_types::{Position, PositionEncodingKind, Range as Stretch, TextDocumentContentChangeEvent};

/// What some editors keep at the beginning of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Halves of what UTF-16 writes a character with: what every client understands.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The first of what a client offers that is known here; UTF-16 where it offers nothing.
    pub fn chosen(offered: &[PositionEncodingKind]) -> Self {
        let known = |kind: &PositionEncodingKind| match kind {
            PositionEncodingKind::UTF8 => Some(Self::Utf8),
            PositionEncodingKind::UTF16 => Some(Self::Utf16),
            PositionEncodingKind::UTF32 => Some(Self::Utf32),
            PositionEncodingKind::Custom(_) => None,
        };
        offered.iter().find_map(known).unwrap_or_default()
    }

    /// What the protocol calls it.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, sign: char) -> usize {
        match self {
            Self::Utf8 => sign.len_utf8(),
            Self::Utf16 => sign.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    fn units(self, words: &str) -> usize {
        match self {
            Self::Utf8 => words.len(),
            _ => words.chars().map(|sign| self.width(sign)).sum(),
        }
    }
}

/// A text and where its lines begin.
///
/// A byte order mark is left out, as the reader leaves it out: an offset here is an offset in the
/// [`Source`](crate::diagnostic::Source) of the same text. The client counts it in the first line.
#[derive(Clone, Debug)]
pub struct OpenText {
    text: String,
    starts: Vec<usize>,
    encoding: Encoding,
    has_mark: bool,
}

impl OpenText {
    /// A text as a client sends it.
    pub fn new(text: &str, encoding: Encoding) -> Self {
        let bare = text.strip_prefix(BYTE_ORDER_MARK);
        let has_mark = bare.is_some();
        let text = bare.unwrap_or(text).to_owned();
        Self { starts: starts(&text), text, encoding, has_mark }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How many lines there are; an empty text has one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line without its end; of one that is not there, the end of the text.
    pub fn line(&self, number: usize) -> Range<usize> {
        let Some(start) = self.starts.get(number).copied() else { return self.text.len()..self.text.len() };
        let end = self.starts.get(number + 1).copied().unwrap_or(self.text.len());
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// The line that a byte stands on, counted from 0.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Where a byte stands.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_of(offset);
        let column = self.encoding.units(&self.text[self.starts[line]..offset]) + self.lead(line);
        Position { line: number(line), character: number(column) }
    }

    /// Where a stretch of bytes stands.
    pub fn stretch(&self, bytes: Range<usize>) -> Stretch {
        Stretch { start: self.position(bytes.start), end: self.position(bytes.end) }
    }

    /// The byte at a position; past the end of a line, its end.
    pub fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let range = self.line(line);
        let wanted = (position.character as usize).saturating_sub(self.lead(line));
        let mut passed = 0;
        for (at, sign) in self.text[range.clone()].char_indices() {
            if passed >= wanted {
                return range.start + at;
            }
            passed += self.encoding.width(sign);
        }
        range.end
    }

    /// The bytes of a stretch.
    pub fn bytes(&self, stretch: Stretch) -> Range<usize> {
        let start = self.offset(stretch.start);
        start..self.offset(stretch.end).max(start)
    }

    /// Makes a change that the client made.
    pub fn change(&mut self, change: TextDocumentContentChangeEvent) {
        match change {
            TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                *self = Self::new(&whole.text, self.encoding);
            }
            TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                let bytes = self.bytes(part.range);
                let is_first = part.range.start == Position::default() && part.range.end != part.range.start;
                let words = part.text.strip_prefix(BYTE_ORDER_MARK).filter(|_| bytes.start == 0);
                // What replaces the beginning replaces the mark.
                self.has_mark = words.is_some() || self.has_mark && !is_first;
                self.text.replace_range(bytes, words.unwrap_or(&part.text));
                self.starts = starts(&self.text);
            }
        }
    }

    /// How many units of a line come before its text.
    fn lead(&self, line: usize) -> usize {
        if self.has_mark && line == 0 { self.encoding.width(BYTE_ORDER_MARK) } else { 0 }
    }
}

/// Where the lines begin: after `\n`, `\r\n` or `\r`.
fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
    std::iter::once(0).chain(ends.map(|at| at + 1)).collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::TextDocumentContentChangePartial;
    use proptest::prelude::*;

    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_are_counted_in_what_was_agreed_on() {
        // å in one character, an emoji, å in two characters.
        let text = "å😀a\u{30a}z";
        let z = text.find('z').expect("there");
        for (encoding, column) in [(Encoding::Utf8, 9), (Encoding::Utf16, 5), (Encoding::Utf32, 4)] {
            let text = OpenText::new(text, encoding);
            assert_eq!(text.position(z), at(0, column), "{encoding:?}");
            assert_eq!(text.offset(at(0, column)), z, "{encoding:?}");
        }
        // In the middle of a character is after it.
        assert_eq!(OpenText::new(text, Encoding::Utf16).offset(at(0, 2)), "å😀".len());
    }

    #[test]
    fn lines_end_as_each_system_ends_them() {
        let text = OpenText::new("a\r\nb\rc\nd", Encoding::Utf16);
        assert_eq!(text.lines(), 4);
        assert_eq!(text.position(3), at(1, 0));
        assert_eq!(text.offset(at(0, 99)), 1);
        assert_eq!(text.offset(at(9, 0)), text.as_str().len());
    }

    #[test]
    fn a_byte_order_mark_counts_for_the_client_alone() {
        let mut text = OpenText::new("\u{feff}ab\nc", Encoding::Utf16);
        assert_eq!((text.as_str(), text.position(1), text.offset(at(0, 2))), ("ab\nc", at(0, 2), 1));
        assert_eq!(text.position(3), at(1, 0));
        text.change(TextDocumentContentChangeEvent::TextDocumentContentChangePartial(
            TextDocumentContentChangePartial {
                range: Stretch { start: at(0, 0), end: at(0, 2) },
                text: "x".into(),
                ..Default::default()
            },
        ));
        assert_eq!((text.as_str(), text.position(1)), ("xb\nc", at(0, 1)));
    }

    #[test]
    fn the_first_known_encoding_is_chosen() {
        let offered = [
            PositionEncodingKind::Custom("ebcdic".into()),
            PositionEncodingKind::UTF32,
            PositionEncodingKind::UTF8,
        ];
        assert_eq!(Encoding::chosen(&offered), Encoding::Utf32);
        assert_eq!(Encoding::chosen(&[]), Encoding::Utf16);
    }

    proptest! {
        /// Positions and bytes are the same places, whatever the text and the units.
        #[test]
        fn there_and_back(text in "\u{feff}?[aåé😀\u{30a}\r\n ]{0,40}", which in 0usize..3) {
            let encoding = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32][which];
            let text = OpenText::new(&text, encoding);
            for (offset, sign) in text.as_str().char_indices() {
                // Between the two halves of a line's end there is no position.
                if sign != '\n' {
                    prop_assert_eq!(text.offset(text.position(offset)), offset);
                }
            }
        }

        /// A change of a part is the change of the whole.
        #[test]
        fn parts_and_wholes(text in "[aå😀\r\n]{0,30}", from in 0usize..40, to in 0usize..40, new in "[bö\n]{0,5}") {
            let mut changed = OpenText::new(&text, Encoding::Utf16);
            let from = changed.as_str().floor_char_boundary(from.min(to));
            let to = changed.as_str().floor_char_boundary(to.max(from));
            let range = changed.stretch(from..to);
            let bytes = changed.bytes(range);
            let mut whole = text.clone();
            whole.replace_range(bytes, &new);
            changed.change(TextDocumentContentChangeEvent::TextDocumentContentChangePartial(
                TextDocumentContentChangePartial { range, text: new, ..Default::default() },
            ));
            prop_assert_eq!(changed.as_str(), whole.as_str());
            prop_assert_eq!(changed.starts, starts(&whole));
        }
    }
}
