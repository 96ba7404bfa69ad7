//! Sentences: each begins with a capital, ends with a full stop, and stands once.

use std::collections::HashMap;
use std::ops::Range;

use crate::check::pattern::{Match, Pattern, group};
use crate::check::prose::{Passage, PassageKind, last_word};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::grammar::{self, FINITE};
use crate::language::lists::List;
use crate::language::vocabulary::Vocabulary;
use crate::library::Templates;
use crate::library::roll::Roll;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::PUNKT_SAKNAS, find: without_stop },
    Rule { code: codes::LITEN_BOKSTAV, find: small_letter },
    Rule { code: codes::STYCKE_UPPREPAT, find: twice },
];

fn without_stop(review: &Review) -> Vec<Diagnostic> {
    const SHORTEST: usize = 4;
    let vocabulary = review.templates.vocabulary();
    let mut findings = Vec::new();
    for (at, passage) in review.passages.iter().enumerate() {
        // What a list goes on from ends where the list does.
        let goes_on = review.passages.get(at + 1).is_some_and(|next| next.kind == PassageKind::Item);
        if passage.kind != PassageKind::Paragraph || goes_on || passage.is_line {
            continue;
        }
        let text = passage.text.as_str();
        let is_decision = passage.role == Some(Roll::Beslut);
        let (range, word) = last_word(text);
        if text.split(' ').count() < SHORTEST || is_decision || word.contains("://") || word.contains('@') {
            continue;
        }
        if text.ends_with([',', ';']) {
            let hint = "Ta bort tecknet, eller skriv fortsättningen.";
            let message = format!("stycket slutar med ”{}”", &text[text.len() - 1..]);
            findings.push(finding(passage.place(range), message, hint));
        } else if lacks_stop(text) && (is_sentence(text, vocabulary) || has_verb(passage, vocabulary)) {
            let place = passage.place(range);
            findings.push(
                // The sentence may be cut off.
                finding(
                    place.clone(),
                    "stycket slutar inte med punkt",
                    "Sätt punkt efter sista ordet, eller skriv klart meningen.",
                )
                .edit(place, format!("{word}.")),
            );
        }
    }
    let running = review.passages.iter().filter(|passage| passage.kind != PassageKind::Line);
    findings.extend(running.flat_map(|passage| run_together(passage, review.templates)));
    findings
}

/// Whether a text ends without a full stop, which can stand within the quotation that it ends with.
fn lacks_stop(text: &str) -> bool {
    let words = text.strip_suffix(['”', '"']).unwrap_or(text);
    words.ends_with(|last: char| last.is_alphanumeric() || [')', '%', '§'].contains(&last))
}

/// Whether a text says something, or points somewhere: ”Se bilagan”.
fn is_sentence(text: &str, vocabulary: &Vocabulary) -> bool {
    let verbs = vocabulary.list(List::SentenceVerbs);
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    text.starts_with("Se ") || words.any(|word| verbs.has(word))
}

fn has_verb(passage: &Passage, vocabulary: &Vocabulary) -> bool {
    // With so many words even a verb that could be something else makes a sentence.
    const LONG: usize = 8;
    let clauses = grammar::clauses(&passage.text, passage.text.lower(), vocabulary);
    let words = || clauses.iter().flat_map(|clause| &clause.words);
    let verbs = if words().count() >= LONG { grammar::FINITE | grammar::EITHER } else { grammar::FINITE };
    words().any(|word| word.is(verbs))
}

/// A word, and one with a capital behind it.
static BESIDE: Pattern = Pattern::new(&[r"(?P<before>\p{Ll}{2,}) (?P<next>\p{Lu}\p{L}*)\b"]);

