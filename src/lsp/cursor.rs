//! Where a cursor is in a text that need not parse: enough to know what can be written there.

use std::ops::Range;

use crate::yaml::outline::{Outline, indent, line_start};

/// A step from a map or a list into what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CursorStep {
    /// The value of a key.
    Key(String),
    /// An item.
    Item,
}

impl CursorStep {
    /// The key; of an item, its dash.
    pub fn name(&self) -> &str {
        match self {
            Self::Key(key) => key,
            Self::Item => "-",
        }
    }
}

/// Where a cursor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The keys and items around it, from the outside.
    pub path: Vec<CursorStep>,
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

impl Cursor {
    /// Where a byte of the text is.
    pub fn of(outline: &Outline, text: &str, offset: usize) -> Self {
        let offset = text.floor_char_boundary(offset);
        let start = line_start(text, offset);
        let end = text[offset..].find(['\n', '\r']).map_or(text.len(), |end| offset + end);
        let (line, typed) = (&text[start..end], &text[start..offset]);
        let column = typed.chars().count();
        // A blank line can belong to the text above, or begin a key that stands further out.
        let in_text = outline.text_at(start);
        if let Some(owner) =
            in_text.filter(|owner| !line.trim().is_empty() || column > outline.entry(*owner).column)
        {
            return Self::within(outline, Some(owner), Within::Text, word(text, start, offset), column);
        }
        if typed.trim_start().starts_with('#') || typed.contains(" #") {
            return Self::within(outline, None, Within::Comment, offset..offset, column);
        }
        let last = outline.on_line(&(start..end)).rev().find(|at| outline.entry(*at).at.end <= offset);
        match last.map(|at| (at, outline.entry(at))) {
            // Behind a key's colon: its value.
            Some((at, entry))
                if entry.key.is_some() && text[entry.at.end..offset].trim_start().starts_with(':') =>
            {
                let is_before = entry.said.is_empty() || entry.said.start > offset;
                let value = if is_before { offset..offset } else { entry.said.clone() };
                Self::within(outline, Some(at), Within::Value, value, entry.column)
            }
            // Behind a dash, with or without the beginning of a key.
            Some((at, entry)) if entry.key.is_none() => {
                let next = outline.on_line(&(start..end)).find(|next| *next == at + 1);
                let begun = next.map(|next| outline.entry(next)).filter(|next| next.key.is_some());
                let word = begun
                    .map_or(entry.said.start.min(offset)..entry.said.end.max(offset), |key| key.at.clone());
                let column = text[start..word.start].chars().count();
                Self::within(outline, Some(at), Within::Item, word, column)
            }
            _ => Self::at_key(outline, line, start, offset),
        }
    }

    /// A cursor at a key: where it is written, or where there is nothing yet.
    fn at_key(outline: &Outline, line: &str, start: usize, offset: usize) -> Self {
        let indented = if line.trim().is_empty() { offset - start } else { indent(line).min(offset - start) };
        let end = line.find(':').unwrap_or(line.trim_end().len());
        let word = start + indented..(start + end).max(offset);
        // The parent stands further out than the cursor.
        let mut around = outline.on_line(&(start..start)).start.checked_sub(1);
        while let Some(at) = around.filter(|at| outline.entry(*at).column >= indented) {
            around = outline.entry(at).parent;
        }
        Self::within(outline, around, Within::Key, word, line[..indented].chars().count())
    }

    fn within(
        outline: &Outline,
        around: Option<usize>,
        within: Within,
        word: Range<usize>,
        column: usize,
    ) -> Self {
        let steps = std::iter::successors(around, |at| outline.entry(*at).parent);
        let mut path: Vec<CursorStep> =
            steps.map(|at| outline.entry(at).key.clone().map_or(CursorStep::Item, CursorStep::Key)).collect();
        path.reverse();
        // Beside a value stands what stands beside its key.
        let own = around.filter(|_| within == Within::Value);
        let map = own.map_or(around, |at| outline.entry(at).parent);
        let beside =
            outline.within(map).filter(|(at, entry)| Some(*at) != own && entry.at.start != word.start);
        let siblings = beside.filter_map(|(_, entry)| entry.key.clone()).collect();
        Self { path, siblings, within, word, column }
    }
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
        let cursor = Cursor::of(&Outline::of(&text), &text, offset);
        let word = text[cursor.word.clone()].to_owned();
        (cursor, word)
    }

    fn path(marked: &str) -> (String, Within, String) {
        let (cursor, word) = cursor(marked);
        let steps = cursor.path.iter().map(CursorStep::name);
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
}
