//! From a YAML tree to Rust types, with every problem reported and none stopping the rest.
//!
//! A [`Field`] reads itself from a [`YamlNode`] and describes itself as JSON Schema. [`record!`]
//! makes both for a struct from one list of keys, so that what is read, what the editor offers
//! and what a misspelt key is compared with cannot differ.

use std::ops::Deref;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::node::{Value, YamlNode};
pub use super::syntax::repair::blanks;
pub use super::wrong::Wanted;
use super::wrong::wrong;
use crate::diagnostic::{Diagnostic, Source, codes};

/// What collects problems while a file is read.
pub struct Reader {
    /// The file.
    pub source: Arc<Source>,
    /// What was wrong so far.
    pub problems: Vec<Diagnostic>,
}

impl Reader {
    /// Reports that a value is of the wrong kind.
    pub fn wrong(&mut self, node: &YamlNode, wanted: Wanted) {
        self.problems.push(wrong(node, wanted));
    }
}

/// A value that can be read from a case or a profile.
pub trait Field: Default {
    /// Reads the value; what is wrong is reported, and the default stands in for it.
    fn read(node: &YamlNode, reader: &mut Reader) -> Self;

    /// The value's JSON Schema (draft-07), without its description.
    fn schema() -> Json;
}

impl<T: Field> Field for Option<T> {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        Some(T::read(node, reader))
    }

    fn schema() -> Json {
        T::schema()
    }
}

impl<T: Field> Field for Vec<T> {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        match &node.value {
            Value::List(items) => {
                if items.is_empty() {
                    reader.problems.push(
                        Diagnostic::new(codes::TOM_TEXT, "listan är tom")
                            .at(node.origin.place())
                            .hint("Skriv det som ska stå i listan, eller ta bort nyckeln."),
                    );
                }
                items.iter().map(|item| T::read(item, reader)).collect()
            }
            _ => {
                reader.wrong(node, Wanted::List(&T::schema()));
                Vec::new()
            }
        }
    }

    fn schema() -> Json {
        json!({ "type": "array", "items": T::schema(), "minItems": 1 })
    }
}

/// One value, or a list of them.
#[derive(Clone, Debug)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Field> Field for OneOrMany<T> {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        match &node.value {
            Value::List(_) => Self(Vec::read(node, reader)),
            _ => Self(vec![T::read(node, reader)]),
        }
    }

    fn schema() -> Json {
        json!({ "oneOf": [T::schema(), { "type": "array", "items": T::schema() }] })
    }
}

/// One value, or a list of several. There is always a first, which is meant where one is asked for:
/// the nämnd that decides, the förvaltning that leads.
#[derive(Clone, Debug, Default)]
pub struct Several<T> {
    /// The first.
    pub first: T,
    /// Those after it.
    pub others: Vec<T>,
}

impl<T> Several<T> {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// All of them, to change.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        std::iter::once(&mut self.first).chain(&mut self.others)
    }

    /// The same number of other values.
    pub fn map<U>(&self, to: impl Fn(&T) -> U) -> Several<U> {
        Several { first: to(&self.first), others: self.others.iter().map(to).collect() }
    }
}

impl<T> Deref for Several<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.first
    }
}

impl<T: Field> Field for Several<T> {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        let mut all = OneOrMany::read(node, reader).0.into_iter();
        Self { first: all.next().unwrap_or_default(), others: all.collect() }
    }

    fn schema() -> Json {
        OneOrMany::<T>::schema()
    }
}

/// Makes a struct with its [`Field`] from one list: key, `required` or `optional`, Rust field,
/// type, and the Swedish description that editors show.
///
/// A struct `: Data` can be written, too, from the same list.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident: Data {
        $($key:literal $need:ident $field:ident: $type:ty, $description:literal;)*
    }) => {
        record! {
            $(#[$meta])* pub struct $name { $($key $need $field: $type, $description;)* }
        }

        impl $name {
            /// Its keys with their values, in the order of the list.
            pub fn map(&self) -> serde_json::Map<String, serde_json::Value> {
                let mut map = serde_json::Map::new();
                $(map.extend(self.$field.data().map(|value| ($key.to_owned(), value)));)*
                map
            }
        }

        impl $crate::yaml::data::Data for $name {
            fn data(&self) -> Option<serde_json::Value> {
                Some(self.map().into())
            }

            fn lines<'a>(&'a self, visit: &mut dyn FnMut(&'a $crate::yaml::values::Line)) {
                $(self.$field.lines(visit);)*
            }
        }
    };
    ($(#[$meta:meta])* pub struct $name:ident {
        $($key:literal $need:ident $field:ident: $type:ty, $description:literal;)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $(#[doc = $description] pub $field: $type,)*
        }

        impl $name {
            /// The keys of the map, as they are written.
            pub const KEYS: &[&str] = &[$($key),*];

            /// Takes the record's keys out of `entries` and leaves the others there.
            pub(crate) fn take(
                entries: &mut $crate::yaml::entries::Entries,
                reader: &mut $crate::yaml::field::Reader,
            ) -> Self {
                Self { $($field: record!(@$need entries, $key, reader),)* }
            }

            /// The keys' schemas by name, and the names of those required.
            pub(crate) fn properties() -> (serde_json::Map<String, serde_json::Value>, Vec<&'static str>) {
                let mut properties = serde_json::Map::new();
                let mut required = Vec::new();
                $(
                    let schema = <$type as $crate::yaml::field::Field>::schema();
                    properties.insert($key.into(), $crate::yaml::field::described(schema, $description));
                    if stringify!($need) == "required" { required.push($key); }
                )*
                (properties, required)
            }
        }

        impl $crate::yaml::field::Field for $name {
            fn read(node: &$crate::yaml::node::YamlNode, reader: &mut $crate::yaml::field::Reader) -> Self {
                let Some(mut entries) = $crate::yaml::entries::Entries::of(node, Self::schema, reader) else {
                    return Self::default();
                };
                let record = Self::take(&mut entries, reader);
                entries.refuse_rest(Self::KEYS, reader);
                record
            }

            fn schema() -> serde_json::Value {
                let (properties, required) = Self::properties();
                serde_json::json!({
                    "type": "object",
                    "properties": properties,
                    "required": required,
                    "additionalProperties": false,
                })
            }
        }
    };
    (@required $entries:ident, $key:literal, $reader:ident) => {
        $entries.require($key, $reader).unwrap_or_default()
    };
    (@optional $entries:ident, $key:literal, $reader:ident) => {
        $entries.take($key, $reader).unwrap_or_default()
    };
}
pub(crate) use record;

/// A schema with the description that an editor shows.
pub fn described(mut schema: Json, description: &str) -> Json {
    if let Some(map) = schema.as_object_mut() {
        map.insert("description".into(), description.into());
    }
    schema
}
