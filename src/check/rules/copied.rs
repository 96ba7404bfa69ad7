//! What is left from a copy: another förvaltning's name, a sentence that stands twice, a question in other words.

use std::collections::HashMap;
use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::swedish::within;
use crate::library::roll::Roll;
use crate::read::body::Content;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::FORVALTNING_ANNAN, find: other_office },
    Rule { code: codes::MENING_UPPREPAD, find: again },
    Rule { code: codes::FRAGA_CITAT, find: misquoted },
    Rule { code: codes::BILAGA_ONAMND, find: unmentioned },
];

/// Another office that says what the sender says: its view, what it proposes.
static SPEAKS: Pattern = Pattern::new(&[
    r"(?P<office>\b\p{L}+(?:förvaltningen|kontoret))\s+(?:(?:också|även|vidare|därför|dock|däremot|inte)\s+)?(?:anser|ser|bedömer|föreslår|instämmer|tillstyrker|avstyrker|delar|välkomnar|vill|menar|konstaterar|arbetar|räknar|avser|planerar|kommer|har\s+(?:inga?\s+(?:invändning\w*|synpunkt\w*)|prövat|övervägt|bedömt|utrett|gjort|tagit\s+fram|undersökt|kartlagt|gått\s+igenom|arbetat|påbörjat|inlett|föreslagit|valt|räknat|analyserat|granskat|för\s+avsikt)|ställer\s+sig|är\s+positiv|redovisar|återkommer|finner|följer|rekommenderar|utgår|står\s+bakom)\b",
    r"(?P<office2>\b\p{L}+(?:förvaltningens|kontorets))\s+(?:bedömning|förslag|synpunkter|uppfattning|ställningstagande|mening|tjänsteutlåtande)\b",
]);

fn other_office(review: &Review) -> Vec<Diagnostic> {
    let head = &review.case.head;
    let own = head.avsandare.namn().text.to_lowercase();
    if own.is_empty() {
        return Vec::new();
    }
    let offices = review.templates.offices();
    let all: String = review.passages.iter().map(|passage| passage.text.lower().to_owned() + "\n").collect();
    let mut findings = Vec::new();
    for passage in review
        .passages
        .iter()
        .filter(|passage| passage.kind == PassageKind::Paragraph && passage.role.is_some_and(is_own_voice))
    {
        for captures in SPEAKS.all(&passage.text) {
            let Some(office) = captures.name("office").or_else(|| captures.name("office2")) else { continue };
            let said = office.as_str().to_lowercase();
            let name = said.strip_suffix('s').unwrap_or(&said);
            let is_own = own.contains(name) || name.contains(own.as_str());
            // One that the text deals with is named more than once.
            let times = all.matches(name).count();
            if !is_own && times == 1 && offices.knows(name) {
                let message = format!(
                    "här är det ”{}” som uttalar sig, men avsändaren är {}",
                    office.as_str(),
                    within(&head.avsandare.namn().text)
                );
                let hint = "Rätta namnet om det är kvar från ett annat ärende. Inled annars med att det är någon annans uppfattning.";
                findings.push(finding(passage.place(office.range()), message, hint));
            }
        }
    }
    findings
}

/// Whether the sender itself speaks there, rather than tells what others say.
fn is_own_voice(role: Roll) -> bool {
    role.says_again() || matches!(role, Roll::Beslut | Roll::Fragor | Roll::Barn | Roll::Jamstalldhet)
}

