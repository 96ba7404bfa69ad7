//! The kinds of document, as data: each is a file in `mallar/`, which says the keys that a case of
//! the kind can have, what their values look like, and what role each plays.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::form::Form;
use super::roll::Roll;
use super::slug;
use crate::diagnostic::{Diagnostic, Place, codes, nearest};
use crate::yaml::field::{Entries, Field, Reader, record};
use crate::yaml::node::{Key, Node};
use crate::yaml::values::{Line, choice, unknown_value};

/// The keys outside the body, in their usual order, and whether every document has them.
pub const HEAD: &[(&str, bool)] = &[
    ("mall", true),
    ("rotel", false),
    ("titel", true),
    ("underrubrik", true),
    ("diarienummer", true),
    ("datum", true),
    ("till", false),
    ("avsändare", false),
    ("handläggare", false),
    ("beslutande", false),
    ("rubriker", true),
    (QUESTION_FORM, false),
    ("godkänn", true),
];

/// The key that a kind has if it has questions.
const QUESTION_FORM: &str = "frågeform";

record! {
    /// A kind of document.
    pub struct Kind {
        "mall" required mall: Line, "Ordet som ett ärende säger, till exempel tjänsteskrivelse.";
        "som" optional som: Option<Line>, "Mallen som den här liknar: det som inte står här är som där.";
        "benämning" optional benamning: Line, "Vad dokumentet kallar sig på papperet.";
        "huvud" optional huvud: Vec<Huvuddel>, "Det som huvudet har utöver det som alla dokument har: till, avsändare, handläggare, rotel, beslutande.";
        "krävs" optional kravs: Vec<Line>, "Nycklarna som ett ärende måste ha.";
        "nycklar" required nycklar: Nycklar, "Textens nycklar, i den ordning de brukar stå.";
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
        "roll" optional roll: Option<Roll>, "Vad avsnittet är för granskningen, till exempel beslut.";
        "svar-efter" optional svar_efter: Option<Line>, "Nyckeln som svaren på frågorna skrivs efter; utelämnas den skrivs de vid frågorna.";
        "beskrivning" required beskrivning: Line, "Vad nyckeln är till för, så som redigeraren visar det.";
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
    fn read(node: &Node, reader: &mut Reader) -> Self {
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
    fn read(node: &Node, reader: &mut Reader) -> Self {
        let Some(entries) = Entries::of(node, reader) else { return Self::default() };
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

    /// The Tera template.
    pub fn template(&self) -> String {
        let said = self.mallfil.as_ref().map(|file| file.text.clone());
        said.unwrap_or_else(|| format!("{}.md", slug(self.word())))
    }

    /// The layout.
    pub fn layout(&self) -> String {
        let said = self.layout.as_ref().map(|file| format!("layouts/{}", file.text));
        said.unwrap_or_else(|| layout_of(self.word()))
    }

    /// The kind with what another one has and it does not say; keys keep their places there.
    fn filled_from(mut self, other: &Kind) -> Self {
        if self.benamning.is_empty() {
            self.benamning.clone_from(&other.benamning);
        }
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
    fn faults(&self, exists: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut faults: Vec<Diagnostic> =
            self.kravs.iter().filter_map(|key| unknown(key, self.keys())).collect();
        for (key, known) in &self.nycklar.0 {
            faults.extend(unfit(key));
            let others = || self.body().map(|(name, _)| name);
            faults.extend(known.svar_efter.iter().filter_map(|after| unknown(after, others())));
        }
        if self.benamning.is_empty() {
            faults.push(
                Diagnostic::new(codes::NYCKEL_SAKNAS, "nyckeln ”benämning” saknas")
                    .at(self.mall.place())
                    .hint("Lägg till en rad: benämning: …"),
            );
        }
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
    format!("layouts/{}.typ", slug(word))
}

/// What is wrong with a line that should be one of these keys.
fn unknown<'k>(line: &Line, known: impl Iterator<Item = &'k str> + Clone) -> Option<Diagnostic> {
    let there = line.is_empty() || known.clone().any(|key| key == line.text);
    (!there).then(|| unknown_value(line, known))
}

/// What is wrong with two kinds that say the same word; one in a folder of one's own only goes before
/// one that is built in.
fn twice(first: &Kind, second: &Kind) -> Option<Diagnostic> {
    let (there, here) = (first.mall.place()?, second.mall.place()?);
    let folder = |place: &Place| place.source.path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    (folder(&there) == folder(&here)).then(|| {
        Diagnostic::new(codes::DUBBEL_NYCKEL, format!("mallen ”{}” finns två gånger", second.word()))
            .at(here)
            .related(there, "den finns redan här")
            .hint("Ge en av dem ett annat ord, eller ta bort filen.")
    })
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

/// All kinds of document, sorted by the names of their files.
#[derive(Debug, Default)]
pub struct Kinds(Vec<Arc<Kind>>);

impl Kinds {
    /// The kinds that files say, those of one's own first: they go before those that are built in.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn new(said: Vec<Kind>, exists: impl Fn(&str) -> bool) -> Result<Self, Vec<Diagnostic>> {
        let mut kinds: Vec<Kind> = Vec::new();
        let mut faults = Vec::new();
        for kind in said {
            match kinds.iter().find(|known| known.word() == kind.word()) {
                Some(first) => faults.extend(twice(first, &kind)),
                None => kinds.push(kind),
            }
        }
        let mut filled: Vec<Arc<Kind>> = Vec::new();
        for kind in &kinds {
            let whole = || kinds.iter().filter(|other| other.som.is_none());
            let kind = match &kind.som {
                None => kind.clone(),
                Some(som) => match whole().find(|other| other.word() == som.text) {
                    Some(other) => kind.clone().filled_from(other),
                    None => {
                        faults.push(unknown_value(som, whole().map(Kind::word)));
                        continue;
                    }
                },
            };
            faults.extend(kind.faults(&exists));
            filled.push(Arc::new(kind));
        }
        filled.sort_by_key(|kind| slug(kind.word()));
        if faults.is_empty() { Ok(Self(filled)) } else { Err(faults) }
    }

    /// Every kind.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Kind>> + Clone {
        self.0.iter()
    }

    /// The words of all kinds.
    pub fn words(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|kind| kind.word())
    }

    /// A kind by its word.
    pub fn get(&self, word: &str) -> Option<&Arc<Kind>> {
        self.0.iter().find(|kind| kind.word() == word)
    }

    /// The kind that a case means which says none that there is: the one nearest by its word, or by
    /// the keys that the case has.
    pub fn likely<'k>(&self, word: &str, keys: impl Iterator<Item = &'k str> + Clone) -> Arc<Kind> {
        let by_word = nearest(word, self.words()).and_then(|word| self.get(word));
        let shared = |kind: &Kind| keys.clone().filter(|key| kind.keys().any(|known| known == *key)).count();
        // Of equals the last is taken: the first, seen from the end.
        let kind = by_word.or_else(|| self.0.iter().rev().max_by_key(|kind| shared(kind)));
        kind.cloned().unwrap_or_default()
    }

