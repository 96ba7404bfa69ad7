//! The remissinstanser of an utlåtande: what is said of them, and what they answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::Case;
use super::body::{Content, Words};
use super::inlaga::{Beslut, Inlaga, Inlagor, Punkter, Slag, inlagor};
use crate::diagnostic::{Diagnostic, codes};
use crate::library::roll::Roll;
use crate::yaml::entries::missing_key;
use crate::yaml::field::{Field, Reader, record};
use crate::yaml::node::{Value, YamlNode};
use crate::yaml::values::{Day, Line, Text};

/// The cases that a case refers to, by the paths as it writes them.
pub type Referred = BTreeMap<String, Arc<Case>>;

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
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
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

/// Reads the remissinstanser. What one that refers to a case may leave out, the others must say.
pub fn read(node: &YamlNode, reader: &mut Reader) -> Vec<Remissinstans> {
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
                require("beslut", instans.sammantrade.is_none() || instans.beslut.is_some(), item, reader);
            }
            if let (Some(yttrande), Some(_)) = (&instans.yttrande, &instans.tjansteutlatande) {
                let place = yttrande.text.origin.as_ref().unwrap_or(&item.origin).place();
                reader.problems.push(
                    Diagnostic::new(
                        codes::REMISS_TVA_SVAR,
                        "instansen har både tjänsteutlåtande och yttrande",
                    )
                    .at(place)
                    .hint("Ta bort det ena: bara ett svar skrivs ut."),
                );
            }
        }
    }
    instanser
}

fn require(key: &str, there: bool, node: &YamlNode, reader: &mut Reader) {
    if !there {
        reader.problems.push(missing_key(key, &node.origin));
    }
}

/// What a remissinstans answered, from the utlåtande and the case that it refers to.
pub struct Svar<'a> {
    /// The instans; empty where neither the utlåtande nor a case that could be read says it.
    pub namn: &'a str,
    /// The answer in short.
    pub sammandrag: Option<&'a Text>,
    /// The day on which its nämnd decided.
    pub sammantrade: Option<&'a Day>,
    /// The decision.
    pub beslut: Option<Punkter<'a>>,
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
        let case = self.fil().and_then(|fil| referred.get(&fil.text)).map(|case| &**case);
        let said = self.tjansteutlatande.as_ref();
        let namn =
            self.namn.as_ref().or(case.map(|case| &case.head.till.namnd)).map_or("", |line| &line.text);
        let wrote = said.and_then(|said| said.forvaltning.as_ref());
        let wrote = wrote.or(case.map(|case| case.head.avsandare.namn()));
        Svar {
            namn,
            sammandrag: self.sammandrag.as_ref().or(case.and_then(|case| case.text(Roll::Sammanfattning))),
            sammantrade: self
                .sammantrade
                .as_ref()
                .or(case.and_then(|case| case.head.till.sammantrade.as_ref())),
            beslut: self.beslut.as_ref().map(Beslut::punkter).or(case.and_then(proposal)),
            text: said
                .and_then(|said| said.text.as_ref())
                .or(case.and_then(|case| case.text(Roll::Asikt)))
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
fn proposal(case: &Case) -> Option<Punkter<'_>> {
    case.parts.iter().find(|part| part.role == Some(Roll::Beslut)).and_then(|part| match &part.content {
        Content::Proposal(text) => Some(Punkter { punkter: std::slice::from_ref(text), numrerat: false }),
        Content::Points(points) => Some(Punkter { punkter: points, numrerat: true }),
        _ => None,
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

    /// The text of the section that the kind means first by a role.
    fn text(&self, role: Roll) -> Option<&Text> {
        let key = self.kind.key_for(role)?;
        self.parts.iter().find(|part| part.key.name == key).and_then(|part| match &part.content {
            Content::Text(text) => Some(text),
            _ => None,
        })
    }
}
