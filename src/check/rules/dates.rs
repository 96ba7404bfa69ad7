//! Dates in running text: they exist, they agree with the weekday, and what is said to have
//! happened had happened.

use jiff::civil::Date;

use crate::check::days::{Form, Mention, WEEKDAYS, mentions};
use crate::check::pattern::Pattern;
use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: "datum-i-text", severity: Severity::Error, find: impossible },
    Rule { code: "veckodag", severity: Severity::Warning, find: weekdays },
    Rule { code: "datum-efter-sammanträde", severity: Severity::Warning, find: not_yet },
    Rule { code: "datum-passerat", severity: Severity::Warning, find: already },
    Rule { code: "datum-form-blandad", severity: Severity::Advice, find: mixed_forms },
    Rule { code: "årtal-saknas", severity: Severity::Advice, find: without_year },
];

/// Every day that the passages name.
fn days<'a>(review: &Review<'a>) -> impl Iterator<Item = (&'a Passage, Mention)> {
    review
        .passages
        .iter()
        .flat_map(|passage| mentions(&passage.text).into_iter().map(move |day| (passage, day)))
}

fn impossible(review: &Review) -> Vec<Diagnostic> {
    days(review)
        .filter(|(_, day)| day.is_impossible())
        .map(|(passage, day)| {
            let message = format!("datumet ”{}” finns inte", &passage.text[day.range.clone()]);
            finding(passage.place(day.range), message, "Kontrollera dag och månad.")
        })
        .collect()
}

fn weekdays(review: &Review) -> Vec<Diagnostic> {
    let head = &review.case.head;
    let years = [head.datum.date, head.till.sammantrade.as_ref().and_then(|day| day.date)]
        .map(|date| date.map(Date::year));
    days(review)
        .filter_map(|(passage, day)| {
            let (weekday, range) = day.weekday.clone()?;
            let possible: Vec<Date> = match day.year {
                Some(_) => day.date().into_iter().collect(),
                None => years.into_iter().flatten().filter_map(|year| day.in_year(year)).collect(),
            };
            let date = *possible.first()?;
            if possible.iter().any(|date| date.weekday() == weekday) {
                return None;
            }
            let right = WEEKDAYS.iter().find(|(_, weekday)| *weekday == date.weekday())?.0;
            let said = &passage.text[day.range.clone()];
            let year = if day.year.is_none() { format!(" {}", date.year()) } else { String::new() };
            let message = format!("”{said}”{year} är en {right}");
            let written = &passage.text[range.clone()];
            let is_capitalised = written.starts_with(char::is_uppercase);
            let replacement = if is_capitalised { capitalised(right) } else { right.to_owned() };
            let place = passage.place(range);
            Some(finding(place.clone(), message, "Rätta veckodagen eller datumet.").edit(place, replacement))
        })
        .collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Verbs and phrases that say that something has happened.
static PAST: Pattern = Pattern::new(&[
    r"(?i)\b(?:har|hade)\s+(?:\p{L}+\s+){0,3}?\p{L}+(?:at|it|tt|ts|rts)s?\b",
    r"(?i)\b(?:beslutade|behandlade|behandlades|hölls|ägde\s+rum|inkom|lämnades|lämnade|skickades|antogs|antog|genomfördes|gav|fick|tog|väcktes|remitterade|remitterades|besvarades|beslutades|presenterades|redovisades|redovisade|yttrade\s+sig|skedde|inleddes|startade|trädde|fastställdes|fastställde|godkände|godkändes|undertecknades|anordnades|intervjuades|besökte|samrådde|informerades|informerade|publicerades|överlämnades|överlämnade|inlämnades|upprättades|daterad|daterat|daterade|inkommen|inkommit)\b",
]);

/// Words that say that something is still to come, or that a time is given.
static FUTURE: Pattern = Pattern::new(&[
    r"(?i)\b(?:ska|skall|skulle|kommer|planeras|planerar|väntas|beräknas|avses|avser|föreslås|föreslår|föreslog|bör|kan|får|senast|till\s+och\s+med|från\s+och\s+med|fr\.o\.m\.|t\.o\.m\.|fram\s+till|inför|före|tidigast|gäller|löper|påbörjas|behandlas|tas\s+upp)\b",
]);

/// The part of the sentence that a day belongs to: from the last comma or full stop before it.
fn clause<'a>(passage: &'a Passage, day: &Mention) -> &'a str {
    let text = &passage.text;
    let start = text[..day.range.start]
        .rmatch_indices([',', '.', ';', ':', '(', '–'])
        .find(|(at, mark)| *mark != "." || text[*at + 1..].starts_with(' '))
        .map_or(0, |(at, mark)| at + mark.len());
    let end =
        text[day.range.end..].find([',', '.', ';', ')', '–']).map_or(text.len(), |at| day.range.end + at);
    &text[start..end]
}

