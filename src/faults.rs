//! What a Markdown text must not hold, wherever it stands: in a case or in a document.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::markdown::{At, Block, BlockKind, Inline, InlineKind, Node, Parsed, walk};

/// The deepest level at which the sub-headings of a text may begin.
const DEEPEST_START: u8 = 3;

/// The faults of a text of a case, each with its range in the text.
pub fn of_text(parsed: &Parsed) -> Vec<(Range<usize>, Diagnostic)> {
    let mut faults = common(parsed);
    let mut previous: Option<u8> = None;
    let first = levels(&parsed.blocks).next().map_or(0, |(level, _)| level);
    for (level, at) in levels(&parsed.blocks) {
        let skipped = match previous {
            None => level > DEEPEST_START,
            Some(previous) => level > previous + 1,
        };
        if skipped {
            faults.push((at.0.clone(), skipped_level(level, previous.unwrap_or(DEEPEST_START - 1))));
        } else if level < first {
            faults.push((
                at.0.clone(),
                Diagnostic::error(
                    "rubriknivå",
                    "underrubriken står på en högre nivå än textens första underrubrik",
                )
                .hint(format!(
                    "Börja textens underrubriker med den högsta nivån: skriv {} i den första.",
                    "#".repeat(level.into())
                )),
            ));
        }
        previous = Some(level);
    }
    faults
}

/// The faults of a document's body.
pub fn of_document(parsed: &Parsed) -> Vec<(Range<usize>, Diagnostic)> {
    let mut faults = common(parsed);
    let mut previous = 0;
    for (level, at) in levels(&parsed.blocks) {
        if level > previous + 1 {
            faults.push((at.0.clone(), skipped_level(level, previous)));
        }
        previous = level;
    }
    faults
}

/// The fault of raw HTML.
pub fn html() -> Diagnostic {
    Diagnostic::error("rå-html", "HTML-kod kan inte stå i texten")
        .hint("Ta bort koden. Ska tecknen < och > skrivas ut: sätt \\ före <.")
}

fn common(parsed: &Parsed) -> Vec<(Range<usize>, Diagnostic)> {
    let mut faults = Vec::new();
    if let Some(at) = &parsed.too_deep {
        faults.push((
            at.0.clone(),
            Diagnostic::error("för-djupt", "listor och citat är nästlade i för många nivåer")
                .hint("Skriv om texten med färre nivåer."),
        ));
    }
    walk(&parsed.blocks, &mut |node| match node {
        Node::Block(Block { at, kind: BlockKind::Html(_) })
        | Node::Inline(Inline { at, kind: InlineKind::Html(_) }) => faults.push((at.0.clone(), html())),
        Node::Block(Block { kind: BlockKind::Paragraph(inlines), .. }) if inlines.len() > 1 => {
            for inline in inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Image { .. })) {
                faults.push((
                    inline.at.0.clone(),
                    Diagnostic::error("bild-i-text", "bilden står mitt i ett stycke")
                        .hint("Sätt bilden i ett eget stycke, med en tom rad före och efter."),
                ));
            }
        }
        Node::Inline(Inline { at, kind: InlineKind::Image { alt, .. } }) if alt.trim().is_empty() => {
            faults.push((
                at.0.clone(),
                Diagnostic::error("alt-text-saknas", "bilden har ingen beskrivning")
                    .hint("Skriv vad bilden visar mellan hakparenteserna: ![Vad bilden visar](bild.png)"),
            ));
        }
        _ => {}
    });
    faults
}

fn levels(blocks: &[Block]) -> impl Iterator<Item = (u8, &At)> {
    blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Heading { level, .. } => Some((level, &block.at)),
        _ => None,
    })
}

fn skipped_level(level: u8, previous: u8) -> Diagnostic {
    Diagnostic::error("rubriknivå", "underrubriken hoppar över en nivå").hint(format!(
        "Skriv {} i stället för {}.",
        "#".repeat(usize::from(previous) + 1),
        "#".repeat(level.into())
    ))
}
