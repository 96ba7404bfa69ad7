//! References: the section, table or picture that the text points at is there.

use std::ops::Range;

use crate::check::pattern::{Captures, Pattern, group};
use crate::check::pointing::{of_another, owned_by_another};
use crate::check::prose::PassageKind;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::library::kinds::Nyckel;
use crate::markdown::{Block, BlockKind, Inline, InlineKind, Visited, walk};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::AVSNITT_SAKNAS, find: sections },
    Rule { code: codes::TABELL_SAKNAS, find: tables },
];

static SECTIONS: Pattern = Pattern::new(&[
    r"(?:[Aa]vsnitt(?:et)?|[Rr]ubriken?|[Kk]apitlet|[Kk]apitel)\s+[”“\x22](?P<quoted>[^”“\x22]{2,80})[”“\x22]",
    r"\b[Aa]vsnitt(?:et)?\s+(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2})*)\b",
    r"\b(?:[Ss]e|[Jj]fr|[Ii]|[Uu]nder)\s+(?:även\s+)?kapitel\s+(?P<chapter>[0-9]{1,2}(?:\.[0-9]{1,2})*)(?:[.,;)]| ovan| nedan| för mer|$)",
    r"\b(?:[Ss]e|[Jj]fr|[Ii]|[Uu]nder|[Aa]v)\s+(?:avsnitt(?:et)?|rubriken)\s+(?P<named>\p{Lu}\p{L}+(?:\s+\p{L}+)*)",
    r"\b[Ss]e\s+(?P<bare>\p{Lu}\p{L}+(?:\s+\p{Ll}+){0,4})\s+(?:ovan|nedan)\b",
    r"\b(?:[Ss]e|[Jj]fr|[Ii]|[Uu]nder|[Aa]v)\s+(?:avsnittet\s+om|rubriken)\s+(?P<about>\p{Ll}\p{L}{3,}(?:\s+\p{L}+){0,3})",
]);

fn sections(review: &Review) -> Vec<Diagnostic> {
    let headings = headings(review);
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Heading) {
        for captures in SECTIONS.all(&passage.text) {
            let Some(range) = missing(&captures, &headings, &passage.text) else { continue };
            let message = format!("avsnittet ”{}” finns inte i dokumentet", &passage.text[range.clone()]);
            let hint = "Rätta hänvisningen, eller lägg till avsnittet.";
            findings.push(finding(passage.place(range), message, hint));
        }
    }
    findings
}

/// Where a section is named that neither the document nor another has.
fn missing(captures: &Captures, headings: &[String], text: &str) -> Option<Range<usize>> {
    let Range { start, end } = group(captures, 0)?;
    // ”nedan” is here.
    let is_here = ["nedan", "ovan", "detta tjänsteutlåtande"].iter().any(|word| {
        text[..start].ends_with(&format!("{word} i ")) || text[end..].trim_start().starts_with(word)
    });
    if !is_here && owned_by_another(&text[..start]) {
        return None;
    }
    let named = |names: &[&str]| names.iter().find_map(|name| captures.name(name)).map(|said| said.range());
    let (range, there) = if let Some(range) = named(&["quoted", "number", "chapter"]) {
        let name = text[range.clone()].to_lowercase();
        (range, headings.iter().any(|heading| is_called(heading, &name)))
    } else if let Some(range) = named(&["about"]) {
        let range = until_more(text, range);
        let stems = stems(&text[range.clone()]);
        (range, headings.iter().any(|heading| stems.iter().any(|stem| heading.contains(stem.as_str()))))
    } else {
        let whole = named(&["named", "bare"])?;
        let range = until_more(text, whole.clone());
        let (name, short) = (text[whole.clone()].to_lowercase(), text[range.clone()].to_lowercase());
        let is_meant = |heading: &String| name.starts_with(heading.as_str()) || heading.starts_with(&short);
        (range, headings.iter().any(is_meant) || is_inside_another(&text[whole]))
    };
    (!there && !of_another(text, end)).then_some(range)
}

/// How the longer words begin: ”avsnittet om ekonomi” can be Ekonomiska konsekvenser.
fn stems(words: &str) -> Vec<String> {
    const STEM: usize = 5;
    let long = words.split_whitespace().filter(|word| word.len() >= STEM - 1);
    long.map(|word| word.to_lowercase().chars().take(STEM).collect()).collect()
}

/// What is named, without the words that go on with the sentence: ”Ekonomi för mer”.
fn until_more(text: &str, range: Range<usize>) -> Range<usize> {
    static MORE: Pattern = Pattern::new(&[
        r"\s(?:(?:och|samt|eller)\s+(?:i|på|av|under|inom)|för|ovan|nedan|där|som|samt|vad|framgår|redovisas|beskrivs|finns)\b",
    ]);
    let more = MORE.ranges(&text[range.clone()]).next();
    range.start..more.map_or(range.end, |more| range.start + more.start)
}

