//! `tjut check --fix`: applies the safe mends, round by round until none is left.

use std::sync::Arc;

use tjut::check::mend;
use tjut::diagnostic::{Diagnostic, Edit, Source};
use tjut::project::files;
use tjut::workshop::Workshop;

use super::review::each;
use crate::cli::inputs::Input;
use crate::cli::report::count;
use crate::cli::{Failure, check_case};

/// The most rounds that one file gets: a mend can uncover another, but not for ever.
const ROUNDS: usize = 20;

/// Mends the files, and says how much was mended.
pub fn fix(inputs: &[Input], workshop: &Workshop, draft: bool) -> anyhow::Result<String> {
    let mut places = 0;
    let mut mended = 0;
    each(
        inputs,
        |input| {
            // What cannot be read is reported by the review.
            let source = files::text(&input.path).ok()?;
            let (text, number) = mend(&source, workshop, draft);
            (number > 0).then_some((source, text, number))
        },
        |input, result| {
            if let Some((source, text, number)) = result.ok().flatten() {
                files::write_mended(&input.path, &source, &text.text).map_err(Failure::from)?;
                places += number;
                mended += 1;
            }
            Ok(())
        },
    )?;
    Ok(match places {
        0 => "Inget kunde rättas av sig självt.".into(),
        _ => format!("Rättade {} i {}.", count(places, "ställe", "ställen"), count(mended, "fil", "filer")),
    })
}

/// The text when all safe mends are made, and how many they were.
fn mend(source: &Arc<Source>, workshop: &Workshop, draft: bool) -> (Arc<Source>, usize) {
    let attempt = |base: &Arc<Source>, edits: &[&Edit]| {
        let source = Source::new(source.path.as_str(), mend::apply(&base.text, edits));
        let findings = check_case(&source, workshop, draft).1;
        Mended { source, findings }
    };
    let mut mended = Mended { source: source.clone(), findings: check_case(source, workshop, draft).1 };
    let mut number = 0;
    for _ in 0..ROUNDS {
        let edits = mend::safe_edits(&mended.findings, &mended.source);
        let errors = mended.errors();
        let kept = harmless(&edits, &mut |edits| attempt(&mended.source, edits).errors() <= errors);
        if kept.is_empty() {
            break;
        }
        number += kept.len();
        mended = attempt(&mended.source, &kept);
    }
    (mended.source, number)
}

/// A text, and what is found in it.
struct Mended {
    source: Arc<Source>,
    findings: Vec<Diagnostic>,
}

impl Mended {
    fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_error()).count()
    }
}

/// The edits but for those that break what they stand in, such as a quotation of YAML's: all where
/// all together are good, else of each half those that are, which are few attempts when few are bad.
fn harmless<'a>(edits: &[&'a Edit], is_good: &mut impl FnMut(&[&Edit]) -> bool) -> Vec<&'a Edit> {
    if edits.is_empty() || is_good(edits) {
        return edits.to_vec();
    }
    let (first, second) = edits.split_at(edits.len() / 2);
    if first.is_empty() {
        return Vec::new();
    }
    let mut kept = harmless(first, is_good);
    let alone = kept.len();
    kept.extend(harmless(second, is_good));
    // What is good by itself may not be together.
    if alone > 0 && kept.len() > alone && !is_good(&kept) {
        kept.truncate(alone);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use tjut::diagnostic::Place;

    #[test]
    fn one_bad_edit_does_not_take_the_others_with_it() {
        let source = Source::new("a", "abcdefgh");
        let edits: Vec<Edit> = (0..8)
            .map(|at| Edit {
                place: Place { source: source.clone(), range: at..at + 1 },
                replacement: at.to_string(),
                safe: true,
            })
            .collect();
        let all: Vec<&Edit> = edits.iter().collect();
        let mut attempts = 0;
        let kept = harmless(&all, &mut |edits| {
            attempts += 1;
            edits.iter().all(|edit| edit.replacement != "5")
        });
        assert_eq!(mend::apply(&source.text, &kept), "01234f67");
        assert!(attempts <= 10, "{attempts}");
    }
}
