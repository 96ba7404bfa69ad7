//! Regular expressions that are compiled when they are first needed, and once.
//!
//! A case asks some eighty of them, most of which match nowhere in it: what they cost is mostly
//! their compilation. Hence four economies. Where a word stands in every match, nothing is compiled
//! before it stands in a text; letters are those of Latin alphabets; an expression without regard to
//! case is compiled for small letters only, and asked in a small copy of the text; and each is first
//! asked in a [`loose`] form, which is fast to make and to ask.

mod loose;
mod needed;

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::sync::OnceLock;

use regex_automata::nfa::thompson::backtrack::{self, BoundedBacktracker};
use regex_automata::nfa::thompson::pikevm::{self, PikeVM};
use regex_automata::nfa::thompson::{Compiler, NFA, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::util::{captures, iter, syntax};
use regex_automata::{Input, Span};
use regex_syntax::hir::Hir;

use loose::Loose;
use needed::Needed;

/// A regular expression, as alternatives.
///
/// Where every alternative begins with `(?i)`, capitals are as good as small letters, and the rest
/// of each is written in small letters.
pub struct Pattern {
    alternatives: &'static [&'static str],
    any_case: bool,
    needed: OnceLock<Option<Needed>>,
    parsed: OnceLock<Option<Hir>>,
    loose: OnceLock<Option<Loose>>,
    strict: OnceLock<Option<Strict>>,
}

impl Pattern {
    /// What matches one of these.
    pub const fn new(alternatives: &'static [&'static str]) -> Self {
        let any_case = begin_with_any_case(alternatives);
        Self {
            alternatives,
            any_case,
            needed: OnceLock::new(),
            parsed: OnceLock::new(),
            loose: OnceLock::new(),
            strict: OnceLock::new(),
        }
    }

    /// Every match, with its groups.
    pub fn all<'t>(&self, text: impl Into<Haystack<'t>>) -> impl Iterator<Item = Captures<'t>> {
        let text = text.into();
        let mut found = Vec::new();
        if let Some((strict, searched)) = self.asked(&text) {
            let search = |input: &Input<'_>, groups: &mut captures::Captures| {
                strict.search(input, groups);
                Ok(())
            };
            let matches =
                iter::Searcher::new(Input::new(searched)).into_captures_iter(strict.groups(), search);
            found.extend(matches.infallible().map(|groups| Captures { text: text.text, groups }));
        }
        found.into_iter()
    }

    /// Where every match stands.
    pub fn ranges<'t>(&self, text: impl Into<Haystack<'t>>) -> impl Iterator<Item = Range<usize>> {
        self.all(text).filter_map(|captures| group(&captures, 0))
    }

    /// The first match, with its groups.
    pub fn first<'t>(&self, text: impl Into<Haystack<'t>>) -> Option<Captures<'t>> {
        let text = text.into();
        let (strict, searched) = self.asked(&text)?;
        let mut groups = strict.groups();
        strict.search(&Input::new(searched), &mut groups);
        groups.is_match().then_some(Captures { text: text.text, groups })
    }

    /// Whether there is a match.
    pub fn is_in<'t>(&self, text: impl Into<Haystack<'t>>) -> bool {
        let text = text.into();
        self.asked(&text).is_some_and(|(strict, searched)| strict.is_match(searched))
    }

    /// The expression, and the copy of the text that it is asked in, if it can match there at all.
    fn asked<'h>(&self, text: &'h Haystack) -> Option<(&Strict, &'h str)> {
        let searched = if self.any_case { text.lower() } else { text.text };
        let needed = self.needed.get_or_init(|| Needed::of(&self.written()));
        if needed.as_ref().is_some_and(|needed| !needed.are_in(searched)) {
            let may_match = || self.likely(searched).is_some_and(|strict| strict.is_match(searched));
            debug_assert!(!may_match(), "needs less: {:?}", self.alternatives);
            return None;
        }
        Some((self.likely(searched)?, searched))
    }

    /// The expression, unless its loose form does not match in a text.
    fn likely(&self, searched: &str) -> Option<&Strict> {
        let loose = self.loose.get_or_init(|| {
            let loose = Loose::new(self.parsed()?);
            debug_assert!(loose.is_some(), "does not compile: {:?}", self.alternatives);
            loose
        });
        if !loose.as_ref()?.may_match(searched) {
            return None;
        }
        self.strict.get_or_init(|| Strict::new(self.parsed()?)).as_ref()
    }

    /// One that does not compile is a mistake of ours: every test that asks it fails.
    fn parsed(&self) -> Option<&Hir> {
        let parsed = self.parsed.get_or_init(|| {
            let written = self.written();
            debug_assert!(!self.any_case || is_small(&written), "capitals in {written}");
            let parsed = syntax::parse(&latin(&written)).ok();
            debug_assert!(parsed.is_some(), "does not compile: {:?}", self.alternatives);
            parsed
        });
        parsed.as_ref()
    }

    fn written(&self) -> String {
        let joined = self.alternatives.join("|");
        if self.any_case { joined.replace(ANY_CASE, "") } else { joined }
    }
}

