//! Markdown as words and what stands between them.

use std::ops::Range;

use crate::markdown::{self, Block, BlockKind, Inline, InlineKind};

/// A word of Markdown with its marks, and what stands before it.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// The word.
    pub word: &'a str,
    /// What stands before it.
    pub gap: Gap<'a>,
    /// What stands before it in canonical form.
    pub canonical: Gap<'a>,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap<'a> {
    /// A space within a paragraph: a line may be broken there.
    Soft(&'a str),
    /// Anything else: it says where a block begins, or stands within what is one.
    Hard(&'a str),
}

impl Gap<'_> {
    /// Whether a line may be broken there.
    pub fn is_soft(self) -> bool {
        matches!(self, Self::Soft(_))
    }

    /// Whether a line is broken there.
    pub fn breaks(self) -> bool {
        let (Self::Soft(gap) | Self::Hard(gap)) = self;
        gap.contains('\n')
    }
}

/// The words of a text.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut soft = Vec::new();
    spaces(&markdown::parse(text).blocks, &mut soft);
    let mut tokens = Vec::new();
    let mut soft = soft.into_iter().peekable();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        let mut gap_end = at;
        let mut is_soft = false;
        loop {
            while soft.next_if(|range| range.end <= gap_end).is_some() {}
            if let Some(range) = soft.next_if(|range| range.start == gap_end) {
                is_soft = true;
                gap_end = range.end;
                continue;
            }
            match text[gap_end..].chars().next().filter(|c| matches!(c, ' ' | '\n' | '\t' | '\r')) {
                Some(space) => gap_end += space.len_utf8(),
                None => break,
            }
        }
        let next = soft.peek().map_or(text.len(), |range| range.start);
        let rest = &text[gap_end..next.max(gap_end)];
        let end = gap_end + rest.find([' ', '\n', '\t', '\r']).unwrap_or(rest.len());
        if end == gap_end {
            break;
        }
        let gap = if is_soft { Gap::Soft(&text[start..gap_end]) } else { Gap::Hard(&text[start..gap_end]) };
        tokens.push(Token { word: &text[gap_end..end], gap, canonical: gap });
        at = end;
    }
    tokens
}

/// Where the spaces within paragraphs stand.
fn spaces(blocks: &[Block], out: &mut Vec<Range<usize>>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(inlines) => spaces_in(inlines, out),
            BlockKind::List { items, .. } => items.iter().for_each(|item| spaces(item, out)),
            BlockKind::Quote(inner)
            | BlockKind::Footnote { blocks: inner, .. }
            | BlockKind::Part { blocks: inner, .. } => spaces(inner, out),
            _ => {}
        }
    }
}

fn spaces_in(inlines: &[Inline], out: &mut Vec<Range<usize>>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) => {
                for (at, _) in text.match_indices(' ') {
                    out.push(text.source(at..at + 1));
                }
            }
            InlineKind::Emph(inner) | InlineKind::Strong(inner) | InlineKind::Link { inlines: inner, .. } => {
                spaces_in(inner, out);
            }
            _ => {}
        }
    }
}

/// The lines of a text.
pub fn lines_of(text: &str) -> Vec<&str> {
    text.lines().collect()
}
