//! Amounts: what the summary and the conclusion let the nämnd pay is what the decision says.

use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::language::figures::figure;
use crate::library::roll::Roll;

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::BELOPP_SKILJER, find: differ }];

/// An amount of money.
static MONEY: Pattern = Pattern::new(&[
    r"(?i)\b[0-9][0-9 \u{a0}.]*(?:,[0-9]+)?[ \u{a0}]?(?:kronor|kr|tkr|mnkr|mkr|mdkr|tusen\s+kronor|miljon(?:er)?(?:\s+kronor)?|miljard(?:er)?(?:\s+kronor)?)\b",
]);

/// What makes a sentence one that proposes, rather than tells.
static PROPOSES: Pattern = Pattern::new(&[
    r"(?i)\b(?:föreslå\w*|förslag\w*|beslutar?|bevilja[rs]?|anslå[rs]?|avsätt(?:er|a|s)|uppdrag|godkänn(?:er|a|s)|tilldela[rs]?)\b",
]);

/// What makes a sentence the sender's own proposal.
static OWN: Pattern = Pattern::new(&[
    r"(?i)\b(?:\w*förvaltningen|\w*kontoret)\s+(?:\w+\s+)?föreslår\b|\bnämnden\s+föreslås\b|\bföreslås\s+(?:att\s+)?\w*nämnden\b",
]);

struct Amount {
    worth: f64,
    range: Range<usize>,
}

fn amounts(text: &str) -> Vec<Amount> {
    let found = MONEY
        .ranges(text)
        .filter_map(|range| Some(Amount { worth: figure(&text[range.clone()])?.worth(), range }));
    found.filter(|amount| amount.worth > 0.0).collect()
}

fn differ(review: &Review) -> Vec<Diagnostic> {
    let decided: Vec<&Passage> = review.points().collect();
    let Some(first) = decided.first() else { return Vec::new() };
    let in_decision: Vec<f64> =
        decided.iter().flat_map(|point| amounts(&point.text)).map(|amount| amount.worth).collect();
    let mut again: Vec<(&Passage, Amount)> = Vec::new();
    let passages = review.again().filter(|passage| passage.role != Some(Roll::Asikt));
    for passage in passages.filter(|passage| passage.kind != PassageKind::Heading) {
        for sentence in passage.text.sentences(review.templates.abbreviations()) {
            let said = &passage.text[sentence.clone()];
            // A summary also tells what others propose.
            let is_own = passage.role != Some(Roll::Sammanfattning) || OWN.is_in(said);
            if PROPOSES.is_in(said) && is_own {
                again.extend(amounts(said).into_iter().map(|amount| {
                    let range = sentence.start + amount.range.start..sentence.start + amount.range.end;
                    (passage, Amount { range, ..amount })
                }));
            }
        }
    }
    let is_decided = |amount: &Amount| in_decision.iter().any(|decided| (decided - amount.worth).abs() < 0.5);
    if in_decision.is_empty() && !again.is_empty() {
        return vec![lost(review, first, &again)];
    }
    let decision = review.called_decision();
    let others = again.iter().filter(|(_, amount)| !is_decided(amount));
    let mut findings: Vec<Diagnostic> = others
        .map(|(passage, amount)| {
            let said = &passage.text[amount.range.clone()];
            let message = format!("”{said}” står inte i {decision}");
            finding(
                passage.place(amount.range.clone()),
                message,
                "Beloppet ska vara detsamma överallt: rätta det ena.",
            )
            .related(first.place(0..first.text.len()), format!("så står det i {decision}"))
        })
        .collect();
    if findings.is_empty() {
        findings.extend(alone(review));
    }
    findings
}

