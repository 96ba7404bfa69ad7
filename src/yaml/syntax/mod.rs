//! YAML that does not parse, said as a person would say it, and read as it was meant.
//!
//! One fault shall not hide the others, nor give rise to them: where what was meant is certain, the text
//! is read on with that; where it is not, the entry that holds the fault is blanked out and the rest is read.

pub(super) mod lines;
pub(super) mod repair;

use std::ops::Range;
use std::sync::Arc;

use super::KnownKeys;
use super::keys::Keys;
use super::node::{self, YamlNode};
use super::patched::Patched;
use crate::diagnostic::{Diagnostic, Place, Source, codes};
use lines::SourceLine;
use repair::{Repair, guesses};

/// Every round mends or blanks one place at least; the bound keeps a hostile file from being read for ever.
const ROUNDS: usize = 20;
/// How many guesses are tried on a file, and on a large one.
const GUESSES: usize = 60;
const GUESSES_IN_A_LARGE_FILE: usize = 8;
/// From how many bytes on a file is large.
const LARGE: usize = 100_000;

/// Reads a YAML text as far as it can be read.
///
/// Gives the tree of what was readable and the lines whose entries were not, so that nobody
/// reports their keys as missing.
pub fn read(
    source: &Arc<Source>,
    known: KnownKeys,
    problems: &mut Vec<Diagnostic>,
) -> (Option<YamlNode>, Vec<String>) {
    let place = |range: Range<usize>| Place { source: source.clone(), range };
    let mut mended = Vec::new();
    for (finding, mends) in indents(source).into_iter().chain(controls(source)).chain(glued(source, known)) {
        problems.extend(finding);
        mended.extend(mends);
    }
    mended.sort_by_key(|(range, _): &(Range<usize>, String)| range.start);
    let mut text = Patched::with(&source.text, mended);
    let mut keys = None;
    let mut lost = Vec::new();
    let mut left = if source.text.len() < LARGE { GUESSES } else { GUESSES_IN_A_LARGE_FILE };
    for _ in 0..ROUNDS {
        let error = match node::parse(&text, source) {
            Ok(tree) => return (Some(tree), lost),
            Err(error) => error,
        };
        let at = offset(&error, &text.text);
        let keys = keys.get_or_insert_with(|| Keys::new(known()));
        let found = explain(&error, &text.text, at, keys);
        let mut better = None;
        for (number, repair) in found.iter().enumerate() {
            let Some((range, replacement)) = &repair.edit else { continue };
            if left == 0 {
                break;
            }
            left -= 1;
            if let Some(repaired) = text.repaired(range, replacement)
                && leads_on(&text.text, at, range, &repaired.text)
            {
                better = Some((number, repaired));
                break;
            }
        }
        if let Some((number, repaired)) = better {
            let repair = &found[number];
            let finding = said(repair).at(place(text.back(repair.place.clone())));
            let edit = repair.edit.as_ref().map(|(range, by)| (place(text.back(range.clone())), by.clone()));
            problems.push(match edit {
                Some((range, by)) if repair.is_safe => finding.safe_edit(range, by),
                Some((range, by)) => finding.edit(range, by),
                None => finding,
            });
            text = repaired;
            continue;
        }
        let Some(first) = found.first() else { break };
        problems.push(said(first).at(place(text.back(first.place.clone()))));
        let entry = match &error {
            serde_saphyr::Error::MultipleDocuments { .. } => first.place.start..text.text.len(),
            _ => entry_around(&text.text, first.place.start),
        };
        let entry =
            if text.text[entry.clone()].trim().is_empty() { entry_around(&text.text, at) } else { entry };
        if text.text[entry.clone()].trim().is_empty() {
            break;
        }
        lost.extend(text.text[entry.clone()].lines().next().map(str::to_owned));
        text = text.blanked(&entry);
    }
    (None, lost)
}

fn said(repair: &Repair) -> Diagnostic {
    Diagnostic::new(repair.code, repair.message.clone()).hint(repair.hint.clone())
}

/// Whether a text with a repair is read further than it was without.
fn leads_on(before: &str, at: usize, range: &Range<usize>, after: &str) -> bool {
    let Err(error) = node::is_readable(after) else { return true };
    let now = offset(&error, after);
    // Seen from the end, where both are the same: what is left to be read.
    let left = |text: &str, at: usize| text.len() - SourceLine::at(text, at).start.min(text.len());
    let last = SourceLine::at(before, at.max(range.end));
    left(after, now) < before.len() - last.end.min(before.len())
}

