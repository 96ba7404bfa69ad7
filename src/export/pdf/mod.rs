//! Typesetting: from a [`Document`] to a PDF, with Typst in process.
//!
//! The document reaches the layout as data, in one virtual JSON file; nothing of it is ever
//! Typst source. Everything that Typst could refuse is checked before, where its place is known.

mod glyphs;
mod hyphens;
mod json;
mod refused;

mod world;

use std::ops::Range;

use typst::foundations::{Datetime, Label, NativeElement, Selector, Smart};
use typst::introspection::{Introspector, MetadataElem};
use typst::model::FootnoteEntry;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::document::Document;
use crate::export::{Images, prepared::prepared, spacing::spaced};
use crate::faults::size::{self, Size};
use crate::library::Templates;
use crate::library::kinds::layout_of;
use crate::markdown::{Block, BlockKind, Inline, Visited, plain, walk};
use json::{Data, Footnotes, Places, Way};
pub use world::Press;
use world::Sheet;

/// A file that goes with the PDF.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its path within the PDF, such as `cases/x.yaml`.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub mime: &'static str,
    /// What it is to the document: `source`, `alternative`, `data` or `supplement`.
    pub relationship: &'static str,
    /// What it is, in Swedish.
    pub description: String,
}

/// A finished PDF.
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What is doubtful in how it looks.
    pub doubts: Vec<Diagnostic>,
}

/// Typesets a document as PDF/UA-1 and PDF/A-2a.
///
/// # Errors
/// What Typst refuses, in words for an official.
pub fn pdf(
    document: &Document,
    templates: &Templates,
    press: &Press,
    images: &Images,
) -> Result<Pdf, Vec<Diagnostic>> {
    set_and_export(document, (templates, press), images, &[], PdfStandard::A_2a)
}

/// Typesets a document as PDF/UA-1 and PDF/A-3a, with files that go with it. Its pages are those
/// of [`pdf`].
///
/// # Errors
/// What Typst refuses, in words for an official.
pub fn pdf_with(
    document: &Document,
    templates: &Templates,
    press: &Press,
    images: &Images,
    attachments: &[Attachment],
) -> Result<Pdf, Vec<Diagnostic>> {
    set_and_export(document, (templates, press), images, attachments, PdfStandard::A_3a)
}

fn set_and_export(
    document: &Document,
    (templates, press): (&Templates, &Press),
    images: &Images,
    attachments: &[Attachment],
    archive: PdfStandard,
) -> Result<Pdf, Vec<Diagnostic>> {
    let document = &*prepared(document, templates);
    let pdf = |way| {
        let laid_out = lay_out(document, (templates, press), images, attachments, way)?;
        export(document, (templates, press), &laid_out, archive)
    };
    pdf(Way::USUAL).map_err(|errors| {
        // Long notes that refer to others can be more than Typst finds room for. Whether they are to
        // blame shows when the document is set without them.
        let is_typst = errors.iter().all(|error| error.code == codes::TYPSATTNING);
        match without_room(document)
            .filter(|_| is_typst && pdf(Way { notes: Footnotes::Left, ..Way::USUAL }).is_ok())
        {
            Some(finding) => vec![finding],
            None => errors,
        }
    })
}

