//! The parties that documents speak of, with their letters, places, years and names in running text.

use crate::diagnostic::distance;

/// A party's letters.
#[derive(Clone, Debug)]
pub struct Party {
    /// The letters as they are written.
    pub letters: String,
    /// What the party is called in running text, and who belongs to it, in small letters.
    called: Vec<String>,
    member: Option<String>,
    /// Whether the whole country can vote for it.
    pub is_national: bool,
    /// The last year in which the letters were seen, for a party of the past.
    pub seen: Option<i16>,
}

/// Every party that is known.
#[derive(Clone, Debug, Default)]
pub struct Parties(Vec<Party>);

impl Parties {
    /// Reads lines of letters, name, place, last year, what the party is called, with commas between, and
    /// who belongs to it, with tabs between; what begins with `#` is a comment, and the first other line
    /// is the head.
    pub fn parse(table: &str) -> Self {
        let lines = table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        Self(lines.skip(1).filter_map(row).collect())
    }

    /// The parties with these letters, in whatever case.
    pub fn with(&self, letters: &str) -> impl Iterator<Item = &Party> {
        let upper = letters.to_uppercase();
        self.0.iter().filter(move |row| row.letters.to_uppercase() == upper)
    }

    /// The letters of the parties that the whole country can vote for.
    pub fn national(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|row| row.is_national).map(|row| row.letters.as_str())
    }

    /// A party's letters in capitals, from its letters, its name or the word for who belongs to it.
    pub fn letters_of(&self, said: &str) -> String {
        let lower = said.to_lowercase();
        let known =
            self.0.iter().find(|row| row.called.contains(&lower) || row.member.as_ref() == Some(&lower));
        known.map_or_else(|| said.to_uppercase(), |row| row.letters.clone())
    }

    /// Whether a word, in small letters, says that somebody belongs to a party: ”moderaten”.
    pub fn has_member(&self, word: &str) -> bool {
        self.0.iter().any(|row| row.member.as_deref() == Some(word))
    }

    /// Whether a word can only be a party's name, in whatever spelling.
    pub fn are_called(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.0.iter().flat_map(|row| &row.called).any(|party| distance(party, &lower, 2).is_some())
    }

    /// Whether letters in small and capitals, or in small ones only, are a party's own way to write
    /// them: ”Fi”, ”sp”.
    pub fn writes_so(&self, letters: &str) -> bool {
        self.0.iter().any(|row| row.letters == letters)
    }
}

fn row(line: &str) -> Option<Party> {
    let mut cells = line.split('\t').map(str::trim);
    let (letters, _, place) = (cells.next()?, cells.next()?, cells.next()?);
    let seen = cells.next().and_then(|year| year.parse().ok());
    let mut words = || cells.next().filter(|words| !words.is_empty());
    let called = words().map(|words| words.split(", ").map(str::to_owned).collect()).unwrap_or_default();
    let member = words().map(str::to_owned);
    Some(Party { letters: letters.to_owned(), called, member, is_national: place == "riket", seen })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_have_letters_places_and_years() {
        let parties = Parties::parse(
            "# x\nbeteckning\tparti\tplats\tsedd\nS\tA\triket\t\talfa, alfa beta\talfan\nsp\tB\tStockholm\t2001\n",
        );
        assert_eq!(parties.national().collect::<Vec<_>>(), ["S"]);
        assert_eq!(parties.with("SP").next().and_then(|row| row.seen), Some(2001));
        assert!(parties.writes_so("sp") && !parties.writes_so("s"));
        let said = ["Alfan", "alfa beta", "sp"].map(|said| parties.letters_of(said));
        assert_eq!(said, ["S", "S", "SP"]);
        assert!(parties.has_member("alfan") && parties.are_called("Alfa bta") && !parties.has_member("alfa"));
    }
}
