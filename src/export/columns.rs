//! What the columns of a table hold, for all formats: which are numbers, how wide their words are, which rows
//! sum others up. Where the columns go on the page is the layout's business.

use super::outline::names_rows;
use crate::fonts::{Face, Widths};
use crate::language::together::{self, BOUND};
use crate::markdown::{Align, Inline, InlineKind, plain};

/// A table as it is set.
pub struct Columns {
    /// The columns, from the left.
    pub all: Vec<Column>,
    /// Whether the first column names the rows.
    pub names_rows: bool,
    /// Of each row below the head, whether it sums others up.
    pub totals: Vec<bool>,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// How it is aligned: numbers to the right, where the author says nothing.
    pub align: Align,
    /// Whether all that it holds below its head are numbers.
    pub numbers: bool,
    /// The width of its widest word that holds a digit, in ems of the text: numbers never break.
    pub firm: f64,
    /// The width of its widest word, in ems: narrower, a word would break.
    pub least: f64,
    /// The width of its widest text on one line, in ems.
    pub whole: f64,
    /// The width of the most that stands after a number's ones, in ems: decimals, and a unit.
    pub tail: f64,
}

impl Columns {
    /// The columns of a table.
    pub fn of(align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], widths: &Widths) -> Self {
        let totals: Vec<bool> = rows.iter().map(|row| is_total(row)).collect();
        let names_rows = names_rows(head, rows);
        let column = |(at, align): (usize, &Align)| {
            let cells =
                || rows.iter().zip(&totals).filter_map(move |(row, total)| Some((row.get(at)?, *total)));
            let numbers = !(names_rows && at == 0) && are_numbers(cells().map(|(cell, _)| plain(cell)));
            let mut column = Column {
                align: if numbers && *align == Align::None { Align::Right } else { *align },
                numbers,
                firm: 0.0,
                least: 0.0,
                whole: 0.0,
                tail: 0.0,
            };
            let heads = head.get(at).map(|cell| (cell, true));
            for (cell, strong) in heads.into_iter().chain(cells()) {
                let measured = measure(cell, strong, widths);
                column.firm = column.firm.max(measured.firm);
                column.least = column.least.max(measured.least);
                column.whole = column.whole.max(measured.whole);
            }
            if column.is_on_decimals() {
                // What stands before the decimals of one number and after those of another.
                let parts = cells()
                    .map(|(cell, strong)| (measure(cell, strong, widths).whole, tail(cell, strong, widths)));
                let parts: Vec<(f64, f64)> = parts.collect();
                column.tail = parts.iter().map(|(_, tail)| *tail).fold(0.0, f64::max);
                let before = parts.iter().map(|(whole, tail)| whole - tail).fold(0.0, f64::max);
                for width in [&mut column.firm, &mut column.least, &mut column.whole] {
                    *width = width.max(before + column.tail);
                }
            }
            column
        };
        Self { all: align.iter().enumerate().map(column).collect(), names_rows, totals }
    }
}

impl Column {
    /// Whether its numbers stand with their ones below one another.
    fn is_on_decimals(&self) -> bool {
        self.numbers && self.align == Align::Right
    }

    /// How far in from the right a cell stands for its ones to be below the others', in ems.
    pub fn inset(&self, cell: &[Inline], strong: bool, widths: &Widths) -> f64 {
        if self.is_on_decimals() { self.tail - tail(cell, strong, widths) } else { 0.0 }
    }
}

/// Whether a row sums others up: its first words say so.
fn is_total(row: &[Vec<Inline>]) -> bool {
    let first =
        row.iter().map(|cell| plain(cell)).find(|text| !text.is_empty()).unwrap_or_default().to_lowercase();
    let word = first.split([' ', BOUND, ':', ',']).next().unwrap_or_default();
    matches!(word, "summa" | "totalt" | "total" | "totalsumma" | "slutsumma" | "delsumma" | "sammanlagt")
}