fn export(
    document: &Document,
    (templates, press): (&Templates, &Press),
    laid_out: &PagedDocument,
    archive: PdfStandard,
) -> Result<Pdf, Vec<Diagnostic>> {
    let options = PdfOptions {
        // The default would hash title and author, and titles collide.
        ident: Smart::Custom(identity(document)),
        creator: Smart::Custom(Some("tjut".into())),
        // A document's date is its own; PDF/A wants one even of a draft that has none yet.
        timestamp: Datetime::from_ymd_hms(1970, 1, 1, 0, 0, 0).map(Timestamp::new_utc),
        standards: standards(archive)?,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(laid_out, &options)
        .map_err(|errors| refused::layout_errors(document, press, templates, &errors))?;
    Ok(Pdf { bytes, pages: laid_out.pages().len(), doubts: too_wide(document, laid_out) })
}

/// Lays a document out in pages.
///
/// # Errors
/// What Typst refuses, in words for an official.
pub fn layout(
    document: &Document,
    templates: &Templates,
    press: &Press,
    images: &Images,
) -> Result<PagedDocument, Vec<Diagnostic>> {
    lay_out(&prepared(document, templates), (templates, press), images, &[], Way::USUAL)
}

/// Lays a document out in the same pages, on which each leaf of it can be found again.
///
/// # Errors
/// As [`layout`].
pub(in crate::export) fn layout_with_places(
    document: &Document,
    templates: &Templates,
    press: &Press,
    images: &Images,
) -> Result<PagedDocument, Vec<Diagnostic>> {
    let way = Way { places: Places::Told, ..Way::USUAL };
    lay_out(&prepared(document, templates), (templates, press), images, &[], way)
}

/// What is wrong with the layouts whatever document they are for.
pub fn faults(templates: &Templates, press: &Press) -> Vec<Diagnostic> {
    refused::syntax_errors(press, templates)
}

fn lay_out(
    document: &Document,
    (templates, press): (&Templates, &Press),
    images: &Images,
    attachments: &[Attachment],
    way: Way,
) -> Result<PagedDocument, Vec<Diagnostic>> {
    let word = document.front.mall.text.as_str();
    let kind = templates.kinds().get(word);
    let name = kind.map_or_else(|| layout_of(word), |kind| kind.layout());
    if !press.has_layout(&name) {
        return Err(vec![without_layout(document, &name, templates)]);
    }
    let too_large = Size::default().add(&document.blocks).map(|at| size::too_large().at(document.place(at)));
    if let Some(finding) = too_large.or_else(|| without_mark(document, templates)) {
        return Err(vec![finding]);
    }
    let lacking = glyphs::lacking(document, templates);
    if !lacking.is_empty() {
        return Err(lacking);
    }
    let Data { text, files, notes } =
        json::document(&spaced(document), kind.map(AsRef::as_ref), templates, images, attachments, way)?;
    let sheet = Sheet::new(press, templates, &name, text, files);
    let result = typst::compile::<PagedDocument>(&sheet);
    // What another document computed is of no use to this one; without this, a batch would grow with every document.
    comemo::evict(2);
    let refused = |errors: &[_]| refused::layout_errors(document, press, templates, errors);
    let laid_out = result.output.map_err(|errors| refused(&errors))?;
    // On page 1 a table has less of the margin, and with less it could need the next page. Where it would go to
    // and fro, it stays in the column.
    if way.in_margin && result.warnings.iter().any(|said| said.message.contains("did not converge")) {
        return lay_out(document, (templates, press), images, attachments, Way { in_margin: false, ..way });
    }
    // A missing font is only a warning to Typst; here it would be a wrong document.
    if !result.warnings.is_empty() {
        return Err(refused(&result.warnings));
    }
    let laid_out =
        if document.source.text.contains(hyphens::SOFT) { hyphens::once(&laid_out) } else { laid_out };
    // Of notes within a note that goes on overleaf, Typst can lose some without a word.
    let printed = laid_out.introspector().query(&FootnoteEntry::ELEM.select()).len();
    if (1..notes).contains(&printed)
        && let Some(finding) = without_room(document)
    {
        return Err(vec![finding]);
    }
    Ok(laid_out)
}

/// Says of tables that they are too wide for the page, however small: the layout marks them.
fn too_wide(document: &Document, laid_out: &PagedDocument) -> Vec<Diagnostic> {
    let Some(label) = Label::new(PicoStr::intern("too-wide")) else { return Vec::new() };
    let marks = laid_out.introspector().query(&Selector::Label(label));
    let starts: Vec<usize> = marks
        .iter()
        .filter_map(|mark| {
            mark.to_packed::<MetadataElem>()?.value.clone().cast::<i64>().ok()?.try_into().ok()
        })
        .collect();
    let mut found = Vec::new();
    walk(&document.blocks, &mut |node| {
        if let Visited::Block(Block { kind: BlockKind::Table { head, .. }, at }) = node
            && starts.contains(&at.0.start)
        {
            let heads: Vec<String> = head.iter().map(|cell| plain(cell)).collect();
            let message = format!("tabellen ”{}” är för bred för sidan", heads.join(" | "));
            found.push(
                Diagnostic::new(codes::TABELL_BRED, message)
                    .at(document.place(at.0.start..row_end(head).unwrap_or(at.0.start)))
                    .hint(
                        "Dela den i två tabeller, byt plats på rader och kolumner, eller korta rubrikerna.",
                    ),
            );
        }
    });
    found
}

/// Where a row ends.
fn row_end(row: &[Vec<Inline>]) -> Option<usize> {
    row.iter().flatten().next_back().map(|inline| inline.at.0.end)
}

/// Says at the longest footnote that the footnotes cannot be set.
fn without_room(document: &Document) -> Option<Diagnostic> {
    let mut longest: Option<Range<usize>> = None;
    walk(&document.blocks, &mut |node| {
        if let Visited::Block(Block { kind: BlockKind::Footnote { .. }, at }) = node
            && longest.as_ref().is_none_or(|longest| longest.len() < at.0.len())
        {
            longest = Some(at.0.clone());
        }
    });
    Some(
        Diagnostic::new(codes::FOTNOT_PLATS, "fotnoterna får inte plats längst ned på sidorna")
            .at(document.place(longest?))
            .hint("Korta den här fotnoten, som är längst, flytta text därifrån till brödtexten, eller undvik fotnoter i fotnoter."),
    )
}

/// Says that there is no such kind of document.
fn without_layout(document: &Document, name: &str, templates: &Templates) -> Diagnostic {
    let mall = document.front.mall.text.as_str();
    let hint = match nearest(mall, templates.kinds().words()) {
        Some(near) => format!("Menade du ”{near}”?"),
        None => format!("Rätta mall i huvudet, eller lägg filen {name} i mappen som --mallar anger."),
    };
    Diagnostic::new(codes::LAYOUT_SAKNAS, format!("mallen ”{mall}” har ingen layout"))
        .at(document.front.mall.place())
        .hint(hint)
}

/// Says that the picture in the letterhead is none of the templates'.
fn without_mark(document: &Document, templates: &Templates) -> Option<Diagnostic> {
    let file = &document.front.marke.as_ref()?.fil;
    let known = templates.names("marke/", "").any(|name| name == file.text);
    (!known).then(|| {
        Diagnostic::new(codes::MARKE_SAKNAS, format!("märket {} finns inte bland mallarna", file.text))
            .at(file.place())
            .hint("Lägg filen i mappen marke/ i mappen som --mallar anger, eller rätta namnet i huvudet.")
    })
}

fn standards(archive: PdfStandard) -> Result<PdfStandards, Vec<Diagnostic>> {
    PdfStandards::new(&[archive, PdfStandard::Ua_1]).map_err(|error| {
        vec![
            Diagnostic::new(codes::TYPSATTNING, "PDF-standarderna går inte ihop")
                .hint(error.message().to_string()),
        ]
    })
}

fn identity(document: &Document) -> String {
    let front = &document.front;
    let head = [&front.mall, &front.diarienummer, &front.datum.line];
    head.into_iter().map(|line| line.text.clone()).chain([document.title()]).collect::<Vec<_>>().join("\n")
}
