//! What is told of files while they come in: to people at once, to machines when all have come.

use std::io;

use tjut::diagnostic::Severity;
use tjut::project::{Reviewed, shortened};
use tjut::report::{Report, Workspace};

use super::args::{Shared, Work};
use super::talk;

/// What is told of files.
pub struct Telling<'a> {
    format: Report,
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
        self.format == Report::Text
    }

    /// Tells of a file.
    pub fn tell(&mut self, mut file: Reviewed) {
        file.findings = shortened(file.findings);
        if self.is_for_people() {
            talk::print(&file.findings, self.shared);
        } else {
            self.kept.push(file);
        }
    }

    /// Tells machines, on standard output.
    ///
    /// # Errors
    /// That it cannot be written.
    pub fn finish(&self) -> io::Result<()> {
        talk::product(self.format.of_cases(&self.kept, self.deny, &Workspace::here()).as_bytes())
    }
}
