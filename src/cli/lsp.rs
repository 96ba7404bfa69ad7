//! `tjut lsp`: the language server, for editors to start.

use clap::Args;
use tjut::diagnostic::Diagnostic;
use tjut::lsp::{Options, Trouble, serve};
use tjut::project::Project;
use tjut::project::settings::Mapp;

use super::args::Shared;
use super::{Failure, Outcome, project};

/// What `lsp` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct LspCommand {
    /// Granska som utkast: det som inte är ifyllt är inget fel
    #[arg(long, visible_alias = "draft")]
    pub utkast: bool,
    /// Tala över standard in och ut, som också sker utan valet: somliga redigerare lägger alltid till det
    #[arg(long, hide = true)]
    pub stdio: bool,
}

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
        faults: shared.settings.faults.clone(),
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
