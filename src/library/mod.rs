//! What tjut knows as data: kinds of document, templates, layouts, profiles, fonts, abbreviations.
//!
//! All of it is built into the binary; the files of a folder of one's own replace those of the
//! same name and add others.

pub mod form;
pub mod kinds;
pub mod profile;
pub mod roll;
pub mod rubriker;
pub mod starter;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use typst::foundations::Bytes;

use crate::diagnostic::{Diagnostic, Place, Source, codes, nearest};
use crate::digest::Digest;
use crate::fonts::{Coverage, Widths};
use crate::markdown::Abbreviations;
use crate::yaml::values::{Line, unknown_value};
use crate::yaml::{self, field::Field};

use crate::language::choices::{AllChoices, Choices};
use crate::language::dictionary::Dictionary;
use crate::language::laws::{self, Law};
use crate::language::lists;
use crate::language::offices::Offices;
use crate::language::parties::Parties;
use crate::language::spellings::Spellings;
use crate::language::vocabulary::Vocabulary;
use kinds::{Kind, Kinds};
use profile::Profil;

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Every template, layout, profile and font, by its name relative to `templates/`.
pub struct Templates {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    own: Option<Digest>,
    folder: String,
    kinds: Kinds,
    profiles: Vec<Profil>,
    /// The profile of those that have none of their own.
    usual: usize,
    abbreviations: Abbreviations,
    vocabulary: OnceLock<Vocabulary>,
    dictionary: OnceLock<Option<Dictionary>>,
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
        let mut faults = unreadable_texts(&overrides, folder);
        faults.extend(unknown_lists(&overrides, folder));
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut files = BTreeMap::new();
        collect(&BUILT_IN, &mut files);
        let own = overrides.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes]);
        let own = (!overrides.is_empty()).then(|| Digest::of_parts(own));
        files.extend(overrides.into_iter().map(|(name, bytes)| (name, Cow::Owned(bytes))));
        let abbreviations = files.get("abbreviations.txt").map(|bytes| String::from_utf8_lossy(bytes));
        let abbreviations = Abbreviations::parse(&abbreviations.unwrap_or_default());
        let kinds = kinds(&files, folder)?;
        let profiles = profiles(&files, folder, &kinds)?;
        Ok(Self {
            files,
            own,
            folder: folder.to_owned(),
            kinds,
            profiles,
            // `profiles` puts the neutral one first.
            usual: 0,
            abbreviations,
            vocabulary: OnceLock::new(),
            dictionary: OnceLock::new(),
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
        let Some(usual) = self.position(&forvaltning.text) else {
            return Err(unknown_value(forvaltning, self.known_forvaltningar()));
        };
        let own = self.own.map(|digest| digest.to_string()).unwrap_or_default();
        let own = Some(Digest::of_parts([own.as_bytes(), forvaltning.text.as_bytes()]));
        Ok(Self { usual, own, ..self })
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

    /// The profile of a förvaltning, or the one of those that have none of their own.
    pub fn profile(&self, forvaltning: &str) -> &Profil {
        &self.profiles[self.position(forvaltning).unwrap_or(self.usual)]
    }

    fn position(&self, forvaltning: &str) -> Option<usize> {
        let wanted = forvaltning.to_lowercase();
        self.profiles.iter().position(|profile| profile.forvaltning.text.to_lowercase() == wanted)
    }

    /// All profiles.
    pub fn profiles(&self) -> &[Profil] {
        &self.profiles
    }

    /// The profile that stands in for those that have none, and for what a profile leaves out.
    pub fn neutral(&self) -> &Profil {
        // `profiles` puts it first.
        &self.profiles[0]
    }

    /// The names of the förvaltningar that have a profile.
    pub fn known_forvaltningar(&self) -> impl Iterator<Item = &str> + Clone {
        self.profiles[1..].iter().map(|profile| profile.forvaltning.text.as_str())
    }

    /// The abbreviations that end no sentence.
    pub fn abbreviations(&self) -> &Abbreviations {
        &self.abbreviations
    }

    /// The dictionary, where there is one.
    pub fn dictionary(&self) -> Option<&Dictionary> {
        let made = self.dictionary.get_or_init(|| {
            let affixes = self.listed("language/sv_SE.aff");
            // A folder of one's own need not have it packed, nor sorted.
            if self.file("language/sv_SE.dic").is_some() {
                return Some(Dictionary::new(&affixes, &self.listed("language/sv_SE.dic")));
            }
            Some(Dictionary::sorted(&affixes, unpacked(self.file("language/sv_SE.dic.lz4")?)?))
        });
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

    /// Words that there are better ones for.
    pub fn choices(&self) -> &AllChoices {
        self.choices.get_or_init(|| AllChoices {
            people: Choices::parse(&self.listed("language/ordval-person.txt")),
            chancery: Choices::parse(&self.listed("language/kanslisprak.txt")),
        })
    }

    /// Expressions that can be written in several forms.
    pub fn spellings(&self) -> &Spellings {
        self.spellings.get_or_init(|| Spellings::parse(&self.words("language/forkortningar.txt")))
    }

    /// A list by its name; nothing where there is none.
    fn listed(&self, name: &str) -> Cow<'_, str> {
        self.file(name).map(String::from_utf8_lossy).unwrap_or_default()
    }

    /// A list of words: what is built in, and what a folder of one's own adds.
    fn words(&self, name: &str) -> String {
        let built_in = BUILT_IN.get_file(name).map(|file| file.contents());
        let own = self.files.get(name).filter(|bytes| matches!(bytes, Cow::Owned(_))).map(AsRef::as_ref);
        let texts = [built_in, own].into_iter().flatten().map(String::from_utf8_lossy);
        texts.collect::<Vec<_>>().join("\n")
    }

    /// The words that the review knows.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| {
            let [words, others, mistakes] =
                ["language/ord.txt", "language/liknande.txt", "language/felstavningar.txt"]
                    .map(|name| self.words(name));
            Vocabulary::parse(&words, &others, &mistakes)
                .with_lists(|name| self.words(name))
                .with_usual(&self.listed("language/vanliga.txt"))
        })
    }

    /// The parties that documents speak of.
    pub fn parties(&self) -> &Parties {
        self.parties.get_or_init(|| {
            let table = self.file("language/partier.tsv").map(String::from_utf8_lossy);
            Parties::parse(&table.unwrap_or_default())
        })
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

/// A text that is packed as an LZ4 frame.
fn unpacked(packed: &[u8]) -> Option<String> {
    const LIKELY: usize = 3;
    let mut text = Vec::with_capacity(packed.len() * LIKELY);
    lz4_flex::frame::FrameDecoder::new(packed).read_to_end(&mut text).ok()?;
    String::from_utf8(text).ok()
}

fn collect(folder: &Dir<'static>, files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        files.insert(name, Cow::Borrowed(file.contents()));
    }
    folder.dirs().for_each(|folder| collect(folder, files));
}

