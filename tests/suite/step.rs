//! All formats hold the same: the words of a document, in their order, with their structure.
//!
//! What each format holds is written as lines: `h2: Bakgrund`, `li 1.`, `p: …`, `th: …`, `bild: …`,
//! and the notes last. A kind of block that a format forgets is a line that it lacks.

use std::io::{Cursor, Read};

use roxmltree::{Document as Tree, Node};
use tjut::document::Document;
use tjut::export::prepared::prepared;
use tjut::export::{Images, docx, html, pdf};
use tjut::markdown::{Block, BlockKind, Inline, InlineKind};
use tjut::workshop::Workshop;

use super::expect::root;
use super::hostile::collect;
use super::{golden, tags};

#[test]
fn all_formats_hold_the_same_words_in_the_same_order_with_the_same_structure() {
    let built_in = golden::workshop();
    for folder in super::expect::entries(&root().join("tests/golden")) {
        let workshop = golden::own(&folder).unwrap_or_else(|| built_in.clone());
        let (document, images) = golden::document(&folder, &workshop).expect("a right case");
        let ours = of_document(&prepared(&document, &workshop));
        let page = html::html(&document, &workshop, &images, &[], false).expect("a page");
        same(&ours, &of_html(std::str::from_utf8(&page).expect("UTF-8")), &folder, "html");
        let word = docx::docx(&document, &workshop, &images).expect("a document");
        same(&ours, &of_word(word, Changes::Accepted), &folder, "docx");
        let page = String::from_utf8_lossy(&page);
        let rows = page.matches("scope=\"row\"").count();
        let enclosed =
            page.split("<ul class=\"bilagor\">").nth(1).and_then(|rest| rest.split("</ul>").next());
        let enclosed = enclosed.map_or(0, |list| list.matches("<li>").count());
        of_pdf(&document, &images, &ours, (rows, if enclosed > 1 { enclosed } else { 0 }), &workshop);
    }
}

fn same(ours: &[String], theirs: &[String], folder: &std::path::Path, format: &str) {
    let at = ours.iter().zip(theirs).position(|(our, their)| our != their);
    let at = at.unwrap_or(ours.len().min(theirs.len()));
    assert!(
        at == ours.len() && at == theirs.len(),
        "{}, {format}, line {at}:\nMarkdown: {:?}\n{format}: {:?}",
        folder.display(),
        ours.get(at),
        theirs.get(at),
    );
}

/// The words of a text, with single spaces.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

// --- Markdown -------------------------------------------------------------------------------

struct Ours<'a> {
    lines: Vec<String>,
    notes: Vec<(&'a str, &'a [Block])>,
    cited: Vec<&'a str>,
}

fn of_document(document: &Document) -> Vec<String> {
    let notes = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Footnote { label, blocks } => Some((label.as_str(), blocks.as_slice())),
        _ => None,
    });
    let mut ours = Ours { lines: Vec::new(), notes: notes.collect(), cited: Vec::new() };
    ours.blocks(&document.blocks, 0);
    for (at, label) in ours.cited.clone().into_iter().enumerate() {
        ours.lines.push(format!("not {}", at + 1));
        let note = ours.note(label);
        ours.blocks(note, 0);
    }
    ours.lines
}

