//! What rules across cases know of a case: little, since there can be thousands.

use std::path::{Path, PathBuf};

use crate::diagnostic::Place;
use crate::library::kinds::Kinds;
use crate::library::profile::ProfileKey;
use crate::read::Case;
use crate::read::body::Content;
use crate::yaml::values::Line;

/// What rules across cases know of a case.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The file, as it is shown.
    pub path: String,
    /// What identifies the folder that it stands in.
    pub folder: PathBuf,
    /// The kind of document.
    pub mall: String,
    /// Whose profile judges it.
    pub forvaltning: String,
    /// The kommun of that profile, where the case says it.
    pub kommun: Option<String>,
    /// The numbers that are filled in.
    pub diarienummer: Vec<Fact>,
    /// The names that people write as their own: of handläggare, and of those who sign.
    pub names: Vec<Fact>,
}

/// Words, and where they stand.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The words.
    pub text: String,
    /// Their place in the case.
    pub place: Place,
}

impl Facts {
    /// The facts of a case in a folder.
    pub fn of(case: &Case, folder: &Path) -> Self {
        let signed = case.parts.iter().flat_map(|part| match &part.content {
            Content::Signatures(people) => people.as_slice(),
            _ => &[],
        });
        let handlaggare = case.head.handlaggare.0.iter().map(|person| &person.namn);
        Self {
            path: case.source.path.clone(),
            folder: folder.to_owned(),
            mall: case.kind.word().into(),
            forvaltning: case.head.avsandare.namn().text.clone(),
            kommun: case.head.avsandare.kommun.as_ref().map(|line| line.text.clone()),
            diarienummer: case.head.diarienummer.iter().filter_map(said).collect(),
            names: handlaggare.chain(signed.flat_map(|person| &person.namn.0)).filter_map(said).collect(),
        }
    }
}

impl Facts {
    /// Who writes, as the profile is found by it.
    pub fn sender<'a>(&'a self, kinds: &'a Kinds) -> ProfileKey<'a> {
        let kind = kinds.get(&self.mall);
        ProfileKey {
            name: &self.forvaltning,
            kommun: self.kommun.as_deref(),
            kinds: kind.and_then(|kind| Some(kind.kommun.as_ref()?.text.as_str())),
        }
    }
}

fn said(line: &Line) -> Option<Fact> {
    let is_filled_in = !line.is_empty() && !line.has_mark();
    is_filled_in.then(|| Some(Fact { text: line.text.clone(), place: line.place()? }))?
}
