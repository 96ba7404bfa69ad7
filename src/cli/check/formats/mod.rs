//! Reports for machines, each a text that depends on nothing but the findings.

mod github;
mod json;
mod junit;
mod sarif;

use std::path::PathBuf;

use clap::ValueEnum;

use tjut::diagnostic::{Place, Severity};
use tjut::project::disk;

pub use json::SCHEMA;
use tjut::project::Reviewed;

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
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

impl Format {
    /// The report; people get theirs as it arises.
    pub fn text(self, cases: &[Reviewed], deny: Severity) -> String {
        match self {
            Format::Text => String::new(),
            Format::Json => json::report(cases),
            Format::Github => github::report(cases, &Workspace::here()),
            Format::Sarif => sarif::report(cases, &Workspace::here()),
            Format::Junit => junit::report(cases, deny),
        }
    }
}

/// The folder that paths in reports count from.
struct Workspace(PathBuf);

impl Workspace {
    /// What GitHub calls the workspace, else the folder that the program was started in.
    fn here() -> Self {
        let given = std::env::var_os("GITHUB_WORKSPACE").filter(|folder| !folder.is_empty());
        Self(given.map_or_else(|| PathBuf::from("."), PathBuf::from))
    }

    /// A path counted from the workspace; none when it lies elsewhere.
    fn relative(&self, path: &str) -> Option<String> {
        disk::relative(path.as_ref(), &self.0)
    }
}

/// First and last line and column of a place, counted from 1; the last column is the one after
/// the last character.
fn span(place: &Place) -> [(usize, usize); 2] {
    [place.source.position(place.range.start), place.source.position(place.range.end)]
}
