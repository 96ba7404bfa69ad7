//! `tjut keys`: what a kind's keys are called, what they are for, and how they are written.

use clap::Args;
use unicode_normalization::UnicodeNormalization;

use tjut::library::kinds::Kind;
use tjut::read::head;
use tjut::yaml::values::{Line, unknown_value};

use super::args::Shared;
use super::{Failure, Outcome, workshop};
use crate::cli::talk::product;

/// What `keys` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct KeysCommand {
    /// Mallen vars nycklar ska visas; utelämnas den visas alla mallars
    #[arg(value_name = "MALL", help_heading = "Argument")]
    pub mall: Option<String>,
}

/// Prints the keys of a kind, or of all.
pub fn keys(command: &KeysCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let workshop = workshop(shared)?;
    let kinds = workshop.kinds();
    let text: Vec<String> = match &command.mall {
        Some(said) => {
            let word: String = said.to_lowercase().nfc().collect();
            let kind = kinds
                .get(&word)
                .ok_or_else(|| Failure::from(unknown_value(&Line::new(word.as_str()), kinds.words())))?;
            vec![page(kind)]
        }
        None => kinds.all().map(|kind| page(kind)).collect(),
    };
    product(text.join("\n").as_bytes())?;
    Ok(Outcome::Done)
}

fn page(kind: &Kind) -> String {
    let mut page = format!("{} (mall: {})\n\nHuvudet\n\n", kind.benamning.text, kind.word());
    for name in kind.head() {
        let example = match name {
            "mall" => format!("mall: {}", kind.word()),
            name => head::example(name).to_owned(),
        };
        page.push_str(&entry(kind, name, &head::description(name), &example));
    }
    page.push_str("\nTexten, i den ordning som nycklarna brukar stå\n\n");
    for (name, key) in kind.body() {
        page.push_str(&entry(kind, name, &key.beskrivning.text, &key.example(name)));
    }
    page.push_str("\nEn egen rubrik skrivs med stor bokstav, till exempel: Lagstiftning: Texten.\n");
    page
}

/// A key: its name and what it is for, and indented below them how it is written.
fn entry(kind: &Kind, name: &str, description: &str, example: &str) -> String {
    let need = if kind.required().any(|key| key == name) { " (krävs)" } else { "" };
    let example: String = example.lines().map(|line| format!("      {line}\n")).collect();
    format!("  {name}{need}: {description}\n{example}")
}
