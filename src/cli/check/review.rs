//! The review of all cases of a run: each by itself, on all processors, and then between them.

use std::collections::HashMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use tjut::batch::{self, Panicked};
use tjut::check::acceptance::{Scope, settle};
use tjut::diagnostic::codes::Code;
use tjut::diagnostic::{self, Diagnostic, Severity, Source, codes};
use tjut::library::Templates;
use tjut::project::files;
use tjut::read::Case;
use tjut::{check, document, pipeline};

use crate::cli::gather;
use crate::cli::inputs::Input;
use crate::cli::report::count;

/// What the review of one file came to.
pub struct Reviewed {
    /// The file, as the user wrote it.
    pub path: String,
    /// What stands, sorted by position.
    pub findings: Vec<Diagnostic>,
    /// What the case accepts, with its reasons, sorted by position.
    pub accepted: Vec<(Diagnostic, String)>,
}

impl Reviewed {
    /// Whether anything is at least so bad.
    pub fn fails(&self, deny: Severity) -> bool {
        self.findings.iter().any(|finding| finding.severity >= deny)
    }

    /// How many findings are so bad.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// A file that was read, before its acceptances are heard.
struct Found {
    path: String,
    case: Option<Case>,
    findings: Vec<Diagnostic>,
}

/// Reviews cases, sorted by their paths.
pub fn review(mut inputs: Vec<Input>, templates: &Templates, draft: bool) -> anyhow::Result<Vec<Reviewed>> {
    inputs.sort_by_key(|input| files::shown(&input.path));
    let mut found = Vec::with_capacity(inputs.len());
    each(
        &inputs,
        |input| one(input, templates, draft),
        |input, result| {
            found.push(result.unwrap_or_else(|panicked| broken(input, &panicked)));
            Ok(())
        },
    )?;
    let cases: Vec<&Case> = found.iter().filter_map(|found| found.case.as_ref()).collect();
    let between = check::across(&cases, templates);
    let scope = if cases.len() > 1 { Scope::Across } else { Scope::Alone };
    for finding in between {
        let file = finding.place.as_ref().map(|place| place.source.path.as_str());
        if let Some(found) = found.iter_mut().find(|found| Some(found.path.as_str()) == file) {
            found.findings.push(finding);
        }
    }
    Ok(found.into_iter().map(|found| settled(found, scope)).collect())
}

/// Works on all inputs at once, and takes the results in order until taking one fails.
pub fn each<R: Send>(
    inputs: &[Input],
    work: impl Fn(&Input) -> R + Sync,
    mut take: impl FnMut(&Input, Result<R, Panicked>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let threads = thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    let mut failed = Ok(());
    batch::ordered(inputs, threads, work, |input, result| {
        failed = take(input, result);
        if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    failed
}

fn one(input: &Input, templates: &Templates, draft: bool) -> Found {
    let path = files::shown(&input.path);
    if let Some(finding) = input.within.as_deref().and_then(|folder| files::leads_out(folder, &input.path)) {
        return Found { path, case: None, findings: vec![finding] };
    }
    let source = match files::text(&input.path) {
        Ok(source) => source,
        Err(finding) => return Found { path, case: None, findings: vec![finding] },
    };
    if input.is_markdown() {
        return Found { path, case: None, findings: of_markdown(input, &source, templates) };
    }
    let (case, mut findings) =
        pipeline::find(&source, templates, draft, |case| gather(case, templates, draft));
    if let Some(case) = &case {
        let folder = input.path.parent().unwrap_or(Path::new(""));
        findings.extend(files::pictures(folder, &case.pictures(), templates).1);
        findings.extend(case.enclosures().filter_map(|(name, place)| {
            let missing = files::enclosed(folder, name).err()?;
            Some(missing.at(place))
        }));
    }
    Found { path, case, findings }
}

/// Markdown that was edited by hand: its form, and the pictures it shows.
fn of_markdown(input: &Input, source: &Arc<Source>, templates: &Templates) -> Vec<Diagnostic> {
    match document::parse(source, templates.kinds()) {
        Ok(document) => {
            let folder = input.path.parent().unwrap_or(Path::new(""));
            let pictures = files::pictures(folder, &document.pictures(), templates).1;
            document.doubts.into_iter().chain(pictures).collect()
        }
        Err(findings) => findings,
    }
}

/// A file that the program broke on.
fn broken(input: &Input, panicked: &Panicked) -> Found {
    let path = files::shown(&input.path);
    let finding = Diagnostic::new(codes::INTERNT_FEL, format!("{path} kunde inte granskas"))
        .hint(format!("Det är ett fel i tjut, inte i ärendet. Anmäl det, gärna med ärendet: {}", panicked.0));
    Found { path, case: None, findings: vec![finding] }
}

fn settled(found: Found, scope: Scope) -> Reviewed {
    let Found { path, case, mut findings } = found;
    let mut accepted = Vec::new();
    // The order before settles what is heard first, so it must not depend on the rules' order.
    diagnostic::sort(&mut findings);
    if let Some(case) = &case {
        let settled = settle(case, findings, scope);
        findings = settled.left;
        accepted = settled.accepted;
    }
    diagnostic::sort(&mut findings);
    Reviewed { path, findings: shortened(findings), accepted }
}

/// The findings of each code up to a number that somebody can read; the last says how many more
/// there are.
fn shortened(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    const MOST: usize = 100;
    let mut all: HashMap<Code, usize> = HashMap::new();
    for finding in &findings {
        *all.entry(finding.code).or_default() += 1;
    }
    let mut shown: HashMap<Code, usize> = HashMap::new();
    let kept = findings.into_iter().filter_map(|mut finding| {
        let shown = shown.entry(finding.code).or_default();
        *shown += 1;
        let left = all[&finding.code] - *shown;
        if *shown == MOST && left > 0 {
            finding
                .message
                .push_str(&format!(" (och på {} till i ärendet)", count(left, "ställe", "ställen")));
        }
        (*shown <= MOST).then_some(finding)
    });
    kept.collect()
}
