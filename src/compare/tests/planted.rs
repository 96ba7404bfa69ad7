//! What single edits look like.

use super::{compared, document};
use crate::compare::{Comparison, Fate, Node, NodeKind, Part, Span};

/// A comparison as CriticMarkup, with `¶` for an end of a paragraph that is in one document only and `@` for what moved.
fn shown(comparison: &Comparison) -> String {
    let mut out = String::new();
    nodes(&comparison.body[1..], &mut out);
    out.trim().to_owned()
}

fn nodes(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match &node.kind {
            NodeKind::Heading { text, .. } => {
                out.push_str("# ");
                mark(node.fate, &spans(text), out);
            }
            NodeKind::Paragraph(parts) => {
                for part in parts {
                    match part {
                        Part::Sentence(sentence) => mark(sentence.fate, &spans(&sentence.spans), out),
                        Part::Line(fate) => mark(*fate, " /", out),
                    }
                }
                if node.fate != Fate::Same {
                    mark(node.fate, " ¶", out);
                }
            }
            NodeKind::List { items, .. } => {
                for item in items {
                    let mut inner = String::new();
                    self::nodes(&item.body, &mut inner);
                    let number = |at: Option<usize>| at.map_or("-".to_owned(), |at| (at + 1).to_string());
                    out.push_str(&format!("({}→{}", number(item.index.old), number(item.index.new)));
                    mark(item.fate, inner.trim_end(), out);
                    out.push(')');
                }
            }
            NodeKind::Table { rows, .. } => {
                for row in rows {
                    out.push('|');
                    for cell in &row.cells {
                        mark(row.fate, &spans(&cell.text), out);
                        out.push('|');
                    }
                    out.push(' ');
                }
            }
            NodeKind::Quote(body) | NodeKind::Footnote { body, .. } | NodeKind::Part { body, .. } => {
                self::nodes(body, out);
            }
            NodeKind::Arrived(body) | NodeKind::Left(body) => {
                let mut inner = String::new();
                self::nodes(body, &mut inner);
                mark(node.fate, inner.trim_end(), out);
            }
            _ => {}
        }
        out.push('\n');
    }
}

fn mark(fate: Fate, text: &str, out: &mut String) {
    match fate {
        Fate::Same => out.push_str(text),
        Fate::New if text.contains("{+") => out.push_str(text),
        Fate::Gone if text.contains("{-") => out.push_str(text),
        Fate::New => out.push_str(&format!("{{+{text}+}}")),
        Fate::Gone => out.push_str(&format!("{{-{text}-}}")),
        Fate::Here(number) => out.push_str(&format!("{{@{number}<{text}@}}")),
        Fate::Away(number) => out.push_str(&format!("{{@{number}>@}}")),
    }
}

fn spans(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        let mut text = String::new();
        for word in &span.words {
            text.push_str(if word.spaced { " " } else { "" });
            text.push_str(&word.text);
        }
        mark(span.fate, &text, &mut out);
    }
    out
}

#[test]
fn single_edits_are_shown_as_they_were_made() {
    for (old, new, wanted) in [
        ("Ett ord står här i dag.", "Ett tal står här i dag.", " Ett{- ord-}{+ tal+} står här i dag."),
        (
            "Det kostar 12 000 kronor om året.",
            "Det kostar 21 000 kronor om året.",
            " Det kostar{- 12 000 kronor-}{+ 21 000 kronor+} om året.",
        ),
        ("Arbetet pågår redan.", "Arbetet pågår under 2027.", " Arbetet pågår{- redan-}{+ under 2027+}."),
        (
            "Första meningen står här. Andra meningen kommer sedan.",
            "Första meningen står här.\n\nAndra meningen kommer sedan.",
            " Första meningen står här.{+ ¶+}\n Andra meningen kommer sedan.",
        ),
        (
            "Första meningen står här.\n\nAndra meningen kommer sedan.",
            "Första meningen står här. Andra meningen kommer sedan.",
            " Första meningen står här.{- ¶-}\n Andra meningen kommer sedan.",
        ),
        (
            "1. Nämnden godkänner svaret.\n2. Nämnden överlämnar ärendet.",
            "1. Nämnden godkänner svaret.\n2. Förvaltningen får i uppdrag att återkomma.\n3. Nämnden överlämnar ärendet.",
            "(1→1 Nämnden godkänner svaret.)(-→2{+ Förvaltningen får i uppdrag att återkomma.+}{+ ¶+})(2→3 Nämnden överlämnar ärendet.)",
        ),
        (
            "| Mått | 2024 |\n| --- | --- |\n| Lån | 7 |\n| Besök | 8 |",
            "| Mått | 2024 | 2025 |\n| --- | --- | --- |\n| Lån | 7 | 9 |\n| Besök | 10 | 11 |",
            "| Mått| 2024|{+ 2025+}| | Lån| 7|{+ 9+}| | Besök|{- 8-}{+ 10+}|{+ 11+}|",
        ),
        (
            "Det första stycket handlar om vägar och broar.\n\nDet andra talar länge om skolor och elever, och mer därtill.",
            "Det andra talar länge om skolor och elever, och mer därtill.\n\nDet första stycket handlar om vägar och broar.",
            "{@0>@}{- ¶-}\n Det andra talar länge om skolor och elever, och mer därtill.\n{@0< Det första stycket handlar om vägar och broar.@}{+ ¶+}",
        ),
    ] {
        let comparison = compared(&document(old), &document(new));
        let shown = shown(&comparison);
        assert_eq!(
            shown.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"),
            wanted.trim(),
            "{old} → {new}"
        );
    }
}

#[test]
fn sections_are_known_by_heading_or_content() {
    let old = "## Bakgrund\n\nStaden har fem bibliotek i området.\n\n## Ekonomi\n\nInget kostar någonting alls.\n\n## Slutsats\n\nFörvaltningen tillstyrker förslaget i sin helhet.";
    let renamed = old.replace("## Ekonomi", "## Kostnader");
    let comparison = compared(&document(old), &document(&renamed));
    assert!(
        shown(&comparison).contains("{- Ekonomi-}{+ Kostnader+}\n Inget kostar någonting alls."),
        "{}",
        shown(&comparison)
    );
    let moved = "## Ekonomi\n\nInget kostar någonting alls.\n\n## Bakgrund\n\nStaden har fem bibliotek i området.\n\n## Slutsats\n\nFörvaltningen tillstyrker förslaget i sin helhet.";
    let comparison = compared(&document(old), &document(moved));
    assert_eq!(comparison.moves, 1);
}