impl<'a> Ours<'a> {
    fn blocks(&mut self, blocks: &'a [Block], depth: usize) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { level, inlines } => {
                    let text = self.text(inlines);
                    self.lines.push(format!("h{level}: {text}"));
                }
                BlockKind::Paragraph(inlines) => match inlines.as_slice() {
                    [Inline { kind: InlineKind::Image { alt, title, .. }, .. }] => {
                        self.lines.push(format!("bild: {alt}"));
                        self.paragraph(title.clone());
                    }
                    _ => {
                        let text = self.text(inlines);
                        self.paragraph(text);
                    }
                },
                BlockKind::List { start, items, .. } => {
                    for item in items {
                        self.lines.push(list_item(depth + 1, start.is_some()));
                        self.blocks(item, depth + 1);
                    }
                }
                BlockKind::Quote(inner) | BlockKind::Part { blocks: inner, .. } => self.blocks(inner, depth),
                BlockKind::Table { head, rows, .. } => {
                    for (at, row) in std::iter::once(head).chain(rows).enumerate() {
                        for cell in row {
                            let text = self.text(cell);
                            self.lines.push(format!("{}: {text}", if at == 0 { "th" } else { "td" }));
                        }
                    }
                }
                BlockKind::Code(text) => self.paragraph(words(text)),
                BlockKind::Rule => self.lines.push("linje".into()),
                BlockKind::Footnote { .. } | BlockKind::Html(_) => {}
            }
        }
    }

    fn paragraph(&mut self, text: String) {
        if !text.is_empty() {
            self.lines.push(format!("p: {text}"));
        }
    }

    fn text(&mut self, inlines: &'a [Inline]) -> String {
        let mut text = String::new();
        self.text_into(inlines, &mut text);
        words(&text)
    }

    fn text_into(&mut self, inlines: &'a [Inline], text: &mut String) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(part) => text.push_str(part),
                InlineKind::Code(part) => text.push_str(part),
                InlineKind::Emph(inner) | InlineKind::Strong(inner) => self.text_into(inner, text),
                InlineKind::Link { inlines, .. } => self.text_into(inlines, text),
                InlineKind::Break => text.push(' '),
                InlineKind::Note(label) => self.cite(label),
                InlineKind::Image { .. } | InlineKind::Html(_) => {}
            }
        }
    }

    fn note(&self, label: &str) -> &'a [Block] {
        self.notes.iter().find(|(found, _)| *found == label).map(|(_, blocks)| *blocks).unwrap_or_default()
    }

    /// The notes that a note refers to come behind it.
    fn cite(&mut self, label: &'a str) {
        if !self.cited.contains(&label) {
            self.cited.push(label);
            let end = self.lines.len();
            self.blocks(self.note(label), 0);
            self.lines.truncate(end);
        }
    }
}

fn list_item(depth: usize, is_numbered: bool) -> String {
    format!("li {depth}{}", if is_numbered { "." } else { "" })
}

// --- HTML -----------------------------------------------------------------------------------

