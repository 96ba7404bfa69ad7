//! A web page: one file that needs no other, without script, that reads as well aloud as on
//! paper.
//!
//! What is seen is [`letterhead`], the [`body`] and the foot; its looks are the style sheet among the templates.
//! The page forbids itself everything that it does not hold: pictures are data, and the one
//! style sheet is known by its digest.

mod body;
mod head;
mod looks;
mod markup;
mod published;
mod summary;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::diagnostic::{Diagnostic, codes};
use crate::digest::Digest;
use crate::document::Document;
use crate::export::letterhead::Letterhead;
use crate::export::prepared::prepared;
use crate::export::provenance::media_type;
use crate::export::spacing::spaced;
use crate::export::{Images, UNSAFE, ascii_slug};
use crate::library::Templates;
use crate::printable::pictures::file_name;
use body::Body;
use markup::Markup;
use published::published;
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

/// A document as a web page. With `publish`, nobody's direct telephone or address is in it, and it leads to no file
/// that has them.
///
/// # Errors
/// Pictures that are shown and not there; a draft that is to be published.
pub fn html(
    document: &Document,
    templates: &Templates,
    images: &Images,
    beside: &[Sibling],
    publish: bool,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    if publish && document.front.is_draft() {
        return Err(vec![unfinished()]);
    }
    let document = match publish {
        true => Cow::Owned(published(document, templates)),
        false => Cow::Borrowed(document),
    };
    let document = &*prepared(&document, templates);
    let letterhead = Letterhead::of(document, templates);
    let spaced = spaced(document);
    let (body, insets) = Body::new(&spaced, templates, images, publish).write()?;
    let mut page = Markup::default();
    page.raw("<!DOCTYPE html>\n<html lang=\"sv\">\n");
    let rules = looks::rules(&letterhead, &insets);
    let beside_it: &[Sibling] = if publish { &[] } else { beside };
    head::head(document, &letterhead, (templates, &rules), beside_it, &mut page);
    page.raw("<body>\n");
    page.element("a", &[("class", "hoppa"), ("href", "#innehall")], "Hoppa till innehållet");
    page.line();
    head::letterhead(&letterhead, templates, &mut page);
    page.raw("<main id=\"innehall\" tabindex=\"-1\">\n");
    page.raw(&body);
    page.raw("</main>\n");
    head::foot(document, &letterhead, beside, publish, &mut page);
    page.raw("</body>\n</html>\n");
    Ok(page.finish().into_bytes())
}

/// Says that a draft is no page for the open web.
pub fn unfinished() -> Diagnostic {
    Diagnostic::new(codes::UTKAST_PUBLICERAS, "ett utkast kan inte publiceras på öppna webben").hint(
        "Ta bort --publicering så länge det är ett utkast, eller bygg utan --utkast när allt är ifyllt.",
    )
}

/// The name of an enclosed file beside a page: on the open web of a to z only, as addresses there are read out.
pub fn enclosed(file: &str, publish: bool) -> String {
    if !publish {
        return file.to_owned();
    }
    let part = |part: &str| match part.rsplit_once('.') {
        Some((stem, ending)) => format!("{}.{}", named(stem), ascii_slug(ending)),
        None => named(part),
    };
    published::nameless(file).split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The name of a page on the open web, with the folders that it lies in, without its ending.
pub fn address_of(name: &Path) -> PathBuf {
    name.iter().map(|part| named(&part.to_string_lossy())).collect()
}

/// A name in letters of a to z; one that has none of them is a file's all the same.
fn named(said: &str) -> String {
    Some(ascii_slug(said)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "fil".to_owned())
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
