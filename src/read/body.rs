//! The keys of the body, in the order of the file, and the author's own sections.

use serde_json::{Value as Json, json};

use super::field::{Field, OneOrMany, Reader, record, unknown_key};
use super::head::Huvud;
use super::node::{Key, Node, Value};
use super::values::{Line, Text};
use crate::diagnostic::{Diagnostic, nearest};

/// A key of the body.
pub struct BodyKey {
    /// As it is written.
    pub name: &'static str,
    /// The heading it prints under, unless the case or the profile has another.
    pub heading: Option<&'static str>,
    /// What its value is.
    pub shape: Shape,
    /// What editors show, in Swedish.
    pub description: &'static str,
}

/// What the value of a body key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A Markdown text.
    Text,
    /// A text, or a list of points.
    Points,
    /// Questions, with or without answers.
    Questions,
    /// The people who sign.
    Signatures,
    /// What is enclosed.
    Attachments,
}

/// Every key of the body.
pub const BODY: &[BodyKey] = &[
    key(
        "förslag till beslut",
        Some("Förvaltningens förslag till beslut"),
        Shape::Points,
        "Det som nämnden ska besluta: en text, eller en lista som numreras.",
    ),
    key("sammanfattning", Some("Sammanfattning"), Shape::Text, "Ärendet i korthet."),
    key("bakgrund", Some("Bakgrund"), Shape::Text, "Varför ärendet finns."),
    key("ärendet", Some("Ärendet"), Shape::Text, "Vad ärendet gäller."),
    key(
        "ärendets beredning",
        Some("Ärendets beredning"),
        Shape::Text,
        "Vilka som har berett ärendet, och när.",
    ),
    key(
        "frågor",
        None,
        Shape::Questions,
        "Frågorna som besvaras. De skrivs ut där de står; svaren skrivs efter förvaltningens synpunkter.",
    ),
    key(
        "förvaltningens synpunkter",
        Some("Förvaltningens synpunkter"),
        Shape::Text,
        "Vad förvaltningen anser.",
    ),
    key(
        "förvaltningens förslag",
        Some("Förvaltningens förslag"),
        Shape::Text,
        "Vad förvaltningen föreslår, i löpande text.",
    ),
    key(
        "barnrättsperspektiv",
        Some("Barnrättsperspektiv"),
        Shape::Text,
        "Ärendet ur barnets rättigheters perspektiv.",
    ),
    key(
        "konsekvenser för barn",
        Some("Konsekvenser för barn och barns rättigheter"),
        Shape::Text,
        "Vad ärendet innebär för barn.",
    ),
    key(
        "jämställdhetsanalys",
        Some("Jämställdhetsanalys"),
        Shape::Text,
        "Vad ärendet innebär för kvinnor och män, flickor och pojkar.",
    ),
    key("avslutning", None, Shape::Text, "Text utan rubrik, som skrivs där den står."),
    key(
        "avslutande förslag",
        Some("Förslag till beslut"),
        Shape::Text,
        "Förslaget en gång till, sist i texten.",
    ),
    key("underskrifter", None, Shape::Signatures, "De som skriver under, två bredvid varandra."),
    key("bilagor", Some("Bilaga"), Shape::Attachments, "Det som bifogas."),
];

const fn key(
    name: &'static str,
    heading: Option<&'static str>,
    shape: Shape,
    description: &'static str,
) -> BodyKey {
    BodyKey { name, heading, shape, description }
}

/// The names of the body's keys.
pub fn known_keys() -> impl Iterator<Item = &'static str> + Clone {
    BODY.iter().map(|key| key.name)
}

/// The names of the keys that print a heading.
pub fn headed_keys() -> impl Iterator<Item = &'static str> + Clone {
    BODY.iter().filter(|key| key.heading.is_some()).map(|key| key.name)
}

/// One entry of the body.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its key; for a section of the author's own, the heading.
    pub key: Key,
    /// What it holds.
    pub content: Content,
}

