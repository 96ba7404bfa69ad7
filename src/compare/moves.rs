//! What moved: numbers for what was found to have moved within a list, a table, the document; and sentences, lists and
//! tables that are gone in one place and new in another.

use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::align::crossing;
use super::blocks::{self, is_like};
use super::model::{Both, Fate, Node, NodeKind, Part, Sentence, Span, Word, WordKind};
use super::outline::{self, NoteKeys, Whole, WholeKind, WordKeys, likeness};
use super::words::changed;

/// A sentence of fewer words than this can be anywhere by chance.
const FEWEST_WORDS: usize = 5;
/// How alike a sentence elsewhere has to be to have moved.
const ALIKE: f32 = 0.8;

/// How alike a list or a table elsewhere has to be to have moved.
const ALIKE_BLOCK: f32 = 0.7;

/// The lists, tables and quotations of a document, by where they stand.
pub type Wholes = FxHashMap<usize, Rc<Whole>>;

/// Those of a row, and of what stands in it.
pub fn wholes(parts: &[outline::Part]) -> Wholes {
    fn gather(parts: &[outline::Part], found: &mut Wholes) {
        for part in parts {
            let outline::Part::Whole(whole) = part else { continue };
            match &whole.kind {
                WholeKind::List { items, .. } => items.iter().for_each(|item| gather(&item.parts, found)),
                WholeKind::Quote(body) | WholeKind::Footnote { body, .. } | WholeKind::Part { body, .. } => {
                    gather(&body.parts, found);
                }
                _ => {}
            }
            if matches!(whole.kind, WholeKind::List { .. } | WholeKind::Quote(_) | WholeKind::Table { .. }) {
                found.insert(whole.at.start, whole.clone());
            }
        }
    }
    let mut found = Wholes::default();
    gather(parts, &mut found);
    found
}

/// Finds the sentences and blocks that moved, and gives each passage that moved a number; how many there are.
pub fn find(
    body: &mut [Node],
    wholes: &Both<Wholes>,
    keys: &mut WordKeys<'_>,
    notes: &Both<NoteKeys>,
) -> usize {
    let mut next = 0;
    number(body, &mut next);
    let blocks = Blocks::of(body, wholes);
    let mut rows = Rows::default();
    units(body, &blocks, &mut |unit| rows.take(unit, keys, notes));
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
        if let Some(block) = old.block {
            moved.blocks.insert(block, next - 1);
            continue;
        }
        moved.away.insert(old.sentence.at.start, next - 1);
        let spans = changed(&old.sentence, &new.sentence).1;
        moved.here.insert(new.sentence.at.start, (next - 1, old.sentence.at.clone(), spans));
    }
    units(body, &blocks, &mut |unit| match unit {
        Unit::Sentence(sentence) => moved.mark(sentence),
        Unit::Block(node, pair) => moved.mark_block(node, &blocks.0[pair], pair, &mut next),
    });
    next
}

/// The lists, tables and quotations that are gone in one place and new in another.
struct Blocks(Vec<(Rc<Whole>, Rc<Whole>)>);

impl Blocks {
    fn of(body: &[Node], wholes: &Both<Wholes>) -> Self {
        let (mut gone, mut new) = (Vec::new(), Vec::new());
        alone(body, &mut |node| {
            let (row, found) = match (node.fate, &node.at) {
                (Fate::Gone, Both { old: Some(at), .. }) => (&mut gone, wholes.old.get(&at.start)),
                (Fate::New, Both { new: Some(at), .. }) => (&mut new, wholes.new.get(&at.start)),
                _ => return,
            };
            // A few words can be anywhere by chance.
            row.extend(found.filter(|whole| whole.bag.len() >= FEWEST_WORDS).cloned());
        });
        let hashes = |row: &[Rc<Whole>]| {
            row.iter().enumerate().map(|(at, whole)| (at, whole.hash)).collect::<Vec<_>>()
        };
        let alike = |one: usize, other: usize| match is_like(&gone[one].kind, &new[other].kind) {
            true => likeness(&gone[one].bag, &new[other].bag),
            false => 0.0,
        };
        let pairs = crossing(&hashes(&gone), &hashes(&new), ALIKE_BLOCK, &alike);
        Self(pairs.into_iter().map(|(one, other)| (gone[one].clone(), new[other].clone())).collect())
    }

    /// The pair that a block is of, by where it stands.
    fn pair(&self, node: &Node) -> Option<usize> {
        self.0.iter().position(|(old, new)| match node.fate {
            Fate::Gone => node.at.old.as_ref() == Some(&old.at),
            Fate::New => node.at.new.as_ref() == Some(&new.at),
            _ => false,
        })
    }
}

