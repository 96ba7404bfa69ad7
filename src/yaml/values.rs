//! The values that a case is made of: a line, a text, a date, a choice.

use std::ops::Range;

use jiff::civil::Date;
use serde_json::{Value as Json, json};
use unicode_normalization::UnicodeNormalization;

use super::field::{Field, Reader};
use super::node::{Node, Origin, Value};
use crate::diagnostic::{Diagnostic, Place, codes, nearest};
use crate::faults;
use crate::language::swedish;
use crate::markdown::{self, Block};

/// How a place to fill in begins; it ends with `»`. Starters are full of them.
pub const MARK: &str = "«Fyll i";

/// A plain text on one line: a title, a name, a number. Printed exactly as written.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The text, its white space folded.
    pub text: String,
    /// Where it stands; none when it was missing and stands in for itself.
    pub origin: Option<Origin>,
}

impl Line {
    /// A line that no file says, as one taken from a profile.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), origin: None }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where it stands.
    pub fn place(&self) -> Option<Place> {
        self.origin.as_ref().map(Origin::place)
    }

    /// Where a stretch of it stands.
    pub fn place_in(&self, range: Range<usize>) -> Option<Place> {
        self.origin.as_ref().map(|origin| origin.place_in(&self.text, range))
    }

    /// Whether it holds a place that is still to be filled in.
    pub fn has_mark(&self) -> bool {
        self.text.contains(MARK)
    }
}

impl Field for Line {
    fn read(node: &Node, reader: &mut Reader) -> Self {
        let Value::Text(text) = &node.value else {
            reader.wrong_type(node, "en text på en rad", "Skriv texten efter kolonet.");
            return Self::default();
        };
        let line = Self {
            text: text.split_layout().collect::<Vec<_>>().join(" ").nfc().collect(),
            origin: Some(node.origin.folded()),
        };
        if line.is_empty() {
            reader.problems.push(empty(node));
        }
        report_marks(&line.text, &node.origin.folded(), reader);
        report_lost(&node.origin, reader);
        line
    }

    fn schema() -> Json {
        json!({ "type": ["string", "number"] })
    }
}

/// Splits at the white space that is mere layout; a no-break space belongs to the text.
trait SplitLayout {
    fn split_layout(&self) -> impl Iterator<Item = &str>;
}

impl SplitLayout for str {
    fn split_layout(&self) -> impl Iterator<Item = &str> {
        self.split(|c: char| {
            matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
        })
        .filter(|part| !part.is_empty())
    }
}

fn empty(node: &Node) -> Diagnostic {
    Diagnostic::new(codes::TOM_TEXT, "texten är tom")
        .at(node.origin.place())
        .hint("Skriv texten, eller ta bort nyckeln.")
}

/// Where the places to fill in stand in a text.
pub fn marks(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices(MARK).map(|(start, _)| {
        let end = text[start..].find('»').map_or(text.len(), |end| start + end + '»'.len_utf8());
        start..end
    })
}

fn report_marks(text: &str, origin: &Origin, reader: &mut Reader) {
    for Range { start, end } in marks(text) {
        reader.problems.push(
            Diagnostic::new(codes::EJ_IFYLLT, format!("{} är inte ifyllt", &text[start..end]))
                .at(origin.place_in(text, start..end))
                .hint("Ersätt allt från « till » med ärendets egen text, eller bygg med --utkast för att se utkastet."),
        );
    }
}

/// Signs that YAML obeys and that would be lost from the text: `!` and `&` before it, and a `#` in it.
fn report_lost(origin: &Origin, reader: &mut Reader) {
    if let Some(sign @ ('!' | '&')) = origin.prefix().chars().next() {
        reader.problems.push(
            Diagnostic::new(
                codes::YAML_FEL,
                format!("texten börjar med ”{sign}”, som har en egen betydelse i YAML"),
            )
            .at(origin.place())
            .hint("Sätt hela texten inom citattecken: \"…\"."),
        );
    }
    // A comment stands apart; a number sign with one space before it is most likely text.
    let (start, after) = origin.suffix();
    if let Some(rest) = after.strip_prefix(" #") {
        let place =
            Place { source: origin.source().clone(), range: start + 1..start + 2 + rest.trim_end().len() };
        reader.problems.push(
            Diagnostic::new(codes::KOMMENTAR_I_TEXT, "det som står från # är en kommentar och skrivs inte ut")
                .at(place)
                .hint("Hör det till texten: sätt hela texten inom citattecken. Är det en kommentar: sätt två mellanslag före #."),
        );
    }
}

