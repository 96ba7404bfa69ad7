//! What the lines of a file say of its structure, read by their indentation alone.
//!
//! Somebody who is typing has a file that does not parse at the very place where help is wanted. Its lines still
//! tell which keys stand where.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A key, or the dash of an item.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key as it is written; none for an item.
    pub key: Option<String>,
    /// Where the key or the dash stands.
    pub at: Range<usize>,
    /// What stands behind it on its line, without white space around it and without a comment.
    pub said: Range<usize>,
    /// How far in it stands, in bytes.
    pub column: usize,
    /// The entry that it stands within; none where it is outermost.
    pub parent: Option<usize>,
}

/// The structure of a file.
#[derive(Debug, Default)]
pub struct Outline {
    entries: Vec<Entry>,
    /// The lines of texts that stand below `|` or `>`, each with the entry that they are the value of.
    texts: Vec<(Range<usize>, usize)>,
}

impl Outline {
    /// Reads the lines of a text.
    pub fn of(text: &str) -> Self {
        let mut outline = Self::default();
        let mut stack: Vec<usize> = Vec::new();
        let mut block: Option<usize> = None;
        for line in lines(text) {
            let words = &text[line.clone()];
            let column = indent(words);
            if let Some(owner) = block {
                if words.trim().is_empty() || column > outline.entries[owner].column {
                    outline.texts.push((line, owner));
                    continue;
                }
                block = None;
            }
            if words.trim().is_empty() || words.trim_start().starts_with('#') {
                continue;
            }
            let found = outline.line(text, line, &mut stack);
            block = found.filter(|at| opens_text(&text[outline.entries[*at].said.clone()]));
        }
        outline
    }

    /// The keys of the outermost map.
    pub fn top(&self) -> impl Iterator<Item = (&str, &Entry)> + Clone {
        let top = self.entries.iter().filter(|entry| entry.parent.is_none());
        top.filter_map(|entry| Some((entry.key.as_deref()?, entry)))
    }

    /// Every entry, in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = (usize, &Entry)> {
        self.entries.iter().enumerate()
    }

    /// The outermost entries, or those directly within another.
    pub fn within(&self, around: Option<usize>) -> impl Iterator<Item = (usize, &Entry)> {
        self.entries.iter().enumerate().filter(move |(_, entry)| entry.parent == around)
    }

    /// Where an entry ends with all that it holds.
    pub fn end(&self, at: usize, text: &str) -> usize {
        let is_inside = |other: usize| {
            std::iter::successors(Some(other), |at| self.entries[*at].parent).any(|up| up == at)
        };
        let next = (at + 1..self.entries.len()).find(|other| !is_inside(*other));
        let mut end = next.map_or(text.len(), |next| line_start(text, self.entries[next].at.start));
        loop {
            end = text[..end].trim_end().len();
            // A comment that stands as far out belongs to what comes after it.
            let start = line_start(text, end);
            let line = &text[start..end];
            let is_after = start > self.entries[at].at.start
                && line.trim_start().starts_with('#')
                && indent(line) <= self.entries[at].column;
            if !is_after {
                return end;
            }
            end = start;
        }
    }

    /// Every entry that a path of keys leads to, whichever items lie between.
    pub fn find<'a>(&'a self, path: &'a [&'a str]) -> impl Iterator<Item = &'a Entry> {
        (0..self.entries.len())
            .filter(move |at| self.keys(*at).eq(path.iter().rev().copied()))
            .map(|at| &self.entries[at])
    }

    /// The keys from an entry outwards.
    fn keys(&self, at: usize) -> impl Iterator<Item = &str> {
        let last = self.entries[at].key.is_some().then_some(at);
        std::iter::successors(last, |at| self.entries[*at].parent)
            .filter_map(|at| self.entries[at].key.as_deref())
    }

    /// An entry by its number in the order of the file.
    pub fn entry(&self, at: usize) -> &Entry {
        &self.entries[at]
    }

    /// The dashes and the key that stand on a line, by their numbers.
    pub fn on_line(&self, line: &Range<usize>) -> Range<usize> {
        let from = self.entries.partition_point(|entry| entry.at.start < line.start);
        from..self.entries.partition_point(|entry| entry.at.start < line.end).max(from)
    }

    /// The entry that the text on a line is the value of, by where the line begins.
    pub fn text_at(&self, start: usize) -> Option<usize> {
        let found = self.texts.binary_search_by_key(&start, |(line, _)| line.start);
        found.ok().map(|at| self.texts[at].1)
    }

    /// The lines of texts that stand below `|` or `>`, each with the entry that it is the value of.
    pub fn texts(&self) -> impl Iterator<Item = (&Range<usize>, usize)> {
        self.texts.iter().map(|(line, owner)| (line, *owner))
    }

    /// Adds the dashes and the key of a line, and gives the last of them.
    fn line(&mut self, text: &str, line: Range<usize>, stack: &mut Vec<usize>) -> Option<usize> {
        let words = &text[line.clone()];
        let mut column = indent(words);
        let mut last = None;
        while words[column..] == *"-" || words[column..].starts_with("- ") {
            stack.retain(|at| {
                let entry = &self.entries[*at];
                // A list may stand as far out as its key.
                entry.column < column || entry.column == column && entry.key.is_some()
            });
            last = Some(self.add(
                None,
                line.start + column..line.start + column + 1,
                column,
                text,
                &line,
                stack,
            ));
            let rest = &words[column + 1..];
            column += 1 + (rest.len() - rest.trim_start_matches(' ').len());
        }
        let Some(key) = key(&words[column..]) else { return last };
        stack.retain(|at| self.entries[*at].column < column);
        let at = line.start + column..line.start + column + key.len();
        Some(self.add(Some(plain(key)), at, column, text, &line, stack))
    }

    fn add(
        &mut self,
        key: Option<String>,
        at: Range<usize>,
        column: usize,
        text: &str,
        line: &Range<usize>,
        stack: &mut Vec<usize>,
    ) -> usize {
        let after = at.end + usize::from(key.is_some());
        let rest = &text[after.min(line.end)..line.end];
        let value = rest.split(" #").next().unwrap_or_default();
        let start = after + (value.len() - value.trim_start().len());
        let said = start..start.max(after + value.trim_end().len());
        let parent = stack.last().copied();
        self.entries.push(Entry { key, at, said, column, parent });
        stack.push(self.entries.len() - 1);
        self.entries.len() - 1
    }
}

