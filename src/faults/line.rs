//! Markdown's signs in a plain line, which would be printed as they stand.

use std::ops::Range;

use crate::diagnostic::Diagnostic;

/// Signs that Markdown puts on both sides of words.
const PAIRS: [&str; 5] = ["**", "__", "~~", "`", "*"];

/// Words between signs of Markdown: where they stand with them, and how long each sign is.
pub fn marked(text: &str) -> Option<(Range<usize>, usize)> {
    PAIRS.iter().find_map(|sign| {
        let is_outer = |c: char| !c.is_alphanumeric() && !sign.starts_with(c);
        text.match_indices(sign).find_map(|(start, _)| {
            let inner = start + sign.len();
            let opens = text[..start].chars().next_back().is_none_or(is_outer)
                && text[inner..].starts_with(|c: char| c.is_alphanumeric() || "”«(".contains(c));
            let end = inner + text[inner..].find(sign).filter(|_| opens)?;
            let closes = text[..end].ends_with(|c: char| !c.is_whitespace() && !sign.starts_with(c));
            let after = text[end + sign.len()..].chars().next();
            (closes && after.is_none_or(is_outer)).then_some((start..end + sign.len(), sign.len()))
        })
    })
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
    Diagnostic::warning(
        "markdown-oläst",
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
            assert_eq!(marked(text).map(|(range, _)| &text[range]), found, "{text}");
        }
        assert_eq!(
            linked("Se [planen](plan.pdf) nu").map(|range| range.len()),
            Some("[planen](plan.pdf)".len())
        );
        assert_eq!(linked("Planen [sic] (ny)"), None);
    }
}
