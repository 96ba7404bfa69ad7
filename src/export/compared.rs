//! Two documents laid over one another as they are exported: with their sub-points, with what leads to bilagor, and
//! with their spaces bound. What shows a change shows it as the document would be, accepted or rejected.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::Images;
use super::prepared::{leads_to_attachment, prepared};
use super::spacing::spaced;
use crate::compare::{Comparison, Version, compare};
use crate::document::Document;
use crate::library::Templates;
use crate::markdown::{Block, BlockKind, Inline, InlineKind};

/// A document with its pictures.
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its pictures: two documents can have different ones of the same name.
    pub images: &'a Images,
}

/// A document as its lines are set.
pub(super) fn set(document: &Document, templates: &Templates) -> Document {
    spaced(&prepared(document, templates))
}

/// Lays two editions over one another as they are.
pub(super) fn laid_over(old: Edition<'_>, new: Edition<'_>, templates: &Templates) -> Comparison {
    let (old_pictures, new_pictures) = (pictures(old.images), pictures(new.images));
    compare(
        Version { document: old.document, pictures: &old_pictures },
        Version { document: new.document, pictures: &new_pictures },
        templates.abbreviations(),
    )
}

/// Two documents as one that can be printed, for [`redline`](crate::compare::redline): what stands in it leads
/// nowhere within it but to bilagor, since headings stand at other places there.
pub fn compared(old: Edition<'_>, new: Edition<'_>, templates: &Templates) -> Comparison {
    let [old_set, new_set] = [old, new].map(|edition| {
        let mut document = set(edition.document, templates);
        unlink_blocks(&mut document.blocks);
        document
    });
    let edition = |document, images| Edition { document, images };
    laid_over(edition(&old_set, old.images), edition(&new_set, new.images), templates)
}

/// What tells a picture from another of the same name.
fn pictures(images: &Images) -> impl Fn(&str) -> Option<u64> {
    |url| {
        let mut hasher = FxHasher::default();
        images.get(url)?.hash(&mut hasher);
        Some(hasher.finish())
    }
}

fn unlink_blocks(blocks: &mut [Block]) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. } => unlink(inlines),
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| unlink_blocks(item)),
            BlockKind::Quote(inner)
            | BlockKind::Part { blocks: inner, .. }
            | BlockKind::Footnote { blocks: inner, .. } => {
                unlink_blocks(inner);
            }
            BlockKind::Table { head, rows, .. } => {
                head.iter_mut().chain(rows.iter_mut().flatten()).for_each(unlink);
            }
            BlockKind::Code(_) | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

fn unlink(inlines: &mut Vec<Inline>) {
    let mut out = Vec::with_capacity(inlines.len());
    for mut inline in std::mem::take(inlines) {
        match &mut inline.kind {
            InlineKind::Link { url, inlines, .. } if url.starts_with('#') && !leads_to_attachment(url) => {
                out.append(inlines);
                continue;
            }
            InlineKind::Emph(inner) | InlineKind::Strong(inner) => unlink(inner),
            _ => {}
        }
        out.push(inline);
    }
    *inlines = out;
}