/// The name of the profile that stands in for those that have none.
const NEUTRAL: &str = "profiles/neutral.yaml";

/// The files of records in a folder, those of one's own first: they go before the built-in ones that
/// say the same, whatever their files are called.
fn records<T: Field>(
    files: &BTreeMap<String, Cow<'static, [u8]>>,
    (shown, folder): (&str, &str),
    problems: &mut Vec<Diagnostic>,
) -> Vec<T> {
    let is_record =
        |name: &&String| name.starts_with(folder) && (name.ends_with(".yaml") || name.ends_with(".yml"));
    let mut names: Vec<&String> = files.keys().filter(is_record).collect();
    let is_built_in = |name: &str| matches!(files[name], Cow::Borrowed(_));
    names.sort_by_key(|name| (*name != NEUTRAL, is_built_in(name), *name));
    let mut records = Vec::new();
    for name in names {
        let shown = if is_built_in(name) { name.clone() } else { format!("{shown}/{name}") };
        match std::str::from_utf8(&files[name]) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                let (record, found) = yaml::record::<T>(&Source::new(shown, text));
                problems.extend(found);
                records.push(record);
            }
            Err(_) => problems.push(not_utf8(&shown)),
        }
    }
    records
}

/// The kinds of document.
fn kinds(files: &BTreeMap<String, Cow<'static, [u8]>>, folder: &str) -> Result<Kinds, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let said = records::<Kind>(files, (folder, "mallar/"), &mut problems);
    if problems.iter().any(Diagnostic::is_error) {
        return Err(problems);
    }
    Kinds::new(said, |name| files.contains_key(name))
}

/// The profiles, the neutral one first.
fn profiles(
    files: &BTreeMap<String, Cow<'static, [u8]>>,
    folder: &str,
    kinds: &Kinds,
) -> Result<Vec<Profil>, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let profiles = records::<Profil>(files, (folder, "profiles/"), &mut problems);
    for profile in &profiles {
        problems.extend(profile.faults(kinds, |name| files.contains_key(name)));
    }
    if profiles.first().is_some_and(|neutral| neutral.marke.is_none()) {
        problems.push(
            Diagnostic::new(codes::NYCKEL_SAKNAS, "den neutrala profilen har inget märke")
                .hint("Skriv märke: med fil och alt i profiles/neutral.yaml."),
        );
    }
    if problems.iter().any(Diagnostic::is_error) {
        return Err(problems);
    }
    let neutral = profiles[0].clone();
    Ok(profiles.into_iter().map(|profile| profile.filled_from(&neutral)).collect())
}

fn not_utf8(shown: &str) -> Diagnostic {
    Diagnostic::new(codes::INTE_UTF8, format!("{shown} är inte sparad som UTF-8"))
        .hint("Öppna filen i redigeraren och spara den med teckenkodningen UTF-8.")
}

/// Texts of one's own that are not UTF-8.
fn unreadable_texts(overrides: &BTreeMap<String, Vec<u8>>, folder: &str) -> Vec<Diagnostic> {
    overrides
        .iter()
        .filter(|(name, bytes)| {
            let text = [".md", ".typ", ".txt"].iter().any(|ending| name.ends_with(ending));
            text && std::str::from_utf8(bytes).is_err()
        })
        .map(|(name, _)| not_utf8(&format!("{folder}/{name}")))
        .collect()
}

/// Sections of word lists of one's own that no rule asks for.
fn unknown_lists(overrides: &BTreeMap<String, Vec<u8>>, folder: &str) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (name, bytes) in overrides.iter().filter(|(name, _)| lists::sections(name).next().is_some()) {
        let source = Source::new(format!("{folder}/{name}"), String::from_utf8_lossy(bytes));
        let mut start = 0;
        for line in source.text.split_inclusive('\n') {
            let range = start..start + line.trim_end().len();
            start += line.len();
            let Some(section) = lists::section_of(line) else { continue };
            if lists::sections(name).any(|known| known == section) {
                continue;
            }
            let hint = match nearest(section, lists::sections(name)) {
                Some(near) => format!("Menade du [{near}]?"),
                None => format!("Välj en av: {}.", lists::sections(name).collect::<Vec<_>>().join(", ")),
            };
            let fault = Diagnostic::new(codes::OKANT_VARDE, format!("ordlistan [{section}] finns inte"));
            faults.push(fault.at(Place { source: source.clone(), range }).hint(hint));
        }
    }
    faults
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
