//! The JSON Schema of case files, for editors: made from the types that read them.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde_json::{Map, Value as Json, json};

use crate::language::swedish::capitalised;
use crate::read::head::Huvud;
use crate::read::mall::{BodyKey, Mall, body_keys};
use crate::yaml::field::{Field, described};
use crate::yaml::values::Text;

/// The letters that headings can begin with: Latin, Greek and Cyrillic, as the fonts have them.
const ALPHABETS: [RangeInclusive<char>; 3] = ['A'..='\u{17f}', '\u{386}'..='\u{3ab}', '\u{400}'..='\u{42f}'];

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
        "patternProperties": { format!("^{}", capitals()): described(Text::schema(), "Ett eget avsnitt: nyckeln är dess rubrik.") },
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
        "propertyNames": { "anyOf": [{ "enum": mall.keys().collect::<Vec<_>>() }, { "pattern": own_heading(mall.keys()) }] },
        "required": mall.required(),
    })
}

/// The keys that are sections of the author's own: a capital letter first, and none of these but
/// for their capitals.
fn own_heading<'a>(keys: impl Iterator<Item = &'a str>) -> String {
    let known: BTreeSet<String> = keys.flat_map(|key| [capitalised(key), key.to_uppercase()]).collect();
    let known: Vec<String> = known.into_iter().collect();
    format!("^(?!({})$)({}|[§”“»\"]|[0-9]+[ -])", known.join("|"), capitals())
}

/// A capital letter: a pattern can ask for one only by naming them all.
fn capitals() -> String {
    let letters: Vec<char> = ALPHABETS.into_iter().flatten().filter(|letter| letter.is_uppercase()).collect();
    let runs = letters.chunk_by(|one, next| *one as u32 + 1 == *next as u32);
    let class: String = runs
        .map(|run| match run {
            [first, .., last] => format!("{first}-{last}"),
            one => one.iter().collect(),
        })
        .collect();
    format!("[{class}]")
}

fn description(key: &BodyKey) -> String {
    match key.heading {
        Some(heading) => format!("{} Rubrik: ”{heading}”.", key.description),
        None => key.description.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_headings_begin_with_a_capital_and_are_no_known_key() {
        let pattern = own_heading(["bakgrund", "e-post"].into_iter());
        let (known, class) = pattern.split_once("$)").expect("known keys come first");
        assert_eq!(known, "^(?!(BAKGRUND|Bakgrund|E-POST|E-post)");
        let class = regex::Regex::new(&format!("^{class}")).expect("a pattern");
        for letter in "AÖØÅÉÜÆČŠŽΩЯ".chars() {
            assert!(class.is_match(&letter.to_string()), "{letter}");
        }
        for letter in "aöøåéüæčšžωя1-×÷".chars() {
            assert!(!class.is_match(&letter.to_string()), "{letter}");
        }
    }
}
