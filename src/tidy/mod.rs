//! The lines of a case made tidy: the same document, with every comment.
//!
//! Only white space is changed. That is proved before anything is given: all other signs are the same in the same
//! order, and the file reads as the same values, whose texts say the same Markdown. Whoever knows the case's kind asks
//! besides whether the same document is built, since some values count their lines.

mod wrap;

use std::ops::Range;

use crate::diagnostic::Source;
use crate::markdown::{self, Abbreviations};
use crate::yaml::node::{self, Value, YamlNode};
use crate::yaml::outline::{self, Entry, Outline};
use crate::yaml::patched::Patched;

/// How far what belongs to a key or an item stands in from it.
const STEP: usize = 2;

/// A text with tidy indentation; none where it cannot be read as it stands.
pub fn indented(text: &str, abbreviations: &Abbreviations) -> Option<String> {
    let tidy = Layout::of(text)?.indented();
    is_same(text, &tidy, abbreviations).then_some(tidy)
}

/// A text whose long lines are wrapped, as far as that says the same.
pub fn wrapped(text: &str, abbreviations: &Abbreviations) -> String {
    let tidy = wrap::wrapped(text, abbreviations);
    if tidy != text && is_same(text, &tidy, abbreviations) { tidy } else { text.to_owned() }
}

/// A text by its lines.
struct Layout<'a> {
    text: &'a str,
    outline: Outline,
    lines: Vec<Range<usize>>,
    /// Where each entry is to stand.
    columns: Vec<usize>,
    /// How far in the least indented line of each entry's text stands.
    margins: Vec<usize>,
}

impl<'a> Layout<'a> {
    /// The lines of a text; none where a block says itself how far in it stands.
    fn of(text: &'a str) -> Option<Self> {
        let outline = Outline::of(text);
        let says_itself = |entry: &Entry| {
            let said = &text[entry.said.clone()];
            said.starts_with(['|', '>']) && said.contains(|sign: char| sign.is_ascii_digit())
        };
        if outline.all().any(|(_, entry)| says_itself(entry)) {
            return None;
        }
        let mut columns: Vec<usize> = Vec::new();
        for (_, entry) in outline.all() {
            columns.push(entry.parent.map_or(0, |parent| columns[parent] + STEP));
        }
        let mut margins = vec![usize::MAX; columns.len()];
        for (line, owner) in outline.texts().filter(|(line, _)| !text[(*line).clone()].trim().is_empty()) {
            margins[owner] = margins[owner].min(outline::indent(&text[line.clone()]));
        }
        Some(Self { text, lines: outline::lines(text).collect(), outline, columns, margins })
    }

    fn indented(&self) -> String {
        let mut lines: Vec<String> = Vec::with_capacity(self.lines.len());
        // Where the last line with a key stood, and where it is to stand: lines that continue it move along.
        let mut moved = (0, 0);
        for (at, line) in self.lines.iter().enumerate() {
            let words = &self.text[line.clone()];
            let inset = outline::indent(words);
            let entries = self.outline.on_line(line);
            if words.trim().is_empty() {
                // One blank line is as good as many, and none is needed first.
                if lines.last().is_some_and(|last| !last.is_empty()) {
                    lines.push(String::new());
                }
            } else if let Some(owner) = self.outline.text_at(line.start) {
                lines.push(at_column(
                    self.columns[owner] + STEP + inset - self.margins[owner],
                    &words[inset..],
                ));
            } else if !entries.is_empty() {
                moved = (self.outline.entry(entries.start).column, self.columns[entries.start]);
                lines.push(at_column(moved.1, &self.structural(line, entries)));
            } else if words.trim_start().starts_with('#') {
                lines.push(at_column(self.of_comment(at), words.trim()));
            } else {
                let column = (inset + moved.1).saturating_sub(moved.0).max(moved.1 + STEP);
                lines.push(at_column(column, &words[inset..]));
            }
        }
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        let ending = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        lines.join(ending) + ending
    }

