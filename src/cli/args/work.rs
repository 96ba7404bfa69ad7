//! What `check` and `build` both understand.

use std::num::NonZero;
use std::path::PathBuf;
use std::thread;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use tjut::diagnostic::Severity;
use tjut::report::Report;

use crate::cli::build::Shard;

/// What `check` and `build` both understand.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct Work {
    /// Ärendefiler eller mappar, eller - för ett ärende på standard in; utelämnas de är det projektets alla ärenden, i cases/
    #[arg(value_name = "SÖKVÄG", help_heading = "Argument")]
    pub paths: Vec<PathBuf>,
    /// Namnet som ärendet på standard in skulle ha som fil
    #[arg(long = "stdin-namn", visible_alias = "stdin-name", value_name = "FIL")]
    pub stdin_name: Option<PathBuf>,
    /// Det som inte är ifyllt är inget fel
    #[arg(long, visible_alias = "draft")]
    pub utkast: bool,
    /// Den lägsta nivå som underkänns: fel (om valet utelämnas), varning eller råd
    #[arg(
        long = "underkänn",
        visible_alias = "deny",
        value_name = "NIVÅ",
        default_value = "fel",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub deny: Deny,
    /// Rapportens form: text, json, github, sarif eller junit (utelämnas det: text, i GitHub Actions github)
    #[arg(long, value_name = "FORM", value_parser = reports(), hide_possible_values = true)]
    pub format: Option<Report>,
    /// Bara del K av N, för jobb som går samtidigt
    #[arg(long = "del", visible_alias = "shard", value_name = "K/N")]
    pub shard: Option<Shard>,
    /// Hur många ärenden som gås igenom samtidigt (utelämnas det: ett för varje processor)
    #[arg(short = 'j', long = "jobb", visible_alias = "jobs", value_name = "ANTAL", value_parser = jobs)]
    pub jobs: Option<NonZero<usize>>,
    /// Visa bara det som är fel eller tveksamt
    #[arg(short = 'q', long = "tyst", visible_alias = "quiet")]
    pub quiet: bool,
}

impl Work {
    /// The form of the report: as it is asked for, or as those read it who run the program.
    pub fn format(&self) -> Report {
        let usual = if is_github() { Report::Github } else { Report::Text };
        self.format.unwrap_or(usual)
    }

    /// How many threads work.
    pub fn threads(&self) -> NonZero<usize> {
        self.jobs.map_or_else(thread::available_parallelism, Ok).unwrap_or(NonZero::<usize>::MIN)
    }
}

/// Whether a workflow of GitHub's runs the program.
pub fn is_github() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// The least severity that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Errors.
    #[value(name = "fel", alias = "error", help = "Bara fel")]
    Fel,
    /// Warnings too.
    #[value(name = "varning", alias = "warning", help = "Fel och varningar")]
    Varning,
    /// Advice too.
    #[value(name = "råd", alias = "advice", help = "Fel, varningar och råd")]
    Rad,
}

impl Deny {
    /// As findings say it.
    pub fn severity(self) -> Severity {
        match self {
            Deny::Fel => Severity::Error,
            Deny::Varning => Severity::Warning,
            Deny::Rad => Severity::Advice,
        }
    }
}

/// The words of the forms that a review is reported in.
fn reports() -> impl TypedValueParser<Value = Report> {
    let words = Report::ALL.iter().map(|form| form.word());
    PossibleValuesParser::new(words).try_map(|word| Report::of(&word).ok_or("en okänd form"))
}

/// A number of threads.
fn jobs(said: &str) -> Result<NonZero<usize>, &'static str> {
    said.parse().map_err(|_| "det ska vara ett heltal, minst 1")
}
