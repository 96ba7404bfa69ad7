//! Fuzzing: cases and Markdown with many small edits, which tjut must refuse in words or build.
//!
//! `cargo test --test fuzz` runs both targets for a moment, on the same inputs every time. To look
//! longer, each time elsewhere: `TJUT_FUZZ_MINUTES=20 cargo test --release --test fuzz NAME`. What
//! is found is made as short as can be, and goes into `tests/fuzz/corpus/`, where it is tried on
//! every run, as it is and edited further.

#![allow(clippy::disallowed_methods, reason = "a test stands outside of the project it looks at")]

use std::fs;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use tjut::batch::{self, Panicked};
use tjut::diagnostic::{Diagnostic, Severity, Source};
use tjut::document;
use tjut::export::{Images, pdf};
use tjut::library::Templates;
use tjut::project::disk::{self, Exclusions};
use tjut::project::{Disk, Project};
use tjut::workshop::Workshop;

/// The variable that says for how long to look.
const MINUTES: &str = "TJUT_FUZZ_MINUTES";
/// How many inputs are tried in one go; a short run is one.
const INPUTS: u32 = 60;

/// An edit of a text. Numbers are taken modulo what there is to choose from.
#[derive(Clone, Debug)]
enum Edit {
    /// Puts a token in.
    Insert { at: u16, token: u8 },
    /// Puts a token in many times.
    Repeat { at: u16, token: u8, times: u8 },
    /// Puts a character in.
    Character { at: u16, character: char },
    /// Takes characters out.
    Remove { at: u16, length: u8 },
    /// Copies lines elsewhere.
    Copy { from: u16, lines: u8, to: u16 },
    /// Takes a line out.
    Drop { line: u16 },
    /// Moves a line in or out.
    Indent { line: u16, by: u8 },
    /// Puts lines of another text in.
    Splice { other: u16, from: u16, lines: u8, to: u16 },
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<u16>(), any::<u8>()).prop_map(|(at, token)| Edit::Insert { at, token }),
        1 => (any::<u16>(), any::<u8>(), any::<u8>())
            .prop_map(|(at, token, times)| Edit::Repeat { at, token, times }),
        1 => (any::<u16>(), any::<char>()).prop_map(|(at, character)| Edit::Character { at, character }),
        2 => (any::<u16>(), any::<u8>()).prop_map(|(at, length)| Edit::Remove { at, length }),
        2 => (any::<u16>(), any::<u8>(), any::<u16>())
            .prop_map(|(from, lines, to)| Edit::Copy { from, lines, to }),
        1 => any::<u16>().prop_map(|line| Edit::Drop { line }),
        2 => (any::<u16>(), any::<u8>()).prop_map(|(line, by)| Edit::Indent { line, by }),
        2 => (any::<u16>(), any::<u16>(), any::<u8>(), any::<u16>())
            .prop_map(|(other, from, lines, to)| Edit::Splice { other, from, lines, to }),
    ]
}

/// What has a meaning in YAML, Markdown, Tera or Typst.
const TOKENS: &[&str] = &[
    ":",
    ": ",
    "- ",
    "* ",
    "1. ",
    "999999999. ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "|",
    "|\n",
    ">",
    "&a ",
    "*a ",
    "<<: *a\n",
    "!!str ",
    "---\n",
    "...\n",
    "\"",
    "'",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "{{ x }}",
    "{% if x %}",
    "#",
    "# ",
    "###### ",
    "`",
    "```\n",
    "**",
    "_",
    "~~",
    "> ",
    "![a](bild.svg)",
    "![](x)",
    "[a](b)",
    "[^1]",
    "[^1]: ",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "<b>",
    "<!-- x -->",
    "<!-- underskrifter -->",
    "<!-- /underskrifter -->",
    "<!-- underrubrik -->",
    "&amp;",
    "&#0;",
    "\u{a0}",
    "\u{feff}",
    "\u{200b}",
    "\u{2028}",
    "\0",
    "\r",
    "\u{301}",
    "ﬁ",
    "❑",
    "中",
    "\u{202e}",
    "𝔸",
    "«Fyll i: x»",
    "mall: utlåtande\n",
    "datum: 2026-02-30\n",
    "svar: ",
    "fil: ../x\n",
    "$x$",
    "#read(\"x\")",
    "@x",
    "//",
    "¶",
    "\u{ad}",
    "https://exempel.se/en/mycket/lång/adress?a=b&c=d",
    "nullnull",
    "~",
    "0x10",
    "1e400",
    "yes",
    "2026-01-01",
    "t.ex. ",
];

