//! Nothing that is put into a whole case vanishes in silence, and it takes nothing with it: wherever a word comes
//! to stand, and whatever signs come along, the document holds it and all else, or the review says something.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;

use super::expect::root;
use super::hostile::WORKSHOP;
use tjut::diagnostic::{Diagnostic, Severity};
use tjut::project::disk::{self, Exclusions};
use tjut::project::{Disk, Project};

/// The word, which no case has; its letters stand for it in what is built.
const WORD: &str = "Kvarnhjul";

/// Signs that a word can bring along, `W` standing for it, and no letters.
const FORMS: &[&str] = &[
    "W",
    " W ",
    "*W",
    "W*",
    "**W** ",
    "`W",
    "W|",
    "|W|",
    "| W |",
    "# W",
    "\n  # W\n",
    " # W",
    "- W",
    "-W",
    "\n  - W\n  ",
    "1. W",
    "• W",
    "\tW",
    "[W]: 1",
    "[W]",
    "[W](1)",
    "<W>",
    "W\\",
    "\\W",
    "[^W]",
    "^[W]",
    "{{ W }}",
    "{% W %}",
    "«W»",
    "<!-- W -->",
    "~~W~~",
    "&W;",
    "W: ",
    "\n  W\n",
    "\n\n  W\n\n",
    "\n    W\n",
    "\n      W\n",
    "\n  W\n  ---\n",
    "\n  > W\n",
    "\n  ```\n  W\n",
    "'W",
    "\"W",
    "”W”",
    "$W$",
    "W\u{a0}",
    "\u{2028}W",
    "W\n",
    "\n---\nW: 1\n",
    "\n  | W |\n",
    "\n  [^1]: W\n",
];

/// The letters of a text, sorted: what wrapping, numbering, marks and the order of parts leave alone.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> =
        text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    letters.sort_unstable();
    letters
}

struct Worked {
    path: PathBuf,
    text: String,
    /// The letters of its document.
    letters: Vec<char>,
}

thread_local! {
    static CASES: Vec<Worked> = cases();
    static PROJECT: RefCell<HashMap<PathBuf, Arc<Project>>> = RefCell::default();
}

fn cases() -> Vec<Worked> {
    let paths = disk::below(&root().join("cases"), &[".yaml"], &Exclusions::none()).expect("readable");
    let worked = paths.into_iter().map(|path| {
        let text = fs::read_to_string(&path).expect("UTF-8");
        let document = project(&path).document(&path).expect("worked cases build");
        Worked { letters: letters(&document.source.text), path, text }
    });
    worked.collect()
}

/// The project of a case, with what it refers to read once.
fn project(path: &Path) -> Arc<Project> {
    PROJECT.with_borrow_mut(|all| {
        let new = || Arc::new(Project::new(Disk, WORKSHOP.with(Clone::clone)));
        all.entry(path.to_path_buf()).or_insert_with(new).clone()
    })
}

/// Whether two cases say the same to YAML: what one has more is a comment.
fn is_comment(one: &str, other: &str) -> bool {
    let value = |text| serde_saphyr::from_str::<serde_json::Value>(text).ok();
    value(one) == value(other)
}

/// Puts a text into a case; `Err` says what was lost without a word.
fn conserved(case: &Worked, at: usize, form: &str) -> Result<(), String> {
    let mut at = at % case.text.len();
    while !case.text.is_char_boundary(at) {
        at -= 1;
    }
    let text = format!("{}{}{}", &case.text[..at], form.replace('W', WORD), &case.text[at..]);
    if text.contains("  # Kvarnhjul") {
        return Ok(()); // What stands so far apart is meant as a comment.
    }
    let project = project(&case.path);
    project.open(&case.path, text.clone());
    let is_said = |findings: &[Diagnostic]| findings.iter().any(|found| found.severity >= Severity::Warning);
    let findings = &project.review(&case.path).findings;
    let lost = match project.document(&case.path) {
        Err(refused) => (!is_said(&refused)).then(|| "it is refused without a word".to_owned()),
        Ok(document) => {
            let now =
                document.source.text.to_lowercase().replace(&WORD.to_lowercase(), "").replace("&nbsp;", " ");
            let is_whole = now.len() < document.source.text.len() && letters(&now) == case.letters;
            (!is_whole && !is_said(findings) && !is_comment(&case.text, &text))
                .then(|| document.source.text.to_string())
        }
    };
    project.close(&case.path);
    match lost {
        None => Ok(()),
        Some(built) => {
            let from = case.text[..at].len().saturating_sub(60);
            let from = (from..=at).find(|from| case.text.is_char_boundary(*from)).unwrap_or(at);
            Err(format!("{}: {form:?} after {:?}\n{built}", case.path.display(), &case.text[from..at]))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_words_put_into_cases(which in any::<usize>(), at in any::<usize>(), form in select(FORMS)) {
        CASES.with(|cases| conserved(&cases[which % cases.len()], at, form)).map_err(TestCaseError::fail)?;
    }
}
