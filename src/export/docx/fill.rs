//! A document that was begun in a meeting system, filled at its bookmarks and content controls.
//! Every part that the text does not need to touch stays as it is, byte for byte.

use std::io::{Cursor, Read};
use std::ops::Range;

use roxmltree::{Document as Tree, Node, ParsingOptions};
use zip::{ZipArchive, ZipWriter};

use super::MAIN;
use super::body::{Body, Free};
use super::parts;
use super::places::{self, DRAFT, Filled, Opening, Value};
use super::sheet::Sheet;
use super::style::{self, Ids};
use super::xml::Xml;
use crate::diagnostic::{Diagnostic, codes};
use crate::document::Document;
use crate::export::headings::Headings;
use crate::export::letterhead::Letterhead;
use crate::export::{Images, prepared::prepared, spacing::spaced};
use crate::library::Templates;

/// What a template may unpack to, in bytes.
const LARGEST: u64 = 256 << 20;

const TYPES: &str = "[Content_Types].xml";

/// Somebody's Word document, and its name for messages.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Fills a template with a document; what found no place is said.
///
/// # Errors
/// That the template cannot be read, or has no place for anything.
pub fn fill(
    document: &Document,
    templates: &Templates,
    images: &Images,
    template: &Template,
) -> Result<(Vec<u8>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let document = &*prepared(document, templates);
    let mut package = Package::open(template).map_err(|finding| vec![finding])?;
    let letterhead = Letterhead::of(document, templates);
    let sheet = Sheet::of(document, &letterhead, templates)?;
    let free = package.free();
    let spaced = spaced(document);
    let ids = package.styles(&sheet);
    let mut body = Body::new(&spaced, templates, images, sheet, ids.clone(), free);
    let texts = package.texts();
    let trees = texts.iter().map(|(_, text)| {
        let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
        Tree::parse_with_options(text, options)
    });
    let trees: Result<Vec<Tree>, _> = trees.collect();
    let trees = trees.map_err(|_| vec![unreadable(&template.name)])?;
    let offered = places::values(&spaced, &letterhead, &Headings::of(document, templates));
    let places: Vec<(usize, Opening)> = trees
        .iter()
        .enumerate()
        .flat_map(|(part, tree)| places::of(tree).into_iter().map(move |place| (part, place)))
        .collect();
    let (filled, mut findings) = places::match_up(&places, &offered, &template.name)?;
    let mut draft = Draft::of(&letterhead, &filled);
    let mut edits: Vec<Vec<Splice>> = vec![Vec::new(); texts.len()];
    for filled in &filled {
        edits[filled.part].extend(place_edits(&texts[filled.part].1, filled, &mut draft, &mut body));
    }
    if !body.problems.is_empty() {
        return Err(body.problems);
    }
    if draft == Draft::Unsaid {
        findings.push(unsaid(&template.name));
    }
    for (((name, text), edits), tree) in texts.iter().zip(edits).zip(&trees) {
        if !edits.is_empty() {
            let needed = namespaces(tree, text);
            package.put(name, spliced(text, edits.into_iter().chain(needed).collect()));
        }
    }
    package.take_along(&body, &ids);
    Ok((package.finish(), findings))
}

/// Whether it is still to be said that the document is a draft.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Draft {
    /// It is none, or the template has a place for the word.
    Said,
    /// It is to be said over the first text.
    Unsaid,
}

impl Draft {
    fn of(letterhead: &Letterhead, filled: &[Filled]) -> Self {
        let says = |filled: &Filled| matches!(filled.value, Value::Line(line) if line == DRAFT);
        if letterhead.draft && !filled.iter().any(says) { Self::Unsaid } else { Self::Said }
    }
}

fn unsaid(name: &str) -> Diagnostic {
    let message = format!("att det är ett utkast har ingen plats i {name}");
    Diagnostic::new(codes::WORDMALL_SAKNAR_PLATS, message)
        .hint("Lägg ett bokmärke som heter utkast i mallen, där ordet UTKAST ska stå.")
}