/// The lines of a page's main part. Our pages close what they open, so tags are all there is to know.
fn of_html(page: &str) -> Vec<String> {
    let main = page.split_once("<main").and_then(|(_, rest)| rest.split_once('>')).expect("a main part").1;
    let main = main.split_once("</main>").expect("its end").0;
    let mut lines = Vec::new();
    let mut text = String::new();
    let (mut lists, mut in_head, mut notes, mut silent) = (Vec::new(), false, 0, None);
    let mut kind = "p: ".to_owned();
    for piece in main.split_inclusive(['<', '>']).scan(false, |in_tag, piece| {
        let was = std::mem::replace(in_tag, piece.ends_with('<'));
        Some((was, piece.trim_end_matches(['<', '>'])))
    }) {
        let (is_tag, piece) = piece;
        if !is_tag {
            if silent.is_none() {
                text.push_str(&unescaped(piece));
            }
            continue;
        }
        let name = piece.split_whitespace().next().unwrap_or_default();
        if let Some(until) = &silent {
            silent = Some(*until).filter(|until| *until != name);
            continue;
        }
        let mut flush = |kind: &str, lines: &mut Vec<String>| {
            let said = words(&std::mem::take(&mut text));
            if !said.is_empty() || kind.starts_with('t') {
                lines.push(format!("{kind}{said}"));
            }
        };
        match name {
            "sup" => silent = Some("/sup"),
            "a" if piece.contains("doc-backlink") => silent = Some("/a"),
            "p" if piece.contains("vidare") => silent = Some("/p"),
            "h2" if piece.contains("\"fotnoter\"") => silent = Some("/h2"),
            "section" if piece.contains("fotnoter") => notes = 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => kind = format!("{name}: "),
            "/h1" | "/h2" | "/h3" | "/h4" | "/h5" | "/h6" => {
                flush(&kind, &mut lines);
                kind = "p: ".into();
            }
            "ul" | "ol" => {
                flush("p: ", &mut lines);
                lists.push((name == "ol", piece.contains("bilagor") || piece.contains("rader")));
            }
            "/ul" | "/ol" => drop(lists.pop()),
            "li" if notes > 0 && lists.len() == 1 => {
                lines.push(format!("not {notes}"));
                notes += 1;
            }
            "li" => {
                let (is_numbered, is_enclosed) = *lists.last().expect("a list");
                let depth = lists.len() - usize::from(notes > 0);
                if !is_enclosed {
                    lines.push(list_item(depth, is_numbered));
                }
            }
            "thead" => in_head = true,
            "/thead" => in_head = false,
            "/th" | "/td" => flush(if in_head { "th: " } else { "td: " }, &mut lines),
            "/p" | "/li" | "/pre" | "/caption" | "/figcaption" => flush("p: ", &mut lines),
            "br" => text.push(' '),
            "hr" => lines.push("linje".into()),
            "img" => {
                let alt = piece.split_once("alt=\"").and_then(|(_, rest)| rest.split_once('"'));
                lines.push(format!("bild: {}", unescaped(alt.expect("an alternative text").0)));
            }
            _ => {}
        }
    }
    lines
}

fn unescaped(text: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", " "), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (mark, plain)| text.replace(mark, plain))
}

// --- Word -----------------------------------------------------------------------------------

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// What is read of tracked changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changes {
    /// All of them are accepted.
    Accepted,
    /// All of them are rejected.
    Rejected,
}

impl Changes {
    /// Whether what stands in an element is there.
    pub fn has(self, name: &str) -> bool {
        match name {
            "ins" | "moveTo" | "cellIns" => self == Self::Accepted,
            "del" | "moveFrom" | "cellDel" => self == Self::Rejected,
            _ => true,
        }
    }

    /// Whether there is anything among an element's children that says it is not there.
    fn keeps(self, marks: Option<Node>) -> bool {
        marks.is_none_or(|marks| marks.children().all(|mark| self.has(mark.tag_name().name())))
    }
}

/// The lines of a Word document.
pub fn of_word(bytes: Vec<u8>, changes: Changes) -> Vec<String> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut part = |name: &str| {
        let mut text = String::new();
        package.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
        text
    };
    let (text, notes, numbering) =
        (part("word/document.xml"), part("word/footnotes.xml"), part("word/numbering.xml"));
    let (text, notes, numbering) = (
        Tree::parse(&text).expect("XML"),
        Tree::parse(&notes).expect("XML"),
        Tree::parse(&numbering).expect("XML"),
    );
    let mut lines = Vec::new();
    let body = child(text.root_element(), "body").expect("a body");
    let mut reading = Reading { numbering: &numbering, changes, open: String::new(), notes: Vec::new() };
    reading.blocks(body, &mut lines);
    let cited = std::mem::take(&mut reading.notes);
    for (at, id) in cited.iter().enumerate() {
        lines.push(format!("not {}", at + 1));
        let note =
            notes.root_element().children().find(|node| value(*node, "id") == Some(id)).expect("a note");
        reading.blocks(note, &mut lines);
    }
    lines
}

struct Reading<'t, 'i> {
    numbering: &'t Tree<'i>,
    changes: Changes,
    /// The text of a paragraph whose end is not there: it goes on in the next.
    open: String,
    /// The notes that are referred to, in order.
    notes: Vec<String>,
}

