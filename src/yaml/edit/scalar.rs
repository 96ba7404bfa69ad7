//! A value with another text, in the style that it has.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{line_end, line_start, next_line, splice};
use crate::diagnostic::Edit;
use crate::yaml::meant;
use crate::yaml::node::{Origin, ScalarStyle};

/// The text of a value as it looks in the file, line by line, where YAML may join them.
pub fn written(origin: &Origin, decoded: &str) -> String {
    meant::as_it_looks(origin).unwrap_or_else(|| decoded.to_owned())
}

/// How far in the lines of a value's text stand: the first, and those after it.
pub fn indent_of(origin: &Origin) -> (usize, usize) {
    let text = &origin.source().text;
    let start = origin.place().range.start;
    let before = &text[line_start(text, start)..start];
    let first = before.chars().count();
    if origin.style() == ScalarStyle::Block {
        return (first, first);
    }
    let own = origin.said().trim_end();
    let second = own.lines().nth(1).map(|line| line.len() - line.trim_start().len());
    (first, second.unwrap_or_else(|| below(before)))
}

/// How far in the text of a value stands on lines of its own, by what stands before it on its line.
fn below(before: &str) -> usize {
    before.len() - before.trim_start_matches([' ', '-']).len() + 2
}

/// The edits that let a value, which looks like `old`, look like `new`. Lines that stay are not touched.
pub fn set(origin: &Origin, old: &str, new: &str) -> Vec<Edit> {
    if origin.style() == ScalarStyle::Block {
        return block(origin, old, new);
    }
    let (place, end) = (origin.place(), line_end(origin.source()));
    let (_, indent) = indent_of(origin);
    let lines: Vec<&str> = new.trim_end().lines().collect();
    let pad = " ".repeat(indent);
    let joined = |text: &str| text.lines().collect::<Vec<_>>().join(&format!("{end}{pad}"));
    let is_one =
        !lines.iter().any(|line| line.trim().is_empty()) && !lines.iter().any(|line| is_own_line(line));
    let replacement = match origin.style() {
        _ if lines.is_empty() => "\"\"".to_owned(),
        _ if !is_one => {
            let text = &origin.source().text;
            let before = &text[line_start(text, place.range.start)..place.range.start];
            format!("|{end}{}", indented(&lines, below(before), end))
        }
        ScalarStyle::Single => format!("'{}'", joined(&new.trim_end().replace('\'', "''"))),
        ScalarStyle::Plain
            if is_plain(new.trim_end()) && !(in_flow(origin) && new.contains([',', '[', ']', '{', '}'])) =>
        {
            joined(new.trim_end())
        }
        _ => quoted(&joined(new.trim_end())),
    };
    // The first character of a value is its style's: what stays of it is left alone from there.
    vec![least(origin, place.range, &replacement)]
}

/// Text between quotation marks.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The edit without what stays the same at both ends.
fn least(origin: &Origin, range: Range<usize>, replacement: &str) -> Edit {
    let old = &origin.source().text[range.clone()];
    let head: usize = old
        .chars()
        .zip(replacement.chars())
        .take_while(|(old, new)| old == new)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let (old, new) = (&old[head..], &replacement[head..]);
    let tail: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(|(old, new)| old == new)
        .map(|(c, _)| c.len_utf8())
        .sum();
    splice(origin.source(), range.start + head..range.end - tail, &new[..new.len() - tail])
}