/// Visits the nodes that are in one document only, but for what is away; the outer before the inner.
fn alone(nodes: &[Node], visit: &mut dyn FnMut(&Node)) {
    for node in nodes {
        visit(node);
        match &node.kind {
            NodeKind::List { items, .. } => {
                for item in items.iter().filter(|item| !matches!(item.fate, Fate::Away(_))) {
                    alone(&item.body, visit);
                }
            }
            NodeKind::Quote(body)
            | NodeKind::Footnote { body, .. }
            | NodeKind::Part { body, .. }
            | NodeKind::Arrived(body) => alone(body, visit),
            _ => {}
        }
    }
}

/// What can move.
enum Unit<'a> {
    Sentence(&'a mut Sentence),
    /// A block, with the number of its pair.
    Block(&'a mut Node, usize),
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

/// Visits the sentences of paragraphs and the blocks that moved, but for what is in those and in what is away: it is
/// known where it is.
fn units(nodes: &mut [Node], blocks: &Blocks, visit: &mut dyn FnMut(Unit<'_>)) {
    for node in nodes {
        if let Some(pair) = blocks.pair(node) {
            visit(Unit::Block(node, pair));
            continue;
        }
        match &mut node.kind {
            NodeKind::Paragraph(parts) => {
                for part in parts {
                    if let Part::Sentence(sentence) = part {
                        visit(Unit::Sentence(sentence));
                    }
                }
            }
            NodeKind::List { items, .. } => {
                for item in items.iter_mut().filter(|item| !matches!(item.fate, Fate::Away(_))) {
                    units(&mut item.body, blocks, visit);
                }
            }
            NodeKind::Quote(body)
            | NodeKind::Footnote { body, .. }
            | NodeKind::Part { body, .. }
            | NodeKind::Arrived(body) => units(body, blocks, visit),
            _ => {}
        }
    }
}

/// The sentences and blocks that are in one document only.
#[derive(Default)]
struct Rows {
    gone: Vec<Alone>,
    new: Vec<Alone>,
    /// How many sentences each document has so far.
    count: Both<usize>,
    same: usize,
}

struct Alone {
    /// The sentence; nothing of a block.
    sentence: outline::Sentence,
    /// The pair of blocks that it is one of.
    block: Option<usize>,
    words: usize,
    /// Its place among all sentences of its document.
    at: usize,
    /// How many sentences that are in both stand before it.
    after: usize,
}

impl Rows {
    fn take(&mut self, unit: Unit<'_>, keys: &mut WordKeys<'_>, notes: &Both<NoteKeys>) {
        let (fate, block) = match &unit {
            Unit::Sentence(sentence) => (sentence.fate, None),
            Unit::Block(node, pair) => (node.fate, Some(*pair)),
        };
        let (row, notes, at) = match fate {
            Fate::Gone => (&mut self.gone, &notes.old, self.count.old),
            _ => (&mut self.new, &notes.new, self.count.new),
        };
        if matches!(fate, Fate::Gone | Fate::New) {
            let words: Vec<_> = match &unit {
                Unit::Sentence(sentence) => {
                    sentence.spans.iter().flat_map(|span| span.words.iter().cloned()).collect()
                }
                Unit::Block(..) => Vec::new(),
            };
            let sentence = keys.sentence(words, notes);
            let words = sentence.words.iter().map(length).sum();
            row.push(Alone { sentence, block, words, at, after: self.same });
        }
        self.same += usize::from(fate == Fate::Same);
        self.count.old += usize::from(fate.is_old());
        self.count.new += usize::from(fate.is_new());
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
        let blocks = self.gone.iter().enumerate().filter(|(_, one)| one.block.is_some());
        pairs.extend(
            blocks.filter_map(|(at, one)| {
                Some((at, self.new.iter().position(|other| other.block == one.block)?))
            }),
        );
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
        old.block.is_none()
            && new.block.is_none()
            && old.sentence.hash == new.sentence.hash
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

/// What becomes of what moved; of sentences, by where they stand.
#[derive(Default)]
struct Moved {
    away: FxHashMap<usize, usize>,
    here: FxHashMap<usize, (usize, Range<usize>, Vec<Span>)>,
    /// The numbers of the pairs of blocks.
    blocks: FxHashMap<usize, usize>,
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

    /// Marks a block: where it came, with the changes in it; where it was, as it was.
    fn mark_block(&self, node: &mut Node, pair: &(Rc<Whole>, Rc<Whole>), at: usize, next: &mut usize) {
        let Some(moved) = self.blocks.get(&at) else { return };
        if node.fate == Fate::New {
            *node = blocks::whole(&pair.0, &pair.1);
            number(std::slice::from_mut(node), next);
            node.fate = Fate::Here(*moved);
        } else {
            node.fate = Fate::Away(*moved);
        }
    }
}
