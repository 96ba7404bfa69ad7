//! What belongs together and does not part at a line's end: the digits of a number, a number and its
//! unit, `§ 8`, a day and its month. Whatever sets lines asks here.
//!
//! A name and the party behind it, and a number and what it counts (`800 elever`), part: the city's
//! own documents break lines there.

use super::swedish::MONTHS;

/// The space at which no line breaks.
pub const BOUND: char = '\u{a0}';

/// The places of the spaces in a text at which no line may break.
pub fn bound(text: &str) -> impl Iterator<Item = usize> {
    let spaces = text.bytes().enumerate().filter(|(_, byte)| *byte == b' ').map(|(at, _)| at);
    spaces.filter(|at| may_bind(text.as_bytes(), *at) && binds(&text[..*at], &text[at + 1..]))
}

/// Whether the signs beside a space allow that it binds: most spaces stand between two letters.
fn may_bind(text: &[u8], space: usize) -> bool {
    let digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
    let before = space.checked_sub(1).and_then(|at| text.get(at));
    digit(Some(space + 1))
        || digit(space.checked_sub(1))
        || digit(space.checked_sub(2))
        || before == Some(&b'.')
        // After `5 a`, before `§`, between `miljoner` and `kronor`.
        || matches!(text.get(space + 1), Some(0xc2 | b'k' | b'e'))
}

fn binds(before: &str, after: &str) -> bool {
    let (last, first) = (last_word(before), after.split([' ', BOUND]).next().unwrap_or_default());
    let earlier = || last_word(before[..before.len() - last.len()].trim_end_matches([' ', BOUND]));
    let word = first.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '”', '"', '’']);
    let opened = last.trim_start_matches(['(', '[', '”', '"']);
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        return is_group(last, first)
            || is_telephone(before, word)
            || matches!(opened, "§" | "§§")
            || is_one_of(NUMBERED, opened);
    }
    let is_number = last.ends_with(|c: char| c.is_ascii_digit());
    let is_provision = is_number || is_letter(last) && earlier().ends_with(|c: char| c.is_ascii_digit());
    is_provision && (first.starts_with('§') || matches!(word, "kap" | "kapitlet"))
        || is_number && is_letter(first) && is_provision_after(after)
        || is_number && (first.starts_with(['%', '‰', '°']) || is_unit(word))
        || is_number && is_letter(word) && is_one_of(POINTS, earlier())
        || is_day(opened) && is_one_of(&MONTHS, word)
        || is_one_of(MULTIPLES, last)
            && is_one_of(MONEY, word)
            && earlier().ends_with(|c: char| c.is_ascii_digit())
        || is_initial(opened) && first.starts_with(char::is_uppercase)
}

fn last_word(text: &str) -> &str {
    text.rsplit([' ', BOUND]).next().unwrap_or_default()
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.contains(&word)
        // `Bilaga 2` at the start of a sentence.
        || word.starts_with(char::is_uppercase) && words.contains(&word.to_lowercase().as_str())
}

/// What a number of its own follows.
const NUMBERED: &[&str] = &[
    "bilaga",
    "bilagor",
    "bil.",
    "tabell",
    "figur",
    "diagram",
    "punkt",
    "punkten",
    "punkterna",
    "beslutspunkt",
    "avsnitt",
    "kapitel",
    "artikel",
    "fråga",
    "sidan",
    "sid.",
    "s.",
    "nr",
    "kl.",
    "klockan",
];

/// What has sub-points: `punkt 2 c`.
const POINTS: &[&str] = &["punkt", "punkten", "punkterna", "beslutspunkt"];

const MULTIPLES: &[&str] = &["tusen", "miljon", "miljoner", "miljard", "miljarder"];

const MONEY: &[&str] = &["kronor", "kr", "euro", "dollar"];

