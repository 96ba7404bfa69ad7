//! What moved: numbers for what was found to have moved within a list, a table, the document; and sentences that are
//! gone in one place and new in another.

use rustc_hash::FxHashMap;

use super::align::crossing;
use super::model::{Both, Fate, Node, NodeKind, Part, Sentence, Span, Word, WordKind};
use super::outline::{self, Keys, Notes, likeness};
use super::words::changed;

/// A sentence of fewer words than this can be anywhere by chance.
const FEWEST_WORDS: usize = 5;
/// How alike a sentence elsewhere has to be to have moved.
const ALIKE: f32 = 0.8;

/// Finds the sentences that moved, and gives each passage that moved a number; how many there are.
pub fn find(body: &mut [Node], keys: &mut Keys<'_>, old_notes: &Notes, new_notes: &Notes) -> usize {
    let mut next = 0;
    number(body, &mut next);
    let mut rows = Rows::default();
    sentences(body, &mut |sentence| rows.take(sentence, keys, old_notes, new_notes));
    let pairs = rows.pairs();
    if pairs.is_empty() {
        return next;
    }
    let mut moved = Moved::default();
    let mut last: Option<(usize, usize)> = None;
    for (one, other) in pairs {
        let (old, new) = (&rows.gone[one], &rows.new[other]);
        // One passage is what stood together and stands together.
        let goes_on = last == Some((old.at.wrapping_sub(1), new.at.wrapping_sub(1)));
        next += usize::from(!goes_on);
        last = Some((old.at, new.at));
        moved.away.insert(old.sentence.at.start, next - 1);
        let spans = changed(&old.sentence, &new.sentence).1;
        moved.here.insert(new.sentence.at.start, (next - 1, old.sentence.at.clone(), spans));
    }
    sentences(body, &mut |sentence| moved.mark(sentence));
    next
}

/// Gives what moved within each row a number of its own among all that moved.
fn number(nodes: &mut [Node], next: &mut usize) {
    let fresh = |numbers: &mut FxHashMap<usize, usize>, fate: &mut Fate, next: &mut usize| {
        if let Fate::Here(number) | Fate::Away(number) = fate {
            *number = *numbers.entry(*number).or_insert_with(|| {
                *next += 1;
                *next - 1
            });
        }
    };
    let mut here = FxHashMap::default();
    for node in nodes {
        fresh(&mut here, &mut node.fate, next);
        match &mut node.kind {
            NodeKind::List { items, .. } => {
                let mut numbers = FxHashMap::default();
                for item in items {
                    fresh(&mut numbers, &mut item.fate, next);
                    number(&mut item.body, next);
                }
            }
            NodeKind::Table { rows, .. } => {
                let mut numbers = FxHashMap::default();
                rows.iter_mut().for_each(|row| fresh(&mut numbers, &mut row.fate, next));
            }
            NodeKind::Quote(body)
            | NodeKind::Footnote { body, .. }
            | NodeKind::Part { body, .. }
            | NodeKind::Arrived(body)
            | NodeKind::Left(body) => number(body, next),
            _ => {}
        }
    }
}

/// Visits the sentences of paragraphs, but for those of what is away: it is known where they are.
fn sentences(nodes: &mut [Node], visit: &mut dyn FnMut(&mut Sentence)) {
    for node in nodes {
        match &mut node.kind {
            NodeKind::Paragraph(parts) => {
                for part in parts {
                    if let Part::Sentence(sentence) = part {
                        visit(sentence);
                    }
                }
            }
            NodeKind::List { items, .. } => {
                for item in items.iter_mut().filter(|item| !matches!(item.fate, Fate::Away(_))) {
                    sentences(&mut item.body, visit);
                }
            }
            NodeKind::Quote(body)
            | NodeKind::Footnote { body, .. }
            | NodeKind::Part { body, .. }
            | NodeKind::Arrived(body) => sentences(body, visit),
            _ => {}
        }
    }
}

/// The sentences that are in one document only.
#[derive(Default)]
struct Rows {
    gone: Vec<Alone>,
    new: Vec<Alone>,
    /// How many sentences each document has so far.
    count: Both<usize>,
    same: usize,
}

