//! A value of another kind than it should be: what it should be, and the least that makes it so.

use std::ops::Range;

use serde_json::Value as Json;

use super::keys::Keys;
use super::node::{ScalarStyle, Value, YamlNode};
use super::syntax::lines::SourceLine;
use super::syntax::repair::{blanks, quoted};
use crate::diagnostic::{Diagnostic, Place, codes};

/// What a value should be.
#[derive(Clone, Copy)]
pub enum Wanted<'a> {
    /// A text on one line.
    Line,
    /// A Markdown text.
    Text,
    /// A list of what this schema describes.
    List(&'a Json),
    /// The keys that this schema describes.
    Group(&'a Json),
}

impl Wanted<'_> {
    const fn words(self) -> &'static str {
        match self {
            Wanted::Line => "en text på en rad",
            Wanted::Text => "en text",
            Wanted::List(_) => "en lista",
            Wanted::Group(_) => "en grupp av nycklar",
        }
    }
}

/// Says that a value is of the wrong kind, and how to make it right.
pub fn wrong(node: &YamlNode, wanted: Wanted) -> Diagnostic {
    let found = match node.value {
        Value::Nothing => {
            return Diagnostic::new(codes::TOM_TEXT, "värdet är tomt")
                .at(node.origin.place())
                .hint("Fyll i värdet, eller ta bort nyckeln.");
        }
        Value::Text(_) => "en text",
        Value::List(_) => "en lista",
        Value::Map(_) => "en grupp av nycklar",
    };
    let stand = Stand::of(node);
    let special = match (&node.value, wanted) {
        (Value::Text(text), Wanted::List(schema)) => {
            stand.sign_not_wanted(text, wanted, schema).or_else(|| stand.lone_item(schema))
        }
        (Value::Text(text), Wanted::Group(schema)) => stand
            .sign_not_wanted(text, wanted, schema)
            .or_else(|| stand.glued(text, schema))
            .or_else(|| stand.without_its_key(text, schema)),
        (Value::Map(_), Wanted::List(_)) => stand.without_dash(wanted),
        (Value::Map(_), Wanted::Line) => Some(stand.colon(wanted)),
        (Value::Map(_), Wanted::Text) => stand.sign_missing(wanted).or_else(|| Some(stand.colon(wanted))),
        (Value::List(_), Wanted::Text) => stand.sign_missing(wanted),
        _ => None,
    };
    special.unwrap_or_else(|| {
        let hint = match wanted {
            Wanted::Line => "Skriv texten efter kolonet, på samma rad.",
            Wanted::Text => "Skriv nyckeln, kolon och |, och texten indragen på raderna under.",
            Wanted::List(_) => "Skriv varje värde på en egen rad som börjar med ”- ”.",
            Wanted::Group(_) => "Skriv en nyckel, kolon och ett värde på varje rad, indragna lika långt.",
        };
        Diagnostic::new(codes::FEL_TYP, format!("här ska stå {}, inte {found}", wanted.words()))
            .at(stand.place.clone())
            .hint(hint)
    })
}

/// Where a value stands.
struct Stand<'a> {
    node: &'a YamlNode,
    place: Place,
    /// Its line, and what stands on it before the value.
    line: SourceLine<'a>,
    before: &'a str,
}

impl<'a> Stand<'a> {
    fn of(node: &'a YamlNode) -> Self {
        let mut place = node.origin.place();
        place.range.end = place.range.end.max(end(node));
        let text = &node.origin.source().text;
        let line = SourceLine::at(text, place.range.start);
        Self { node, line, before: &text[line.start..place.range.start], place }
    }

