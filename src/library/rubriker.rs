//! Headings to print instead of the standard ones: a case's own, or a profile's.

use serde_json::{Value as Json, json};

use super::kinds::Kind;
use super::profile::Profil;
use super::roll::Roll;
use crate::diagnostic::Diagnostic;
use crate::yaml::entries::{Entries, unknown_key};
use crate::yaml::field::{Field, Reader};
use crate::yaml::node::{Key, YamlNode};
use crate::yaml::values::Line;

/// Headings by the keys of their sections.
#[derive(Clone, Debug, Default)]
pub struct Rubriker(pub Vec<(Key, Line)>);

impl Rubriker {
    /// The heading for a section's key, if one is given.
    pub fn get(&self, key: &str) -> Option<&Line> {
        self.0.iter().find(|(found, _)| found.name == key).map(|(_, line)| line)
    }

    /// Those for keys that are none of these.
    pub fn faults<'k>(&self, known: impl Iterator<Item = &'k str> + Clone) -> Vec<Diagnostic> {
        let strangers = self.0.iter().filter(|(key, _)| !known.clone().any(|known| known == key.name));
        strangers.map(|(key, _)| unknown_key(key, known.clone())).collect()
    }
}

/// What sections are usually called, in small letters, whatever their kind says.
const USUAL: &[(Roll, &[&str])] = &[
    (Roll::Beslut, &["förslag till beslut", "beslut"]),
    (Roll::Sammanfattning, &["sammanfattning"]),
    (Roll::Bilagor, &["bilaga", "bilagor"]),
];

/// The headings by which a section of a role is known without its case: the usual ones, those of the kind and of the
/// profile. In small letters.
pub fn known(role: Roll, kind: Option<&Kind>, profile: &Profil) -> Vec<String> {
    let usual = USUAL.iter().filter(|(known, _)| *known == role).flat_map(|(_, headings)| headings.iter());
    let mut found: Vec<String> = usual.map(|heading| (*heading).to_owned()).collect();
    let keys = kind.into_iter().flat_map(Kind::body).filter(|(_, key)| key.role() == Some(role));
    for (name, key) in keys {
        found.extend(key.heading().map(str::to_lowercase));
        found.extend(key.rubrik_vid_flera.iter().map(|line| line.text.to_lowercase()));
        found.extend(profile.rubriker.get(name).map(|line| line.text.to_lowercase()));
    }
    found
}

impl Field for Rubriker {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        let Some(entries) = Entries::of(node, Self::schema, reader) else { return Self::default() };
        let entries = entries.rest().into_iter();
        Self(entries.map(|(key, value)| (key.clone(), Line::read(value, reader))).collect())
    }

    fn schema() -> Json {
        json!({ "type": "object", "additionalProperties": Line::schema() })
    }
}
