//! The att-satser of a decision: they go on from who decides, and so begin in small letters.

use std::ops::Range;

use crate::check::prose::Passage;
use crate::check::rule::{Review, finding};
use crate::diagnostic::Diagnostic;
use crate::language::lists::List;
use crate::language::swedish::capitalised;
use crate::read::body::{Content, Organbeslut};
use crate::yaml::values::Text;

use super::points::{leads_on, who};

/// The decisions of a document that are written as att-satser.
fn decisions<'a>(review: &Review<'a>) -> impl Iterator<Item = &'a Organbeslut> {
    let all = review.case.parts.iter().flat_map(|part| match &part.content {
        Content::Decisions(organs) => organs.as_slice(),
        _ => &[],
    });
    all.filter(|organ| !organ.att.is_empty())
}

/// Where the att-satser stand in the file.
pub fn places(review: &Review) -> Vec<Range<usize>> {
    let place = |text: &Text| text.origin.as_ref().map(|origin| origin.place().range);
    decisions(review).flat_map(|organ| &organ.att).filter_map(place).collect()
}

/// Those that nothing leads in, and those that begin as a sentence does.
pub fn faults(review: &Review) -> Vec<Diagnostic> {
    decisions(review).filter_map(|organ| unled(organ, review)).chain(capitals(review)).collect()
}

/// ”Kommunstyrelsen: att anta planen”, without what the clauses go on from.
fn unled(organ: &Organbeslut, review: &Review) -> Option<Diagnostic> {
    let said = organ.organ.as_ref();
    if organ.inledning.is_some() || said.is_some_and(|line| leads_on(&line.text, true)) {
        return None;
    }
    let place =
        said.and_then(|line| line.place()).or_else(|| Some(organ.att.first()?.origin.as_ref()?.place()))?;
    let decides = said.map(|line| line.text.trim_end_matches([':', ',']).trim_start_matches("I "));
    let decides = decides.map_or_else(|| who(review), capitalised);
    let hint = format!("Lägg till raden ”inledning: {decides} beslutar”.");
    Some(finding(place, "att-satserna har inget att fortsätta på", hint))
}

/// ”att Nämnden godkänner”: what goes on after the word att begins with a small letter, but for names.
fn capitals(review: &Review) -> Vec<Diagnostic> {
    let (places, vocabulary) = (places(review), review.templates.vocabulary());
    let begins =
        |passage: &&Passage| places.iter().any(|place| place.start == passage.place(0..0).range.start);
    let mut findings = Vec::new();
    for clause in review.points().filter(begins) {
        let first = clause.text.split(' ').next().unwrap_or_default();
        let small = first.to_lowercase();
        let is_name = !vocabulary.list(List::Bodies).has(&small)
            && !vocabulary.list(List::Decides).has(&small)
            && !vocabulary.is_usual(&small);
        if !first.starts_with(char::is_uppercase) || is_name {
            continue;
        }
        let place = clause.place(0..first.len());
        let hint = format!("Skriv ”{small}”: satsen fortsätter efter ordet att.");
        findings.push(finding(place.clone(), "att-satsen börjar med stor bokstav", hint).edit(place, small));
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::check::rules::points::RULES;
    use crate::check::rules::trial::marked;

    #[test]
    fn clauses_go_on_from_who_decides() {
        let decided = |organ: &str, att: &str| {
            let body = format!("förslag till beslut:\n  - organ: {organ}\n    att:\n      - {att}\n");
            marked(RULES, "beslut-mening", &body)
        };
        let led = "I utbildningsnämnden\n    inledning: Utbildningsnämnden beslutar";
        assert_eq!(decided("Utbildningsnämnden", "anta planen"), ["Utbildningsnämnden"]);
        assert_eq!(decided("Utbildningsnämnden beslutar", "anta planen"), [""; 0]);
        assert_eq!(decided(led, "anta planen, och"), [""; 0]);
        assert_eq!(decided(led, "Nämnden godkänner planen."), ["Nämnden"]);
        assert_eq!(decided(led, "Anta planen."), ["Anta"]);
        assert_eq!(decided(led, "Anna Ek utses till ordförande."), [""; 0]);
    }
}
