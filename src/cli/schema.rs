//! `tjut schema`: the JSON Schema of case files, or of the reports.

use tjut::library::Templates;
use tjut::report;

use super::args::{SchemaCommand, Shared};
use super::{Outcome, workshop};
use crate::cli::talk::product;

/// Prints the schema.
pub fn schema(command: &SchemaCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let schema = if command.rapport { report::SCHEMA.to_owned() } else { text(&*workshop(shared)?) };
    product(schema.as_bytes())?;
    Ok(Outcome::Done)
}

/// The schema as text.
pub fn text(templates: &Templates) -> String {
    format!("{:#}\n", tjut::read::schema::case(templates.kinds()))
}
