//! Where lines may break: words that must not, and words without end that must.

use serde_json::{Value as Json, json};
use unicode_normalization::char::is_combining_mark;

use crate::export::columns::LONGEST_WORD;
use crate::language::together::BOUND;
use crate::markdown::{Inline, InlineKind};

/// Whether something stands directly before and after a text, without a space.
#[derive(Clone, Copy, Default)]
pub struct Edges {
    /// Before it.
    pub before: bool,
    /// After it.
    pub after: bool,
}

impl Edges {
    /// On both sides.
    pub const BOTH: Self = Self { before: true, after: true };
}

/// Whether an inline touches what stands after it, or else before it.
pub fn adjoins(inline: &Inline, after: bool) -> bool {
    match &inline.kind {
        InlineKind::Text(text) if after => !text.ends_with(' '),
        InlineKind::Text(text) => !text.starts_with(' '),
        InlineKind::Emph(inner) | InlineKind::Strong(inner) | InlineKind::Link { inlines: inner, .. } => {
            let next = if after { inner.last() } else { inner.first() };
            next.is_some_and(|next| adjoins(next, after))
        }
        InlineKind::Break => false,
        _ => true,
    }
}

/// A text for the line breaker: words that it must not break, as `och/eller`, and places where it
/// may break words without end, which would leave the paper: no Swedish word is as long as the longest
/// that is left whole, and every column is wider.
pub fn breakable(text: &str, edges: Edges) -> Vec<Json> {
    let mut out = Vec::new();
    let mut plain = String::new();
    let words = text.split(' ').count();
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            plain.push(' ');
        }
        // Whole, with the ordinary spaces that a search finds. Beside such a box a line could break, so where
        // something touches it, it is the spaces that hold it together.
        let touched = at == 0 && edges.before || at + 1 == words && edges.after;
        if word.contains(BOUND) && !touched && word.chars().count() <= LONGEST_WORD {
            flush(&mut plain, &mut out);
            out.push(json!({ "t": "nobr", "text": word.replace(BOUND, " ") }));
        } else if word.chars().count() > LONGEST_WORD {
            flush(&mut plain, &mut out);
            pieces(word, &mut out);
        } else if is_whole(word) {
            flush(&mut plain, &mut out);
            out.push(json!({ "t": "nobr", "text": word }));
        } else {
            plain.push_str(word);
        }
    }
    flush(&mut plain, &mut out);
    out
}

fn flush(plain: &mut String, out: &mut Vec<Json>) {
    if !plain.is_empty() {
        out.push(std::mem::take(plain).into());
    }
}

/// Words with a stroke in them: Word breaks none, Unicode's rules would. Where a hyphen allows a
/// break anyhow, they are left alone.
fn is_whole(word: &str) -> bool {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    inner.contains('/') && !inner.contains(['-', ':', '.'])
}

fn pieces(word: &str, out: &mut Vec<Json>) {
    let (mut start, mut length) = (0, 0);
    for (at, character) in word.char_indices() {
        length += 1;
        if length > LONGEST_WORD / 2 && !is_combining_mark(character) {
            out.push(word[start..at].into());
            out.push(json!({ "t": "wbr" }));
            (start, length) = (at, 1);
        }
    }
    out.push(word[start..].into());
}
