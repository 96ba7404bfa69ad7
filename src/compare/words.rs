//! What changed within a sentence.

use std::borrow::Cow;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::model::{Fate, Span, Word};
use super::outline::Sentence;
use crate::markdown::Look;

/// Sentences that hold less than this of the same are two sentences; benches/README.md has what was measured.
pub const ALIKE: f32 = 0.55;

/// How much of two sentences is the same, from 0 to 1, and their words.
pub fn changed(old: &Sentence, new: &Sentence) -> (f32, Vec<Span>) {
    let mut row = Row::default();
    if old.keys == new.keys {
        old.words.iter().zip(&new.words).for_each(|(old, new)| row.both(old, new));
        return (1.0, row.spans);
    }
    #[cfg(test)]
    super::counted::words(old.keys.len() + new.keys.len());
    let mut runs: Vec<Run> = capture_diff_slices(Algorithm::Patience, &old.keys, &new.keys)
        .into_iter()
        .map(|op| {
            let (tag, old, new) = op.as_tag_tuple();
            Run { same: tag == DiffTag::Equal, old: (old.start, old.end), new: (new.start, new.end) }
        })
        .collect();
    let ratio = ratio(&runs, old, new);
    join_scraps(&mut runs, old);
    for run in runs {
        let (gone, came) = (&old.words[run.old.0..run.old.1], &new.words[run.new.0..run.new.1]);
        if run.same {
            gone.iter().zip(came).for_each(|(old, new)| row.both(old, new));
        } else {
            gone.iter().for_each(|word| row.add(Fate::Gone, false, word));
            came.iter().for_each(|word| row.add(Fate::New, false, word));
        }
    }
    (ratio, row.spans)
}

/// What changed in a text that is one unit, a heading or a cell: where too little is alike, all of it.
pub fn line(old: &Sentence, new: &Sentence) -> Vec<Span> {
    let (ratio, spans) = changed(old, new);
    if ratio < ALIKE { [all(old, Fate::Gone), all(new, Fate::New)].concat() } else { spans }
}

/// All words of a sentence, with one fate.
pub fn all(sentence: &Sentence, fate: Fate) -> Vec<Span> {
    let words = sentence.words.clone();
    if words.is_empty() { Vec::new() } else { vec![Span { fate, form: false, words }] }
}

/// Words that are the same or not, by their places in both sentences.
#[derive(Clone, Copy)]
struct Run {
    same: bool,
    old: (usize, usize),
    new: (usize, usize),
}

impl Run {
    fn is_replacement(&self) -> bool {
        !self.same && self.old.0 < self.old.1 && self.new.0 < self.new.1
    }
}

fn length(words: &[Word]) -> usize {
    words.iter().map(|word| word.text.chars().count()).sum()
}

fn ratio(runs: &[Run], old: &Sentence, new: &Sentence) -> f32 {
    let same: usize =
        runs.iter().filter(|run| run.same).map(|run| length(&old.words[run.old.0..run.old.1])).sum();
    let all = length(&old.words) + length(&new.words);
    if all == 0 { 1.0 } else { (2 * same) as f32 / all as f32 }
}

/// The longest scrap, in letters.
const SCRAP: usize = 3;

/// Lets a small word or a sign between two replacements belong to them: nobody reads confetti.
fn join_scraps(runs: &mut Vec<Run>, old: &Sentence) {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for (index, run) in runs.iter().enumerate() {
        let scrap = run.same && length(&old.words[run.old.0..run.old.1]) <= SCRAP;
        let between = joined.last().is_some_and(Run::is_replacement)
            && runs.get(index + 1).is_some_and(Run::is_replacement);
        let goes_on = joined.last().is_some_and(|last| !last.same) && !run.same;
        match joined.last_mut() {
            Some(last) if scrap && between || goes_on => {
                last.old.1 = run.old.1;
                last.new.1 = run.new.1;
            }
            _ => joined.push(*run),
        }
    }
    *runs = joined;
}

#[derive(Default)]
struct Row {
    spans: Vec<Span>,
}

impl Row {
    fn add(&mut self, fate: Fate, form: bool, word: &Word) {
        match self.spans.last_mut() {
            Some(last) if (last.fate, last.form) == (fate, form) => last.words.push(word.clone()),
            _ => self.spans.push(Span { fate, form, words: vec![word.clone()] }),
        }
    }

    /// A word that says the same in both, if perhaps in another form.
    fn both(&mut self, old: &Word, new: &Word) {
        if old.is_as(new) {
            self.add(Fate::Same, false, new);
        } else {
            // Where a link leads is not only form.
            let form = as_written(&old.look).link == as_written(&new.look).link;
            // Words that change in a row change as one.
            if let [.., gone, came] = self.spans.as_mut_slice()
                && (gone.fate, gone.form, came.fate, came.form) == (Fate::Gone, form, Fate::New, form)
            {
                gone.words.push(old.clone());
                came.words.push(new.clone());
                return;
            }
            self.add(Fate::Gone, form, old);
            self.add(Fate::New, form, new);
        }
    }
}

impl Word {
    /// Whether it is written in the same way, wherever it stands.
    fn is_as(&self, other: &Self) -> bool {
        (&self.text, &self.kind, self.spaced) == (&other.text, &other.kind, other.spaced)
            && (self.look == other.look || as_written(&self.look) == as_written(&other.look))
    }
}

/// A look without a link to a place in the document: ”punkt 2 b” leads where that point stands, and nobody wrote so.
fn as_written(look: &Look) -> Cow<'_, Look> {
    match &look.link {
        Some((url, _)) if url.starts_with('#') => {
            let mut look = look.clone();
            look.link = None;
            Cow::Owned(look)
        }
        _ => Cow::Borrowed(look),
    }
}
