//! What organs decide and what their members say against it: decisions, reservations, särskilda
//! uttalanden, ersättaryttranden, and how one refers to another.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::Case;
use super::body::{Content, Words};
use crate::yaml::field::{Field, OneOrMany, Reader, record};
use crate::yaml::node::{Value, YamlNode};
use crate::yaml::values::{Line, Text};

/// A decision, or a proposal for one.
#[derive(Clone, Debug, Default)]
pub struct Beslut {
    /// Its points.
    pub punkter: Vec<Text>,
    /// Whether they are numbered, as a list is.
    pub numrerat: bool,
}

/// The points of a decision, wherever they are written.
#[derive(Clone, Copy, Debug)]
pub struct Punkter<'a> {
    /// What is decided.
    pub punkter: &'a [Text],
    /// Whether they are numbered.
    pub numrerat: bool,
}

impl Beslut {
    /// Its points.
    pub fn punkter(&self) -> Punkter<'_> {
        Punkter { punkter: &self.punkter, numrerat: self.numrerat }
    }
}

impl Field for Beslut {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        match node.value {
            Value::List(_) => Self { punkter: Vec::read(node, reader), numrerat: true },
            _ => Self { punkter: vec![Text::read(node, reader)], numrerat: false },
        }
    }

    fn schema() -> Json {
        OneOrMany::<Text>::schema()
    }
}

record! {
    /// A reservation, a särskilt uttalande or an ersättaryttrande.
    pub struct Inlaga {
        "av" required av: Line, "De som står bakom, till exempel Anna Ek m.fl. (M).";
        "parti" optional parti: Option<Line>, "Partiets namn, till exempel Moderaterna: det som andra hänvisar till.";
        "inledning" optional inledning: Option<Text>, "Det som står före förslagen.";
        "förslag" optional forslag: Option<Beslut>, "Förslagen: en text, eller en lista som numreras.";
        "text" optional text: Option<Text>, "Det som anförs.";
        "se" optional se: Option<Hanvisning>, "Nämnden där texten står, om flera nämnder har samma: ”Se reservation under …”.";
        "likalydande" optional likalydande: Option<Hanvisning>, "Den vars reservation är likalydande: ”som är likalydande med …”.";
    }
}

impl Inlaga {
    /// Whether it has a text of its own to refer to.
    pub fn has_text(&self) -> bool {
        self.inledning.is_some() || self.forslag.is_some() || self.text.is_some()
    }

    /// What it refers to.
    pub fn hanvisning(&self) -> Option<&Hanvisning> {
        self.se.as_ref().or(self.likalydande.as_ref())
    }

    /// The letters of the parties behind it: what stands in capitals within parentheses.
    pub fn beteckningar(&self) -> BTreeSet<&str> {
        let groups = self.av.text.split('(').skip(1).filter_map(|rest| Some(rest.split_once(')')?.0));
        groups
            .flat_map(|group| group.split(|letter: char| !letter.is_alphabetic()))
            .filter(|word| !word.is_empty() && word.chars().all(char::is_uppercase))
            .collect()
    }

    /// Whether it can be of the same party: where neither says so, or both do.
    pub fn shares_party(&self, other: &Inlaga) -> bool {
        let (ours, theirs) = (self.beteckningar(), other.beteckningar());
        ours.is_empty() || theirs.is_empty() || !ours.is_disjoint(&theirs)
    }

    /// Its words.
    pub fn words(&self) -> Vec<Words<'_>> {
        let lines = [Some(&self.av), self.parti.as_ref()];
        let points = self.forslag.iter().flat_map(|forslag| &forslag.punkter);
        let texts = self.inledning.iter().chain(points).chain(&self.text);
        lines.into_iter().flatten().map(Words::Line).chain(texts.map(Words::Text)).collect()
    }
}

/// A reference to the reservation of another organ.
#[derive(Clone, Debug, Default)]
pub struct Hanvisning {
    /// The organ: a remissinstans by its name, or borgarrådsberedningen.
    pub under: Line,
    /// Whose reservation it is, where the organ has several.
    pub parti: Option<Line>,
}

record! {
    /// The long form of a reference.
    pub struct Utpekad {
        "under" required under: Line, "Nämnden där texten står, eller borgarrådsberedningen.";
        "parti" optional parti: Option<Line>, "Partiet vars text det är, om nämnden har flera.";
    }
}

impl Field for Hanvisning {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        match node.value {
            Value::Map(_) => {
                let Utpekad { under, parti } = Utpekad::read(node, reader);
                Self { under, parti }
            }
            _ => Self { under: Line::read(node, reader), parti: None },
        }
    }

    fn schema() -> Json {
        json!({ "oneOf": [Line::schema(), Utpekad::schema()] })
    }
}

record! {
    /// What borgarrådsberedningen says.
    pub struct Borgarradsberedning {
        "text" required text: Text, "Vad beredningen anser.";
        "reservationer" optional reservationer: Vec<Inlaga>, "Reservationer.";
        "särskilda uttalanden" optional uttalanden: Vec<Inlaga>, "Särskilda uttalanden.";
    }
}

record! {
    /// What kommunstyrelsen says.
    pub struct Kommunstyrelse {
        "text" required text: Text, "Vad kommunstyrelsen anser.";
        "ort" optional ort: Option<Line>, "Orten före datumet; utelämnas den skrivs Stockholm.";
        "ordförande" optional ordforande: Option<Ordforande>, "Ordförandens namn, eller namn och titel.";
        "reservationer" optional reservationer: Vec<Inlaga>, "Reservationer.";
        "särskilda uttalanden" optional uttalanden: Vec<Inlaga>, "Särskilda uttalanden.";
        "ersättaryttranden" optional ersattaryttranden: Vec<Inlaga>, "Ersättaryttranden.";
    }
}