/// Whether a line of Markdown begins something of its own, which YAML would join to what stands before it.
fn is_own_line(line: &str) -> bool {
    let marker = line.trim_start();
    marker.starts_with(['#', '|', '>'])
        || marker.starts_with("- ")
        || marker.starts_with("* ")
        || marker.ends_with('\\')
        || marker.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ")
            && marker.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a text can stand as it is after its key.
fn is_plain(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(|c| !"-?:,[]{}#&*!|>'\"%@`~ ".contains(c));
    begins && !matches!(text, "null" | "Null" | "NULL") && !text.ends_with(' ') && !breaks(text)
}

/// Whether a colon or a number sign in a text would be YAML's.
fn breaks(text: &str) -> bool {
    let lines = || text.lines();
    text.contains(": ")
        || text.contains(" #")
        || text.contains('\t')
        || lines().any(|line| line.trim_end().ends_with(':') || line.trim_start().starts_with('#'))
}

/// Whether a value seems to stand between brackets.
fn in_flow(origin: &Origin) -> bool {
    let (_, after) = origin.suffix();
    let text = &origin.source().text;
    let start = origin.place().range.start;
    let before = &text[line_start(text, start)..start];
    after.trim_start().starts_with([',', ']', '}']) || before.contains(['[', '{'])
}

/// Lines so far in, but for those that are empty.
fn indented(lines: &[&str], indent: usize, end: &str) -> String {
    let pad = " ".repeat(indent);
    let line = |line: &&str| if line.is_empty() { String::new() } else { format!("{pad}{line}") };
    lines.iter().map(line).collect::<Vec<_>>().join(end)
}

/// The edits of a block, line by line.
fn block(origin: &Origin, old: &str, new: &str) -> Vec<Edit> {
    let source = origin.source();
    let text = &source.text;
    let end = line_end(source);
    let first = line_start(text, origin.place().range.start);
    let (indent, _) = indent_of(origin);
    let (old_lines, new_lines): (Vec<&str>, Vec<&str>) =
        (old.trim_end().lines().collect(), new.trim_end().lines().collect());
    // Where each line of the block begins.
    let mut starts = vec![first];
    for _ in &old_lines {
        starts.push(next_line(text, starts[starts.len() - 1]));
    }
    let mut edits = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old_lines, &new_lines) {
        let (tag, gone, came) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            continue;
        }
        let range = starts[gone.start]..starts[gone.end];
        let mut lines = indented(&new_lines[came.clone()], indent, end);
        if !came.is_empty() {
            // The file may end without a line's end.
            let unended = range.end == text.len() && !text.ends_with('\n');
            match (unended, gone.is_empty()) {
                (true, true) => lines.insert_str(0, end),
                (true, false) => {}
                (false, _) => lines.push_str(end),
            }
        }
        edits.push(splice(source, range, lines));
    }
    if let Some((at, '>')) = origin.sign()
        && new_lines.iter().any(|line| line.is_empty() || is_own_line(line))
    {
        edits.push(splice(source, at..at + 1, "|"));
    }
    edits
}

/// Something new for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// A Markdown text, wrapped as it is to look.
    Text(String),
    /// Words on one line.
    Line(String),
    /// Keys with values.
    Map(Vec<(String, New)>),
}

/// A new item of a list whose dashes stand so far in: whole lines, the last without its end.
pub fn item(new: &New, indent: usize, end: &str) -> String {
    let pad = " ".repeat(indent);
    match new {
        New::Map(entries) => {
            let lines: Vec<String> =
                entries.iter().map(|(key, value)| entry(key, value, indent + 2, end)).collect();
            let all = lines.join(end);
            format!("{pad}- {}", all.trim_start())
        }
        New::Text(text) if is_folded(text) => {
            let lines: Vec<&str> = text.trim_end().lines().collect();
            format!("{pad}- {}", lines.join(&format!("{end}{pad}  ")))
        }
        value => format!("{pad}- {}", said(value, indent + 2, end)),
    }
}

/// A key as it is written.
pub fn key(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { quoted(name) }
}

/// A new key with its value, so far in: whole lines, the last without its end.
pub fn entry(key: &str, value: &New, indent: usize, end: &str) -> String {
    let pad = " ".repeat(indent);
    let key = self::key(key);
    match value {
        New::Map(entries) => {
            let lines: Vec<String> =
                entries.iter().map(|(key, value)| entry(key, value, indent + 2, end)).collect();
            format!("{pad}{key}:{end}{}", lines.join(end))
        }
        value => format!("{pad}{key}: {}", said(value, indent + 2, end)),
    }
}

/// Whether a text is one paragraph that can stand as it is, on several lines.
fn is_folded(text: &str) -> bool {
    let own = |line: &str| line.trim().is_empty() || is_own_line(line);
    is_plain(text.trim_end()) && !text.trim_end().lines().any(own)
}

/// A value after its key or its dash, its further lines so far in.
fn said(value: &New, indent: usize, end: &str) -> String {
    match value {
        New::Line(line) if is_plain(line) => line.clone(),
        New::Line(line) => quoted(line),
        New::Text(text) => {
            let lines: Vec<&str> = text.trim_end().lines().collect();
            match lines.as_slice() {
                [one] if is_folded(one) => (*one).to_owned(),
                lines => format!("|{end}{}", indented(lines, indent, end)),
            }
        }
        New::Map(_) => String::new(),
    }
}
