//! Tables, their rows and cells.

use super::Body;
use super::runs::Look;
use crate::export::columns::{Column, Columns};
use crate::export::docx::table::{self, Fit, Size};
use crate::export::docx::tracked::Mark;
use crate::export::docx::xml::Xml;
use crate::markdown::{Align, Inline};

impl<'a> Body<'a> {
    pub(super) fn table(
        &mut self,
        align: &[Align],
        head: &'a [Vec<Inline>],
        rows: &'a [Vec<Vec<Inline>>],
        depth: usize,
        out: &mut Xml,
    ) {
        let columns = Columns::of(align, head, rows, self.templates.widths());
        let fit = self.fit(&columns, depth);
        self.open_table(&fit, None, depth, columns.names_rows, out);
        let totals = std::iter::once(false).chain(columns.totals.iter().copied());
        let all = std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).zip(totals);
        for (at, (row, strong)) in all.enumerate() {
            self.open_row(at == 0, None, out);
            for ((cell, column), width) in row.iter().zip(&columns.all).zip(&fit.widths) {
                self.open_cell(*width, None, out);
                let look = Look { strong, ..Look::default() };
                if at > 0 {
                    self.inset = self.inset_of(column, cell, strong, fit.size);
                }
                self.paragraph(&fit.size.styles(column.align), None, out, |body, out| {
                    body.inlines(cell, look, out);
                });
                out.close("w:tc");
            }
            out.close("w:tr");
        }
        out.close("w:tbl");
        // A table has no space below it, and two in a row would be one.
        self.paragraph(&["Efter tabell"], None, out, |_, _| {});
    }

    /// How a table so many indents in is set.
    pub fn fit(&self, columns: &Columns, depth: usize) -> Fit {
        table::fit(columns, self.sheet.column - self.sheet.indent_of(depth), self.sheet.beside())
    }

    /// How far in from the right a cell of this column stands.
    pub fn inset_of(&self, column: &Column, cell: &[Inline], strong: bool, size: Size) -> usize {
        table::inset(column, cell, strong, self.templates.widths(), size)
    }

    /// Lets the next paragraph stand so far in from the right.
    pub fn set_inset(&mut self, inset: usize) {
        self.inset = inset;
    }

    /// Opens a table so many indents in; `before` are the widths of the columns that it had.
    pub fn open_table(
        &mut self,
        fit: &Fit,
        before: Option<&[usize]>,
        depth: usize,
        names_rows: bool,
        out: &mut Xml,
    ) {
        let before = before.map(|widths| (self.bookmark_id(), widths));
        let before = before.as_ref().map(|(id, widths)| (id.as_str(), *widths));
        let style = self.ids.first(&[fit.size.table(), "Table Grid"]);
        let indent = self.sheet.indent_of(depth) as isize - fit.beyond as isize;
        table::open(style, (&fit.widths, before), indent, names_rows, out);
    }

    /// Opens a row: the head, or another.
    pub fn open_row(&mut self, is_head: bool, mark: Option<Mark>, out: &mut Xml) {
        table::open_row(is_head, out);
        if let Some(mark) = mark {
            // A row has no marks of a move.
            self.change(if mark.is_new() { "w:ins" } else { "w:del" }, out);
        }
        out.close("w:trPr");
    }

    /// Opens a cell; `mark` is what its column is.
    pub fn open_cell(&mut self, width: usize, mark: Option<Mark>, out: &mut Xml) {
        table::open_cell(width, out);
        if let Some(mark) = mark {
            self.change(if mark.is_new() { "w:cellIns" } else { "w:cellDel" }, out);
        }
        out.close("w:tcPr");
    }
}
