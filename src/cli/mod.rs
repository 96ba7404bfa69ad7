//! The verbs, what they print, and how the program leaves.

pub mod apply;
pub mod args;
pub mod build;
pub mod check;
pub mod completions;
pub mod diff;
pub mod extract;
pub mod format;
pub mod interrupt;
pub mod keys;
pub mod licences;
pub mod lsp;
pub mod new;
pub mod preview;
pub mod schema;
pub mod standing;
mod stdin;
mod talk;
mod telling;
pub mod verify;

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use tjut::diagnostic::Diagnostic;
use tjut::library::Templates;
use tjut::project::disk::{self, Disk};
use tjut::project::{Inputs, Project, SearchScope, shown};
use tjut::report::count;
use tjut::workshop::Workshop;

use args::{Arguments, Shared, Work};

/// How the program leaves when it did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was wrong.
    Done,
    /// Cases have errors, or a PDF is not what its source gives.
    Findings,
    /// Something could not be read or written, and was spoken of.
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
        (Some(Failure(findings)), _) => talk::print(findings, shared),
        (None, Some(error)) if error.kind() == ErrorKind::StorageFull => {
            talk::say("fel: det finns ingen plats kvar på disken för det som tjut skriver ut");
        }
        (None, Some(_)) => talk::say("fel: det som tjut skriver ut kan inte skrivas"),
        (None, None) => talk::say(&format!("fel: tjut kunde inte göra sitt arbete: {error:#}")),
    }
    ExitCode::from(2)
}

/// The project on this machine's disk, with the templates that are asked for.
fn project(shared: &Shared, draft: bool) -> anyhow::Result<Project> {
    Ok(Project::new(Disk, Arc::new(workshop(shared)?)).draft(draft))
}

/// Says what is wrong with the project's settings, which nothing may be done without.
///
/// # Errors
/// How the program leaves then.
pub fn settled(arguments: &Arguments) -> Result<(), ExitCode> {
    let faults = &arguments.shared.settings.faults;
    if !arguments.command.heeds_settings() {
        return Ok(());
    }
    talk::print(faults, &arguments.shared);
    let fails = faults.iter().any(Diagnostic::is_error) && !arguments.command.serves_an_editor();
    if fails { Err(ExitCode::from(2)) } else { Ok(()) }
}

/// The files that a command works on. Files in folders that are no cases are spoken of.
///
/// # Errors
/// What is on standard input cannot be read, or there is no file to work on.
fn inputs(project: &Project, work: &Work, output: &Path, shared: &Shared) -> Result<Inputs, Failure> {
    let paths = stdin::opened(project, work)?;
    let excluded = shared.settings.exclusions();
    let scope = SearchScope { cases: &shared.settings.cases(), output, excluded: &excluded };
    let inputs = project.inputs(&paths, scope);
    if inputs.files.is_empty() && !inputs.problems.is_empty() {
        return Err(Failure(inputs.problems.into_iter().map(|(_, finding)| finding).collect()));
    }
    if !work.quiet && !inputs.others.is_empty() {
        talk::say(&passed_by(&inputs.others));
    }
    Ok(inputs)
}

/// What is said of files that were passed by: the first by their names.
fn passed_by(others: &[PathBuf]) -> String {
    const NAMED: usize = 3;
    let names: Vec<String> = others.iter().take(NAMED).map(|path| shown(path)).collect();
    let rest = match others.len().saturating_sub(NAMED) {
        0 => String::new(),
        rest => format!(" och {rest} till"),
    };
    let files = count(others.len(), "fil som inte är något ärende", "filer som inte är ärenden");
    format!("Hoppade över {files}: {}{rest}.", names.join(", "))
}

/// The templates: those built in, and a folder of one's own over them.
fn workshop(shared: &Shared) -> anyhow::Result<Workshop> {
    let templates = match &shared.templates {
        Some(folder) => {
            let said = shared.settings.said.mallar.as_ref().filter(|said| said.path() == *folder);
            let files =
                disk::tree(folder).map_err(|finding| finding.at(said.and_then(|said| said.0.place())));
            Templates::with_folder(&shown(folder), files.map_err(Failure::from)?)
        }
        None => Templates::new(Default::default()),
    };
    let templates = templates.map_err(Failure)?;
    let templates = match &shared.settings.said.profil {
        Some(usual) => templates.with_usual(usual).map_err(Failure::from)?,
        None => templates,
    };
    let workshop = Workshop::new(templates);
    let mut faults = tjut::check::profiles(&workshop);
    // What is built in is right; what is wrong in templates of one's own is said once, not for every case.
    if shared.templates.is_some() {
        faults.extend(workshop.faults());
    }
    if faults.is_empty() { Ok(workshop) } else { Err(Failure(faults).into()) }
}
