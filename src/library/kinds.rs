//! A kind of document, as data: a file in `mallar/`, which says the keys that a case of the kind can have,
//! what their values look like, and what role each plays.

use serde_json::{Value as Json, json};

use super::form::{Form, Organplats};
use super::roll::Roll;
use super::slug;
use crate::diagnostic::{Diagnostic, codes};
use crate::yaml::entries::Entries;
use crate::yaml::field::{Field, Reader, record};
use crate::yaml::node::{Key, YamlNode};
use crate::yaml::values::{JaNej, Line, choice, unknown_value};

pub use super::mallar::Kinds;

/// The keys outside the body, in their usual order, and whether every document has them.
pub const HEAD: &[(&str, bool)] = &[
    ("mall", true),
    ("rotel", false),
    ("titel", true),
    ("underrubrik", true),
    ("diarienummer", true),
    ("er beteckning", false),
    ("datum", true),
    ("till", false),
    ("avsändare", false),
    ("handläggare", false),
    ("beslutande", false),
    ("rubriker", true),
    (QUESTION_FORM, false),
    ("godkänn", true),
];

/// The folder of the layouts.
const LAYOUTS: &str = "layouts/";

/// The key that a kind has if it has questions.
const QUESTION_FORM: &str = "frågeform";

record! {
    /// A kind of document.
    pub struct Kind {
        "mall" required mall: Line, "Ordet som ärenden skriver efter mall:, till exempel tjänsteskrivelse.";
        "som" optional som: Option<Line>, "Mallen som den här bygger på: det som inte anges här hämtas därifrån.";
        "benämning" optional benamning: Line, "Vad dokumentet kallar sig på papperet.";
        "kommun" optional kommun: Option<Line>, "Kommunen vars profiler gäller, om ärendets avsändare inte säger en annan.";
        "datumetikett" optional datumetikett: Option<Line>, "Ordet före datumet i brevhuvudet, till exempel Utfärdat; utelämnas det skrivs inget.";
        "nummeretikett" optional nummeretikett: Option<Line>, "Ordet före diarienumret i brevhuvudet; utelämnas det skrivs Dnr.";
        "brevfot" optional brevfot: Option<JaNej>, "Nej, om brevet inte har någon adress i sidfoten.";
        "huvud" optional huvud: Vec<Huvuddel>, "Det som huvudet har utöver det som alla dokument har: till, avsändare, handläggare, er beteckning, rotel, beslutande.";
        "krävs" optional kravs: Vec<Line>, "Nycklarna som ett ärende måste ha.";
        "nycklar" optional nycklar: Nycklar, "Textens nycklar, i den ordning de brukar stå.";
        "mallfil" optional mallfil: Option<Line>, "Tera-mallens fil; utelämnas den heter den som mallen, till exempel tjansteskrivelse.md.";
        "layout" optional layout: Option<Line>, "Layoutens fil i layouts/; utelämnas den heter den som mallen, till exempel tjansteskrivelse.typ.";
    }
}

record! {
    /// A key of the body.
    pub struct Nyckel {
        "form" required form: Form, "Hur värdet ser ut.";
        "rubrik" optional rubrik: Option<Line>, "Rubriken som skrivs ut; utelämnas den skrivs ingen.";
        "rubrik vid flera" optional rubrik_vid_flera: Option<Line>, "Rubriken där listan har flera.";
        "roll" optional roll: Option<Roll>, "Vilken roll avsnittet har i granskningen, till exempel beslut.";
        "organ" optional organ: Option<Organplats>, "Var det står vilket organ som beslutar: stycke (före punkterna, om inget sägs) eller rubrik (”Förslag till beslut i …”).";
        "numreras" optional numreras: Option<JaNej>, "Ja, om flera bilagor numreras där profilen inte säger något.";
        "svar-efter" optional svar_efter: Option<Line>, "Nyckeln som svaren på frågorna skrivs efter; utelämnas den skrivs de vid frågorna.";
        "beskrivning" required beskrivning: Line, "Vad nyckeln är till för, så som redigeraren visar det.";
        "när inget finns" optional tomt: Option<Line>, "Den fasta meningen där det inte finns något att säga; den som skriver kan kalla sig något annat än dess första ord.";
        "exempel" optional exempel: Option<Line>, "Ett värde som exempel.";
    }
}

impl Nyckel {
    /// The heading it prints under, unless the case or the profile has another.
    pub fn heading(&self) -> Option<&str> {
        self.rubrik.as_ref().map(|heading| heading.text.as_str())
    }

