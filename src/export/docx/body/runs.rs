//! Runs: text and how it looks, links, pictures.

use super::{Body, Part, Relation, TALLEST, bookmark_of};
use crate::export::docx::picture::{self, Picture};
use crate::export::docx::tracked::Mark;
use crate::export::docx::xml::Xml;
use crate::export::{Images, Outside};
use crate::markdown::{self, Inline, InlineKind};

/// How a run looks.
#[derive(Clone, Copy, Default)]
pub struct Look {
    pub strong: bool,
    pub emphasis: bool,
    pub code: bool,
    pub link: bool,
}

impl Body<'_> {
    /// A run of plain text.
    pub fn run(&mut self, text: &str, strong: bool, out: &mut Xml) {
        self.text(text, Look { strong, ..Look::default() }, out);
    }

    /// A text that leads somewhere outside the document.
    pub fn link(&mut self, target: String, text: &str, out: &mut Xml) {
        let id = self.relation("hyperlink", target, true);
        out.open("w:hyperlink", &[("r:id", &id), ("w:history", "1")]);
        self.text(text, Look { link: true, ..Look::default() }, out);
        out.close("w:hyperlink");
    }

    /// Inlines without pictures and notes, all of them strong or as they are.
    pub fn plain_inlines(&mut self, inlines: &[Inline], strong: bool, out: &mut Xml) {
        self.inlines(inlines, Look { strong, ..Look::default() }, out);
    }

    pub(super) fn inlines(&mut self, inlines: &[Inline], look: Look, out: &mut Xml) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => self.text(text, look, out),
                InlineKind::Emph(inner) => self.inlines(inner, Look { emphasis: true, ..look }, out),
                InlineKind::Strong(inner) => self.inlines(inner, Look { strong: true, ..look }, out),
                InlineKind::Code(text) => self.text(text, Look { code: true, ..look }, out),
                InlineKind::Link { url, inlines, .. } => {
                    self.leading(url, look, out, |body, look, out| body.inlines(inlines, look, out));
                }
                InlineKind::Break => self.line_break(out),
                InlineKind::Note(label) => self.reference(label, out),
                // A picture within a text, and HTML, were refused when the document was parsed.
                InlineKind::Image { .. } | InlineKind::Html(_) => {}
            }
        }
    }

    /// What leads to an address or to a place in the document, and looks like it.
    fn leading(
        &mut self,
        url: &str,
        look: Look,
        out: &mut Xml,
        content: impl FnOnce(&mut Self, Look, &mut Xml),
    ) {
        let place = url.strip_prefix('#').map(bookmark_of);
        let outside = Outside::of(url).filter(|_| place.is_none());
        let outside = outside.map(|outside| self.relation("hyperlink", outside.address, true));
        let target = match (&place, &outside) {
            (Some(place), _) => ("w:anchor", place),
            (None, Some(id)) => ("r:id", id),
            (None, None) => return content(self, look, out),
        };
        out.open("w:hyperlink", &[(target.0, target.1), ("w:history", "1")]);
        content(self, Look { link: true, ..look }, out);
        out.close("w:hyperlink");
    }

    /// A space between two words, that looks like what they have in common.
    pub fn space(&mut self, common: &markdown::Look, strong: bool, out: &mut Xml) {
        let (strong, emphasis) = (strong || common.is_strong(), common.is_emphasised());
        let look = Look { strong, emphasis, ..Look::default() };
        match &common.link {
            Some((url, _)) => self.leading(url, look, out, |body, look, out| body.text(" ", look, out)),
            None => self.text(" ", look, out),
        }
    }

    pub(super) fn text(&mut self, text: &str, look: Look, out: &mut Xml) {
        if text.is_empty() {
            return;
        }
        // What goes is text of another kind, so that nobody takes it for the document's.
        let name = if self.mark == Some(Mark::Gone) { "w:delText" } else { "w:t" };
        self.marked(out, |body, out| {
            out.open("w:r", &[]);
            if let Some(style) = run_style(look).and_then(|names| body.ids.first(names)) {
                out.open("w:rPr", &[]);
                out.value("w:rStyle", style);
                out.close("w:rPr");
            }
            out.element(name, &[("xml:space", "preserve")], text);
            out.close("w:r");
        });
    }

    /// A break within a paragraph.
    pub fn line_break(&mut self, out: &mut Xml) {
        self.marked(out, |_, out| out.raw(b"<w:r><w:br/></w:r>"));
    }

    /// A picture in a paragraph so many indents in, among `others` or the document's own; of one that is not at hand its
    /// alternative text.
    pub fn picture(&mut self, others: Option<&Images>, url: &str, alt: &str, depth: usize, out: &mut Xml) {
        let file = crate::printable::pictures::file_name(url);
        match others
            .unwrap_or(self.images)
            .get(url)
            .and_then(|bytes| Picture::of(&file, bytes, self.templates))
        {
            Some(picture) => {
                let picture = picture.within(self.room(depth), TALLEST);
                self.drawing(&picture, alt, out);
            }
            None => self.text(alt, Look::default(), out),
        }
    }

    pub(super) fn drawing(&mut self, picture: &Picture, alt: &str, out: &mut Xml) {
        self.drawings += 1;
        let number = self.drawings;
        let name = |body: &mut Self, bytes: &[u8], ending: &str| {
            let name = format!("{}{number}.{ending}", body.free.media);
            body.media.push((name.clone(), bytes.to_vec()));
            body.relation("image", format!("media/{name}"), false)
        };
        let shown = name(self, &picture.shown, picture.ending);
        let drawn = picture.drawn.as_ref().map(|svg| name(self, svg, "svg"));
        let number = self.free.picture + number - 1;
        self.marked(out, |_, out| picture::write(picture, alt, number, &shown, drawn.as_deref(), out));
    }

    pub(super) fn relation(&mut self, kind: &'static str, target: String, outside: bool) -> String {
        let prefix = self.free.relation;
        let relations = match self.part {
            Part::Main => &mut self.relations,
            Part::Notes => &mut self.note_relations,
        };
        if let Some(known) = relations.iter().find(|known| known.kind == kind && known.target == target) {
            return known.id.clone();
        }
        // The first of a document of our own are those of its parts.
        let id = format!("{prefix}{}", 100 + relations.len());
        relations.push(Relation { id: id.clone(), kind, target, outside });
        id
    }
}

fn run_style(look: Look) -> Option<&'static [&'static str]> {
    Some(match look {
        Look { link: true, strong: false, emphasis: false, .. } => &["Hyperlink"],
        Look { link: true, strong: true, emphasis: false, .. } => &["Hyperlänk fet", "Hyperlink"],
        Look { link: true, strong: false, emphasis: true, .. } => &["Hyperlänk kursiv", "Hyperlink"],
        Look { link: true, .. } => &["Hyperlänk fet kursiv", "Hyperlink"],
        Look { code: true, strong: false, emphasis: false, .. } => &["HTML Code"],
        Look { code: true, strong: true, emphasis: false, .. } => &["Kod fet", "HTML Code"],
        Look { code: true, strong: false, emphasis: true, .. } => &["Kod kursiv", "HTML Code"],
        Look { code: true, .. } => &["Kod fet kursiv", "HTML Code"],
        Look { strong: true, emphasis: true, .. } => &["Intense Emphasis", "Strong"],
        Look { strong: true, .. } => &["Strong"],
        Look { emphasis: true, .. } => &["Emphasis"],
        Look { .. } => return None,
    })
}
