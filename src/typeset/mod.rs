//! Typesetting: from a [`Document`] to a PDF, with Typst in process.
//!
//! The document reaches the layout as data, in one virtual JSON file; nothing of it is ever
//! Typst source. Everything that Typst could refuse is checked before, where its place is known.

mod json;
mod world;

use std::collections::BTreeMap;

use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::render::slug;
use crate::templates::Templates;
use world::Sheet;
pub use world::{Coverage, Press};

/// The pictures of a document, by the address that its Markdown gives.
pub type Images = BTreeMap<String, Vec<u8>>;

/// A finished PDF.
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// Typesets a document as PDF/UA-1 and PDF/A-2a.
///
/// # Errors
/// What Typst refuses, in words for an official.
pub fn pdf(document: &Document, templates: &Templates, images: &Images) -> Result<Pdf, Vec<Diagnostic>> {
    let laid_out = layout(document, templates, images)?;
    let options = PdfOptions {
        // The default would hash title and author, and titles collide.
        ident: Smart::Custom(identity(document)),
        creator: Smart::Custom(Some("tjut".into())),
        // A document's date is its own; PDF/A wants one even of a draft that has none yet.
        timestamp: Datetime::from_ymd_hms(1970, 1, 1, 0, 0, 0).map(Timestamp::new_utc),
        standards: standards()?,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&laid_out, &options).map_err(|errors| refused(document, &errors))?;
    Ok(Pdf { bytes, pages: laid_out.pages().len() })
}

/// Lays a document out in pages.
///
/// # Errors
/// What Typst refuses, in words for an official.
pub fn layout(
    document: &Document,
    templates: &Templates,
    images: &Images,
) -> Result<PagedDocument, Vec<Diagnostic>> {
    let press = templates.press();
    let name = format!("layouts/{}.typ", slug(document.text("mall").unwrap_or_default()));
    if templates.file(&name).is_none() {
        return Err(vec![
            Diagnostic::error("layout-saknas", format!("det finns ingen layout {name}"))
                .hint("Lägg filen i mappen som --templates anger, eller ändra mall."),
        ]);
    }
    let (data, pictures) = json::document(document, images)?;
    let sheet = Sheet::new(press, templates, &name, data, pictures);
    let result = typst::compile::<PagedDocument>(&sheet);
    // What another document computed is of no use to this one; see the notes on memory in README.
    comemo::evict(2);
    let laid_out = result.output.map_err(|errors| refused(document, &errors))?;
    // A missing font is only a warning to Typst; here it would be a wrong document.
    if result.warnings.is_empty() { Ok(laid_out) } else { Err(refused(document, &result.warnings)) }
}

fn standards() -> Result<PdfStandards, Vec<Diagnostic>> {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|error| {
        vec![
            Diagnostic::error("typsättning", "PDF-standarderna går inte ihop")
                .hint(error.message().to_string()),
        ]
    })
}

fn identity(document: &Document) -> String {
    ["mall", "diarienummer", "datum"]
        .iter()
        .filter_map(|key| document.text(key))
        .chain([document.title().as_str()])
        .collect::<Vec<_>>()
        .join("\n")
}

/// Typst's errors. What an official can cause is caught earlier; what comes here is a fault of a
/// layout, and Typst's own words help whoever mends it.
fn refused(document: &Document, errors: &[typst::diag::SourceDiagnostic]) -> Vec<Diagnostic> {
    errors
        .iter()
        .map(|error| {
            Diagnostic::error("typsättning", "dokumentet kan inte sättas som PDF")
                .at(document.place(0..0))
                .hint(format!("Felet ligger i layouten, inte i texten. Typst säger: {}", error.message))
        })
        .collect()
}
