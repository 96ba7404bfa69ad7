//! Which items of two rows are the same.

use rustc_hash::FxHashMap;

/// More pairs than these are not held against one another one by one.
const MOST_PAIRS: usize = 40_000;

/// The pairs of items that are the same, or so alike that one became the other, in the order of both rows.
///
/// Items with the same hash are the same. First go those at both ends, then those that are alone of their kind in each
/// row; between them the pairs are chosen whose `score`s sum up to most. A score of 0 is no pair.
pub fn in_order(
    old: &[u64],
    new: &[u64],
    weight: &dyn Fn(usize) -> f32,
    score: &mut dyn FnMut(usize, usize) -> f32,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    between(old, new, (0, 0), weight, score, &mut pairs);
    pairs
}

fn between(
    old: &[u64],
    new: &[u64],
    (old_start, new_start): (usize, usize),
    weight: &dyn Fn(usize) -> f32,
    score: &mut dyn FnMut(usize, usize) -> f32,
    pairs: &mut Vec<(usize, usize)>,
) {
    let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let (old_from, new_from) = (old_start + head, new_start + head);
    pairs.extend((0..head).map(|at| (old_start + at, new_start + at)));
    if !old_rest.is_empty() && !new_rest.is_empty() {
        let anchors = anchors(old_rest, new_rest, &|at| weight(old_from + at));
        if anchors.is_empty() {
            best(old_rest, new_rest, (old_from, new_from), score, pairs);
        } else {
            let mut done = (0, 0);
            for anchor in anchors.into_iter().chain([(old_rest.len(), new_rest.len())]) {
                let (old_gap, new_gap) = (&old_rest[done.0..anchor.0], &new_rest[done.1..anchor.1]);
                let from = (old_from + done.0, new_from + done.1);
                between(old_gap, new_gap, from, weight, score, pairs);
                if anchor.0 < old_rest.len() {
                    pairs.push((old_from + anchor.0, new_from + anchor.1));
                }
                done = (anchor.0 + 1, anchor.1 + 1);
            }
        }
    }
    let (old_end, new_end) = (old_from + old_rest.len(), new_from + new_rest.len());
    pairs.extend((0..tail).map(|at| (old_end + at, new_end + at)));
}

/// The items that are alone of their kind in each row: the heaviest row of them that is in order in both.
fn anchors(old: &[u64], new: &[u64], weight: &dyn Fn(usize) -> f32) -> Vec<(usize, usize)> {
    let (old_once, new_once) = (once(old), once(new));
    let mut pairs: Vec<(usize, usize)> =
        old_once.iter().filter_map(|(hash, at)| Some((*at, *new_once.get(hash)?))).collect();
    pairs.sort_unstable();
    heaviest(&pairs, &|(old, _)| weight(old))
}

