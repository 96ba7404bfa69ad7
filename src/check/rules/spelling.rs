//! Spelling: misspelt words, and rare words that are nearly a usual one.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::lists::List;
use crate::language::swedish::capitalised;
use crate::language::vocabulary::{Near, Vocabulary};

/// The rules of this theme.
pub const RULES: &[Rule] =
    &[Rule { code: codes::FELSTAVNING, find: misspelt }, Rule { code: codes::SARSKRIVNING, find: split }];

fn misspelt(review: &Review) -> Vec<Diagnostic> {
    let vocabulary = review.templates.vocabulary();
    let usage = Usage::of(review.passages);
    let mut findings = Vec::new();
    // A key of one's own that is nearly a known one is another finding.
    let is_key =
        |passage: &Passage| passage.kind == PassageKind::Heading && passage.text.as_str() == passage.section;
    for passage in
        review.passages.iter().filter(|passage| passage.kind != PassageKind::Quote && !is_key(passage))
    {
        let lower = passage.text.lower();
        for range in passage.text.spelt().iter().cloned() {
            let word = &lower[range.clone()];
            let mistakes = vocabulary.mistakes(word).iter();
            let mut mistakes = mistakes.filter(|(wrong, _)| {
                let said = lower[range.start..].strip_prefix(wrong.as_str());
                said.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
            });
            if let Some((wrong, right)) = mistakes.next() {
                let range = range.start..range.start + wrong.len();
                // SK is an authority, sk an abbreviation without its stops.
                if !passage.text[range.clone()].chars().all(char::is_uppercase) {
                    findings.push(replaced(passage, range, right));
                }
                continue;
            }
            let before = passage.text[..range.start].trim_end();
            let begins = before.is_empty() || before.ends_with(['.', '!', '?']);
            let is_name = passage.text[range.clone()].starts_with(char::is_uppercase) && !begins;
            if let Some(right) = (!is_name).then(|| usage.meant(word, vocabulary)).flatten() {
                findings.push(replaced(passage, range, right));
            }
        }
    }
    findings
}

/// How often each word stands in the case, in small letters.
struct Usage<'a> {
    counts: FxHashMap<&'a str, usize>,
    /// Those that stand more than once, in the order of the case.
    usual: Near,
}

impl<'a> Usage<'a> {
    fn of(passages: &'a [Passage]) -> Self {
        let mut usage = Self { counts: FxHashMap::default(), usual: Near::default() };
        for passage in passages {
            let lower = passage.text.lower();
            for range in passage.text.spelt() {
                let word = &lower[range.clone()];
                let count = usage.counts.entry(word).or_default();
                *count += 1;
                if *count == 2 && word.len() >= SHORTEST {
                    usage.usual.insert(word);
                }
            }
        }
        usage
    }

    fn count(&self, word: &str) -> usize {
        self.counts.get(word).copied().unwrap_or_default()
    }

    /// The usual word that a rare one must be a slip for.
    fn meant<'b>(&'b self, word: &str, vocabulary: &'b Vocabulary) -> Option<&'b str> {
        const OFTEN: usize = 3;
        let count = self.count(word);
        if count > OFTEN || word.contains('-') || word.chars().count() < 6 || vocabulary.knows(word) {
            return None;
        }
        let is_slip = |slip: Slip| match slip.replaces {
            None => slip.length >= 5,
            // A letter for another makes another word in short ones.
            Some(keys) => slip.length >= 10 || slip.length >= 7 && keys.are_neighbours(),
        };
        let mut near = vocabulary.near(word);
        let term = near.find(|term| slip(word, term).is_some_and(|slip| slip.start >= 1 && is_slip(slip)));
        // Beside the known terms, only what the text itself says more often. A letter for another
        // makes another word too often, but in long words.
        term.or_else(|| {
            self.usual.of(word).find(|other| {
                self.count(other) >= 2 * count
                    && slip(word, other).is_some_and(|slip| {
                        let (shortest, least) =
                            if slip.replaces.is_some() { (10, OFTEN) } else { (SHORTEST, 2) };
                        slip.start >= 2 && slip.length >= shortest && self.count(other) >= least
                    })
            })
        })
    }
}

/// The fewest letters of a word that another in the case can be a slip for.
const SHORTEST: usize = 7;

/// ”social tjänsten”: two words that are one of the usual ones together.
fn split(review: &Review) -> Vec<Diagnostic> {
    const SHORTEST: usize = 10;
    let vocabulary = review.templates.vocabulary();
    let mut findings = Vec::new();
    let (apart, following) = (vocabulary.list(List::Apart), vocabulary.list(List::Following));
    let mut joined = String::new();
    for passage in review.passages {
        let lower = passage.text.lower();
        for pair in passage.text.spelt().windows(2) {
            let [one, other] = pair else { continue };
            let (first, second) = (&lower[one.clone()], &lower[other.clone()]);
            if &lower[one.end..other.start] != " " || apart.has(first) || following.has(second) {
                continue;
            }
            joined.clear();
            joined.extend([first, second]);
            if joined.chars().count() >= SHORTEST && vocabulary.knows(&joined) {
                findings.push(replaced(passage, one.start..other.end, &joined));
            }
        }
    }
    findings
}

