//! The parts beside the text: what there is, lists, footnotes, the running header, settings, properties.

use std::collections::BTreeMap;

use super::MAIN;
use super::body::{Body, Free, List, Relation};
use super::sheet::Sheet;
use super::xml::Xml;
use crate::digest::Digest;
use crate::document::Document;
use crate::export::letterhead::Letterhead;

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What every part is, by its name or ending.
pub fn content_types(body: &Body) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]);
    default_types("", body, &mut xml);
    for (name, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("footnotes", "footnotes"),
        ("endnotes", "endnotes"),
        ("header1", "header"),
    ] {
        let (name, kind) = (format!("/word/{name}.xml"), format!("{WORD}.{kind}+xml"));
        xml.empty("Override", &[("PartName", &name), ("ContentType", &kind)]);
    }
    let theme = "application/vnd.openxmlformats-officedocument.theme+xml";
    xml.empty("Override", &[("PartName", "/word/theme.xml"), ("ContentType", theme)]);
    for (name, kind) in [
        ("core", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("app", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        ("custom", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
    ] {
        xml.empty("Override", &[("PartName", &format!("/docProps/{name}.xml")), ("ContentType", kind)]);
    }
    xml.close("Types");
    xml.finish()
}

/// The types of files that a package has and does not name yet.
fn default_types(known: &str, body: &Body, xml: &mut Xml) {
    let usual = [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("jpeg", "image/jpeg"),
        ("png", "image/png"),
        ("svg", "image/svg+xml"),
    ];
    let is_used = |ending: &str| {
        matches!(ending, "rels" | "xml") || body.media.iter().any(|(name, _)| name.ends_with(ending))
    };
    let is_new = |ending: &str| !known.contains(&format!("Extension=\"{ending}\""));
    for (ending, kind) in usual.into_iter().filter(|(ending, _)| is_used(ending) && is_new(ending)) {
        xml.empty("Default", &[("Extension", ending), ("ContentType", kind)]);
    }
}

/// What has to be said of new parts and files in somebody's package that says `known`.
pub fn new_types(known: &str, parts: &[(&str, String)], body: &Body) -> Vec<u8> {
    let mut xml = Xml::fragment();
    default_types(known, body, &mut xml);
    for (kind, part) in parts {
        let (part, kind) = (format!("/{part}"), format!("{WORD}.{kind}+xml"));
        xml.empty("Override", &[("PartName", &part), ("ContentType", &kind)]);
    }
    xml.finish()
}

/// Where the package begins.
pub fn package_relations() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("Relationships", &[("xmlns", RELATIONS)]);
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    for (id, kind, target) in [
        ("rId1", &*format!("{OFFICE}/officeDocument"), "word/document.xml"),
        ("rId2", core, "docProps/core.xml"),
        ("rId3", &*format!("{OFFICE}/extended-properties"), "docProps/app.xml"),
        ("rId4", &*format!("{OFFICE}/custom-properties"), "docProps/custom.xml"),
    ] {
        xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
    }
    xml.close("Relationships");
    xml.finish()
}

/// Where the document leads: its other parts, and what its text needs.
pub fn document_relations(relations: &[Relation]) -> Vec<u8> {
    let parts = [
        ("rId1", "styles"),
        ("rId2", "numbering"),
        ("rId3", "settings"),
        ("rId4", "fontTable"),
        ("rId5", "footnotes"),
        ("rId6", "endnotes"),
        ("rId7", "header"),
        ("rId8", "theme"),
    ];
    let own: Vec<Relation> = parts
        .iter()
        .map(|(id, kind)| {
            let name = if *kind == "header" { "header1" } else { kind };
            Relation { id: (*id).into(), kind, target: format!("{name}.xml"), outside: false }
        })
        .collect();
    relations_part(own.iter().chain(relations))
}

/// Where a part leads.
pub fn relations_part<'r>(relations: impl Iterator<Item = &'r Relation>) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("Relationships", &[("xmlns", RELATIONS)]);
    relations.for_each(|relation| relation_into(relation, &mut xml));
    xml.close("Relationships");
    xml.finish()
}

