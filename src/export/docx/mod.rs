//! A Word document: an own writer of its dozen parts, since no crate writes footnotes, repeated
//! header rows and languages together.
//!
//! Every look is a style, most of them Word's own; nothing is formatted directly. The same
//! document gives the same bytes.

mod body;
mod fill;
mod letterhead;
mod package;
mod parts;
mod picture;
mod places;
mod sheet;
mod style;
mod table;
mod tracked;
mod xml;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::export::letterhead::Letterhead;
use crate::export::{Images, prepared::prepared, spacing::spaced};
use crate::library::Templates;
use body::{Body, Free};
use letterhead::Headed;
use package::zip;
use sheet::Sheet;
use style::Ids;
use xml::Xml;

pub use fill::{Template, fill};
pub use tracked::{Author, tracked};

/// The namespace of Word's own elements.
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The colours and faces that Word offers to whoever goes on writing.
const THEME: &[u8] = include_bytes!("theme.xml");

/// A document as Word reads it.
///
/// # Errors
/// Pictures that are shown and not there, measures that are none.
pub fn docx(document: &Document, templates: &Templates, images: &Images) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let document = &*prepared(document, templates);
    let head = Letterhead::of(document, templates);
    let sheet = Sheet::of(document, &head, templates)?;
    let spaced = spaced(document);
    let mut body = Body::new(&spaced, templates, images, sheet.clone(), Ids::own(&sheet), Free::default());
    let headed = Headed { letterhead: &head, sheet: &sheet };
    letterhead::write(headed, None, templates, &mut body);
    body.write(&spaced.blocks);
    if !body.problems.is_empty() {
        return Err(body.problems);
    }
    Ok(package_of(body, document, headed, None))
}

/// The package of a text that is written. What the running header said before is marked.
fn package_of(mut body: Body, document: &Document, headed: Headed, was: Option<Headed>) -> Vec<u8> {
    let Headed { letterhead: head, sheet } = headed;
    let text = std::mem::replace(&mut body.out, Xml::fragment()).finish();
    let header = body.header(headed, was);
    let mut all = vec![
        ("[Content_Types].xml".to_owned(), parts::content_types(&body)),
        ("_rels/.rels".into(), parts::package_relations()),
        ("word/document.xml".into(), main(&text, sheet)),
        ("word/_rels/document.xml.rels".into(), parts::document_relations(&body.relations)),
        ("word/styles.xml".into(), style::part(sheet, &body.insets)),
        ("word/numbering.xml".into(), parts::numbering(&body.lists, sheet, body.free())),
        ("word/settings.xml".into(), parts::settings()),
        ("word/fontTable.xml".into(), parts::fonts()),
        ("word/theme.xml".into(), THEME.to_vec()),
        ("word/footnotes.xml".into(), parts::footnotes(&body.footnotes)),
        ("word/endnotes.xml".into(), parts::endnotes()),
        ("word/header1.xml".into(), header),
        ("docProps/core.xml".into(), parts::core(document, head)),
        ("docProps/app.xml".into(), parts::app()),
        ("docProps/custom.xml".into(), parts::custom(document, head)),
    ];
    if !body.note_relations.is_empty() {
        all.push(("word/_rels/footnotes.xml.rels".into(), parts::relations_part(body.note_relations.iter())));
    }
    all.extend(body.media.into_iter().map(|(name, bytes)| (format!("word/media/{name}"), bytes)));
    zip(&all)
}

/// The part that holds the text.
fn main(text: &[u8], sheet: &Sheet) -> Vec<u8> {
    let mut xml = Xml::part();
    open_root("w:document", &mut xml);
    xml.open("w:body", &[]);
    xml.raw(text);
    xml.open("w:sectPr", &[]);
    xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", "rId7")]);
    let number = |value: usize| value.to_string();
    let (width, height) = sheet::PAPER;
    xml.empty("w:pgSz", &[("w:w", &number(width)), ("w:h", &number(height))]);
    let right = width.saturating_sub(sheet.left + sheet.column);
    xml.empty(
        "w:pgMar",
        &[
            ("w:top", &number(sheet.top)),
            ("w:right", &number(right)),
            ("w:bottom", &number(sheet.bottom)),
            ("w:left", &number(sheet.left)),
            ("w:header", &number(sheet.head)),
            ("w:footer", &number(sheet.head)),
            ("w:gutter", "0"),
        ],
    );
    xml.empty("w:titlePg", &[]);
    xml.close("w:sectPr");
    xml.close("w:body");
    xml.close("w:document");
    xml.finish()
}

/// Opens the root of a part with the namespaces that text can need.
fn open_root(name: &str, xml: &mut Xml) {
    xml.open(
        name,
        &[
            ("xmlns:w", MAIN),
            ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
            ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ],
    );
}
