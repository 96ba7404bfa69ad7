//! Changing a file as a person would: a value in the style that it has, an item among its siblings, and no byte besides.

mod children;
mod scalar;

use std::sync::Arc;

pub use children::{Child, arrange, listed};
pub use scalar::{New, entry, indent_of, item, key, set, written};

use crate::diagnostic::{Edit, Place, Source};

/// An edit of a stretch of a source.
fn splice(source: &Arc<Source>, range: std::ops::Range<usize>, replacement: impl Into<String>) -> Edit {
    Edit { place: Place { source: source.clone(), range }, replacement: replacement.into(), safe: false }
}

/// A text after edits that do not overlap. What is put in stands before what is changed at the same place.
pub fn applied(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.place.range.start, edit.place.range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in sorted.into_iter() {
        let range = &edit.place.range;
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            out.push_str(&edit.replacement);
            at = range.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// How lines end in a source.
fn line_end(source: &Source) -> &'static str {
    if source.text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Where the line that holds an offset begins.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Where the line after the one that holds an offset begins.
fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}