/// Whether these cells are numbers, but for some in which there is nothing to say.
fn are_numbers(cells: impl Iterator<Item = String>) -> bool {
    let mut some = false;
    for cell in cells {
        if !is_blank(&cell) {
            if ones_end(&cell).is_none() {
                return false;
            }
            some = true;
        }
    }
    some
}

fn is_blank(cell: &str) -> bool {
    cell.chars().all(|sign| sign.is_whitespace() || "–—-−.…".contains(sign))
}

/// Where the ones of a number end: before its decimals, its unit or its mark of a note. None of what is no number.
fn ones_end(cell: &str) -> Option<usize> {
    let unsigned = cell.trim_start_matches(['+', '-', '−', '–', '±', '<', '>']).trim_start();
    let start = cell.len() - unsigned.len();
    let is_space = |sign: char| sign == ' ' || sign == BOUND || sign == '\u{202f}';
    let digits = |text: &str| text.len() - text.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let mut end = digits(unsigned);
    if end == 0 {
        return None;
    }
    while let Some(rest) = unsigned[end..].strip_prefix(is_space)
        && digits(rest) == 3
    {
        end = unsigned.len() - rest.len() + 3;
    }
    let mut rest = &unsigned[end..];
    if let Some(decimals) = rest.strip_prefix(',') {
        if digits(decimals) == 0 {
            return None;
        }
        rest = &decimals[digits(decimals)..];
    }
    let unit = rest.trim_matches(|sign: char| is_space(sign) || sign == '*');
    (unit.is_empty() || unit.split(is_space).all(together::is_unit)).then_some(start + end)
}

/// The width of what stands after the ones of a number.
fn tail(cell: &[Inline], strong: bool, widths: &Widths) -> f64 {
    let text = plain(cell);
    let tail = ones_end(&text).map_or("", |end| &text[end..]);
    widths.of(if strong || is_strong(cell) { Face::Bold } else { Face::Regular }, tail) + notes(cell)
}

fn is_strong(cell: &[Inline]) -> bool {
    matches!(cell, [Inline { kind: InlineKind::Strong(_), .. }, ..])
}

/// The width of the numbers of notes.
fn notes(cell: &[Inline]) -> f64 {
    let is_note = |inline: &&Inline| matches!(inline.kind, InlineKind::Note(_));
    cell.iter().filter(is_note).count() as f64 * NOTE
}

/// The width of a note's small number, of two digits at most.
const NOTE: f64 = 0.65;

/// More than this many letters long, a word may break anywhere.
pub const LONGEST_WORD: usize = 40;

/// Measures a text.
fn measure<'a>(cell: &[Inline], strong: bool, widths: &'a Widths) -> Ruler<'a> {
    let mut ruler = Ruler {
        widths,
        firm: 0.0,
        least: 0.0,
        whole: 0.0,
        word: 0.0,
        letters: 0,
        has_digit: false,
        line: 0.0,
    };
    ruler.text(cell, strong, false);
    ruler.end_line();
    ruler
}

struct Ruler<'a> {
    widths: &'a Widths,
    /// The widest word with a digit, the widest word, the widest line.
    firm: f64,
    least: f64,
    whole: f64,
    /// The word at hand.
    word: f64,
    letters: usize,
    has_digit: bool,
    /// The line at hand.
    line: f64,
}

