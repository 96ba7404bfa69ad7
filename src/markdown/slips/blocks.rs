//! Headings, code, and lines that no block takes.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::super::tree::At;
use super::{Finder, Mend, SlipKind, between, blank_line, insert, is_address, line_end, line_start};

/// A block of code while it is read.
pub(super) struct Code {
    fenced: bool,
    lines: Vec<Range<usize>>,
}

impl Code {
    pub fn new(kind: &CodeBlockKind<'_>) -> Self {
        Self { fenced: matches!(kind, CodeBlockKind::Fenced(_)), lines: Vec::new() }
    }

    pub fn line(&mut self, _: &str, at: Range<usize>) {
        self.lines.push(at);
    }
}

/// How wide an indent makes code.
const CODE: usize = 4;

/// What begins a heading that somebody wrote to themselves.
const TO_SELF: &[&str] = &[
    "kolla",
    "dubbelkolla",
    "kontrollera",
    "ändra",
    "uppdatera",
    "komplettera",
    "todo",
    "fixme",
    "obs",
    "obs!",
    "stäm",
    "fråga:",
    "kom",
    "anteckning",
    "anteckning:",
    "notering:",
    "kommentar:",
];

impl Finder<'_> {
    pub(super) fn headline(&mut self, at: &Range<usize>) {
        let said = self.source[at.clone()].trim_end();
        let end = at.start + said.len();
        if said.starts_with('#') {
            let words = said.trim_start_matches('#').trim_start();
            let first = words.split(' ').next().unwrap_or_default().to_lowercase();
            let to_self = words.starts_with(char::is_lowercase) || TO_SELF.contains(&first.as_str());
            if to_self {
                self.doubt(SlipKind::NoteToSelf, at.start..end, Vec::new());
            }
            return;
        }
        let Some(newline) = said.rfind('\n') else { return };
        let (above, below) = (&said[..newline], said[newline + 1..].trim_start_matches([' ', '\t', '>']));
        let sign = below.chars().next().unwrap_or('-');
        let is_one = |text: &str| text.trim_end().chars().count() == 1;
        let is_text = above.contains('\n')
            || above.trim_end().ends_with(['.', ':', ';', ',', '?', '!'])
            || is_one(below);
        let under = end - below.len();
        let mend = match sign {
            '-' if !is_one(below) => blank_line(at.start + newline, &self.base(at.start)),
            _ => insert(under, "\\"),
        };
        let kind = SlipKind::Underlined(sign);
        match is_text {
            true => self.sure(kind, at.start..end, vec![mend]),
            false => self.doubt(kind, at.start..end, vec![mend]),
        }
    }

    pub(super) fn end_code(&mut self, at: Range<usize>) {
        let Some(Code { fenced, lines }) = self.code.take() else { return };
        let said = self.source[at.clone()].trim_end();
        let range = at.start..at.start + said.len();
        if fenced {
            let fence = said.chars().next().unwrap_or('`');
            let last = said.rsplit('\n').next().unwrap_or_default();
            let is_closed = said.contains('\n')
                && last.trim_start_matches([' ', '\t', '>']).chars().all(|c| c == fence || c == ' ');
            if !is_closed {
                self.doubt(SlipKind::OpenFence, range, Vec::new());
            }
            return;
        }
        let filled = |line: &&Range<usize>| !self.source[(*line).clone()].trim().is_empty();
        let deeper = |line: &Range<usize>| spaces(&self.source[line.clone()]);
        let least = lines.iter().filter(filled).map(deeper).min().unwrap_or(0);
        let mut mends: Vec<Mend> = Vec::new();
        for line in lines.iter().filter(filled) {
            let begins = line_start(self.source, line.start);
            // The first line of an item's code stands on the line of the item's mark.
            let before = &self.source[begins..line.start];
            let width = before.len() - before.trim_end_matches([' ', '\t']).len();
            let start = match before[before.len() - width..].rfind('\t') {
                Some(tab) if width < CODE => begins + before.len() - width + tab,
                _ => line.start - width.min(CODE),
            };
            let end = line.start + least;
            if mends.last().is_none_or(|last| last.at.0.end <= start) && start < end {
                mends.push(Mend { at: At(start..end), with: String::new() });
            }
        }
        match mends.is_empty() {
            true => self.doubt(SlipKind::Indented, range, mends),
            false => self.sure(SlipKind::Indented, range, mends),
        }
    }

    /// The hidden addresses of links: those that are none, and those that no link here has.
    pub(super) fn addresses(&mut self) {
        let fold = |label: &str| label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let used: Vec<String> = self.used.iter().map(|label| fold(label)).collect();
        for (label, url, span) in std::mem::take(&mut self.definitions) {
            let start = span.start + self.source[span.clone()].find('[').unwrap_or(0);
            let said = self.source[start..span.end].trim_end();
            let at = start..start + said.len();
            self.covered.push(span);
            if !is_address(&url) {
                self.sure(SlipKind::Definition(label), at.clone(), vec![insert(at.start, "\\")]);
            } else if !used.contains(&fold(&label)) {
                self.doubt(SlipKind::UnusedAddress(label), at, Vec::new());
            }
        }
    }

    /// What no block takes, but for the marks of blocks themselves.
    pub(super) fn lost(&mut self) {
        self.covered.sort_by_key(|at| (at.start, at.end));
        for gap in between(0..self.source.len(), &self.covered) {
            let mut at = gap.start;
            while at < gap.end {
                let end = line_end(self.source, at).min(gap.end);
                let line = &self.source[at..end];
                let words = line.trim_start_matches(|c: char| {
                    c.is_whitespace() || c.is_ascii_digit() || ">-*+.)#=".contains(c)
                });
                if words.contains(char::is_alphanumeric) {
                    let start = end - words.len();
                    self.doubt(SlipKind::Lost, start..start + words.trim_end().len(), Vec::new());
                }
                at = end + 1;
            }
        }
    }
}

/// The columns by which a line of code is indented further.
fn spaces(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
