//! The stems of a dictionary as an automaton, which is asked where it lies: nothing is unfolded at the start.
//!
//! A stem is found by its key, the letters that no ending takes away from it. What is asked about is in small letters,
//! so that stems with capitals are left out.

use std::borrow::Cow;

use fst::SetBuilder;
use fst::raw::{CompiledAddr, Fst, Node};

use super::affixes::Affixes;

/// Stems with their flags.
pub struct Stems(Fst<Cow<'static, [u8]>>);

/// What stands between the key and the rest of its line.
const BETWEEN: u8 = b'\t';

/// A stem behind its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stem {
    /// What an ending may take away from it.
    pub rest: String,
    /// Its flags.
    pub flags: String,
}

/// The lines of a key.
#[derive(Clone, Copy)]
pub struct Lines(CompiledAddr);

impl Stems {
    /// The words of a dictionary, packed.
    pub fn packed(affixes: &Affixes, words: &str) -> Vec<u8> {
        let lines = words.strip_prefix('\u{feff}').unwrap_or(words).lines().skip(1);
        let mut entries: Vec<String> = lines.filter_map(|line| entry(line, affixes)).collect();
        entries.sort_unstable();
        entries.dedup();
        let mut set = SetBuilder::memory();
        // They are sorted, and memory takes what it is given.
        let packed = entries.iter().try_for_each(|entry| set.insert(entry)).and_then(|()| set.into_inner());
        packed.unwrap_or_default()
    }

    /// Words that were packed.
    pub fn new(packed: Cow<'static, [u8]>) -> Option<Self> {
        Fst::new(packed).ok().map(Self)
    }

    /// The keys that these letters begin with, by how many letters they have, the shortest first.
    pub fn along(&self, letters: &[char]) -> impl Iterator<Item = (usize, Lines)> {
        let mut letters = letters.iter();
        let nodes = std::iter::successors(Some(self.0.root()), move |node| {
            let mut bytes = [0; 4];
            let mut bytes = letters.next()?.encode_utf8(&mut bytes).bytes();
            bytes.try_fold(*node, |node, byte| self.next(node, byte))
        });
        nodes.enumerate().filter_map(|(length, node)| Some((length, Lines(self.next(node, BETWEEN)?.addr()))))
    }

    /// The stems of a key.
    pub fn of(&self, lines: Lines) -> Vec<Stem> {
        let mut found = Vec::new();
        self.read(self.0.node(lines.0), &mut Vec::new(), &mut found);
        found
    }

    fn next<'a>(&'a self, node: Node<'a>, byte: u8) -> Option<Node<'a>> {
        node.find_input(byte).map(|at| self.0.node(node.transition_addr(at)))
    }

    fn read(&self, node: Node, said: &mut Vec<u8>, found: &mut Vec<Stem>) {
        if node.is_final() {
            let line = String::from_utf8_lossy(said);
            let (rest, flags) = line.split_once('/').unwrap_or((&line, ""));
            found.push(Stem { rest: rest.to_owned(), flags: flags.to_owned() });
        }
        for transition in node.transitions() {
            said.push(transition.inp);
            self.read(self.0.node(transition.addr), said, found);
            said.pop();
        }
    }
}

/// A line of a dictionary as it is packed.
fn entry(line: &str, affixes: &Affixes) -> Option<String> {
    let (stem, flags) = line.split_once('/').unwrap_or((line, ""));
    let letters: Vec<char> = stem.chars().collect();
    let taken = affixes.endings(flags, &letters).map(|ending| ending.away.len()).max().unwrap_or_default();
    let length: usize = letters.iter().take(letters.len() - taken).map(|letter| letter.len_utf8()).sum();
    let is_asked = !stem.is_empty() && !line.contains('\t') && !stem.contains(char::is_uppercase);
    is_asked.then(|| format!("{}\t{}", &line[..length], &line[length..]))
}
