//! Tables, their rows and cells.

use super::Body;
use crate::export::docx::table;
use crate::export::docx::tracked::Mark;
use crate::export::docx::xml::Xml;
use crate::export::outline::names_rows;
use crate::markdown::{Align, Inline};

impl<'a> Body<'a> {
    pub(super) fn table(
        &mut self,
        align: &[Align],
        head: &'a [Vec<Inline>],
        rows: &'a [Vec<Vec<Inline>>],
        out: &mut Xml,
    ) {
        let widths = table::widths(head, rows, self.sheet.column);
        self.open_table(&widths, names_rows(head, rows), out);
        for (at, row) in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).enumerate() {
            self.open_row(at == 0, None, out);
            for ((cell, align), width) in row.iter().zip(align).zip(&widths) {
                self.open_cell(*width, None, out);
                let style = match align {
                    Align::Right => "Tabelltext höger",
                    Align::Center => "Tabelltext mitten",
                    Align::None | Align::Left => "Tabelltext",
                };
                self.text_paragraph(cell, &[style, "Tabelltext", "Normal"], None, out);
                out.close("w:tc");
            }
            out.close("w:tr");
        }
        out.close("w:tbl");
        // A table has no space below it, and two in a row would be one.
        self.paragraph(&["Efter tabell"], None, out, |_, _| {});
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
