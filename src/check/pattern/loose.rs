//! The loose form of an expression: it matches wherever the expression does, and in some places more. It is made of
//! few states, so that it is fast to make and to ask, and where it does not match, the expression itself is not compiled.

use std::collections::BTreeMap;

use regex_automata::Input;
use regex_automata::hybrid::dfa::{self, DFA};
use regex_automata::nfa::thompson::{BuildError, Builder, NFA, Transition};
use regex_automata::util::look::Look;
use regex_automata::util::pool::Pool;
use regex_automata::util::primitives::StateID;
use regex_syntax::hir::{self, Class, ClassUnicode, Hir, HirKind, Repetition};
use regex_syntax::utf8::Utf8Sequences;

use super::Caches;

/// The loose form of an expression, as a DFA.
pub(super) struct Loose {
    dfa: DFA,
    caches: Caches<dfa::Cache>,
}

impl Loose {
    pub(super) fn new(expression: &Hir) -> Option<Self> {
        let dfa = DFA::builder().build_from_nfa(automaton(expression).ok()?).ok()?;
        let fresh = dfa.clone();
        Some(Self { dfa, caches: Pool::new(Box::new(move || fresh.create_cache())) })
    }

    pub(super) fn may_match(&self, text: &str) -> bool {
        let mut cache = self.caches.get();
        // What gives up says nothing.
        self.dfa
            .try_search_fwd(&mut cache, &Input::new(text).earliest(true))
            .map_or(true, |found| found.is_some())
    }
}

/// What matches wherever an expression does: words begin and end anywhere, letters beyond ASCII are as good as each
/// other, what may be repeated a few times may be repeated often, and what need not stand first does not.
fn automaton(expression: &Hir) -> Result<NFA, BuildError> {
    let mut states = States(Builder::new());
    states.0.start_pattern()?;
    let end = states.0.add_match()?;
    let start = states.before(end, expression, Stands::First)?;
    states.0.finish_pattern(start)?;
    let anywhere = states.repeated(start, |states, next| states.one_of(&[(0, 0xff)], next))?;
    states.0.build(start, anywhere)
}

/// Where a part of an expression stands: before the first, anything may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    First,
    Behind,
}

/// A part of several: the letters that it begins with, and what follows.
struct Part<'h> {
    letters: &'h [u8],
    rest: &'h [Hir],
}

impl<'h> Part<'h> {
    fn of(part: &'h Hir) -> Self {
        match part.kind() {
            HirKind::Literal(literal) => Self { letters: &literal.0, rest: &[] },
            HirKind::Concat(parts) => match parts.split_first().map(|(first, rest)| (first.kind(), rest)) {
                Some((HirKind::Literal(literal), rest)) => Self { letters: &literal.0, rest },
                _ => Self { letters: &[], rest: parts },
            },
            _ => Self { letters: &[], rest: std::slice::from_ref(part) },
        }
    }
}

/// The states of an automaton, made from its end: each part leads to the state that is next.
struct States(Builder);

impl States {
    /// An expression before a state.
    fn before(&mut self, next: StateID, expression: &Hir, stands: Stands) -> Result<StateID, BuildError> {
        match expression.kind() {
            HirKind::Empty => Ok(next),
            HirKind::Literal(literal) => {
                literal.0.iter().rev().try_fold(next, |next, byte| self.one_of(&[(*byte, *byte)], next))
            }
            HirKind::Class(Class::Unicode(class)) => self.sign(class, next),
            HirKind::Class(Class::Bytes(class)) => {
                let ranges = class.ranges().iter().map(|range| (range.start(), range.end()));
                self.one_of(&ranges.collect::<Vec<_>>(), next)
            }
            HirKind::Look(look) => end(*look).map_or(Ok(next), |look| self.0.add_look(next, look)),
            HirKind::Repetition(repetition) => self.often(repetition, next, stands),
            HirKind::Capture(group) => self.before(next, &group.sub, stands),
            HirKind::Concat(parts) => self.in_order(parts, next, stands),
            HirKind::Alternation(parts) => self.one_part(parts.iter().map(Part::of).collect(), next, stands),
        }
    }

