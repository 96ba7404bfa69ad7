//! Diarienummer: those in the text are the document's own, or another's, but not nearly one of them.

use std::ops::Range;

use strsim::damerau_levenshtein;

use crate::check::pattern::{Captures, Pattern, group};
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::library::roll::Roll;

/// The rules of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::DIARIENUMMER_SNARLIKT, find: similar_numbers }];

static NUMBERS: Pattern = Pattern::new(&[
    // KS 2024/610, KS 610/2024
    r"\b(\p{Lu}{2,6}[ \u{a0}]?(?:19|20)[0-9]{2}[ \u{a0}]?[/:-][ \u{a0}]?[0-9]{1,6})\b",
    r"\b(\p{Lu}{2,6}[ \u{a0}]?[0-9]{3,6}[/-](?:19|20)[0-9]{2})\b",
    r"\b([0-9]{1,2}(?:\.[0-9]{1,2}){1,3}-[0-9]{1,6}/(?:19|20)[0-9]{2})\b",
    r"\b([0-9]{2}-[0-9]{3}/[0-9]{1,6})\b",
    // dnr 2024/610
    r"\b(?:[Dd]nr|[Dd]iarienummer|[Dd]iarienr|[Ää]rende|[Ää]rendet)[.:]? ((?:19|20)[0-9]{2}[/-][0-9]{1,6})\b",
]);

fn similar_numbers(review: &Review) -> Vec<Diagnostic> {
    let own = &review.case.head.diarienummer.text;
    let mut known: Vec<(String, &str)> = vec![(own.clone(), "dokumentets eget diarienummer")];
    // What the line under the title says is remitted has its number from there.
    for passage in review.titles() {
        for range in NUMBERS.all(&passage.text).filter_map(|captures| said(&captures)) {
            let number = passage.text[range].to_owned();
            if !known.iter().any(|(other, _)| *other == number) {
                known.push((number, "diarienumret under rubriken"));
            }
        }
    }
    let mut findings = Vec::new();
    for passage in review.passages {
        for range in NUMBERS.all(&passage.text).filter_map(|captures| said(&captures)) {
            let number = &passage.text[range.clone()];
            if known.iter().any(|(other, _)| plain(other) == plain(number)) && !is_title(passage) {
                continue;
            }
            let near = known.iter().find(|(other, _)| other != number && is_near(number, other));
            if let Some((other, what)) = near
                && !is_said_of_another(&passage.text, &range)
            {
                let place = passage.place(range);
                let message = format!("”{number}” är snarlikt {what}, {other}");
                let finding = finding(place.clone(), message, "Om samma ärende avses ska numren vara lika.");
                findings.push(finding.edit(place, other));
            }
        }
    }
    findings
}

/// The number that was matched, without the word before it.
fn said(captures: &Captures) -> Option<Range<usize>> {
    (1..=5).find_map(|index| group(captures, index))
}

/// Whether the text says that the number is another matter's: ”hör ihop med UTBF 2026/1473, som
/// gäller”, ”ett tidigare ärende, UTBF 2026/1471”.
fn is_said_of_another(text: &str, range: &Range<usize>) -> bool {
    static BEFORE: Pattern = Pattern::new(&[concat!(
        r"(?i)\b(?:hör (?:ihop|samman) med|hänger (?:ihop|samman) med|samband med|samordna(?:s|t|de)? med|tillsammans med|",
        r"(?:ett |det |två |flera )?(?:annat|andra|tidigare|föregående|separat|särskilt|parallellt|liknande|nytt|näraliggande|avslutat) (?:\p{L}+ ){0,3}|",
        r"jämför|jfr|samt i|och i|liksom i|ersätter|avslutades|avskrevs)(?:ärendet |ärende |dnr |diarienummer |[(,: ])*(?:\p{L}+ ){0,2}$"
    )]);
    static AFTER: Pattern = Pattern::new(&[
        r"^\)?, som (?:i stället |däremot )?(?:gäller|rör|handlar om|avser|avslutades|avgjordes|behandlar)\b",
    ]);
    let start = text[..range.start].rfind(". ").map_or(0, |at| at + 2);
    BEFORE.is_in(&text[start..range.start]) || AFTER.is_in(&text[range.end..])
}

fn is_title(passage: &Passage) -> bool {
    passage.role == Some(Roll::Titelrad) && passage.kind == PassageKind::Line
}

fn plain(number: &str) -> String {
    number.replace('\u{a0}', " ")
}

/// A diarienummer in its parts: letters, year, and all other digits.
struct Parts<'a> {
    letters: String,
    year: Option<&'a str>,
    serial: String,
}

impl<'a> Parts<'a> {
    fn of(number: &'a str) -> Self {
        let groups = || number.split(|sign: char| !sign.is_ascii_digit()).filter(|digits| !digits.is_empty());
        let is_year =
            |digits: &&str| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        let year = groups().find(is_year);
        let is_serial = |digits: &&str| year.is_none_or(|year| !std::ptr::eq(year, *digits));
        Self {
            letters: number.chars().filter(|letter| letter.is_alphabetic()).collect(),
            year,
            serial: groups().filter(is_serial).collect::<Vec<_>>().join("-"),
        }
    }
}

/// One digit or letter wrong, two that changed places, or another prefix or sign before the same
/// number, in whatever order year and number stand.
fn is_near(one: &str, other: &str) -> bool {
    const LONG: usize = 3;
    let (one, other) = (Parts::of(one), Parts::of(other));
    let (same_year, same_serial) = (one.year == other.year, one.serial == other.serial);
    let letters = damerau_levenshtein(&one.letters, &other.letters);
    // Without its letters, the same number is the same.
    if one.letters.is_empty() && same_year && same_serial {
        return false;
    }
    let same_letters = letters == 0 || one.letters.is_empty();
    let apart = |one: &str, other: &str| damerau_levenshtein(one, other);
    let years = || apart(one.year.unwrap_or_default(), other.year.unwrap_or_default());
    match (same_year, same_serial) {
        (true, true) => letters <= 2 && one.serial.len() >= LONG,
        (true, false) => same_letters && apart(&one.serial, &other.serial) == 1,
        (false, true) => same_letters && one.serial.len() >= LONG && years() == 1,
        (false, false) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, marked};

    #[test]
    fn numbers_that_differ_a_little_are_found() {
        for (text, found) in [
            ("Ärendet UTBF 2024/2410 och UTBF 2024/2401.", vec!["UTBF 2024/2401"]),
            ("Ärendet UTBF 2024/2411 och UTB 2024/2410.", vec!["UTBF 2024/2411", "UTB 2024/2410"]),
            ("Ärendet UTBF2024/2410 och UTBF 2023/2410.", vec!["UTBF2024/2410", "UTBF 2023/2410"]),
            (
                "Ärendet UTBF 2024-2411, UTBF 2411/2024 och dnr 2024/2401.",
                vec!["UTBF 2024-2411", "UTBF 2411/2024", "2024/2401"],
            ),
            ("Ärendet UTBF 2024-2410 har dnr 2024/2410, se (EU) 2024/2411.", vec!["UTBF 2024-2410"]),
            ("Ärendet UTBF 2024/2410-3, KS 2024/610 och UTBF 2024/1733.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "diarienummer-snarlikt", text), found, "{text}");
        }
        let body = "underrubrik: Remiss från kommunstyrelsen, KS 2024/610\nbakgrund: Remissen KS 2024/601 gäller skolan.\n";
        assert_eq!(marked(RULES, "diarienummer-snarlikt", body), ["KS 2024/601"]);
    }
}
