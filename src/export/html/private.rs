//! What the open web need not know: how to reach a person directly.
//!
//! Who an address or a number leads to cannot be told from its letters. So what stays is what a förvaltning
//! says of itself, in the letterhead or its profile, and everything else is a person's.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::document::Document;
use crate::export::letterhead::{Letterhead, is_address_of};
use crate::export::outline::SIGNATURES;
use crate::library::Templates;
use crate::markdown::{BlockKind, InlineKind};

/// What stands where something was left out.
const LEFT_OUT: &str = "[kontaktuppgift]";

/// Spaces and hyphens of every kind within a telephone number.
const BETWEEN: &str = r"[ \u{a0}\u{202f}\u{2060}‐‑–-]";

/// An address of e-mail, or a telephone number with its area: `08-508 00 000`, `(08) 508 …`, `+46 8 …`.
static CONTACT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let mail = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+";
    let abroad = format!(
        r"(?:\+|\b00){BETWEEN}?[1-9]\d{{0,2}}{BETWEEN}{{0,2}}(?:\(0\){BETWEEN}?)?\d(?:{BETWEEN}{{0,2}}\d){{5,10}}"
    );
    let at_home = format!(r"\(?0[1-9]\d{{0,2}}\)?(?:/|{BETWEEN}){{0,3}}\d(?:{BETWEEN}{{0,2}}\d){{4,7}}");
    Regex::new(&format!("{mail}|{abroad}|{at_home}")).ok()
});

/// A row of digits, as numbers without their area are written.
static ROW: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"\d(?:{BETWEEN}{{0,2}}\d){{3,}}")).ok());

/// As many digits of a number as reach a person within a switchboard.
const EXTENSION: usize = 5;

/// Which ways to reach somebody may be shown.
pub struct Private {
    /// The addresses of förvaltningar, in small letters.
    addresses: HashSet<String>,
    /// Their telephone numbers, as digits alone.
    numbers: HashSet<String>,
    /// The numbers of handläggare, also where they are written without their area.
    direct: Vec<String>,
}

impl Private {
    /// Those of a document: what its förvaltningar say of themselves, unless it is a handläggare's or a signer's.
    pub fn of(document: &Document, templates: &Templates) -> Self {
        let letterhead = Letterhead::of(document, templates);
        let officers = &letterhead.officers;
        let names: Vec<String> =
            officers.iter().map(|person| person.name.to_owned()).chain(signed(document)).collect();
        let direct: Vec<String> = officers.iter().filter_map(|person| person.telephone).map(digits).collect();
        let mails: Vec<String> =
            officers.iter().filter_map(|person| person.mail).map(str::to_lowercase).collect();
        let said = letterhead.senders.iter().map(|sender| [sender.mail, sender.telephone, sender.fax]);
        let profiles = templates.profiles().iter().map(|profile| {
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
        Self { addresses, numbers, direct }
    }

    /// A text without the others.
    pub fn hidden<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !text.bytes().any(|byte| byte == b'@' || byte.is_ascii_digit()) {
            return text.into();
        }
        let (Some(contact), Some(row)) = (CONTACT.as_ref(), ROW.as_ref()) else { return text.into() };
        let shown = contact.replace_all(text, |found: &Captures| {
            let whole = found.get(0).map_or(0..0, |whole| whole.range());
            let said = &text[whole.clone()];
            let is_own = match said.contains('@') {
                true => self.addresses.contains(&said.to_lowercase()),
                false => self.numbers.contains(&digits(said)) || goes_on(&text[..whole.start], said),
            };
            if is_own { said.to_owned() } else { LEFT_OUT.to_owned() }
        });
        if self.direct.is_empty() {
            return shown;
        }
        let is_direct = |said: &str| {
            let said = digits(said);
            self.direct
                .iter()
                .any(|number| *number == said || said.len() >= EXTENSION && number.ends_with(&said))
        };
        let without = row.replace_all(&shown, |found: &Captures| {
            if is_direct(&found[0]) { LEFT_OUT } else { &found[0] }.to_owned()
        });
        without.into_owned().into()
    }

    /// Whether a link leads to one of the others.
    pub fn hides_link(&self, url: &str) -> bool {
        let (scheme, way) = url.split_once(':').unwrap_or_default();
        let way = way.split('?').next().unwrap_or(way);
        match scheme.to_ascii_lowercase().as_str() {
            "mailto" => !self.addresses.contains(&way.to_lowercase()),
            "tel" => !self.numbers.contains(&digits(way)),
            _ => false,
        }
    }
}

/// Whether digits go on from what stands before them: as a day, a number of a matter, an amount.
fn goes_on(before: &str, said: &str) -> bool {
    let mut back = before.chars().rev();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match back.next() {
        Some(c) if c.is_alphanumeric() => true,
        Some('-' | '–' | '/' | '.' | ',' | ':') => is_digit(back.next()),
        Some(' ' | '\u{a0}') => {
            is_digit(back.next()) && said.split([' ', '\u{a0}']).all(|group| group.len() == 3)
        }
        _ => false,
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
    let country = ["46", "0046"].into_iter().find_map(|code| {
        let is_abroad = number.trim_start().starts_with('+') || code.starts_with('0');
        digits.strip_prefix(code).filter(|_| is_abroad)
    });
    match country {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_forvaltning_says_of_itself_is_a_persons() {
        let private = Private {
            addresses: ["kontakt@exempel.se".to_owned()].into(),
            numbers: ["0850800000".to_owned()].into(),
            direct: vec!["12345".to_owned()],
        };
        for (said, wanted) in [
            (
                "Anna Berg, anna.berg@skola.example, 08-508 11 111.",
                "Anna Berg, [kontaktuppgift], [kontaktuppgift].",
            ),
            ("070-123\u{a0}45\u{a0}67 och 0701234567", "[kontaktuppgift] och [kontaktuppgift]"),
            ("+46 70 123 45 67", "[kontaktuppgift]"),
            ("(08) 508 11 111", "[kontaktuppgift]"),
            ("08-508 11 111. 070-123 45 67", "[kontaktuppgift]. [kontaktuppgift]"),
            ("anknytning 12345", "anknytning [kontaktuppgift]"),
            (
                "Kontakt@exempel.se, 08-508 00 000, +46 8 508 000 00",
                "Kontakt@exempel.se, 08-508 00 000, +46 8 508 000 00",
            ),
            (
                "500 000 kronor, 2026-03-02, 1.2.1-345/2026, 5050-1055",
                "500 000 kronor, 2026-03-02, 1.2.1-345/2026, 5050-1055",
            ),
            ("0,5 procent av 10 000 000, 3 070 123 456", "0,5 procent av 10 000 000, 3 070 123 456"),
        ] {
            assert_eq!(private.hidden(said), wanted);
        }
        assert!(
            private.hides_link("MAILTO:anna.berg@skola.example?subject=A")
                && private.hides_link("tel:+46701234567")
        );
        assert!(
            !private.hides_link("mailto:kontakt@exempel.se") && !private.hides_link("https://exempel.se/a@b")
        );
    }
}
