//! *Rätta* and *ångra*: a mend is written to the file that was reviewed, or not at all, and taken back
//! only from the file that it gave.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::view::Snapshot;
use crate::check::mend;
use crate::diagnostic::{Diagnostic, Source, codes};
use crate::project::disk;

/// How many mends can be taken back.
const MOST: usize = 100;

/// The mends that were made, the last one last.
#[derive(Default)]
pub struct Mends(Vec<Made>);

struct Made {
    path: PathBuf,
    before: Arc<Source>,
    after: Arc<Source>,
}

impl Mends {
    /// Makes the mend of a finding of a view that the browser saw.
    ///
    /// # Errors
    /// That the file is no longer what was reviewed, has no such mend, or cannot be written.
    pub fn make(&mut self, view: &Snapshot, reviewed: &str, finding: usize) -> Result<(), Diagnostic> {
        if view.reviewed() != reviewed {
            return Err(changed(&view.loaded.path));
        }
        let edit = view.findings.get(finding).and_then(|finding| view.edit(finding));
        let (Some(edit), Some(before)) = (edit, &view.loaded.source) else {
            return Err(Diagnostic::new(codes::FIL_SKRIVS_INTE, "anmärkningen kan inte rättas härifrån")
                .hint("Ändra i filen."));
        };
        let after = Source::new(before.path.clone(), mend::apply(&before.text, &[edit]));
        let path = view.loaded.real.clone();
        disk::write_mended(&path, before, &after.text)?;
        self.0.push(Made { path, before: before.clone(), after });
        if self.0.len() > MOST {
            self.0.remove(0);
        }
        Ok(())
    }

    /// Takes back the last mend of a file.
    ///
    /// # Errors
    /// That there is none, or that the file was changed since.
    pub fn take_back(&mut self, path: &Path) -> Result<(), Diagnostic> {
        let Some(last) = self.0.iter().rposition(|made| made.path == path) else {
            return Err(Diagnostic::new(codes::FIL_SKRIVS_INTE, "det finns inget att ångra"));
        };
        let made = &self.0[last];
        disk::write_mended(&made.path, &made.after, &made.before.text)?;
        self.0.remove(last);
        Ok(())
    }

    /// How many mends of a file can be taken back.
    pub fn number(&self, path: &Path) -> usize {
        self.0.iter().filter(|made| made.path == path).count()
    }
}

fn changed(path: &Path) -> Diagnostic {
    Diagnostic::new(
        codes::FIL_SKRIVS_INTE,
        format!("{} har ändrats sedan den granskades", crate::project::shown(path)),
    )
    .hint("Inget är skrivet. Vänta tills sidan visar den nya texten, och försök igen.")
}
