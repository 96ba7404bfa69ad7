//! Profiles: what a förvaltning always writes alike, as data. What all of a kommun have in common is
//! written once, in a profile that lists them.

use regex_automata::nfa::thompson::pikevm::PikeVM;
use serde_json::{Value as Json, json};

use super::form::Frageform;
use super::kinds::Kinds;
use super::rubriker::Rubriker;
use super::utseende::Utseende;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::yaml::data::Data;
use crate::yaml::entries::Entries;
use crate::yaml::field::{Field, Reader, record};
use crate::yaml::node::{Key, YamlNode};
use crate::yaml::values::{Antal, Day, JaNej, Line, choice};

record! {
    /// A förvaltning: what a case need not say, and what it must agree with. Of a kommun without a
    /// förvaltning, what all of its have in common.
    pub struct Profil {
        "kommun" optional kommun: Option<Line>, "Kommunens eller stadens namn.";
        "förvaltning" optional forvaltning: Line, "Förvaltningens namn, som ärendena skriver det; utelämnas det gäller profilen för alla i kommunen.";
        "upphörde" optional upphorde: Option<Day>, "Den sista dagen som förvaltningen fanns, ÅÅÅÅ-MM-DD; utelämnas för den som finns.";
        "efterföljare" optional efterfoljare: Option<Line>, "Förvaltningen som har uppgiften sedan dess.";
        "nämnder" optional namnder: Vec<Line>, "De nämnder som förvaltningen skriver till, och som kan skriva själva.";
        "förvaltningar" optional forvaltningar: Forvaltningar, "Kommunens förvaltningar: var och en kan ha alla profilens nycklar, och det som utelämnas hämtas härifrån.";
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
        "benämning" optional benamning: Option<Line>, "Vad dokumentet kallar sig, om det är något annat än mallens ord.";
        "datumetikett" optional datumetikett: Option<Line>, "Ordet före datumet i brevhuvudet, till exempel Utfärdat.";
        "nummeretikett" optional nummeretikett: Option<Line>, "Ordet före diarienumret i brevhuvudet, till exempel Ärendenummer.";
        "numrerade bilagor" optional numrerade_bilagor: Option<JaNej>, "Om flera bilagor numreras.";
        "numrerade rubriker" optional numrerade_rubriker: Option<JaNej>, "Om rubrikerna numreras: 1, 1.1.";
        "utseende" optional utseende: Utseende, "Typsnitt, färger och marginaler.";
        "märke" optional marke: Option<Marke>, "Märket (logotypen) i brevhuvudet.";
        "partier" optional partier: Vec<Line>, "Lokala partiers beteckningar, utöver riksdagspartiernas.";
        "analyser" optional analyser: Vec<Line>, "Det som ett ärendes konsekvenser alltid ska belysas för: barn, jämställdhet, ekonomi, ekologi, social.";
        "analysformel" optional analysformel: Vec<Line>, "De led som ska finnas i meningen om att ingen analys har gjorts.";
        "regler" optional regler: Regler, "Hur allvarligt förvaltningen ser på en granskningsregel: regelns kod, och fel, varning, råd eller av.";
        "gränser" optional granser: Granser, "Gränserna för meningars längd och för läsbarhet.";
    }
}

record! {
    /// The mark in the letterhead.
    pub struct Marke: Data {
        "fil" required fil: Line, "Bildfilens namn (SVG eller PNG), räknat från mallarnas mapp.";
        "alt" required alt: Line, "Vad bilden visar, för den som inte ser den.";
    }
}

record! {
    /// The limits of the content review that a förvaltning sets itself.
    pub struct Granser {
        "meningslängd" optional meningslangd: Option<Antal>, "Så många ord får en mening ha som mest.";
        "lix" optional lix: Option<Antal>, "Så högt får ett avsnitts läsbarhetsindex (LIX) vara som mest.";
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
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
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

/// The förvaltningar of a kommun.
#[derive(Clone, Debug, Default)]
pub struct Forvaltningar(pub Vec<Profil>);

impl Field for Forvaltningar {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        Self(Vec::read(node, reader))
    }