    /// How it is written: its key, and the value below it or behind it.
    pub fn example(&self, name: &str) -> String {
        let lines: Vec<&str> = match &self.exempel {
            Some(said) => vec![said.text.as_str()],
            None => self.form.example().to_vec(),
        };
        let dash = if self.exempel.is_some() && self.form.is_list() { "- " } else { "" };
        match lines.as_slice() {
            [one] if !one.contains(": ") && dash.is_empty() && !one.starts_with("- ") => {
                format!("{name}: {one}")
            }
            lines => lines.iter().fold(format!("{name}:"), |all, line| format!("{all}\n  {dash}{line}")),
        }
    }

    /// The sentence that stands where there is nothing to say.
    pub fn nothing(&self) -> Option<&str> {
        self.tomt.as_ref().map(|said| said.text.as_str())
    }

    /// Whether a sentence is the one that stands where there is nothing to say, whatever the sender calls itself.
    pub fn says_nothing(&self, sentence: &str) -> bool {
        let rest = |said: &str| said.trim().split_once(' ').map(|(_, rest)| rest.to_lowercase());
        self.nothing()
            .is_some_and(|nothing| rest(nothing).is_some_and(|fixed| rest(sentence).as_ref() == Some(&fixed)))
    }

    /// What it is for: as the kind says, or as its shape tells.
    pub fn role(&self) -> Option<Roll> {
        self.roll.or(self.form.role())
    }
}

/// A part of the head that only some kinds have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Huvuddel(&'static str);

impl Huvuddel {
    fn words() -> impl Iterator<Item = &'static str> {
        let chosen = HEAD.iter().filter(|(name, always)| !always && *name != QUESTION_FORM);
        chosen.map(|(name, _)| *name)
    }
}

impl Field for Huvuddel {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        let words: Vec<_> = Self::words().map(|word| (word, Huvuddel(word))).collect();
        choice(node, reader, &words).unwrap_or_default()
    }

    fn schema() -> Json {
        json!({ "enum": Self::words().collect::<Vec<_>>() })
    }
}

/// The keys of the body and what they are.
#[derive(Clone, Debug, Default)]
pub struct Nycklar(Vec<(Key, Nyckel)>);

impl Field for Nycklar {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        let Some(entries) = Entries::of(node, Self::schema, reader) else { return Self::default() };
        let entries = entries.rest().into_iter();
        Self(entries.map(|(key, node)| (key.clone(), Nyckel::read(node, reader))).collect())
    }

    fn schema() -> Json {
        json!({ "type": "object", "additionalProperties": Nyckel::schema() })
    }
}

impl Kind {
    /// The word that a case says it with.
    pub fn word(&self) -> &str {
        &self.mall.text
    }

    /// The keys of the body, in their usual order.
    pub fn body(&self) -> impl Iterator<Item = (&str, &Nyckel)> + Clone {
        self.nycklar.0.iter().map(|(key, nyckel)| (key.name.as_str(), nyckel))
    }

    /// A key of the body by its name.
    pub fn key(&self, name: &str) -> Option<&Nyckel> {
        self.body().find(|(known, _)| *known == name).map(|(_, key)| key)
    }

    /// The first key with a role: the one that is meant where there are several.
    pub fn key_for(&self, role: Roll) -> Option<&str> {
        self.body().find(|(_, key)| key.role() == Some(role)).map(|(name, _)| name)
    }

    /// The keys outside the body.
    pub fn head(&self) -> impl Iterator<Item = &str> + Clone {
        HEAD.iter().filter(|(name, always)| *always || self.has(name)).map(|(name, _)| *name)
    }

    /// Whether the head has a part that not every document has.
    pub fn has(&self, part: &str) -> bool {
        match part {
            QUESTION_FORM => self.body().any(|(_, key)| key.form == Form::Fragor),
            _ => self.huvud.iter().any(|known| known.0 == part),
        }
    }