/// What may be wrong, the likeliest first; there is always something to say.
fn explain(error: &serde_saphyr::Error, text: &str, at: usize, keys: &Keys) -> Vec<Repair> {
    let line = SourceLine::at(text, at);
    match error {
        serde_saphyr::Error::MultipleDocuments { .. } => {
            // What is noticed may be what follows the line of dashes.
            let dashes =
                text[..line.end].rfind("\n---").map_or(line, |newline| SourceLine::at(text, newline + 1));
            return vec![Repair::new(
                "filen innehåller flera ärenden (en rad med ---)",
                "Lägg varje ärende i en egen fil, och ta bort raden.",
                dashes.range(),
            )];
        }
        serde_saphyr::Error::Budget { .. } => {
            return vec![Repair::new(
                "filen är för stor för ett ärende, eller har för många nivåer",
                "Dela upp texten, eller ta bort nivåer.",
                at..at,
            )];
        }
        _ => {}
    }
    let mut found = guesses(text, at, &error.to_string(), keys);
    found.push(Repair::new(
        "raden är inte indragen som raderna omkring",
        "Rader som hör ihop ska börja lika långt in; en text under | ska vara indragen lika långt på varje rad.",
        line.range(),
    ));
    found
}

fn offset(error: &serde_saphyr::Error, text: &str) -> usize {
    let Some(location) = error.location() else { return 0 };
    // Errors of the scanner give characters, not bytes.
    let chars = usize::try_from(location.span().offset()).unwrap_or(0);
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

/// A finding, and what is read instead.
type Mended = (Option<Diagnostic>, Vec<(Range<usize>, String)>);

/// Tabs that stand in the indentation of lines, and hard spaces that stand instead of one: lines that
/// follow one another are one finding.
fn indents(source: &Arc<Source>) -> Vec<Mended> {
    let mut found: Vec<Mended> = Vec::new();
    let mut run: Vec<(Range<usize>, String)> = Vec::new();
    let mut of_tabs = false;
    let mut above: Option<(usize, bool)> = None;
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let words = line.trim_start_matches(|sign: char| {
            sign == '\t' || sign.is_whitespace() && sign != '\n' && sign != '\r'
        });
        let indent = &line[..line.len() - words.len()];
        let has_tab = indent.contains('\t');
        if words.trim().is_empty() {
            // A blank line begins nothing, and ends nothing.
        } else if has_tab || indent.contains(|sign: char| !sign.is_ascii()) {
            let wide = if has_tab { steps(indent, above) } else { indent.chars().count() };
            if !run.is_empty() && of_tabs != has_tab {
                found.extend(spoken(source, std::mem::take(&mut run), of_tabs));
            }
            of_tabs = has_tab;
            run.push((start..start + indent.len(), " ".repeat(wide)));
            above = Some((wide, opens(words)));
        } else {
            found.extend(spoken(source, std::mem::take(&mut run), of_tabs));
            above = Some((indent.len(), opens(words)));
        }
        start += line.len();
    }
    found.extend(spoken(source, run, of_tabs));
    found
}

/// How many blanks an indent of tabs stands for: as far in as the line above, or a step further where that
/// line opens something; two for each tab where it is neither.
fn steps(indent: &str, above: Option<(usize, bool)>) -> usize {
    let tabs = indent.chars().map(|sign| if sign == '\t' { 2 } else { 1 }).sum();
    match above {
        Some((wide, true)) if indent.len() == 1 => wide + 2,
        Some((wide, false)) if indent.len() == 1 => wide,
        _ => tabs,
    }
}

/// Whether something stands on the lines below a line.
fn opens(words: &str) -> bool {
    let words = words.trim_end();
    words.ends_with(':') || SourceLine::at(words, 0).opens_text()
}

fn spoken(source: &Arc<Source>, run: Vec<(Range<usize>, String)>, of_tabs: bool) -> Option<Mended> {
    let (first, last) = (run.first()?.0.clone(), run.last()?.0.clone());
    let (message, hint) = match (of_tabs, run.len()) {
        (true, 1) => (
            "raden är indragen med tabb".to_owned(),
            "Dra in den med mellanslag i stället, lika långt som raderna omkring.",
        ),
        (true, number) => (
            format!("{number} rader är indragna med tabb"),
            "Dra in dem med mellanslag i stället, lika långt som raderna omkring.",
        ),
        (false, 1) => (
            "raden är indragen med hårda mellanslag, som ofta följer med från Word eller en webbsida"
                .to_owned(),
            "Ta bort dem, och dra in raden med mellanslag från tangentbordet.",
        ),
        (false, number) => (
            format!(
                "{number} rader är indragna med hårda mellanslag, som ofta följer med från Word eller en webbsida"
            ),
            "Ta bort dem, och dra in raderna med mellanslag från tangentbordet.",
        ),
    };
    let whole = Place { source: source.clone(), range: first.start..last.end };
    let mut text = String::new();
    let mut done = first.start;
    for (range, blanks) in &run {
        text.push_str(&source.text[done..range.start]);
        text.push_str(blanks);
        done = range.end;
    }
    let place = Place { source: source.clone(), range: first };
    let finding = Diagnostic::new(codes::TABB_INDRAG, message).at(place).hint(hint).safe_edit(whole, text);
    Some((Some(finding), run))
}

