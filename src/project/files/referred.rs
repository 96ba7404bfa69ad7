//! The cases that a case refers to: found from its folder, and never outside the project's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::{shown, text};
use crate::diagnostic::{Diagnostic, Place, Source, codes};
use crate::library::kinds::Kinds;
use crate::read::{self, Case};

/// What marks the project's folder.
const PROJECT: &[&str] = &["cases", ".git"];

/// Reads the texts of the cases that a case refers to, by the paths as it writes them.
pub fn referred(case: &Case, kinds: &Kinds) -> (BTreeMap<String, Arc<Source>>, Vec<Diagnostic>) {
    let own = Path::new(&case.source.path);
    let mut texts = BTreeMap::new();
    let mut problems = Vec::new();
    for line in case.references() {
        match one(own, &line.text, kinds) {
            Ok(source) => drop(texts.insert(line.text.clone(), source)),
            Err(finding) => problems.extend(line.place().map(|place| finding.at(place))),
        }
    }
    (texts, problems)
}

fn one(own: &Path, written: &str, kinds: &Kinds) -> Result<Arc<Source>, Diagnostic> {
    let path = resolve(own, written)?;
    let source = text(&path).map_err(|error| {
        Diagnostic::new(codes::HANVISNING_SAKNAS, error.message)
            .hint("Rätta sökvägen; den räknas från mappen där utlåtandet ligger.")
    })?;
    let circle = |message: String| {
        Diagnostic::new(codes::HANVISNING_CIRKEL, message)
            .hint("Hänvisa till nämndens tjänsteutlåtande, inte till ett utlåtande.")
    };
    if is_same(own, &path) {
        return Err(circle(format!("{} hänvisar till sig självt", shown(own))));
    }
    match way_back(own, &path, &source, kinds, &mut BTreeSet::new()) {
        Some(place) => Err(circle(format!("{written} hänvisar tillbaka till {}", shown(own)))
            .related(place, "här sluts cirkeln")),
        None => Ok(source),
    }
}

/// The path that a reference means, inside the project's folder.
fn resolve(own: &Path, written: &str) -> Result<PathBuf, Diagnostic> {
    let project = project(own);
    let outside = || {
        Diagnostic::new(codes::HANVISNING_UTANFOR, format!("{written} ligger inte i projektets mapp"))
            .hint(format!("Projektets mapp är {}, sedd från utlåtandet. Lägg filen där, och skriv sökvägen från utlåtandets mapp, till exempel ../socialnamnden/remissvar.yaml.", above(own, &project)))
    };
    if !Path::new(written).components().all(|part| !matches!(part, Component::RootDir | Component::Prefix(_)))
    {
        return Err(outside());
    }
    let path = tidy(&folder_of(own).join(written));
    // Where it leads is judged before whether it is there: links count, and so do steps upwards.
    let inside = match path.canonicalize() {
        Ok(whole) => whole.starts_with(&project),
        Err(_) => std::path::absolute(&path).is_ok_and(|whole| tidy(&whole).starts_with(&project)),
    };
    if inside { Ok(path) } else { Err(outside()) }
}

/// The nearest folder above a case that holds `cases` or `.git`; where there is none, the folder
/// that tjut runs in if the case is below it, or else the case's own.
fn project(own: &Path) -> PathBuf {
    let folder = folder_of(own).canonicalize().unwrap_or_default();
    if let Some(found) = folder.ancestors().find(|above| PROJECT.iter().any(|mark| above.join(mark).exists()))
    {
        return found.to_owned();
    }
    match std::env::current_dir().and_then(|here| here.canonicalize()) {
        Ok(here) if here.parent().is_some() && folder.starts_with(&here) => here,
        _ => folder,
    }
}

/// The project's folder as the case sees it: its own, or so many steps up.
fn above(own: &Path, project: &Path) -> String {
    let folder = folder_of(own).canonicalize().unwrap_or_default();
    let steps = folder.components().count().saturating_sub(project.components().count());
    if steps == 0 { "./".to_owned() } else { "../".repeat(steps) }
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The path without `.`, and without the folders that `..` leaves again.
fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidied.components().next_back(), Some(Component::Normal(_))) => {
                tidied.pop();
            }
            other => tidied.push(other),
        }
    }
    tidied
}

fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// The reference that leads back to `own`, however many files lie between.
fn way_back(
    own: &Path,
    path: &Path,
    source: &Arc<Source>,
    kinds: &Kinds,
    seen: &mut BTreeSet<PathBuf>,
) -> Option<Place> {
    if !seen.insert(path.canonicalize().ok()?) {
        return None;
    }
    let case = read::case(source, kinds).0?;
    case.references().find_map(|line| {
        let next = resolve(path, &line.text).ok()?;
        if is_same(own, &next) { line.place() } else { way_back(own, &next, &text(&next).ok()?, kinds, seen) }
    })
}
