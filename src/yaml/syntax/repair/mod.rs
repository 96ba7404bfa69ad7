//! What may be meant where the parser gives up: each guess with the repair that would make it so.
//!
//! A guess is not believed before the text has been read with its repair: what is said to a person then
//! holds when it is done to the letter.

mod indents;
mod signs;

use std::ops::Range;

use super::lines::SourceLine;
use crate::diagnostic::codes::{self, Code};
use crate::yaml::keys::Keys;
pub use indents::{blanks, indented};

/// What may be wrong, and how it would be mended.
pub struct Repair {
    /// What it is about.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Where.
    pub place: Range<usize>,
    /// What is replaced, and by what.
    pub edit: Option<(Range<usize>, String)>,
    /// Whether it can be done unseen.
    pub is_safe: bool,
}

impl Repair {
    /// What may be wrong with the syntax.
    pub fn new(message: impl Into<String>, hint: impl Into<String>, place: Range<usize>) -> Self {
        let (message, hint) = (message.into(), hint.into());
        Self { code: codes::YAML_FEL, message, hint, place, edit: None, is_safe: false }
    }

    /// How it is mended where nobody has to look.
    pub fn by(self, range: Range<usize>, replacement: impl Into<String>) -> Self {
        Self { edit: Some((range, replacement.into())), is_safe: true, ..self }
    }

    /// How it is mended where somebody has to look.
    pub fn perhaps_by(self, range: Range<usize>, replacement: impl Into<String>) -> Self {
        Self { is_safe: false, ..self.by(range, replacement) }
    }
}

/// What may be wrong at a byte where the parser gave up, the likeliest first.
pub fn guesses(text: &str, at: usize, said: &str, keys: &Keys) -> Vec<Repair> {
    let here = SourceLine::at(text, at);
    let here = if here.words.is_empty() { here.above().unwrap_or(here) } else { here };
    let near: Vec<SourceLine> = std::iter::once(here).chain(here.above()).collect();
    let each = |guess: &dyn Fn(SourceLine) -> Option<Repair>| near.iter().find_map(|line| guess(*line));
    [
        signs::escape(said, here, at),
        each(&|line| signs::space_missing(line, keys)),
        signs::text_beside_sign(here),
        signs::curly_quotes(here),
        indents::dash_missing(here, keys),
        indents::too_far_out(here, keys),
        signs::value_and_keys(here, keys),
        signs::list_beside_key(here, keys),
        signs::space_after_dash(here),
        each(&|line| signs::colon_missing(line, keys)),
        indents::above_too_far_out(here, keys),
        indents::first_key_aside(here, keys),
        indents::key_aside(here, keys),
        indents::not_indented(here, keys),
        signs::quotation_of_a_part(here),
        signs::quotation_open(text, at, said),
        signs::special_sign(here),
        each(&signs::second_colon),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A text within YAML's quotation marks.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
