//! Where one stands: commands run in the project's folder, whichever of its folders they are typed in.

use std::path::{Path, PathBuf};

use tjut::project::disk::{self, Disk};
use tjut::project::settings::{self, Settings};
use tjut::project::tidy;

/// The project that a command is typed in.
#[derive(Debug, Default)]
pub struct Standing {
    /// What the project is set to.
    pub settings: Settings,
    /// The folder that one stands in, counted from the project's; empty in the project's own.
    folder: PathBuf,
}

impl Standing {
    /// Finds the project from here, and goes to its folder: what settings and references name counts
    /// from there.
    pub fn enter() -> Self {
        let found = std::env::current_dir().ok().and_then(|here| Some((settings::root(&Disk, &here)?, here)));
        let Some((root, here)) = found else { return Self::default() };
        if std::env::set_current_dir(&root).is_err() {
            return Self::default();
        }
        let folder = here.strip_prefix(&root).map(Path::to_owned).unwrap_or_default();
        Self { settings: Settings::read(&Disk, Path::new("")), folder }
    }

    /// A file to read, as it is typed here, counted from the project's folder. One that is there only
    /// counted from that folder already is what a message named.
    pub fn read(&self, typed: &Path) -> PathBuf {
        let path = self.written(typed);
        disk::spelled(if !disk::is_there(&path) && disk::is_there(typed) { typed } else { &path })
    }

    /// A file to write, as it is typed here, counted from the project's folder.
    pub fn written(&self, typed: &Path) -> PathBuf {
        if self.folder.as_os_str().is_empty() || typed.as_os_str() == "-" {
            return typed.to_owned();
        }
        match tidy(&self.folder.join(typed)) {
            empty if empty.as_os_str().is_empty() => ".".into(),
            path => path,
        }
    }

    /// A word that is a file to read, or the name of a revision.
    pub fn word(&self, typed: &Path) -> PathBuf {
        let path = self.read(typed);
        let is_file = disk::is_there(&path)
            || typed.extension().is_some_and(|ending| ENDINGS.iter().any(|own| ending == *own));
        if is_file { path } else { typed.to_owned() }
    }
}

/// How files end whose versions are compared.
const ENDINGS: [&str; 3] = ["yaml", "yml", "md"];
