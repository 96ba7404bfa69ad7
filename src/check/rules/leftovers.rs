//! Leftovers: what a template or a draft left behind.

use std::ops::Range;

use crate::check::pattern::{Pattern, after};
use crate::check::prose::PassageKind;
use crate::check::raw;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::swedish::month_names;
use crate::yaml::values::{MARK, marks};

/// The rules of this theme.
pub const RULES: &[Rule] =
    &[Rule { code: codes::MALL_REST, find: template_text }, Rule { code: codes::LUCKA, find: gaps }];

/// What word processors' templates say, and what they say when a reference is lost.
static TEMPLATE: Pattern = Pattern::new(&[
    r"\b(?:Rubrik|Text|Titel|Namn|Datum|Underrubrik|Ingress|Bild|Tabell)\s+här\b",
    r"\b[Hh]är\s+(?:skriver\s+du|fyller\s+du\s+i|infogas|ska(?:ll)?\s+(?:det\s+)?stå|kommer\s+(?:en\s+|mer\s+)?text)\b",
    r"\bVälj\s+(?:ett\s+(?:objekt|alternativ|datum)|alternativ|nämnd|förvaltning|avdelning|handläggare|datum)\b",
    r"\b(?:Beskriv|Sammanfatta)\s+(?:ärendet|förslaget|bakgrunden|kort|kortfattat)\b",
    r"(?:^|[.\n] *)(?:Mall)?[Ii]nstruktion(?:er)?:|\b[Mm]allinstruktion(?:er)?:",
    r"#(?:REF|SAKNAS|DIVISION/0|DIV/0|VÄRDEFEL|VALUE|NAMN|NAME)[!?]",
    r"\b(?:Namn\s+Namnsson|Anna\s+Exempelsson|Test\s+Testsson|Förnamn\s+Namn)\b",
    r"\bAnge\s+(?:(?:ditt|din|handläggarens|nämndens|förvaltningens|här)\s+)?(?:text|namn|datum|rubrik|titel|ärendemening|diarienummer|dnr|nämnd|förvaltning|avdelning|handläggare|parti|belopp|adress|telefonnummer|telefon|e-post(?:adress)?)\b(?:\s+här)?",
    r"\b(?:Infoga|Fyll\s+i)\s+(?:här|text|bild|datum|namn|rubrik|tabell|diarienummer|nämnd|uppgifter)\b(?:\s+här)?",
    r"\bNamn\s+på\s+(?:nämnd(?:en)?|förvaltning(?:en)?|handläggare(?:n)?|avdelning(?:en)?|ordförande(?:n)?|stadsdelsnämnd(?:en)?)",
    r"\bFormaterat:",
]);

/// The same, with capitals or without.
static TEMPLATE_ANY_CASE: Pattern = Pattern::new(&[
    r"(?i)klistra\s+in\s+eller\s+skriv(?:\s+text)?(?:\s+här)?(?:\s*[–-]\s*[0-9]+\s+punkter)?",
    r"(?i)(?:dubbel)?klicka(?:\s+(?:eller\s+tryck|och\s+skriv))?\s+här\s+för\s+att\s+(?:ange|skriva|lägga|infoga|välja|fylla)(?:\s+(?:in|till|i))?(?:\s+(?:en\s+|ett\s+)?\p{L}+)?",
    r"(?i)klicka\s+och\s+skriv(?:\s+text)?",
    r"(?i)\b(?:click|tap)\s+(?:or\s+tap\s+)?here\s+to\s+(?:enter|add|insert|type|choose)(?:\s+(?:text|a\s+date|an?\s+\w+))?",
    r"(?i)\b(?:choose\s+an\s+item|(?:enter|type|insert|add)\s+(?:your\s+)?text(?:\s+here)?|type\s+here)\b",
    r"(?i)\bskriv(?:\s+in)?\s+(?:(?:din|ditt|en|ett)\s+)?(?:(?:text|rubrik|namn|titel|svar|datum|sammanfattning|ingress|något)(?:en|et)?\s+)?här\b",
    r"(?i)\b(?:godkänner\s*/\s*avslår|bifaller\s*/\s*avslår|tillstyrker\s*/\s*avstyrker|skrivelsen\s*/\s*motionen)\b",
    r"(?i)\bctrl\s?\+\s?klicka\b[^.\n]*",
    r"(?i)\b(?:förnamn\s+efternamn|exempeltext|platshållartext|hjälptext:)",
    r"(?i)\bta\s+bort\s+(?:(?:denna|den\s+här|detta|det\s+här)\s+(?:text|ruta|rad|mening|instruktion|stycke|avsnitt)(?:en|t)?\b|om\s+(?:ej|inte|det\s+(?:ej|inte))\b)",
    r"(?i)\blorem\b(?:\s+ipsum(?:\s+dolor(?:\s+sit(?:\s+amet)?)?)?)?|\bipsum\s+dolor\b|\bdolor\s+sit\s+amet\b",
    r"(?i)\bfel!\s+(?:hittar\s+inte\s+referenskälla|bokmärket\s+är\s+inte\s+definierat|det\s+finns\s+ingen\s+text)[^.\n]*\.?",
    r"(?i)\berror!\s+(?:reference\s+source|bookmark)[^.\n]*\.?",
    r"(?i)\b(?:kommentar(?:er)?|kommenterad|kommenterat|commented)\s*\[\p{L}+[0-9]+\]",
]);

