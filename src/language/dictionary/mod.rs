//! A Hunspell dictionary, of which no more is read than what is asked for.
//!
//! To read all 150,000 words of it takes longer than to check a case. So the stems that can be part of a word are
//! looked up where they lie, and Spellbook, which judges, is given those alone.

mod affixes;
mod parts;
mod slips;
mod stems;

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};
use spellbook::Dictionary as Speller;

use affixes::Affixes;
use parts::{Parts, StemKeys};
use slips::slips;
use stems::{Lines, Stems};

/// Words as Hunspell writes them: an affix file, and a list of stems with flags. What is asked is in small letters.
pub struct Dictionary {
    affixes: Affixes,
    /// The affix file without what lets words be joined.
    single: String,
    stems: Stems,
    read: RwLock<Read>,
    known: Mutex<FxHashMap<String, bool>>,
}

/// What has been read so far.
struct Read {
    speller: Speller,
    keys: FxHashSet<Vec<char>>,
}

impl Dictionary {
    /// An affix file, and the stems as they were [`packed`]; none if they are something else.
    pub fn new(affixes: &str, packed: Cow<'static, [u8]>) -> Option<Self> {
        let speller = Speller::new(affixes, "0\n").ok()?;
        Some(Self {
            affixes: Affixes::new(affixes),
            single: without_compounds(affixes),
            stems: Stems::new(packed)?,
            read: RwLock::new(Read { speller, keys: FxHashSet::default() }),
            known: Mutex::default(),
        })
    }

    /// Which of these words the dictionary does not know, neither alone nor as compounds.
    pub fn unknown<'w>(&self, words: &[&'w str]) -> FxHashSet<&'w str> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let new: Vec<&str> = {
            let known = known();
            words.iter().filter(|word| !known.contains_key(**word)).copied().collect()
        };
        if !new.is_empty() {
            let mut parts = Parts::of(&self.stems, &self.affixes);
            // To look for parts of words that are known without takes time.
            let rest = self.refused(&new, |word, found| parts.of_simple(word, found));
            let refused = self.refused(&rest, |word, found| parts.of_any(word, found));
            let mut known = known();
            known.extend(new.iter().map(|word| ((*word).to_owned(), true)));
            known.extend(refused.iter().map(|word| ((*word).to_owned(), false)));
        }
        let known = known();
        words.iter().filter(|word| known.get(**word) == Some(&false)).copied().collect()
    }

    /// Which of these words the dictionary has on their own, and not only as compounds of others.
    pub fn on_their_own(&self, words: &[&str]) -> FxHashSet<String> {
        let mut parts = Parts::of(&self.stems, &self.affixes);
        let mut keys = StemKeys::default();
        for word in words {
            parts.of_simple(&word.chars().collect::<Vec<char>>(), &mut keys);
        }
        let Some(mut speller) = Speller::new(&self.single, "0\n").ok().filter(|_| !keys.is_empty()) else {
            return FxHashSet::default();
        };
        for (key, lines) in keys {
            self.read(&mut speller, &key, lines);
        }
        words.iter().filter(|word| speller.check(word)).map(|word| (*word).to_owned()).collect()
    }

    /// For each of these words the known ones that differ from it in one letter, or in two that changed places: those
    /// that are `usual` first, then those with the same letters.
    pub fn near(&self, words: &[&str], usual: impl Fn(&str) -> bool) -> Vec<Vec<String>> {
        let mut parts = Parts::of(&self.stems, &self.affixes);
        let mut near: Vec<Vec<String>> = words.iter().map(|word| self.possible(word, &mut parts)).collect();
        let possible = near.clone();
        let all: Vec<&str> = possible.iter().flatten().map(String::as_str).collect();
        let unknown = self.unknown(&all);
        for near in &mut near {
            near.retain(|word| !unknown.contains(word.as_str()));
            near.sort_by_key(|near| !usual(near));
        }
        near
    }

    /// What a word can have been before one slip, as far as there are parts for it.
    fn possible(&self, word: &str, parts: &mut Parts) -> Vec<String> {
        let letters: Vec<char> = word.chars().collect();
        let mut parted = parts.parted(&letters);
        let mut seen = FxHashSet::from_iter([word.to_owned()]);
        let possible =
            slips(&letters).filter(|slip| self.affixes.are_others || parts.may_be(&mut parted, slip));
        let possible = possible.map(|slip| slip.letters.iter().collect::<String>());
        possible.filter(|slip| seen.insert(slip.clone())).collect()
    }

    /// Which of these words Spellbook refuses when it has the stems that it needs.
    fn refused<'w>(&self, words: &[&'w str], mut needed: impl FnMut(&[char], &mut StemKeys)) -> Vec<&'w str> {
        let mut keys = StemKeys::default();
        for word in words {
            let letters: Vec<char> = word.chars().collect();
            needed(&letters, &mut keys);
        }
        self.add(keys);
        let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
        words.iter().filter(|word| !read.speller.check(word)).copied().collect()
    }

    /// Reads the stems of these keys, those that are not read yet.
    fn add(&self, keys: StemKeys) {
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        for (key, lines) in keys {
            if !read.keys.contains(&key) {
                self.read(&mut read.speller, &key, lines);
                read.keys.insert(key);
            }
        }
    }

    /// Reads the stems of a key into a speller.
    fn read(&self, speller: &mut Speller, key: &[char], lines: Lines) {
        let stem: String = key.iter().collect();
        for line in self.stems.of(lines) {
            let between = if line.flags.is_empty() { "" } else { "/" };
            // What it cannot read is none of its words.
            let _ = speller.add(&[&stem, &line.rest, between, &line.flags].concat());
        }
    }
}

