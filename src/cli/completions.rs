//! `tjut completions` and `tjut man`: what shells and manuals want to know of the command line.

use clap::{Args, Command, ValueEnum};
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::command;
use super::talk::product;
use super::{Failure, Outcome};
use tjut::diagnostic::{Diagnostic, codes, nearest};
use tjut::project::settings::Settings;

/// What `completions` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct CompletionsCommand {
    /// Kommandotolken: bash, zsh, fish eller powershell
    #[arg(value_name = "KOMMANDOTOLK", help_heading = "Argument", hide_possible_values = true)]
    pub shell: Asked,
}

/// The shells that commands are completed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Asked {
    /// GNU's.
    Bash,
    /// The one of macOS.
    Zsh,
    /// The friendly one.
    Fish,
    /// The one of Windows.
    Powershell,
}

/// What `man` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct ManCommand {
    /// Kommandot; utelämnas det är det sidan för tjut
    #[arg(value_name = "KOMMANDO", help_heading = "Argument")]
    pub verb: Option<String>,
}

/// Prints the completions for a shell.
pub fn completions(asked: &CompletionsCommand) -> anyhow::Result<Outcome> {
    let shell = match asked.shell {
        Asked::Bash => Shell::Bash,
        Asked::Zsh => Shell::Zsh,
        Asked::Fish => Shell::Fish,
        Asked::Powershell => Shell::PowerShell,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(&Settings::default()), "tjut", &mut script);
    product(&script)?;
    Ok(Outcome::Done)
}

/// Prints the manual's page of the program, or of a verb.
pub fn man(asked: &ManCommand) -> anyhow::Result<Outcome> {
    let mut whole = command(&Settings::default());
    whole.build();
    let page = match &asked.verb {
        None => whole,
        Some(said) => {
            let version = whole.get_version().unwrap_or_default().to_owned().leak();
            verb(&whole, said)?.clone().version(&*version)
        }
    };
    let mut text = Vec::new();
    Man::new(page).render(&mut text)?;
    product(swedish(&String::from_utf8_lossy(&text)).as_bytes())?;
    Ok(Outcome::Done)
}

fn verb<'c>(whole: &'c Command, said: &str) -> Result<&'c Command, Failure> {
    whole.find_subcommand(said).ok_or_else(|| {
        let shown = whole.get_subcommands().filter(|verb| !verb.is_hide_set());
        let verbs: Vec<&str> = shown.map(Command::get_name).collect();
        let finding = Diagnostic::new(codes::OKANT_VARDE, format!("kommandot ”{said}” finns inte"));
        Failure::from(match nearest(said, verbs.iter().copied()) {
            Some(near) => finding.hint(format!("Menade du ”{near}”?")),
            None => finding.hint(format!("Välj något av: {}.", verbs.join(", "))),
        })
    })
}

/// The headings of a page, which clap writes in English.
fn swedish(page: &str) -> String {
    const HEADINGS: &[(&str, &str)] = &[
        ("NAME", "NAMN"),
        ("SYNOPSIS", "ANVÄNDNING"),
        ("DESCRIPTION", "BESKRIVNING"),
        ("OPTIONS", "VAL"),
        ("SUBCOMMANDS", "KOMMANDON"),
        ("EXTRA", "EXEMPEL OCH STATUS"),
    ];
    HEADINGS.iter().fold(page.to_owned(), |page, (english, swedish)| {
        page.replace(&format!(".SH {english}\n"), &format!(".SH \"{swedish}\"\n"))
    })
}
