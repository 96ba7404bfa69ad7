//! A soft hyphen at a line's end is one sign: Typst prints a hyphen of its own beside it, which whoever copies the
//! text would get as well.

use typst::layout::{Frame, FrameItem};
use typst::model::Document;
use typst::text::TextItem;
use typst_layout::{Page, PagedDocument};

/// The sign that tells where a word may break.
pub const SOFT: char = '\u{ad}';

/// The document with each soft hyphen once.
pub fn once(laid_out: &PagedDocument) -> PagedDocument {
    let mut pages: Vec<Page> = laid_out.pages().to_vec();
    pages.iter_mut().for_each(|page| within(&mut page.frame));
    PagedDocument::new(pages.into(), laid_out.info().clone())
}

fn within(frame: &mut Frame) {
    let is_hyphen = |item: &FrameItem| matches!(item, FrameItem::Text(item) if item.text.chars().eq([SOFT]));
    let hyphens: Vec<bool> = frame.items().map(|(_, item)| is_hyphen(item)).collect();
    let mut next = 0;
    frame.retain(|item| {
        next += 1;
        match item {
            FrameItem::Group(group) => within(&mut group.frame),
            FrameItem::Text(item) if hyphens.get(next) == Some(&true) => shorten(item),
            _ => {}
        }
        true
    });
}

/// Takes away the sign before the hyphen, which has no width.
fn shorten(item: &mut TextItem) {
    if let Some(rest) = item.text.strip_suffix(SOFT).filter(|rest| !rest.is_empty()) {
        let length = rest.len();
        item.text = rest.into();
        // A glyph can stand for the letter before the sign as well.
        item.glyphs.retain(|glyph| usize::from(glyph.range.start) < length);
        for glyph in &mut item.glyphs {
            glyph.range.end = glyph.range.end.min(u16::try_from(length).unwrap_or(u16::MAX));
        }
    }
}
