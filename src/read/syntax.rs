//! YAML that does not parse, said as a person would say it.
//!
//! One fault shall not hide the others: the entry that holds it is blanked out and the rest is
//! read again, so that everything wrong in a file comes in one pass.

use std::ops::Range;
use std::sync::Arc;

use super::node::{self, Node, Value};
use crate::diagnostic::{Diagnostic, Place, Source};

/// Reads a YAML text as far as it can be read.
///
/// Gives the tree of what was readable and the keys whose entries were not, so that nobody
/// reports those as missing.
pub fn read(source: &Arc<Source>, problems: &mut Vec<Diagnostic>) -> (Option<Node>, Vec<String>) {
    let mut lost = Vec::new();
    let tabs = tabs(source);
    // Every round blanks one entry at least; the bound keeps a hostile file from being read for ever.
    const ROUNDS: usize = 20;
    let mut text = source.text.clone();
    for tab in &tabs {
        // A tab counts as two spaces for the rest of the reading; the error stands anyhow.
        text.replace_range(tab.clone(), &" ".repeat(tab.len()));
        problems.push(
            Diagnostic::error("tabb-indrag", "raden är indragen med tabb")
                .at(Place { source: source.clone(), range: tab.clone() })
                .hint("Byt varje tabb mot två mellanslag."),
        );
    }
    for round in 0..ROUNDS {
        let attempt = Arc::new(Source { path: source.path.clone(), text: text.clone() });
        let error = match node::parse(&attempt) {
            Ok(tree) => return (Some(moved_to(tree, source)), lost),
            Err(error) => error,
        };
        let at = offset(&error, &text);
        // A quotation that does not end is noticed where it should have ended: far too late.
        let at = open_quote(&error, &text, at).unwrap_or(at);
        let entry = entry_around(&text, at);
        let (message, hint, place) = explain(&error, &text, at, &entry);
        let place = Place { source: source.clone(), range: place };
        let finding = Diagnostic::error(code(&message), message).at(place).hint(hint);
        // What a tab broke was reported with the tab.
        if round > 0 || !tabs.iter().any(|tab| entry.contains(&tab.start)) {
            problems.push(finding);
        }
        if text[entry.clone()].trim().is_empty() {
            break;
        }
        lost.extend(key_of(&text[entry.clone()]));
        blank(&mut text, entry);
    }
    (None, lost)
}

/// Tabs that stand in the indentation of a line.
fn tabs(source: &Source) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t')
            && !line.trim().is_empty()
        {
            found.push(start + tab..start + indent);
        }
        start += line.len();
    }
    found
}

fn offset(error: &serde_saphyr::Error, text: &str) -> usize {
    let Some(location) = error.location() else { return 0 };
    // Errors of the scanner give characters, not bytes.
    let chars = usize::try_from(location.span().offset()).unwrap_or(0);
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

/// The quotation mark that begins an unfinished quotation.
fn open_quote(error: &serde_saphyr::Error, text: &str, at: usize) -> Option<usize> {
    if !error.to_string().contains("quoted scalar") {
        return None;
    }
    let mut end = at.min(text.len());
    while end > 0 {
        let start = text[..end - 1].rfind('\n').map_or(0, |newline| newline + 1);
        let line = &text[start..end];
        let opening = [": \"", "- \"", ": '", "- '"].iter().filter_map(|opening| line.find(opening)).min();
        if let Some(opening) = opening {
            return Some(start + opening + 2);
        }
        end = start;
    }
    None
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

fn key_of(entry: &str) -> Option<String> {
    let line = entry.lines().next()?;
    let key = line.split(':').next()?.trim();
    // Where the colon is what is missing, the key is the line's beginning, and nobody knows how
    // much of it: every beginning counts.
    (!key.is_empty()).then(|| key.to_owned())
}

fn blank(text: &mut String, range: Range<usize>) {
    let blanked: String =
        text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range, &blanked);
}

/// The code that a message belongs to.
fn code(message: &str) -> &'static str {
    if message.starts_with("kolon saknas") { "kolon-saknas" } else { "yaml-fel" }
}

