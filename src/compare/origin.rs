//! Where in a file that people write a text of its document stands.

use std::ops::Range;

use super::list::section;
use super::model::{Fate, Span};

/// How many words are looked for: first nearly all, then those that a sentence begins with, as a link or a note in it
/// is written otherwise.
const MOST: [usize; 3] = [80, 8, 4];

/// Where the words of one side stand in a case file: a text is wrapped there otherwise, and is escaped in other ways.
/// None where the file does not say them, as what a profile or another case gives.
pub fn find(file: &str, spans: &[Span], is_old: bool) -> Option<Range<usize>> {
    let said = section::text(spans, if is_old { Fate::is_old } else { Fate::is_new });
    let all: Vec<String> = words(&said).map(|(_, word)| word.to_lowercase()).collect();
    MOST.iter().find_map(|most| first(file, &all[..all.len().min(*most)]))
}

/// Where words stand in a text for the first time.
fn first(file: &str, wanted: &[String]) -> Option<Range<usize>> {
    let there: Vec<(usize, &str)> = words(file).collect();
    let fits =
        |at: usize| there[at..].iter().zip(wanted).all(|((_, word), wanted)| word.to_lowercase() == *wanted);
    let last = there.len().checked_sub(wanted.len()).filter(|_| !wanted.is_empty())?;
    let at = (0..=last).find(|at| fits(*at))?;
    let (start, _) = there[at];
    let (end, word) = there[at + wanted.len() - 1];
    Some(start..end + word.len())
}

/// The words of a text without the signs around them, and where they stand.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}
