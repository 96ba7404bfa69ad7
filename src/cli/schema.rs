//! `tjut schema`: the JSON Schema of case files, or of the review's report.

use std::io::Write;

use super::args::SchemaCommand;
use super::{Outcome, check};

/// Prints the schema.
pub fn schema(command: &SchemaCommand) -> anyhow::Result<Outcome> {
    let schema = if command.rapport { check::SCHEMA.to_owned() } else { text() };
    std::io::stdout().write_all(schema.as_bytes())?;
    Ok(Outcome::Done)
}

/// The schema as text.
pub fn text() -> String {
    format!("{:#}\n", tjut::read::schema::case())
}
