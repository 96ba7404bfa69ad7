//! How the lines of a document stand to one another, for the formats that set lines: spaces are bound where no
//! line may break, and lists are loose only where they are printed so. The Markdown keeps ordinary spaces, so
//! that its differences stay clean.

use crate::document::Document;
use crate::language::together;
use crate::markdown::{Block, BlockKind, Inline, InlineKind, SourcedText, plain};

/// The document with bound spaces, and its lists as close as they are printed.
pub fn spaced(document: &Document) -> Document {
    let mut document = document.clone();
    blocks(&mut document.blocks, None);
    document
}

/// Blocks in a row, the first of which stands behind another.
fn blocks(blocks: &mut [Block], outer: Option<&Block>) {
    for at in 0..blocks.len() {
        let (before, rest) = blocks.split_at_mut(at);
        let Some(block) = rest.first_mut() else { continue };
        let before = before.last().or(outer);
        if stands_close(block, before)
            && let BlockKind::List { tight, .. } = &mut block.kind
        {
            *tight = true;
        }
        self::block(block, before);
    }
}

fn block(block: &mut Block, before: Option<&Block>) {
    match &mut block.kind {
        BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) => text(inlines),
        BlockKind::List { items, .. } => items.iter_mut().for_each(|item| blocks(item, None)),
        BlockKind::Quote(inner) | BlockKind::Footnote { blocks: inner, .. } => blocks(inner, None),
        BlockKind::Part { blocks: inner, .. } => blocks(inner, before),
        BlockKind::Table { head, rows, .. } => {
            head.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| text(cell));
        }
        BlockKind::Code(_) | BlockKind::Rule | BlockKind::Html(_) => {}
    }
}

// --- Lists ----------------------------------------------------------------------------------

/// Whether a list that is loose in the Markdown is printed close, as in the city's documents: what is decided, and
/// what is asked. A blank line parts their points, so that one that changes changes nothing else.
fn stands_close(block: &Block, before: Option<&Block>) -> bool {
    let BlockKind::List { start, items, .. } = &block.kind else { return false };
    let is_decision = start.is_some()
        && before.is_some_and(|before| match &before.kind {
            BlockKind::Heading { .. } => true,
            BlockKind::Paragraph(inlines) => leads_decision(&plain(inlines).to_lowercase()),
            _ => false,
        });
    let paragraphs =
        |item: &Vec<Block>| item.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph(_))).count();
    let asks = |item: &Vec<Block>| matches!(item.as_slice(), [Block { kind: BlockKind::Paragraph(inlines), .. }] if plain(inlines).ends_with('?'));
    items.iter().all(|item| paragraphs(item) < 2) && (is_decision || items.iter().all(asks))
}

/// Whether a line in small letters leads a decision in: it says so, or names the organ that takes it.
fn leads_decision(line: &str) -> bool {
    let organs = ["nämnd", "nämnden", "styrelse", "styrelsen", "fullmäktige"];
    let end = line.trim_end_matches([':', ',', '.']);
    line.contains("beslut") || organs.iter().any(|organ| end.ends_with(organ))
}

// --- Spaces ---------------------------------------------------------------------------------

/// Binds the spaces of a text of its own: what is emphasised, or leads elsewhere, belongs with what stands beside it.
pub fn text(inlines: &mut [Inline]) {
    let plain = plain(inlines);
    let spaces: Vec<usize> = together::bound(&plain).collect();
    if !spaces.is_empty() {
        bind(inlines, &mut 0, &spaces);
    }
}

/// Binds these spaces of a text of which inlines begin `at` a place.
fn bind(inlines: &mut [Inline], at: &mut usize, spaces: &[usize]) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Text(part) => {
                let range = *at..*at + part.len();
                let own =
                    spaces.iter().filter(|space| range.contains(space)).map(|space| space - range.start);
                let mends: Vec<_> = own.map(|space| (space..space + 1, "\u{a0}")).collect();
                if !mends.is_empty() {
                    *part = SourcedText::mended(part, mends.into_iter());
                }
                *at = range.end;
            }
            InlineKind::Emph(inner) | InlineKind::Strong(inner) | InlineKind::Link { inlines: inner, .. } => {
                bind(inner, at, spaces);
            }
            _ => *at += self::plain(std::slice::from_ref(inline)).len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{parse, write};

    fn set(markdown: &str) -> Vec<Block> {
        let mut parsed = parse(markdown).blocks;
        blocks(&mut parsed, None);
        parsed
    }

    #[test]
    fn what_is_emphasised_belongs_with_what_stands_beside_it() {
        let text = |markdown: &str| match &set(markdown)[0].kind {
            BlockKind::Paragraph(inlines) => plain(inlines),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            text("Det kostar **500 000** kronor, se *bilaga* 2."),
            "Det kostar **500 000** kronor, se *bilaga* 2."
                .replace('*', "")
                .replace("500 000 kronor", "500\u{a0}000\u{a0}kronor")
                .replace("a 2", "a\u{a0}2")
        );
        assert_eq!(text("Kör `500 000 kr` nu."), "Kör 500 000 kr nu.");
        assert_eq!(text("Not[^1] 5 kr.\n\n[^1]: N."), "Not 5\u{a0}kr.");
    }

    #[test]
    fn a_text_that_comes_from_no_source_is_whole() {
        let kind = InlineKind::Text(SourcedText::from("Se bilaga 2 och § 3."));
        let mut inlines = vec![Inline { at: Default::default(), kind }];
        text(&mut inlines);
        assert_eq!(plain(&inlines), "Se bilaga\u{a0}2 och §\u{a0}3.");
    }

    #[test]
    fn the_markdown_keeps_ordinary_spaces() {
        assert!(!write(&parse("Det kostar 500 000 kronor.").blocks, &Default::default()).contains('\u{a0}'));
    }

    #[test]
    fn a_loose_list_is_loose_unless_it_decides_or_asks() {
        for (markdown, expected) in [
            ("Följande gäller:\n\n- ett\n\n- två", false),
            ("Följande gäller:\n\n1. ett\n\n2. två", false),
            ("- ett\n- två", true),
            ("## Förslag till beslut\n\n1. Ett.\n\n2. Två.", true),
            ("Nämnden beslutar följande.\n\n1. Ett.\n\n2. Två.", true),
            ("Frågorna är:\n\n- Hur?\n\n- Varför?", true),
            ("Svaren är:\n\n1. Hur?\n\n   Så.\n\n2. Varför?\n\n   Därför.", false),
        ] {
            let blocks = set(markdown);
            let Some(BlockKind::List { tight, .. }) = blocks.last().map(|block| &block.kind) else {
                panic!("a list")
            };
            assert_eq!(*tight, expected, "{markdown}");
        }
    }
}
