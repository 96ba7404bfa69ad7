//! Texts whose lines are too long, wrapped; those whose lines are short enough keep them.

use std::ops::Range;

use crate::markdown::{self, Abbreviations};
use crate::yaml::outline::{self, Outline};

/// How long a line may be before its paragraph is wrapped, in characters.
const LONGEST: usize = 130;
/// How long the lines of a wrapped paragraph are at most.
const WIDTH: usize = 100;

/// The text with the paragraphs wrapped that have a line too long. Of each text of the case it is proved that it
/// says the same; one of which that cannot be keeps its lines.
pub fn wrapped(text: &str, abbreviations: &Abbreviations) -> String {
    let outline = Outline::of(text);
    // A text below `>` is wrapped already, by what that means.
    let is_literal = |at: &usize| text[outline.entry(*at).said.clone()].starts_with('|');
    let mut wrapped = String::with_capacity(text.len());
    let mut block: Vec<&str> = Vec::new();
    let mut owner = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let here = outline.text_at(start).filter(is_literal);
        if here != owner {
            flush(&mut block, abbreviations, &mut wrapped);
            owner = here;
        }
        if here.is_some() {
            block.push(line);
        } else {
            wrapped.push_str(line);
        }
        start += line.len();
    }
    flush(&mut block, abbreviations, &mut wrapped);
    wrapped
}

/// Writes a text, wrapped if that says the same.
fn flush(block: &mut Vec<&str>, abbreviations: &Abbreviations, wrapped: &mut String) {
    let lines = std::mem::take(block);
    let text: String = lines.concat();
    let is_long = lines.iter().any(|line| line.trim_end().chars().count() > LONGEST);
    let new = if is_long { rewrapped(&lines) } else { text.clone() };
    let said = |text: &str| markdown::write(&markdown::parse(&unindented(text)).blocks, abbreviations);
    wrapped.push_str(if !is_long || said(&text) == said(&new) { &new } else { &text });
}

/// A text without the margin that all its lines have.
fn unindented(text: &str) -> String {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let margin = lines().map(outline::indent).min().unwrap_or(0);
    text.lines().map(|line| format!("{}\n", line.get(margin..).unwrap_or_default())).collect()
}

/// The lines with each run of prose that has a long line wrapped.
fn rewrapped(lines: &[&str]) -> String {
    let ending = if lines.iter().any(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let mut new = String::new();
    let mut at = 0;
    while at < lines.len() {
        let run = prose(lines, at);
        let is_long = lines[run.clone()].iter().any(|line| line.trim_end().chars().count() > LONGEST);
        if run.is_empty() || !is_long {
            let end = run.end.max(at + 1);
            new.push_str(&lines[at..end].concat());
            at = end;
            continue;
        }
        let first = lines[run.start].trim_end();
        let indent = outline::indent(first);
        let marker = marker(first.trim_start());
        let words = lines[run.clone()].iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        let margin = " ".repeat(indent);
        let below = " ".repeat(indent + marker.chars().count());
        for (number, line) in filled(&words[marker.len()..], WIDTH - below.len()).into_iter().enumerate() {
            let before = if number == 0 { format!("{margin}{marker}") } else { below.clone() };
            new.push_str(&format!("{before}{line}{ending}"));
        }
        at = run.end;
    }
    new
}

/// The lines of one paragraph or item from here; none where it is something else.
fn prose(lines: &[&str], from: usize) -> Range<usize> {
    let words = |at: usize| lines[at].trim();
    let is_plain = |at: usize| {
        // Two spaces or a stroke at the end of a line are a break of its writer's.
        let line = lines[at].trim_end_matches(['\n', '\r']);
        !words(at).is_empty() && !line.ends_with("  ") && !line.ends_with('\\')
    };
    let begins = |at: usize| {
        let rest = &words(at)[marker(words(at)).len()..];
        is_plain(at) && !rest.is_empty() && !is_special(rest)
    };
    if !begins(from) {
        return from..from;
    }
    let goes_on = |at: &usize| is_plain(*at) && marker(words(*at)).is_empty() && !is_special(words(*at));
    let end = (from + 1..lines.len()).take_while(goes_on).last().map_or(from + 1, |last| last + 1);
    from..end
}

/// What an item begins with, up to its words.
fn marker(line: &str) -> &str {
    let digits = line.len() - line.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let sign = match digits {
        0 => line.starts_with(['-', '*', '+']).then_some(1),
        1..=3 => line[digits..].starts_with(['.', ')']).then_some(digits + 1),
        _ => None,
    };
    let Some(end) = sign.filter(|end| line[*end..].starts_with(' ')) else { return "" };
    &line[..end + (line[end..].len() - line[end..].trim_start_matches(' ').len())]
}

/// Whether a line that begins so would be read as something other than prose.
fn is_special(line: &str) -> bool {
    let is_sign = line.starts_with(['#', '>', '|', '=', '<', '~', '`', '_'])
        || line.starts_with("![")
        || line.starts_with("[^");
    is_sign
        || line.starts_with(['-', '+', '*'])
            && !line[1..].starts_with(|next: char| next.is_alphanumeric() || next == '*')
        || !marker(line).is_empty()
        || line.ends_with('|')
}

/// Words on lines of at most so many characters; what would begin a line as something else, a place to fill in, and
/// the thousands of a number stay with the word before them.
fn filled(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut is_in_place = false;
    for word in words.split_ascii_whitespace() {
        let parts_number = |line: &String| {
            line.ends_with(|sign: char| sign.is_ascii_digit())
                && word.starts_with(|sign: char| sign.is_ascii_digit())
        };
        let may_begin =
            !is_in_place && !is_special(&format!("{word} x")) && !lines.last().is_some_and(parts_number);
        let fits = |line: &String| line.chars().count() + 1 + word.chars().count() <= width;
        match lines.last_mut() {
            Some(line) if fits(line) || !may_begin => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
        let opens = word.rfind('«');
        let closes = word.rfind('»');
        is_in_place = if opens.is_some() || closes.is_some() { opens > closes } else { is_in_place };
    }
    lines
}