    /// Parts one behind the other.
    fn in_order(&mut self, parts: &[Hir], next: StateID, stands: Stands) -> Result<StateID, BuildError> {
        let may_lack = |part: &Hir| match part.kind() {
            HirKind::Repetition(repetition) => repetition.min == 0,
            HirKind::Look(look) => end(*look).is_none(),
            _ => false,
        };
        let lacking = match stands {
            Stands::First => parts.iter().take_while(|part| may_lack(part)).count(),
            Stands::Behind => 0,
        };
        parts.iter().enumerate().skip(lacking).rev().try_fold(next, |next, (at, part)| {
            self.before(next, part, if at == lacking { stands } else { Stands::Behind })
        })
    }

    /// One of several parts. Those that begin with letters share a state for each letter: whatever looks at an
    /// automaton looks at every state that it can be in.
    fn one_part(&mut self, parts: Vec<Part>, next: StateID, stands: Stands) -> Result<StateID, BuildError> {
        if let [Part { letters, rest }] = parts.as_slice() {
            let stands = if letters.is_empty() { stands } else { Stands::Behind };
            let rest = self.in_order(rest, next, stands)?;
            return letters.iter().rev().try_fold(rest, |next, byte| self.one_of(&[(*byte, *byte)], next));
        }
        let mut by_letter: BTreeMap<u8, Vec<Part>> = BTreeMap::new();
        let mut starts = Vec::new();
        for part in parts {
            match part.letters.split_first() {
                Some((letter, letters)) => {
                    by_letter.entry(*letter).or_default().push(Part { letters, ..part })
                }
                None => starts.push(self.in_order(part.rest, next, stands)?),
            }
        }
        let mut letters = Vec::new();
        for (letter, parts) in by_letter {
            let next = self.one_part(parts, next, Stands::Behind)?;
            letters.push(Transition { start: letter, end: letter, next });
        }
        if !letters.is_empty() {
            starts.push(self.0.add_sparse(letters)?);
        }
        match starts.as_slice() {
            [one] => Ok(*one),
            _ => self.0.add_union(starts),
        }
    }

    /// A byte in one of these ranges.
    fn one_of(&mut self, ranges: &[(u8, u8)], next: StateID) -> Result<StateID, BuildError> {
        let transition = |(start, end): &(u8, u8)| Transition { start: *start, end: *end, next };
        match ranges {
            [range] => self.0.add_range(transition(range)),
            ranges => self.0.add_sparse(ranges.iter().map(transition).collect()),
        }
    }

    /// What may be there any number of times.
    fn repeated(
        &mut self,
        next: StateID,
        part: impl FnOnce(&mut Self, StateID) -> Result<StateID, BuildError>,
    ) -> Result<StateID, BuildError> {
        let again = self.0.add_union(vec![next])?;
        let part = part(self, again)?;
        self.0.patch(again, part)?;
        Ok(again)
    }

    /// A part that is repeated: more than a few times is any number of times.
    fn often(
        &mut self,
        repetition: &Repetition,
        next: StateID,
        stands: Stands,
    ) -> Result<StateID, BuildError> {
        /// So many times a part stands in the automaton at most.
        const COPIES: u32 = 4;
        let part = &repetition.sub;
        let bytes = match part.kind() {
            HirKind::Class(Class::Unicode(class)) => coarse(class),
            _ => None,
        };
        let is_one_sign = matches!(part.kind(), HirKind::Class(_) | HirKind::Literal(_));
        let most = if is_one_sign { COPIES } else { 1 };
        let least = repetition.min.min(most);
        // Each byte of a sign beyond ASCII counts as one.
        let one = |states: &mut Self, next| match &bytes {
            Some(bytes) => states.one_of(bytes, next),
            None => states.before(next, part, Stands::Behind),
        };
        let mut start = match repetition.max.filter(|max| *max <= most && bytes.is_none()) {
            _ if stands == Stands::First && least > 0 => next,
            None => self.repeated(next, one)?,
            Some(max) => (least..max).try_fold(next, |start, _| {
                let part = one(self, start)?;
                self.0.add_union(vec![part, next])
            })?,
        };
        for _ in 0..least {
            start = one(self, start)?;
        }
        Ok(start)
    }

