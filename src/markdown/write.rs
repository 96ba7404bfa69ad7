//! The tree to Markdown made for diffs.

use super::inlines::{InlinePlace, inlines};
use super::sentences::Abbreviations;
use super::tree::{Align, Block, BlockKind, Inline};

/// The one Markdown that says what `blocks` say: one sentence a line, one blank line between blocks.
pub fn write(blocks: &[Block], abbreviations: &Abbreviations) -> String {
    let writer = Writer { abbreviations };
    let mut lines = Vec::new();
    writer.blocks(blocks, Spacing::LOOSE, &mut lines);
    let mut text = lines.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

struct Writer<'a> {
    abbreviations: &'a Abbreviations,
}

/// How blocks stand in what holds them.
#[derive(Clone, Copy)]
struct Spacing {
    /// Without blank lines between them.
    tight: bool,
    /// The marker of the item that the first of them begins.
    marker: Option<char>,
}

impl Spacing {
    const LOOSE: Self = Self { tight: false, marker: None };
}

impl Writer<'_> {
    /// Adds the lines of `blocks`.
    fn blocks(&self, blocks: &[Block], spacing: Spacing, lines: &mut Vec<String>) {
        let mut marker = spacing.marker;
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 && !spacing.tight {
                lines.push(String::new());
            }
            marker = self.block(block, marker, lines);
        }
    }

    /// Adds the lines of a block that stands after a list with the marker `before`, and gives its own marker if it is
    /// a list: two lists beside each other are one when their markers are the same.
    fn block(&self, block: &Block, before: Option<char>, lines: &mut Vec<String>) -> Option<char> {
        match &block.kind {
            BlockKind::Heading { level, inlines } => {
                let hashes = "#".repeat(usize::from(*level));
                lines.push(format!("{hashes} {}", self.line(inlines, InlinePlace::Heading)));
            }
            BlockKind::Paragraph(inlines) => {
                lines.extend(self.line(inlines, InlinePlace::Lines).lines().map(str::to_owned));
            }
            BlockKind::List { start, tight, items } => {
                return Some(self.list(*start, *tight, items, before, lines));
            }
            BlockKind::Quote(blocks) => self.within("> ", "> ", blocks, Spacing::LOOSE, lines),
            BlockKind::Table { align, head, rows } => self.table(align, head, rows, lines),
            BlockKind::Code(code) => write_code(code, lines),
            BlockKind::Rule => lines.push("___".to_owned()),
            BlockKind::Footnote { label, blocks } => {
                self.within(&format!("[^{label}]: "), "    ", blocks, Spacing::LOOSE, lines);
            }
            BlockKind::Html(html) => lines.extend(html.split('\n').map(str::to_owned)),
            BlockKind::Part { role, blocks } => {
                lines.extend([format!("<!-- {role} -->"), String::new()]);
                self.blocks(blocks, Spacing::LOOSE, lines);
                if !blocks.is_empty() {
                    lines.push(String::new());
                }
                lines.push(format!("<!-- /{role} -->"));
            }
        }
        None
    }

    fn line(&self, text: &[Inline], place: InlinePlace) -> String {
        inlines(text, place, self.abbreviations)
    }

    fn list(
        &self,
        start: Option<u64>,
        tight: bool,
        items: &[Vec<Block>],
        before: Option<char>,
        lines: &mut Vec<String>,
    ) -> char {
        let marker = match (start, before) {
            (None, Some('-')) => '*',
            (None, _) => '-',
            (Some(_), Some('.')) => ')',
            (Some(_), _) => '.',
        };
        let spacing = Spacing {
            tight,
            // `- - -` would be a thematic break.
            marker: start.is_none().then_some(marker),
        };
        for (index, item) in (0..).zip(items) {
            if index > 0 && !tight {
                lines.push(String::new());
            }
            let first = match start {
                None => format!("{marker} "),
                // The highest number that a list can have; only the first one counts.
                Some(start) => format!("{}{marker} ", start.saturating_add(index).min(999_999_999)),
            };
            self.within(&first, &" ".repeat(first.len()), item, spacing, lines);
        }
        marker
    }

    /// Adds the lines of `blocks`, the first of them after `first`, the others after `rest`.
    fn within(&self, first: &str, rest: &str, blocks: &[Block], spacing: Spacing, lines: &mut Vec<String>) {
        let start = lines.len();
        self.blocks(blocks, spacing, lines);
        if lines.len() == start {
            lines.push(String::new());
        }
        for (index, line) in lines[start..].iter_mut().enumerate() {
            let indent = if index == 0 { first } else { rest };
            if line.is_empty() {
                line.push_str(indent.trim_end());
            } else {
                line.insert_str(0, indent);
            }
        }
    }

    fn table(
        &self,
        align: &[Align],
        head: &[Vec<Inline>],
        rows: &[Vec<Vec<Inline>>],
        lines: &mut Vec<String>,
    ) {
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let texts =
            |cells: &[Vec<Inline>]| cells.iter().map(|cell| self.line(cell, InlinePlace::Cell)).collect();
        let rule = |align: &Align| match align {
            Align::None => "---",
            Align::Left => ":---",
            Align::Center => ":---:",
            Align::Right => "---:",
        };
        lines.push(row(texts(head)));
        lines.push(row(align.iter().map(|align| rule(align).to_owned()).collect()));
        lines.extend(rows.iter().map(|cells| row(texts(cells))));
    }
}

/// Code within a fence that is longer than any run of backticks in it.
fn write_code(code: &str, lines: &mut Vec<String>) {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    lines.push(fence.clone());
    if !code.is_empty() {
        lines.extend(code.split('\n').map(str::to_owned));
    }
    lines.push(fence);
}
