//! `tjut --licenser`: whose work is built in, and on what terms.

use super::Outcome;
use super::talk::product;

/// What is built in with its licences, as `.ci/inventory` finds it.
const LICENCES: &str = include_str!("licenser.txt");

/// Prints the licences.
pub fn licences() -> anyhow::Result<Outcome> {
    product(LICENCES.as_bytes())?;
    Ok(Outcome::Done)
}
