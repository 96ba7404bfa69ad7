//! The document's own days: it is dated as it says itself, in a year that fits, for a day when nämnder meet.

use jiff::civil::{Date, Weekday};

use crate::check::days::WEEKDAYS;
use crate::check::pattern::Pattern;
use crate::check::prose::Passage;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::{holidays, swedish};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::EGET_DATUM, find: own_date },
    Rule { code: codes::DATUM_AR, find: years },
    Rule { code: codes::SAMMANTRADE_HELG, find: meetings },
];

/// What names the document itself before a day.
static ITSELF: Pattern = Pattern::new(&[
    r"(?i)(?P<before>[\p{L}-]+\s+)?\b(?P<what>tjänsteutlåtandet?|tjänsteskrivelsen?)(?:\s*\(?,?\s*(?:är\s+|som\s+är\s+)?(?:daterat|daterad|dat\.?|av|från|upprättat|upprättad)?\s*(?:den\s+)?)?$",
]);

fn own_date(review: &Review) -> Vec<Diagnostic> {
    let head = &review.case.head;
    let Some(own) = head.datum.date.filter(|_| review.case.kind.is_letter()) else { return Vec::new() };
    let mut findings = Vec::new();
    for (at, day) in review.days() {
        let passage = &review.passages[*at];
        if !day.date().is_some_and(|date| date != own && is_near(date, own)) {
            continue;
        }
        let Some(said) = ITSELF.first(&passage.text[..day.range.start]) else { continue };
        let before = said.name("before").map_or("", |before| before.as_str().trim());
        if !is_own(before, &head.avsandare.namn().text) {
            continue;
        }
        let message = format!(
            "dokumentet är daterat {}, men kallas här {}",
            swedish::day(own),
            &passage.text[day.range.clone()]
        );
        findings.push(finding(passage.place(day.range.clone()), message, "Rätta det datum som är fel."));
    }
    findings
}

/// A slip for the own date, rather than another document's: the same day of another year, or near it.
fn is_near(date: Date, own: Date) -> bool {
    const DAYS: i32 = 62;
    let same_day = date.month() == own.month() && date.day() == own.day();
    same_day || own.since(date).is_ok_and(|span| span.get_days().abs() <= DAYS)
}

/// Whether the word before lets it be the document that it stands in.
fn is_own(before: &str, forvaltning: &str) -> bool {
    const OWN: &[&str] =
        &["förvaltningens", "kontorets", "detta", "föreliggande", "och", "i", "på", "med", "av", ""];
    let lower = before.to_lowercase();
    OWN.contains(&lower.as_str()) || lower == swedish::genitive(&forvaltning.to_lowercase())
}

/// A year in a diarienummer.
static YEAR: Pattern = Pattern::new(&[r"(?:^|[^0-9])(?P<year>(?:19|20)[0-9]{2})(?:[^0-9]|$)"]);

fn years(review: &Review) -> Vec<Diagnostic> {
    const LONG: i16 = 4;
    const FAR: i32 = 400;
    let head = &review.case.head;
    let (Some(written), Some(place)) = (head.datum.date, head.datum.line.place()) else { return Vec::new() };
    let number = &head.diarienummer.text;
    let filed = YEAR.first(number).and_then(|found| found.name("year")?.as_str().parse::<i16>().ok());
    let mut findings = Vec::new();
    if let Some(filed) = filed {
        let is_said = || {
            let others = review.days().iter().filter_map(|(_, day)| day.year);
            others
                .chain(head.till.sammantrade.iter().filter_map(|day| Some(day.date?.year())))
                .any(|year| year == written.year())
        };
        let message = if written.year() < filed {
            Some(format!(
                "dokumentet är daterat {}, men ärendet är diariefört {filed} ({number})",
                written.year()
            ))
        } else if written.year() - filed >= LONG && !is_said() {
            Some(format!(
                "året {} passar varken diarienumret {number} eller något datum i texten",
                written.year()
            ))
        } else {
            None
        };
        let hint = "Rätta året i datum: eller i diarienummer:.";
        findings.extend(message.map(|message| {
            let found = finding(place, message, hint);
            match head.diarienummer.place() {
                Some(number) => found.related(number, "diarienumret står här"),
                None => found,
            }
        }));
    }
    if let Some(day) = &head.till.sammantrade
        && let (Some(met), Some(place)) = (day.date, day.line.place())
        && written.until(met).is_ok_and(|span| span.get_days() > FAR)
    {
        let message = format!("sammanträdet {met} är mer än ett år efter dokumentets datum {written}");
        findings.push(finding(place, message, "Rätta året i sammanträde: eller i datum:."));
    }
    findings
}

/// A meeting that a day in the text is the day of.
static MEETING: Pattern = Pattern::new(&[
    r"(?i)\b(?:sammanträd\p{L}*|nämndmöte\p{L}*|nämndsammanträde\p{L}*)(?:\s+(?:på|för|hölls|hålls|äger\s+rum|blir|är|som\s+hålls|nästa\s+gång))*\s*(?:\(|,)?\s*$",
]);

