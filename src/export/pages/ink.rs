//! Words that a browser prints itself, from the font that they were set in: the same outlines at the same places, at
//! a fraction of what a picture of them takes to send, to read and to paint.

use ttf_parser::GlyphId;
use typst::layout::Em;
use typst::text::{FontInstance, TextItem};
use typst::visualize::Paint;

use super::outlines::is_outlined;

/// What a browser prints words with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ink {
    /// The name of their font among those of the [`Pages`](super::Pages).
    pub font: String,
    /// Their colour, as CSS writes it.
    pub colour: String,
}

/// How much of a font's size a character may stand beside where the font itself puts it.
const CLOSE: f64 = 1e-4;

/// What a browser prints a text with, whose font is kept; none where it would print it otherwise than Typst.
pub fn of(text: &TextItem, fonts: &mut Vec<(String, FontInstance)>) -> Option<Ink> {
    let Paint::Solid(colour) = &text.fill else { return None };
    if !is_plain(text) {
        return None;
    }
    let known = fonts.iter().find(|(_, font)| font.font() == text.font.font()).map(|(name, _)| name.clone());
    let font = known.unwrap_or_else(|| {
        let name = format!("{:032x}", typst::utils::hash128(text.font.font()));
        fonts.push((name.clone(), text.font.clone()));
        name
    });
    Some(Ink { font, colour: colour.to_hex().to_string() })
}

/// Whether nothing but a font's own glyphs stand beside one another as the font itself says, one for each character.
pub fn is_plain(text: &TextItem) -> bool {
    let font = &text.font;
    let is_own_file = font.font().index() == 0 && !font.font().data().starts_with(b"ttcf");
    let is_one_each = text.glyphs.len() == text.text.chars().count();
    if !is_own_file || !is_one_each || font.ttf().is_variable() || !is_outlined(text) {
        return false;
    }
    let mut end = Em::zero();
    text.text.char_indices().zip(&text.glyphs).all(|((at, sign), glyph)| {
        let is_there = usize::from(glyph.range.start) == at
            && font.ttf().glyph_index(sign) == Some(GlyphId(glyph.id))
            && [glyph.x_offset, glyph.y_offset, glyph.y_advance, end]
                .iter()
                .all(|beside| beside.get().abs() < CLOSE);
        // White space at a line's end has no width, and nothing stands behind it.
        end = glyph.x_advance - font.x_advance(glyph.id).unwrap_or_default();
        is_there
    })
}
