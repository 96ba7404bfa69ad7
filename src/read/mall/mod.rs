//! The kinds of document, each in a file of its own: a kind is its word and its keys.
//!
//! A further kind is such a file and a line in [`KINDS`], a template, and a layout.

mod roll;
mod tjansteutlatande;
mod tjansteutlatande_2008;
mod utlatande;

use serde_json::{Value as Json, json};

pub use roll::Roll;

use super::body::Shape;
use crate::yaml::field::{Field, Reader};
use crate::yaml::node::Node;
use crate::yaml::values::choice;

/// Every kind, the most common first.
const KINDS: &[&Kind] = &[&tjansteutlatande::KIND, &tjansteutlatande_2008::KIND, &utlatande::KIND];

/// What a kind of document is made of.
#[derive(Debug)]
pub struct Kind {
    /// The word that a case says it with.
    pub word: &'static str,
    /// Its keys outside the body.
    pub head: &'static [&'static str],
    /// Its keys of the body.
    pub body: &'static [BodyKey],
    /// The keys that it must have.
    pub required: &'static [&'static str],
}

/// A key of the body.
#[derive(Clone, Copy, Debug)]
pub struct BodyKey {
    /// As it is written.
    pub name: &'static str,
    /// The heading it prints under, unless the case or the profile has another.
    pub heading: Option<&'static str>,
    /// What its value is.
    pub shape: Shape,
    /// What editors show, in Swedish.
    pub description: &'static str,
    /// What it is for, where the shape does not tell.
    role: Option<Roll>,
}

impl BodyKey {
    /// What it is for.
    pub fn role(&self) -> Option<Roll> {
        self.role.or(self.shape.role())
    }

    const fn with(self, role: Roll) -> Self {
        Self { role: Some(role), ..self }
    }
}

const fn key(
    name: &'static str,
    heading: Option<&'static str>,
    shape: Shape,
    description: &'static str,
) -> BodyKey {
    BodyKey { name, heading, shape, description, role: None }
}

/// The kind of document, which chooses keys, template and layout.
#[derive(Clone, Copy, Debug)]
pub struct Mall(&'static Kind);

impl Mall {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Mall> + Clone {
        KINDS.iter().map(|kind| Mall(kind))
    }

    /// The word that a case says it with.
    pub fn word(self) -> &'static str {
        self.0.word
    }

    /// The keys that a case of this kind must have.
    pub fn required(self) -> &'static [&'static str] {
        self.0.required
    }

    /// The kind's keys of the body.
    pub fn body(self) -> &'static [BodyKey] {
        self.0.body
    }

    /// A key of the body by its name.
    pub fn body_key(self, name: &str) -> Option<&'static BodyKey> {
        self.0.body.iter().find(|known| known.name == name)
    }

    /// The first key with a role: the one that is meant where there are several.
    pub fn key_for(self, role: Roll) -> Option<&'static str> {
        self.0.body.iter().find(|key| key.role() == Some(role)).map(|key| key.name)
    }

    /// The names of all the kind's keys.
    pub fn keys(self) -> impl Iterator<Item = &'static str> + Clone {
        self.0.head.iter().copied().chain(self.0.body.iter().map(|key| key.name))
    }

    /// Whether it is a letter from a förvaltning to a nämnd, of today or of 2008.
    pub fn is_letter(self) -> bool {
        self.0.head.contains(&"till")
    }
}

impl Default for Mall {
    fn default() -> Self {
        Self(&tjansteutlatande::KIND)
    }
}

impl PartialEq for Mall {
    fn eq(&self, other: &Self) -> bool {
        self.0.word == other.0.word
    }
}

impl Eq for Mall {}

impl Field for Mall {
    fn read(node: &Node, reader: &mut Reader) -> Self {
        let words: Vec<(&str, Mall)> = Self::all().map(|mall| (mall.word(), mall)).collect();
        choice(node, reader, &words).unwrap_or_default()
    }

    fn schema() -> Json {
        json!({ "enum": Self::all().map(Self::word).collect::<Vec<_>>() })
    }
}

/// Every key of the body, of every kind, the first kind's where several have it.
pub fn body_keys() -> impl Iterator<Item = &'static BodyKey> + Clone {
    KINDS.iter().enumerate().flat_map(|(at, kind)| {
        let earlier = &KINDS[..at];
        kind.body
            .iter()
            .filter(|key| !earlier.iter().any(|kind| kind.body.iter().any(|known| known.name == key.name)))
    })
}

/// The names of the keys of the body, of every kind.
pub fn known_keys() -> impl Iterator<Item = &'static str> + Clone {
    body_keys().map(|key| key.name)
}

/// The names of the keys that print a heading, of every kind.
pub fn headed_keys() -> impl Iterator<Item = &'static str> + Clone {
    body_keys().filter(|key| key.heading.is_some()).map(|key| key.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_means_the_same_in_every_kind() {
        for kind in KINDS {
            for key in kind.body {
                let first = body_keys().find(|known| known.name == key.name).map(|known| known.shape);
                assert_eq!(first, Some(key.shape), "{}: {}", kind.word, key.name);
            }
        }
    }

    #[test]
    fn what_is_required_is_a_key() {
        for mall in Mall::all() {
            for key in mall.required() {
                assert!(mall.keys().any(|known| known == *key), "{}: {key}", mall.word());
            }
        }
    }
}