/// Whether a named section goes on into another document: ”avsnittet Mål i budgeten”, but not ”rubriken Mål och i”.
fn is_inside_another(named: &str) -> bool {
    static INSIDE: Pattern = Pattern::new(&[r"\s(?:i|till|av|ur|från)\s"]);
    INSIDE
        .ranges(named)
        .any(|range| !["och", "samt", "eller"].iter().any(|word| named[..range.start].ends_with(word)))
}

fn is_called(heading: &str, name: &str) -> bool {
    heading == name || heading.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '.']))
}

/// Every heading of the document, in lower case.
fn headings(review: &Review) -> Vec<String> {
    let head = &review.case.head;
    let mut headings: Vec<String> = Vec::new();
    for part in &review.case.parts {
        let key = part.key.name.as_str();
        headings.push(key.to_owned());
        headings.extend(head.rubriker.get(key).map(|line| line.text.clone()));
        headings.extend(review.profile.rubriker.get(key).map(|line| line.text.clone()));
        headings.extend(review.case.kind.key(key).and_then(Nyckel::heading).map(str::to_owned));
    }
    let sub = review.passages.iter().filter(|passage| passage.kind == PassageKind::Heading);
    headings.extend(sub.map(|passage| passage.text.to_string()));
    headings.into_iter().map(|heading| heading.to_lowercase()).collect()
}

static TABLES: Pattern =
    Pattern::new(&[r"(?i)\b(?P<kind>tabell|figur|diagram|bild|fotnot)\s+(?P<number>[0-9]{1,2})\b"]);

fn tables(review: &Review) -> Vec<Diagnostic> {
    let (mut tables, mut pictures, mut notes) = (0, 0, 0);
    for text in review.case.texts() {
        walk(&text.blocks, &mut |node| match node {
            Visited::Block(Block { kind: BlockKind::Table { .. }, .. }) => tables += 1,
            Visited::Block(Block { kind: BlockKind::Footnote { .. }, .. }) => notes += 1,
            Visited::Inline(Inline { kind: InlineKind::Image { .. }, .. }) => pictures += 1,
            _ => {}
        });
    }
    let mut findings = Vec::new();
    for passage in review.passages {
        for captures in TABLES.all(&passage.text) {
            let (Some(whole), Some(kind), Some(number)) =
                (group(&captures, 0), captures.name("kind"), captures.name("number"))
            else {
                continue;
            };
            let has = match kind.as_str().to_lowercase().as_str() {
                "tabell" => tables,
                "fotnot" => notes,
                _ => pictures,
            };
            let is_there = number.as_str().parse().is_ok_and(|number: usize| (1..=has).contains(&number));
            // ”Tabell 3. Elever” stands at the table itself.
            if is_there || whole.start == 0 || of_another(&passage.text, whole.end) {
                continue;
            }
            let said = &passage.text[whole.clone()];
            let message = format!("texten hänvisar till {said}, som inte finns i dokumentet");
            let hint = "Rätta numret, eller lägg till det som saknas.";
            findings.push(finding(passage.place(whole), message, hint));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn sections_that_are_not_there_are_found() {
        for (text, found) in [
            ("Se avsnittet ”Ekonomi”.", vec!["Ekonomi"]),
            ("Se avsnittet ”Bakgrund” och avsnitt 3.2.", vec!["3.2"]),
            ("Det utvecklas under rubriken Ekonomiska konsekvenser.", vec!["Ekonomiska konsekvenser"]),
            ("Se avsnitt 3 i budgeten och avsnittet Mål i planen.", vec![]),
            ("Se avsnittet Bakgrund ovan. Se Bakgrund ovan, se avsnittet om bakgrunden.", vec![]),
            (
                "Se avsnittet om ekonomi för mer. Se kapitel 4. Se Ekonomi nedan.",
                vec!["ekonomi", "4", "Ekonomi"],
            ),
            ("Se avsnitt Ekonomi för mer, i kapitel 4 skollagen, i kapitel 4 i planen.", vec!["Ekonomi"]),
            (
                "Se ovan under rubriken ekonomiska följder. Läs under rubriken bakgrund.",
                vec!["ekonomiska följder"],
            ),
        ] {
            assert_eq!(in_text(RULES, "avsnitt-saknas", text), found, "{text}");
        }
    }

    #[test]
    fn tables_that_are_not_there_are_found() {
        let text = "Se tabell 1, tabell 2, figur 1 och fotnot 3, och tabell 4 i budgeten.\n\nTabell 1. Elever\n\n| År |\n|---|\n| 1 |";
        assert_eq!(in_text(RULES, "tabell-saknas", text), ["tabell 2", "figur 1", "fotnot 3"]);
    }
}
