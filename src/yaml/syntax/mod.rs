//! YAML that does not parse, said as a person would say it.
//!
//! One fault shall not hide the others: the entry that holds it is blanked out and the rest is
//! read again, so that everything wrong in a file comes in one pass.

mod explain;

use std::ops::Range;
use std::sync::Arc;

use super::KnownKeys;
use super::node::{self, Node};
use crate::diagnostic::{Diagnostic, Place, Source, codes};
use explain::{Explanation, explain};

/// Every round blanks one entry at least; the bound keeps a hostile file from being read for ever.
const ROUNDS: usize = 20;

/// Reads a YAML text as far as it can be read.
///
/// Gives the tree of what was readable and the lines whose entries were not, so that nobody
/// reports their keys as missing.
pub fn read(
    source: &Arc<Source>,
    known: KnownKeys,
    problems: &mut Vec<Diagnostic>,
) -> (Option<Node>, Vec<String>) {
    let mut text = source.text.clone();
    let tabs = tabs(&text);
    let mut lost = Vec::new();
    for tab in &tabs {
        let (message, hint) = match text[tab.clone()].contains('\t') {
            true => ("raden är indragen med tabb", "Byt varje tabb mot två mellanslag."),
            false => (
                "raden är indragen med hårda mellanslag, som ofta följer med från Word eller en webbsida",
                "Ta bort dem, och dra in raden med mellanslag från tangentbordet.",
            ),
        };
        // Blanks for the rest of the reading; the error stands anyhow.
        text.replace_range(tab.clone(), &" ".repeat(tab.len()));
        lost.extend(text[tab.end..].lines().next().map(str::to_owned));
        problems.push(
            Diagnostic::new(codes::TABB_INDRAG, message)
                .at(Place { source: source.clone(), range: tab.clone() })
                .hint(hint),
        );
    }
    problems.extend(controls(&mut text, source));
    for _ in 0..ROUNDS {
        let error = match node::parse(&text, source) {
            Ok(tree) => return (Some(tree), lost),
            Err(error) => error,
        };
        let Explanation { code, message, hint, place, at, with } = explain(&error, &text, &known());
        let mut entry = entry_around(&text, place.start);
        if let Some(with) = with {
            entry.start = entry.start.min(with.start);
            entry.end = entry.end.max(with.end);
        }
        if text[entry.clone()].trim().is_empty() {
            entry = entry_around(&text, at);
        }
        // What a tab broke was reported with the tab.
        if !tabs.iter().any(|tab| entry.contains(&tab.start)) {
            let place = Place { source: source.clone(), range: place.clone() };
            problems.push(Diagnostic::new(code, message).at(place).hint(hint));
        }
        if explain::is_second_document(&error) {
            entry = place.start..text.len();
        }
        if text[entry.clone()].trim().is_empty() {
            break;
        }
        lost.extend(text[entry.clone()].lines().next().map(str::to_owned));
        blank(&mut text, entry);
    }
    (None, lost)
}

/// Tabs that stand in the indentation of a line, and hard spaces that stand instead of one.
fn tabs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let hard = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() && !c.is_ascii()).len();
        if line.trim().is_empty() {
            // A blank line begins nothing.
        } else if let Some(tab) = line[..indent].find('\t') {
            found.push(start + tab..start + indent);
        } else if hard > 0 {
            found.push(start..start + hard);
        }
        start += line.len();
    }
    found
}

/// YAML refuses control characters: they are blanked, and spoken of unless they mean a space.
fn controls(text: &mut String, source: &Arc<Source>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if text.contains(is_control) {
        for (at, control) in
            text.match_indices(is_control).filter(|(_, control)| !LINE_ENDS.contains(control))
        {
            let number = control.bytes().next().unwrap_or_default();
            let place = Place { source: source.clone(), range: at..at + 1 };
            found.push(
                Diagnostic::new(codes::TECKEN_SAKNAS, format!("här står ett styrtecken (U+{number:04X})"))
                    .at(place.clone())
                    .hint("Ta bort det.")
                    .safe_edit(place, ""),
            );
        }
        *text = text.replace(is_control, " ");
    }
    found
}

/// Control characters that Word ends lines and pages with.
const LINE_ENDS: [&str; 2] = ["\u{b}", "\u{c}"];

/// An ASCII control character that is no line end and no tab. One byte becomes one byte.
fn is_control(character: char) -> bool {
    character.is_ascii_control() && !matches!(character, '\n' | '\r' | '\t')
}

/// The lines from the last top-level key at or before `at` up to the next one.
fn entry_around(text: &str, at: usize) -> Range<usize> {
    let mut start = 0;
    let mut position = 0;
    for line in text.split_inclusive('\n') {
        let top = line.starts_with(|c: char| !c.is_whitespace() && c != '#');
        if top && position > at {
            return start..position;
        }
        if top {
            start = position;
        }
        position += line.len();
    }
    start..text.len()
}

fn blank(text: &mut String, range: Range<usize>) {
    let blanked: String =
        text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range, &blanked);
}
