//! What looks like markup but is none, and would be printed with its signs: a space in a picture's
//! name, a table without the line below its head.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, codes};
use crate::markdown::{At, Block, BlockKind, Inline, InlineKind, SourcedText, Visited, plain, walk};

/// The longest line that could be a heading without its space.
const LONGEST_HEADING: usize = 80;

/// The faults of a text's blocks, each with its range in the text.
pub fn of_blocks(blocks: &[Block]) -> Vec<(Range<usize>, Diagnostic)> {
    let mut faults = Vec::new();
    walk(blocks, &mut |node| {
        if let Visited::Inline(Inline { kind: InlineKind::Text(text), .. }) = node {
            faults.extend(signs(text));
        }
        let Visited::Block(Block { at: At(at), kind: BlockKind::Paragraph(inlines) }) = node else { return };
        if starts_unescaped(inlines, at.start) {
            let fault = table(inlines).or_else(|| heading(inlines));
            faults.extend(fault.map(|fault| (at.clone(), fault)));
        }
        let mut begins = at.start;
        for inline in inlines {
            if let InlineKind::Text(text) = &inline.kind {
                faults.extend(links(text, begins));
            }
            begins = inline.at.0.end;
        }
    });
    faults
}

/// Whether the first sign begins the paragraph in the source too: a stroke escapes it else.
fn starts_unescaped(inlines: &[Inline], begins: usize) -> bool {
    match inlines.first() {
        Some(Inline { kind: InlineKind::Text(text), .. }) => text.source(0..1).start == begins,
        _ => false,
    }
}

fn fault(message: &str, hint: &str) -> Diagnostic {
    Diagnostic::new(codes::MARKDOWN_OLAST, format!("{message}, och skrivs ut som det står")).hint(hint)
}

fn table(inlines: &[Inline]) -> Option<Diagnostic> {
    let said = plain(inlines);
    let is_row = said.len() > 2 && said.starts_with('|') && said.ends_with('|');
    is_row.then(|| {
        fault(
            "det här läses inte som en tabell",
            "Skriv en rad under rubrikraden, med lika många kolumner: |---|---|. Alla rader i tabellen står direkt under varandra.",
        )
    })
}

fn heading(inlines: &[Inline]) -> Option<Diagnostic> {
    let said = plain(inlines);
    let words = said.trim_start_matches('#');
    let is_heading = words.len() < said.len()
        && words.starts_with(char::is_uppercase)
        && words.chars().count() < LONGEST_HEADING
        && !words.ends_with(['.', '?', '!']);
    is_heading.then(|| fault("det här läses inte som en rubrik", "Skriv ett mellanslag efter #."))
}

/// `[text](an address)` and `[text] (address)`, which are no links.
fn links(text: &SourcedText, begins: usize) -> Vec<(Range<usize>, Diagnostic)> {
    let mut faults = Vec::new();
    for (middle, _) in text.match_indices(']') {
        let rest = &text[middle + 1..];
        let apart = rest.starts_with(" (");
        let Some(address) = rest.strip_prefix(if apart { " (" } else { "(" }) else { continue };
        let (Some(opened), Some(closed)) = (text[..middle].rfind('['), address.find(')')) else { continue };
        let address = &address[..closed];
        let is_picture = text[..opened].ends_with('!');
        let range =
            opened - usize::from(is_picture)..text.len() - rest.len() + closed + if apart { 3 } else { 2 };
        let is_address = ["http", "www.", "mailto:"].iter().any(|start| address.starts_with(start))
            || is_picture && address.contains('.');
        let signs_stand = touches(text, opened, begins) && (apart || text.is_verbatim(middle..middle + 2));
        if !signs_stand || !(is_address || !apart && address.contains('.')) {
            continue;
        }
        let what =
            if is_picture { "det här läses inte som en bild" } else { "det här läses inte som en länk" };
        let hint = match apart {
            true => "Ta bort mellanslaget mellan ] och (.",
            false => "Skriv %20 i stället för varje mellanslag i adressen, eller byt namn på filen.",
        };
        faults.push((text.source(range), fault(what, hint)));
    }
    faults
}

/// Whether nothing escapes the sign at `at`: in the source too it follows the one before it, or
/// begins the text.
fn touches(text: &SourcedText, at: usize, begins: usize) -> bool {
    let before = text[..at].chars().next_back().map(|before| text.source(at - before.len_utf8()..at).end);
    before.unwrap_or(begins) == text.source(at..at + 1).start
}

/// Signs of insertions, deletions and highlights in other dialects.
const MARKED: [&str; 6] = ["{++", "++}", "{--", "--}", "{~~", "{=="];

/// Signs of markup that has no other half.
fn signs(text: &SourcedText) -> Vec<(Range<usize>, Diagnostic)> {
    let bold = text.match_indices("**").map(|(at, sign)| {
        let hint =
            "Skriv ** direkt före och direkt efter det som ska vara fetstil, utan mellanslag innanför.";
        (at..at + sign.len(), fault("** läses inte som fetstil", hint))
    });
    let struck = text.match_indices("~~").map(|(at, sign)| {
        (
            at..at + sign.len(),
            fault(
                "~~ läses inte som genomstrykning, som inte finns här",
                "Ta bort ~~, eller ta bort det strukna.",
            ),
        )
    });
    let marked = MARKED.iter().flat_map(|sign| text.match_indices(sign)).map(|(at, sign)| {
        let message = format!("{sign} läses inte som ett ändringsmärke eller en överstrykning");
        (at..at + sign.len(), fault(&message, "Ta bort tecknen och den text som inte ska stå kvar."))
    });
    let found = bold.chain(struck).chain(marked).filter(|(range, _)| text.is_verbatim(range.clone()));
    found.map(|(range, fault)| (text.source(range), fault)).collect()
}