/// Message, hint and place for a parse error.
fn explain(
    error: &serde_saphyr::Error,
    text: &str,
    at: usize,
    entry: &Range<usize>,
) -> (String, String, Range<usize>) {
    if let Some((line, words)) = line_without_colon(text, entry, at) {
        return (
            format!("kolon saknas efter ”{words}”"),
            format!("Skriv ”{words}:” och sedan värdet."),
            line.start..line.start + words.len(),
        );
    }
    if let Some(place) = colon_without_space(text, entry) {
        return (
            "mellanslag saknas efter kolonet".into(),
            "Skriv ett mellanslag mellan kolonet och värdet.".into(),
            place,
        );
    }
    let here = at..at + text[at.min(text.len())..].chars().next().map_or(0, char::len_utf8);
    let line = line_around(text, at);
    let said = &text[line.clone()];
    let library = error.to_string();
    if !library.contains("quoted scalar")
        && let Some(place) = second_colon(said, &line)
    {
        return (
            "ett kolon mitt i texten gör att raden inte kan läsas".into(),
            "Sätt hela texten inom citattecken: \"…\".".into(),
            place,
        );
    }
    let (message, hint) = match text[at.min(text.len())..].chars().next() {
        Some(quote @ ('"' | '\'')) if is_closed(&text[at..line.end], quote) => (
            "det står text efter det avslutande citattecknet".into(),
            "Sätt citattecken runt hela texten, och skriv ” för citat inne i den.",
        ),
        _ if library.contains("quoted scalar") => (
            "ett citattecken avslutas inte".into(),
            "Skriv ett citattecken till i slutet av texten, eller ta bort det första.",
        ),
        Some(sign @ ('@' | '`' | '%')) => (
            format!("texten börjar med ”{sign}”, som har en egen betydelse i YAML"),
            "Sätt hela texten inom citattecken: \"…\".",
        ),
        _ if library.contains("multiple YAML documents") => {
            ("filen innehåller flera ärenden (en rad med ---)".into(), "Lägg varje ärende i en egen fil.")
        }
        _ if library.contains("nknown anchor") || library.contains("alias") => (
            "texten börjar med ”*”, som har en egen betydelse i YAML".into(),
            "Sätt hela texten inom citattecken, eller börja punkten med ”- ” (bindestreck och mellanslag).",
        ),
        _ if matches!(error, serde_saphyr::Error::Budget { .. }) => (
            "filen är för stor eller för djupt nästlad för ett ärende".into(),
            "Dela upp texten, eller ta bort nivåer.",
        ),
        _ if said.contains('[') || said.contains('{') => (
            "en hakparentes eller klammer avslutas inte".into(),
            "Börjar texten med [ eller {: sätt hela texten inom citattecken: \"…\".",
        ),
        _ => (
            "raden står inte i linje med raderna omkring".into(),
            "Rader som hör ihop ska börja lika långt in; en text under | ska vara indragen lika långt på varje rad.",
        ),
    };
    (message, hint.into(), here)
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

/// A line near the fault that begins as a key does but has no colon.
fn line_without_colon<'a>(text: &'a str, entry: &Range<usize>, at: usize) -> Option<(Range<usize>, &'a str)> {
    let known = || super::body::known_keys().chain(super::head::all_keys());
    let here = line_around(text, at);
    let before = line_around(text, here.start.saturating_sub(1));
    let first = line_around(text, entry.start);
    for line in [here, before, first] {
        let said = &text[line.clone()];
        let indent = said.len() - said.trim_start().len();
        let words = said.trim_start();
        if words.contains(':') {
            continue;
        }
        let key = known()
            .filter(|key| {
                words.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            })
            .max_by_key(|key| key.len());
        if let Some(key) = key {
            return Some((line.start + indent..line.end, &words[..key.len()]));
        }
    }
    None
}

/// The colon of a known key that the value stands right behind.
fn colon_without_space(text: &str, entry: &Range<usize>) -> Option<Range<usize>> {
    let line = text[entry.clone()].lines().next()?;
    let (key, value) = line.split_once(':')?;
    let known = super::body::known_keys().chain(super::head::all_keys()).any(|known| known == key.trim());
    let colon = entry.start + key.len();
    (known && value.starts_with(|c: char| !c.is_whitespace())).then(|| colon..colon + 1)
}

/// Whether a quotation that begins here also ends on its line.
fn is_closed(rest: &str, quote: char) -> bool {
    rest.chars().skip(1).any(|letter| letter == quote)
}

/// The second `: ` of a line, which YAML takes for another key.
fn second_colon(line: &str, at: &Range<usize>) -> Option<Range<usize>> {
    let first = line.find(": ")?;
    let second = first + 2 + line[first + 2..].find(": ")?;
    (!line[first + 2..].trim_start().starts_with(['"', '\'']))
        .then(|| at.start + second..at.start + second + 1)
}

/// The tree was read from a text with blanks; its places are those of the real one.
fn moved_to(mut node: Node, source: &Arc<Source>) -> Node {
    node.origin.move_to(source);
    node.value = match node.value {
        Value::List(items) => Value::List(items.into_iter().map(|item| moved_to(item, source)).collect()),
        Value::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(mut key, value)| {
                    key.origin.move_to(source);
                    (key, moved_to(value, source))
                })
                .collect(),
        ),
        other => other,
    };
    node
}
