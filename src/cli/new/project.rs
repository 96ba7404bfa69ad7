//! `tjut new projekt`: a project's settings, and what goes with them in a repository.

use std::path::{Path, PathBuf};

use tjut::diagnostic::{Diagnostic, codes};
use tjut::project::settings::FILE;
use tjut::project::{disk, shown};

use super::super::talk;
use super::super::{Failure, Outcome, schema};
use super::SEEDS;

/// The schema's file, beside the settings, where their first line points.
const SCHEMA: &str = ".tjut.projekt.schema.json";
/// What goes with the settings: where it is written, and its starter.
const BESIDE: &[(&str, &str)] =
    &[(".gitattributes", "gitattributes"), (".gitignore", "gitignore"), (".ci/sidor", "sidor")];
/// The workflows.
const GITHUB: (&str, &str) = (".github/workflows/arenden.yml", "github.yml");
const GITLAB: (&str, &str) = (".gitlab-ci.yml", "gitlab.yml");

/// Writes a project's files into a folder. What is there already is left as it is.
///
/// # Errors
/// That the folder has settings already, or cannot be written.
pub fn write(folder: &Path, gitlab: bool) -> anyhow::Result<Outcome> {
    let settings = folder.join(FILE);
    if disk::is_taken(&settings) {
        let finding = Diagnostic::new(codes::FIL_FINNS, format!("{} finns redan", shown(&settings)));
        return Err(Failure::from(finding.hint("Ändra i den, eller välj en annan mapp.")).into());
    }
    let workflow = if gitlab { GITLAB } else { GITHUB };
    let mut written = Vec::new();
    let mut left = Vec::new();
    for (name, seed) in BESIDE.iter().chain([&workflow]) {
        let path = folder.join(name);
        if disk::is_taken(&path) {
            left.push(path);
            continue;
        }
        disk::write(&path, starter(seed).as_bytes()).map_err(Failure::from)?;
        written.push(path);
    }
    disk::write(&folder.join(SCHEMA), schema::project().as_bytes()).map_err(Failure::from)?;
    let text = format!("# yaml-language-server: $schema={SCHEMA}\n{}", starter(FILE));
    disk::write(&settings, text.as_bytes()).map_err(Failure::from)?;
    written.insert(0, settings);
    let list = |paths: &[PathBuf]| paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", ");
    talk::say(&format!("Skrev {}.", list(&written)));
    if !left.is_empty() {
        talk::say(&format!("Fanns redan och är oförändrat: {}.", list(&left)));
    }
    let case = shown(&folder.join("cases/skolmat.yaml"));
    talk::say(&format!("Börja med ett ärende: tjut new skrivelse \"{case}\""));
    Ok(Outcome::Done)
}

/// A starter of a project's.
fn starter(name: &str) -> &'static str {
    let file = SEEDS.get_file(format!("projekt/{name}"));
    file.and_then(|file| file.contents_utf8()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_its_starter() {
        for (_, name) in BESIDE.iter().chain([&GITHUB, &GITLAB, &("", FILE)]) {
            assert!(!starter(name).is_empty(), "{name}");
        }
    }
}
