//! A document for the open web: the same without the ways to reach a person.
//!
//! Who an address or a number leads to cannot be told from its letters. So what stays is what a förvaltning
//! says of itself, in the letterhead or its profile, and what a function is reached by; everything else is a person's.

use std::collections::HashSet;
use std::ops::Range;

use percent_encoding::percent_decode_str;

use crate::document::Document;
use crate::export::letterhead::{Letterhead, is_address_of};
use crate::export::outline::SIGNATURES;
use crate::language::contacts::{Way, contacts, digits};
use crate::language::lists::{List, WordList};
use crate::library::Templates;
use crate::markdown::{Block, BlockKind, Inline, InlineKind};
use crate::yaml::values::Line;

/// What stands where something was left out.
const LEFT_OUT: &str = "[kontaktuppgift]";

/// The document as the open web gets it.
pub fn published(document: &Document, templates: &Templates) -> Document {
    let open = Open::of(document, templates);
    let mut document = document.clone();
    open.blocks(&mut document.blocks);
    let front = &mut document.front;
    for person in &mut front.handlaggare {
        (person.telefon, person.e_post) = (None, None);
        open.line(&mut person.namn);
        open.lines(&mut person.titel);
    }
    open.lines(&mut front.er_beteckning);
    for sender in front.avsandare.iter_mut().flat_map(|all| all.iter_mut()) {
        open.lines(&mut sender.avdelning);
        open.lines(&mut sender.adress);
        for way in [&mut sender.telefon, &mut sender.fax, &mut sender.e_post, &mut sender.webb] {
            if way.as_ref().is_some_and(|line| open.hidden(&line.text) != line.text) {
                *way = None;
            }
        }
    }
    document
}

/// The name of an enclosed file without the way to reach anybody.
pub fn nameless(file: &str) -> String {
    Open::default().hidden(file)
}

/// Which ways to reach somebody may be shown.
#[derive(Default)]
struct Open<'t> {
    /// The addresses of förvaltningar, in small letters.
    addresses: HashSet<String>,
    /// Their telephone numbers, as digits alone.
    numbers: HashSet<String>,
    /// The numbers of handläggare, which are theirs also without an area.
    direct: Vec<String>,
    /// What names a function and no person.
    functions: Option<&'t WordList>,
}

impl<'t> Open<'t> {
    /// What the förvaltningar of a document, and those that are known, say of themselves; unless it is a
    /// handläggare's or a signer's.
    fn of(document: &Document, templates: &'t Templates) -> Self {
        let letterhead = Letterhead::of(document, templates);
        let officers = &letterhead.officers;
        let names: Vec<String> =
            officers.iter().map(|person| person.name.to_owned()).chain(signed(document)).collect();
        let direct: Vec<String> = officers.iter().filter_map(|person| person.telephone).map(digits).collect();
        let mails: Vec<String> =
            officers.iter().filter_map(|person| person.mail).map(str::to_lowercase).collect();
        let said = letterhead.senders.iter().map(|sender| [sender.mail, sender.telephone, sender.fax]);
        let profiles = templates.profiles().all().map(|profile| {
            [&profile.e_post, &profile.telefon, &profile.fax]
                .map(|line| line.as_ref().map(|line| line.text.as_str()))
        });
        let (mut addresses, mut numbers) = (HashSet::new(), HashSet::new());
        for [mail, telephone, fax] in said.chain(profiles) {
            addresses.extend(mail.map(str::to_lowercase));
            numbers.extend([telephone, fax].into_iter().flatten().map(digits));
        }
        addresses.retain(|mail| !mails.contains(mail) && !names.iter().any(|name| is_address_of(mail, name)));
        numbers.retain(|number| !direct.contains(number));
        let functions = Some(templates.vocabulary().list(List::Functions));
        Self { addresses, numbers, direct, functions }
    }

    /// Where the ways to reach a person stand in a text.
    fn personal(&self, text: &str) -> Vec<Range<usize>> {
        let found = contacts(text, &self.direct).into_iter();
        let personal = found.filter(|(range, way)| !self.is_open(&text[range.clone()], *way));
        personal.map(|(range, _)| range).collect()
    }

    fn is_open(&self, said: &str, way: Way) -> bool {
        match way {
            Way::Mail => self.addresses.contains(&said.to_lowercase()) || self.is_function(said),
            Way::Telephone | Way::Local => {
                let said = digits(said);
                self.numbers.contains(&said)
                    || way == Way::Local
                        && !self.direct.iter().any(|number| number.ends_with(&said))
                        && self.numbers.iter().any(|number| number.ends_with(&said))
            }
        }
    }

    /// Whether an address is that of a function: `registrator@…`.
    fn is_function(&self, address: &str) -> bool {
        let local = address.split('@').next().unwrap_or_default().to_lowercase();
        self.functions
            .is_some_and(|functions| local.split(['.', '_', '-', '+']).any(|word| functions.has(word)))
    }

    fn hidden(&self, text: &str) -> String {
        let mut shown = text.to_owned();
        for range in self.personal(text).into_iter().rev() {
            shown.replace_range(range, LEFT_OUT);
        }
        shown
    }

    fn line(&self, line: &mut Line) {
        line.text = self.hidden(&line.text);
    }

