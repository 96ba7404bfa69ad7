//! Verbs: none copied, none too many, each in its form and voice.

use super::Rest;
use crate::language::grammar::{
    BETWEEN, CONJUNCTION, ClauseWord, EITHER, FINITE, HEAD, INFINITIVE, MODAL, PRONOUN, SUBORDINATOR, SUPINE,
};
use crate::language::lists::List;

/// One verb in two forms, or twice the same.
fn is_same_verb(first: &ClauseWord, last: &ClauseWord) -> bool {
    let stem = |verb: &str| verb.trim_end_matches('s').trim_end_matches(['e', 'r']).to_owned();
    first.is(FINITE | EITHER)
        && last.is(FINITE | EITHER)
        && (first.text == last.text || stem(first.text) == stem(last.text))
}

/// ”gör förvaltningen görs”, ”ser förvaltningen inte ser”, ”är det är”.
pub(super) fn copied_around_subject(rest: &Rest) -> Option<usize> {
    let first = rest.words.first().filter(|word| word.is(FINITE | EITHER))?;
    // ”man gör det man gör” has its own subject in between.
    let before = rest.before.last().map_or("", |word| word.text);
    if ["som", "vad", "det", "om"].contains(&before) {
        return None;
    }
    let last = (2..=4).find(|at| rest.words.get(*at).is_some_and(|word| is_same_verb(first, word)))?;
    let between = &rest.words[1..last];
    let is_somebody = |at: &usize| rest.is_actor(*at) || rest.is_of(*at, List::Genitives);
    let actors = (1..last).filter(is_somebody).count();
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
pub(super) fn copied(rest: &Rest) -> Option<usize> {
    let first = rest.words.first().filter(|word| word.is(FINITE))?;
    // ”Har skolan medel har eleven rätt” is a condition.
    let is_condition = rest.before.is_empty();
    let last = (2..=4).find(|at| rest.words.get(*at).is_some_and(|word| is_same_verb(first, word)))?;
    let between = &rest.words[1..last];
    let breaks = |word: &ClauseWord| {
        word.is(CONJUNCTION | FINITE | INFINITIVE | PRONOUN)
            || word.is(SUBORDINATOR | HEAD) && !word.is(BETWEEN)
            || word.text == "att"
            || word.text.starts_with(|first: char| first.is_ascii_digit())
    };
    (!is_condition && !between.iter().any(breaks) && !rest.can_be_nested()).then_some(last + 1)
}

/// ”kan kommer”, ”är blir”, ”ska skall”, ”görs gör”.
pub(super) fn two_verbs(rest: &Rest) -> Option<usize> {
    let [first, last] = rest.words.get(..2)? else { return None };
    // ”kan vara är”
    let modal = rest.before.last().is_some_and(|before| before.is(MODAL));
    let shall = |word: &ClauseWord| ["ska", "skall"].contains(&word.text);
    // ”får anses”, ”torde föreslås”: the infinitive of the passive, which the present is like.
    if (first.is(MODAL) || rest.is_of(0, List::Helpers)) && rest.is_of(1, List::PassiveInfinitives) {
        return None;
    }
    let two =
        (first.is(FINITE) || first.is(INFINITIVE) && modal) && last.is(FINITE) && first.text != last.text;
    // ”teamen ska har”: what must be done is said, as what somebody can or wants need not be.
    let must = ["ska", "skall", "bör", "måste", "skulle", "borde"].contains(&first.text) && !last.is(MODAL);
    let must =
        must && rest.before.last().is_some_and(|before| !["som", "man", "vi", "de"].contains(&before.text));
    (two && (shall(first) && shall(last) || must || !rest.can_be_nested())).then_some(2)
}

/// ”har ha”, ”ska gjort”, ”att är”, ”Nämnden besluta”.
pub(super) fn wrong_form(rest: &Rest) -> Option<usize> {
    const PLAIN: &[&str] = &["ha", "vara", "göra", "bli", "kunna", "finnas", "göras"];
    let has = ["har", "hade"].contains(&rest.word(0)) && PLAIN.contains(&rest.word(1));
    // ”har få elever” is right, ”har få en skrivelse” is not.
    const GIVEN: &[&str] = &["en", "ett", "den", "det", "till", "i", "sin", "sitt", "sina"];
    let has = has
        || ["har", "hade"].contains(&rest.word(0)) && rest.word(1) == "få" && GIVEN.contains(&rest.word(2));
    let modal = ["ska", "skall", "kan", "bör", "måste", "vill"].contains(&rest.word(0)) && rest.is(1, SUPINE);
    // ”att ska målet nås” is a condition.
    let condition = rest.is(1, MODAL) && rest.before.last().is_none_or(|before| before.text != "för");
    let that =
        rest.word(0) == "att" && rest.is(1, FINITE) && !condition && !rest.is_of(1, List::PassiveInfinitives);
    if has || modal || that || is_plain_behind_have(rest) {
        return Some(2);
    }
    let begins = rest.before.is_empty() && rest.clause.begins
        || rest.before.last().is_some_and(|before| before.text == "att");
    (begins && rest.is_actor(0) && !rest.is(0, PRONOUN) && rest.is(1, INFINITIVE)).then_some(2)
}

/// ”har pröva”, ”hade genomföra”: what has a supine and a present beside it is a verb.
fn is_plain_behind_have(rest: &Rest) -> bool {
    let word = rest.word(1);
    let Some(stem) = word.strip_suffix('a').filter(|stem| stem.chars().count() > 3) else { return false };
    let is_usual = |ends: [&str; 2]| ends.iter().all(|end| rest.vocabulary.is_usual(&format!("{stem}{end}")));
    ["har", "hade"].contains(&rest.word(0))
        && rest.vocabulary.is_usual(word)
        && !rest.is_of(1, List::VerbLike)
        && (is_usual(["ar", "at"]) || is_usual(["er", "t"]))
        // ”har stödja”, but ”har nya”, ”har lika delar”
        && !rest.vocabulary.is_usual(&format!("{stem}are"))
}

/// ”som väntas med öka”, ”genom stärka”: a preposition before an infinitive that lacks its ”att”.
pub(super) fn no_mark(rest: &Rest) -> Option<usize> {
    const BEFORE: &[&str] = &["med", "genom", "utan", "till"];
    // ”tas till vara”, ”med få elever”
    const ALSO_WORDS: &[&str] = &["få", "stå", "ta", "vara"];
    let mark =
        BEFORE.contains(&rest.word(0)) && rest.is(1, INFINITIVE) && !ALSO_WORDS.contains(&rest.word(1));
    (mark && !rest.before.is_empty()).then_some(2)
}

/// ”medborgarförslag ett föreslås”, ”de elever i har gymnasiet”: an article or a preposition before a verb.
pub(super) fn verb_too_soon(rest: &Rest) -> Option<usize> {
    const PREPOSITIONS: &[&str] = &["på", "av", "från", "vid", "hos", "mot", "genom"];
    let is_verb = rest.is(1, FINITE) && !rest.is(1, EITHER | BETWEEN);
    let before = rest.before.last()?;
    // ”av två har en avslutats, och en är kvar”
    let counts = before.is(CONJUNCTION | FINITE) || rest.before.iter().any(|word| word.text == "av");
    let article = ["en", "ett"].contains(&rest.word(0)) && !counts;
    // ”det man tittar på är”, ”vad det beror på är”
    let preposition = PREPOSITIONS.contains(&rest.word(0)) && !rest.nested && !rest.can_be_nested();
    (is_verb && (article && !rest.can_be_nested() || preposition)).then_some(2)
}

/// ”görs förvaltningen ingen analys”, ”anser av nämnden”.
pub(super) fn wrong_voice(rest: &Rest) -> Option<usize> {
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
pub(super) fn no_verb(rest: &Rest) -> Option<usize> {
    let begins = rest.before.is_empty() && rest.clause.begins;
    (begins && rest.is_actor(0) && rest.word(1) == "att").then_some(2)
}
