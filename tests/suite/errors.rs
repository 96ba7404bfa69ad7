//! A file of `tests/errors/` is a case with one fault; beside it stands everything that
//! `tjut check` says of it. The file is named for the code that must be among it.

use std::collections::BTreeSet;
use std::path::Path;

use super::cli::tjut;
use super::expect::{all, entries, file, root};

#[test]
fn every_fault_is_said_as_expected() {
    let folder = root().join("tests/errors");
    let cases: Vec<_> =
        entries(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "yaml")).collect();
    assert!(!cases.is_empty());
    all(cases.iter().map(|path| said(path)));
}

fn said(path: &Path) -> Result<(), String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let run = tjut(&["check", &name], &root().join("tests/errors"));
    let code = name.split('.').next().unwrap_or_default();
    if !run.stderr.contains(&format!("[{code}]")) {
        return Err(format!("{name} does not say {code}:\n{}", run.stderr));
    }
    if run.stderr.contains("fel[") != (run.status == 1) {
        return Err(format!("{name} leaves with {}", run.status));
    }
    file(&path.with_extension("stderr"), &run.stderr)
}

#[test]
fn no_message_is_left_over() {
    let folder = root().join("tests/errors");
    let names = |ending: &str| -> BTreeSet<String> {
        entries(&folder)
            .iter()
            .filter(|path| path.extension().is_some_and(|e| e == ending))
            .map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
            .collect()
    };
    assert_eq!(names("yaml"), names("stderr"));
}
