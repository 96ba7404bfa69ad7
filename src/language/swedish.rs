//! Swedish as tjut's own sentences need it: names in the genitive, organs within a sentence,
//! days in words.

use jiff::civil::Date;

/// The months, as they are written within a sentence.
pub const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// The months, as alternatives in a pattern.
macro_rules! month_names {
    () => {
        "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    };
}
pub(crate) use month_names;

/// The number of a month, from its name in full or short.
pub fn month_number(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    let month = MONTHS.iter().position(|month| name.starts_with(&month[..3]))?;
    i8::try_from(month + 1).ok()
}

/// How the city's own organs end; within a sentence they are common nouns.
const ORGANS: &[&str] = &[
    "nämnden",
    "styrelsen",
    "kontoret",
    "förvaltningen",
    "beredningen",
    "utskottet",
    "rådet",
    "fullmäktige",
];

/// A word with a capital first.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `den 5 mars 2024`.
pub fn day(date: Date) -> String {
    let month = MONTHS.get(usize::from(date.month().unsigned_abs()).saturating_sub(1)).unwrap_or(&"");
    format!("den {} {month} {}", date.day(), date.year())
}

const WEEKDAYS: [&str; 7] = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"];

/// The day that somebody wrote otherwise than as ÅÅÅÅ-MM-DD, where it can be only one: `torsdagen den 2 mars 2026`,
/// `2 mar. 2026`, `2026-3-2`, `20260302`, `2/3 2026`, `2.3.2026`. Day and month between two strokes or hyphens could be
/// an English month and day, unless only one of them can be a month.
pub fn date(said: &str) -> Option<Date> {
    let said = said.trim().to_lowercase().replace(',', " ").replace(['–', '−', '‑'], "-");
    let words: Vec<&str> = said.split_whitespace().collect();
    let words = match words.as_slice() {
        [weekday, rest @ ..] if is_weekday(weekday) => rest,
        all => all,
    };
    let words = words.strip_prefix(&["den"]).unwrap_or(words);
    let (year, month, day) = match words {
        // 2026 03 02
        [year, month, day] if year.len() == 4 && month.len() < 3 => (*year, month.parse().ok()?, *day),
        [day, month, year] => {
            (*year, month_of(month)?, day.trim_end_matches(".:e").trim_end_matches([':', 'e', 'a', '.']))
        }
        [day_and_month, year] => {
            let (day, month) = day_and_month.split_once(['/', '.'])?;
            (*year, month.trim_end_matches('.').parse().ok()?, day)
        }
        [whole] if whole.len() == 8 && whole.bytes().all(|byte| byte.is_ascii_digit()) => {
            (&whole[..4], whole[4..6].parse().ok()?, &whole[6..])
        }
        [whole] => of_parts(whole)?,
        _ => return None,
    };
    // Two digits of a year could be the day as well.
    let year = Some(year.trim_end_matches('.')).filter(|year| year.len() == 4)?.parse().ok()?;
    Date::new(year, i8::try_from(month).ok()?, day.parse().ok()?).ok()
}

fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    let whole = word.strip_suffix("en").unwrap_or(word);
    let is = |day: &&str| *day == whole || *day == word || word.chars().count() == 3 && day.starts_with(word);
    WEEKDAYS.iter().any(is)
}

/// The number of a month by its name, or by how the name begins.
fn month_of(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.');
    let named = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(word));
    named.map(|at| at + 1).or_else(|| word.parse().ok())
}

/// Year, month and day with a sign between them.
fn of_parts(whole: &str) -> Option<(&str, usize, &str)> {
    let sign = ['-', '/', '.'].into_iter().find(|sign| whole.contains(*sign))?;
    let parts: Vec<&str> = whole.split(sign).collect();
    let [first, second, third] = parts[..] else {
        // 2/3-2026
        let (day_and_month, year) = whole.split_once('-')?;
        let (day, month) = day_and_month.split_once('/')?;
        return Some((year, month.parse().ok()?, day));
    };
    if first.len() == 4 {
        return Some((first, second.parse().ok()?, third));
    }
    let (day, month): (usize, usize) = (first.parse().ok()?, second.parse().ok()?);
    (sign == '.' || day > 12 || day == month).then_some((third, month, first))
}

/// The genitive: `Socialnämndens`, but `Visions` and `Saco-S` as they are when they end in a hiss.
pub fn genitive(name: &str) -> String {
    let last_word = name.rsplit(' ').next().unwrap_or(name);
    let abbreviated = last_word.chars().count() > 1 && last_word.chars().all(char::is_uppercase);
    if abbreviated {
        return format!("{name}:s");
    }
    let hisses = name.chars().last().is_some_and(|last| "sxzSXZ".contains(last));
    if hisses { name.to_owned() } else { format!("{name}s") }
}