    fn lines<'l>(&self, lines: impl IntoIterator<Item = &'l mut Line>) {
        lines.into_iter().for_each(|line| self.line(line));
    }

    fn blocks(&self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) => self.inlines(inlines),
                BlockKind::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(item)),
                BlockKind::Quote(blocks)
                | BlockKind::Footnote { blocks, .. }
                | BlockKind::Part { blocks, .. } => self.blocks(blocks),
                BlockKind::Table { head, rows, .. } => {
                    head.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| self.inlines(cell));
                }
                BlockKind::Code(text) => *text = self.hidden(text),
                BlockKind::Rule | BlockKind::Html(_) => {}
            }
        }
    }

    /// Hides what stands in a row of inlines, also where emphasis or the end of a line parts it.
    fn inlines(&self, inlines: &mut Vec<Inline>) {
        let mut text = String::new();
        leaves(inlines, &mut |leaf| text.push_str(said(leaf)));
        let personal = self.personal(&text);
        let mut at = 0;
        leaves(inlines, &mut |leaf| {
            let here = at..at + said(leaf).len();
            at = here.end;
            if let Some(shown) = left(&text, here, &personal) {
                match leaf {
                    InlineKind::Code(code) => *code = shown,
                    leaf => *leaf = InlineKind::Text(shown.as_str().into()),
                }
            }
        });
        self.unlink(inlines);
    }

    /// Takes the links away that lead to a person; their words stay.
    fn unlink(&self, inlines: &mut Vec<Inline>) {
        let old = std::mem::take(inlines);
        for mut inline in old {
            match &mut inline.kind {
                InlineKind::Emph(inner) | InlineKind::Strong(inner) => self.unlink(inner),
                InlineKind::Link { url, inlines: inner, .. } if self.hides_link(url) => {
                    inlines.append(inner);
                    continue;
                }
                InlineKind::Link { title, inlines: inner, .. } => {
                    *title = self.hidden(title);
                    self.unlink(inner);
                }
                InlineKind::Image { title, alt, .. } => {
                    (*title, *alt) = (self.hidden(title), self.hidden(alt));
                }
                _ => {}
            }
            inlines.push(inline);
        }
    }

    /// Whether a link leads to a person: by e-mail or telephone, or with an address within its own.
    fn hides_link(&self, url: &str) -> bool {
        let said = percent_decode_str(url).decode_utf8_lossy();
        let (scheme, way) = said.split_once(':').unwrap_or_default();
        let personal = self.personal(&said);
        match scheme.to_ascii_lowercase().as_str() {
            "tel" | "sms" | "callto" | "facetime" => !self.numbers.contains(&digits(way)),
            "mailto" => {
                let to = way.split('?').next().unwrap_or(way).to_lowercase();
                !personal.is_empty() || !(self.addresses.contains(&to) || self.is_function(&to))
            }
            _ => !personal.is_empty(),
        }
    }
}

/// The text of an inline that holds no others.
fn said(leaf: &InlineKind) -> &str {
    match leaf {
        InlineKind::Text(text) => text,
        InlineKind::Code(text) => text,
        InlineKind::Break => " ",
        // Nothing goes on from one side of it to the other.
        _ => "\u{fffc}",
    }
}

fn leaves(inlines: &mut [Inline], see: &mut impl FnMut(&mut InlineKind)) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Emph(inner) | InlineKind::Strong(inner) | InlineKind::Link { inlines: inner, .. } => {
                leaves(inner, see);
            }
            leaf => see(leaf),
        }
    }
}

/// What is left of a piece of a text; nothing where all of it is.
fn left(text: &str, here: Range<usize>, personal: &[Range<usize>]) -> Option<String> {
    let met = personal.iter().filter(|range| range.start < here.end && here.start < range.end);
    let mut shown = String::new();
    let mut at = here.start;
    let mut is_whole = true;
    for range in met {
        is_whole = false;
        shown.push_str(&text[at..range.start.max(at)]);
        if range.start >= here.start {
            shown.push_str(LEFT_OUT);
        }
        at = range.end.min(here.end);
    }
    shown.push_str(&text[at..here.end]);
    (!is_whole).then_some(shown)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_forvaltning_says_of_itself_is_a_persons() {
        let open = Open {
            addresses: ["kontakt@exempel.se".to_owned()].into(),
            numbers: ["0850800000".to_owned()].into(),
            direct: vec!["0850812345".to_owned()],
            functions: None,
        };
        for (said, wanted) in [
            (
                "Anna Berg, anna.berg@skola.example, 08-508 11 111.",
                "Anna Berg, [kontaktuppgift], [kontaktuppgift].",
            ),
            ("anknytning 12345", "anknytning [kontaktuppgift]"),
            (
                "Kontakt@exempel.se, 08-508 00 000, +46 8 508 00 000, 508 00 000",
                "Kontakt@exempel.se, 08-508 00 000, +46 8 508 00 000, 508 00 000",
            ),
            (
                "12 345 kronor, 800 000 kronor, 50 812 345 kronor",
                "12 345 kronor, 800 000 kronor, 50 812 345 kronor",
            ),
        ] {
            assert_eq!(open.hidden(said), wanted);
        }
        for hidden in [
            "MAILTO:anna.berg@skola.example?subject=A",
            "mailto:kontakt@exempel.se?cc=anna.berg%40skola.example",
            "tel:+46701234567",
            "https://wa.me/46701234567",
            "https://exempel.se/?till=anna.berg@skola.example",
        ] {
            assert!(open.hides_link(hidden), "{hidden}");
        }
        for shown in ["mailto:kontakt@exempel.se", "tel:08-508%2000%20000", "https://exempel.se/a/2026-03-02"]
        {
            assert!(!open.hides_link(shown), "{shown}");
        }
    }
}
