//! The list of changes: what a comparison means, by weight, in Swedish.
//!
//! A [`Change`] is what one person did: a new point, a sentence that says another amount, a section that moved. It is
//! told once, though it stands in several places: a question is printed both as it was put and with its answer.

mod facts;
mod head;
mod items;
mod run;
mod say;
pub(super) mod section;
mod sentences;
mod tables;
mod walk;

use std::ops::Range;

use super::model::{Both, Comparison, Fate, Span, WordKind};
use crate::document::Document;
use crate::library::Templates;
use crate::library::roll::Roll;
use section::Sections;

/// How much a change weighs: what is decided comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// What is decided, and by whom.
    Decision,
    /// Amounts, dates, places in laws, names, numbers.
    Facts,
    /// Questions and answers.
    Questions,
    /// Title, sections, attachments.
    Sections,
    /// Other words.
    Wording,
    /// Nothing that is said.
    Form,
}

impl Weight {
    /// All of them, the heaviest first.
    pub const ALL: [Self; 6] =
        [Self::Decision, Self::Facts, Self::Questions, Self::Sections, Self::Wording, Self::Form];

    /// Its name in a report.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Decision => "beslut",
            Self::Facts => "uppgifter",
            Self::Questions => "frågor",
            Self::Sections => "avsnitt",
            Self::Wording => "ordalydelse",
            Self::Form => "form",
        }
    }

    /// The heading over changes of this weight.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Decision => "Det som beslutas",
            Self::Facts => "Uppgifter",
            Self::Questions => "Frågor och svar",
            Self::Sections => "Titel, avsnitt och bilagor",
            Self::Wording => "Ordalydelse",
            Self::Form => "Form",
        }
    }
}

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The title.
    Title,
    /// The line under the title.
    Subtitle,
    /// A value of the head.
    Head,
    /// A section.
    Section,
    /// A heading.
    Heading,
    /// A point of a decision.
    Point,
    /// A point below a point of a decision.
    Subpoint,
    /// A question.
    Question,
    /// An answer.
    Answer,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// A line of a section that is nothing but lines.
    Line,
    /// A passage of whole paragraphs.
    Paragraph,
    /// A sentence, or several.
    Sentence,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A column of a table.
    Column,
    /// A cell of a table.
    Cell,
    /// A picture.
    Picture,
    /// A footnote.
    Footnote,
    /// A signature.
    Signature,
    /// An attachment.
    Attachment,
    /// Code.
    Code,
}

impl Subject {
    /// Its name in a report.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Title => "titel",
            Self::Subtitle => "underrubrik",
            Self::Head => "huvud",
            Self::Section => "avsnitt",
            Self::Heading => "rubrik",
            Self::Point => "punkt",
            Self::Subpoint => "underpunkt",
            Self::Question => "fråga",
            Self::Answer => "svar",
            Self::List => "lista",
            Self::Item => "listpunkt",
            Self::Line => "uppräkning",
            Self::Paragraph => "stycke",
            Self::Sentence => "mening",
            Self::Table => "tabell",
            Self::Row => "rad",
            Self::Column => "kolumn",
            Self::Cell => "cell",
            Self::Picture => "bild",
            Self::Footnote => "fotnot",
            Self::Signature => "underskrift",
            Self::Attachment => "bilaga",
            Self::Code => "kod",
        }
    }
}

/// What was done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// It is new.
    New,
    /// It is gone.
    Gone,
    /// Words in it are others.
    Changed,
    /// It says something else.
    Rewritten,
    /// It stands elsewhere.
    Moved,
    /// One became two.
    Split,
    /// Two became one.
    Joined,
    /// It looks otherwise.
    Formed,
}

impl Deed {
    /// Its name in a report.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "ny",
            Self::Gone => "borttagen",
            Self::Changed => "ändrad",
            Self::Rewritten => "omskriven",
            Self::Moved => "flyttad",
            Self::Split => "delad",
            Self::Joined => "sammanslagen",
            Self::Formed => "form",
        }
    }
}

