//! What the lines of a file say of its structure, read by their indentation alone.
//!
//! Somebody who is typing has a file that does not parse at the very place where help is wanted. Its lines still
//! tell which keys stand where: that is enough to know what can be written at the cursor.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A step from a map or a list into what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item.
    Item,
}

impl Step {
    /// The key; of an item, its dash.
    pub fn name(&self) -> &str {
        match self {
            Self::Key(key) => key,
            Self::Item => "-",
        }
    }
}

/// A key, or the dash of an item.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key as it is written; none for an item.
    pub key: Option<String>,
    /// Where the key or the dash stands.
    pub at: Range<usize>,
    /// What stands behind it on its line, without white space around it and without a comment.
    pub said: Range<usize>,
    column: usize,
    parent: Option<usize>,
}

/// The structure of a file.
#[derive(Debug, Default)]
pub struct Outline {
    entries: Vec<Entry>,
    /// The lines of texts that stand below `|` or `>`, each with the entry that they are the value of.
    texts: Vec<(Range<usize>, usize)>,
}

/// Where a cursor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The keys and items around it, from the outside.
    pub path: Vec<Step>,
    /// The other keys of the same map.
    pub siblings: Vec<String>,
    /// What is written there.
    pub within: Within,
    /// What a completion replaces.
    pub word: Range<usize>,
    /// How far in what is written there begins, in characters.
    pub column: usize,
}

/// What is written at a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// A key, or the beginning of one.
    Key,
    /// What an item holds: a value, or the first key of a map.
    Item,
    /// The value of a key, on its line.
    Value,
    /// A text below `|`.
    Text,
    /// A comment.
    Comment,
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
                if words.trim().is_empty() || column > outline.column(owner) {
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

    /// Where a byte of the text is.
    pub fn cursor(&self, text: &str, offset: usize) -> Cursor {
        let offset = text.floor_char_boundary(offset);
        let start = line_start(text, offset);
        let end = text[offset..].find(['\n', '\r']).map_or(text.len(), |end| offset + end);
        let line = &text[start..end];
        let typed = &text[start..offset];
        let column = typed.chars().count();
        let in_text = self.texts.iter().find(|(range, _)| range.contains(&offset) || range.end == offset);
        // A blank line can belong to the text above, or begin a key that stands further out.
        if let Some((_, owner)) =
            in_text.filter(|(_, owner)| !line.trim().is_empty() || column > self.column(*owner))
        {
            return self.at(Some(*owner), Within::Text, word(text, start, offset), column);
        }
        let is_comment = typed.trim_start().starts_with('#') || typed.contains(" #");
        let last = self.entries.iter().rposition(|entry| entry.at.start >= start && entry.at.end <= offset);
        match last.map(|at| (at, &self.entries[at])) {
            _ if is_comment => self.at(None, Within::Comment, offset..offset, column),
            // Behind a key's colon: its value.
            Some((at, entry))
                if entry.key.is_some() && text[entry.at.end..offset].trim_start().starts_with(':') =>
            {
                let value = if entry.said.is_empty() || entry.said.start > offset {
                    offset..offset
                } else {
                    entry.said.clone()
                };
                self.at(Some(at), Within::Value, value, entry.column)
            }
            // Behind a dash, with or without the beginning of a key.
            Some((at, entry)) if entry.key.is_none() => {
                let begun = self.entries.get(at + 1).filter(|next| next.at.start < end && next.key.is_some());
                let word = begun
                    .map_or(entry.said.start.min(offset)..entry.said.end.max(offset), |key| key.at.clone());
                let column = text[start..word.start].chars().count();
                self.at(Some(at), Within::Item, word, column)
            }
            _ => self.at_key(text, start, end, offset),
        }
    }

    /// A cursor at a key: where it is written, or where there is nothing yet.
    fn at_key(&self, text: &str, start: usize, end: usize, offset: usize) -> Cursor {
        let line = &text[start..end];
        let indented = if line.trim().is_empty() { offset - start } else { indent(line).min(offset - start) };
        let word = start + indented
            ..text[start..end]
                .find(':')
                .map_or(start + line.trim_end().len(), |colon| start + colon)
                .max(offset);
        let before = self.entries.iter().rposition(|entry| entry.at.start < start);
        // The parent stands further out than the cursor.
        let mut around = before;
        while let Some(at) = around.filter(|at| self.column(*at) >= indented) {
            around = self.entries[at].parent;
        }
        self.at(around, Within::Key, word, line[..indented].chars().count())
    }

    fn at(&self, around: Option<usize>, within: Within, word: Range<usize>, column: usize) -> Cursor {
        let steps = std::iter::successors(around, |at| self.entries[*at].parent);
        let mut path: Vec<Step> =
            steps.map(|at| self.entries[at].key.clone().map_or(Step::Item, Step::Key)).collect();
        path.reverse();
        // Beside a value stands what stands beside its key.
        let own = around.filter(|_| within == Within::Value);
        let map = own.map_or(around, |at| self.entries[at].parent);
        let is_beside = |(at, entry): &(usize, &Entry)| {
            entry.parent == map && Some(*at) != own && entry.at.start != word.start
        };
        let siblings =
            self.entries.iter().enumerate().filter(is_beside).filter_map(|(_, entry)| entry.key.clone());
        Cursor { path, siblings: siblings.collect(), within, word, column }
    }

    /// How far in an entry stands.
    pub fn column(&self, at: usize) -> usize {
        self.entries[at].column
    }

    /// Whether an entry is outermost.
    pub fn is_top(&self, entry: &Entry) -> bool {
        entry.parent.is_none()
    }

    /// The entry that the text on a line is the value of, by where the line begins.
    pub fn text_at(&self, start: usize) -> Option<usize> {
        self.texts.iter().find(|(line, _)| line.start == start).map(|(_, owner)| *owner)
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
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        range
    })
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |newline| newline + 1)
}

