//! A file's text with all its safe mends made, round by round until none is left.

use std::path::Path;
use std::sync::Arc;

use super::Project;
use crate::check::mend;
use crate::diagnostic::{Diagnostic, Edit, Source};

/// The most rounds that one file gets: a mend can uncover another, but not for ever.
const ROUNDS: usize = 20;

/// A text before and after all safe mends.
pub struct Mended {
    /// As it was read.
    pub before: Arc<Source>,
    /// As it is mended.
    pub after: Arc<Source>,
    /// In how many places.
    pub places: usize,
}

impl Project {
    /// Makes all safe mends of a file; none where there are none, or where it cannot be read, which the
    /// review reports. Nothing is written.
    pub fn mended(&self, path: &Path) -> Option<Mended> {
        let found = self.review(path);
        let before = found.loaded.source.clone()?;
        let mut findings = found.settled();
        let mut after = before.clone();
        let mut places = 0;
        for _ in 0..ROUNDS {
            let edits = mend::safe_edits(&findings, &after);
            let attempt = |edits: &[&Edit]| self.trial(path, &mend::apply(&after.text, edits));
            let most = errors(&findings);
            let kept = harmless(&edits, &mut |edits| errors(&attempt(edits).settled()) <= most);
            if kept.is_empty() {
                break;
            }
            places += kept.len();
            let mended = attempt(&kept);
            after = mended.loaded.source.clone()?;
            findings = mended.settled();
        }
        (places > 0).then_some(Mended { before, after, places })
    }
}

fn errors(findings: &[Diagnostic]) -> usize {
    findings.iter().filter(|finding| finding.is_error()).count()
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
    use crate::diagnostic::Place;

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
