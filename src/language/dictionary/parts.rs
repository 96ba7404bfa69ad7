//! The parts that a word can be made of: which stems it takes to judge it, and which slips can be words at all.
//!
//! No ending's condition is looked at, nor what a compound must not be: what is made of no parts is no word, what is
//! made of some may be one.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::affixes::{ALONE, Affixes, FIRST, LAST, MIDDLE, Stands};
use super::slips::MendedWord;
use super::stems::{Lines, Stem, Stems};

/// Keys of stems, with their lines.
pub type StemKeys = FxHashMap<Vec<char>, Lines>;

/// The parts of words, each looked up once.
pub struct Parts<'d> {
    stems: &'d Stems,
    affixes: &'d Affixes,
    /// By their keys.
    known: FxHashMap<Vec<char>, Rc<[Forms]>>,
    /// Those of equal stems behind their keys.
    forms: FxHashMap<Stem, Forms>,
}

/// What a stem becomes with its endings.
type Forms = Rc<[Form]>;

struct Form {
    /// The letters behind the key.
    tail: Vec<char>,
    stands: Stands,
}

/// A word, and where it can be parted.
pub struct Parted<'w> {
    letters: &'w [char],
    /// Whether a part can begin here, behind others.
    begun: Vec<bool>,
    /// Whether parts can begin here that reach the end, as far as that is known.
    ended: Vec<Option<bool>>,
}

impl<'d> Parts<'d> {
    /// Those of this dictionary.
    pub fn of(stems: &'d Stems, affixes: &'d Affixes) -> Self {
        Self { stems, affixes, known: FxHashMap::default(), forms: FxHashMap::default() }
    }

    /// The keys of the stems that can be a word without others.
    pub fn of_simple(&mut self, word: &[char], found: &mut StemKeys) {
        self.each(word, 0, |(key, lines), end, _| {
            if end == word.len() {
                found.entry(word[..key].to_owned()).or_insert(lines);
            }
        });
    }

    /// The keys of the stems that it takes to judge any word.
    pub fn of_any(&mut self, word: &[char], found: &mut StemKeys) {
        let mut parted = self.parted(word);
        let stems = self.stems;
        for start in (0..word.len()).filter(|start| parted.begun[*start] || self.affixes.are_others) {
            for (length, lines) in stems.along(&word[start..]) {
                found.entry(word[start..start + length].to_owned()).or_insert(lines);
            }
        }
        let is_compound = (1..word.len()).any(|start| parted.begun[start] && self.ends(&mut parted, start));
        for start in (0..word.len()).filter(|start| is_compound && parted.begun[*start]) {
            self.of_likened(&word[start..], found);
        }
    }

    /// The keys of what a compound must not be like.
    fn of_likened(&mut self, letters: &[char], found: &mut StemKeys) {
        let affixes = self.affixes;
        for (from, to) in &affixes.likened {
            for at in (0..letters.len()).filter(|at| letters[*at..].starts_with(from)) {
                let like = [&letters[..at], to, &letters[at + from.len()..]].concat();
                self.each(&like, 0, |(key, lines), end, _| {
                    if end >= at + to.len() {
                        found.entry(like[..key].to_owned()).or_insert(lines);
                    }
                });
            }
        }
    }

