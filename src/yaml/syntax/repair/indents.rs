//! Lines that stand too far in or too far out, and the dashes of lists.

use std::ops::Range;

use super::super::lines::{KeyLine, SourceLine};
use super::Repair;
use crate::yaml::keys::Keys;

/// A further item of a list without its dash.
pub(super) fn dash_missing(line: SourceLine, keys: &Keys) -> Option<Repair> {
    let entry = line.entry().filter(|entry| keys.has(entry.key) && entry.start == line.range().start)?;
    let (item, first) = item_above(line, entry.key, keys)
        .filter(|(item, first)| first.key == entry.key && item.indent <= line.indent)?;
    let end = end_of_item(line, item.indent);
    let moved = moved(line, end, item.indent, first.column, keys);
    let dashed = moved.replacen(&" ".repeat(first.column), &format!("{}- ", " ".repeat(first.column - 2)), 1);
    Some(
        Repair::new(
            format!("ett streck saknas före ”{}”", entry.key),
            format!("Skriv ”- {}:” så som raden ovanför i listan börjar.", entry.key),
            entry.start..entry.start + entry.key.len(),
        )
        .by(line.start..end, dashed),
    )
}

/// A key of a list's item that stands as far out as the list's dashes, or further.
pub(super) fn too_far_out(line: SourceLine, keys: &Keys) -> Option<Repair> {
    let entry = line.entry().filter(|entry| keys.has(entry.key) && entry.start == line.range().start)?;
    let (item, first) = item_above(line, entry.key, keys).filter(|(_, first)| first.column > entry.column)?;
    let end = end_of_item(line, item.indent);
    Some(
        Repair::new(
            format!("”{}” står för långt till vänster", entry.key),
            format!(
                "Dra in raden med {}, så att ”{}” står rakt under ”{}”.",
                blanks(first.column),
                entry.key,
                first.key
            ),
            entry.start..entry.start + entry.key.len(),
        )
        .by(line.start..end, moved(line, end, line.indent, first.column, keys)),
    )
}

/// A key of a group that stands outside of all groups, above those beside it.
pub(super) fn above_too_far_out(line: SourceLine, keys: &Keys) -> Option<Repair> {
    let entry = line.entry()?;
    let above = line.above().filter(|above| above.indent == 0)?;
    let outer =
        above.entry().filter(|outer| keys.are_beside(outer.key, entry.key) && !keys.has_on_top(outer.key))?;
    Some(
        Repair::new(
            format!("”{}” står längre till vänster än ”{}”", outer.key, entry.key),
            format!(
                "Dra in raden med {}, så att ”{}” börjar rakt ovanför ”{}”.",
                blanks(entry.column),
                outer.key,
                entry.key
            ),
            outer.start..outer.start + outer.key.len(),
        )
        .by(above.start..above.start, " ".repeat(entry.column)),
    )
}

/// A key that stands further in or further out than those beside it.
pub(super) fn key_aside(line: SourceLine, keys: &Keys) -> Option<Repair> {
    let entry = line.entry().filter(|entry| entry.start == line.range().start)?;
    let is_beside = |other: &KeyLine| {
        keys.are_beside(other.key, entry.key)
            || other.column == 0 && keys.has_on_top(other.key) && keys.has_on_top(entry.key)
    };
    let beside = line
        .next_above()
        .filter(|other| !other.is_silent())
        .filter_map(|other| other.entry())
        .take(30)
        .find(|other| is_beside(other) && other.column != entry.column)?;
    let end = end_of_block(line);
    let (is, hint) = if entry.column > beside.column {
        (
            "längre till höger",
            format!(
                "Flytta raden till vänster, så att ”{}” börjar rakt under ”{}”: {}.",
                entry.key,
                beside.key,
                far_in(beside.column)
            ),
        )
    } else {
        (
            "längre till vänster",
            format!(
                "Dra in raden med {}, så att ”{}” börjar rakt under ”{}”.",
                blanks(beside.column),
                entry.key,
                beside.key
            ),
        )
    };
    Some(
        Repair::new(
            format!("”{}” står {is} än ”{}”", entry.key, beside.key),
            hint,
            entry.start..entry.start + entry.key.len(),
        )
        .by(line.start..end, moved(line, end, line.indent, beside.column, keys)),
    )
}

/// The first key of a group that stands further in than the others.
pub(super) fn first_key_aside(line: SourceLine, keys: &Keys) -> Option<Repair> {
    let entry = line.entry()?;
    let above = line.above()?;
    let first =
        above.entry().filter(|first| keys.are_beside(first.key, entry.key) && first.column > entry.column)?;
    let group = above.above()?.entry()?;
    // One step further in than the group, or as far in as the next.
    let is_right =
        entry.column == group.column + 2 || line.below().is_some_and(|below| below.indent == line.indent);
    if !group.value.is_empty() || group.column >= entry.column || above.item().1 != above.indent || !is_right
    {
        return None;
    }
    Some(
        Repair::new(
            format!("”{}” står längre till höger än ”{}”", first.key, entry.key),
            format!(
                "Flytta raden till vänster, så att ”{}” börjar rakt ovanför ”{}”: {}.",
                first.key,
                entry.key,
                far_in(entry.column)
            ),
            first.start..first.start + first.key.len(),
        )
        .by(above.start..above.start + above.indent, " ".repeat(entry.column)),
    )
}

