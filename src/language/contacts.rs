//! Ways to reach somebody that stand in a text: addresses of e-mail and telephone numbers.
//!
//! What is no telephone looks much like one: amounts, days, times, numbers of matters and accounts. So a number
//! must be built as PTS' plan builds it: an area of three or four digits, or 08, and what no area begins with.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Spaces and hyphens of every kind within a number.
const BETWEEN: &str = r"[ \u{a0}\u{202f}\u{2060}‐‑–-]";

/// A way to reach somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// An address of e-mail, also one that hides its sign: `maja(at)stad.se`.
    Mail,
    /// A telephone number with its area: `08-508 00 000`, `+46 8 …`.
    Telephone,
    /// A telephone number without its area, or an extension, that is told by what stands before it or its groups.
    Local,
}

static MAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)[\p{L}\d._%+-]+(?:@|\s?[(\[{](?:at|a|snabel-?a|@)[)\]}]\s?)[\p{L}\d-]+(?:\.[\p{L}\d-]+)+",
    )
    .ok()
});

static TELEPHONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let b = BETWEEN;
    let abroad = format!(r"(?:\+|00){b}?[1-9]\d{{0,2}}{b}{{0,2}}(?:\(0\){b}?)?\d(?:{b}{{0,2}}\d){{5,10}}");
    let without_plus = format!(r"46{b}?(?:\(0\){b}?)?7[02369](?:{b}{{0,2}}\d){{7}}");
    let mobile = format!(r"\(?07[02369]\)?(?:(?:[/.]|{b}){{0,3}}\d){{7}}");
    let stockholm = format!(r"\(?08\)?(?:/|{b}){{0,3}}[1-9](?:{b}{{0,2}}\d){{5,7}}");
    let elsewhere = format!(r"\(?0[1-69]\d{{1,2}}\)?(?:/|{b}){{1,3}}[1-9](?:{b}{{0,2}}\d){{4,7}}");
    let in_one = r"0[1-69]\d{7,8}";
    Regex::new(&format!("{abroad}|{without_plus}|{mobile}|{stockholm}|{elsewhere}|{in_one}")).ok()
});

static ROW: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"\d(?:{BETWEEN}{{0,2}}\d){{3,}}")).ok());

/// What announces a number that reaches somebody, directly before it.
static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:(?:\b|_)(?:tel|tfn|telefon\p{L}*|mobil\p{L}*|mob|ankn|anknytning\p{L}*|direkt(?:nummer|numret|nr|telefon)?|fax|",
        r"ring(?:a|er)?|sms\p{L}*|växel\p{L}*|nås|når|kontakta?)(?:[ \u{a0}](?:på|via|nr|nummer|till|är))*[.:]*[ \u{a0}:]*)$",
    ))
    .ok()
});

/// What announces a number of something else.
static OF_A_THING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:dnr|diarienummer|diarienr|ärende\p{L}*|beteckning|plusgiro|bankgiro|postgiro|pg|bg|konto\p{L}*|isbn|issn|",
        r"org\.?[ -]?(?:nr|nummer)|organisationsnummer|kl|klockan|§)[.:]*[ \u{a0}]*$",
    ))
    .ok()
});

/// What makes an amount of the digits before it.
static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:[,.]\d|[ \u{a0}]?(?:%|kr\b|kronor|tkr|mnkr|mkr|miljon|miljard|euro|procent|styck|st\b|personer|invånare|",
        r"elever|barn|platser|kvadratmeter|kvm|m2|m²|meter|km|kilometer|ton|kg|timmar|dagar|år\b|gånger))",
    ))
    .ok()
});

/// The ways to reach somebody in a text, in their order. Numbers without their area that are `known` are found
/// wherever they stand; others where a word announces them.
pub fn contacts(text: &str, known: &[String]) -> Vec<(Range<usize>, Way)> {
    let mut found: Vec<(Range<usize>, Way)> = Vec::new();
    if !text.bytes().any(|byte| byte == b'@' || byte == b'(' || byte == b'[' || byte.is_ascii_digit()) {
        return found;
    }
    let all = |pattern: &'static LazyLock<Option<Regex>>| {
        pattern.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.range())
    };
    found.extend(all(&MAIL).map(|range| (range, Way::Mail)));
    let mut end = 0;
    for range in all(&TELEPHONE) {
        // One number that goes on from another, which is none, is none.
        let parted = end > 0 && text[end..range.start].chars().all(|c| " \u{a0}/,".contains(c));
        if parted || !is_of_a_thing(text, &range) {
            end = range.end;
            found.push((range, Way::Telephone));
        }
    }
    let has_area: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
    let overlaps = |range: &Range<usize>| {
        has_area.iter().any(|other| range.start < other.end && other.start < range.end)
    };
    let local = all(&ROW).filter(|range| !overlaps(range) && is_local(text, range, known));
    let local: Vec<(Range<usize>, Way)> = local.map(|range| (range, Way::Local)).collect();
    found.extend(local);
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// A telephone number as it is dialled within the country.
pub fn digits(number: &str) -> String {
    let digits: String = number.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let is_abroad = number.trim_start().starts_with('+') || digits.starts_with("00");
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    match digits.strip_prefix("46") {
        Some(rest) if is_abroad || rest.len() == 9 => format!("0{}", rest.trim_start_matches('0')),
        _ => digits.to_owned(),
    }
}

