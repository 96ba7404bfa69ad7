//! Every code has its whole message here. A file of `tests/errors/` is a case, or Markdown edited by hand, with one
//! fault; beside it stands everything that `tjut check` says of it. A folder with a file `commands` is for what arises
//! from a command line, from templates or from other files; `transcript` is what the commands say and leave with.
//! File and folder are named for the code that must be among it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::cli::{self, tjut};
use super::expect::{all, entries, file, root};

/// What no input can cause: a fault of the program's own, which has to be mended instead.
const NEVER: &[&str] = &["internt-fel"];

fn folder() -> PathBuf {
    root().join("tests/errors")
}

#[test]
fn every_fault_is_said_as_expected() {
    let cases: Vec<_> = entries(&folder()).into_iter().filter(|path| is_input(path)).collect();
    assert!(!cases.is_empty());
    all(cases.iter().map(|path| said(path)));
}

#[test]
fn every_command_says_what_is_expected() {
    let cases: Vec<_> = entries(&folder()).into_iter().filter(|path| has_commands(path)).collect();
    assert!(!cases.is_empty());
    all(cases.iter().map(|path| transcript(path)));
}

#[test]
fn every_code_has_its_message() {
    let list = tjut(&["check", "--förklara"], root()).stdout;
    let codes = list.lines().filter_map(|line| line.split(' ').next());
    let inputs: BTreeSet<String> = entries(&folder())
        .iter()
        .filter(|path| is_input(path) || has_commands(path))
        .map(|path| code(path))
        .collect();
    let missing: Vec<&str> = codes.filter(|code| !inputs.contains(*code) && !NEVER.contains(code)).collect();
    assert!(missing.is_empty(), "no test in tests/errors has these: {missing:?}");
}

#[test]
fn no_message_is_left_over() {
    let names = |wanted: fn(&Path) -> bool| -> BTreeSet<String> {
        entries(&folder())
            .iter()
            .filter(|path| wanted(path))
            .map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
            .collect()
    };
    let is_message = |path: &Path| path.extension().is_some_and(|ending| ending == "stderr");
    let inputs = names(is_input);
    let left_over: Vec<String> =
        names(is_message).into_iter().filter(|name| !inputs.contains(name)).collect();
    assert!(left_over.is_empty(), "no case has these messages: {left_over:?}");
}

fn is_input(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "md")
}

fn has_commands(path: &Path) -> bool {
    path.join("commands").is_file()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The code that a file or folder is named for: `tom-text.lista.yaml` for `tom-text`.
fn code(path: &Path) -> String {
    name(path).split('.').next().unwrap_or_default().to_owned()
}

fn said(path: &Path) -> Result<(), String> {
    let name = name(path);
    let run = tjut(&["check", &name], &folder());
    has_code(path, &run.stderr)?;
    if run.stderr.contains("fel[") != (run.status == 1) {
        return Err(format!("{name} leaves with {}", run.status));
    }
    file(&path.with_extension("stderr"), &run.stderr)
}

fn has_code(path: &Path, said: &str) -> Result<(), String> {
    let code = code(path);
    if said.contains(&format!("[{code}]")) {
        Ok(())
    } else {
        Err(format!("{} does not say {code}:\n{said}", name(path)))
    }
}

/// Runs the commands of a folder, one a line, in a copy of it.
fn transcript(path: &Path) -> Result<(), String> {
    let place = cli::folder();
    copy(path, place.path());
    let mut said = String::new();
    for line in fs::read_to_string(path.join("commands")).expect("readable").lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        said.push_str(&format!("$ {line}\n"));
        match words.as_slice() {
            ["tjut", arguments @ ..] => {
                let run = tjut(arguments, place.path());
                said.push_str(&format!("{}[status {}]\n", run.stderr, run.status));
            }
            ["cp", from, to] => {
                fs::copy(place.path().join(from), place.path().join(to)).expect("copied");
            }
            _ => return Err(format!("{} has the command {line}: tjut … or cp FROM TO", name(path))),
        }
    }
    has_code(path, &said)?;
    file(&path.join("transcript"), &said)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("created");
    for entry in entries(from) {
        let target = to.join(name(&entry));
        if entry.is_symlink() {
            link(&fs::read_link(&entry).expect("a link"), &target);
        } else if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, &target).expect("copied");
        }
    }
}

#[cfg(unix)]
fn link(to: &Path, path: &Path) {
    std::os::unix::fs::symlink(to, path).expect("linked");
}

#[cfg(windows)]
fn link(to: &Path, path: &Path) {
    std::os::windows::fs::symlink_file(to, path).expect("linked");
}
