//! Markdown's signs in a plain line, which would be printed as they stand.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, codes};

/// Signs that Markdown puts on both sides of words.
const PAIRS: [&str; 6] = ["**", "__", "~~", "`", "*", "_"];

/// Words between signs of Markdown: where they stand with them, and how long each sign is.
pub fn marked(text: &str) -> Vec<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for sign in PAIRS {
        let is_outer = |c: char| !c.is_alphanumeric() && !sign.starts_with(c);
        let opens = |c: char| c.is_alphanumeric() || "”«(".contains(c);
        let mut at = 0;
        while let Some(start) = text[at..].find(sign).map(|start| at + start) {
            let inner = start + sign.len();
            at = inner;
            let begins =
                text[..start].chars().next_back().is_none_or(is_outer) && text[inner..].starts_with(opens);
            let Some(end) = text[inner..].find(sign).filter(|_| begins).map(|end| inner + end) else {
                continue;
            };
            let closes = text[..end].ends_with(|c: char| !c.is_whitespace() && !sign.starts_with(c));
            let after = text[end + sign.len()..].chars().next();
            let range = start..end + sign.len();
            let apart =
                |(other, _): &(Range<usize>, usize)| other.end <= range.start || range.end <= other.start;
            if closes && after.is_none_or(is_outer) && found.iter().all(apart) {
                at = range.end;
                found.push((range, sign.len()));
            }
        }
    }
    found
}

/// A link, a note, a heading's sign or HTML in a plain line.
pub fn linked(text: &str) -> Option<Range<usize>> {
    let link = text.find("](").and_then(|middle| {
        let start = text[..middle].rfind('[')?;
        let end = middle + text[middle..].find(')')?;
        Some(start..end + 1)
    });
    let note = || {
        let start = text.find("[^")?;
        let end = start + text[start..].find(']')?;
        (end > start + 2).then_some(start..end + 1)
    };
    let heading = || {
        let words = text.trim_start_matches('#');
        (words.len() < text.len() && words.starts_with(' ')).then(|| 0..text.len() - words.len())
    };
    link.or_else(note).or_else(heading).or_else(|| html(text))
}

/// Marks of HTML that pages leave in what is pasted from them.
const TAGS: [&str; 12] = ["br", "b", "i", "em", "strong", "p", "div", "span", "u", "a", "sup", "sub"];

/// `<br>`, `</b>`, `&nbsp;`.
fn html(text: &str) -> Option<Range<usize>> {
    let tags = text.match_indices('<').find_map(|(at, _)| {
        let end = at + text[at..].find('>')?;
        let name = text[at + 1..end].trim_matches('/').split(' ').next()?.to_lowercase();
        TAGS.contains(&name.as_str()).then_some(at..end + 1)
    });
    let entities = || {
        text.match_indices('&').find_map(|(at, _)| {
            let end = at + text[at..].find(';')?;
            let name = text[at + 1..end].trim_start_matches('#');
            (2..8).contains(&name.len()).then_some(())?;
            name.bytes().all(|b| b.is_ascii_alphanumeric()).then_some(at..end + 1)
        })
    };
    tags.or_else(entities)
}

