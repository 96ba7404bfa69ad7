//! Export: from a [`Document`](crate::document::Document) to what is read, sent and kept.
//!
//! Typst sets the [`pdf`], and its [`pages`] to look at; a web page ([`html`]) and a Word document ([`docx`]) have writers
//! of their own, over the same tree. What all of them share is worked out once, so that they cannot differ:
//!
//! | what | where |
//! | --- | --- |
//! | a document made ready: sub-points, links to what is enclosed, spaces that bind | [`prepared`], `spacing` |
//! | two of them laid over one another, for a comparison | [`compared`] |
//! | what a layout is told and the other writers must know: letterhead, notes, the decision, columns | `letterhead`, `outline`, `headings`, `columns` |
//! | of an utlåtande: reservations and what refers to them, where organs begin to speak | `reservations`, `statements` |
//! | on which page a place prints; the source that goes with a PDF | [`pagination`], [`provenance`] |

mod columns;
pub mod compared;
pub mod docx;
mod format;
mod headings;
pub mod html;
mod letterhead;
mod links;
mod outline;
pub mod pages;
pub mod pagination;
pub mod pdf;
mod points;
pub mod prepared;
pub mod provenance;
mod reservations;
mod spacing;
mod statements;

use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::{Diagnostic, codes};

pub use format::{Export, Exported, Format};

/// The pictures of a document, by the address that its Markdown gives.
pub type Images = BTreeMap<String, Arc<[u8]>>;

/// Says that a picture is shown and not there.
pub(crate) fn missing_picture(url: &str) -> Diagnostic {
    Diagnostic::new(codes::BILD_SAKNAS, format!("bilden {url} finns inte"))
        .hint("Lägg bilden i samma mapp som ärendet, eller rätta namnet.")
}

/// What stays as it is in an address; all else is written with %.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Where a link leads: out of the document, in a way that is no danger to whoever follows it.
pub(crate) struct Outside {
    /// The address, with what no address can hold written as `%20`.
    pub address: String,
}

impl Outside {
    /// The way that an address leads; none for a scheme that runs something.
    pub(crate) fn of(url: &str) -> Option<Self> {
        const KNOWN: &[&str] = &["http", "https", "mailto", "tel", "urn", "ftp"];
        let scheme =
            url.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '?', '#']));
        let is_known = scheme.is_none_or(|scheme| KNOWN.contains(&scheme.to_ascii_lowercase().as_str()));
        is_known.then(|| Self { address: utf8_percent_encode(url.trim(), UNSAFE).to_string() })
    }
}

/// A text as names on the web want it: small letters of a to z, digits and hyphens.
pub fn ascii_slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            'æ' => slug.push_str("ae"),
            'ø' => slug.push('o'),
            'ß' => slug.push_str("ss"),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}
