//! The keys of the body, in the order of the file, and the author's own sections.

use serde_json::{Value as Json, json};

use super::Format;
use super::inlaga::{Borgarradsberedning, Kommunstyrelse};
use super::remiss::{self, Remissinstans};
use crate::diagnostic::{Diagnostic, Place, Severity, codes, nearest};
use crate::language::swedish::capitalised;
use crate::library::form::Form;
use crate::library::kinds::Nyckel;
use crate::library::roll::Roll;
use crate::yaml::entries::{self, unknown_key};
use crate::yaml::field::{self, Field, OneOrMany, Reader, record};
use crate::yaml::node::{Key, Value, YamlNode};
use crate::yaml::values::{Line, Text};

/// One entry of the body.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its key; for a section of the author's own, the heading.
    pub key: Key,
    /// Whether it is a section of the author's own: its key is its heading.
    pub is_own: bool,
    /// What it is for, in this kind of document; a section of the author's own has no role.
    pub role: Option<Roll>,
    /// What it holds.
    pub content: Content,
}

/// What a part of the body holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Running text.
    Text(Text),
    /// Several lines.
    Lines(Vec<Line>),
    /// One text without a number.
    Proposal(Text),
    /// Numbered points.
    Points(Vec<Text>),
    /// Numbered points of each organ that decides.
    Decisions(Vec<Organbeslut>),
    /// Questions.
    Questions(Vec<Fraga>),
    /// Signatures.
    Signatures(Vec<Underskrift>),
    /// Enclosures.
    Attachments(Vec<Bilaga>),
    /// A name.
    Line(Line),
    /// The remissinstanser.
    Consultation(Vec<Remissinstans>),
    /// Borgarrådsberedningen.
    Preparation(Borgarradsberedning),
    /// Kommunstyrelsen.
    Board(Kommunstyrelse),
}