/// The lines of a text, without their ends.
pub fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        range
    })
}

/// Where the line begins that a byte stands on.
pub fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |newline| newline + 1)
}

/// How many spaces a line begins with.
pub fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The key that a line begins with, as it is written.
fn key(line: &str) -> Option<&str> {
    let quote = line.chars().next().filter(|first| matches!(first, '"' | '\''));
    let from = match quote {
        Some(quote) => 2 + line[1..].find(quote)?,
        None if line.starts_with(['\t', '#', '[', '{', '|', '>', '«']) => return None,
        None => 0,
    };
    let ends = |at: &usize| line[at + 1..].is_empty() || line[at + 1..].starts_with(' ');
    let colon = line[from..].match_indices(':').map(|(at, _)| from + at).find(ends)?;
    (colon > 0).then(|| line[..colon].trim_end())
}

/// A key as it is read: without quotation marks, with its letters composed.
fn plain(key: &str) -> String {
    key.trim_matches(['"', '\'']).nfc().collect()
}

/// Whether a text stands on the lines below.
fn opens_text(said: &str) -> bool {
    said.starts_with(['|', '>']) && said[1..].chars().all(|sign| sign.is_ascii_digit() || "+-".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_parse_has_an_outline() {
        let text = "mall: tjänsteutlåtande\ntitel: \"a\ntill: {\n  nämnd [\n\tx: y\nbakgrund: |\n  z\n";
        let outline = Outline::of(text);
        let top: Vec<&str> = outline.top().map(|(key, _)| key).collect();
        assert_eq!(top, ["mall", "titel", "till", "bakgrund"]);
        // A letter and its ring are one letter.
        assert_eq!(Outline::of("a\u{30a}r: 1").top().map(|(key, _)| key).collect::<Vec<_>>(), ["år"]);
    }

    #[test]
    fn entries_are_found_by_their_keys() {
        let text = "bilagor:\n  - titel: A\n  - titel: B # b\n";
        let outline = Outline::of(text);
        let said: Vec<&str> =
            outline.find(&["bilagor", "titel"]).map(|entry| &text[entry.said.clone()]).collect();
        assert_eq!(said, ["A", "B"]);
    }
}