/// How the text of a part changes at a place.
fn place_edits<'a>(
    text: &str,
    filled: &Filled<'_, '_, 'a>,
    draft: &mut Draft,
    body: &mut Body<'a>,
) -> Vec<Splice> {
    let Filled { place, room, value, .. } = filled;
    let written = match value {
        Value::Line(line) => run_like(&text[room.range.clone()], line),
        Value::Blocks(blocks) => {
            let mut out = Xml::fragment();
            if std::mem::replace(draft, Draft::Said) == Draft::Unsaid {
                body.paragraph(&["Normal"], None, &mut out, |body, out| body.run(DRAFT, true, out));
            }
            blocks.iter().for_each(|blocks| out.raw(&body.fragment(blocks)));
            out.finish()
        }
    };
    let whole = [room.before.as_bytes(), &written, room.after.as_bytes()].concat();
    let mut edits = vec![(room.range.clone(), whole)];
    edits.extend(place.clears.iter().map(|range| (range.clone(), Vec::new())));
    // A control that holds a day has it beside the words, too.
    if let (Value::Line(line), Some(day)) = (value, &place.day)
        && line.parse::<jiff::civil::Date>().is_ok()
    {
        edits.push((day.clone(), format!("{line}T00:00:00Z").into_bytes()));
    }
    edits
}

/// A run of text that looks like the first run of what stood there.
fn run_like(held: &str, line: &str) -> Vec<u8> {
    let look = between(held, "<w:rPr>", "</w:rPr>").filter(|look| !look.contains("PlaceholderText"));
    let mut xml = Xml::fragment();
    xml.open("w:r", &[]);
    xml.raw(look.unwrap_or_default().as_bytes());
    xml.element("w:t", &[("xml:space", "preserve")], line);
    xml.close("w:r");
    xml.finish()
}

/// From the first of these tags to the end that follows it, both included.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let start = text.find(open)?;
    let end = start + text[start..].find(close)? + close.len();
    Some(&text[start..end])
}

/// The namespaces that the text needs and the root does not name.
fn namespaces(tree: &Tree, text: &str) -> Option<Splice> {
    let root = tree.root_element();
    let needed = [
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ];
    let missing: String = needed
        .iter()
        .filter(|(prefix, _)| root.lookup_namespace_uri(Some(*prefix)).is_none())
        .map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\""))
        .collect();
    let start = root.range().start;
    let name = start + text[start..].find(|sign: char| sign.is_whitespace() || matches!(sign, '>' | '/'))?;
    (!missing.is_empty()).then(|| (name..name, missing.into_bytes()))
}

/// A stretch of a text, and what takes its place.
pub type Splice = (Range<usize>, Vec<u8>);

/// A text with its edits made. Of two that overlap the outer one counts.
fn spliced(text: &str, mut edits: Vec<Splice>) -> Vec<u8> {
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out = Vec::new();
    let mut at = 0;
    for (range, bytes) in edits {
        if range.start < at {
            continue;
        }
        out.extend_from_slice(&text.as_bytes()[at..range.start]);
        out.extend(bytes);
        at = range.end;
    }
    out.extend_from_slice(&text.as_bytes()[at..]);
    out
}

/// A template's parts, and those that are new.
struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    changed: Vec<(String, Vec<u8>)>,
    /// The part that holds the text.
    main: String,
    /// Where that leads: the kind of each relation, and the part.
    relations: Vec<(String, String)>,
}

/// What the type of a package's text is called where the package is a document.
const DOCUMENT: &str = "wordprocessingml.document.main+xml";
/// Where it is a template.
const TEMPLATE: &str = "wordprocessingml.template.main+xml";

impl Package {
    fn open(template: &Template) -> Result<Self, Diagnostic> {
        let unreadable = || unreadable(&template.name);
        let archive = ZipArchive::new(Cursor::new(template.bytes.clone())).map_err(|_| unreadable())?;
        let (changed, main, relations) = (Vec::new(), "word/document.xml".to_owned(), Vec::new());
        let mut package = Self { archive, changed, main, relations };
        let begin = package.led_to("");
        if let Some((_, main)) = begin.into_iter().find(|(kind, _)| kind == "officeDocument") {
            package.main = main;
        }
        package.relations = package.led_to(&package.main.clone());
        match package.part(&package.main.clone()) {
            Some(text) if text.contains(&format!("xmlns:w=\"{MAIN}\"")) => {}
            _ => return Err(unreadable()),
        }
        let types = package.part(TYPES).unwrap_or_default();
        if types.contains("macroEnabled") {
            return Err(holds_macros(&template.name));
        }
        // What is filled is a document, whatever it was begun from.
        if types.contains(TEMPLATE) {
            package.put(TYPES, types.replace(TEMPLATE, DOCUMENT).into_bytes());
        }
        Ok(package)
    }