    /// What stands on a line with dashes and a key: one space behind each, and none at its end.
    fn structural(&self, line: &Range<usize>, entries: Range<usize>) -> String {
        let mut said = String::new();
        for at in entries.start..entries.end - 1 {
            said.push_str(&self.text[self.outline.entry(at).at.clone()]);
            said.push(' ');
        }
        let last = self.outline.entry(entries.end - 1);
        let rest = self.text[last.at.end..line.end].trim_end();
        let (colon, value) = match rest.strip_prefix(':').filter(|_| last.key.is_some()) {
            Some(value) => (":", value),
            None => ("", rest),
        };
        said.push_str(&self.text[last.at.clone()]);
        said.push_str(colon);
        // A comment is kept at its distance.
        if !value.is_empty() && !value.trim_start().starts_with('#') {
            said.push(' ');
            return said + value.trim_start();
        }
        said + value
    }

    /// Where a comment is to stand: with the line after it, if it stood so, or with the one before it.
    fn of_comment(&self, at: usize) -> usize {
        let column = outline::indent(&self.text[self.lines[at].clone()]);
        let first = |line: &Range<usize>| Some(self.outline.on_line(line)).filter(|on| !on.is_empty());
        let after = self.lines[at + 1..].iter().find_map(first);
        let before = self.lines[..at].iter().rev().find_map(first);
        let mut near = [after.clone(), before].into_iter().flatten();
        let same = near.find(|on| self.outline.entry(on.start).column == column);
        same.or(after).map_or(0, |on| self.columns[on.start])
    }
}

fn at_column(column: usize, words: &str) -> String {
    format!("{:column$}{words}", "")
}

/// Whether two texts are one but for white space that says nothing.
fn is_same(old: &str, new: &str, abbreviations: &Abbreviations) -> bool {
    let signs = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
    let tree = |text: &str| node::parse(&Patched::new(text), &Source::new("", text)).ok();
    signs(old) == signs(new)
        && tree(old).zip(tree(new)).is_some_and(|(old, new)| is_same_value(&old, &new, abbreviations))
}

