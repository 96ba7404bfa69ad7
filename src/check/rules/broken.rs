//! Sentences that do not hold together: copied halfway, with a verb too many, or cut off.

use std::ops::Range;

use crate::check::grammar::{
    BETWEEN, CONJUNCTION, Clause, EITHER, FINITE, HEAD, INFINITIVE, MODAL, PRONOUN, SUBORDINATOR, SUPINE,
    Word, clauses,
};
use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};

/// The rules of this theme.
pub const RULES: &[Rule] = &[Rule { code: "trasig-mening", severity: Severity::Warning, find: broken }];

fn broken(review: &Review) -> Vec<Diagnostic> {
    let running = review.passages.iter().filter(|passage| !matches!(passage.kind, Kind::Line | Kind::Cell));
    running.flat_map(in_passage).collect()
}

fn in_passage(passage: &Passage) -> Vec<Diagnostic> {
    let clauses = clauses(&passage.text, passage.text.lower());
    let mut findings = Vec::new();
    // Whether an earlier clause of the sentence can go on with a verb after this one's.
    let mut nested = false;
    for clause in &clauses {
        nested &= !clause.begins;
        let mut done = 0;
        for at in 0..clause.words.len() {
            let rest = Rest { before: &clause.words[..at], words: &clause.words[at..], clause, nested };
            if let Some(number) = CHECKS.iter().find_map(|check| check(&rest))
                && at >= done
                && !is_twice(clause, at, number)
            {
                let last = at + number - 1;
                let range = clause.words[at].range.start..clause.words[last].range.end;
                done = last;
                findings.push(said(passage, range));
            }
        }
        if let Some(range) = cut(clause, &passage.text) {
            findings.push(said(passage, range));
        }
        nested |= clause.words.iter().any(|word| word.is(SUBORDINATOR | HEAD));
    }
    findings
}

/// Whether the words are part of a phrase that stands twice, which another rule finds:
/// ”kommer att kommer att”.
fn is_twice(clause: &Clause, at: usize, number: usize) -> bool {
    const LONGEST: usize = 5;
    let words = &clause.words;
    let same =
        |one: &[Word], other: &[Word]| one.iter().zip(other).all(|(one, other)| one.text == other.text);
    (2..=LONGEST).any(|length| {
        (at.saturating_sub(2 * length - 1)..at + number).any(|start| {
            let phrase = words.get(start..start + 2 * length).map(|both| both.split_at(length));
            phrase.is_some_and(|(one, other)| same(one, other))
        })
    })
}

fn said(passage: &Passage, range: Range<usize>) -> Diagnostic {
    let message = format!("”{}” hänger inte ihop", &passage.text[range.clone()]);
    finding(passage.place(range), message, "Läs meningen högt och skriv om den.")
}

/// A clause from one of its words on.
struct Rest<'a> {
    before: &'a [Word<'a>],
    words: &'a [Word<'a>],
    clause: &'a Clause<'a>,
    nested: bool,
}

impl Rest<'_> {
    /// The text of a word.
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text)
    }

    fn is(&self, at: usize, class: u16) -> bool {
        self.words.get(at).is_some_and(|word| word.is(class))
    }

    fn is_actor(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(Word::is_actor)
    }

    /// Whether the first word can end a clause that stands inside another, whose verb then
    /// follows: ”de som vill kan”, ”det stöd skolan ger är”.
    fn can_be_nested(&self) -> bool {
        // What a verb says, as ”anser att”, begins anew.
        let anew = self.before.iter().enumerate().rev().find(|(at, word)| {
            word.text == "att" && self.before[..*at].iter().rev().take(2).any(|before| before.is(FINITE))
        });
        let before = &self.before[anew.map_or(0, |(at, _)| at + 1)..];
        let nested = self.nested && anew.is_none();
        match before {
            _ if nested => true,
            [] => false,
            // ”Det är blir”, ”Sedan är blir”: what is followed by its verb is no clause within another.
            [one] => ["som", "vad", "vem", "vilka", "vilken", "vilket", "att"].contains(&one.text),
            more => more.iter().any(|word| word.is(SUBORDINATOR | HEAD) || word.text == "att"),
        }
    }
}

/// What can be wrong from a word on, each saying how many words it takes.
const CHECKS: &[fn(&Rest) -> Option<usize>] = &[
    copied_around_subject,
    copied,
    two_verbs,
    wrong_form,
    wrong_voice,
    no_verb,
    wrong_case,
    clash,
    half_phrase,
];