/// Whether digits with an area are those of something else: a day, an amount, a matter, an account.
fn is_of_a_thing(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let said = &text[range.clone()];
    goes_on(before, said)
        || ends_in(&OF_A_THING, before)
        || after.starts_with(|c: char| c.is_alphanumeric())
        || (is_grouped_by_three(said) && COUNTED.as_ref().is_some_and(|counted| counted.is_match(after)))
}

/// Whether digits go on from what stands before them.
fn goes_on(before: &str, said: &str) -> bool {
    let mut back = before.chars().rev();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match back.next() {
        Some(c) if c.is_ascii_digit() => true,
        Some(c) if c.is_alphabetic() => !ends_in(&ANNOUNCED, before),
        Some('-' | '–' | '/' | '.' | ',' | ':') => is_digit(back.next()),
        Some(' ' | '\u{a0}') => is_digit(back.next()) && is_grouped_by_three(said),
        _ => false,
    }
}

/// Whether a row of digits without an area reaches somebody.
fn is_local(text: &str, range: &Range<usize>, known: &[String]) -> bool {
    /// As many digits as reach a person within a switchboard.
    const EXTENSION: usize = 5;
    /// As many as reach anybody without an area.
    const LOCAL: usize = 6;
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let said = &text[range.clone()];
    let digits = digits(said);
    if goes_on(before, said)
        || ends_in(&OF_A_THING, before)
        || COUNTED.as_ref().is_some_and(|counted| counted.is_match(after))
    {
        return false;
    }
    let is_known = known.iter().any(|number| number.ends_with(&digits));
    if ends_in(&ANNOUNCED, before) {
        return digits.len() >= LOCAL || is_known;
    }
    let groups: Vec<usize> = said.split([' ', '\u{a0}']).map(str::len).collect();
    matches!(groups[..], [3, 2, 2 | 3]) || is_known && digits.len() > EXTENSION && !is_grouped_by_three(said)
}

/// Whether digits are grouped as amounts are.
fn is_grouped_by_three(said: &str) -> bool {
    let mut groups = said.split([' ', '\u{a0}', '\u{202f}']);
    let first = groups.next().unwrap_or_default();
    let mut others = groups.peekable();
    others.peek().is_some()
        && (1..=3).contains(&first.len())
        && others.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()))
}

fn ends_in(pattern: &LazyLock<Option<Regex>>, before: &str) -> bool {
    // What announces a number stands within a few words of it.
    let from = before.char_indices().rev().take(40).last().map_or(0, |(at, _)| at);
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(&before[from..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let known = ["0850800000".to_owned(), "0850833902".to_owned()];
        contacts(text, &known).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn numbers_that_reach_somebody_are_found_as_they_are_written() {
        for number in [
            "08-508 11 111",
            "08-123 456",
            "(08) 508 11 111",
            "08/508 11 111",
            "0508-123 45",
            "0123-45 61 20",
            "031-365 00 00",
            "0313650000",
            "070-123\u{a0}45\u{a0}67",
            "0701234567",
            "070.123.45.67",
            "(070) 123 45 67",
            "+46 70 123 45 67",
            "+46 (0)8-508 11 111",
            "0046701234567",
            "46 70 123 45 67",
            "508 11 222",
            "508 33 902",
            "anna.berg@skola.example",
            "anna(at)skola.example",
            "åsa.öberg@skola.example",
        ] {
            assert_eq!(found(&format!("Anna Berg, {number}, svarar.")), [number]);
            assert_eq!(found(number), [number]);
        }
        assert_eq!(found("tel08-508 11 111"), ["08-508 11 111"]);
        assert_eq!(found("08-508 11 111/070-123 45 67"), ["08-508 11 111", "070-123 45 67"]);
        assert_eq!(found("0701234567/0707654321"), ["0701234567", "0707654321"]);
        assert_eq!(found("anknytning 33902, tfn 50833902"), ["33902", "50833902"]);
        assert_eq!(found("Nås på 765 43 21 eller 50833902"), ["765 43 21", "50833902"]);
    }

    #[test]
    fn amounts_days_times_and_matters_are_no_numbers() {
        for text in [
            "Nämnden anslår 800 000 kronor, 25 000 kronor och 50 800 000 kronor.",
            "500 000 kronor, 2026-03-02, 1.2.1-345/2026, 5050-1055",
            "0,5 procent av 10 000 000, 3 070 123 456",
            "kl. 0800-1600, 01-02-2026, under 02 2025–2026, 08.30-16.45",
            "dnr 070-123456, dnr 08-508 11 111, plusgiro 08 12 34-5, ISBN 91-0-012345-6",
            "2026-08-15 12, 100 800 elever, 33902 personer, 83390 kvadratmeter",
            "lagen (2017:900), SFS 2010:800, § 214, sidorna 100–118",
            "102 345 678 123, 12 345, 111 22",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_number_is_dialled_one_way() {
        for said in ["08-508 33 902", "+46 8 508 33 902", "0046850833902", "+46 (0)8-508 33 902"] {
            assert_eq!(digits(said), "0850833902");
        }
        assert_eq!(digits("46 70 123 45 67"), "0701234567");
    }
}
