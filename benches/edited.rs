//! How long a document takes after one word of its case was changed, in the same process.
//!
//! `cargo run --release --example edited [CASE…]`; an example rather than a bench target, so that it
//! shares the program's build. A build is the whole of `tjut build` but for the files: reading,
//! review, Markdown, PDF, the review beside the typesetting. Between two builds one word of the
//! running text becomes another, each time another word, and changes add up.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use tjut::batch;
use tjut::diagnostic::Diagnostic;
use tjut::export::pdf;
use tjut::library::Templates;
use tjut::project::{Disk, Project};
use tjut::workshop::Workshop;

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many changes are made to a case.
const CHANGES: usize = 60;
/// The stack of a worker of a batch.
const STACK: usize = 64 << 20;

fn main() {
    let named: Vec<String> = std::env::args().skip(1).collect();
    let cases = if named.is_empty() { vec!["cases/socialnamnden/nattvandring.yaml".into()] } else { named };
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || measure(&cases));
    worker.expect("a thread starts").join().expect("the cases can be built");
}

fn measure(cases: &[String]) {
    let templates = Templates::new(Default::default()).expect("the built-in templates are right");
    let project = Project::new(Disk, Arc::new(Workshop::new(templates)));
    let (mut first, mut same, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for case in cases {
        let case = Path::new(case);
        let mut text = project.load(case).source.as_ref().expect("the case can be read").text.clone();
        first.push(timed(case, &text, &project));
        for change in 0..CHANGES {
            same.push(timed(case, &text, &project));
            text = with_another_word(&text, change);
            changed.push(timed(case, &text, &project));
        }
    }
    report("first in the process", &mut first);
    report("one word changed", &mut changed);
    report("nothing changed", &mut same);
}

/// How many milliseconds a build takes when an editor hands over this text.
fn timed(case: &Path, text: &str, project: &Project) -> f64 {
    let begun = Instant::now();
    project.open(case, text.into());
    black_box(build(case, project));
    begun.elapsed().as_secs_f64() * 1000.0
}

fn build(case: &Path, project: &Project) -> (Vec<u8>, Vec<Diagnostic>) {
    let loaded = project.load(case);
    assert!(!loaded.has_errors(), "{:#?}", loaded.findings);
    let typeset = || {
        let document = project.document(case).expect("the case can be rendered");
        let (tools, press) = (project.tools(), project.tools().press());
        pdf::pdf(&document, tools, press, &loaded.images).expect("the document can be typeset")
    };
    let (reviewed, pdf) = batch::both(|| project.review(case).settled(), typeset);
    (pdf.bytes, reviewed)
}

/// The text with one word of its paragraphs replaced by a word of another length.
fn with_another_word(text: &str, change: usize) -> String {
    const OTHERS: [&str; 4] = ["verksamheten", "frågan", "uppföljningen", "arbetet"];
    let mut at = 0;
    let mut words = Vec::new();
    for line in text.split_inclusive('\n') {
        // Paragraphs are the long lines; the lines of the head are not changed.
        if line.starts_with("  ") && line.len() > 100 {
            let found = line.match_indices(' ').filter_map(|(space, _)| {
                let word: &str = line[space + 1..].split(' ').next()?;
                let plain = word.len() > 3 && word.chars().all(char::is_lowercase);
                plain.then_some(at + space + 1..at + space + 1 + word.len())
            });
            words.extend(found);
        }
        at += line.len();
    }
    // A step that visits all parts of the document before it comes near the same place again.
    let range = words[change * 89 % words.len()].clone();
    let other = OTHERS.iter().cycle().skip(change).find(|other| **other != &text[range.clone()]);
    let mut text = text.to_owned();
    text.replace_range(range, other.expect("there is more than one"));
    text
}

fn report(what: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let (least, most) = (times[0], times[times.len() - 1]);
    println!("{what:22} {:7.2} ms  ({least:.2}–{most:.2}, {} builds)", times[times.len() / 2], times.len());
}
