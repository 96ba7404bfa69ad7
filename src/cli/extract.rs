//! `tjut extract`: the source of a PDF, got back.

use std::path::{Component, Path, PathBuf};

use tjut::diagnostic::{Diagnostic, codes};
use tjut::export::provenance::{self, Carried, Missing};
use tjut::project::{disk, shown};

use super::args::ExtractCommand;
use super::report::{self, count};
use super::{Failure, Outcome};

/// Writes what a PDF carries into a folder.
pub fn extract(command: &ExtractCommand) -> anyhow::Result<Outcome> {
    let carried = match carried(&command.file)? {
        Ok(carried) => carried,
        Err(outcome) => return Ok(outcome),
    };
    let folder = command.output.clone().unwrap_or_else(|| command.file.with_extension(""));
    if disk::is_taken(&folder) && !disk::is_empty(&folder) {
        let finding = Diagnostic::new(codes::FIL_FINNS, format!("{} finns redan", shown(&folder)));
        return Err(Failure::from(finding.hint("Välj en annan mapp med --output.")).into());
    }
    unpack(&carried, &folder)?;
    let altered = carried.altered();
    report::say(&format!("Skrev {} till {}/.", count(carried.files.len(), "fil", "filer"), shown(&folder)));
    if altered.is_empty() {
        return Ok(Outcome::Done);
    }
    report::say(&format!("Ändrade sedan PDF:en byggdes: {}.", altered.join(", ")));
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
    report::say(&answer);
    Ok(Err(outcome))
}

/// Writes the attachments below a folder.
///
/// # Errors
/// That a file cannot be written, or bears a name that leads elsewhere.
pub fn unpack(carried: &Carried, folder: &Path) -> Result<(), Failure> {
    for (name, bytes) in &carried.files {
        let path: PathBuf = name.split('/').filter(|part| !part.is_empty()).collect();
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            let finding =
                Diagnostic::new(codes::FIL_SKRIVS_INTE, format!("bilagan {name} leder ut ur mappen"));
            return Err(finding.hint("PDF:en är inte att lita på; ingen sådan fil skrivs.").into());
        }
        disk::write_below(folder, &path, bytes)?;
    }
    Ok(())
}