fn run_together(passage: &Passage, templates: &Templates) -> Vec<Diagnostic> {
    let vocabulary = templates.vocabulary();
    let is_of = |list: List, word: &str| vocabulary.list(list).has(word);
    let mut findings = Vec::new();
    for captures in BESIDE.all(&passage.text) {
        let (Some(before), Some(next)) = (captures.name("before"), captures.name("next")) else { continue };
        if !is_of(List::Beginnings, next.as_str())
            && !begins_sentence(passage, before.as_str(), &next, templates)
        {
            continue;
        }
        let word = passage.text[..before.end()].rsplit([' ', '-']).next().unwrap_or_default();
        let next = passage.text[before.end()..].trim_start();
        let lower = word.to_lowercase();
        // ”Ärendet Ärendet” is a word that stands twice, which another rule finds.
        let is_twice = next.to_lowercase().starts_with(&word.to_lowercase());
        // ”del I och II”, ”Region Stockholm De Geer”.
        let after = next.split_once(' ').map_or("", |(_, after)| after);
        let goes_on = after.starts_with(char::is_lowercase) && !after.starts_with("och ");
        let is_title = is_of(List::Titled, &lower) || is_of(List::CannotEnd, &lower);
        // ”bilaga I till förordningen”
        let is_roman = next.starts_with("I ") && is_of(List::Numbered, &lower);
        let is_body = ["Nämnden för ", "Förvaltningen för "].iter().any(|name| next.starts_with(name));
        let is_running = !matches!(passage.kind, PassageKind::Heading | PassageKind::Cell);
        if is_title || is_roman || is_body || !is_running || is_twice || !goes_on {
            continue;
        }
        let place = passage.place(before.range());
        let message = format!("punkt saknas efter ”{word}”: nästa ord börjar en mening");
        let hint = "Sätt punkt, eller skriv nästa ord med liten bokstav.";
        findings.push(finding(place.clone(), message, hint).edit(place, format!("{}.", before.as_str())));
    }
    findings
}

/// Whether a word with a capital can only begin a sentence: a definite noun that is no organ's, and the verb behind it:
/// ”… med god marginal Oron är begriplig”.
fn begins_sentence(passage: &Passage, before: &str, next: &Match, templates: &Templates) -> bool {
    let vocabulary = templates.vocabulary();
    let lower = next.as_str().to_lowercase();
    let is_of = |list: List| vocabulary.list(list).has(&lower);
    let ends = |word: &str| ["en", "et", "na", "an", "ön", "on"].iter().any(|end| word.ends_with(end));
    let is_name = is_of(List::Bodies)
        || is_of(List::Offices)
        || is_of(List::Actors)
        || is_of(List::Authorities)
        || is_of(List::Streets);
    // ”bostadsområdet Höjden är”: a name behind what it is the name of.
    let is_apposition = ["en", "et"].iter().any(|end| before.ends_with(end));
    let verb = passage.text.lower()[next.end()..].split_whitespace().next().unwrap_or_default();
    let is_verb = vocabulary.class(verb) & FINITE != 0;
    let is_word = || {
        vocabulary.is_usual(&lower)
            || templates.dictionary().is_some_and(|dictionary| dictionary.unknown(&[&lower]).is_empty())
    };
    ends(&lower) && !is_name && !is_apposition && is_verb && is_word()
}

static SMALL: Pattern = Pattern::new(&[r"\p{Ll}{2,}[.!?] (\p{Ll}\p{L}+)"]);

fn small_letter(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, passage) in
        review.passages.iter().enumerate().filter(|(_, passage)| passage.kind != PassageKind::Line)
    {
        let before = at.checked_sub(1).and_then(|at| review.passages.get(at));
        if let Some(range) = small_beginning(passage, before, review.templates.vocabulary()) {
            let message = format!("stycket börjar med liten bokstav: ”{}”", &passage.text[range.clone()]);
            findings.push(finding(passage.place(range), message, "Skriv stor bokstav."));
        }
        for captures in SMALL.all(&passage.text) {
            let Some(range) = group(&captures, 1) else { continue };
            let before = passage.text[..range.start].trim_end().rsplit(' ').next().unwrap_or_default();
            // ”anslaget Bostadspol. utv. och”, ”två webbplatser. skolverket.se är”
            let after = &passage.text[range.end..];
            let is_short = range.len() <= 4 && after.starts_with(['.', ':']);
            let is_address = after.starts_with('.') && after[1..].starts_with(char::is_alphabetic);
            // ”resp. av”, ”max. antal”: what is short can be cut off, unless it is a usual word.
            let word = before.trim_end_matches(['.', '!', '?']).to_lowercase();
            let may_be_cut = word.chars().count() < 4
                && (range.len() < 4 || !review.templates.vocabulary().list(List::Whole).has(&word));
            if is_short || is_address || may_be_cut || is_cut(before, after) {
                continue;
            }
            // Before a capital, the full stop of an abbreviation ends no sentence either.
            if !review.templates.abbreviations().ends_sentence(before, "A") {
                continue;
            }
            let message = format!("meningen börjar med liten bokstav: ”{}”", &passage.text[range.clone()]);
            findings.push(finding(
                passage.place(range),
                message,
                "Skriv stor bokstav, eller ta bort punkten före.",
            ));
        }
    }
    findings
}

