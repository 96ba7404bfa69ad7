//! `tjut check`: everything wrong or doubtful, and with `--fix` mended where that is safe.

mod explain;
mod fix;

use std::io::IsTerminal;
use std::num::NonZero;
use std::path::Path;
use std::thread;

use tjut::diagnostic::Severity;
use tjut::project::Reviewed;
use tjut::report::{Report, Workspace, count};

use super::Outcome;
use super::args::{CheckCommand, Shared};
use super::talk;
use super::{inputs, project};

/// Checks cases and reports: for people on standard error, for machines on standard output.
pub fn check(command: &CheckCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let project = project(shared, command.utkast)?;
    if let Some(code) = &command.explain {
        return explain::explain(code.as_deref(), project.tools().kinds());
    }
    let inputs = inputs(&project, &command.paths, Path::new(""))?;
    let mended = if command.fix { Some(fix::fix(&inputs, &project)?) } else { None };
    let threads = thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    let cases = project.check(inputs, threads)?;
    let deny = command.deny.severity();
    match command.format {
        Report::Text => cases.iter().for_each(|case| talk::print(&case.findings, shared)),
        machine => talk::product(machine.of_cases(&cases, deny, &Workspace::here()).as_bytes())?,
    }
    if let Some(mended) = mended {
        talk::say(&mended);
    }
    talk::say(&summary(&cases));
    if std::io::stderr().is_terminal() {
        talk::say(advice(&cases).trim_end());
    }
    let fails = cases.iter().any(|case| case.fails(deny));
    Ok(if fails { Outcome::Findings } else { Outcome::Done })
}

fn summary(cases: &[Reviewed]) -> String {
    let number = |severity| -> usize { cases.iter().map(|case| case.count(severity)).sum() };
    let (errors, warnings, advice) =
        (number(Severity::Error), number(Severity::Warning), number(Severity::Advice));
    let accepted = match cases.iter().map(|case| case.accepted.len()).sum() {
        0 => String::new(),
        number => format!(" ({})", count(number, "är godkänt", "är godkända")),
    };
    let cases = count(cases.len(), "ärende", "ärenden");
    if errors + warnings + advice == 0 {
        return format!("Granskade {cases}: inget att anmärka{accepted}.");
    }
    format!(
        "Granskade {cases}: {}, {}, {}{accepted}.",
        count(errors, "fel", "fel"),
        count(warnings, "varning", "varningar"),
        count(advice, "råd", "råd"),
    )
}

/// What somebody at a terminal can do next.
fn advice(cases: &[Reviewed]) -> String {
    let findings = || cases.iter().flat_map(|case| &case.findings);
    let mendable = findings().filter(|found| found.edit.as_ref().is_some_and(|edit| edit.safe)).count();
    let mut advice = String::new();
    if mendable > 0 {
        advice.push_str(&format!("{mendable} av dem rättas av: tjut check --fix\n"));
    }
    if let Some(found) = findings().max_by_key(|found| found.severity) {
        advice.push_str(&format!("Mer om en kod: tjut check --förklara {}\n", found.code));
    }
    advice
}
