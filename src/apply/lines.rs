//! The lines of a block that the template prints around them: what each says in the edited document.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::markdown::{Block, BlockKind, Inline, InlineKind};

/// What lines say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Each line's words; none where they are gone.
    pub lines: Vec<Option<String>>,
    /// Lines that there were not before.
    pub more: Vec<String>,
}

/// What the lines, which said `lines` in the block `old`, say in the block `new`. Where the words of the template around
/// them are others, they say what they said.
pub fn said(old: &Block, new: &Block, lines: &[&str]) -> Said {
    let unchanged =
        || Said { lines: lines.iter().map(|line| Some((*line).to_owned())).collect(), more: Vec::new() };
    let (Some(before), Some(after)) = (words(old), words(new)) else { return unchanged() };
    if before == after {
        return unchanged();
    }
    let Some(around) = around(&before, lines) else { return unchanged() };
    let between = &around[1..around.len() - 1];
    if around[0].is_empty()
        && around[lines.len()].is_empty()
        && !between.is_empty()
        && between.iter().all(|it| *it == "\n")
    {
        return rows(lines, &after);
    }
    match fill(&after, &around) {
        Some(found) => Said { lines: found.into_iter().map(Some).collect(), more: Vec::new() },
        None => unchanged(),
    }
}

/// The words of a block with a line's end for each hard break; none where it holds what no line can.
fn words(block: &Block) -> Option<String> {
    let (BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. }) = &block.kind else {
        return None;
    };
    let mut text = String::new();
    for Inline { kind, .. } in inlines {
        match kind {
            InlineKind::Text(part) => text.push_str(part),
            InlineKind::Break => text.push('\n'),
            _ => return None,
        }
    }
    Some(text)
}

/// What stands before, between and after the lines.
fn around<'t>(text: &'t str, lines: &[&str]) -> Option<Vec<&'t str>> {
    let mut around = Vec::with_capacity(lines.len() + 1);
    let mut at = 0;
    for line in lines {
        let start = at + text[at..].find(line)?;
        around.push(&text[at..start]);
        at = start + line.len();
    }
    around.push(&text[at..]);
    (!lines.is_empty()).then_some(around)
}

/// What stands between the words of the template.
fn fill(text: &str, around: &[&str]) -> Option<Vec<String>> {
    let (first, rest) = around.split_first()?;
    let (last, between) = rest.split_last()?;
    let mut text = text.strip_prefix(first)?.strip_suffix(last)?;
    let mut found = Vec::new();
    for words in between {
        let (line, after) = text.split_once(words).filter(|_| !words.is_empty())?;
        found.push(line.to_owned());
        text = after;
    }
    found.push(text.to_owned());
    found.iter().all(|line| !line.trim().is_empty()).then_some(found)
}

/// Lines below one another, some of which may be gone or new.
fn rows(lines: &[&str], after: &str) -> Said {
    let new: Vec<&str> = after.split('\n').collect();
    if new.len() == lines.len() {
        return Said { lines: new.iter().map(|line| Some((*line).to_owned())).collect(), more: Vec::new() };
    }
    let mut said = Said { lines: vec![None; lines.len()], more: Vec::new() };
    for op in capture_diff_slices(Algorithm::Patience, lines, &new) {
        let (tag, gone, came) = op.as_tag_tuple();
        let common = if tag == DiffTag::Delete { 0 } else { gone.len().min(came.len()) };
        for at in 0..common {
            said.lines[gone.start + at] = Some(new[came.start + at].to_owned());
        }
        said.more.extend(new[came.start + common..came.end].iter().map(|line| (*line).to_owned()));
    }
    said
}
