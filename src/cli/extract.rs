//! `tjut extract`: the source of a PDF, got back.

use std::path::{Path, PathBuf};

use clap::Args;

use tjut::diagnostic::{Diagnostic, codes};
use tjut::export::provenance::{self, Carried, Missing};
use tjut::project::{disk, shown};
use tjut::report::count;

use super::talk;
use super::{Failure, Outcome};

/// What `extract` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct ExtractCommand {
    /// PDF-filen
    #[arg(value_name = "FIL", help_heading = "Argument")]
    pub file: PathBuf,
    /// Mappen som filerna skrivs i (utelämnas den: PDF-filens namn utan .pdf)
    #[arg(long = "ut", visible_alias = "output", value_name = "MAPP")]
    pub output: Option<PathBuf>,
}

/// Writes what a PDF carries into a folder.
pub fn extract(command: &ExtractCommand) -> anyhow::Result<Outcome> {
    let carried = match carried(&command.file)? {
        Ok(carried) => carried,
        Err(outcome) => return Ok(outcome),
    };
    let folder = command.output.clone().unwrap_or_else(|| command.file.with_extension(""));
    if disk::is_taken(&folder) && !disk::is_empty(&folder) {
        let finding = Diagnostic::new(codes::FIL_FINNS, format!("{} finns redan", shown(&folder)));
        return Err(Failure::from(finding.hint("Välj en annan mapp med --ut.")).into());
    }
    unpack(&carried, &folder)?;
    let altered = carried.altered();
    talk::say(&format!("Skrev {} till {}/.", count(carried.files.len(), "fil", "filer"), shown(&folder)));
    if altered.is_empty() {
        return Ok(Outcome::Done);
    }
    talk::say(&format!("Ändrade sedan PDF:en byggdes: {}.", altered.join(", ")));
    Ok(Outcome::Findings)
}

/// Reads what a PDF carries, and says where there is nothing.
pub fn carried(file: &Path) -> Result<Result<Carried, Outcome>, Failure> {
    let shown = shown(file);
    let (answer, outcome) = match provenance::carried(disk::whole(file)?) {
        Ok(carried) => return Ok(Ok(carried)),
        Err(Missing::NoPdf) => {
            let finding = Diagnostic::new(codes::INGEN_PDF, format!("{shown} är ingen PDF som går att läsa"));
            return Err(finding.hint("Kontrollera filen; hämta den en gång till om den är skadad.").into());
        }
        Err(Missing::Foreign) => {
            (format!("{shown} är inte gjord av tjut, och har ingen källa."), Outcome::Foreign)
        }
        Err(Missing::WithoutSource) => (
            format!(
                "{shown} är gjord av tjut men har ingen källa med sig. Den är byggd utan --bifoga-källa."
            ),
            Outcome::Foreign,
        ),
        Err(Missing::Damaged) => {
            (format!("{shown} är ändrad: källan i den går inte att läsa."), Outcome::Findings)
        }
    };
    talk::say(&answer);
    Ok(Err(outcome))
}

/// Writes the attachments below a folder, all of them or none.
///
/// # Errors
/// That a file cannot be written, or bears a name that no file of ours has.
pub fn unpack(carried: &Carried, folder: &Path) -> Result<(), Failure> {
    if let Some(name) = carried.files.keys().find(|name| !provenance::is_plain(name)) {
        let message = format!("bilagan ”{name}” har ett namn som inte tillåts");
        return Err(Diagnostic::new(codes::FIL_SKRIVS_INTE, message)
            .hint("Lita inte på PDF:en: inget ur den har skrivits. Be den som gjorde den om källan.")
            .into());
    }
    for (name, bytes) in &carried.files {
        disk::write_below(folder, &name.split('/').collect::<PathBuf>(), bytes)?;
    }
    Ok(())
}