impl Reading<'_, '_> {
    fn blocks(&mut self, parent: Node, lines: &mut Vec<String>) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node, lines),
                "tbl" => self.table(node, lines),
                _ => self.blocks(node, lines),
            }
        }
    }

    fn table(&mut self, table: Node, lines: &mut Vec<String>) {
        for row in table.children().filter(|node| node.has_tag_name((MAIN, "tr"))) {
            let properties = child(row, "trPr");
            if !self.changes.keeps(properties) {
                continue;
            }
            let is_head = properties.and_then(|node| child(node, "tblHeader")).is_some();
            for cell in row.children().filter(|node| node.has_tag_name((MAIN, "tc"))) {
                if !self.changes.keeps(child(cell, "tcPr")) {
                    continue;
                }
                let mut text = String::new();
                self.text(cell, &mut text);
                lines.push(format!("{}: {}", if is_head { "th" } else { "td" }, words(&text)));
            }
        }
    }

    fn paragraph(&mut self, node: Node, lines: &mut Vec<String>) {
        let properties = child(node, "pPr");
        let mut text = std::mem::take(&mut self.open);
        self.text(node, &mut text);
        let ends = self.changes.keeps(properties.and_then(|node| child(node, "rPr")));
        let picture =
            node.descendants().find(|node| node.tag_name().name() == "docPr" && self.is_there(*node));
        if !ends && picture.is_none() {
            self.open = text;
            return;
        }
        // Rejected, it has the form that it had before.
        let before = properties.and_then(|node| child(node, "pPrChange")).and_then(|node| child(node, "pPr"));
        let properties = if self.changes == Changes::Rejected { before.or(properties) } else { properties };
        let style = properties.and_then(|node| child(node, "pStyle")).and_then(|node| value(node, "val"));
        let style = style.unwrap_or_default();
        if style.starts_with("Brevhuvud") || style == "EfterTabell" {
            return;
        }
        if style == "Avdelare" {
            return lines.push("linje".into());
        }
        if let Some(list) = properties.and_then(|node| child(node, "numPr")) {
            let read = |name| child(list, name).and_then(|node| value(node, "val")).expect("a list");
            let (level, number): (usize, _) = (read("ilvl").parse().expect("a level"), read("numId"));
            lines.push(list_item(level + 1, is_numbered(number, self.numbering)));
        }
        if let Some(picture) = picture {
            lines.push(format!("bild: {}", picture.attribute("descr").expect("an alternative text")));
        }
        let said = words(&text);
        let level = style.strip_prefix("Heading").and_then(|level| level.parse::<usize>().ok());
        match level {
            Some(level) => lines.push(format!("h{}: {said}", level + 1)),
            None if style.starts_with("Tit") => lines.push(format!("h1: {said}")),
            None if !said.is_empty() => lines.push(format!("p: {said}")),
            None => {}
        }
    }

    /// Whether something is there when the changes are accepted or rejected.
    fn is_there(&self, node: Node) -> bool {
        node.ancestors().all(|node| self.changes.has(node.tag_name().name()))
    }

    fn text(&mut self, node: Node, text: &mut String) {
        for node in node.descendants() {
            // What Word counts itself is no text of ours, nor what stands between two notes.
            if node.ancestors().any(|node| node.has_tag_name((MAIN, "fldSimple")) || is_reference(node)) {
                if node.has_tag_name((MAIN, "footnoteReference")) && self.is_there(node) {
                    self.notes.extend(value(node, "id").map(str::to_owned));
                }
                continue;
            }
            match node.tag_name().name() {
                "t" | "delText" if self.is_there(node) => text.push_str(node.text().unwrap_or_default()),
                "br" if self.is_there(node) => text.push(' '),
                _ => {}
            }
        }
    }
}

/// Whether it is a run that looks like a note's number.
fn is_reference(node: Node) -> bool {
    let style =
        child(node, "rPr").and_then(|form| child(form, "rStyle")).and_then(|style| value(style, "val"));
    style == Some("FootnoteReference")
}

