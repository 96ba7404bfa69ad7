//! Quotation marks: of one kind, in pairs, and close to what they quote.

use std::ops::Range;

use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::CITATTECKEN_BLANDADE, find: mixed },
    Rule { code: codes::CITATTECKEN_ENSAMT, find: unpaired },
    Rule { code: codes::CITATTECKEN_MELLANSLAG, find: spaced },
];

/// The marks that people quote with; the first is the Swedish one.
const MARKS: [char; 6] = ['”', '"', '“', '„', '»', '«'];

fn marks(passage: &Passage) -> Vec<(usize, char)> {
    // A starter's mark stands between « and »; that it is left is said elsewhere.
    if passage.text.contains('«') {
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

/// A quotation, or half of one: where its marks stand, and whether it stands within another.
struct Quoted<'a> {
    passage: &'a Passage,
    range: Range<usize>,
    marks: (char, char),
    single: bool,
    within: bool,
}

fn mixed(review: &Review) -> Vec<Diagnostic> {
    let all: Vec<Quoted> = review.passages.iter().flat_map(quotations).collect();
    let usual = usual(&all);
    all.iter()
        .filter_map(|quoted| {
            // Within a straight quotation a straight one may stand.
            let usual = usual.map(|usual| if quoted.single && quoted.within { '’' } else { usual })?;
            let strange = [quoted.marks.0, quoted.marks.1].into_iter().find(|mark| *mark != usual)?;
            Some(replaced(quoted, strange, usual))
        })
        .collect()
}

/// The mark that a document quotes with; none where all are straight, which then are of one kind.
fn usual(all: &[Quoted]) -> Option<char> {
    let outer = || all.iter().filter(|quoted| !quoted.within);
    let straight = outer().filter(|quoted| quoted.marks == ('"', '"')).count();
    let number = outer().count();
    match (straight == number, 2 * straight > number) {
        (true, _) => None,
        (false, true) => Some('"'),
        (false, false) => Some(MARKS[0]),
    }
}

/// The quotations of a passage, in single marks too; without its other half, a mark by itself.
fn quotations(passage: &Passage) -> Vec<Quoted<'_>> {
    let marks = marks(passage);
    let mut found: Vec<Quoted> = Vec::new();
    let mut push = |start: (usize, char), end: (usize, char), within: bool| {
        let range = start.0..end.0 + end.1.len_utf8();
        found.push(Quoted {
            passage,
            range,
            marks: (start.1, end.1),
            single: SINGLE.contains(&start.1),
            within,
        });
    };
    for pair in marks.chunks(2) {
        match pair {
            [start, end] => push(*start, *end, false),
            [alone] => push(*alone, *alone, false),
            _ => {}
        }
    }
    for (start, end) in singles(&passage.text) {
        let within = marks.iter().filter(|(at, _)| *at < start.0).count() % 2 == 1;
        push(start, end, within);
    }
    found
}

/// Single marks; ’ is an apostrophe too.
const SINGLE: [char; 3] = ['\'', '‘', '’'];

/// Pairs of single marks around words: ’ord’ and 'ord', but not Karins’ and l’art.
fn singles(text: &str) -> Vec<((usize, char), (usize, char))> {
    let mut pairs = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let all = text.char_indices().filter(|(_, mark)| SINGLE.contains(mark));
    for (at, mark) in all {
        let (before, after) = (&text[..at], &text[at + mark.len_utf8()..]);
        let opens = (before.is_empty() || before.ends_with([' ', '(', '”', '"']))
            && after.starts_with(char::is_alphanumeric);
        let closes = before.ends_with(|last: char| last.is_alphanumeric() || ".,!?".contains(last))
            && !after.starts_with(char::is_alphanumeric);
        if opens {
            open = Some((at, mark));
        } else if closes && let Some(start) = open.take() {
            pairs.push((start, (at, mark)));
        }
    }
    pairs
}

fn replaced(quoted: &Quoted, strange: char, usual: char) -> Diagnostic {
    let place = quoted.passage.place(quoted.range.clone());
    let message = format!("citattecknet {strange} skiljer sig från dokumentets andra, {usual}");
    let hint = if usual == '’' {
        "Skriv ’ både före och efter ett citat i ett annat citat."
    } else {
        "Skriv ” både före och efter det som citeras."
    };
    let finding = finding(place.clone(), message, hint);
    // As it is written in the file, where lines can be broken within it.
    let said = place.source.text[place.range.clone()].to_owned();
    let right = if quoted.range.len() == strange.len_utf8() {
        (said.chars().count() == 1).then(|| usual.to_string())
    } else {
        let [first, last] = [quoted.marks.0, quoted.marks.1].map(spellings);
        let inner = first.iter().find_map(|mark| said.strip_prefix(mark.as_str()));
        let inner = inner.and_then(|said| last.iter().find_map(|mark| said.strip_suffix(mark.as_str())));
        inner.map(|inner| format!("{usual}{inner}{usual}"))
    };
    match right {
        // A straight mark can end the YAML text that it stands in.
        Some(right) if usual == '"' && !said.contains('\\') => finding.edit(place, right),
        Some(_) if usual == '"' => finding,
        Some(right) => finding.safe_edit(place, right),
        None => finding,
    }
}

/// How a mark can be written in YAML: escaped where it would end the text, else as it is.
fn spellings(mark: char) -> Vec<String> {
    let escaped = match mark {
        '"' => Some("\\\"".to_owned()),
        '\'' => Some("''".to_owned()),
        _ => None,
    };
    escaped.into_iter().chain([mark.to_string()]).collect()
}

fn unpaired(review: &Review) -> Vec<Diagnostic> {
    let is_odd = |passage: &Passage| marks(passage).len() % 2 == 1;
    let mut findings = Vec::new();
    let mut waiting: Option<&Passage> = None;
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Line) {
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
            let is_letter = |letter: char| letter.is_alphanumeric();
            let (range, right) = if index % 2 == 0 && after.starts_with(' ') {
                let sticks = before.ends_with(|letter: char| !letter.is_whitespace() && letter != '(');
                (at..end + 1, if sticks { format!(" {mark}") } else { mark.to_string() })
            } else if index % 2 == 1 && before.ends_with(' ') {
                let sticks = after.starts_with(is_letter);
                (at - 1..end, if sticks { format!("{mark} ") } else { mark.to_string() })
            } else if index % 2 == 0 && before.ends_with(|last| is_letter(last) || ".,;:".contains(last)) {
                (at..end, format!(" {mark}"))
            } else if index % 2 == 1 && after.starts_with(is_letter) {
                (at..end, format!("{mark} "))
            } else {
                continue;
            };
            let place = passage.place(range);
            let message = "mellanslaget saknas eller står på fel sida om citattecknet";
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
            ("De ”ena” och de \"andra\" samt ”tredje”.", vec!["\"andra\""]),
            ("De “ena” och „andra”.", vec!["“ena”", "„andra”"]),
            ("De ”ena” och 'andra' och ‘tredje’, Karins’ och l’art.", vec!["'andra'", "‘tredje’"]),
            ("De säger ”vi ‘kan’ inte” och ”jag ’kan’”.", vec!["‘kan’"]),
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
        assert_eq!(
            in_text(
                RULES,
                "citattecken-mellanslag",
                "De kallar det”ord” och ”annat”som är bra.”Ja” (”nej”)."
            ),
            ["”", "”", "”"]
        );
    }
}
