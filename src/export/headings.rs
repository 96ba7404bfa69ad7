//! The sections of a document that formats treat as what they are.

use crate::document::{self, Document};
use crate::library::Templates;
use crate::library::roll::Roll;
use crate::markdown::Block;

use super::outline::{heading_of, section_end};

/// The headings of those sections.
pub struct Headings(document::headings::Headings);

impl Headings {
    /// Those of a document.
    pub fn of(document: &Document, templates: &Templates) -> Self {
        Self(document::headings::Headings::of(document, templates))
    }

    /// Whether a block is the heading over what is to be decided, or over the same said again.
    pub fn is_over_decision(&self, block: &Block) -> bool {
        matches!(self.role(block), Some(Roll::Beslut | Roll::Avslutande))
    }

    /// Whether a block is the heading over what is enclosed.
    pub fn is_over_attachments(&self, block: &Block) -> bool {
        self.role(block) == Some(Roll::Bilagor)
    }

    /// The blocks of the summary.
    pub fn summary<'d>(&self, document: &'d Document) -> Vec<&'d Block> {
        let blocks = &document.blocks;
        let begins = |at: &usize| self.role(&blocks[*at]) == Some(Roll::Sammanfattning);
        let Some(heading) = (0..blocks.len()).find(begins) else { return Vec::new() };
        blocks[heading + 1..section_end(blocks, heading)].iter().collect()
    }

    /// What a block says that the section below it is for.
    fn role(&self, block: &Block) -> Option<Roll> {
        let (_, text) = heading_of(block).filter(|(level, _)| *level == 2)?;
        self.0.role(&text)
    }
}