/// What a part of the body holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// A section of the format.
    Text(Text),
    /// A section of the author's own: its key is its heading.
    Own(Text),
    /// One text without a number.
    Proposal(Text),
    /// Numbered points.
    Points(Vec<Text>),
    /// Questions.
    Questions(Vec<Fraga>),
    /// Signatures.
    Signatures(Vec<Underskrift>),
    /// Enclosures.
    Attachments(Vec<Bilaga>),
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
    fn read(node: &Node, reader: &mut Reader) -> Self {
        match node.value {
            Value::Map(_) => {
                let answered = Answered::read(node, reader);
                Self { fraga: answered.fraga, svar: answered.svar }
            }
            _ => Self { fraga: Text::read(node, reader), svar: None },
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
    /// A person who signs.
    pub struct Underskrift {
        "namn" required namn: Line, "Namnet.";
        "titel" optional titel: Option<Line>, "Titeln, till exempel Utbildningsdirektör.";
        "organisation" optional organisation: Option<Line>, "Förvaltningen eller avdelningen.";
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
    fn read(node: &Node, reader: &mut Reader) -> Self {
        match node.value {
            Value::Map(_) => {
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

impl Shape {
    /// The JSON Schema of such a value.
    pub fn schema(self) -> Json {
        match self {
            Shape::Text => Text::schema(),
            Shape::Points => OneOrMany::<Text>::schema(),
            Shape::Questions => Vec::<Fraga>::schema(),
            Shape::Signatures => Vec::<Underskrift>::schema(),
            Shape::Attachments => Vec::<Bilaga>::schema(),
        }
    }

    fn read(self, node: &Node, reader: &mut Reader) -> Content {
        match self {
            Shape::Text => Content::Text(Text::read(node, reader)),
            Shape::Points => match node.value {
                Value::List(_) => Content::Points(Vec::read(node, reader)),
                _ => Content::Proposal(Text::read(node, reader)),
            },
            Shape::Questions => Content::Questions(Vec::read(node, reader)),
            Shape::Signatures => Content::Signatures(Vec::read(node, reader)),
            Shape::Attachments => Content::Attachments(Vec::read(node, reader)),
        }
    }
}

/// Reads what the head left: sections known and own, and keys that do not exist.
pub fn read(entries: &[&(Key, Node)], reader: &mut Reader) -> Vec<Part> {
    let mut parts = Vec::new();
    for (key, node) in entries {
        let content = if let Some(known) = BODY.iter().find(|known| known.name == key.name) {
            known.shape.read(node, reader)
        } else if key.name.starts_with(char::is_uppercase) {
            if let Some(finding) = confusable(key) {
                reader.problems.push(finding);
            }
            Content::Own(Text::read(node, reader))
        } else {
            reader.problems.push(unknown(key));
            continue;
        };
        parts.push(Part { key: key.clone(), content });
    }
    parts
}

/// A key of neither kind: misspelt, or an own heading without its capital.
fn unknown(key: &Key) -> Diagnostic {
    let finding = unknown_key(key, every_key());
    let mut letters = key.name.chars();
    match letters.next() {
        Some(first) if finding.edit.is_none() && first.is_lowercase() => {
            let heading: String = first.to_uppercase().chain(letters).collect();
            finding.hint(format!("En egen rubrik skrivs med stor bokstav: ”{heading}:”. Formatets nycklar visas av: tjut schema"))
        }
        _ => finding,
    }
}

fn every_key() -> impl Iterator<Item = &'static str> + Clone {
    Huvud::KEYS.iter().copied().chain(known_keys())
}

/// An own heading that is a known key but for its capital, or nearly one.
fn confusable(key: &Key) -> Option<Diagnostic> {
    let lower = key.name.to_lowercase();
    if let Some(known) = every_key().find(|known| *known == lower) {
        return Some(
            Diagnostic::error("nyckel-versal", format!("nyckeln ”{known}” skrivs med liten bokstav"))
                .at(key.origin.place())
                .hint(format!(
                    "Skriv ”{known}:”. En nyckel med stor bokstav är en rubrik som du själv hittar på."
                ))
                .safe_edit(key.origin.place(), known),
        );
    }
    let near = nearest(&key.name, every_key())?;
    Some(
        Diagnostic::warning("nästan-nyckel", format!("rubriken ”{}” liknar nyckeln ”{near}”", key.name))
            .at(key.origin.place())
            .hint(format!("Menade du nyckeln ”{near}:”? Är det din egen rubrik kan den stå kvar.")),
    )
}
