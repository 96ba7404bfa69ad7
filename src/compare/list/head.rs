//! The changes in the front matter.

use std::ops::Range;

use super::{Change, Deed, Fact, Subject, Weight, say, section};
use crate::compare::{Both, Comparison, Fate, Span, Step, Value, Word, WordKind};
use crate::markdown::Look;

/// The keys that say whose a record is: what else it holds comes and goes with them.
const NAMES: [&str; 3] = ["namn", "nämnd", "förvaltning"];

/// The changes in the front matter, but for headings: the body tells of those.
pub fn changes(comparison: &Comparison) -> Vec<Change> {
    let told = comparison.front.iter().filter(|value| !value.text.is_same() && !section::is_heading(value));
    let told: Vec<&Value> = told.collect();
    let mut changes = Vec::new();
    for record in told.chunk_by(|one, next| is_one_record(&record(one), &record(next))) {
        match record.iter().position(|value| is_another(value)) {
            Some(name) => {
                let others = record.iter().enumerate().filter(|(at, _)| *at != name);
                changes.push(of_values(record[name], others.map(|(_, value)| *value)));
            }
            None => changes.extend(record.iter().map(|value| of_values(value, std::iter::empty()))),
        }
    }
    changes
}

/// Whether two values are of one record; what only one document has has no place in the other.
fn is_one_record(one: &Both<Option<&[Step]>>, other: &Both<Option<&[Step]>>) -> bool {
    let is_same = |one: &Option<&[Step]>, other: &Option<&[Step]>| one.is_some() && one == other;
    let can_be =
        |one: &Option<&[Step]>, other: &Option<&[Step]>| one.is_none() || other.is_none() || one == other;
    (is_same(&one.old, &other.old) || is_same(&one.new, &other.new))
        && can_be(&one.old, &other.old)
        && can_be(&one.new, &other.new)
}

/// The record that a value is part of, in each document: a handläggare, a sender, a receiver.
fn record(value: &Value) -> Both<Option<&[Step]>> {
    fn of(path: &[Step]) -> Option<&[Step]> {
        let length = if matches!(path.get(1), Some(Step::Index(_))) { 2 } else { 1 };
        (path.len() > length).then(|| &path[..length])
    }
    let (old, new) = (value.path.old.as_deref().map(of), value.path.new.as_deref().map(of));
    Both { old: old.flatten(), new: new.flatten() }
}

/// Whether its record is another because of it. A board that is another may well meet on the same day.
fn is_another(value: &Value) -> bool {
    let is_changed = value.text.old.is_some() && value.text.new.is_some();
    key(value).is_some_and(|key| NAMES.contains(&key) && !(is_changed && key == "nämnd"))
}

/// The last key that leads to a value.
fn key(value: &Value) -> Option<&str> {
    let path = value.path.new.as_ref().or(value.path.old.as_ref())?;
    path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    })
}

fn weight(value: &Value) -> Weight {
    match key(value) {
        Some("nämnd") => Weight::Decision,
        Some("mall" | "språk" | "utkast" | "fil" | "alt" | "rubrikrad") => Weight::Wording,
        _ => Weight::Facts,
    }
}

/// The change of a value, and of what came, went or changed with it.
fn of_values<'v>(value: &'v Value, others: impl Iterator<Item = &'v Value>) -> Change {
    let deed = match (&value.text.old, &value.text.new) {
        (None, _) => Deed::New,
        (_, None) => Deed::Gone,
        _ => Deed::Changed,
    };
    let name = key(value);
    let told = say::Told { subject: Subject::Head, deed, place: None, name, number: None, count: 1 };
    let fact = |value: &Value| Fact { kind: WordKind::Name, text: value.text.clone() };
    let message = match deed {
        Deed::Changed => format!("{}: {}", say::message(&told), say::facts(&[fact(value)])),
        _ => say::message(&told),
    };
    let all: Vec<&Value> = std::iter::once(value).chain(others).collect();
    Change {
        weight: weight(value),
        subject: Subject::Head,
        deed,
        message,
        section: None,
        facts: all.iter().map(|value| fact(value)).collect(),
        text: all.iter().flat_map(|value| spans(value)).collect(),
        places: all.iter().map(|value| value.at.clone()).collect(),
        remark: None,
    }
}

/// What a value said, and what it says.
fn spans(value: &Value) -> impl Iterator<Item = Span> {
    let span = |fate, said: &Option<String>, at: &Option<Range<usize>>| {
        said.as_ref().map(|said| Span {
            fate,
            form: false,
            words: vec![Word {
                text: said.clone(),
                kind: WordKind::Plain,
                look: Look::default(),
                spaced: true,
                at: at.clone().unwrap_or_default(),
            }],
        })
    };
    let gone = span(Fate::Gone, &value.text.old, &value.at.old);
    gone.into_iter().chain(span(Fate::New, &value.text.new, &value.at.new))
}
