//! Words that there is a better one for.

use rustc_hash::FxHashMap;

/// Words, or how they begin, each with what is better.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    whole: FxHashMap<String, String>,
    beginnings: Vec<(String, String)>,
    /// Pairs of words, by the first of them.
    pairs: FxHashMap<String, Vec<(String, String)>>,
}

/// The lists that the review has.
#[derive(Clone, Debug, Default)]
pub struct AllChoices {
    /// Old words for people, and such as fit only women or only men.
    pub people: Choices,
    /// Chancery words.
    pub chancery: Choices,
    /// Abbreviations that are written without the stop they need, each as it should be.
    pub broken_off: Choices,
}

impl Choices {
    /// Reads a list, one word, or two, a line: `fel -> bättre`; a star stands for any ending, and a minus before a word
    /// alone on its line takes it away. What follows `#` is a comment. Of the same word the last line counts.
    pub fn parse(list: &str) -> Self {
        let mut choices = Self::default();
        for line in list.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
            if let Some((word, better)) = line.split_once("->") {
                choices.take(word.trim(), better.trim().to_owned());
            } else if let Some(word) = line.strip_prefix('-') {
                choices.leave(word);
            }
        }
        choices
    }

    fn take(&mut self, word: &str, better: String) {
        self.leave(word);
        if let Some(beginning) = word.strip_suffix('*') {
            self.beginnings.push((beginning.to_owned(), better));
        } else if let Some((one, other)) = word.split_once(' ') {
            self.pairs.entry(one.to_owned()).or_default().push((other.to_owned(), better));
        } else {
            self.whole.insert(word.to_owned(), better);
        }
    }

    fn leave(&mut self, word: &str) {
        if let Some(beginning) = word.strip_suffix('*') {
            self.beginnings.retain(|(known, _)| known != beginning);
        } else if let Some((one, other)) = word.split_once(' ') {
            self.pairs.entry(one.to_owned()).or_default().retain(|(known, _)| known != other);
        } else {
            self.whole.remove(word);
        }
    }

    /// The words that this one, in small letters, should not stand before, each with what is better than both.
    pub fn next_to(&self, word: &str) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.pairs.get(word).map_or(&[][..], Vec::as_slice);
        pairs.iter().map(|(next, better)| (next.as_str(), better.as_str()))
    }

    /// What is better than this word, in small letters.
    pub fn better(&self, word: &str) -> Option<&str> {
        let begins = || self.beginnings.iter().find(|(beginning, _)| word.starts_with(beginning.as_str()));
        self.whole.get(word).or_else(|| begins().map(|(_, better)| better)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use crate::library::Templates;

    #[test]
    fn a_folder_of_ones_own_adds_mends_and_takes_away() {
        let own = [
            ("language/kanslisprak.txt", "hemställ* -> önska\n-erhåll*\nnyord* -> gammalt\n"),
            ("language/forkortningar-punkt.txt", "inkl -> inkl.\n"),
        ];
        let own = own.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let built_in = Templates::new(Default::default()).expect("right");
        let with = Templates::new(own.into()).expect("right");
        let (before, after) = (&built_in.choices().chancery, &with.choices().chancery);
        assert!(before.better("erhålla").is_some() && after.better("erhålla").is_none());
        assert_eq!(after.better("hemställa"), Some("önska"));
        assert_eq!(after.better("nyorden"), Some("gammalt"));
        assert!(before.better("icke").is_some() && after.better("icke") == before.better("icke"));
        let broken_off = &with.choices().broken_off;
        assert_eq!((broken_off.better("inkl"), broken_off.better("mfl")), (Some("inkl."), Some("m.fl.")));
    }
}
