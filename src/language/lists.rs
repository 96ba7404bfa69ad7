//! The lists of words that rules ask for: each is a file of `language/`, many words a line. A folder
//! of one's own adds to them, and takes away what it writes with a minus before it.

use rustc_hash::FxHashSet;

/// A line for each list: its name in the sources, its file, and what is in it.
macro_rules! lists {
    ($($list:ident $file:literal $what:literal;)*) => {
        /// A list of words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum List {
            $(#[doc = $what] $list,)*
        }

        impl List {
            /// Every list, in the order of their numbers.
            pub const ALL: &[List] = &[$(List::$list),*];

            /// Its file.
            pub fn file(self) -> &'static str {
                match self {
                    $(List::$list => concat!("language/", $file),)*
                }
            }
        }
    };
}

lists! {
    FirstNames "fornamn.txt" "Common first names, without accents and in lower case.";
    BeforeNames "namn-fore.txt" "Words that have a capital only because a sentence begins, before a name.";
    Titles "titlar.txt" "How titles end that stand before a name.";
    Surnames "efternamn.txt" "Common surnames, which another one can resemble by chance.";
    EmptyAnswers "svar-tomma.txt" "Words that say nothing of a matter, only of answers: one made of them alone is none.";
    AnswerSigns "svar-tecken.txt" "Beginnings of words that make an answer of empty words none: a reference, a promise, a lack.";
    AfterHave "perfekt-slut.txt" "Words between ”har” and what it has that end a perfect before it began.";
    Supines "supinum.txt" "Supines with endings of their own.";
    EmptyLinks "lanktext-tom.txt" "Words that say nothing of where a link leads, however many of them there are.";
    Functions "funktioner.txt" "Words in the addresses of functions rather than people.";
}

/// The words of a list.
#[derive(Clone, Debug, Default)]
pub struct Words {
    all: Vec<String>,
    known: FxHashSet<String>,
}

impl Words {
    /// Reads a list, the words built in first.
    pub fn parse(text: &str) -> Self {
        let mut words = Self::default();
        for word in super::vocabulary::listed(text) {
            match word.strip_prefix('-').filter(|word| !word.is_empty()) {
                Some(gone) => {
                    words.all.retain(|word| word != gone);
                    words.known.remove(gone);
                }
                None if words.known.insert(word.to_owned()) => words.all.push(word.to_owned()),
                None => {}
            }
        }
        words
    }

    /// Whether a word is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// Whether a word ends as one of them.
    pub fn end(&self, word: &str) -> bool {
        self.all.iter().any(|end| word.ends_with(end.as_str()))
    }

    /// Whether one of them is part of a word.
    pub fn within(&self, word: &str) -> bool {
        self.all.iter().any(|part| word.contains(part.as_str()))
    }

    /// Whether a word begins as one of them.
    pub fn begin(&self, word: &str) -> bool {
        self.all.iter().any(|beginning| word.starts_with(beginning.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Templates;

    #[test]
    fn every_list_has_its_file_with_words() {
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        for list in List::ALL {
            assert!(templates.file(list.file()).is_some(), "{}", list.file());
            assert!(!templates.vocabulary().list(*list).all.is_empty(), "{}", list.file());
        }
    }

    #[test]
    fn a_folder_of_ones_own_adds_and_takes_away() {
        let own = [(List::FirstNames.file().to_owned(), b"# Egna\nbertrand -adam\n".to_vec())];
        let templates = Templates::new(own.into()).expect("right");
        let names = templates.vocabulary().list(List::FirstNames);
        assert!(names.has("bertrand") && names.has("anna") && !names.has("adam"));
    }
}
