//! A case with tidy indentation and wrapping: the same document, with every comment.
//!
//! Only white space is changed, and that is proved before anything is offered: all other bytes are the same in the
//! same order, the file reads as the same values, and its texts say the same Markdown. What cannot be proved stays
//! as it is.

mod wrap;

use gen_lsp_types::{DocumentFormattingParams, TextEdit};

use super::document::View;
use super::edits;
use super::outline::{Entry, Outline};
use crate::diagnostic::Source;
use crate::markdown::{self, Abbreviations};
use crate::yaml::node::{self, Node, Value};

/// How far what belongs to a key or an item stands in from it.
const STEP: usize = 2;

/// The changes that make a case tidy; none where it cannot be read.
pub fn format(view: View, _: DocumentFormattingParams) -> Option<Vec<TextEdit>> {
    let tidied =
        tidied(view.text(), view.project.tools().abbreviations()).filter(|_| view.document.is_case)?;
    Some(edits::all(view, edits::between(view.text(), &tidied)))
}

/// The text made tidy; none where that cannot be without changing what it says.
pub fn tidied(text: &str, abbreviations: &Abbreviations) -> Option<String> {
    let proved = |new: String| is_same(text, &new, abbreviations).then_some(new);
    let indented = proved(Layout::of(text)?.indented())?;
    // Of texts that wrapping would change, none is wrapped.
    let wrapped = proved(wrap::wrapped(&indented, abbreviations));
    Some(wrapped.unwrap_or(indented))
}

/// A text by its lines.
struct Layout<'a> {
    text: &'a str,
    outline: Outline,
    lines: Vec<std::ops::Range<usize>>,
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
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let range = start..start + line.trim_end_matches(['\n', '\r']).len();
            start += line.len();
            range
        });
        Some(Self { text, outline, lines: lines.collect() })
    }

    fn indented(&self) -> String {
        let columns = self.columns();
        let mut lines: Vec<String> = Vec::with_capacity(self.lines.len());
        // How far a line moves that only continues the one before it.
        let mut moved = (0, 0);
        for (at, line) in self.lines.iter().enumerate() {
            let words = &self.text[line.clone()];
            let entries: Vec<usize> = self.entries(line).collect();
            if words.trim().is_empty() {
                // One blank line is as good as many, and none is needed first.
                if lines.last().is_some_and(|last| !last.is_empty()) {
                    lines.push(String::new());
                }
            } else if let Some(owner) = self.outline.text_at(line.start) {
                let inset = indent(words) - self.least_indent(owner);
                lines.push(format!(
                    "{}{}",
                    " ".repeat(columns[owner] + STEP + inset),
                    &words[indent(words)..]
                ));
            } else if let [first, .., last] | [first @ last] = entries[..] {
                moved = (self.outline.column(first), columns[first]);
                lines.push(self.structural(line, &entries, columns[first], last));
            } else if words.trim_start().starts_with('#') {
                let column = self.comment(at, &columns);
                lines.push(format!("{}{}", " ".repeat(column), words.trim()));
            } else {
                let column = (indent(words) + moved.1).saturating_sub(moved.0).max(moved.1 + STEP);
                lines.push(format!("{}{}", " ".repeat(column), &words[indent(words)..]));
            }
        }
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        let ending = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        lines.join(ending) + ending
    }

    /// A line with dashes and a key: one space behind each, and none at its end.
    fn structural(
        &self,
        line: &std::ops::Range<usize>,
        entries: &[usize],
        column: usize,
        last: usize,
    ) -> String {
        let entries: Vec<&Entry> = entries.iter().map(|at| self.outline.entry(*at)).collect();
        let mut said = " ".repeat(column);
        for entry in &entries[..entries.len() - 1] {
            said.push_str(&self.text[entry.at.clone()]);
            said.push(' ');
        }
        let last = self.outline.entry(last);
        let rest = self.text[last.at.end..line.end].trim_end();
        let (colon, value) = match rest.strip_prefix(':').filter(|_| last.key.is_some()) {
            Some(value) => (":", value),
            None => ("", rest),
        };
        let apart = if value.is_empty() { "" } else { " " };
        // What stands behind a comment's sign is kept at its distance.
        let value = if value.trim_start().starts_with('#') {
            value.to_owned()
        } else {
            format!("{apart}{}", value.trim_start())
        };
        said + &self.text[last.at.clone()] + colon + &value
    }

    /// Where each entry is to stand.
    fn columns(&self) -> Vec<usize> {
        let mut columns = Vec::new();
        for (_, entry) in self.outline.all() {
            let inner = self.outline.parent(entry).map(|parent| columns[parent] + STEP);
            columns.push(inner.unwrap_or(0));
        }
        columns
    }

    fn entries(&self, line: &std::ops::Range<usize>) -> impl Iterator<Item = usize> {
        let inside = |entry: &Entry| line.start <= entry.at.start && entry.at.end <= line.end;
        self.outline.all().filter(move |(_, entry)| inside(entry)).map(|(at, _)| at)
    }

    /// How far in the least indented line of an entry's text stands.
    fn least_indent(&self, owner: usize) -> usize {
        let own = self.lines.iter().filter(|line| self.outline.text_at(line.start) == Some(owner));
        let words = own.map(|line| &self.text[(*line).clone()]).filter(|words| !words.trim().is_empty());
        words.map(indent).min().unwrap_or(0)
    }

    /// Where a comment is to stand: with the line after it, if it stood so, or with the one before it.
    fn comment(&self, at: usize, columns: &[usize]) -> usize {
        let column = indent(&self.text[self.lines[at].clone()]);
        let first = |line: &std::ops::Range<usize>| self.entries(line).next();
        let after = self.lines[at + 1..].iter().find_map(first);
        let before = self.lines[..at].iter().rev().find_map(first);
        let same = [after, before].into_iter().flatten().find(|entry| self.outline.column(*entry) == column);
        same.or(after).map_or(0, |entry| columns[entry])
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether two texts are one but for white space that says nothing.
fn is_same(old: &str, new: &str, abbreviations: &Abbreviations) -> bool {
    let signs = |text: &'_ str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
    let tree = |text: &str| node::parse(text, &Source::new("", text)).ok();
    signs(old) == signs(new)
        && tree(old).zip(tree(new)).is_some_and(|(old, new)| is_same_value(&old, &new, abbreviations))
}

fn is_same_value(old: &Node, new: &Node, abbreviations: &Abbreviations) -> bool {
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
        tidied(text, &abbreviations())
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
