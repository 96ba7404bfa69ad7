//! Markdown's signs in a plain line, which would be printed as they stand.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, codes};

/// Signs that Markdown puts on both sides of words.
const PAIRS: [&str; 5] = ["**", "__", "~~", "`", "*"];

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

/// A link or a note in a plain line.
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
    link.or_else(note)
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
    fn signs_around_words_are_told_from_others() {
        for (text, found) in [
            ("Cykel vid **stadens** skolor", Some("**stadens**")),
            ("Om *Så gör vi*", Some("*Så gör vi*")),
            ("En `fil` till", Some("`fil`")),
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
        assert_eq!(linked("Planen [sic] (ny)"), None);
    }
}