/// Words of a part, plain or Markdown.
#[derive(Clone, Copy, Debug)]
pub enum Words<'a> {
    /// A plain line.
    Line(&'a Line),
    /// A line that leads in what follows: the organ before its points.
    Lead(&'a Line),
    /// A Markdown text.
    Text(&'a Text),
    /// One that leads in what follows: what a decision's points go on from.
    LeadIn(&'a Text),
}

impl Content {
    /// Whether it is a list of several.
    pub fn is_several(&self) -> bool {
        match self {
            Content::Points(points) => points.len() > 1,
            Content::Questions(questions) => questions.len() > 1,
            Content::Signatures(people) => people.len() > 1,
            Content::Attachments(bilagor) => bilagor.len() > 1,
            Content::Lines(lines) => lines.len() > 1,
            Content::Decisions(decisions) => decisions.len() > 1,
            Content::Consultation(instanser) => instanser.len() > 1,
            Content::Text(_)
            | Content::Proposal(_)
            | Content::Line(_)
            | Content::Preparation(_)
            | Content::Board(_) => false,
        }
    }

    /// All words in it, in their order.
    pub fn words(&self) -> Vec<Words<'_>> {
        match self {
            Content::Text(text) | Content::Proposal(text) => vec![Words::Text(text)],
            Content::Lines(lines) => lines.iter().map(Words::Line).collect(),
            Content::Decisions(decisions) => decisions.iter().flat_map(Organbeslut::words).collect(),
            Content::Points(points) => points.iter().map(Words::Text).collect(),
            Content::Questions(questions) => questions
                .iter()
                .flat_map(|question| [Some(&question.fraga), question.svar.as_ref()])
                .flatten()
                .map(Words::Text)
                .collect(),
            Content::Signatures(people) => {
                people.iter().flat_map(Underskrift::lines).map(Words::Line).collect()
            }
            Content::Attachments(bilagor) => {
                bilagor.iter().map(|bilaga| Words::Line(&bilaga.titel)).collect()
            }
            Content::Line(line) => vec![Words::Line(line)],
            Content::Consultation(instanser) => instanser.iter().flat_map(Remissinstans::words).collect(),
            Content::Preparation(said) => said.words(),
            Content::Board(said) => said.words(),
        }
    }
}

/// A question and what the förvaltning answers.
#[derive(Clone, Debug, Default)]
pub struct Fraga {
    /// The question.
    pub fraga: Text,
    /// The answer.
    pub svar: Option<Text>,
}

impl Field for Fraga {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        match node.value {
            Value::Map(_) if node.has_one_of(Answered::KEYS) => {
                let answered = Answered::read(node, reader);
                Self { fraga: answered.fraga.unnumbered(reader), svar: answered.svar }
            }
            _ => Self { fraga: Text::read(node, reader).unnumbered(reader), svar: None },
        }
    }

    fn schema() -> Json {
        json!({ "oneOf": [Text::schema(), Answered::schema()] })
    }
}

record! {
    /// The long form of a question.
    pub struct Answered {
        "fråga" required fraga: Text, "Frågan, ordagrant.";
        "svar" optional svar: Option<Text>, "Förvaltningens svar på frågan.";
    }
}

record! {
    /// What an organ decides.
    pub struct Organbeslut {
        "organ" optional organ: Option<Line>, "Vem som beslutar, till exempel I kommunstyrelsen.";
        "inledning" optional inledning: Option<Text>, "Det som punkterna fortsätter på, till exempel Kommunfullmäktige beslutar.";
        "punkter" optional punkter: Vec<Text>, "Beslutets punkter, hela meningar.";
        "att" optional att: Vec<Text>, "Beslutets att-satser, utan ordet att.";
    }
}

impl Organbeslut {
    /// Its points, however they are written.
    pub fn points(&self) -> impl Iterator<Item = &Text> {
        self.punkter.iter().chain(&self.att)
    }

    /// Its words.
    fn words(&self) -> Vec<Words<'_>> {
        let lead = self.organ.as_ref().map(Words::Lead);
        let said = self.inledning.iter().map(Words::LeadIn).chain(self.points().map(Words::Text));
        lead.into_iter().chain(said).collect()
    }

    /// What it lacks to be a decision that can be told from the one before it.
    fn report(&self, node: &YamlNode, reader: &mut Reader) {
        let place = node.origin.place();
        let finding = |message: &str, hint: &str| {
            Diagnostic::new(codes::NYCKEL_SAKNAS, message).at(place.clone()).hint(hint)
        };
        if self.organ.is_none() && self.inledning.is_none() {
            let message = "det står inte vem som beslutar: nyckeln ”organ” saknas";
            reader
                .problems
                .push(finding(message, "Lägg till raden ”organ: I nämnden”, eller ”inledning: …”."));
        }
        if self.punkter.is_empty() && self.att.is_empty() {
            let message = "det står inte vad som beslutas: nyckeln ”punkter” saknas";
            reader
                .problems
                .push(finding(message, "Lägg till punkter: eller att:, med en punkt på varje rad."));
        } else if !self.punkter.is_empty() && !self.att.is_empty() {
            let message = "beslutet har både punkter och att-satser";
            let finding = Diagnostic::new(codes::DUBBEL_NYCKEL, message).at(place);
            reader.problems.push(finding.hint("Skriv dem på ett sätt, eller dela upp beslutet i två."));
        }
    }
}

/// What is proposed: a text, points, or such for each organ.
fn points(node: &YamlNode, reader: &mut Reader) -> Content {
    let nodes = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    if nodes.iter().any(|node| node.has_one_of(Organbeslut::KEYS)) {
        return Content::Decisions(nodes.iter().map(|node| decision(node, reader)).collect());
    }
    match node.value {
        Value::List(_) => Content::Points(unnumbered(Vec::read(node, reader), reader)),
        _ => Content::Proposal(Text::read(node, reader)),
    }
}

fn decision(node: &YamlNode, reader: &mut Reader) -> Organbeslut {
    let decision = Organbeslut::read(node, reader);
    if node.has_one_of(Organbeslut::KEYS) {
        decision.report(node, reader);
    }
    let punkter = unnumbered(decision.punkter, reader);
    let att = unnumbered(decision.att, reader);
    Organbeslut { punkter, att, ..decision }
}

fn unnumbered(points: Vec<Text>, reader: &mut Reader) -> Vec<Text> {
    points.into_iter().map(|point| point.unnumbered(reader)).collect()
}

record! {
    /// A person who signs, or several under one title.
    pub struct Underskrift {
        "namn" required namn: OneOrMany<Line>, "Namnet; en lista om flera skriver under med samma titel.";
        "titel" optional titel: Option<Line>, "Titeln, till exempel Utbildningsdirektör.";
        "organisation" optional organisation: Option<Line>, "Förvaltningen eller avdelningen.";
    }
}

