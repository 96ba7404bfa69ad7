//! What tjut knows as data: kinds of document, templates, layouts, profiles, fonts, abbreviations.
//!
//! All of it is built into the binary; the files of a folder of one's own replace those of the
//! same name and add others.

mod folder;
pub mod form;
pub mod kinds;
mod mallar;
pub mod profile;
pub mod profiles;
pub mod roll;
pub mod rubriker;
pub mod starter;
pub mod utseende;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use typst::foundations::Bytes;

use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::digest::Digest;
use crate::fonts::{self, Coverage, Widths};
use crate::yaml::values::{Line, unknown_value};

use crate::language::choices::{AllChoices, Choices};
use crate::language::dictionary::{self, Dictionary};
use crate::language::laws::{self, Law};
use crate::language::offices::Offices;
use crate::language::order::WordOrder;
use crate::language::parties::Parties;
use crate::language::spellings::Spellings;
use crate::language::vocabulary::Vocabulary;
use crate::markdown::Abbreviations;
use folder::{BUILT_IN, NamedFiles};
use kinds::Kinds;
use profile::{Profil, ProfileKey};
use profiles::Profiles;

/// Every template, layout, profile and font, by its name relative to `templates/`.
pub struct Templates {
    files: NamedFiles,
    own: Option<Digest>,
    folder: String,
    kinds: Kinds,
    profiles: Profiles,
    /// The profile of those that have none of their own.
    usual: Option<Profil>,
    abbreviations: Abbreviations,
    vocabulary: OnceLock<Vocabulary>,
    dictionary: OnceLock<Option<Dictionary>>,
    word_order: OnceLock<Option<WordOrder>>,
    laws: OnceLock<Vec<Law>>,
    offices: OnceLock<Offices>,
    choices: OnceLock<AllChoices>,
    spellings: OnceLock<Spellings>,
    parties: OnceLock<Parties>,
    coverage: OnceLock<Coverage>,
    widths: OnceLock<Widths>,
}

impl Templates {
    /// What is built in, with these files laid over it.
    ///
    /// # Errors
    /// Everything that is wrong with the kinds and profiles.
    pub fn new(overrides: BTreeMap<String, Vec<u8>>) -> Result<Self, Vec<Diagnostic>> {
        Self::with_folder("", overrides)
    }