    /// Every key of the body, of every kind, the first kind's where several have it.
    pub fn body_keys(&self) -> impl Iterator<Item = (&str, &Nyckel)> + Clone {
        self.0.iter().enumerate().flat_map(|(at, kind)| {
            let earlier = &self.0[..at];
            kind.body().filter(|(name, _)| earlier.iter().all(|kind| kind.key(name).is_none()))
        })
    }

    /// The names of the keys that print a heading, of every kind.
    pub fn headed(&self) -> impl Iterator<Item = &str> + Clone {
        self.body_keys().filter(|(_, key)| key.rubrik.is_some()).map(|(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Templates;
    use super::*;

    /// The templates with a kind of one's own, in a template and a layout that are built in.
    fn with(kind: &str) -> Result<Templates, Vec<String>> {
        let kind = format!("{kind}\nmallfil: tjansteutlatande.md\nlayout: tjansteutlatande.typ\n");
        let own = BTreeMap::from([("mallar/egen.yaml".to_owned(), kind.into_bytes())]);
        Templates::with_folder("egna", own)
            .map_err(|found| found.into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn a_key_means_the_same_in_every_kind_that_is_built_in() {
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        for kind in templates.kinds().all() {
            for (name, key) in kind.body() {
                let first = templates.kinds().body_keys().find(|(known, _)| *known == name);
                assert_eq!(first.map(|(_, first)| first.form), Some(key.form), "{}: {name}", kind.word());
            }
        }
    }

    #[test]
    fn a_kind_takes_what_it_does_not_say_from_another() {
        let templates = with(
            "mall: yttrande\nsom: tjänsteutlåtande\nnycklar:\n  bakgrund: {form: rad, beskrivning: B.}\n  skäl: {form: text, beskrivning: S.}",
        );
        let templates = templates.unwrap_or_else(|found| panic!("{found:?}"));
        let kind = templates.kinds().get("yttrande").expect("there");
        let keys: Vec<&str> = kind.body().map(|(name, _)| name).collect();
        assert_eq!((keys[0], keys[2], keys.last()), ("förslag till beslut", "bakgrund", Some(&"skäl")));
        assert_eq!(kind.key("bakgrund").map(|key| key.form), Some(Form::Rad));
        assert!(kind.is_letter() && kind.required().any(|key| key == "förslag till beslut"));
        assert_eq!(kind.key_for(Roll::Asikt), Some("förvaltningens synpunkter"));
    }

    #[test]
    fn a_kind_of_ones_own_goes_before_the_one_that_is_built_in() {
        let templates =
            with("mall: utlåtande\nbenämning: Eget\nnycklar:\n  text: {form: text, beskrivning: T.}");
        let templates = templates.unwrap_or_else(|found| panic!("{found:?}"));
        assert_eq!(templates.kinds().get("utlåtande").map(|kind| kind.benamning.text.as_str()), Some("Eget"));
        assert_eq!(templates.kinds().all().count(), 3);
    }

    #[test]
    fn a_word_means_one_kind() {
        let kind = b"mall: yttrande\nsom: utl\xc3\xa5tande\nmallfil: utlatande.md\nlayout: utlatande.typ\nnycklar:\n  text: {form: text, beskrivning: T.}\n";
        let own = ["a", "b"].map(|name| (format!("mallar/{name}.yaml"), kind.to_vec()));
        let found = Templates::with_folder("egna", own.into()).err().unwrap_or_default();
        let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(messages, ["mallen ”yttrande” finns två gånger"]);
    }

    #[test]
    fn a_kind_is_like_one_that_there_is() {
        let found =
            with("mall: yttrande\nsom: tjansteutlatande\nnycklar:\n  text: {form: text, beskrivning: T.}");
        assert_eq!(found.err(), Some(vec!["värdet ”tjansteutlatande” finns inte".to_owned()]));
    }
}
