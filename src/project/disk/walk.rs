//! Which files lie below a folder.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use globset::GlobSet;
use ignore::WalkBuilder;

use super::super::unreadable;
use crate::diagnostic::Diagnostic;
use crate::paths::shown;

/// What a walk passes by, beside what begins with a dot.
#[derive(Clone, Debug)]
pub struct Exclusions {
    root: PathBuf,
    globs: GlobSet,
    heeds_git: bool,
}

impl Exclusions {
    /// Nothing.
    pub fn none() -> Self {
        Self { root: PathBuf::new(), globs: GlobSet::empty(), heeds_git: false }
    }

    /// What the repository's `.gitignore` names.
    pub fn of_git() -> Self {
        Self { heeds_git: true, ..Self::none() }
    }

    /// Also what these patterns name, as paths counted from a folder.
    pub fn and(self, root: &Path, globs: GlobSet) -> Self {
        Self { root: root.to_owned(), globs, ..self }
    }

    /// Whether a file, or a folder that it lies in, is one of what the patterns name.
    pub fn hold(&self, path: &Path) -> bool {
        if self.globs.is_empty() {
            return false;
        }
        let here = Path::new(".");
        let root = if self.root.as_os_str().is_empty() { here } else { &self.root };
        match (std::path::absolute(path), std::path::absolute(root)) {
            (Ok(whole), Ok(root)) => whole
                .strip_prefix(root)
                .is_ok_and(|below| below.ancestors().any(|part| self.globs.is_match(part))),
            _ => false,
        }
    }
}

/// The files below a folder whose names end so, sorted; those that begin with a dot are left out.
///
/// # Errors
/// That a folder cannot be read.
pub fn below(folder: &Path, endings: &[&str], excluded: &Exclusions) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut walk = WalkBuilder::new(folder);
    // What lies in a home folder, or beside a clone, must not change what is found.
    walk.standard_filters(false).hidden(true).require_git(true);
    walk.git_ignore(excluded.heeds_git).parents(excluded.heeds_git);
    // A link to a folder is not followed: it can lead out of the project, or in a circle.
    walk.follow_links(false);
    // Whoever names a folder that is excluded, or ignored, means what is in it.
    if !excluded.globs.is_empty() && !excluded.hold(folder) {
        let excluded = excluded.clone();
        walk.filter_entry(move |entry| !excluded.hold(entry.path()));
    }
    let mut found = Vec::new();
    for entry in walk.build() {
        let entry = entry.map_err(|error| {
            let kind = error.io_error().map_or(ErrorKind::Other, io::Error::kind);
            unreadable(&shown(place(&error).unwrap_or(folder)), kind)
        })?;
        let is_folder = entry.file_type().is_none_or(|kind| kind.is_dir());
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if !is_folder && endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(entry.into_path());
        }
    }
    found.sort();
    Ok(found)
}

/// Where a walk could not go on.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => place(err),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the test makes the folder that is walked")]
mod tests {
    use std::fs;

    use globset::{Glob, GlobSetBuilder};

    use super::*;

    #[test]
    fn a_walk_passes_by_what_is_hidden_ignored_or_excluded() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        for file in ["b.yaml", "a/c.YAML", "a/ut/d.yaml", "a/e.txt", ".f/g.yaml", "a/h.yml.d/i.yaml"] {
            fs::create_dir_all(root.join(file).parent().expect("a folder")).expect("created");
            fs::write(root.join(file), "").expect("written");
        }
        let found = |excluded: &Exclusions| -> Vec<String> {
            let found = below(root, &[".yaml", ".yml"], excluded).expect("readable");
            found.iter().map(|path| shown(path.strip_prefix(root).expect("below"))).collect()
        };
        let all = ["a/c.YAML", "a/h.yml.d/i.yaml", "a/ut/d.yaml", "b.yaml"];
        assert_eq!(found(&Exclusions::of_git()), all);
        fs::write(root.join(".gitignore"), "ut/\n").expect("written");
        // Only in a repository does the file say anything.
        assert_eq!(found(&Exclusions::of_git()), all);
        fs::create_dir(root.join(".git")).expect("created");
        assert_eq!(found(&Exclusions::none()), all);
        assert_eq!(found(&Exclusions::of_git()), [all[0], all[1], all[3]]);
        let globs = GlobSetBuilder::new().add(Glob::new("a/h*").expect("a glob")).build().expect("globs");
        assert_eq!(found(&Exclusions::of_git().and(root, globs)), [all[0], all[3]]);
    }
}
