//! What the program git says of a repository.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::Command;

use crate::paths::shown;

/// The files below a folder that were committed, so that git can bring them back.
#[derive(Debug)]
pub struct Committed {
    committed: BTreeSet<String>,
    changed: BTreeSet<String>,
}

impl Committed {
    /// What was committed below a folder; none where there is no git, no repository, or no commit.
    pub fn below(folder: &Path) -> Option<Self> {
        let listed = |words: &[&str]| {
            let names = git(folder, words).ok()?;
            let names = String::from_utf8_lossy(&names);
            Some(names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
        };
        Some(Self {
            changed: listed(&["diff", "--name-only", "--relative", "-z", "HEAD", "--", "."])?,
            committed: listed(&["ls-tree", "-r", "-z", "--name-only", "HEAD"])?,
        })
    }

    /// Whether a file, named from the folder, was committed.
    pub fn knows(&self, name: &Path) -> bool {
        self.committed.contains(&shown(name))
    }

    /// Whether a file is as it was committed, be it with other line ends: git brought it, and has it.
    pub fn holds(&self, name: &Path) -> bool {
        self.knows(name) && !self.changed.contains(&shown(name))
    }
}

/// Runs git in a folder, and gives what it writes.
pub(super) fn git(folder: &Path, words: &[&str]) -> io::Result<Vec<u8>> {
    let output = Command::new("git").arg("-C").arg(folder).args(words).output()?;
    if output.status.success() { Ok(output.stdout) } else { Err(ErrorKind::Other.into()) }
}
