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
        section(block).is_some_and(|text| self.says_decision(&text))
    }

    /// Whether the heading of a section says that what is below it is to be decided.
    pub fn says_decision(&self, heading: &str) -> bool {
        matches!(self.0.role(heading), Some(Roll::Beslut | Roll::Avslutande))
    }

    /// Whether a block is the heading over what is enclosed.
    pub fn is_over_attachments(&self, block: &Block) -> bool {
        section(block).is_some_and(|text| self.0.role(&text) == Some(Roll::Bilagor))
    }

    /// Whether a block is the heading over the summary.
    pub fn is_over_summary(&self, block: &Block) -> bool {
        section(block).is_some_and(|text| self.0.role(&text) == Some(Roll::Sammanfattning))
    }

    /// The blocks of the summary.
    pub fn summary<'d>(&self, document: &'d Document) -> Vec<&'d Block> {
        let blocks = &document.blocks;
        let begins = |at: &usize| self.is_over_summary(&blocks[*at]);
        let Some(heading) = (0..blocks.len()).find(begins) else { return Vec::new() };
        blocks[heading + 1..section_end(blocks, heading)].iter().collect()
    }
}

/// The heading of a section.
fn section(block: &Block) -> Option<String> {
    heading_of(block).filter(|(level, _)| *level == 2).map(|(_, text)| text)
}
