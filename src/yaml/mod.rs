//! YAML: from text to a tree that knows where everything stands, and from that to values.

pub mod data;
pub mod edit;
pub mod entries;
pub mod field;
pub mod keys;
mod meant;
pub mod node;
mod origin;
pub mod outline;
pub mod patched;
mod syntax;
pub mod values;
mod wrong;

use std::sync::Arc;

use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, Place, Source, codes};
use crate::faults;
use field::{Field, Reader};
use node::YamlNode;

/// Reads a file of one record, such as a profile.
pub fn record<T: Field>(source: &Arc<Source>) -> (T, Vec<Diagnostic>) {
    let mut reader = Reader { source: source.clone(), problems: Vec::new() };
    let record = match tree(source, &T::schema, &mut reader.problems) {
        Some((root, _)) => T::read(&root, &mut reader),
        None => T::default(),
    };
    (record, reader.problems)
}

/// The schema of the keys that a file can have; asked for only where it cannot be read.
pub type KnownKeys<'a> = &'a dyn Fn() -> Json;

/// The tree of a file, and the lines that had to be left out of it.
pub fn tree(
    source: &Arc<Source>,
    known: KnownKeys,
    problems: &mut Vec<Diagnostic>,
) -> Option<(YamlNode, Vec<String>)> {
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
