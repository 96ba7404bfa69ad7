//! `tjut check`: everything wrong or doubtful, and with `--rätta` mended where that is safe.

mod explain;
mod fix;

use std::io::IsTerminal;

use clap::Args;

use tjut::diagnostic::Severity;
use tjut::project::{Inputs, Reviewed};
use tjut::report::count;

use super::Outcome;
use super::args::{Shared, Work};
use super::talk;
use super::telling::Telling;
use super::{inputs, project};

/// What `check` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct CheckCommand {
    /// What `build` understands too.
    #[command(flatten)]
    pub work: Work,
    /// Rätta det som säkert kan rättas, och visa det som är kvar
    #[arg(long = "rätta", visible_alias = "fix")]
    pub fix: bool,
    /// Förklara en kod: vad, varför, fel och rätt. Utan KOD: visa alla koder
    #[arg(long = "förklara", visible_alias = "explain", value_name = "KOD", num_args = 0..=1)]
    pub explain: Option<Option<String>>,
}

/// Checks cases and reports: for people on standard error, for machines on standard output.
pub fn check(command: &CheckCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let work = &command.work;
    let project = project(shared, work.utkast)?;
    if let Some(code) = &command.explain {
        return explain::explain(code.as_deref(), project.tools().kinds());
    }
    let Inputs { files, problems, .. } = inputs(&project, work, &shared.settings.output(), shared)?;
    let (ours, others) = match &work.shard {
        Some(shard) => shard.of(files),
        None => (files, Vec::new()),
    };
    let mended = if command.fix { Some(fix::fix(&ours, &project)?) } else { None };
    let mut cases = project.check(ours, &others, work.threads())?;
    let (is_whole, number) = (problems.is_empty(), cases.len());
    cases.extend(problems.into_iter().map(|(path, finding)| Reviewed::unread(&path, finding)));
    let deny = work.deny.severity();
    let mut telling = Telling::new(work, shared);
    cases.iter().for_each(|case| telling.tell(case.clone()));
    telling.finish()?;
    if !work.quiet {
        if let Some(mended) = mended {
            talk::say(&mended);
        }
        talk::say(&summary(number, &cases));
        if std::io::stderr().is_terminal() {
            talk::say(advice(&cases).trim_end());
        }
    }
    let fails = cases.iter().any(|case| case.fails(deny));
    Ok(match (is_whole, fails) {
        (false, _) => Outcome::Unwritten,
        (true, true) => Outcome::Findings,
        (true, false) => Outcome::Done,
    })
}

/// What came of so many files, and of paths that led to none.
fn summary(files: usize, cases: &[Reviewed]) -> String {
    let number = |severity| -> usize { cases.iter().map(|case| case.count(severity)).sum() };
    let (errors, warnings, advice) =
        (number(Severity::Error), number(Severity::Warning), number(Severity::Advice));
    let accepted = match cases.iter().map(|case| case.accepted.len()).sum() {
        0 => String::new(),
        number => format!(" ({})", count(number, "är godkänt", "är godkända")),
    };
    let cases = count(files, "ärende", "ärenden");
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
        advice.push_str(&format!("{mendable} av dem rättas av: tjut check --rätta\n"));
    }
    if let Some(found) = findings().max_by_key(|found| found.severity) {
        advice.push_str(&format!("Mer om en kod: tjut check --förklara {}\n", found.code));
    }
    advice
}
