//! Two edited versions of one Markdown put together, sentence by sentence: each stands on a line of its own.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Two versions put together.
#[derive(Debug, Default)]
pub struct Merged {
    /// The Markdown that has the changes of both; of what both changed it has theirs.
    pub text: String,
    /// What both changed, each otherwise.
    pub conflicts: Vec<Conflict>,
}

/// What both versions changed otherwise: their lines, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// In ours.
    pub ours: Range<usize>,
    /// In theirs.
    pub theirs: Range<usize>,
}

/// Puts together what ours and theirs became of the base.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merged {
    let lines = |text| -> Vec<&str> { str::lines(text).collect() };
    let (base, ours, theirs) = (lines(base), lines(ours), lines(theirs));
    let (to_ours, to_theirs) = (kept(&base, &ours), kept(&base, &theirs));
    let mut merged = Merged::default();
    let (mut at, mut our, mut their) = (0, 0, 0);
    loop {
        let both = (at..base.len()).find_map(|next| {
            let (one, other) = (to_ours[next]?, to_theirs[next]?);
            (one >= our && other >= their).then_some((next, one, other))
        });
        let (next, one, other) = both.unwrap_or((base.len(), ours.len(), theirs.len()));
        merged.chunk(&base[at..next], (&ours, our..one), (&theirs, their..other));
        if both.is_none() {
            break;
        }
        merged.line(base[next]);
        (at, our, their) = (next + 1, one + 1, other + 1);
    }
    merged
}

/// Where each line is in another version.
fn kept(base: &[&str], other: &[&str]) -> Vec<Option<usize>> {
    let mut kept = vec![None; base.len()];
    for op in capture_diff_slices(Algorithm::Patience, base, other) {
        let (tag, old, new) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            old.zip(new).for_each(|(old, new)| kept[old] = Some(new));
        }
    }
    kept
}

impl Merged {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// What stands between two lines that are in all versions.
    fn chunk(
        &mut self,
        base: &[&str],
        (ours, our): (&[&str], Range<usize>),
        (theirs, their): (&[&str], Range<usize>),
    ) {
        let is_even = base.len() == our.len() && base.len() == their.len();
        if is_even && base.len() > 1 {
            // Line for line: sentences beside one another are no conflict.
            for (at, line) in base.iter().enumerate() {
                let (our, their) = (our.start + at, their.start + at);
                self.chunk(&[line], (ours, our..our + 1), (theirs, their..their + 1));
            }
            return;
        }
        let (one, other) = (&ours[our.clone()], &theirs[their.clone()]);
        let taken = if other == base { one } else { other };
        taken.iter().for_each(|line| self.line(line));
        if one != base && other != base && one != other {
            self.conflicts.push(Conflict { ours: our, theirs: their });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_changed_is_taken() {
        let merged = merge("a\nb\nc\nd\n", "a\nB\nc\nd\nny\n", "a\nb\nC\nd\n");
        assert_eq!((merged.text.as_str(), merged.conflicts.len()), ("a\nB\nC\nd\nny\n", 0));
    }

    #[test]
    fn what_both_changed_otherwise_is_named() {
        let merged = merge("a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n");
        assert_eq!(merged.conflicts, [Conflict { ours: 1..2, theirs: 1..2 }]);
        assert_eq!(merge("a\nb\n", "a\nx\n", "a\nx\n").conflicts, []);
        // What one took away and the other changed.
        assert_eq!(merge("a\nb\nc\n", "a\nc\n", "a\ny\nc\n").conflicts.len(), 1);
    }
}
