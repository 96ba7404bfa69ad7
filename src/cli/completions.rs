//! `tjut completions` and `tjut man`: what shells and manuals want to know of the command line.

use clap::builder::StyledStr;
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
    #[value(help = "GNU Bash")]
    Bash,
    /// The one of macOS.
    #[value(help = "Zsh, som är macOS vanliga")]
    Zsh,
    /// The friendly one.
    #[value(help = "Fish")]
    Fish,
    /// The one of Windows.
    #[value(help = "PowerShell, som är Windows vanliga")]
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
    let version = whole.get_version().unwrap_or_default().to_owned();
    let page = match &asked.verb {
        None => whole,
        Some(said) => verb(&whole, said)?.clone().version(&*version.clone().leak()),
    };
    let man = Man::new(with_other_names(page));
    let title = format!(
        ".TH {} 1 \"\" \"tjut {version}\" \"Handbok för tjut\"",
        man.get_filename().trim_end_matches(".1")
    );
    let mut text = Vec::new();
    man.render(&mut text)?;
    product(swedish(&String::from_utf8_lossy(&text), &title).as_bytes())?;
    Ok(Outcome::Done)
}

/// A page where each name has its others beside it, which clap leaves out: the options', and the verbs'.
fn with_other_names(page: Command) -> Command {
    let also = |help: Option<&StyledStr>, names: Vec<String>| match names.as_slice() {
        [] => help.cloned().unwrap_or_default(),
        names => format!("{} [även: {}]", help.cloned().unwrap_or_default(), names.join(", ")).into(),
    };
    let of_verb = |verb: Command| {
        let names = verb.get_visible_aliases().map(str::to_owned).collect();
        let about = also(verb.get_about(), names);
        verb.about(about)
    };
    of_verb(page).mut_subcommands(of_verb).mut_args(|option| {
        let names = option.get_visible_aliases().unwrap_or_default();
        let help = also(option.get_help(), names.iter().map(|name| format!("--{name}")).collect());
        option.help(help)
    })
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

/// A page with this title, whose headings clap writes in English.
fn swedish(page: &str, title: &str) -> String {
    const HEADINGS: &[(&str, &str)] = &[
        ("NAME", "NAMN"),
        ("SYNOPSIS", "ANVÄNDNING"),
        ("DESCRIPTION", "BESKRIVNING"),
        ("OPTIONS", "VAL"),
        ("Kommandon", "KOMMANDON"),
        ("EXTRA", "EXEMPEL OCH STATUS"),
    ];
    // clap writes no date, and then takes the version for one.
    let lines = page.lines().map(|line| if line.starts_with(".TH ") { title } else { line });
    let page: String = lines.flat_map(|line| [line, "\n"]).collect();
    HEADINGS.iter().fold(page, |page, (english, swedish)| {
        page.replace(&format!(".SH {english}\n"), &format!(".SH \"{swedish}\"\n"))
    })
}
