//! The sections of two documents laid over one another: each is known by its heading, or else by what it says.

use super::align::{crossing, heaviest, in_order};
use super::blocks::{group, groups, headed};
use super::model::{Both, Fate, Node, NodeKind};
use super::outline::{Group, Part, Sentence, WholeKind, likeness};

/// Sections less alike than this are two sections.
const ALIKE: f32 = 0.35;
/// How alike a section elsewhere has to be to have moved.
const MOVED: f32 = 0.7;
/// How much of the likeness of two sections is that of their headings.
const HEADING: f32 = 0.45;

/// A heading and what stands below it, down to the next heading; before the first there may be one without.
struct Section {
    heading: Option<Sentence>,
    level: u8,
    whole: Group,
    /// The words below the heading.
    below: Vec<u32>,
}

/// The bodies of two documents laid over one another.
pub fn bodies(old: Vec<Part>, new: Vec<Part>) -> Vec<Node> {
    let (old, new) = (sections(old), sections(new));
    let pairs = pairs(&old, &new);
    let stay = heaviest(&pairs, &|(one, _)| 1.0 + old[one].whole.bag.len() as f32);
    let mut bodies = Bodies { old: &old, new: &new, pairs: &pairs, stay: &stay, nodes: Vec::new() };
    let mut next_old = 0;
    let mut at = 0;
    while at < new.len() {
        match pairs.iter().find(|(_, new)| *new == at) {
            None => {
                bodies.nodes.extend(group(&new[at].whole, Fate::New));
                at += 1;
            }
            Some(pair) if stay.contains(pair) => {
                bodies.leave(next_old..pair.0);
                next_old = pair.0 + 1;
                bodies.nodes.extend(merged(&old[pair.0], &new[at]));
                at += 1;
            }
            Some(pair) => at = bodies.arrive(*pair),
        }
    }
    bodies.leave(next_old..old.len());
    bodies.nodes
}

struct Bodies<'a> {
    old: &'a [Section],
    new: &'a [Section],
    pairs: &'a [(usize, usize)],
    stay: &'a [(usize, usize)],
    nodes: Vec<Node>,
}

impl Bodies<'_> {
    /// Sections that moved together, from the one of `pair` on; gives the section after them.
    fn arrive(&mut self, pair: (usize, usize)) -> usize {
        let number = self.number(pair);
        let length = self.together(pair);
        let body =
            (0..length).flat_map(|next| merged(&self.old[pair.0 + next], &self.new[pair.1 + next])).collect();
        self.nodes.push(Node {
            fate: Fate::Here(number),
            kind: NodeKind::Arrived(body),
            at: Both::default(),
        });
        pair.1 + length
    }

    /// Old sections that are not here any longer.
    fn leave(&mut self, range: std::ops::Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let Some(pair) = self.pairs.iter().find(|(old, _)| *old == at).copied() else {
                self.nodes.extend(group(&self.old[at].whole, Fate::Gone));
                at += 1;
                continue;
            };
            let length = self.together(pair);
            let body = (at..at + length).flat_map(|at| group(&self.old[at].whole, Fate::Gone)).collect();
            let fate = Fate::Away(self.number(pair));
            self.nodes.push(Node { fate, kind: NodeKind::Left(body), at: Both::default() });
            at += length;
        }
    }

    fn number(&self, pair: (usize, usize)) -> usize {
        self.pairs.iter().position(|other| *other == pair).unwrap_or(0)
    }

    /// How many sections moved together, in the same order, from a pair on.
    fn together(&self, pair: (usize, usize)) -> usize {
        let moved = |next: usize| {
            let pair = (pair.0 + next, pair.1 + next);
            self.pairs.contains(&pair) && !self.stay.contains(&pair)
        };
        (1..).take_while(|next| moved(*next)).count() + 1
    }
}

fn merged(old: &Section, new: &Section) -> Vec<Node> {
    match (&old.heading, &new.heading) {
        (Some(_), Some(_)) => headed(&old.whole, &new.whole),
        _ => groups(&old.whole, &new.whole),
    }
}