/// The number of its own that a text begins with, where it gets one: `3. Vad`, `(3) Vad`, `Fråga 3: Vad`, `a) Vad`. A
/// year or a number of something, `2 skolor`, is no such number.
pub fn own_number(text: &str) -> Option<usize> {
    let named = ["Fråga ", "fråga ", "Punkt ", "punkt ", "Bilaga ", "bilaga ", "Nr ", "nr "];
    let name = named.iter().find(|name| text.starts_with(**name)).map_or(0, |name| name.len());
    let rest = &text[name..];
    let opened = usize::from(rest.starts_with('('));
    let label = &rest[opened..];
    let length = label.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(label.len());
    let (said, behind) = label.split_at(length);
    let is_number = (1..=2).contains(&said.len()) && said.bytes().all(|b| b.is_ascii_digit());
    let is_letter = said.len() == 1 && name == 0;
    let is_roman = said.len() < 5 && !said.is_empty() && said.chars().all(|c| "IVX".contains(c));
    let close = behind.chars().next().filter(|c| ".):".contains(*c));
    let after = &behind[close.map_or(0, char::len_utf8)..];
    let words = after.trim_start_matches([' ', '\u{a0}', '\t', '–', '-']);
    let is_apart = words.len() < after.len();
    let begins = words.starts_with(|c: char| c.is_uppercase() || c == '”' || c == '"');
    let is_own = match close {
        // `3.Vad`, but not ”3.5 miljoner”
        Some('.') => {
            (is_number && (begins || is_apart) || is_roman && said.len() > 1 && is_apart) && opened == 0
        }
        Some(')') => (is_number || is_letter || is_roman) && (is_apart || begins),
        Some(':') => {
            (is_number || name > 0 && is_roman)
                && is_apart
                && words.starts_with(char::is_alphabetic)
                && opened == 0
        }
        _ => is_number && is_apart && begins && opened == 0,
    };
    is_own.then(|| text.len() - words.len())
}

/// What is said of either.
pub fn in_line(said: &str) -> Diagnostic {
    Diagnostic::new(
        codes::MARKDOWN_OLAST,
        format!("”{said}” läses inte som Markdown här, och skrivs ut som det står"),
    )
    .hint("Skriv orden utan Markdowns tecken: det här är en rad utan stilar, länkar och noter.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_before_a_text_is_told_from_one_in_it() {
        for (text, own) in [
            ("3. Vad kostar det?", "3. "),
            ("3) Vad kostar det?", "3) "),
            ("(3) Vad kostar det?", "(3) "),
            ("3.Vad kostar det?", "3."),
            ("3: Vad kostar det?", "3: "),
            ("3 Vad kostar det?", "3 "),
            ("a) Vad kostar det?", "a) "),
            ("III. Vad kostar det?", "III. "),
            ("Fråga 3: Vad kostar det?", "Fråga 3: "),
            ("Fråga 3. Vad kostar det?", "Fråga 3. "),
            ("Bilaga 1 – Skrivelse", "Bilaga 1 – "),
        ] {
            assert_eq!(own_number(text).map(|end| &text[..end]), Some(own), "{text}");
        }
        for text in [
            "2025 Års budget?",
            "3 skolor svarade. Varför?",
            "3.5 miljoner?",
            "I vilken skola?",
            "12:an går dit?",
            "1 § gäller?",
            "A-laget?",
            "Fråga 3 gäller vad?",
            "V. Ek utses",
        ] {
            assert_eq!(own_number(text), None, "{text}");
        }
    }

    #[test]
    fn signs_around_words_are_told_from_others() {
        for (text, found) in [
            ("Cykel vid **stadens** skolor", Some("**stadens**")),
            ("Om *Så gör vi*", Some("*Så gör vi*")),
            ("En `fil` till", Some("`fil`")),
            ("_Tora Wingren_", Some("_Tora Wingren_")),
            ("Ytan 2*3*4 och 5 * 6 * 7", None),
            ("Elever*na och lärare*na", None),
            ("fil_ett_två och __init", None),
        ] {
            assert_eq!(marked(text).first().map(|(range, _)| &text[range.clone()]), found, "{text}");
        }
        assert_eq!(
            linked("Se [planen](plan.pdf) nu").map(|range| range.len()),
            Some("[planen](plan.pdf)".len())
        );
        for (text, found) in [
            ("Planen [sic] (ny)", None),
            ("## Cykelplan", Some("##")),
            ("Väg 2 & 3; väg 4", None),
            ("Skolan<br>Box 4", Some("<br>")),
            ("Mark &amp; vatten", Some("&amp;")),
            ("Värden < 5 och > 3", None),
        ] {
            assert_eq!(linked(text).map(|range| &text[range]), found, "{text}");
        }
    }
}
