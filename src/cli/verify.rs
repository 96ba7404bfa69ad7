//! `tjut verify`: whether a PDF is exactly what its source gives.

use std::path::{Path, PathBuf};

use clap::Args;

use tjut::diagnostic::{Diagnostic, codes};
use tjut::digest::VERSION;
use tjut::export::Format;
use tjut::export::provenance::Carried;
use tjut::outputs::make::make;
use tjut::outputs::settings::BuildSettings;
use tjut::project::{Input, Project, disk, shown};

use super::args::Shared;
use super::extract::{carried, unpack};
use super::talk;
use super::{Failure, Outcome, interrupt, project};

/// What `verify` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct VerifyCommand {
    /// PDF-filen
    #[arg(value_name = "FIL", help_heading = "Argument")]
    pub file: PathBuf,
}

/// Builds a PDF's source again and compares.
pub fn verify(command: &VerifyCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let shown = shown(&command.file);
    let carried = match carried(&command.file)? {
        Ok(carried) => carried,
        Err(outcome) => return Ok(outcome),
    };
    let project = project(shared, carried.origin.utkast)?;
    let templates = project.tools();
    let settings = BuildSettings::new(vec![Format::Pdf], carried.origin.utkast, true, templates);
    if again(&carried, &settings, &project)?
        .is_some_and(|pdf| disk::whole(&command.file).is_ok_and(|old| old == pdf))
    {
        talk::say(&format!(
            "{shown} är exakt vad källan i den ger med den här versionen av tjut ({VERSION})."
        ));
        return Ok(Outcome::Done);
    }
    let origin = &carried.origin;
    let altered = carried.altered();
    if !altered.is_empty() {
        talk::say(&format!("{shown} är ändrad: {} är inte vad PDF:en byggdes av.", altered.join(", ")));
        return Ok(Outcome::Findings);
    }
    if !origin.is_ours(templates) {
        let which = if origin.tjut != VERSION {
            format!("med tjut {}; det här är tjut {VERSION}", origin.tjut)
        } else if origin.mallar != templates.own() {
            "med andra mallar; ange dem med --mallar".to_owned()
        } else {
            format!("med ett annat bygge av tjut {VERSION} ({})", origin.bygge)
        };
        talk::say(&format!(
            "{shown} är byggd {which}. Bara det som byggde den kan svara på om den är oförändrad. Källan i den är hel."
        ));
        return Ok(Outcome::OtherVersion);
    }
    talk::say(&format!("{shown} är ändrad: källan i den är hel men ger en annan PDF."));
    Ok(Outcome::Findings)
}

/// The PDF that the source gives; none when the source cannot be built.
fn again(carried: &Carried, settings: &BuildSettings, project: &Project) -> Result<Option<Vec<u8>>, Failure> {
    let folder = tempfile::tempdir().map_err(|_| {
        Diagnostic::new(codes::FIL_SKRIVS_INTE, "det går inte att skapa en tillfällig mapp")
            .hint("Kontrollera att disken inte är full, och att TMPDIR är en mapp som får skrivas.")
    })?;
    interrupt::remove_last(folder.path().to_owned());
    unpack(carried, folder.path())?;
    // A name that is none of the attachments' could be that of any file on this machine.
    if !carried.files.contains_key(&carried.origin.kalla) {
        return Ok(None);
    }
    // The Markdown beside the case has the name of the outputs.
    let name = Path::new(&carried.origin.kalla).with_extension("").file_name().map(PathBuf::from);
    let input = Input {
        path: folder.path().join(&carried.origin.kalla),
        name: name.unwrap_or_default(),
        within: Some(folder.path().to_owned()),
    };
    project.enter(vec![input.clone()]);
    let files = make(&input, settings, project).files.unwrap_or_default();
    Ok(files.into_iter().map(|(_, bytes)| bytes).next())
}