fn sections(parts: Vec<Part>) -> Vec<Section> {
    let mut rows: Vec<Vec<Part>> = Vec::new();
    for part in parts {
        if rows.is_empty() || heading(&part).is_some() {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.last_mut() {
            row.push(part);
        }
    }
    let section = |row: Vec<Part>| {
        let found = row.first().and_then(heading).map(|(level, text)| (level, text.clone()));
        let skipped = usize::from(found.is_some());
        let mut below: Vec<u32> = row[skipped..].iter().flat_map(|part| part.bag()).copied().collect();
        below.sort_unstable();
        let (level, heading) = found.map_or((0, None), |(level, text)| (level, Some(text)));
        Section { heading, level, whole: Group::of(row), below }
    };
    rows.into_iter().map(section).collect()
}

/// The level and the text of a heading; a layout may set one in a part of its own.
fn heading(part: &Part) -> Option<(u8, &Sentence)> {
    let Part::Whole(whole) = part else { return None };
    match &whole.kind {
        WholeKind::Heading { level, text } => Some((*level, text)),
        WholeKind::Part { body, .. } => match body.parts.as_slice() {
            [only] => heading(only),
            _ => None,
        },
        _ => None,
    }
}

/// Which sections are the same: those in order first, then those that moved.
fn pairs(old: &[Section], new: &[Section]) -> Vec<(usize, usize)> {
    let hashes = |sections: &[Section]| sections.iter().map(|one| one.whole.hash).collect::<Vec<_>>();
    let (old_hashes, new_hashes) = (hashes(old), hashes(new));
    let mut pairs =
        in_order(&old_hashes, &new_hashes, &|at| 1.0 + old[at].whole.bag.len() as f32, &mut |one, other| {
            // A document begins with its title, whatever it is.
            if (one, other) == (0, 0) && old[0].level == new[0].level {
                return 10.0;
            }
            let alike = alike(&old[one], &new[other]);
            if alike < ALIKE { 0.0 } else { alike }
        });
    pairs.extend(renamed(old, new, &pairs));
    let left = |hashes: &[u64], taken: &dyn Fn(usize) -> bool| {
        hashes.iter().copied().enumerate().filter(|(at, _)| !taken(*at)).collect::<Vec<_>>()
    };
    let old_left = left(&old_hashes, &|at| pairs.iter().any(|(old, _)| *old == at));
    let new_left = left(&new_hashes, &|at| pairs.iter().any(|(_, new)| *new == at));
    pairs.extend(crossing(&old_left, &new_left, MOVED, &|one, other| alike(&old[one], &new[other])));
    pairs.sort_unstable();
    pairs
}

/// Headings with nothing below them that stand between the same sections, and say something else.
fn renamed(old: &[Section], new: &[Section], pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let is_bare = |section: &Section| section.heading.is_some() && section.below.is_empty();
    let are_same =
        |one: usize, other: usize| pairs.contains(&(one, other)) || (one, other) == (old.len(), new.len());
    let is_alone = |(one, other): &(usize, usize)| {
        is_bare(&old[*one])
            && is_bare(&new[*other])
            && old[*one].level == new[*other].level
            && !pairs.iter().any(|(old, new)| old == one || new == other)
            && are_same(one + 1, other + 1)
    };
    let behind = pairs.iter().map(|(one, other)| (one + 1, other + 1));
    behind.filter(|(one, other)| *one < old.len() && *other < new.len()).filter(is_alone).collect()
}

/// How alike two sections are, by their headings and by what stands below them.
fn alike(old: &Section, new: &Section) -> f32 {
    let headings = match (&old.heading, &new.heading) {
        (Some(one), Some(other)) if one.hash == other.hash => 1.0,
        (Some(one), Some(other)) if is_bent(one, other) => 0.8,
        (Some(one), Some(other)) => likeness(&one.bag, &other.bag) * 0.8,
        (None, None) => 1.0,
        _ => 0.0,
    };
    if old.below.is_empty() && new.below.is_empty() {
        return headings;
    }
    headings * HEADING + likeness(&old.below, &new.below) * (1.0 - HEADING)
}

/// Whether two headings are one word in two forms: `Bilaga` and `Bilagor`.
fn is_bent(one: &Sentence, other: &Sentence) -> bool {
    const STEM: usize = 5;
    let ([one], [other]) = (one.words.as_slice(), other.words.as_slice()) else { return false };
    let stem = |text: &str| text.chars().take(STEM).collect::<String>();
    let length = |text: &str| text.chars().count();
    let is_near = length(&one.text).abs_diff(length(&other.text)) <= 2 && length(&one.text) <= STEM + 3;
    is_near && length(&one.text) > STEM && stem(&one.text) == stem(&other.text)
}
