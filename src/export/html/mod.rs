//! A web page: one file that needs no other, without script, that reads as well aloud as on
//! paper.
//!
//! What is seen is [`letterhead`], the [`body`] and the foot; its looks are the style sheet among the templates.
//! The page forbids itself everything that it does not hold: pictures are data, and the one
//! style sheet is known by its digest.

mod body;
mod head;
mod markup;
mod private;
mod summary;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::document::Document;
use crate::export::letterhead::Letterhead;
use crate::export::prepared::prepared;
use crate::export::provenance::media_type;
use crate::export::spacing::spaced;
use crate::export::{Images, UNSAFE};
use crate::library::Templates;
use crate::printable::pictures::file_name;
use body::Body;
use markup::Markup;
use private::Private;
pub use summary::summary;

/// The same document in another form, that lies beside the page.
#[derive(Clone, Debug)]
pub struct Sibling {
    /// The file's name.
    pub name: String,
    /// What it is: `PDF`, `Word`, `Markdown`.
    pub what: &'static str,
    /// Its media type.
    pub mime: &'static str,
    /// The digest of its bytes.
    pub digest: Digest,
}

/// A document as a web page. With `publish`, nobody's direct telephone or address is in it.
///
/// # Errors
/// Pictures that are shown and not there.
pub fn html(
    document: &Document,
    templates: &Templates,
    images: &Images,
    beside: &[Sibling],
    publish: bool,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let document = &*prepared(document, templates);
    let letterhead = Letterhead::of(document, templates);
    let letterhead = if publish { letterhead.without_persons() } else { letterhead };
    let private = publish.then(|| Private::of(document, templates));
    let spaced = spaced(document);
    let body = Body::new(&spaced, templates, images, private).write()?;
    let mut page = Markup::default();
    page.raw("<!DOCTYPE html>\n<html lang=\"sv\">\n");
    head::head(document, &letterhead, templates, beside, &mut page);
    page.raw("<body>\n");
    page.element("a", &[("class", "hoppa"), ("href", "#innehall")], "Hoppa till innehållet");
    page.line();
    head::letterhead(&letterhead, templates, &mut page);
    page.raw("<main id=\"innehall\" tabindex=\"-1\">\n");
    page.raw(&body);
    page.raw("</main>\n");
    head::foot(document, &letterhead, beside, &mut page);
    page.raw("</body>\n</html>\n");
    Ok(page.finish().into_bytes())
}

/// The address of a file beside the page, or in a folder beside it.
fn address(file: &str) -> String {
    const UNSAFE_IN_FILES: &AsciiSet = &UNSAFE.add(b'%').add(b'?').add(b'#').add(b':');
    utf8_percent_encode(file, UNSAFE_IN_FILES).to_string()
}

/// A picture as an address that holds it.
fn source_of_picture(url: &str, images: &Images) -> Option<String> {
    images.get(url).map(|bytes| as_data(&file_name(url), bytes))
}

fn as_data(name: &str, bytes: &[u8]) -> String {
    format!("data:{};base64,{}", media_type(name), BASE64.encode(bytes))
}
