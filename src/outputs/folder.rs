//! The output folder: what may be written over, what is older than its case, what has none any more.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::diagnostic::{Diagnostic, codes};
use crate::digest::{Digest, Stamp, same_text};
use crate::export::Format;
use crate::language::swedish::listed;
use crate::project::{Committed, Input, Project, disk, shown};

use super::memory::{Memory, Remembered};
use super::settings::BuildSettings;

/// The endings of what people write on in another program.
const WRITTEN_ON: &[&str] = &["md", "docx", "html"];

/// An output folder during a build.
pub struct Output {
    /// Where it is.
    pub folder: PathBuf,
    known: Memory,
    /// Nothing counts as up to date.
    force: bool,
    memory: Arc<Mutex<Memory>>,
    committed: OnceLock<Option<Committed>>,
}

/// Why a document was not written.
pub enum Refused {
    /// Somebody wrote on what would be written over.
    Edited(Vec<Diagnostic>),
    /// It cannot be written.
    Unwritable(Diagnostic),
}

/// Whose a file is that stands where one is to be written.
enum Whose {
    /// Tjut's own, or git's: it can be made again, or fetched.
    Nobodys,
    /// Somebody's who wrote on it.
    Somebodys,
    /// That cannot be told.
    Unknown,
}

impl Output {
    /// A folder, and what there is to say about its memory.
    pub fn open(folder: &Path, force: bool) -> (Self, Option<Diagnostic>) {
        let (known, damage) = Memory::open(folder);
        let memory = Arc::new(Mutex::new(known.clone()));
        (Self { folder: folder.to_owned(), known, force, memory, committed: OnceLock::new() }, damage)
    }

