//! The picture of a page: words as the outlines that they print, one path for each line of them, or left out where
//! a browser prints them itself.
//!
//! Typst's own picture of a page refers to each letter's outline from where it stands, and a browser takes four times
//! as long to paint thousands of references than to paint the same outlines written out.

use ttf_parser::{GlyphId, OutlineBuilder};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point};
use typst::syntax::Span;
use typst::text::TextItem;
use typst::text::color::should_outline;
use typst::visualize::{Curve, Geometry, Paint};

use super::ink;

/// The frame with words as outlines, and without what is not to be seen; without words that a browser prints itself,
/// too, if they are `left_out`.
pub fn outlined(frame: &Frame, left_out: bool) -> Frame {
    let mut drawn = Frame::new(frame.size(), frame.kind());
    for (at, item) in frame.items() {
        let item = match item {
            FrameItem::Group(group) => {
                let left_out = left_out && is_open(group);
                FrameItem::Group(GroupItem { frame: outlined(&group.frame, left_out), ..group.clone() })
            }
            FrameItem::Text(text) if left_out && ink::is_plain(text) => continue,
            FrameItem::Text(text) if is_outlined(text) => {
                FrameItem::Shape(Geometry::Curve(outline(text)).filled(text.fill.clone()), Span::detached())
            }
            FrameItem::Link(..) | FrameItem::Tag(_) => continue,
            other => other.clone(),
        };
        drawn.push(*at, item);
    }
    drawn
}

/// Whether what a group holds lies upright on the page, and nothing of it is cut off.
pub fn is_open(group: &GroupItem) -> bool {
    group.transform.is_only_translate() && group.clip.is_none()
}

/// Whether each glyph is an outline in one colour. What else a font may hold is left to Typst.
pub fn is_outlined(text: &TextItem) -> bool {
    matches!(text.fill, Paint::Solid(_))
        && text.stroke.is_none()
        && text.glyphs.iter().all(|glyph| should_outline(&text.font, GlyphId(glyph.id)))
}

fn outline(text: &TextItem) -> Curve {
    let scale = text.size.to_pt() / text.font.units_per_em();
    let mut pen = Pen { curve: Curve::new(), scale, origin: Point::zero(), last: (0.0, 0.0) };
    let mut cursor = Point::zero();
    for glyph in &text.glyphs {
        let offset = Point::new(glyph.x_offset.at(text.size), -glyph.y_offset.at(text.size));
        pen.origin = cursor + offset;
        // A space has none.
        let _bounds = text.font.ttf().outline_glyph(GlyphId(glyph.id), &mut pen);
        cursor += Point::new(glyph.x_advance.at(text.size), -glyph.y_advance.at(text.size));
    }
    pen.curve
}

/// Draws glyphs, whose lengths are a font's and grow upwards, on a page.
struct Pen {
    curve: Curve,
    /// Points in a unit of the font.
    scale: f64,
    origin: Point,
    /// Where the pen is, in units of the font.
    last: (f32, f32),
}

impl Pen {
    /// A point on the page, to a thousandth of a point: finer than can be seen at any zoom.
    fn at(&self, x: f32, y: f32) -> Point {
        let rounded = |length: f64| Abs::pt((length * 1000.0).round() / 1000.0);
        Point::new(
            rounded(self.origin.x.to_pt() + f64::from(x) * self.scale),
            rounded(self.origin.y.to_pt() - f64::from(y) * self.scale),
        )
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.curve.move_(self.at(x, y));
        self.last = (x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.curve.line(self.at(x, y));
        self.last = (x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        // The cubic curve that is the same: its handles are two thirds of the way to the quadratic one's.
        let (x0, y0) = self.last;
        let towards = |from: f32, to: f32| from + (to - from) * 2.0 / 3.0;
        self.curve_to(towards(x0, x1), towards(y0, y1), towards(x, x1), towards(y, y1), x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.curve.cubic(self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.last = (x, y);
    }

    fn close(&mut self) {
        self.curve.close();
    }
}
