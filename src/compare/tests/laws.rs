//! Accept all is the new document, reject all the old; nothing that is the same is marked.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::edits::{apply, edits};
use super::{Comparison, WORKED, abbreviations, compared, parse, times, with_body, worked};
use crate::compare::{Fate, Node, NodeKind, Part, Sentence, Side, resolve, resolve_front};
use crate::document::Document;
use crate::markdown::{Block, write};

fn holds(old: &Document, new: &Document) -> Comparison {
    let comparison = compared(old, new);
    same(&resolve(&comparison, Side::Old), &old.blocks);
    same(&resolve(&comparison, Side::New), &new.blocks);
    assert_eq!(resolve_front(&comparison, Side::Old), old.front.map());
    assert_eq!(resolve_front(&comparison, Side::New), new.front.map());
    assert_eq!(comparison.is_empty(), old.blocks == new.blocks && old.front.map() == new.front.map());
    assert_eq!(comparison, compared(old, new));
    comparison
}

/// Whether two bodies say the same; where they do not, only the first difference is told.
fn same(found: &[Block], wanted: &[Block]) {
    if found != wanted {
        let at = (0..found.len().max(wanted.len())).find(|at| found.get(*at) != wanted.get(*at)).unwrap_or(0);
        let shown = |blocks: &[Block]| {
            write(blocks.get(at..(at + 2).min(blocks.len())).unwrap_or(&[]), abbreviations())
        };
        panic!("block {at}:\n{}\ninstead of\n{}", shown(found), shown(wanted));
    }
}

proptest! {
    #![proptest_config(times(64))]

    #[test]
    fn of_edited_cases(which in 0..WORKED.len(), edits in edits(6)) {
        let old = worked(which);
        let new = with_body(&old, &apply(&old.blocks, &edits));
        prop_assume!(new.is_some(), "no document");
        let new = new.unwrap_or_else(|| old.clone());
        let comparison = holds(&old, &new);
        unmarked(&comparison, &format!("{edits:?}"));
        // And back again.
        holds(&new, &old);
    }

    #[test]
    fn of_edited_fronts(which in 0..WORKED.len(), line in any::<usize>(), edit in 0..4_usize) {
        let old = worked(which);
        let new = with_front(&old, line, edit);
        prop_assume!(new.is_some(), "no document");
        let new = new.unwrap_or_else(|| old.clone());
        let comparison = holds(&old, &new);
        assert!(comparison.body.iter().all(Node::is_same));
        holds(&new, &old);
    }

    #[test]
    fn of_hostile_texts(old in hostile(), new in hostile()) {
        let head = "---\nmall: \"utlåtande\"\nspråk: \"sv\"\ndiarienummer: \"X 2026/1\"\ndatum: \"2026-01-01\"\nrubrikrad: \"U\"\n---\n\n# T\n\n";
        let read = |text: &str| {
            let source = crate::diagnostic::Source::new("x.md", format!("{head}{text}"));
            crate::document::parse(&source, super::templates().kinds()).ok()
        };
        if let (Some(old), Some(new)) = (read(&old), read(&new)) {
            holds(&old, &new);
        }
    }
}

/// A document with another line in its front matter: one that says something else, is gone, stands twice, or stands
/// after the next.
fn with_front(document: &Document, at: usize, edit: usize) -> Option<Document> {
    let (head, body) = document.source.text.split_at(document.body_start);
    let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
    let at = 1 + at % (lines.len() - 3);
    match edit {
        0 => lines[at] = lines[at].replacen('"', "\"X ", 1),
        1 => drop(lines.remove(at)),
        2 => lines.insert(at, lines[at].clone()),
        _ => lines.swap(at, at + 1),
    }
    let text = format!("{}\n{body}", lines.join("\n"));
    crate::document::parse(&crate::diagnostic::Source::new("x.md", text), super::templates().kinds()).ok()
}

/// Text with what means something to Markdown.
fn hostile() -> impl Strategy<Value = String> {
    const TOKENS: [&str; 30] = [
        "ord ",
        "två ",
        "tre. ",
        "Fyra ",
        "fem",
        "*",
        "**",
        "[a](b)",
        "[a](b)",
        "`k`",
        "\n\n",
        "\n\n",
        "\n",
        "\\\n",
        "- ",
        "1. ",
        "> ",
        "  ",
        "## ",
        "### ",
        "| a | b |\n| - | - |\n| c | d |\n",
        "[^1]",
        "\n\n[^1]: not\n\n",
        "12 000 kronor ",
        "\u{a0}",
        "”",
        "(",
        ") ",
        "Eva Ek (S) ",
        ", ",
    ];
    proptest::collection::vec(proptest::sample::select(TOKENS.to_vec()), 0..24)
        .prop_map(|tokens| tokens.concat())
}

/// No sentence that both documents have is marked as gone or new: it is the same, or it moved.
fn unmarked(comparison: &Comparison, edits: &str) {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut marked: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    visit(&comparison.body, &mut |sentence| {
        let said = |has: fn(Fate) -> bool| {
            let words = sentence.spans.iter().filter(|span| has(span.fate)).flat_map(|span| &span.words);
            words.map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let (old, new) = (said(Fate::is_old), said(Fate::is_new));
        if sentence.fate.is_old() {
            counts.entry(old.clone()).or_default().0 += 1;
            marked.entry(old).or_default().0 += usize::from(sentence.fate == Fate::Gone);
        }
        if sentence.fate.is_new() {
            counts.entry(new.clone()).or_default().1 += 1;
            marked.entry(new).or_default().1 += usize::from(sentence.fate == Fate::New);
        }
    });
    for (text, (gone, new)) in marked {
        let (old_count, new_count) = counts[&text];
        if text.split(' ').count() >= 9 {
            assert!(gone <= old_count.saturating_sub(new_count), "”{text}” is marked as gone: {edits}");
            assert!(new <= new_count.saturating_sub(old_count), "”{text}” is marked as new: {edits}");
        }
    }
}

/// Visits the sentences; of what is away, none: they are where they came.
fn visit(nodes: &[Node], see: &mut dyn FnMut(&Sentence)) {
    for node in nodes.iter().filter(|node| {
        !matches!((&node.kind, node.fate), (NodeKind::List { .. } | NodeKind::Quote(_), Fate::Away(_)))
    }) {
        match &node.kind {
            NodeKind::Paragraph(parts) => parts.iter().for_each(|part| {
                if let Part::Sentence(sentence) = part {
                    see(sentence);
                }
            }),
            NodeKind::List { items, .. } => {
                for item in items.iter().filter(|item| !matches!(item.fate, Fate::Away(_))) {
                    visit(&item.body, see);
                }
            }
            NodeKind::Quote(body) | NodeKind::Footnote { body, .. } | NodeKind::Part { body, .. } => {
                visit(body, see)
            }
            NodeKind::Arrived(body) => visit(body, see),
            _ => {}
        }
    }
}

#[test]
fn of_itself() {
    for text in WORKED {
        let document = parse(text);
        let comparison = holds(&document, &document);
        assert!(comparison.is_empty());
        assert_eq!(comparison.moves, 0);
    }
}

#[test]
fn of_other_documents() {
    let documents = WORKED.map(parse);
    for (at, old) in documents.iter().enumerate() {
        holds(old, &documents[(at + 1) % documents.len()]);
    }
}
