//! The marks that git leaves where two people changed the same lines.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Source, codes};

/// How many signs a mark has.
const WIDTH: usize = 7;

/// The places where a file was not put together; whatever else is wrong with it follows from that.
pub fn conflicts(source: &Arc<Source>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut start: Option<Range<usize>> = None;
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let begins = at + line.len() - line.trim_start().len();
        at += line.len();
        let here = begins..begins + line.trim().len();
        match mark(line) {
            Some('<') => {
                // One that never ended.
                found.extend(start.replace(here).map(|open| conflict(source, open)));
            }
            Some('>') => {
                let begins = start.take().map_or(here.start, |open| open.start);
                found.push(conflict(source, begins..here.end));
            }
            // Only where the start was taken away: ”=======” below words is a heading's line.
            Some('|') if start.is_none() => found.push(conflict(source, here)),
            _ => {}
        }
    }
    found.extend(start.map(|open| conflict(source, open)));
    found
}

/// The sign of a line that is a mark.
fn mark(line: &str) -> Option<char> {
    let line = line.trim_start();
    let sign = line.chars().next().filter(|sign| "<|>".contains(*sign))?;
    let rest = line.trim_start_matches(sign);
    (line.len() - rest.len() == WIDTH && (rest.trim().is_empty() || rest.starts_with(' '))).then_some(sign)
}

fn conflict(source: &Arc<Source>, range: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        codes::GIT_KONFLIKT,
        "två versioner av texten är inte sammanfogade: konfliktmärkena från git står kvar",
    )
    .at(Place { source: source.clone(), range })
    .hint(
        "Välj den ena versionen, eller skriv ihop dem, och ta bort raderna med <<<<<<<, ======= och >>>>>>>.",
    )
}
