//! What is told of files while they come in: to people at once, to machines when all have come.

use std::io;

use tjut::diagnostic::Severity;
use tjut::project::{Reviewed, shortened};

use super::args::{Shared, Work};
use super::check::Format;
use super::report;

/// What is told of files.
pub struct Telling<'a> {
    format: Format,
    deny: Severity,
    shared: &'a Shared,
    kept: Vec<Reviewed>,
}

impl<'a> Telling<'a> {
    /// Nothing is told yet.
    pub fn new(work: &Work, shared: &'a Shared) -> Self {
        Self { format: work.format(), deny: work.deny.severity(), shared, kept: Vec::new() }
    }

    /// Whether people are told, on standard error.
    pub fn is_for_people(&self) -> bool {
        self.format == Format::Text
    }

    /// Tells of a file.
    pub fn tell(&mut self, mut file: Reviewed) {
        file.findings = shortened(file.findings);
        if self.is_for_people() {
            report::print(&file.findings, self.shared);
        } else {
            self.kept.push(file);
        }
    }

    /// Tells machines, on standard output.
    ///
    /// # Errors
    /// That it cannot be written.
    pub fn finish(&self) -> io::Result<()> {
        report::product(self.format.text(&self.kept, self.deny).as_bytes())
    }
}
