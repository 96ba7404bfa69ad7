//! Tables, their rows and cells.

use super::Body;
use super::runs::Look;
use crate::export::columns::{Column, Columns};
use crate::export::docx::table;
use crate::export::docx::tracked::Mark;
use crate::export::docx::xml::Xml;
use crate::markdown::{Align, Inline};

impl<'a> Body<'a> {
    pub(super) fn table(
        &mut self,
        align: &[Align],
        head: &'a [Vec<Inline>],
        rows: &'a [Vec<Vec<Inline>>],
        out: &mut Xml,
    ) {
        let columns = Columns::of(align, head, rows, self.templates.widths());
        let widths = table::widths(&columns, self.sheet.column);
        self.open_table(&widths, columns.names_rows, out);
        let totals = std::iter::once(false).chain(columns.totals.iter().copied());
        let all = std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).zip(totals);
        for (at, (row, strong)) in all.enumerate() {
            self.open_row(at == 0, None, out);
            for ((cell, column), width) in row.iter().zip(&columns.all).zip(&widths) {
                self.open_cell(*width, None, out);
                let style = match column.align {
                    Align::Right => "Tabelltext höger",
                    Align::Center => "Tabelltext mitten",
                    Align::None | Align::Left => "Tabelltext",
                };
                let look = Look { strong, ..Look::default() };
                if at > 0 {
                    self.inset_cell(column, cell, strong);
                }
                self.paragraph(&[style, "Tabelltext", "Normal"], None, out, |body, out| {
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

    /// Lets the next paragraph stand as far in from the right as a cell of this column does.
    pub fn inset_cell(&mut self, column: &Column, cell: &[Inline], strong: bool) {
        self.inset = table::inset(column, cell, strong, self.templates.widths());
    }

    /// Opens a table.
    pub fn open_table(&mut self, widths: &[usize], names_rows: bool, out: &mut Xml) {
        table::open(self.ids.first(&["Table Grid"]), widths, names_rows, out);
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
