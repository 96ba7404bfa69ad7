//! The body: blocks and inlines as paragraphs and runs, and what they need from other parts.

use std::collections::{BTreeMap, BTreeSet};

use super::picture::{self, Picture};
use super::sheet::{Cell, Sheet};
use super::style::{Ids, LEVELS};
use super::table;
use super::xml::Xml;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::export::outline::{Notes, SIGNATURES, is_caption, names_rows, references};
use crate::export::{Images, Outside, ascii_slug, missing_picture};
use crate::library::Templates;
use crate::markdown::{Align, Block, BlockKind, Inline, InlineKind, plain};

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

/// A list: where it begins to count, if it counts, and its level.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// The first number.
    pub start: Option<u64>,
    /// From 0.
    pub level: usize,
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

/// How a run looks.
#[derive(Clone, Copy, Default)]
struct Look {
    strong: bool,
    emphasis: bool,
    code: bool,
    link: bool,
}

/// Where blocks stand.
#[derive(Clone, Copy, Default)]
struct Within {
    /// How many lists they are in.
    lists: usize,
    /// The style of their paragraphs, where it is not the usual one.
    style: Option<&'static str>,
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
    /// order of the text. Where a frame stands is the one thing that is not left to a style, since
    /// not every reader takes it from there.
    pub fn small_print(&mut self, cell: Cell, content: impl FnOnce(&mut Self, &mut Xml)) {
        let mut out = std::mem::replace(&mut self.out, Xml::fragment());
        let frame = self.sheet.frame(cell);
        let [width, height, x, y] =
            [frame.width, frame.height, frame.x, frame.y].map(|size| size.to_string());
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

    /// A run of plain text.
    pub fn run(&mut self, text: &str, strong: bool, out: &mut Xml) {
        self.text(text, Look { strong, ..Look::default() }, out);
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
            BlockKind::Heading { level, inlines } => self.heading(*level, inlines, next, out),
            BlockKind::Paragraph(inlines) => {
                let style = paragraph_style(block, next, within);
                self.text_paragraph(inlines, &[&style, within.style.unwrap_or("Normal")], None, out);
            }
            BlockKind::List { start, items, .. } => self.list(*start, items, within, out),
            BlockKind::Quote(blocks) => {
                self.blocks(blocks, Within { style: Some("Quote"), ..within }, out);
            }
            BlockKind::Table { align, head, rows } => self.table(align, head, rows, out),
            BlockKind::Code(text) => self.paragraph(&["HTML Preformatted"], None, out, |body, out| {
                for (at, line) in text.split('\n').enumerate() {
                    if at > 0 {
                        line_break(out);
                    }
                    body.text(line, Look::default(), out);
                }
            }),
            BlockKind::Rule => self.paragraph(&["Avdelare"], None, out, |_, _| {}),
            BlockKind::Part { role, blocks } => self.role(role, blocks, within, out),
            // Where it is referred to; and refused when the document was parsed.
            BlockKind::Footnote { .. } | BlockKind::Html(_) => {}
        }
    }

    /// A heading, with a bookmark that others can refer to. The document's is its title.
    fn heading(&mut self, level: u8, inlines: &'a [Inline], next: Option<&Block>, out: &mut Xml) {
        let has_subtitle = next
            .is_some_and(|next| matches!(&next.kind, BlockKind::Part { role, .. } if role == "underrubrik"));
        let numbered = format!("heading {}", level.saturating_sub(1).clamp(1, 5));
        let styles: &[&str] = match level {
            1 if has_subtitle => &["Titel med underrubrik", "Title"],
            1 => &["Title"],
            _ => &[&numbered],
        };
        let name = self.bookmark_name(&plain(inlines));
        self.paragraph(styles, None, out, |body, out| {
            let id = body.bookmark_id();
            out.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
            body.inlines(inlines, Look::default(), out);
            out.empty("w:bookmarkEnd", &[("w:id", &id)]);
        });
    }

    fn role(&mut self, role: &str, blocks: &'a [Block], within: Within, out: &mut Xml) {
        let style = match role {
            "underrubrik" => Some("Subtitle"),
            "ort-datum" => Some("Ort och datum"),
            "ruta" => Some("Ruta"),
            "ingress" => Some("Ingress"),
            SIGNATURES => Some("Signature"),
            _ => within.style,
        };
        self.blocks(blocks, Within { style, ..within }, out);
    }

