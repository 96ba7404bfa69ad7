//! A paragraph: its style, its list, and what it was before somebody changed it.

use super::runs::Look;
use super::{Body, TALLEST, Was};
use crate::export::docx::picture::Picture;
use crate::export::docx::xml::Xml;
use crate::export::missing_picture;
use crate::markdown::{Inline, InlineKind};
use crate::printable::pictures::file_name;

impl<'a> Body<'a> {
    /// Writes a paragraph of text, or the picture that it is.
    pub(super) fn text_paragraph(
        &mut self,
        inlines: &'a [Inline],
        styles: &[&str],
        list: Option<(usize, usize)>,
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
        let picture = picture.within(self.sheet.column as f64 / 20.0, TALLEST);
        let styles = if title.is_empty() { styles } else { &["Bild", "Normal"] };
        self.paragraph(styles, list, out, |body, out| body.drawing(&picture, alt, out));
        if !title.is_empty() {
            self.paragraph(&["caption"], None, out, |body, out| body.text(title, Look::default(), out));
        }
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
        if let Some(Was { style, list }) = was {
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
    fn form(&self, styles: &[&str], list: Option<(usize, usize)>, inset: usize) -> Vec<u8> {
        let mut form = Xml::fragment();
        if let Some(style) = self.ids.first(styles).filter(|id| *id != "Normal") {
            form.value("w:pStyle", style);
        }
        if let Some((list, level)) = list {
            form.open("w:numPr", &[]);
            form.value("w:ilvl", &level.to_string());
            form.value("w:numId", &list.to_string());
            form.close("w:numPr");
        }
        if inset > 0 {
            form.empty("w:ind", &[("w:right", &inset.to_string())]);
        }
        form.finish()
    }
}
