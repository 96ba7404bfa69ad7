//! What a rule of the content review is.

use std::sync::OnceLock;

use crate::diagnostic::codes::{self, Code};
use crate::diagnostic::{Diagnostic, Place};
use crate::library::Templates;
use crate::library::profile::Profil;
use crate::library::roll::Roll;
use crate::read::Case;

use super::days::{Mention, mentions};
use super::facts::Facts;
use super::limits::Limits;
use super::people::{Name, Party, names, parties};
use super::prose::{Passage, PassageKind};

/// A rule: one thing that a sharp-eyed nämndsekreterare would catch.
pub struct Rule {
    /// The code of what it finds.
    pub code: Code,
    /// Finds. Code and severity of what it returns are set by whoever calls it.
    pub find: fn(&Review) -> Vec<Diagnostic>,
}

/// A rule that looks at all cases of a run at once.
pub struct Across {
    /// The code of what it finds.
    pub code: Code,
    /// Finds; the cases come sorted by their paths. A finding stands in one of the cases and
    /// points at the others as related.
    pub find: fn(&[&Facts]) -> Vec<Diagnostic>,
}

/// What a rule may look at.
pub struct Review<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its running texts and lines, in the order of the file.
    pub passages: &'a [Passage],
    /// The profile of its sender.
    pub profile: &'a Profil,
    /// How much is too much.
    pub limits: &'a Limits,
    /// Abbreviations, other profiles.
    pub templates: &'a Templates,
    /// What several rules look for, found when the first one asks.
    pub seen: Seen,
}

/// What stands in the passages that several rules look for.
#[derive(Default)]
pub struct Seen {
    days: OnceLock<Vec<(usize, Mention)>>,
    names: OnceLock<Vec<Name>>,
    parties: OnceLock<Vec<Party>>,
}

impl<'a> Review<'a> {
    /// The days that the passages name, each with the index of its passage.
    pub fn days(&self) -> &[(usize, Mention)] {
        self.seen.days.get_or_init(|| {
            let passages = self.passages.iter().enumerate();
            passages
                .flat_map(|(at, passage)| mentions(&passage.text).into_iter().map(move |day| (at, day)))
                .collect()
        })
    }

    /// The passages of the sections with a role.
    pub fn with(&self, role: Roll) -> impl Iterator<Item = &'a Passage> {
        self.passages.iter().filter(move |passage| passage.role == Some(role))
    }

    /// Every word of the decision: its points, what leads them in, and what they list.
    pub fn points(&self) -> impl Iterator<Item = &'a Passage> {
        self.with(Roll::Beslut).filter(|passage| passage.kind != PassageKind::Line)
    }

    /// Where the proposal is said again.
    pub fn again(&self) -> impl Iterator<Item = &'a Passage> {
        self.passages.iter().filter(|passage| passage.role.is_some_and(Roll::says_again))
    }

    /// The points of the decision and where it is said again, in the order of the file.
    pub fn proposals(&self) -> impl Iterator<Item = &'a Passage> {
        let is_point =
            |passage: &Passage| passage.role == Some(Roll::Beslut) && passage.kind != PassageKind::Line;
        self.passages
            .iter()
            .filter(move |passage| is_point(passage) || passage.role.is_some_and(Roll::says_again))
    }

    /// The title and the line under it.
    pub fn titles(&self) -> impl Iterator<Item = &'a Passage> {
        self.with(Roll::Titelrad).filter(|passage| passage.kind == PassageKind::Line)
    }

    /// What this kind of document calls the section with a role.
    pub fn name_of(&self, role: Roll) -> Option<&'a str> {
        self.case.kind.key_for(role)
    }

    /// The decision as messages call it: its key in this kind of document, within quotation marks.
    pub fn called_decision(&self) -> String {
        self.name_of(Roll::Beslut).map_or_else(|| "beslutet".to_owned(), |key| format!("”{key}”"))
    }

    /// What may be names in the passages.
    pub fn names(&self) -> &[Name] {
        self.seen.names.get_or_init(|| names(self.passages, self.templates))
    }

    /// The parties behind people in the passages.
    pub fn parties(&self) -> &[Party] {
        self.seen.parties.get_or_init(|| parties(self.passages, self.templates.parties()))
    }
}

/// What a rule finds: what is wrong there, and what to do.
pub fn finding(place: Place, message: impl Into<String>, hint: impl Into<String>) -> Diagnostic {
    // Whoever calls the rule sets the code and the severity.
    Diagnostic::new(codes::OF_THE_RULE, message).at(place).hint(hint)
}

/// Findings that say the same, as one: what is wrong in several places alike is one fault.
pub fn once(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut left: Vec<Diagnostic> = Vec::new();
    for finding in findings {
        let said = finding.message.to_lowercase();
        match left.iter_mut().find(|first| first.message.to_lowercase() == said) {
            Some(first) => {
                first.related.extend(finding.place.map(|place| (place, "så står det här också".to_owned())))
            }
            None => left.push(finding),
        }
    }
    left
}
