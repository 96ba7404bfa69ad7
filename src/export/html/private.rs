//! What the open web need not know: how to reach a person directly.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::Regex;

use crate::document::Document;
use crate::export::letterhead::{Letterhead, is_address_of};
use crate::export::outline::SIGNATURES;
use crate::library::Templates;
use crate::markdown::{BlockKind, InlineKind};

/// What stands where something was left out.
const LEFT_OUT: &str = "[kontaktuppgift]";

/// The ways to reach those that a document names.
pub struct Private {
    addresses: Vec<String>,
    /// Telephone numbers, as digits alone.
    numbers: Vec<String>,
    names: Vec<String>,
}

impl Private {
    /// Those of a document's handläggare and of those who sign it.
    pub fn of(document: &Document, templates: &Templates) -> Self {
        let letterhead = Letterhead::of(document, templates);
        let officers = &letterhead.officers;
        let names = officers.iter().map(|person| person.name.to_owned()).chain(signed(document)).collect();
        Self {
            addresses: officers.iter().filter_map(|person| person.mail).map(str::to_lowercase).collect(),
            numbers: officers.iter().filter_map(|person| person.telephone).map(digits).collect(),
            names,
        }
    }

    /// A text without them.
    pub fn hidden<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !text.bytes().any(|byte| byte == b'@' || byte.is_ascii_digit()) {
            return text.into();
        }
        static CONTACT: OnceLock<Option<Regex>> = OnceLock::new();
        let contact =
            CONTACT.get_or_init(|| Regex::new(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d[\d \u{a0}–-]{4,}\d").ok());
        let Some(contact) = contact else { return text.into() };
        contact.replace_all(text, |found: &regex::Captures| {
            let found = &found[0];
            if self.hides(found) { LEFT_OUT.to_owned() } else { found.to_owned() }
        })
    }

    /// Whether a link leads to one of them.
    pub fn hides_link(&self, url: &str) -> bool {
        let way = url.strip_prefix("mailto:").or_else(|| url.strip_prefix("tel:"));
        way.is_some_and(|way| self.hides(way.split('?').next().unwrap_or(way)))
    }

    fn hides(&self, contact: &str) -> bool {
        if contact.contains('@') {
            self.addresses.contains(&contact.to_lowercase())
                || self.names.iter().any(|name| is_address_of(contact, name))
        } else {
            self.numbers.contains(&digits(contact))
        }
    }
}

/// The names of those who sign.
fn signed(document: &Document) -> Vec<String> {
    let mut names = Vec::new();
    for block in &document.blocks {
        let BlockKind::Part { role, blocks } = &block.kind else { continue };
        for block in blocks.iter().filter(|_| role == SIGNATURES) {
            if let BlockKind::Paragraph(inlines) = &block.kind
                && let Some(InlineKind::Text(name)) = inlines.first().map(|inline| &inline.kind)
            {
                names.push(name.to_string());
            }
        }
    }
    names
}

/// A telephone number as it is dialled within the country.
fn digits(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("46").filter(|_| number.trim_start().starts_with('+')) {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits,
    }
}