/// What stands alone in a line or a paragraph only when nothing was written in its place.
static PLACEHOLDER: Pattern = Pattern::new(&[concat!(
    r"^(?:Rubrik|Underrubrik|Brödtext|Ingress|Heading|Normal|Titel|Ärendemening|Förnamn|Efternamn|",
    r"(?:Ärendets|Dokumentets)\s+(?:titel|rubrik|namn)|(?:Nämndens|Förvaltningens|Avdelningens|Handläggarens)\s+namn|",
    r"(?i:(?:mer\s+)?text\s+(?:kommer|saknas|ska\s+in)|fortsättning\s+följer|arbetsmaterial|utkast|test))(?:\s+[0-9])?[.:]?$"
)]);

/// What stands alone in a paragraph only when a page's letterhead was copied along.
static LETTERHEAD: Pattern = Pattern::new(&[
    r"^(?:Handläggare|Telefon|Tjänsteutlåtande|TJÄNSTEUTLÅTANDE|Till|Dnr|DNR):?$",
    r"^(?i:sid(?:a|an)?|sidan)\s+[0-9]+(?:\s*\([0-9]+\)|\s+av\s+[0-9]+)$",
]);

fn template_text(review: &Review) -> Vec<Diagnostic> {
    const HINT: &str = "Ta bort den, eller ersätt den med ärendets egen text.";
    let mut findings = Vec::new();
    for raw in raw::texts(&review.case.root) {
        // What stands within a mark is to be filled in, and that has been said.
        let is_marked = |range: &Range<usize>| {
            marks(raw.text).any(|mark| mark.start <= range.start && range.end <= mark.end)
        };
        for range in merged(raw.text, [&TEMPLATE, &TEMPLATE_ANY_CASE]) {
            if is_marked(&range) {
                continue;
            }
            let message = format!("mallens text ”{}” står kvar", flat(&raw.text[range.clone()]));
            findings.push(finding(raw.place(range), message, HINT));
        }
    }
    let alone = review.passages.iter().filter(|passage| {
        passage.text.len() <= LONGEST && matches!(passage.kind, PassageKind::Paragraph | PassageKind::Line)
    });
    for passage in alone {
        let message = if PLACEHOLDER.is_in(&passage.text) {
            format!("mallens text ”{}” står kvar", passage.text)
        } else if passage.kind == PassageKind::Paragraph && LETTERHEAD.is_in(&passage.text) {
            format!("”{}” hör till brevhuvudet, inte till texten", passage.text)
        } else {
            continue;
        };
        findings.push(finding(passage.place(0..passage.text.len()), message, HINT));
    }
    findings
}

/// As long as what stands alone can be.
const LONGEST: usize = 40;

/// Marks that writers leave where something is to be filled in or looked up.
static GAPS: Pattern = Pattern::new(&[r"\b(?:TBD|TBA|UTKAST|KOLLA|KOMPLETTERAS)\b:?", r"\bN\.\s?N\.|\bNN\b"]);

