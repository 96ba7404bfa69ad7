//! The proposal said again: in the summary and at the end it is the one of the decision.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::prose::Passage;
use crate::check::rule::{Review, Rule, finding, once};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::numbers::{number_words, value};
use crate::library::roll::Roll;

use super::decision::asker;
use super::matters::{answers, matters};

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::FORSLAG_SKILJER, find: differs }];

/// What says the proposal again.
static AGAIN_SAID: Pattern = Pattern::new(&[
    r"(?i)förvaltning(?:en)?\s+föreslår\b.*?\batt\b.*?nämnd(?:en)?\s+(?:\p{L}+\s+)?(?:\p{L}+\s+)?(?:godkänner|beslutar|överlämnar|åberopar|antar|avslår|tillstyrker|avstyrker|bifaller|besvarar|avvisar|bordlägger|remitterar|återremitterar|fastställer)",
]);

static VERBS: Pattern = Pattern::new(&[concat!(
    r"(?i)(?:nämnden|nämnd|och|samt|att)\s+(?P<before>(?:därmed|därför|även|inte|ej)\s+){0,2}",
    r"(?P<verb>godkänn(?:er|a)|överlämnar?|åberopar?|antar?|avslår?|tillstyrk(?:er|a)|avstyrk(?:er|a)|bifall(?:er|a)|",
    r"besvarar?|fastställ(?:er|a)|remitterar?|återremitterar?|bordlägg(?:er|a)|avvisar?)\b(?P<after>\s+(?:inte|ej)\b)?"
)]);

static HANDED: Pattern =
    Pattern::new(&[r"(?i)\btill\s+(?P<body>\p{L}[\p{L} -]*?)\s+som\s+(?:sitt\s+)?(?:svar|yttrande)"]);

static FIGURES: Pattern = Pattern::new(&[r"[0-9][0-9  .,]*[0-9]|[0-9]"]);

/// Things that are counted: ”tre åtgärder”.
static COUNTED: Pattern =
    Pattern::new(&[concat!(r"(?i)\b(?P<number>", number_words!(), r"|[0-9]{1,2})\s+(?P<what>\p{L}+)")]);

/// The stems of what a decision can do, and the verb.
const STEMS: &[(&str, &str)] = &[
    ("godkänn", "godkänner"),
    ("överlämn", "överlämnar"),
    ("åberop", "åberopar"),
    ("avslå", "avslår"),
    ("tillstyrk", "tillstyrker"),
    ("avstyrk", "avstyrker"),
    ("bifall", "bifaller"),
    ("juster", "justerar"),
    ("fastställ", "fastställer"),
    ("remitter", "remitterar"),
    ("återremitter", "återremitterar"),
    ("bordlägg", "bordlägger"),
    ("avvis", "avvisar"),
    ("besvara", "besvarar"),
];

/// Stems that a text may leave out or say in passing.
const IN_PASSING: &[&str] = &["besvara", "remitter", "avvis", "bordlägg"];

/// What the decision says, in lower case, and what it is compared by.
struct Decision {
    text: String,
    /// The stems of its verbs, and whether each is denied.
    verbs: Vec<(&'static str, bool)>,
}

impl Decision {
    fn of(review: &Review) -> Self {
        let text: String = review.points().map(|point| point.text.to_lowercase() + " ").collect();
        let words: Vec<&str> =
            text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let verbs = words.iter().enumerate().filter_map(|(at, word)| {
            let (stem, _) = STEMS.iter().find(|(stem, _)| word.starts_with(stem))?;
            let beside = [at.checked_sub(1).and_then(|at| words.get(at)), words.get(at + 1)];
            Some((*stem, beside.into_iter().flatten().any(|word| ["inte", "ej"].contains(word))))
        });
        Self { verbs: verbs.collect(), text }
    }

    fn does(&self, stem: &str) -> bool {
        // Immediate adjustment is meant in whatever spelling.
        self.verbs.iter().any(|(said, _)| *said == stem) || stem == "juster" && self.text.contains("omedelba")
    }

