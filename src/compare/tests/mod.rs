//! The laws of the comparison, over random edits of the worked cases.

mod alike;
pub(crate) mod edits;
mod laws;
mod list;
mod once;
mod planted;
mod work;

use std::sync::{Arc, LazyLock};

use proptest::prelude::ProptestConfig;

use super::{Comparison, Version, compare};
use crate::diagnostic::Source;
use crate::document::{self, Document};
use crate::library::Templates;
use crate::markdown::{Abbreviations, Block, write};

fn templates() -> &'static Templates {
    static TEMPLATES: LazyLock<Templates> =
        LazyLock::new(|| Templates::new(Default::default()).expect("the built-in templates are right"));
    &TEMPLATES
}

pub(crate) fn abbreviations() -> &'static Abbreviations {
    templates().abbreviations()
}

/// How often a law is asked: `PROPTEST_CASES` says otherwise, for a night.
fn times(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|number| number.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), failure_persistence: None, ..ProptestConfig::default() }
}

/// The Markdown of the worked cases, as it is committed.
const WORKED: [&str; 11] = [
    include_str!("../../../output/kulturnamnden/biblioteksplan.md"),
    include_str!("../../../output/socialnamnden/nattvandring.md"),
    include_str!("../../../output/kommunstyrelsen/utlatande-lasframjande.md"),
    include_str!("../../../output/miljonamnden/luftkvalitet.md"),
    include_str!("../../../output/aldrenamnden/anhorigstod.md"),
    include_str!("../../../output/farstanamnden/remissvar-lasframjande.md"),
    include_str!("../../../output/kultur-och-fritidsnamnden/meroppna-bibliotek.md"),
    include_str!("../../../output/socialnamnden/remissvar-lasframjande.md"),
    include_str!("../../../output/stadsmiljonamnden/skugga-pa-lekplatser.md"),
    include_str!("../../../output/utbildningsnamnden/remissvar-lasframjande.md"),
    include_str!("../../../output/utbildningsnamnden/skolmaltider.md"),
];

fn worked(at: usize) -> Document {
    parse(WORKED[at % WORKED.len()])
}

fn parse(text: &str) -> Document {
    let source: Arc<Source> = Source::new("x.md", text);
    document::parse(&source, templates().kinds()).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

/// A document with another body; none when nobody could print it.
fn with_body(document: &Document, blocks: &[Block]) -> Option<Document> {
    let head = &document.source.text[..document.body_start];
    document::parse(
        &Source::new("x.md", format!("{head}\n{}", write(blocks, abbreviations()))),
        templates().kinds(),
    )
    .ok()
}

/// A document of these lines, with a front matter.
fn document(body: &str) -> Document {
    let head = &WORKED[1][..WORKED[1].find("\n# ").unwrap_or_default()];
    parse(&format!("{head}\n# Titel\n\n{body}"))
}

fn compared(old: &Document, new: &Document) -> Comparison {
    compare(Version::of(old), Version::of(new), abbreviations())
}