    /// Where a word can be parted.
    pub fn parted<'w>(&mut self, letters: &'w [char]) -> Parted<'w> {
        let mut begun = vec![false; letters.len() + 1];
        begun[0] = true;
        for start in 0..letters.len() {
            if begun[start] {
                self.each(letters, start, |_, end, stands| {
                    if stands & before(start) != 0 {
                        following(start, end).for_each(|next| begun[next] = true);
                    }
                });
            }
        }
        Parted { letters, begun, ended: vec![None; letters.len() + 1] }
    }

    /// Whether parts can begin at a letter of a word that reach its end.
    fn ends(&mut self, word: &mut Parted, start: usize) -> bool {
        if let Some(known) = word.ended[start] {
            return known;
        }
        let (mut ends, mut nexts) = (false, Vec::new());
        self.each(word.letters, start, |_, end, stands| match end == word.letters.len() {
            true => ends |= stands & LAST != 0,
            false if stands & MIDDLE != 0 => nexts.extend(following(start, end)),
            false => {}
        });
        let ends = ends || nexts.into_iter().any(|next| self.ends(word, next));
        word.ended[start] = Some(ends);
        ends
    }

    /// Whether a word with this slip mended may be one.
    pub fn may_be(&mut self, word: &mut Parted, slip: &MendedWord) -> bool {
        let letters = slip.letters.as_slice();
        let mut open = vec![false; letters.len() + 1];
        open[..=slip.start].copy_from_slice(&word.begun[..=slip.start]);
        // Parts that lie before the slip are the word's own, and so are those behind it.
        for start in 0..slip.end.max(slip.start + 1).min(letters.len()) {
            if !open[start] {
                continue;
            }
            let (mut is_word, mut nexts) = (false, Vec::new());
            self.each(letters, start, |_, end, stands| {
                if end == letters.len() {
                    is_word |= stands & if start == 0 { ALONE } else { LAST } != 0;
                } else if end > slip.start && stands & before(start) != 0 {
                    nexts.extend(following(start, end));
                }
            });
            nexts.iter().filter(|next| **next < slip.end).for_each(|next| open[*next] = true);
            let mut behind = nexts.into_iter().filter(|next| *next >= slip.end);
            if is_word || behind.any(|next| self.ends(word, next + word.letters.len() - letters.len())) {
                return true;
            }
        }
        false
    }

    /// Calls for each part that begins at a letter: how long its key is and its lines, where it ends, and where it can
    /// stand.
    fn each(&mut self, letters: &[char], start: usize, mut found: impl FnMut((usize, Lines), usize, Stands)) {
        let stems = self.stems;
        for (key, lines) in stems.along(&letters[start..]) {
            let behind = start + key;
            for form in self.forms(&letters[start..behind], lines).iter().flat_map(|forms| forms.iter()) {
                let end = behind + form.tail.len();
                if end <= letters.len()
                    && letters[behind..].iter().zip(&form.tail).all(|(one, other)| one == other)
                {
                    found((key, lines), end, form.stands);
                }
            }
        }
    }

    fn forms(&mut self, key: &[char], lines: Lines) -> Rc<[Forms]> {
        if let Some(known) = self.known.get(key) {
            return known.clone();
        }
        let (affixes, stems) = (self.affixes, self.stems);
        let forms = stems.of(lines).into_iter().map(|stem| match self.forms.get(&stem) {
            Some(known) => known.clone(),
            None => {
                let forms = of_stem(&stem, affixes);
                self.forms.insert(stem, forms.clone());
                forms
            }
        });
        let forms: Rc<[Forms]> = forms.collect();
        self.known.insert(key.to_owned(), forms.clone());
        forms
    }
}

/// What a stem becomes with its endings, of which one can have another behind it.
fn of_stem(stem: &Stem, affixes: &Affixes) -> Forms {
    let rest: Vec<char> = stem.rest.chars().collect();
    let stands = ALONE | affixes.stands(&stem.flags);
    let mut forms = Vec::new();
    for ending in affixes.endings(&stem.flags, &rest) {
        let tail = ending.of(&rest);
        let others = affixes.endings(&ending.flags, &tail);
        forms.extend(others.map(|other| Form { tail: other.of(&tail), stands }));
        forms.push(Form { tail, stands: stands | affixes.stands(&ending.flags) });
    }
    forms.push(Form { tail: rest, stands });
    forms.into()
}

/// Where what goes before another part must be able to stand.
fn before(start: usize) -> Stands {
    if start == 0 { FIRST } else { MIDDLE }
}

/// Where the part behind one can begin: it can share a letter with it, for of three equal ones where two parts meet one
/// is left out, and Spellbook does not ask whether there would be three.
fn following(start: usize, end: usize) -> impl Iterator<Item = usize> {
    [Some(end), (end >= start + 2).then(|| end - 1)].into_iter().flatten()
}
