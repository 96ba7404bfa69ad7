//! Selected lines of a text made a list, whatever they begin with.

use std::ops::Range;

use super::document::View;
use super::edits::Replacement;

/// What lists begin their lines with in Word and mail.
const BULLETS: &[char] = &['•', '·', '‣', '▪', '◦', '●', '○', '■', '*', '-', '–', '—', '\u{f0b7}'];

/// The changes that make a list of the lines that a stretch touches; none unless they are several lines of a text
/// that are not one already.
pub fn changes(view: View, stretch: Range<usize>) -> Option<Vec<Replacement>> {
    let text = &view.document.text;
    let (first, last) = (text.line_of(stretch.start), text.line_of(stretch.end));
    let outline = view.outline();
    let owner = outline.text_at(text.line(first).start)?;
    let is_inside = |line: usize| outline.text_at(text.line(line).start) == Some(owner);
    let words = |line: usize| view.text()[text.line(line)].trim();
    let lines: Vec<usize> = (first..=last).filter(|line| !words(*line).is_empty()).collect();
    let is_list = lines.iter().all(|line| words(*line).starts_with("- "));
    if lines.len() < 2 || is_list || !lines.iter().all(|line| is_inside(*line)) {
        return None;
    }
    let mut changes: Vec<Replacement> = Vec::new();
    for line in lines {
        let range = text.line(line);
        let said = &view.text()[range.clone()];
        let indent = said.len() - said.trim_start().len();
        let bullet =
            said[indent..].trim_start_matches(|sign: char| BULLETS.contains(&sign) || sign.is_whitespace());
        let is_first = changes.is_empty() && line > 0 && !words(line - 1).is_empty() && is_inside(line - 1);
        // A text before the list would draw it to itself.
        let before = if is_first { format!("\n{}", &said[..indent]) } else { String::new() };
        let start = range.start + if is_first { 0 } else { indent };
        changes.push((start..range.end - bullet.len(), format!("{before}- ")));
    }
    Some(changes)
}
