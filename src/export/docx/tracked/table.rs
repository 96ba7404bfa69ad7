//! Tables among the changes: rows and columns come and go, and a column can be set in another way.

use super::{Mark, Tracked};
use crate::compare::{Cell, Column, Fate, Row, Side, Word};
use crate::export::columns::Columns;
use crate::export::docx::body::Was;
use crate::export::docx::table::Size;
use crate::export::docx::xml::Xml;
use crate::markdown::{self, Align, Inline};

/// A table as a document has it; rows by their places among those of both.
struct Held {
    columns: Columns,
    /// Which row is its head.
    head: Option<usize>,
    /// What the cells say.
    texts: Vec<Vec<Vec<Inline>>>,
    /// Which rows sum others up.
    totals: Vec<bool>,
    /// The size of its text.
    size: Size,
}

impl<'c> Tracked<'_, 'c> {
    /// A table so many indents in.
    pub(super) fn table(
        &mut self,
        fate: Fate,
        (columns, rows): (&'c [Column], &'c [Row]),
        depth: usize,
        out: &mut Xml,
    ) {
        let rows: Vec<&Row> = rows.iter().filter(|row| self.mark(row.fate).is_some()).collect();
        if rows.is_empty() {
            return;
        }
        let (old, new) =
            (self.held(columns, &rows, depth, Side::Old), self.held(columns, &rows, depth, Side::New));
        // What goes takes room, too.
        let texts: Vec<Vec<Vec<Inline>>> = rows.iter().map(|row| texts(row, |_| true)).collect();
        let align: Vec<Align> = columns.iter().map(|column| column.align.new).collect();
        let all = Columns::of(&align, &texts[0], &texts[1..], self.body.widths());
        let fit = self.body.fit(&all, depth);
        let names_rows = if self.is_in(fate, Side::New) { &new } else { &old }.columns.names_rows;
        // Whoever rejects all has the columns that were there before.
        let was: Vec<usize> = columns
            .iter()
            .zip(&fit.widths)
            .filter(|(column, _)| self.is_in(column.fate, Side::Old))
            .map(|(_, width)| *width)
            .collect();
        let was = Some(was.as_slice())
            .filter(|was| self.within.is_none() && fate == Fate::Same && was.len() < fit.widths.len());
        self.body.open_table(&fit, was, depth, names_rows, out);
        for (at, row) in rows.iter().enumerate() {
            let row_mark = self.mark(row.fate).flatten();
            let is_head = old.head == Some(at) || new.head == Some(at);
            self.body.open_row(is_head, row_mark, out);
            for (x, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
                let column_mark = self.mark(column.fate).flatten();
                self.body.open_cell(fit.widths[x], column_mark.filter(|_| row_mark.is_none()), out);
                let held = if row_mark.is_none_or(Mark::is_new) { &new } else { &old };
                self.is_strong = held.totals[at];
                let content = self.cell(cell, row.fate, column.fate);
                self.is_strong = false;
                let [was, form] = [&old, &new].map(|held| self.form_of(held, at, x));
                let is_old = [row_mark, column_mark].into_iter().flatten().any(|mark| !mark.is_new());
                let is_kept = row_mark.is_none() && column_mark.is_none();
                let shown = if is_old { was.clone() } else { form.clone() };
                self.body.end_with(row_mark, Some(was).filter(|was| is_kept && *was != form));
                self.body.set_inset(shown.inset);
                self.body.paragraph(&[&shown.style], None, out, |_, out| out.raw(&content));
                out.close("w:tc");
            }
            out.close("w:tr");
        }
        out.close("w:tbl");
        self.body.end_with(self.mark(fate).flatten(), None);
        self.body.paragraph(&["Efter tabell"], None, out, |_, _| {});
    }

    fn held(&self, columns: &[Column], rows: &[&Row], depth: usize, side: Side) -> Held {
        let is_new = side == Side::New;
        let has = |row: &Row| self.is_in(row.fate, side);
        let texts: Vec<Vec<Vec<Inline>>> = rows
            .iter()
            .map(|row| texts(row, |fate| if is_new { fate.is_new() } else { fate.is_old() }))
            .collect();
        let own: Vec<Vec<Vec<Inline>>> =
            rows.iter().zip(&texts).filter(|(row, _)| has(row)).map(|(_, texts)| texts.clone()).collect();
        let align: Vec<Align> =
            columns.iter().map(|column| if is_new { column.align.new } else { column.align.old }).collect();
        let (head, others) =
            own.split_first().map_or((&[][..], &[][..]), |(head, others)| (head.as_slice(), others));
        let columns = Columns::of(&align, head, others, self.body.widths());
        let mut sums = std::iter::once(false).chain(columns.totals.iter().copied());
        let totals = rows.iter().map(|row| has(row) && sums.next().unwrap_or_default()).collect();
        let head = rows.iter().position(|row| has(row));
        let size = self.body.fit(&columns, depth).size;
        Held { columns, head, texts, totals, size }
    }

    /// The form of a cell in a document.
    fn form_of(&self, held: &Held, at: usize, x: usize) -> Was {
        let column = &held.columns.all[x];
        let is_head = held.head.is_none_or(|head| head == at);
        let inset = match is_head {
            true => 0,
            false => self.body.inset_of(column, &held.texts[at][x], held.totals[at], held.size),
        };
        Was { style: held.size.styles(column.align)[0].to_owned(), list: None, inset }
    }

    fn cell(&mut self, cell: &'c Cell, row: Fate, column: Fate) -> Vec<u8> {
        let all = [row, column].into_iter().find(|fate| *fate != Fate::Same);
        let outer = self.within;
        self.within = all.filter(|fate| matches!(fate, Fate::Here(_) | Fate::Away(_))).or(outer);
        let content = match all.filter(|fate| matches!(fate, Fate::New | Fate::Gone)) {
            Some(fate) => self.line(&cell.text, |_| fate),
            None => self.line(&cell.text, |span| span.fate),
        };
        self.within = outer;
        content
    }
}

/// What the cells of a row say, of words with such a fate.
fn texts(row: &Row, is_wanted: impl Fn(Fate) -> bool) -> Vec<Vec<Inline>> {
    let whole = matches!(row.fate, Fate::New | Fate::Gone);
    let text = |cell: &Cell| {
        let spans = cell.text.iter().filter(|span| whole || is_wanted(span.fate));
        markdown::join(&spans.flat_map(|span| &span.words).map(Word::stretch).collect::<Vec<_>>())
    };
    row.cells.iter().map(text).collect()
}
