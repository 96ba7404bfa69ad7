//! `tjut format`: the lines of cases made tidy, and nothing of what they say changed.

use std::path::PathBuf;

use clap::Args;

use tjut::diagnostic::{Diagnostic, Source, codes};
use tjut::project::disk::write_mended;
use tjut::project::{Inputs, Project, SearchScope, shown};
use tjut::report::count;

use super::args::Shared;
use super::{Failure, Outcome, project, talk};

/// What `format` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct FormatCommand {
    /// Ärendefiler eller mappar; utelämnas de är det projektets alla ärenden, i cases/
    #[arg(value_name = "VÄG", help_heading = "Argument")]
    pub paths: Vec<PathBuf>,
}

/// Writes the cases whose lines are not tidy, and says how many.
pub fn format(command: &FormatCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let project = project(shared, false)?;
    let (output, excluded) = (shared.settings.output(), shared.settings.exclusions());
    let scope = SearchScope { cases: &shared.settings.cases(), output: &output, excluded: &excluded };
    let Inputs { files, problems, .. } = project.inputs(&command.paths, scope);
    let mut wrong: Vec<Diagnostic> = problems.into_iter().map(|(_, finding)| finding).collect();
    let is_whole = wrong.is_empty();
    let mut written = 0;
    for input in &files {
        let loaded = project.load(&input.path);
        match loaded.source.as_ref().zip(project.tidied(&input.path)) {
            Some((source, tidy)) => written += usize::from(write(&project, source, &tidy)?),
            None => wrong.push(unread(&shown(&input.path))),
        }
    }
    talk::print(&wrong, shared);
    talk::say(&match written {
        0 => "Inget behövde ordnas.".to_owned(),
        _ => format!("Ordnade {}.", count(written, "fil", "filer")),
    });
    Ok(match (is_whole, wrong.is_empty()) {
        (false, _) => Outcome::Unwritten,
        (true, false) => Outcome::Findings,
        (true, true) => Outcome::Done,
    })
}

/// Writes a file, unless it is tidy; says whether it did.
fn write(project: &Project, source: &Source, tidy: &str) -> Result<bool, Failure> {
    let is_new = tidy != source.text;
    if is_new {
        let path = project.identity(source.path.as_ref());
        write_mended(&path, source, tidy)?;
    }
    Ok(is_new)
}

fn unread(file: &str) -> Diagnostic {
    Diagnostic::new(codes::FIL_SKRIVS_INTE, format!("{file} är inte ordnad: den kan inte läsas som den står"))
        .hint(format!("Rätta först det som visas av: tjut check {file}"))
}
