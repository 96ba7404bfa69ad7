//! Grammar as far as broken sentences need it: clauses, and the classes of common words.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::lists::List;
use super::runs;
use super::vocabulary::Vocabulary;

/// What a word can be; the bits of one that is several things are joined.
pub type Class = u16;

/// A verb that is finite and nothing else: ”görs”, but not ”delar”.
pub const FINITE: Class = 1;
/// A verb that an infinitive follows.
pub const MODAL: Class = 1 << 1;
/// An infinitive and nothing else.
pub const INFINITIVE: Class = 1 << 2;
/// A supine of a common verb.
pub const SUPINE: Class = 1 << 3;
/// What can begin a subordinate clause, whose verb another can follow: ”de som vill kan”.
pub const SUBORDINATOR: Class = 1 << 4;
/// What can be the head of a clause without ”som”: ”det stöd skolan ger är”.
pub const HEAD: Class = 1 << 5;
/// A conjunction.
pub const CONJUNCTION: Class = 1 << 6;
/// What can stand between a verb and its copy: adverbs, particles, articles.
pub const BETWEEN: Class = 1 << 7;
/// A pronoun that is the subject of a clause.
pub const PRONOUN: Class = 1 << 8;

/// A finite verb that is also an infinitive, a participle or another word: ”redovisas”,
/// ”beslutade”, ”delar”.
pub const EITHER: Class = 1 << 9;

/// The lists of each class.
const LISTS: &[(Class, List)] = &[
    (FINITE, List::Finite),
    (EITHER, List::Either),
    (FINITE | MODAL, List::Modal),
    (INFINITIVE, List::Infinitives),
    (SUPINE, List::CommonSupines),
    (SUBORDINATOR, List::Subordinators),
    (SUBORDINATOR | PRONOUN, List::Subjects),
    (HEAD, List::Heads),
    (CONJUNCTION, List::Conjunctions),
    (BETWEEN, List::Between),
];

/// What the words of the lists can be.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    words: FxHashMap<String, Class>,
    endings: Vec<(String, Class)>,
}

impl Classes {
    /// The classes of the words in these lists.
    pub fn of(vocabulary: &Vocabulary) -> Self {
        let mut classes = Self::default();
        for (class, list) in LISTS {
            let list = vocabulary.list(*list);
            for word in list.whole() {
                *classes.words.entry(word.to_owned()).or_default() |= class;
            }
            classes.endings.extend(list.endings().map(|ending| (ending.to_owned(), *class)));
        }
        classes
    }

    /// What a word can be, in small letters.
    pub fn of_word(&self, word: &str) -> Class {
        let by_ending = || self.endings.iter().find(|(ending, _)| word.ends_with(ending.as_str()));
        self.words.get(word).copied().or_else(|| by_ending().map(|(_, class)| *class)).unwrap_or_default()
    }
}

/// A word of a clause, in lower case.
#[derive(Clone, Debug)]
pub struct ClauseWord<'a> {
    /// The word.
    pub text: &'a str,
    /// Where it stands in the passage.
    pub range: Range<usize>,
    /// What it can be.
    pub class: Class,
}

impl ClauseWord<'_> {
    /// Whether it can be one of these.
    pub fn is(&self, class: Class) -> bool {
        self.class & class != 0
    }
}

/// What stands between two marks of punctuation.
#[derive(Clone, Debug)]
pub struct Clause<'a> {
    /// Its words.
    pub words: Vec<ClauseWord<'a>>,
    /// Whether a sentence begins with it.
    pub begins: bool,
    /// What follows its last word, up to the next.
    pub after: &'a str,
}

/// The clauses of a text, which is also given in lower case, of the same length.
pub fn clauses<'a>(text: &str, lower: &'a str, vocabulary: &Vocabulary) -> Vec<Clause<'a>> {
    let mut clauses = Vec::new();
    let mut words: Vec<ClauseWord> = Vec::new();
    let mut begins = true;
    // Letters and digits, with hyphens inside.
    for range in runs(lower, char::is_alphanumeric, |mark| mark == '-') {
        if let Some(last) = words.last() {
            let gap = &lower[last.range.end..range.start];
            if gap != " " {
                clauses.push(Clause { words: std::mem::take(&mut words), begins, after: gap });
                begins = gap.starts_with(['.', '!', '?', ':'])
                    && text[range.start..]
                        .starts_with(|first: char| first.is_uppercase() || first.is_numeric());
            }
        }
        let word = &lower[range.clone()];
        words.push(ClauseWord { text: word, range, class: vocabulary.class(word) });
    }
    if let Some(last) = words.last() {
        let after = &lower[last.range.end..];
        clauses.push(Clause { words, begins, after });
    }
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_at_punctuation() {
        let text = "Nämnden, t.ex. som in- eller 15-gruppen (L) anser. Det är så.";
        let lower = text.to_lowercase();
        let shown: Vec<(String, bool)> = clauses(text, &lower, &Vocabulary::default())
            .iter()
            .map(|clause| {
                (clause.words.iter().map(|word| word.text).collect::<Vec<_>>().join("|"), clause.begins)
            })
            .collect();
        let wanted = [
            ("nämnden", true),
            ("t", false),
            ("ex", false),
            ("som|in", false),
            ("eller|15-gruppen", false),
            ("l", false),
            ("anser", false),
            ("det|är|så", true),
        ];
        assert_eq!(shown, wanted.map(|(words, begins)| (words.to_owned(), begins)));
    }
}
