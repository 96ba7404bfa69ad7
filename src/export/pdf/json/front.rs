//! What the letterhead says, as data for the layout.

use serde_json::{Map, Value as Json, json};

use crate::document::Document;
use crate::export::pdf::Attachment;
use crate::language::swedish::capitalised;
use crate::library::kinds::Kind;

/// The front. Its lines are numbered from `next` on, behind the leaves of the body, where the layout is told which
/// words are which.
pub fn front(
    document: &Document,
    kind: Option<&Kind>,
    attached: Json,
    next: Option<usize>,
) -> Map<String, Json> {
    let mut front = document.front.map();
    if let Some(mut next) = next {
        number_lines(&mut front, &mut next);
    }
    front.insert("titel".into(), document.title().into());
    let called = document.front.benamning.as_ref().map(|line| line.text.clone());
    let called = called.or_else(|| kind.map(|kind| kind.benamning.text.clone()));
    let called = called.unwrap_or_else(|| capitalised(&document.front.mall.text));
    front.insert("benämning".into(), called.into());
    let numbers: Vec<&str> = document.front.diarienummer.iter().map(|line| line.text.as_str()).collect();
    front.insert("diarienummer".into(), numbers.join(", ").into());
    front.insert("brevfot".into(), kind.is_none_or(Kind::has_foot).into());
    front.insert("utkast".into(), document.front.is_draft().into());
    // A draft may have something else than a date where the date goes.
    front.insert(
        "dag".into(),
        document.front.datum.date.map(|date| json!([date.year(), date.month(), date.day()])).into(),
    );
    front.values_mut().for_each(break_addresses);
    if let Some(Json::Object(marke)) = front.get_mut("märke")
        && let Some(Json::String(file)) = marke.get_mut("fil")
    {
        file.insert(0, '/');
    }
    front.insert("bifogat".into(), attached);
    front.insert("jämförelse".into(), document.is_redline.into());
    front
}

/// Makes addresses within a value lists of their parts, between which they may break.
fn break_addresses(value: &mut Json) {
    match value {
        Json::Array(values) => values.iter_mut().for_each(break_addresses),
        Json::Object(values) => {
            for (key, value) in values {
                match value {
                    Json::String(address) if ADDRESSES.contains(&key.as_str()) => {
                        *value = address.split_inclusive(['@', '.', '/']).collect();
                    }
                    _ => break_addresses(value),
                }
            }
        }
        _ => {}
    }
}

/// The keys of addresses without spaces.
const ADDRESSES: &[&str] = &["e-post", "webb"];

/// What the layout attaches, and the files under fixed names: a name is interned for ever.
pub fn attached(attachments: &[Attachment]) -> (Json, Vec<(String, Vec<u8>)>) {
    let named = || attachments.iter().enumerate().map(|(at, file)| (format!("/attachment-{at}"), file));
    let list = named().map(|(name, file)| {
        json!({
            "fil": name,
            "namn": format!("/{}", file.name),
            "typ": file.mime,
            "relation": file.relationship,
            "beskrivning": file.description,
        })
    });
    (list.collect(), named().map(|(name, file)| (name, file.bytes.clone())).collect())
}

/// Numbers the lines of a record: each record within it is told the numbers of its own.
fn number_lines(record: &mut Map<String, Json>, next: &mut usize) {
    let numbers: Map<String, Json> =
        record.iter_mut().map(|(key, value)| (key.clone(), number_line(value, next))).collect();
    record.insert("nr".into(), numbers.into());
}

fn number_line(value: &mut Json, next: &mut usize) -> Json {
    match value {
        Json::String(_) => {
            *next += 1;
            (*next - 1).into()
        }
        Json::Array(values) => values.iter_mut().map(|value| number_line(value, next)).collect(),
        Json::Object(record) => {
            number_lines(record, next);
            Json::Null
        }
        _ => Json::Null,
    }
}