fn is_same_value(old: &YamlNode, new: &YamlNode, abbreviations: &Abbreviations) -> bool {
    match (&old.value, &new.value) {
        (Value::Nothing, Value::Nothing) => true,
        (Value::Text(old), Value::Text(new)) => {
            let said = |text: &str| markdown::write(&markdown::parse(text).blocks, abbreviations);
            old == new || said(old) == said(new)
        }
        (Value::List(olds), Value::List(news)) => {
            olds.len() == news.len()
                && olds.iter().zip(news).all(|(old, new)| is_same_value(old, new, abbreviations))
        }
        (Value::Map(olds), Value::Map(news)) => {
            olds.len() == news.len()
                && olds.iter().zip(news).all(|((old_key, old), (new_key, new))| {
                    old_key.name == new_key.name && is_same_value(old, new, abbreviations)
                })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn abbreviations() -> Abbreviations {
        Abbreviations::parse("t.ex.\nbl.a.\n")
    }

    fn tidy(text: &str) -> Option<String> {
        indented(text, &abbreviations()).map(|text| wrapped(&text, &abbreviations()))
    }

    #[test]
    fn what_belongs_together_stands_two_spaces_in() {
        let untidy = "# Först\n\n\nmall:   x  \ntill:\n      nämnd: A   # om A\n      # om mötet\n      sammanträde: B\nbilagor:\n-   titel: C\n    fil: d.pdf\n- E\n\n\nbakgrund: |\n     Text.\n       Inskjuten.\n# sist\n\n";
        let tidy_text = "# Först\n\nmall: x\ntill:\n  nämnd: A   # om A\n  # om mötet\n  sammanträde: B\nbilagor:\n  - titel: C\n    fil: d.pdf\n  - E\n\nbakgrund: |\n  Text.\n    Inskjuten.\n# sist\n";
        assert_eq!(tidy(untidy).as_deref(), Some(tidy_text));
        assert_eq!(tidy(tidy_text).as_deref(), Some(tidy_text));
        // With the line ends that it has.
        let windows = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(tidy(&windows(untidy)), Some(windows(tidy_text)));
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        for text in ["a: \"b\nc: d\n", "a: |4\n      b\n", "a: [b\n"] {
            assert_eq!(tidy(text), None, "{text}");
        }
    }

    #[test]
    fn long_lines_are_wrapped_and_short_ones_stay() {
        let long = "ord ".repeat(40);
        let text = format!(
            "bakgrund: |\n  {long}\n\n  Kort\n  rad.\n\n  - {long}\n  - kort\n\n  | a | b |\n  | - | - |\n  | {long} | c |\n"
        );
        let tidied = tidy(&text).expect("tidy");
        assert!(tidied.contains("\n\n  Kort\n  rad.\n\n"), "{tidied}");
        assert!(
            tidied.lines().filter(|line| !line.starts_with("  |")).all(|line| line.chars().count() <= 100),
            "{tidied}"
        );
        assert!(tidied.contains("  - ord ord") && tidied.contains("\n    ord ord"), "{tidied}");
    }

    #[test]
    fn no_line_begins_with_what_it_would_not_say() {
        let filler = "ord ".repeat(21);
        for sign in ["- x", "1. x", "# x", "> x", "+ x", "| x", "=== x", "«Fyll i något»"] {
            let text = format!("a: |\n  {filler}och {sign} {filler}slut.\n");
            let tidied = tidy(&text).expect("tidy");
            assert!(
                !tidied
                    .lines()
                    .skip(2)
                    .any(|line| line.trim_start().starts_with(sign.split(' ').next().expect("a sign"))
                        && !sign.starts_with('«')),
                "{tidied}"
            );
            assert!(!sign.starts_with('«') || tidied.contains(sign), "{tidied}");
        }
    }

    /// A case whose lines are moved about without its saying anything else.
    fn untidy() -> impl Strategy<Value = String> {
        let paragraph = prop::collection::vec(
            "[a-zåäö]{1,12}|t\\.ex\\.|\\*\\*fet\\*\\*|[0-9]{1,3}\\.|-|#x|«Fyll i x»|åtta:|[a-z]+\\.",
            1..60,
        );
        let text = prop::collection::vec((paragraph, 0usize..3), 1..5);
        let key = ("[a-zåäö]{1,8}", text, 1usize..7, 0usize..3, any::<bool>());
        prop::collection::vec(key, 1..6).prop_map(|keys| {
            let mut text = String::new();
            for (number, (name, paragraphs, indent, blanks, is_list)) in keys.into_iter().enumerate() {
                text.push_str(&format!("# om {name}\n{name}{number}:"));
                let margin = " ".repeat(indent);
                let words: Vec<String> = paragraphs.iter().map(|(words, _)| words.join(" ")).collect();
                if is_list {
                    for word in &words {
                        text.push_str(&format!("\n{margin}-   titel: \"{}\"  # här", word.replace('"', "")));
                        text.push_str(&format!("\n{margin}    fil: x"));
                    }
                } else {
                    text.push_str(&format!("   |{}", " ".repeat(blanks)));
                    for (word, (_, blanks)) in words.iter().zip(&paragraphs) {
                        text.push_str(&format!("\n{margin}{word}\n{}", "\n".repeat(*blanks)));
                    }
                }
                text.push_str(&"\n".repeat(blanks + 1));
            }
            text
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// The same document, every comment kept, and tidy once is tidy for good.
        #[test]
        fn the_law(text in untidy()) {
            if let Some(once) = tidy(&text) {
                prop_assert!(is_same(&text, &once, &abbreviations()));
                prop_assert_eq!(once.matches("# ").count(), text.matches("# ").count());
                let twice = tidy(&once);
                prop_assert_eq!(twice.as_deref(), Some(once.as_str()));
            }
        }
    }
}
