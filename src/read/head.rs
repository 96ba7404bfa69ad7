//! The keys of every document: what stands in the letterhead and in the PDF's metadata.

use serde_json::{Value as Json, json};

use super::acceptance::Godkann;
use crate::library::form::Frageform;
use crate::library::rubriker::Rubriker;
use crate::yaml::data::Data;
use crate::yaml::field::{Field, OneOrMany, Reader, Several, record};
use crate::yaml::node::YamlNode;
use crate::yaml::values::{Day, Line, choice};

record! {
    /// What a case says outside its body.
    pub struct Huvud {
        "mall" optional mall: Line, "Vilket slags dokument det är.";
        "rotel" optional rotel: Line, "Rotelns nummer, till exempel IV.";
        "titel" optional titel: Line, "Dokumentets rubrik, som också blir PDF-filens titel.";
        "underrubrik" optional underrubrik: Option<Line>, "Raden under rubriken: vad som besvaras, och från vem.";
        "diarienummer" optional diarienummer: Several<Line>, "Ärendets diarienummer, så som förvaltningen skriver det; en lista om det har flera.";
        "er beteckning" optional er_beteckning: Option<Line>, "Mottagarens beteckning på ärendet, till exempel remissens nummer.";
        "datum" optional datum: Day, "Dokumentets datum, ÅÅÅÅ-MM-DD.";
        "till" optional till: Several<Till>, "Nämnden som ska besluta, och sammanträdets datum; en lista om flera nämnder ska besluta.";
        "avsändare" optional avsandare: Several<Avsandare>, "Förvaltningen som skriver, eller nämnden. Det som utelämnas hämtas ur förvaltningens profil. En lista om flera skriver tillsammans.";
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
        "er beteckning" => "er beteckning: Fi2024/01234",
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
        "nämnd" optional namnd: Option<Line>, "Nämndens namn, om det är nämnden själv som skriver.";
        "förvaltning" optional forvaltning: Option<Line>, "Förvaltningens namn; väljer profil. Kan bara utelämnas där en nämnd skriver.";
        "kommun" optional kommun: Option<Line>, "Kommunens namn, om förvaltningen har en namne i en annan.";
        "avdelning" optional avdelning: Option<Line>, "Avdelningens namn.";
        "adress" optional adress: Vec<Line>, "Adressens rader.";
        "telefon" optional telefon: Option<Line>, "Telefonnummer.";
        "fax" optional fax: Option<Line>, "Faxnummer.";
        "e-post" optional e_post: Option<Line>, "E-postadress.";
        "webb" optional webb: Option<Line>, "Webbadress.";
    }
}

/// The name of a sender that has none.
static NOBODY: Line = Line { text: String::new(), origin: None };

impl Avsandare {
    /// Who writes: the förvaltning, or the nämnd where it writes itself; empty where neither is said.
    pub fn namn(&self) -> &Line {
        self.forvaltning.as_ref().or(self.namnd.as_ref()).unwrap_or(&NOBODY)
    }

    /// Whether it says neither.
    pub fn is_nameless(&self) -> bool {
        self.forvaltning.is_none() && self.namnd.is_none()
    }
}

record! {
    /// Who answers for the case.
    pub struct Handlaggare: Data {
        "namn" required namn: Line, "Handläggarens namn.";
        "titel" optional titel: Option<Line>, "Handläggarens titel, till exempel Utredare.";
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
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
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