fn again(review: &Review) -> Vec<Diagnostic> {
    const WORDS: usize = 7;
    // A shorter one is said again on purpose, unless it tells a fact of its own.
    const FEWEST: usize = 4;
    const LETTERS: usize = 22;
    type Said<'a> = Vec<(&'a Passage, Range<usize>, usize)>;
    let mut sentences: HashMap<&str, Said> = HashMap::new();
    let mut order = Vec::new();
    let passages = review.passages.iter().enumerate().filter(|(_, passage)| {
        passage.kind == PassageKind::Paragraph && !passage.role.is_some_and(is_said_again)
    });
    for (at, passage) in passages {
        for sentence in passage.text.sentences(review.templates.abbreviations()) {
            let words = passage.text.lower()[sentence.clone()].trim();
            let number = words.split(' ').count();
            let is_short_fact = || {
                number >= FEWEST
                    && words.chars().count() > LETTERS
                    && !FORMULA.is_in(words)
                    && words.ends_with('.')
            };
            let is_fixed = || review.case.kind.body().any(|(_, key)| key.says_nothing(words));
            if (number > WORDS || is_short_fact()) && !words.contains("föreslår") && !is_fixed() {
                let said = sentences.entry(words).or_insert_with(|| {
                    order.push(words);
                    Vec::new()
                });
                said.push((passage, sentence, at));
            }
        }
    }
    // What stands more than twice is a formula, as is what the same words stand beside.
    let twice = order.iter().filter_map(|words| match sentences[words].as_slice() {
        [one, other] => {
            let is_short = words.split(' ').count() <= WORDS;
            let is_parallel = are_parallel(one, other) || is_short && one.0.section == other.0.section;
            (!is_parallel || is_next(one, other)).then_some((one, other))
        }
        _ => None,
    });
    twice
        .map(|((first, there, _), (passage, here, _))| {
            let message = "meningen står redan tidigare i dokumentet";
            let hint = "Behåll den där den hör hemma, och hänvisa dit om det behövs.";
            finding(passage.place(here.clone()), message, hint)
                .related(first.place(there.clone()), "så står den här")
        })
        .collect()
}

/// What is said of many things in the same words: views, and what has been done with the matter.
static FORMULA: Pattern = Pattern::new(&[
    r"(?i)\b(?:förvaltningen|kontoret|nämnden|staden|kommunen|vi|ärendet|förslaget|beslutet|frågan|svaret|motionen|skrivelsen|inga?|inget|inte|anser|bedömer|instämmer|delar|se|punkten|yrkande\p{L}*|mot\s+bakgrund|härmed)\b",
]);

/// Whether one sentence follows the other at once.
fn is_next(one: &(&Passage, Range<usize>, usize), other: &(&Passage, Range<usize>, usize)) -> bool {
    one.2 == other.2 && other.1.start <= one.1.end + 1
}

/// Whether what stands there is said elsewhere, too.
fn is_said_again(role: Roll) -> bool {
    matches!(
        role,
        Roll::Beslut | Roll::Sammanfattning | Roll::Avslutande | Roll::ForslagetIgen | Roll::Titelrad
    )
}

/// Whether two sentences stand alike in paragraphs that are made alike: alone, or last of several.
fn are_parallel(one: &(&Passage, Range<usize>, usize), other: &(&Passage, Range<usize>, usize)) -> bool {
    let ((first, there, _), (passage, here, _)) = (one, other);
    let is_alone = |passage: &Passage, range: &Range<usize>| range.len() + 1 >= passage.text.trim_end().len();
    is_alone(first, there) && is_alone(passage, here) && first.section == passage.section
}

/// A question within quotation marks.
static QUOTED: Pattern = Pattern::new(&[r"[”“\x22»](?P<said>[^”“\x22»«]{12,400}\?)[”“\x22«»]"]);

fn misquoted(review: &Review) -> Vec<Diagnostic> {
    const NEAR: f64 = 0.6;
    let questions: Vec<(&str, Option<crate::diagnostic::Place>)> = review
        .case
        .parts
        .iter()
        .flat_map(|part| match &part.content {
            Content::Questions(questions) => questions.as_slice(),
            _ => &[],
        })
        .map(|question| {
            (question.fraga.text.trim(), question.fraga.place_in(0..question.fraga.text.trim_end().len()))
        })
        .collect();
    let mut findings = Vec::new();
    if questions.is_empty() {
        return findings;
    }
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    for passage in review
        .passages
        .iter()
        .filter(|passage| passage.role != Some(Roll::Fragor) || passage.text.contains('”'))
    {
        for said in QUOTED.all(&passage.text).filter_map(|captures| captures.name("said")) {
            let quoted = plain(said.as_str());
            let near = questions.iter().map(|(question, place)| {
                (strsim::normalized_levenshtein(&plain(question), &quoted), question, place)
            });
            let Some((likeness, question, place)) = near.max_by(|one, other| one.0.total_cmp(&other.0))
            else {
                continue;
            };
            if likeness < NEAR || questions.iter().any(|(question, _)| plain(question).contains(&quoted)) {
                continue;
            }
            let message = format!("frågan återges med andra ord än under ”frågor”: ”{question}”");
            let here = passage.place(said.range());
            let found = finding(here, message, "Återge frågan ordagrant, eller utan citattecken.");
            findings.push(found.related(place.clone(), "så står frågan"));
        }
    }
    findings
}

