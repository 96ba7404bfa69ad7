//! What the value of a key can look like: a closed set, since each shape is read, checked and printed
//! in its own way. A further one is a line here, how it is read (`read/body.rs`) and how it prints
//! (`render/context.rs`); the compiler asks for both.

use serde_json::{Value as Json, json};

use super::roll::Roll;
use crate::yaml::field::{Field, Reader};
use crate::yaml::node::YamlNode;
use crate::yaml::values::choice;

/// The shape of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Form {
    /// A Markdown text.
    #[default]
    Text,
    /// A name, or another plain line.
    Rad,
    /// Several names or other plain lines, each on a line.
    Rader,
    /// A text, or a list of points; or such for each organ that decides.
    Punkter,
    /// Questions, with or without answers.
    Fragor,
    /// The people who sign.
    Underskrifter,
    /// What is enclosed.
    Bilagor,
    /// The remissinstanser and what they answered.
    Remissinstanser,
    /// What borgarrådsberedningen says.
    Borgarradsberedning,
    /// What kommunstyrelsen says.
    Kommunstyrelse,
}

impl Form {
    const WORDS: &[(&str, Form)] = &[
        ("text", Form::Text),
        ("rad", Form::Rad),
        ("rader", Form::Rader),
        ("punkter", Form::Punkter),
        ("frågor", Form::Fragor),
        ("underskrifter", Form::Underskrifter),
        ("bilagor", Form::Bilagor),
        ("remissinstanser", Form::Remissinstanser),
        ("borgarrådsberedning", Form::Borgarradsberedning),
        ("kommunstyrelse", Form::Kommunstyrelse),
    ];

    /// The role that a value of this shape has by itself.
    pub fn role(self) -> Option<Roll> {
        match self {
            Form::Fragor => Some(Roll::Fragor),
            Form::Underskrifter => Some(Roll::Underskrifter),
            Form::Bilagor => Some(Roll::Bilagor),
            _ => None,
        }
    }

    /// Whether a value of this shape is mostly a list.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Form::Punkter
                | Form::Rader
                | Form::Bilagor
                | Form::Fragor
                | Form::Underskrifter
                | Form::Remissinstanser
        )
    }

    /// The lines of a value of this shape, as an example of how it is written below its key.
    pub fn example(self) -> &'static [&'static str] {
        match self {
            Form::Text => &["Text i ett eller flera stycken."],
            Form::Rad => &["Anna Exempel"],
            Form::Rader => &["- Kommunstyrelsen"],
            Form::Punkter => &["- Nämnden godkänner förvaltningens förslag."],
            Form::Fragor => &["- fråga: Vad kostar maten?", "  svar: Den kostar 40 kronor."],
            Form::Underskrifter => &["- namn: Anna Exempel", "  titel: Förvaltningschef"],
            Form::Bilagor => &["- Skrivelsen som besvaras"],
            Form::Remissinstanser => {
                &["- namn: Socialnämnden", "  sammandrag: Socialnämnden tillstyrker förslaget."]
            }
            Form::Borgarradsberedning => &["text: Borgarrådsberedningen tillstyrker förslaget."],
            Form::Kommunstyrelse => {
                &["text: Kommunstyrelsen delar beredningens uppfattning.", "ordförande: Anna Exempel"]
            }
        }
    }
}

impl Field for Form {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        choice(node, reader, Self::WORDS).unwrap_or_default()
    }

    fn schema() -> Json {
        json!({ "enum": Self::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
    }
}

/// How questions are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Frageform {
    /// 1., 2., 3.
    #[default]
    Numrerad,
    /// With a dash.
    Streck,
}

impl Frageform {
    const ALL: &[(&str, Frageform)] = &[("numrerad", Frageform::Numrerad), ("streck", Frageform::Streck)];
}

impl Field for Frageform {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        choice(node, reader, Self::ALL).unwrap_or_default()
    }

    fn schema() -> Json {
        json!({ "enum": Self::ALL.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
    }
}

/// Where a decision says which organ takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Organplats {
    /// On a line of its own before the points.
    #[default]
    Stycke,
    /// In the heading: ”Förslag till beslut i kommunstyrelsen”.
    Rubrik,
}

impl Organplats {
    const ALL: &[(&str, Organplats)] = &[("stycke", Organplats::Stycke), ("rubrik", Organplats::Rubrik)];
}

impl Field for Organplats {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        choice(node, reader, Self::ALL).unwrap_or_default()
    }

    fn schema() -> Json {
        json!({ "enum": Self::ALL.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
    }
}
