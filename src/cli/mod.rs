//! The verbs, what they print, and how the program leaves.

pub mod apply;
pub mod args;
pub mod build;
pub mod check;
pub mod diff;
pub mod extract;
pub mod keys;
pub mod new;
mod report;
pub mod schema;
pub mod verify;

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use tjut::diagnostic::Diagnostic;
use tjut::library::Templates;
use tjut::project::disk::{self, Disk, Exclusions};
use tjut::project::{self, Input, Project, shown};
use tjut::workshop::Workshop;

use args::Shared;

/// How the program leaves when it did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was wrong.
    Done,
    /// Cases have errors, or a PDF is not what its source gives.
    Findings,
    /// Something could not be written, and was spoken of.
    Unwritten,
    /// A PDF has no source of tjut's.
    Foreign,
    /// A PDF is the work of another version.
    OtherVersion,
}

/// The tool could not do its work: what was wrong, for people.
#[derive(Debug)]
pub struct Failure(pub Vec<Diagnostic>);

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        self.0.iter().try_for_each(|finding| writeln!(formatter, "{}", finding.message))
    }
}

impl std::error::Error for Failure {}

impl From<Diagnostic> for Failure {
    fn from(finding: Diagnostic) -> Self {
        Self(vec![finding])
    }
}

/// The exit status: 0 done, 1 cases have errors, 2 the tool could not do its work; 3 and 4 are for
/// `verify` and `extract`.
pub fn exit(result: anyhow::Result<Outcome>, shared: &Shared) -> ExitCode {
    let error = match result {
        Ok(Outcome::Done) => return ExitCode::SUCCESS,
        Ok(Outcome::Findings) => return ExitCode::from(1),
        Ok(Outcome::Unwritten) => return ExitCode::from(2),
        Ok(Outcome::Foreign) => return ExitCode::from(3),
        Ok(Outcome::OtherVersion) => return ExitCode::from(4),
        Err(error) => error,
    };
    match (error.downcast_ref::<Failure>(), error.downcast_ref::<io::Error>()) {
        (Some(Failure(findings)), _) => report::print(findings, shared),
        (None, Some(error)) if error.kind() == ErrorKind::StorageFull => {
            report::say("fel: det finns ingen plats kvar på disken för det som tjut skriver ut");
        }
        (None, Some(_)) => report::say("fel: det som tjut skriver ut kan inte skrivas"),
        (None, None) => report::say(&format!("fel: tjut kunde inte göra sitt arbete: {error:#}")),
    }
    ExitCode::from(2)
}

/// The project on this machine's disk, with the templates that are asked for.
fn project(shared: &Shared, draft: bool) -> anyhow::Result<Project> {
    Ok(Project::new(Disk, Arc::new(workshop(shared)?)).draft(draft))
}

/// The files that paths mean, each once, as they are to be shown.
fn inputs(project: &Project, paths: &[PathBuf], output: &Path) -> Result<Vec<Input>, Failure> {
    let inputs = project::inputs(paths, output, &Exclusions::of_git()).map_err(Failure)?;
    Ok(project.enter(inputs))
}

/// The templates: those built in, and a folder of one's own over them.
fn workshop(shared: &Shared) -> anyhow::Result<Workshop> {
    let templates = match &shared.templates {
        Some(folder) => Templates::with_folder(&shown(folder), disk::tree(folder).map_err(Failure::from)?),
        None => Templates::new(Default::default()),
    };
    let workshop = Workshop::new(templates.map_err(Failure)?);
    let mut faults = tjut::check::profiles(&workshop);
    // What is built in is right; what is wrong in templates of one's own is said once, not for every case.
    if shared.templates.is_some() {
        faults.extend(workshop.faults());
    }
    if faults.is_empty() { Ok(workshop) } else { Err(Failure(faults).into()) }
}
