//! A text of the case that is to say something else: what stays keeps its bytes, what changes is written as its
//! neighbours are.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::tokens::{Gap, Token, lines_of, tokens};
use super::wrap::{Flow, Wrap};
use crate::markdown::{self, Abbreviations, Block};

/// How a text is written.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    /// What does not end a sentence.
    pub abbreviations: &'a Abbreviations,
    /// How its lines are broken.
    pub wrap: Wrap,
    /// How far in its lines stand in the file.
    pub indent: usize,
}

impl Wording<'_> {
    /// The text `old`, line by line as it looks, saying `new`.
    pub fn rewritten(&self, old: &str, new: &[Block]) -> String {
        let blocks = markdown::parse(old).blocks;
        let ends = if old.ends_with('\n') { "\n" } else { "" };
        let whole = || self.fresh(new) + ends;
        if blocks.is_empty() {
            return whole();
        }
        let (before, after) = (self.each(&blocks), self.each(new));
        let mut out = Joined { old, blocks: &blocks, text: String::new(), last: None };
        for op in capture_diff_slices(Algorithm::Patience, &before, &after) {
            match op.as_tag_tuple() {
                (DiffTag::Equal, gone, _) => gone.for_each(|at| out.keep(at)),
                (DiffTag::Delete, ..) => {}
                (DiffTag::Insert, _, came) => out.add(&self.fresh(&new[came])),
                (DiffTag::Replace, gone, came) => {
                    let last = gone.end - 1;
                    let text =
                        self.changed(&old[out.range(gone.start).start..out.range(last).end], &new[came]);
                    out.replace(gone, &text);
                }
            }
        }
        let text = out.end();
        if markdown::parse(&text).blocks == new { text } else { whole() }
    }

    /// A text that is new.
    pub fn fresh(&self, new: &[Block]) -> String {
        let canonical = markdown::write(new, self.abbreviations);
        let canonical = canonical.trim_end();
        let flowed = self.flow(tokens(canonical).into_iter().map(|token| (token, false)));
        if markdown::parse(&flowed).blocks == new { flowed } else { canonical.to_owned() }
    }

    fn each(&self, blocks: &[Block]) -> Vec<String> {
        blocks.iter().map(|block| markdown::write(std::slice::from_ref(block), self.abbreviations)).collect()
    }

    /// A stretch of the text saying something else: word for word where the words are those of the canonical form,
    /// or else line for line.
    fn changed(&self, old: &str, new: &[Block]) -> String {
        let is_right = |text: &String| markdown::parse(text).blocks == new;
        let before = markdown::write(&markdown::parse(old).blocks, self.abbreviations);
        let after = markdown::write(new, self.abbreviations);
        let (before, after) = (before.trim_end(), after.trim_end());
        let by_words = self.by_words(old, before, after).filter(is_right);
        let by_lines = || by_lines(old, before, after).filter(is_right);
        by_words.or_else(by_lines).unwrap_or_else(|| self.fresh(new))
    }

    fn by_words(&self, old: &str, before: &str, after: &str) -> Option<String> {
        let (own, before, after) = (tokens(old), tokens(before), tokens(after));
        let is_same = |(one, other): (&Token, &Token)| one.gap.is_soft() == other.gap.is_soft();
        if own.len() != before.len() || !own.iter().zip(&before).all(is_same) {
            return None;
        }
        let keys = |tokens: &[Token]| -> Vec<(String, bool)> {
            tokens.iter().map(|token| (token.word.to_owned(), token.gap.is_soft())).collect()
        };
        let mut merged: Vec<(Token, bool)> = Vec::new();
        let mut last: Option<usize> = None;
        for op in capture_diff_slices(Algorithm::Patience, &keys(&before), &keys(&after)) {
            let (tag, gone, came) = op.as_tag_tuple();
            if tag != DiffTag::Equal {
                last = last.filter(|_| came.is_empty());
                merged.extend(after[came].iter().map(|token| (*token, false)));
                continue;
            }
            for (at, new) in gone.zip(came) {
                // What stands before a word is kept where that stands after the same word.
                let follows = merged.is_empty() && at == 0 || at > 0 && last == Some(at - 1);
                let gap = if follows { own[at].gap } else { after[new].gap };
                merged.push((Token { word: own[at].word, gap, canonical: after[new].canonical }, follows));
                last = Some(at);
            }
        }
        Some(self.flow(merged.into_iter()))
    }

    fn flow<'t>(&self, tokens: impl Iterator<Item = (Token<'t>, bool)>) -> String {
        let mut flow = Flow::new(self.wrap, self.indent);
        for (token, is_kept) in tokens {
            match (token.gap, is_kept) {
                (Gap::Hard(gap), _) => flow.hard(gap, token.word),
                (Gap::Soft(gap), true) => flow.kept(gap, &token),
                (Gap::Soft(_), false) => flow.new_word(&token),
            }
        }
        flow.end()
    }
}

/// A stretch line for line: what stays keeps its bytes.
fn by_lines(old: &str, before: &str, after: &str) -> Option<String> {
    let (own, before, after) = (lines_of(old), lines_of(before), lines_of(after));
    if own.len() != before.len() {
        return None;
    }
    let mut lines: Vec<&str> = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &before, &after) {
        match op.as_tag_tuple() {
            (DiffTag::Equal, gone, _) => lines.extend(&own[gone]),
            (_, _, came) => lines.extend(&after[came]),
        }
    }
    Some(lines.join("\n"))
}

/// Blocks put together, those that stay with what stood between them.
struct Joined<'a> {
    old: &'a str,
    blocks: &'a [Block],
    text: String,
    /// The old block that was added last.
    last: Option<usize>,
}

impl Joined<'_> {
    /// Where a block stands, without the end of its last line.
    fn range(&self, at: usize) -> Range<usize> {
        let range = self.blocks[at].at.0.clone();
        let start = range.start.min(self.old.len());
        let end = range.end.min(self.old.len()).max(start);
        start..start + self.old[start..end].trim_end().len()
    }

    fn keep(&mut self, at: usize) {
        let range = self.range(at);
        self.space(at);
        self.text.push_str(&self.old[range]);
        self.last = Some(at);
    }

    fn replace(&mut self, gone: Range<usize>, text: &str) {
        self.space(gone.start);
        self.text.push_str(text);
        self.last = Some(gone.end - 1);
    }

    fn add(&mut self, text: &str) {
        if !self.text.trim().is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(text);
    }

    /// What stands before an old block.
    fn space(&mut self, at: usize) {
        let start = self.range(at).start;
        if self.text.is_empty() {
            if at == 0 {
                self.text.push_str(&self.old[..start]);
            }
            return;
        }
        let between =
            self.last.filter(|last| last + 1 == at).map(|last| &self.old[self.range(last).end..start]);
        let between = between.unwrap_or("\n\n").to_owned();
        self.text.push_str(&between);
    }

    fn end(mut self) -> String {
        let end = self.range(self.blocks.len() - 1).end;
        // Where the last block went, the line's end stays.
        let rest = &self.old[end..];
        self.text.push_str(rest);
        self.text
    }
}
