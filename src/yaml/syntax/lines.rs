//! The lines of a text, as somebody sees them who looks for what is wrong.

use std::ops::Range;

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceLine<'t> {
    text: &'t str,
    /// Where it begins.
    pub start: usize,
    /// Where it ends, before its line end.
    pub end: usize,
    /// How many blanks it begins with.
    pub indent: usize,
    /// Its words.
    pub words: &'t str,
}

/// A key on a line, with what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyLine<'t> {
    /// The key.
    pub key: &'t str,
    /// Where the key begins in the text.
    pub start: usize,
    /// How far in it stands: after the dashes of a list.
    pub column: usize,
    /// Where its colon stands.
    pub colon: usize,
    /// What follows the colon.
    pub value: &'t str,
}

impl<'t> SourceLine<'t> {
    /// The line that a byte of a text lies in.
    pub fn at(text: &'t str, offset: usize) -> Self {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[offset..].find('\n').map_or(text.len(), |newline| offset + newline);
        let whole = &text[start..end];
        let words = whole.trim_start_matches(' ');
        Self { text, start, end, indent: whole.len() - words.len(), words: words.trim_end() }
    }

    /// The nearest line above that says something.
    pub fn above(&self) -> Option<Self> {
        self.next_above().find(|line| !line.is_silent())
    }

    /// The nearest line below that says something.
    pub fn below(&self) -> Option<Self> {
        self.all_below().find(|line| !line.is_silent())
    }

    /// Every line above, the nearest first.
    pub fn next_above(&self) -> impl Iterator<Item = Self> + use<'t> {
        let text = self.text;
        let before = |line: &Self| (line.start > 0).then(|| Self::at(text, line.start - 1));
        std::iter::successors(before(self), move |line| {
            (line.start > 0).then(|| Self::at(text, line.start - 1))
        })
    }

    /// Every line below, the nearest first.
    pub fn all_below(&self) -> impl Iterator<Item = Self> + use<'t> {
        let text = self.text;
        let after = move |line: &Self| (line.end < text.len()).then(|| Self::at(text, line.end + 1));
        std::iter::successors(after(self), after)
    }

    /// Whether it has no words, or is a comment.
    pub fn is_silent(&self) -> bool {
        self.words.is_empty() || self.words.starts_with('#')
    }

    /// Whether the line before it is blank.
    pub fn is_apart(&self) -> bool {
        self.next_above().next().is_none_or(|line| line.words.is_empty())
    }

    /// Its words without the dashes of a list, and how far in they stand.
    pub fn item(&self) -> (&'t str, usize) {
        let mut words = self.words;
        while let Some(rest) = words.strip_prefix("- ") {
            words = rest.trim_start_matches(' ');
        }
        (words, self.indent + self.words.len() - words.len())
    }

    /// The key that it begins with, where it has one.
    pub fn entry(&self) -> Option<KeyLine<'t>> {
        let (words, column) = self.item();
        let colon = words.match_indices(':').map(|(at, _)| at).find(|at| {
            let rest = &words[at + 1..];
            rest.is_empty() || rest.starts_with(' ')
        })?;
        if words.starts_with(['"', '\'', '|', '>']) {
            return None;
        }
        let start = self.start + column;
        let value = words[colon + 1..].trim_start_matches(' ');
        Some(KeyLine { key: words[..colon].trim_end(), start, column, colon: start + colon, value })
    }

    /// Whether a text stands on the lines below it.
    pub fn opens_text(&self) -> bool {
        self.entry().is_some_and(|entry| is_block_sign(entry.value)) || is_block_sign(self.item().0)
    }

    /// How far in the text that it lies in stands, and the line that opens that text.
    pub fn text_around(&self) -> Option<(usize, Self)> {
        let mut furthest = usize::MAX;
        for line in self.next_above().filter(|line| !line.words.is_empty()) {
            if line.opens_text() && line.indent < furthest {
                let below =
                    line.below().filter(|below| below.indent > line.indent && below.start < self.start);
                return Some((below.map_or(line.item().1 + 2, |below| below.indent), line));
            }
            if line.indent == 0 {
                return None;
            }
            furthest = furthest.min(line.indent);
        }
        None
    }

    /// Where its words stand.
    pub fn range(&self) -> Range<usize> {
        self.start + self.indent..self.start + self.indent + self.words.len()
    }
}

/// Whether a value is only the sign of a text on the lines below.
pub fn is_block_sign(value: &str) -> bool {
    let value = value.split(" #").next().unwrap_or_default().trim_end();
    let rest = value.strip_prefix(['|', '>']);
    rest.is_some_and(|rest| rest.chars().all(|sign| sign.is_ascii_digit() || sign == '-' || sign == '+'))
}