/// The same, with capitals or without, and marks that have none.
static GAPS_ANY_CASE: Pattern = Pattern::new(&[
    r"(?i)\b(?:todo|fixme)\b:?|\batt\s+göra:",
    r"(?i)\b(?:dubbel)?kolla\s+(?:detta|det\s+här|upp\s+detta|siffr(?:an|orna)|datum(?:et)?|källan?|stavning(?:en)?|namnet|med\s+\p{L}+)|\bstäm\s+av\s+med\b",
    r"(?i)@{2,}|¤{2,}|£{2,}|§{3,}|\${2,}|%{3,}|_{4,}|\.{5,}|…{2,}|\?{2,}",
    r"(?i)(?:^|\n)[ ]*(?:…|\.\.\.)[ ]*(?:\n|$)|(?:^|[\s(])_{2,}(?:[\s.,)]|$)",
    r"(?i)\bx{2,}\b|\[x\]|\bx\s+(?:antal|stycken|st|procent|kronor|kr|elever|barn|personer)\b",
    r"(?i)\b(?:19|20)(?:xx(?:-xx){0,2}|[0-9]{2}[-/]x+(?:-x+)?\b)",
    concat!(r"(?i)(?:\bxx?|\s\.{2,3}|\s…)\s+(?:", month_names!(), r")\b"),
    r"(?i)åååå(?:-mm-dd)?|\byyyy-mm-dd\b|\b(?:19|20)[0-9]{2}-(?:mm|dd|[0-9]{2}-dd)(?:-dd)?\b",
    concat!(
        r"(?i)\[\s*(?:…|\.{2,}|\?+)?\s*\]|\s\?\s+(?:st|kr|kronor|procent|elever|barn|personer|platser|kap|§|",
        month_names!(),
        r")\b|\b(?:den|kl\.|klockan|ca|cirka|omkring|bilaga|punkt|sidan|nr|nummer|år)\s\?(?:\s|$)"
    ),
    r"(?i)\(\s*(?:[0-9][0-9 ]*|källa|siffra|datum|antal|namn|år|dnr|stämmer|rätt|ref)?\s?\?+\s*\)",
    r"(?i)[\[({]\s*(?:namn|datum|text|infoga|ange|fyll\s+i|fylls\s+i|skriv|type|enter|nämnd|förvaltning|diarienummer|dnr|belopp|titel|rubrik|handläggare|parti|kommentar|kolla|komplettera(?:s)?|förvaltningens|nämndens|handläggarens|avdelningens|ditt|din|ska\s+kompletteras|återkommer|länk|källa|siffra|antal)(?:\s[^\])}\n]*)?\s*[\]}]",
    r"(?i)\(\s*(?:fyll\s+i|fylls\s+i|infoga|ange|kompletteras|ska\s+kompletteras|kolla|skriv\s+mer|lägg\s+till|siffra|namn|datum)(?:\s[^)\n]*)?\s*\)",
    r"(?i)\b(?:ska\s+)?kompletteras\s+senare\b",
    r"(?i)\bobs!?:?\s+(?:kolla|ändra|uppdatera|komplettera|kontrollera|ta\s+bort|fyll|ska\s+(?:uppdateras|ändras|kompletteras|bort))\b[^.\n]*",
    r"(?i)«\s*(?:fyll|ange|skriv|namn|datum)[^»\n]*»?",
    r"(?i)\b(?:blablabla|blabla|bla\s+bla|asdf\p{L}*|qwerty)\b",
]);

fn gaps(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for raw in raw::texts(&review.case.root) {
        for range in merged(raw.text, [&GAPS, &GAPS_ANY_CASE]) {
            let range = trimmed(raw.text, range);
            let said = &raw.text[range.clone()];
            let is_number = said == "XX" && begins_number(raw.text, range.end);
            if is_number
                || is_emphasis(raw.text, &range)
                || said.starts_with(MARK)
                || is_markup(raw.text, &range)
                || is_ellipsis(raw.text, &range)
                || is_shown_form(raw.text, &range)
                || is_step(raw.text, &range)
            {
                continue;
            }
            let message = format!("”{}” är en lucka som ska fyllas i", flat(said));
            findings.push(finding(
                raw.place(range),
                message,
                "Skriv det som ska stå här, eller ta bort luckan.",
            ));
        }
    }
    findings
}

