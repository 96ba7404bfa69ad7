//! What a writer meant and YAML takes away: the lines of a folded text, signs kept from the starter, comments that
//! are text.

use std::ops::Range;

use super::node::{Origin, ScalarStyle};
use super::syntax::lines::SourceLine;
use super::values::{MARK, Text};
use crate::diagnostic::{Diagnostic, Place, codes};

/// A text over several lines as it looks, where YAML joins its lines: after `>`, or without a sign.
pub(super) fn as_it_looks(origin: &Origin) -> Option<String> {
    let said = origin.said();
    if origin.is_verbatim()
        || !said.trim_end().contains('\n')
        || origin.sign().is_some_and(|(_, sign)| sign == '|')
    {
        return None;
    }
    let style = origin.style();
    let said = match style {
        ScalarStyle::Single => said.trim().trim_matches('\'').replace("''", "'"),
        // An escape may stand for anything.
        ScalarStyle::Double if said.contains('\\') => return None,
        ScalarStyle::Double => said.trim().trim_matches('"').to_owned(),
        _ => said.trim_end().to_owned(),
    };
    let mut lines = said.lines();
    let first = lines.next().unwrap_or_default();
    let rest: Vec<&str> = lines.collect();
    let filled = rest.iter().filter(|line| !line.trim().is_empty());
    let indent = filled.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    // The first line of a block has lost its indent already, or stands beside the key.
    let mut text = first.trim_start().to_owned();
    for line in rest {
        text.push('\n');
        text.push_str(line.get(indent..).unwrap_or_default().trim_end());
    }
    text.push('\n');
    Some(text)
}

/// Says that the lines of a text go together, and how to keep them.
pub(super) fn folded(origin: &Origin) -> Diagnostic {
    let source = origin.source().clone();
    let finding = |what: &str| {
        Diagnostic::new(
            codes::VIKT_TEXT,
            format!("{what} går stycken, listor och tabeller ihop till ett stycke"),
        )
        .hint("Skriv | efter nyckelns kolon, och texten indragen på raderna under.")
    };
    if let Some((at, '>')) = origin.sign() {
        let end = at + source.text[at..].find(['\n', ' ', '#']).unwrap_or(1);
        let sign = Place { source, range: at..end };
        return finding("efter >").at(whole(origin)).safe_edit(sign, "|");
    }
    let place = origin.place();
    let start = source.text[..place.range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &source.text[start..place.range.start];
    let indent = before.len() - before.trim_start_matches([' ', '-']).len() + 2;
    let beside_key = !before.trim().is_empty();
    let finding = finding("utan | efter kolonet").at(place.clone());
    match as_it_looks(origin).filter(|_| beside_key) {
        Some(text) => {
            let pad = " ".repeat(indent);
            let line = |line: &str| if line.is_empty() { String::new() } else { format!("{pad}{line}") };
            let lines: Vec<String> = text.trim_end().lines().map(line).collect();
            finding.safe_edit(place, format!("|\n{}", lines.join("\n")))
        }
        None => finding,
    }
}

/// The value with the line of its key.
fn whole(origin: &Origin) -> Place {
    let mut place = origin.place();
    if let Some((at, _)) = origin.sign() {
        place.range.start = place.range.start.min(at);
    }
    place
}

/// The words between the starter's signs, where a value is nothing else.
pub(super) fn between_signs(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('«')?.strip_suffix('»')?;
    (!text.starts_with(MARK) && !inner.contains(['«', '»']) && !inner.trim().is_empty()).then(|| inner.trim())
}

/// Words within a text between the starter's signs.
pub(super) fn in_signs(text: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices('«').filter(|(start, _)| !text[*start..].starts_with(MARK));
    let ends = starts.filter_map(|(start, _)| {
        let end = start + text[start..].find('»')?;
        (!text[start..end].contains("\n\n")).then_some(start..end + '»'.len_utf8())
    });
    ends.collect()
}

/// Says that the starter's signs are left.
pub(super) fn signs_left(place: Place) -> Diagnostic {
    Diagnostic::new(codes::UTKASTETS_TECKEN, "utkastets tecken « och » står kvar").at(place).hint(
        "Ta bort « och », så att bara det som du har fyllt i står kvar. Om det är ett citat: skriv ” både före och efter.",
    )
}

/// A comment on the lines between a key and its text.
pub(super) fn comment_above(origin: &Origin) -> Option<Place> {
    if origin.style() == ScalarStyle::Block {
        return None;
    }
    let source = origin.source();
    let value = origin.place().range.start;
    let line = source.text[..value].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = value - line;
    if line == 0 || !source.text[line..value].trim().is_empty() {
        return None;
    }
    let mut first = None;
    let mut at = line;
    while at > 0 {
        let start = source.text[..at - 1].rfind('\n').map_or(0, |newline| newline + 1);
        let above = source.text[start..at - 1].trim_end();
        let words = above.trim_start();
        if !words.starts_with('#') || above.len() - words.len() < indent {
            break;
        }
        first = Some(start + above.len() - words.len());
        at = start;
    }
    let end = source.text[..line].trim_end().len();
    first.map(|start| Place { source: source.clone(), range: start..end })
}

/// Lines of a text that are a key with the sign of a text below it: they should stand further out.
pub(super) fn keys_within(text: &Text) -> Vec<Diagnostic> {
    let Some(origin) = &text.origin else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.text.split_inclusive('\n') {
        let words = line.trim_end();
        let key = words.strip_suffix('|').or_else(|| words.strip_suffix('>'));
        let key = key.and_then(|key| key.strip_suffix(": ")).filter(|key| key.chars().count() < LONGEST_KEY);
        if let Some(key) = key.filter(|key| key.starts_with(char::is_alphabetic)) {
            let place = origin.place_in(&text.text, at..at + words.len());
            let source = &place.source;
            let line = SourceLine::at(&source.text, place.range.start);
            let finding = Diagnostic::new(codes::NYCKEL_I_TEXT, format!("”{key}:” hör till texten ovanför, eftersom raden är indragen"))
                .hint("Om det är en nyckel eller en egen rubrik: flytta raden längst till vänster. Texten under ska vara kvar där den är.")
                .at(place.clone());
            let indent = Place { source: source.clone(), range: line.start..line.range().start };
            // Where the text stands further in than one step, the key may belong to a group.
            found.push(if line.indent == 2 { finding.safe_edit(indent, "") } else { finding });
        }
        at += line.len();
    }
    found
}

/// The most letters of what is taken for a key.
const LONGEST_KEY: usize = 60;
