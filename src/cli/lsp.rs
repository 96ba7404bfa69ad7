//! `tjut lsp`: the language server, for editors to start.

use tjut::diagnostic::Diagnostic;
use tjut::lsp::{Options, Trouble, serve};
use tjut::project::Project;
use tjut::project::settings::Mapp;

use super::args::{LspCommand, Shared};
use super::{Failure, Outcome, project};

/// Serves an editor over standard input and output until it leaves.
pub fn lsp(command: &LspCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let made = || -> Result<Project, Vec<Diagnostic>> {
        project(shared, command.utkast).map_err(|error| match error.downcast::<Failure>() {
            Ok(Failure(findings)) => findings,
            Err(_) => Vec::new(),
        })
    };
    let options = Options {
        project: &made,
        templates: shared.templates.clone(),
        cases: shared.settings.cases().iter().map(Mapp::path).collect(),
        excluded: shared.settings.exclusions(),
    };
    match serve(&options) {
        Ok(()) => Ok(Outcome::Done),
        Err(Trouble::Templates(findings)) => Err(Failure(findings).into()),
        Err(Trouble::Conversation(words)) => {
            anyhow::bail!(
                "samtalet med redigeraren bröts ({words}). tjut lsp startas av en redigerare, inte för hand"
            )
        }
    }
}
