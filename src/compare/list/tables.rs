//! Changes in tables: rows, columns and cells.

use super::run::{Run, extend, is_form};
use super::section::one;
use super::walk::{Made, Walk};
use super::{Deed, Subject, Weight};
use crate::compare::{Column, Fate, Node, Row, Span, is_same};

impl Walk<'_> {
    pub fn table(&mut self, columns: &[Column], rows: &[Row], node: &Node) {
        let name = |spans: &[Span]| Some(one(spans)).filter(|name| !name.is_empty());
        let heads: Vec<Option<String>> = rows
            .first()
            .map_or_else(Vec::new, |head| head.cells.iter().map(|cell| name(&cell.text)).collect());
        for (at, column) in columns.iter().enumerate() {
            let deed = match column.fate {
                Fate::New => Deed::New,
                Fate::Gone => Deed::Gone,
                _ => continue,
            };
            let mut all = Run::default();
            for cell in rows.iter().filter_map(|row| row.cells.get(at)) {
                all.spans.extend(cell.text.iter().cloned());
                extend(&mut all.at, &cell.at);
            }
            let head = heads.get(at).cloned().flatten();
            let what = (self.weight(Subject::Column, &[]), Subject::Column, deed);
            self.add(Made::of(what, all.spans, all.at).named(head.as_deref()));
        }
        for row in rows {
            let first = row.cells.first().and_then(|cell| name(&cell.text));
            let deed = match row.fate {
                Fate::New => Some(Deed::New),
                Fate::Gone => Some(Deed::Gone),
                Fate::Here(_) => Some(Deed::Moved),
                Fate::Away(_) => continue,
                Fate::Same => None,
            };
            if let Some(deed) = deed {
                let mut all = Run::default();
                for cell in &row.cells {
                    all.spans.extend(cell.text.iter().cloned());
                    extend(&mut all.at, &cell.at);
                }
                let what = (self.weight(Subject::Row, &[]), Subject::Row, deed);
                self.add(Made::of(what, all.spans, all.at).named(first.as_deref()));
            }
            if !matches!(row.fate, Fate::Same | Fate::Here(_)) {
                continue;
            }
            for (at, cell) in row.cells.iter().enumerate() {
                if columns.get(at).is_none_or(|column| column.fate != Fate::Same) || is_same(&cell.text) {
                    continue;
                }
                let named = [first.clone(), heads.get(at).cloned().flatten()];
                let named = named.into_iter().flatten().collect::<Vec<_>>().join(", ");
                let formed = is_form(&cell.text);
                let deed = if formed { Deed::Formed } else { Deed::Changed };
                let weight = if formed { Weight::Form } else { self.weight(Subject::Cell, &cell.text) };
                let made = Made::of((weight, Subject::Cell, deed), cell.text.clone(), cell.at.clone());
                self.add(made.named(Some(&named)));
            }
        }
        if columns.iter().any(|column| column.fate == Fate::Same && !column.align.is_same()) {
            let formed = (Weight::Form, Subject::Table, Deed::Formed);
            self.add(Made::of(formed, Vec::new(), node.at.clone()));
        }
    }
}
