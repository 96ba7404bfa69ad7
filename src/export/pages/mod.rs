//! Pages to look at on a screen: those of the [`pdf`](super::pdf), as pictures, and where on them each
//! word of the document stands.
//!
//! A page's words lie beside its picture as [`Run`]s, in the order in which they are read. Most of them a browser
//! can [print itself](Ink), and the picture does not hold them; of others it holds the outlines. Which leaf of the
//! document a run belongs to, the layout was told as data and says with signs that print nothing.

mod ink;
mod outlines;

use std::hash::{DefaultHasher, Hash, Hasher};

use typst::foundations::Value;
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::model::FootnoteEntry;
use typst::pdf::ArtifactElem;
use typst::text::{FontInstance, TextItem};
use typst_layout::PagedDocument;
use typst_svg::SvgOptions;

pub use self::ink::Ink;
use self::outlines::outlined;
use super::Images;
use super::pdf::{self, Press};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::library::Templates;
use crate::markdown::{Leaf, leaves};
use crate::yaml::data::Data;

/// The pages of a document.
pub struct Pages {
    pages: Vec<Page>,
    /// The fonts of what a browser prints itself, by their names.
    fonts: Vec<(String, FontInstance)>,
}

/// A page.
pub struct Page {
    /// What tells its picture from others, the same for the same picture: words that a browser prints itself are
    /// none of it.
    pub digest: String,
    /// Its width in points.
    pub width: f64,
    /// Its height in points.
    pub height: f64,
    /// What is to be read on it.
    pub runs: Vec<Run>,
    laid_out: typst_layout::Page,
}

/// Words of one line in one face, or a picture, which has none. Lengths are in points from the upper
/// left corner of the page.
pub struct Run {
    /// The leaf of the document that they belong to, or, counted after those, the line of its front; none for
    /// what the layout says.
    pub leaf: Option<usize>,
    /// How many [solid](is_solid) characters of the leaf were printed before.
    pub from: usize,
    /// The words.
    pub text: String,
    /// Their left edge.
    pub x: f64,
    /// Their base line.
    pub y: f64,
    /// The upper edge of what they cover.
    pub top: f64,
    /// The height of what they cover.
    pub height: f64,
    /// The size of their face.
    pub size: f64,
    /// How far from the left edge each character begins, and the last one ends.
    pub stops: Vec<f64>,
    /// What they are printed with; none where the picture holds them.
    pub ink: Option<Ink>,
}

impl Run {
    /// How wide it is.
    pub fn width(&self) -> f64 {
        self.stops.last().copied().unwrap_or_default()
    }
}

impl Pages {
    /// Lays a document out.
    ///
    /// # Errors
    /// What Typst refuses, in words for an official.
    pub fn of(
        document: &Document,
        templates: &Templates,
        press: &Press,
        images: &Images,
    ) -> Result<Self, Vec<Diagnostic>> {
        pdf::layout_with_places(document, templates, press, images)
            .map(|laid_out| Self::read(document, &laid_out))
    }

    /// Reads what stands on the pages of a document.
    pub fn read(document: &Document, laid_out: &PagedDocument) -> Self {
        let solid = |words: &str| words.chars().filter(|sign| is_solid(*sign)).count();
        let leaves = words(document).into_iter().map(|words| (solid(words), 0)).collect();
        let mut reader = Reader { leaf: None, left: Vec::new(), leaves, fonts: Vec::new() };
        let pages = laid_out.pages().iter().map(|page| reader.page(page)).collect();
        Self { pages, fonts: reader.fonts }
    }

    /// The pages in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Page> {
        self.pages.iter()
    }

    /// The file of the font that [`Ink`] names so.
    pub fn font(&self, name: &str) -> Option<&[u8]> {
        let (_, font) = self.fonts.iter().find(|(known, _)| known == name)?;
        Some(font.font().data().as_slice())
    }
}

impl Page {
    /// Its picture, as SVG: without the words that a browser prints itself, or with the outlines of them all.
    pub fn picture(&self, with_words: bool) -> String {
        let mut page = self.laid_out.clone();
        page.frame = outlined(&page.frame, !with_words);
        typst_svg::svg(&page, &SvgOptions::default())
    }
}

/// The words of everything that pages are told the number of: the leaves of the body, the lines of the front.
pub fn words(document: &Document) -> Vec<&str> {
    let mut words: Vec<&str> = leaves(&document.blocks).into_iter().map(Leaf::words).collect();
    document.front.lines(&mut |line| words.push(&line.text));
    words
}