    fn list(&mut self, start: Option<u64>, items: &'a [Vec<Block>], within: Within, out: &mut Xml) {
        let level = within.lists.min(8);
        self.lists.push(List { start, level });
        let list = (self.free.list + self.lists.len() - 1, level);
        let is_paragraph = |block: &&Block| matches!(block.kind, BlockKind::Paragraph(_));
        let is_close = items.iter().all(|item| item.iter().filter(is_paragraph).count() < 2);
        let family = if start.is_some() { "List Number" } else { "List Bullet" };
        let first = if is_close { "List Paragraph".to_owned() } else { leveled(family, within.lists) };
        let inner = Within { lists: within.lists + 1, style: None };
        for item in items {
            let others = match item.split_first() {
                Some((Block { kind: BlockKind::Paragraph(inlines), .. }, others)) => {
                    self.text_paragraph(inlines, &[&first, "List Paragraph"], Some(list), out);
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

    fn table(
        &mut self,
        align: &[Align],
        head: &'a [Vec<Inline>],
        rows: &'a [Vec<Vec<Inline>>],
        out: &mut Xml,
    ) {
        let grid = self.ids.first(&["Table Grid"]).map(str::to_owned);
        let widths = table::widths(head, rows, self.sheet.column);
        table::open(grid.as_deref(), &widths, names_rows(head, rows), out);
        for (at, row) in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).enumerate() {
            table::open_row(at == 0, out);
            for ((cell, align), width) in row.iter().zip(align).zip(&widths) {
                table::open_cell(*width, out);
                let style = match align {
                    Align::Right => "Tabelltext höger",
                    Align::Center => "Tabelltext mitten",
                    Align::None | Align::Left => "Tabelltext",
                };
                self.text_paragraph(cell, &[style, "Tabelltext", "Normal"], None, out);
                out.close("w:tc");
            }
            out.close("w:tr");
        }
        out.close("w:tbl");
        // A table has no space below it, and two in a row would be one.
        self.paragraph(&["Efter tabell"], None, out, |_, _| {});
    }

    fn text_paragraph(
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
        let file = crate::faults::pictures::file_name(url);
        let Some(picture) = self.images.get(url).and_then(|bytes| Picture::of(&file, bytes, self.templates))
        else {
            return self.problems.push(missing_picture(url).at(self.document.place(at.0.clone())));
        };
        let picture = picture.within(self.sheet.column as f64 / 20.0, 16.0 * 72.0 / 2.54);
        let styles = if title.is_empty() { styles } else { &["Bild", "Normal"] };
        self.paragraph(styles, list, out, |body, out| body.drawing(&picture, alt, out));
        if !title.is_empty() {
            self.paragraph(&["caption"], None, out, |body, out| body.text(title, Look::default(), out));
        }
    }

    fn paragraph(
        &mut self,
        styles: &[&str],
        list: Option<(usize, usize)>,
        out: &mut Xml,
        content: impl FnOnce(&mut Self, &mut Xml),
    ) {
        let style = self.ids.first(styles).filter(|id| *id != "Normal").map(str::to_owned);
        out.open("w:p", &[]);
        if style.is_some() || list.is_some() {
            out.open("w:pPr", &[]);
            if let Some(style) = &style {
                out.value("w:pStyle", style);
            }
            if let Some((list, level)) = list {
                out.open("w:numPr", &[]);
                out.value("w:ilvl", &level.to_string());
                out.value("w:numId", &list.to_string());
                out.close("w:numPr");
            }
            out.close("w:pPr");
        }
        content(self, out);
        out.close("w:p");
    }

    fn inlines(&mut self, inlines: &'a [Inline], look: Look, out: &mut Xml) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => self.text(text, look, out),
                InlineKind::Emph(inner) => self.inlines(inner, Look { emphasis: true, ..look }, out),
                InlineKind::Strong(inner) => self.inlines(inner, Look { strong: true, ..look }, out),
                InlineKind::Code(text) => self.text(text, Look { code: true, ..look }, out),
                InlineKind::Link { url, inlines, .. } => match Outside::of(url) {
                    Some(outside) => {
                        let id = self.relation("hyperlink", outside.address, true);
                        out.open("w:hyperlink", &[("r:id", &id), ("w:history", "1")]);
                        self.inlines(inlines, Look { link: true, ..look }, out);
                        out.close("w:hyperlink");
                    }
                    None => self.inlines(inlines, look, out),
                },
                InlineKind::Break => line_break(out),
                InlineKind::Note(label) => self.reference(label, out),
                // A picture within a text, and HTML, were refused when the document was parsed.
                InlineKind::Image { .. } | InlineKind::Html(_) => {}
            }
        }
    }

    fn text(&mut self, text: &str, look: Look, out: &mut Xml) {
        if text.is_empty() {
            return;
        }
        out.open("w:r", &[]);
        if let Some(style) = run_style(look).and_then(|names| self.ids.first(names)) {
            out.open("w:rPr", &[]);
            out.value("w:rStyle", style);
            out.close("w:rPr");
        }
        out.element("w:t", &[("xml:space", "preserve")], text);
        out.close("w:r");
    }

    /// A reference to a footnote: where it is first referred to, the note itself.
    fn reference(&mut self, label: &str, out: &mut Xml) {
        let Some(number) = self.notes.number(label) else { return };
        // Word has no note within a note: such a one stands behind the note that refers to it.
        if self.part == Part::Notes || !self.cited.insert(number) {
            let code = format!("NOTEREF {} \\h", note_bookmark(number));
            out.open("w:fldSimple", &[("w:instr", &format!(" {code} "))]);
            self.superscript(&number.to_string(), out);
            return out.close("w:fldSimple");
        }
        let id = (self.free.note + number - 1).to_string();
        let bookmark = self.again.contains(&number).then(|| self.bookmark_id());
        if let Some(bookmark) = &bookmark {
            out.empty("w:bookmarkStart", &[("w:id", bookmark), ("w:name", &note_bookmark(number))]);
        }
        out.open("w:r", &[]);
        self.reference_style(out);
        out.empty("w:footnoteReference", &[("w:id", &id)]);
        out.close("w:r");
        if let Some(bookmark) = &bookmark {
            out.empty("w:bookmarkEnd", &[("w:id", bookmark)]);
        }
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

    fn superscript(&mut self, text: &str, out: &mut Xml) {
        out.open("w:r", &[]);
        self.reference_style(out);
        out.element("w:t", &[("xml:space", "preserve")], text);
        out.close("w:r");
    }

    fn reference_style(&self, out: &mut Xml) {
        out.open("w:rPr", &[]);
        match self.ids.first(&["footnote reference"]) {
            Some(style) => out.value("w:rStyle", style),
            None => out.value("w:vertAlign", "superscript"),
        }
        out.close("w:rPr");
    }

    /// The text of a note.
    fn note(&mut self, number: usize, blocks: &'a [Block]) {
        let outer = std::mem::replace(&mut self.part, Part::Notes);
        let mut out = Xml::fragment();
        out.open("w:footnote", &[("w:id", &(self.free.note + number - 1).to_string())]);
        let (first, others) = match blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(inlines), .. }, others)) => (inlines.as_slice(), others),
            _ => (&[][..], blocks),
        };
        self.paragraph(&["footnote text"], None, &mut out, |body, out| {
            out.open("w:r", &[]);
            body.reference_style(out);
            out.empty("w:footnoteRef", &[]);
            out.close("w:r");
            body.text(" ", Look::default(), out);
            body.inlines(first, Look::default(), out);
        });
        self.blocks(others, Within { style: Some("footnote text"), ..Within::default() }, &mut out);
        out.close("w:footnote");
        self.footnotes.insert(number, out.finish());
        self.part = outer;
    }

    fn drawing(&mut self, picture: &Picture, alt: &str, out: &mut Xml) {
        self.drawings += 1;
        let number = self.drawings;
        let name = |body: &mut Self, bytes: &[u8], ending: &str| {
            let name = format!("{}{number}.{ending}", body.free.media);
            body.media.push((name.clone(), bytes.to_vec()));
            body.relation("image", format!("media/{name}"), false)
        };
        let shown = name(self, &picture.shown, picture.ending);
        let drawn = picture.drawn.as_ref().map(|svg| name(self, svg, "svg"));
        picture::write(picture, alt, self.free.picture + number - 1, &shown, drawn.as_deref(), out);
    }

    fn relation(&mut self, kind: &'static str, target: String, outside: bool) -> String {
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

/// The notes that need a bookmark: referred to more than once, or from within a note.
fn referred_to_again(blocks: &[Block], notes: &Notes) -> BTreeSet<usize> {
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

/// The style of a paragraph: one that leads to a list or to the signatures goes along with it.
fn paragraph_style(block: &Block, next: Option<&Block>, within: Within) -> String {
    if let Some(style) = within.style {
        return style.to_owned();
    }
    if within.lists > 0 {
        return leveled("List Continue", within.lists - 1);
    }
    if is_caption(block, next) {
        return "caption".into();
    }
    match next.map(|next| &next.kind) {
        Some(BlockKind::List { .. }) => "Ledtext".into(),
        Some(BlockKind::Part { role, .. }) if role == SIGNATURES => "Sista stycket".into(),
        _ => "Normal".into(),
    }
}

/// `List Number 2` of the second level.
fn leveled(family: &str, level: usize) -> String {
    match level.min(LEVELS - 1) {
        0 => family.to_owned(),
        level => format!("{family} {}", level + 1),
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

fn line_break(out: &mut Xml) {
    out.raw(b"<w:r><w:br/></w:r>");
}
