//! One value for all trouble: what is wrong, where, how bad, and what to do.
//!
//! Every stage reports [`Diagnostic`]s and nothing else; how they look on a terminal or in a
//! machine's report is the business of the command line. Messages are Swedish, for officials.

use std::ops::Range;
use std::sync::Arc;

use strsim::damerau_levenshtein;

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
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as the user wrote it, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// Joins a path and its text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into() })
    }

    /// Line and column of a byte offset, both counted from 1; the column counts characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
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
    /// Whether it can be right without anybody looking, so that `--fix` may apply it: it changes
    /// no word that was meant.
    pub safe: bool,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable Swedish name of the rule, such as `okänd-nyckel`.
    pub code: &'static str,
    /// How bad it is.
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
    /// A finding with this severity, without a place.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            place: None,
            hint: None,
            related: Vec::new(),
            edit: None,
        }
    }

    /// An error.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A piece of advice.
    pub fn advice(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Advice, code, message)
    }

    /// Says where.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Points at another place, with a remark.
    pub fn related(mut self, place: Place, remark: impl Into<String>) -> Self {
        self.related.push((place, remark.into()));
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
        .map(|candidate| (damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
