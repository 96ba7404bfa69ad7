//! One value for all trouble: what is wrong, where, how bad, and what to do.
//!
//! Every stage reports [`Diagnostic`]s and nothing else; how they look on a terminal or to a machine is
//! the business of [`report`](crate::report). Messages are Swedish, for officials.

pub mod codes;
pub mod translate;
pub mod workflow;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use strsim::damerau_levenshtein;

use codes::Code;

/// How bad a finding is. Only an [`Error`](Severity::Error) stops a document from being built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something to consider.
    Advice,
    /// Something that is probably wrong.
    Warning,
    /// Something that is wrong.
    Error,
}

impl Severity {
    /// The Swedish word for it: `fel`, `varning` or `råd`.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Advice => "råd",
            Severity::Warning => "varning",
            Severity::Error => "fel",
        }
    }
}

/// A text that was read, with the path it is shown by.
#[derive(Debug)]
pub struct Source {
    /// The path as the user wrote it, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
    milestones: OnceLock<Vec<Milestone>>,
}

/// An offset whose line and column are known, so that thousands of positions in a long text take
/// no longer than its length.
#[derive(Clone, Copy, Debug)]
struct Milestone {
    offset: usize,
    line: usize,
    column: usize,
}

/// A source is what was read once: another reading of its file is another source.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Source {}

impl Source {
    /// Joins a path and its text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), milestones: OnceLock::new() })
    }

    /// Line and column of a byte offset, both counted from 1; the column counts characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let milestones = self.milestones.get_or_init(|| milestones(&self.text));
        let passed = milestones.partition_point(|milestone| milestone.offset <= offset);
        let mut at = passed.checked_sub(1).map_or(BEGINNING, |last| milestones[last]);
        at.walk(&self.text[at.offset..offset]);
        (at.line, at.column)
    }
}

/// Where every text begins.
const BEGINNING: Milestone = Milestone { offset: 0, line: 1, column: 1 };

impl Milestone {
    fn walk(&mut self, words: &str) {
        self.offset += words.len();
        match words.rfind('\n') {
            Some(newline) => {
                self.line += words.matches('\n').count();
                self.column = 1 + words[newline + 1..].chars().count();
            }
            None => self.column += words.chars().count(),
        }
    }
}

fn milestones(text: &str) -> Vec<Milestone> {
    const STRIDE: usize = 512;
    let mut found = Vec::with_capacity(text.len() / STRIDE);
    let mut at = BEGINNING;
    while at.offset + STRIDE < text.len() {
        at.walk(&text[at.offset..text.floor_char_boundary(at.offset + STRIDE)]);
        found.push(at);
    }
    found
}

/// A stretch of bytes in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The text it lies in.
    pub source: Arc<Source>,
    /// The bytes it covers; an empty range is a point.
    pub range: Range<usize>,
}

/// A mend that a rule knows: the bytes at `place` become `replacement`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub place: Place,
    /// What stands there afterwards.
    pub replacement: String,
    /// Whether it can be right without anybody looking, so that `--rätta` may apply it: it changes
    /// no word that was meant.
    pub safe: bool,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What it is about, such as `okänd-nyckel`.
    pub code: Code,
    /// How bad it is: as bad as its code, unless profile or draft say otherwise.
    pub severity: Severity,
    /// One sentence that stands alone: what is wrong.
    pub message: String,
    /// Where it is; none when the trouble is the whole file or the program's surroundings.
    pub place: Option<Place>,
    /// What to do about it.
    pub hint: Option<String>,
    /// Other places that explain it, each with a remark.
    pub related: Vec<(Place, String)>,
    /// The mend, where the rule knows one.
    pub edit: Option<Edit>,
}

impl Diagnostic {
    /// A finding of this code, as bad as the code is, without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            place: None,
            hint: None,
            related: Vec::new(),
            edit: None,
        }
    }

    /// Says where, if that is known.
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into().or(self.place);
        self
    }

    /// Says what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Points at another place, if it is known, with a remark.
    pub fn related(mut self, place: impl Into<Option<Place>>, remark: impl Into<String>) -> Self {
        self.related.extend(place.into().map(|place| (place, remark.into())));
        self
    }

    /// Carries a mend that somebody must look at first.
    pub fn edit(mut self, place: Place, replacement: impl Into<String>) -> Self {
        self.edit = Some(Edit { place, replacement: replacement.into(), safe: false });
        self
    }

    /// Carries a mend that is safe to apply unseen.
    pub fn safe_edit(mut self, place: Place, replacement: impl Into<String>) -> Self {
        self.edit = Some(Edit { place, replacement: replacement.into(), safe: true });
        self
    }

    /// Whether it stops the document from being built.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts findings by file, position and code, so that every run lists them alike.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by(|a, b| {
        let key =
            |d: &Diagnostic| d.place.as_ref().map(|p| (p.source.path.clone(), p.range.start, p.range.end));
        (key(a), a.code, &a.message).cmp(&(key(b), b.code, &b.message))
    });
}

/// The candidate that `word` is most likely a misspelling of, if any is near enough.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(&word, &candidate.to_lowercase(), allowed)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters two words differ in, where that is at most `most`: their lengths alone mostly
/// tell that it is more.
pub fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let is_near = one.chars().count().abs_diff(other.chars().count()) <= most;
    is_near.then(|| damerau_levenshtein(one, other)).filter(|distance| *distance <= most)
}

/// A text with pictures instead of signs that a terminal would obey: what a case or a file's name
/// holds must not move the cursor or change colours.
pub fn readable(text: &str) -> Cow<'_, str> {
    let is_obeyed = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\t');
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let picture = |sign: char| match sign {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(sign)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    };
    Cow::Owned(text.chars().map(|sign| if is_obeyed(sign) { picture(sign) } else { sign }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_moves_a_terminal() {
        assert_eq!(readable("a\u{1b}[31m\0b\tc\nd\u{7f}\u{9b}å"), "a␛[31m␀b\tc\nd␡\u{fffd}å");
        assert!(matches!(readable("Å, ä\nö"), Cow::Borrowed(_)));
    }

    #[test]
    fn positions_count_lines_and_characters_however_far_in() {
        let text = format!("ett\n{}\n\n{}å", "åäö ord ".repeat(300), "rad\n".repeat(400));
        let source = Source::new("a", text.as_str());
        for (offset, _) in text.char_indices() {
            let before = &text[..offset];
            let line = before.split('\n').next_back().unwrap_or_default();
            let wanted = (before.matches('\n').count() + 1, line.chars().count() + 1);
            assert_eq!(source.position(offset), wanted, "{offset}");
        }
    }
}
