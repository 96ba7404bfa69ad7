//! The page: a layout's measures, as data among the templates, and where the letterhead goes.

use crate::diagnostic::{Diagnostic, Source, codes};
use crate::document::Document;
use crate::export::letterhead::Letterhead;
use crate::library::{Templates, slug};
use crate::markdown::{Block, BlockKind};
use crate::yaml::field::record;
use crate::yaml::values::Line;

record! {
    /// The measures of a page in Word.
    pub struct Measures {
        "överkant" required top: Line, "Avståndet från papperets överkant till texten.";
        "nederkant" required bottom: Line, "Avståndet från texten till papperets nederkant.";
        "vänsterkant" required left: Line, "Avståndet från papperets vänsterkant till texten.";
        "textbredd" required column: Line, "Textens bredd.";
        "märkesspalt" required margin: Line, "Bredden på spalten till vänster om texten, där märket och adressen står.";
        "brevhuvud från överkant" required head: Line, "Avståndet från papperets överkant till brevhuvudet.";
        "brevhuvudets höjd" required letterhead: Line, "Brevhuvudets höjd, ner till titeln.";
        "adressens plats" optional address: Option<Line>, "Var adressen står på första sidan: under märket (utelämnas det), eller under brevhuvudet.";
        "indrag" required indent: Line, "En punkts indrag.";
        "dnr" required dnr: Line, "Ordet före diarienumret.";
        "sida" required page: Line, "Ordet före sidans nummer.";
    }
}

/// The measures that stand in for those that a kind of document has not.
const USUAL: &str = "word/tjansteutlatande.yaml";
/// A4, in twentieths of a point.
pub const PAPER: (usize, usize) = (11906, 16838);
/// A line of small print, and its mean letter.
const LINE: usize = 207;
const LETTER: usize = 92;
/// Between the columns of the letterhead, and between its rows.
const GUTTER: usize = 240;
const ROW: usize = 400;
/// How many lines the mark is high.
const MARK: usize = 5;
/// Closer to the paper's edge printers print nothing.
const EDGE: usize = 170;
/// The faces of text, headings and letterhead, where the profile has no others.
pub const USUAL_FACES: [&str; 3] = ["Times New Roman", "Arial", "Arial"];

/// A page of a document, all measures in twentieths of a point.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Where the text begins, from the top of the paper.
    pub top: usize,
    /// Below the text.
    pub bottom: usize,
    /// Left of the text.
    pub left: usize,
    /// The width of the text.
    pub column: usize,
    /// The word before the diarienummer.
    pub dnr: String,
    /// The word before a page's number.
    pub page: String,
    margin: usize,
    /// Where letterhead and running header begin, from the top of the paper.
    pub head: usize,
    letterhead: usize,
    indent: usize,
    /// How many lines each row of the letterhead has.
    rows: [usize; 2],
    /// How many lines the address has.
    address: usize,
    /// Whether the address stands below the letterhead, and not below the mark.
    address_below: bool,
    /// The face of the text, of headings and of the letterhead.
    pub faces: [String; 3],
    /// The colour of headings, if it is not the text's, as six hexadecimal digits.
    pub heading: Option<String>,
    /// The colour of the line below the letterhead, if there is one, likewise.
    pub line: Option<String>,
    /// Whether a line stands under the title.
    has_subtitle: bool,
}

/// A part of the letterhead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The mark.
    Mark,
    /// Who writes.
    Sender,
    /// What it is.
    Kind,
    /// Who prepared it.
    Officers,
    /// Whom it is for.
    Recipient,
    /// How to reach the sender.
    Address,
}

/// Where a part of the letterhead stands.
pub struct Frame {
    /// From the left of the paper.
    pub x: usize,
    /// From the top of the paper.
    pub y: usize,
    /// How wide it is.
    pub width: usize,
    /// How high it is at least.
    pub height: usize,
}

