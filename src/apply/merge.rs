//! Two edited versions of one Markdown put together: sentence by sentence, as each stands on a line of its own, and
//! within a sentence that both changed, word by word. What one side moved has the words that the other gave it.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Two versions put together.
#[derive(Debug, Default)]
pub struct Merged {
    /// The Markdown that has the changes of both; of what both changed otherwise it has ours, which stand in the case.
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
    let (base, mut ours, mut theirs) = (lines(base), lines(ours), lines(theirs));
    follow(&base, &mut ours, &mut theirs);
    follow(&base, &mut theirs, &mut ours);
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

/// Gives the lines that one side moved the words that the other gave them where they were.
fn follow<'t>(base: &[&'t str], moved: &mut [&'t str], changed: &mut [&'t str]) {
    let to_moved = kept(base, moved);
    let stays: Vec<usize> = to_moved.iter().copied().flatten().collect();
    let mut rewritten = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, base, changed) {
        let (tag, old, new) = op.as_tag_tuple();
        if tag == DiffTag::Replace && old.len() == new.len() {
            rewritten.extend(old.zip(new));
        }
    }
    for (old, new) in rewritten {
        let is_it = |at: &usize| moved[*at] == base[old] && !stays.contains(at);
        let mut places = (0..moved.len()).filter(is_it);
        if let (None, Some(place), None) = (to_moved[old], places.next(), places.next())
            && !base[old].is_empty()
        {
            moved[place] = changed[new];
            changed[new] = base[old];
        }
    }
}

/// A sentence that both sides changed, where they changed other words; none where they meet.
fn sentence(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let words = |text| -> Vec<&str> { str::split_inclusive(text, ' ').collect() };
    let (base, ours, theirs) = (words(base), words(ours), words(theirs));
    let changes = |other: &[&str]| -> Vec<(Range<usize>, Range<usize>)> {
        let ops = capture_diff_slices(Algorithm::Patience, &base, other).into_iter();
        let ops = ops.map(|op| op.as_tag_tuple()).filter(|(tag, ..)| *tag != DiffTag::Equal);
        ops.map(|(_, old, new)| (old, new)).collect()
    };
    let one = changes(&ours).into_iter().map(|(old, new)| (old, ours[new].concat()));
    let other = changes(&theirs).into_iter().map(|(old, new)| (old, theirs[new].concat()));
    let mut all: Vec<(Range<usize>, String)> = one.chain(other).collect();
    all.sort_by_key(|(old, _)| (old.start, old.end));
    // Words beside one another were chosen for one another.
    if all.windows(2).any(|pair| pair[1].0.start <= pair[0].0.end) {
        return None;
    }
    let mut text = String::new();
    let mut at = 0;
    for (old, new) in all {
        text.push_str(&base[at..old.start].concat());
        text.push_str(&new);
        at = old.end;
    }
    text.push_str(&base[at..].concat());
    Some(text)
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
        if let ([base], [one], [other]) = (base, one, other)
            && one != base
            && other != base
            && one != other
            && let Some(both) = sentence(base, one, other)
        {
            return self.line(&both);
        }
        let is_conflict = one != base && other != base && one != other;
        let taken = if other == base || is_conflict { one } else { other };
        taken.iter().for_each(|line| self.line(line));
        if is_conflict {
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
    fn other_words_of_a_sentence_are_no_conflict() {
        let base = "Nämnden anslår 12 kronor till maten i skolan.\n";
        let ours = base.replace("12", "21");
        let theirs = base.replace("skolan", "förskolan");
        let merged = merge(base, &ours, &theirs);
        assert_eq!((merged.text, merged.conflicts.len()), (ours.replace("skolan", "förskolan"), 0));
        // Beside one another they may have been chosen for one another.
        let beside = merge(base, &ours, &base.replace("kronor", "öre"));
        assert_eq!((beside.text, beside.conflicts.len()), (ours, 1));
    }

    #[test]
    fn what_one_moved_has_the_words_that_the_other_gave_it() {
        let (base, moved) = ("a a\nb b\nc c\nd d\n", "b b\nc c\na a\nd d\n");
        let changed = base.replace("a a", "a x");
        for (ours, theirs) in [(moved, changed.as_str()), (changed.as_str(), moved)] {
            let merged = merge(base, ours, theirs);
            assert_eq!((merged.text.as_str(), merged.conflicts.len()), ("b b\nc c\na x\nd d\n", 0));
        }
    }

    #[test]
    fn what_both_changed_otherwise_is_named() {
        let merged = merge("a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n");
        assert_eq!(merged.text, "a\nx\nc\n");
        assert_eq!(merged.conflicts, [Conflict { ours: 1..2, theirs: 1..2 }]);
        assert_eq!(merge("a\nb\n", "a\nx\n", "a\nx\n").conflicts, []);
        // What one took away and the other changed.
        assert_eq!(merge("a\nb\nc\n", "a\nc\n", "a\ny\nc\n").conflicts.len(), 1);
    }
}
