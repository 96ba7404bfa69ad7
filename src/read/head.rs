//! The keys of every document: what stands in the letterhead and in the PDF's metadata.

use serde_json::{Value as Json, json};

use super::acceptance::Godkann;
use crate::library::form::Frageform;
use crate::library::rubriker::Rubriker;
use crate::yaml::data::Data;
use crate::yaml::field::{Field, OneOrMany, Reader, record};
use crate::yaml::node::Node;
use crate::yaml::values::{Day, Line, choice};

record! {
    /// What a case says outside its body.
    pub struct Huvud {
        "mall" optional mall: Line, "Vilket slags dokument det är.";
        "rotel" optional rotel: Line, "Rotelns nummer, till exempel IV.";
        "titel" optional titel: Line, "Dokumentets rubrik, som också blir PDF-filens titel.";
        "underrubrik" optional underrubrik: Option<Line>, "Raden under rubriken: vad som besvaras, och från vem.";
        "diarienummer" optional diarienummer: Line, "Ärendets diarienummer, så som förvaltningen skriver det.";
        "datum" optional datum: Day, "Dokumentets datum, ÅÅÅÅ-MM-DD.";
        "till" optional till: Till, "Nämnden som ska besluta, och sammanträdets datum.";
        "avsändare" optional avsandare: Avsandare, "Förvaltningen som skriver. Det som utelämnas hämtas ur förvaltningens profil.";
        "handläggare" optional handlaggare: OneOrMany<Handlaggare>, "Den som svarar för ärendet; en eller flera.";
        "beslutande" optional beslutande: Beslutande, "Vem som beslutar: kommunfullmäktige (standard) eller kommunstyrelsen.";
        "rubriker" optional rubriker: Rubriker, "Egna rubriker i stället för standardrubrikerna: nyckel och rubrik.";
        "frågeform" optional frageform: Option<Frageform>, "Hur frågorna skrivs: numrerad (standard) eller streck.";
        "godkänn" optional godkann: Godkann, "Det som granskningen anmärker på och som ändå ska stå: kod och skäl.";
    }
}

/// What a key of the head is for.
pub fn description(key: &str) -> String {
    let (properties, _) = Huvud::properties();
    properties.get(key).and_then(|schema| schema["description"].as_str()).unwrap_or_default().to_owned()
}

/// How a key of the head is written.
pub fn example(key: &str) -> &'static str {
    match key {
        "rotel" => "rotel: IV",
        "titel" => "titel: Trygga vägar till skolan",
        "underrubrik" => "underrubrik: Svar på remiss från kommunstyrelsen, KS 2024/610",
        "diarienummer" => "diarienummer: UTBF 2024/2410",
        "datum" => "datum: 2024-09-02",
        "till" => "till:\n  nämnd: Utbildningsnämnden\n  sammanträde: 2024-09-26",
        "avsändare" => {
            "avsändare:\n  förvaltning: Utbildningsförvaltningen\n  avdelning: Grundskoleavdelningen"
        }
        "handläggare" => {
            "handläggare:\n  namn: Anna Exempel\n  telefon: 08-508 00 000\n  e-post: anna.exempel@stockholm.se"
        }
        "beslutande" => "beslutande: kommunstyrelsen",
        "rubriker" => "rubriker:\n  sammanfattning: Ärendet i korthet",
        "frågeform" => "frågeform: streck",
        "godkänn" => "godkänn:\n  lång-mening: Meningen är ett citat ur lagen.",
        _ => "",
    }
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

#[cfg(test)]
mod tests {
    use super::Huvud;
    use crate::library::kinds::HEAD;

    #[test]
    fn the_keys_are_those_that_kinds_know() {
        let names: Vec<&str> = HEAD.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, Huvud::KEYS);
    }
}
