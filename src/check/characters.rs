//! Characters that the fonts lack: they would be holes in the PDF, and PDF/A forbids those.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::Diagnostic;
use crate::read::node::{Node, Origin, Value};
use crate::templates::Templates;

/// Finds every character in the file's texts that cannot be printed.
pub fn check(root: &Node, templates: &Templates) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    visit(root, templates, &mut findings);
    findings
}

fn visit(node: &Node, templates: &Templates, findings: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Nothing => {}
        Value::Text(text) => scan(text, &node.origin, templates, findings),
        Value::List(items) => items.iter().for_each(|item| visit(item, templates, findings)),
        Value::Map(entries) => {
            for (key, value) in entries {
                scan(&key.name, &key.origin, templates, findings);
                visit(value, templates, findings);
            }
        }
    }
}

fn scan(text: &str, origin: &Origin, templates: &Templates, findings: &mut Vec<Diagnostic>) {
    for cluster in loose_marks(text) {
        let place = origin.place_in(text, cluster);
        findings.push(
            Diagnostic::error(
                "tecken-saknas",
                "här står ett löst accenttecken som inte hör ihop med sin bokstav",
            )
            .hint("Skriv bokstaven på nytt från tangentbordet.")
            .at(place),
        );
    }
    for (at, character) in text.char_indices() {
        // The common alphabet is in every font; only the rest is worth a look.
        if matches!(character, ' '..='~' | '\n' | '\t' | '\u{a0}'..='ÿ' | '–' | '—' | '”' | '’' | '…')
        {
            continue;
        }
        if is_layout(character) || is_combining_mark(character) || templates.coverage().contains(character) {
            continue;
        }
        let place = origin.place_in(text, at..at + character.len_utf8());
        let finding = lacking(character).at(place.clone());
        findings.push(match character {
            c if is_invisible(c) || c.is_control() => finding.safe_edit(place, ""),
            '\u{e000}'..='\u{f8ff}' => finding.edit(place, "-"),
            _ => finding.edit(place, ""),
        });
    }
}

/// What nobody sees and nobody misses.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// Letters with marks that Unicode has no single character for: the fonts could only draw them as
/// two glyphs, and whoever copies or listens would get the letter twice.
fn loose_marks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut letter = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, character)) = letters.next() {
        if !is_combining_mark(character) {
            letter = at;
            continue;
        }
        if letters.peek().is_some_and(|(_, next)| is_combining_mark(*next)) {
            continue;
        }
        let end = at + character.len_utf8();
        if text[letter..end].nfc().any(is_combining_mark) {
            found.push(letter..end);
        }
    }
    found
}

/// White space that a text may hold and that means a space.
fn is_layout(character: char) -> bool {
    matches!(character, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn lacking(character: char) -> Diagnostic {
    let number = format!("U+{:04X}", u32::from(character));
    let (message, hint) = match character {
        c if is_invisible(c) => (
            format!("här står ett osynligt tecken ({number})"),
            "Ta bort det; det följer ofta med från Word eller en webbsida.".to_owned(),
        ),
        '\u{e000}'..='\u{f8ff}' => (
            format!("här står ett tecken ur ett symbolteckensnitt ({number})"),
            "Byt det mot ”- ” om det är en punktlista från Word.".to_owned(),
        ),
        c if c.is_control() => (format!("här står ett styrtecken ({number})"), "Ta bort det.".to_owned()),
        _ => (
            format!("tecknet ”{character}” ({number}) finns inte i typsnitten"),
            "Skriv det med ord eller med ett annat tecken.".to_owned(),
        ),
    };
    Diagnostic::error("tecken-saknas", message).hint(hint)
}