/// A Markdown text.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The text as YAML gives it.
    pub text: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands; none when it was missing and stands in for itself.
    pub origin: Option<Origin>,
}

impl Text {
    /// The place in the file of a stretch of the text.
    pub fn place_in(&self, range: Range<usize>) -> Option<Place> {
        self.origin.as_ref().map(|origin| origin.place_in(&self.text, range))
    }
}

impl Field for Text {
    fn read(node: &Node, reader: &mut Reader) -> Self {
        let Value::Text(text) = &node.value else {
            reader.wrong_type(
                node,
                "en text",
                "Skriv nyckeln, kolon och |, och texten indragen på raderna under.",
            );
            return Self::default();
        };
        let parsed = markdown::parse(text);
        let faults = faults::of_text(&parsed);
        let text = Self { text: text.clone(), blocks: parsed.blocks, origin: Some(node.origin.clone()) };
        if text.blocks.is_empty() {
            reader.problems.push(empty(node));
        }
        report_marks(&text.text, &node.origin, reader);
        report_lost(&node.origin, reader);
        for (range, fault) in faults {
            reader.problems.push(fault.at(node.origin.place_in(&text.text, range)));
        }
        text
    }

    fn schema() -> Json {
        json!({ "type": ["string", "number"] })
    }
}

/// A day.
#[derive(Clone, Debug, Default)]
pub struct Day {
    /// As it is written.
    pub line: Line,
    /// The day; none when what is written is no day.
    pub date: Option<Date>,
}

impl Field for Day {
    fn read(node: &Node, reader: &mut Reader) -> Self {
        let line = Line::read(node, reader);
        if line.is_empty() || line.has_mark() {
            return Self { line, date: None };
        }
        let date = line.text.parse::<Date>().ok().filter(|date| is_iso(&line.text) && date.year() >= 1900);
        if date.is_none() {
            let place = node.origin.place();
            reader.problems.push(if is_iso(&line.text) {
                Diagnostic::new(codes::OMOJLIGT_DATUM, format!("datumet {} finns inte", line.text))
                    .at(place)
                    .hint("Kontrollera månad och dag.")
            } else {
                let finding =
                    Diagnostic::new(codes::DATUM_FORM, format!("”{}” är inte ett datum", line.text))
                        .at(place.clone());
                match swedish::date(&line.text) {
                    Some(date) => finding.hint(format!("Skriv {date}.")).edit(place, date.to_string()),
                    None => finding.hint("Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2024-03-05."),
                }
            });
        }
        Self { line, date }
    }

    fn schema() -> Json {
        json!({ "type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}|«Fyll i.*)$" })
    }
}

/// A whole number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Antal(pub usize);

impl Field for Antal {
    fn read(node: &Node, reader: &mut Reader) -> Self {
        let line = Line::read(node, reader);
        let number = line.text.parse();
        if number.is_err() && !line.is_empty() {
            reader.problems.push(
                Diagnostic::new(codes::FEL_TYP, format!("här ska stå ett heltal, inte ”{}”", line.text))
                    .at(node.origin.place())
                    .hint("Skriv talet med siffror, till exempel 35."),
            );
        }
        Self(number.unwrap_or_default())
    }

    fn schema() -> Json {
        json!({ "type": "integer", "minimum": 0 })
    }
}

fn is_iso(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// Reads one of a few words; what is none of them is reported.
pub fn choice<T: Copy>(node: &Node, reader: &mut Reader, choices: &[(&str, T)]) -> Option<T> {
    let line = Line::read(node, reader);
    if let Some((_, value)) = choices.iter().find(|(word, _)| *word == line.text) {
        return Some(*value);
    }
    if !line.is_empty() {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let finding = Diagnostic::new(codes::OKANT_VARDE, format!("värdet ”{}” finns inte", line.text))
            .at(node.origin.place());
        reader.problems.push(match nearest(&line.text, words.iter().copied()) {
            Some(near) => finding.hint(format!("Menade du ”{near}”?")).edit(node.origin.place(), near),
            None => finding.hint(format!("Välj ett av: {}.", words.join(", "))),
        });
    }
    None
}
