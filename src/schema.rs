//! The JSON Schema of case files, for editors: made from the types that read them.

use serde_json::{Map, Value as Json, json};

use crate::read::field::{Field, described};
use crate::read::head::Huvud;
use crate::read::mall::{BodyKey, Mall, body_keys};
use crate::read::values::Text;

/// The keys that are sections of the author's own.
const OWN: &str = "^[A-ZÅÄÖÉÜ]";

/// The schema (draft-07): every key of every kind, and for each kind those that are its own.
pub fn case() -> Json {
    let (mut properties, _) = Huvud::properties();
    for key in body_keys() {
        properties.insert(key.name.into(), described(key.shape.schema(), &description(key)));
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Ärende för tjut",
        "description": "Ett tjänsteutlåtande eller ett utlåtande. En nyckel med stor begynnelsebokstav är en rubrik som författaren själv har valt.",
        "type": "object",
        "properties": properties,
        "patternProperties": { OWN: described(Text::schema(), "Ett eget avsnitt: nyckeln är dess rubrik.") },
        "additionalProperties": false,
        "required": ["mall"],
        "allOf": Mall::all().map(|mall| json!({
            "if": { "properties": { "mall": { "const": mall.word() } }, "required": ["mall"] },
            "then": of_kind(mall),
        })).collect::<Vec<_>>(),
    })
}

/// What holds of one kind.
fn of_kind(mall: Mall) -> Json {
    let own: Map<String, Json> = mall
        .body()
        .iter()
        .filter(|key| {
            body_keys().any(|first| first.name == key.name && description(first) != description(key))
        })
        .map(|key| (key.name.to_owned(), json!({ "description": description(key) })))
        .collect();
    json!({
        "properties": own,
        "propertyNames": { "anyOf": [{ "enum": mall.keys().collect::<Vec<_>>() }, { "pattern": OWN }] },
        "required": mall.required(),
    })
}

fn description(key: &BodyKey) -> String {
    match key.heading {
        Some(heading) => format!("{} Rubrik: ”{heading}”.", key.description),
        None => key.description.to_owned(),
    }
}
