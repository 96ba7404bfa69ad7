//! The changes in the front matter.

use std::ops::Range;

use super::{Change, Deed, Fact, Subject, Weight, say, section};
use crate::compare::{Comparison, Fate, Span, Step, Value, Word, WordKind};
use crate::markdown::Look;

/// The changes in the front matter, but for headings: the body tells of those.
pub fn changes(comparison: &Comparison) -> Vec<Change> {
    let told = comparison.front.iter().filter(|value| !value.text.is_same() && !section::is_heading(value));
    told.map(of_value).collect()
}

fn of_value(value: &Value) -> Change {
    let path = value.path.new.as_ref().or(value.path.old.as_ref());
    let key = path.and_then(|path| {
        path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
    });
    let (deed, kind) = match (&value.text.old, &value.text.new) {
        (None, _) => (Deed::New, None),
        (_, None) => (Deed::Gone, None),
        _ => (Deed::Changed, Some(())),
    };
    let weight = match key {
        Some("nämnd") => Weight::Decision,
        Some("mall" | "språk" | "utkast" | "fil" | "alt" | "rubrikrad") => Weight::Wording,
        _ => Weight::Facts,
    };
    let told = say::Told { subject: Subject::Head, deed, section: None, name: key, number: None, count: 1 };
    let fact = Fact { kind: WordKind::Name, text: value.text.clone() };
    let facts = vec![fact];
    let message = match kind {
        Some(()) => format!("{}: {}", say::message(&told), say::facts(&facts)),
        None => say::message(&told),
    };
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
    let spans =
        [span(Fate::Gone, &value.text.old, &value.at.old), span(Fate::New, &value.text.new, &value.at.new)];
    Change {
        weight,
        subject: Subject::Head,
        deed,
        message,
        section: None,
        facts,
        text: spans.into_iter().flatten().collect(),
        places: vec![value.at.clone()],
        remark: None,
    }
}
