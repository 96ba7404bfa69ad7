//! What a text points at by its number: a bilaga, a point of the decision; and whether that is the document's own or
//! another's. Who reviews asks here, and who makes links of it.

use std::ops::Range;

use crate::language::runs;

use super::pattern::{Captures, Pattern, after, group};

/// Whether what was named belongs to another document: ”bilaga 2 till förordningen”.
pub fn of_another(text: &str, end: usize) -> bool {
    static OTHER: Pattern = Pattern::new(&[r"^\s+(?:till|i|av|från|hos|ur)\s+\p{L}"]);
    OTHER.is_in(after(text, end))
}

/// Whether what is named next belongs to what stands before it: ”läroplanens bilaga 5”, ”budgeten för
/// 2026, avsnitt 2”, ”i skolans system under rubriken ”Frånvaro””.
pub fn owned_by_another(before: &str) -> bool {
    static OWNER: Pattern = Pattern::new(&[
        r"(?i)\b(?:\p{L}{3,}(?:ens|ets|ans|ats|rnas))\s+$",
        concat!(
            r"(?i)\b(?:\p{L}*(?:budget(?:en)?|plan(?:en)?|program(?:met)?|rapport(?:en)?|lag(?:en)?|förordning(?:en)?|strategi(?:n)?|policy(?:n)?|",
            r"riktlinjer(?:na)?|riktlinjen?|utredning(?:en)?|betänkande(?:t)?|proposition(?:en)?|avtal(?:et)?|direktiv(?:et)?|förskrift(?:er|erna)?|föreskrift(?:er|erna)?|",
            r"system(?:et)?|blankett(?:en)?|formulär(?:et)?|webbplats(?:en)?|reglemente(?:t)?|delegationsordning(?:en)?|protokoll(?:et)?|handbok(?:en)?|vägledning(?:en)?|",
            r"balk(?:en)?|läroplan(?:en)?|kursplan(?:en)?|sou|prop\.|konvention(?:en)?|standard(?:en)?|register|registret|journal(?:en)?|e-tjänst(?:en)?|",
            r"hemsida(?:n)?|webb(?:en|sida|sidan|plats)?|intranät(?:et)?|portal(?:en)?|app(?:en)?|databas(?:en)?|meny(?:n)?))\b[^.!?]{0,50}$"
        ),
        // ”på www.exempel.se under rubriken Omsorg”
        r"(?i)(?:\bwww\.|://)\S+[^.!?]{0,50}$|\b[a-z0-9-]+\.(?:se|nu|eu|org|com|example)\b[^.!?]{0,50}$",
    ]);
    OWNER.is_in(before)
}

/// The numbers of what a text names by them, each where it stands: the first with the word before it.
pub fn attachments(text: &str) -> Vec<(Range<usize>, usize)> {
    static NAMED: Pattern = Pattern::new(&[concat!(
        r"(?i)\bbil(?:aga|agor|agorna|\.)\s+(?P<numbers>[0-9]{1,2}",
        r"(?:(?:\s*[,–-]\s*|\s+(?:och|samt|till|eller|respektive)\s+)[0-9]{1,2}\b)*)"
    )]);
    static OWNER: Pattern = Pattern::new(&[r"(?i)\b\p{L}{3,}(?:ens|ets|ans|ats|rnas)\s+$"]);
    let mut found = Vec::new();
    for captures in NAMED.all(text) {
        let (Some(whole), Some(numbers)) = (group(&captures, 0), captures.name("numbers")) else { continue };
        // ”Avtalet, bilaga 2, godkänns” speaks of the document's own, ”avtalets bilaga 2” does not.
        if of_another(text, whole.end) || OWNER.is_in(&text[..whole.start]) {
            continue;
        }
        for (at, digits) in runs(numbers.as_str(), |sign| sign.is_ascii_digit(), |_| false).enumerate() {
            let number = numbers.as_str()[digits.clone()].parse().unwrap_or_default();
            let start = if at == 0 { whole.start } else { numbers.start() + digits.start };
            found.push((start..numbers.start() + digits.end, number));
        }
    }
    found
}

/// A point of a decision that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Where it is named; the first of several with the word before it.
    pub range: Range<usize>,
    /// Its number.
    pub number: usize,
    /// Its sub-point, from 1 for a.
    pub sub: Option<usize>,
    /// Whether only the document's own can be meant: ”beslutspunkt 2”, ”punkt 2 i förslaget till beslut”.
    pub is_own: bool,
    /// Whether that of another document is meant: ”planens punkt 2”.
    pub is_another: bool,
}

/// The points that a text names: ”punkt 2 c”, ”punkterna 1 a och c”, ”beslutspunkt 3”, ”att-sats 1”.
pub fn points(text: &str) -> Vec<Point> {
    static NAMED: Pattern = Pattern::new(&[
        r"(?i)\b(?P<word>beslutspunkt(?:en|erna|er)?|att-sats(?:en|erna|er)?|punkt(?:en|erna|er)?)\s+(?P<number>[0-9]{1,2})(?:\s?(?P<letter>[a-h])\b)?",
    ]);
    static IN_DECISION: Pattern = Pattern::new(&[
        r"(?i)^\s+(?:i|under|enligt)\s+(?:\p{L}+\s+){0,2}?(?:förslag(?:et)?\s+till\s+beslut|beslutsförslaget)\b",
    ]);
    let mut found: Vec<Point> = Vec::new();
    for captures in NAMED.all(text) {
        let (Some(whole), Some(word)) = (group(&captures, 0), captures.name("word")) else { continue };
        let mut named = vec![(whole.clone(), number(&captures).unwrap_or_default(), letter(&captures))];
        named.extend(more(text, whole.end, word.as_str(), &named[0]));
        let end = named.last().map_or(whole.end, |(range, ..)| range.end);
        let is_in_decision = IN_DECISION.is_in(after(text, end));
        let is_another = !is_in_decision && (of_another(text, end) || owned_by_another(&text[..whole.start]));
        let is_own = is_in_decision || !word.as_str().to_lowercase().starts_with("punkt");
        let points = named.into_iter();
        found.extend(points.map(|(range, number, sub)| Point { range, number, sub, is_own, is_another }));
    }
    found
}

