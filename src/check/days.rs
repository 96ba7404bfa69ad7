//! Days in running text: ”tisdagen den 5 mars 2024”, ”2024-03-05”, ”5/3 2024”.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::pattern::{Captures, Pattern, group};
use crate::language::swedish::{month_names, month_number};

/// A day that a text names, whether it exists or not.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The whole of it, weekday included.
    pub range: Range<usize>,
    /// The weekday before it, and where it stands.
    pub weekday: Option<(Weekday, Range<usize>)>,
    /// How it is written.
    pub form: Notation,
    /// The year, where it is said.
    pub year: Option<i16>,
    month: i8,
    day: i8,
}

/// How a day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// 5 mars 2024
    Words,
    /// 2024-03-05
    Digits,
    /// 5/3 2024, 5.3.2024
    Short,
}

/// The Swedish weekdays, from Monday.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("måndag", Weekday::Monday),
    ("tisdag", Weekday::Tuesday),
    ("onsdag", Weekday::Wednesday),
    ("torsdag", Weekday::Thursday),
    ("fredag", Weekday::Friday),
    ("lördag", Weekday::Saturday),
    ("söndag", Weekday::Sunday),
];

/// A leap year, for a day that is said without one.
const SOME_LEAP_YEAR: i16 = 2024;

static DAYS: Pattern = Pattern::new(&[concat!(
    r"(?i)\b(?:(?P<weekday>måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mån|tis|ons|tors|fre|lör|sön)(?:en|ens|s|d)?\.?,?\s+)?",
    r"(?:(?:den\s+)?\b(?:[0-9]{1,2}\s?[–-]\s?)?(?P<day>[0-9]{1,2})(?::?[ae])?\s+",
    r"(?P<month>",
    month_names!(),
    r"|(?:jan|feb|apr|aug|sept|okt|nov|dec)\b\.?)",
    r"(?:\s+(?:år\s+)?(?P<year>(?:1[5-9]|20)[0-9]{2})\b)?",
    r"|\b(?P<isoyear>(?:19|20)[0-9]{2})-(?P<isomonth>[0-9]{1,2})-(?P<isoday>[0-9]{1,2})\b",
    r"|\b(?P<denseyear>(?:19|20)[0-9]{2})(?P<densemonth>0[1-9]|1[0-2])(?P<denseday>0[1-9]|[12][0-9]|3[0-9])\b",
    r"|(?P<den>den\s+)?\b(?P<shortday>[0-9]{1,2})(?:/(?P<shortmonth>[0-9]{1,2})|\.(?P<dotmonth>[0-9]{1,2})\.)",
    r"(?:[\s/-]?(?P<shortyear>(?:19|20)[0-9]{2}))?\b)"
)]);

/// Every day that a text names, in its order.
pub fn mentions(text: &str) -> Vec<Mention> {
    // Most passages name none, and a search for a digit is much cheaper than the pattern.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    DAYS.all(text)
        .filter_map(|captures| mention(text, &captures))
        .filter(|found| stands_alone(text, found))
        .collect()
}

fn mention(text: &str, captures: &Captures) -> Option<Mention> {
    let number = |name: &str| captures.name(name).and_then(|found| found.as_str().parse::<i16>().ok());
    let small = |name: &str| number(name).and_then(|number| i8::try_from(number).ok());
    let range = group(captures, 0)?;
    let weekday = captures.name("weekday").and_then(|found| Some((weekday(found.as_str())?, found.range())));
    let (form, year, month, day) = if let Some(name) = captures.name("month") {
        (Notation::Words, number("year"), month_number(name.as_str())?, small("day")?)
    } else if let Some(day) = small("isoday") {
        (Notation::Digits, number("isoyear"), small("isomonth")?, day)
    } else if let Some(day) = small("denseday") {
        (Notation::Digits, number("denseyear"), small("densemonth")?, day)
    } else {
        let month = small("shortmonth").or_else(|| small("dotmonth"))?;
        let year = number("shortyear");
        // Without a year it may be a fraction or a number of a section.
        let is_day = year.is_some() || weekday.is_some() || captures.name("den").is_some();
        is_day.then_some((Notation::Short, year, month, small("shortday")?))?
    };
    let weekday = weekday.or_else(|| weekday_behind(text, range.end));
    Some(Mention { range, weekday, form, year, month, day })
}

/// The weekday that a word says, in full or short.
fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let known = WEEKDAYS.into_iter().find(|(name, _)| name.starts_with(&word))?;
    (word.chars().count() > 2).then_some(known.1)
}

/// The weekday in parentheses behind a day.
fn weekday_behind(text: &str, end: usize) -> Option<(Weekday, Range<usize>)> {
    let inner = text[end..].strip_prefix(" (")?;
    let word = &inner[..inner.find(')')?];
    let start = end + " (".len();
    Some((weekday(word)?, start..start + word.len()))
}

/// Whether it is no part of a longer number, as in a diarienummer.
fn stands_alone(text: &str, mention: &Mention) -> bool {
    let before = text[..mention.range.start].chars().next_back();
    let after = text[mention.range.end..].chars().next();
    !matches!(before, Some('/' | '-' | '.' | ':')) && !matches!(after, Some('/' | '-'))
}

impl Mention {
    /// The day, where it has a year and exists.
    pub fn date(&self) -> Option<Date> {
        self.in_year(self.year?)
    }

    /// The day in a year, if it exists there.
    pub fn in_year(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }

    /// Whether no calendar has such a day.
    pub fn is_impossible(&self) -> bool {
        self.in_year(self.year.unwrap_or(SOME_LEAP_YEAR)).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_in_all_their_forms() {
        let said = |text: &str| -> Vec<String> {
            mentions(text)
                .iter()
                .map(|day| {
                    day.date().map_or_else(|| text[day.range.clone()].to_owned(), |date| date.to_string())
                })
                .collect()
        };
        for (text, days) in [
            ("Mötet hölls tisdagen den 5 mars 2024.", vec!["2024-03-05"]),
            ("en skrivelse 2008-02-14 och den 1 juli 2003", vec!["2008-02-14", "2003-07-01"]),
            ("5/3 2024, 5.3.2024", vec!["2024-03-05", "2024-03-05"]),
            ("den 31 april 2024", vec!["den 31 april 2024"]),
            ("den 17 september.", vec!["den 17 september"]),
            ("UTBF 2024/1234 och 08-012/471", vec![]),
            ("mellan 4 och 10 maj 2024", vec!["2024-05-10"]),
            ("3 kap. 1 §, 35 dagar", vec![]),
            ("tis. 5 mars 2024, tisd 5/3 2024 (tisdag)", vec!["2024-03-05", "2024-03-05"]),
            ("den 1–31 september 2023, 30–31 juni", vec!["den 1–31 september 2023", "30–31 juni"]),
            ("20230931 och 20240305, men 20241305 och 20000000 kronor", vec!["20230931", "2024-03-05"]),
            ("2024-3-5, den 19/9, ons 20/9", vec!["2024-03-05", "den 19/9", "ons 20/9"]),
            ("avsnitt 3.2, 1/3 av eleverna, version 1.2.3", vec![]),
        ] {
            assert_eq!(said(text), days, "{text}");
        }
    }
}
