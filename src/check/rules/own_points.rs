//! The decision's own points: those that the text refers to by their numbers are there.
//!
//! A number alone can be that of a motion's point, or a plan's. Only where the document's own decision must be meant is
//! anything said.

use crate::check::pointing::{self, Point};
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::numbers::word;
use crate::library::roll::Roll;
use crate::markdown::{Block, BlockKind};
use crate::read::body::Content;
use crate::yaml::values::Text;

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::BESLUTSPUNKT_SAKNAS, find: missing }];

fn missing(review: &Review) -> Vec<Diagnostic> {
    let decisions = decisions(review);
    if decisions.is_empty() {
        return Vec::new();
    }
    let is_answer = review.titles().any(|title| pointing::is_of_answer(&title.text));
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Heading) {
        let named = pointing::points(&passage.text);
        findings.extend(named.iter().filter_map(|point| lacking(passage, point, &decisions, is_answer)));
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
    point: &Point,
    decisions: &[Vec<usize>],
    is_answer: bool,
) -> Option<Diagnostic> {
    let number = point.number;
    let points = || decisions.iter().filter_map(|points| points.get(number.checked_sub(1)?));
    if points().any(|subpoints| point.sub.is_none_or(|sub| sub <= *subpoints)) {
        return None;
    }
    let stands_there = passage.role == Some(Roll::Beslut) && !is_answer;
    let lacks_letter = point.sub.is_some() && points().any(|subpoints| *subpoints > 0) && !is_answer;
    if point.is_another || !(point.is_own || stands_there || lacks_letter) {
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
    let said = passage.text[point.range.clone()].to_lowercase();
    // The later of several are named without the word.
    let said =
        if said.starts_with(char::is_alphabetic) && said.len() > 1 { said } else { format!("punkt {said}") };
    let message = format!("texten hänvisar till {said}, men {has}");
    Some(finding(passage.place(point.range.clone()), message, "Rätta numret, eller lägg till punkten."))
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
            ("Beslutspunkterna 1, 2 och 3, och punkterna 2 b och d.", vec!["3", "d"]),
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
