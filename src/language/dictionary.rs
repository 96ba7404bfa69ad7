//! A Hunspell dictionary, of which no more is read than what is asked for.
//!
//! To read all 150,000 words of it takes longer than to check a case. So its lines are sorted by
//! what no ending takes away from a word, the lines that can be part of a word are looked up there,
//! and Spellbook reads those alone. Whoever asks about many cases gets the whole dictionary.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering as Memory};
use std::sync::{Mutex, OnceLock, PoisonError};

use memchr::{memchr, memrchr};
use rustc_hash::{FxHashMap, FxHashSet};
use spellbook::Dictionary as Speller;

/// How many questions are answered from parts of the dictionary before all of it is read.
const FEW: usize = 12;

/// The letters that one can be mistaken for another, or be left out.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzåäöé";

/// Words as Hunspell writes them: an affix file, and a list of stems with flags.
#[derive(Debug, Default)]
pub struct Dictionary {
    affixes: String,
    /// The stems, a line each, sorted by their keys.
    stems: String,
    /// How many letters the endings that a flag allows can take away.
    taken: FxHashMap<char, usize>,
    most_taken: usize,
    known: Mutex<FxHashMap<String, bool>>,
    asked: AtomicUsize,
    whole: OnceLock<Option<Speller>>,
}

impl Dictionary {
    /// The two files of a dictionary, the stems in any order.
    pub fn new(affixes: &str, stems: &str) -> Self {
        let mut dictionary = Self::sorted(affixes, "");
        let stems = stems.strip_prefix('\u{feff}').unwrap_or(stems);
        let mut lines: Vec<&str> = stems.lines().skip(1).filter(|line| !line.is_empty()).collect();
        lines.sort_by(|one, other| dictionary.key(one).cmp(dictionary.key(other)));
        dictionary.stems = lines.iter().flat_map(|line| [line, "\n"]).collect();
        dictionary
    }

    /// The two files of a dictionary whose stems, a line each, are sorted by what no ending takes away.
    pub fn sorted(affixes: &str, stems: impl Into<String>) -> Self {
        let taken = taken(affixes);
        let most_taken = taken.values().max().copied().unwrap_or_default();
        Self { affixes: affixes.to_owned(), stems: stems.into(), taken, most_taken, ..Self::default() }
    }