    /// A class of signs.
    fn sign(&mut self, class: &ClassUnicode, next: StateID) -> Result<StateID, BuildError> {
        let ranges = || class.ranges().iter().map(|range| (range.start(), range.end()));
        if coarse(class).is_some() {
            let rest = self.repeated(next, |states, next| states.one_of(&[(0x80, 0xbf)], next))?;
            let ascii = ascii(class).map(|(start, end)| Transition { start, end, next });
            let first = Transition { start: 0xc2, end: 0xf4, next: rest };
            return self.0.add_sparse(ascii.chain([first]).collect());
        }
        let mut starts = Vec::new();
        for sequence in ranges().flat_map(|(start, end)| Utf8Sequences::new(start, end)) {
            let bytes = sequence.as_slice().iter().rev();
            starts.push(
                bytes.copied().try_fold(next, |next, byte| self.one_of(&[(byte.start, byte.end)], next))?,
            );
        }
        match starts.as_slice() {
            [one] => Ok(*one),
            _ => self.0.add_union(starts),
        }
    }
}

/// The bytes of a class that has many signs beyond ASCII: those within ASCII, and all beyond.
fn coarse(class: &ClassUnicode) -> Option<Vec<(u8, u8)>> {
    const FEW: usize = 2;
    /// From here on UTF-8 takes three bytes.
    const LONG: char = '\u{800}';
    let beyond = || class.ranges().iter().filter(|range| !range.end().is_ascii());
    let is_exact =
        beyond().count() <= FEW && beyond().all(|range| !range.start().is_ascii() && range.end() < LONG);
    (!is_exact).then(|| ascii(class).chain([(0x80, 0xff)]).collect())
}

/// The signs of a class that are ASCII.
fn ascii(class: &ClassUnicode) -> impl Iterator<Item = (u8, u8)> {
    let ascii = class.ranges().iter().filter(|range| range.start().is_ascii());
    ascii.map(|range| (range.start() as u8, range.end().min('\u{7f}') as u8))
}

/// Where a text or line begins or ends; a DFA cannot tell where words of all alphabets do.
fn end(look: hir::Look) -> Option<Look> {
    match look {
        hir::Look::Start => Some(Look::Start),
        hir::Look::End => Some(Look::End),
        hir::Look::StartLF => Some(Look::StartLF),
        hir::Look::EndLF => Some(Look::EndLF),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex_automata::util::syntax;

    use super::*;

    /// Expressions of all the forms that rules are written in.
    const EXPRESSIONS: &[&str] = &[
        r"\b(?:och|\p{L}{1,3})\b",
        r"(?:^|[\s(])ab{2,5}(?:[.,]|$)",
        r"[^a()]{3,40}x",
        r"(?:[åä]b|ö{0,3}?c)+\s?§",
        r"(?i)å(?:b|c\s+){2}d?$",
        r"(?:a*b?)*\S–",
    ];

    proptest! {
        #[test]
        fn it_matches_wherever_the_expression_does(text in "[abcdxåäö .,(§–\u{a0}\n☐]{0,12}") {
            for expression in EXPRESSIONS {
                let is_there = regex::Regex::new(expression).expect("right").is_match(&text);
                let loose = Loose::new(&syntax::parse(expression).expect("right")).expect("small");
                prop_assert!(loose.may_match(&text) || !is_there, "{expression} in {text:?}");
            }
        }
    }

    #[test]
    fn it_tells_most_places_where_the_expression_does_not_match() {
        for (expression, text) in [
            (r"\btabell\s+[0-9]{1,2}\b", "tabellen 2"),
            (r"^(?:Titel|Namn)$", "Titeln"),
            (r"[0-9]{4}-[0-9]", "123-4"),
            (r"[åä]r", "ör"),
            (r"\p{Lu}\p{Ll}+ \(", "mal ("),
        ] {
            let loose = Loose::new(&syntax::parse(expression).expect("right")).expect("small");
            assert!(!loose.may_match(text), "{expression} in {text}");
        }
    }
}
