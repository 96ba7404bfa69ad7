//! Swedish: how words are bent and what they can be, and the words that are known.
//!
//! The words themselves are files of `templates/language/`; here is how they are read and asked for.
//!
//! | what | where |
//! | --- | --- |
//! | tjut's own sentences: genitives, days, capitals | [`swedish`] |
//! | words of a class, for one rule or several; all lists in one [`vocabulary`] | [`lists`], [`vocabulary`] |
//! | words and expressions that there is a better form for | [`choices`], [`spellings`] |
//! | whether a word is one, and what its slip was | [`dictionary`] |
//! | clauses, and in which order words stand | [`grammar`], [`order`] |
//! | numbers in words and in figures, days that are free | [`numbers`], [`figures`], [`holidays`] |
//! | registers: laws, parties, förvaltningar | [`laws`], [`parties`], [`offices`] |
//! | what does not part at a line's end; ways to reach somebody | [`together`], [`contacts`] |

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
