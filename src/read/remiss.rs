//! What an utlåtande gathers: the remissinstanser with their answers, and the reservations of
//! the organs that decided.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Case;
use super::body::{Content, Words};
use super::field::{Field, Reader, missing_key, record};
use super::node::{Node, Value};
use super::values::{Day, Line, Text};

/// The section of a tjänsteutlåtande that is quoted.
const SYNPUNKTER: &str = "förvaltningens synpunkter";

/// The cases that a case refers to, by the paths as it writes them.
pub type Referred = BTreeMap<String, Case>;

record! {
    /// Somebody who was asked, and what the answer was.
    pub struct Remissinstans {
        "namn" optional namn: Option<Line>, "Instansens namn; hämtas ur tjänsteutlåtandets fil där den anges.";
        "sammandrag" optional sammandrag: Option<Text>, "Svaret i korthet, till avsnittet Beredning; utelämnas det tas sammanfattningen ur tjänsteutlåtandets fil.";
        "sammanträde" optional sammantrade: Option<Day>, "Datum för nämndens sammanträde, ÅÅÅÅ-MM-DD.";
        "beslut" optional beslut: Option<Beslut>, "Nämndens beslut: en text, eller en lista som numreras; utelämnas det tas förslaget ur tjänsteutlåtandets fil.";
        "tjänsteutlåtande" optional tjansteutlatande: Option<Tjansteutlatande>, "Ärendefilen som svaret står i, till exempel ../utbildningsnamnden/remissvar.yaml; eller svaret självt: datum, text och förvaltning.";
        "yttrande" optional yttrande: Option<Yttrande>, "Svaret från den som inte har någon förvaltning, till exempel en facklig organisation.";
        "reservationer" optional reservationer: Vec<Inlaga>, "Reservationer mot nämndens beslut.";
        "särskilda uttalanden" optional uttalanden: Vec<Inlaga>, "Särskilda uttalanden.";
        "ersättaryttranden" optional ersattaryttranden: Vec<Inlaga>, "Ersättaryttranden.";
    }
}

record! {
    /// What somebody without a förvaltning answered.
    pub struct Yttrande {
        "datum" required datum: Day, "Yttrandets datum, ÅÅÅÅ-MM-DD.";
        "text" required text: Text, "Yttrandet, i sin helhet eller förkortat.";
    }
}

/// A tjänsteutlåtande: a case of its own, what an utlåtande says of it, or both.
#[derive(Clone, Debug, Default)]
pub struct Tjansteutlatande {
    /// The case's file, seen from the utlåtande's folder.
    pub fil: Option<Line>,
    /// Who wrote it, where it is not the instans itself.
    pub forvaltning: Option<Line>,
    /// Its date.
    pub datum: Option<Day>,
    /// Its text, whole or shortened.
    pub text: Option<Text>,
}

record! {
    /// The long form of a tjänsteutlåtande.
    pub struct Utskrivet {
        "fil" optional fil: Option<Line>, "Ärendefilen, räknat från utlåtandets mapp.";
        "förvaltning" optional forvaltning: Option<Line>, "Förvaltningen som har skrivit det, om det inte är instansen själv.";
        "datum" optional datum: Option<Day>, "Tjänsteutlåtandets datum, ÅÅÅÅ-MM-DD.";
        "text" optional text: Option<Text>, "Texten, i sin helhet eller förkortad; utelämnas den tas förvaltningens synpunkter ur filen.";
    }
}

impl Field for Tjansteutlatande {
    fn read(node: &Node, reader: &mut Reader) -> Self {
        if !matches!(node.value, Value::Map(_)) {
            return Self { fil: Some(Line::read(node, reader)), ..Self::default() };
        }
        let Utskrivet { fil, forvaltning, datum, text } = Utskrivet::read(node, reader);
        if fil.is_none() {
            require("datum", datum.is_some(), node, reader);
            require("text", text.is_some(), node, reader);
        }
        Self { fil, forvaltning, datum, text }
    }

    fn schema() -> Json {
        json!({ "oneOf": [Line::schema(), Utskrivet::schema()] })
    }
}

/// A decision, or a proposal for one.
#[derive(Clone, Debug, Default)]
pub struct Beslut {
    /// Its points.
    pub punkter: Vec<Text>,
    /// Whether they are numbered, as a list is.
    pub numrerat: bool,
}

impl Field for Beslut {
    fn read(node: &Node, reader: &mut Reader) -> Self {
        match node.value {
            Value::List(_) => Self { punkter: Vec::read(node, reader), numrerat: true },
            _ => Self { punkter: vec![Text::read(node, reader)], numrerat: false },
        }
    }

    fn schema() -> Json {
        super::field::OneOrMany::<Text>::schema()
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

    fn words(&self) -> Vec<Words<'_>> {
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
    fn read(node: &Node, reader: &mut Reader) -> Self {
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
    fn read(node: &Node, reader: &mut Reader) -> Self {
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
}

/// Statements with their kinds, in the order they print.
pub type Inlagor<'a> = Vec<(Slag, &'a Inlaga)>;

fn inlagor<'a>(lists: [(Slag, &'a [Inlaga]); 3]) -> Inlagor<'a> {
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

/// Reads the remissinstanser. What one that refers to a case may leave out, the others must say.
pub fn read(node: &Node, reader: &mut Reader) -> Vec<Remissinstans> {
    let instanser = Vec::<Remissinstans>::read(node, reader);
    if let Value::List(items) = &node.value {
        for (item, instans) in
            items.iter().zip(&instanser).filter(|(item, _)| matches!(item.value, Value::Map(_)))
        {
            if instans.fil().is_none() {
                require("namn", instans.namn.is_some(), item, reader);
                require("sammandrag", instans.sammandrag.is_some(), item, reader);
                require(
                    "sammanträde",
                    instans.beslut.is_none() || instans.sammantrade.is_some(),
                    item,
                    reader,
                );
            }
        }
    }
    instanser
}

