//! Amounts: what the summary and the conclusion let the nämnd pay is what the decision says.

use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
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
    for passage in passages.filter(|passage| passage.kind != Kind::Heading) {
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
    others
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
        .collect()
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
