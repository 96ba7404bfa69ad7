//! The values that a case is made of: a line, a text, a date, a choice.

use std::ops::Range;

use jiff::civil::Date;
use serde_json::{Value as Json, json};
use unicode_normalization::UnicodeNormalization;

use super::field::{Field, Reader, Wanted};
use super::meant;
use super::node::{Origin, ScalarStyle, Value, YamlNode};
use crate::diagnostic::{Diagnostic, Place, codes, nearest};
use crate::faults;
use crate::language::swedish;
use crate::markdown::{self, Block, BlockKind, Slip};

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
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        let Value::Text(text) = &node.value else {
            reader.wrong(node, Wanted::Line);
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
        report_markdown(&line, reader);
        without_signs(line, node, reader)
    }

    fn schema() -> Json {
        json!({ "type": ["string", "number"] })
    }
}

/// A line without the starter's signs around it.
fn without_signs(line: Line, node: &YamlNode, reader: &mut Reader) -> Line {
    let Some(inner) = meant::between_signs(&line.text) else {
        reader.problems.extend(
            meant::in_signs(&line.text)
                .into_iter()
                .filter_map(|range| Some(meant::signs_left(line.place_in(range)?))),
        );
        return line;
    };
    let place = node.origin.place();
    reader.problems.push(meant::signs_left(place.clone()).safe_edit(place, inner));
    Line { text: inner.to_owned(), ..line }
}

/// Reports Markdown's signs around words of a line, which prints exactly as it is written.
fn report_markdown(line: &Line, reader: &mut Reader) {
    if let Some(range) = faults::line::linked(&line.text)
        && let Some(place) = line.place_in(range.clone())
    {
        reader.problems.push(faults::line::in_line(&line.text[range]).at(place));
    }
    for (range, width) in faults::line::marked(&line.text) {
        let Some(place) = line.place_in(range.clone()) else { continue };
        let inner = &line.text[range.start + width..range.end - width];
        let finding = faults::line::in_line(&line.text[range.clone()]).at(place.clone());
        // Without its signs a value may need others.
        let is_plain = !inner.contains([':', '#', '"', '\''])
            && line.origin.as_ref().is_some_and(|origin| origin.style() != ScalarStyle::Double);
        reader.problems.push(if is_plain { finding.safe_edit(place, inner) } else { finding });
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

fn empty(node: &YamlNode) -> Diagnostic {
    let mut place = node.origin.place();
    // A text block that holds nothing begins where the next key does; the mark stands at its sign.
    let before = place.source.text[..place.range.start].trim_end();
    if place.range.is_empty() && place.source.text[before.len()..place.range.start].contains('\n') {
        let sign = before.char_indices().next_back().map_or(0, |(at, _)| at);
        place.range = sign..before.len();
    }
    Diagnostic::new(codes::TOM_TEXT, "texten är tom").at(place).hint("Skriv texten, eller ta bort nyckeln.")
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
                .hint("Ersätt allt från « till » med ärendets egen text, eller bygg med --utkast så länge det är ett utkast."),
        );
    }
}

/// Signs that YAML obeys and that would be lost from the text: `!` and `&` before it, and a `#` in it.
fn report_lost(origin: &Origin, reader: &mut Reader) {
    if let Some(sign @ ('!' | '&')) = origin.prefix().chars().next() {
        reader.problems.push(
            Diagnostic::new(
                codes::YAML_FEL,
                format!("texten börjar med ”{sign}”, som har en särskild betydelse i en ärendefil (YAML)"),
            )
            .at(origin.place())
            .hint("Sätt hela texten inom raka citattecken: \"…\"."),
        );
    }
    // A comment stands apart; a number sign with one space or a tab before it is most likely text.
    let (start, after) = origin.suffix();
    let apart = after.len() - after.trim_start_matches([' ', '\t']).len();
    if after[apart..].starts_with('#') && (after[..apart] == *" " || after[..apart].contains('\t')) {
        let place =
            Place { source: origin.source().clone(), range: start + apart..start + after.trim_end().len() };
        reader.problems.push(comment(place));
    }
    reader.problems.extend(meant::comment_above(origin).map(comment));
}

/// What YAML takes for a comment.
fn comment(place: Place) -> Diagnostic {
    Diagnostic::new(codes::KOMMENTAR_I_TEXT, "det som står efter # är en kommentar och skrivs inte ut")
        .at(place)
        .hint("Om det hör till texten: skriv | efter nyckelns kolon och texten på raderna under, eller sätt hela texten inom raka citattecken. Om det är en kommentar: sätt den på en egen rad ovanför nyckeln.")
}

/// A Markdown text.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The text as YAML gives it.
    pub text: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it is printed otherwise than it was meant, which has been said: its words there say nothing.
    pub unclear: Vec<Range<usize>>,
    /// Where it stands; none when it was missing and stands in for itself.
    pub origin: Option<Origin>,
}

impl Text {
    /// The place in the file of a stretch of the text.
    pub fn place_in(&self, range: Range<usize>) -> Option<Place> {
        self.origin.as_ref().map(|origin| origin.place_in(&self.text, range))
    }
}

