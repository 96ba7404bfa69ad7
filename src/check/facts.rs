//! What rules across cases know of a case: little, since there can be thousands.

use std::path::{Path, PathBuf};

use crate::diagnostic::Place;
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
    /// The number, where it is filled in.
    pub diarienummer: Option<Said>,
    /// The names that people write as their own: of handläggare, and of those who sign.
    pub names: Vec<Said>,
}

/// Words, and where they stand.
#[derive(Clone, Debug)]
pub struct Said {
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
            forvaltning: case.head.avsandare.forvaltning.text.clone(),
            diarienummer: said(&case.head.diarienummer),
            names: handlaggare.chain(signed.map(|person| &person.namn)).filter_map(said).collect(),
        }
    }
}

fn said(line: &Line) -> Option<Said> {
    let is_filled_in = !line.is_empty() && !line.has_mark();
    is_filled_in.then(|| Some(Said { text: line.text.clone(), place: line.place()? }))?
}
