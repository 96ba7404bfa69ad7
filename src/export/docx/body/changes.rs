//! Tracked changes: what a run, the end of a paragraph, a row is among them.

use super::{Body, Was};
use crate::export::docx::tracked::{Author, Mark};
use crate::export::docx::xml::Xml;

impl Body<'_> {
    /// From here on changes have an author.
    pub fn revise(&mut self, author: Author) {
        self.author = Some(author);
    }

    /// What the runs are that come next.
    pub fn set_mark(&mut self, mark: Option<Mark>) {
        self.mark = mark;
    }

    /// Whether they are any.
    pub fn is_marked(&self) -> bool {
        self.mark.is_some()
    }

    /// What the end of the next paragraph is, and what the paragraph was before.
    pub fn end_with(&mut self, mark: Option<Mark>, was: Option<Was>) {
        self.end = (mark, was);
    }

    /// Opens what moved, under a name that both of its places have.
    pub fn open_range(&mut self, kind: &str, name: &str, out: &mut Xml) -> String {
        let (id, author) = (self.bookmark_id(), self.author.clone().unwrap_or_default());
        let start = format!("{kind}RangeStart");
        let attributes =
            [("w:id", id.as_str()), ("w:author", &author.name), ("w:date", &author.date), ("w:name", name)];
        out.empty(&start, &attributes);
        id
    }

    /// Closes what moved.
    pub fn close_range(&mut self, kind: &str, id: &str, out: &mut Xml) {
        out.empty(&format!("{kind}RangeEnd"), &[("w:id", id)]);
    }

    /// Writes runs as what they are among the changes.
    pub(super) fn marked(&mut self, out: &mut Xml, write: impl FnOnce(&mut Self, &mut Xml)) {
        let Some(mark) = self.mark else { return write(self, out) };
        let (id, author) = (self.bookmark_id(), self.author.clone().unwrap_or_default());
        out.open(mark.element(), &[("w:id", &id), ("w:author", &author.name), ("w:date", &author.date)]);
        write(self, out);
        out.close(mark.element());
    }

    /// A change that holds nothing.
    pub(super) fn change(&mut self, name: &str, out: &mut Xml) {
        let (id, author) = (self.bookmark_id(), self.author.clone().unwrap_or_default());
        out.empty(name, &[("w:id", &id), ("w:author", &author.name), ("w:date", &author.date)]);
    }
}