fn replaced(passage: &Passage, range: Range<usize>, right: &str) -> Diagnostic {
    let word = &passage.text[range.clone()];
    let right = if word.starts_with(char::is_uppercase) { capitalised(right) } else { right.to_owned() };
    let place = passage.place(range.clone());
    let message = format!("”{word}” ska nog vara ”{right}”");
    finding(place.clone(), message, format!("Skriv ”{right}”, eller låt ordet stå om det är menat så."))
        .edit(place, right)
}

/// How a word differs from another in one letter.
struct Slip {
    /// The letters of the word.
    length: usize,
    /// The letters before those that differ.
    start: usize,
    /// The two letters where one stands for another, rather than one too many, too few, or two that
    /// changed places.
    replaces: Option<Keys>,
}

/// Two letters, as keys of a keyboard.
struct Keys(char, char);

impl Keys {
    /// Whether a finger that misses the one can hit the other, or only the marks differ.
    fn are_neighbours(&self) -> bool {
        const ROWS: [&str; 3] = ["qwertyuiopå", "asdfghjklöä", "zxcvbnm"];
        const ALIKE: &[(char, char)] = &[('a', 'å'), ('a', 'ä'), ('o', 'ö'), ('e', 'é'), ('c', 'k')];
        let place = |letter: char| {
            let mut rows = ROWS.iter().enumerate();
            rows.find_map(|(row, keys)| Some((row, keys.chars().position(|key| key == letter)?)))
        };
        let near = |one: char, other: char| match (place(one), place(other)) {
            (Some((above, one)), Some((below, other))) => {
                above == below && one.abs_diff(other) == 1
                    || above + 1 == below && (one == other || one == other + 1)
            }
            _ => false,
        };
        let alike = ALIKE.contains(&(self.0, self.1)) || ALIKE.contains(&(self.1, self.0));
        alike || near(self.0, self.1) || near(self.1, self.0)
    }
}

/// The slip that makes one word of another, unless it is near the end, where it would be another form.
fn slip(word: &str, right: &str) -> Option<Slip> {
    const END: usize = 3;
    // Of a letter that is doubled, or not, either can be the one.
    let end = word.chars().rev().zip(right.chars().rev()).take_while(|(one, other)| one == other).count();
    if end < END {
        return None;
    }
    let start = word.chars().zip(right.chars()).take_while(|(one, other)| one == other);
    let (start, bytes) =
        start.fold((0, 0), |(letters, bytes), (one, _)| (letters + 1, bytes + one.len_utf8()));
    let (one, other) = (&word[bytes..], &right[bytes..]);
    let end = one.chars().rev().zip(other.chars().rev()).take_while(|(one, other)| one == other);
    let bytes: usize = end.map(|(letter, _)| letter.len_utf8()).sum();
    let differs = |word: &'_ str| -> (Option<char>, Option<char>, bool) {
        let mut letters = word[..word.len() - bytes].chars();
        (letters.next(), letters.next(), letters.next().is_none())
    };
    let replaces = match (differs(one), differs(other)) {
        ((Some(_), None, true), (None, ..)) | ((None, ..), (Some(_), None, true)) => None,
        ((Some(a), Some(b), true), (Some(c), Some(d), true)) if a == d && b == c => None,
        ((Some(one), None, true), (Some(other), None, true)) => Some(Keys(one, other)),
        _ => return None,
    };
    Some(Slip { length: word.chars().count(), start, replaces })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn misspelt_words_are_found() {
        for (text, found) in [
            ("Förvaltningen förslår att nämnden godkäner det.", vec!["förslår", "godkäner"]),
            ("De vill utrycka stöd och träda ikraft.", vec!["utrycka", "ikraft"]),
            ("Förvalningen anser.", vec!["Förvalningen"]),
            (
                "Trygghetsvandring, trygghetsvandring och trygghetsvandring, tryghetsvandring.",
                vec!["tryghetsvandring"],
            ),
            ("Skolenheten och skolenheter, avtalet och antalet, förslag och förlag.", vec![]),
            ("Nämnderna, nämndens, nämnder, förvaltningens, förvaltningarna.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "felstavning", text), found, "{text}");
        }
    }

    #[test]
    fn words_that_are_split_are_found() {
        assert_eq!(
            in_text(RULES, "särskrivning", "Social tjänsten anser för skolan, som är väl fungerande."),
            ["Social tjänsten"]
        );
    }
}
