//! Tables: their form, and how wide the columns are.

use super::xml::Xml;
use crate::export::columns::{Column, Columns};
use crate::fonts::Widths;
use crate::markdown::Inline;

/// An em of a table's text, and what a cell's margins take.
const EM: f64 = 200.0;
const MARGINS: f64 = 220.0;
/// The longest text that a column is widened for, in ems.
const LONGEST: f64 = 22.0;

/// The widths of the columns, all of the text's width together: what the longest words need, and
/// the rest as the texts are long.
pub fn widths(columns: &Columns, room: usize) -> Vec<usize> {
    let column = room as f64;
    let needs = columns.all.iter().map(|column| {
        let least = column.least * EM + MARGINS;
        (least, (column.whole.min(LONGEST) * EM + MARGINS).max(least))
    });
    let needs: Vec<(f64, f64)> = needs.collect();
    let least: f64 = needs.iter().map(|(least, _)| least).sum();
    let wanted: f64 = needs.iter().map(|(_, wanted)| wanted).sum();
    let width = |(min, max): &(f64, f64)| {
        if wanted <= column {
            max * column / wanted
        } else if least >= column {
            min * column / least
        } else {
            min + (max - min) * (column - least) / (wanted - least)
        }
    };
    let mut widths: Vec<usize> = needs.iter().map(|need| width(need).floor() as usize).collect();
    // What rounding left.
    let rest = room.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

/// How far in from the right a cell stands for its ones to be below the others', in twentieths of a point.
pub fn inset(column: &Column, cell: &[Inline], strong: bool, letters: &Widths) -> usize {
    let inset = (column.inset(cell, strong, letters) * EM).round();
    format!("{:.0}", inset.max(0.0)).parse().unwrap_or_default()
}

/// Opens a table.
pub fn open(style: Option<&str>, widths: &[usize], names_rows: bool, out: &mut Xml) {
    out.open("w:tbl", &[]);
    out.open("w:tblPr", &[]);
    if let Some(style) = style {
        out.value("w:tblStyle", style);
    }
    let whole = widths.iter().sum::<usize>().to_string();
    out.empty("w:tblW", &[("w:w", &whole), ("w:type", "dxa")]);
    out.empty("w:tblLayout", &[("w:type", "fixed")]);
    let (value, column) = if names_rows { ("04A0", "1") } else { ("0420", "0") };
    out.empty(
        "w:tblLook",
        &[
            ("w:val", value),
            ("w:firstRow", "1"),
            ("w:lastRow", "0"),
            ("w:firstColumn", column),
            ("w:lastColumn", "0"),
            ("w:noHBand", "0"),
            ("w:noVBand", "1"),
        ],
    );
    out.close("w:tblPr");
    out.open("w:tblGrid", &[]);
    for width in widths {
        out.empty("w:gridCol", &[("w:w", &width.to_string())]);
    }
    out.close("w:tblGrid");
}

/// Opens a row and its properties; the head is repeated on every page, and no row is split over pages.
pub fn open_row(is_head: bool, out: &mut Xml) {
    out.open("w:tr", &[]);
    out.open("w:trPr", &[]);
    out.empty("w:cantSplit", &[]);
    if is_head {
        out.empty("w:tblHeader", &[]);
    }
}

/// Opens a cell and its properties.
pub fn open_cell(width: usize, out: &mut Xml) {
    out.open("w:tc", &[]);
    out.open("w:tcPr", &[]);
    out.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
}