/// Who signs for kommunstyrelsen.
#[derive(Clone, Debug, Default)]
pub struct Ordforande {
    /// The name.
    pub namn: Line,
    /// The title, where it is not the usual one.
    pub titel: Option<Line>,
}

record! {
    /// The long form of who signs.
    pub struct Titulerad {
        "namn" required namn: Line, "Namnet.";
        "titel" optional titel: Option<Line>, "Titeln; utelämnas den skrivs Kommunstyrelsens ordförande.";
    }
}

impl Field for Ordforande {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        match node.value {
            Value::Map(_) => {
                let Titulerad { namn, titel } = Titulerad::read(node, reader);
                Self { namn, titel }
            }
            _ => Self { namn: Line::read(node, reader), titel: None },
        }
    }

    fn schema() -> Json {
        json!({ "oneOf": [Line::schema(), Titulerad::schema()] })
    }
}

/// What kind of statement somebody made against or beside a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slag {
    /// Against the decision.
    Reservation,
    /// Beside it.
    Uttalande,
    /// By somebody who had no vote.
    Ersattaryttrande,
}

impl Slag {
    /// The Swedish word for it.
    pub fn word(self) -> &'static str {
        match self {
            Slag::Reservation => "reservation",
            Slag::Uttalande => "särskilt uttalande",
            Slag::Ersattaryttrande => "ersättaryttrande",
        }
    }

    /// The word with its article.
    pub fn with_article(self) -> String {
        format!("{} {}", if self == Slag::Reservation { "en" } else { "ett" }, self.word())
    }
}

/// Statements with their kinds, in the order they print.
pub type Inlagor<'a> = Vec<(Slag, &'a Inlaga)>;

/// The statements of an organ in one list.
pub(super) fn inlagor<'a>(lists: [(Slag, &'a [Inlaga]); 3]) -> Inlagor<'a> {
    lists.into_iter().flat_map(|(slag, list)| list.iter().map(move |inlaga| (slag, inlaga))).collect()
}

impl Borgarradsberedning {
    /// Its statements.
    pub fn inlagor(&self) -> Inlagor<'_> {
        inlagor([
            (Slag::Reservation, &self.reservationer),
            (Slag::Uttalande, &self.uttalanden),
            (Slag::Ersattaryttrande, &[]),
        ])
    }

    /// Its words.
    pub fn words(&self) -> Vec<Words<'_>> {
        let said = [Words::Text(&self.text)];
        said.into_iter().chain(self.inlagor().into_iter().flat_map(|(_, inlaga)| inlaga.words())).collect()
    }
}

impl Kommunstyrelse {
    /// Its statements.
    pub fn inlagor(&self) -> Inlagor<'_> {
        inlagor([
            (Slag::Reservation, &self.reservationer),
            (Slag::Uttalande, &self.uttalanden),
            (Slag::Ersattaryttrande, &self.ersattaryttranden),
        ])
    }

    /// Its words.
    pub fn words(&self) -> Vec<Words<'_>> {
        let names = self.ordforande.iter().flat_map(|person| [Some(&person.namn), person.titel.as_ref()]);
        let lines = [self.ort.as_ref()].into_iter().chain(names).flatten().map(Words::Line);
        let statements = self.inlagor().into_iter().flat_map(|(_, inlaga)| inlaga.words());
        [Words::Text(&self.text)].into_iter().chain(lines).chain(statements).collect()
    }
}

impl Case {
    /// The organs with their statements, in the order they print: by name, what they said.
    pub fn organs(&self) -> Vec<(&str, Inlagor<'_>)> {
        let mut organs = Vec::new();
        for part in &self.parts {
            match &part.content {
                Content::Preparation(said) => organs.push(("borgarrådsberedningen", said.inlagor())),
                Content::Board(said) => organs.push(("kommunstyrelsen", said.inlagor())),
                _ => {}
            }
        }
        let instanser = self.remissinstanser().iter();
        organs.extend(instanser.map(|instans| (instans.svar(&self.referred).namn, instans.inlagor())));
        organs
    }

    /// The statements of an organ, by its name in any case, that have a text of their own and are
    /// of this party, if one is given.
    pub fn inlagor_of(&self, hanvisning: &Hanvisning) -> Inlagor<'_> {
        let wanted = hanvisning.under.text.to_lowercase();
        let of_party = |inlaga: &Inlaga| match (&hanvisning.parti, &inlaga.parti) {
            (Some(wanted), parti) => {
                parti.as_ref().is_some_and(|parti| parti.text.to_lowercase() == wanted.text.to_lowercase())
            }
            (None, _) => true,
        };
        self.organs()
            .into_iter()
            .filter(|(name, _)| name.to_lowercase() == wanted)
            .flat_map(|(_, inlagor)| inlagor)
            .filter(|(_, inlaga)| inlaga.has_text() && of_party(inlaga))
            .collect()
    }

    /// Those of them that a statement can mean: where there are several, those of its own kind, and
    /// of its own party.
    pub fn meant_by(&self, slag: Slag, inlaga: &Inlaga, hanvisning: &Hanvisning) -> Inlagor<'_> {
        let all = self.inlagor_of(hanvisning);
        let of_kind: Inlagor = all.iter().filter(|(other, _)| *other == slag).copied().collect();
        let all = if of_kind.is_empty() { all } else { of_kind };
        let of_party: Inlagor = all.iter().filter(|(_, other)| inlaga.shares_party(other)).copied().collect();
        if of_party.is_empty() { all } else { of_party }
    }
}