fn edited(seeds: &[String], seed: usize, edits: &[Edit]) -> String {
    let mut text = seeds[seed % seeds.len()].clone();
    for edit in edits {
        apply(edit, seeds, &mut text);
        // Size has its own tests.
        if text.len() > 60_000 {
            break;
        }
    }
    text
}

fn apply(edit: &Edit, seeds: &[String], text: &mut String) {
    match edit {
        Edit::Insert { at, token } => text.insert_str(place(text, *at), chosen(TOKENS, *token)),
        Edit::Repeat { at, token, times } => {
            text.insert_str(place(text, *at), &chosen(TOKENS, *token).repeat(usize::from(*times)));
        }
        Edit::Character { at, character } => text.insert(place(text, *at), *character),
        Edit::Remove { at, length } => {
            let start = place(text, *at);
            let end = text.floor_char_boundary(start + usize::from(*length)).max(start);
            text.replace_range(start..end, "");
        }
        Edit::Copy { from, lines, to } => {
            let copied = lines_of(text, *from, *lines);
            text.insert_str(line_start(text, *to), &copied);
        }
        Edit::Drop { line } => {
            let start = line_start(text, *line);
            let end = text[start..].find('\n').map_or(text.len(), |end| start + end + 1);
            text.replace_range(start..end, "");
        }
        Edit::Indent { line, by } => {
            text.insert_str(line_start(text, *line), &" ".repeat(usize::from(*by % 9)));
        }
        Edit::Splice { other, from, lines, to } => {
            let copied = lines_of(&seeds[usize::from(*other) % seeds.len()], *from, *lines);
            text.insert_str(line_start(text, *to), &copied);
        }
    }
}

fn chosen<'a>(from: &[&'a str], which: u8) -> &'a str {
    from[usize::from(which) % from.len()]
}

fn place(text: &str, at: u16) -> usize {
    text.floor_char_boundary(usize::from(at) % (text.len() + 1))
}

fn line_start(text: &str, line: u16) -> usize {
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    starts[usize::from(line) % starts.len()]
}

fn lines_of(text: &str, from: u16, lines: u8) -> String {
    text[line_start(text, from)..].split_inclusive('\n').take(usize::from(lines % 12)).collect()
}

/// Every text below folders of the project whose name ends so.
fn texts(folders: &[&str], ending: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = folders.iter().flat_map(|folder| {
        disk::below(&root.join(folder), &[ending], &Exclusions::none()).expect("the folder is there")
    });
    found.filter_map(|path| fs::read_to_string(path).ok()).collect()
}

/// Runs on a worker of a batch, with its stack; gives the words of a panic.
fn worked(work: impl Fn() + Sync) -> Result<(), String> {
    let mut given = Ok(());
    let work = |(): &()| work();
    let done = |(): &(), result: Result<(), Panicked>| {
        given = result.map_err(|Panicked(words)| words);
        ControlFlow::Continue(())
    };
    batch::ordered(&[()], NonZero::<usize>::MIN, work, done).expect("a thread starts");
    given
}

/// What holds of every finding: a code, a sentence, and a place that can be shown.
fn sound(findings: &[Diagnostic], text: &str) {
    for finding in findings {
        assert!(!finding.code.name.is_empty() && !finding.message.is_empty(), "{finding:#?}\n{text}");
        let places = finding.place.iter().chain(finding.related.iter().map(|(place, _)| place));
        for place in places.chain(finding.edit.iter().map(|edit| &edit.place)) {
            assert!(place.source.text.get(place.range.clone()).is_some(), "{finding:#?}\n{text}");
        }
        // These are faults of tjut's own.
        assert!(
            !["typsättning", "mall-fel", "internt-fel"].contains(&finding.code.name),
            "{finding:#?}\n{text}"
        );
    }
}

