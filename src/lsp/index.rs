//! What the cases of a project say that can be written again: people, nämnder, förvaltningar; and which case
//! refers to which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::project::disk::{Exclusions, below};
use crate::project::{CASE_ENDINGS, Loaded, Project};
use crate::read::Case;
use crate::read::body::Content;
use crate::yaml::values::Line;

/// The most files that are read for what they say: a project of more is not read to its end.
const MOST: usize = 5000;

/// What is known of a project's cases, by what identifies their files.
#[derive(Debug, Default)]
pub struct Index(BTreeMap<PathBuf, Indexed>);

/// What a case says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    /// The file, as it is shown.
    pub path: PathBuf,
    /// What identifies it.
    pub real: PathBuf,
    /// The kind of document.
    pub mall: String,
    /// The document's title.
    pub titel: String,
    /// Who decides.
    pub namnd: String,
    /// Who writes.
    pub forvaltning: String,
    /// The part of it that writes.
    pub avdelning: String,
    /// Those who answer for cases, or sign.
    pub people: Vec<Person>,
    /// What identifies the files that it depends on.
    pub depends_on: BTreeSet<PathBuf>,
}

/// Somebody who answers for a case, or signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// The name.
    pub namn: String,
    /// The title, of one who signs.
    pub titel: String,
    /// The förvaltning, of one who signs.
    pub organisation: String,
    /// The telephone number, of one who answers for a case.
    pub telefon: String,
    /// The address, of one who answers for a case.
    pub e_post: String,
}

impl Index {
    /// Remembers what a case says, or that it says nothing.
    pub fn learn(&mut self, real: PathBuf, said: Option<Indexed>) {
        match said {
            Some(said) => drop(self.0.insert(real, said)),
            None => drop(self.0.remove(&real)),
        }
    }

    /// Every case.
    pub fn cases(&self) -> impl Iterator<Item = &Indexed> {
        self.0.values()
    }

    /// The cases that depend on a file, as they are shown.
    pub fn dependents(&self, real: &Path) -> impl Iterator<Item = &Indexed> {
        self.0.values().filter(move |said| said.real != real && said.depends_on.contains(real))
    }

    /// Those who answer for cases, each once.
    pub fn handlaggare(&self) -> BTreeSet<&Person> {
        self.people().filter(|person| person.titel.is_empty()).collect()
    }

    /// Those who sign, each once.
    pub fn signers(&self) -> BTreeSet<&Person> {
        self.people().filter(|person| !person.titel.is_empty()).collect()
    }

    fn people(&self) -> impl Iterator<Item = &Person> {
        self.0.values().flat_map(|said| &said.people)
    }
}

impl Indexed {
    /// What a case says.
    pub fn of(case: &Case, loaded: &Loaded, project: &Project) -> Self {
        let head = &case.head;
        let handlaggare = head.handlaggare.0.iter().map(|person| Person {
            namn: known(Some(&person.namn)),
            telefon: known(person.telefon.as_ref()),
            e_post: known(person.e_post.as_ref()),
            ..Person::default()
        });
        let signed = case.parts.iter().flat_map(|part| match &part.content {
            Content::Signatures(people) => people.as_slice(),
            _ => &[],
        });
        let signed = signed.flat_map(|signature| {
            signature.namn.0.iter().map(|namn| Person {
                namn: known(Some(namn)),
                titel: known(signature.titel.as_ref()),
                organisation: known(signature.organisation.as_ref()),
                ..Person::default()
            })
        });
        Self {
            path: loaded.path.clone(),
            real: loaded.real.clone(),
            mall: case.kind.word().into(),
            titel: known(Some(&head.titel)),
            namnd: known(Some(&head.till.namnd)),
            forvaltning: known(head.avsandare.forvaltning.as_ref()),
            avdelning: known(head.avsandare.avdelning.as_ref()),
            people: handlaggare.chain(signed).filter(|person| !person.namn.is_empty()).collect(),
            depends_on: loaded.depends_on.iter().map(|other| project.identity(&other.path)).collect(),
        }
    }

    /// What a file says; nothing where it is no case.
    pub fn read(project: &Project, path: &Path) -> Option<Self> {
        let bytes = project.bytes(path).ok()?;
        // Most other files are told from a case without being parsed.
        if !is_case(&String::from_utf8_lossy(&bytes)) {
            return None;
        }
        let loaded = project.load(path);
        loaded.case().map(|case| Self::of(case, &loaded, project))
    }
}

/// What a line says, if it is filled in.
fn known(line: Option<&Line>) -> String {
    line.filter(|line| !line.has_mark()).map(|line| line.text.clone()).unwrap_or_default()
}

/// Whether a text means to be a case: it says its kind, or names the schema of cases.
pub fn is_case(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("mall:"))
        || text.lines().take_while(|line| line.starts_with('#')).any(|line| line.contains("tjut.schema.json"))
}

/// The files below folders that can be cases.
pub fn cases(folders: &[PathBuf], excluded: &Exclusions) -> Vec<PathBuf> {
    // What cannot be read offers nothing.
    let below = |folder: &PathBuf| below(folder, CASE_ENDINGS, excluded).unwrap_or_default();
    folders.iter().flat_map(below).take(MOST).collect()
}
