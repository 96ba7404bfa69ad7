//! What a Hunspell affix file says of how words are made of stems: the endings, and what can be part of a compound.

use rustc_hash::FxHashMap;

/// Where in a word a part of it can stand: one bit each.
pub type Stands = u8;

/// It is the word.
pub const ALONE: Stands = 1;
/// First in a compound.
pub const FIRST: Stands = 2;
/// Neither first nor last in one.
pub const MIDDLE: Stands = 4;
/// Last in one.
pub const LAST: Stands = 8;

/// An affix file.
#[derive(Default)]
pub struct Affixes {
    endings: FxHashMap<char, Vec<Ending>>,
    /// Where the flags of compounds let a part stand.
    compounds: FxHashMap<char, Stands>,
    /// What compounds must not look like: the letters, and what they are taken for.
    pub likened: Vec<(Vec<char>, Vec<char>)>,
    /// Whether a word can be made of its stems in ways that are not known here.
    pub are_others: bool,
}

/// An ending that a flag allows.
pub struct Ending {
    /// The letters at the end of the stem that it takes the place of.
    pub away: Vec<char>,
    /// Its own letters.
    letters: Vec<char>,
    /// The flags of what it makes.
    pub flags: String,
}

/// What makes words of stems in other ways than by endings and compounds.
const OTHERS: &[&str] =
    &["PFX", "ICONV", "IGNORE", "FLAG", "AF", "CHECKCOMPOUNDPATTERN", "CHECKSHARPS", "COMPLEXPREFIXES"];

impl Affixes {
    /// Reads one.
    pub fn new(text: &str) -> Self {
        let mut affixes = Self::default();
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match *words.as_slice() {
                ["SFX", flag, away, letters, _, ..] => affixes.end(flag, away, letters),
                ["COMPOUNDFLAG", flags] => affixes.compound(flags, FIRST | MIDDLE | LAST),
                ["COMPOUNDBEGIN", flags] => affixes.compound(flags, FIRST),
                ["COMPOUNDMIDDLE", flags] => affixes.compound(flags, MIDDLE),
                ["COMPOUNDEND" | "COMPOUNDLAST", flags] => affixes.compound(flags, LAST),
                ["COMPOUNDRULE", flags] => affixes.compound(flags, FIRST | MIDDLE | LAST),
                ["REP", from, to] => affixes.likened.push((from.chars().collect(), to.chars().collect())),
                [first, ..] => affixes.are_others |= OTHERS.contains(&first),
                [] => {}
            }
        }
        affixes
    }

    fn end(&mut self, flag: &str, away: &str, said: &str) {
        let nothing = |said: &str| if said == "0" { Vec::new() } else { said.chars().collect() };
        let (letters, flags) = said.split_once('/').unwrap_or((said, ""));
        let ending = Ending { away: nothing(away), letters: nothing(letters), flags: flags.to_owned() };
        self.endings.entry(flag.chars().next().unwrap_or_default()).or_default().push(ending);
    }

    fn compound(&mut self, flags: &str, stands: Stands) {
        for flag in flags.chars() {
            *self.compounds.entry(flag).or_default() |= stands;
        }
    }

    /// The endings that what ends in these letters and has these flags can take.
    pub fn endings(&self, flags: &str, letters: &[char]) -> impl Iterator<Item = &Ending> {
        let allowed = flags.chars().filter_map(|flag| self.endings.get(&flag)).flatten();
        allowed.filter(|ending| letters.ends_with(&ending.away))
    }

    /// Where what has these flags can stand, in a compound.
    pub fn stands(&self, flags: &str) -> Stands {
        flags.chars().filter_map(|flag| self.compounds.get(&flag)).fold(0, |all, stands| all | stands)
    }
}

impl Ending {
    /// What these letters become with it.
    pub fn of(&self, letters: &[char]) -> Vec<char> {
        [&letters[..letters.len() - self.away.len()], &self.letters].concat()
    }
}