impl Underskrift {
    /// Its lines: names, title, organisation.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.namn.0.iter().chain(&self.titel).chain(&self.organisation)
    }
}

/// Something enclosed.
#[derive(Clone, Debug, Default)]
pub struct Bilaga {
    /// What it is called.
    pub titel: Line,
    /// Its file, beside the case.
    pub fil: Option<Line>,
}

impl Field for Bilaga {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        match node.value {
            Value::Map(_) if node.has_one_of(Filed::KEYS) => {
                let filed = Filed::read(node, reader);
                Self { titel: filed.titel, fil: filed.fil }
            }
            _ => Self { titel: Line::read(node, reader), fil: None },
        }
    }

    fn schema() -> Json {
        json!({ "oneOf": [Line::schema(), Filed::schema()] })
    }
}

record! {
    /// The long form of an enclosure.
    pub struct Filed {
        "titel" required titel: Line, "Bilagans titel.";
        "fil" optional fil: Option<Line>, "Bilagans fil, räknat från ärendets mapp.";
    }
}

impl Form {
    /// The JSON Schema of such a value.
    pub fn schema(self) -> Json {
        match self {
            Form::Text => Text::schema(),
            Form::Rader => Vec::<Line>::schema(),
            Form::Punkter => json!({ "oneOf": [
                Text::schema(),
                { "type": "array", "items": Text::schema(), "minItems": 1 },
                Organbeslut::schema(),
                Vec::<Organbeslut>::schema(),
            ] }),
            Form::Fragor => Vec::<Fraga>::schema(),
            Form::Underskrifter => Vec::<Underskrift>::schema(),
            Form::Bilagor => Vec::<Bilaga>::schema(),
            Form::Rad => Line::schema(),
            Form::Remissinstanser => Vec::<Remissinstans>::schema(),
            Form::Borgarradsberedning => json!({ "oneOf": [Text::schema(), Borgarradsberedning::schema()] }),
            Form::Kommunstyrelse => json!({ "oneOf": [Text::schema(), Kommunstyrelse::schema()] }),
        }
    }

    fn read(self, node: &YamlNode, reader: &mut Reader) -> Content {
        match self {
            Form::Text => Content::Text(Text::read(node, reader)),
            Form::Rader => Content::Lines(Vec::read(node, reader)),
            Form::Punkter => points(node, reader),
            Form::Fragor => Content::Questions(Vec::read(node, reader)),
            Form::Underskrifter => Content::Signatures(Vec::read(node, reader)),
            Form::Bilagor => Content::Attachments(Vec::read(node, reader)),
            Form::Rad => Content::Line(Line::read(node, reader)),
            Form::Remissinstanser => Content::Consultation(remiss::read(node, reader)),
            Form::Borgarradsberedning => Content::Preparation(match node.value {
                Value::Map(_) => Field::read(node, reader),
                _ => Borgarradsberedning { text: Text::read(node, reader), ..Default::default() },
            }),
            Form::Kommunstyrelse => Content::Board(match node.value {
                Value::Map(_) => Field::read(node, reader),
                _ => Kommunstyrelse { text: Text::read(node, reader), ..Default::default() },
            }),
        }
    }
}

/// Reads what the head left: sections known and own, and keys that do not exist.
pub(super) fn read(entries: &[&(Key, YamlNode)], format: Format, reader: &mut Reader) -> Vec<Part> {
    let mut parts = Vec::new();
    for (key, node) in entries {
        let known = format.kind.key(&key.name);
        let content = if let Some(known) = known {
            let before = reader.problems.len();
            let content = known.form.read(node, reader);
            if let Some(sentence) = known.nothing() {
                let empty =
                    reader.problems[before..].iter_mut().filter(|found| found.code == codes::TOM_TEXT);
                empty.for_each(|found| {
                    found.hint = Some(format!("Skriv texten. Finns det inget att säga skrivs: {sentence}"))
                });
            }
            content
        } else if is_heading(&key.name) {
            let finding = entries::not_indented(key, node).or_else(|| confusable(key, format));
            reader.problems.extend(finding.filter(|_| format.is_certain));
            match node.value {
                Value::List(_) => Content::Lines(Vec::read(node, reader)),
                _ => Content::Text(Text::read(node, reader)),
            }
        } else {
            if format.is_certain {
                let finding = entries::not_indented(key, node).map(|finding| Diagnostic {
                    code: codes::OKAND_NYCKEL,
                    severity: Severity::Error,
                    ..finding
                });
                reader.problems.push(finding.unwrap_or_else(|| unknown(key, format)));
            }
            continue;
        };
        let role = known.and_then(Nyckel::role);
        parts.push(Part { key: key.clone(), is_own: known.is_none(), role, content });
    }
    parts
}

