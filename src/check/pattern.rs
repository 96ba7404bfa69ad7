//! Regular expressions that are compiled when they are first needed, and once.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Captures, Regex};

/// A regular expression, as alternatives.
pub struct Pattern {
    alternatives: &'static [&'static str],
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// What matches one of these.
    pub const fn new(alternatives: &'static [&'static str]) -> Self {
        Self { alternatives, compiled: OnceLock::new() }
    }

    /// Every match, with its groups.
    pub fn all<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.regex().into_iter().flat_map(move |regex| regex.captures_iter(text))
    }

    /// Where every match stands.
    pub fn ranges(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.regex().into_iter().flat_map(move |regex| regex.find_iter(text)).map(|found| found.range())
    }

    /// The first match, with its groups.
    pub fn first<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex()?.captures(text)
    }

    /// Whether there is a match.
    pub fn is_in(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// The expression; none would be a mistake of ours, which the test of the rule that needs it shows.
    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&latin(&self.alternatives.join("|"))).ok()).as_ref()
    }
}

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

/// The range of a group that took part in a match.
pub fn group(captures: &Captures, index: usize) -> Option<Range<usize>> {
    captures.get(index).map(|found| found.range())
}
