//! Tables: their form, and how wide the columns are.

use super::xml::Xml;
use crate::markdown::{Inline, plain};

/// The mean width of a letter of a table's text, and what a cell's margins take.
const LETTER: usize = 105;
const MARGINS: usize = 220;
/// The longest text that a column is widened for.
const LONGEST: usize = 45;

/// The widths of the columns, all of the text's width together: what the longest words need, and
/// the rest as the texts are long.
pub fn widths(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], column: usize) -> Vec<usize> {
    let cells = |at: usize| {
        let column = std::iter::once(head).chain(rows.iter().map(Vec::as_slice));
        column.filter_map(move |row| row.get(at)).map(|cell| plain(cell)).collect::<Vec<_>>()
    };
    let width = |letters: usize| letters * LETTER + MARGINS;
    let needs: Vec<(usize, usize)> = (0..head.len())
        .map(|at| {
            let texts = cells(at);
            let word = texts.iter().flat_map(|text| text.split(' ')).map(|word| word.chars().count()).max();
            let text = texts.iter().map(|text| text.chars().count().min(LONGEST)).max();
            let least = width(word.unwrap_or_default().min(LONGEST));
            (least, width(text.unwrap_or_default()).max(least))
        })
        .collect();
    let least: usize = needs.iter().map(|(least, _)| least).sum();
    let wanted: usize = needs.iter().map(|(_, wanted)| wanted).sum();
    let mut widths: Vec<usize> = needs
        .iter()
        .map(|(min, max)| {
            if wanted <= column {
                max * column / wanted.max(1)
            } else if least >= column {
                min * column / least
            } else {
                min + (max - min) * (column - least) / (wanted - least)
            }
        })
        .collect();
    // What rounding left.
    let rest = column.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
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