    /// What is built in, with the files of this folder laid over it.
    ///
    /// # Errors
    /// Everything that is wrong with the kinds, profiles and texts.
    pub fn with_folder(folder: &str, overrides: BTreeMap<String, Vec<u8>>) -> Result<Self, Vec<Diagnostic>> {
        let mut faults = folder::unreadable_texts(&overrides, folder);
        faults.extend(folder::unknown_lists(&overrides, folder));
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut files = folder::built_in();
        let own = overrides.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes]);
        let own = (!overrides.is_empty()).then(|| Digest::of_parts(own));
        files.extend(overrides.into_iter().map(|(name, bytes)| (name, Cow::Owned(bytes))));
        let abbreviations = files.get("abbreviations.txt").map(|bytes| text(bytes));
        let abbreviations = Abbreviations::parse(&abbreviations.unwrap_or_default());
        let kinds = Kinds::new(&files, folder)?;
        let profiles = Profiles::new(&files, folder, &kinds)?;
        Ok(Self {
            files,
            own,
            folder: folder.to_owned(),
            kinds,
            profiles,
            usual: None,
            abbreviations,
            vocabulary: OnceLock::new(),
            dictionary: OnceLock::new(),
            word_order: OnceLock::new(),
            laws: OnceLock::new(),
            offices: OnceLock::new(),
            choices: OnceLock::new(),
            spellings: OnceLock::new(),
            parties: OnceLock::new(),
            coverage: OnceLock::new(),
            widths: OnceLock::new(),
        })
    }

    /// These templates, with the profile of this förvaltning for those that have none of their own.
    ///
    /// # Errors
    /// That it has none itself.
    pub fn with_usual(self, forvaltning: &Line) -> Result<Self, Diagnostic> {
        let Some(usual) = self.profiles.called(forvaltning).cloned() else {
            let names = self.profiles.all().map(|profile| profile.forvaltning.text.as_str());
            return Err(unknown_value(forvaltning, names.filter(|name| !name.is_empty())));
        };
        let own = self.own.map(|digest| digest.to_string()).unwrap_or_default();
        let own = Some(Digest::of_parts([own.as_bytes(), forvaltning.text.as_bytes()]));
        Ok(Self { usual: Some(usual), own, ..self })
    }

    /// A file by its name, such as `layouts/tree.typ`.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(AsRef::as_ref)
    }

    /// A file for Typst; what is built in is not copied.
    pub(crate) fn bytes(&self, name: &str) -> Option<Bytes> {
        self.files.get(name).map(|bytes| match bytes {
            Cow::Borrowed(built_in) => Bytes::new(*built_in),
            Cow::Owned(own) => Bytes::new(own.clone()),
        })
    }

    /// What tells these templates from others; none when they are those built in.
    pub fn own(&self) -> Option<Digest> {
        self.own
    }

    /// The names of all files in a folder that end in a suffix, sorted.
    pub fn names<'a>(&'a self, folder: &'a str, suffix: &'a str) -> impl Iterator<Item = &'a str> {
        self.files.keys().map(String::as_str).filter(move |name| {
            name.strip_prefix(folder).is_some_and(|rest| !rest.contains('/')) && name.ends_with(suffix)
        })
    }

    /// The kinds of document.
    pub fn kinds(&self) -> &Kinds {
        &self.kinds
    }

    /// The profile of a sender: that of its name, else the usual one, else what its kommun has in common,
    /// else the neutral one.
    pub fn profile(&self, sender: &ProfileKey<'_>) -> &Profil {
        let named = || self.profiles.of(sender).find(|profile| profile.is_called(sender.name));
        let common = || self.profiles.of(sender).find(|profile| profile.forvaltning.is_empty());
        named().or(self.usual.as_ref()).or_else(common).unwrap_or_else(|| self.neutral())
    }

    /// All profiles.
    pub fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    /// The profile that stands in for those that have none, and for what a profile leaves out.
    pub fn neutral(&self) -> &Profil {
        self.profiles.neutral()
    }

    /// The names of the förvaltningar with a profile that the sender can mean.
    pub fn known_forvaltningar<'t, 's>(
        &'t self,
        sender: &'s ProfileKey<'s>,
    ) -> impl Iterator<Item = &'t str> + Clone + use<'t, 's> {
        self.profiles
            .of(sender)
            .map(|profile| profile.forvaltning.text.as_str())
            .filter(|name| !name.is_empty())
    }

    /// The abbreviations that end no sentence.
    pub fn abbreviations(&self) -> &Abbreviations {
        &self.abbreviations
    }

    /// The dictionary, where there is one.
    pub fn dictionary(&self) -> Option<&Dictionary> {
        let made = self.dictionary.get_or_init(|| {
            let affixes = self.listed("language/sv_SE.aff");
            // A folder of one's own need not have it packed.
            let packed = match self.file("language/sv_SE.dic") {
                Some(_) => Cow::Owned(dictionary::packed(&affixes, &self.listed("language/sv_SE.dic"))),
                None => self.files.get("language/sv_SE.dic.fst")?.clone(),
            };
            Dictionary::new(&affixes, packed)
        });
        made.as_ref()
    }

    /// What is known of the order of words, where anything is.
    pub fn word_order(&self) -> Option<&WordOrder> {
        let made = self.word_order.get_or_init(|| WordOrder::parse(&self.listed("language/ordfoljd.txt")));
        made.as_ref()
    }

    /// The register of laws.
    pub fn laws(&self) -> &[Law] {
        self.laws.get_or_init(|| laws::parse(&self.listed("language/lagar.tsv")))
    }

    /// The förvaltningar that are known, whether they have a profile or not.
    pub fn offices(&self) -> &Offices {
        self.offices.get_or_init(|| Offices::parse(&self.listed("language/forvaltningar.txt")))
    }

    /// The nämnder that are known by name.
    pub fn namnder(&self) -> impl Iterator<Item = String> {
        let names = self.words("language/namnder.txt");
        let names: Vec<String> =
            names.lines().filter(|line| !line.starts_with('#')).map(|line| line.trim().to_owned()).collect();
        names.into_iter().filter(|name| !name.is_empty())
    }

    /// Words that there are better ones for.
    pub fn choices(&self) -> &AllChoices {
        self.choices.get_or_init(|| AllChoices {
            people: Choices::parse(&self.words("language/ordval-person.txt")),
            chancery: Choices::parse(&self.words("language/kanslisprak.txt")),
            broken_off: Choices::parse(&self.words("language/forkortningar-punkt.txt")),
        })
    }

    /// Expressions that can be written in several forms.
    pub fn spellings(&self) -> &Spellings {
        self.spellings.get_or_init(|| Spellings::parse(&self.words("language/forkortningar.txt")))
    }

    /// A list by its name; nothing where there is none.
    fn listed(&self, name: &str) -> Cow<'_, str> {
        self.file(name).map(text).unwrap_or_default()
    }

    /// A list of words: what is built in, and what a folder of one's own adds.
    fn words(&self, name: &str) -> String {
        self.texts(name).join("\n")
    }

    /// The texts of a list of words: the one built in, and that of a folder of one's own.
    fn texts(&self, name: &str) -> Vec<Cow<'_, str>> {
        let built_in = BUILT_IN.get_file(name).map(|file| file.contents());
        let own = self.files.get(name).filter(|bytes| matches!(bytes, Cow::Owned(_))).map(AsRef::as_ref);
        [built_in, own].into_iter().flatten().map(text).collect()
    }

    /// The words that the review knows.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| {
            let [words, others, mistakes] =
                ["language/ord.txt", "language/liknande.txt", "language/felstavningar.txt"]
                    .map(|name| self.words(name));
            Vocabulary::parse(&words, &others, &mistakes)
                .with_lists(|name| self.texts(name))
                .with_usual(&self.listed("language/vanliga.txt"))
        })
    }

    /// The parties that documents speak of.
    pub fn parties(&self) -> &Parties {
        self.parties.get_or_init(|| Parties::parse(&self.listed("language/partier.tsv")))
    }

    /// A file as messages name it: in the folder of one's own, where it is from there.
    pub(crate) fn shown(&self, name: &str) -> String {
        match self.files.get(name) {
            Some(Cow::Owned(_)) => format!("{}/{name}", self.folder),
            _ => name.to_owned(),
        }
    }

    /// Whether a file is from the folder of one's own.
    pub(crate) fn is_own(&self, name: &str) -> bool {
        matches!(self.files.get(name), Some(Cow::Owned(_)))
    }

    /// A Tera template's text.
    pub(crate) fn template(&self, name: &str) -> Option<String> {
        let text = std::str::from_utf8(self.file(name)?).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n"))
    }

    /// The font files of a folder of one's own that cannot be read.
    pub(crate) fn damaged_fonts(&self) -> Vec<Diagnostic> {
        let damaged = self.names("fonts/", ".ttf").filter(|name| {
            let own = self.file(name).filter(|_| self.is_own(name));
            own.is_some_and(|bytes| !fonts::is_font(bytes))
        });
        let said = |name: &str| {
            Diagnostic::new(
                codes::TYPSNITT_SKADAT,
                format!("typsnittet {} är skadat och kan inte läsas", self.shown(name)),
            )
            .hint("Lägg dit filen på nytt, eller ta bort den.")
        };
        damaged.map(said).collect()
    }

    /// The families of faces that profiles name and no font file has.
    pub(crate) fn unknown_faces(&self) -> Vec<Diagnostic> {
        let mut unknown: Vec<&Line> = Vec::new();
        for family in self.profiles.own().flat_map(|profile| profile.utseende.families()) {
            // What a kommun sets once, each of its förvaltningar has.
            let is_told = unknown.iter().any(|other| other.place() == family.place());
            if !is_told && !self.coverage().has_face(&family.text) {
                unknown.push(family);
            }
        }
        let hint = "Lägg typsnittets filer (.ttf) i mappen fonts, eller rätta namnet.";
        let said = |family: &Line| {
            let message = format!("inget typsnitt heter ”{}”", family.text);
            let finding = Diagnostic::new(codes::OKANT_VARDE, message).at(family.place());
            match (nearest(&family.text, self.coverage().faces()), family.place()) {
                (Some(near), Some(place)) => {
                    finding.hint(format!("Menade du ”{near}”? {hint}")).edit(place, near)
                }
                _ => finding.hint(hint),
            }
        };
        unknown.into_iter().map(said).collect()
    }

    /// How wide the letters of the standard families are.
    pub(crate) fn widths(&self) -> &Widths {
        self.widths.get_or_init(|| Widths::new(|name| self.file(name)))
    }

    /// The characters that the fonts have.
    pub(crate) fn coverage(&self) -> &Coverage {
        self.coverage
            .get_or_init(|| Coverage::new(self.names("fonts/", ".ttf").filter_map(|name| self.file(name))))
    }
}

/// A file's text. What is UTF-8, as all that is built in, is found to be so faster than it is mended.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// The file name of a mall: ASCII, so that it survives every file system.
pub fn slug(mall: &str) -> String {
    mall.chars()
        .map(|letter| match letter {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            ' ' => '-',
            other => other,
        })
        .collect()
}
