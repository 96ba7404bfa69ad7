//! Accessibility: links, tables, pictures and headings that also say something to those who do not see them.

use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::lists::List;
use crate::markdown::{Block, BlockKind, Inline, InlineKind, Visited, plain, walk};
use crate::yaml::values::Text;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::LANKTEXT, find: link_texts },
    Rule { code: codes::BILDTEXT, find: pictures },
    Rule { code: codes::TABELL_UTAN_RUBRIKRAD, find: tables },
    Rule { code: codes::FET_RUBRIK, find: bold_headings },
    Rule { code: codes::RUBRIK_UTAN_TEXT, find: empty_headings },
    Rule { code: codes::WEBBADRESS, find: bare_addresses },
    Rule { code: codes::RUBRIK_SKILJETECKEN, find: heading_marks },
];

/// Everything in the texts of the case that a visitor marks.
fn found<'a>(
    review: &Review<'a>,
    mut of: impl FnMut(Visited<'a>) -> Option<(Range<usize>, Diagnostic)>,
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
    Diagnostic::new(codes::OF_THE_RULE, message).hint(hint)
}

fn link_texts(review: &Review) -> Vec<Diagnostic> {
    let empty = review.templates.vocabulary().list(List::EmptyLinks);
    found(review, |node| match node {
        Visited::Inline(Inline { at, kind: InlineKind::Link { inlines, .. } }) => {
            let text = plain(inlines);
            let lower = text.to_lowercase();
            let mut words =
                lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
            let message = if is_long_address(text.trim()) {
                "länktexten är en adress, som läses upp tecken för tecken".to_owned()
            } else if !text.is_empty() && words.all(|word| empty.has(word)) {
                format!("länktexten ”{text}” säger inte vart länken leder")
            } else {
                return None;
            };
            Some((
                at.0.clone(),
                said(message, "Skriv vad som finns där länken leder, till exempel sidans rubrik."),
            ))
        }
        _ => None,
    })
}

/// Whether a text is an address and more than a site's name.
fn is_long_address(text: &str) -> bool {
    let site = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let site = site.or_else(|| text.starts_with("www.").then_some(text));
    site.is_some_and(|site| !text.contains(' ') && site.trim_end_matches('/').contains('/'))
}

/// An address of the web without the scheme that makes it a link.
static BARE: Pattern = Pattern::new(&[
    r"(?i)(?:^|[\s(”\x22])(?P<address>www\.[\p{l}0-9-]+(?:\.[\p{l}0-9-]+)+(?:/[^\s<>()”\x22]*)?)",
]);

fn bare_addresses(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for text in review.case.texts() {
        let mut links: Vec<Range<usize>> = Vec::new();
        walk(&text.blocks, &mut |node| match node {
            Visited::Inline(Inline { at, kind: InlineKind::Link { .. } | InlineKind::Code(_) }) => {
                links.push(at.0.clone())
            }
            Visited::Inline(Inline { kind: InlineKind::Text(words), .. }) => {
                for (said, source) in words.stretches() {
                    let is_linked =
                        links.iter().any(|link| link.start <= source.start && source.end <= link.end);
                    if is_linked || said.len() != source.len() {
                        continue;
                    }
                    for address in BARE.all(said).filter_map(|captures| captures.name("address")) {
                        let address = address.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?']);
                        let start = source.start + said.find(address).unwrap_or_default();
                        let Some(place) = text.place_in(start..start + address.len()) else { continue };
                        let message = format!("”{address}” blir ingen länk utan https://");
                        let hint = format!(
                            "Skriv adressen som en länk, med en text som säger vart den leder: [sidans rubrik](https://{address})."
                        );
                        findings.push(said_at(place, message, &hint));
                    }
                }
            }
            _ => {}
        });
    }
    findings
}

fn said_at(place: crate::diagnostic::Place, message: String, hint: &str) -> Diagnostic {
    said(message, hint).at(place)
}

static EMPTY_ALT: Pattern = Pattern::new(&[
    r"(?i)^\W*(?:en\s+)?(?:bild|bilden|foto|fotot|image|img|picture|diagram|diagrammet|graf|figur|tabell|karta|logotyp|skärmbild|illustration|skärmdump|skärmklipp|screenshot|screen\s*shot|whatsapp\s+image|utklipp|namnlös|utan\s+titel|untitled|figure|chart|map|pasted\s+image)(?:\s+(?:från|at|av|kl\.?|den))?[\s0-9.:_()–-]*\W*$",
    r"(?i)\.(?:png|jpe?g|svg|gif)$|^(?:img|dsc|image)[_-]?[0-9]+$",
    // diagram_slutlig_v2, karta-2024-kopia, bild1
    r"(?i)^[^\s]*_[^\s]*$|^[^\s]+-(?:v|ver|version|kopia|final|slutlig|ny|klar)[0-9]*$|^\p{l}+[0-9]+$",
]);

fn pictures(review: &Review) -> Vec<Diagnostic> {
    found(review, |node| match node {
        Visited::Inline(Inline { at, kind: InlineKind::Image { alt, .. } }) => {
            EMPTY_ALT.is_in(alt).then(|| {
                let message = format!("bildens beskrivning ”{alt}” säger inte vad bilden visar");
                (at.0.clone(), said(message, "Beskriv det som läsaren ska få veta av bilden."))
            })
        }
        _ => None,
    })
}