impl Text {
    /// The text without a number of its own at its beginning, where a number is printed before it.
    pub fn unnumbered(mut self, reader: &mut Reader) -> Self {
        let [Block { at, kind: BlockKind::List { items, start: Some(_), .. } }] = self.blocks.as_mut_slice()
        else {
            return self;
        };
        let [item] = items.as_mut_slice() else { return self };
        let start = at.0.start;
        let end = self.text[start..].find(['.', ')']).map_or(start, |dot| start + dot + 1);
        let end = end + self.text[end..].len() - self.text[end..].trim_start_matches(' ').len();
        self.blocks = std::mem::take(item);
        if let Some(place) = self.place_in(start..end) {
            reader.problems.push(
                Diagnostic::new(
                    codes::NUMMER_FORE,
                    format!(
                        "numret {} skrivs ut två gånger: tjut numrerar själv",
                        self.text[start..end].trim()
                    ),
                )
                .at(place.clone())
                .hint("Ta bort numret.")
                .safe_edit(place, ""),
            );
        }
        self
    }

    /// Reports what is wrong with the text, each thing at its place.
    fn report(&self, faults: Vec<(Range<usize>, Diagnostic)>, slips: &[Slip], reader: &mut Reader) {
        let Some(origin) = &self.origin else { return };
        let place = |range: Range<usize>| origin.place_in(&self.text, range);
        reader.problems.extend(faults.into_iter().map(|(range, fault)| fault.at(place(range))));
        for slip in slips {
            let finding = faults::slip(slip).at(place(slip.at.0.clone()));
            let mut edit = faults::edit(slip, &self.text, &place);
            edit.take_if(|edit| !origin.takes(edit));
            reader.problems.push(Diagnostic { edit, ..finding });
        }
        let signs = meant::in_signs(&self.text).into_iter();
        reader.problems.extend(signs.map(|range| {
            let inner = self.text[range.clone()].trim_matches(['«', '»']).trim().to_owned();
            meant::signs_left(place(range.clone())).edit(place(range), inner)
        }));
    }
}

impl Field for Text {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        let Value::Text(text) = &node.value else {
            reader.wrong(node, Wanted::Text);
            return Self::default();
        };
        let mut parsed = markdown::parse(text);
        let (mut text, mut origin) = (text.clone(), node.origin.clone());
        if let Some(looks) = meant::as_it_looks(&node.origin) {
            let as_it_looks = markdown::parse(&looks);
            if as_it_looks.blocks != parsed.blocks {
                reader.problems.push(meant::folded(&node.origin));
                (text, origin, parsed) = (looks, node.origin.folded(), as_it_looks);
            }
        }
        let faults = faults::of_text(&parsed);
        let unclear =
            parsed.slips.iter().filter(|slip| faults::hides(slip)).map(|slip| slip.at.0.clone()).collect();
        let text = Self { text, blocks: parsed.blocks, unclear, origin: Some(origin) };
        if text.blocks.is_empty() {
            reader.problems.push(empty(node));
        }
        report_marks(&text.text, &node.origin, reader);
        report_lost(&node.origin, reader);
        text.report(faults, &parsed.slips, reader);
        reader.problems.extend(meant::keys_within(&text));
        text
    }

    fn schema() -> Json {
        // Editors that know the schema alone begin a text as it is written, below a stroke.
        let begun = json!([{ "label": "text", "body": "|\n  ${1:«Fyll i texten»}" }]);
        json!({ "type": ["string", "number"], "pattern": "\\S", "contentMediaType": "text/markdown", "defaultSnippets": begun })
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
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
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
                let finding = Diagnostic::new(
                    codes::DATUM_FORM,
                    format!("”{}” är inte ett datum i formen ÅÅÅÅ-MM-DD", line.text),
                )
                .at(place.clone());
                match swedish::date(&line.text) {
                    Some(date) => finding.hint(format!("Skriv {date}.")).safe_edit(place, date.to_string()),
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
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
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

/// A yes or a no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JaNej(pub bool);

impl JaNej {
    const WORDS: &[(&str, JaNej)] = &[("ja", JaNej(true)), ("nej", JaNej(false))];
}

impl Field for JaNej {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        choice(node, reader, Self::WORDS).unwrap_or_default()
    }

    fn schema() -> Json {
        json!({ "enum": Self::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
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
pub fn choice<T: Copy>(node: &YamlNode, reader: &mut Reader, choices: &[(&str, T)]) -> Option<T> {
    let line = Line::read(node, reader);
    if let Some((_, value)) = choices.iter().find(|(word, _)| *word == line.text) {
        return Some(*value);
    }
    if !line.is_empty() {
        reader.problems.push(unknown_value(&line, choices.iter().map(|(word, _)| *word)));
    }
    None
}

/// The error for a value that is none of a few words.
pub fn unknown_value<'w>(line: &Line, words: impl Iterator<Item = &'w str> + Clone) -> Diagnostic {
    let finding =
        Diagnostic::new(codes::OKANT_VARDE, format!("”{}” är inget av de värden som kan stå här", line.text))
            .at(line.place());
    let Some(near) = nearest(&line.text, words.clone()) else {
        return finding.hint(format!("Välj något av: {}.", words.collect::<Vec<_>>().join(", ")));
    };
    let finding = finding.hint(format!("Menade du ”{near}”?"));
    match line.place() {
        Some(place) => finding.edit(place, near),
        None => finding,
    }
}
