//! The JSON Schema of case files, for editors: made from the types that read them.

use serde_json::{Map, Value as Json, json};

use crate::read::body::BODY;
use crate::read::field::{Field, described};
use crate::read::head::{Huvud, Mall};
use crate::read::values::Text;

/// The schema (draft-07).
pub fn case() -> Json {
    let (mut properties, _) = Huvud::properties();
    for key in BODY {
        let description = match key.heading {
            Some(heading) => format!("{} Rubrik: ”{heading}”.", key.description),
            None => key.description.to_owned(),
        };
        properties.insert(key.name.into(), described(key.shape.schema(), &description));
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Ärende för tjut",
        "description": "Ett tjänsteutlåtande. En nyckel med stor begynnelsebokstav är en rubrik som författaren själv har valt.",
        "type": "object",
        "properties": properties,
        "patternProperties": own_section(),
        "additionalProperties": false,
        "required": ["mall"],
        "allOf": Mall::ALL.iter().map(|(word, mall)| json!({
            "if": { "properties": { "mall": { "const": word } } },
            "then": { "required": mall.required() },
        })).collect::<Vec<_>>(),
    })
}

/// The capital-letter rule: such a key is a section of the author's own.
fn own_section() -> Map<String, Json> {
    let schema = described(Text::schema(), "Ett eget avsnitt: nyckeln är dess rubrik.");
    [("^[A-ZÅÄÖÉÜ]".to_owned(), schema)].into_iter().collect()
}
