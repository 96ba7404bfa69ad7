//! Where the lines of a text are broken: as those around them are.

use super::tokens::{Gap, Token, tokens};
use crate::markdown::Abbreviations;

/// How the lines of a text are broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrap {
    /// Not at all.
    Never,
    /// After each sentence.
    Sentences,
    /// Where they would be wider than so many characters, counted from the edge of the file.
    Width(usize),
}

impl Wrap {
    /// How the lines of these texts are broken, each with how far in it stands; none where no line is.
    pub fn of<'t>(
        texts: impl Iterator<Item = (&'t str, usize)>,
        abbreviations: &Abbreviations,
    ) -> Option<Self> {
        let (mut width, mut breaks, mut sentences, mut within) = (0, 0, 0, 0);
        for (text, indent) in texts {
            let words = tokens(text);
            for pair in words.windows(2) {
                let Gap::Soft(gap) = pair[1].gap else { continue };
                let ends = abbreviations.ends_sentence(pair[0].word, pair[1].word);
                if gap.contains('\n') {
                    breaks += 1;
                    sentences += usize::from(ends);
                    let end = pair[0].word.as_ptr() as usize - text.as_ptr() as usize + pair[0].word.len();
                    let start = text[..end].rfind('\n').map_or(0, |newline| newline + 1);
                    width = width.max(indent + text[start..end].chars().count());
                } else {
                    within += usize::from(ends);
                }
            }
        }
        match breaks {
            0 => None,
            _ if sentences == breaks && within == 0 && breaks > 1 => Some(Self::Sentences),
            _ => Some(Self::Width(width)),
        }
    }
}

/// Words put on lines.
pub struct Flow {
    wrap: Wrap,
    indent: usize,
    text: String,
    /// What each further line of the paragraph begins with.
    prefix: String,
    /// Whether the line at hand is broken anew.
    is_changed: bool,
}

impl Flow {
    /// No words yet, on lines that stand so far in.
    pub fn new(wrap: Wrap, indent: usize) -> Self {
        Self { wrap, indent, text: String::new(), prefix: String::new(), is_changed: false }
    }

    /// A word that begins a block, or stands within one that is not broken.
    pub fn hard(&mut self, gap: &str, word: &str) {
        self.text.push_str(gap);
        if gap.contains('\n') {
            self.is_changed = false;
        }
        let line = &self.text[self.line()..];
        // A quotation goes on with its mark, an item below its first word.
        self.prefix = line.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
        self.text.push_str(word);
    }

    /// A word that stands after the same word as before.
    pub fn kept(&mut self, gap: &str, token: &Token<'_>) {
        if !self.is_changed {
            self.text.push_str(gap);
            self.text.push_str(token.word);
            return;
        }
        let breaks = match self.wrap {
            Wrap::Never => gap.contains('\n'),
            _ => self.breaks(token),
        };
        if breaks && gap.contains('\n') {
            // The lines are as they were again from here.
            self.is_changed = false;
            self.text.push_str(gap);
            self.text.push_str(token.word);
        } else {
            self.put(breaks, token.word);
        }
    }

    /// A word that stands after another than before, or that is new.
    pub fn new_word(&mut self, token: &Token<'_>) {
        self.is_changed = true;
        let breaks = self.breaks(token);
        self.put(breaks, token.word);
    }

    /// The text.
    pub fn end(self) -> String {
        self.text
    }

    fn put(&mut self, breaks: bool, word: &str) {
        if breaks {
            self.text.push('\n');
            self.text.push_str(&self.prefix.clone());
        } else {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    /// Whether the line is to be broken before a word.
    fn breaks(&self, token: &Token<'_>) -> bool {
        match self.wrap {
            Wrap::Never => false,
            Wrap::Sentences => token.canonical.breaks(),
            Wrap::Width(width) => {
                let line = self.text[self.line()..].chars().count();
                self.indent + line + 1 + token.word.chars().count() > width && can_begin(token.word)
            }
        }
    }

    fn line(&self) -> usize {
        self.text.rfind('\n').map_or(0, |newline| newline + 1)
    }
}

/// Whether a word may begin a line: nothing that Markdown takes for the mark of a block.
fn can_begin(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let counts = digits.len() < word.len() && digits.starts_with(['.', ')']);
    let first = word.chars().next();
    !counts && first.is_some_and(|c| c.is_alphanumeric() || "”\"“„’'‘«»([§".contains(c))
}