/// Whether a text is nothing but a place to fill in.
pub fn is_gap(text: &str) -> bool {
    let text = text.trim();
    merged(text, [&GAPS, &GAPS_ANY_CASE]).first().is_some_and(|range| {
        text[..range.start].trim().is_empty() && !text[range.end..].contains(char::is_alphanumeric)
    })
}

/// Whether two letters begin a diarienummer, ”XX 2024/1”, which has a form of its own to keep to;
/// or are chromosomes.
fn begins_number(text: &str, end: usize) -> bool {
    static NUMBER: Pattern = Pattern::new(&[r"^ (?:19|20)[0-9]{2}/[0-9]", r"^[ -](?i:kromosom)"]);
    NUMBER.is_in(after(text, end))
}

/// Whether question marks end a word, and say only that somebody asked loudly.
fn is_emphasis(text: &str, range: &Range<usize>) -> bool {
    text[range.clone()].starts_with('?')
        && text[..range.start].ends_with(|last: char| last.is_alphabetic() || "!?)”\"".contains(last))
}

/// Whether it is Markdown's: a link's text, a footnote's, a rule across the page, an address.
fn is_markup(text: &str, range: &Range<usize>) -> bool {
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    let line = text[line_start..line_end].trim();
    let said = &text[range.clone()];
    // Two braces are a template's own, or shown as an example.
    let in_braces = said.starts_with('{') && text[..range.start].ends_with('{');
    let is_link = said.ends_with(']')
        && (text[range.end..].starts_with(['(', '[', ':'])
            || said == "[]" && text[..range.start].ends_with(']'));
    let in_address = text[..range.start].ends_with(['/', '=', '&', '?', '@']) && !said.starts_with('[')
        || text[range.end..].starts_with('@') && !said.to_lowercase().starts_with("xx");
    is_link || in_braces || in_address || line == said && said.starts_with('_')
}

/// Whether it is an omission in somebody else's words: ”Kommunen ska […] samverka”.
fn is_ellipsis(text: &str, range: &Range<usize>) -> bool {
    let said = &text[range.clone()];
    if !said.starts_with('[') || !said.contains(['…', '.']) {
        return false;
    }
    let paragraph = text[..range.start].rfind("\n\n").map_or(0, |at| at + 2);
    let before = &text[paragraph..range.start];
    before.matches(['”', '"']).count() % 2 == 1 || before.trim_start().starts_with('>')
}

/// Whether it is what somebody does in a routine, ”räkna dem, stäm av med rektorn och skriv in antalet”,
/// rather than a note to oneself: ”(stäm av med Eva)”.
fn is_step(text: &str, range: &Range<usize>) -> bool {
    let is_note = text[..range.start].trim_end().ends_with(['(', '[', '.', '!', ':'])
        || text[range.end..].trim_start().starts_with(char::is_uppercase);
    text[range.clone()].to_lowercase().starts_with("stäm") && range.start > 0 && !is_note
}

/// Whether letters show how something is written: ”tolv siffror (ÅÅÅÅMMDD-NNNN)”, ”formen ÅÅÅÅ-MM-DD”.
fn is_shown_form(text: &str, range: &Range<usize>) -> bool {
    static FORM: Pattern = Pattern::new(&[
        r"(?i)\b(?:form(?:en|at|atet|atering(?:en)?)?|siffror|tecken|skriv(?:s|as|er|a)|ange(?:s|r)?|anges|enligt mönstret|mönstret|till exempel|t\.ex\.|följande sätt)\b[^.\n]{0,60}$",
    ]);
    let said = text[range.clone()].to_lowercase();
    let is_date = ["åååå", "yyyy"].iter().any(|year| said.contains(year));
    is_date && FORM.is_in(&text[..range.start])
}

/// What matches one of these, in order, joined where it stands side by side: one leftover is one
/// finding.
fn merged(text: &str, patterns: [&Pattern; 2]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = patterns.iter().flat_map(|pattern| pattern.ranges(text)).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end || text[last.end..range.start].trim().is_empty() => {
                last.end = last.end.max(range.end);
            }
            _ => joined.push(range),
        }
    }
    joined
}

/// Without the white space around it, and without the marks around a line to write on.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let said = &text[range.clone()];
    let is_line = said.contains("__");
    let is_around = |mark: char| mark.is_whitespace() || is_line && mark != '_';
    let start = range.end - said.trim_start_matches(is_around).len();
    start..start + said.trim_matches(is_around).len()
}

