//! The order of an utlåtande's days: it is written when the answers it gives have come in.

use jiff::civil::Date;

use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::read::remiss::Remissinstans;
use crate::yaml::values::Day;

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::DATUM_ORDNING, find: out_of_order }];

fn out_of_order(review: &Review) -> Vec<Diagnostic> {
    let head = &review.case.head;
    let instanser = review.case.remissinstanser();
    let found: Vec<Diagnostic> =
        instanser.iter().filter_map(|instans| of_one(instans, head.datum.date, review)).collect();
    // What comes before most of the answers is itself the day that is wrong.
    match (head.datum.date, head.datum.line.place()) {
        (Some(written), Some(place)) if found.len() > 2 && found.len() * 2 > instanser.len() => {
            let message = format!("utlåtandets datum {written} är före {} av svaren", found.len());
            let related = found.into_iter().filter_map(|found| Some((found.place?, found.message)));
            let whole = finding(place, message, CORRECT);
            vec![related.fold(whole, |whole, (place, message)| whole.related(place, message))]
        }
        _ => found,
    }
}

const CORRECT: &str = "Rätta det datum som är fel.";

/// The first day of an instans that comes too late.
fn of_one(instans: &Remissinstans, written: Option<Date>, review: &Review) -> Option<Diagnostic> {
    let svar = instans.svar(&review.case.referred);
    let date = |day: Option<&Day>| day.and_then(|day| day.date);
    let (met, answered) = (date(svar.sammantrade), date(svar.datum));
    let is_after =
        |one: Option<Date>, other: Option<Date>| one.zip(other).is_some_and(|(one, other)| one > other);
    let (day, message) = if is_after(met, written) {
        (svar.sammantrade?, format!("sammanträdet {} är efter utlåtandets datum {}", met?, written?))
    } else if is_after(answered, written) {
        (svar.datum?, format!("svaret är daterat {}, efter utlåtandets datum {}", answered?, written?))
    } else if svar.forvaltning.is_some() && is_after(answered, met) {
        (svar.datum?, format!("tjänsteutlåtandet är daterat {}, efter sammanträdet {}", answered?, met?))
    } else {
        return None;
    };
    // A day that stands in the answer's own file is seen from here where the file is named.
    let here = |place: &crate::diagnostic::Place| place.source == review.case.source;
    let place = day.line.place().filter(here).or_else(|| instans.fil()?.place())?;
    Some(finding(place, message, CORRECT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::of_case;

    #[test]
    fn an_utlatande_comes_after_its_answers() {
        for (written, met, answered, found) in [
            ("2024-08-21", "2024-03-26", "2024-03-26", vec![]),
            ("2024-08-21", "2024-09-26", "2024-03-26", vec!["2024-09-26"]),
            ("2024-08-21", "2024-03-26", "2024-04-02", vec!["2024-04-02"]),
            ("2024-08-21", "2025-03-26", "2025-03-02", vec!["2025-03-26"]),
        ] {
            let case = format!(
                "mall: utlåtande\ntitel: T\ndatum: {written}\nremissinstanser:\n  - namn: Socialnämnden\n    sammandrag: Bra.\n    sammanträde: {met}\n    beslut: Socialnämnden godkänner det.\n    tjänsteutlåtande:\n      datum: {answered}\n      text: Bra.\n"
            );
            assert_eq!(of_case(RULES, "datum-ordning", &case), found, "{written} {met} {answered}");
        }
    }
}
