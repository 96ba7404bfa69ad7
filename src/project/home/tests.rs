//! The laws of the way home, over random edits of the worked cases.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::Home;
use crate::apply;
use crate::compare::tests::edits::{Edit, EditKind, apply as edited, edits};
use crate::diagnostic::Source;
use crate::document::{self, Document};
use crate::library::Templates;
use crate::markdown;
use crate::project::{Disk, Project};
use crate::workshop::Workshop;

const WORKED: [&str; 7] = [
    "kulturnamnden/biblioteksplan",
    "socialnamnden/nattvandring",
    "kommunstyrelsen/utlatande-lasframjande",
    "miljonamnden/luftkvalitet",
    "aldrenamnden/anhorigstod",
    "utbildningsnamnden/skolmaltider",
    "farstanamnden/remissvar-lasframjande",
];

fn tools() -> Arc<Workshop> {
    static TOOLS: LazyLock<Arc<Workshop>> = LazyLock::new(|| {
        Arc::new(Workshop::new(Templates::new(Default::default()).expect("the built-in templates are right")))
    });
    TOOLS.clone()
}

/// A worked case, with the Markdown that it gives.
struct Worked {
    project: Project,
    case: PathBuf,
    markdown: PathBuf,
    built: Arc<Document>,
}

impl Worked {
    fn of(which: usize) -> Self {
        let project = Project::new(Disk, tools());
        let case = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("cases/{}.yaml", WORKED[which % WORKED.len()]));
        let built = project.document(&case).expect("a document");
        Self { project, markdown: case.with_extension("md"), case, built }
    }

    /// The Markdown after edits of its body; none where nobody could print it.
    fn after(&self, edits: &[Edit]) -> Option<String> {
        let blocks = edited(&self.built.blocks, edits);
        let head = &self.built.source.text[..self.built.body_start];
        let text = format!("{head}\n{}", markdown::write(&blocks, tools().abbreviations()));
        let document = document::parse(&Source::new("x.md", text), tools().kinds()).ok()?;
        Some(apply::written(&document, tools().abbreviations()))
    }

    fn home(&self, text: &str) -> Option<Home> {
        self.project.open(&self.markdown, text.to_owned());
        self.project.home(&self.markdown, &self.case, None).ok()
    }

    /// What the case gives as it is to be.
    fn rebuilt(&self, home: &Home) -> String {
        self.project.open(&self.case, home.after.clone());
        let text = self.project.document(&self.case).expect("a document").source.text.clone();
        self.project.close(&self.case);
        text
    }
}

/// Whatever comes home gives that very Markdown; what does not is said.
fn holds(worked: &Worked, edits: &[Edit]) -> Option<bool> {
    let text = worked.after(edits).filter(|text| *text != worked.built.source.text)?;
    let home = worked.home(&text)?;
    let messages: Vec<&String> = home.findings.iter().map(|finding| &finding.message).collect();
    let told = format!("{edits:?}\n{messages:#?}");
    assert!(home.is_whole || !home.is_complete(), "{told}");
    if home.is_complete() {
        assert_eq!(worked.rebuilt(&home) == text, home.findings.is_empty(), "{told}");
    }
    Some(home.is_complete())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_edited_comes_home_or_is_said(which in 0..WORKED.len(), edits in edits(3)) {
        holds(&Worked::of(which), &edits);
    }

    /// An edit within a paragraph changes no line of the file but those of that paragraph.
    #[test]
    fn no_other_line_is_touched(which in 0..WORKED.len(), kind in 0..5_usize, at in 0..9999_usize, to in 0..9999_usize) {
        let worked = Worked::of(which);
        let kind = [EditKind::Word, EditKind::Amount, EditKind::Sentence, EditKind::NewSentence, EditKind::Cell][kind];
        let text = worked.after(&[Edit { kind, at, to }]).filter(|text| is_within_a_paragraph(&worked, text));
        let home = text.and_then(|text| worked.home(&text)).filter(Home::is_complete);
        let Some(home) = home else { return Ok(()) };
        let (before, after) = (&home.before.text, &home.after);
        let changed = differing(before, after);
        prop_assert!(changed.iter().all(|line| !line.trim().is_empty()), "{changed:#?}");
    }
}

/// Whether two texts differ in lines that stand together.
fn is_within_a_paragraph(worked: &Worked, text: &str) -> bool {
    differing(&worked.built.source.text, text).iter().all(|line| !line.trim().is_empty())
}

/// The lines from the first to the last that are not in the other text.
fn differing<'t>(before: &'t str, after: &str) -> Vec<&'t str> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let is_same = |(one, other): &(&&str, &&str)| one == other;
    let head = before.iter().zip(&after).take_while(is_same).count();
    let tail = before[head..].iter().rev().zip(after[head..].iter().rev()).take_while(is_same).count();
    before[head..before.len() - tail].to_vec()
}

/// The law would hold of a way on which nothing ever comes home.
#[test]
fn most_edits_of_what_the_case_says_come_home() {
    let (mut all, mut home) = (0, 0);
    for which in [0, 1, 3, 4, 5] {
        let worked = Worked::of(which);
        for kind in [
            EditKind::Word,
            EditKind::NewSentence,
            EditKind::Split,
            EditKind::Insert,
            EditKind::NewItem,
            EditKind::Row,
        ] {
            for at in 0..4 {
                let edit = Edit { kind, at: at * 7919 % 997 + which, to: at * 104_729 % 991 };
                if let Some(came) = holds(&worked, &[edit]) {
                    all += 1;
                    home += usize::from(came);
                }
            }
        }
    }
    assert!(all > 80 && home * 2 > all, "{home} of {all}");
}
