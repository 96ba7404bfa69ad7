//! `tjut check --förklara`: what a code means, why, and how to do it right.

use unicode_normalization::UnicodeNormalization;

use tjut::check::acceptance;
use tjut::diagnostic::codes::{self, Code};
use tjut::library::kinds::Kinds;

use crate::cli::talk::product;
use crate::cli::{Failure, Outcome};

/// Prints the page of a code, or all codes.
pub fn explain(code: Option<&str>, kinds: &Kinds) -> anyhow::Result<Outcome> {
    let text = match code {
        Some(code) => page(code, kinds)?,
        None => list(),
    };
    product(text.as_bytes())?;
    Ok(Outcome::Done)
}

fn page(asked: &str, kinds: &Kinds) -> Result<String, Failure> {
    // As a message shows it, or as a keyboard gives it.
    let asked: String = asked.trim_matches(['[', ']', ' ']).to_lowercase().nfc().collect();
    match codes::find(&asked) {
        Some(code) if ABOUT_KEYS.contains(&code) => Ok(format!("{}{}", code.page, keys(kinds))),
        Some(code) => Ok(code.page.to_owned()),
        None => Err(Failure::from(acceptance::unknown(&asked))),
    }
}

/// The codes of what is wrong with a key or a kind: what is right depends on the kinds that there are.
const ABOUT_KEYS: &[Code] = &[
    codes::NASTAN_NYCKEL,
    codes::NYCKEL_ANNAN_MALL,
    codes::NYCKEL_SAKNAS,
    codes::NYCKEL_VERSAL,
    codes::OKAND_NYCKEL,
    codes::OKANT_VARDE,
];

/// The kinds that there are, with their keys.
fn keys(kinds: &Kinds) -> String {
    let lines: String = kinds
        .all()
        .map(|kind| format!("- {}: {}\n", kind.word(), kind.keys().collect::<Vec<_>>().join(", ")))
        .collect();
    format!("\n## Mallarna och deras nycklar\n\n{lines}\nVad en nyckel är till för: tjut nycklar MALL\n")
}

fn list() -> String {
    let widest = codes::ALL.iter().map(|code| code.name.chars().count()).max().unwrap_or(0);
    let lines = codes::ALL
        .iter()
        .map(|code| format!("{:widest$}  {:7}  {}\n", code.name, code.severity.word(), code.summary()));
    lines.collect()
}
