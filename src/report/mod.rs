//! What was found, told: to people on a terminal, to machines in the forms that they read.
//!
//! A finding has one JSON form, [`finding`], which the reports of a review and of a build share;
//! `schema.json` describes it, and both.

mod finding;
mod github;
mod json;
mod junit;
mod record;
mod sarif;
pub mod terminal;

use std::path::PathBuf;

use crate::diagnostic::Severity;
use crate::project::{Reviewed, disk};

pub use finding::finding;
pub use record::{Became, BuiltInput, Record};

/// The JSON Schema of both JSON reports, with every key described.
pub const SCHEMA: &str = include_str!("schema.json");

/// A form in which a review is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// For people; see [`terminal`].
    Text,
    /// tjut's own, with a version.
    Json,
    /// Annotations in a workflow of GitHub's.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit's XML: a test for each case.
    Junit,
}

impl Report {
    /// All forms.
    pub const ALL: &[Report] = &[Report::Text, Report::Json, Report::Github, Report::Sarif, Report::Junit];

    /// The form's word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Report::Text => "text",
            Report::Json => "json",
            Report::Github => "github",
            Report::Sarif => "sarif",
            Report::Junit => "junit",
        }
    }

    /// The form of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.word() == word)
    }

    /// What was found in cases, for a machine, where findings that are at least as bad as `deny` fail;
    /// nothing where it is for people, who are told of each finding on a terminal.
    pub fn of_cases(self, cases: &[Reviewed], deny: Severity, workspace: &Workspace) -> String {
        match self {
            Report::Text => String::new(),
            Report::Json => json::report(cases),
            Report::Github => github::report(cases, workspace),
            Report::Sarif => sarif::report(cases, workspace),
            Report::Junit => junit::report(cases, deny),
        }
    }
}

/// The folder that paths in reports count from.
pub struct Workspace(PathBuf);

impl Workspace {
    /// What GitHub calls the workspace, else the folder that the program was started in.
    pub fn here() -> Self {
        let given = std::env::var_os("GITHUB_WORKSPACE").filter(|folder| !folder.is_empty());
        Self(given.map_or_else(|| PathBuf::from("."), PathBuf::from))
    }

    /// A path counted from the workspace; none when it lies elsewhere.
    fn relative(&self, path: &str) -> Option<String> {
        disk::relative(path.as_ref(), &self.0)
    }
}

/// `1 ärende`, `2 ärenden`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_forms_go_both_ways() {
        for form in Report::ALL {
            assert_eq!(Report::of(form.word()), Some(*form));
        }
        assert_eq!(Report::of("xml"), None);
    }
}