/// Whether a character of a text is printed wherever lines break: white space is not always, and a
/// hyphen at a line's end is none of the text's.
pub fn is_solid(sign: char) -> bool {
    !sign.is_whitespace() && !matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Reads what stands on pages, in their order.
struct Reader {
    /// The leaf that is being printed.
    leaf: Option<usize>,
    /// What was being printed where something began that is no part of it, until that ends.
    left: Vec<(Location, Option<usize>)>,
    /// How many solid characters each leaf has, and how many were printed.
    leaves: Vec<(usize, usize)>,
    /// The fonts of what a browser prints itself, by their names.
    fonts: Vec<(String, FontInstance)>,
}

impl Reader {
    fn page(&mut self, page: &typst_layout::Page) -> Page {
        let mut picture = Picture { hasher: DefaultHasher::new(), runs: Vec::new() };
        page.fill.hash(&mut picture.hasher);
        page.frame.size().hash(&mut picture.hasher);
        self.frame(&page.frame, Transform::identity(), true, &mut picture);
        Page {
            digest: format!("{:016x}", picture.hasher.finish()),
            width: page.frame.width().to_pt(),
            height: page.frame.height().to_pt(),
            runs: picture.runs,
            laid_out: page.clone(),
        }
    }

    /// Reads a frame; `is_open` where nothing is cut off or lies askew.
    fn frame(&mut self, frame: &Frame, outer: Transform, is_open: bool, picture: &mut Picture) {
        for (at, item) in frame.items() {
            let here = outer.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    group.clip.hash(&mut picture.hasher);
                    let leaf = self.leaf;
                    // What belongs elsewhere, as a footnote.
                    if group.parent.is_some() {
                        self.leaf = None;
                    }
                    let is_open = is_open && outlines::is_open(group);
                    self.frame(&group.frame, here.pre_concat(group.transform), is_open, picture);
                    if group.parent.is_some() {
                        self.leaf = leaf;
                    }
                }
                FrameItem::Text(text) => {
                    let ink = if is_open { ink::of(text, &mut self.fonts) } else { None };
                    if ink.is_none() {
                        (here, text).hash(&mut picture.hasher);
                    }
                    self.text(text, ink, here, picture);
                }
                FrameItem::Shape(shape, _) => (here, shape).hash(&mut picture.hasher),
                FrameItem::Image(image, size, _) => {
                    (here, image, size).hash(&mut picture.hasher);
                    self.image(*size, here, picture);
                }
                // They are not to be seen.
                FrameItem::Link(..) => {}
                FrameItem::Tag(tag) => self.tag(tag),
            }
        }
    }

    fn tag(&mut self, tag: &Tag) {
        match tag {
            Tag::Start(element, _) => {
                if let Some(sign) = element.to_packed::<MetadataElem>() {
                    if let Some(leaf) = leaf_of(&sign.value) {
                        self.leaf = leaf;
                    }
                } else if element.is::<ArtifactElem>() || element.is::<FootnoteEntry>() {
                    self.left.push((tag.location(), self.leaf.take()));
                }
            }
            Tag::End(location, ..) => {
                if let Some((_, leaf)) = self.left.pop_if(|(begun, _)| begun == location) {
                    self.leaf = leaf;
                }
            }
        }
    }

    fn text(&mut self, text: &TextItem, ink: Option<Ink>, here: Transform, picture: &mut Picture) {
        // What lies askew, as the mark of a draft, is no text to be read.
        if !here.is_only_translate() {
            return;
        }
        let origin = Point::zero().transform(here);
        let mut stops = Vec::with_capacity(text.text.len() + 1);
        let mut edge = Abs::zero();
        let mut glyphs = text.glyphs.iter().peekable();
        for (at, _) in text.text.char_indices() {
            while let Some(glyph) = glyphs.next_if(|glyph| usize::from(glyph.range.end) <= at) {
                edge += glyph.x_advance.at(text.size);
            }
            stops.push(edge.to_pt());
        }
        stops.push(text.width().to_pt());
        let solid = text.text.chars().filter(|sign| is_solid(*sign)).count();
        let from = self.printed(solid);
        let size = text.size.to_pt();
        picture.runs.push(Run {
            leaf: self.leaf,
            from,
            text: text.text.to_string(),
            x: origin.x.to_pt(),
            y: origin.y.to_pt(),
            top: origin.y.to_pt() - 0.8 * size,
            height: 1.05 * size,
            size,
            stops,
            ink,
        });
    }

    fn image(&mut self, size: Size, here: Transform, picture: &mut Picture) {
        if !here.is_only_translate() || self.leaf.is_none() {
            return;
        }
        let corner = Point::zero().transform(here);
        picture.runs.push(Run {
            leaf: self.leaf,
            from: 0,
            text: String::new(),
            x: corner.x.to_pt(),
            y: (corner.y + size.y).to_pt(),
            top: corner.y.to_pt(),
            height: size.y.to_pt(),
            size: size.y.to_pt(),
            stops: vec![0.0, size.x.to_pt()],
            ink: None,
        });
    }

    /// How much of the leaf was printed before so many solid characters more.
    fn printed(&mut self, solid: usize) -> usize {
        let Some((all, printed)) = self.leaf.and_then(|leaf| self.leaves.get_mut(leaf)) else { return 0 };
        let from = *printed;
        // The head of a table over several pages is printed on each of them.
        *printed = if from + solid >= *all { 0 } else { from + solid };
        from
    }
}

/// A page in the making.
struct Picture {
    hasher: DefaultHasher,
    runs: Vec<Run>,
}

/// The leaf that a sign of the layouts' tells of; none when it is no such sign.
fn leaf_of(value: &Value) -> Option<Option<usize>> {
    let Value::Dict(sign) = value else { return None };
    match sign.get("nr").ok()? {
        Value::Int(leaf) => Some(usize::try_from(*leaf).ok()),
        Value::None => Some(None),
        _ => None,
    }
}
