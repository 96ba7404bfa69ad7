//! What a Markdown text must not hold, wherever it stands: in a case or in a document.

mod conflicts;
pub mod line;
pub mod size;
mod slips;
mod unread;

pub use conflicts::conflicts;
pub use slips::{edit, finding as slip, hides};

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, codes};
use crate::markdown::{At, Block, BlockKind, Inline, InlineKind, Parsed, Visited, walk};

/// The deepest level at which the sub-headings of a text may begin.
const DEEPEST_START: u8 = 3;

/// The faults of a text of a case, each with its range in the text.
pub fn of_text(parsed: &Parsed) -> Vec<(Range<usize>, Diagnostic)> {
    let mut faults = common(parsed);
    faults.extend(raw_html(&parsed.blocks));
    faults.extend(notes_without_text(&parsed.blocks));
    faults.extend(unread::of_blocks(&parsed.blocks));
    let mut previous: Option<u8> = None;
    let levels = levels(&parsed.blocks);
    let first = levels.first().map_or(0, |(level, _)| *level);
    for (level, at) in levels {
        let skipped = match previous {
            None => level > DEEPEST_START,
            Some(previous) => level > previous + 1,
        };
        if skipped {
            faults.push((at.0.clone(), skipped_level(level, previous.unwrap_or(DEEPEST_START - 1))));
        } else if level < first {
            faults.push((
                at.0.clone(),
                Diagnostic::new(
                    codes::RUBRIKNIVA,
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

/// The faults of a document's body, but for its HTML, which is judged when its parts are folded.
pub fn of_document(parsed: &Parsed) -> Vec<(Range<usize>, Diagnostic)> {
    let mut faults = common(parsed);
    let mut previous = 0;
    for (level, at) in levels(&parsed.blocks) {
        if level > previous + 1 {
            faults.push((at.0.clone(), skipped_level(level, previous)));
        }
        previous = level;
    }
    pages_within(&parsed.blocks, None, &mut faults);
    faults.extend(notes_without_text(&parsed.blocks));
    faults.extend(unread::of_blocks(&parsed.blocks));
    faults
}

/// The part that begins a page of its own.
const PAGE: &str = "del";

/// Parts that begin a page within a part that is set as one piece.
fn pages_within(blocks: &[Block], outer: Option<&str>, faults: &mut Vec<(Range<usize>, Diagnostic)>) {
    for block in blocks {
        let BlockKind::Part { role, blocks } = &block.kind else { continue };
        if let Some(outer) = outer.filter(|outer| role == PAGE && *outer != PAGE) {
            faults.push((
                block.at.0.clone(),
                Diagnostic::new(
                    codes::RA_HTML,
                    format!("<!-- {PAGE} --> börjar en sida, men står i {outer}"),
                )
                .hint(format!("Flytta den efter <!-- /{outer} -->.")),
            ));
        }
        pages_within(blocks, Some(outer.filter(|outer| *outer != PAGE).unwrap_or(role)), faults);
    }
}

/// The fault of HTML in a document: a comment around a part that does not go in pairs, or raw HTML.
pub fn stray(said: &str) -> Diagnostic {
    if !said.trim_start().starts_with("<!--") {
        return html();
    }
    Diagnostic::new(codes::RA_HTML, format!("kommentaren {} hör inte ihop med någon annan", said.trim()))
        .hint("Kommentarer står parvis, på egna rader: <!-- roll --> och <!-- /roll -->.")
}

/// The fault of raw HTML.
fn html() -> Diagnostic {
    Diagnostic::new(codes::RA_HTML, "HTML-kod kan inte stå i texten")
        .hint("Ta bort koden. Om tecknen < och > ska skrivas ut: sätt \\ före <.")
}

fn common(parsed: &Parsed) -> Vec<(Range<usize>, Diagnostic)> {
    let mut faults = Vec::new();
    if let Some(at) = &parsed.too_deep {
        faults.push((
            at.0.clone(),
            Diagnostic::new(codes::FOR_DJUPT, "listor och citat ligger i varandra i för många nivåer")
                .hint("Skriv om texten med färre nivåer."),
        ));
    }
    inside(&parsed.blocks, &mut faults);
    let alone = pictures_alone(&parsed.blocks);
    walk(&parsed.blocks, &mut |node| {
        if let Visited::Inline(inline) = node {
            faults.extend(of_inline(inline, &alone).map(|fault| (inline.at.0.clone(), fault)));
        }
    });
    faults.extend(notes(&parsed.blocks));
    faults
}

/// What may stand among a text's own blocks only.
fn inside(blocks: &[Block], faults: &mut Vec<(Range<usize>, Diagnostic)>) {
    for block in blocks {
        let inner: Vec<&Block> = match &block.kind {
            BlockKind::List { items, .. } => items.iter().flatten().collect(),
            BlockKind::Quote(inner) | BlockKind::Footnote { blocks: inner, .. } => inner.iter().collect(),
            BlockKind::Part { blocks, .. } => {
                inside(blocks, faults);
                continue;
            }
            _ => continue,
        };
        for block in inner {
            if let BlockKind::Heading { .. } = block.kind {
                faults.push((
                    block.at.0.clone(),
                    Diagnostic::new(
                        codes::RUBRIK_I_LISTA,
                        "en rubrik står i en lista, ett citat eller en fotnot",
                    )
                    .hint("Flytta ut rubriken, eller ta bort # om det inte är en rubrik."),
                ));
            }
            inside(std::slice::from_ref(block), faults);
        }
    }
}

fn pictures_alone(blocks: &[Block]) -> Vec<Range<usize>> {
    let mut alone = Vec::new();
    walk(blocks, &mut |node| {
        if let Visited::Block(Block { kind: BlockKind::Paragraph(inlines), .. }) = node
            && let [Inline { at, kind: InlineKind::Image { .. } }] = inlines.as_slice()
        {
            alone.push(at.0.clone());
        }
    });
    alone
}

fn of_inline(inline: &Inline, alone: &[Range<usize>]) -> Option<Diagnostic> {
    match &inline.kind {
        InlineKind::Image { .. } if !alone.contains(&inline.at.0) => Some(
            Diagnostic::new(codes::BILD_I_TEXT, "bilden står mitt i en text")
                .hint("Sätt bilden i ett eget stycke, med en tom rad före och efter."),
        ),
        InlineKind::Image { alt, .. } if alt.trim().is_empty() => Some(
            Diagnostic::new(codes::ALT_TEXT_SAKNAS, "bilden har ingen beskrivning")
                .hint("Skriv vad bilden visar mellan hakparenteserna: ![Vad bilden visar](bild.png)"),
        ),
        InlineKind::Link { url, .. } if url.trim().is_empty() => Some(
            Diagnostic::new(codes::LANK_UTAN_MAL, "länken leder ingenstans")
                .hint("Skriv adressen mellan parenteserna, eller ta bort länken."),
        ),
        // Paper leads nowhere, and what a heading is called on a page is no author's business.
        InlineKind::Link { url, .. } if url.trim().starts_with('#') => Some(
            Diagnostic::new(codes::LANK_UTAN_MAL, format!("länken leder till en plats i dokumentet, {url}"))
                .hint("Skriv avsnittets rubrik i ord, utan länk: se avsnittet Bakgrund."),
        ),
        _ => None,
    }
}

/// Notes that no text refers to would not be printed, what other such notes say of them does not
/// help; and notes without a text would be a number alone.
fn notes(blocks: &[Block]) -> Vec<(Range<usize>, Diagnostic)> {
    let mut defined = Vec::new();
    walk(blocks, &mut |node| {
        if let Visited::Block(Block { at, kind: BlockKind::Footnote { label, blocks } }) = node {
            defined.push((label.as_str(), blocks.as_slice(), at));
        }
    });
    let in_notes: Vec<&Range<usize>> = defined.iter().map(|(.., at)| &at.0).collect();
    let mut cited: BTreeSet<&str> = citations(blocks)
        .filter(|(_, at)| !in_notes.iter().any(|note| note.start <= at.start && at.end <= note.end))
        .map(|(label, _)| label)
        .collect();
    let mut found: Vec<&str> = cited.iter().copied().collect();
    while let Some(label) = found.pop() {
        // Of several with one label the first is printed.
        let Some((_, blocks, _)) = defined.iter().find(|(defined, ..)| *defined == label) else { continue };
        found.extend(citations(blocks).map(|(label, _)| label).filter(|label| cited.insert(label)));
    }
    let mut printed = BTreeSet::new();
    let faults = defined.into_iter().filter_map(|(label, blocks, at)| {
        let fault = if !cited.contains(label) {
            Diagnostic::new(codes::FOTNOT_OANVAND, format!("ingen text hänvisar till fotnoten [^{label}]"))
                .hint(format!("Skriv [^{label}] där noten hör hemma, eller ta bort noten."))
        } else if !printed.insert(label) {
            Diagnostic::new(
                codes::FOTNOT_OANVAND,
                format!("två fotnoter heter [^{label}], och den andra skrivs inte ut"),
            )
            .hint("Ge den här noten ett eget namn, och skriv det där noten hör hemma.")
        } else if blocks.iter().all(|block| matches!(block.kind, BlockKind::Footnote { .. })) {
            // A note within it is printed elsewhere.
            Diagnostic::new(codes::FOTNOT_TOM, format!("fotnoten [^{label}] är tom"))
                .hint(format!("Skriv notens text på samma rad, efter [^{label}]:, eller ta bort noten."))
        } else {
            return None;
        };
        Some((at.0.clone(), fault))
    });
    faults.collect()
}

/// The references to notes, each with its range.
fn citations(blocks: &[Block]) -> impl Iterator<Item = (&str, &Range<usize>)> {
    let mut found = Vec::new();
    walk(blocks, &mut |node| {
        if let Visited::Inline(Inline { at, kind: InlineKind::Note(label) }) = node {
            found.push((label.as_str(), &at.0));
        }
    });
    found.into_iter()
}

/// References to notes that are not there: Markdown takes them for plain words.
fn notes_without_text(blocks: &[Block]) -> Vec<(Range<usize>, Diagnostic)> {
    let mut faults = Vec::new();
    walk(blocks, &mut |node| {
        let Visited::Inline(Inline { kind: InlineKind::Text(text), .. }) = node else { return };
        for (start, _) in text.match_indices("[^") {
            let Some(end) = text[start..].find(']').filter(|end| *end > 2) else { continue };
            let reference = &text[start..=start + end];
            if !reference.contains(' ') {
                let fault =
                    Diagnostic::new(codes::FOTNOT_SAKNAS, format!("fotnoten {reference} har ingen text"))
                        .hint(format!("Skriv fotnotens text i ett eget stycke: {reference}: …"));
                faults.push((text.source(start..start + end + 1), fault));
            }
        }
    });
    faults
}

fn raw_html(blocks: &[Block]) -> Vec<(Range<usize>, Diagnostic)> {
    let mut faults = Vec::new();
    walk(blocks, &mut |node| match node {
        Visited::Block(Block { at, kind: BlockKind::Html(_) })
        | Visited::Inline(Inline { at, kind: InlineKind::Html(_) }) => faults.push((at.0.clone(), html())),
        _ => {}
    });
    faults
}

/// The headings in their order; a part's are among them, as they are in the PDF.
fn levels(blocks: &[Block]) -> Vec<(u8, &At)> {
    blocks
        .iter()
        .flat_map(|block| match &block.kind {
            BlockKind::Heading { level, .. } => vec![(*level, &block.at)],
            BlockKind::Part { blocks, .. } => levels(blocks),
            _ => Vec::new(),
        })
        .collect()
}

fn skipped_level(level: u8, previous: u8) -> Diagnostic {
    Diagnostic::new(codes::RUBRIKNIVA, "underrubriken hoppar över en nivå").hint(format!(
        "Skriv {} i stället för {}.",
        "#".repeat(usize::from(previous) + 1),
        "#".repeat(level.into())
    ))
}
