//! Footnotes: they stand last, and each leads back to where it is first referred to.

use super::{Body, is_picture};
use crate::markdown::{Block, BlockKind};

impl<'a> Body<'a> {
    /// A reference to a footnote.
    pub(super) fn reference(&mut self, label: &str) {
        let Some(number) = self.notes.number(label) else { return };
        let times = self.cited.entry(number).or_insert(0);
        *times += 1;
        let id = reference_id(number, *times);
        self.out.open("sup", &[]);
        let (target, name) = (format!("#fotnot-{number}"), format!("Fotnot {number}"));
        let attributes =
            [("id", id.as_str()), ("href", &target), ("role", "doc-noteref"), ("aria-label", &name)];
        self.out.element("a", &attributes, &number.to_string());
        self.out.close("sup");
    }

    /// The footnotes; each leads back to where it is first referred to.
    pub(super) fn footnotes(&mut self) {
        if self.notes.texts().is_empty() {
            return;
        }
        self.out.open(
            "section",
            &[("class", "fotnoter"), ("role", "doc-endnotes"), ("aria-labelledby", "fotnoter")],
        );
        self.out.line();
        self.out.element("h2", &[("id", "fotnoter")], "Fotnoter");
        self.out.line();
        self.out.open("ol", &[]);
        self.out.line();
        for at in 0..self.notes.texts().len() {
            let number = at + 1;
            self.out.open("li", &[("id", &format!("fotnot-{number}"))]);
            self.note(self.notes.texts()[at], number);
            self.out.end("li");
        }
        self.out.end("ol");
        self.out.end("section");
    }

    fn note(&mut self, blocks: &'a [Block], number: usize) {
        // The way back stands in the last line, where there is one.
        match blocks.split_last() {
            Some((Block { kind: BlockKind::Paragraph(inlines), .. }, others)) if !is_picture(inlines) => {
                self.blocks(others);
                self.out.open("p", &[]);
                self.inlines(inlines);
                self.out.text(" ");
                self.way_back(number);
                self.out.close("p");
            }
            _ => {
                self.blocks(blocks);
                self.way_back(number);
            }
        }
    }

    fn way_back(&mut self, number: usize) {
        let target = format!("#{}", reference_id(number, 1));
        let name = format!("Tillbaka till fotnot {number} i texten");
        self.out.open("a", &[("href", &target), ("role", "doc-backlink")]);
        self.out.element("span", &[("aria-hidden", "true")], "↩");
        self.out.element("span", &[("class", "dold")], &name);
        self.out.close("a");
    }
}

fn reference_id(number: usize, times: usize) -> String {
    if times == 1 { format!("till-fotnot-{number}") } else { format!("till-fotnot-{number}-{times}") }
}