struct Alone {
    sentence: outline::Sentence,
    words: usize,
    /// Its place among all sentences of its document.
    at: usize,
    /// How many sentences that are in both stand before it.
    after: usize,
}

impl Rows {
    fn take(&mut self, sentence: &Sentence, keys: &mut Keys<'_>, old_notes: &Notes, new_notes: &Notes) {
        let (row, notes, at) = match sentence.fate {
            Fate::Gone => (&mut self.gone, old_notes, self.count.old),
            _ => (&mut self.new, new_notes, self.count.new),
        };
        if matches!(sentence.fate, Fate::Gone | Fate::New) {
            let words: Vec<_> = sentence.spans.iter().flat_map(|span| span.words.iter().cloned()).collect();
            let sentence = keys.sentence(words, notes);
            let words = sentence.words.iter().map(length).sum();
            row.push(Alone { sentence, words, at, after: self.same });
        }
        self.same += usize::from(sentence.fate == Fate::Same);
        self.count.old += usize::from(sentence.fate.is_old());
        self.count.new += usize::from(sentence.fate.is_new());
    }

    /// Which of them are the same: the long ones, and short ones that go with them.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let long = |row: &[Alone]| {
            let long = row.iter().enumerate().filter(|(_, one)| one.words >= FEWEST_WORDS);
            long.map(|(at, one)| (at, one.sentence.hash)).collect::<Vec<_>>()
        };
        let alike = |one: usize, other: usize| {
            let (old, new) = (&self.gone[one], &self.new[other]);
            // At the same place it is one sentence that became another.
            if old.after == new.after && old.sentence.hash != new.sentence.hash {
                return 0.0;
            }
            likeness(&old.sentence.bag, &new.sentence.bag)
        };
        let mut pairs = crossing(&long(&self.gone), &long(&self.new), ALIKE, &alike);
        let mut at = 0;
        while at < pairs.len() {
            let (one, other) = pairs[at];
            let beside = [(one + 1, other + 1), (one.wrapping_sub(1), other.wrapping_sub(1))];
            for pair in beside {
                if self.goes_along((one, other), pair)
                    && pairs.iter().all(|(old, new)| *old != pair.0 && *new != pair.1)
                {
                    pairs.push(pair);
                }
            }
            at += 1;
        }
        pairs.sort_unstable();
        pairs
    }

    /// Whether two sentences that say the same stand beside two that moved.
    fn goes_along(&self, moved: (usize, usize), pair: (usize, usize)) -> bool {
        let (Some(old), Some(new)) = (self.gone.get(pair.0), self.new.get(pair.1)) else { return false };
        let stands_by = |one: usize, other: usize| one.abs_diff(other) == 1;
        old.sentence.hash == new.sentence.hash
            && stands_by(self.gone[moved.0].at, old.at)
            && stands_by(self.new[moved.1].at, new.at)
    }
}

/// How many words a word counts for: none meets a picture twice by chance.
fn length(word: &Word) -> usize {
    match word.kind {
        WordKind::Sign | WordKind::Line => 0,
        WordKind::Picture { .. } => FEWEST_WORDS,
        _ => word.text.split(' ').count(),
    }
}

/// What becomes of the sentences that moved, by where they stand.
#[derive(Default)]
struct Moved {
    away: FxHashMap<usize, usize>,
    here: FxHashMap<usize, (usize, std::ops::Range<usize>, Vec<Span>)>,
}

impl Moved {
    fn mark(&mut self, sentence: &mut Sentence) {
        match sentence.fate {
            Fate::Gone => {
                let start = sentence.at.old.as_ref().map_or(usize::MAX, |at| at.start);
                if let Some(number) = self.away.get(&start) {
                    sentence.fate = Fate::Away(*number);
                }
            }
            Fate::New => {
                let start = sentence.at.new.as_ref().map_or(usize::MAX, |at| at.start);
                if let Some((number, old, spans)) = self.here.remove(&start) {
                    sentence.fate = Fate::Here(number);
                    sentence.at.old = Some(old);
                    sentence.spans = spans;
                }
            }
            _ => {}
        }
    }
}