/// A relation as an element.
pub fn relation_into(relation: &Relation, xml: &mut Xml) {
    let kind = format!("{OFFICE}/{}", relation.kind);
    let mut attributes = vec![("Id", relation.id.as_str()), ("Type", &kind), ("Target", &relation.target)];
    if relation.outside {
        attributes.push(("TargetMode", "External"));
    }
    xml.empty("Relationship", &attributes);
}

/// The forms of lists, and each list with where it begins.
pub fn numbering(lists: &[List], sheet: &Sheet, free: &Free) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("w:numbering", &[("xmlns:w", MAIN)]);
    forms(lists, sheet, free, &mut xml);
    instances(lists, sheet, free, &mut xml);
    xml.close("w:numbering");
    xml.finish()
}

/// What the forms of lists count in.
const FORMS: [&str; 3] = ["bullet", "decimal", "lowerLetter"];

/// The forms of lists: points, numbers, and letters where there are such.
pub fn forms(lists: &[List], sheet: &Sheet, free: &Free, xml: &mut Xml) {
    let used = if lists.iter().any(|list| list.letters) { 3 } else { 2 };
    for (form, count) in FORMS.into_iter().enumerate().take(used) {
        xml.open("w:abstractNum", &[("w:abstractNumId", &(free.forms + form).to_string())]);
        // A name of its own tells Word's copies of one list from another list.
        xml.value("w:nsid", &format!("{:08X}", 0x7475_7400 + form));
        xml.value("w:multiLevelType", "hybridMultilevel");
        for level in 0..9 {
            form_level(count, (level, 0), 1, sheet, xml);
        }
        xml.close("w:abstractNum");
    }
}

/// A level of a form of lists, which stands as far in as it says, or `farther`, and begins at `start`.
fn form_level(count: &str, (level, farther): (usize, usize), start: u64, sheet: &Sheet, xml: &mut Xml) {
    let text = match (count, level % 2) {
        ("decimal", _) => format!("%{}.", level + 1),
        ("lowerLetter", _) => format!("%{})", level + 1),
        (_, 0) => "•".to_owned(),
        (_, _) => "–".to_owned(),
    };
    xml.open("w:lvl", &[("w:ilvl", &level.to_string())]);
    xml.value("w:start", &start.to_string());
    xml.value("w:numFmt", count);
    xml.value("w:lvlText", &text);
    xml.value("w:lvlJc", "left");
    xml.open("w:pPr", &[]);
    let (left, hanging) = (sheet.indent_of(level + farther + 1), sheet.indent() / 2);
    xml.empty("w:ind", &[("w:left", &left.to_string()), ("w:hanging", &hanging.to_string())]);
    xml.close("w:pPr");
    xml.close("w:lvl");
}

/// The lists; each counts from its own beginning, and one within a quotation stands as far in as that.
pub fn instances(lists: &[List], sheet: &Sheet, free: &Free, xml: &mut Xml) {
    for (at, list) in lists.iter().enumerate() {
        let form = if list.letters { 2 } else { usize::from(list.start.is_some()) };
        xml.open("w:num", &[("w:numId", &(free.list + at).to_string())]);
        xml.value("w:abstractNumId", &(free.forms + form).to_string());
        if list.start.is_some() || list.farther > 0 {
            xml.open("w:lvlOverride", &[("w:ilvl", &list.level.to_string())]);
            if let Some(start) = list.start {
                xml.value("w:startOverride", &start.to_string());
            }
            if list.farther > 0 {
                let place = (list.level, list.farther);
                form_level(FORMS[form], place, list.start.unwrap_or(1), sheet, xml);
            }
            xml.close("w:lvlOverride");
        }
        xml.close("w:num");
    }
}

/// The footnotes, after the lines that part them from the text.
pub fn footnotes(notes: &BTreeMap<usize, Vec<u8>>) -> Vec<u8> {
    notes_part("w:footnotes", "w:footnote", notes.values())
}

/// No endnotes, but the lines that would part them from the text: Word wants both.
pub fn endnotes() -> Vec<u8> {
    notes_part("w:endnotes", "w:endnote", [].iter())
}

