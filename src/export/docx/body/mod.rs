//! The body: blocks and inlines as paragraphs and runs, and what they need from other parts.

mod changes;
mod notes;
mod paragraph;
mod runs;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use super::picture::Picture;
use super::sheet::{Cell, Sheet};
use super::style::{Ids, LEVELS, NOTED, QUOTED};
use super::tracked::{Author, Mark};
use super::xml::Xml;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::export::headings::Headings;
use crate::export::outline::{Notes, SIGNATURES, is_caption};
use crate::export::prepared::{ATTACHED, SUBPOINTS, attachment_id};
use crate::export::{Images, ascii_slug, points, reservations};
use crate::fonts::Widths;
use crate::library::Templates;
use crate::markdown::{Block, BlockKind, Inline, plain};
pub use notes::referred_to_again;
pub use paragraph::titled;
use runs::Look;

/// The first identifiers that are free: all of them in a document of our own, more in somebody's template.
#[derive(Clone, Debug)]
pub struct Free {
    /// Of a footnote.
    pub note: usize,
    /// Of a list.
    pub list: usize,
    /// Of the two forms of lists, bullets first.
    pub forms: usize,
    /// Of a bookmark.
    pub bookmark: usize,
    /// Of a picture.
    pub picture: usize,
    /// What the names of relationships begin with.
    pub relation: &'static str,
    /// What the names of pictures begin with.
    pub media: &'static str,
}

impl Default for Free {
    fn default() -> Self {
        Self { note: 1, list: 1, forms: 0, bookmark: 1, picture: 1, relation: "rId", media: "bild" }
    }
}

/// A taller picture would leave its heading, or its caption, alone on a page: 16 cm, in points.
const TALLEST: f64 = 16.0 * 72.0 / 2.54;

/// A part that text stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The document.
    Main,
    /// The footnotes.
    Notes,
}

/// Where a part leads: another part, or an address outside.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Its identifier.
    pub id: String,
    /// The last part of its type's name.
    pub kind: &'static str,
    /// Where it leads.
    pub target: String,
    /// Whether that is outside of the package.
    pub outside: bool,
}

/// What a paragraph was before its form was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Was {
    /// The name of its style.
    pub style: String,
    /// The list it was in, and its level.
    pub list: Option<(usize, usize)>,
    /// How far in from the right it stood.
    pub inset: usize,
}

/// A list: where it begins to count, if it counts, and its level.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// The first number.
    pub start: Option<u64>,
    /// From 0.
    pub level: usize,
    /// Whether it counts in letters: a), b).
    pub letters: bool,
    /// How much farther in it stands than its level says, in indents: those of the quotations it is in.
    pub farther: usize,
}

/// Writes blocks, and gathers what they need.
pub struct Body<'a> {
    document: &'a Document,
    templates: &'a Templates,
    images: &'a Images,
    sheet: Sheet,
    ids: Ids,
    free: Free,
    notes: Notes<'a>,
    /// Notes that are referred to more than once, or from another note.
    again: BTreeSet<usize>,
    cited: BTreeSet<usize>,
    names: BTreeSet<String>,
    bookmarks: usize,
    drawings: usize,
    part: Part,
    author: Option<Author>,
    /// What the next runs are among the changes.
    mark: Option<Mark>,
    /// The bookmark of the next paragraph, which the text leads to.
    led_to: Option<String>,
    /// How far in from the right the next paragraph stands, in twentieths of a point: the ones of a column of
    /// numbers stand below one another.
    inset: usize,
    /// The styles of which there are some so far in.
    pub insets: BTreeSet<(String, usize)>,
    /// The headings and points that something leads to, by where they begin.
    targets: BTreeMap<usize, String>,
    /// What the end of the next paragraph is, and what the paragraph was.
    end: (Option<Mark>, Option<Was>),
    /// The text.
    pub out: Xml,
    /// The footnotes, by their numbers.
    pub footnotes: BTreeMap<usize, Vec<u8>>,
    /// The lists, in their order.
    pub lists: Vec<List>,
    /// What the document leads to.
    pub relations: Vec<Relation>,
    /// What the footnotes lead to.
    pub note_relations: Vec<Relation>,
    /// The pictures' files.
    pub media: Vec<(String, Vec<u8>)>,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
}

