//! The proposal said again: in the summary and at the end it is the one of the decision.

use std::collections::BTreeSet;

use crate::check::pattern::Pattern;
use crate::check::prose::Passage;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};

use super::decision::{AGAIN, answers, asker, matters, points};

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: "förslag-skiljer", severity: Severity::Warning, find: differs }];

/// Where the whole proposal stands again.
const CONCLUSION: &str = "avslutande förslag";

/// What says the proposal again.
static AGAIN_SAID: Pattern = Pattern::new(&[
    r"(?i)förvaltning(?:en)?\s+föreslår\b.*?\batt\b.*?nämnd(?:en)?\s+(?:\p{L}+\s+)?(?:godkänner|beslutar|överlämnar|åberopar|antar|avslår|tillstyrker|avstyrker|bifaller|besvarar)",
]);

static VERBS: Pattern = Pattern::new(&[concat!(
    r"(?i)(?:nämnden|nämnd|och|samt)\s+(?:därmed\s+|därför\s+|även\s+)?",
    r"(?P<verb>godkänner|överlämnar|åberopar|antar|avslår|tillstyrker|avstyrker|bifaller|besvarar)\b"
)]);

static HANDED: Pattern =
    Pattern::new(&[r"(?i)\btill\s+(?P<body>\p{L}[\p{L} -]*?)\s+som\s+(?:sitt\s+)?(?:svar|yttrande)"]);

static FIGURES: Pattern = Pattern::new(&[r"[0-9][0-9  .,]*[0-9]|[0-9]"]);

/// The stems of what a decision can do.
const STEMS: &[(&str, &str)] = &[
    ("godkänn", "godkänner"),
    ("överlämn", "överlämnar"),
    ("åberop", "åberopar"),
    ("avslå", "avslår"),
    ("tillstyrk", "tillstyrker"),
    ("avstyrk", "avstyrker"),
    ("bifall", "bifaller"),
    ("juster", "justerar"),
];

fn differs(review: &Review) -> Vec<Diagnostic> {
    let decision: String = points(review).map(|point| point.text.to_lowercase() + " ").collect();
    let Some(first) = points(review).next() else { return Vec::new() };
    if !STEMS.iter().any(|(stem, _)| decision.contains(stem)) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| AGAIN.contains(&passage.section.as_str())) {
        for sentence in passage.sentences(review.templates.abbreviations()) {
            if AGAIN_SAID.is_in(&passage.text[sentence.clone()]) {
                findings.extend(compared(passage, sentence, &decision, review));
            }
        }
        if passage.section == CONCLUSION && !decision.contains("juster") {
            findings.extend(adjusted(passage));
        }
    }
    findings.extend(left_out(review, &decision));
    findings
        .into_iter()
        .map(|found| found.related(first.place(0..first.text.len()), "så står det i förslag till beslut"))
        .collect()
}

/// What one sentence says that the decision does not.
fn compared(
    passage: &Passage,
    sentence: std::ops::Range<usize>,
    decision: &str,
    review: &Review,
) -> Vec<Diagnostic> {
    let text = &passage.text[sentence.clone()];
    let mut places: Vec<std::ops::Range<usize>> = Vec::new();
    for captures in VERBS.all(text) {
        let Some(verb) = captures.name("verb") else { continue };
        let stem = STEMS.iter().find(|(stem, _)| verb.as_str().to_lowercase().starts_with(stem));
        if stem.is_some_and(|(stem, _)| !decision.contains(stem)) {
            places.push(verb.range());
        }
    }
    // Who is answered, and what, is for rules of their own where the title says it.
    if asker(review).is_none() {
        let handed = HANDED.all(text).filter_map(|captures| captures.name("body"));
        places.extend(
            handed.filter(|body| !decision.contains(&body.as_str().to_lowercase())).map(|body| body.range()),
        );
    }
    let known: Vec<_> = answers(decision).into_iter().map(|(matter, _)| matter).collect();
    let matters = matters(review);
    for (matter, range) in answers(text) {
        if !known.is_empty() && !known.contains(&matter) && (matters.is_empty() || matters.contains(&matter))
        {
            places.push(range);
        }
    }
    let figures: BTreeSet<&str> = FIGURES.ranges(decision).map(|range| &decision[range]).collect();
    if !figures.is_empty() {
        places.extend(FIGURES.ranges(text).filter(|range| !figures.contains(&text[range.clone()])));
    }
    places
        .into_iter()
        .map(|range| {
            let message = format!("”{}” står inte i förslag till beslut", &text[range.clone()]);
            let place = passage.place(sentence.start + range.start..sentence.start + range.end);
            finding(place, message, "Förslaget ska vara detsamma överallt: rätta det ena.")
        })
        .collect()
}

static ADJUSTS: Pattern = Pattern::new(&[
    r"(?i)\bjuster\p{L}*(?:\s+\p{L}+)?\s+omedelbart|\bomedelbart\s+juster\p{L}*|\bomedelbar\s+justering",
]);

fn adjusted(passage: &Passage) -> Vec<Diagnostic> {
    ADJUSTS
        .ranges(&passage.text)
        .map(|range| {
            let hint = "Lägg till punkten ”Beslutet justeras omedelbart.”, eller ta bort meningen här.";
            finding(passage.place(range), "omedelbar justering står inte i förslag till beslut", hint)
        })
        .collect()
}

/// What the decision does and the conclusion leaves out.
fn left_out(review: &Review, decision: &str) -> Vec<Diagnostic> {
    let conclusion: Vec<&Passage> =
        review.passages.iter().filter(|passage| passage.section == CONCLUSION).collect();
    let Some(first) = conclusion.first() else { return Vec::new() };
    let said: String = conclusion.iter().map(|passage| passage.text.to_lowercase() + " ").collect();
    STEMS
        .iter()
        .filter(|(stem, _)| decision.contains(stem) && !said.contains(stem))
        .map(|(_, verb)| {
            let message = format!(
                "det avslutande förslaget säger inte att nämnden ”{verb}”, som i förslag till beslut"
            );
            let end = first.text.find(' ').unwrap_or(first.text.len());
            finding(first.place(0..end), message, "Förslaget ska vara detsamma överallt: rätta det ena.")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::marked;

    fn concluded(conclusion: &str) -> Vec<String> {
        let decision = "förslag till beslut:\n  - Utbildningsnämnden godkänner svaret på skrivelsen om 3 skolor och överlämnar det till kommunstyrelsen som svar på skrivelsen.\n";
        marked(RULES, "förslag-skiljer", &format!("{decision}avslutande förslag: {conclusion}\n"))
    }

    #[test]
    fn the_conclusion_says_what_the_decision_says() {
        let start = "Förvaltningen föreslår att utbildningsnämnden";
        for (rest, found) in [
            ("godkänner svaret och överlämnar det till kommunstyrelsen som svar på skrivelsen.", vec![]),
            ("avslår svaret och överlämnar det. Den godkänner.", vec!["avslår"]),
            (
                "godkänner svaret och överlämnar det till kommunfullmäktige som svar på skrivelsen.",
                vec!["kommunfullmäktige"],
            ),
            ("godkänner svaret och överlämnar det som svar på motionen.", vec!["motionen"]),
            ("godkänner svaret om 4 skolor och överlämnar det.", vec!["4"]),
            ("godkänner och överlämnar svaret. Beslutet justeras omedelbart.", vec!["justeras omedelbart"]),
            ("godkänner svaret.", vec!["Förvaltningen"]),
        ] {
            assert_eq!(concluded(&format!("{start} {rest}")), found, "{rest}");
        }
    }
}
