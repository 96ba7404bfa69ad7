//! A file of `tests/errors/` is a case, or Markdown edited by hand, with one fault; beside it stands everything that
//! `tjut check` says of it. The file is named for the code that must be among it.

use std::collections::BTreeSet;
use std::path::Path;

use super::cli::tjut;
use super::expect::{all, entries, file, root};

#[test]
fn every_fault_is_said_as_expected() {
    let folder = root().join("tests/errors");
    let cases: Vec<_> = entries(&folder).into_iter().filter(|path| is_input(path)).collect();
    assert!(!cases.is_empty());
    all(cases.iter().map(|path| said(path)));
}

fn is_input(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "md")
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
    let names = |wanted: fn(&Path) -> bool| -> BTreeSet<String> {
        entries(&folder)
            .iter()
            .filter(|path| wanted(path))
            .map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
            .collect()
    };
    let is_message = |path: &Path| path.extension().is_some_and(|ending| ending == "stderr");
    assert_eq!(names(is_input), names(is_message));
}