    /// A part as text, with what was changed in it.
    fn part(&mut self, name: &str) -> Option<String> {
        if let Some((_, bytes)) = self.changed.iter().find(|(changed, _)| changed == name) {
            return String::from_utf8(bytes.clone()).ok();
        }
        let mut text = String::new();
        let file = self.archive.by_name(name).ok()?;
        file.take(LARGEST).read_to_string(&mut text).ok()?;
        Some(text.trim_start_matches('\u{feff}').to_owned())
    }

    fn put(&mut self, name: &str, bytes: Vec<u8>) {
        self.changed.retain(|(changed, _)| changed != name);
        self.changed.push((name.to_owned(), bytes));
    }

    /// Where a part leads within the package, or where the package begins.
    fn led_to(&mut self, part: &str) -> Vec<(String, String)> {
        let text = self.part(&relations_of(part)).unwrap_or_default();
        let Ok(tree) = Tree::parse(&text) else { return Vec::new() };
        let relations = tree.descendants().filter(|node| node.tag_name().name() == "Relationship");
        let inside = relations.filter(|node| node.attribute("TargetMode") != Some("External"));
        let relation = |node: Node| {
            let kind = node.attribute("Type")?.rsplit('/').next()?.to_owned();
            Some((kind, resolved(part, node.attribute("Target")?)))
        };
        inside.filter_map(relation).collect()
    }

    /// The part that the text leads to as this; where there is none, the one that it will.
    fn named(&self, kind: &str) -> String {
        let found = self.relations.iter().find(|(known, _)| known == kind);
        found.map_or_else(|| resolved(&self.main, &format!("{kind}.xml")), |(_, part)| part.clone())
    }

    /// The parts that a reader sees text of: the document, and what stands at the edges of its pages.
    fn texts(&mut self) -> Vec<(String, String)> {
        let edges = self.relations.iter().filter(|(kind, _)| matches!(kind.as_str(), "header" | "footer"));
        let names: Vec<String> =
            std::iter::once(self.main.clone()).chain(edges.map(|(_, part)| part.clone())).collect();
        names.into_iter().filter_map(|name| Some((name.clone(), self.part(&name)?))).collect()
    }

    /// The identifiers of its styles by their names, and of those that it can be given.
    fn styles(&mut self, sheet: &Sheet) -> Ids {
        let text = self.part(&self.named("styles")).unwrap_or_default();
        let Ok(tree) = Tree::parse(&text) else { return Ids::default() };
        let styles = tree.descendants().filter(|node| node.has_tag_name((MAIN, "style")));
        let named = styles.filter_map(|style| {
            let name = style.children().find(|node| node.has_tag_name((MAIN, "name")))?;
            Some((name.attribute((MAIN, "val"))?.to_owned(), style.attribute((MAIN, "styleId"))?.to_owned()))
        });
        Ids::of(named, sheet)
    }

    /// Identifiers that it does not have.
    fn free(&mut self) -> Free {
        let (main, notes, numbering) = (self.main.clone(), self.named("footnotes"), self.named("numbering"));
        let mut highest = |part: &str, element: &str, attribute: &str| {
            let text = self.part(part).unwrap_or_default();
            let Ok(tree) = Tree::parse(&text) else { return 0 };
            let elements = tree.descendants().filter(|node| node.tag_name().name() == element);
            let numbers = elements.filter_map(|node| {
                let own = node.attribute((MAIN, attribute)).or_else(|| node.attribute(attribute));
                own?.parse::<usize>().ok()
            });
            numbers.max().unwrap_or_default()
        };
        Free {
            note: highest(&notes, "footnote", "id") + 1,
            list: highest(&numbering, "num", "numId") + 1,
            forms: highest(&numbering, "abstractNum", "abstractNumId") + 1,
            bookmark: highest(&main, "bookmarkStart", "id") + 1,
            picture: highest(&main, "docPr", "id") + 1,
            relation: "rIdTjut",
            media: "tjut",
        }
    }

