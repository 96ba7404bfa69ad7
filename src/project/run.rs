//! A run: many files reviewed at once, on all processors, and then between them.

use std::collections::HashMap;
use std::io;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::Path;

use super::{Input, Project};
use crate::batch::{self, Panicked};
use crate::check::acceptance::{Acceptances, Scope};
use crate::check::facts::Facts;
use crate::check::overlap;
use crate::diagnostic::codes::Code;
use crate::diagnostic::{self, Diagnostic, Severity, codes};
use crate::paths::shown;

/// What the review of one file came to.
#[derive(Clone, Debug)]
pub struct Reviewed {
    /// The file, as the user wrote it.
    pub path: String,
    /// What stands, sorted by position.
    pub findings: Vec<Diagnostic>,
    /// What the case accepts, with its reasons, sorted by position.
    pub accepted: Vec<(Diagnostic, String)>,
}

impl Reviewed {
    /// A path that leads to no file to review, as the finding says.
    pub fn unread(path: &Path, finding: Diagnostic) -> Self {
        Self { path: shown(path), findings: vec![finding], accepted: Vec::new() }
    }

    /// Whether anything is at least so bad.
    pub fn fails(&self, deny: Severity) -> bool {
        self.findings.iter().any(|finding| finding.severity >= deny)
    }

    /// How many findings are so bad.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// A file that was reviewed, before its acceptances are heard: what is left of it in a run of thousands.
struct Waiting {
    path: String,
    findings: Vec<Diagnostic>,
    acceptances: Option<Acceptances>,
    facts: Option<Facts>,
}

impl Project {
    /// Reviews files, each by itself and all together, sorted by their paths. What is said between
    /// them and `others`, which are reviewed elsewhere, is said of those here.
    ///
    /// # Errors
    /// That no thread can be started.
    pub fn check(
        &self,
        mut inputs: Vec<Input>,
        others: &[Input],
        threads: NonZero<usize>,
    ) -> io::Result<Vec<Reviewed>> {
        inputs.sort_by_cached_key(|input| shown(&input.path));
        let mut waiting = Vec::with_capacity(inputs.len());
        batch::ordered(
            &inputs,
            threads,
            |input| self.one(input),
            |input, result| {
                waiting.push(result.unwrap_or_else(|panicked| broken(input, &panicked)));
                ControlFlow::Continue(())
            },
        )?;
        let elsewhere = self.facts(others, threads)?;
        let mut facts: Vec<&Facts> =
            waiting.iter().filter_map(|file| file.facts.as_ref()).chain(&elsewhere).collect();
        facts.sort_by(|one, other| one.path.cmp(&other.path));
        let scope = if facts.len() > 1 { Scope::Across } else { Scope::Alone };
        let between = self.across(&facts);
        let places: HashMap<String, usize> =
            waiting.iter().enumerate().map(|(at, file)| (file.path.clone(), at)).collect();
        for finding in between {
            let file = finding.place.as_ref().and_then(|place| places.get(&place.source.path));
            if let Some(file) = file {
                waiting[*file].findings.push(finding);
            }
        }
        Ok(waiting.into_iter().map(|file| file.settled(scope)).collect())
    }

    /// What rules across cases need of files that are only read.
    fn facts(&self, inputs: &[Input], threads: NonZero<usize>) -> io::Result<Vec<Facts>> {
        let mut facts = Vec::with_capacity(inputs.len());
        batch::ordered(
            inputs,
            threads,
            |input| self.facts_of(&input.path),
            |_, result| {
                // A file that the program breaks on is spoken of where it is reviewed.
                facts.extend(result.ok().flatten());
                ControlFlow::Continue(())
            },
        )?;
        Ok(facts)
    }

    fn one(&self, input: &Input) -> Waiting {
        let found = self.review(&input.path);
        Waiting {
            path: shown(&input.path),
            findings: found.findings.clone(),
            acceptances: found.acceptances(),
            facts: found.facts(),
        }
    }
}

/// A file that the program broke on.
fn broken(input: &Input, panicked: &Panicked) -> Waiting {
    let path = shown(&input.path);
    let finding = Diagnostic::new(codes::INTERNT_FEL, format!("{path} kunde inte granskas"))
        .hint(format!("Det är ett fel i tjut, inte i ärendet. Anmäl det, gärna med ärendet: {}", panicked.0));
    Waiting { path, findings: vec![finding], acceptances: None, facts: None }
}

impl Waiting {
    fn settled(self, scope: Scope) -> Reviewed {
        let Self { path, mut findings, acceptances, .. } = self;
        let mut accepted = Vec::new();
        // The order before settles what is heard first, so it must not depend on the rules' order.
        diagnostic::sort(&mut findings);
        match acceptances {
            Some(acceptances) => {
                let settled = acceptances.settle(findings, scope);
                findings = settled.left;
                accepted = settled.accepted;
            }
            None => findings = overlap::without(findings),
        }
        diagnostic::sort(&mut findings);
        Reviewed { path, findings: shortened(findings), accepted }
    }
}

/// The findings of each code up to a number that somebody can read; the last says how many more
/// there are.
pub fn shortened(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
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
            let places = if left == 1 { "ställe" } else { "ställen" };
            finding.message.push_str(&format!(" (och på {left} {places} till i ärendet)"));
        }
        (*shown <= MOST).then_some(finding)
    });
    kept.collect()
}
