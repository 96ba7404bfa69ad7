//! How much work a comparison is, counted: no clock, which other programs slow down.

use super::edits::{Edit, Kind, apply};
use super::{WORKED, compared, parse, templates, with_body};
use crate::compare::counted;
use crate::compare::list::changes;
use crate::document::Document;
use crate::markdown::Block;

/// A document of about so many pages: the sections of a worked case again and again, each with words of its own.
fn long(pages: usize) -> Document {
    let short = parse(WORKED[0]);
    let mut blocks: Vec<Block> = short.blocks.clone();
    let per_page = 8;
    let mut at = 0;
    while blocks.len() < pages * per_page {
        let one = short.blocks[1 + at % (short.blocks.len() - 1)].clone();
        // The same sections over and over would be found by their words alone.
        blocks.extend(apply(&[short.blocks[0].clone(), one], &words(at, 6)).into_iter().skip(1));
        at += 1;
    }
    with_body(&short, &blocks).expect("a document")
}

fn words(seed: usize, count: usize) -> Vec<Edit> {
    (0..count)
        .map(|at| Edit { kind: Kind::Word, at: seed * 31 + at * 7919, to: seed * 17 + at * 104_729 })
        .collect()
}

/// The work of a comparison after twenty edits of every kind.
fn work(pages: usize) -> usize {
    let old = long(pages);
    let kinds = [Kind::Word, Kind::Sentence, Kind::Split, Kind::Delete, Kind::Insert, Kind::Move, Kind::Swap];
    let edits: Vec<Edit> = (0..20)
        .map(|at| Edit { kind: kinds[at % kinds.len()], at: at * 7919 % 9973, to: at * 104_729 % 9967 })
        .collect();
    let new = with_body(&old, &apply(&old.blocks, &edits)).expect("a document");
    counted::start();
    let comparison = compared(&old, &new);
    changes(&comparison, &old, &new, templates());
    counted::stop()
}

#[test]
fn work_grows_with_the_document_and_no_faster() {
    let (short, long) = (work(22), work(88));
    println!("22 pages: {short}, 88 pages: {long}");
    assert!(short < 400_000, "22 pages are {short} words held against others");
    assert!(long < short * 8, "22 pages are {short}, four times as many {long}");
}

#[test]
fn what_is_the_same_is_hardly_looked_at() {
    let document = long(88);
    counted::start();
    compared(&document, &document);
    let work = counted::stop();
    assert!(work < 5_000, "{work}");
}
