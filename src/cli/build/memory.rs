//! What earlier builds made, and of what: so that only what changed is built again.
//!
//! The memory is a file in the output folder. Nothing in it is believed: a document is up to date
//! when the hashes of everything it was made of, and of everything that was made, are those of
//! the files as they stand now; and the memory itself carries its own hash.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use tjut::diagnostic::{Diagnostic, codes};
use tjut::digest::Digest;
use tjut::project::{Input, Project, disk, shown};

/// The file's name in the output folder.
const FILE: &str = ".tjut.json";

/// A file and what it held.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Stamp {
    /// Its path.
    pub fil: String,
    /// The digest of its bytes; none when it was not there.
    pub sha256: Option<Digest>,
}

/// What was built, and of what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Entry {
    /// The digest of tjut's version, the templates and the options.
    pub settings: Digest,
    /// What the document depends on, the case first.
    pub sources: Vec<Stamp>,
    /// What was written, by its name in the output folder.
    pub outputs: Vec<Stamp>,
    /// How many pages the PDF has.
    pub pages: Option<usize>,
    /// Whether there was anything to say about it.
    pub remarks: bool,
}

/// The documents that were built, by their names.
#[derive(Clone, Default)]
pub struct Memory {
    documents: BTreeMap<String, Entry>,
    changed: bool,
}

/// The file's form.
#[derive(Deserialize, Serialize)]
struct Kept {
    /// The digest of the documents, as they are written.
    sha256: Digest,
    documents: BTreeMap<String, Entry>,
}

impl Memory {
    /// The memory in an output folder; a damaged one is forgotten, and said so.
    pub fn open(folder: &Path) -> (Self, Option<Diagnostic>) {
        let path = folder.join(FILE);
        if !disk::is_taken(&path) {
            return (Self::default(), None);
        }
        let kept = disk::whole(&path).ok().and_then(|bytes| serde_json::from_slice::<Kept>(&bytes).ok());
        match kept.filter(|kept| kept.sha256 == digest(&kept.documents)) {
            Some(kept) => (Self { documents: kept.documents, changed: false }, None),
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

    /// Writes the memory, without documents whose case is gone.
    ///
    /// # Errors
    /// That it cannot be written.
    pub fn save(&mut self, folder: &Path) -> Result<(), Diagnostic> {
        let before = self.documents.len();
        self.documents.retain(|_, entry| {
            entry.sources.first().is_some_and(|case| disk::is_there(Path::new(&case.fil)))
        });
        if !self.changed && before == self.documents.len() {
            return Ok(());
        }
        let kept = Kept { sha256: digest(&self.documents), documents: std::mem::take(&mut self.documents) };
        let bytes = serde_json::to_vec(&kept).unwrap_or_default();
        self.documents = kept.documents;
        disk::write_below(folder, Path::new(FILE), &bytes)?;
        self.changed = false;
        Ok(())
    }

    /// Remembers what was built.
    pub fn learn(&mut self, input: &Input, entry: Entry) {
        self.changed |= self.documents.get(&key(input)) != Some(&entry);
        self.documents.insert(key(input), entry);
    }

    /// Forgets a document.
    pub fn forget(&mut self, input: &Input) {
        self.changed |= self.documents.remove(&key(input)).is_some();
    }

    /// What was built of this input, if it and everything it was made of is as it was.
    pub fn current(
        &self,
        input: &Input,
        settings: Digest,
        project: &Project,
        folder: &Path,
    ) -> Option<&Entry> {
        let entry = self.documents.get(&key(input))?;
        let current = entry.settings == settings
            && entry.sources.first().is_some_and(|case| case.fil == shown(&input.path))
            && entry.sources.iter().all(|stamp| project.digest(Path::new(&stamp.fil)) == stamp.sha256)
            && entry.outputs.iter().all(|stamp| disk::digest(&folder.join(&stamp.fil)) == stamp.sha256);
        current.then_some(entry)
    }

    /// What was built of the case of this name.
    pub fn entry(&self, name: &Path) -> Option<&Entry> {
        self.documents.get(&format!("{}.yaml", shown(name)))
    }

    /// Whether an output is not what was written there last, but something else.
    pub fn was_altered(&self, input: &Input, name: &str, folder: &Path) -> bool {
        let entry = self.documents.get(&key(input));
        let stamp = entry.and_then(|entry| entry.outputs.iter().find(|stamp| stamp.fil == name));
        let now = disk::digest(&folder.join(name));
        stamp.zip(now).is_some_and(|(stamp, now)| stamp.sha256 != Some(now))
    }
}

fn key(input: &Input) -> String {
    // A case and the Markdown that came of it have one name, and are two documents.
    let kind = if input.is_markdown() { "md" } else { "yaml" };
    format!("{}.{kind}", shown(&input.name))
}

fn digest(documents: &BTreeMap<String, Entry>) -> Digest {
    Digest::of(&serde_json::to_vec(documents).unwrap_or_default())
}
