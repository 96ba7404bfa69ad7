//! A tree whose parts stand elsewhere: texts that are put together keep their places apart.

use super::tree::{Block, BlockKind, Inline, InlineKind};

/// Lets all that `blocks` hold stand `by` bytes further on.
pub fn shift(blocks: &mut [Block], by: usize) {
    for block in blocks {
        move_range(&mut block.at.0, by);
        match &mut block.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) => shift_inlines(inlines, by),
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| shift(item, by)),
            BlockKind::Quote(inner)
            | BlockKind::Footnote { blocks: inner, .. }
            | BlockKind::Part { blocks: inner, .. } => shift(inner, by),
            BlockKind::Table { head, rows, .. } => {
                std::iter::once(head).chain(rows).flatten().for_each(|cell| shift_inlines(cell, by));
            }
            BlockKind::Code(_) | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

fn shift_inlines(inlines: &mut [Inline], by: usize) {
    for inline in inlines {
        move_range(&mut inline.at.0, by);
        match &mut inline.kind {
            InlineKind::Text(text) => text.shift(by),
            InlineKind::Emph(inner) | InlineKind::Strong(inner) | InlineKind::Link { inlines: inner, .. } => {
                shift_inlines(inner, by);
            }
            _ => {}
        }
    }
}

fn move_range(range: &mut std::ops::Range<usize>, by: usize) {
    *range = range.start + by..range.end + by;
}
