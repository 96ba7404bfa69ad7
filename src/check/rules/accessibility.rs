//! Accessibility: links, tables, pictures and headings that also say something to those who do not see them.

use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};
use crate::markdown::{Block, BlockKind, Inline, InlineKind, Node, plain, walk};
use crate::read::values::Text;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: "länktext", severity: Severity::Warning, find: link_texts },
    Rule { code: "bildtext", severity: Severity::Warning, find: pictures },
    Rule { code: "tabell-utan-rubrikrad", severity: Severity::Warning, find: tables },
    Rule { code: "fet-rubrik", severity: Severity::Warning, find: bold_headings },
    Rule { code: "rubrik-utan-text", severity: Severity::Warning, find: empty_headings },
    Rule { code: "rubrik-skiljetecken", severity: Severity::Advice, find: heading_marks },
];

/// Everything in the texts of the case that a visitor marks.
fn found<'a>(
    review: &Review<'a>,
    mut of: impl FnMut(Node<'a>) -> Option<(Range<usize>, Diagnostic)>,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for text in review.case.texts() {
        walk(&text.blocks, &mut |node| {
            if let Some((range, finding)) = of(node)
                && let Some(place) = text.place_in(trimmed(&text.text, range))
            {
                findings.push(finding.at(place));
            }
        });
    }
    findings
}

/// The range without the line break that ends a block.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let length = text.get(range.clone()).map_or(range.len(), |said| said.trim_end().len());
    range.start..range.start + length
}

fn said(message: impl Into<String>, hint: &str) -> Diagnostic {
    Diagnostic::advice("", message).hint(hint)
}

static EMPTY_LINK: Pattern = Pattern::new(&[
    r"(?i)^\W*(?:klicka|tryck)?\s*(?:på\s+)?(?:här|hit|länk|länken|denna\s+länk|den\s+här\s+länken|läs\s+mer|läs\s+mer\s+här|läs\s+vidare|mer|mer\s+information|mer\s+info|se\s+här|se\s+länk|webbsida|webbsidan|webbplats|webbplatsen|hemsida|hemsidan|sidan|dokumentet|pdf|ladda\s+ner(?:\s+här)?|fortsätt|info)\W*$",
]);

fn link_texts(review: &Review) -> Vec<Diagnostic> {
    found(review, |node| match node {
        Node::Inline(Inline { at, kind: InlineKind::Link { inlines, .. } }) => {
            let text = plain(inlines);
            EMPTY_LINK.is_in(&text).then(|| {
                let message = format!("länktexten ”{text}” säger inte vart länken leder");
                (
                    at.0.clone(),
                    said(message, "Skriv vad som finns där länken leder, till exempel sidans rubrik."),
                )
            })
        }
        _ => None,
    })
}

static EMPTY_ALT: Pattern = Pattern::new(&[
    r"(?i)^\W*(?:en\s+)?(?:bild|bilden|foto|fotot|image|img|picture|diagram|diagrammet|graf|figur|tabell|karta|logotyp|skärmbild|illustration)\s*[0-9]*\W*$",
    r"(?i)\.(?:png|jpe?g|svg|gif)$|^(?:img|dsc|image)[_-]?[0-9]+$",
]);

fn pictures(review: &Review) -> Vec<Diagnostic> {
    found(review, |node| match node {
        Node::Inline(Inline { at, kind: InlineKind::Image { alt, .. } }) => EMPTY_ALT.is_in(alt).then(|| {
            let message = format!("bildens beskrivning ”{alt}” säger inte vad den visar");
            (at.0.clone(), said(message, "Skriv det som läsaren ska få veta av bilden."))
        }),
        _ => None,
    })
}

fn tables(review: &Review) -> Vec<Diagnostic> {
    found(review, |node| match node {
        Node::Block(Block { at, kind: BlockKind::Table { head, .. } }) => {
            // The first cell can be empty, where rows have headings of their own.
            let lacks = head.len() == 1 && head.iter().all(|cell| plain(cell).trim().is_empty())
                || head.iter().skip(1).any(|cell| plain(cell).trim().is_empty());
            lacks.then(|| {
                let end = at.0.start + 1;
                let message = "tabellens kolumner saknar rubriker";
                (at.0.start..end, said(message, "Skriv i tabellens första rad vad varje kolumn innehåller."))
            })
        }
        _ => None,
    })
}

