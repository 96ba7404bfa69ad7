//! The YAML of a case as a tree that remembers where everything stood.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};
use unicode_normalization::UnicodeNormalization;

pub use super::origin::{Origin, ScalarStyle};
use super::patched::Patched;
use crate::diagnostic::{Source, nearest};

/// A value in the file, with the bytes that say it.
#[derive(Clone, Debug)]
pub struct YamlNode {
    /// Where it stands.
    pub origin: Origin,
    /// What it is.
    pub value: Value,
}

impl YamlNode {
    /// Whether it is a map with one of these keys, or nearly one: where a map may stand beside a
    /// text, a text with a colon in it is a map too.
    pub fn has_one_of(&self, keys: &[&str]) -> bool {
        let Value::Map(entries) = &self.value else { return false };
        entries.iter().any(|(key, _)| nearest(&key.name, keys.iter().copied()).is_some())
    }
}

/// What a [`YamlNode`] is. Numbers and dates are texts here: a telephone number keeps its zero.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing, as after `titel:`.
    Nothing,
    /// A text, decoded.
    Text(String),
    /// A list.
    List(Vec<YamlNode>),
    /// Keys with values, in the order of the file; a key may stand twice.
    Map(Vec<(Key, YamlNode)>),
}

/// A key of a map.
#[derive(Clone, Debug)]
pub struct Key {
    /// Where it stands.
    pub origin: Origin,
    /// The key, decoded.
    pub name: String,
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

/// Reads a YAML text into a tree: what the source says, with repairs.
///
/// # Errors
/// The parser's own error, which [`super::syntax`] puts into Swedish.
pub fn parse(text: &Patched, source: &Arc<Source>) -> Result<YamlNode, serde_saphyr::Error> {
    Ok(join(raw(&text.text)?, &Joined { text, source }))
}

/// Whether a YAML text can be read.
///
/// # Errors
/// The parser's own error.
pub fn is_readable(text: &str) -> Result<(), serde_saphyr::Error> {
    raw(text).map(drop)
}

fn raw(text: &str) -> Result<Spanned<Raw>, serde_saphyr::Error> {
    let options = serde_saphyr::options! {
        // Duplicate keys are found by the reader, which can say where both stand.
        duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_saphyr::options::MergeKeyPolicy::Error,
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 10_000 },
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options)
}

/// A text that was read, and the source that it stands for.
struct Joined<'a> {
    text: &'a Patched<'a>,
    source: &'a Arc<Source>,
}

impl Joined<'_> {
    fn origin(&self, location: &Location) -> Origin {
        let range = bytes(location, &self.text.text);
        Origin::new(self.source.clone(), self.text.back(range))
    }
}

fn join(raw: Spanned<Raw>, joined: &Joined) -> YamlNode {
    let origin = joined.origin(&raw.defined);
    let value = match raw.value {
        Raw::Nothing => Value::Nothing,
        Raw::Text(text) => Value::Text(text),
        Raw::Verbatim => Value::Text(origin.said().trim().to_owned()),
        Raw::List(items) => Value::List(items.into_iter().map(|item| join(item, joined)).collect()),
        Raw::Map(entries) => Value::Map(
            entries.into_iter().map(|(key, value)| (name(key, joined), join(value, joined))).collect(),
        ),
    };
    YamlNode { origin, value }
}

fn name(raw: Spanned<Raw>, joined: &Joined) -> Key {
    let origin = joined.origin(&raw.referenced);
    let name = match raw.value {
        Raw::Text(text) => text,
        _ => origin.said().trim().to_owned(),
    };
    // Some editors write å as a and a ring; a key is the same however it is written.
    let name: String = name.nfc().collect();
    // What is pasted from a web page has hard spaces, which a heading may keep.
    let is_key = name.starts_with(char::is_lowercase);
    Key { origin, name: if is_key { name.replace('\u{a0}', " ") } else { name } }
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
