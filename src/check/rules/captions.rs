//! Captions: tables and figures are numbered in the order that they stand in.

use std::collections::BTreeMap;

use crate::check::pattern::Pattern;
use crate::check::prose::PassageKind;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::TABELL_ORDNING, find: out_of_order }];

/// A paragraph that is a caption: ”Tabell 2. Elever”, ”Figur 1: Karta”.
static CAPTION: Pattern = Pattern::new(&[
    r"^(?P<kind>Tabell|Figur|Diagram|Bild|Karta)\s+(?P<number>[0-9]{1,2})\s?(?:[.:–-]|$|\s\p{Lu})",
]);

fn out_of_order(review: &Review) -> Vec<Diagnostic> {
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    let mut findings = Vec::new();
    for passage in review
        .passages
        .iter()
        .filter(|passage| matches!(passage.kind, PassageKind::Paragraph | PassageKind::Heading))
    {
        let Some(captures) = CAPTION.first(&passage.text) else { continue };
        let (Some(kind), Some(number)) = (captures.name("kind"), captures.name("number")) else { continue };
        let said: usize = number.as_str().parse().unwrap_or_default();
        let before = last.entry(kind.as_str().to_owned()).or_default();
        let next = *before + 1;
        if said != next {
            let what = kind.as_str().to_lowercase();
            let message = match *before {
                0 => format!("numreringen börjar med {what} {said}"),
                before => format!("efter {what} {before} kommer {what} {said}"),
            };
            let place = passage.place(number.range());
            findings.push(finding(
                place,
                message,
                format!("Numrera i den ordning som de står: här {what} {next}."),
            ));
        }
        // Of several in a row that are moved, the first one tells.
        *before = said.max(*before);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn captions_are_numbered_in_their_order() {
        for (text, found) in [
            ("Tabell 2. Flickor\n\nTabell 1. Pojkar", vec!["2", "1"]),
            ("Tabell 1. Flickor\n\nTabell 3. Pojkar", vec!["3"]),
            ("Tabell 1: Flickor\n\nTabell 1: Pojkar", vec!["1"]),
            ("Figur 2. Karta", vec!["2"]),
            ("Tabell 1. Flickor\n\nFigur 1. Karta\n\nTabell 2. Pojkar", vec![]),
            ("Tabell 2 visar hur många som cyklar.", vec![]),
            ("Antalet visas i tabell 2 och i tabell 1.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "tabell-ordning", text), found, "{text}");
        }
    }
}
