//! Where a value of a file stands, and every word of it.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::{Edit, Place, Source};

/// Where a value stands in its source.
#[derive(Clone, Debug)]
pub struct Origin {
    source: Arc<Source>,
    range: Range<usize>,
    text: Arc<Decoded>,
}

/// How a source and the decoded text of a value go together.
#[derive(Debug, Default)]
struct Decoded {
    /// Whether it is no YAML: the source says the text as it is.
    is_verbatim: bool,
    /// Where the decoded text and the source meet, for a long text: a place is then found from the
    /// nearest of these, and a text with thousands of findings takes no longer than its length.
    meetings: OnceLock<Meetings>,
}

/// How a text is written in YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// After the key, as it is.
    Plain,
    /// Within ', which stands twice for itself.
    Single,
    /// Within ", with escapes.
    Double,
    /// On the lines below | or >.
    Block,
}

/// A value as its source says it.
#[derive(Clone, Copy)]
struct Said<'a> {
    text: &'a str,
    style: ScalarStyle,
}

/// Offsets in the decoded text of one value, and where the same is said.
#[derive(Debug)]
struct Meetings {
    /// The length of the decoded text, which tells it from another.
    length: usize,
    offsets: Vec<(usize, usize)>,
}

/// How far apart in bytes two meetings are.
const STRIDE: usize = 256;

impl Origin {
    /// A stretch of a source.
    pub fn new(source: Arc<Source>, range: Range<usize>) -> Self {
        Self { source, range, text: Arc::default() }
    }

    /// A stretch of a source that is no YAML, such as Markdown: no sign in it is an escape or a quotation mark of the
    /// file's.
    pub fn verbatim(source: Arc<Source>, range: Range<usize>) -> Self {
        Self { source, range, text: Arc::new(Decoded { is_verbatim: true, ..Decoded::default() }) }
    }

    /// The same stretch, for a text of its own: the value with its white space folded.
    pub(super) fn folded(&self) -> Self {
        let text = Decoded { is_verbatim: self.text.is_verbatim, ..Decoded::default() };
        Self { text: Arc::new(text), ..self.clone() }
    }

    /// Whether it is no YAML.
    pub(super) fn is_verbatim(&self) -> bool {
        self.text.is_verbatim
    }

    /// What stands there.
    pub fn said(&self) -> &str {
        &self.source.text[self.range.clone()]
    }

    /// The whole value.
    pub fn place(&self) -> Place {
        let said = self.said();
        // A text block ends with its newline; the mark should end with its words.
        let end = self.range.start + said.trim_end().len();
        Place { source: self.source.clone(), range: self.range.start..end }
    }

    /// The place in the file of a stretch of the decoded text `text` of this value.
    pub fn place_in(&self, text: &str, range: Range<usize>) -> Place {
        let start = self.range.start + self.align(text, range.start);
        let end = if range.is_empty() {
            start
        } else {
            // The last character's place, and past it: what follows may be folded white space.
            let last = text.floor_char_boundary(range.end - 1);
            let at = self.range.start + self.align(text, last);
            at + length_of_first(&self.source.text[at..], self.style())
        };
        Place { source: self.source.clone(), range: start..end.max(start) }
    }

    /// Where the byte `offset` of the decoded text is said, counted from the value's beginning.
    fn align(&self, text: &str, offset: usize) -> usize {
        let said = Said { text: self.said(), style: self.style() };
        if offset < STRIDE {
            return align(text, said, offset, START, |_| {});
        }
        let meetings = self.text.meetings.get_or_init(|| Meetings::of(text, said));
        let nearest = meetings.offsets.partition_point(|(at, _)| *at <= offset);
        let from = nearest.checked_sub(1).filter(|_| meetings.length == text.len());
        align(text, said, offset, from.map_or(START, |from| meetings.offsets[from]), |_| {})
    }

    /// The sign of a block, | or >, and where it stands: on the line before, with its indentation and a comment.
    pub(crate) fn sign(&self) -> Option<(usize, char)> {
        let (before, _) = self.source.text.split_at(self.range.start);
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let above = before[..line].trim_end();
        let above = &above[above.rfind('\n').map_or(0, |newline| newline + 1)..];
        let begins = before[..line].trim_end().len() - above.len();
        let above = above.split(" #").next().unwrap_or_default().trim_end();
        let above = above.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '-' || sign == '+');
        let sign = above.chars().next_back().filter(|sign| matches!(sign, '|' | '>'))?;
        before[line..].trim().is_empty().then(|| (begins + above.len() - 1, sign))
    }

    /// How the value is written.
    pub fn style(&self) -> ScalarStyle {
        match self.source.text[self.range.start..].chars().next() {
            _ if self.text.is_verbatim || self.sign().is_some() => ScalarStyle::Block,
            Some('"') => ScalarStyle::Double,
            Some('\'') => ScalarStyle::Single,
            _ => ScalarStyle::Plain,
        }
    }

    /// Whether an edit of the text can be made in its style as it is.
    pub(super) fn takes(&self, edit: &Edit) -> bool {
        match self.style() {
            ScalarStyle::Block => true,
            ScalarStyle::Double => false,
            ScalarStyle::Single | ScalarStyle::Plain => {
                let begins = edit.place.range.start == self.place().range.start;
                !begins && !edit.replacement.contains(['\n', '\'', ':', '#'])
            }
        }
    }

    /// Whether a place lies in the value.
    pub fn holds(&self, place: &Place) -> bool {
        place.source == self.source
            && self.range.start <= place.range.start
            && place.range.end <= self.range.end
    }

    /// What stands before the value on its line, after its key's colon or its point's dash.
    pub fn prefix(&self) -> &str {
        let before = &self.source.text[..self.range.start];
        let line = &before[before.rfind('\n').map_or(0, |newline| newline + 1)..];
        let start = [": ", "- "].iter().filter_map(|sign| line.rfind(sign)).max();
        start.map_or("", |start| line[start + 2..].trim())
    }

    /// What stands after the value on its line.
    pub fn suffix(&self) -> (usize, &str) {
        let after = &self.source.text[self.range.end..];
        (self.range.end, &after[..after.find('\n').unwrap_or(after.len())])
    }

    /// The source that the value stands in.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }
}