fn notes_part<'n>(part: &str, note: &str, notes: impl Iterator<Item = &'n Vec<u8>>) -> Vec<u8> {
    let mut xml = Xml::part();
    super::open_root(part, &mut xml);
    for (id, kind, line) in
        [("-1", "separator", "w:separator"), ("0", "continuationSeparator", "w:continuationSeparator")]
    {
        xml.open(note, &[("w:type", kind), ("w:id", id)]);
        xml.open("w:p", &[]);
        xml.open("w:r", &[]);
        xml.empty(line, &[]);
        xml.close("w:r");
        xml.close("w:p");
        xml.close(note);
    }
    notes.for_each(|note| xml.raw(note));
    xml.close(part);
    xml.finish()
}

/// The settings of the document.
pub fn settings() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("w:settings", &[("xmlns:w", MAIN)]);
    xml.value("w:defaultTabStop", "720");
    xml.value("w:characterSpacingControl", "doNotCompress");
    for (part, note) in [("w:footnotePr", "w:footnote"), ("w:endnotePr", "w:endnote")] {
        xml.open(part, &[]);
        xml.empty(note, &[("w:id", "-1")]);
        xml.empty(note, &[("w:id", "0")]);
        xml.close(part);
    }
    xml.open("w:compat", &[]);
    xml.empty(
        "w:compatSetting",
        &[
            ("w:name", "compatibilityMode"),
            ("w:uri", "http://schemas.microsoft.com/office/word"),
            ("w:val", "15"),
        ],
    );
    xml.close("w:compat");
    xml.empty("w:themeFontLang", &[("w:val", "sv-SE")]);
    xml.value("w:decimalSymbol", ",");
    xml.value("w:listSeparator", ";");
    xml.close("w:settings");
    xml.finish()
}

/// The fonts, each with one of the same metrics where it is not there.
pub fn fonts() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("w:fonts", &[("xmlns:w", MAIN)]);
    for (name, other, family) in
        [("Times New Roman", "Liberation Serif", "roman"), ("Arial", "Liberation Sans", "swiss")]
    {
        xml.open("w:font", &[("w:name", name)]);
        xml.value("w:altName", other);
        xml.value("w:charset", "00");
        xml.value("w:family", family);
        xml.value("w:pitch", "variable");
        xml.close("w:font");
    }
    xml.close("w:fonts");
    xml.finish()
}

/// What catalogues read of the document: title, sender, language.
pub fn core(document: &Document, letterhead: &Letterhead) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    xml.element("dc:title", &[], &document.title());
    xml.element("dc:creator", &[], &letterhead.authority().unwrap_or_default());
    xml.element("dc:identifier", &[], &letterhead.number);
    xml.element("dc:language", &[], "sv-SE");
    // The document's own day, never the clock's.
    if letterhead.date.parse::<jiff::civil::Date>().is_ok() {
        let time = format!("{}T00:00:00Z", letterhead.date);
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.element(name, &[("xsi:type", "dcterms:W3CDTF")], &time);
        }
    }
    xml.close("cp:coreProperties");
    xml.finish()
}

/// What made the document.
pub fn app() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open(
        "Properties",
        &[("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")],
    );
    xml.element("Application", &[], "tjut");
    xml.close("Properties");
    xml.finish()
}

/// The facts that a meeting system asks for, and the digest of the Markdown the document is made of.
pub fn custom(document: &Document, letterhead: &Letterhead) -> Vec<u8> {
    let (authority, board) = (letterhead.authority(), letterhead.board());
    let mut xml = Xml::part();
    xml.open(
        "Properties",
        &[
            ("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"),
            ("xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"),
        ],
    );
    let markdown = Digest::of(document.source.text.as_bytes()).to_string();
    let facts = [
        ("Diarienummer", Some(letterhead.number.as_str())),
        ("Datum", Some(letterhead.date)),
        ("Nämnd", board.as_deref()),
        ("Sammanträde", letterhead.meeting()),
        ("Förvaltning", authority.as_deref()),
        ("Markdown SHA-256", Some(markdown.as_str())),
    ];
    let facts = facts.into_iter().filter_map(|(name, value)| Some((name, value.filter(|v| !v.is_empty())?)));
    for (at, (name, value)) in facts.enumerate() {
        const FORM: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
        // The first two numbers are not for properties.
        xml.open("property", &[("fmtid", FORM), ("pid", &(at + 2).to_string()), ("name", name)]);
        xml.element("vt:lpwstr", &[], value);
        xml.close("property");
    }
    xml.close("Properties");
    xml.finish()
}
