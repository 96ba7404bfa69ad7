//! The JSON Schema of case files, for editors: made from the types that read them.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde_json::{Map, Value as Json, json};

use crate::language::swedish::capitalised;
use crate::library::kinds::{Kind, Kinds, Nyckel};
use crate::read::head::Huvud;
use crate::yaml::field::{Field, described};
use crate::yaml::values::{Line, Text};

/// The letters that headings can begin with: Latin, Greek and Cyrillic, as the fonts have them.
const ALPHABETS: [RangeInclusive<char>; 3] = ['A'..='\u{17f}', '\u{386}'..='\u{3ab}', '\u{400}'..='\u{42f}'];

/// What else a heading can begin with: a digit, a paragraph sign, a quotation mark.
const SIGNS: &str = "[0-9§”“»\"]";

/// The schema (draft-07): every key of every kind, and for each kind those that are its own.
pub fn case(kinds: &Kinds) -> Json {
    let (mut properties, _) = Huvud::properties();
    let mut choose = |name: &str, schema: Json| {
        let description = properties[name]["description"].clone();
        properties.insert(name.into(), described(schema, description.as_str().unwrap_or_default()));
    };
    choose("mall", json!({ "enum": kinds.words().collect::<Vec<_>>() }));
    choose("rubriker", headings(kinds));
    for (name, key) in kinds.body_keys() {
        let schema = if is_shared(name, key, kinds) { key.form.schema() } else { json!({}) };
        properties.insert(name.into(), described(schema, &description(key)));
    }
    let words: Vec<&str> = kinds.words().collect();
    let own = json!({ "oneOf": [Text::schema(), Vec::<Line>::schema()] });
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Ärende för tjut",
        "description": format!("Ett ärende: {}. En nyckel med stor begynnelsebokstav är en rubrik som författaren själv har valt.", words.join(", ")),
        "type": "object",
        "properties": properties,
        "patternProperties": { format!("^({}|{SIGNS})", capitals()): described(own, "Ett eget avsnitt: nyckeln är dess rubrik. En text, eller en lista där varje rad skrivs för sig.") },
        "additionalProperties": false,
        "required": ["mall"],
        "allOf": kinds.all().map(|kind| json!({
            "if": { "properties": { "mall": { "const": kind.word() } }, "required": ["mall"] },
            "then": of_kind(kind, kinds),
        })).collect::<Vec<_>>(),
    })
}

/// The keys that a case can have, of any kind, and what stands below them.
pub fn keys(kinds: &Kinds) -> Json {
    let (mut properties, _) = Huvud::properties();
    properties.extend(kinds.body_keys().map(|(name, key)| (name.to_owned(), key.form.schema())));
    json!({ "properties": properties })
}

/// The schema of one kind alone: its keys in their usual order, each with what its value looks like.
pub fn whole(kind: &Kind, kinds: &Kinds) -> Json {
    let (mut head, _) = Huvud::properties();
    let mut properties = Map::new();
    for name in kind.head() {
        let description = head[name]["description"].as_str().unwrap_or_default().to_owned();
        let schema = match name {
            "mall" => json!({ "enum": kinds.words().collect::<Vec<_>>() }),
            "rubriker" => headings(kinds),
            _ => head.remove(name).unwrap_or_default(),
        };
        properties.insert(name.into(), described(schema, &description));
    }
    for (name, key) in kind.body() {
        properties.insert(name.into(), described(key.form.schema(), &description(key)));
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": kind.required().collect::<Vec<_>>(),
        "additionalProperties": described(Text::schema(), "Ett eget avsnitt: nyckeln är dess rubrik."),
    })
}

/// Headings by the keys that print one.
fn headings(kinds: &Kinds) -> Json {
    let heading = described(Line::schema(), "Rubriken att skriva i stället.");
    let properties: Map<String, Json> = kinds.headed().map(|key| (key.to_owned(), heading.clone())).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// Whether a key's value looks the same in every kind that has it.
fn is_shared(name: &str, key: &Nyckel, kinds: &Kinds) -> bool {
    kinds.all().filter_map(|kind| kind.key(name)).all(|other| other.form == key.form)
}

/// What holds of one kind.
fn of_kind(kind: &Kind, kinds: &Kinds) -> Json {
    let mut own = Map::new();
    for (name, key) in kind.body() {
        let first = kinds.body_keys().find(|(first, _)| *first == name);
        if !is_shared(name, key, kinds) {
            own.insert(name.to_owned(), described(key.form.schema(), &description(key)));
        } else if first.is_some_and(|(_, first)| description(first) != description(key)) {
            own.insert(name.to_owned(), json!({ "description": description(key) }));
        }
    }
    json!({
        "properties": own,
        "propertyNames": { "anyOf": [{ "enum": kind.keys().collect::<Vec<_>>() }, { "pattern": own_heading(kind.keys()) }] },
        "required": kind.required().collect::<Vec<_>>(),
    })
}

/// The keys that are sections of the author's own: a capital letter first, and none of these but
/// for their capitals.
fn own_heading<'a>(keys: impl Iterator<Item = &'a str>) -> String {
    let known: BTreeSet<String> = keys.flat_map(|key| [capitalised(key), key.to_uppercase()]).collect();
    let known: Vec<String> = known.into_iter().collect();
    format!("^(?!({})$)({}|{SIGNS})", known.join("|"), capitals())
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

fn description(key: &Nyckel) -> String {
    match key.heading() {
        Some(heading) => format!("{} Rubrik: ”{heading}”.", key.beskrivning.text),
        None => key.beskrivning.text.clone(),
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
        for letter in "aöøåéüæčšžωя-×÷".chars() {
            assert!(!class.is_match(&letter.to_string()), "{letter}");
        }
        for heading in ["2024 års budget", "1.2 Bakgrund", "§ 8", "”Citat”"] {
            assert!(class.is_match(heading), "{heading}");
        }
    }
}