/// Whether a word before a stop is cut short, as other words near it are: ”Bostadspol. utv.”
fn is_cut(before: &str, after: &str) -> bool {
    static CUT: Pattern = Pattern::new(&[r"^(?:\p{L}+ ){0,2}\p{L}{2,5}\. \p{Ll}"]);
    before.starts_with(char::is_uppercase) && CUT.is_in(after.trim_start())
}

/// The first word of a paragraph that is a sentence and begins with a small letter, unless it goes
/// on from what stands before it.
fn small_beginning(
    passage: &Passage,
    before: Option<&Passage>,
    vocabulary: &Vocabulary,
) -> Option<Range<usize>> {
    let text = passage.text.as_str();
    let goes_on = before.is_some_and(|before| {
        before.section == passage.section
            && match before.kind {
                // A table ends no sentence, and a list that has its stop has ended one.
                PassageKind::Cell => false,
                PassageKind::Item => !before.text.ends_with('.'),
                PassageKind::Paragraph => {
                    before.text.ends_with([':', ',', '–', '…']) || lacks_stop(&before.text)
                }
                _ => true,
            }
    });
    let is_sentence = passage.kind == PassageKind::Paragraph
        && passage.role != Some(Roll::Beslut)
        && text.starts_with(char::is_lowercase)
        && text.ends_with('.')
        && has_verb(passage, vocabulary);
    let end = text.find(|letter: char| !letter.is_alphabetic())?;
    // An address, or a name such as eBay.
    (is_sentence
        && !goes_on
        && text[end..].starts_with([' ', ','])
        && !text[..end].contains(char::is_uppercase))
    .then_some(0..end)
}

/// Long sentences that stand twice near one another: further apart they can be said again on purpose.
fn twice(review: &Review) -> Vec<Diagnostic> {
    const SHORTEST: usize = 40;
    const NEAR: usize = 6;
    let mut findings = Vec::new();
    let abbreviations = review.templates.abbreviations();
    let mut section = "";
    let mut number = 0;
    // Where each sentence of the section stands first, and as which it was said last.
    let mut seen: HashMap<&str, (usize, (&Passage, Range<usize>))> = HashMap::new();
    let mut items = false;
    for passage in review.passages.iter().filter(|passage| {
        matches!(passage.kind, PassageKind::Paragraph | PassageKind::Item | PassageKind::Heading)
    }) {
        // Parts in parallel, under headings of their own or each with its list, say things alike.
        let begins_part =
            passage.kind == PassageKind::Heading || items && passage.kind == PassageKind::Paragraph;
        items = passage.kind == PassageKind::Item;
        if passage.kind == PassageKind::Heading || passage.text.ends_with(':') {
            section = if begins_part { "" } else { section };
            continue;
        }
        if section != passage.section || begins_part {
            section = &passage.section;
            seen.clear();
        }
        for range in passage.text.sentences(abbreviations) {
            let sentence = &passage.text[range.clone()];
            if sentence.len() < SHORTEST || sentence.chars().count() < SHORTEST {
                continue;
            }
            number += 1;
            let (last, (there, first)) =
                seen.entry(sentence).or_insert_with(|| (number, (passage, range.clone())));
            let distance = number - *last;
            let is_parallel = is_formula(passage, &range, there, first);
            if distance > 0 && distance <= NEAR && !is_parallel {
                let message = "meningen står redan en gång strax före";
                findings.push(
                    finding(passage.place(range), message, "Ta bort den ena.")
                        .related(there.place(first.clone()), "här står den första gången"),
                );
            }
            *last = number;
        }
    }
    findings
}

