//! The template's view of what an utlåtande gathers.

use tera::{Map, Value};

use super::context::View;
use super::slots::words;
use crate::language::swedish;
use crate::read::head::Beslutande;
use crate::read::inlaga::{Borgarradsberedning, Hanvisning, Inlaga, Inlagor, Kommunstyrelse, Punkter, Slag};
use crate::read::remiss::{Remissinstans, Svar};
use crate::yaml::values::Text;

/// The level of the headings of the remissinstanser.
const INSTANS: u8 = 3;

impl<'a> View<'a> {
    /// A proposal or a decision.
    pub(super) fn beslut(&self, beslut: Punkter<'a>) -> Value {
        let points: Vec<Value> = beslut.punkter.iter().map(|point| self.text(point, INSTANS)).collect();
        map([("numrerat", beslut.numrerat.into()), ("punkter", points.into())])
    }

    /// The sentence before the proposal in its box.
    pub(super) fn beslutsmening(&self) -> &'static str {
        match self.case.head.beslutande {
            Beslutande::Kommunfullmaktige => {
                "Kommunstyrelsen föreslår att kommunfullmäktige beslutar följande."
            }
            Beslutande::Kommunstyrelsen => "Kommunstyrelsen beslutar följande.",
        }
    }

    /// Borgarrådsberedningen.
    pub(super) fn preparation(&self, said: &'a Borgarradsberedning, depth: u8) -> Value {
        map([("text", self.text(&said.text, depth)), ("inlagor", self.inlagor(&said.inlagor(), depth))])
    }

    /// Kommunstyrelsen.
    pub(super) fn board(&self, said: &'a Kommunstyrelse, depth: u8) -> Value {
        let name = said.ordforande.as_ref().map_or(Value::none(), |person| self.line(&person.namn));
        let title = said.ordforande.as_ref().and_then(|person| person.titel.as_ref());
        map([
            ("text", self.text(&said.text, depth)),
            ("ort", said.ort.as_ref().map_or("Stockholm".into(), |line| self.line(line))),
            ("datum", self.day(&self.case.head.datum)),
            ("namn", name),
            ("titel", title.map_or("Kommunstyrelsens ordförande".into(), |line| self.line(line))),
            ("inlagor", self.inlagor(&said.inlagor(), depth)),
        ])
    }

    /// The sentence that lists the remissinstanser, and what each says in short.
    pub(super) fn consultation(&self, instanser: &'a [Remissinstans]) -> Value {
        let answers: Vec<Svar> = instanser.iter().map(|instans| instans.svar(&self.case.referred)).collect();
        let digests = answers.iter().filter_map(|svar| Some(self.text(svar.sammandrag?, INSTANS)));
        map([("instanser", self.listed()), ("sammandrag", digests.collect::<Vec<_>>().into())])
    }

    fn listed(&self) -> Value {
        let names = self.case.remissinstanser().iter().map(|instans| instans.svar(&self.case.referred).namn);
        words(&swedish::listed(&names.map(swedish::within).collect::<Vec<_>>()))
    }

    /// What closes the document: the answers themselves, and the reservations.
    pub(super) fn closing(&self) -> Vec<Value> {
        let instanser = self.case.remissinstanser();
        if instanser.is_empty() {
            return Vec::new();
        }
        let answers: Vec<Value> = instanser.iter().filter_map(|instans| self.answer(instans)).collect();
        let statements: Vec<Value> =
            instanser.iter().filter_map(|instans| self.statements(instans)).collect();
        let part = |slag: &str, heading: &str, instanser: Vec<Value>| {
            (!instanser.is_empty()).then(|| {
                map([
                    ("slag", slag.into()),
                    ("nyckel", slag.into()),
                    ("roll", Value::none()),
                    ("rubrik", heading.into()),
                    ("upprakning", self.listed()),
                    ("instanser", instanser.into()),
                ])
            })
        };
        let parts = [
            part("remissammanställning", "Remissammanställning", answers),
            part("reservationer", "Reservationer m.m.", statements),
        ];
        parts.into_iter().flatten().collect()
    }

    /// What one instans decided and wrote; none when it did neither.
    fn answer(&self, instans: &'a Remissinstans) -> Option<Value> {
        let svar = instans.svar(&self.case.referred);
        if svar.beslut.is_none() && svar.text.is_none() {
            return None;
        }
        let document = match svar.forvaltning {
            Some(forvaltning) => (forvaltning, "tjänsteutlåtande"),
            None => (svar.namn, "yttrande"),
        };
        Some(map([
            ("namn", words(svar.namn)),
            ("sammantrade", svar.sammantrade.map_or(Value::none(), |day| self.day(day))),
            ("beslut", svar.beslut.map_or(Value::none(), |beslut| self.beslut(beslut))),
            (
                "inlagor",
                instans
                    .inlagor()
                    .iter()
                    .map(|(slag, inlaga)| self.heading_of(*slag, inlaga))
                    .collect::<Vec<_>>()
                    .into(),
            ),
            ("forfattares", words(&swedish::genitive(document.0))),
            ("handling", document.1.into()),
            ("datum", svar.datum.map_or(Value::none(), |day| self.day(day))),
            ("text", self.optional(svar.text, INSTANS + 1)),
        ]))
    }

    fn statements(&self, instans: &'a Remissinstans) -> Option<Value> {
        let inlagor = instans.inlagor();
        let namn = instans.svar(&self.case.referred).namn;
        (!inlagor.is_empty())
            .then(|| map([("namn", words(namn)), ("inlagor", self.inlagor(&inlagor, INSTANS + 2))]))
    }

    fn inlagor(&self, inlagor: &Inlagor<'a>, depth: u8) -> Value {
        inlagor.iter().map(|(slag, inlaga)| self.inlaga(*slag, inlaga, depth)).collect::<Vec<_>>().into()
    }

    fn inlaga(&self, slag: Slag, inlaga: &'a Inlaga, depth: u8) -> Value {
        map([
            ("rubrik", self.heading_of(slag, inlaga)),
            ("utford", inlaga.has_text().into()),
            ("inledning", self.optional(inlaga.inledning.as_ref(), depth)),
            (
                "forslag",
                inlaga.forslag.as_ref().map_or(Value::none(), |forslag| self.beslut(forslag.punkter())),
            ),
            ("text", self.optional(inlaga.text.as_ref(), depth)),
            (
                "se",
                inlaga
                    .se
                    .as_ref()
                    .map_or(Value::none(), |target| words(&self.target((slag, inlaga), target, false))),
            ),
            (
                "likalydande",
                inlaga
                    .likalydande
                    .as_ref()
                    .map_or(Value::none(), |target| words(&self.target((slag, inlaga), target, true))),
            ),
        ])
    }

    /// What a reference points at: `reservation under förskolenämnden`, or as something known,
    /// `Moderaternas reservation i borgarrådsberedningen`. Where there are several, both say whose.
    fn target(&self, from: (Slag, &Inlaga), target: &Hanvisning, known: bool) -> String {
        let found = self.case.meant_by(from.0, from.1, target);
        let (slag, party) = match found.as_slice() {
            [(slag, inlaga), ..] => (*slag, inlaga.parti.as_ref()),
            [] => (Slag::Reservation, None),
        };
        let several = self.case.inlagor_of(target).iter().filter(|(other, _)| *other == slag).count() > 1;
        let party = target.parti.as_ref().or(party.filter(|_| known || several));
        let what = match (party, known) {
            (Some(party), _) => format!("{} {}", swedish::genitive(&party.text), with_owner(slag)),
            (None, true) => definite(slag).to_owned(),
            (None, false) => slag.word().to_owned(),
        };
        // As the organ itself is written, however the reference spells it.
        let wanted = target.under.text.to_lowercase();
        let organs = self.case.organs();
        let named = organs.iter().find(|(name, _)| name.to_lowercase() == wanted);
        let organ = swedish::within(named.map_or(target.under.text.as_str(), |(name, _)| name));
        let preposition =
            if organ.starts_with("borgarrådsberedningen") || organ.starts_with("kommunstyrelsen") {
                "i"
            } else {
                "under"
            };
        format!("{what} {preposition} {organ}")
    }

    /// `Reservation av Anna Ek m.fl. (M)`.
    fn heading_of(&self, slag: Slag, inlaga: &Inlaga) -> Value {
        self.after(&format!("{} av ", swedish::capitalised(slag.word())), &inlaga.av)
    }

    fn optional(&self, text: Option<&'a Text>, depth: u8) -> Value {
        text.map_or(Value::none(), |text| self.text(text, depth))
    }
}

/// The word after whose it is.
fn with_owner(slag: Slag) -> &'static str {
    match slag {
        Slag::Uttalande => "särskilda uttalande",
        other => other.word(),
    }
}

fn definite(slag: Slag) -> &'static str {
    match slag {
        Slag::Reservation => "reservationen",
        Slag::Uttalande => "det särskilda uttalandet",
        Slag::Ersattaryttrande => "ersättaryttrandet",
    }
}

/// A day in words; a draft may have something else where a day goes.
fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let mut map = Map::new();
    for (key, value) in entries {
        map.insert(key.to_owned().into(), value);
    }
    Value::from(map)
}