/// Whether a key is a heading of the author's own: a capital first, a digit, a paragraph sign, or a
/// quotation mark.
fn is_heading(name: &str) -> bool {
    name.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit() || "§”“»\"".contains(first))
}

/// A key that another kind of document has.
pub(super) fn of_another_kind(key: &Key, format: Format) -> Option<Diagnostic> {
    let other = format.kinds.all().find(|other| other.keys().any(|known| known == key.name))?;
    Some(
        Diagnostic::new(
            codes::NYCKEL_ANNAN_MALL,
            format!("nyckeln ”{}” hör till {}, inte till {}", key.name, other.word(), format.kind.word()),
        )
        .at(key.origin.place())
        .hint(format!("Ta bort nyckeln, eller byt mall till {}.", other.word())),
    )
}

/// A key of neither kind: misspelt, or an own heading without its capital.
fn unknown(key: &Key, format: Format) -> Diagnostic {
    if let Some(finding) = of_another_kind(key, format) {
        return finding;
    }
    let finding = unknown_key(key, format.kind.keys());
    let groups: Vec<&str> =
        format.kind.keys().filter(|group| format.stands_below(&key.name, group)).collect();
    // A word that means a key which the case has is most likely a heading, or stands in the wrong place.
    let is_free = finding.edit.as_ref().is_some_and(|edit| !format.has(&edit.replacement));
    if !groups.is_empty() && !is_free {
        return below_its_group(key, &groups);
    }
    if !is_free && key.name.starts_with(char::is_lowercase) {
        let heading = capitalised(&key.name);
        let place = key.origin.place();
        return Diagnostic { edit: None, ..finding }
            .hint(format!("En egen rubrik skrivs med stor bokstav: ”{heading}:”. Mallens nycklar visas av: tjut nycklar {}", format.kind.word()))
            .edit(place, heading);
    }
    finding
}

/// A key that stands outside of the group that it belongs to.
fn below_its_group(key: &Key, groups: &[&str]) -> Diagnostic {
    let place = key.origin.place();
    let finding =
        Diagnostic::new(codes::OKAND_NYCKEL, format!("nyckeln ”{}” står utanför sin grupp", key.name));
    let Some((group, range, indented)) = entries::within_group_above(&place, groups) else {
        let groups = groups.join(":” eller ”");
        return finding
            .hint(format!(
                "Nyckeln hör under ”{groups}:”. Flytta raden dit, och dra in den lika långt som raderna där."
            ))
            .at(place);
    };
    let by = indented.len() - indented.trim_start_matches(' ').len();
    finding
        .hint(format!("Nyckeln hör under ”{group}:”. Dra in raden med {}.", field::blanks(by)))
        .safe_edit(Place { source: place.source.clone(), range }, indented)
        .at(place)
}

/// An own heading that is a known key but for its capital, or nearly one.
fn confusable(key: &Key, format: Format) -> Option<Diagnostic> {
    let lower = key.name.to_lowercase();
    if let Some(known) = format.kind.keys().find(|known| *known == lower) {
        return Some(
            Diagnostic::new(codes::NYCKEL_VERSAL, format!("nyckeln ”{known}” skrivs med liten bokstav"))
                .at(key.origin.place())
                .hint(format!("Skriv ”{known}:”. Med stor bokstav blir den en egen rubrik."))
                .safe_edit(key.origin.place(), known),
        );
    }
    // Who numbers headings means them: “1 Sammanfattning”.
    if key.name.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let near = nearest(&key.name, format.kind.keys())?;
    Some(
        Diagnostic::new(codes::NASTAN_NYCKEL, format!("rubriken ”{}” liknar nyckeln ”{near}”", key.name))
            .at(key.origin.place())
            .hint(format!("Menade du nyckeln ”{near}:”? Om det är en egen rubrik kan den stå kvar.")),
    )
}
