//! A hint is a promise: whoever does what it says comes one step further.
//!
//! Each file of `tests/hints/` alters `bas.yaml`, of which there is nothing to say: where the lines `rätt` stand,
//! the lines `fel` are put, and something must be said there, once. Whoever follows the hint writes the lines
//! `följt`, or those that stood there; then nothing is left. What is said stands in the file, too.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tjut::check::mend;
use tjut::diagnostic::{Diagnostic, Severity, Source};
use tjut::project::{Disk, Project};

use super::expect::{self, entries, root};
use super::hostile::WORKSHOP;

static PROJECT: LazyLock<Project> = LazyLock::new(|| Project::new(Disk, WORKSHOP.with(Clone::clone)));

/// A part of a file of hints.
const MARK: &str = "=== ";

/// What the review says of a text.
fn said(text: &str) -> Vec<Diagnostic> {
    PROJECT.trial("a.yaml".as_ref(), text).settled()
}

fn grave(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    findings.iter().filter(|finding| finding.severity > Severity::Advice).collect()
}

/// The lines of a part.
fn part(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("{MARK}{name}\n"))?;
    Some(rest.split(MARK).next().unwrap_or_default().to_owned())
}

fn told(finding: &Diagnostic) -> String {
    let place = finding.place.as_ref().map(|place| place.source.position(place.range.start).0);
    let line = place.map_or_else(|| "-".to_owned(), |line| line.to_string());
    let (word, hint) = (finding.severity.word(), finding.hint.as_deref().unwrap_or_default());
    format!("{word}[{}] rad {line}: {}\n    {hint}\n", finding.code, finding.message)
}

/// Whether a file's hint keeps its promise.
fn holds(path: &Path, base: &str) -> Result<(), String> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(path).expect("readable");
    let get = |part_name| part(&text, part_name).ok_or(format!("{name}: {MARK}{part_name} saknas"));
    let (right, wrong) = (get("rätt")?, get("fel")?);
    let at = format!("\n{base}");
    if at.matches(&format!("\n{right}")).count() != 1 {
        return Err(format!("{name}: the lines ”rätt” stand not once in the base"));
    }
    let with = |lines: &str| at.replacen(&format!("\n{right}"), &format!("\n{lines}"), 1)[1..].to_owned();
    let (altered, followed) = (with(&wrong), with(&part(&text, "följt").unwrap_or(right.clone())));
    let before = said(&altered);
    let [finding] = before.as_slice() else {
        return Err(format!("{name}: once is enough:\n{}", before.iter().map(told).collect::<String>()));
    };
    let after = said(&followed);
    if !grave(&after).is_empty() {
        return Err(format!("{name}: followed, and then:\n{}", after.iter().map(told).collect::<String>()));
    }
    if let Some(edit) = &finding.edit {
        let source = edit.place.source.clone();
        let mended = mend::apply(&source.text, &[edit]);
        if mended != followed {
            return Err(format!("{name}: its own edit makes it\n{mended}"));
        }
    }
    let before_said = text.split(&format!("{MARK}sagt\n")).next().unwrap_or_default();
    expect::file(path, &format!("{before_said}{MARK}sagt\n{}", told(finding)))
}

#[test]
fn every_hint_leads_on_when_it_is_followed() {
    let folder = root().join("tests/hints");
    let base = fs::read_to_string(folder.join("bas.yaml")).expect("readable");
    assert!(said(&base).is_empty(), "{:?}", said(&base));
    let hints: Vec<PathBuf> = entries(&folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    assert!(hints.len() > 60);
    expect::all(hints.iter().map(|path| holds(path, &base)));
}

/// Of the faults that the messages are shown by: each edit that a finding carries takes it away, and
/// brings nothing worse.
#[test]
fn every_edit_is_a_step_forward() {
    let faults = entries(&root().join("tests/errors"));
    let cases = faults.iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    expect::all(cases.flat_map(|path| {
        let Ok(text) = fs::read_to_string(path) else { return Vec::new() };
        let source = Source::new("a.yaml", text.as_str());
        let trial = |text: &str| PROJECT.trial(path, text).settled();
        let before = trial(&source.text);
        let edits = before.iter().filter_map(|finding| Some((finding, finding.edit.as_ref()?)));
        let results = edits.map(|(finding, edit)| {
            let after = trial(&mend::apply(&source.text, &[edit]));
            let number =
                |findings: &[Diagnostic]| findings.iter().filter(|other| other.code == finding.code).count();
            let errors = |findings: &[Diagnostic]| findings.iter().filter(|other| other.is_error()).count();
            if errors(&after) <= errors(&before)
                && (number(&after) < number(&before) || after.len() < before.len())
            {
                return Ok(());
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Err(format!("{name}: {}leads to\n{}", told(finding), after.iter().map(told).collect::<String>()))
        });
        results.collect()
    }));
}
