//! Acceptances: what a case says shall stand although the review finds it, and why.

use std::ops::Range;
use std::sync::Arc;

use regex::Regex;

use super::overlap;
use super::rules;
use crate::diagnostic::{Diagnostic, Source, codes, nearest};
use crate::read::Case;
use crate::read::acceptance::Godkannande;

/// What is left of the findings of a case when its acceptances are heard.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// What stands, with what is wrong with the acceptances themselves.
    pub left: Vec<Diagnostic>,
    /// What is accepted, each with its reason.
    pub accepted: Vec<(Diagnostic, String)>,
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The case by itself: what rules across cases find is not among the findings.
    Alone,
    /// The case and others.
    Across,
}

/// What a case says shall stand.
#[derive(Clone, Debug)]
pub struct Acceptances {
    said: Vec<Godkannande>,
    source: Arc<Source>,
    /// Whether it is known what they are for.
    is_whole: bool,
}

impl Acceptances {
    /// The acceptances of a case.
    pub fn of(case: &Case) -> Self {
        Self { said: case.head.godkann.0.clone(), source: case.source.clone(), is_whole: case.is_whole }
    }

    /// Hears them about what is found when a document is made: nothing there tells whether they are needed.
    pub fn hear(&self, findings: Vec<Diagnostic>) -> Settled {
        let acceptances: Vec<Acceptance> =
            self.said.iter().map(|said| Acceptance::new(said, &self.source)).collect();
        let mut settled = Settled::default();
        for finding in findings {
            match acceptances.iter().find(|acceptance| acceptance.covers(&finding)) {
                Some(acceptance) => settled.accepted.push((finding, acceptance.said.skal.text.clone())),
                None => settled.left.push(finding),
            }
        }
        settled
    }

    /// Hears them.
    pub fn settle(&self, findings: Vec<Diagnostic>, scope: Scope) -> Settled {
        let acceptances: Vec<Acceptance> =
            self.said.iter().map(|said| Acceptance::new(said, &self.source)).collect();
        let mut needed = vec![false; acceptances.len()];
        let mut settled = Settled::default();
        for finding in findings {
            match acceptances.iter().position(|acceptance| acceptance.covers(&finding)) {
                Some(at) => {
                    needed[at] = true;
                    settled.accepted.push((finding, acceptances[at].said.skal.text.clone()));
                }
                None => settled.left.push(finding),
            }
        }
        // What is accepted speaks for nothing else.
        settled.left = overlap::without(settled.left);
        for (acceptance, needed) in acceptances.iter().zip(needed) {
            settled.left.extend(acceptance.fault(needed || !self.is_whole, scope));
        }
        settled
    }
}

/// An acceptance, with where its words stand in the file.
struct Acceptance<'a> {
    said: &'a Godkannande,
    valid: bool,
    words: Option<Vec<Range<usize>>>,
}

impl<'a> Acceptance<'a> {
    fn new(said: &'a Godkannande, source: &Source) -> Self {
        let valid = is_reason(&said.skal.text)
            && codes::find(&said.kod.text).is_some_and(|code| code.can_be_accepted());
        let words = said.text.as_ref().map(|words| places(&words.text, &source.text));
        Self { said, valid, words }
    }

    fn covers(&self, finding: &Diagnostic) -> bool {
        self.valid
            && finding.code.name == self.said.kod.text
            && self.words.as_ref().is_none_or(|words| {
                finding.place.as_ref().is_some_and(|place| {
                    let next = words.partition_point(|word| word.end <= place.range.start);
                    words.get(next).is_some_and(|word| word.start < place.range.end)
                })
            })
    }

    /// What is wrong with the acceptance itself.
    fn fault(&self, needed: bool, scope: Scope) -> Option<Diagnostic> {
        let place = self.said.kod.place()?;
        let code = self.said.kod.text.as_str();
        if code.is_empty() {
            return None;
        }
        let Some(known) = codes::find(code) else { return Some(unknown(code).at(place)) };
        if !known.can_be_accepted() {
            return Some(
                Diagnostic::new(codes::GODKANNS_INTE, format!("felet ”{code}” kan inte godkännas"))
                    .at(place)
                    .hint("Rätta felet och ta bort godkännandet. Bara granskningens regler kan godkännas."),
            );
        }
        if !self.said.skal.is_empty() && !is_reason(&self.said.skal.text) {
            let message = format!("”{}” är inget skäl för att godkänna ”{code}”", self.said.skal.text);
            let found = Diagnostic::new(codes::SKAL_SAKNAS, message);
            return Some(
                found.at(self.said.skal.place().unwrap_or(place)).hint("Skriv varför det får stå kvar."),
            );
        }
        let is_across = scope == Scope::Alone && rules::across_codes().any(|other| other == known);
        // No review fills a Word document.
        let unseen = is_across || known == codes::WORDMALL_SAKNAR_PLATS;
        if needed || unseen || self.said.skal.is_empty() {
            return None;
        }
        let message = match &self.said.text {
            Some(text) => format!("godkännandet av ”{code}” vid ”{}” behövs inte", text.text),
            None => format!("godkännandet av ”{code}” behövs inte"),
        };
        Some(
            Diagnostic::new(codes::ONODIGT_GODKANNANDE, message)
                .at(place)
                .hint("Ta bort det: granskningen anmärker inte längre på det som godkänns."),
        )
    }
}

/// Whether somebody says why: more than a mark, a word of consent or a place to fill in.
fn is_reason(text: &str) -> bool {
    const CONSENT: &[&str] = &["ok", "okej", "okay", "ja", "skäl", "godkänt", "godkänd", "test", "stämmer"];
    let said = text.to_lowercase();
    let word = said.trim_matches(|mark: char| !mark.is_alphanumeric());
    word.chars().filter(|letter| letter.is_alphabetic()).count() > 2
        && !CONSENT.contains(&word)
        && !rules::is_gap(text)
}

/// The finding that a code does not exist.
pub fn unknown(code: &str) -> Diagnostic {
    let finding = Diagnostic::new(codes::OKAND_KOD, format!("koden ”{code}” finns inte"));
    match nearest(code, codes::ALL.iter().map(|code| code.name)) {
        Some(near) => finding.hint(format!("Menade du ”{near}”?")),
        None => finding.hint("Alla koder visas av: tjut check --förklara"),
    }
}

/// Where words stand in a text, however its lines are broken.
fn places(words: &str, text: &str) -> Vec<Range<usize>> {
    let words: Vec<String> = words.split_whitespace().map(regex::escape).collect();
    match Regex::new(&words.join(r"\s+")) {
        Ok(pattern) if !words.is_empty() => pattern.find_iter(text).map(|found| found.range()).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_why() {
        for text in ["", "-", "XXX", "TODO", "ok", "…", "[skäl]", "Skäl", "?"] {
            assert!(!is_reason(text), "{text}");
        }
        for text in ["Namnet stavas så.", "Citat", "XXX är produktens namn"] {
            assert!(is_reason(text), "{text}");
        }
    }
}
