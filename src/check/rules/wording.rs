//! Choice of words: abbreviations with their stops, words that fit everybody, and plain ones.

use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::choices::Choices;
use crate::language::swedish::capitalised;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::FORKORTNING_UTAN_PUNKT, find: without_stop },
    Rule { code: codes::ORDVAL_PERSON, find: gendered },
    Rule { code: codes::KANSLISPRAK, find: chancery },
    Rule { code: codes::FARG_ENSAM, find: colours },
];

/// The passages in which the writer speaks, and in sentences.
fn running<'a>(review: &'a Review) -> impl Iterator<Item = &'a Passage> {
    let is_running = |passage: &&Passage| !matches!(passage.kind, PassageKind::Quote | PassageKind::Line);
    review.passages.iter().filter(is_running)
}

/// Words that break off and need a stop: ”dvs”, ”osv”, ”etc”.
fn without_stop(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in running(review) {
        let lower = passage.text.lower();
        for range in passage.text.spelt() {
            let Some(right) = review.templates.choices().broken_off.better(&lower[range.clone()]) else {
                continue;
            };
            let said = &passage.text[range.clone()];
            let is_shouted = said.chars().skip(1).any(char::is_uppercase);
            if is_shouted || is_name(passage, range) || !is_alone(&passage.text, range) {
                continue;
            }
            let right =
                if said.starts_with(char::is_uppercase) { capitalised(right) } else { right.to_owned() };
            let place = passage.place(range.clone());
            let hint = format!("Skriv ”{right}”, eller skriv ut orden.");
            let message = format!("förkortningen ”{said}” saknar punkt");
            findings.push(finding(place.clone(), message, hint).edit(place, right));
        }
    }
    findings
}

/// Whether a word has neither a stop nor another sign at it that makes it a part of something.
fn is_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    before.is_none_or(|sign| sign.is_whitespace() || sign == '(')
        && after.is_none_or(|sign| sign.is_whitespace() || ",;:)".contains(sign))
}

/// The hint to take what there is instead, of which there can be several.
fn rather(right: &str) -> String {
    format!("Skriv hellre ”{}”.", right.replace(", ", "” eller ”"))
}

fn gendered(review: &Review) -> Vec<Diagnostic> {
    let said =
        |word: &str, right: &str| (format!("”{word}” är ett äldre eller könsbundet ord"), rather(right));
    chosen(review, &review.templates.choices().people, said)
}

fn chancery(review: &Review) -> Vec<Diagnostic> {
    let said = |word: &str, right: &str| (format!("”{word}” är kanslispråk"), rather(right));
    chosen(review, &review.templates.choices().chancery, said)
}

/// Every word that there is a better one for; what others have said stands as they said it.
fn chosen(
    review: &Review,
    choices: &Choices,
    said: impl Fn(&str, &str) -> (String, String),
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in running(review) {
        let lower = passage.text.lower();
        for range in passage.text.spelt() {
            let word = &lower[range.clone()];
            let pair = choices.next_to(word).find_map(|(next, right)| {
                let rest = lower[range.end..].strip_prefix(' ')?.strip_prefix(next)?;
                let end = range.end + 1 + next.len();
                (!rest.starts_with(char::is_alphabetic)).then_some((range.start..end, right))
            });
            let one = || choices.better(word).map(|right| (range.clone(), right));
            let Some((range, right)) = pair.or_else(one) else { continue };
            if is_name(passage, &range) || is_quoted(passage, &range) {
                continue;
            }
            let (message, hint) = said(&passage.text[range.clone()], right);
            findings.push(finding(passage.place(range), message, hint));
        }
    }
    findings
}

/// Whether a word has a capital where no sentence begins.
fn is_name(passage: &Passage, range: &Range<usize>) -> bool {
    let before = passage.text[..range.start].trim_end();
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':']);
    !begins && passage.text[range.clone()].starts_with(char::is_uppercase)
}

fn is_quoted(passage: &Passage, range: &Range<usize>) -> bool {
    passage.text[..range.start].ends_with(['”', '"', '’', '»'])
        && passage.text[range.end..].starts_with(['”', '"', '’', '«', '»'])
        || passage.text[..range.start].matches(['”', '"']).count() % 2 == 1
}

