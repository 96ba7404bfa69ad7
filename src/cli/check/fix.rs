//! `tjut check --fix`: applies the safe mends, round by round until none is left.

use std::sync::Arc;

use tjut::check::mend;
use tjut::diagnostic::{Diagnostic, Source};
use tjut::templates::Templates;
use tjut::{files, pipeline};

use super::review::each;
use crate::cli::Failure;
use crate::cli::inputs::Input;
use crate::cli::report::count;

/// The most rounds that one file gets: a mend can uncover another, but not for ever.
const ROUNDS: usize = 20;

/// Mends the files, and says how much was mended.
pub fn fix(inputs: &[Input], templates: &Templates, draft: bool) -> anyhow::Result<String> {
    let mut places = 0;
    let mut mended = 0;
    each(
        inputs,
        |input| {
            // What cannot be read is reported by the review.
            let source = files::text(&input.path).ok()?;
            let (text, number) = mend(&source, templates, draft);
            (number > 0).then_some((source, text, number))
        },
        |input, result| {
            if let Some((source, text, number)) = result.ok().flatten() {
                files::write_mended(&input.path, &source, &text.text).map_err(Failure::from)?;
                places += number;
                mended += 1;
            }
            Ok(())
        },
    )?;
    Ok(match places {
        0 => "Inget kunde rättas av sig självt.".into(),
        _ => format!("Rättade {} i {}.", count(places, "ställe", "ställen"), count(mended, "fil", "filer")),
    })
}

/// The text when all safe mends are made, and how many they were.
fn mend(source: &Arc<Source>, templates: &Templates, draft: bool) -> (Arc<Source>, usize) {
    let mut mended = source.clone();
    let mut number = 0;
    let mut findings = pipeline::check(&mended, templates, draft).1;
    for _ in 0..ROUNDS {
        let edits = mend::safe_edits(&findings, &mended);
        let next = Source::new(source.path.as_str(), mend::apply(&mended.text, &edits));
        let after = pipeline::check(&next, templates, draft).1;
        // A mend that breaks what it stands in, such as a quotation of YAML's, is none.
        if edits.is_empty() || errors(&after) > errors(&findings) {
            break;
        }
        number += edits.len();
        mended = next;
        findings = after;
    }
    (mended, number)
}

fn errors(findings: &[Diagnostic]) -> usize {
    findings.iter().filter(|finding| finding.is_error()).count()
}
