//! How much work a comparison is, counted: no clock, which other programs slow down.

use super::edits::{Edit, EditKind, apply};
use super::{compared, document, templates, with_body};
use crate::compare::counted;
use crate::compare::list::changes;
use crate::document::Document;

/// A document of about so many pages, in which no sentence stands twice.
fn long(pages: usize) -> Document {
    const WORDS: [&str; 16] = [
        "cykelställ",
        "skolgård",
        "elever",
        "vinter",
        "belysning",
        "personal",
        "lokaler",
        "underhåll",
        "kostnader",
        "samråd",
        "lekplatser",
        "träd",
        "vägar",
        "idrott",
        "bibliotek",
        "ledare",
    ];
    let mut seed: usize = 1;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut body = String::new();
    for page in 0..pages {
        body.push_str(&format!("## Område {page}\n\n"));
        for paragraph in 0..4 {
            for sentence in 0..7 {
                body.push_str(&format!("Del {page}–{paragraph}–{sentence} gäller"));
                (0..9).for_each(|_| body.push_str(&format!(" {}", WORDS[next(WORDS.len())])));
                body.push_str(". ");
            }
            body.push_str("\n\n");
        }
    }
    document(&body)
}

/// The work of a comparison after twenty edits of every kind.
fn work(pages: usize) -> usize {
    let old = long(pages);
    let kinds = [
        EditKind::Word,
        EditKind::Sentence,
        EditKind::Split,
        EditKind::Delete,
        EditKind::Insert,
        EditKind::Move,
        EditKind::Swap,
    ];
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
