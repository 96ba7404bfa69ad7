//! Items of two lists laid over one another: each is known by what it says, not by its number.

use super::align::{crossing, heaviest, in_order};
use super::blocks::{group, groups};
use super::model::{Both, Fate, Item};
use super::outline::{Group, Part, likeness};

/// Items less alike than this are two items.
const ALIKE: f32 = 0.4;
/// How alike an item elsewhere in the list has to be to have moved.
const MOVED: f32 = 0.8;

/// All items of a list, with one fate.
pub fn alone(items: &[Group], fate: Fate) -> Vec<Item> {
    items.iter().enumerate().map(|(index, item)| one(item, index, fate)).collect()
}

fn one(item: &Group, index: usize, fate: Fate) -> Item {
    let index = Both { old: fate.is_old().then_some(index), new: fate.is_new().then_some(index) };
    Item { fate, index, body: group(item, fate) }
}

/// Items laid over one another. What moved within the list is numbered within the list: whoever puts lists together
/// numbers it anew.
pub fn items(old: &[Group], new: &[Group]) -> Vec<Item> {
    let pairs = pairs(old, new);
    let words: usize = old.iter().map(|item| item.bag.len()).sum();
    // As few as can be have moved; of as many, those with the fewest words.
    let stay = heaviest(&pairs, &|(one, _)| 1.0 + old[one].bag.len() as f32 / (1 + words) as f32);
    let mut items = Vec::new();
    let mut next_old = 0;
    let moved_to = |one: usize| pairs.iter().find(|(old, _)| *old == one).filter(|pair| !stay.contains(pair));
    let number = |pair: &(usize, usize)| pairs.iter().position(|other| other == pair).unwrap_or(0);
    let leave = |one: usize| {
        let fate = moved_to(one).map_or(Fate::Gone, |pair| Fate::Away(number(pair)));
        let index = Both { old: Some(one), new: None };
        Item { fate, index, body: group(&old[one], Fate::Gone) }
    };
    for (at, item) in new.iter().enumerate() {
        let Some(pair) = pairs.iter().find(|(_, new)| *new == at) else {
            items.push(one(item, at, Fate::New));
            continue;
        };
        let body = groups(&old[pair.0], item);
        if stay.contains(pair) {
            items.extend((next_old..pair.0).map(leave));
            next_old = pair.0 + 1;
            let index = Both { old: Some(pair.0), new: Some(at) };
            items.push(Item { fate: Fate::Same, index, body });
        } else {
            let index = Both { old: Some(pair.0), new: Some(at) };
            items.push(Item { fate: Fate::Here(number(pair)), index, body });
        }
    }
    items.extend((next_old..old.len()).map(leave));
    items
}

/// Which items are the same: those in order first, then those that moved.
fn pairs(old: &[Group], new: &[Group]) -> Vec<(usize, usize)> {
    let hashes = |items: &[Group]| items.iter().map(|item| item.hash).collect::<Vec<_>>();
    let (old_hashes, new_hashes) = (hashes(old), hashes(new));
    let mut pairs =
        in_order(&old_hashes, &new_hashes, &|at| 1.0 + old[at].bag.len() as f32, &mut |one, other| {
            let alike = alike(&old[one], &new[other]);
            if alike < ALIKE { 0.0 } else { alike }
        });
    let left = |hashes: &[u64], taken: &dyn Fn(usize) -> bool| {
        hashes.iter().copied().enumerate().filter(|(at, _)| !taken(*at)).collect::<Vec<_>>()
    };
    let old_left = left(&old_hashes, &|at| pairs.iter().any(|(old, _)| *old == at));
    let new_left = left(&new_hashes, &|at| pairs.iter().any(|(_, new)| *new == at));
    pairs.extend(crossing(&old_left, &new_left, MOVED, &|one, other| alike(&old[one], &new[other])));
    pairs.sort_unstable();
    pairs
}

/// How alike two items are: by all they say, or by what they begin with, as a question with its answer does.
fn alike(old: &Group, new: &Group) -> f32 {
    let whole = likeness(&old.bag, &new.bag);
    match (old.parts.first(), new.parts.first()) {
        (Some(Part::Sentence(old)), Some(Part::Sentence(new))) => whole.max(likeness(&old.bag, &new.bag)),
        _ => whole,
    }
}
