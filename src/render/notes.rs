//! Footnotes of several texts in one document: two texts may use the same label.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::{Block, BlockKind, Inline, InlineKind};

/// The labels that earlier texts of the document have taken.
#[derive(Default)]
pub struct Labels {
    taken: BTreeSet<String>,
}

impl Labels {
    /// Gives the notes of one more text labels that no earlier text has. A label that is free
    /// stays as the author wrote it, so that a new note elsewhere changes no line here. Gives the
    /// labels as they are now by what they were.
    pub fn take(&mut self, blocks: &mut [Block]) -> BTreeMap<String, String> {
        let mut renamed = BTreeMap::new();
        rename(blocks, &mut |label: &mut String| {
            let new = renamed.entry(label.clone()).or_insert_with(|| self.free(label));
            label.clone_from(new);
        });
        self.taken.extend(renamed.values().cloned());
        renamed
    }

    fn free(&self, label: &str) -> String {
        let numbered = (2..).map(|number| format!("{label}-{number}"));
        std::iter::once(label.to_owned())
            .chain(numbered)
            .find(|candidate| !self.taken.contains(candidate))
            .unwrap_or_default()
    }
}

/// Changes the label of every note and of every reference to one.
pub fn rename(blocks: &mut [Block], change: &mut dyn FnMut(&mut String)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) => rename_in(inlines, change),
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| rename(item, change)),
            BlockKind::Quote(blocks) | BlockKind::Part { blocks, .. } => rename(blocks, change),
            BlockKind::Table { head, rows, .. } => {
                std::iter::once(head).chain(rows).flatten().for_each(|cell| rename_in(cell, change));
            }
            BlockKind::Footnote { label, blocks } => {
                change(label);
                rename(blocks, change);
            }
            BlockKind::Code(_) | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

fn rename_in(inlines: &mut [Inline], change: &mut dyn FnMut(&mut String)) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Note(label) => change(label),
            InlineKind::Emph(inner) | InlineKind::Strong(inner) | InlineKind::Link { inlines: inner, .. } => {
                rename_in(inner, change);
            }
            _ => {}
        }
    }
}
