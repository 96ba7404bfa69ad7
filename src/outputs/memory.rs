//! What earlier builds made, and of what: so that only what changed is built again.
//!
//! The memory is a file in the output folder. Nothing in it is believed: a document is up to date
//! when the hashes of everything it was made of, and of everything that was made, are those of
//! the files as they stand now; and the memory itself carries its own hash.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, codes};
use crate::digest::{Digest, Stamp};
use crate::project::{Input, Project, disk, shown};

/// The file's name in the output folder.
const FILE: &str = ".tjut.json";

/// What was built, and of what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Remembered {
    /// The digest of tjut's version, the templates and the options.
    pub settings: Digest,
    /// What the document depends on, the case first.
    pub sources: Vec<Stamp>,
    /// What was written, by its name in the output folder.
    pub outputs: Vec<Stamp>,
    /// What was written before that and is still there, as in another format.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Stamp>,
    /// How many pages the PDF has.
    pub pages: Option<usize>,
    /// Whether there was anything to say about it.
    pub remarks: bool,
}

impl Remembered {
    /// What is known of a document whose outputs could not all be written: it is never up to date.
    fn begun(input: &Input) -> Self {
        let case = Stamp { fil: shown(&input.path), sha256: None };
        Self {
            settings: unfinished(),
            sources: vec![case],
            outputs: Vec::new(),
            earlier: Vec::new(),
            pages: None,
            remarks: false,
        }
    }

    /// The case.
    pub fn case(&self) -> Option<&str> {
        self.sources.first().map(|case| case.fil.as_str())
    }

    /// Everything that was written and may still be there.
    pub fn written(&self) -> impl Iterator<Item = &Stamp> {
        self.outputs.iter().chain(&self.earlier)
    }
}

/// The documents that were built, by their names.
#[derive(Clone, Default)]
pub struct Memory {
    documents: BTreeMap<String, Remembered>,
    /// Those of them that this build changed: others may build in the folder meanwhile.
    ours: BTreeSet<String>,
    changed: bool,
}

/// The file's form.
#[derive(Deserialize, Serialize)]
struct Kept {
    /// The digest of the documents, as they are written.
    sha256: Digest,
    documents: BTreeMap<String, Remembered>,
}

impl Memory {
    /// The memory in an output folder; a damaged one is forgotten, and said so.
    pub fn open(folder: &Path) -> (Self, Option<Diagnostic>) {
        let path = folder.join(FILE);
        match kept(&path) {
            Some(documents) => (Self { documents, ..Self::default() }, None),
            None if !disk::is_taken(&path) => (Self::default(), None),
            None => (
                Self { changed: true, ..Self::default() },
                Some(
                    Diagnostic::new(
                        codes::MINNE_SKADAT,
                        format!("{} är skadad eller ändrad för hand", shown(&path)),
                    )
                    .hint("Du behöver inte göra något: allt byggs om, och filen skrivs på nytt."),
                ),
            ),
        }
    }

    /// Whether there is a memory in a folder.
    pub fn is_in(folder: &Path) -> bool {
        disk::is_taken(&folder.join(FILE))
    }

    /// The memory's file and what it is to hold now, if that is something new: with what others have
    /// written there meanwhile, and without documents of which neither the case nor anything that was
    /// written is left.
    pub fn unsaved(&self, folder: &Path) -> Option<(PathBuf, Vec<u8>)> {
        let is_left = |entry: &Remembered| {
            entry.case().is_some_and(|case| disk::is_there(Path::new(case)))
                || entry.written().any(|stamp| disk::is_there(&folder.join(&stamp.fil)))
        };
        if !self.changed && self.documents.values().all(is_left) {
            return None;
        }
        let path = folder.join(FILE);
        let mut documents = kept(&path).unwrap_or_default();
        let ours = self.ours.iter().filter_map(|key| Some((key.clone(), self.documents.get(key)?.clone())));
        documents.extend(ours);
        documents.retain(|_, entry| is_left(entry));
        let kept = Kept { sha256: digest(&documents), documents };
        Some((path, serde_json::to_vec(&kept).unwrap_or_default()))
    }

