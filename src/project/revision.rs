//! A revision of a git repository as files: read whole from git's objects, with nothing written to the working tree.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use super::disk::Disk;
use super::files::{FileMark, Files};
use super::git::git;
use crate::diagnostic::{Diagnostic, codes};
use crate::paths::{shown, tidy};

/// The files of a revision, at the paths that they have in the working tree.
#[derive(Debug)]
pub struct Revision {
    top: PathBuf,
    /// The objects of the files and their lengths, by their paths below the top.
    files: BTreeMap<PathBuf, (String, u64)>,
    folders: BTreeSet<PathBuf>,
}

impl Revision {
    /// The revision of this name, in the repository that the folder lies in.
    ///
    /// # Errors
    /// That there is no git, no repository, or no such revision.
    pub fn of(folder: &Path, name: &str) -> Result<Self, Diagnostic> {
        let refused = |message: String, hint: &str| Diagnostic::new(codes::GIT_VERSION, message).hint(hint);
        let top = git(folder, &["rev-parse", "--show-toplevel"]).map_err(|error| match error.kind() {
            ErrorKind::NotFound => refused(
                "programmet git finns inte".into(),
                "Installera git, eller jämför två filer: tjut diff GAMMAL.yaml NY.yaml",
            ),
            _ => refused(
                format!("{} ligger inte i något git-förråd", shown(folder)),
                "Kör kommandot i förrådets mapp, eller jämför två filer: tjut diff GAMMAL.yaml NY.yaml",
            ),
        })?;
        let top = PathBuf::from(String::from_utf8_lossy(&top).trim_end());
        // A name that begins with a hyphen would be an option.
        let commit = format!("{name}^{{commit}}");
        let found = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]);
        let commit = found.map_err(|_| {
            let message = format!("”{name}” är varken en fil eller en version i git");
            refused(message, "Kontrollera namnet; git log --oneline visar versionerna.")
        })?;
        let commit = String::from_utf8_lossy(&commit).trim_end().to_owned();
        let listed = git(&top, &["ls-tree", "-r", "-z", "--long", &commit]).map_err(|_| {
            refused(format!("versionen {name} kan inte läsas"), "Hämta den hela: git fetch --unshallow")
        })?;
        let files: BTreeMap<_, _> = String::from_utf8_lossy(&listed).split('\0').filter_map(entry).collect();
        let folders = files.keys().flat_map(|file| file.ancestors().skip(1).map(Path::to_owned)).collect();
        Ok(Self { top: Disk.real(&top).unwrap_or(top), files, folders })
    }

    /// The files below a folder whose names end so, as paths from where the program runs, sorted.
    pub fn below(&self, folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
        let Some(within) = self.inside(folder) else { return Vec::new() };
        let hidden =
            |path: &Path| path.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
        let files = self.files.keys().filter_map(|file| {
            let rest = file.strip_prefix(&within).ok()?;
            let name = rest.to_string_lossy().to_lowercase();
            (!hidden(rest) && endings.iter().any(|ending| name.ends_with(ending))).then(|| folder.join(rest))
        });
        files.collect()
    }

    /// Whether there is a file of this name.
    pub fn has(&self, path: &Path) -> bool {
        self.inside(path).is_some_and(|inside| self.files.contains_key(&inside))
    }

    /// Whether there is a folder of this name.
    pub fn has_folder(&self, path: &Path) -> bool {
        self.inside(path).is_some_and(|inside| self.folders.contains(&inside))
    }

    /// A path counted from the top; none when it lies elsewhere.
    fn inside(&self, path: &Path) -> Option<PathBuf> {
        let here = std::env::current_dir().ok()?;
        let here = Disk.real(&here).unwrap_or(here);
        tidy(&here.join(path)).strip_prefix(&self.top).ok().map(Path::to_owned)
    }
}

impl Files for Revision {
    fn read(&self, path: &Path, most: u64) -> io::Result<Arc<[u8]>> {
        let inside = self.inside(path).ok_or(ErrorKind::NotFound)?;
        let Some((object, length)) = self.files.get(&inside) else {
            let is_folder = self.folders.contains(&inside);
            return Err(if is_folder { ErrorKind::IsADirectory } else { ErrorKind::NotFound }.into());
        };
        if *length > most {
            return Err(ErrorKind::FileTooLarge.into());
        }
        Ok(git(&self.top, &["cat-file", "blob", object])?.into())
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        let inside = self.inside(path).ok_or(ErrorKind::NotFound)?;
        let is_there = self.files.contains_key(&inside)
            || self.folders.contains(&inside)
            || inside.as_os_str().is_empty()
            // What the project's folder is known by.
            || inside == Path::new(".git");
        is_there.then(|| self.top.join(inside)).ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn mark(&self, path: &Path) -> io::Result<FileMark> {
        let inside = self.inside(path).ok_or(ErrorKind::NotFound)?;
        let length = self.files.get(&inside).map(|(_, length)| *length);
        let length =
            length.or_else(|| self.folders.contains(&inside).then_some(0)).ok_or(ErrorKind::NotFound)?;
        Ok(FileMark { length, written: None })
    }
}

/// A line of `git ls-tree --long`: mode, kind, object, length, a tab, the path. Links and submodules are no files.
fn entry(line: &str) -> Option<(PathBuf, (String, u64))> {
    let (about, path) = line.split_once('\t')?;
    let mut about = about.split_whitespace();
    let (mode, _, object, length) = (about.next()?, about.next()?, about.next()?, about.next()?);
    mode.starts_with("100").then_some(())?;
    Some((PathBuf::from(path), (object.to_owned(), length.parse().ok()?)))
}

/// Who changed a file last as of a revision, and when, in the time of Greenwich.
pub fn last_change(revision: &str, path: &Path) -> Option<(String, String)> {
    // The moment is the commit's own, whatever the clock and the zone of this machine.
    let words = ["log", "-1", "--format=%an%x00%at", "--end-of-options", revision, "--"].map(OsStr::new);
    let output = Command::new("git").args(words).arg(path).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    let (name, seconds) = said.trim_end().split_once('\0')?;
    let time = jiff::Timestamp::from_second(seconds.parse().ok()?).ok()?;
    Some((name.to_owned(), time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()))
}

/// The commits that changed any of these files, the last first; those that are too far back to matter are left out.
pub fn touching(files: &[&Path]) -> Vec<String> {
    let words = ["log", "-50", "--format=%H", "HEAD", "--"].map(OsStr::new);
    let output = Command::new("git").args(words).args(files).output();
    let said =
        output.ok().filter(|output| output.status.success()).map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&said).lines().map(str::to_owned).collect()
}