/// A fact that became another, came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What kind of word it is.
    pub kind: WordKind,
    /// What it was and what it is.
    pub text: Both<Option<String>>,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// How much it weighs.
    pub weight: Weight,
    /// What was changed.
    pub subject: Subject,
    /// What was done to it.
    pub deed: Deed,
    /// What happened, in a sentence without a full stop: `Punkt 2 i Förslag till beslut är ny`.
    pub message: String,
    /// The heading it stands under.
    pub section: Option<String>,
    /// The facts that changed.
    pub facts: Vec<Fact>,
    /// The words of both documents. Where there is nothing to show, as when a paragraph was split, it is empty.
    pub text: Vec<Span>,
    /// Where it stands in each source, the first place first.
    pub places: Vec<Both<Option<Range<usize>>>>,
    /// What follows from it: `Punkterna 3–5 är nu 4–6`.
    pub remark: Option<String>,
}

/// The changes between two documents that were [compared](super::compare), the heaviest first, and then in the order
/// of the new document.
pub fn changes(
    comparison: &Comparison,
    old: &Document,
    new: &Document,
    templates: &Templates,
) -> Vec<Change> {
    let mut found = head::changes(comparison);
    let starts = Both { old: old.body_start, new: new.body_start };
    let sections = Sections::of(old, new, templates);
    found.extend(walk::body(comparison, &sections, starts));
    heading_of_several(&mut found, &sections);
    signs_of_notes(&mut found);
    let mut changes: Vec<Change> = Vec::with_capacity(found.len());
    for change in found {
        match changes.iter_mut().find(|other| other.tells_the_same(&change)) {
            Some(other) => other.places.extend(change.places),
            None => changes.push(change),
        }
    }
    changes.sort_by_key(|change| change.weight);
    changes
}

/// The heading over a bilaga is another where there are several: that follows from the bilaga which came or went.
fn heading_of_several(changes: &mut Vec<Change>, sections: &Sections) {
    let is_over = |heading: &str| sections.role(heading) == Some(Roll::Bilagor);
    let heading = changes.iter().position(|change| {
        change.subject == Subject::Heading && is_over(&change.said(true)) && is_over(&change.said(false))
    });
    let is_number = |change: &Change| {
        change.subject == Subject::Attachment && matches!(change.deed, Deed::New | Deed::Gone)
    };
    if let (Some(heading), true) = (heading, changes.iter().any(is_number)) {
        let message = changes.remove(heading).message;
        if let Some(change) = changes.iter_mut().find(|change| is_number(change)) {
            change.remark.get_or_insert(message);
        }
    }
}

/// The sign of a note in a sentence comes and goes with the note.
fn signs_of_notes(changes: &mut Vec<Change>) {
    let is_note = |change: &Change, deed| {
        change.subject == Subject::Footnote && change.deed == deed && deed != Deed::Changed
    };
    let mut at = 0;
    while at < changes.len() {
        let deed = changes[at].sign_of_note();
        let note = deed.and_then(|deed| changes.iter().position(|other| is_note(other, deed)));
        match note {
            Some(note) => {
                let sign = changes.remove(at);
                let note = if note > at { note - 1 } else { note };
                changes[note].places.extend(sign.places);
            }
            None => at += 1,
        }
    }
}

impl Change {
    /// Whether all that came or went is the sign of a note.
    fn sign_of_note(&self) -> Option<Deed> {
        let mut spans = self.text.iter().filter(|span| span.fate != Fate::Same && !span.form).peekable();
        let fate = spans.peek()?.fate;
        let is_sign = |span: &Span| {
            span.fate == fate && span.words.iter().all(|word| matches!(word.kind, WordKind::Note))
        };
        let deed = if fate == Fate::New { Deed::New } else { Deed::Gone };
        (self.deed == Deed::Changed && spans.all(is_sign)).then_some(deed)
    }

    /// The words of the old document, or of the new one.
    pub fn said(&self, is_old: bool) -> String {
        section::text(&self.text, if is_old { Fate::is_old } else { Fate::is_new })
    }

    /// Whether it is the same change at another place, as a question that is printed twice.
    fn tells_the_same(&self, other: &Self) -> bool {
        let words = |change: &Self| {
            let words = change
                .text
                .iter()
                .flat_map(|span| span.words.iter().map(move |word| (span.fate, &word.text)));
            words.map(|(fate, text)| (fate, text.clone())).collect::<Vec<_>>()
        };
        (self.subject, self.deed) == (other.subject, other.deed)
            && !self.text.is_empty()
            && (self.deed != Deed::Moved || self.subject == Subject::Question)
            && self.subject != Subject::Cell
            && words(self) == words(other)
    }
}