    /// The memory as it is now.
    pub fn memory(&self) -> MutexGuard<'_, Memory> {
        locked(&self.memory)
    }

    /// What is to be written last by whoever ends the program.
    pub fn unsaved(&self) -> impl Fn() -> Option<(PathBuf, Vec<u8>)> + Send + 'static {
        let (memory, folder) = (self.memory.clone(), self.folder.clone());
        move || locked(&memory).unsaved(&folder)
    }

    /// Writes the memory down.
    ///
    /// # Errors
    /// That it cannot be written.
    pub fn save(&self) -> Result<(), Diagnostic> {
        if self.memory().unsaved(&self.folder).is_none() {
            return Ok(());
        }
        disk::alone(&self.folder, || {
            let unsaved = {
                let mut memory = self.memory();
                let unsaved = memory.unsaved(&self.folder);
                memory.saved(true);
                unsaved
            };
            // Not with the memory in hand: whoever ends the program waits for the disk, and then for that.
            let Some((path, bytes)) = unsaved else { return Ok(()) };
            let name = path.file_name().map(Path::new).unwrap_or(&path);
            let written = disk::write_below(&self.folder, name, &bytes);
            if written.is_err() {
                self.memory().saved(false);
            }
            written
        })
    }

    /// What was built of this input, if it is up to date.
    pub fn current(&self, input: &Input, settings: &BuildSettings, project: &Project) -> Option<&Remembered> {
        if self.force { None } else { self.known.current(input, settings.digest, project, &self.folder) }
    }

    /// Writes the files of an input, and stamps them. What somebody wrote on is written over never, and
    /// then nothing of the input is written; of what somebody may have written on, a copy stays.
    ///
    /// # Errors
    /// That it cannot be, or must not be written.
    pub fn write(
        &self,
        input: &Input,
        files: Vec<(PathBuf, Vec<u8>)>,
        findings: &mut Vec<Diagnostic>,
    ) -> Result<Vec<Stamp>, Refused> {
        let owners: Vec<Whose> = files.iter().map(|(name, bytes)| self.whose(input, name, bytes)).collect();
        let of_somebody = files.iter().zip(&owners).filter(|(_, whose)| matches!(whose, Whose::Somebodys));
        let edited: Vec<Diagnostic> = of_somebody.map(|((name, _), _)| self.edited(name)).collect();
        if !edited.is_empty() {
            return Err(Refused::Edited(edited));
        }
        let mut stamps = Vec::new();
        for ((name, bytes), whose) in files.into_iter().zip(owners) {
            if matches!(whose, Whose::Unknown) {
                let path = self.folder.join(&name);
                let copy = disk::keep_copy(&path).map_err(Refused::Unwritable)?;
                findings.push(kept(&path, &copy));
            }
            let stamp = Stamp { fil: shown(&name), sha256: Some(Digest::of(&bytes)) };
            let note = || self.memory().wrote(input, stamp.clone());
            disk::write_noted(&self.folder, &name, &bytes, note).map_err(Refused::Unwritable)?;
            stamps.push(stamp);
        }
        Ok(stamps)
    }

    /// Says which files of an input that was not built are left from before.
    pub fn old(&self, input: &Input, settings: &BuildSettings) -> Option<Diagnostic> {
        let written = self.known.of(input).into_iter().flat_map(Remembered::written);
        let asked = Format::outputs(&settings.to, &input.name, input.is_markdown());
        let names = written.map(|stamp| PathBuf::from(&stamp.fil)).chain(asked.map(|(_, name)| name));
        let hint = "Använd inte det gamla. Rätta felen och bygg igen.";
        self.outdated(names.filter(|name| is_document(name)), ": ärendet går inte att bygga nu", hint)
    }

    /// Says that the web page of an input was not made anew when other forms became different: it names them by
    /// digests that hold no longer. Who builds Markdown alone, to read its diff, knows that the rest is old.
    pub fn behind(&self, input: &Input, outputs: &[Stamp]) -> Option<Diagnostic> {
        let before = self.known.of(input)?;
        let is_same_file = |one: &Stamp, other: &Stamp| one.fil == other.fil;
        let is_different = outputs
            .iter()
            .any(|now| before.written().any(|old| is_same_file(old, now) && old.sha256 != now.sha256));
        let is_left = |old: &&Stamp| !outputs.iter().any(|now| is_same_file(old, now));
        if !is_different {
            return None;
        }
        let left = before.written().filter(is_left).map(|stamp| PathBuf::from(&stamp.fil));
        let hint = "Bygg webbsidan också, med --till, eller ta bort den gamla.";
        self.outdated(left.filter(|name| is_page(name)), ", och ärendet är nu ett annat", hint)
    }

    /// Says that files that are still there were made by an earlier build.
    fn outdated(&self, names: impl Iterator<Item = PathBuf>, why: &str, hint: &str) -> Option<Diagnostic> {
        let left: BTreeSet<PathBuf> =
            names.map(|name| self.folder.join(name)).filter(|path| disk::is_there(path)).collect();
        let left: Vec<String> = left.iter().map(|path| shown(path)).collect();
        (!left.is_empty()).then(|| {
            let message = format!("{} är från ett tidigare bygge{why}", listed(&left));
            Diagnostic::new(codes::UTDATA_GAMMAL, message).hint(hint)
        })
    }

    fn whose(&self, input: &Input, name: &Path, wanted: &[u8]) -> Whose {
        let Ok(found) = disk::whole(&self.folder.join(name)) else { return Whose::Nobodys };
        let fil = shown(name);
        let stamp = self.known.of(input).and_then(|entry| entry.written().find(|stamp| stamp.fil == fil));
        let is_written_on =
            WRITTEN_ON.iter().any(|ending| name.extension().is_some_and(|own| own == *ending));
        if same_text(&found, wanted) || stamp.is_some_and(|stamp| stamp.is_of(&found)) {
            return Whose::Nobodys;
        }
        let committed = self.committed.get_or_init(|| Committed::below(&self.folder)).as_ref();
        if committed.is_some_and(|committed| committed.holds(name)) {
            return Whose::Nobodys;
        }
        match (is_written_on, stamp.is_some()) {
            (true, true) => Whose::Somebodys,
            (true, false) if committed.is_some_and(|committed| committed.knows(name)) => Whose::Somebodys,
            (true, false) | (false, true) => Whose::Unknown,
            // Without a memory nothing is known of it; it follows from the Markdown.
            (false, false) => Whose::Nobodys,
        }
    }

    fn edited(&self, name: &Path) -> Diagnostic {
        let path = shown(&self.folder.join(name));
        Diagnostic::new(
            codes::UTDATA_ANDRAD,
            format!("{path} är ändrad för hand: ärendet byggs inte, så att ändringarna inte skrivs över"),
        )
        .hint(match name.extension().is_some_and(|ending| ending == "md") {
            true => format!("För in ändringarna i ärendet med tjut apply {path}, eller ta bort filen om de inte behövs. Bygg sedan igen."),
            false => format!("Skriv in ändringarna i ärendefilen, som filen byggs av, och flytta eller ta bort {path}. Bygg sedan igen."),
        })
    }
}

/// Whether a file is a document, and no picture or enclosure beside one.
fn is_document(name: &Path) -> bool {
    is_of(name, Format::ALL)
}

/// Whether a file is a web page, or what is told of it to lists.
fn is_page(name: &Path) -> bool {
    is_of(name, &[Format::Html, Format::Published, Format::Summary])
}

fn is_of(name: &Path, formats: &[Format]) -> bool {
    let ending = name.extension().unwrap_or_default();
    formats.iter().any(|format| *format.ending() == *ending)
}

fn locked(memory: &Mutex<Memory>) -> MutexGuard<'_, Memory> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

fn kept(path: &Path, copy: &Path) -> Diagnostic {
    Diagnostic::new(
        codes::UTDATA_KOPIA,
        format!("{} kan vara ändrad för hand, och finns kvar som {}", shown(path), shown(copy)),
    )
    .hint("Jämför filerna. För in i ärendet det som behövs, och ta bort kopian.")
}