/// The name within a sentence: `förskolenämnden`, but `Järva stadsdelsnämnd`.
pub fn within(name: &str) -> String {
    let first = name.split([' ', ',']).next().unwrap_or_default();
    let lower = first.to_lowercase();
    let is_organ = |word: &str| ORGANS.iter().any(|ending| word.ends_with(ending));
    if is_organ(&lower) || lower.strip_suffix('s').is_some_and(is_organ) {
        format!("{lower}{}", &name[first.len()..])
    } else {
        name.to_owned()
    }
}

/// Where an organ decides, for the end of a heading: `i kommunstyrelsen`, whether it is called
/// `Kommunstyrelsen` or `I kommunstyrelsen:`.
pub fn in_organ(said: &str) -> String {
    let said = said.trim_end_matches([':', ',', '.']);
    match said.strip_prefix("I ").or(said.strip_prefix("i ")) {
        Some(organ) => format!("i {organ}"),
        // ”Kultur- och fritidsnämnden” is one word in two.
        None if said.split(' ').next().is_some_and(|first| first.ends_with('-')) => {
            let mut letters = said.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
            format!("i {first}{}", letters.as_str())
        }
        None => format!("i {}", within(said)),
    }
}

/// A heading without the number that a profile lets tjut set before it: `1.2 Bakgrund` is `Bakgrund`.
pub fn without_number(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
    match rest.strip_prefix(' ') {
        Some(name) if rest.len() < heading.len() => name,
        _ => heading,
    }
}

/// `a`, `a och b`, `a, b och c`.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} och {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_have_the_months() {
        assert_eq!(month_names!().split('|').collect::<Vec<_>>(), MONTHS);
        assert_eq!(
            (month_number("Sept."), month_number("mars"), month_number("x")),
            (Some(9), Some(3), None)
        );
    }

    #[test]
    fn names_are_bent() {
        for (name, bent) in [
            ("Socialnämnden", "Socialnämndens"),
            ("Järva stadsdelsförvaltning", "Järva stadsdelsförvaltnings"),
            ("Fackförbundet Nexus", "Fackförbundet Nexus"),
            ("Saco-S", "Saco-S"),
        ] {
            assert_eq!(genitive(name), bent);
        }
    }

    #[test]
    fn organs_are_small_within_a_sentence() {
        for (name, small) in [
            ("Stadsledningskontoret", "stadsledningskontoret"),
            (
                "Kommunstyrelsens råd för funktionshinderfrågor",
                "kommunstyrelsens råd för funktionshinderfrågor",
            ),
            ("Järva stadsdelsnämnd", "Järva stadsdelsnämnd"),
            ("Lärarförbundet", "Lärarförbundet"),
            ("Vision Stockholm", "Vision Stockholm"),
        ] {
            assert_eq!(within(name), small);
        }
    }

    #[test]
    fn organs_decide_within_a_heading() {
        for (said, within) in [
            ("I kommunstyrelsen:", "i kommunstyrelsen"),
            ("Kommunfullmäktige", "i kommunfullmäktige"),
            ("Kultur- och fritidsnämnden", "i kultur- och fritidsnämnden"),
            ("Järva stadsdelsnämnd", "i Järva stadsdelsnämnd"),
        ] {
            assert_eq!(in_organ(said), within);
        }
    }

    #[test]
    fn days_and_lists_are_words() {
        assert_eq!(day(Date::constant(2024, 3, 5)), "den 5 mars 2024");
        assert_eq!(day(Date::constant(2024, 12, 31)), "den 31 december 2024");
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(listed(&names(&["a"])), "a");
        assert_eq!(listed(&names(&["a", "b"])), "a och b");
        assert_eq!(listed(&names(&["a", "b", "c"])), "a, b och c");
    }

    #[test]
    fn a_day_is_understood_where_it_can_be_only_one() {
        for said in [
            "2 mars 2026",
            "den 2 mars 2026",
            "2 Mar. 2026",
            "2026-3-2",
            "2026/03/02",
            "20260302",
            "2026.03.02",
            "2/3 2026",
            "2/3-2026",
            "2.3.2026",
            "02.03.2026",
            "måndag 2 mars 2026",
            "Måndagen den 2 mars 2026",
            "mån 2 mars 2026",
            "den 2:a mars 2026",
            "2 mars, 2026",
            "2026 03 02",
        ] {
            assert_eq!(date(said).map(|date| date.to_string()).as_deref(), Some("2026-03-02"), "{said}");
        }
        for (said, meant) in
            [("21/5/2026", "2026-05-21"), ("21-05-2026", "2026-05-21"), ("den 14:e april 2026", "2026-04-14")]
        {
            assert_eq!(date(said).map(|date| date.to_string()).as_deref(), Some(meant), "{said}");
        }
        for said in [
            "02/03/2026",
            "02-03-2026",
            "26-03-02",
            "260302",
            "mars 2026",
            "2026-02-30",
            "30 februari 2026",
            "2 m 2026",
            "",
        ] {
            assert_eq!(date(said), None, "{said}");
        }
    }
}