/// Where blocks stand.
#[derive(Clone, Copy, Default)]
struct Within {
    /// How many lists they are in.
    lists: usize,
    /// How many quotations.
    quotes: usize,
    /// The style of their paragraphs, where it is not the usual one.
    style: Option<&'static str>,
}

impl Within {
    /// How many indents in they stand.
    fn depth(self) -> usize {
        self.lists + self.quotes
    }
}

impl<'a> Body<'a> {
    /// A writer of a document.
    pub fn new(
        document: &'a Document,
        templates: &'a Templates,
        images: &'a Images,
        sheet: Sheet,
        ids: Ids,
        free: Free,
    ) -> Self {
        let notes = Notes::of(&document.blocks);
        let again = referred_to_again(&document.blocks, &notes);
        let mut targets = reservations::ids(&document.blocks);
        targets.extend(points::led_to(&document.blocks, &Headings::of(document, templates)));
        Self {
            document,
            templates,
            images,
            sheet,
            ids,
            free,
            notes,
            again,
            cited: BTreeSet::new(),
            names: BTreeSet::new(),
            bookmarks: 0,
            drawings: 0,
            part: Part::Main,
            author: None,
            mark: None,
            led_to: None,
            inset: 0,
            insets: BTreeSet::new(),
            targets,
            end: (None, None),
            out: Xml::fragment(),
            footnotes: BTreeMap::new(),
            lists: Vec::new(),
            relations: Vec::new(),
            note_relations: Vec::new(),
            media: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The page.
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// How wide letters are.
    pub fn widths(&self) -> &'a Widths {
        self.templates.widths()
    }

    /// What identifiers it begins with.
    pub fn free(&self) -> &Free {
        &self.free
    }

    /// Writes blocks of the top level.
    pub fn write(&mut self, blocks: &'a [Block]) {
        let mut out = std::mem::replace(&mut self.out, Xml::fragment());
        self.blocks(blocks, Within::default(), &mut out);
        self.out = out;
    }

    /// Blocks as XML that goes into somebody's template.
    pub fn fragment(&mut self, blocks: &'a [Block]) -> Vec<u8> {
        let mut out = Xml::fragment();
        self.blocks(blocks, Within::default(), &mut out);
        out.finish()
    }

    /// A paragraph of the letterhead, in the frame where it stands on paper: frames are read in the
    /// order of the text. Its end is what the next runs are. Where a frame stands is the one thing that is not left to a style, since
    /// not every reader takes it from there.
    pub fn small_print(&mut self, cell: Cell, content: impl FnOnce(&mut Self, &mut Xml)) {
        let mut out = std::mem::replace(&mut self.out, Xml::fragment());
        let frame = self.sheet.frame(cell);
        let [width, height, x, y] =
            [frame.width, frame.height, frame.x, frame.y].map(|size| size.to_string());
        let mark = self.mark;
        out.open("w:p", &[]);
        out.open("w:pPr", &[]);
        out.value("w:pStyle", "Brevhuvud");
        out.empty(
            "w:framePr",
            &[
                ("w:w", &width),
                ("w:h", &height),
                ("w:hRule", "atLeast"),
                ("w:wrap", "around"),
                ("w:vAnchor", "page"),
                ("w:hAnchor", "page"),
                ("w:x", &x),
                ("w:y", &y),
            ],
        );
        if let Some(mark) = mark {
            out.open("w:rPr", &[]);
            self.change(mark.element(), &mut out);
            out.close("w:rPr");
        }
        out.close("w:pPr");
        content(self, &mut out);
        out.close("w:p");
        self.out = out;
    }

    /// The mark in the letterhead.
    pub fn mark(&mut self, name: &str, bytes: &[u8], alt: &str) {
        let Some(picture) = Picture::of(name, bytes, self.templates) else { return };
        // As high as on paper: 1.6 cm.
        let picture = picture.with_height(1.6 * 72.0 / 2.54);
        self.small_print(Cell::Mark, |body, out| body.drawing(&picture, alt, out));
    }

    /// Code so many indents in, line by line.
    pub fn code(&mut self, text: &str, depth: usize, out: &mut Xml) {
        let within = in_point("Kod i punkt", depth);
        let style = within.as_deref().unwrap_or("HTML Preformatted");
        self.paragraph(&[style, "HTML Preformatted"], None, out, |body, out| {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    body.line_break(out);
                }
                body.text(line, Look::default(), out);
            }
        });
    }

    fn blocks(&mut self, blocks: &'a [Block], within: Within, out: &mut Xml) {
        // The text of a note stands where it is referred to, so it parts nothing here.
        let mut shown =
            blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Footnote { .. })).peekable();
        let mut after_list = false;
        while let Some(block) = shown.next() {
            let is_list = matches!(block.kind, BlockKind::List { .. });
            if is_list && after_list {
                // Two lists in a row are two lists: without a gap they would look like one.
                self.paragraph(&["Efter tabell"], None, out, |_, _| {});
            }
            self.block(block, shown.peek().copied(), within, out);
            after_list = is_list;
        }
    }

    fn block(&mut self, block: &'a Block, next: Option<&'a Block>, within: Within, out: &mut Xml) {
        match &block.kind {
            BlockKind::Heading { level, inlines } => {
                self.lead_here(block.at.0.start);
                self.heading(*level, inlines, out);
            }
            BlockKind::Paragraph(inlines) => {
                let style = self.paragraph_style(block, next, within);
                let usual = if is_caption(block, next) { "caption" } else { "Normal" };
                self.text_paragraph(
                    inlines,
                    &[&style, within.style.unwrap_or(usual)],
                    None,
                    within.depth(),
                    out,
                );
            }
            BlockKind::List { start, tight, items } => self.list(*start, *tight, "", items, within, out),
            BlockKind::Quote(blocks) => {
                let quotes = within.quotes + 1;
                self.blocks(blocks, Within { style: Some("Quote"), quotes, ..within }, out);
            }
            BlockKind::Table { align, head, rows } => self.table(align, head, rows, within.depth(), out),
            BlockKind::Code(text) => self.code(text, within.depth(), out),
            BlockKind::Rule => self.paragraph(&["Avdelare"], None, out, |_, _| {}),
            BlockKind::Part { role, blocks } => self.role(role, blocks, within, out),
            // Where it is referred to; and refused when the document was parsed.
            BlockKind::Footnote { .. } | BlockKind::Html(_) => {}
        }
    }

    /// The style of a paragraph: one that leads to a list or to the signatures goes along with it.
    fn paragraph_style(&self, block: &Block, next: Option<&Block>, within: Within) -> String {
        if let Some(style) = self.within_note(within.depth()) {
            return style;
        }
        match within.style {
            Some(style) if style != "Quote" => return style.to_owned(),
            _ if is_caption(block, next) => {
                return in_point("Beskrivning i punkt", within.depth()).unwrap_or_else(|| "caption".into());
            }
            Some(_) => return quoted(within.depth()),
            None => {}
        }
        if within.lists > 0 {
            return leveled("List Continue", within.depth() - 1);
        }
        match next.map(|next| &next.kind) {
            Some(BlockKind::List { .. }) => "Ledtext".into(),
            Some(BlockKind::Part { role, .. }) if role == SIGNATURES => "Sista stycket".into(),
            _ => "Normal".into(),
        }
    }

    /// A heading, with a bookmark that others can refer to. The document's is its title.
    fn heading(&mut self, level: u8, inlines: &'a [Inline], out: &mut Xml) {
        let numbered = format!("heading {}", level.saturating_sub(1).clamp(1, 5));
        let styles: &[&str] = match level {
            1 => &["Title"],
            _ => &[&numbered],
        };
        let said = plain(inlines);
        self.paragraph(styles, None, out, |body, out| {
            body.bookmarked(&said, out, |body, out| body.inlines(inlines, Look::default(), out));
        });
    }

    /// What a heading holds, with a bookmark that is called as it is.
    pub fn bookmarked(&mut self, said: &str, out: &mut Xml, content: impl FnOnce(&mut Self, &mut Xml)) {
        let (name, id) = (self.bookmark_name(said), self.bookmark_id());
        out.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
        content(self, out);
        out.empty("w:bookmarkEnd", &[("w:id", &id)]);
    }

    /// Lets the text lead to the next paragraph, by this name.
    pub fn lead_to(&mut self, name: Option<String>) {
        self.led_to = name;
    }

    /// Lets the text lead to the next paragraph, if it is a heading or a point that begins here and something leads to.
    pub fn lead_here(&mut self, at: usize) {
        self.led_to = self.targets.get(&at).map(|id| bookmark_of(id));
    }

    fn role(&mut self, role: &str, blocks: &'a [Block], within: Within, out: &mut Xml) {
        if let (SUBPOINTS | ATTACHED, [Block { kind: BlockKind::List { start, tight, items }, .. }]) =
            (role, blocks)
        {
            return self.list(*start, *tight, role, items, within, out);
        }
        let style = match role {
            "underrubrik" => Some("Subtitle"),
            "ort-datum" => Some("Ort och datum"),
            "ruta" => Some("Ruta"),
            "rader" => Some("Rader"),
            "ingress" => Some("Ingress"),
            SIGNATURES => Some("Signature"),
            _ => within.style,
        };
        self.blocks(blocks, Within { style, ..within }, out);
    }

    /// A list; its role tells sub-points, and bilagor that the text leads to.
    fn list(
        &mut self,
        start: Option<u64>,
        is_close: bool,
        role: &str,
        items: &'a [Vec<Block>],
        within: Within,
        out: &mut Xml,
    ) {
        let list = self.open_list(start, (within.lists, within.quotes), role == SUBPOINTS);
        let family = if start.is_some() { "List Number" } else { "List Bullet" };
        let first = match (self.within_note(within.depth() + 1), is_close) {
            (Some(style), _) => style,
            (None, true) => "List Paragraph".to_owned(),
            (None, false) => leveled(family, within.depth()),
        };
        let inner = Within { lists: within.lists + 1, style: None, ..within };
        for (at, item) in items.iter().enumerate() {
            if role == ATTACHED {
                self.led_to = Some(bookmark_of(&attachment_id(at + 1)));
            } else if let Some(begin) = points::begins(item) {
                self.lead_here(begin);
            }
            let others = match item.split_first() {
                Some((Block { kind: BlockKind::Paragraph(inlines), .. }, others)) => {
                    let styles = [first.as_str(), "List Paragraph"];
                    self.text_paragraph(inlines, &styles, Some(list), inner.depth(), out);
                    others
                }
                _ => {
                    self.paragraph(&[&first, "List Paragraph"], Some(list), out, |_, _| {});
                    item
                }
            };
            self.blocks(others, inner, out);
        }
    }

    /// The style of what stands so many indents in within a note, if that is where it stands.
    pub fn within_note(&self, depth: usize) -> Option<String> {
        in_point(NOTED, depth).filter(|_| self.part == Part::Notes)
    }

    /// A list of its own within so many lists and quotations, and its level.
    pub fn open_list(
        &mut self,
        start: Option<u64>,
        (lists, quotes): (usize, usize),
        letters: bool,
    ) -> (usize, usize) {
        let level = lists.min(8);
        self.lists.push(List { start, level, letters, farther: quotes });
        (self.free.list + self.lists.len() - 1, level)
    }

    fn bookmark_id(&mut self) -> String {
        self.bookmarks += 1;
        (self.free.bookmark + self.bookmarks - 1).to_string()
    }

    /// A name as Word allows them: at most 40 letters, digits and strokes.
    fn bookmark_name(&mut self, text: &str) -> String {
        let slug = ascii_slug(text).replace('-', "_");
        let begins = slug.starts_with(|first: char| first.is_ascii_alphabetic());
        let name = if begins { slug } else { format!("R_{slug}") };
        let name: String = name.chars().take(36).collect();
        let mut unique = name.clone();
        let mut number = 1;
        while !self.names.insert(unique.to_lowercase()) {
            number += 1;
            unique = format!("{name}_{number}");
        }
        unique
    }
}

/// The bookmark of a place within the document: of `bilaga-2`, `Till_bilaga_2`, as no heading is called.
pub fn bookmark_of(id: &str) -> String {
    format!("Till_{}", id.replace('-', "_"))
}

/// The style of what belongs to a point, or to a quotation, so many indents in; none where there is none.
pub fn in_point(family: &str, depth: usize) -> Option<String> {
    depth.checked_sub(1).map(|level| leveled(family, level))
}

/// The style of a quotation so many indents in.
pub fn quoted(depth: usize) -> String {
    if depth < 2 { "Quote".to_owned() } else { leveled(QUOTED, depth - 1) }
}

/// `List Number 2` of the second level.
pub fn leveled(family: &str, level: usize) -> String {
    match level.min(LEVELS - 1) {
        0 => family.to_owned(),
        level => format!("{family} {}", level + 1),
    }
}
