//! The decision's own points: those that the text refers to by their numbers are there.
//!
//! A number alone can be that of a motion's point, or a plan's. Only where the document's own decision must be meant is
//! anything said.

use crate::check::pattern::{Captures, Pattern, after, group};
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::numbers::word;
use crate::library::roll::Roll;
use crate::markdown::{Block, BlockKind};
use crate::read::body::Content;
use crate::yaml::values::Text;

use super::references::{of_another, owned_by_another};

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::BESLUTSPUNKT_SAKNAS, find: missing }];

/// A point that is named: ”punkt 2”, ”punkterna 2 c”, ”beslutspunkt 3”, ”att-sats 1”.
static NAMED: Pattern = Pattern::new(&[
    r"(?i)\b(?P<own>beslutspunkt(?:en|erna|er)?|att-sats(?:en|erna|er)?|punkt(?:en|erna|er)?)\s+(?P<number>[0-9]{1,2})(?:\s?(?P<letter>[a-h])\b)?",
]);

/// That it stands in the decision: ”punkt 2 i förslaget till beslut”.
static IN_DECISION: Pattern = Pattern::new(&[
    r"(?i)^\s+(?:i|under|enligt)\s+(?:\p{L}+\s+){0,2}?(?:förslag(?:et)?\s+till\s+beslut|beslutsförslaget)\b",
]);

/// A document that answers another one speaks of the points of that one.
static ANSWERS: Pattern = Pattern::new(&[
    r"(?i)motion|skrivelse|remiss|yttrande|svar på|betänkande|promemoria|revision|medborgarförslag|interpellation|överklag",
]);

fn missing(review: &Review) -> Vec<Diagnostic> {
    let decisions = decisions(review);
    if decisions.is_empty() {
        return Vec::new();
    }
    let is_answer = review.titles().any(|title| ANSWERS.is_in(&title.text));
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Heading) {
        let named = NAMED.all(&passage.text);
        findings.extend(named.filter_map(|captures| lacking(passage, &captures, &decisions, is_answer)));
    }
    findings
}

/// The numbered points of each decision, as the numbers of their sub-points.
fn decisions(review: &Review) -> Vec<Vec<usize>> {
    let own = review.case.parts.iter().filter(|part| part.role == Some(Roll::Beslut));
    let mut decisions: Vec<Vec<usize>> = Vec::new();
    for part in own {
        match &part.content {
            Content::Points(points) => decisions.push(points.iter().map(subpoints).collect()),
            Content::Decisions(organs) => {
                decisions.extend(organs.iter().map(|organ| organ.points().map(subpoints).collect()));
            }
            // What numbers there are in a text are the writer's own.
            _ => return Vec::new(),
        }
    }
    decisions
}

fn subpoints(point: &Text) -> usize {
    let listed = |block: &Block| match &block.kind {
        BlockKind::List { items, .. } => items.len(),
        _ => 0,
    };
    point.blocks.iter().map(listed).sum()
}

fn lacking(
    passage: &Passage,
    captures: &Captures,
    decisions: &[Vec<usize>],
    is_answer: bool,
) -> Option<Diagnostic> {
    let text = passage.text.as_str();
    let whole = group(captures, 0)?;
    let number: usize = captures.name("number")?.as_str().parse().ok()?;
    let letter = captures.name("letter").and_then(|said| said.as_str().bytes().next());
    let letter = letter.map(|letter| usize::from(letter.to_ascii_lowercase() - b'a') + 1);
    let points = || decisions.iter().filter_map(|points| points.get(number.checked_sub(1)?));
    if points().any(|subpoints| letter.is_none_or(|letter| letter <= *subpoints)) {
        return None;
    }
    let is_named = captures.name("own").is_some_and(|own| !own.as_str().to_lowercase().starts_with("punkt"));
    let is_in_decision = IN_DECISION.is_in(after(text, whole.end));
    let is_another = !is_in_decision && of_another(text, whole.end) || owned_by_another(&text[..whole.start]);
    let stands_there = passage.role == Some(Roll::Beslut) && !is_answer;
    let lacks_letter = letter.is_some() && points().any(|subpoints| *subpoints > 0) && !is_answer;
    if is_another || !(is_named || is_in_decision || stands_there || lacks_letter) {
        return None;
    }
    let most = points().max();
    let has = match most {
        Some(0) => format!("punkt {number} har inga delpunkter"),
        Some(1) => format!("punkt {number} har bara delpunkten a"),
        Some(most) => format!("punkt {number} har delpunkterna a–{}", letter_of(*most)),
        None => match decisions.iter().map(Vec::len).max().unwrap_or_default() {
            1 => "förslaget till beslut har en punkt".to_owned(),
            most => format!("förslaget till beslut har {} punkter", word(most)),
        },
    };
    let message = format!("texten hänvisar till {}, men {has}", text[whole.clone()].to_lowercase());
    Some(finding(passage.place(whole), message, "Rätta numret, eller lägg till punkten."))
}

/// The letter of a sub-point, from 1.
fn letter_of(number: usize) -> char {
    ('a'..='z').nth(number.saturating_sub(1)).unwrap_or('z')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::marked;

    const DECISION: &str = "förslag till beslut:\n  - Utbildningsnämnden antar planen.\n  - |\n    Utbildningsnämnden uppdrar åt förvaltningen att\n\n    - följa den, och\n    - visa den.\n";

    #[test]
    fn points_that_are_not_there_are_found() {
        for (text, found) in [
            ("Se beslutspunkt 3, punkt 1 och punkt 2 b.", vec!["beslutspunkt 3"]),
            ("Punkt 2 c gäller.", vec!["Punkt 2 c"]),
            ("Punkt 4 i förslaget till beslut gäller, punkt 4 i planen inte.", vec!["Punkt 4"]),
            ("Punkt 7 gäller planen. Planens punkt 2 d, och punkt 1 a.", vec![]),
        ] {
            let body = format!("{DECISION}bakgrund: {text}\n");
            assert_eq!(marked(RULES, "beslutspunkt-saknas", &body), found, "{text}");
        }
    }

    #[test]
    fn the_points_of_what_is_answered_are_others() {
        let body = format!(
            "underrubrik: Svar på motion från Maja Exempel (X)\n{DECISION}bakgrund: Punkt 2 c i sak. Punkt 9.\n"
        );
        assert_eq!(marked(RULES, "beslutspunkt-saknas", &body), [""; 0]);
    }
}