fn tables(review: &Review) -> Vec<Diagnostic> {
    found(review, |node| match node {
        Visited::Block(Block { at, kind: BlockKind::Table { head, .. } }) => {
            let cells: Vec<String> = head.iter().map(|cell| plain(cell).trim().to_owned()).collect();
            // The first cell can be empty, where rows have headings of their own.
            let lacks = cells.iter().skip(usize::from(cells.len() > 1)).any(String::is_empty)
                || cells.iter().all(|cell| is_value(cell));
            lacks.then(|| {
                let end = at.0.start + 1;
                let message = "tabellens kolumner saknar rubriker";
                (at.0.start..end, said(message, "Skriv i tabellens första rad vad varje kolumn innehåller."))
            })
        }
        _ => None,
    })
}

/// Whether a cell holds a number, which heads no column unless it is a year.
fn is_value(cell: &str) -> bool {
    let is_year = cell.len() == 4 && (cell.starts_with("19") || cell.starts_with("20"));
    let is_number = |sign: char| sign.is_ascii_digit() || " ,.%–-\u{a0}".contains(sign);
    cell.starts_with(|first: char| first.is_ascii_digit()) && cell.chars().all(is_number) && !is_year
}

fn bold_headings(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for text in review.case.texts() {
        walk(&text.blocks, &mut |node| {
            let Visited::Block(Block { at, kind: BlockKind::Paragraph(inlines) }) = node else { return };
            let Some(line) = heading_line(inlines, &at.0, &text.text) else { return };
            if let Some(place) = text.place_in(trimmed(&text.text, line.range)) {
                let message = format!("{} ”{}” ser ut som en rubrik men är ingen", line.what, line.words);
                findings.push(finding(place, message, line.hint));
            }
        });
    }
    findings
}

/// A line that looks like a heading.
struct HeadingLine {
    range: Range<usize>,
    words: String,
    what: &'static str,
    hint: &'static str,
}

/// The line of a paragraph that looks like a heading: one that is bold, by itself or before more,
/// or one of capitals.
fn heading_line(inlines: &[Inline], whole: &Range<usize>, text: &str) -> Option<HeadingLine> {
    const LONGEST: usize = 80;
    let (first, rest) = inlines.split_first()?;
    let bold = match &first.kind {
        InlineKind::Strong(inner) => Some(inner),
        InlineKind::Emph(inner) => match inner.as_slice() {
            [Inline { kind: InlineKind::Strong(_), .. }] => Some(inner),
            _ => None,
        },
        _ => None,
    };
    let Some(inner) = bold else {
        let words = plain(inlines);
        let letters = words.chars().filter(|letter| letter.is_alphabetic()).count();
        let shouts = words.chars().any(char::is_uppercase)
            && letters > 4
            && words.chars().count() <= LONGEST
            && !words.chars().any(char::is_lowercase);
        let hint = "Gör den till en underrubrik: skriv ### före, och vanliga bokstäver.";
        return (shouts && !words.contains(|sign: char| sign.is_ascii_digit())).then(|| HeadingLine {
            range: whole.clone(),
            words,
            what: "raden med stora bokstäver",
            hint,
        });
    };
    let words = plain(inner);
    let is_heading = words.chars().count() <= LONGEST && !words.ends_with(['.', '!', '?']);
    // What is bold stands between its stars.
    let after = text.get(first.at.0.end..)?;
    let stars = after.len() - after.trim_start_matches(['*', '_']).len();
    let range = if rest.is_empty() { whole.clone() } else { whole.start..first.at.0.end + stars };
    let hint = "Gör den till en underrubrik: skriv ### före, och ta bort stjärnorna.";
    (is_heading && (rest.is_empty() || ends_line(rest, text.get(range.end..)?, &words)))
        .then_some(HeadingLine { range, words, what: "den feta raden", hint })
}

/// Whether bold words stand on a line of their own: what follows begins the next one anew.
fn ends_line(rest: &[Inline], after: &str, words: &str) -> bool {
    let broken = matches!(rest.first().map(|inline| &inline.kind), Some(InlineKind::Break));
    let anew = after
        .trim_start_matches([' ', ':', '\\'])
        .strip_prefix('\n')
        .is_some_and(|next| next.trim_start().starts_with(char::is_uppercase));
    (broken || anew) && !words.ends_with([',', ';'])
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
        Visited::Block(Block { at, kind: BlockKind::Heading { inlines, .. } }) => {
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
        let text = "Se [den här sidan](a), [via denna länk](b), [https://a.se/b/c](c), [stockholm.se](d), [mer om budgeten](e).";
        assert_eq!(
            in_text(RULES, "länktext", text),
            ["[den här sidan](a)", "[via denna länk](b)", "[https://a.se/b/c](c)"]
        );
        assert_eq!(
            in_text(
                RULES,
                "bildtext",
                "![Bild 1](a.png)\n\n![Stapeldiagram över besök](b.png)\n\n![Karta över Skärbyn 2026](c.png)"
            ),
            ["![Bild 1](a.png)"]
        );
    }

    #[test]
    fn tables_have_headings() {
        assert_eq!(in_text(RULES, "tabell-utan-rubrikrad", "| | |\n|---|---|\n| a | b |").len(), 1);
        assert_eq!(in_text(RULES, "tabell-utan-rubrikrad", "| | År |\n|---|---|\n| a | b |").len(), 0);
        assert_eq!(in_text(RULES, "tabell-utan-rubrikrad", "| 12 | 34 % |\n|---|---|\n| 5 | 6 |").len(), 1);
        assert_eq!(in_text(RULES, "tabell-utan-rubrikrad", "| 2023 | 2024 |\n|---|---|\n| 5 | 6 |").len(), 0);
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
                "fet-rubrik",
                "**Ekonomi:**\nDet kostar.\n\n**Personal**\\\nNio.\n\n**Viktigt:** detta.\n\n**Det är mycket**\nviktigt.\n\nSAMVERKAN\n\nSL"
            ),
            ["**Ekonomi:**", "**Personal**", "SAMVERKAN"]
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