fn case(text: &str, workshop: &Arc<Workshop>) {
    let path = Path::new("fuzz.yaml");
    let project = Project::new(Disk, workshop.clone());
    project.open(path, text.into());
    let findings = project.review(path).settled();
    sound(&findings, text);
    let read = project.load(path);
    assert!(read.case().is_some() || read.has_errors(), "{text}");
    if findings.iter().any(Diagnostic::is_error) {
        return;
    }
    match project.document(path) {
        Ok(document) => {
            let again =
                document::parse(&Source::new("fuzz.md", document.source.text.as_str()), workshop.kinds());
            assert!(again.is_ok_and(|again| again.blocks == document.blocks), "{text}");
        }
        Err(findings) => panic!("a case without errors gives no document: {findings:#?}\n{text}"),
    }
}

fn markdown(text: &str, workshop: &Arc<Workshop>) {
    let source: Arc<Source> = Source::new("fuzz.md", text);
    let document = match document::parse(&source, workshop.kinds()) {
        Ok(document) => document,
        Err(findings) => {
            assert!(findings.iter().any(|finding| finding.severity == Severity::Error), "{text}");
            return sound(&findings, text);
        }
    };
    let images: Images =
        document.pictures().into_iter().filter_map(|(url, _)| Some((url.clone(), picture(&url)?))).collect();
    match pdf::pdf(&document, workshop, workshop.press(), &images) {
        Ok(pdf) => assert!(pdf.pages > 0 && pdf.bytes.starts_with(b"%PDF-1.7"), "{text}"),
        Err(findings) => sound(&findings, text),
    }
}

/// A picture of the kind that its name says.
fn picture(url: &str) -> Option<Arc<[u8]>> {
    match url.rsplit('.').next()?.to_lowercase().as_str() {
        "svg" => Some(include_bytes!("golden/texter/bild.svg").as_slice().into()),
        "png" => Some(include_bytes!("../cases/miljonamnden/bilder/kvavedioxid.png").as_slice().into()),
        _ => None,
    }
}

fn workshop() -> Arc<Workshop> {
    let templates = Templates::new(Default::default()).expect("the built-in templates are right");
    Arc::new(Workshop::new(templates))
}

/// Tries the corpus and the project's own texts as they are, then edits of them.
fn fuzz(corpus: Vec<String>, others: Vec<String>, target: impl Fn(&str, &Arc<Workshop>) + Sync) {
    let workshop = workshop();
    let attempt = |text: &str| worked(|| target(text, &workshop));
    let seeds: Vec<String> = corpus.into_iter().chain(others).collect();
    for text in &seeds {
        attempt(text).unwrap_or_else(|words| panic!("{words}"));
    }
    let config = Config { cases: INPUTS, failure_persistence: None, ..Config::default() };
    let minutes = std::env::var(MINUTES).ok().and_then(|minutes| minutes.parse::<u64>().ok());
    let end = Instant::now() + Duration::from_secs(minutes.unwrap_or(0) * 60);
    let mut tried = 0;
    loop {
        // A runner counts what it tried, and has enough after one go.
        let mut runner = match minutes {
            Some(_) => TestRunner::new(config.clone()),
            None => {
                let same = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
                TestRunner::new_with_rng(config.clone(), same)
            }
        };
        let result = runner.run(&(any::<u16>(), vec(edit(), 0..12)), |(seed, edits)| {
            attempt(&edited(&seeds, usize::from(seed), &edits)).map_err(TestCaseError::fail)
        });
        if let Err(TestError::Fail(words, (seed, edits))) = result {
            panic!("after {tried} inputs: {words}\n{}", edited(&seeds, usize::from(seed), &edits));
        }
        tried += INPUTS;
        if Instant::now() >= end {
            break;
        }
    }
    eprintln!("{tried} inputs");
}

#[test]
fn reading_a_case() {
    let own = texts(&["cases", "seeds", "tests/errors", "tests/golden"], ".yaml");
    fuzz(texts(&["tests/fuzz/corpus/case"], ""), own, case);
}

#[test]
fn markdown_to_pdf() {
    let own = texts(&["output", "tests/golden"], ".md");
    fuzz(texts(&["tests/fuzz/corpus/markdown"], ""), own, markdown);
}