    /// Says whether the memory is in its file as it is now.
    pub fn saved(&mut self, saved: bool) {
        self.changed = !saved;
    }

    /// Remembers what was built.
    pub fn learn(&mut self, input: &Input, mut entry: Remembered, folder: &Path) {
        if let Some(before) = self.documents.get(&key(input)) {
            let is_left = |stamp: &&Stamp| {
                entry.outputs.iter().all(|now| now.fil != stamp.fil)
                    && disk::is_there(&folder.join(&stamp.fil))
            };
            entry.earlier = before.written().filter(is_left).cloned().collect();
        }
        if self.documents.get(&key(input)) != Some(&entry) {
            self.change(key(input));
            self.documents.insert(key(input), entry);
        }
    }

    /// Remembers a file that was written, before the whole document is.
    pub fn wrote(&mut self, input: &Input, stamp: Stamp) {
        let entry = self.documents.entry(key(input)).or_insert_with(|| Remembered::begun(input));
        entry.outputs.retain(|known| known.fil != stamp.fil);
        entry.earlier.retain(|known| known.fil != stamp.fil);
        entry.outputs.push(stamp);
        entry.settings = unfinished();
        self.change(key(input));
    }

    /// Forgets a file that was removed.
    pub fn removed(&mut self, name: &str) {
        for (key, entry) in &mut self.documents {
            let before = entry.written().count();
            entry.outputs.retain(|known| known.fil != name);
            entry.earlier.retain(|known| known.fil != name);
            if entry.written().count() < before {
                self.ours.insert(key.clone());
            }
        }
        self.changed = true;
    }

    fn change(&mut self, key: String) {
        self.ours.insert(key);
        self.changed = true;
    }

    /// Whether a file of this name held this when it was written.
    pub fn has_written(&self, name: &Path, found: &[u8]) -> bool {
        let is = |stamp: &Stamp| Path::new(&stamp.fil) == name && stamp.is_of(found);
        self.documents.values().any(|entry| entry.written().any(is))
    }

    /// What was built of this input last.
    pub fn of(&self, input: &Input) -> Option<&Remembered> {
        self.documents.get(&key(input))
    }

    /// Everything that was built, by anybody.
    pub fn all(&self) -> impl Iterator<Item = &Remembered> {
        self.documents.values()
    }

    /// What was built of this input, if it and everything it was made of is as it was.
    pub fn current(
        &self,
        input: &Input,
        settings: Digest,
        project: &Project,
        folder: &Path,
    ) -> Option<&Remembered> {
        let entry = self.documents.get(&key(input))?;
        let current = entry.settings == settings
            && entry.case() == Some(shown(&input.path).as_str())
            && entry.sources.iter().all(|stamp| project.digest(Path::new(&stamp.fil)) == stamp.sha256)
            && entry.outputs.iter().all(|stamp| disk::digest(&folder.join(&stamp.fil)) == stamp.sha256);
        current.then_some(entry)
    }

    /// What was built of the case of this name.
    pub fn entry(&self, name: &Path) -> Option<&Remembered> {
        self.documents.get(&format!("{}.yaml", shown(name)))
    }
}

/// What no build's settings are.
fn unfinished() -> Digest {
    Digest::of(&[])
}

/// The documents that a memory remembers; none where it is damaged or not there.
fn kept(path: &Path) -> Option<BTreeMap<String, Remembered>> {
    let kept = serde_json::from_slice::<Kept>(&disk::whole(path).ok()?).ok()?;
    (kept.sha256 == digest(&kept.documents)).then_some(kept.documents)
}

fn key(input: &Input) -> String {
    // A case and the Markdown that came of it have one name, and are two documents.
    let kind = if input.is_markdown() { "md" } else { "yaml" };
    format!("{}.{kind}", shown(&input.name))
}

fn digest(documents: &BTreeMap<String, Remembered>) -> Digest {
    Digest::of(&serde_json::to_vec(documents).unwrap_or_default())
}