/// One verb in two forms, or twice the same.
fn is_same_verb(first: &Word, last: &Word) -> bool {
    let stem = |verb: &str| verb.trim_end_matches('s').trim_end_matches(['e', 'r']).to_owned();
    first.is(FINITE | EITHER)
        && last.is(FINITE | EITHER)
        && (first.text == last.text || stem(first.text) == stem(last.text))
}

/// ”gör förvaltningen görs”, ”ser förvaltningen inte ser”, ”är det är”.
fn copied_around_subject(rest: &Rest) -> Option<usize> {
    let first = rest.words.first().filter(|word| word.is(FINITE | EITHER))?;
    // ”man gör det man gör” has its own subject in between.
    let before = rest.before.last().map_or("", |word| word.text);
    if ["som", "vad", "det", "om"].contains(&before) {
        return None;
    }
    let last = (2..=4).find(|at| rest.words.get(*at).is_some_and(|word| is_same_verb(first, word)))?;
    let between = &rest.words[1..last];
    let actors = between.iter().filter(|word| word.is_actor() || is_genitive(word.text)).count();

    let adverbs = between.iter().enumerate().filter(|(at, word)| {
        word.is(BETWEEN) && !word.is(SUBORDINATOR)
            || *at == 0 && word.text == "att" && first.text != "föreslår"
    });
    let is_whole = actors == 1 && actors + adverbs.count() == between.len();
    let is_it =
        between.len() == 1 && between[0].text == "det" && !rest.before.is_empty() && !rest.can_be_nested();
    (is_whole || is_it).then_some(last + 1)
}

/// ”har inte har”, ”har en plan har”.
fn copied(rest: &Rest) -> Option<usize> {
    let first = rest.words.first().filter(|word| word.is(FINITE))?;
    // ”Har skolan medel har eleven rätt” is a condition.
    let is_condition = rest.before.is_empty();
    let last = (2..=4).find(|at| rest.words.get(*at).is_some_and(|word| is_same_verb(first, word)))?;
    let between = &rest.words[1..last];
    let breaks = |word: &Word| {
        word.is(CONJUNCTION | FINITE | INFINITIVE | PRONOUN)
            || word.is(SUBORDINATOR | HEAD) && !word.is(BETWEEN)
            || word.text == "att"
            || word.text.starts_with(|first: char| first.is_ascii_digit())
    };
    (!is_condition && !between.iter().any(breaks) && !rest.can_be_nested()).then_some(last + 1)
}

/// ”kan kommer”, ”är blir”, ”ska skall”, ”görs gör”.
fn two_verbs(rest: &Rest) -> Option<usize> {
    let [first, last] = rest.words.get(..2)? else { return None };
    // ”kan vara är”
    let modal = rest.before.last().is_some_and(|before| before.is(MODAL));
    let shall = |word: &Word| ["ska", "skall"].contains(&word.text);
    let two =
        (first.is(FINITE) || first.is(INFINITIVE) && modal) && last.is(FINITE) && first.text != last.text;
    // ”teamen ska har”: what must be done is said, as what somebody can or wants need not be.
    let must = ["ska", "skall", "bör", "måste", "skulle", "borde"].contains(&first.text) && !last.is(MODAL);
    let must =
        must && rest.before.last().is_some_and(|before| !["som", "man", "vi", "de"].contains(&before.text));
    (two && (shall(first) && shall(last) || must || !rest.can_be_nested())).then_some(2)
}

/// ”har ha”, ”ska gjort”, ”att är”, ”Nämnden besluta”.
fn wrong_form(rest: &Rest) -> Option<usize> {
    const PLAIN: &[&str] = &["ha", "vara", "göra", "bli", "kunna", "finnas", "göras"];
    let has = ["har", "hade"].contains(&rest.word(0)) && PLAIN.contains(&rest.word(1));
    // ”har få elever” is right, ”har få en skrivelse” is not.
    const GIVEN: &[&str] = &["en", "ett", "den", "det", "till", "i", "sin", "sitt", "sina"];
    let has = has
        || ["har", "hade"].contains(&rest.word(0)) && rest.word(1) == "få" && GIVEN.contains(&rest.word(2));
    let modal = ["ska", "skall", "kan", "bör", "måste", "vill"].contains(&rest.word(0)) && rest.is(1, SUPINE);
    // ”att ska målet nås” is a condition.
    let condition = rest.is(1, MODAL) && rest.before.last().is_none_or(|before| before.text != "för");
    let that = rest.word(0) == "att" && rest.is(1, FINITE) && !condition;
    if has || modal || that {
        return Some(2);
    }
    let begins = rest.before.is_empty() && rest.clause.begins
        || rest.before.last().is_some_and(|before| before.text == "att");
    (begins && rest.is_actor(0) && !rest.is(0, PRONOUN) && rest.is(1, INFINITIVE)).then_some(2)
}