/// Attachments by their numbers: ”bilaga 2”, ”bilagorna 1–3”, ”bil. 1 och 2”.
static NUMBERED: Pattern = Pattern::new(&[
    r"(?i)\bbil(?:aga|agor|agorna|agan|\.)\s+(?:nr\.?\s+)?(?P<numbers>[0-9]{1,2}(?:\s*(?:[,–-]|och|samt|till)\s*[0-9]{1,2})*)",
]);

fn unmentioned(review: &Review) -> Vec<Diagnostic> {
    let attached = review.case.parts.iter().flat_map(|part| match &part.content {
        Content::Attachments(attached) => attached.as_slice(),
        _ => &[],
    });
    let attached: Vec<_> = attached.collect();
    let mut named: Vec<usize> = Vec::new();
    let texts = || review.passages.iter().filter(|passage| passage.role != Some(Roll::Bilagor));
    for passage in texts() {
        for numbers in NUMBERED.all(&passage.text).filter_map(|captures| captures.name("numbers")) {
            named.extend(expanded(numbers.as_str()));
        }
    }
    // A number that no attachment has is another finding.
    named.retain(|number| (1..=attached.len()).contains(number));
    if attached.len() < 2 || named.is_empty() {
        return Vec::new();
    }
    let is_titled = |title: &str| texts().any(|passage| passage.text.lower().contains(title));
    let left = attached.iter().enumerate().filter(|(at, bilaga)| {
        !named.contains(&(at + 1)) && !is_titled(bilaga.titel.text.to_lowercase().trim())
    });
    left.filter_map(|(at, bilaga)| {
        let message = format!("bilaga {} nämns inte i texten, men andra bilagor nämns", at + 1);
        Some(finding(
            bilaga.titel.place()?,
            message,
            "Hänvisa till bilagan där den behövs, eller ta bort den.",
        ))
    })
    .collect()
}