/// Whether every alternative is without regard to case.
const fn begin_with_any_case(alternatives: &[&str]) -> bool {
    let mut at = 0;
    while at < alternatives.len() {
        if !matches!(alternatives[at].as_bytes().first_chunk(), Some(b"(?i)")) {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether an expression asks for no capital; some stand for something else.
fn is_small(expression: &str) -> bool {
    let signs = ["\\P", "\\S", "\\W", "\\D", "\\L", "{L", "(?P"];
    let rest = signs.iter().fold(expression.to_owned(), |rest, sign| rest.replace(sign, ""));
    !rest.contains(char::is_uppercase)
}

/// Without regard to case.
const ANY_CASE: &str = "(?i)";

/// An expression with the letters of Latin alphabets only: no Swedish text has others that a rule
/// looks for, and to compile all of Unicode's takes most of the time of checking one case.
fn latin(expression: &str) -> String {
    CLASSES.iter().fold(expression.to_owned(), |expression, (all, some)| expression.replace(all, some))
}

/// Unicode's classes, and what stands in for them; within brackets too.
const CLASSES: &[(&str, &str)] = &[
    (r"\p{L}", "[A-Za-zªµºÀ-ÖØ-öø-ɏ]"),
    (r"\p{Lu}", "[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ]"),
    (r"\p{Ll}", "[a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĳĵķĸĺļľŀłńņňŉŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžſ]"),
    (r"\p{N}", "[0-9¼-¾²³¹]"),
];

/// The longest text for the fast engine.
const SHORT: usize = 4_000;

/// The whole expression. Of the engines, only those that need nothing but the NFA itself.
struct Strict {
    short: BoundedBacktracker,
    short_caches: Caches<backtrack::Cache>,
    long: PikeVM,
    long_caches: Caches<pikevm::Cache>,
}

impl Strict {
    fn new(expression: &Hir) -> Option<Self> {
        let nfa = compiled(expression, WhichCaptures::All)?;
        let short = BoundedBacktracker::new_from_nfa(nfa.clone()).ok()?;
        let long = PikeVM::new_from_nfa(nfa).ok()?;
        let (fresh_short, fresh_long) = (short.clone(), long.clone());
        Some(Self {
            short,
            short_caches: Pool::new(Box::new(move || fresh_short.create_cache())),
            long,
            long_caches: Pool::new(Box::new(move || fresh_long.create_cache())),
        })
    }

    fn groups(&self) -> captures::Captures {
        self.long.create_captures()
    }

    fn is_match(&self, text: &str) -> bool {
        let tried = self.short.try_is_match(&mut self.short_caches.get(), text);
        tried.unwrap_or_else(|_| self.long.is_match(&mut self.long_caches.get(), text))
    }

    fn search(&self, input: &Input, groups: &mut captures::Captures) {
        // The fast engine's memory is bounded, and it clears for every match what the rest of the text may take.
        let is_short = input.get_span().len() <= SHORT;
        if !is_short || self.short.try_captures(&mut self.short_caches.get(), input.clone(), groups).is_err()
        {
            self.long.captures(&mut self.long_caches.get(), input.clone(), groups);
        }
    }
}

fn compiled(expression: &Hir, groups: WhichCaptures) -> Option<NFA> {
    thread_local! {
        // Its tables, as large as all that is made with them, are made once.
        static COMPILER: RefCell<Compiler> = RefCell::new(NFA::compiler());
    }
    COMPILER.with_borrow_mut(|compiler| {
        let nfa = compiler.configure(NFA::config().which_captures(groups)).build_from_hir(expression).ok();
        debug_assert!(nfa.is_some(), "does not compile: {expression}");
        nfa
    })
}

/// What searches at the same time write in.
type Caches<T> =
    Pool<T, Box<dyn Fn() -> T + Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>>;

/// A text to search, and the same in small letters.
pub struct Haystack<'t> {
    text: &'t str,
    lower: OnceCell<Lower<'t>>,
}

enum Lower<'t> {
    Known(&'t str),
    Made(String),
}

impl<'t> Haystack<'t> {
    /// A text whose copy in small letters, byte by byte as long, is known.
    pub fn with_lower(text: &'t str, lower: &'t str) -> Self {
        Self { text, lower: OnceCell::from(Lower::Known(lower)) }
    }

    fn lower(&self) -> &str {
        match self.lower.get_or_init(|| Lower::Made(lower(self.text))) {
            Lower::Known(lower) => lower,
            Lower::Made(lower) => lower,
        }
    }
}

impl<'t> From<&'t str> for Haystack<'t> {
    fn from(text: &'t str) -> Self {
        Self { text, lower: OnceCell::new() }
    }
}

impl<'t> From<&'t String> for Haystack<'t> {
    fn from(text: &'t String) -> Self {
        text.as_str().into()
    }
}