fn is_telling(passage: &Passage) -> bool {
    !matches!(passage.kind, Kind::Line | Kind::Heading | Kind::Quote)
}

fn not_yet(review: &Review) -> Vec<Diagnostic> {
    let head = &review.case.head;
    let meeting = head.till.sammantrade.as_ref().and_then(|day| day.date);
    let Some(last) = meeting.max(head.datum.date) else { return Vec::new() };
    let what = if meeting.is_some() { "sammanträdet" } else { "dokumentets datum" };
    days(review)
        .filter(|(passage, day)| is_telling(passage) && day.date().is_some_and(|date| date > last))
        .filter(|(passage, day)| {
            let clause = clause(passage, day);
            PAST.is_in(clause) && !FUTURE.is_in(clause)
                || is_prepared_late(passage, clause, meeting.is_some())
        })
        .map(|(passage, day)| {
            let said = &passage.text[day.range.clone()];
            let (message, hint) = if is_prepared_late(passage, clause(passage, &day), meeting.is_some()) {
                (format!("”{said}” är efter {what} {last}: då är ärendet redan avgjort"), "Rätta datumet.")
            } else {
                let message = format!("”{said}” är efter {what} {last}, men texten säger att det har hänt");
                (message, "Rätta datumet, eller skriv att det ska ske.")
            };
            finding(passage.place(day.range), message, hint)
        })
        .collect()
}

/// What is done to an ärende before it is decided.
static PREPARED: Pattern = Pattern::new(&[
    r"(?i)\b(?:behandla[rts]?|behandlats|bereds?|beretts|samverka[rns]?|samverkan|yttra\s+sig|tas\s+upp)\b",
]);

fn is_prepared_late(passage: &Passage, clause: &str, has_meeting: bool) -> bool {
    has_meeting && passage.section == "ärendets beredning" && PREPARED.is_in(clause)
}

/// Verbs that say that something is still to come.
static TO_COME: Pattern = Pattern::new(&[
    r"(?i)\b(?:kommer\s+att|kommer|ska|skall|planeras|väntas|beräknas)\s+(?:\p{L}+\s+){0,4}?\p{L}+",
]);

/// Words that put what is to come into the past, or give an end to it.
static TOLD: Pattern = Pattern::new(&[
    r"(?i)\b(?:skulle|sedan|från|enligt|beslut|daterad|daterat|skrivelse|motion|motionen|remiss|uppdrag|uppdraget|som|budget|fr\.o\.m\.)\b",
    r"(?i)\b(?:beslutade|behandlade|gav|fick|antog|antogs|inkom|väcktes|hölls|föreslog|föreslår)\b",
]);

fn already(review: &Review) -> Vec<Diagnostic> {
    let Some(written) = review.case.head.datum.date else { return Vec::new() };
    days(review)
        .filter(|(passage, day)| is_telling(passage) && day.date().is_some_and(|date| date < written))
        .filter(|(passage, day)| {
            let clause = clause(passage, day);
            // What is to come stands before its day: ”kommer att behandlas den 17 maj”.
            let before = clause.split(&passage.text[day.range.clone()]).next().unwrap_or_default();
            TO_COME.is_in(before) && !TOLD.is_in(clause) && !PAST.is_in(clause)
        })
        .map(|(passage, day)| {
            let said = &passage.text[day.range.clone()];
            let message =
                format!("”{said}” är före dokumentets datum {written}, men texten säger att det ska hända");
            finding(passage.place(day.range), message, "Rätta datumet, eller skriv att det har hänt.")
        })
        .collect()
}