/// Whether a sentence ends or begins two paragraphs alike, or is so short that it can end two parts of one: ”Makars inkomster
/// räknas samman. Kostnaden delas lika. Sambors räknas var för sig. Kostnaden delas lika.”
fn is_formula(passage: &Passage, range: &Range<usize>, there: &Passage, first: &Range<usize>) -> bool {
    const SHORT: usize = 70;
    let ends = |passage: &Passage, range: &Range<usize>| {
        range.start > 0 && range.end >= passage.text.trim_end().len()
    };
    let begins = |passage: &Passage, range: &Range<usize>| {
        range.start == 0 && range.end < passage.text.trim_end().len()
    };
    if std::ptr::eq(passage, there) {
        return range.len() < SHORT && range.start > first.end + 1;
    }
    ends(passage, range) && ends(there, first)
        || range.len() < SHORT && begins(passage, range) && begins(there, first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn paragraphs_without_an_end_are_found() {
        for (text, found) in [
            ("Nämnden anser att det är bra", vec!["bra"]),
            ("Se reservation under förskolenämnden", vec!["förskolenämnden"]),
            ("Reservation av Bo Ek m.fl. (M),", vec!["(M),"]),
            ("Nämnden säger ”vi arbetar med frågan”", vec!["frågan”"]),
            ("Nämnden säger ”vi arbetar med frågan.”", vec![]),
            ("Stockholm den 21 augusti 2024", vec![]),
            ("Skolan har ett uppdrag Mot denna bakgrund sker det.", vec!["uppdrag"]),
            ("Skolan har ett uppdrag I dag sker det, enligt del I och II.", vec!["uppdrag"]),
            ("Värdena klaras med god marginal Oron är begriplig.", vec!["marginal"]),
            ("De var svåra att hitta Handläggarna har ägnat mycket tid åt det.", vec!["hitta"]),
            ("Barnen trivs här Avgiften är låg.", vec!["här"]),
            ("Området Höjden har vuxit, och Stadsmuseet är öppet. Enligt Boverket är det rätt.", vec![]),
            ("Därför har Skolverket och Riksdagen beslutat, och Kommunen är nöjd med Slussen.", vec![]),
            ("I rapporten Det goda samtalet och hos Region Stockholm.", vec![]),
            ("De föreslår att nämnden ska följande:\n\n- ett", vec![]),
        ] {
            assert_eq!(in_text(RULES, "punkt-saknas", text), found, "{text}");
        }
    }

    #[test]
    fn sentences_begin_with_a_capital() {
        assert_eq!(
            in_text(RULES, "liten-bokstav", "Det gäller skolan. nämnden anser. Resp. avdelning, dvs. den."),
            ["nämnden"]
        );
        assert_eq!(
            in_text(RULES, "liten-bokstav", "skolan är stor.\n\nDet gäller:\n\nskolan är stor."),
            ["skolan"]
        );
        for (text, found) in [
            (
                "Så blev det.\n\n| År | Barn |\n| --- | --- |\n| 2023 | 4 |\n\nandelen har sjunkit.",
                vec!["andelen"],
            ),
            ("De vill\n\n- räkna\n- mäta.\n\nenkäten besvarades av alla och är klar.", vec!["enkäten"]),
            ("Det är svårt att behålla dem. konkurrensen är hård.", vec!["konkurrensen"]),
            ("De vill\n\n- räkna\n- mäta\n\nsom de har lovat.", vec![]),
            ("Det gäller max. antalet, jfr. avtalet och st. antalet resp. andelen.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "liten-bokstav", text), found, "{text}");
        }
    }

    #[test]
    fn sentences_that_stand_twice_are_found() {
        let sentence = "Förvaltningen arbetar med frågan tillsammans med skolorna.";
        assert_eq!(in_text(RULES, "stycke-upprepat", &format!("{sentence} Ja.\n\n{sentence}")), [sentence]);
        for text in [
            "Makars inkomster räknas samman. Kostnaden för bostaden delas lika på båda. Sambors räknas för sig. Kostnaden för bostaden delas lika på båda.",
            "Verket utbildar. För 2021 beräknas en miljon kronor för åtgärden.\n\nVerket mäter. För 2021 beräknas en miljon kronor för åtgärden.",
        ] {
            assert_eq!(in_text(RULES, "stycke-upprepat", text), [""; 0], "{text}");
        }
    }
}
