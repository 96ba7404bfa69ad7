//! The items of a list and the keys of a map: put in, taken away, put in another order, with their comments.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{applied, line_end, line_start, next_line, splice};
use crate::diagnostic::Edit;
use crate::yaml::node::{Value, YamlNode};

/// A child in its new place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Child {
    /// One that is there, by its number.
    Old(usize),
    /// A new one: whole lines, the last without its end; in a list between brackets the value alone.
    New(String),
}

/// Lets the children of a node stand in this order, and those of `gone` nowhere. Children that are not spoken of stay
/// where they are. Edits within a child that moves go with it.
pub fn arrange(parent: &YamlNode, wanted: &[Child], gone: &[usize], edits: &mut Vec<Edit>) {
    let is_flow = parent.origin.said().starts_with(['[', '{']);
    if is_flow {
        return flow(parent, wanted, gone, edits);
    }
    let source = parent.origin.source().clone();
    let (text, end) = (&source.text, line_end(&source));
    let extents = extents(parent);
    let is_separated =
        extents.iter().rev().skip(1).any(|extent| text[extent.clone()].ends_with(&format!("{end}{end}")));
    let stay = staying(wanted);
    let mut pieces: BTreeMap<usize, String> = BTreeMap::new();
    let first_stays = stay.first().map(|at| extents[*at].start);
    let start = first_stays.or_else(|| extents.first().map(|extent| extent.start)).unwrap_or_default();
    let mut anchor = start;
    let mut taken = Vec::new();
    for child in wanted {
        let piece = match child {
            Child::Old(at) if stay.contains(at) => {
                anchor = extents[*at].end;
                continue;
            }
            Child::Old(at) => {
                taken.push(*at);
                take(&source.text, &extents[*at], edits)
            }
            Child::New(lines) => lines.clone(),
        };
        let piece = piece.trim_end_matches(['\n', '\r']).to_owned() + end;
        let at_end = extents.last().is_some_and(|last| anchor == last.end);
        let blank = if is_separated { end } else { "" };
        let piece = if at_end { format!("{blank}{piece}") } else { format!("{piece}{blank}") };
        pieces.entry(anchor).or_default().push_str(&piece);
    }
    for (at, mut piece) in pieces {
        if at == text.len() && !text.ends_with('\n') {
            piece = format!("{end}{}", piece.trim_end_matches(['\n', '\r']));
        }
        edits.push(splice(&source, at..at, piece));
    }
    for at in gone {
        edits.retain(|edit| !within(edit, &extents[*at]));
    }
    for at in taken.iter().chain(gone) {
        let mut range = extents[*at].clone();
        if range.end >= text.trim_end().len() && *at > 0 {
            // The space before the last goes with it.
            range.start = text[..range.start].trim_end().len() + end.len();
            range.start = range.start.min(extents[*at].start);
        }
        edits.push(splice(&source, range, ""));
    }
}

fn within(edit: &Edit, range: &Range<usize>) -> bool {
    range.start <= edit.place.range.start && edit.place.range.end <= range.end
}

/// The text of a child with the edits in it, which are made with that.
fn take(text: &str, extent: &Range<usize>, edits: &mut Vec<Edit>) -> String {
    let (inner, rest): (Vec<Edit>, Vec<Edit>) = edits.drain(..).partition(|edit| within(edit, extent));
    *edits = rest;
    let moved: Vec<Edit> = inner
        .into_iter()
        .map(|mut edit| {
            edit.place.range = edit.place.range.start - extent.start..edit.place.range.end - extent.start;
            edit
        })
        .collect();
    applied(&text[extent.clone()], &moved)
}

/// The old children that can stay where they are: the longest row of them in order.
fn staying(wanted: &[Child]) -> Vec<usize> {
    let old: Vec<usize> =
        wanted.iter().filter_map(|child| if let Child::Old(at) = child { Some(*at) } else { None }).collect();
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(old.len());
    for (index, at) in old.iter().enumerate() {
        let before =
            (0..index).filter(|before| old[*before] < *at).max_by_key(|before| (best[*before].0, *before));
        best.push((before.map_or(1, |before| best[before].0 + 1), before));
    }
    let mut next = (0..old.len()).max_by_key(|index| (best[*index].0, std::cmp::Reverse(*index)));
    let mut stay = Vec::new();
    while let Some(index) = next {
        stay.push(old[index]);
        next = best[index].1;
    }
    stay.reverse();
    stay
}