/// Where a point is named, its number and its sub-point.
type Named = (Range<usize>, usize, Option<usize>);

/// What goes on after the first: ”punkterna 1, 2 och 4”, ”punkt 1 a–c”. A number behind one point alone can count
/// something else: ”punkt 2 och 30 dagar”.
fn more(text: &str, from: usize, word: &str, first: &Named) -> Vec<Named> {
    static MORE: Pattern = Pattern::new(&[concat!(
        r"(?i)^(?:\s*[,–-]\s*|\s+(?:och|samt|till|eller|respektive)\s+)",
        r"(?:(?P<number>[0-9]{1,2})\b(?:\s?(?P<letter>[a-h])\b)?|(?P<only>[a-h])\b)"
    )]);
    let is_several = word.to_lowercase().ends_with("er") || word.to_lowercase().ends_with("erna");
    let mut found: Vec<Named> = Vec::new();
    let (mut end, mut current) = (from, first.1);
    while let Some(captures) = MORE.first(after(text, end)) {
        let said = ["number", "only"].into_iter().find_map(|name| captures.name(name));
        let (Some(said), Some(whole)) = (said, group(&captures, 0)) else { break };
        let sub = letter(&captures).or_else(|| only(&captures));
        let number = number(&captures);
        // A letter goes on from a letter, and a number from one.
        let goes_on = match number {
            Some(number) => number > current && (is_several || sub.is_some()),
            None => found.last().unwrap_or(first).2.is_some(),
        };
        if !goes_on {
            break;
        }
        current = number.unwrap_or(current);
        found.push((end + said.start()..end + whole.end, current, sub));
        end += whole.end;
    }
    found
}

fn number(captures: &Captures) -> Option<usize> {
    captures.name("number")?.as_str().parse().ok()
}

fn letter(captures: &Captures) -> Option<usize> {
    place_of(captures, "letter")
}

fn only(captures: &Captures) -> Option<usize> {
    place_of(captures, "only")
}

/// Where a letter stands among letters, from 1.
fn place_of(captures: &Captures, name: &str) -> Option<usize> {
    let letter = captures.name(name)?.as_str().bytes().next()?;
    Some(usize::from(letter.to_ascii_lowercase().checked_sub(b'a')?) + 1)
}

/// Whether a title, or the line under it, says that the document answers another, of whose points it speaks.
pub fn is_of_answer(title: &str) -> bool {
    static ANSWERS: Pattern = Pattern::new(&[
        r"(?i)motion|skrivelse|remiss|yttrande|svar på|betänkande|promemoria|revision|medborgarförslag|interpellation|överklag",
    ]);
    ANSWERS.is_in(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bilagor_that_are_named_are_found() {
        for (text, found) in [
            ("Se bilaga 2.", vec![("bilaga 2", 2)]),
            ("Bilagorna 1 och 3 visar det.", vec![("Bilagorna 1", 1), ("3", 3)]),
            ("Enligt bilaga 1–3, och bil. 4.", vec![("bilaga 1", 1), ("3", 3), ("bil. 4", 4)]),
            ("Avtalet, bilaga 2, godkänns.", vec![("bilaga 2", 2)]),
            ("Se bilaga 2 till förordningen och läroplanens bilaga 1.", vec![]),
        ] {
            let named: Vec<_> =
                attachments(text).into_iter().map(|(range, number)| (&text[range], number)).collect();
            assert_eq!(named, found, "{text}");
        }
    }

    #[test]
    fn points_that_are_named_are_found() {
        for (text, found) in [
            ("Se punkt 2 c.", vec![("punkt 2 c", 2, Some(3))]),
            (
                "Punkterna 1 a och c, och punkt 4.",
                vec![("Punkterna 1 a", 1, Some(1)), ("c", 1, Some(3)), ("punkt 4", 4, None)],
            ),
            ("punkt 1 a–c", vec![("punkt 1 a", 1, Some(1)), ("c", 1, Some(3))]),
            ("punkterna 1, 2 och 4", vec![("punkterna 1", 1, None), ("2", 2, None), ("4", 4, None)]),
            ("punkt 2 och 30 dagar", vec![("punkt 2", 2, None)]),
            ("punkt 2 eller en plan", vec![("punkt 2", 2, None)]),
            ("punkt 1 b och 2 a", vec![("punkt 1 b", 1, Some(2)), ("2 a", 2, Some(1))]),
        ] {
            let named: Vec<_> =
                points(text).into_iter().map(|point| (&text[point.range], point.number, point.sub)).collect();
            assert_eq!(named, found, "{text}");
        }
        let is = |text: &str| points(text).first().map(|point| (point.is_own, point.is_another));
        assert_eq!(is("punkt 2"), Some((false, false)));
        assert_eq!(is("beslutspunkt 2"), Some((true, false)));
        assert_eq!(is("punkt 2 i förslaget till beslut"), Some((true, false)));
        assert_eq!(is("planens punkt 2"), Some((false, true)));
        assert_eq!(is("punkt 2 i motionen"), Some((false, true)));
    }
}