impl Ruler<'_> {
    fn text(&mut self, inlines: &[Inline], strong: bool, emphasis: bool) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => self.signs(text, Face::of(strong, emphasis)),
                InlineKind::Code(text) => self.signs(text, Face::Sans),
                InlineKind::Emph(inner) => self.text(inner, strong, true),
                InlineKind::Strong(inner) => self.text(inner, true, emphasis),
                InlineKind::Link { inlines, .. } => self.text(inlines, strong, emphasis),
                InlineKind::Break => self.end_line(),
                InlineKind::Note(_) => {
                    self.word += NOTE;
                    self.line += NOTE;
                }
                InlineKind::Image { .. } | InlineKind::Html(_) => {}
            }
        }
    }

    fn signs(&mut self, text: &str, face: Face) {
        let mut hyphen = false;
        for sign in text.chars() {
            let width = self.widths.of_sign(face, sign);
            self.line += width;
            // `Enskede-Årsta` may break, `2023-2024` not.
            if sign == ' ' || std::mem::replace(&mut hyphen, sign == '-') && sign.is_alphabetic() {
                self.end_word();
            }
            if sign == ' ' {
                continue;
            }
            self.letters += 1;
            self.word += width;
            self.has_digit |= sign.is_ascii_digit();
            if self.letters > LONGEST_WORD {
                self.word /= 2.0;
                self.letters = LONGEST_WORD / 2;
            }
        }
    }

    fn end_word(&mut self) {
        self.least = self.least.max(self.word);
        if self.has_digit && self.letters < LONGEST_WORD / 2 {
            self.firm = self.firm.max(self.word);
        }
        (self.word, self.letters, self.has_digit) = (0.0, 0, false);
    }

    fn end_line(&mut self) {
        self.end_word();
        self.whole = self.whole.max(self.line);
        self.line = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Templates;
    use crate::markdown::{self, BlockKind};

    fn columns(table: &str) -> Columns {
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        let parsed = markdown::parse(table);
        let BlockKind::Table { align, head, rows } = &parsed.blocks[0].kind else { panic!("a table") };
        Columns::of(align, head, rows, templates.widths())
    }

    #[test]
    fn numbers_stand_to_the_right_unless_the_author_says_otherwise() {
        for (cell, is_number) in [
            ("12", true),
            ("1 250 000", true),
            ("−3,5 %", true),
            ("12,50 kr", true),
            ("3 miljoner kronor", true),
            ("18*", true),
            ("–", false),
            ("10.30", false),
            ("2026-03-02", false),
            ("2026/18", false),
            ("12 elever", false),
            ("1 av 2", false),
        ] {
            let columns = columns(&format!("| Skola | Tal |\n|---|---|\n| Norra | {cell} |"));
            let expected = if is_number { Align::Right } else { Align::None };
            assert_eq!(columns.all[1].align, expected, "{cell}");
        }
        assert_eq!(columns("| A | Tal |\n|---|:--|\n| a | 1 |").all[1].align, Align::Left);
        assert_eq!(columns("| A | Tal |\n|---|:-:|\n| a | 1 |").all[1].align, Align::Center);
        // What names the rows is no amount.
        assert_eq!(
            columns("| År | Antal |\n|---|---|\n| 2024 | 1 |\n| 2025 | 2 |").all[0].align,
            Align::None
        );
    }

    #[test]
    fn ones_stand_below_one_another() {
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        let table = "| Skola | Tal |\n|---|---|\n| Norra | 12,25 % |\n| Södra | 3 % |\n| Östra | – |";
        let parsed = markdown::parse(table);
        let BlockKind::Table { align, head, rows } = &parsed.blocks[0].kind else { panic!("a table") };
        let widths = templates.widths();
        let columns = Columns::of(align, head, rows, widths);
        let insets: Vec<f64> = rows.iter().map(|row| columns.all[1].inset(&row[1], false, widths)).collect();
        let comma = widths.of(Face::Regular, ",25");
        assert!(insets[0].abs() < 1e-6 && (insets[1] - comma).abs() < 1e-6, "{insets:?}");
        assert!(insets[2] > comma, "{insets:?}");
    }

    #[test]
    fn a_row_that_sums_up_says_so() {
        let totals =
            columns("| A | B |\n|---|---|\n| Summan av | 1 |\n| Totalt | 3 |\n| | Summa: 4 |").totals;
        assert_eq!(totals, [false, true, true]);
    }

    #[test]
    fn a_word_is_as_wide_as_its_letters() {
        let narrow = columns("| A |\n|---|\n| ett ord |").all[0];
        let wide = columns("| A |\n|---|\n| ett förskoleklassrum |").all[0];
        assert!(narrow.least < narrow.whole && wide.least > 2.0 * narrow.least);
        let bound = columns("| A |\n|---|\n| 500\u{a0}000 |").all[0];
        assert!((bound.least - bound.whole).abs() < 1e-6);
    }
}
