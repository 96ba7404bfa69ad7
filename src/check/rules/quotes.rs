//! Quotation marks: of one kind, in pairs, and close to what they quote.

use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::values::MARK;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: "citattecken-blandade", severity: Severity::Warning, find: mixed },
    Rule { code: "citattecken-ensamt", severity: Severity::Warning, find: unpaired },
    Rule { code: "citattecken-mellanslag", severity: Severity::Warning, find: spaced },
];

/// The marks that people quote with; the first is the Swedish one.
const MARKS: [char; 6] = ['”', '"', '“', '„', '»', '«'];

fn marks(passage: &Passage) -> Vec<(usize, char)> {
    // A mark to fill in stands between « and ».
    if passage.text.contains(MARK) {
        return Vec::new();
    }
    let all = passage.text.char_indices().filter(|(_, mark)| MARKS.contains(mark));
    // 19" and 5' are measures.
    all.filter(|(at, mark)| {
        *mark != '"'
            || !passage.text[..*at].ends_with(|before: char| before.is_ascii_digit())
            || passage.text[..*at].contains('"')
    })
    .collect()
}

fn mixed(review: &Review) -> Vec<Diagnostic> {
    let all: Vec<(&Passage, usize, char)> = review
        .passages
        .iter()
        .flat_map(|passage| marks(passage).into_iter().map(move |(at, mark)| (passage, at, mark)))
        .collect();
    let count = |mark: char| all.iter().filter(|(_, _, other)| *other == mark).count();
    let straight = count('"');
    let usual = if straight > all.len() - straight { '"' } else { MARKS[0] };
    let is_one_kind =
        all.iter().all(|(_, _, mark)| *mark == all.first().map_or(*mark, |(_, _, first)| *first));
    if is_one_kind && usual == '"' {
        return Vec::new();
    }
    all.iter()
        .filter(|(_, _, mark)| *mark != usual)
        .map(|(passage, at, mark)| {
            let place = passage.place(*at..*at + mark.len_utf8());
            let message = format!("citattecknet {mark} skiljer sig från dokumentets andra, {usual}");
            let hint = "Skriv ” både före och efter det som citeras.";
            let finding = finding(place.clone(), message, hint);
            // A straight mark can end the YAML text that it stands in.
            if matches!(usual, '"' | '\'') {
                finding.edit(place, usual)
            } else {
                finding.safe_edit(place, usual)
            }
        })
        .collect()
}

fn unpaired(review: &Review) -> Vec<Diagnostic> {
    let is_odd = |passage: &Passage| marks(passage).len() % 2 == 1;
    let mut findings = Vec::new();
    let mut waiting: Option<&Passage> = None;
    for passage in review.passages.iter().filter(|passage| passage.kind != Kind::Line) {
        // A quotation can go on into the next paragraphs of its section.
        if waiting.is_some_and(|first| first.section != passage.section) {
            findings.extend(waiting.take().and_then(lonely));
        }
        if is_odd(passage) {
            waiting = if waiting.is_some() { None } else { Some(passage) };
        }
    }
    findings.extend(waiting.and_then(lonely));
    findings
}

fn lonely(passage: &Passage) -> Option<Diagnostic> {
    let (at, mark) = marks(passage).pop()?;
    let hint = "Sätt dit det andra citattecknet, eller ta bort det här.";
    Some(finding(passage.place(at..at + mark.len_utf8()), "citattecknet saknar sin andra hälft", hint))
}

fn spaced(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages {
        let marks = marks(passage);
        if marks.len() % 2 == 1 {
            continue;
        }
        for (index, (at, mark)) in marks.into_iter().enumerate() {
            let end = at + mark.len_utf8();
            let (before, after) = (&passage.text[..at], &passage.text[end..]);
            let (range, right) = if index % 2 == 0 && after.starts_with(' ') {
                let sticks = before.ends_with(|letter: char| !letter.is_whitespace() && letter != '(');
                (at..end + 1, if sticks { format!(" {mark}") } else { mark.to_string() })
            } else if index % 2 == 1 && before.ends_with(' ') {
                let sticks = after.starts_with(char::is_alphanumeric);
                (at - 1..end, if sticks { format!("{mark} ") } else { mark.to_string() })
            } else {
                continue;
            };
            let place = passage.place(range);
            let message = "mellanslaget står på fel sida om citattecknet";
            findings.push(
                finding(place.clone(), message, "Skriv citattecknet intill det som citeras.")
                    .edit(place, right),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn marks_are_of_one_kind() {
        for (text, found) in [
            ("De ”ena” och de \"andra\" samt ”tredje”.", vec!["\"", "\""]),
            ("De “ena” och „andra”.", vec!["“", "„"]),
            ("De \"ena\" och \"andra\".", vec![]),
            ("De ”ena” och ”andra”.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "citattecken-blandade", text), found, "{text}");
        }
    }

    #[test]
    fn marks_come_in_pairs_and_close() {
        assert_eq!(in_text(RULES, "citattecken-ensamt", "De ”ena och andra."), ["”"]);
        assert_eq!(in_text(RULES, "citattecken-ensamt", "De ”ena och andra.\n\nOch så tredje”."), [""; 0]);
        assert_eq!(
            in_text(RULES, "citattecken-mellanslag", "kring bl.a.” barn med behov” och ”ord ”."),
            ["” ", " ”"]
        );
    }
}
