//! The form of a document's front matter, for whoever edits it by hand: layouts rely on it.

use crate::diagnostic::{Diagnostic, Place, codes};
use crate::library::kinds::{Kind, Kinds};
use crate::yaml::node::{Key, Node, Value};

/// What a value of the front matter is.
enum Shape {
    Text,
    Texts,
    Record(&'static [Entry]),
    Records(&'static [Entry]),
}

/// A key of a record, and whether the record must have it.
type Entry = (&'static str, bool, Shape);

const FRONT: &[Entry] = &[
    ("mall", true, Shape::Text),
    ("språk", true, Shape::Text),
    ("utkast", false, Shape::Text),
    ("diarienummer", true, Shape::Text),
    ("datum", true, Shape::Text),
    ("rubrikrad", false, Shape::Text),
    ("till", false, Shape::Record(&[("nämnd", true, Shape::Text), ("sammanträde", false, Shape::Text)])),
    (
        "avsändare",
        false,
        Shape::Record(&[
            ("förvaltning", true, Shape::Text),
            ("avdelning", false, Shape::Text),
            ("adress", false, Shape::Texts),
            ("telefon", false, Shape::Text),
            ("fax", false, Shape::Text),
            ("e-post", false, Shape::Text),
            ("webb", false, Shape::Text),
        ]),
    ),
    (
        "handläggare",
        false,
        Shape::Records(&[
            ("namn", true, Shape::Text),
            ("telefon", false, Shape::Text),
            ("e-post", false, Shape::Text),
        ]),
    ),
    ("märke", false, Shape::Record(&[("fil", true, Shape::Text), ("alt", true, Shape::Text)])),
];

/// What only some kinds of document have, and then must.
fn of_kind(kind: &Kind) -> impl Iterator<Item = &'static str> {
    let needs_recipient = kind.required().any(|key| key == "till");
    let wanted = [
        ("till", needs_recipient),
        ("avsändare", kind.is_letter()),
        ("märke", kind.is_letter()),
        ("rubrikrad", !kind.is_letter()),
    ];
    wanted.into_iter().filter(|(_, is_wanted)| *is_wanted).map(|(key, _)| key)
}

/// What is wrong with a front matter; `start` is where it begins, for what is missing.
pub fn faults(entries: &[(Key, Node)], start: &Place, kinds: &Kinds) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    record(entries, FRONT, start, &mut faults);
    let text = |wanted: &str| {
        entries.iter().find(|(key, _)| key.name == wanted).and_then(|(_, node)| match &node.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    };
    if let Some(kind) = text("mall").and_then(|word| kinds.get(word)) {
        let missing = of_kind(kind).filter(|wanted| !entries.iter().any(|(key, _)| key.name == *wanted));
        faults.extend(missing.map(|key| lacking(key, start)));
    }
    if text("utkast").is_some_and(|draft| draft != "ja") {
        faults.push(
            Diagnostic::new(codes::HUVUD_FEL, "utkast i huvudet kan bara vara ja")
                .at(start.clone())
                .hint("Skriv utkast: \"ja\", eller ta bort raden om dokumentet är färdigt."),
        );
    }
    if text("utkast").is_none()
        && text("datum").is_some_and(|date| date.parse::<jiff::civil::Date>().is_err())
    {
        faults.push(
            Diagnostic::new(codes::OMOJLIGT_DATUM, "datumet i huvudet finns inte")
                .at(start.clone())
                .hint("Skriv datumet som \"ÅÅÅÅ-MM-DD\"."),
        );
    }
    if text("språk").is_some_and(|language| language != "sv") {
        faults.push(
            Diagnostic::new(codes::HUVUD_FEL, "språket i huvudet är inte sv")
                .at(start.clone())
                .hint("Skriv: språk: \"sv\""),
        );
    }
    faults
}

fn record(entries: &[(Key, Node)], form: &[Entry], start: &Place, faults: &mut Vec<Diagnostic>) {
    for (at, (key, node)) in entries.iter().enumerate() {
        if entries[..at].iter().any(|(other, _)| other.name == key.name) {
            faults.push(
                Diagnostic::new(codes::HUVUD_FEL, format!("”{}” står två gånger i huvudet", key.name))
                    .at(key.origin.place())
                    .hint("Ta bort den ena raden."),
            );
        }
        if let Some((_, _, shape)) = form.iter().find(|(name, ..)| *name == key.name)
            && !fits(node, shape, start, faults)
        {
            faults.push(
                Diagnostic::new(codes::HUVUD_FEL, format!("”{}” i huvudet har inte rätt form", key.name))
                    .at(key.origin.place())
                    .hint("Skriv det som i en Markdown-fil som är nybyggd ur ett ärende."),
            );
        }
    }
    let missing = form
        .iter()
        .filter(|(name, required, _)| *required && !entries.iter().any(|(key, _)| key.name == *name));
    faults.extend(missing.map(|(name, ..)| lacking(name, start)));
}

/// Whether a value has the shape; what is wrong within it is reported where it stands.
fn fits(node: &Node, shape: &Shape, start: &Place, faults: &mut Vec<Diagnostic>) -> bool {
    match (shape, &node.value) {
        (Shape::Text, Value::Text(_)) => true,
        (Shape::Texts, Value::List(items)) => items.iter().all(|item| matches!(item.value, Value::Text(_))),
        (Shape::Record(form), _) => is_record(node, form, start, faults),
        (Shape::Records(form), Value::List(items)) => {
            items.iter().all(|item| is_record(item, form, start, faults))
        }
        _ => false,
    }
}

fn is_record(node: &Node, form: &[Entry], start: &Place, faults: &mut Vec<Diagnostic>) -> bool {
    let Value::Map(entries) = &node.value else { return false };
    record(entries, form, &own(node, start), faults);
    true
}

/// The first line of a record, for what it lacks.
fn own(node: &Node, start: &Place) -> Place {
    let place = node.origin.place();
    if place.range.is_empty() { start.clone() } else { place }
}

fn lacking(key: &str, place: &Place) -> Diagnostic {
    Diagnostic::new(codes::HUVUD_SAKNAS, format!("nyckeln ”{key}” saknas i huvudet"))
        .at(place.clone())
        .hint("Skriv den som i en Markdown-fil som är nybyggd ur ett ärende.")
}