/// How long the first character is as it is said: an escape and a letter with its marks are several.
fn length_of_first(said: &str, style: ScalarStyle) -> usize {
    let mut rest = said.chars();
    let Some(first) = rest.next() else { return 0 };
    let next = rest.clone().next();
    match (style, first, next) {
        (ScalarStyle::Double, '\\', Some(kind)) => {
            let digits = match kind {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            said.chars().take(2 + digits).map(char::len_utf8).sum()
        }
        (ScalarStyle::Single, '\'', Some('\'')) => 2,
        _ => {
            first.len_utf8()
                + rest.take_while(|mark| is_combining_mark(*mark)).map(char::len_utf8).sum::<usize>()
        }
    }
}

impl Meetings {
    fn of(decoded: &str, said: Said) -> Self {
        let mut offsets: Vec<(usize, usize)> = Vec::new();
        align(decoded, said, decoded.len(), START, |meeting| {
            if offsets.last().is_none_or(|last| meeting.0 >= last.0 + STRIDE) {
                offsets.push(meeting);
            }
        });
        Self { length: decoded.len(), offsets }
    }
}

/// Where decoded text and source begin to be walked.
const START: (usize, usize) = (0, 0);

/// Where the byte `offset` of a decoded scalar is said in its source text.
///
/// YAML's styles differ in white space and escapes only, so both are walked side by side:
/// equal characters match, escapes are stepped over, and white space that only one side has
/// is skipped. The walk begins where both are known to meet, and tells of every meeting.
fn align(
    decoded: &str,
    said: Said,
    offset: usize,
    from: (usize, usize),
    mut meet: impl FnMut((usize, usize)),
) -> usize {
    let (escapes, quotes) = (said.style == ScalarStyle::Double, said.style == ScalarStyle::Single);
    let said = said.text;
    let mut rest = said[from.1..].char_indices().map(|(at, said)| (from.1 + at, said)).peekable();
    if from == START && (escapes || quotes) {
        rest.next();
    }
    for (at, wanted) in decoded[from.0..].char_indices() {
        let at = from.0 + at;
        if let Some((here, _)) = rest.peek() {
            meet((at, *here));
        }
        loop {
            let Some(&(here, found)) = rest.peek() else { return said.len() };
            if escapes && found == '\\' {
                if at >= offset {
                    return here;
                }
                rest.next();
                let digits = match rest.next() {
                    Some((_, 'x')) => 2,
                    Some((_, 'u')) => 4,
                    Some((_, 'U')) => 8,
                    Some((_, '\n')) => {
                        while rest.next_if(|(_, c)| c.is_whitespace()).is_some() {}
                        continue;
                    }
                    _ => 0,
                };
                rest.by_ref().take(digits).for_each(drop);
                break;
            }
            if found == wanted {
                if at >= offset {
                    return here;
                }
                rest.next();
                if quotes && found == '\'' {
                    rest.next();
                }
                break;
            }
            // The value may be composed where the source is a letter and its mark.
            if !wanted.is_ascii() && std::iter::once(wanted).nfd().next() == Some(found) {
                if at >= offset {
                    return here;
                }
                rest.next();
                while rest.next_if(|(_, c)| is_combining_mark(*c)).is_some() {}
                break;
            }
            if wanted.is_whitespace() {
                // A fold: the decoded space or newline has no character of its own.
                if at >= offset {
                    return here;
                }
                break;
            }
            rest.next();
        }
    }
    rest.peek().map_or(said.len(), |&(here, _)| here)
}

#[cfg(test)]
mod tests {
    use super::super::node::{Value, parse};
    use super::super::patched::Patched;
    use super::*;

    #[test]
    fn what_is_escaped_is_found_whole() {
        for (text, said) in [
            ("a: |\n  \"x\" 'y'", "x"),
            ("a: \"x\\\"y\"", "\\\""),
            ("a: 'x''y'", "''"),
            ("a: \"x\\u0022y\"", "\\u0022"),
        ] {
            let source = Source::new("a", text);
            let node = parse(&Patched::new(&source.text), &source).expect("YAML");
            let Value::Map(entries) = &node.value else { panic!("a map") };
            let Value::Text(decoded) = &entries[0].1.value else { panic!("a text") };
            let place = entries[0].1.origin.place_in(decoded, 1..2);
            assert_eq!(&source.text[place.range], said, "{text}");
        }
    }

    #[test]
    fn words_far_into_a_text_are_found_in_every_style() {
        let words: Vec<String> = (0..400).map(|number| format!("ord{number} å’")).collect();
        for (before, between, after) in
            [("a: |\n  ", "\n  ", "\n"), ("a: '", "''\n  ", "'"), ("a: \"", "\\\"\\\n  \\u00e5", "\"")]
        {
            let source = Source::new("a", format!("{before}{}{after}", words.join(between)));
            let node = parse(&Patched::new(&source.text), &source).expect("YAML");
            let Value::Map(entries) = &node.value else { panic!("a map") };
            let Value::Text(text) = &entries[0].1.value else { panic!("a text") };
            for word in words.iter().rev() {
                let at = text.find(word.as_str()).expect("there");
                let place = entries[0].1.origin.place_in(text, at..at + word.len());
                assert_eq!(source.text[place.range], *word, "{before}");
            }
        }
    }
}
