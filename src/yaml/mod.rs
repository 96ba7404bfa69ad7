//! YAML: from text to a tree that knows where everything stands, and from that to values.

pub mod data;
pub mod edit;
pub mod field;
mod meant;
pub mod node;
mod origin;
mod syntax;
pub mod values;

use std::sync::Arc;

use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, Place, Source, codes};
use crate::faults;
use field::{Field, Reader};
use node::Node;

/// Reads a file of one record, such as a profile.
pub fn record<T: Field>(source: &Arc<Source>) -> (T, Vec<Diagnostic>) {
    let mut reader = Reader { source: source.clone(), problems: Vec::new() };
    let known = || properties(&T::schema());
    let record = match tree(source, &known, &mut reader.problems) {
        Some((root, _)) => T::read(&root, &mut reader),
        None => T::default(),
    };
    (record, reader.problems)
}

/// The names of the keys in a schema, at any depth.
fn properties(schema: &Json) -> Vec<String> {
    match schema {
        Json::Object(entries) => entries
            .iter()
            .flat_map(|(name, inner)| {
                let own: Vec<String> = match inner {
                    Json::Object(keys) if name == "properties" => keys.keys().cloned().collect(),
                    _ => Vec::new(),
                };
                own.into_iter().chain(properties(inner))
            })
            .collect(),
        Json::Array(items) => items.iter().flat_map(properties).collect(),
        _ => Vec::new(),
    }
}

/// The names of the keys that a file can have, at any depth; asked for only where it cannot be read.
pub type KnownKeys<'a> = &'a dyn Fn() -> Vec<String>;

/// The tree of a file, and the lines that had to be left out of it.
pub fn tree(
    source: &Arc<Source>,
    known: KnownKeys,
    problems: &mut Vec<Diagnostic>,
) -> Option<(Node, Vec<String>)> {
    if source.text.trim().is_empty() {
        problems.push(
            Diagnostic::new(codes::TOM_FIL, "filen är tom")
                .at(Place { source: source.clone(), range: 0..0 })
                .hint("Skriv ett ärende, eller börja med: tjut new skrivelse FIL"),
        );
        return None;
    }
    let conflicts = faults::conflicts(source);
    if !conflicts.is_empty() {
        problems.extend(conflicts);
        return None;
    }
    let (tree, lost) = syntax::read(source, known, problems);
    Some((tree?, lost))
}
