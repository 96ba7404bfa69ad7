//! The keys of every document: what stands in the letterhead and in the PDF's metadata.

use serde_json::{Map, Value as Json, json};

use super::acceptance::Godkann;
use super::mall::{Mall, headed_keys};
use crate::yaml::data::Data;
use crate::yaml::field::{Entries, Field, OneOrMany, Reader, described, record, unknown_key};
use crate::yaml::node::{Key, Node};
use crate::yaml::values::{Day, Line, choice};

record! {
    /// What a case says outside its body.
    pub struct Huvud {
        "mall" optional mall: Mall, "Vilket slags dokument det är.";
        "rotel" optional rotel: Line, "Rotelns nummer, till exempel IV.";
        "titel" optional titel: Line, "Dokumentets rubrik, som också blir PDF-filens titel.";
        "underrubrik" optional underrubrik: Option<Line>, "Raden under rubriken: vad som besvaras, och från vem.";
        "diarienummer" optional diarienummer: Line, "Ärendets diarienummer, så som förvaltningen skriver det.";
        "datum" optional datum: Day, "Dokumentets datum, ÅÅÅÅ-MM-DD.";
        "till" optional till: Till, "Nämnden som ska besluta, och sammanträdets datum.";
        "avsändare" optional avsandare: Avsandare, "Förvaltningen som skriver. Det som utelämnas hämtas ur förvaltningens profil.";
        "handläggare" optional handlaggare: OneOrMany<Handlaggare>, "Den som svarar för ärendet; en eller flera.";
        "rubriker" optional rubriker: Rubriker, "Egna rubriker i stället för standardrubrikerna: nyckel och rubrik.";
        "frågeform" optional frageform: Option<Frageform>, "Hur frågorna skrivs: numrerad (standard) eller streck.";
        "beslutande" optional beslutande: Beslutande, "Vem som beslutar: kommunfullmäktige (standard) eller kommunstyrelsen.";
        "godkänn" optional godkann: Godkann, "Det som granskningen anmärker på och som ändå ska stå: kod och skäl.";
    }
}

/// Every key outside the body, of every kind of document.
pub fn all_keys() -> impl Iterator<Item = &'static str> + Clone {
    [Huvud::KEYS, Till::KEYS, Avsandare::KEYS, Handlaggare::KEYS].into_iter().flatten().copied()
}

record! {
    /// To whom.
    pub struct Till: Data {
        "nämnd" required namnd: Line, "Nämndens namn, till exempel Utbildningsnämnden.";
        "sammanträde" optional sammantrade: Option<Day>, "Sammanträdets datum, ÅÅÅÅ-MM-DD.";
    }
}

record! {
    /// From whom.
    pub struct Avsandare: Data {
        "förvaltning" required forvaltning: Line, "Förvaltningens namn; väljer profil.";
        "avdelning" optional avdelning: Option<Line>, "Avdelningens namn.";
        "adress" optional adress: Vec<Line>, "Adressens rader.";
        "telefon" optional telefon: Option<Line>, "Telefonnummer.";
        "fax" optional fax: Option<Line>, "Faxnummer.";
        "e-post" optional e_post: Option<Line>, "E-postadress.";
        "webb" optional webb: Option<Line>, "Webbadress.";
    }
}

record! {
    /// Who answers for the case.
    pub struct Handlaggare: Data {
        "namn" required namn: Line, "Handläggarens namn.";
        "telefon" optional telefon: Option<Line>, "Handläggarens telefonnummer.";
        "e-post" optional e_post: Option<Line>, "Handläggarens e-postadress.";
    }
}

/// The keys of the head below which a key may stand, as words: `till`, `avsändare eller handläggare`.
pub fn groups_of(key: &str) -> Option<String> {
    let groups = [("till", Till::KEYS), ("avsändare", Avsandare::KEYS), ("handläggare", Handlaggare::KEYS)];
    let found: Vec<&str> =
        groups.into_iter().filter(|(_, keys)| keys.contains(&key)).map(|(group, _)| group).collect();
    (!found.is_empty()).then(|| found.join(" eller "))
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
    fn read(node: &Node, reader: &mut Reader) -> Self {
        choice(node, reader, Self::ALL).unwrap_or_default()
    }

    fn schema() -> Json {
        json!({ "enum": Self::ALL.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
    }
}

/// Who decides on an utlåtande.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Beslutande {
    /// The council, on the proposal of the board.
    #[default]
    Kommunfullmaktige,
    /// The board itself.
    Kommunstyrelsen,
}

impl Beslutande {
    const ALL: &[(&str, Beslutande)] = &[
        ("kommunfullmäktige", Beslutande::Kommunfullmaktige),
        ("kommunstyrelsen", Beslutande::Kommunstyrelsen),
    ];
}

impl Field for Beslutande {
    fn read(node: &Node, reader: &mut Reader) -> Self {
        choice(node, reader, Self::ALL).unwrap_or_default()
    }

    fn schema() -> Json {
        json!({ "enum": Self::ALL.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
    }
}

/// Headings to print instead of the standard ones.
#[derive(Clone, Debug, Default)]
pub struct Rubriker(pub Vec<(Key, Line)>);

impl Rubriker {
    /// The heading for a section's key, if one is given.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found.name == key).map(|(_, line)| line.text.as_str())
    }
}

impl Field for Rubriker {
    fn read(node: &Node, reader: &mut Reader) -> Self {
        let Some(entries) = Entries::of(node, reader) else { return Self::default() };
        let mut headings = Vec::new();
        for (key, value) in entries.rest() {
            if headed_keys().any(|known| known == key.name) {
                headings.push((key.clone(), Line::read(value, reader)));
            } else {
                reader.problems.push(unknown_key(key, headed_keys()));
            }
        }
        Self(headings)
    }

    fn schema() -> Json {
        let properties: Map<String, Json> = headed_keys()
            .map(|key| (key.to_owned(), described(Line::schema(), "Rubriken att skriva i stället.")))
            .collect();
        json!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}
