//! The headings by which a document's sections are known: those of its kind, of the profile,
//! and its own in the front matter.

use crate::document::Document;
use crate::language::swedish::without_number;
use crate::library::Templates;
use crate::library::roll::Roll;
use crate::library::rubriker;
use crate::markdown::Block;

use super::outline::{heading_of, section_end};

/// The headings of the sections that a format treats as what they are.
pub struct Headings {
    decision: Vec<String>,
    summary: Vec<String>,
    attachments: Vec<String>,
}

impl Headings {
    /// Those of a document.
    pub fn of(document: &Document, templates: &Templates) -> Self {
        let kind = templates.kinds().get(&document.front.mall.text);
        let profile = templates.profile(&document.front.sender(templates.kinds()));
        let mut own = document.front.rubriker.clone().unwrap_or_default();
        let mut find = |role: Roll| {
            let mut found = rubriker::known(role, kind.map(AsRef::as_ref), profile);
            found.extend(own.of(role).and_then(|line| line.take()).map(|line| line.text.to_lowercase()));
            found
        };
        let mut decision = find(Roll::Beslut);
        decision.extend(find(Roll::Avslutande));
        Self { decision, summary: find(Roll::Sammanfattning), attachments: find(Roll::Bilagor) }
    }

    /// Whether a block is the heading over what is to be decided, or over the same said again.
    pub fn is_over_decision(&self, block: &Block) -> bool {
        section(block).is_some_and(|text| self.says_decision(&text))
    }

    /// Whether the heading of a section says that what is below it is to be decided.
    pub fn says_decision(&self, heading: &str) -> bool {
        let text = without_number(heading).to_lowercase();
        // Some say who decides: “Förslag till beslut i kommunstyrelsen”.
        self.decision.contains(&text)
            || text.starts_with("förslag till beslut i ")
            || text.ends_with("förslag till beslut")
    }

    /// Whether a block is the heading over what is enclosed.
    pub fn is_over_attachments(&self, block: &Block) -> bool {
        section(block).is_some_and(|text| self.attachments.contains(&text))
    }

    /// Whether a block is the heading over the summary.
    pub fn is_over_summary(&self, block: &Block) -> bool {
        section(block).is_some_and(|text| self.summary.contains(&text))
    }

    /// The blocks of the summary.
    pub fn summary<'d>(&self, document: &'d Document) -> Vec<&'d Block> {
        let blocks = &document.blocks;
        let begins = |at: &usize| self.is_over_summary(&blocks[*at]);
        let Some(heading) = (0..blocks.len()).find(begins) else { return Vec::new() };
        blocks[heading + 1..section_end(blocks, heading)].iter().collect()
    }
}

/// The heading of a section, in small letters.
fn section(block: &Block) -> Option<String> {
    let heading = heading_of(block).filter(|(level, _)| *level == 2);
    heading.map(|(_, text)| without_number(&text).to_lowercase())
}
