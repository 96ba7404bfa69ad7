//! Sentences that do not hold together: copied halfway, with a verb too many, or cut off.

mod verbs;
mod words;

use std::ops::Range;

use self::verbs::{
    copied, copied_around_subject, no_mark, no_verb, two_verbs, verb_too_soon, wrong_form, wrong_voice,
};
use self::words::{clash, cut, half_phrase, wrong_case};
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::grammar::{Clause, ClauseWord, FINITE, HEAD, SUBORDINATOR, clauses};
use crate::language::lists::List;
use crate::language::vocabulary::Vocabulary;

/// The rules of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::TRASIG_MENING, find: broken }];

fn broken(review: &Review) -> Vec<Diagnostic> {
    let running = review
        .passages
        .iter()
        .filter(|passage| !matches!(passage.kind, PassageKind::Line | PassageKind::Cell));
    let vocabulary = review.templates.vocabulary();
    running.flat_map(|passage| in_passage(passage, vocabulary)).collect()
}

fn in_passage(passage: &Passage, vocabulary: &Vocabulary) -> Vec<Diagnostic> {
    let clauses = clauses(&passage.text, passage.text.lower(), vocabulary);
    let mut findings = Vec::new();
    // Whether an earlier clause of the sentence can go on with a verb after this one's.
    let mut nested = false;
    for clause in &clauses {
        nested &= !clause.begins;
        let mut done = 0;
        for at in 0..clause.words.len() {
            let (before, words) = clause.words.split_at(at);
            let rest = Rest { before, words, clause, nested, vocabulary };
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
        if let Some(range) = cut(clause, &passage.text, vocabulary) {
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
    let same = |one: &[ClauseWord], other: &[ClauseWord]| {
        one.iter().zip(other).all(|(one, other)| one.text == other.text)
    };
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
    before: &'a [ClauseWord<'a>],
    words: &'a [ClauseWord<'a>],
    clause: &'a Clause<'a>,
    nested: bool,
    vocabulary: &'a Vocabulary,
}

impl Rest<'_> {
    /// The text of a word.
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text)
    }

    fn is(&self, at: usize, class: u16) -> bool {
        self.words.get(at).is_some_and(|word| word.is(class))
    }

    /// Whether a word is one of a list.
    fn is_of(&self, at: usize, list: List) -> bool {
        self.words.get(at).is_some_and(|word| self.vocabulary.list(list).has(word.text))
    }

    /// Whether a word names who acts in such texts.
    fn is_actor(&self, at: usize) -> bool {
        self.is_of(at, List::Actors)
    }

    /// Whether the first word can end a clause that stands inside another, whose verb then
    /// follows: ”de som vill kan”, ”det stöd skolan ger är”.
    fn can_be_nested(&self) -> bool {
        // What a verb says, as ”anser att”, begins anew.
        let anew = self.before.iter().enumerate().rev().find(|(at, word)| {
            word.text == "att" && self.before[..*at].iter().rev().take(2).any(|before| before.is(FINITE))
        });
        let before = &self.before[anew.map_or(0, |(at, _)| at + 1)..];
        // ”Om läraren bedömer att stöd inte behövs ska rektorn …”: what such a word begins is followed
        // by the verb of the sentence, whatever it says.
        const CONDITIONS: &[&str] =
            &["om", "när", "då", "eftersom", "sedan", "medan", "ifall", "såvitt", "därest", "innan"];
        let is_condition = self.clause.begins
            && self.before.len() > 2
            && self.before.first().is_some_and(|first| CONDITIONS.contains(&first.text));
        let nested = self.nested && anew.is_none() || is_condition;
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
    no_mark,
    verb_too_soon,
    wrong_case,
    clash,
    half_phrase,
];

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
    fn words_that_stand_in_a_wrong_order_or_form_are_found() {
        for (text, found) in [
            ("Förvaltningen har pröva tre alternativ.", vec!["har pröva"]),
            ("Nämnden hade besluta om det.", vec!["hade besluta"]),
            ("Förvaltningen har inte inga egna uppgifter.", vec!["inte inga"]),
            ("Förvaltningen anser och att motionens syfte är bra.", vec!["anser och att"]),
            (
                "Enligt förvaltningen anser förslaget uppfyller kraven.",
                vec!["Enligt förvaltningen anser förslaget"],
            ),
            ("Barnen väntas med bidra till det.", vec!["med bidra"]),
            ("Kostnaden ökar med 640 000 per kronor år.", vec!["per kronor"]),
            ("I medborgarförslag ett föreslås fler turer.", vec!["ett föreslås"]),
            ("Eleverna vid har inte kunnat resa.", vec!["vid har"]),
        ] {
            assert_eq!(in_text(RULES, "trasig-mening", text), found, "{text}");
        }
    }

    #[test]
    fn what_is_to_be_is_said_in_many_ways() {
        for text in [
            "De föreslår åtgärder i syfte att främja handel, i syfte att det ska gå bra.",
            "I syfte att minska risken görs mer. Insatsen har i syfte att avlasta dem som vårdar.",
            "Kommunen har öppna möten, har trygga skolor och hade planerade möten.",
            "Det man tittar på är kostnaden. Vad det beror på är oklart. Av två förslag är ett kvar.",
            "Enligt nämnden anser motionärerna att det räcker. Enligt vad förvaltningen anser räcker det.",
            "Skolan har skola i två hus. De har egna planer, och en är klar.",
            "Det räcker med få elever, utan stå och gå i kö.",
        ] {
            assert_eq!(in_text(RULES, "trasig-mening", text), [""; 0], "{text}");
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
