//! Lets the binary be rebuilt when a file is added to what is built into it, and gives it a name
//! of its own: the hash of everything it is made from.

#![allow(clippy::disallowed_methods, reason = "there is no project before there is a program")]

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// What the outputs of tjut depend on.
const INGREDIENTS: &[&str] = &["Cargo.lock", "Cargo.toml", "seeds", "src", "templates"];

fn main() -> std::io::Result<()> {
    let mut files = Vec::new();
    for ingredient in INGREDIENTS {
        println!("cargo:rerun-if-changed={ingredient}");
        collect(Path::new(ingredient), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let bytes = fs::read(&file)?;
        hash.update(file.to_string_lossy().replace('\\', "/"));
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    }
    let name: String = hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo:rustc-env=TJUT_BUILD={name}");
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
