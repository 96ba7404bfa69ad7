//! `tjut schema`: the JSON Schema of case files, of the reports, of the list of changes, or of a project's settings.

use clap::Args;
use tjut::compare;
use tjut::library::Templates;
use tjut::project::settings;
use tjut::report;

use super::args::Shared;
use super::{Outcome, workshop};
use crate::cli::talk::product;

/// What `schema` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct SchemaCommand {
    /// Skriv i stället schemat för rapporterna från tjut check --format json och tjut build --rapport
    #[arg(long, visible_alias = "report")]
    pub rapport: bool,
    /// Skriv i stället schemat för projektets inställningar, tjut.yaml
    #[arg(long, visible_alias = "project", conflicts_with = "rapport")]
    pub projekt: bool,
    /// Skriv i stället schemat för listan från tjut diff --format json
    #[arg(long = "jämförelse", visible_alias = "diff", conflicts_with_all = ["rapport", "projekt"])]
    pub jamforelse: bool,
}

/// Prints the schema.
pub fn schema(command: &SchemaCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let schema = if command.rapport {
        report::SCHEMA.to_owned()
    } else if command.jamforelse {
        compare::report::SCHEMA.to_owned()
    } else if command.projekt {
        project()
    } else {
        text(&*workshop(shared)?)
    };
    product(schema.as_bytes())?;
    Ok(Outcome::Done)
}

/// The schema of a project's settings.
pub fn project() -> String {
    format!("{:#}\n", settings::schema())
}

/// The schema of case files.
pub fn text(templates: &Templates) -> String {
    format!("{:#}\n", tjut::read::schema::case(templates.kinds()))
}