/// ”görs förvaltningen ingen analys”, ”anser av nämnden”.
fn wrong_voice(rest: &Rest) -> Option<usize> {
    let none = ["ingen", "inget", "inga", "en", "ett"].contains(&rest.word(2));
    let passive = ["görs", "gjordes"].contains(&rest.word(0)) && none
        || ["anses", "bedöms", "konstateras", "framhålls"].contains(&rest.word(0)) && rest.word(2) == "att";
    let active = ["gör", "anser", "föreslår", "bedömer", "beslutar", "godkänner"].contains(&rest.word(0));
    if passive && rest.is_actor(1) || active && rest.word(1) == "av" && rest.is_actor(2) {
        return Some(3);
    }
    let no_analysis =
        rest.word(0) == "analys" && rest.word(1) == "gör" && ["av", "i", "för"].contains(&rest.word(2));
    no_analysis.then_some(2)
}

/// ”Förvaltningen att nämnden …”.
fn no_verb(rest: &Rest) -> Option<usize> {
    let begins = rest.before.is_empty() && rest.clause.begins;
    (begins && rest.is_actor(0) && rest.word(1) == "att").then_some(2)
}

/// Who acts, in the genitive.
const GENITIVES: &[&str] = &[
    "arnas",
    "ernas",
    "ningens",
    "nämndens",
    "styrelsens",
    "kontorets",
    "kommunens",
    "regeringens",
    "motionärens",
    "stadens",
    "skolans",
    "tjänstens",
    "enhetens",
    "partiets",
];

fn is_genitive(word: &str) -> bool {
    GENITIVES.iter().any(|end| word.ends_with(end) && (word.len() > end.len() + 1 || end.len() > 6))
}

/// Nouns in their definite form, which no genitive has after it.
const DEFINITE: &[&str] = &[
    "ningen",
    "heten",
    "tionen",
    "elsen",
    "nämnden",
    "rådet",
    "ärendet",
    "arbetet",
    "beslutet",
    "förslaget",
    "uppdraget",
    "ansvaret",
    "yttrandet",
    "utlåtandet",
    "svaret",
];

/// ”motionärernas lyfter”, ”anser förvaltningens att”, ”godkänner förvaltningen tjänsteutlåtande”,
/// ”förvaltningens bedömningen”.
fn wrong_case(rest: &Rest) -> Option<usize> {
    let genitive = is_genitive(rest.word(0));
    if genitive && (rest.is(1, FINITE) || DEFINITE.iter().any(|end| rest.word(1).ends_with(end))) {
        return Some(2);
    }
    // ”förvaltningens delar” can be its parts.
    const SHARED: &[&str] =
        &["bilden", "uppfattningen", "uppfattning", "synen", "motionärens", "motionärernas", "denna"];
    if genitive && rest.word(1) == "delar" && SHARED.contains(&rest.word(2)) {
        return Some(2);
    }
    const AFTER: &[&str] = &["att", "inte", "också", "även", "dock", "därför", "sig", "i"];
    if rest.is(0, FINITE)
        && !rest.is(0, MODAL)
        && rest.word(0) != "är"
        && is_genitive(rest.word(1))
        && AFTER.contains(&rest.word(2))
    {
        return Some(3);
    }
    const BEFORE: &[&str] =
        &["enligt", "av", "genom", "utifrån", "godkänner", "godkänna", "godkänt", "bifaller"];
    const OWNED: &[&str] = &[
        "tjänsteutlåtande",
        "bedömning",
        "förslag",
        "synpunkter",
        "yttrande",
        "svar",
        "uppdrag",
        "uppfattning",
    ];
    let begins = rest.before.is_empty() && rest.clause.begins;
    let owner = begins && rest.is_actor(0) && !rest.is(0, PRONOUN) || rest.word(0) == "motionären";
    if owner && OWNED.contains(&rest.word(1)) {
        return Some(2);
    }
    (BEFORE.contains(&rest.word(0))
        && rest.is_actor(1)
        && !rest.is(1, PRONOUN)
        && OWNED.contains(&rest.word(2)))
    .then_some(3)
}

