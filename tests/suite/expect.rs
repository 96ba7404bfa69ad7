//! Expectations in files, and the one way to accept new ones.

use std::fs;
use std::path::{Path, PathBuf};

/// The variable that accepts: `TJUT_ACCEPT=1 cargo test`.
const ACCEPT: &str = "TJUT_ACCEPT";

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether what comes is accepted as what is expected.
pub fn accepts() -> bool {
    std::env::var_os(ACCEPT).is_some()
}

/// Compares a text with the file that holds what is expected; gives what is wrong.
pub fn file(path: &Path, actual: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|expected| expected == actual) {
        return Ok(());
    }
    if accepts() {
        fs::write(path, actual).expect("the expectation can be written");
        return Ok(());
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    Err(format!(
        "{} differs. If the new one is right: {ACCEPT}=1 cargo test\n{}",
        path.strip_prefix(root()).unwrap_or(path).display(),
        difference(&expected, actual)
    ))
}

/// The lines that only one of the texts has, in order.
fn difference(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let same_end = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let gone = old[same..old.len() - same_end].iter().map(|line| format!("-{line}\n"));
    let come = new[same..new.len() - same_end].iter().map(|line| format!("+{line}\n"));
    std::iter::once(format!("@@ line {}\n", same + 1)).chain(gone).chain(come).collect()
}

/// Every file or folder directly in a folder, sorted.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").path())
        .collect();
    found.sort();
    found
}

/// Fails with all that is wrong, so that one run shows everything.
pub fn all(results: impl IntoIterator<Item = Result<(), String>>) {
    let wrong: Vec<String> = results.into_iter().filter_map(Result::err).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