/// On one line, as a message quotes it.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, marked};

    #[test]
    fn what_stands_within_a_mark_has_been_said() {
        let found =
            marked(RULES, "mall-rest", "handläggare:\n  namn: «Fyll i namn»\nbakgrund: Fyll i namn\n");
        assert_eq!(found, ["Fyll i namn"]);
    }

    #[test]
    fn template_text_is_found_whole() {
        for (text, found) in [
            (
                "Se yttrandet Namn på nämndenKlistra in eller skriv\ntext – 12 punkter",
                vec!["Namn på nämndenKlistra in eller skriv\n  text – 12 punkter"],
            ),
            ("Klicka eller tryck här för att ange text.", vec!["Klicka eller tryck här för att ange text"]),
            ("Ange namn", vec!["Ange namn"]),
            ("Se Fel! Hittar inte referenskälla. nedan.", vec!["Fel! Hittar inte referenskälla."]),
            ("Lorem ipsum dolor sit amet", vec!["Lorem ipsum dolor sit amet"]),
            ("Sökanden ska ange namn och klicka på knappen.", vec![]),
            ("Sida 2 (4)", vec!["Sida 2 (4)"]),
            ("Texten.\n\nHandläggare", vec!["Handläggare"]),
            ("Handläggare på enheten svarar.", vec![]),
            ("Click or tap here to enter text.", vec!["Click or tap here to enter text"]),
            ("Här skriver du sammanfattningen.", vec!["Här skriver du"]),
            (
                "Välj ett objekt. Skriv här. Namn Namnsson.",
                vec!["Välj ett objekt", "Skriv här", "Namn Namnsson"],
            ),
            ("Rubrik 1", vec!["Rubrik 1"]),
            (
                "Nämnden godkänner/avslår. Ta bort detta stycke. #REF! #SAKNAS!",
                vec!["godkänner/avslår", "Ta bort detta stycke", "#REF! #SAKNAS!"],
            ),
            ("Beskriv ärendet kort. Kommenterad [AT1]: ja.", vec!["Beskriv ärendet", "Kommenterad [AT1]"]),
            ("Utkast", vec!["Utkast"]),
            ("Texten har rubrik 1 och rubrik 2. Här ska det byggas.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "mall-rest", text), found, "{text}");
        }
    }

    #[test]
    fn gaps_are_found_and_markup_is_not() {
        for (text, found) in [
            ("Det kostar XXX kronor. TODO: kolla", vec!["XXX", "TODO:"]),
            ("Beslut den xx mars 2024 eller 20XX.", vec!["xx", "20XX"]),
            ("Enligt […] och [namn] samt [ange belopp].", vec!["[…]", "[namn]", "[ange belopp]"]),
            ("Enligt lagen ska ”kommunen […] samverka”.", vec![]),
            ("Se [namn på sidan](https://a.se/XXX) och [^1].\n\n[^1]: Not.", vec![]),
            ("Dnr KS 2024/XXX, ____ kronor", vec!["2024/XXX", "____"]),
            ("Det kostar ?? kronor, alltså 12??. Men varför?? Vet ej.", vec!["??", "??"]),
            ("En kartläggning … och mer", vec![]),
            ("Först.\n\n…\n\nSedan.", vec!["…"]),
            (
                "Den 20xx-xx-xx, den … juni, den __ juli, (?), X antal, ? kronor.",
                vec!["20xx-xx-xx", "… juni", "__", "(?)", "X antal", "? kronor"],
            ),
            (
                "Obs kolla siffran. Vad kostar det? Två elever svarade. Under __init__ och A x B.",
                vec!["Obs kolla siffran"],
            ),
            ("@@@ kolla detta. Att göra: räkna (källa?)", vec!["@@@ kolla detta", "Att göra:", "(källa?)"]),
            ("Hej {namn} och {{ förvaltning }}, stäm av med Eva.", vec!["{namn}", "stäm av med"]),
            ("Två XX-kromosomer och XX kromosomer, skriv till a@@b.", vec!["@@"]),
        ] {
            assert_eq!(in_text(RULES, "lucka", text), found, "{text}");
        }
    }
}
