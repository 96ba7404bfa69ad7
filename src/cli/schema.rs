//! `tjut schema`: the JSON Schema of case files, or of the review's report.

use tjut::library::Templates;

use super::args::{SchemaCommand, Shared};
use super::{Outcome, check, workshop};
use crate::cli::report::product;

/// Prints the schema.
pub fn schema(command: &SchemaCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let schema = if command.rapport { check::SCHEMA.to_owned() } else { text(&*workshop(shared)?) };
    product(schema.as_bytes())?;
    Ok(Outcome::Done)
}

/// The schema as text.
pub fn text(templates: &Templates) -> String {
    format!("{:#}\n", tjut::read::schema::case(templates.kinds()))
}
