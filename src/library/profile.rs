//! Profiles: what a förvaltning always writes alike, as data.

use regex_automata::nfa::thompson::pikevm::PikeVM;
use serde_json::{Value as Json, json};

use super::form::Frageform;
use super::kinds::Kinds;
use super::rubriker::Rubriker;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::yaml::data::Data;
use crate::yaml::field::{Entries, Field, Reader, record};
use crate::yaml::node::{Key, Node};
use crate::yaml::values::{Antal, Line, choice};

record! {
    /// A förvaltning: what a case need not say, and what it must agree with.
    pub struct Profil {
        "förvaltning" required forvaltning: Line, "Förvaltningens namn, som ärendena skriver det.";
        "avdelningar" optional avdelningar: Vec<Line>, "Avdelningarnas namn.";
        "adress" optional adress: Vec<Line>, "Adressens rader.";
        "e-post" optional e_post: Option<Line>, "Förvaltningens e-postadress.";
        "e-postdomän" optional e_postdoman: Option<Line>, "Det som står efter @ i medarbetarnas adresser.";
        "telefon" optional telefon: Option<Line>, "Växelns telefonnummer.";
        "fax" optional fax: Option<Line>, "Faxnummer.";
        "webb" optional webb: Option<Line>, "Webbadress.";
        "diarienummer" optional diarienummer: Vec<Line>, "De former ett diarienummer får ha: {år}, {år2}, {nummer} och {klass} står för siffror, allt annat för sig självt.";
        "rubriker" optional rubriker: Rubriker, "Förvaltningens egna rubriker.";
        "frågeform" optional frageform: Option<Frageform>, "Hur förvaltningen brukar skriva frågor.";
        "märke" optional marke: Option<Marke>, "Märket i brevhuvudet.";
        "partier" optional partier: Vec<Line>, "Lokala partiers beteckningar, utöver riksdagspartiernas.";
        "analyser" optional analyser: Vec<Line>, "Det som ett ärendes konsekvenser alltid ska belysas för: barn, jämställdhet.";
        "analysformel" optional analysformel: Vec<Line>, "De led som ska finnas i meningen om att ingen analys har gjorts.";
        "regler" optional regler: Regler, "Hur allvarligt förvaltningen ser på en granskningsregel: regelns kod, och fel, varning, råd eller av.";
        "gränser" optional granser: Granser, "Hur mycket som är för mycket.";
    }
}

record! {
    /// The mark in the letterhead.
    pub struct Marke: Data {
        "fil" required fil: Line, "SVG-filens namn, räknat från mallarnas mapp.";
        "alt" required alt: Line, "Vad bilden visar, för den som inte ser den.";
    }
}

record! {
    /// The limits of the content review that a förvaltning sets itself.
    pub struct Granser {
        "meningslängd" optional meningslangd: Option<Antal>, "Så många ord får en mening ha.";
        "lix" optional lix: Option<Antal>, "Så högt får ett avsnitts läsbarhetsindex (LIX) vara.";
    }
}

/// How bad a förvaltning takes what a rule finds to be, by the rule's code; none is off.
#[derive(Clone, Debug, Default)]
pub struct Regler(pub Vec<(Key, Option<Severity>)>);

impl Regler {
    const WORDS: &[(&str, Option<Severity>)] = &[
        (Severity::Error.word(), Some(Severity::Error)),
        (Severity::Warning.word(), Some(Severity::Warning)),
        (Severity::Advice.word(), Some(Severity::Advice)),
        ("av", None),
    ];

    /// What is said of a rule, if anything.
    pub fn get(&self, code: &str) -> Option<Option<Severity>> {
        self.0.iter().find(|(key, _)| key.name == code).map(|(_, severity)| *severity)
    }
}

impl Field for Regler {
    fn read(node: &Node, reader: &mut Reader) -> Self {
        let Some(entries) = Entries::of(node, Self::schema, reader) else { return Self::default() };
        let rules = entries.rest().into_iter().filter_map(|(key, value)| {
            choice(value, reader, Self::WORDS).map(|severity| (key.clone(), severity))
        });
        Self(rules.collect())
    }

