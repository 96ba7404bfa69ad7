//! The lines of paragraphs: lists, tables and columns that Markdown takes for running text.

use std::ops::Range;

use super::super::tree::At;
use super::markers::{Family, Label, Marker, Value, marker};
use super::tables::{cells, is_rule};
use super::{Finder, LeafKind, Mend, SlipKind, blank_line, insert, line_end, line_start};

/// From here on a number is a year or an amount, and no item's.
pub(super) const HIGH: u64 = 1000;

/// As many words has a line that may be a name behind its initial.
const FEW_WORDS: usize = 3;

/// What tells that somebody speaks.
const SAID: &[&str] = &[
    "säger",
    "sade",
    "sa",
    "frågar",
    "frågade",
    "svarar",
    "svarade",
    "undrar",
    "undrade",
    "menar",
    "berättar",
];

/// A line of a paragraph.
struct Line<'a> {
    /// Where its words stand.
    at: Range<usize>,
    text: &'a str,
    /// The columns by which it is indented.
    indent: usize,
    marker: Option<Marker>,
    /// Whether a hard break or a blank line stands before it.
    apart: bool,
    /// The paragraph that it is part of.
    leaf: usize,
}

impl<'a> Finder<'a> {
    /// Looks at the paragraphs line by line; those that follow one another at once together.
    pub(super) fn in_lines(&mut self) {
        let mut at = 0;
        while at < self.leaves.len() {
            let mut end = at + 1;
            while self.leaves.get(end).is_some_and(|leaf| leaf.follows) {
                end += 1;
            }
            if self.leaves[at].kind == LeafKind::Paragraph {
                let lines: Vec<Line<'a>> = (at..end).flat_map(|leaf| self.lines(leaf)).collect();
                self.listed(&lines);
                self.tabled(&lines);
            }
            at = end;
        }
    }

