//! Tables: their form, how wide the columns are, and how a table that is too wide is fitted.

use super::xml::Xml;
use crate::export::columns::{Column, Columns};
use crate::fonts::Widths;
use crate::markdown::{Align, Inline};

/// How a table is set: the widths of its columns, how far it goes into the margin, and how small its text is.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The widths of the columns.
    pub widths: Vec<usize>,
    /// How much wider than its room it is.
    pub beyond: usize,
    /// The size of its text.
    pub size: Size,
}

/// The size of a table's text: as the layouts have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 10 points.
    Usual,
    /// 9 points.
    Small,
    /// 8 points.
    Smallest,
}

/// The longest text that a column is widened for, in ems.
const LONGEST: f64 = 22.0;
/// A word wider than this, in ems, or than its share of the room, may break where there is no room for it.
const FAIR: f64 = 10.0;

impl Size {
    /// An em, in twentieths of a point.
    fn em(self) -> f64 {
        match self {
            Self::Usual => 200.0,
            Self::Small => 180.0,
            Self::Smallest => 160.0,
        }
    }

    /// What a cell's margins take.
    fn margins(self) -> f64 {
        if self == Self::Usual { 220.0 } else { 140.0 }
    }

    /// The style of a table.
    pub fn table(self) -> &'static str {
        if self == Self::Usual { "Table Grid" } else { "Tät tabell" }
    }

    /// The styles of a cell's text, the first that there is.
    pub fn styles(self, align: Align) -> [&'static str; 3] {
        let usual = match align {
            Align::Right => "Tabelltext höger",
            Align::Center => "Tabelltext mitten",
            Align::None | Align::Left => "Tabelltext",
        };
        let own = match (self, align) {
            (Self::Usual, _) => usual,
            (Self::Small, Align::Right) => "Liten tabelltext höger",
            (Self::Small, Align::Center) => "Liten tabelltext mitten",
            (Self::Small, _) => "Liten tabelltext",
            (Self::Smallest, Align::Right) => "Minsta tabelltext höger",
            (Self::Smallest, Align::Center) => "Minsta tabelltext mitten",
            (Self::Smallest, _) => "Minsta tabelltext",
        };
        [own, usual, "Normal"]
    }
}

/// How a table is set in a room beside which there is a margin. One that is too wide for the room uses the margin, then
/// smaller text; what is too wide even then has its words broken.
pub fn fit(columns: &Columns, room: usize, margin: usize) -> Fit {
    let wide = room + margin;
    let share = |room: usize| room as f64 / columns.all.len().max(1) as f64;
    let whole_words = |column: &Column, size: Size| column.least * size.em();
    let fair_words = |column: &Column, size: Size| {
        let fair = (FAIR * size.em()).max(share(room));
        (column.firm * size.em()).max((column.least * size.em()).min(fair))
    };
    let numbers = |column: &Column, size: Size| column.firm * size.em();
    type Least<'l> = &'l dyn Fn(&Column, Size) -> f64;
    let tries: [(usize, Size, Least); 5] = [
        (room, Size::Usual, &whole_words),
        (wide, Size::Usual, &fair_words),
        (wide, Size::Small, &fair_words),
        (wide, Size::Smallest, &fair_words),
        (wide, Size::Smallest, &numbers),
    ];
    let found = tries.into_iter().find_map(|(most, size, least)| {
        let least = |column: &Column| least(column, size) + size.margins();
        let widths = widths(columns, (room, most), size, least)?;
        Some(Fit { beyond: widths.iter().sum::<usize>().saturating_sub(room), widths, size })
    });
    // Not even its numbers have room: each column has the same.
    let same = wide / columns.all.len().max(1);
    let least = Fit { widths: vec![same; columns.all.len()], beyond: margin, size: Size::Smallest };
    found.unwrap_or(least)
}

/// The widths of columns, together a room, or more up to `most`: the least that each needs, and the rest as the texts
/// are long. None where not even the least has room.
fn widths(
    columns: &Columns,
    (room, most): (usize, usize),
    size: Size,
    least: impl Fn(&Column) -> f64,
) -> Option<Vec<usize>> {
    let needs: Vec<(f64, f64)> = columns
        .all
        .iter()
        .map(|column| {
            let least = least(column);
            (least, (column.whole.min(LONGEST) * size.em() + size.margins()).max(least))
        })
        .collect();
    let least: f64 = needs.iter().map(|(least, _)| least).sum();
    let wanted: f64 = needs.iter().map(|(_, wanted)| wanted).sum();
    let whole = wanted.clamp(room as f64, most as f64);
    if least > whole {
        return None;
    }
    let width = |(min, max): &(f64, f64)| {
        if wanted <= whole {
            max * whole / wanted
        } else {
            min + (max - min) * (whole - least) / (wanted - least)
        }
    };
    let mut widths: Vec<usize> = needs.iter().map(|need| width(need).floor() as usize).collect();
    // What rounding left.
    let rest = (whole.floor() as usize).saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    Some(widths)
}

/// How far in from the right a cell stands for its ones to be below the others', in twentieths of a point.
pub fn inset(column: &Column, cell: &[Inline], strong: bool, letters: &Widths, size: Size) -> usize {
    let inset = (column.inset(cell, strong, letters) * size.em()).round();
    format!("{:.0}", inset.max(0.0)).parse().unwrap_or_default()
}

/// Opens a table of columns of these widths; where others were there before, with the number of that change.
/// `indent` is how far in it stands.
pub fn open(
    style: Option<&str>,
    (widths, before): (&[usize], Option<(&str, &[usize])>),
    indent: isize,
    names_rows: bool,
    out: &mut Xml,
) {
    out.open("w:tbl", &[]);
    out.open("w:tblPr", &[]);
    if let Some(style) = style {
        out.value("w:tblStyle", style);
    }
    let whole = widths.iter().sum::<usize>().to_string();
    out.empty("w:tblW", &[("w:w", &whole), ("w:type", "dxa")]);
    if indent != 0 {
        out.empty("w:tblInd", &[("w:w", &indent.to_string()), ("w:type", "dxa")]);
    }
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
    columns(widths, out);
    if let Some((id, before)) = before {
        out.open("w:tblGridChange", &[("w:id", id)]);
        out.open("w:tblGrid", &[]);
        columns(before, out);
        out.close("w:tblGrid");
        out.close("w:tblGridChange");
    }
    out.close("w:tblGrid");
}

fn columns(widths: &[usize], out: &mut Xml) {
    for width in widths {
        out.empty("w:gridCol", &[("w:w", &width.to_string())]);
    }
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