    /// The parts that the text needs: styles, lists, notes, what it leads to, pictures.
    fn take_along(&mut self, body: &Body, ids: &Ids) {
        let mut new_parts = Vec::new();
        let mut relations = body.relations.clone();
        let mut part_relation = |name: &'static str| {
            relations.push(super::body::Relation {
                id: format!("rIdTjut{name}"),
                kind: name,
                target: format!("{name}.xml"),
                outside: false,
            });
        };
        let (numbering_part, notes_part) = (self.named("numbering"), self.named("footnotes"));
        if !body.lists.is_empty() {
            match self.part(&numbering_part) {
                Some(numbering) => self.put(&numbering_part, with_lists(&numbering, body)),
                None => {
                    let numbering = parts::numbering(&body.lists, body.sheet(), body.free());
                    self.put(&numbering_part, numbering);
                    new_parts.push(("numbering", numbering_part));
                    part_relation("numbering");
                }
            }
        }
        if !body.footnotes.is_empty() {
            match self.part(&notes_part) {
                Some(notes) => {
                    let own: Vec<u8> = body.footnotes.values().flatten().copied().collect();
                    self.put(&notes_part, before(&notes, "</w:footnotes>", &own));
                }
                None => {
                    self.put(&notes_part, parts::footnotes(&body.footnotes));
                    new_parts.push(("footnotes", notes_part.clone()));
                    part_relation("footnotes");
                }
            }
        }
        let used: Vec<u8> = self.changed.iter().flat_map(|(_, bytes)| bytes).copied().collect();
        let styles = style::lacking(ids, body.sheet(), &String::from_utf8_lossy(&used));
        let styles_part = self.named("styles");
        if let Some(text) = self.part(&styles_part).filter(|_| !styles.is_empty()) {
            self.put(&styles_part, before(&text, "</w:styles>", &styles));
        }
        self.add_relations(&relations_of(&self.main.clone()), &relations);
        self.add_relations(&relations_of(&notes_part), &body.note_relations);
        for (name, bytes) in &body.media {
            self.put(&resolved(&self.main.clone(), &format!("media/{name}")), bytes.clone());
        }
        let types = self.part(TYPES).unwrap_or_default();
        let new_types = parts::new_types(&types, &new_parts, body);
        if !new_types.is_empty() {
            self.put(TYPES, before(&types, "</Types>", &new_types));
        }
    }

    fn add_relations(&mut self, part: &str, relations: &[super::body::Relation]) {
        if relations.is_empty() {
            return;
        }
        let bytes = match self.part(part) {
            Some(text) => {
                let mut xml = Xml::fragment();
                relations.iter().for_each(|relation| parts::relation_into(relation, &mut xml));
                before(&text, "</Relationships>", &xml.finish())
            }
            None => parts::relations_part(relations.iter()),
        };
        self.put(part, bytes);
    }

    /// The package, with untouched parts copied as they are.
    fn finish(mut self) -> Vec<u8> {
        let options = super::package::options();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..self.archive.len() {
            let Ok(file) = self.archive.by_index_raw(at) else { continue };
            let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
            match self.changed.iter().position(|(changed, _)| *changed == name) {
                None => drop(writer.raw_copy_file(file)),
                Some(changed) => {
                    drop(file);
                    let (_, bytes) = self.changed.remove(changed);
                    super::package::add(&mut writer, &name, &bytes, options);
                }
            }
        }
        for (name, bytes) in &self.changed {
            super::package::add(&mut writer, name, bytes, options);
        }
        writer.finish().map(Cursor::into_inner).unwrap_or_default()
    }
}

/// A template's numbering with our lists: forms stand before lists.
fn with_lists(numbering: &str, body: &Body) -> Vec<u8> {
    let mut forms = Xml::fragment();
    parts::forms(&body.lists, body.sheet(), body.free(), &mut forms);
    let mut lists = Xml::fragment();
    parts::instances(&body.lists, body.sheet(), body.free(), &mut lists);
    let last = ["<w:numIdMacAtCleanup", "</w:numbering>"].into_iter().find_map(|end| numbering.find(end));
    let end = last.unwrap_or(numbering.len());
    let first = numbering.find("<w:num ").unwrap_or(end);
    spliced(numbering, vec![(first..first, forms.finish()), (end..end, lists.finish())])
}

/// A text with something before the last of its ends.
fn before(text: &str, end: &str, what: &[u8]) -> Vec<u8> {
    let at = text.rfind(end).unwrap_or(text.len());
    spliced(text, vec![(at..at, what.to_vec())])
}

fn unreadable(name: &str) -> Diagnostic {
    Diagnostic::new(codes::WORDMALL_OLASLIG, format!("{name} kan inte läsas som ett Word-dokument"))
        .hint("Spara den i Word som Word-dokument (.docx), utan lösenord, och försök igen.")
}

fn holds_macros(name: &str) -> Diagnostic {
    Diagnostic::new(codes::WORDMALL_OLASLIG, format!("{name} är ett Word-dokument med makron"))
        .hint("Spara den i Word som Word-dokument (.docx), utan makron, och försök igen.")
}

/// Where it stands what a part leads to.
fn relations_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    let separator = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{separator}_rels/{name}.rels")
}

/// The part that a part leads to by this address.
fn resolved(part: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = part.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