    fn lines(&self, leaf: usize) -> Vec<Line<'a>> {
        let source: &'a str = self.source;
        let all = &self.leaves[leaf].at;
        let end = all.start + source[all.clone()].trim_end().len();
        let mut lines = Vec::new();
        let mut at = all.start;
        while at < end {
            let stop = line_end(source, at).min(end);
            let begins = at + if lines.is_empty() { 0 } else { prefix(&source[at..stop]) };
            // A hard break at its end is no word of it.
            let hard = self.breaks.partition_point(|hard| hard.start < begins);
            let words = self.breaks.get(hard).map_or(stop, |hard| hard.start.min(stop));
            let text = source[begins..words].trim_end();
            let from = line_start(source, begins);
            let indent = source[from..begins].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
            let broken = self.breaks.partition_point(|hard| hard.end <= at);
            let apart = lines.is_empty()
                || broken > 0 && self.breaks[broken - 1].end == at
                || self.breaks.get(broken).is_some_and(|hard| hard.start < at);
            // What stands apart within a paragraph is printed so.
            let marker = marker(text).filter(|_| lines.is_empty() || !apart);
            lines.push(Line { at: begins..begins + text.len(), text, indent, marker, apart, leaf });
            at = stop + 1;
        }
        lines
    }

    /// Finds what is a list to everybody but Markdown.
    fn listed(&mut self, lines: &[Line<'a>]) {
        let mut at = 0;
        while at < lines.len() {
            let Some(first) = &lines[at].marker else {
                at += 1;
                continue;
            };
            at = match &first.family {
                Family::Label(label) => self.labels(lines, at, label),
                _ => self.bullets(lines, at),
            };
        }
    }

    /// Lines with signs from `first` on; gives the line after them.
    fn bullets(&mut self, lines: &[Line<'a>], first: usize) -> usize {
        let Some(Marker { family, said, .. }) = &lines[first].marker else { return first + 1 };
        let is_sign = |line: &Line| {
            line.marker.as_ref().is_some_and(|marker| !matches!(marker.family, Family::Label(_)))
        };
        let same = |line: &Line| line.marker.as_ref().is_some_and(|marker| marker.family == *family);
        // A dash begins a paragraph of dialogue, so only what runs together is a list of dashes.
        let dashed = matches!(family, Family::Dash(_));
        let ends = |line: &Line| line.apart && (dashed || !is_sign(line));
        let length = lines[first + 1..].iter().take_while(|line| !ends(line)).count();
        let all = &lines[first..=first + length];
        let items: Vec<&Line> = all.iter().filter(|line| is_sign(line)).collect();
        let next = first + length + 1;
        let certain = match family {
            Family::Bullet => true,
            Family::Dash(_) => all.len() > 1 && adjacent(all, &same) && !is_dialogue(all),
            Family::Sign(_) => {
                items.len() > 1
                    && (adjacent(all, &same)
                        || all.iter().all(|line| is_sign(line) || line.indent > all[0].indent))
            }
            Family::Label(_) => false,
        };
        if !certain {
            return first + 1;
        }
        let mut mends = Vec::new();
        for line in &items {
            let Some(marker) = &line.marker else { continue };
            let nested = line.indent >= items[0].indent + 2 || marker.family != *family && !same(line);
            mends.extend(self.as_item(line, marker, if nested { "  - " } else { "- " }));
        }
        let range = lines[first].at.start..all.last().map_or(lines[first].at.end, |last| last.at.end);
        self.sure(SlipKind::Bullets(said.clone()), range, mends);
        next
    }

    /// Writes Markdown's own mark in the place of another.
    fn as_item(&self, line: &Line, marker: &Marker, mark: &str) -> Option<Mend> {
        let leaf = &self.leaves[line.leaf];
        let length = match marker.said.chars().next() {
            // A box says something.
            Some('☐' | '☑' | '☒' | '✓' | '✔') => 0,
            _ => marker.length,
        };
        let end = line.at.start + length;
        if line.at.start == leaf.at.start {
            return Some(Mend { at: At(line.at.start..end), with: mark.trim_start().to_owned() });
        }
        let base = self.base(leaf.at.start);
        let start = line_start(self.source, line.at.start);
        let wanted = format!("{base}{mark}");
        // Only what differs.
        let said = &self.source[start..end];
        let same = said
            .bytes()
            .zip(wanted.bytes())
            .take_while(|(one, other)| one == other && one.is_ascii())
            .count();
        Some(Mend { at: At(start + same..end), with: wanted[same..].to_owned() })
    }

    /// Lines with letters or numbers from `first` on; gives the line after the last of them.
    fn labels(&mut self, lines: &[Line<'a>], first: usize, label: &Label) -> usize {
        let mut run: Vec<(usize, &Label)> = vec![(first, label)];
        for (at, line) in lines.iter().enumerate().skip(first + 1) {
            let Some(Marker { family: Family::Label(label), .. }) = &line.marker else { continue };
            if label.follows(run[run.len() - 1].1) {
                run.push((at, label));
            }
        }
        let runs_together = run.iter().any(|(at, _)| !lines[*at].apart);
        let parts = matches!(label.value, Value::Parts(_));
        let led_in = first == 0
            || lines[first].apart
            || lines[first - 1].text.ends_with([':', '.', ';', ',', '?', '!'])
            || parts && run.len() > 2;
        // A figure or an initial that lines happen to begin with: ”1 lärare”, ”A. Ek”.
        let doubtful = label.may_be_words();
        let is_list = !doubtful
            || matches!(label.value, Value::Letters(_) | Value::Number(1))
                && run.iter().all(|(at, _)| lines[*at].text.split_whitespace().count() > FEW_WORDS);
        if run.len() < 2 || !runs_together || !is_list || (parts || doubtful) && !led_in {
            return first + 1;
        }
        let last = run.last().map_or(first, |(at, _)| *at);
        let number = label.number().filter(|number| *number < HIGH);
        let high = label.number().is_some_and(|number| number >= HIGH) && !label.tight;
        let mut mends = Vec::new();
        for (index, (at, label)) in run.iter().enumerate() {
            let line = &lines[*at];
            let Some(marker) = &line.marker else { continue };
            let own = number.is_none() || index == 0 && number != Some(1);
            if own && !line.apart && *at > 0 {
                mends.push(blank_line(lines[at - 1].at.end, &self.base(self.leaves[line.leaf].at.start)));
            }
            if high {
                mends.push(insert(line.at.start + marker.said.len() - 1, "\\"));
            } else if number.is_some() && !line.text[marker.said.len()..].starts_with([' ', '\t'])
                || label.tight
            {
                // No space, or one that Markdown does not know.
                let behind = line.at.start + marker.said.len()..line.at.start + marker.length;
                mends.push(Mend { at: At(behind), with: " ".into() });
            }
            mends.extend(number.and_then(|_| self.unindented(line)));
        }
        let range = lines[first].at.start..lines[last].at.end;
        let said = lines[first].marker.as_ref().map(|marker| marker.said.clone()).unwrap_or_default();
        let kind = match number {
            Some(number) if number != 1 && !label.tight => SlipKind::LateStart(said),
            _ => SlipKind::Labels(said),
        };
        mends.sort_by_key(|mend| mend.at.0.start);
        // ”1 skola svarade.” and ”2 skolor svarade inte.” may be sentences.
        match doubtful {
            true => self.doubt(kind, range, mends),
            false => self.sure(kind, range, mends),
        }
        last + 1
    }

    /// A line that stands where items of its container do.
    fn unindented(&self, line: &Line) -> Option<Mend> {
        let leaf = &self.leaves[line.leaf];
        let start = line_start(self.source, line.at.start);
        let base = self.base(leaf.at.start);
        (line.at.start > leaf.at.start && self.source[start..line.at.start] != *base)
            .then_some(Mend { at: At(start..line.at.start), with: base })
    }

    /// Finds tables within running text, and columns made of tabs or spaces.
    fn tabled(&mut self, lines: &[Line<'a>]) {
        let mut at = 0;
        while at < lines.len() {
            let line = &lines[at];
            let below = lines.get(at + 1).filter(|below| !below.apart);
            let head = cells(line.text).len();
            if line.text.contains('|')
                && let Some(below) = below.filter(|below| is_rule(below.text))
                && cells(below.text).len() == head
                && !line.apart
            {
                let mend = blank_line(lines[at - 1].at.end, &self.base(self.leaves[line.leaf].at.start));
                self.sure(SlipKind::TableInText, line.at.start..below.at.end, vec![mend]);
                return;
            }
            let rows = lines[at..].iter().take_while(|line| line.text.starts_with('|')).count();
            if rows > 1 && !(rows > 2 && lines[at].apart && lines[at].text.ends_with('|')) {
                self.doubt(SlipKind::TableInText, line.at.start..lines[at + rows - 1].at.end, Vec::new());
                at += rows;
                continue;
            }
            at += self.columns(&lines[at..]).max(1);
        }
    }

    /// Lines that begin here and have the same number of columns; gives how many.
    fn columns(&mut self, lines: &[Line<'a>]) -> usize {
        let is_item = |line: &Line| line.marker.as_ref().is_some_and(Marker::is_item);
        let number = gaps(lines[0].text).len();
        if number == 0 || is_item(&lines[0]) {
            return 0;
        }
        let mut rows = 1;
        while lines
            .get(rows)
            .is_some_and(|line| !line.apart && !is_item(line) && gaps(line.text).len() == number)
        {
            rows += 1;
        }
        if rows < 2 {
            return 0;
        }
        let base = self.base(self.leaves[lines[0].leaf].at.start);
        let mut mends = Vec::new();
        for (row, line) in lines[..rows].iter().enumerate() {
            mends.push(insert(line.at.start, "| "));
            let gaps = gaps(line.text).into_iter();
            mends.extend(gaps.map(|gap| Mend {
                at: At(line.at.start + gap.start..line.at.start + gap.end),
                with: " | ".into(),
            }));
            let rule =
                if row == 0 { format!("\n{base}|{}", " --- |".repeat(number + 1)) } else { String::new() };
            mends.push(insert(line.at.end, &format!(" |{rule}")));
        }
        self.doubt(SlipKind::Columns, lines[0].at.start..lines[rows - 1].at.end, mends);
        rows
    }
}

/// The gaps between the columns of a line: a tab, or three spaces and more.
fn gaps(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains('\t') && !text.contains("   ") {
        return found;
    }
    let mut at = 0;
    while let Some(start) = text[at..].find(['\t', ' ']).map(|start| at + start) {
        let end = text.len() - text[start..].trim_start_matches(['\t', ' ']).len();
        if text[start..end].contains('\t') || end - start > 2 {
            found.push(start..end);
        }
        at = end;
    }
    found
}

/// The length of what stands before the words of a paragraph's later line.
fn prefix(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '>']).len()
}

/// Whether every line begins an item, or goes on with the one before, indented.
fn adjacent(lines: &[Line], same: &dyn Fn(&Line) -> bool) -> bool {
    lines.iter().filter(|line| same(line)).count() > 1
        && lines[1..].iter().all(|line| same(line) || line.indent > lines[0].indent)
}

/// Whether somebody speaks in one of the lines.
fn is_dialogue(lines: &[Line]) -> bool {
    lines.iter().any(|line| {
        let words = line.text.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).any(|word| SAID.contains(&word))
    })
}
