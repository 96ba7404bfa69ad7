//! A document that was begun in a meeting system, filled at its bookmarks and content controls.
//! Every part that the text does not need to touch stays as it is, byte for byte.

use std::io::{Cursor, Read};
use std::ops::Range;

use roxmltree::{Document as Tree, Node, ParsingOptions};
use zip::{ZipArchive, ZipWriter};

use super::MAIN;
use super::body::{Body, Free};
use super::parts;
use super::places::{self, Opening, Value};
use super::sheet::Sheet;
use super::style::Ids;
use super::xml::Xml;
use crate::diagnostic::{Diagnostic, codes};
use crate::document::Document;
use crate::export::headings::Headings;
use crate::export::letterhead::Letterhead;
use crate::export::{Images, prepared::prepared, spacing::spaced};
use crate::library::Templates;

/// What a template may unpack to, in bytes.
const LARGEST: u64 = 256 << 20;

const TEXT: &str = "word/document.xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const STYLES: &str = "word/styles.xml";
const NUMBERING: &str = "word/numbering.xml";
const NOTES: &str = "word/footnotes.xml";
const NOTE_RELATIONS: &str = "word/_rels/footnotes.xml.rels";
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
    let mut body = Body::new(&spaced, templates, images, sheet, package.styles(), free);
    let text = package.part(TEXT).unwrap_or_default();
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let tree = Tree::parse_with_options(&text, options).map_err(|_| vec![unreadable(&template.name)])?;
    let offered = places::values(&spaced, &letterhead, &Headings::of(document, templates));
    let places = places::of(&tree);
    let (filled, findings) = places::match_up(&places, &offered, &template.name)?;
    let mut edits = Vec::new();
    for (place, value) in filled {
        edits.extend(place_edits(&text, place, value, &mut body));
    }
    if !body.problems.is_empty() {
        return Err(body.problems);
    }
    edits.extend(namespaces(&tree));
    let filled = spliced(&text, edits);
    package.put(TEXT, filled);
    package.take_along(&body);
    Ok((package.finish(), findings))
}

/// How the text of a template changes at a place.
fn place_edits<'a>(text: &str, place: &Opening, value: &Value<'a>, body: &mut Body<'a>) -> Vec<Splice> {
    let mut edits = place.clears.iter().map(|range| (range.clone(), Vec::new())).collect::<Vec<Splice>>();
    let held = &text[place.inside.clone()];
    match value {
        Value::Line(line) => {
            let run = run_like(held, line);
            let inner = match place.holds_blocks {
                true => [b"<w:p>", paragraph_properties(held).as_bytes(), &run, b"</w:p>"].concat(),
                false => run,
            };
            edits.push((place.inside.clone(), inner));
        }
        Value::Blocks(blocks) => {
            let written: Vec<u8> = blocks.iter().flat_map(|blocks| body.fragment(blocks)).collect();
            match &place.paragraph {
                // A bookmark in a paragraph of its own: the paragraph makes room.
                Some((paragraph, start, end)) => {
                    let whole = [start.as_bytes(), &written, end.as_bytes()].concat();
                    edits.push((paragraph.clone(), whole));
                }
                None => edits.push((place.inside.clone(), written)),
            }
        }
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

fn paragraph_properties(held: &str) -> &str {
    between(held, "<w:pPr>", "</w:pPr>").unwrap_or_default()
}

/// From the first of these tags to the end that follows it, both included.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let start = text.find(open)?;
    let end = start + text[start..].find(close)? + close.len();
    Some(&text[start..end])
}

/// The namespaces that the text needs and the root does not name.
fn namespaces(tree: &Tree) -> Option<Splice> {
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
    let name = root.range().start + "<w:document".len();
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
}

impl Package {
    fn open(template: &Template) -> Result<Self, Diagnostic> {
        let unreadable = |_| unreadable(&template.name);
        let archive = ZipArchive::new(Cursor::new(template.bytes.clone())).map_err(unreadable)?;
        let mut package = Self { archive, changed: Vec::new() };
        match package.part(TEXT) {
            Some(text) if text.contains(&format!("xmlns:w=\"{MAIN}\"")) => Ok(package),
            _ => Err(self::unreadable(&template.name)),
        }
    }

    /// A part as text.
    fn part(&mut self, name: &str) -> Option<String> {
        let mut text = String::new();
        let file = self.archive.by_name(name).ok()?;
        file.take(LARGEST).read_to_string(&mut text).ok()?;
        Some(text.trim_start_matches('\u{feff}').to_owned())
    }

    fn put(&mut self, name: &str, bytes: Vec<u8>) {
        self.changed.push((name.to_owned(), bytes));
    }

    /// The identifiers of its styles by their names.
    fn styles(&mut self) -> Ids {
        let text = self.part(STYLES).unwrap_or_default();
        let Ok(tree) = Tree::parse(&text) else { return Ids::default() };
        let styles = tree.descendants().filter(|node| node.has_tag_name((MAIN, "style")));
        Ids::of(styles.filter_map(|style| {
            let name = style.children().find(|node| node.has_tag_name((MAIN, "name")))?;
            Some((name.attribute((MAIN, "val"))?.to_owned(), style.attribute((MAIN, "styleId"))?.to_owned()))
        }))
    }

    /// Identifiers that it does not have.
    fn free(&mut self) -> Free {
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
            note: highest(NOTES, "footnote", "id") + 1,
            list: highest(NUMBERING, "num", "numId") + 1,
            forms: highest(NUMBERING, "abstractNum", "abstractNumId") + 1,
            bookmark: highest(TEXT, "bookmarkStart", "id") + 1,
            picture: highest(TEXT, "docPr", "id") + 1,
            relation: "rIdTjut",
            media: "tjut",
        }
    }

    /// The parts that the text needs: lists, notes, what it leads to, pictures.
    fn take_along(&mut self, body: &Body) {
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
        if !body.lists.is_empty() {
            match self.part(NUMBERING) {
                Some(numbering) => self.put(NUMBERING, with_lists(&numbering, body)),
                None => {
                    self.put(NUMBERING, parts::numbering(&body.lists, body.sheet(), body.free()));
                    new_parts.push("numbering");
                    part_relation("numbering");
                }
            }
        }
        if !body.footnotes.is_empty() {
            match self.part(NOTES) {
                Some(notes) => {
                    let own: Vec<u8> = body.footnotes.values().flatten().copied().collect();
                    self.put(NOTES, before(&notes, "</w:footnotes>", &own));
                }
                None => {
                    self.put(NOTES, parts::footnotes(&body.footnotes));
                    new_parts.push("footnotes");
                    part_relation("footnotes");
                }
            }
        }
        self.add_relations(RELATIONS, &relations);
        self.add_relations(NOTE_RELATIONS, &body.note_relations);
        for (name, bytes) in &body.media {
            self.put(&format!("word/media/{name}"), bytes.clone());
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
    parts::instances(&body.lists, body.free(), &mut lists);
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

/// The nearest element that stands where blocks stand.
pub fn block_of<'t, 'i>(node: Node<'t, 'i>) -> Option<Node<'t, 'i>> {
    node.ancestors().find(|node| node.has_tag_name((MAIN, "p")))
}