/// Keys outside of any group that their value stands right behind, where YAML sees another key: `titel:"A: b"`.
fn glued(source: &Arc<Source>, known: KnownKeys) -> Vec<Mended> {
    let mut keys = None;
    let mut found = Vec::new();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let colon = line.starts_with(char::is_alphabetic).then(|| line.find(':')).flatten();
        let colon = colon.filter(|colon| line[colon + 1..].starts_with(['"', '\'']));
        if let Some(colon) = colon
            && keys.get_or_insert_with(|| Keys::new(known())).has_on_top(line[..colon].trim_end())
        {
            let after = start + colon + 1;
            let place = |range: Range<usize>| Place { source: source.clone(), range };
            let finding = Diagnostic::new(codes::YAML_FEL, "mellanslag saknas efter kolonet")
                .at(place(after - 1..after))
                .hint(format!("Skriv ett mellanslag mellan ”{}:” och värdet.", &line[..colon]))
                .safe_edit(place(after..after), " ");
            found.push((Some(finding), vec![(after..after, " ".to_owned())]));
        }
        start += line.len();
    }
    found
}

/// Control characters, which YAML refuses: they are blanked, and spoken of unless they mean a space. What
/// an old file of Windows means by some of them is certain.
fn controls(source: &Arc<Source>) -> Vec<Mended> {
    let text = &source.text;
    if !text.contains(is_control) {
        return Vec::new();
    }
    let mut old = Vec::new();
    let mut found = Vec::new();
    for (at, sign) in text.char_indices().filter(|(_, sign)| is_control(*sign)) {
        let range = at..at + sign.len_utf8();
        if let Some((_, meant)) = OF_WINDOWS.iter().find(|(code, _)| *code == sign) {
            old.push((range, (*meant).to_owned()));
            continue;
        }
        let place = Place { source: source.clone(), range: range.clone() };
        let finding = Diagnostic::new(
            codes::TECKEN_SAKNAS,
            format!("här står ett styrtecken (U+{:04X})", u32::from(sign)),
        );
        let said = finding.at(place.clone()).hint("Ta bort det.").safe_edit(place, "");
        found.push(((!LINE_ENDS.contains(&sign)).then_some(said), vec![(range, " ".to_owned())]));
    }
    found.extend(of_old_file(source, old));
    found
}

/// Signs that an old file of Windows means something by, all as one finding.
fn of_old_file(source: &Arc<Source>, signs: Vec<(Range<usize>, String)>) -> Option<Mended> {
    let (first, last) = (signs.first()?.0.clone(), signs.last()?.0.clone());
    let code = u32::from(source.text[first.clone()].chars().next()?);
    let (message, hint) = match signs.as_slice() {
        [(_, meant)] => (
            format!("här står ett styrtecken (U+{code:04X})"),
            format!("I en gammal fil från Windows är det tecknet {meant}. Skriv det i stället."),
        ),
        _ => (
            format!("här står ett styrtecken (U+{code:04X}), det första av {}", signs.len()),
            "I en gammal fil från Windows är de citattecken, tankstreck och punkter. Skriv dem på nytt."
                .to_owned(),
        ),
    };
    let mut text = String::new();
    let mut done = first.start;
    for (range, meant) in &signs {
        text.push_str(&source.text[done..range.start]);
        text.push_str(meant);
        done = range.end;
    }
    let place = |range: Range<usize>| Place { source: source.clone(), range };
    let finding = Diagnostic::new(codes::TECKEN_SAKNAS, message).at(place(first.clone())).hint(hint);
    Some((Some(finding.safe_edit(place(first.start..last.end), text)), signs))
}

/// Control characters that Word ends lines and pages with.
const LINE_ENDS: [char; 2] = ['\u{b}', '\u{c}'];

/// What the code page of old Windows files means by signs that are controls elsewhere.
const OF_WINDOWS: &[(char, &str)] = &[
    ('\u{80}', "€"),
    ('\u{85}', "…"),
    ('\u{91}', "’"),
    ('\u{92}', "’"),
    ('\u{93}', "”"),
    ('\u{94}', "”"),
    ('\u{95}', "•"),
    ('\u{96}', "–"),
    ('\u{97}', "—"),
];

/// A control character that is no line end and no tab.
fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\r' | '\t')
}

/// The lines from the last top-level key at or before `at` up to the next one.
fn entry_around(text: &str, at: usize) -> Range<usize> {
    let mut start = 0;
    let mut position = 0;
    for line in text.split_inclusive('\n') {
        let top = line.starts_with(|c: char| !c.is_whitespace() && c != '#');
        if top && position > at {
            return start..position;
        }
        if top {
            start = position;
        }
        position += line.len();
    }
    start..text.len()
}
