//! Dates in running text: they exist, they agree with the weekday, and are written alike.

use jiff::civil::Date;

use crate::check::days::{Mention, Notation, WEEKDAYS};
use crate::check::pattern::{Pattern, after, before};
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::grammar::{EITHER, FINITE, clauses};
use crate::language::swedish::capitalised;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::DATUM_I_TEXT, find: impossible },
    Rule { code: codes::VECKODAG, find: weekdays },
    Rule { code: codes::DATUM_FORM_BLANDAD, find: mixed_forms },
    Rule { code: codes::ARTAL_SAKNAS, find: without_year },
];

/// Every day that the passages name.
pub fn days<'a>(review: &'a Review) -> impl Iterator<Item = (&'a Passage, Mention)> {
    let passages = review.passages;
    review.days().iter().map(|(at, day)| (&passages[*at], day.clone()))
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
            let right_form = if written.chars().count() < 6 { short(right) } else { right };
            let replacement = if is_capitalised { capitalised(right_form) } else { right_form.to_owned() };
            let place = passage.place(range);
            Some(finding(place.clone(), message, "Rätta veckodagen eller datumet.").edit(place, replacement))
        })
        .collect()
}

/// As a weekday is shortened: ”tis”, ”tors”.
fn short(weekday: &str) -> &str {
    let length = if weekday == "torsdag" { 4 } else { 3 };
    weekday.char_indices().nth(length).map_or(weekday, |(at, _)| &weekday[..at])
}

/// Whether a passage tells by itself when things happen.
pub fn is_telling(passage: &Passage) -> bool {
    !matches!(passage.kind, PassageKind::Line | PassageKind::Heading | PassageKind::Quote)
}

fn mixed_forms(review: &Review) -> Vec<Diagnostic> {
    let days: Vec<_> = days(review)
        .filter(|(passage, day)| is_prose(passage, review) && day.year.is_some() && !is_cited(passage, day))
        .collect();
    let count = |form: Notation| days.iter().filter(|(_, day)| day.form == form).count();
    // Words are the norm: of equals, they stay.
    let Some(usual) =
        [Notation::Short, Notation::Digits, Notation::Words].into_iter().max_by_key(|form| count(*form))
    else {
        return Vec::new();
    };
    days.iter()
        .filter(|(_, day)| day.form != usual && !day.is_impossible())
        .map(|(passage, day)| {
            let said = &passage.text[day.range.clone()];
            let usual = match usual {
                Notation::Words => "dag, månad i bokstäver och år",
                Notation::Digits => "ÅÅÅÅ-MM-DD",
                Notation::Short => "dag, månad i siffror och år",
            };
            let message = format!("datumet ”{said}” har en annan form än textens andra datum");
            finding(
                passage.place(day.range.clone()),
                message,
                format!("Skriv alla datum i löpande text på samma sätt, i det här dokumentet {usual}."),
            )
        })
        .collect()
}

/// Whether a passage is running text: the rows of a list of documents, and cells, are none.
fn is_prose(passage: &Passage, review: &Review) -> bool {
    let is_sentence = || {
        let clauses = clauses(&passage.text, passage.text.lower(), review.templates.vocabulary());
        clauses.iter().flat_map(|clause| &clause.words).any(|word| word.is(FINITE | EITHER))
            || passage.text.sentences(review.templates.abbreviations()).count() > 1
    };
    is_telling(passage)
        && passage.kind != PassageKind::Cell
        && (passage.kind != PassageKind::Item || is_sentence())
}

/// Whether a day belongs to the name of a number of the European Union's journal, which has a form
/// of its own: ”(EUT L 119, 4.5.2016, s. 1)”.
fn is_cited(passage: &Passage, day: &Mention) -> bool {
    static JOURNAL: Pattern = Pattern::new(&[r"\b(?:EUT|EGT|OJ)\b[^()]{0,40}$"]);
    JOURNAL.is_in(&passage.text[..day.range.start])
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
        r"^\s+(?:samma|varje|nästa|följande|respektive|innevarande|föregående|kommande|nästkommande|påföljande)\s+(?:kalender)?år",
        r"^\s+(?:det\s+)?(?:år|året|kalenderåret|inkomståret|beskattningsåret|läsåret)\s+(?:efter|före|innan|då|därpå|som|för|närmast)\b",
    ]);
    static EVERY: Pattern = Pattern::new(&[r"(?i)\b(?:varje|årligen|alla)\s*$"]);
    REST.is_in(after(&passage.text, day.range.end)) || EVERY.is_in(before(&passage.text, day.range.start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn days_that_do_not_exist_are_found() {
        let text = "Den 31 april 2024, den 30 februari, 2023-02-29, 29 februari 2024 och 31/6 2024.";
        assert_eq!(
            in_text(RULES, "datum-i-text", text),
            ["Den 31 april 2024", "den 30 februari", "2023-02-29", "31/6 2024"]
        );
        let text = "Den 1–31 september 2023, 20230931 och 2023-13-05.";
        let impossible = ["Den 1–31 september 2023", "20230931", "2023-13-05"];
        assert_eq!(in_text(RULES, "datum-i-text", text), impossible);
        assert_eq!(in_text(RULES, "datum-form-blandad", text), [""; 0]);
    }

    #[test]
    fn weekdays_that_disagree_are_found() {
        for (text, found) in [
            ("Mötet är tisdagen den 5 mars 2024.", vec![]),
            ("Mötet är onsdagen den 5 mars 2024.", vec!["onsdag"]),
            ("Mötet är torsdag 26 september.", vec![]),
            ("Mötet är fredag 26 september.", vec!["fredag"]),
            ("Mötet är mån. 5 mars 2024, onsd 5/3 2024 och tis 5 mars 2024.", vec!["mån", "ons"]),
            ("Mötet är 5 mars 2024 (torsdag) eller 6 mars 2024 (onsdag).", vec!["torsdag"]),
        ] {
            assert_eq!(in_text(RULES, "veckodag", text), found, "{text}");
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
