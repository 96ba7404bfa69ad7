//! What a part of a document is to its readers, told from headings, roles and what it says.

use super::super::model::{Fate, Item, Node, NodeKind, Part, Span, Step, Value};
use crate::document::Document;
use crate::document::headings::Headings;
use crate::library::Templates;
use crate::library::roll::Roll;

/// The key of a front matter that says a document's own headings.
const OWN: &str = "rubriker";

/// Whether a value of the front matter is a heading, which the body has as well.
pub fn is_heading(value: &Value) -> bool {
    let path = value.path.new.as_ref().or(value.path.old.as_ref());
    path.and_then(|path| path.first()).is_some_and(|step| *step == Step::Key(OWN.into()))
}

/// What the sections of two documents are for, by their headings.
pub struct Sections {
    old: Headings,
    new: Headings,
}

impl Sections {
    /// Those of two documents.
    pub fn of(old: &Document, new: &Document, templates: &Templates) -> Self {
        Self { old: Headings::of(old, templates), new: Headings::of(new, templates) }
    }

    /// The organs of two headings that differ in who decides alone, after the section that they have in common.
    pub fn organs<'h>(&self, old: &'h str, new: &'h str) -> Option<(&'h str, &'h str, &'h str)> {
        let ((section, one), (other_section, other)) = (old.rsplit_once(" i ")?, new.rsplit_once(" i ")?);
        let is_decision = self.role(old) == Some(Roll::Beslut) && self.role(new) == Some(Roll::Beslut);
        (is_decision && section == other_section).then_some((section, one, other))
    }

    /// The role that a heading gives to what stands below it. The decision is one, also where it is said again.
    pub fn role(&self, heading: &str) -> Option<Roll> {
        let role = self.new.role(heading).or_else(|| self.old.role(heading));
        if role == Some(Roll::Avslutande) { Some(Roll::Beslut) } else { role }
    }
}

/// The role of a part.
pub fn of_part(role: &str, outer: Option<Roll>) -> Option<Roll> {
    match role {
        "underskrifter" => Some(Roll::Underskrifter),
        "ruta" => Some(Roll::Beslut),
        _ => outer,
    }
}

/// A place that a line of the template's gives to what follows the enclosures without a heading: whose reservation.
pub fn whose_statement(said: &str) -> Option<&str> {
    let is_statement = ["Reservation", "Särskilt uttalande", "Ersättaryttrande"]
        .iter()
        .any(|word| said.strip_prefix(word).is_some_and(|rest| rest.starts_with(" av ")));
    let end = [" enligt följande", " som är ", ", se "].iter().filter_map(|sign| said.find(sign)).min();
    is_statement.then(|| &said[..end.unwrap_or(said.len())])
}

/// Whether the items of a list are questions: most of them begin with one.
pub fn are_questions(items: &[Item]) -> bool {
    let asks = |item: &&Item| first_text(&item.body).is_some_and(|text| text.trim_end().ends_with('?'));
    !items.is_empty() && items.iter().filter(asks).count() * 2 > items.len()
}

/// What the first paragraph of an item says, in the document that has it.
pub fn first_text(body: &[Node]) -> Option<String> {
    let mut said = String::new();
    for node in body {
        let NodeKind::Paragraph(parts) = &node.kind else { break };
        for part in parts {
            if let Part::Sentence(sentence) = part
                && !matches!(sentence.fate, Fate::Away(_))
            {
                said.push_str(&one(&sentence.spans));
            }
        }
        if !said.is_empty() {
            break;
        }
    }
    Some(said).filter(|said| !said.is_empty())
}

/// What spans say: in the new document, or in the old one where there is nothing new.
pub fn one(spans: &[Span]) -> String {
    let new = text(spans, Fate::is_new);
    if new.is_empty() { text(spans, Fate::is_old) } else { new }
}

/// The words with such fates, as a text; a note is told by its sign.
pub fn text(spans: &[Span], has: fn(Fate) -> bool) -> String {
    let mut out = String::new();
    for word in spans.iter().filter(|span| has(span.fate)).flat_map(|span| &span.words) {
        word.tell(&mut out);
    }
    out
}