/// Lines of a text that are not as far in as it.
pub(super) fn not_indented(line: SourceLine, keys: &Keys) -> Option<Repair> {
    if line.entry().is_some_and(|entry| keys.has(entry.key)) {
        return None;
    }
    let (indent, opens) = line.text_around().filter(|(indent, _)| line.indent < *indent)?;
    let is_text = |other: &SourceLine| {
        other.words.is_empty()
            || other.indent >= indent
            || other.entry().is_none() && !other.words.starts_with("- ")
    };
    let mut last = line;
    for other in line.all_below().take_while(is_text) {
        if !other.words.is_empty() && other.indent < indent {
            last = other;
        } else if other.indent >= indent {
            break;
        }
    }
    let by = indent - line.indent;
    let lines =
        || std::iter::once(line).chain(line.all_below()).take_while(|other| other.start <= last.start);
    let pushed: Vec<String> = lines()
        .map(|other| {
            if other.words.is_empty() {
                String::new()
            } else {
                format!("{}{}", " ".repeat(indent), other.words)
            }
        })
        .collect();
    let key = opens.entry().map(|entry| entry.key);
    let (message, hint) = match (key.filter(|_| line.above() == Some(opens)), pushed.len() > 1) {
        (Some(key), _) => (
            format!("texten är inte indragen under ”{key}”"),
            format!("Dra in varje rad av texten med {}.", blanks(indent)),
        ),
        (None, false) => (
            "raden är inte indragen så långt som texten ovanför".to_owned(),
            format!("Dra in raden med {}, så att den börjar lika långt in som texten.", blanks(by)),
        ),
        (None, true) => (
            "raderna är inte indragna så långt som texten ovanför".to_owned(),
            format!("Dra in varje rad med {}, så att den börjar lika långt in som texten.", blanks(by)),
        ),
    };
    Some(Repair::new(message, hint, line.range()).by(line.start..last.end, pushed.join("\n")))
}

/// The dashed line of the list's item that a key belongs to or comes after.
fn item_above<'t>(line: SourceLine<'t>, key: &str, keys: &Keys) -> Option<(SourceLine<'t>, KeyLine<'t>)> {
    let above = line.next_above().filter(|other| other.words.starts_with("- "));
    let mut items =
        above.take_while(|other| other.start > 0).filter_map(|other| Some((other, other.entry()?)));
    items.find(|(_, first)| first.key == key || keys.are_beside(first.key, key))
}

/// Where the lines end that belong to an item of a list that stands so far in.
fn end_of_item(line: SourceLine, indent: usize) -> usize {
    let own = |other: &SourceLine| {
        other.words.is_empty()
            || other.indent > indent
            || other.indent == line.indent && !other.words.starts_with("- ") && line.indent > 0
    };
    let last = line.all_below().take_while(own).filter(|other| !other.words.is_empty()).last();
    last.map_or(line.end, |last| last.end)
}

/// Where the lines end that stand further in than a line.
fn end_of_block(line: SourceLine) -> usize {
    let within = |other: &SourceLine| other.words.is_empty() || other.indent > line.indent;
    let last = line.all_below().take_while(within).filter(|other| !other.words.is_empty()).last();
    last.map_or(line.end, |last| last.end)
}

/// The lines from one up to a byte, with what stands as far in as `from` moved to `to`, and what stands
/// further in kept there where that is far enough.
fn moved(line: SourceLine, end: usize, from: usize, to: usize, keys: &Keys) -> String {
    let lines = std::iter::once(line).chain(line.all_below()).take_while(|other| other.start < end);
    let mut opener = line.indent;
    let moved = lines.map(|other| {
        if other.words.is_empty() {
            return String::new();
        }
        let is_key = other.indent <= from.max(line.indent);
        let indent = if is_key {
            opener = other.indent;
            to
        } else if other.indent == to && other.entry().is_some_and(|entry| keys.has(entry.key)) {
            opener = to;
            to
        } else if to > opener && other.indent <= to {
            // A text below a key stands further in than the key.
            other.indent + to - opener
        } else {
            other.indent
        };
        format!("{}{}", " ".repeat(indent), other.words)
    });
    moved.collect::<Vec<_>>().join("\n")
}

/// A line and the text below it, as far in as this.
pub fn indented(line: SourceLine, column: usize) -> (Range<usize>, String) {
    let end = end_of_block(line);
    (line.start..end, moved(line, end, line.indent, column, &Keys::default()))
}

/// `två mellanslag`.
pub fn blanks(number: usize) -> String {
    const WORDS: [&str; 9] = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta"];
    WORDS.get(number).map_or_else(|| format!("{number} mellanslag"), |word| format!("{word} mellanslag"))
}

/// How far in a line is to stand.
fn far_in(column: usize) -> String {
    match column {
        0 => "längst till vänster".to_owned(),
        column => format!("indragen med {}", blanks(column)),
    }
}
