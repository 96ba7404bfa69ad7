//! The names of förvaltningar, and the cities that have them.

/// Förvaltningar that are known by name.
#[derive(Clone, Debug, Default)]
pub struct Offices(Vec<(String, Vec<String>)>);

impl Offices {
    /// Reads a list, a name a line, with the cities that have it after a bar: `Trafikkontoret | Stockholm`.
    /// What begins with `#` is a comment.
    pub fn parse(list: &str) -> Self {
        let lines = list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let offices = lines.map(|line| {
            let (name, cities) = line.split_once('|').unwrap_or((line, ""));
            let cities = cities.split(',').map(|city| city.trim().to_owned()).filter(|city| !city.is_empty());
            (name.trim().to_lowercase(), cities.collect())
        });
        Self(offices.collect())
    }

    /// Whether a name, in small letters, is that of a known one.
    pub fn knows(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// The förvaltning that is called by a word (”kultur” in kulturdirektör), if each city that has this one has it.
    pub fn beside(&self, name: &str, word: &str) -> Option<&str> {
        let cities = self.0.iter().find(|(known, _)| known == name).map_or(&[][..], |(_, cities)| cities);
        let is_called = |known: &str| {
            let rest = known.strip_prefix(word).map(|rest| rest.strip_prefix('s').unwrap_or(rest));
            // ”Socialförvaltningen Centrum” is one of several.
            let rest = rest.and_then(|rest| rest.split(' ').next());
            rest.is_some_and(|rest| ["förvaltningen", "kontoret"].contains(&rest))
        };
        let others: Vec<_> = self.0.iter().filter(|(known, _)| is_called(known)).collect();
        let is_there = |city: &String| others.iter().any(|(_, cities)| cities.contains(city));
        others.first().filter(|_| cities.iter().all(is_there)).map(|(known, _)| known.as_str())
    }
}

/// Whether a name is that of a whole förvaltning rather than a part of one: ”Socialförvaltningen Centrum”
/// is one, too.
pub fn is_whole(name: &str) -> bool {
    let is_office =
        |word: &str| ["förvaltningen", "förvaltning", "kontoret"].iter().any(|ending| word.ends_with(ending));
    is_office(name) || name.split(' ').next().is_some_and(is_office)
}