    /// What no ending takes away from the stem of a line, in small letters.
    fn key<'a>(&self, line: &'a str) -> impl Iterator<Item = char> + use<'a> {
        let stem = line.split('/').next().unwrap_or_default();
        stem.chars().take(self.kept(line)).map(small)
    }

    /// How many letters of a line's stem no ending takes away.
    fn kept(&self, line: &str) -> usize {
        let (stem, flags) = line.split_once('/').unwrap_or((line, ""));
        let taken = flags.chars().filter_map(|flag| self.taken.get(&flag)).max().copied().unwrap_or_default();
        stem.chars().count().saturating_sub(taken).max(1)
    }

    /// Which of these words the dictionary does not know, neither alone nor as compounds.
    pub fn unknown<'w>(&self, words: &[&'w str]) -> FxHashSet<&'w str> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let new: Vec<&str> = {
            let known = known();
            words.iter().filter(|word| !known.contains_key(**word)).copied().collect()
        };
        if !new.is_empty() {
            let found: Vec<bool> =
                self.with(&new, |speller| new.iter().map(|word| speller.check(word)).collect());
            known().extend(new.iter().map(|word| (*word).to_owned()).zip(found));
        }
        let known = known();
        words.iter().filter(|word| known.get(**word) == Some(&false)).copied().collect()
    }

    /// Which of these words the dictionary has on their own, and not only as compounds of others.
    pub fn on_their_own(&self, words: &[&str]) -> FxHashSet<String> {
        const COMPOUNDS: [&str; 4] = ["COMPOUNDBEGIN", "COMPOUNDMIDDLE", "COMPOUNDEND", "COMPOUNDRULE"];
        let joins = |line: &&str| COMPOUNDS.iter().any(|word| line.starts_with(word));
        let alone: Vec<&str> = self.affixes.lines().filter(|line| !joins(line)).collect();
        let Ok(speller) = Speller::new(&alone.join("\n"), &counted(&self.part(words))) else {
            return FxHashSet::default();
        };
        words.iter().filter(|word| speller.check(word)).map(|word| (*word).to_owned()).collect()
    }

    /// The known words that differ from this one in one letter, or in two that changed places: those
    /// that are `usual` first, then those with the same letters.
    pub fn near(&self, word: &str, usual: impl Fn(&str) -> bool) -> Vec<String> {
        let slips = slips(word);
        let all: Vec<&str> = slips.iter().map(String::as_str).collect();
        let mut near = self.with(&all, |speller| {
            all.iter().filter(|slip| speller.check(slip)).map(|slip| (*slip).to_owned()).collect::<Vec<_>>()
        });
        near.sort_by_key(|near| !usual(near));
        near
    }

    /// Asks a dictionary that holds all that can be part of these words.
    fn with<T>(&self, words: &[&str], ask: impl FnOnce(&Speller) -> T) -> T
    where
        T: Default,
    {
        if self.asked.fetch_add(1, Memory::Relaxed) >= FEW {
            let whole = self.whole.get_or_init(|| Speller::new(&self.affixes, &counted(&self.stems)).ok());
            return whole.as_ref().map(ask).unwrap_or_default();
        }
        let part = Speller::new(&self.affixes, &counted(&self.part(words)));
        part.as_ref().map(ask).unwrap_or_default()
    }

    /// The lines whose keys stand anywhere in these words.
    pub fn part(&self, words: &[&str]) -> String {
        let mut walked: FxHashMap<String, Range<usize>> = HashMap::default();
        let mut part = String::new();
        let mut take = |beginning: &str, range: Range<usize>| {
            // The lines with just this key come first of those whose keys begin with it.
            let length = beginning.chars().count();
            let mut at = range.start;
            while at < range.end {
                let line = self.line(at);
                if self.key(line).nth(length).is_some() {
                    break;
                }
                part.push_str(line);
                part.push('\n');
                at += line.len() + 1;
            }
        };
        for word in words {
            let letters: Vec<char> = word.chars().map(small).collect();
            for start in 0..letters.len() {
                let mut range = 0..self.stems.len();
                let mut beginning = String::new();
                for letter in &letters[start..] {
                    beginning.push(*letter);
                    range = match walked.get(&beginning) {
                        Some(range) => range.clone(),
                        None => {
                            let found = self.narrowed(range, &beginning);
                            take(&beginning, found.clone());
                            walked.insert(beginning.clone(), found.clone());
                            found
                        }
                    };
                    if range.is_empty() {
                        break;
                    }
                }
            }
        }
        part
    }

    /// The lines in a range of such whose keys begin so.
    fn narrowed(&self, range: Range<usize>, beginning: &str) -> Range<usize> {
        let start = self.first(range.clone(), |at| self.compared(at, beginning) != Ordering::Less);
        start..self.first(start..range.end, |at| self.compared(at, beginning) == Ordering::Greater)
    }

    /// Where the first line of a range begins for which something holds that holds for all after it.
    fn first(&self, range: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
        let (mut start, mut end) = (range.start, range.end);
        while start < end {
            let before = &self.stems.as_bytes()[start..start + (end - start) / 2];
            let begins = memrchr(b'\n', before).map_or(start, |at| start + at + 1);
            if holds(begins) { end = begins } else { start = begins + self.line(begins).len() + 1 }
        }
        start
    }

    /// How the beginning of the key of the line that begins here is to this one.
    fn compared(&self, at: usize, beginning: &str) -> Ordering {
        let mut letters = self.stems[at..].chars();
        let mut same = 0;
        let order = beginning.chars().find_map(|letter| match letters.next() {
            None | Some('/' | '\n') => Some(Ordering::Less),
            Some(own) => {
                let order = small(own).cmp(&letter);
                same += usize::from(order.is_eq());
                Some(order).filter(|order| order.is_ne())
            }
        });
        // What an ending takes away is no part of the key; to know how much that is takes time.
        let is_near_end = letters.take(self.most_taken).any(|letter| matches!(letter, '/' | '\n'));
        match order {
            Some(order) if !is_near_end => order,
            None if !is_near_end => Ordering::Equal,
            _ if self.kept(self.line(at)) < same + usize::from(order.is_some()) => Ordering::Less,
            order => order.unwrap_or(Ordering::Equal),
        }
    }

    /// The line that begins here.
    fn line(&self, at: usize) -> &str {
        let end = memchr(b'\n', &self.stems.as_bytes()[at..]).map_or(self.stems.len(), |length| at + length);
        &self.stems[at..end]
    }
}

/// How many letters at most the endings take away that each flag of an affix file allows.
fn taken(affixes: &str) -> FxHashMap<char, usize> {
    let mut taken = FxHashMap::default();
    for line in affixes.lines() {
        let mut parts = line.split_whitespace();
        let (Some("SFX"), Some(flag), Some(away), Some(_), Some(_)) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let length = if away == "0" { 0 } else { away.chars().count() };
        let most = taken.entry(flag.chars().next().unwrap_or_default()).or_default();
        *most = length.max(*most);
    }
    taken
}

/// Lines of stems as Hunspell wants them, below a number that it takes as a hint.
fn counted(stems: &str) -> String {
    format!("{}\n{stems}", stems.len() / 16 + 1)
}

fn small(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let mut small = letter.to_lowercase();
    small.next().filter(|_| small.next().is_none()).unwrap_or(letter)
}

/// What a word can have been before one slip: two letters that changed places, one left out, one
/// too many, one for another. The likeliest first.
fn slips(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut slips = Vec::new();
    let mut seen = FxHashSet::from_iter([word.to_owned()]);
    let mut push = |slip: Vec<char>| {
        let slip: String = slip.into_iter().collect();
        if seen.insert(slip.clone()) {
            slips.push(slip);
        }
    };
    for at in 1..letters.len() {
        let mut slip = letters.clone();
        slip.swap(at - 1, at);
        push(slip);
    }
    for at in 0..letters.len() {
        let mut slip = letters.clone();
        slip.remove(at);
        push(slip);
    }
    for at in 0..=letters.len() {
        for letter in LETTERS.chars() {
            let mut slip = letters.clone();
            slip.insert(at, letter);
            push(slip);
        }
    }
    for at in 0..letters.len() {
        for letter in LETTERS.chars() {
            let mut slip = letters.clone();
            slip[at] = letter;
            push(slip);
        }
    }
    slips
}
