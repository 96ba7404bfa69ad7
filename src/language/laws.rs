//! A register of laws: their numbers and names, and when each is in force.

use jiff::civil::Date;

/// A law, or an ordinance.
#[derive(Clone, Debug)]
pub struct Law {
    /// Its number: `2010:800`.
    pub number: String,
    /// Its name in the definite form, in small letters: `skollagen`, `lagen om viten`.
    pub name: String,
    /// The same as it is written in running text: `lagen om Förenta nationernas konvention om barnets rättigheter`.
    pub written: String,
    /// Its title without the number, in small letters: `skollag`, `lag om viten`.
    pub title: String,
    /// What it is called for short, as written: `SoL`.
    pub short: Vec<String>,
    /// The first day that it is in force, where that is known.
    pub from: Option<Date>,
    /// The first day that it is not, where that is known.
    pub repealed: Option<Date>,
    /// The number of what came instead.
    pub successor: Option<String>,
    /// Whether its sections begin again in each chapter, where that is known.
    pub has_chapters: Option<bool>,
}

impl Law {
    /// Whether it has been repealed by this day.
    pub fn is_repealed(&self, day: Date) -> bool {
        self.repealed.is_some_and(|repealed| repealed <= day)
    }

    /// Whether it is an ordinance, which can have the title of a law.
    pub fn is_ordinance(&self) -> bool {
        self.name.starts_with("förordning") || self.name.ends_with("förordningen")
    }

    /// What stands after the number in its name: `om viten`; nothing where the name is one word.
    pub fn tail(&self) -> &str {
        ["lagen ", "förordningen "].iter().find_map(|head| self.name.strip_prefix(head)).unwrap_or_default()
    }
}

/// Reads a register, one law a line, with tabs between what is said of it. What begins with `#` is a comment.
pub fn parse(register: &str) -> Vec<Law> {
    register.lines().filter(|line| !line.starts_with('#')).filter_map(law).collect()
}

fn law(line: &str) -> Option<Law> {
    let mut cells = line.split('\t').map(str::trim);
    let mut next = || cells.next().unwrap_or_default();
    let (number, name, title, short, from, repealed, successor, chapters) =
        (next(), next(), next(), next(), next(), next(), next(), next());
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Some(Law {
        number: some(number)?,
        name: some(name)?.to_lowercase(),
        written: name.to_owned(),
        title: title.to_lowercase(),
        short: short.split(',').filter_map(|short| some(short.trim())).collect(),
        from: from.parse().ok(),
        repealed: repealed.parse().ok(),
        successor: some(successor),
        has_chapters: match chapters {
            "ja" => Some(true),
            "nej" => Some(false),
            _ => None,
        },
    })
}