    fn schema() -> Json {
        // Each is a profile again, which a schema that is written out cannot say.
        json!({ "type": "array", "items": { "type": "object" } })
    }
}

/// Who writes, as a profile is found by it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProfileKey<'a> {
    /// The name of the förvaltning, or of the nämnd.
    pub name: &'a str,
    /// The kommun that the case says.
    pub kommun: Option<&'a str>,
    /// The kommun that this kind of document is of.
    pub kinds: Option<&'a str>,
}

impl ProfileKey<'_> {
    /// Whether a profile of this kommun can be the sender's. One in a folder of one's own is meant for
    /// whatever is written there; a built-in one only where case or kind say its kommun.
    pub fn is_of(&self, kommun: Option<&str>, is_own: bool) -> bool {
        let Some(kommun) = kommun else { return true };
        let is_it = |said: &str| said.to_lowercase() == kommun.to_lowercase();
        match self.kommun {
            Some(said) => is_it(said),
            None => is_own || self.kinds.is_some_and(is_it),
        }
    }
}

impl Profil {
    /// Whether it is that of a förvaltning, or of a nämnd that it writes to.
    pub fn is_called(&self, name: &str) -> bool {
        let wanted = name.to_lowercase();
        let mut names = std::iter::once(&self.forvaltning).chain(&self.namnder);
        !name.is_empty() && names.any(|known| known.text.to_lowercase() == wanted)
    }

    /// The profiles that a file holds: of a kommun, one for each förvaltning, and what they have in common.
    pub fn each(mut self) -> Vec<Self> {
        let each = std::mem::take(&mut self.forvaltningar.0);
        let mut profiles: Vec<Self> = each.into_iter().map(|profile| profile.filled_from(&self)).collect();
        profiles.push(self);
        profiles
    }

    /// The profile, with another one's values where it has none.
    pub fn filled_from(mut self, other: &Profil) -> Self {
        let lists = [
            (&mut self.adress, &other.adress),
            (&mut self.diarienummer, &other.diarienummer),
            (&mut self.partier, &other.partier),
            (&mut self.analyser, &other.analyser),
            (&mut self.analysformel, &other.analysformel),
        ];
        for (own, others) in lists {
            if own.is_empty() {
                own.clone_from(others);
            }
        }
        let lines = [
            (&mut self.kommun, &other.kommun),
            (&mut self.e_postdoman, &other.e_postdoman),
            (&mut self.benamning, &other.benamning),
            (&mut self.datumetikett, &other.datumetikett),
            (&mut self.nummeretikett, &other.nummeretikett),
        ];
        for (own, others) in lines {
            if own.is_none() {
                own.clone_from(others);
            }
        }
        self.numrerade_bilagor = self.numrerade_bilagor.or(other.numrerade_bilagor);
        self.numrerade_rubriker = self.numrerade_rubriker.or(other.numrerade_rubriker);
        self.utseende = self.utseende.filled_from(&other.utseende);
        self.granser.meningslangd = self.granser.meningslangd.or(other.granser.meningslangd);
        self.granser.lix = self.granser.lix.or(other.granser.lix);
        for (key, severity) in &other.regler.0 {
            if self.regler.get(&key.name).is_none() {
                self.regler.0.push((key.clone(), *severity));
            }
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
    pub fn faults(&self, kinds: &Kinds, exists: impl Fn(&str) -> bool + Copy) -> Vec<Diagnostic> {
        let mark = self.marke.as_ref().filter(|marke| !marke.fil.is_empty() && !exists(&marke.fil.text));
        let mark = mark.map(|marke| {
            let finding = Diagnostic::new(
                codes::FIL_SAKNAS,
                format!("bildfilen till märket, {}, finns inte", marke.fil.text),
            )
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
        let nameless = (self.forvaltning.is_empty() && self.kommun.is_none()).then(|| {
            let start = self.diarienummer.iter().chain(&self.adress).find_map(Line::place);
            Diagnostic::new(codes::NYCKEL_SAKNAS, "profilen anger inte vem den gäller")
                .hint("Lägg till raden ”förvaltning: …”, eller ”kommun: …” om den gäller alla i kommunen.")
                .at(start)
        });
        let faults = forms.chain(mark).chain(nameless).chain(self.utseende.faults());
        let each = self.forvaltningar.0.iter().flat_map(|profile| profile.faults(kinds, exists));
        faults.chain(self.rubriker.faults(kinds.headed())).chain(each).collect()
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