/// An amount that stands alone in the document, in the decision or in the summary, where the other has one of about
/// the same size that the text bears out: a figure that was changed in one place.
fn alone(review: &Review) -> Option<Diagnostic> {
    let in_summary = |passage: &Passage| {
        passage.role.is_some_and(|role| role.says_again() && role != Roll::Asikt)
            && passage.kind != PassageKind::Heading
    };
    let of = |passages: Vec<&'_ Passage>| -> Vec<(Place, f64, String)> {
        let all = passages.into_iter().flat_map(|passage| {
            let said = amounts(&passage.text).into_iter();
            said.map(move |amount| {
                let words = passage.text[amount.range.clone()].to_owned();
                (passage.place(amount.range), amount.worth, words)
            })
        });
        all.collect()
    };
    let decided = of(review.points().collect());
    let summed = of(review.passages.iter().filter(|passage| in_summary(passage)).collect());
    let is_in = |all: &[(Place, f64, String)], worth: f64| {
        all.iter().any(|(_, other, _)| (other - worth).abs() < 0.5)
    };
    let rest = || {
        review.passages.iter().filter(|passage| passage.role != Some(Roll::Beslut) && !in_summary(passage))
    };
    // In a table the figure stands without its unit.
    let is_elsewhere = |said: &str| {
        let is_digital = |sign: char| sign.is_ascii_digit() || matches!(sign, ' ' | '\u{a0}' | ',' | '.');
        let digits = said.trim_end_matches(|sign| !char::is_ascii_digit(&sign)).trim();
        let digits = &digits[..digits.find(|sign| !is_digital(sign)).unwrap_or(digits.len())];
        rest().any(|passage| {
            let ends = |sign: Option<char>| !sign.is_some_and(|sign| sign.is_ascii_digit() || sign == ',');
            passage.text.match_indices(digits).any(|(at, _)| {
                ends(passage.text[..at].chars().next_back())
                    && !passage.text[at + digits.len()..].starts_with(|sign: char| sign.is_ascii_digit())
            })
        })
    };
    // The one that stands alone, and what it should be like.
    let lonely = |these: &[(Place, f64, String)], those: &[(Place, f64, String)]| -> Option<Diagnostic> {
        these.iter().filter(|(_, worth, said)| !is_in(those, *worth) && !is_elsewhere(said)).find_map(
            |(place, worth, said)| {
                let (there, _, other) = those.iter().find(|(_, other, words)| {
                    (0.5..=2.0).contains(&(other / worth)) && !is_in(these, *other) && is_elsewhere(words)
                })?;
                let message = format!("”{said}” står bara här, men ”{other}” på andra ställen");
                let hint = "Beloppet ska vara detsamma överallt: rätta det ena.";
                Some(finding(place.clone(), message, hint).related(there.clone(), "så står det här"))
            },
        )
    };
    lonely(&decided, &summed).or_else(|| lonely(&summed, &decided))
}

/// The decision has no amount at all, but what says it again has.
fn lost(review: &Review, point: &Passage, again: &[(&Passage, Amount)]) -> Diagnostic {
    let said: Vec<&str> = again.iter().map(|(passage, amount)| &passage.text[amount.range.clone()]).collect();
    let message = format!("beslutet anger inget belopp, men texten föreslår {}", said[0]);
    let hint = format!("Skriv beloppet i {}: det är beslutet som gäller.", review.called_decision());
    let found = finding(point.place(0..point.text.len()), message, hint);
    again.iter().fold(found, |found, (passage, amount)| {
        found.related(passage.place(amount.range.clone()), "beloppet står här")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::marked;

    #[test]
    fn an_amount_that_stands_alone_is_found() {
        let body = |decision: &str, summary: &str| {
            format!(
                "förslag till beslut: Nämnden godkänner ombyggnaden till en kostnad av högst {decision} miljoner kronor.\nsammanfattning: Arbetet beräknas kosta {summary} miljoner kronor.\nbakgrund: |\n  Kostnaden är 18,4 miljoner kronor.\n\n  | Post | Mnkr |\n  | --- | ---: |\n  | Mark | 18,4 |\n"
            )
        };
        for (decision, summary, found) in [
            ("18,4", "14,8", vec!["14,8 miljoner kronor"]),
            ("18,9", "18,4", vec!["18,9 miljoner kronor"]),
            ("18,4", "18,4", vec![]),
            ("2,5", "18,4", vec![]),
            ("18,4", "3,1", vec![]),
        ] {
            assert_eq!(
                marked(RULES, "belopp-skiljer", &body(decision, summary)),
                found,
                "{decision} {summary}"
            );
        }
    }
}
