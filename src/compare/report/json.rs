//! The list for machines.

use serde_json::{Value as Json, json};

use super::{Compared, Told, WORDS, side};
use crate::compare::WordKind;
use crate::compare::list::section;
use crate::compare::model::Fate;
use crate::diagnostic::Place;

/// The schema of the list.
pub const SCHEMA: &str = include_str!("schema.json");

/// The list as JSON.
pub fn json(files: &[Compared]) -> String {
    let files: Vec<Json> = files.iter().map(file).collect();
    format!("{:#}\n", json!({ "form": 1, "ärenden": files }))
}

fn file(file: &Compared) -> Json {
    json!({
        "före": file.name.old,
        "efter": file.name.new,
        "utfall": file.outcome(file.is_renamed()),
        "ändringar": file.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(told: &Told) -> Json {
    let change = &told.change;
    let facts = change
        .facts
        .iter()
        .map(|fact| json!({ "slag": kind(&fact.kind), "före": fact.text.old, "efter": fact.text.new }));
    let places =
        told.places.iter().map(|both| json!({ "före": place(&both.old), "efter": place(&both.new) }));
    let said = |has: fn(Fate) -> bool| Some(section::text(&change.text, has)).filter(|text| !text.is_empty());
    json!({
        "vikt": change.weight.word(),
        "slag": change.subject.word(),
        "ändring": change.deed.word(),
        "meddelande": change.message,
        "avsnitt": change.section,
        "uppgifter": facts.collect::<Vec<_>>(),
        "före": said(Fate::is_old),
        "efter": said(Fate::is_new),
        "märkt": { "före": side(&change.text, true, &WORDS), "efter": side(&change.text, false, &WORDS) },
        "platser": places.collect::<Vec<_>>(),
        "sidor": told.pages.map(|pages| json!({ "före": pages.old, "efter": pages.new })),
        "följd": change.remark,
    })
}

fn place(place: &Option<Place>) -> Json {
    place.as_ref().map_or(Json::Null, |place| {
        let (line, column) = place.source.position(place.range.start);
        json!({ "fil": place.source.path, "rad": line, "kolumn": column })
    })
}

fn kind(kind: &WordKind) -> &'static str {
    match kind {
        WordKind::Amount => "belopp",
        WordKind::Date => "datum",
        WordKind::Number => "diarienummer",
        WordKind::Law => "lagrum",
        WordKind::Name => "namn",
        _ => "ord",
    }
}
