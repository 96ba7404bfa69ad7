//! `tjut schema`: the JSON Schema of case files.

use std::io::Write;

use super::Outcome;

/// Prints the schema.
pub fn schema() -> anyhow::Result<Outcome> {
    std::io::stdout().write_all(text().as_bytes())?;
    Ok(Outcome::Done)
}

/// The schema as text.
pub fn text() -> String {
    format!("{:#}\n", tjut::schema::case())
}