/// Measures, and what amounts are counted in; not what else can be counted.
const UNITS: &[&str] = &[
    "procent",
    "procentenhet",
    "procentenheter",
    "promille",
    "kronor",
    "kr",
    "öre",
    "tkr",
    "mkr",
    "mnkr",
    "mdkr",
    "sek",
    "euro",
    "tusen",
    "miljon",
    "miljoner",
    "miljard",
    "miljarder",
    "mm",
    "cm",
    "dm",
    "m",
    "km",
    "meter",
    "kilometer",
    "centimeter",
    "mil",
    "m²",
    "m2",
    "kvm",
    "kvadratmeter",
    "ha",
    "hektar",
    "m³",
    "m3",
    "kubikmeter",
    "g",
    "kg",
    "mg",
    "gram",
    "kilo",
    "kilogram",
    "ton",
    "dl",
    "l",
    "liter",
    "w",
    "kw",
    "mw",
    "kwh",
    "mwh",
    "gwh",
    "twh",
    "db",
    "grader",
    "sekunder",
    "minuter",
    "min",
    "timmar",
    "tim",
    "dagar",
    "dygn",
    "veckor",
    "månader",
    "år",
];

/// Whether a word, or a sign, is a unit.
pub fn is_unit(word: &str) -> bool {
    matches!(word, "%" | "‰" | "°C") || is_one_of(UNITS, word)
}

/// `500` and `000`, of one number.
fn is_group(last: &str, first: &str) -> bool {
    let digits = |text: &mut dyn Iterator<Item = char>| text.take_while(char::is_ascii_digit).count();
    let of_last = digits(&mut last.chars().rev());
    let before = last[..last.len() - of_last].chars().next_back();
    digits(&mut first.chars()) == 3
        && (1..=3).contains(&of_last)
        && !before.is_some_and(|c| ",./:".contains(c))
}

/// Another pair or three of the digits of `08-508 00 000`.
fn is_telephone(before: &str, word: &str) -> bool {
    let is_part =
        |word: &str| (2..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let first = before.rsplit([' ', BOUND]).find(|word| !is_part(word)).unwrap_or_default();
    let is_first = first.trim_start_matches('(').split_once('-').is_some_and(|(area, number)| {
        area.starts_with('0')
            && (2..=4).contains(&area.len())
            && area.bytes().all(|byte| byte.is_ascii_digit())
            && is_part(number)
    });
    is_first && is_part(word)
}

fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether `a § …`, `a kap. …` begins a text.
fn is_provision_after(text: &str) -> bool {
    text.split_once([' ', BOUND]).is_some_and(|(_, rest)| rest.starts_with('§') || rest.starts_with("kap."))
}

/// The day of a date, or the days from one to another: `5`, `12–14`.
fn is_day(word: &str) -> bool {
    word.split('–').all(|day| day.len() <= 2 && day.parse().is_ok_and(|day: u8| (1..=31).contains(&day)))
}

/// `A.`, `J.-O.`
fn is_initial(word: &str) -> bool {
    word.split_inclusive('.').all(|part| {
        let mut letters = part.trim_start_matches('-').chars();
        letters.next().is_some_and(char::is_uppercase) && letters.as_str() == "."
    }) && !word.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `_` where it is bound.
    fn shown(text: &str) -> String {
        let mut shown = text.to_owned();
        bound(text).for_each(|at| shown.replace_range(at..=at, "_"));
        shown
    }

    #[test]
    fn what_belongs_together_does_not_part() {
        for text in [
            "kostar 500_000_kronor om året",
            "kostar 1_250_000,50_kr.",
            "ökar med 3,5_miljoner_kronor och 12_%",
            "minst 40_procent, 2_mil och 120_m²",
            "enligt 14_kap. 1_§ och 2_a_kap. 5_a_§ (se §_8 och §§_9–10)",
            "den 5_maj 2026, den 12–14_juni",
            "se bilaga_2, (tabell_3) och Punkt_1",
            "enligt punkt_2_c och beslutspunkt_3",
            "kl._10 och s._4, nr_7",
            "av A._Andersson och J.-O._Persson",
            "ring 08-508_00_000 eller 0159-123_45",
        ] {
            assert_eq!(shown(&text.replace('_', " ")), text);
        }
    }

    #[test]
    fn what_only_stands_beside_parts() {
        for text in [
            "Andréa Hedin (M) och 800 elever",
            "i maj 2026 300 platser",
            "Den 20 september 2023.",
            "år 2024 har 3 skolor",
            "gäller 2026/123 456",
            "Det är plan 3. Vi vill",
            "i punkt och pricka",
            "ett m 5 och a § b",
        ] {
            let expected = text.replace("20 september", "20_september");
            assert_eq!(shown(text), expected);
        }
    }
}
