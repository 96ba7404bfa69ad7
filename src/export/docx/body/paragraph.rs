//! A paragraph: its style, its list, and what it was before somebody changed it.

use super::runs::Look;
use super::{Body, TALLEST, Was, in_point};
use crate::export::docx::picture::Picture;
use crate::export::docx::xml::Xml;
use crate::export::missing_picture;
use crate::markdown::{Inline, InlineKind};
use crate::printable::pictures::file_name;

impl<'a> Body<'a> {
    /// Writes a paragraph of text, or the picture that it is, so many indents in.
    pub(super) fn text_paragraph(
        &mut self,
        inlines: &'a [Inline],
        styles: &[&str],
        list: Option<(usize, usize)>,
        depth: usize,
        out: &mut Xml,
    ) {
        let [Inline { kind: InlineKind::Image { url, title, alt }, at }] = inlines else {
            return self
                .paragraph(styles, list, out, |body, out| body.inlines(inlines, Look::default(), out));
        };
        let file = file_name(url);
        let Some(picture) = self.images.get(url).and_then(|bytes| Picture::of(&file, bytes, self.templates))
        else {
            return self.problems.push(missing_picture(url).at(self.document.place(at.0.clone())));
        };
        let picture = picture.within(self.room(depth), TALLEST);
        if title.is_empty() {
            return self.paragraph(styles, list, out, |body, out| body.drawing(&picture, alt, out));
        }
        let shown = titled(depth);
        let styles: Vec<&str> = std::iter::once(shown.as_str()).chain(styles.iter().copied()).collect();
        self.paragraph(&styles, list, out, |body, out| body.drawing(&picture, alt, out));
        self.picture_title(depth, out, |body, out| body.text(title, Look::default(), out));
    }

    /// The room for a picture so many indents in, in points.
    pub(super) fn room(&self, depth: usize) -> f64 {
        (self.sheet.column - self.sheet.indent_of(depth)) as f64 / 20.0
    }

    /// The title of a picture, below it.
    pub fn picture_title(&mut self, depth: usize, out: &mut Xml, content: impl FnOnce(&mut Self, &mut Xml)) {
        let style = in_point("Beskrivning i punkt", depth);
        let style = style.as_deref().unwrap_or("caption");
        self.paragraph(&[style, "caption"], None, out, content);
    }

    /// Writes a paragraph in the first of these styles that there is.
    pub fn paragraph(
        &mut self,
        styles: &[&str],
        list: Option<(usize, usize)>,
        out: &mut Xml,
        content: impl FnOnce(&mut Self, &mut Xml),
    ) {
        let inset = std::mem::take(&mut self.inset);
        let form = self.form(styles, list, inset);
        let (mark, was) = std::mem::take(&mut self.end);
        let mut change = Xml::fragment();
        if let Some(mark) = mark {
            change.open("w:rPr", &[]);
            self.change(mark.element(), &mut change);
            change.close("w:rPr");
        }
        if let Some(Was { style, list, inset }) = was {
            let (id, author) = (self.bookmark_id(), self.author.clone().unwrap_or_default());
            let attributes = [("w:id", id.as_str()), ("w:author", &author.name), ("w:date", &author.date)];
            change.open("w:pPrChange", &attributes);
            change.open("w:pPr", &[]);
            change.raw(&self.form(&[&style], list, inset));
            change.close("w:pPr");
            change.close("w:pPrChange");
        }
        let change = change.finish();
        out.open("w:p", &[]);
        if !form.is_empty() || !change.is_empty() {
            out.open("w:pPr", &[]);
            out.raw(&form);
            out.raw(&change);
            out.close("w:pPr");
        }
        let bookmark = self.led_to.take().map(|name| (name, self.bookmark_id()));
        if let Some((name, id)) = &bookmark {
            out.empty("w:bookmarkStart", &[("w:id", id), ("w:name", name)]);
        }
        content(self, out);
        if let Some((_, id)) = &bookmark {
            out.empty("w:bookmarkEnd", &[("w:id", id)]);
        }
        out.close("w:p");
    }

    /// The style, the list and the inset of a paragraph.
    fn form(&mut self, styles: &[&str], list: Option<(usize, usize)>, inset: usize) -> Vec<u8> {
        let mut form = Xml::fragment();
        let inset_style = styles.first().and_then(|style| Some((*style, self.ids.inset(style, inset)?)));
        if let Some((style, id)) = &inset_style {
            self.insets.insert(((*style).to_owned(), inset));
            form.value("w:pStyle", id);
        } else if let Some(style) = self.ids.first(styles).filter(|id| *id != "Normal") {
            form.value("w:pStyle", style);
        }
        if let Some((list, level)) = list {
            form.open("w:numPr", &[]);
            form.value("w:ilvl", &level.to_string());
            form.value("w:numId", &list.to_string());
            form.close("w:numPr");
        }
        if inset > 0 && inset_style.is_none() {
            form.empty("w:ind", &[("w:right", &inset.to_string())]);
        }
        form.finish()
    }
}

/// The style of a picture with a title below it, so many indents in.
pub fn titled(depth: usize) -> String {
    in_point("Bild i punkt", depth).unwrap_or_else(|| "Bild".into())
}
