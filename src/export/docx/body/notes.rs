//! Footnotes: Word counts them, and wants each where it is first referred to.

use std::collections::BTreeSet;

use super::runs::Look;
use super::{Body, Part, Within};
use crate::export::docx::tracked::Mark;
use crate::export::docx::xml::Xml;
use crate::export::outline::{Notes, references};
use crate::markdown::{Block, BlockKind};

impl<'a> Body<'a> {
    /// A reference to a footnote: where it is first referred to, the note itself.
    pub(super) fn reference(&mut self, label: &str, out: &mut Xml) {
        let Some(number) = self.notes.number(label) else { return };
        // Word has no note within a note: such a one stands behind the note that refers to it.
        if self.part == Part::Notes || !self.cited.insert(number) {
            return self.note_again(number, &note_bookmark(number), out);
        }
        let name = self.again.contains(&number).then(|| note_bookmark(number));
        self.noted(number, name.as_deref(), out);
        let text = self.notes.texts()[number - 1];
        self.note(number, text);
        let inner: Vec<&str> = references(text);
        for label in inner {
            if self.notes.number(label).is_some_and(|number| !self.cited.contains(&number)) {
                self.superscript(", ", out);
                self.reference(label, out);
            }
        }
    }

    /// The number of a note that was referred to before: Word reads it at the note's bookmark.
    pub fn note_again(&mut self, number: usize, name: &str, out: &mut Xml) {
        let code = format!(" NOTEREF {name} \\h ");
        if self.mark.is_none() {
            out.open("w:fldSimple", &[("w:instr", &code)]);
            self.superscript(&number.to_string(), out);
            return out.close("w:fldSimple");
        }
        self.marked_field(&code, &number.to_string(), true, out);
    }

    /// A field that comes or goes is one only of runs; that of a note looks like its number.
    pub fn marked_field(&mut self, code: &str, shown: &str, is_note: bool, out: &mut Xml) {
        let gone = self.mark.is_some_and(|mark| !mark.is_new());
        self.marked(out, |body, out| {
            let code_name = if gone { "w:delInstrText" } else { "w:instrText" };
            let text_name = if body.mark == Some(Mark::Gone) { "w:delText" } else { "w:t" };
            let kind = |kind| ("w:fldChar", [("w:fldCharType", kind)], None);
            let preserved = [("xml:space", "preserve")];
            for (name, attributes, text) in [
                kind("begin"),
                (code_name, preserved, Some(code)),
                kind("separate"),
                (text_name, preserved, Some(shown)),
                kind("end"),
            ] {
                out.open("w:r", &[]);
                if is_note {
                    body.reference_style(out);
                }
                match text {
                    Some(text) => out.element(name, &attributes, text),
                    None => out.empty(name, &attributes),
                }
                out.close("w:r");
            }
        });
    }

    /// The number of a note in the text, with a bookmark where something else refers to it.
    pub fn noted(&mut self, number: usize, name: Option<&str>, out: &mut Xml) {
        let bookmark = name.map(|name| (name, self.bookmark_id()));
        if let Some((name, id)) = &bookmark {
            out.empty("w:bookmarkStart", &[("w:id", id), ("w:name", name)]);
        }
        self.note_reference(number, out);
        if let Some((_, id)) = &bookmark {
            out.empty("w:bookmarkEnd", &[("w:id", id)]);
        }
    }

    /// The number of a note in the text, which Word counts.
    fn note_reference(&mut self, number: usize, out: &mut Xml) {
        let id = (self.free.note + number - 1).to_string();
        self.marked(out, |body, out| {
            out.open("w:r", &[]);
            body.reference_style(out);
            out.empty("w:footnoteReference", &[("w:id", &id)]);
            out.close("w:r");
        });
    }

    /// The number of a note as text.
    pub fn superscript(&mut self, text: &str, out: &mut Xml) {
        let name = if self.mark == Some(Mark::Gone) { "w:delText" } else { "w:t" };
        self.marked(out, |body, out| {
            out.open("w:r", &[]);
            body.reference_style(out);
            out.element(name, &[("xml:space", "preserve")], text);
            out.close("w:r");
        });
    }

    pub(super) fn reference_style(&self, out: &mut Xml) {
        out.open("w:rPr", &[]);
        match self.ids.first(&["footnote reference"]) {
            Some(style) => out.value("w:rStyle", style),
            None => out.value("w:vertAlign", "superscript"),
        }
        out.close("w:rPr");
    }

    /// The text of a note.
    pub(super) fn note(&mut self, number: usize, blocks: &'a [Block]) {
        let outer = self.part;
        self.begin_note();
        let mut out = Xml::fragment();
        let (first, others) = match blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(inlines), .. }, others)) => (inlines.as_slice(), others),
            _ => (&[][..], blocks),
        };
        self.paragraph(&["footnote text"], None, &mut out, |body, out| {
            body.note_number(out);
            body.inlines(first, Look::default(), out);
        });
        self.blocks(others, Within { style: Some("footnote text"), ..Within::default() }, &mut out);
        self.end_note(number, &out.finish());
        self.part = outer;
    }

    /// What is written from here on stands in a note.
    pub fn begin_note(&mut self) {
        self.part = Part::Notes;
    }

    /// Keeps the text of a note.
    pub fn end_note(&mut self, number: usize, text: &[u8]) {
        let mut out = Xml::fragment();
        out.open("w:footnote", &[("w:id", &(self.free.note + number - 1).to_string())]);
        out.raw(text);
        out.close("w:footnote");
        self.footnotes.insert(number, out.finish());
        self.part = Part::Main;
    }

    /// The number before a note's text.
    pub fn note_number(&mut self, out: &mut Xml) {
        out.open("w:r", &[]);
        self.reference_style(out);
        out.empty("w:footnoteRef", &[]);
        out.close("w:r");
        self.text(" ", Look::default(), out);
    }
}

/// The notes that need a bookmark: referred to more than once, or from within a note.
pub fn referred_to_again(blocks: &[Block], notes: &Notes) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut again = BTreeSet::new();
    for number in references(blocks).into_iter().filter_map(|label| notes.number(label)) {
        if !seen.insert(number) {
            again.insert(number);
        }
    }
    again.extend(
        notes.texts().iter().flat_map(|text| references(text)).filter_map(|label| notes.number(label)),
    );
    again
}

fn note_bookmark(number: usize) -> String {
    format!("_RefFotnot{number}")
}