/// A colour that alone tells what is meant.
static COLOUR: Pattern = Pattern::new(&[
    r"(?i)\b(?:röd|grön|gul|blå|orange|grå|lila|rosa|rött|grönt|gult)-?(?:markera\p{L}*|färga\p{L}*|mark\p{L}*)\b",
    r"(?i)\b(?:markera\p{L}*|visas|anges|skriv\p{L}*|redovisas|utmärk\p{L}*|ritade?|framgår|inringa\p{L}*)\s+(?:med|i)\s+(?:röd|rött|grön|grönt|gul|gult|blå|blått|orange|grått|lila|rosa)(?:\s+(?:färg|text|stil|linje|markering|pil|ruta))?\b",
    r"(?i)\b(?:de|den|det)\s+(?:röda|gröna|gula|blå|orange|grå|lila|rosa)\s+(?:stapel|stapeln|staplarna|fältet|fälten|raden|raderna|siffran|siffrorna|området|områdena|cellen|cellerna|kurvan|kurvorna|linjen|linjerna|rutan|rutorna|pilen|pilarna|punkten|punkterna|kolumnen|kolumnerna|texten|delen|delarna)\b",
    // ”Gula celler är osäkra”, ”en grön markering”
    r"(?i)\b(?:röda|gröna|gula|blå|orange|grå|lila|rosa)\s+(?:staplar|fält|rader|siffror|celler|kurvor|rutor|pilar|prickar|kolumner|markeringar|streck|belopp|värden|tal|poster|punkter|cirklar|trianglar|ramar)\b",
    r"(?i)\b(?:siffror(?:na)?|rader(?:na)?|fält(?:en)?|celler(?:na)?|staplar(?:na)?|ytor(?:na)?|områden(?:a)?|text(?:en)?|punkter(?:na)?|streck(?:en)?|belopp(?:en)?)\s+i\s+(?:rött|grönt|gult|blått|orange|grått|lila|rosa)\b",
    r"(?i)\b(?:röd|rött|grön|grönt|gul|gult|blå|blått|orange|grå|grått|lila|rosa)\s+(?:färg|markering|stapel|cell|ruta|rad|siffra|text|prick|kurva|bakgrund|kolumn|fält|streck|pil|ram)\b",
]);

fn colours(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Line) {
        for range in COLOUR.ranges(&passage.text) {
            let message = format!("”{}” säger bara med färg vad som menas", &passage.text[range.clone()]);
            let hint = "Säg det också med ord, siffror eller tecken: alla ser inte färger, och utskrifter är ofta svartvita.";
            findings.push(finding(passage.place(range), message, hint));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    fn try_all(code: &str, texts: &[(&str, &[&str])]) {
        for (text, found) in texts {
            assert_eq!(in_text(RULES, code, text), *found, "{text}");
        }
    }

    #[test]
    fn abbreviations_have_their_stops() {
        try_all(
            "förkortning-utan-punkt",
            &[
                ("Avdelningen, dvs grundskoleavdelningen, har räknat.", &["dvs"]),
                ("Ställ, tak osv byggs.", &["osv"]),
                ("Bänkar, bord etc, köps in.", &["etc"]),
                ("Skolor mfl deltar, pga branden.", &["mfl", "pga"]),
                ("Dvs ingenting.", &["Dvs"]),
                ("Avdelningen, dvs. grundskoleavdelningen, har räknat osv.", &[]),
                ("Etcetera, fångar och texter.", &[]),
            ],
        );
    }

    #[test]
    fn words_fit_everybody() {
        try_all(
            "ordval-person",
            &[
                ("Skolans städerskor har hörts.", &["städerskor"]),
                ("En handikappad elev.", &["handikappad"]),
                ("Lärarinnan och dagmamman.", &["Lärarinnan", "dagmamman"]),
                ("Målsmans underskrift behövs.", &["Målsmans"]),
                ("Mattanterna och förmannen har hörts.", &["Mattanterna", "förmannen"]),
                ("Samkönade par, en förmaning och förmånen.", &[]),
                ("Skolans lokalvårdare och en elev med funktionsnedsättning.", &[]),
                ("Motionären skriver ”städerskor”.", &[]),
            ],
        );
        try_all(
            "kanslispråk",
            &[
                ("Detta är icke möjligt.", &["icke"]),
                ("Nämnden ska tillse att det sker.", &["tillse"]),
                ("Erforderliga medel, varom mera sägs.", &["Erforderliga", "varom"]),
                ("Nämnden har ej att invända, och svar har inkommit.", &["ej", "inkommit"]),
                ("Varje skola äger att ha ett råd.", &["äger att"]),
                ("Nämnden äger rätt att erhålla ersättning.", &["äger rätt", "erhålla"]),
                ("Beträffande buller ska de höras jämväl ånyo.", &["Beträffande", "jämväl", "ånyo"]),
                ("Kommunen äger huset, och inkomsterna är stora. Ej-tecknet.", &[]),
                ("Det behövs inte. Icke-vinstdrivande föreningar.", &[]),
            ],
        );
    }

    #[test]
    fn colour_does_not_tell_alone() {
        try_all(
            "färg-ensam",
            &[
                ("De rödmarkerade skolorna byggs först.", &["rödmarkerade"]),
                ("Skolorna är markerade med rött i tabellen.", &["markerade med rött"]),
                ("De gröna staplarna visar flickor.", &["De gröna staplarna"]),
                ("Kostnaden anges i röd text.", &["anges i röd text"]),
                ("Den blå linjen visar pojkar.", &["Den blå linjen"]),
                ("Gula celler är osäkra. En grön ruta är klar.", &["Gula celler", "grön ruta"]),
                ("Gröna områden och gula tegelhus bevaras. Röd flagg.", &[]),
                ("Det röda huset och de gröna parkerna ligger nära.", &[]),
                ("Gröna linjen går till Farsta.", &[]),
                ("Den blågröna planen gäller.", &[]),
            ],
        );
    }
}
