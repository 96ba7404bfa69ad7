//! Two tables laid over one another: columns are known by their heads, rows by their first cells.

use super::align::{crossing, heaviest, in_order};
use super::blocks::place;
use super::model::{Both, Cell, Column, Fate, NodeKind, Row};
use super::outline::{Sentence, likeness};
use super::words;
use crate::markdown::Align;

/// Columns and rows less alike than this are others.
const ALIKE: f32 = 0.5;
/// How alike a row elsewhere in the table has to be to have moved.
const MOVED: f32 = 0.8;

/// The alignments of a table, and its rows of cells.
type Table<'a> = (&'a [Align], &'a [Vec<Sentence>]);

/// A table of one document only.
pub fn alone(align: &[Align], rows: &[Vec<Sentence>], fate: Fate) -> NodeKind {
    let column = |align: &Align| Column { fate, align: Both { old: *align, new: *align } };
    let row = |cells: &Vec<Sentence>| Row { fate, cells: cells.iter().map(|cell| one(cell, fate)).collect() };
    NodeKind::Table { columns: align.iter().map(column).collect(), rows: rows.iter().map(row).collect() }
}

fn one(cell: &Sentence, fate: Fate) -> Cell {
    let at = if cell.words.is_empty() { Both::default() } else { place(&cell.at, fate) };
    Cell { text: words::all(cell, fate), at }
}

/// Two tables laid over one another.
pub fn table(old: Table<'_>, new: Table<'_>) -> NodeKind {
    let columns = merged(&columns(old, new), old.0.len(), new.0.len());
    let align = |column: &(Option<usize>, Option<usize>)| {
        let (one, other) = (column.0.map(|at| old.0[at]), column.1.map(|at| new.0[at]));
        let either = one.or(other).unwrap_or(Align::None);
        Column {
            fate: fate(*column),
            align: Both { old: one.unwrap_or(either), new: other.unwrap_or(either) },
        }
    };
    let pairs = rows(old.1, new.1);
    let words: f32 = old.1.iter().map(|row| weight(row)).sum();
    // As few as can be have moved; of as many, those with the fewest words. The head stays.
    let stay =
        heaviest(&pairs, &|(one, _)| if one == 0 { 1e6 } else { 1.0 + weight(&old.1[one]) / (1.0 + words) });
    let number = |pair: &(usize, usize)| pairs.iter().position(|other| other == pair).unwrap_or(0);
    let leave = |one: usize| {
        let moved = pairs.iter().find(|pair| pair.0 == one && !stay.contains(pair));
        let fate = moved.map_or(Fate::Gone, |pair| Fate::Away(number(pair)));
        row(&columns, Some(&old.1[one]), None, fate)
    };
    let mut rows = Vec::new();
    let mut next_old = 0;
    for (at, cells) in new.1.iter().enumerate() {
        match pairs.iter().find(|(_, new)| *new == at) {
            None => rows.push(row(&columns, None, Some(cells), Fate::New)),
            Some(pair) if stay.contains(pair) => {
                rows.extend((next_old..pair.0).map(leave));
                next_old = pair.0 + 1;
                rows.push(row(&columns, Some(&old.1[pair.0]), Some(cells), Fate::Same));
            }
            Some(pair) => {
                rows.push(row(&columns, Some(&old.1[pair.0]), Some(cells), Fate::Here(number(pair))))
            }
        }
    }
    rows.extend((next_old..old.1.len()).map(leave));
    NodeKind::Table { columns: columns.iter().map(align).collect(), rows }
}

/// A row of the cells that either document has.
fn row(
    columns: &[(Option<usize>, Option<usize>)],
    old: Option<&Vec<Sentence>>,
    new: Option<&Vec<Sentence>>,
    fate: Fate,
) -> Row {
    let cell = |(one, other): &(Option<usize>, Option<usize>)| {
        let one = old.and_then(|row| row.get((*one)?));
        let other = new.and_then(|row| row.get((*other)?));
        match (one, other) {
            (Some(one), Some(other)) => {
                let at = |cell: &Sentence| (!cell.words.is_empty()).then(|| cell.at.clone());
                Cell { text: words::line(one, other), at: Both { old: at(one), new: at(other) } }
            }
            (Some(one), None) => self::one(one, Fate::Gone),
            (None, Some(other)) => self::one(other, Fate::New),
            (None, None) => Cell { text: Vec::new(), at: Both::default() },
        }
    };
    Row { fate, cells: columns.iter().map(cell).collect() }
}

