//! Which keys a file can have, and where: asked of its JSON Schema when the file cannot be read.

use serde_json::{Map, Value as Json};

/// The keys of a file, as its schema tells them.
#[derive(Debug, Default)]
pub struct Keys(Json);

/// What stands below a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Below<'a> {
    /// The first key that must be there.
    pub first: &'a str,
    /// Whether there can only be a list of them.
    pub is_list: bool,
}

impl Keys {
    /// The keys of a schema.
    pub fn new(schema: Json) -> Self {
        Self(schema)
    }

    /// The first key that must be there, of the group that the schema describes.
    pub fn first(&self) -> Option<&str> {
        first(record(&self.0)?)
    }

    /// The first key that must be there, if any must.
    pub fn required(&self) -> Option<&str> {
        record(&self.0)?["required"].as_array()?.first()?.as_str()
    }

    /// The keys of the group that the schema describes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        record(&self.0)
            .and_then(|record| record["properties"].as_object())
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str)
    }

    /// The key of the group that its value names: ”Socialnämnden” is a nämnd.
    pub fn told_by(&self, value: &str) -> Option<&str> {
        let value = value.to_lowercase();
        // A name says what it is with the end of a word: ”Kommunledningskontoret” is no kommun.
        let ends = |word: &str, key: &str| {
            let bare =
                ["s", "en", "n", "et"].iter().find_map(|ending| word.strip_suffix(ending)?.strip_suffix(key));
            word.ends_with(key) || bare.is_some()
        };
        let mut keys = record(&self.0)?["properties"].as_object()?.keys().map(String::as_str);
        keys.find(|key| value.split(' ').any(|word| ends(word, key)))
    }

    /// Whether there is such a key, at any depth.
    pub fn has(&self, name: &str) -> bool {
        self.all().any(|keys| keys.contains_key(name))
    }

    /// Whether a file can have this key outside of any group.
    pub fn has_on_top(&self, name: &str) -> bool {
        self.0["properties"].get(name).is_some()
    }

    /// The longest key that a line begins with, as a word of its own.
    pub fn begins(&self, words: &str) -> Option<&str> {
        let is_whole = |key: &&String| {
            words.strip_prefix(key.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        self.all().flat_map(Map::keys).filter(is_whole).max_by_key(|key| key.len()).map(String::as_str)
    }

    /// The group that stands below a key, if one does.
    pub fn below(&self, name: &str) -> Option<Below<'_>> {
        let schema = self.all().find_map(|keys| keys.get(name))?;
        let record = record(schema)?;
        let required = record["required"].as_array().and_then(|keys| keys.first()?.as_str());
        let first =
            required.or_else(|| record["properties"].as_object()?.keys().next().map(String::as_str))?;
        Some(Below { first, is_list: schema["type"] == "array" })
    }

    /// Whether a key stands in the group below another.
    pub fn is_below(&self, key: &str, name: &str) -> bool {
        let records = self.all().filter_map(|keys| record(keys.get(name)?));
        records.into_iter().any(|record| record["properties"].get(key).is_some())
    }

    /// Whether a key is one of those that stand beside another.
    pub fn are_beside(&self, one: &str, other: &str) -> bool {
        self.all().any(|keys| keys.contains_key(one) && keys.contains_key(other))
    }

    /// The keys of every map that the schema describes, the outermost first.
    fn all(&self) -> impl Iterator<Item = &Map<String, Json>> {
        let mut found = Vec::new();
        gather(&self.0, &mut found);
        found.into_iter()
    }
}

fn gather<'a>(schema: &'a Json, found: &mut Vec<&'a Map<String, Json>>) {
    match schema {
        Json::Object(entries) => {
            found.extend(entries.get("properties").and_then(Json::as_object));
            entries.values().for_each(|inner| gather(inner, found));
        }
        Json::Array(items) => items.iter().for_each(|inner| gather(inner, found)),
        _ => {}
    }
}

/// The first key of a record that must be there.
fn first(record: &Json) -> Option<&str> {
    let required = record["required"].as_array().and_then(|keys| keys.first()?.as_str());
    required.or_else(|| record["properties"].as_object()?.keys().next().map(String::as_str))
}

/// The record that a schema allows, by itself, among others or in a list.
fn record(schema: &Json) -> Option<&Json> {
    if schema["properties"].is_object() {
        return Some(schema);
    }
    schema["oneOf"]
        .as_array()
        .and_then(|choices| choices.iter().find_map(record))
        .or_else(|| record(schema.get("items")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_name_tells_its_key_with_the_end_of_a_word() {
        let keys = Keys::new(json!({ "properties": { "nämnd": {}, "förvaltning": {}, "kommun": {} } }));
        for (name, key) in [
            ("Socialnämnden", Some("nämnd")),
            ("Farsta stadsdelsnämnd", Some("nämnd")),
            ("Förvaltningen för funktionsstöd", Some("förvaltning")),
            ("Exempelstads kommun", Some("kommun")),
            ("Kommunledningskontoret", None),
        ] {
            assert_eq!(keys.told_by(name), key, "{name}");
        }
        assert_eq!(keys.required(), None);
        assert_eq!(keys.names().count(), 3);
    }
}