    fn schema() -> Json {
        let words: Vec<&str> = Self::WORDS.iter().map(|(word, _)| *word).collect();
        json!({ "type": "object", "additionalProperties": { "enum": words } })
    }
}

impl Profil {
    /// The profile, with another one's values where it has none.
    pub fn filled_from(mut self, other: &Profil) -> Self {
        if self.adress.is_empty() {
            self.adress.clone_from(&other.adress);
        }
        self.e_post = self.e_post.or_else(|| other.e_post.clone());
        self.telefon = self.telefon.or_else(|| other.telefon.clone());
        self.fax = self.fax.or_else(|| other.fax.clone());
        self.webb = self.webb.or_else(|| other.webb.clone());
        self.frageform = self.frageform.or(other.frageform);
        self.marke = self.marke.or_else(|| other.marke.clone());
        for (key, heading) in &other.rubriker.0 {
            if self.rubriker.get(&key.name).is_none() {
                self.rubriker.0.push((key.clone(), heading.clone()));
            }
        }
        self
    }

    /// Whether a diarienummer has one of the profile's forms; a profile without forms allows all.
    pub fn allows(&self, diarienummer: &str) -> bool {
        // A hard space keeps the number on one line.
        let diarienummer = diarienummer.replace('\u{a0}', " ");
        self.diarienummer.is_empty()
            || self
                .diarienummer
                .iter()
                .filter_map(|form| pattern(&form.text))
                .any(|pattern| pattern.is_match(&mut pattern.create_cache(), diarienummer.as_str()))
    }

    /// An example of each form that the profile allows for a diarienummer.
    pub fn examples(&self) -> impl Iterator<Item = String> {
        let example = |form: &Line| {
            PLACES.iter().fold(form.text.clone(), |form, (place, _, example)| form.replace(place, example))
        };
        self.diarienummer.iter().map(example)
    }

    /// What is wrong with the profile beyond its form; `exists` tells which files there are.
    pub fn faults(&self, kinds: &Kinds, exists: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mark = self.marke.as_ref().filter(|marke| !marke.fil.is_empty() && !exists(&marke.fil.text));
        let mark = mark.map(|marke| {
            let finding =
                Diagnostic::new(codes::FIL_SAKNAS, format!("märkets fil {} finns inte", marke.fil.text))
                    .hint("Skriv namnet räknat från mallarnas mapp, till exempel marke/marke.svg.");
            finding.at(marke.fil.place())
        });
        let forms = self.diarienummer.iter().filter(|form| has_leftover(&form.text)).map(|form| {
            let finding = Diagnostic::new(
                codes::OKANT_VARDE,
                format!("”{}” är ingen form för diarienummer", form.text),
            )
            .hint("Skriv {år}, {år2}, {nummer} eller {klass} där siffrorna står.");
            finding.at(form.place())
        });
        forms.chain(mark).chain(self.rubriker.faults(kinds.headed())).collect()
    }
}

/// The places of a form: how they are written, what they match, and an example.
const PLACES: &[(&str, &str, &str)] = &[
    ("{år}", "(?:19|20)[0-9]{2}", "2024"),
    ("{år2}", "[0-9]{2}", "24"),
    ("{nummer}", "[0-9]{1,6}", "123"),
    ("{klass}", "[0-9]{1,2}(?:\\.[0-9]{1,2}){1,3}", "1.6.1"),
];

/// What a form matches. Asked once or twice in a run, it is cheap to compile rather than to ask.
fn pattern(form: &str) -> Option<PikeVM> {
    let mut pattern = regex::escape(form);
    for (place, digits, _) in PLACES {
        pattern = pattern.replace(&regex::escape(place), digits);
    }
    PikeVM::new(&format!("^{pattern}$")).ok()
}

fn has_leftover(form: &str) -> bool {
    PLACES.iter().fold(form.to_owned(), |form, (place, ..)| form.replace(place, "")).contains(['{', '}'])
}
