//! `tjut check --förklara`: what a code means, why, and how to do it right.

use std::io::Write;

use unicode_normalization::UnicodeNormalization;

use tjut::check::acceptance;
use tjut::diagnostic::codes;

use crate::cli::{Failure, Outcome};

/// Prints the page of a code, or all codes.
pub fn explain(code: Option<&str>) -> anyhow::Result<Outcome> {
    let text = match code {
        Some(code) => page(code)?,
        None => list(),
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}

fn page(asked: &str) -> Result<String, Failure> {
    // As a message shows it, or as a keyboard gives it.
    let asked: String = asked.trim_matches(['[', ']', ' ']).to_lowercase().nfc().collect();
    match codes::find(&asked) {
        Some(code) => Ok(code.page.to_owned()),
        None => Err(Failure::from(acceptance::unknown(&asked))),
    }
}

fn list() -> String {
    let widest = codes::ALL.iter().map(|code| code.name.chars().count()).max().unwrap_or(0);
    let lines = codes::ALL
        .iter()
        .map(|code| format!("{:widest$}  {:7}  {}\n", code.name, code.severity.word(), code.summary()));
    lines.collect()
}