/// A text in small letters, in which everything stands where it does in the text.
pub fn lower(text: &str) -> String {
    let is_small = |letter: char| letter.is_ascii() || letter.to_lowercase().eq([letter]);
    let ascii = text.to_ascii_lowercase();
    if ascii.chars().all(is_small) {
        return ascii;
    }
    let small = |letter: char| {
        let mut small = letter.to_lowercase();
        match (small.next(), small.next()) {
            (Some(one), None) if one.len_utf8() == letter.len_utf8() => one,
            _ => letter,
        }
    };
    ascii.chars().map(small).collect()
}

/// A match with its groups.
pub struct Captures<'t> {
    text: &'t str,
    groups: captures::Captures,
}

impl<'t> Captures<'t> {
    /// The group with this number; 0 is all of the match.
    pub fn get(&self, index: usize) -> Option<Match<'t>> {
        self.groups.get_group(index).map(|span| self.matched(span))
    }

    /// The group with this name.
    pub fn name(&self, name: &str) -> Option<Match<'t>> {
        self.groups.get_group_by_name(name).map(|span| self.matched(span))
    }

    fn matched(&self, span: Span) -> Match<'t> {
        Match { text: self.text, range: span.range() }
    }
}

/// What a group matched.
pub struct Match<'t> {
    text: &'t str,
    range: Range<usize>,
}

impl<'t> Match<'t> {
    /// Where it stands.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Where it begins.
    pub fn start(&self) -> usize {
        self.range.start
    }

    /// Where it ends.
    pub fn end(&self) -> usize {
        self.range.end
    }

    /// As it is written.
    pub fn as_str(&self) -> &'t str {
        &self.text[self.range()]
    }
}

/// As far as an expression looks that is tied to a place in a text: what asks it at thousands of places in one
/// paragraph must not walk the whole paragraph each time.
const NEAR: usize = 240;

/// What stands before a place, as near as an expression that ends there can reach.
pub fn before(text: &str, at: usize) -> &str {
    &text[text.ceil_char_boundary(at.saturating_sub(NEAR))..at]
}

/// What stands after a place, as near as an expression that begins there can reach.
pub fn after(text: &str, at: usize) -> &str {
    &text[at..text.floor_char_boundary(text.len().min(at + NEAR))]
}

/// The range of a group that took part in a match.
pub fn group(captures: &Captures, index: usize) -> Option<Range<usize>> {
    captures.get(index).map(|found| found.range())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "does not compile")]
    fn what_does_not_compile_fails_instead_of_matching_nothing() {
        Pattern::new(&[r"(?i)\b(ett|två\b"]).is_in("ett");
    }
}