/// An affix file by whose rules no words are joined.
fn without_compounds(affixes: &str) -> String {
    const JOIN: [&str; 6] =
        ["COMPOUNDFLAG", "COMPOUNDBEGIN", "COMPOUNDMIDDLE", "COMPOUNDEND", "COMPOUNDLAST", "COMPOUNDRULE"];
    let joins = |line: &str| JOIN.iter().any(|word| line.starts_with(word));
    affixes.lines().filter(|line| !joins(line)).flat_map(|line| [line, "\n"]).collect()
}

/// The stems of a dictionary as [`Dictionary::new`] takes them. The affix file tells what endings take away of them.
pub fn packed(affixes: &str, stems: &str) -> Vec<u8> {
    Stems::packed(&Affixes::new(affixes), stems)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AFFIXES: &str = "SET UTF-8\nSFX K Y 2\nSFX K el le el\nSFX K 0 en [^l]\nSFX S Y 1\nSFX S 0 s/WX .\n\
                           COMPOUNDPERMITFLAG W\nCOMPOUNDBEGIN X\nCOMPOUNDEND Y\nCOMPOUNDMIN 2\nCHECKCOMPOUNDREP\nREP 1\nREP t tt\n";

    fn dictionary(affixes: &str, words: &str) -> Dictionary {
        let packed = packed(affixes, &format!("9\n{words}"));
        Dictionary::new(affixes, Cow::Owned(packed)).expect("a dictionary")
    }

    #[test]
    fn a_word_is_known_with_its_endings_and_as_a_compound() {
        let words =
            dictionary(AFFIXES, "bok/KSX\nhylla/Y\nel/K\nskola/S\nsko/X\nlåta/Y\nskolåtta\nStockholm\n");
        let all = [
            "bok",
            "boken",
            "bokhylla",
            "bokshylla",
            "el",
            "le",
            "hyllabok",
            "bokhyla",
            "skolåta",
            "stockholm",
        ];
        // What is as another known word but for one mistake is no compound.
        let unknown = FxHashSet::from_iter(["hyllabok", "bokhyla", "skolåta", "stockholm"]);
        assert_eq!(words.unknown(&all), unknown);
        // Whatever was asked before.
        let again =
            dictionary(AFFIXES, "bok/KSX\nhylla/Y\nel/K\nskola/S\nsko/X\nlåta/Y\nskolåtta\nStockholm\n");
        for word in all {
            assert_eq!(again.unknown(&[word]).is_empty(), !unknown.contains(word), "{word}");
        }
    }

    #[test]
    fn what_is_near_is_one_slip_away_wherever_in_a_compound() {
        let words = dictionary(AFFIXES, "bok/KSX\nbro/KX\nhylla/Y\n");
        for (word, near) in [
            ("bkoen", vec!["boken", "broen"]),
            ("bokhylla", vec!["bokshylla"]),
            ("bokhyla", vec!["bokhylla"]),
            ("bokkhylla", vec!["bokhylla", "bokshylla"]),
            ("bohylla", vec!["brohylla", "bokhylla"]),
            ("okhylla", vec!["bokhylla"]),
            ("bokhyllx", vec!["bokhylla"]),
            ("xyz", vec![]),
        ] {
            assert_eq!(words.near(&[word], |_| false), [near], "{word}");
        }
        assert_eq!(words.near(&["bohylla"], |word| word == "bokhylla"), [["bokhylla", "brohylla"]]);
    }

    #[test]
    fn an_affix_file_with_more_in_it_is_heeded() {
        let affixes = format!("{AFFIXES}PFX O Y 1\nPFX O 0 o .\n");
        let words = dictionary(&affixes, "lycka/O\n");
        assert!(words.unknown(&["olycka", "lycka"]).is_empty());
        assert_eq!(words.near(&["olyka"], |_| false), [["olycka"]]);
    }
}