    fn denies(&self, stem: &str) -> bool {
        self.verbs.iter().any(|(said, denied)| *said == stem && *denied)
    }
}

fn differs(review: &Review) -> Vec<Diagnostic> {
    let decision = Decision::of(review);
    let Some(first) = review.points().next() else { return Vec::new() };
    if decision.verbs.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut concluded = 0;
    for passage in review.again() {
        let concludes = passage.role == Some(Roll::Avslutande);
        let before = findings.len();
        for sentence in passage.text.sentences(review.templates.abbreviations()) {
            if concludes || AGAIN_SAID.is_in(&passage.text[sentence.clone()]) {
                findings.extend(compared(passage, sentence, &decision, review));
            }
        }
        if concludes {
            concluded += findings.len() - before;
            if !decision.does("juster") {
                findings.extend(adjusted(passage, review));
            }
        }
    }
    // What is said instead of something is found already.
    if concluded == 0 {
        findings.extend(left_out(review, &decision));
    }
    once(findings)
        .into_iter()
        .map(|found| {
            found.related(
                first.place(0..first.text.len()),
                format!("så står det i {}", review.called_decision()),
            )
        })
        .collect()
}

/// What one sentence says that the decision does not.
fn compared(
    passage: &Passage,
    sentence: Range<usize>,
    decision: &Decision,
    review: &Review,
) -> Vec<Diagnostic> {
    let text = &passage.text[sentence.clone()];
    let mut places = other_verbs(text, decision);
    // Who is answered, and what, is for rules of their own where the title says it.
    if asker(review).is_none() {
        let handed = HANDED.all(text).filter_map(|captures| captures.name("body"));
        places.extend(
            handed
                .filter(|body| !decision.text.contains(&body.as_str().to_lowercase()))
                .map(|body| body.range()),
        );
    }
    let known: Vec<_> = answers(&decision.text, review).into_iter().map(|(matter, _)| matter).collect();
    let matters = matters(review);
    let is_of_title = |matter: &&str| matters.is_empty() || matters.contains(matter);
    if known.iter().any(|matter| is_of_title(&&**matter)) {
        let others = answers(text, review)
            .into_iter()
            .filter(|(matter, _)| !known.contains(matter) && is_of_title(matter));
        places.extend(others.map(|(_, range)| range));
    }
    places.extend(other_numbers(text, decision));
    places
        .into_iter()
        .map(|range| {
            let message = format!("”{}” står inte i {}", &text[range.clone()], review.called_decision());
            let place = passage.place(sentence.start + range.start..sentence.start + range.end);
            finding(place, message, "Förslaget ska vara detsamma överallt: rätta det ena.")
        })
        .collect()
}

/// Verbs that the decision does not say, or says with a ”not” more or less.
fn other_verbs(text: &str, decision: &Decision) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for captures in VERBS.all(text) {
        let Some(verb) = captures.name("verb") else { continue };
        let said = verb.as_str().to_lowercase();
        let Some((stem, _)) = STEMS.iter().find(|(stem, _)| said.starts_with(stem)) else { continue };
        let before = captures.name("before").map_or("", |said| said.as_str()).to_lowercase();
        let denied = captures.name("after").is_some() || before.contains("inte") || before.contains("ej");
        if !decision.does(stem) {
            places.push(verb.range());
        } else if denied != decision.denies(stem) {
            let end = captures.name("after").map_or(verb.end(), |after| after.end());
            let start = if before.is_empty() {
                verb.start()
            } else {
                captures.name("before").map_or(verb.start(), |said| said.start())
            };
            places.push(start..end);
        }
    }
    places
}

/// Numbers that the decision gives otherwise: ”185 000”, ”tre åtgärder”.
fn other_numbers(text: &str, decision: &Decision) -> Vec<Range<usize>> {
    let figures: BTreeSet<&str> = FIGURES.ranges(&decision.text).map(|range| &decision.text[range]).collect();
    let mut places: Vec<Range<usize>> = Vec::new();
    if !figures.is_empty() {
        places.extend(FIGURES.ranges(text).filter(|range| !figures.contains(&text[range.clone()])));
    }
    let counts = |text: &str| -> Vec<(Option<usize>, String, Range<usize>)> {
        COUNTED
            .all(text)
            .filter_map(|captures| {
                let (number, what) = (captures.name("number")?, captures.name("what")?);
                Some((value(number.as_str()), what.as_str().to_lowercase(), number.range()))
            })
            .collect()
    };
    let decided = counts(&decision.text);
    for (number, what, range) in counts(text) {
        let same: Vec<_> = decided.iter().filter(|(_, counted, _)| *counted == what).collect();
        if !same.is_empty() && same.iter().all(|(decided, ..)| *decided != number) && !places.contains(&range)
        {
            places.push(range);
        }
    }
    places
}

static ADJUSTS: Pattern = Pattern::new(&[
    r"(?i)\bjuster\p{L}*(?:\s+\p{L}+)?\s+omedelbart|\bomedelbart\s+juster\p{L}*|\bomedelbar\s+justering",
]);

fn adjusted(passage: &Passage, review: &Review) -> Vec<Diagnostic> {
    ADJUSTS
        .ranges(&passage.text)
        .map(|range| {
            let hint = "Lägg till punkten ”Beslutet justeras omedelbart.”, eller ta bort meningen här.";
            finding(
                passage.place(range),
                format!("omedelbar justering står inte i {}", review.called_decision()),
                hint,
            )
        })
        .collect()
}

/// What the decision does and the conclusion leaves out.
fn left_out(review: &Review, decision: &Decision) -> Vec<Diagnostic> {
    let conclusion: Vec<&Passage> = review.with(Roll::Avslutande).collect();
    let Some(first) = conclusion.first() else { return Vec::new() };
    let said: String = conclusion.iter().map(|passage| passage.text.to_lowercase() + " ").collect();
    STEMS
        .iter()
        .filter(|(stem, _)| !IN_PASSING.contains(stem) && decision.does(stem) && !said.contains(stem))
        .map(|(_, verb)| {
            let message = format!(
                "det avslutande förslaget säger inte att nämnden ”{verb}”, som i {}",
                review.called_decision()
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
            ("godkänner inte svaret och överlämnar det.", vec!["godkänner inte"]),
            ("inte godkänner svaret och överlämnar det.", vec!["inte godkänner"]),
            ("beslutar att avslå svaret. Det överlämnas och godkänns.", vec!["avslå"]),
            ("besvarar skrivelsen och överlämnar svaret.", vec!["besvarar"]),
            (
                "godkänner svaret och överlämnar det till kommunfullmäktige som svar på skrivelsen.",
                vec!["kommunfullmäktige"],
            ),
            ("godkänner svaret och överlämnar det som svar på motionen.", vec!["motionen"]),
            ("godkänner svaret om 4 skolor och överlämnar det.", vec!["4"]),
            ("godkänner svaret om fyra skolor och överlämnar det.", vec!["fyra"]),
            ("godkänner svaret om tre skolor och överlämnar det.", vec![]),
            ("godkänner och överlämnar svaret. Beslutet justeras omedelbart.", vec!["justeras omedelbart"]),
            ("godkänner svaret.", vec!["Förvaltningen"]),
        ] {
            assert_eq!(concluded(&format!("{start} {rest}")), found, "{rest}");
        }
    }
}