    fn said(&self) -> &'a str {
        let text = &self.node.origin.source().text;
        &text[self.place.range.clone()]
    }

    fn at(&self, range: Range<usize>) -> Place {
        Place { source: self.node.origin.source().clone(), range }
    }

    /// Whether it stands on the line of its key or its dash, and on no other.
    fn is_beside(&self) -> bool {
        !self.before.trim().is_empty()
            && !self.said().contains('\n')
            && self.node.origin.style() != ScalarStyle::Block
    }

    /// Whether it is the item of a list.
    fn is_item(&self) -> bool {
        self.before.trim_end().ends_with('-')
    }

    /// A sign that makes a text of lines that are a list or keys.
    fn sign_not_wanted(&self, text: &str, wanted: Wanted, schema: &Json) -> Option<Diagnostic> {
        let (at, sign) = self.node.origin.sign()?;
        let keys = Keys::new(schema.clone());
        let is_meant =
            text.starts_with("- ") || text.split_once(':').is_some_and(|(key, _)| keys.has(key.trim()));
        let source = &self.node.origin.source().text;
        let start = source[..at].trim_end_matches(' ').len();
        let end = at + source[at..].find('\n').unwrap_or(1);
        is_meant.then(|| {
            Diagnostic::new(
                codes::FEL_TYP,
                format!("tecknet {sign} gör värdet till en text, men här ska stå {}", wanted.words()),
            )
            .at(self.at(at..at + 1))
            .hint(format!("Ta bort {sign} efter kolonet."))
            .safe_edit(self.at(start..end), "")
        })
    }

    /// One item of a list beside its key.
    fn lone_item(&self, schema: &Json) -> Option<Diagnostic> {
        if !self.is_beside() || self.is_item() {
            return None;
        }
        let entry = self.line.entry()?;
        let keys = Keys::new(schema.clone());
        let key = keys
            .first()
            .map(|first| format!("{first}: "))
            .filter(|_| !takes_text(schema))
            .unwrap_or_default();
        let item = format!("- {key}{}", self.said());
        let finding = Diagnostic::new(codes::FEL_TYP, "här ska stå en lista, inte en text")
            .at(self.place.clone())
            .hint(format!("Skriv värdet på en egen rad under nyckeln: {item}"));
        let below = format!("\n{}{item}", " ".repeat(entry.column + 2));
        Some(finding.safe_edit(self.at(entry.colon + 1..self.place.range.end), below))
    }

    /// A key of the group and its value, with nothing between its colon and the value.
    fn glued(&self, text: &str, schema: &Json) -> Option<Diagnostic> {
        let (key, value) = text.split_once(':')?;
        let is_key = Keys::new(schema.clone()).has(key) && !value.starts_with(char::is_whitespace);
        let after = self.place.range.start + key.len() + 1;
        (is_key && self.node.origin.style() == ScalarStyle::Plain).then(|| {
            Diagnostic::new(codes::YAML_FEL, "mellanslag saknas efter kolonet")
                .at(self.at(after - 1..after))
                .hint(format!("Skriv ett mellanslag mellan ”{key}:” och värdet."))
                .safe_edit(self.at(after..after), " ")
        })
    }

    /// A value that stands where its key should stand before it.
    fn without_its_key(&self, text: &str, schema: &Json) -> Option<Diagnostic> {
        if !self.is_beside() || text.trim().is_empty() {
            return None;
        }
        let keys = Keys::new(schema.clone());
        let value = self.said();
        let finding = Diagnostic::new(codes::FEL_TYP, format!("”{}” saknar sin nyckel", text.trim()))
            .at(self.place.clone());
        let Some(first) = keys.told_by(value).or_else(|| keys.required()) else {
            // Where none must be there, which one it is stays the writer's to say.
            let each: Vec<String> = keys.names().take(2).map(|key| format!("{key}: {value}")).collect();
            let hint =
                format!("Skriv det på en egen, indragen rad, efter sin nyckel: {}", each.join(", eller "));
            return Some(finding.hint(hint));
        };
        if self.is_item() {
            let start = self.place.range.start;
            return Some(
                finding
                    .hint(format!("Skriv nyckeln före: {first}: {value}"))
                    .safe_edit(self.at(start..start), format!("{first}: ")),
            );
        }
        let entry = self.line.entry()?;
        let below = format!("\n{}{first}: {value}", " ".repeat(entry.column + 2));
        Some(
            finding
                .hint(format!(
                    "Skriv det på en egen, indragen rad under ”{}:”, efter sin nyckel: {first}: {value}",
                    entry.key
                ))
                .safe_edit(self.at(entry.colon + 1..self.place.range.end), below),
        )
    }

    /// One item of a list without its dash.
    fn without_dash(&self, wanted: Wanted) -> Option<Diagnostic> {
        let Value::Map(entries) = &self.node.value else { return None };
        let (first, _) = entries.first()?;
        if !self.before.trim().is_empty() || self.said().starts_with('{') {
            return None;
        }
        let mut lines = self.said().split('\n');
        let mut item = format!("- {}", lines.next()?);
        for line in lines {
            item.push('\n');
            if !line.trim().is_empty() {
                item.push_str("  ");
            }
            item.push_str(line);
        }
        Some(
            Diagnostic::new(
                codes::FEL_TYP,
                format!("här ska stå {}: ett streck saknas före ”{}”", wanted.words(), first.name),
            )
            .at(self.at(first.origin.place().range))
            .hint(format!(
                "Skriv ”- {}:”, och dra in raderna under lika långt: {} till.",
                first.name,
                blanks(2)
            ))
            .safe_edit(self.place.clone(), item),
        )
    }

    /// A colon that makes a key of a part of a text.
    fn colon(&self, wanted: Wanted) -> Diagnostic {
        let finding = Diagnostic::new(
            codes::FEL_TYP,
            format!("här ska stå {}, men ett kolon gör den till en nyckel med ett värde", wanted.words()),
        )
        .at(self.place.clone());
        let words = self.said();
        if self.is_beside() && !words.starts_with(['"', '\'', '{']) {
            return finding
                .hint("Om kolonet hör till texten: sätt hela texten inom raka citattecken: \"…\".")
                .safe_edit(self.place.clone(), quoted(words));
        }
        finding.hint(match wanted {
            Wanted::Text => {
                "Om kolonet hör till texten: skriv | efter nyckelns kolon, eller sätt hela texten inom raka citattecken: \"…\"."
            }
            _ => "Om kolonet hör till texten: sätt hela texten inom raka citattecken: \"…\".",
        })
    }

    /// A text on the lines below its key, which looks like a list or like keys.
    fn sign_missing(&self, wanted: Wanted) -> Option<Diagnostic> {
        let above = self.line.above().filter(|_| self.before.trim().is_empty())?;
        let key = above.entry().filter(|entry| entry.value.is_empty())?;
        Some(
            Diagnostic::new(
                codes::FEL_TYP,
                format!("här ska stå {}, men | saknas efter ”{}:”", wanted.words(), key.key),
            )
            .at(self.place.clone())
            .hint(format!(
                "Skriv ”{}: |”. Raderna under är då en text, också om de är en lista eller har kolon.",
                key.key
            ))
            .safe_edit(self.at(key.colon + 1..key.colon + 1), " |"),
        )
    }
}

/// Where the last of what a value holds ends.
fn end(node: &YamlNode) -> usize {
    let own = node.origin.place().range.end;
    match &node.value {
        Value::Map(entries) => entries
            .iter()
            .map(|(key, value)| end(value).max(key.origin.place().range.end))
            .max()
            .unwrap_or(own),
        Value::List(items) => items.iter().map(end).max().unwrap_or(own),
        Value::Text(_) | Value::Nothing => own,
    }
}

/// Whether an item may be a text, without keys.
fn takes_text(schema: &Json) -> bool {
    let is_text = |schema: &Json| schema["properties"].is_null();
    is_text(schema) && schema["oneOf"].as_array().is_none_or(|choices| choices.iter().any(is_text))
}
