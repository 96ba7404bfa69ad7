//! The values of the front matter that were changed.

use super::changes::Changes;
use super::tree::Path;
use crate::compare::{Comparison, Step, Value, front};
use crate::yaml::edit::New;
use crate::yaml::values::Line;

/// Brings the changed values of the front matter home.
pub fn values(comparison: &Comparison, changes: &mut Changes<'_>) {
    let taken = front::lines(&changes.built.origins.front);
    let changed = comparison.front.iter().filter(|value| !value.text.is_same()).collect::<Vec<_>>();
    for record in changed.chunk_by(|one, next| new_record(one, &taken).is_some_and(|it| starts(next, it))) {
        if let Some(path) = new_record(record[0], &taken)
            && whole(record, path, &taken, changes)
        {
            continue;
        }
        each(record, &taken, changes);
    }
}

/// The path of a record that is new: a second handläggare.
fn new_record<'v>(value: &'v Value, taken: &[(Path, &Line)]) -> Option<&'v [Step]> {
    let (None, Some(path)) = (&value.path.old, &value.path.new) else { return None };
    let record = path.get(..2).filter(|record| path.len() > 2 && matches!(record[1], Step::Index(_)))?;
    (!taken.iter().any(|(other, _)| other.starts_with(record))).then_some(record)
}

fn starts(value: &Value, record: &[Step]) -> bool {
    value.path.old.is_none() && value.path.new.as_ref().is_some_and(|path| path.starts_with(record))
}

/// Adds a whole record after its sisters; false where the case has none of those itself, or it holds more than lines.
fn whole(record: &[&Value], path: &[Step], taken: &[(Path, &Line)], changes: &mut Changes<'_>) -> bool {
    let entries: Option<Vec<(String, New)>> = record
        .iter()
        .map(|value| match value.path.new.as_ref()?.get(2..)? {
            [Step::Key(key)] => Some((key.clone(), New::Line(value.text.new.clone()?))),
            _ => None,
        })
        .collect();
    let sisters = taken.iter().filter(|(other, _)| other.first() == path.first());
    let own = sisters.filter_map(|(_, line)| changes.tree.path(line.origin.as_ref()?)).next_back().cloned();
    match (entries, own.as_deref()) {
        (Some(entries), Some([list, ..])) => {
            changes.add_record(std::slice::from_ref(list), New::Map(entries))
        }
        _ => return false,
    }
    true
}

fn each(changed: &[&Value], taken: &[(Path, &Line)], changes: &mut Changes<'_>) {
    for value in changed {
        match (&value.path.old, &value.path.new) {
            (Some(path), new) => old(value, path, new.is_some(), taken, changes),
            (None, Some(path)) => added(value, path, taken, changes),
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