fn is_numbered(number: &str, numbering: &Tree) -> bool {
    let by = |name: &'static str, attribute: &'static str, wanted: String| {
        let mut all = numbering.root_element().children().filter(move |node| node.has_tag_name((MAIN, name)));
        all.find(|node| value(*node, attribute) == Some(&wanted)).expect("a list's form")
    };
    let list = by("num", "numId", number.to_owned());
    let form = child(list, "abstractNumId").and_then(|node| value(node, "val")).expect("a form");
    let form = by("abstractNum", "abstractNumId", form.to_owned());
    let kind = form.descendants().find(|node| node.has_tag_name((MAIN, "numFmt")));
    matches!(kind.and_then(|node| value(node, "val")), Some("decimal" | "lowerLetter"))
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|node| node.has_tag_name((MAIN, name)))
}

fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute((MAIN, name))
}

// --- PDF ------------------------------------------------------------------------------------

/// The tags of a PDF are as many of each kind as the document has, with so many heads of `rows`, and points of an `enclosed` list that nobody sees, and its pages hold the words in their
/// order: those of the notes at the foot of a page, all others one after the other.
fn of_pdf(
    document: &Document,
    images: &Images,
    ours: &[String],
    (rows, enclosed): (usize, usize),
    workshop: &Workshop,
) {
    let made = pdf::pdf(document, workshop, workshop.press(), images).expect("a PDF");
    let tree = tags::tree(&made.bytes);
    let count = |name: &str| -> usize {
        let times = |line: &str| match line.split_once(" ×") {
            Some((tag, times)) => {
                (tag.trim().split(' ').next() == Some(name), times.parse().expect("a number"))
            }
            None => (line.trim().split(' ').next() == Some(name), 1),
        };
        tree.lines().map(times).filter(|(is_it, _)| *is_it).map(|(_, times)| times).sum()
    };
    let begins = |what: &str| ours.iter().filter(|line| line.starts_with(what)).count();
    // What an organ of an utlåtande says has a heading that nobody sees.
    let speaks = ["p: Borgarrådsberedningen ", "p: Kommunstyrelsen "].map(begins);
    let is_utlatande = document.front.mall.text == "utlåtande";
    let unseen = speaks.into_iter().filter(|times| is_utlatande && *times > 0).count();
    assert_eq!(count("H2"), begins("h2:") + unseen, "{tree}");
    assert_eq!(count("LI"), begins("li ") + enclosed, "{tree}");
    for (tag, line) in [("H3", "h3:"), ("Note", "not ")] {
        assert_eq!(count(tag), begins(line), "{tag} in {tree}");
    }
    // The cells that name rows are heads, as on the web.
    assert_eq!(count("TH"), begins("th:") + rows, "{tree}");
    assert_eq!(count("TD") + rows, begins("td:"), "{tree}");
    for alt in ours.iter().filter_map(|line| line.strip_prefix("bild: ")) {
        assert!(tree.contains(&format!("Figure alt=\"{alt}\"")), "{alt}");
    }
    let laid_out = pdf::layout(document, workshop, workshop.press(), images).expect("right");
    let mut text = String::new();
    laid_out.pages().iter().for_each(|page| collect(&page.frame, &mut text));
    // Lines break anywhere, and between words there is what the layout puts there.
    let solid = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let text = solid(&text);
    let notes = ours.iter().position(|line| line.starts_with("not ")).unwrap_or(ours.len());
    for part in [&ours[..notes], &ours[notes..]] {
        let mut at = 0;
        for line in part.iter().filter_map(|line| line.split_once(": ")).filter(|(kind, _)| *kind != "bild") {
            for word in line.1.split(' ').map(solid).filter(|word| !word.is_empty()) {
                let found = text[at..].find(&word);
                at += found.unwrap_or_else(|| panic!("{word} of “{}” is not in its place", line.1))
                    + word.len();
            }
        }
    }
}
