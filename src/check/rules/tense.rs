//! Tense: what the text says has happened had happened when the nämnd met, and what it says is to
//! come had not.

use std::ops::Range;

use jiff::civil::Date;

use crate::check::days::mentions;
use crate::check::pattern::{Captures, Pattern, group};
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::grammar::FINITE;
use crate::language::lists::List;
use crate::language::swedish::{month_names, month_number};
use crate::language::vocabulary::Vocabulary;
use crate::library::roll::Roll;

use super::dates::{days, is_telling};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::DATUM_EFTER_SAMMANTRADE, find: not_yet },
    Rule { code: codes::DATUM_PASSERAT, find: already },
];

/// Phrases that say that something has happened; `§` stands for the day.
static PAST: Pattern = Pattern::new(&[r"(?i)\bägde\s+rum\b|\bkom\s+in\b|\bvar\s+§"]);

/// The words of a clause, in small letters.
fn words(clause: &str) -> Vec<String> {
    let words = clause.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether words have a perfect: ”har yttrat sig”, ”har rådet beretts tillfälle”.
fn are_perfect(words: &[String], vocabulary: &Vocabulary) -> bool {
    let mut auxiliaries = (0..words.len()).filter(|at| ["har", "hade"].contains(&&*words[*at]));
    auxiliaries.any(|at| {
        let behind = || words.iter().skip(at + 1).take(7).map(String::as_str);
        let ends = |word: &str, endings: &[&str]| {
            word.chars().count() > 4 && endings.iter().any(|ending| word.ends_with(ending))
        };
        behind().any(|word| ends(word, &["ats", "its", "tts", "rts", "gts", "kts", "lts", "nts"]))
            || behind().take_while(|word| !vocabulary.list(List::AfterHave).has(word)).any(|word| {
                vocabulary.list(List::Supines).has(word)
                    || ends(word, &["at", "it"]) && !["annat", "separat", "privat"].contains(&word)
            })
    })
}

/// Whether words have a past tense: ”nämnden beslutade”, ”ärendet är berett”.
fn are_past(words: &[String], vocabulary: &Vocabulary) -> bool {
    let (past, happened) = (vocabulary.list(List::Past), vocabulary.list(List::Happened));
    words.iter().any(|word| past.has(word))
        || words.windows(2).any(|pair| pair[0] == "är" && happened.has(&pair[1]))
}

/// Whether a clause tells of its day as past. Behind ”att” a clause of its own begins: ”har beslutat
/// att skolan öppnar den 1 maj”.
fn is_past(clause: &str, vocabulary: &Vocabulary) -> bool {
    let day = clause.find('§').unwrap_or(clause.len());
    let start = clause[..day].rfind(" att ").map_or(0, |at| at + " att ".len());
    // ”har skjutits upp och genomförs §”: the verb beside the day is its own.
    let own = clause[start..day.max(start)].rfind(" och ").map_or(start, |at| start + at + " och ".len());
    let is_own = clause[own..].split_whitespace().any(|word| vocabulary.class(word) & FINITE != 0);
    let clause = &clause[if is_own { own } else { start }..];
    let words = words(clause);
    are_perfect(&words, vocabulary) || are_past(&words, vocabulary) || PAST.is_in(clause)
}

/// Phrases that say that something is still to come, or that a time is given.
static FUTURE: Pattern = Pattern::new(&[
    r"(?i)\b(?:till\s+och\s+med|från\s+och\s+med|fr\.o\.m\.|t\.o\.m\.|fram\s+till\b|till\s+§|tas\s+upp\b)",
]);

/// Whether a clause says that something is still to come, or gives a time.
fn is_to_come(clause: &str, vocabulary: &Vocabulary) -> bool {
    words(clause).iter().any(|word| vocabulary.list(List::Coming).has(word)) || FUTURE.is_in(clause)
}

/// The part of the sentence that a day belongs to, from the last comma or full stop before it,
/// with `§` for the day.
fn clause(passage: &Passage, day: &Range<usize>) -> String {
    // In a sentence without an end each day would have all of it.
    const FAR: usize = 400;
    let text = &passage.text;
    let first = text.ceil_char_boundary(day.start.saturating_sub(FAR));
    let last = text.floor_char_boundary(text.len().min(day.end + FAR));
    let start = text[first..day.start]
        .rmatch_indices([',', '.', ';', ':', '(', '–'])
        .find(|(at, mark)| *mark != "." || text[first + *at + 1..].starts_with(' '))
        .map_or(first, |(at, mark)| first + at + mark.len());
    let end = text[day.end..last].find([',', '.', ';', ')', '–']).map_or(last, |at| day.end + at);
    [&text[start..day.start], "§", &text[day.end..end]].concat()
}

fn not_yet(review: &Review) -> Vec<Diagnostic> {
    let head = &review.case.head;
    let meeting = head.till.sammantrade.as_ref().and_then(|day| day.date);
    let Some(last) = meeting.max(head.datum.date) else { return Vec::new() };
    if is_contradictory(review) {
        return Vec::new();
    }
    let what = if meeting.is_some() { "sammanträdet" } else { "dokumentets datum" };
    let after = days(review)
        .filter(|(passage, day)| is_telling(passage) && day.date().is_some_and(|date| date > last))
        .map(|(passage, day)| (passage, day.range));
    let mut findings: Vec<Diagnostic> = after
        .filter_map(|(passage, range)| {
            let clause = clause(passage, &range);
            let said = &passage.text[range.clone()];
            let (message, hint) = if is_prepared_late(passage, &clause, meeting.is_some()) {
                (format!("”{said}” är efter {what} {last}: då är ärendet redan avgjort"), "Rätta datumet.")
            } else if is_past(&clause, review.templates.vocabulary())
                && !is_to_come(&clause, review.templates.vocabulary())
            {
                (told_as_past(said, what, last), CORRECT)
            } else {
                return None;
            };
            Some(finding(passage.place(range), message, hint))
        })
        .collect();
    let later = review.passages.iter().filter(|passage| is_telling(passage)).flat_map(|passage| {
        periods_after(&passage.text, last).into_iter().map(move |range| (passage, range))
    });
    findings.extend(later.filter_map(|(passage, range)| {
        let clause = clause(passage, &range);
        let is_told = is_past(&clause, review.templates.vocabulary())
            && !is_to_come(&clause, review.templates.vocabulary());
        let message = told_as_past(&passage.text[range.clone()], what, last);
        is_told.then(|| finding(passage.place(range), message, CORRECT))
    }));
    findings
}

const CORRECT: &str = "Rätta datumet, eller skriv att det ska ske.";

fn told_as_past(said: &str, what: &str, last: Date) -> String {
    format!("”{said}” är efter {what} {last}, men texten säger att det har hänt")
}

/// Months and years that begin after a day: ”i december 2023”, ”våren 2025”.
fn periods_after(text: &str, last: Date) -> Vec<Range<usize>> {
    static PERIODS: Pattern = Pattern::new(&[concat!(
        r"\b(?:i|I)\s+(?P<month>",
        month_names!(),
        r")\s+(?P<year>20[0-9]{2})\b",
        r"|\b(?:[Vv]åren|[Ss]ommaren|[Hh]östen|[Uu]nder|[Uu]nder\s+år|år)\s+(?P<whole>20[0-9]{2})\b"
    )]);
    if !text.contains(" 20") {
        return Vec::new();
    }
    let is_after = |captures: &Captures| {
        let year = captures.name("year").or(captures.name("whole"))?.as_str().parse::<i16>().ok()?;
        let month = captures.name("month").map_or(Some(1), |month| month_number(month.as_str()))?;
        Some(Date::new(year, month, 1).ok()? > last)
    };
    let found = PERIODS.all(text).filter(|captures| is_after(captures) == Some(true));
    found.filter_map(|captures| group(&captures, 0)).collect()
}

/// What is done to an ärende before it is decided.
static PREPARED: Pattern = Pattern::new(&[
    r"(?i)\b(?:behandla[rts]?|behandlats|bereds?|beretts|samverka[rns]?|samverkan|yttra\s+sig|tas\s+upp)\b",
]);

fn is_prepared_late(passage: &Passage, clause: &str, has_meeting: bool) -> bool {
    has_meeting && passage.role == Some(Roll::Beredning) && PREPARED.is_in(clause)
}

/// Whether the letter is dated after its meeting, which is said already: nothing can be told by
/// those days.
fn is_contradictory(review: &Review) -> bool {
    let head = &review.case.head;
    let meeting = head.till.sammantrade.as_ref().and_then(|day| day.date);
    matches!((meeting, head.datum.date), (Some(meeting), Some(written)) if meeting < written)
}

/// Verbs that say that something is still to come.
static TO_COME: Pattern = Pattern::new(&[
    r"(?i)\b(?:kommer\s+att|kommer|ska|skall|planeras|väntas|beräknas)\s+(?:\p{L}+\s+){0,4}?[\p{L}§]+",
]);

/// Whether a clause puts what is to come into the past, or gives an end to it.
fn is_told(clause: &str, vocabulary: &Vocabulary) -> bool {
    words(clause).iter().any(|word| vocabulary.list(List::Told).has(word)) || clause.contains("fr.o.m.")
}

fn already(review: &Review) -> Vec<Diagnostic> {
    let vocabulary = review.templates.vocabulary();
    let Some(written) = review.case.head.datum.date else { return Vec::new() };
    if is_contradictory(review) {
        return Vec::new();
    }
    let mut findings = ordered_too_late(review, written);
    let told = days(review)
        .filter(|(passage, day)| is_telling(passage) && day.date().is_some_and(|date| date < written))
        .filter(|(passage, day)| {
            let clause = clause(passage, &day.range);
            // What is to come stands before its day: ”kommer att behandlas den 17 maj”.
            let before = clause.find('§').map_or("", |at| &clause[..at + "§".len()]);
            TO_COME.is_in(before) && !is_told(&clause, vocabulary) && !is_past(&clause, vocabulary)
        })
        .map(|(passage, day)| (passage, day.range));
    findings.extend(told.map(|(passage, range)| too_late(passage, range, written)));
    once_a_place(findings)
}

fn too_late(passage: &Passage, range: Range<usize>, written: Date) -> Diagnostic {
    let said = &passage.text[range.clone()];
    let message = format!("”{said}” är före dokumentets datum {written}, men texten säger att det ska hända");
    finding(passage.place(range), message, "Rätta datumet, eller skriv att det har hänt.")
}

/// What two of the ways to look have found, once.
fn once_a_place(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut left: Vec<Diagnostic> = Vec::new();
    for finding in findings {
        if !left.iter().any(|other| other.message == finding.message && other.place == finding.place) {
            left.push(finding);
        }
    }
    left
}

/// What gives an order its end: ”senast den 30 november 2025”, ”att återkomma i december 2025”.
static END_OF_ORDER: Pattern = Pattern::new(&[
    r"(?i)\b(?:senast|före|innan|inom|under|till|i|vid)\s+(?:utgången\s+av\s+|slutet\s+av\s+|början\s+av\s+)?$",
]);

/// Days and times before the document's own that the decision, or what proposes it, gives for what is to be done.
fn ordered_too_late(review: &Review, written: Date) -> Vec<Diagnostic> {
    let vocabulary = review.templates.vocabulary();
    let mut findings = Vec::new();
    for passage in review.proposals().filter(|passage| passage.kind != PassageKind::Heading) {
        let days = mentions(&passage.text).into_iter();
        let days = days.filter(|day| day.date().is_some_and(|date| date < written)).map(|day| day.range);
        for range in days.chain(periods_before(&passage.text, written)) {
            let before = &passage.text[..range.start];
            let sentence = before.rfind(". ").map_or(0, |at| at + 2);
            // What is to be done stands behind ”att”, or in a sub-point that goes on from it.
            let said = &before[sentence..];
            let order = said.rfind(" att ").map(|at| at + 1).or((passage.depth > 0).then_some(0));
            let Some(order) = order.map(|at| &said[at..]) else { continue };
            let all = words(said);
            // ”att redovisa det försök som genomfördes före den 1 maj”, ”det uppdrag som gavs”
            let tells = order.contains(" som ")
                || are_past(&all, vocabulary)
                || are_perfect(&all, vocabulary)
                || all.iter().any(|word| word == "skulle");
            let is_latest = LATEST.is_in(before);
            let is_return = RETURNS.is_in(order) && END_OF_ORDER.is_in(before);
            if !tells && (is_latest || is_return) {
                findings.push(too_late(passage, range, written));
            }
        }
    }
    findings
}

static LATEST: Pattern = Pattern::new(&[
    r"(?i)\bsenast\s+(?:under\s+|vid\s+|i\s+)?(?:utgången\s+av\s+|slutet\s+av\s+|(?:nämndens\s+)?(?:sammanträdet?|möte)\s+)?$",
]);

static RETURNS: Pattern = Pattern::new(&[
    r"(?i)\b(?:återkomma|redovisas?|slutredovisas?|delredovisas?|rapporteras?|avrapporteras?|återrapporteras?)\b",
]);

/// Months and years that end before a day: ”i december 2023”, ”våren 2021”.
fn periods_before(text: &str, day: Date) -> Vec<Range<usize>> {
    static PERIODS: Pattern = Pattern::new(&[concat!(
        r"\b(?P<month>",
        month_names!(),
        r")\s+(?P<year>20[0-9]{2})\b",
        r"|\b(?:[Vv]åren|[Ss]ommaren|[Hh]östen|[Vv]intern|(?:under\s+)?(?:år\s+)?)\s*(?P<whole>20[0-9]{2})\b"
    )]);
    if !text.contains(" 20") {
        return Vec::new();
    }
    let is_before = |captures: &Captures| {
        let year = captures.name("year").or(captures.name("whole"))?.as_str().parse::<i16>().ok()?;
        let month = captures.name("month").map_or(Some(12), |month| month_number(month.as_str()))?;
        let last = Date::new(year, month, 1).ok()?.last_of_month();
        Some(last < day)
    };
    // The month of a day is that day's.
    let is_of_day = |range: &Range<usize>| {
        text[..range.start].trim_end().ends_with(|sign: char| sign.is_ascii_digit() || sign == '-')
    };
    let found = PERIODS.all(text).filter(|captures| is_before(captures) == Some(true));
    found.filter_map(|captures| group(&captures, 0)).filter(|range| !is_of_day(range)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{decided, in_text, marked};

    #[test]
    fn a_decision_orders_nothing_for_a_day_that_has_passed() {
        for (point, found) in [
            (
                "Nämnden uppdrar åt förvaltningen att redovisa planen senast den 30 november 2023.",
                vec!["den 30 november 2023"],
            ),
            (
                "Nämnden uppdrar åt förvaltningen att återkomma med en slutredovisning senast i december 2023.",
                vec!["december 2023"],
            ),
            (
                "Nämnden ger kontoret i uppdrag att utvärdera turerna senast under våren 2023.",
                vec!["våren 2023"],
            ),
            ("Nämnden uppmanar socialnämnden att återkomma i mars 2024.", vec!["mars 2024"]),
            ("Nämnden uppdrar åt förvaltningen att redovisa planen senast den 30 november 2025.", vec![]),
            ("Nämnden uppdrar åt förvaltningen att återkomma senast i september 2024.", vec![]),
            (
                "Nämnden godkänner redovisningen av uppdraget att se över taxan, som skulle ske senast den 1 mars 2024.",
                vec![],
            ),
            ("Nämnden uppdrar åt förvaltningen att följa upp insatserna under 2023.", vec![]),
            ("Nämnden beslutar att taxan från den 1 mars 2023 upphör.", vec![]),
        ] {
            assert_eq!(decided(RULES, "datum-passerat", &format!("  - {point}\n")), found, "{point}");
        }
    }

    #[test]
    fn what_is_moved_to_a_day_lies_ahead() {
        for text in [
            "Bygget har försenats, och starten har flyttats till våren 2027.",
            "Starten har skjutits upp till den 5 maj 2027.",
            "Lokalen har bokats till i december 2026.",
            "Bygget har skjutits upp och genomförs under 2027.",
        ] {
            assert_eq!(in_text(RULES, "datum-efter-sammanträde", text), [""; 0], "{text}");
        }
        for (text, found) in [
            ("Planen vann laga kraft den 9 juni 2027.", "den 9 juni 2027"),
            ("Motionen väcktes den 9 juni 2027.", "den 9 juni 2027"),
            ("Ledamoten väckte motionen i fullmäktige den 9 juni 2027.", "den 9 juni 2027"),
            ("Bolaget ansökte om lov den 9 juni 2027.", "den 9 juni 2027"),
            ("Beslutet överklagades den 9 juni 2027.", "den 9 juni 2027"),
        ] {
            assert_eq!(in_text(RULES, "datum-efter-sammanträde", text), [found], "{text}");
        }
    }

    #[test]
    fn an_arende_is_prepared_before_it_is_decided() {
        let body = "ärendets beredning: Rådet kommer att behandla ärendet den 20 september 2032.\n";
        assert_eq!(marked(RULES, "datum-efter-sammanträde", body), ["den 20 september 2032"]);
    }

    #[test]
    fn what_has_not_happened_yet_is_found() {
        for (text, found) in [
            ("Rådet har behandlat ärendet den 2 oktober 2024.", vec!["den 2 oktober 2024"]),
            ("Nämnden beslutade den 3 maj 2025 att införa regler.", vec!["den 3 maj 2025"]),
            ("Rådet har behandlat ärendet den 20 september 2024.", vec![]),
            ("Rådet har den 2 oktober 2024 yttrat sig.", vec!["den 2 oktober 2024"]),
            ("Den 2 oktober 2024 har ärendet samverkats.", vec!["Den 2 oktober 2024"]),
            (
                "Den 2 oktober 2024 fattade nämnden beslut. Mötet var den 3 oktober 2024.",
                vec!["Den 2 oktober 2024", "den 3 oktober 2024"],
            ),
            ("Rådet har ett möte den 2 oktober 2024.", vec![]),
            ("Förvaltningen har beslutat att skolan öppnar den 2 oktober 2024.", vec![]),
            (
                "Enkäten genomfördes i december 2024. Hösten 2025 startade skolan.",
                vec!["i december 2024", "Hösten 2025"],
            ),
            ("Enkäten genomförs i december 2024. Den besvarades under 2023.", vec![]),
            ("Uppdraget ska redovisas senast den 29 november 2024.", vec![]),
            ("Förvaltningen har beslutat att rapporten lämnas senast den 1 mars 2025.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "datum-efter-sammanträde", text), found, "{text}");
        }
    }

    #[test]
    fn what_has_happened_already_is_found() {
        for (text, found) in [
            ("Ärendet kommer att behandlas den 17 augusti 2024.", vec!["den 17 augusti 2024"]),
            ("Nämnden ska den 17 augusti 2023 behandla ärendet.", vec!["den 17 augusti 2023"]),
            ("Ärendet kommer att behandlas den 17 september 2024.", vec![]),
            ("Beslutet den 3 maj 2023 innebär att planen ska följas.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "datum-passerat", text), found, "{text}");
        }
    }
}
