//! How much one document may hold. Layout takes more memory for each page than for the one before,
//! so a document without end would take all there is; this much stays below a gigabyte.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, codes};
use crate::markdown::{Block, BlockKind, Visited, walk};

/// The most, in bytes of text: some two hundred pages.
const MOST: usize = 700_000;
/// What a block or a cell weighs beside its text.
const BLOCK: usize = 50;
/// What a heading weighs more, with its entry in the outline.
const HEADING: usize = 100;

/// How much texts hold together.
#[derive(Default)]
pub struct Size(usize);

impl Size {
    /// Adds a text; gives the block at which it becomes too much, unless it was so before.
    pub fn add(&mut self, blocks: &[Block]) -> Option<Range<usize>> {
        let mut passed = None;
        walk(blocks, &mut |node| {
            let Visited::Block(block) = node else { return };
            let before = self.0;
            self.0 += weight(block);
            if before <= MOST && self.0 > MOST {
                passed = Some(block.at.0.clone());
            }
        });
        passed
    }
}

fn weight(block: &Block) -> usize {
    match &block.kind {
        BlockKind::Paragraph(_) | BlockKind::Code(_) => BLOCK + block.at.0.len(),
        BlockKind::Heading { .. } => HEADING + BLOCK + block.at.0.len(),
        BlockKind::Table { head, rows, .. } => {
            (rows.len() + 1) * head.len().max(1) * BLOCK + block.at.0.len()
        }
        _ => BLOCK,
    }
}

/// Says that a document is too large.
pub fn too_large() -> Diagnostic {
    Diagnostic::new(codes::FOR_STORT, "dokumentet är för stort för en PDF: det blir över tvåhundra sidor")
        .hint("Dela upp det, och lägg långa tabeller och listor som bilagor.")
}