fn fate(column: (Option<usize>, Option<usize>)) -> Fate {
    match column {
        (Some(_), None) => Fate::Gone,
        (None, Some(_)) => Fate::New,
        _ => Fate::Same,
    }
}

/// The columns of either table in order: pairs, and between them first what is gone, then what is new.
fn merged(pairs: &[(usize, usize)], old: usize, new: usize) -> Vec<(Option<usize>, Option<usize>)> {
    let mut merged = Vec::new();
    let mut done = (0, 0);
    for (one, other) in pairs.iter().copied().chain([(old, new)]) {
        merged.extend((done.0..one).map(|at| (Some(at), None)));
        merged.extend((done.1..other).map(|at| (None, Some(at))));
        if one < old && other < new {
            merged.push((Some(one), Some(other)));
        }
        done = (one + 1, other + 1);
    }
    merged
}

/// Which columns are the same: those with the same head, or else with much the same cells.
fn columns(old: Table<'_>, new: Table<'_>) -> Vec<(usize, usize)> {
    let heads = |table: Table<'_>| -> Vec<u64> {
        table.1.first().map_or_else(Vec::new, |head| head.iter().map(|cell| cell.hash).collect())
    };
    let below = |table: Table<'_>, at: usize| {
        let cells = table.1.iter().skip(1).filter_map(|row| row.get(at));
        let mut bag: Vec<u32> = cells.flat_map(|cell| cell.keys.iter().copied()).collect();
        bag.sort_unstable();
        bag
    };
    let alone = old.0.len() == new.0.len();
    in_order(&heads(old), &heads(new), &|_| 1.0, &mut |one, other| {
        let by_cells = likeness(&below(old, one), &below(new, other));
        let alike = by_cells.max(likeness(&old.1[0][one].bag, &new.1[0][other].bag) * 0.9);
        // As many columns as before: one that stands at the same place is the same for less.
        let least = if alone && one == other { 0.2 } else { ALIKE };
        if alike < least { 0.0 } else { alike + 0.05 }
    })
}

/// Which rows are the same; the head is the head.
fn rows(old: &[Vec<Sentence>], new: &[Vec<Sentence>]) -> Vec<(usize, usize)> {
    let hashes = |rows: &[Vec<Sentence>]| rows.iter().skip(1).map(|row| hash(row)).collect::<Vec<_>>();
    let (old_hashes, new_hashes) = (hashes(old), hashes(new));
    let alike = |one: usize, other: usize| row_likeness(&old[one + 1], &new[other + 1]);
    let mut pairs =
        in_order(&old_hashes, &new_hashes, &|at| 1.0 + weight(&old[at + 1]), &mut |one, other| {
            let alike = alike(one, other);
            if alike < ALIKE { 0.0 } else { alike }
        });
    let left = |hashes: &[u64], taken: &dyn Fn(usize) -> bool| {
        hashes.iter().copied().enumerate().filter(|(at, _)| !taken(*at)).collect::<Vec<_>>()
    };
    let old_left = left(&old_hashes, &|at| pairs.iter().any(|(old, _)| *old == at));
    let new_left = left(&new_hashes, &|at| pairs.iter().any(|(_, new)| *new == at));
    pairs.extend(crossing(&old_left, &new_left, MOVED, &alike));
    pairs.sort_unstable();
    std::iter::once((0, 0)).chain(pairs.into_iter().map(|(one, other)| (one + 1, other + 1))).collect()
}

fn hash(row: &[Sentence]) -> u64 {
    row.iter().fold(0, |sum, cell| sum.rotate_left(5) ^ cell.hash)
}

fn weight(row: &[Sentence]) -> f32 {
    row.iter().map(|cell| cell.keys.len()).sum::<usize>() as f32
}

/// A row is its first cell; where that says nothing, or something else, it is all its cells.
fn row_likeness(old: &[Sentence], new: &[Sentence]) -> f32 {
    let keys = |row: &[Sentence]| {
        let mut keys: Vec<u32> = row.iter().flat_map(|cell| cell.keys.iter().copied()).collect();
        keys.sort_unstable();
        keys
    };
    let whole = likeness(&keys(old), &keys(new));
    match (old.first(), new.first()) {
        (Some(one), Some(other)) if one.hash == other.hash && !one.keys.is_empty() => 0.85 + whole * 0.15,
        _ => whole * 0.84,
    }
}