/// Words that cannot follow one another.
fn clash(rest: &Rest) -> Option<usize> {
    const AND: &[&str] = &["och", "samt", "men"];
    let (one, other) = (rest.word(0), rest.word(1));
    let definite = |word: &str| word.ends_with("en") || word.ends_with("et");
    let clash = match one {
        "som" | "att" => AND.contains(&other) || other == "eller",
        "och" | "eller" | "samt" | "men" => {
            one != other && (AND.contains(&other) || one != "och" && other == "eller")
        }
        "en" => ["ett", "den", "det", "denna", "detta"].contains(&other),
        "ett" => ["den", "det", "denna", "detta"].contains(&other),
        "fler" | "färre" => other == "en",
        "enligt" => other == "med",
        _ => false,
    };
    if clash {
        return Some(2);
    }
    const EXISTS: &[&str] = &["finns", "behövs", "krävs", "pågår", "föreligger"];
    let there = one == "det" && EXISTS.contains(&other) && rest.word(2) == "det";
    if there
        && ["en", "ett", "inga", "ingen", "inget", "flera", "många", "också", "även"].contains(&rest.word(3))
    {
        return Some(3);
    }
    (["den", "det"].contains(&one) && ["en", "ett"].contains(&other) && definite(rest.word(2))).then_some(3)
}

/// Phrases that need their last word: ”med anledning”, ”på grund”.
const PHRASES: &[(&str, &str, &[&str])] = &[
    ("på", "grund", &["av", "härav", "därav"]),
    ("med", "anledning", &["av", "härav", "därav"]),
    ("till", "följd", &["av", "härav", "därav"]),
    ("i", "enlighet", &["med", "härmed", "därmed"]),
    ("i", "samband", &["med", "härmed", "därmed"]),
    ("i", "syfte", &["att"]),
    ("i", "förhållande", &["till"]),
    ("med", "hänsyn", &["till", "härtill", "därtill", "tagen"]),
];

/// ”med anledning att”, ”i enlighet till”.
fn half_phrase(rest: &Rest) -> Option<usize> {
    let (_, _, last) =
        PHRASES.iter().find(|(first, second, _)| rest.word(0) == *first && rest.word(1) == *second)?;
    let follows = rest.words.get(2)?;
    (!last.contains(&follows.text)).then_some(3)
}

