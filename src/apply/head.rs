//! The values of the front matter that were changed.

use super::changes::Changes;
use super::tree::Path;
use crate::compare::{Comparison, Step, Value, front};
use crate::yaml::values::Line;

/// Brings the changed values of the front matter home.
pub fn values(comparison: &Comparison, changes: &mut Changes<'_>) {
    let taken = front::lines(&changes.built.origins.front);
    for value in comparison.front.iter().filter(|value| !value.text.is_same()) {
        match (&value.path.old, &value.path.new) {
            (Some(path), new) => old(value, path, new.is_some(), &taken, changes),
            (None, Some(path)) => added(value, path, &taken, changes),
            (None, None) => {}
        }
    }
}

/// A value that was there: it says something else, or is gone.
fn old(value: &Value, path: &[Step], stays: bool, taken: &[(Path, &Line)], changes: &mut Changes<'_>) {
    let origin = taken.iter().find(|(other, _)| other == path).and_then(|(_, line)| line.origin.as_ref());
    let words = value.text.new.as_deref().filter(|_| stays);
    let own = origin.and_then(|origin| changes.tree.path(origin)).cloned();
    match (words, own) {
        (None, Some(path)) => changes.drop(&path),
        (words, _) => changes.line(origin, words.unwrap_or_default(), value.at.new.as_ref()),
    }
}

/// A value that is new: its key comes after those of the same record.
fn added(value: &Value, path: &[Step], taken: &[(Path, &Line)], changes: &mut Changes<'_>) {
    let Some((last, record)) = path.split_last() else { return };
    let sister = taken.iter().filter(|(other, _)| other.len() == path.len() && other.starts_with(record));
    let own = sister.filter_map(|(_, line)| changes.tree.path(line.origin.as_ref()?)).next_back().cloned();
    let words = value.text.new.as_deref().unwrap_or_default();
    match own.as_deref().and_then(|path| path.split_last()) {
        Some((_, parent)) => changes.add(parent, last, words),
        None => changes.line(None, words, value.at.new.as_ref()),
    }
}
