//! The marks that git leaves where two people changed the same lines.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Source, codes};

/// How many signs a mark has.
const WIDTH: usize = 7;

/// The places where a file was not put together; whatever else is wrong with it follows from that.
pub fn conflicts(source: &Arc<Source>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let begins = at + line.len() - line.trim_start().len();
        at += line.len();
        let is_mark = |sign: char| {
            let rest = line.trim_start().trim_start_matches(sign);
            line.trim_start().len() - rest.len() == WIDTH * sign.len_utf8()
                && (rest.trim().is_empty() || rest.starts_with(' '))
        };
        if is_mark('<') {
            start = Some(begins);
        } else if is_mark('>')
            && let Some(start) = start.take()
        {
            let range = start..begins + line.trim().len();
            found.push(
                Diagnostic::new(codes::GIT_KONFLIKT, "två versioner av texten är inte sammanfogade: konfliktmärkena från git står kvar")
                    .at(Place { source: source.clone(), range })
                    .hint("Välj den ena versionen, eller skriv ihop dem, och ta bort raderna med <<<<<<<, ======= och >>>>>>>."),
            );
        }
    }
    found
}
