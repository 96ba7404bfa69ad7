//! The laws of the way home, over random edits of the worked cases.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use super::Home;
use crate::apply;
use crate::compare::tests::edits::{Edit, Kind, apply as edited};
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

/// What came home of edits of each kind.
#[test]
#[ignore = "tells, and asserts nothing"]
fn statistics() {
    let mut counts: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    let all: Vec<Worked> = (0..WORKED.len()).map(Worked::of).collect();
    let only = std::env::var("KIND").unwrap_or_default();
    for worked in &all {
        let case = worked.project.load(&worked.case).case().cloned().expect("a case");
        let (_, origins) = crate::pipeline::traced(&case, &tools(), false).expect("rendered");
        println!("{} {} texts {} lines", worked.case.display(), origins.texts.len(), origins.lines.len());
    }
    for kind in Kind::ALL {
        if !only.is_empty() && format!("{kind:?}") != only {
            continue;
        }
        for at in 0..std::env::var("MOST").ok().and_then(|it| it.parse().ok()).unwrap_or(21) {
            let worked = &all[at % all.len()];
            let edit = Edit { kind, at: at * 7919 % 997, to: at * 104_729 % 991 };
            let Some(text) = worked.after(std::slice::from_ref(&edit)) else { continue };
            if text == worked.built.source.text {
                continue;
            }
            let count = counts.entry(format!("{kind:?}")).or_default();
            count.0 += 1;
            match worked.home(&text) {
                Some(home) if home.is_complete() => {
                    count.1 += 1;
                    if !home.findings.is_empty() {
                        continue;
                    }
                    assert_eq!(worked.rebuilt(&home), text);
                }
                Some(home) => {
                    count.2 += 1;
                    let known = ["hämtas ur", "till formen", "högre nivå", "skriver mallen"];
                    let tells = home
                        .findings
                        .iter()
                        .filter(|it| it.is_error())
                        .any(|finding| !known.iter().any(|it| finding.message.contains(it)));
                    if tells {
                        println!("---- {} {edit:?}", worked.case.display());
                        for f in &home.findings {
                            println!(
                                "{}: {} {:?}",
                                f.code,
                                f.message,
                                f.place.as_ref().map(|p| &p.source.text[p.range.clone()])
                            );
                        }
                        let diff =
                            similar::TextDiff::from_lines(worked.built.source.text.as_str(), text.as_str());
                        println!("{}", diff.unified_diff().context_radius(1));
                        let diff =
                            similar::TextDiff::from_lines(home.before.text.as_str(), home.after.as_str());
                        println!("{}", diff.unified_diff().context_radius(1));
                    }
                }
                None => println!("none {edit:?}"),
            }
        }
    }
    for (kind, (all, home, not)) in counts {
        println!("{kind:14} {all:3} {home:3} {not:3}");
    }
}