    /// The names of all the kind's keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.head().chain(self.body().map(|(name, _)| name))
    }

    /// The keys that a case must have.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        std::iter::once("mall").chain(self.kravs.iter().map(|key| key.text.as_str()))
    }

    /// Whether it is a letter from a förvaltning.
    pub fn is_letter(&self) -> bool {
        self.has("avsändare")
    }

    /// Whether the letter has the sender's address at its foot.
    pub fn has_foot(&self) -> bool {
        self.is_letter() && self.brevfot.is_none_or(|said| said.0)
    }

    /// The Tera template.
    pub fn template(&self) -> String {
        let said = self.mallfil.as_ref().map(|file| file.text.clone());
        said.unwrap_or_else(|| format!("{}.md", slug(self.word())))
    }

    /// The layout.
    pub fn layout(&self) -> String {
        let said = self.layout.as_ref().map(|file| format!("{LAYOUTS}{}", file.text));
        said.unwrap_or_else(|| layout_of(self.word()))
    }

    /// The kind with what another one has and it does not say; keys keep their places there. `exists` tells which files
    /// there are: a template and a layout of the kind's own name are its own.
    pub(super) fn filled_from(mut self, other: &Kind, exists: impl Fn(&str) -> bool) -> Self {
        if self.mallfil.is_none() && !exists(&self.template()) {
            self.mallfil = Some(Line::new(other.template()));
        }
        if self.layout.is_none() && !exists(&self.layout()) {
            self.layout = other.layout().strip_prefix(LAYOUTS).map(Line::new);
        }
        if self.benamning.is_empty() {
            self.benamning.clone_from(&other.benamning);
        }
        self.kommun = self.kommun.or_else(|| other.kommun.clone());
        self.datumetikett = self.datumetikett.or_else(|| other.datumetikett.clone());
        self.nummeretikett = self.nummeretikett.or_else(|| other.nummeretikett.clone());
        self.brevfot = self.brevfot.or(other.brevfot);
        if self.huvud.is_empty() {
            self.huvud.clone_from(&other.huvud);
        }
        if self.kravs.is_empty() {
            self.kravs.clone_from(&other.kravs);
        }
        let mut own = std::mem::replace(&mut self.nycklar.0, other.nycklar.0.clone());
        for (key, known) in &mut self.nycklar.0 {
            if let Some(at) = own.iter().position(|(said, _)| said.name == key.name) {
                *known = own.remove(at).1;
            }
        }
        self.nycklar.0.extend(own);
        self
    }

    /// What is wrong with the kind beyond its form; `exists` tells which files there are.
    pub(super) fn faults(&self, exists: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut faults: Vec<Diagnostic> =
            self.kravs.iter().filter_map(|key| unknown(key, self.keys())).collect();
        for (key, known) in &self.nycklar.0 {
            faults.extend(unfit(key));
            let others = || self.body().map(|(name, _)| name);
            faults.extend(known.svar_efter.iter().filter_map(|after| unknown(after, others())));
        }
        let lacking = [("benämning", self.benamning.is_empty()), ("nycklar", self.nycklar.0.is_empty())];
        faults.extend(lacking.into_iter().filter(|(_, lacks)| *lacks).map(|(key, _)| {
            Diagnostic::new(codes::NYCKEL_SAKNAS, format!("nyckeln ”{key}” saknas"))
                .at(self.mall.place())
                .hint(format!("Lägg till raden ”{key}: …”."))
        }));
        // The template and the layout stand in the same folder; without them nothing can be built.
        let files = [(self.template(), &self.mallfil), (self.layout(), &self.layout)];
        faults.extend(files.into_iter().filter(|(file, _)| !self.mall.is_empty() && !exists(file)).map(
            |(file, said)| {
                Diagnostic::new(codes::FIL_SAKNAS, format!("filen {file} finns inte bland mallarna"))
                    .at(said.as_ref().unwrap_or(&self.mall).place())
                    .hint("Lägg filen i mappen som --mallar anger, eller skriv namnet på en som finns.")
            },
        ));
        faults
    }
}

/// The layout of a document by the word that it says its kind with.
pub fn layout_of(word: &str) -> String {
    format!("{LAYOUTS}{}.typ", slug(word))
}

/// What is wrong with a line that should be one of these keys.
fn unknown<'k>(line: &Line, known: impl Iterator<Item = &'k str> + Clone) -> Option<Diagnostic> {
    let there = line.is_empty() || known.clone().any(|key| key == line.text);
    (!there).then(|| unknown_value(line, known))
}

/// What is wrong with the name of a key.
fn unfit(key: &Key) -> Option<Diagnostic> {
    let finding = |message: String, hint: &str| {
        Some(Diagnostic::new(codes::OKANT_VARDE, message).at(key.origin.place()).hint(hint))
    };
    if HEAD.iter().any(|(name, _)| *name == key.name) {
        let message = format!("”{}” hör till huvudet, som alla dokument har på samma sätt", key.name);
        return finding(message, "Ta bort den här, eller välj ett annat namn.");
    }
    if !key.name.starts_with(char::is_lowercase) {
        let message = format!("nyckeln ”{}” börjar inte med liten bokstav", key.name);
        return finding(
            message,
            "En mall ger nycklar med liten bokstav: de andra är författarens egna rubriker.",
        );
    }
    None
}