fn mixed_forms(review: &Review) -> Vec<Diagnostic> {
    let days: Vec<_> = days(review)
        .filter(|(passage, day)| is_telling(passage) && !(day.form == Form::Words && day.year.is_none()))
        .collect();
    let count = |form: Form| days.iter().filter(|(_, day)| day.form == form).count();
    // Words are the norm: of equals, they stay.
    let Some(usual) = [Form::Short, Form::Digits, Form::Words].into_iter().max_by_key(|form| count(*form))
    else {
        return Vec::new();
    };
    days.iter()
        .filter(|(_, day)| day.form != usual)
        .map(|(passage, day)| {
            let said = &passage.text[day.range.clone()];
            let usual = match usual {
                Form::Words => "dag, månad i bokstäver och år",
                Form::Digits => "ÅÅÅÅ-MM-DD",
                Form::Short => "dag, månad i siffror och år",
            };
            let message = format!("datumet ”{said}” har en annan form än textens andra datum");
            finding(
                passage.place(day.range.clone()),
                message,
                format!("Skriv alla datum i löpande text på samma sätt, här {usual}."),
            )
        })
        .collect()
}

fn without_year(review: &Review) -> Vec<Diagnostic> {
    days(review)
        .filter(|(passage, day)| is_telling(passage) && day.year.is_none() && !day.is_impossible())
        .filter(|(passage, day)| !year_follows(passage, day))
        .map(|(passage, day)| {
            let said = &passage.text[day.range.clone()];
            let message = format!("datumet ”{said}” saknar årtal");
            finding(passage.place(day.range), message, "Skriv ut året: handlingen läses också om tio år.")
        })
        .collect()
}

/// A year that stands with another day of the same list: ”den 17 maj och den 3 juni 2024”.
fn year_follows(passage: &Passage, day: &Mention) -> bool {
    static REST: Pattern = Pattern::new(&[
        r"^(?:\s*(?:och|samt|eller|till|till och med|–|-|,)\s*(?:\p{L}+\s+)?(?:den\s+)?[0-9]{1,2}\s+\p{L}+)+\s+(?:19|20)[0-9]{2}",
        r"^\s+(?:samma|varje|nästa|följande|respektive)\s+år",
    ]);
    static EVERY: Pattern = Pattern::new(&[r"(?i)\b(?:varje|årligen|alla)\s*$"]);
    REST.is_in(&passage.text[day.range.end..]) || EVERY.is_in(&passage.text[..day.range.start])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, marked};

    #[test]
    fn days_that_do_not_exist_are_found() {
        let text = "Den 31 april 2024, den 30 februari, 2023-02-29, 29 februari 2024 och 31/6 2024.";
        assert_eq!(
            in_text(RULES, "datum-i-text", text),
            ["Den 31 april 2024", "den 30 februari", "2023-02-29", "31/6 2024"]
        );
    }

    #[test]
    fn weekdays_that_disagree_are_found() {
        for (text, found) in [
            ("Mötet är tisdagen den 5 mars 2024.", vec![]),
            ("Mötet är onsdagen den 5 mars 2024.", vec!["onsdag"]),
            ("Mötet är torsdag 26 september.", vec![]),
            ("Mötet är fredag 26 september.", vec!["fredag"]),
        ] {
            assert_eq!(in_text(RULES, "veckodag", text), found, "{text}");
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
            ("Ärendet kommer att behandlas den 17 september 2024.", vec![]),
            ("Beslutet den 3 maj 2023 innebär att planen ska följas.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "datum-passerat", text), found, "{text}");
        }
    }

    #[test]
    fn dates_have_one_form_and_a_year() {
        assert_eq!(
            in_text(RULES, "datum-form-blandad", "Den 1 maj 2024, 2024-05-02 och den 3 maj 2024."),
            ["2024-05-02"]
        );
        assert_eq!(
            in_text(
                RULES,
                "årtal-saknas",
                "Den 1 maj hölls ett möte. Den 2 maj och 3 maj 2024, den 1 maj samma år."
            ),
            ["Den 1 maj"]
        );
    }
}
