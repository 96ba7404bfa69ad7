//! Writing an acceptance into a case: what shall stand, and a place for the reason.

use std::ops::Range;

use super::document::View;
use super::edits::Replacement;
use super::yaml::quoted;
use crate::diagnostic::Diagnostic;
use crate::library::starter::mark;
use crate::yaml::outline::Outline;

/// The key of the acceptances.
const KEY: &str = "godkänn";
/// The longest words that an acceptance repeats, in characters.
const LONGEST: usize = 60;

/// An acceptance to write.
pub struct Acceptance {
    /// What is written where.
    pub change: Replacement,
    /// Where in what is written the reason is to stand.
    pub reason: Range<usize>,
}

/// The acceptance of a finding: of its words, where it has some; none of what cannot be accepted.
pub fn acceptance(view: View, finding: &Diagnostic) -> Option<Acceptance> {
    if !finding.code.can_be_accepted() {
        return None;
    }
    let outline = view.outline();
    let code = finding.code.name;
    let there = outline.all().find(|(_, entry)| entry.parent.is_none() && entry.key.as_deref() == Some(KEY));
    let (at, lines) = match there {
        Some((godkann, entry)) => {
            let first = outline.within(Some(godkann)).next();
            let margin = " ".repeat(first.map_or(2, |(_, entry)| entry.column));
            let lines = match first {
                // Codes with reasons hold for the whole case, each once.
                Some((_, key)) if key.key.is_some() => {
                    let is_there = outline.find(&[KEY, code]).next().is_some();
                    (!is_there).then(|| format!("\n{margin}{code}: {}", reason()))?
                }
                Some(_) => item(&margin, code, words(finding)),
                // A value on the key's own line is somebody else's to mend.
                None if !entry.said.is_empty() => return None,
                None => item(&margin, code, words(finding)),
            };
            (outline.end(godkann, view.text()).max(entry.at.end + 1), lines)
        }
        None => (end_of_head(view, &outline), format!("\n{KEY}:{}", item("  ", code, words(finding)))),
    };
    let from = lines.find(&reason())?;
    Some(Acceptance { reason: from..from + reason().len(), change: (at..at, lines) })
}

fn reason() -> String {
    mark("skälet")
}

fn item(margin: &str, code: &str, words: Option<String>) -> String {
    let text = words.map(|words| format!("\n{margin}  text: {}", quoted(&words))).unwrap_or_default();
    format!("\n{margin}- kod: {code}\n{margin}  skäl: {}{text}", reason())
}

/// The words that a finding is about, on one line.
fn words(finding: &Diagnostic) -> Option<String> {
    let place = finding.place.as_ref()?;
    let said: Vec<&str> = place.source.text[place.range.clone()].split_whitespace().collect();
    let said = said.join(" ");
    (!said.is_empty() && said.chars().count() <= LONGEST).then_some(said)
}

/// Where the keys before the body end.
fn end_of_head(view: View, outline: &Outline) -> usize {
    let kind = view.kind(outline);
    let is_body = |key: &str| kind.key(key).is_some() || !key.starts_with(char::is_lowercase);
    let head =
        outline.within(None).take_while(|(_, entry)| !entry.key.as_deref().is_some_and(is_body)).last();
    head.map_or(0, |(at, _)| outline.end(at, view.text()))
}
