//! Characters that no font has: PDF/A and PDF/UA forbid them, and Typst could not say where they
//! stand. In a case they were found already; here they are in Markdown that was edited by hand,
//! or were named by number (`&#x2610;`).

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::library::Templates;
use crate::markdown::{BlockKind, InlineKind, Visited, walk};
use crate::printable::characters;
use crate::yaml::data::Data;

/// Everything in a document that cannot be printed.
pub fn lacking(document: &Document, templates: &Templates) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut scan = |text: &str, at: Range<usize>| {
        let lacking = characters::lacking(text, templates, |_| false);
        found.extend(lacking.into_iter().map(|(_, finding, _)| finding.at(document.place(at.clone()))));
    };
    walk(&document.blocks, &mut |node| match node {
        Visited::Block(block) => {
            if let BlockKind::Code(text) = &block.kind {
                scan(text, block.at.0.clone());
            }
        }
        Visited::Inline(inline) => match &inline.kind {
            InlineKind::Text(text) => scan(text, inline.at.0.clone()),
            InlineKind::Code(text) | InlineKind::Image { title: text, .. } => {
                scan(text, inline.at.0.clone());
            }
            _ => {}
        },
    });
    document.front.lines(&mut |line| {
        let lacking = characters::lacking(&line.text, templates, |_| false);
        found.extend(lacking.into_iter().map(|(range, finding, _)| finding.at(line.place_in(range))));
    });
    found
}
