//! Tables: each scrolls by itself where it is wider than the page, and has heads that are heard.

use super::Body;
use crate::export::columns::Columns;
use crate::markdown::{Align, Inline};

fn hundredths(ems: f64) -> u32 {
    format!("{:.0}", (ems * 100.0).max(0.0)).parse().unwrap_or_default()
}

impl<'a> Body<'a> {
    pub(super) fn table(
        &mut self,
        align: &[Align],
        head: &'a [Vec<Inline>],
        rows: &'a [Vec<Vec<Inline>>],
        caption: Option<&'a [Inline]>,
    ) {
        self.tables += 1;
        let id = format!("tabell-{}", self.tables);
        let name = format!("Tabell {}", self.tables);
        let label =
            if caption.is_some() { ("aria-labelledby", id.as_str()) } else { ("aria-label", name.as_str()) };
        // Wider than the page it scrolls, also with keys.
        self.out.open("section", &[("class", "tabell"), label, ("tabindex", "0")]);
        self.out.open("table", &[]);
        self.out.line();
        if let Some(inlines) = caption {
            self.out.open("caption", &[("id", &id)]);
            self.inlines(inlines);
            self.out.end("caption");
        }
        let columns = Columns::of(align, head, rows, self.widths);
        self.out.open("thead", &[]);
        self.out.open("tr", &[]);
        for (cell, column) in head.iter().zip(&columns.all) {
            // An empty cell over the names of rows is the head of nothing.
            match cell.is_empty() {
                true => self.cell("td", cell, column.align, None, 0),
                false => self.cell("th", cell, column.align, Some("col"), 0),
            }
        }
        self.out.close("tr");
        self.out.end("thead");
        self.out.open("tbody", &[]);
        self.out.line();
        for (row, is_total) in rows.iter().zip(&columns.totals) {
            self.out.open("tr", if *is_total { &[("class", "summa")] } else { &[] });
            for (at, (cell, column)) in row.iter().zip(&columns.all).enumerate() {
                let inset = hundredths(column.inset(cell, *is_total, self.widths));
                match at == 0 && columns.names_rows {
                    true => self.cell("th", cell, column.align, Some("row"), inset),
                    false => self.cell("td", cell, column.align, None, inset),
                }
            }
            self.out.end("tr");
        }
        self.out.end("tbody");
        self.out.close("table");
        self.out.end("section");
    }

    /// A cell; `inset` is how far in from the right it stands, in hundredths of an em.
    fn cell(&mut self, name: &str, inlines: &'a [Inline], align: Align, scope: Option<&str>, inset: u32) {
        let class = match align {
            Align::Right if inset > 0 => Some(format!("hoger {}", self.insets.class(inset))),
            Align::Right => Some("hoger".to_owned()),
            Align::Center => Some("mitten".to_owned()),
            Align::None | Align::Left => None,
        };
        let attributes = [("scope", scope), ("class", class.as_deref())];
        let attributes = attributes.into_iter().filter_map(|(name, value)| Some((name, value?)));
        self.out.open(name, &attributes.collect::<Vec<_>>());
        self.inlines(inlines);
        self.out.close(name);
    }
}