/// A sentence that ends where something should follow.
fn cut(clause: &Clause, text: &str) -> Option<Range<usize>> {
    const OPEN: &[&str] = &[
        "och",
        "att",
        "eller",
        "samt",
        "men",
        "sin",
        "sitt",
        "sina",
        "vilka",
        "vars",
        "genom",
        "mellan",
        "enligt",
        "såsom",
        "inklusive",
        "som",
        "eftersom",
        "huruvida",
    ];
    /// Prepositions and what asks for more after them: ”till följd av.”
    const PAIRS: &[(&str, &str)] = &[
        ("följd", "av"),
        ("grund", "av"),
        ("anledning", "av"),
        ("hjälp", "av"),
        ("form", "av"),
        ("samband", "med"),
        ("enlighet", "med"),
        ("hänsyn", "till"),
        ("syfte", "att"),
        ("avseende", "på"),
    ];
    let last = clause.words.last()?;
    let before = clause.words.iter().rev().nth(1).map_or("", |word| word.text);
    let is_open = OPEN.contains(&last.text) || PAIRS.contains(&(before, last.text));
    let ends = clause.after.strip_prefix('.').is_some_and(|after| after.is_empty() || after.starts_with(' '));
    (ends && is_open && !text.is_empty()).then(|| last.range.start..last.range.end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn broken_sentences_are_found() {
        for (text, found) in [
            ("Då gör förvaltningen görs ingen analys.", vec!["gör förvaltningen görs"]),
            (
                "Därför är nämnden är positiv. Nu har socialtjänsten har ansvar.",
                vec!["är nämnden är", "har socialtjänsten har"],
            ),
            ("Förvaltningen anser att motionärernas lyfter en fråga.", vec!["motionärernas lyfter"]),
            ("Den har en avsändare som men ibland sker det dolt.", vec!["som men"]),
            ("Det gäller skolan och. Sedan ska kan.", vec!["och.", "ska kan"]),
            (
                "Mot den bakgrunden ser förvaltningen inte ser något hinder.",
                vec!["ser förvaltningen inte ser"],
            ),
            (
                "Därför är det är viktigt. Skolan har tagit har fram ett stöd.",
                vec!["är det är", "har tagit har"],
            ),
            (
                "Förvaltningen har inte har möjlighet. Skolan har en plan har tagits fram.",
                vec!["har inte har", "har en plan har"],
            ),
        ] {
            assert_eq!(in_text(RULES, "trasig-mening", text), found, "{text}");
        }
    }

    #[test]
    fn a_verb_too_many_or_in_a_wrong_form_is_found() {
        for (text, found) in [
            ("Förvaltningen ska skall göra detta, som kan kommer att göras.", vec!["ska skall"]),
            (
                "Det är blir bra. Skolan kan kommer att byggas. Den gör görs.",
                vec!["är blir", "kan kommer", "gör görs"],
            ),
            ("Förvaltningen har ha gjort det. Nämnden bör beslutat.", vec!["har ha", "bör beslutat"]),
            ("Det är viktigt att är skolan deltar.", vec!["att är"]),
            (
                "Nämnden besluta det. De föreslår att nämnden godkänna det.",
                vec!["Nämnden besluta", "nämnden godkänna"],
            ),
            ("Då ärendet är ett svar görs förvaltningen ingen analys.", vec!["görs förvaltningen ingen"]),
            ("Förvaltningen att nämnden avslår det.", vec!["Förvaltningen att"]),
            (
                "Nämnden godkänner förvaltningen tjänsteutlåtande.",
                vec!["godkänner förvaltningen tjänsteutlåtande"],
            ),
            ("Med anledning att skolan växer.", vec!["Med anledning att"]),
            ("Insatserna bör vara är långsiktiga för att kan räcka.", vec!["vara är", "att kan"]),
            (
                "Det finns det ett behov. Förvaltningens bedömningen är god.",
                vec!["Det finns det", "Förvaltningens bedömningen"],
            ),
            ("Nämnden anser att det ska har plats. De har få en skrivelse.", vec!["ska har", "har få"]),
            ("Förvaltningen bedömning är god, till följd av.", vec!["Förvaltningen bedömning", "av."]),
            ("Nämnden anser att förvaltningen anser att det går.", vec!["anser att förvaltningen anser"]),
        ] {
            assert_eq!(in_text(RULES, "trasig-mening", text), found, "{text}");
        }
    }

    #[test]
    fn sentences_that_hold_together_are_left_alone() {
        for text in [
            "Det man gör är det man gör bäst. Det som nämnden har har den kvar.",
            "En konsekvens är att det som förvaltningen gör görs väl.",
            "Till och med nu, från och med i morgon, före och efter.",
            "De som vill kan anmäla sig. Den som kan ska göra det. Det stöd skolan ger är bra.",
            "De som ska är många. Barn vars föräldrar vill får plats. De har få elever. Förvaltningens delar är små.",
            "Ärendet kommer behandlas. Det beror framför allt på att frågan har lyfts och bör redovisas.",
            "Förvaltningen menar att ska målet nås måste alla hjälpas åt. För att kunna delta krävs tid.",
            "Det ryms inom nämndens beslutade ramar, och målen är prioriterade. Det kommer att kommer att ske.",
            "De föreslår att kommunstyrelsen föreslår fullmäktige att avslå.",
            "Har skolan medel har eleven rätt till stöd. Om skolan har medel har eleven rätt.",
            "Elever som ofta är sjuka är borta. Vad nämnden anser är känt. Det vi ser är bra.",
            "Barn i förskolor, skolor och fritidshem som kommunen har är många.",
            "Risken att skolan är tom är liten. På så sätt kan det ske. Att skolan finns är bra.",
            "Förvaltningen anser att det arbete som pågår är bra och att skolan har det som krävs.",
            "I samband med det, på grund av detta och med hänsyn tagen till barnen. På grund.",
            "Enligt av nämnden beslutad plan lämnar förvaltningen förslag. Hjälp dem att få nämnden att göra det.",
        ] {
            assert_eq!(in_text(RULES, "trasig-mening", text), [""; 0], "{text}");
        }
    }
}
