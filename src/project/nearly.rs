//! What may be meant by a path where nothing is.

use std::path::{Path, PathBuf};

use super::CASES;
use super::disk::{Exclusions, below, is_folder, is_there};
use super::inputs::CASE_ENDINGS;
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::paths::{folder_of, shown};

/// Says that there is nothing at a path, and what may be meant.
pub fn missing(path: &Path, not_there: Diagnostic) -> Diagnostic {
    if path == Path::new(CASES) {
        return no_cases();
    }
    match meant(path) {
        Some(meant) => not_there.hint(format!("Menade du {}?", shown(&meant))),
        None => not_there,
    }
}

/// The folder that is meant when none is given does not stand here: perhaps this is that folder, or one in it.
fn no_cases() -> Diagnostic {
    let finding = Diagnostic::new(codes::FIL_LASES_INTE, "mappen cases/ finns inte här");
    let up = (1..8).map(|steps| vec![".."; steps].join("/")).find(|up| is_dir(&Path::new(up).join(CASES)));
    let here = below(Path::new("."), CASE_ENDINGS, &Exclusions::of_git()).unwrap_or_default();
    finding.hint(match (up, here.first()) {
        (Some(up), Some(case)) => {
            format!("Gå till mappen ovanför den (cd {up}), eller ange ett ärende här: {}", plain(case))
        }
        (Some(up), None) => format!("Gå till mappen ovanför den: cd {up}"),
        (None, Some(case)) => {
            format!(
                "Ange var ärendena ligger: en punkt (.) betyder den här mappen, och ett av ärendena är {}",
                plain(case)
            )
        }
        (None, None) => "Skriv ett första ärende med: tjut new skrivelse cases/NAMN.yaml".to_owned(),
    })
}

/// A path without its leading `./`.
fn plain(path: &Path) -> String {
    shown(path.strip_prefix(".").unwrap_or(path))
}

fn is_dir(path: &Path) -> bool {
    is_folder(path).unwrap_or_default()
}

/// The file that a path nearly is: without its ending, without its folder, or with another letter.
fn meant(path: &Path) -> Option<PathBuf> {
    let endings = || [""].into_iter().chain(CASE_ENDINGS.iter().copied()).chain([".md"]);
    let stem = path.with_extension("");
    let named = |path: &Path, ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
    let inside = |base: PathBuf| endings().map(move |ending| named(&base, ending)).collect::<Vec<_>>();
    let mut guesses = inside(path.to_owned());
    guesses.extend(inside(stem.clone()));
    guesses.extend(inside(Path::new(CASES).join(path)));
    guesses.extend(inside(Path::new(CASES).join(stem)));
    if let Some(found) = guesses.into_iter().find(|guess| guess != path && is_there(guess) && !is_dir(guess))
    {
        return Some(found);
    }
    let name = path.file_name()?.to_string_lossy().into_owned();
    // Cases of this name in another folder, or nearly of this name.
    let folders = [folder_of(path), Path::new(CASES)].into_iter().filter(|folder| is_dir(folder));
    let there: Vec<PathBuf> = folders
        .flat_map(|folder| below(folder, CASE_ENDINGS, &Exclusions::of_git()).unwrap_or_default())
        .collect();
    let names: Vec<String> = there
        .iter()
        .map(|file| file.file_name().unwrap_or_default().to_string_lossy().into_owned())
        .collect();
    let near = nearest(&name, names.iter().map(String::as_str))
        .or_else(|| nearest(&format!("{name}.yaml"), names.iter().map(String::as_str)))?;
    let found = &there[names.iter().position(|name| name == near)?];
    Some(found.strip_prefix(".").unwrap_or(found).to_owned())
}