fn bold_headings(review: &Review) -> Vec<Diagnostic> {
    const LONGEST: usize = 80;
    found(review, |node| match node {
        Node::Block(Block { at, kind: BlockKind::Paragraph(inlines) }) => {
            let [Inline { kind: InlineKind::Strong(inner) | InlineKind::Emph(inner), .. }] =
                inlines.as_slice()
            else {
                return None;
            };
            let is_bold = matches!(inlines[0].kind, InlineKind::Strong(_))
                || matches!(inner.as_slice(), [Inline { kind: InlineKind::Strong(_), .. }]);
            let text = plain(inner);
            let is_heading = is_bold && text.chars().count() <= LONGEST && !text.ends_with(['.', '!', '?']);
            is_heading.then(|| {
                let message = format!("den feta raden ”{text}” ser ut som en rubrik men är ingen");
                (
                    at.0.clone(),
                    said(message, "Gör den till en underrubrik: skriv ### före, och ta bort stjärnorna."),
                )
            })
        }
        _ => None,
    })
}

fn empty_headings(review: &Review) -> Vec<Diagnostic> {
    review.case.texts().flat_map(empty_in).collect()
}

fn empty_in(text: &Text) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, block) in text.blocks.iter().enumerate() {
        let BlockKind::Heading { level, inlines } = &block.kind else { continue };
        let is_empty = match text.blocks.get(at + 1).map(|next| &next.kind) {
            None => true,
            Some(BlockKind::Heading { level: next, .. }) => next <= level,
            Some(_) => false,
        };
        if is_empty && let Some(place) = text.place_in(trimmed(&text.text, block.at.0.clone())) {
            let message = format!("under rubriken ”{}” står ingen text", plain(inlines));
            findings.push(finding(place, message, "Skriv texten, eller ta bort rubriken."));
        }
    }
    findings
}

fn heading_marks(review: &Review) -> Vec<Diagnostic> {
    found(review, |node| match node {
        Node::Block(Block { at, kind: BlockKind::Heading { inlines, .. } }) => {
            let text = plain(inlines);
            let is_abbreviated = text.ends_with("m.m.") || text.ends_with("m.fl.") || text.ends_with("...");
            (text.ends_with(['.', ':', ',', ';']) && !is_abbreviated).then(|| {
                let message = format!("rubriken ”{text}” slutar med skiljetecken");
                (at.0.clone(), said(message, "Ta bort tecknet: en rubrik är ingen mening."))
            })
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn links_and_pictures_say_what_they_are() {
        let text = "Se [här](https://a.se), [Läs mer!](https://b.se) och [stadens budget](https://c.se).";
        assert_eq!(in_text(RULES, "länktext", text), ["[här](https://a.se)", "[Läs mer!](https://b.se)"]);
        assert_eq!(
            in_text(RULES, "bildtext", "![Bild 1](a.png)\n\n![Stapeldiagram över besök](b.png)"),
            ["![Bild 1](a.png)"]
        );
    }

    #[test]
    fn tables_have_headings() {
        assert_eq!(in_text(RULES, "tabell-utan-rubrikrad", "| | |\n|---|---|\n| a | b |").len(), 1);
        assert_eq!(in_text(RULES, "tabell-utan-rubrikrad", "| | År |\n|---|---|\n| a | b |").len(), 0);
    }

    #[test]
    fn headings_are_headings_and_have_text() {
        assert_eq!(
            in_text(RULES, "fet-rubrik", "**Ekonomi**\n\nText med **fetstil**.\n\n**Obs.**"),
            ["**Ekonomi**"]
        );
        assert_eq!(
            in_text(
                RULES,
                "rubrik-utan-text",
                "### Ett\n\n#### Under\n\nText.\n\n### Två\n\n### Tre\n\nText."
            ),
            ["### Två"]
        );
        assert_eq!(
            in_text(RULES, "rubrik-skiljetecken", "### Ett:\n\nText.\n\n### Två m.m.\n\nText."),
            ["### Ett:"]
        );
    }
}