/// The lines of each child, with the comments above it and the space below it.
fn extents(parent: &YamlNode) -> Vec<Range<usize>> {
    let text = &parent.origin.source().text;
    let starts: Vec<usize> = match &parent.value {
        Value::List(items) => items.iter().map(|item| dash(text, start(item))).collect(),
        Value::Map(entries) => {
            entries.iter().map(|(key, _)| line_start(text, key.origin.place().range.start)).collect()
        }
        _ => Vec::new(),
    };
    let with_comments: Vec<usize> = starts.iter().map(|start| above(text, *start)).collect();
    let ends: Vec<usize> = match &parent.value {
        Value::List(items) => items.iter().map(|item| end(text, item)).collect(),
        Value::Map(entries) => entries.iter().map(|(_, value)| end(text, value)).collect(),
        _ => Vec::new(),
    };
    (0..starts.len())
        .map(|at| {
            let last = ends[at].max(next_line(text, starts[at]));
            with_comments[at]..with_comments.get(at + 1).copied().unwrap_or(last).max(with_comments[at])
        })
        .collect()
}

/// Where a value's words begin.
fn start(node: &YamlNode) -> usize {
    match &node.value {
        Value::Map(entries) => {
            entries.first().map_or(node.origin.place().range.start, |(key, _)| key.origin.place().range.start)
        }
        Value::List(items) => items.first().map_or(node.origin.place().range.start, start),
        _ => node.origin.place().range.start,
    }
}

/// The beginning of the line with the dash of an item.
fn dash(text: &str, at: usize) -> usize {
    let mut start = line_start(text, at);
    while start > 0 && !text[start..next_line(text, start)].trim_start().starts_with('-') {
        start = line_start(text, start - 1);
    }
    start
}

/// The beginning of the comments directly above a line that stand as far in.
fn above(text: &str, at: usize) -> usize {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(&text[at..next_line(text, at)]);
    let mut first = at;
    while first > 0 {
        let before = line_start(text, first - 1);
        let line = &text[before..first];
        if !line.trim_start().starts_with('#') || indent(line) != own {
            break;
        }
        first = before;
    }
    first
}

/// Where the line after a value begins.
fn end(text: &str, node: &YamlNode) -> usize {
    let inner = match &node.value {
        Value::Map(entries) => entries.iter().map(|(_, value)| end(text, value)).max(),
        Value::List(items) => items.iter().map(|item| end(text, item)).max(),
        _ => None,
    };
    let own = node.origin.place().range.end;
    let own = if own > 0 && text[..own].ends_with('\n') { own } else { next_line(text, own) };
    inner.map_or(own, |inner| inner)
}

/// A list between brackets is written anew, each item as it is.
fn flow(parent: &YamlNode, wanted: &[Child], gone: &[usize], edits: &mut Vec<Edit>) {
    let source = parent.origin.source().clone();
    let Value::List(items) = &parent.value else { return };
    // The parser tells where a list begins.
    let start = parent.origin.place().range.start;
    let last = items.last().map_or(start, |item| item.origin.place().range.end.max(end_of_flow(item)));
    let end = source.text[last..].find(']').map_or(last, |at| last + at + 1);
    let mut said: Vec<String> = Vec::new();
    for child in wanted {
        match child {
            Child::Old(at) if gone.contains(at) => {}
            Child::Old(at) => {
                let start = items[*at].origin.place().range.start;
                said.push(take(&source.text, &(start..end_of_flow(&items[*at])), edits));
            }
            Child::New(value) => said.push(value.trim().trim_start_matches("- ").to_owned()),
        }
    }
    edits.push(splice(&source, start..end, format!("[{}]", said.join(", "))));
}

/// Where a value between brackets ends.
fn end_of_flow(node: &YamlNode) -> usize {
    let text = &node.origin.source().text;
    let (last, bracket) = match &node.value {
        Value::Map(entries) => (entries.last().map(|(_, value)| value), '}'),
        Value::List(items) => (items.last(), ']'),
        _ => return node.origin.place().range.end,
    };
    let inner = last.map_or(node.origin.place().range.start, end_of_flow);
    text[inner..].find(bracket).map_or(inner, |at| inner + at + 1)
}
