//! `tjut schema`: the JSON Schema of case files, of the reports, of the list of changes, or of a project's settings.

use tjut::compare;
use tjut::library::Templates;
use tjut::project::settings;
use tjut::report;

use super::args::{SchemaCommand, Shared};
use super::{Outcome, workshop};
use crate::cli::talk::product;

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
