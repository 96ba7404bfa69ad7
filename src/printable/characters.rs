//! Characters that the fonts lack: they would be holes in the PDF, and PDF/A forbids those.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::{Diagnostic, codes};
use crate::library::Templates;
use crate::yaml::node::{Origin, Value, YamlNode};

/// Finds every character in the file's texts that cannot be printed.
pub fn check(root: &YamlNode, templates: &Templates) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    visit(root, templates, &mut findings);
    findings
}

fn visit(node: &YamlNode, templates: &Templates, findings: &mut Vec<Diagnostic>) {
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
    for (range, finding, mend) in lacking(text, templates, is_layout) {
        let place = origin.place_in(text, range);
        let finding = finding.at(place.clone());
        findings.push(match mend {
            Some(Substitute::Safe(replacement)) => finding.safe_edit(place, replacement),
            Some(Substitute::Doubtful(replacement)) => finding.edit(place, replacement),
            None => finding,
        });
    }
}

/// A stretch that cannot be printed, what to say of it, and what could stand in its place.
pub type Lacking = (Range<usize>, Diagnostic, Option<Substitute>);

/// What could stand in a character's place.
pub enum Substitute {
    /// What nobody sees and nobody misses can go without being asked.
    Safe(&'static str),
    /// Only the author knows.
    Doubtful(&'static str),
}

/// Everything in a text that cannot be printed, but for characters that `allowed` lets pass.
pub fn lacking(text: &str, templates: &Templates, allowed: fn(char) -> bool) -> Vec<Lacking> {
    let mut found: Vec<Lacking> = loose_marks(text)
        .into_iter()
        .map(|cluster| {
            let finding = Diagnostic::new(
                codes::TECKEN_SAKNAS,
                "här står ett löst accenttecken som inte hör ihop med sin bokstav",
            );
            (cluster, finding.hint("Skriv bokstaven på nytt från tangentbordet."), None)
        })
        .collect();
    for (at, character) in text.char_indices() {
        // The common alphabet is in every font; only the rest is worth a look.
        if matches!(character, ' '..='~' | '\n' | '\t' | '\u{a0}'..='ÿ' | '–' | '—' | '”' | '’' | '…')
        {
            continue;
        }
        if is_invisible(character) || character.is_control() && !is_layout(character) {
            found.push((at..at + character.len_utf8(), sentence(character), Some(Substitute::Safe(""))));
            continue;
        }
        if is_stand_in(character) {
            found.push((at..at + character.len_utf8(), sentence(character), None));
            continue;
        }
        // The Markdown is composed: the sign for Ångström is an Å.
        let printed = std::iter::once(character).nfc().next().unwrap_or(character);
        if allowed(character) || is_combining_mark(character) || templates.coverage().contains(printed) {
            continue;
        }
        let mend = substitute(character).unwrap_or_default();
        found.push((at..at + character.len_utf8(), sentence(character), Some(Substitute::Doubtful(mend))));
    }
    found
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
        if text[letter..end].nfc().any(is_combining_mark) && !is_pointed(&text[letter..end]) {
            found.push(letter..end);
        }
    }
    found
}

/// Whether it is a Hebrew letter with its points, as Yiddish is written: the fonts have both.
fn is_pointed(cluster: &str) -> bool {
    let mut signs = cluster.chars();
    let is_letter = signs.next().is_some_and(|letter| matches!(letter, '\u{5d0}'..='\u{5f2}'));
    is_letter && signs.all(|point| matches!(point, '\u{5b0}'..='\u{5c2}' | '\u{5c7}'))
}

/// White space that a text may hold and that means a space.
fn is_layout(character: char) -> bool {
    matches!(character, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What stands where something was that did not come along: a picture, a sign of another coding.
fn is_stand_in(character: char) -> bool {
    matches!(character, '\u{fffc}' | '\u{fffd}')
}

/// Characters that no reader sees, though some fonts have them.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// What is mostly meant by a character that Word or a web page has put there.
fn substitute(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{e000}'..='\u{f8ff}' => "-",
        '❏' | '❐' | '❑' | '❒' | '🔲' => "☐",
        '✅' | '🗹' | '🗸' => "✓",
        '❌' | '❎' | '🗴' | '🗶' => "✗",
        '➔' | '➜' | '➢' | '⇒' => "→",
        _ => return None,
    })
}

fn sentence(character: char) -> Diagnostic {
    let number = format!("U+{:04X}", u32::from(character));
    let (message, hint) = match character {
        character if is_invisible(character) => (
            format!("här står ett osynligt tecken ({number})"),
            "Ta bort det; det följer ofta med från Word eller en webbsida.".to_owned(),
        ),
        '\u{e000}'..='\u{f8ff}' => (
            format!("här står ett tecken ur ett symbolteckensnitt ({number})"),
            "Byt det mot ”- ” om det är en punktlista från Word.".to_owned(),
        ),
        '\u{fffc}' => (
            "här stod en bild eller ett annat föremål som inte kom med från Word (U+FFFC)".to_owned(),
            "Ta bort tecknet. En bild läggs i ärendets mapp och skrivs: ![Vad bilden visar](bild.png)"
                .to_owned(),
        ),
        '\u{fffd}' => (
            "här står ett tecken som inte kunde läsas (U+FFFD)".to_owned(),
            "Skriv tecknet som ska stå här.".to_owned(),
        ),
        c if c.is_control() => (format!("här står ett styrtecken ({number})"), "Ta bort det.".to_owned()),
        _ => (
            format!("tecknet ”{character}” ({number}) finns inte i typsnitten"),
            match substitute(character) {
                Some("-") => "Skriv ett vanligt bindestreck: -".to_owned(),
                Some(other) => format!("Skriv {other}, eller säg det med ord."),
                None => "Skriv det med ord eller med ett annat tecken.".to_owned(),
            },
        ),
    };
    Diagnostic::new(codes::TECKEN_SAKNAS, message).hint(hint)
}