impl Sheet {
    /// The page of a document.
    ///
    /// # Errors
    /// What is wrong with the measures.
    pub fn of(
        document: &Document,
        letterhead: &Letterhead,
        templates: &Templates,
    ) -> Result<Self, Vec<Diagnostic>> {
        let own = format!("word/{}.yaml", slug(&document.front.mall.text));
        let name = if templates.file(&own).is_some() { &own } else { USUAL };
        let text = templates.file(name).map(String::from_utf8_lossy).unwrap_or_default();
        let (measures, mut problems) =
            crate::yaml::record::<Measures>(&Source::new(templates.shown(name), text));
        let mut measure = |line: &Line| {
            twips(&line.text).unwrap_or_else(|| {
                if !line.is_empty() {
                    let finding =
                        Diagnostic::new(codes::OKANT_VARDE, format!("”{}” är inget mått", line.text))
                            .hint("Skriv ett tal och cm eller pt, till exempel 6,2 cm.");
                    problems.push(finding.at(line.place()));
                }
                0
            })
        };
        let looks = letterhead.looks.cloned().unwrap_or_default();
        let [above, right, below, aside] = looks.margins().map(|margin| margin.map(of_centimetres));
        let (top, bottom) = (measure(&measures.top), measure(&measures.bottom));
        let (usual, usual_column) = (measure(&measures.left), measure(&measures.column));
        let left = aside.unwrap_or(usual);
        let right = right.unwrap_or(PAPER.0.saturating_sub(usual + usual_column));
        let column = if aside.is_some() || looks.margins()[1].is_some() {
            PAPER.0.saturating_sub(left + right)
        } else {
            usual_column
        };
        let margin = measure(&measures.margin);
        // A margin of the profile's own can be narrower than the mark's column.
        let margin = if aside.is_some() { margin.min(left.saturating_sub(EDGE)) } else { margin };
        let address_below = measures.address.as_ref().is_some_and(|place| place.text == "under brevhuvudet");
        let cell = column / 2;
        let cells = super::letterhead::lines(letterhead);
        let height = |at: usize, width: usize| -> usize {
            cells[at].iter().map(|line| line.letters().max(1).div_ceil((width / LETTER).max(1))).sum()
        };
        let sheet = Self {
            top: above.unwrap_or(top),
            bottom: below.unwrap_or(bottom),
            left,
            column,
            margin,
            head: measure(&measures.head),
            letterhead: measure(&measures.letterhead),
            indent: measure(&measures.indent),
            rows: [height(0, cell).max(height(1, cell)), height(2, cell).max(height(3, cell))],
            address: height(4, if address_below { column } else { margin }),
            address_below,
            has_subtitle: document.blocks.iter().any(is_subtitle),
            dnr: measures.dnr.text.clone(),
            page: measures.page.text.clone(),
            faces: std::array::from_fn(|at| looks.faces()[at].unwrap_or(USUAL_FACES[at]).to_owned()),
            heading: looks.colours()[0].map(hexadecimal),
            line: looks.colours()[1].map(hexadecimal),
        };
        let beside = sheet.left + sheet.column > PAPER.0 || sheet.left < sheet.margin;
        if problems.is_empty() && beside {
            problems.push(
                Diagnostic::new(
                    codes::OKANT_VARDE,
                    format!("måtten i {} ryms inte på papperet", templates.shown(name)),
                )
                .hint("Minska textbredd eller märkesspalt: tillsammans med vänsterkant högst 21 cm."),
            );
        }
        if problems.iter().any(Diagnostic::is_error) { Err(problems) } else { Ok(sheet) }
    }

    /// The indent of a point, half of which is its number's.
    pub fn indent(&self) -> usize {
        self.indent
    }

    /// The margin beside the text that a table can use, where it is too wide for the text.
    pub fn beside(&self) -> usize {
        self.margin.min(self.left.saturating_sub(EDGE))
    }

    /// How far in the text of so many lists within one another stands. However deep, half of the column is left.
    pub fn indent_of(&self, lists: usize) -> usize {
        (self.indent * lists).min(self.column / 2)
    }

    /// The space above the title, where the letterhead stands; it grows with the letterhead.
    pub fn title_before(&self) -> u32 {
        let below = if self.address_below { self.address } else { 0 };
        let rows = self.rows.iter().chain([&below]).filter(|lines| **lines > 0);
        let grown = rows.map(|lines| lines * LINE + ROW).sum::<usize>();
        let end = self.head + self.letterhead.max(grown);
        u32::try_from(end.saturating_sub(self.top)).unwrap_or_default()
    }

    /// The space below the title: what stands under it stands close.
    pub fn title_after(&self) -> u32 {
        if self.has_subtitle { 120 } else { 480 }
    }

    /// Where a part of the letterhead stands: the mark, two rows of two, and the address. On paper that
    /// stands at the foot, where a frame would leave no room for footnotes.
    pub fn frame(&self, cell: Cell) -> Frame {
        let (half, second) = (self.column / 2, self.head + self.rows[0] * LINE + ROW);
        let frame = |x, y, width, lines: usize| Frame { x, y, width, height: lines * LINE };
        let margin = self.left - self.margin;
        let third = second + self.rows[1] * LINE + ROW;
        match cell {
            Cell::Mark => frame(margin, self.head, self.margin - GUTTER, MARK),
            Cell::Sender => frame(self.left, self.head, half - GUTTER, self.rows[0]),
            Cell::Kind => frame(self.left + half, self.head, half, self.rows[0]),
            Cell::Officers => frame(self.left, second, half - GUTTER, self.rows[1]),
            Cell::Recipient => frame(self.left + half, second, half, self.rows[1]),
            Cell::Address if self.address_below => frame(self.left, third, self.column, self.address),
            Cell::Address => frame(margin, self.head + MARK * LINE + ROW, self.margin - GUTTER, self.address),
        }
    }
}

/// `#1f3a5f` as Word writes it.
fn hexadecimal(colour: &str) -> String {
    colour.trim_start_matches('#').to_uppercase()
}

/// Centimetres in twentieths of a point.
fn of_centimetres(measure: f64) -> usize {
    twips(&format!("{measure} cm")).unwrap_or_default()
}

fn is_subtitle(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Part { role, .. } if role == "underrubrik")
}

/// A measure in twentieths of a point: `6,2 cm`, `36 pt`.
pub fn twips(measure: &str) -> Option<usize> {
    let (number, unit) = measure.trim().split_once(' ').or_else(|| {
        let at = measure.trim().find(|c: char| c.is_alphabetic())?;
        measure.trim().split_at_checked(at)
    })?;
    let number: f64 = number.trim().replace(',', ".").parse().ok()?;
    let points = match unit.trim() {
        "pt" => number,
        "mm" => number * 72.0 / 25.4,
        "cm" => number * 72.0 / 2.54,
        _ => return None,
    };
    let twips = (points * 20.0).round();
    // Bounds that any paper fits in.
    (0.0..=60_000.0).contains(&twips).then(|| format!("{twips:.0}").parse().ok())?
}