fn meetings(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if let Some(day) = &review.case.head.till.sammantrade
        && let (Some(date), Some(place)) = (day.date, day.line.place())
    {
        findings.extend(free_day(date).map(|what| meeting_on(place, date, &what)));
    }
    let passages: Vec<&Passage> = review.passages.iter().collect();
    for (at, day) in review.days() {
        let passage = passages[*at];
        let Some(date) = day.date().filter(|_| MEETING.is_in(&passage.text[..day.range.start])) else {
            continue;
        };
        // A weekday that is said is meant, or wrong in itself.
        if day.weekday.is_none() {
            findings
                .extend(free_day(date).map(|what| meeting_on(passage.place(day.range.clone()), date, &what)));
        }
    }
    findings
}

fn meeting_on(place: crate::diagnostic::Place, date: Date, what: &str) -> Diagnostic {
    let message = format!("sammanträdet {} är på {what}", swedish::day(date));
    finding(place, message, "Kontrollera datumet: nämnder sammanträder sällan då.")
}

/// Why a day is free, if it is: ”en lördag”, ”annandag påsk”.
fn free_day(date: Date) -> Option<String> {
    let weekday = date.weekday();
    let is_weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
    holidays::name(date).map(str::to_owned).or_else(|| {
        let name = WEEKDAYS.iter().find(|(_, known)| *known == weekday)?.0;
        is_weekend.then(|| format!("en {name}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, of_case};

    #[test]
    fn the_document_calls_itself_by_its_date() {
        for (text, found) in [
            ("Underlag är förvaltningens tjänsteutlåtande den 30 augusti 2024.", vec!["den 30 augusti 2024"]),
            ("Tjänsteutlåtande daterat 2024-09-03.", vec!["2024-09-03"]),
            (
                "Utbildningsförvaltningens tjänsteutlåtande av den 2 september 2023 bifogas.",
                vec!["den 2 september 2023"],
            ),
            (
                "Detta tjänsteutlåtande, daterat den 20 september 2024, bifogas.",
                vec!["den 20 september 2024"],
            ),
            ("I tjänsteutlåtandet från den 1 augusti 2024 redovisas det.", vec!["den 1 augusti 2024"]),
            ("Underlag är förvaltningens tjänsteutlåtande den 2 september 2024.", vec![]),
            ("Socialförvaltningens tjänsteutlåtande den 30 augusti 2024 bifogas.", vec![]),
            ("Ett tidigare tjänsteutlåtande den 30 augusti 2024 gällde annat.", vec![]),
            ("Förvaltningens tjänsteutlåtande den 3 mars 2019 gällde annat.", vec![]),
            ("Skrivelsen kom den 30 augusti 2024.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "eget-datum", text), found, "{text}");
        }
    }

    #[test]
    fn the_year_fits() {
        for (number, date, met, found) in [
            ("UTBF 2026/1472", "2025-04-14", "2025-05-21", vec!["2025-04-14"]),
            ("UTBF 2016/1472", "2026-04-14", "", vec!["2026-04-14"]),
            ("UTBF 2026/1472", "2026-04-14", "2036-05-21", vec!["2036-05-21"]),
            ("UTBF 2025/1472", "2026-04-14", "2026-05-21", vec![]),
            ("1.1-123/2026", "2026-04-14", "2026-05-21", vec![]),
            ("08-012/471", "2026-04-14", "2026-05-21", vec![]),
        ] {
            let met = if met.is_empty() { String::new() } else { format!("\n  sammanträde: {met}") };
            let case = format!(
                "mall: tjänsteutlåtande\ntitel: T\ndiarienummer: {number}\ndatum: {date}\ntill:\n  nämnd: Nämnden{met}\n"
            );
            assert_eq!(of_case(RULES, "datum-år", &case), found, "{number} {date}");
        }
    }

    #[test]
    fn nobody_meets_on_a_holiday() {
        for (met, found) in [
            ("2026-05-23", true),
            ("2026-05-14", true),
            ("2026-04-06", true),
            ("2026-12-24", true),
            ("2026-06-19", true),
            ("2026-05-21", false),
            ("2026-01-07", false),
        ] {
            let case = format!(
                "mall: tjänsteutlåtande\ntitel: T\ndatum: 2026-01-02\ntill:\n  nämnd: Nämnden\n  sammanträde: {met}\n"
            );
            assert_eq!(!of_case(RULES, "sammanträde-helg", &case).is_empty(), found, "{met}");
        }
        for (text, found) in [
            ("Ärendet återkommer till nämndens sammanträde den 25 maj 2024.", vec!["den 25 maj 2024"]),
            ("Ärendet återkommer till nämndens sammanträde den 23 maj 2024.", vec![]),
            ("Festen hålls den 25 maj 2024.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "sammanträde-helg", text), found, "{text}");
        }
    }
}
