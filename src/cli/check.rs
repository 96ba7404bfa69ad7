//! `tjut check`: everything wrong or doubtful, and nothing written.

use std::path::Path;

use tjut::diagnostic::{Diagnostic, Severity};
use tjut::{files, pipeline};

use super::args::{CheckCommand, Shared};
use super::inputs::{Input, inputs};
use super::report::{self, count};
use super::{Outcome, templates};

/// Checks cases and reports on standard error.
pub fn check(command: &CheckCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let templates = templates(shared)?;
    let inputs = inputs(&command.paths, Path::new(""))?;
    let mut findings = Vec::new();
    for input in &inputs {
        findings.extend(check_one(input, &templates, command.utkast));
    }
    report::print(&findings, shared);
    eprintln!("{}", summary(inputs.len(), &findings));
    Ok(if findings.iter().any(Diagnostic::is_error) { Outcome::Findings } else { Outcome::Done })
}

fn check_one(input: &Input, templates: &tjut::templates::Templates, draft: bool) -> Vec<Diagnostic> {
    let source = match files::text(&input.path) {
        Ok(source) => source,
        Err(finding) => return vec![finding],
    };
    let (case, mut findings) = pipeline::check(&source, templates, draft);
    if let Some(mut case) = case {
        findings.extend(super::gather(&mut case, templates, draft));
        let folder = input.path.parent().unwrap_or(Path::new(""));
        findings.extend(files::pictures(folder, &case.pictures()).1);
    }
    findings
}

fn summary(cases: usize, findings: &[Diagnostic]) -> String {
    let number = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let cases = count(cases, "ärende", "ärenden");
    if findings.is_empty() {
        return format!("Granskade {cases}: inget att anmärka.");
    }
    format!(
        "Granskade {cases}: {}, {}, {}.",
        count(number(Severity::Error), "fel", "fel"),
        count(number(Severity::Warning), "varning", "varningar"),
        count(number(Severity::Advice), "råd", "råd"),
    )
}