fn indent(line: &str) -> usize {
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

/// The word before a byte.
fn word(text: &str, start: usize, offset: usize) -> Range<usize> {
    let from = text[start..offset].rfind([' ', '(', '[', '«']).map_or(start, |space| start + space + 1);
    text.ceil_char_boundary(from)..offset
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cursor is where the bar is.
    fn cursor(marked: &str) -> (Cursor, String) {
        let offset = marked.find('¦').expect("a cursor");
        let text = marked.replace('¦', "");
        let cursor = Outline::of(&text).cursor(&text, offset);
        let word = text[cursor.word.clone()].to_owned();
        (cursor, word)
    }

    fn path(marked: &str) -> (String, Within, String) {
        let (cursor, word) = cursor(marked);
        let steps = cursor.path.iter().map(Step::name);
        (steps.collect::<Vec<_>>().join("/"), cursor.within, word)
    }

    fn is(marked: &str, wanted: &str, within: Within, word: &str) {
        assert_eq!(path(marked), (wanted.to_owned(), within, word.to_owned()), "{marked}");
    }

    #[test]
    fn a_cursor_knows_what_is_around_it() {
        is("¦", "", Within::Key, "");
        is("mall: x\nti¦", "", Within::Key, "ti");
        is("mall: x\nti¦tel: y\n", "", Within::Key, "titel");
        is("mall: tjä¦", "mall", Within::Value, "tjä");
        is("mall: ¦\ntitel: y", "mall", Within::Value, "");
        is("till:\n  ¦", "till", Within::Key, "");
        is("till:\n  nämnd: A\n  s¦\ndatum: x", "till", Within::Key, "s");
        is("till:\n  nämnd: A\n¦\ndatum: x", "", Within::Key, "");
        is("bilagor:\n  - ¦", "bilagor/-", Within::Item, "");
        is("bilagor:\n  - titel: A\n    f¦", "bilagor/-", Within::Key, "f");
        is("bilagor:\n  - ti¦tel: A\n", "bilagor/-", Within::Item, "titel");
        is("bilagor:\n- titel: A\n  fil: b¦", "bilagor/-/fil", Within::Value, "b");
        is("a:\n  - b:\n      - c: ¦", "a/-/b/-/c", Within::Value, "");
        is("bakgrund: |\n  Se ![x](bi¦", "bakgrund", Within::Text, "bi");
        is("bakgrund: |\n  text\n\n  ¦", "bakgrund", Within::Text, "");
        is("bakgrund: |\n  text: x\n¦", "", Within::Key, "");
        is("frågor:\n  - svar: |\n      a\n    ¦", "frågor/-", Within::Key, "");
        is("# ti¦", "", Within::Comment, "");
        is("titel: a # b¦", "", Within::Comment, "");
        is("\"§ 3\": |\n  ¦", "§ 3", Within::Text, "");
    }

    #[test]
    fn what_stands_beside_is_known_above_and_below() {
        let (cursor, _) = cursor("till:\n  ¦\n  sammanträde: x\ndatum: y\n");
        assert_eq!(cursor.siblings, ["sammanträde"]);
        let (cursor, _) = super::tests::cursor("a: |\n  b: c\nd¦\ne: f\n");
        assert_eq!(cursor.siblings, ["a", "e"]);
    }

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
