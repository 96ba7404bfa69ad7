//! A claim: one program at a time serves a project, and tells where, to its own user alone.

use std::fs;
use std::io::{self, ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};

use super::bytes;
use crate::paths::folder_of;

/// The longest message of who has a claim, in bytes.
const LONGEST: u64 = 10_000;

/// What whoever wants to serve a project finds.
pub enum Claimed {
    /// Nobody else does.
    Ours(Claim),
    /// Another program does, and says this.
    Theirs(String),
}

/// The right to serve, for as long as it is kept: the system takes it back when the program ends, however
/// it ends.
pub struct Claim {
    message: fs::File,
    path: PathBuf,
    // Beside the message: on Windows nobody can read what is locked.
    _lock: fs::File,
}

impl Claim {
    /// Claims by a file, which then tells others.
    ///
    /// # Errors
    /// That the file cannot be written, or cannot be kept from other users.
    pub fn of(path: &Path) -> io::Result<Claimed> {
        fs::create_dir_all(folder_of(path))?;
        let lock = private(&path.with_extension("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                let said = bytes(path, LONGEST).unwrap_or_default();
                return Ok(Claimed::Theirs(String::from_utf8_lossy(&said).into_owned()));
            }
            Err(fs::TryLockError::Error(error)) => return Err(error),
        }
        let message = private(path)?;
        message.set_len(0)?;
        Ok(Claimed::Ours(Self { message, path: path.to_owned(), _lock: lock }))
    }

    /// Where others find what is told.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Tells others.
    ///
    /// # Errors
    /// That it cannot be written.
    pub fn tell(&mut self, message: &str) -> io::Result<()> {
        self.message.set_len(0)?;
        self.message.rewind()?;
        self.message.write_all(message.as_bytes())?;
        self.message.flush()
    }
}

/// Opens a file that nobody else may read, and that is no link.
fn private(path: &Path) -> io::Result<fs::File> {
    if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // It may have been there before; whose it is not cannot do this.
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_it_until_it_ends_and_the_other_hears_of_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ut/.tjut-visa.html");
        let Claimed::Ours(mut first) = Claim::of(&path).expect("writable") else { panic!("nobody has it") };
        first.tell("en lång adress").expect("written");
        first.tell("adressen").expect("written");
        assert!(matches!(Claim::of(&path).expect("readable"), Claimed::Theirs(said) if said == "adressen"));
        drop(first);
        assert!(matches!(Claim::of(&path).expect("writable"), Claimed::Ours(_)));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_it_and_no_link_is_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.html");
        fs::write(&path, "").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("set");
        let claim = Claim::of(&path).expect("writable");
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        drop(claim);
        let link = folder.path().join("b.html");
        symlink(&path, &link).expect("made");
        assert!(Claim::of(&link).is_err());
    }
}
