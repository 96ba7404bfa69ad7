//! Swedish: how words are bent and what they can be, and the words that are known.

pub mod choices;
pub mod contacts;
pub mod dictionary;
pub mod figures;
pub mod grammar;
pub mod holidays;
pub mod laws;
pub mod lists;
pub mod numbers;
pub mod offices;
pub mod order;
pub mod parties;
pub mod spellings;
pub mod swedish;
pub mod together;
pub mod vocabulary;

use std::ops::Range;

/// Stretches of letters, with joints between them but none at their ends.
pub fn runs(
    text: &str,
    is_letter: fn(char) -> bool,
    is_joint: fn(char) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let ends = |sign: char| !(is_letter(sign) || is_joint(sign));
        at = text[start..].find(ends).map_or(text.len(), |length| start + length);
        Some(start..start + text[start..at].trim_end_matches(is_joint).len())
    })
}
