//! Regular expressions that are compiled when they are first needed, and once.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Captures, Regex};

/// A regular expression, as alternatives.
pub struct Pattern {
    alternatives: &'static [&'static str],
    loose: OnceLock<Option<Regex>>,
    strict: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// What matches one of these.
    pub const fn new(alternatives: &'static [&'static str]) -> Self {
        Self { alternatives, loose: OnceLock::new(), strict: OnceLock::new() }
    }

    /// Every match, with its groups.
    pub fn all<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.regex(text).into_iter().flat_map(move |regex| regex.captures_iter(text))
    }

    /// Where every match stands.
    pub fn ranges(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.regex(text).into_iter().flat_map(move |regex| regex.find_iter(text)).map(|found| found.range())
    }

    /// The first match, with its groups.
    pub fn first<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex(text)?.captures(text)
    }

    /// Whether there is a match.
    pub fn is_in(&self, text: &str) -> bool {
        self.regex(text).is_some_and(|regex| regex.is_match(text))
    }

    /// The expression, if it can match the text at all.
    ///
    /// Most expressions match in few texts, and beginnings and ends of words are slow to look for
    /// among letters such as å: without them, the expression matches wherever it does with them,
    /// and quickly says where it does not.
    fn regex(&self, text: &str) -> Option<&Regex> {
        let loose = self.loose.get_or_init(|| self.compiled("")).as_ref()?;
        if loose.is_match(text) { self.strict.get_or_init(|| self.compiled(BOUNDARY)).as_ref() } else { None }
    }

    /// The expression with this at the beginnings and ends of words. One that does not compile would
    /// be a mistake of ours, which the test of the rule that needs it shows.
    fn compiled(&self, boundary: &str) -> Option<Regex> {
        Regex::new(&latin(&self.alternatives.join("|").replace(BOUNDARY, boundary))).ok()
    }
}

/// Where a word begins or ends.
const BOUNDARY: &str = r"\b";

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
