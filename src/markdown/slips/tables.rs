//! Tables: rows with cells too many or too few, and lines that are no rows.

use std::ops::Range;

use super::{Finder, Mend, SlipKind, blank_line, insert, line_start};

/// A table while it is read.
pub(super) struct Table {
    columns: usize,
    pub rows: Vec<Range<usize>>,
}

impl Table {
    pub fn new(columns: usize) -> Self {
        Self { columns, rows: Vec::new() }
    }
}

impl Finder<'_> {
    pub(super) fn end_table(&mut self) {
        let Some(Table { columns, rows }) = self.table.take() else { return };
        let row = |at: &Range<usize>| at.start..at.start + self.source[at.clone()].trim_end().len();
        let rows: Vec<Range<usize>> = rows.iter().map(row).collect();
        let has_bar = |at: &Range<usize>| {
            cells(&self.source[at.clone()]).len() > 1 || self.source[at.clone()].contains('|')
        };
        // The head is the first.
        let last = rows.iter().rposition(has_bar).unwrap_or(0);
        if let Some(text) = rows.get(last + 1) {
            let start = line_start(self.source, text.start);
            let end = rows.last().map_or(text.end, |last| last.end);
            let mend = blank_line(start.saturating_sub(1), &self.base(text.start));
            self.sure(SlipKind::BelowTable, text.start..end, vec![mend]);
        }
        // Rows that are too short mostly are for one reason.
        let mut short: Option<(usize, Range<usize>)> = None;
        for row in rows.iter().take(last + 1).skip(1) {
            let number = cells(&self.source[row.clone()]).len();
            match &mut short {
                _ if number >= columns => self.row(row, columns),
                Some((_, all)) => all.end = row.end,
                None => short = Some((number, row.clone())),
            }
        }
        if let Some((number, rows)) = short {
            self.doubt(SlipKind::TooFewCells(number, columns), rows, Vec::new());
        }
    }

    fn row(&mut self, row: &Range<usize>, columns: usize) {
        let text = &self.source[row.clone()];
        let found = cells(text);
        let number = found.len();
        let filled = |cell: &Range<usize>| !text[cell.clone()].trim().is_empty();
        if found.iter().skip(columns).any(filled) {
            let mends = self.bars(row, &found, number - columns);
            match mends.is_empty() {
                true => self.doubt(SlipKind::TooManyCells(number, columns), row.clone(), mends),
                false => self.sure(SlipKind::BarInCell, row.clone(), mends),
            }
        }
    }

    /// The bars of a row that are part of its text, where they are as many as are too many: those in code, or those
    /// without a space beside them in a row whose other bars have one.
    fn bars(&self, row: &Range<usize>, cells: &[Range<usize>], over: usize) -> Vec<Mend> {
        let text = &self.source[row.clone()];
        let bars: Vec<usize> = cells.windows(2).map(|pair| pair[0].end).collect();
        let in_code = |bar: &usize| {
            let cell_start = text[..*bar].rfind(" |").map_or(0, |at| at + 2);
            text[cell_start..*bar].matches('`').count() % 2 == 1 && text[*bar..].contains('`')
        };
        let tight = |bar: &usize| {
            let is_word = |c: char| !c.is_whitespace() && c != '|';
            text[..*bar].ends_with(is_word) && text[bar + 1..].starts_with(is_word)
        };
        let code: Vec<usize> = bars.iter().copied().filter(in_code).collect();
        let tight: Vec<usize> = bars.iter().copied().filter(tight).collect();
        let chosen = [code, tight].into_iter().find(|chosen| chosen.len() == over).unwrap_or_default();
        chosen.into_iter().map(|bar| insert(row.start + bar, "\\")).collect()
    }
}

/// The cells of a row as Markdown splits it: at every bar that no stroke escapes, but for those at its edges.
pub(super) fn cells(row: &str) -> Vec<Range<usize>> {
    let start = row.len() - row.trim_start().len();
    let mut found = Vec::new();
    let mut begins = if row[start..].starts_with('|') { start + 1 } else { start };
    let end = row.trim_end().len().max(begins);
    let mut escaped = false;
    let first = begins;
    for (at, c) in row[first..end].char_indices().map(|(at, c)| (first + at, c)) {
        if c == '|' && !escaped {
            found.push(begins..at);
            begins = at + 1;
        }
        escaped = c == '\\';
    }
    if begins < end {
        found.push(begins..end);
    }
    found
}

/// Whether a line is the one below a table's head.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains('|')
        && line.contains('-')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
        && cells(line).iter().all(|cell| line[cell.clone()].contains('-'))
}
