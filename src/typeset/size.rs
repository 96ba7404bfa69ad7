//! How much one document may hold. Layout takes more memory for each page than for the one before,
//! so a document without end would take all there is; this much stays below a gigabyte.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::markdown::{BlockKind, Node, walk};

/// The most, in bytes of text: some two hundred pages.
const MOST: usize = 700_000;
/// What a block or a cell weighs beside its text.
const BLOCK: usize = 50;
/// What a heading weighs more, with its entry in the outline.
const HEADING: usize = 100;

/// Says that a document is too large, at the block where it is.
pub fn too_large(document: &Document) -> Option<Diagnostic> {
    let mut weight = 0;
    let mut place = None;
    walk(&document.blocks, &mut |node| {
        let Node::Block(block) = node else { return };
        weight += match &block.kind {
            BlockKind::Paragraph(_) | BlockKind::Code(_) => BLOCK + block.at.0.len(),
            BlockKind::Heading { .. } => HEADING + BLOCK + block.at.0.len(),
            BlockKind::Table { head, rows, .. } => {
                (rows.len() + 1) * head.len().max(1) * BLOCK + block.at.0.len()
            }
            _ => BLOCK,
        };
        if weight > MOST && place.is_none() {
            place = Some(document.place(block.at.0.clone()));
        }
    });
    place.map(|place| {
        Diagnostic::error("för-stort", "dokumentet är för stort för en PDF: det blir över tvåhundra sidor")
            .at(place)
            .hint("Dela upp det, och lägg långa tabeller och listor som bilagor.")
    })
}