/// The numbers of ”1, 2 och 4–6”.
fn expanded(said: &str) -> Vec<usize> {
    let mut numbers: Vec<usize> = Vec::new();
    let mut rest = said;
    let mut is_range = false;
    while let Some(start) = rest.find(|sign: char| sign.is_ascii_digit()) {
        is_range |= rest[..start].contains(['–', '-']) || rest[..start].contains("till");
        let digits = rest[start..].split(|sign: char| !sign.is_ascii_digit()).next().unwrap_or_default();
        let number = digits.parse().unwrap_or_default();
        match numbers.last() {
            Some(last) if is_range => numbers.extend(*last + 1..=number),
            _ => numbers.push(number),
        }
        is_range = false;
        rest = &rest[start + digits.len()..];
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, marked, of_case};

    #[test]
    fn the_fixed_sentence_of_an_empty_section_stands_in_several() {
        let fixed = "har inte funnit några särskilda aspekter på frågan utifrån denna dimension.";
        let case = format!(
            "mall: tjänsteutlåtande-göteborg\ntitel: T\ndiarienummer: KULT-2026-00123\ndatum: 2026-03-02\navsändare:\n  förvaltning: Kulturförvaltningen\n\
             bedömning ur ekologisk dimension: Förvaltningen {fixed}\nbedömning ur social dimension: Förvaltningen {fixed}\n"
        );
        assert_eq!(of_case(RULES, "mening-upprepad", &case), [""; 0]);
        assert_eq!(of_case(RULES, "mening-upprepad", &case.replace("denna dimension", "den")).len(), 1);
    }

    #[test]
    fn another_office_is_left_from_a_copy() {
        let said = |text: &str| {
            marked(RULES, "förvaltning-annan", &format!("förvaltningens synpunkter: |\n  {text}\n"))
        };
        for (text, found) in [
            ("Kulturförvaltningen ser positivt på utvecklingen.", vec!["Kulturförvaltningen"]),
            (
                "Därför föreslås det. Socialförvaltningen anser också att det är bra.",
                vec!["Socialförvaltningen"],
            ),
            ("Det är trafikkontorets bedömning att det räcker.", vec!["trafikkontorets"]),
            ("Äldreförvaltningen instämmer i förslaget.", vec!["Äldreförvaltningen"]),
            ("Idrottsförvaltningen har inga synpunkter på förslaget.", vec!["Idrottsförvaltningen"]),
            ("Trafikkontoret har läst ett utkast. Trafikkontoret anser att det är bra.", vec![]),
            ("Utbildningsförvaltningen anser att det är bra.", vec![]),
            ("Förvaltningen har bjudit in kulturförvaltningen.", vec![]),
            ("Stadsledningskontorets anvisningar gäller.", vec![]),
        ] {
            assert_eq!(said(text), found, "{text}");
        }
    }

    #[test]
    fn a_sentence_stands_once() {
        let sentence = "Platserna bör ligga nära entrén och synas från skolgården.";
        let body = |bakgrund: &str, synpunkter: &str| {
            marked(
                RULES,
                "mening-upprepad",
                &format!("bakgrund: |\n  {bakgrund}\nförvaltningens synpunkter: |\n  {synpunkter}\n"),
            )
        };
        assert_eq!(body(&format!("Fler cyklar. {sentence}"), &format!("{sentence} Det är bra.")), [sentence]);
        assert_eq!(body(sentence, &format!("Det är bra. {sentence}")), [sentence]);
        assert_eq!(body("Det är bra.", "Det är bra."), Vec::<String>::new());
        assert_eq!(body(&format!("{sentence} {sentence}"), sentence), Vec::<String>::new(), "a formula");
        let parallel = format!("{sentence}\n\n  {sentence}");
        assert_eq!(body("Text.", &parallel), Vec::<String>::new(), "alone in both");
    }

    #[test]
    fn a_question_is_quoted_as_it_stands() {
        let asked = "frågor:\n  - fråga: Vad kostar det att bygga fler platser?\n    svar: Mycket.\nförvaltningens synpunkter: |\n  ";
        for (text, found) in [
            (
                "Frågan ”Vad kostar det att bygga nya platser?” besvaras.",
                vec!["Vad kostar det att bygga nya platser?"],
            ),
            (
                "Frågan \"Vad kostar det att bygga platser?\" besvaras.",
                vec!["Vad kostar det att bygga platser?"],
            ),
            ("Frågan ”Vad kostar det att bygga fler platser?” besvaras.", vec![]),
            ("Frågan ”vad kostar det att bygga fler platser?” besvaras.", vec![]),
            ("En annan fråga, ”Hur mår eleverna?”, besvaras inte.", vec![]),
            ("Vad kostar det att bygga nya platser?", vec![]),
        ] {
            assert_eq!(marked(RULES, "fråga-citat", &format!("{asked}{text}\n")), found, "{text}");
        }
    }

    #[test]
    fn every_attachment_is_mentioned_where_one_is() {
        let attached = "bilagor:\n  - Skrivelsen\n  - Räkning av platser\n  - Karta\n";
        for (text, found) in [
            ("Den finns i bilaga 1.", vec!["Räkning av platser", "Karta"]),
            ("Den finns i bilaga 1 och 3.", vec!["Räkning av platser"]),
            ("Allt finns i bilagorna 1–3.", vec![]),
            ("Den finns i bilaga 1. Räkning av platser och bil. 3 visar mer.", vec![]),
            ("Förslaget är bra.", vec![]),
        ] {
            let body = format!("bakgrund: |\n  {text}\n{attached}");
            assert_eq!(marked(RULES, "bilaga-onämnd", &body), found, "{text}");
        }
        assert_eq!(in_text(RULES, "bilaga-onämnd", "Se bilaga 1."), Vec::<String>::new());
    }
}