fn once(items: &[u64]) -> FxHashMap<u64, usize> {
    let mut places: FxHashMap<u64, Option<usize>> = FxHashMap::default();
    for (at, item) in items.iter().enumerate() {
        places.entry(*item).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places.into_iter().filter_map(|(item, place)| Some((item, place?))).collect()
}

/// Of pairs in the order of the old row, those of the largest weight together that are in the order of the new row too.
pub fn heaviest(pairs: &[(usize, usize)], weight: &dyn Fn((usize, usize)) -> f32) -> Vec<(usize, usize)> {
    // For each pair the heaviest row that ends with it: the best among those before it, found in a Fenwick tree over
    // the places in the new row.
    let highest = pairs.iter().map(|(_, new)| new + 1).max().unwrap_or(0);
    let mut tree: Vec<(f32, usize)> = vec![(0.0, usize::MAX); highest + 1];
    let mut before = vec![usize::MAX; pairs.len()];
    let mut end = (0.0, usize::MAX);
    for (index, pair) in pairs.iter().enumerate() {
        let mut best = (0.0, usize::MAX);
        let mut at = pair.1;
        while at > 0 {
            if tree[at].0 > best.0 {
                best = tree[at];
            }
            at &= at - 1;
        }
        before[index] = best.1;
        let total = best.0 + weight(*pair).max(f32::MIN_POSITIVE);
        if total > end.0 {
            end = (total, index);
        }
        let mut at = pair.1 + 1;
        while at < tree.len() {
            if total > tree[at].0 {
                tree[at] = (total, index);
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut chosen = Vec::new();
    let mut at = end.1;
    while at != usize::MAX {
        chosen.push(pairs[at]);
        at = before[at];
    }
    chosen.reverse();
    chosen
}

/// The pairs in order whose scores sum up to most.
fn best(
    old: &[u64],
    new: &[u64],
    (old_from, new_from): (usize, usize),
    score: &mut dyn FnMut(usize, usize) -> f32,
    pairs: &mut Vec<(usize, usize)>,
) {
    if old.len() * new.len() > MOST_PAIRS {
        return;
    }
    let width = new.len() + 1;
    let mut scores = vec![0.0_f32; old.len() * new.len()];
    let mut sums = vec![0.0_f32; (old.len() + 1) * width];
    for o in (0..old.len()).rev() {
        for n in (0..new.len()).rev() {
            let pair = score(old_from + o, new_from + n);
            scores[o * new.len() + n] = pair;
            let with = if pair > 0.0 { pair + sums[(o + 1) * width + n + 1] } else { 0.0 };
            sums[o * width + n] = with.max(sums[(o + 1) * width + n]).max(sums[o * width + n + 1]);
        }
    }
    let (mut o, mut n) = (0, 0);
    while o < old.len() && n < new.len() {
        let pair = scores[o * new.len() + n];
        let here = sums[o * width + n];
        if pair > 0.0 && here <= pair + sums[(o + 1) * width + n + 1] {
            pairs.push((old_from + o, new_from + n));
            (o, n) = (o + 1, n + 1);
        } else if here <= sums[(o + 1) * width + n] {
            o += 1;
        } else {
            n += 1;
        }
    }
}

/// The pairs of items that are left over, anywhere in the rows: those with the same hash, where it is alone, and then
/// the most alike, down to `least`.
pub fn crossing(
    old: &[(usize, u64)],
    new: &[(usize, u64)],
    least: f32,
    likeness: &dyn Fn(usize, usize) -> f32,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let hashes = |items: &[(usize, u64)]| once(&items.iter().map(|(_, hash)| *hash).collect::<Vec<_>>());
    let (old_once, new_once) = (hashes(old), hashes(new));
    for (at, (place, hash)) in old.iter().enumerate() {
        if old_once.get(hash) == Some(&at)
            && let Some(other) = new_once.get(hash)
        {
            pairs.push((*place, new[*other].0));
        }
    }
    if old.len() * new.len() > MOST_PAIRS {
        return pairs;
    }
    let mut alike = Vec::new();
    for (one, _) in old.iter().filter(|(place, _)| pairs.iter().all(|(old, _)| old != place)) {
        for (other, _) in new.iter().filter(|(place, _)| pairs.iter().all(|(_, new)| new != place)) {
            let likeness = likeness(*one, *other);
            if likeness >= least {
                alike.push((likeness, *one, *other));
            }
        }
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, one, other) in alike {
        if pairs.iter().all(|(old, new)| *old != one && *new != other) {
            pairs.push((one, other));
        }
    }
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(old: &[u64], new: &[u64]) -> Vec<(usize, usize)> {
        in_order(old, new, &|_| 1.0, &mut |o, n| f32::from(u8::from(old[o] == new[n])))
    }

    #[test]
    fn rows_are_paired_in_order() {
        assert_eq!(pairs(&[1, 2, 3], &[1, 2, 3]), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(pairs(&[1, 2, 3], &[1, 9, 2, 3]), [(0, 0), (1, 2), (2, 3)]);
        assert_eq!(pairs(&[1, 7, 2, 7, 3], &[0, 7, 2, 7, 4]), [(1, 1), (2, 2), (3, 3)]);
        assert_eq!(pairs(&[1, 2, 3, 4], &[4, 1, 2, 3]), [(0, 1), (1, 2), (2, 3)]);
        assert_eq!(pairs(&[], &[1]), []);
    }

    #[test]
    fn the_heaviest_row_stays() {
        let pairs = [(0, 2), (1, 0), (2, 1)];
        assert_eq!(heaviest(&pairs, &|_| 1.0), [(1, 0), (2, 1)]);
        assert_eq!(heaviest(&pairs, &|(old, _)| if old == 0 { 5.0 } else { 1.0 }), [(0, 2)]);
    }
}
