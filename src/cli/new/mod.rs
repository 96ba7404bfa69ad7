//! `tjut new`: a starter with marked places to fill in.

mod profil;
mod project;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::Args;

use include_dir::{Dir, include_dir};

use tjut::diagnostic::{Diagnostic, codes, nearest};
use tjut::library::{Templates, slug, starter};
use tjut::project::{disk, shown};

use super::args::Shared;
use super::talk;
use super::{Failure, Outcome, schema, workshop};

/// What `new` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct NewCommand {
    /// Vad som ska skrivas: skrivelse, frågor, remiss, en mall (tjänsteskrivelse, utlåtande, …), profil eller projekt
    #[arg(value_name = "SLAG", help_heading = "Argument", display_order = 1)]
    pub kind: String,
    /// Filen som ska skrivas; för en profil förvaltningens namn, för projekt mappen (utelämnas den: den här)
    #[arg(value_name = "FIL", help_heading = "Argument", display_order = 2)]
    pub file: Option<PathBuf>,
    /// Skriv projektets arbetsflöde för GitLab i stället för GitHub
    #[arg(long)]
    pub gitlab: bool,
}

static SEEDS: Dir = include_dir!("$CARGO_MANIFEST_DIR/seeds");

/// What people write that is no kind's own word: cases of a kind. A seed has its name in plain letters.
const CASES: [&str; 3] = ["skrivelse", "frågor", "remiss"];

/// The word for a whole project.
const PROJECT: &str = "projekt";

/// The schema's file, beside the case, where the case's first line points.
const SCHEMA: &str = "tjut.schema.json";

/// Writes a starter and, beside it, the schema that its first line names.
pub fn new(command: &NewCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    if slug(&command.kind.to_lowercase()) == PROJECT {
        return project::write(command.file.as_deref().unwrap_or(Path::new("")), command.gitlab);
    }
    let workshop = workshop(shared)?;
    let is_profile = command.kind.eq_ignore_ascii_case(profil::WORD);
    let seed = if is_profile { Cow::default() } else { seed(&command.kind, &workshop)? };
    let Some(mut file) = command.file.clone() else {
        return Err(Failure::from(no_name(&command.kind)).into());
    };
    if is_profile {
        return profil::new(&file, &workshop);
    }
    let is_case = |ending: &OsStr| ["yaml", "yml"].iter().any(|own| ending.eq_ignore_ascii_case(own));
    if !file.extension().is_some_and(is_case) {
        // Without it, no build of a folder would find the case.
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(".yaml");
        file.set_file_name(name);
    }
    if disk::is_taken(&file) {
        let finding = Diagnostic::new(codes::FIL_FINNS, format!("{} finns redan", shown(&file)));
        return Err(Failure::from(finding.hint("Välj ett annat namn, eller ta bort filen först.")).into());
    }
    let folder = file.parent().unwrap_or(Path::new(""));
    let text = format!("# yaml-language-server: $schema={SCHEMA}\n{seed}");
    disk::write(&folder.join(SCHEMA), schema::text(&workshop).as_bytes()).map_err(Failure::from)?;
    disk::write(&file, text.as_bytes()).map_err(Failure::from)?;
    talk::say(&format!(
        "Skrev {file}. Fyll i det som står mellan « och », och granska sedan: tjut check \"{file}\"",
        file = shown(&file)
    ));
    Ok(Outcome::Done)
}

fn no_name(kind: &str) -> Diagnostic {
    Diagnostic::new(codes::FIL_SAKNAS, "filens namn saknas")
        .hint(format!("Skriv vad filen ska heta: tjut new {kind} cases/skolmat.yaml"))
}

/// The starter of a kind as people call it, or one made from what a kind of document says.
fn seed(kind: &str, templates: &Templates) -> Result<Cow<'static, str>, Failure> {
    let wanted = slug(&kind.to_lowercase());
    let file = SEEDS.get_file(format!("{wanted}.yaml"));
    if let Some(text) = file.and_then(|file| file.contents_utf8()) {
        return Ok(text.into());
    }
    if let Some(kind) = templates.kinds().all().find(|known| slug(known.word()) == wanted) {
        return Ok(starter::of(kind).into());
    }
    let words = CASES.into_iter().chain(templates.kinds().words());
    let known: Vec<&str> = words.chain([profil::WORD, PROJECT]).collect();
    let finding = Diagnostic::new(codes::OKANT_VARDE, format!("slaget ”{kind}” finns inte"));
    Err(Failure::from(match nearest(kind, known.iter().copied()) {
        Some(near) => finding.hint(format!("Menade du ”{near}”?")),
        None => finding.hint(format!("Välj något av: {}.", known.join(", "))),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_has_its_word() {
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        let words: Vec<String> =
            CASES.into_iter().chain(templates.kinds().words()).chain([profil::WORD]).map(slug).collect();
        for file in SEEDS.files() {
            let stem = file.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
            assert!(words.contains(&stem), "{stem}");
        }
        for case in CASES {
            assert!(seed(case, &templates).is_ok(), "{case}");
        }
    }
}
