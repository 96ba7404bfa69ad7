//! The YAML of a case as a tree that remembers where everything stood.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::{Place, Source, nearest};

/// A value in the file, with the bytes that say it.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands.
    pub origin: Origin,
    /// What it is.
    pub value: Value,
}

impl Node {
    /// Whether it is a map with one of these keys, or nearly one: where a map may stand beside a
    /// text, a text with a colon in it is a map too.
    pub fn has_one_of(&self, keys: &[&str]) -> bool {
        let Value::Map(entries) = &self.value else { return false };
        entries.iter().any(|(key, _)| nearest(&key.name, keys.iter().copied()).is_some())
    }
}

/// What a [`Node`] is. Numbers and dates are texts here: a telephone number keeps its zero.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing, as after `titel:`.
    Nothing,
    /// A text, decoded.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in the order of the file; a key may stand twice.
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Clone, Debug)]
pub struct Key {
    /// Where it stands.
    pub origin: Origin,
    /// The key, decoded.
    pub name: String,
}

/// Where a value stands in its source.
#[derive(Clone, Debug)]
pub struct Origin {
    source: Arc<Source>,
    range: Range<usize>,
    /// Where the decoded text and the source meet, for a long text: a place is then found from the
    /// nearest of these, and a text with thousands of findings takes no longer than its length.
    meetings: Arc<OnceLock<Meetings>>,
}

/// How a text is written in YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
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
    style: Style,
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
        Self { source, range, meetings: Arc::default() }
    }

    /// The same stretch, for a text of its own: the value with its white space folded.
    pub(super) fn folded(&self) -> Self {
        Self::new(self.source.clone(), self.range.clone())
    }

    /// The whole value.
    pub fn place(&self) -> Place {
        let said = &self.source.text[self.range.clone()];
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
        let said = Said { text: &self.source.text[self.range.clone()], style: self.style() };
        if offset < STRIDE {
            return align(text, said, offset, START, |_| {});
        }
        let meetings = self.meetings.get_or_init(|| Meetings::of(text, said));
        let nearest = meetings.offsets.partition_point(|(at, _)| *at <= offset);
        let from = nearest.checked_sub(1).filter(|_| meetings.length == text.len());
        align(text, said, offset, from.map_or(START, |from| meetings.offsets[from]), |_| {})
    }

    /// How the value is written.
    pub fn style(&self) -> Style {
        let (before, said) = self.source.text.split_at(self.range.start);
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        // The sign of a block stands on the line before, with its indentation and a comment.
        let above = before[..line].trim_end();
        let above = above.rsplit('\n').next().unwrap_or_default();
        let above = above.split(" #").next().unwrap_or_default().trim_end();
        let above = above.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '-' || sign == '+');
        let is_block = above.ends_with(['|', '>']) && before[line..].trim().is_empty();
        match said.chars().next() {
            _ if is_block => Style::Block,
            Some('"') => Style::Double,
            Some('\'') => Style::Single,
            _ => Style::Plain,
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

    /// Lets the value stand at the same bytes of another source.
    pub(super) fn move_to(&mut self, source: &Arc<Source>) {
        self.source = source.clone();
    }

    /// The source that the value stands in.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }
}

/// How long the first character is as it is said: an escape and a letter with its marks are several.
fn length_of_first(said: &str, style: Style) -> usize {
    let mut rest = said.chars();
    let Some(first) = rest.next() else { return 0 };
    let next = rest.clone().next();
    match (style, first, next) {
        (Style::Double, '\\', Some(kind)) => {
            let digits = match kind {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            said.chars().take(2 + digits).map(char::len_utf8).sum()
        }
        (Style::Single, '\'', Some('\'')) => 2,
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
    let (escapes, quotes) = (said.style == Style::Double, said.style == Style::Single);
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

/// What serde-saphyr gives, before the source is joined to it.
enum Raw {
    Nothing,
    Text(String),
    /// A number, a truth value: the source says it better than the parsed value.
    Verbatim,
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

/// Reads a YAML text into a tree.
///
/// # Errors
/// The parser's own error, which [`super::syntax`] puts into Swedish.
pub fn parse(source: &Arc<Source>) -> Result<Node, serde_saphyr::Error> {
    let options = serde_saphyr::options! {
        // Duplicate keys are found by the reader, which can say where both stand.
        duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_saphyr::options::MergeKeyPolicy::Error,
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 10_000 },
        with_snippet: false,
    };
    let raw: Spanned<Raw> = serde_saphyr::from_str_with_options(&source.text, options)?;
    Ok(join(raw, source))
}

fn join(raw: Spanned<Raw>, source: &Arc<Source>) -> Node {
    let origin = Origin::new(source.clone(), bytes(&raw.defined, &source.text));
    let value = match raw.value {
        Raw::Nothing => Value::Nothing,
        Raw::Text(text) => Value::Text(text),
        Raw::Verbatim => Value::Text(source.text[origin.range.clone()].trim().to_owned()),
        Raw::List(items) => Value::List(items.into_iter().map(|item| join(item, source)).collect()),
        Raw::Map(entries) => Value::Map(
            entries.into_iter().map(|(key, value)| (name(key, source), join(value, source))).collect(),
        ),
    };
    Node { origin, value }
}

fn name(raw: Spanned<Raw>, source: &Arc<Source>) -> Key {
    let origin = Origin::new(source.clone(), bytes(&raw.referenced, &source.text));
    let name = match raw.value {
        Raw::Text(text) => text,
        _ => source.text[origin.range.clone()].trim().to_owned(),
    };
    // Some editors write å as a and a ring; a key is the same however it is written.
    Key { origin, name: name.nfc().collect() }
}

fn bytes(location: &Location, text: &str) -> Range<usize> {
    let span = location.span();
    let offset = |value: Option<u64>| value.and_then(|value| usize::try_from(value).ok());
    let start = text.floor_char_boundary(offset(span.byte_offset()).unwrap_or(0));
    let end = start + offset(span.byte_len()).unwrap_or(0);
    start..text.floor_char_boundary(end)
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a text, a list or a map")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Verbatim)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Verbatim)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Verbatim)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Verbatim)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Verbatim)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Verbatim)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key()? {
            entries.push((key, access.next_value()?));
        }
        Ok(Raw::Map(entries))
    }
}

#[cfg(test)]
mod tests {
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
            let node = parse(&source).expect("YAML");
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
            let node = parse(&source).expect("YAML");
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