fn require(key: &str, there: bool, node: &Node, reader: &mut Reader) {
    if !there {
        reader.problems.push(missing_key(key, &node.origin));
    }
}

/// What a remissinstans answered, from the utlåtande and the case that it refers to.
pub struct Svar<'a> {
    /// The instans.
    pub namn: &'a str,
    /// The answer in short.
    pub sammandrag: Option<&'a Text>,
    /// The day on which its nämnd decided.
    pub sammantrade: Option<&'a Day>,
    /// The decision.
    pub beslut: Option<Beslut>,
    /// The answer itself.
    pub text: Option<&'a Text>,
    /// The answer's date.
    pub datum: Option<&'a Day>,
    /// Who wrote the tjänsteutlåtande; none where the answer is a yttrande.
    pub forvaltning: Option<&'a str>,
}

impl Remissinstans {
    /// The file of the case that it refers to.
    pub fn fil(&self) -> Option<&Line> {
        self.tjansteutlatande.as_ref()?.fil.as_ref()
    }

    /// Its statements.
    pub fn inlagor(&self) -> Inlagor<'_> {
        inlagor([
            (Slag::Reservation, &self.reservationer),
            (Slag::Uttalande, &self.uttalanden),
            (Slag::Ersattaryttrande, &self.ersattaryttranden),
        ])
    }

    /// What it answered. What the utlåtande says goes before what the case says.
    pub fn svar<'a>(&'a self, referred: &'a Referred) -> Svar<'a> {
        let case = self.fil().and_then(|fil| referred.get(&fil.text));
        let said = self.tjansteutlatande.as_ref();
        let namn = self
            .namn
            .as_ref()
            .or(case.map(|case| &case.head.till.namnd))
            .or(self.fil())
            .map_or("", |line| &line.text);
        let wrote = said.and_then(|said| said.forvaltning.as_ref());
        let wrote = wrote.or(case.map(|case| &case.head.avsandare.forvaltning));
        Svar {
            namn,
            sammandrag: self.sammandrag.as_ref().or(case.and_then(|case| case.text("sammanfattning"))),
            sammantrade: self
                .sammantrade
                .as_ref()
                .or(case.and_then(|case| case.head.till.sammantrade.as_ref())),
            beslut: self.beslut.clone().or(case.and_then(proposal)),
            text: said
                .and_then(|said| said.text.as_ref())
                .or(case.and_then(|case| case.text(SYNPUNKTER)))
                .or(self.yttrande.as_ref().map(|yttrande| &yttrande.text)),
            datum: said
                .and_then(|said| said.datum.as_ref())
                .or(case.map(|case| &case.head.datum))
                .or(self.yttrande.as_ref().map(|yttrande| &yttrande.datum)),
            forvaltning: said.map(|_| wrote.map_or(namn, |line| &line.text)),
        }
    }

    /// Its words.
    pub fn words(&self) -> Vec<Words<'_>> {
        let said = self.tjansteutlatande.as_ref();
        let lines = [self.namn.as_ref(), said.and_then(|said| said.forvaltning.as_ref())];
        let points = self.beslut.iter().flat_map(|beslut| &beslut.punkter);
        let answer =
            [said.and_then(|said| said.text.as_ref()), self.yttrande.as_ref().map(|said| &said.text)];
        let texts = self.sammandrag.iter().chain(points).chain(answer.into_iter().flatten());
        let statements = self.inlagor().into_iter().flat_map(|(_, inlaga)| inlaga.words());
        lines.into_iter().flatten().map(Words::Line).chain(texts.map(Words::Text)).chain(statements).collect()
    }
}

/// What a case proposes.
fn proposal(case: &Case) -> Option<Beslut> {
    case.parts.iter().find(|part| part.key.name == "förslag till beslut").and_then(|part| {
        match &part.content {
            Content::Proposal(text) => Some(Beslut { punkter: vec![text.clone()], numrerat: false }),
            Content::Points(points) => Some(Beslut { punkter: points.clone(), numrerat: true }),
            _ => None,
        }
    })
}

impl Case {
    /// The remissinstanser, of an utlåtande.
    pub fn remissinstanser(&self) -> &[Remissinstans] {
        self.parts
            .iter()
            .find_map(|part| match &part.content {
                Content::Consultation(instanser) => Some(instanser.as_slice()),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// The files of the cases that it refers to, as it writes them.
    pub fn references(&self) -> impl Iterator<Item = &Line> {
        self.remissinstanser().iter().filter_map(Remissinstans::fil).filter(|fil| !fil.has_mark())
    }

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
            (Some(wanted), parti) => parti.as_ref().is_some_and(|parti| parti.text == wanted.text),
            (None, _) => true,
        };
        self.organs()
            .into_iter()
            .filter(|(name, _)| name.to_lowercase() == wanted)
            .flat_map(|(_, inlagor)| inlagor)
            .filter(|(_, inlaga)| inlaga.has_text() && of_party(inlaga))
            .collect()
    }

    fn text(&self, key: &str) -> Option<&Text> {
        self.parts.iter().find(|part| part.key.name == key).and_then(|part| match &part.content {
            Content::Text(text) => Some(text),
            _ => None,
        })
    }
}
