//! The verbs, what they print, and how the program leaves.

pub mod args;
pub mod build;
pub mod check;
mod inputs;
pub mod new;
mod report;
pub mod schema;

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use tjut::diagnostic::Diagnostic;
use tjut::files;
use tjut::templates::Templates;

use args::Shared;

/// How the program leaves when it did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was wrong.
    Done,
    /// Cases have errors.
    Findings,
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

/// The exit status: 0 done, 1 cases have errors, 2 the tool could not do its work.
pub fn exit(result: anyhow::Result<Outcome>, shared: &Shared) -> ExitCode {
    let error = match result {
        Ok(Outcome::Done) => return ExitCode::SUCCESS,
        Ok(Outcome::Findings) => return ExitCode::from(1),
        Err(error) => error,
    };
    // Whoever reads our output may stop early, as `head` does: that is no failure.
    if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe) {
        return ExitCode::SUCCESS;
    }
    match error.downcast_ref::<Failure>() {
        Some(Failure(findings)) => report::print(findings, shared),
        None => eprintln!("fel: tjut kunde inte göra sitt arbete: {error:#}"),
    }
    ExitCode::from(2)
}

/// The templates: those built in, and a folder of one's own over them.
fn templates(shared: &Shared) -> anyhow::Result<Templates> {
    let overrides = match &shared.templates {
        Some(folder) => files::tree(folder).map_err(Failure::from)?,
        None => Default::default(),
    };
    let templates = Templates::new(overrides).map_err(Failure)?;
    let faults = tjut::check::profiles(&templates);
    if faults.is_empty() { Ok(templates) } else { Err(Failure(faults).into()) }
}
