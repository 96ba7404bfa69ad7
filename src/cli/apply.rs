//! `tjut apply`: brings what was changed in a built Markdown home into its case.

use std::path::{Path, PathBuf};

use clap::Args;

use tjut::diagnostic::{Diagnostic, codes};
use tjut::outputs::memory::{Memory, Remembered};
use tjut::project::base::BuiltMarkdown;
use tjut::project::disk::{self, write_mended};
use tjut::project::{CASE_ENDINGS, Project, shown};
use tjut::report::count;

use super::args::Shared;
use super::{Failure, Outcome, project, talk};

/// What `apply` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct ApplyCommand {
    /// Markdown-filen som är ändrad
    #[arg(value_name = "FIL", help_heading = "Argument")]
    pub file: PathBuf,
    /// Ärendet (utelämnas det: det som filen är byggd ur)
    #[arg(long = "till", visible_alias = "to", value_name = "ÄRENDE")]
    pub to: Option<PathBuf>,
    /// Återför det som går, också när något annat inte kan återföras
    #[arg(long = "delvis", visible_alias = "partial")]
    pub partial: bool,
}

/// Brings the changes of a Markdown home: all of them, or none.
pub fn apply(command: &ApplyCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let markdown = &command.file;
    let mut project = project(shared, false)?;
    let edited = project.document(markdown).map_err(Failure)?;
    if !project.load(markdown).path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md")) {
        let message = format!("{} är ingen Markdown-fil", shown(markdown));
        let hint = "Ange en Markdown-fil som är byggd ur ett ärende: tjut apply output/skolmat.md";
        return Err(Failure::from(Diagnostic::new(codes::ATERFORS_INTE, message).hint(hint)).into());
    }
    if edited.front.is_draft() {
        project = Project::new(disk::Disk, project.tools().clone()).draft(true);
    }
    let (folder, name) = folder_of(markdown, &shared.settings.output());
    let (memory, _) = Memory::open(&folder);
    let case = case_of(command, &memory, &name, shared)?;
    let entry = memory.entry(&name);
    let record = entry.and_then(|entry| {
        let markdown = entry.outputs.iter().find(|stamp| stamp.fil.ends_with(".md"))?.sha256?;
        let is_current =
            entry.sources.iter().all(|stamp| project.digest(Path::new(&stamp.fil)) == stamp.sha256);
        Some(BuiltMarkdown { markdown, is_current, case: &entry.sources.first()?.fil })
    });
    let base = project.base(markdown, &case, record.as_ref()).map_err(Failure::from)?;
    let home = project.home(markdown, &case, base.as_deref()).map_err(Failure)?;
    talk::print(&home.findings, shared);
    let writes = home.places > 0 && home.is_whole && (home.is_complete() || command.partial);
    if writes {
        write_mended(&case, &home.before, &home.after).map_err(Failure::from)?;
    }
    talk::say(&summary(home.places, home.is_complete(), writes, &case));
    Ok(if home.is_complete() { Outcome::Done } else { Outcome::Findings })
}

fn summary(places: usize, is_complete: bool, writes: bool, case: &Path) -> String {
    let case = shown(case);
    match (writes, is_complete) {
        (true, true) => format!("Återförde ändringarna till {case}: {}.", count(places, "ställe", "ställen")),
        (true, false) => {
            format!(
                "Återförde det som gick till {case}: {}. Det övriga står ovan.",
                count(places, "ställe", "ställen")
            )
        }
        (false, true) => format!("Inget att återföra: {case} ger redan den Markdown-filen."),
        (false, false) => {
            format!("Inget skrevs i {case}. Med --delvis återförs det som går.")
        }
    }
}

/// The output folder that a Markdown lies in, and its name there without its ending.
fn folder_of(markdown: &Path, output: &Path) -> (PathBuf, PathBuf) {
    let stem = markdown.with_extension("");
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if let Ok(name) = whole(&stem).strip_prefix(whole(output)) {
        return (output.to_owned(), name.to_owned());
    }
    // What was built elsewhere lies in a folder with a memory of its own.
    let above = markdown.ancestors().skip(1).find(|folder| Memory::is_in(folder));
    let folder = above.or(markdown.parent()).unwrap_or(Path::new("")).to_owned();
    let name = stem.strip_prefix(&folder).map_or_else(|_| stem.clone(), Path::to_owned);
    (folder, name)
}

/// The case that a Markdown was built of: as it is said, as the build remembers, or of the same name in a folder of
/// cases.
fn case_of(
    command: &ApplyCommand,
    memory: &Memory,
    name: &Path,
    shared: &Shared,
) -> Result<PathBuf, Failure> {
    if let Some(case) = &command.to {
        return Ok(case.clone());
    }
    let remembered = memory.entry(name).and_then(Remembered::case).map(PathBuf::from);
    let folders = shared.settings.cases().into_iter().map(|folder| folder.path());
    let named = folders.flat_map(|folder| {
        CASE_ENDINGS.iter().map(move |ending| folder.join(format!("{}{ending}", shown(name))))
    });
    remembered.into_iter().chain(named).find(|path| disk::is_there(path)).ok_or_else(|| {
        let message = format!("ärendet till {} finns inte", shown(&command.file));
        Failure::from(
            Diagnostic::new(codes::FIL_LASES_INTE, message)
                .hint("Ange det: tjut apply FIL.md --till cases/ÄRENDE.yaml"),
        )
    })
}
