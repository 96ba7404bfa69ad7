//! Mends: the safe edits of findings, applied to a text.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Edit, Source};

/// The safe edits of findings that lie in this source, in order; of two that overlap, the first.
pub fn safe_edits<'a>(findings: &'a [Diagnostic], source: &Arc<Source>) -> Vec<&'a Edit> {
    let mut edits: Vec<&Edit> = findings
        .iter()
        .filter_map(|finding| finding.edit.as_ref())
        .filter(|edit| edit.safe && edit.place.source == *source)
        .filter(|edit| source.text.get(edit.place.range.clone()).is_some_and(|old| old != edit.replacement))
        .collect();
    edits.sort_by_key(|edit| (edit.place.range.start, edit.place.range.end));
    let mut last: Option<Range<usize>> = None;
    edits.retain(|edit| {
        let range = edit.place.range.clone();
        let free = last.as_ref().is_none_or(|last| range.start >= last.end && range.start > last.start);
        if free {
            last = Some(range);
        }
        free
    });
    edits
}

/// The text with these edits, which are in order and do not overlap.
pub fn apply(text: &str, edits: &[&Edit]) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        mended.push_str(&text[done..edit.place.range.start]);
        mended.push_str(&edit.replacement);
        done = edit.place.range.end;
    }
    mended.push_str(&text[done..]);
    mended
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Place;

    fn finding(source: &Arc<Source>, range: Range<usize>, replacement: &str, safe: bool) -> Diagnostic {
        let place = Place { source: source.clone(), range };
        let finding = Diagnostic::advice("tecken-saknas", "x").at(place.clone());
        if safe { finding.safe_edit(place, replacement) } else { finding.edit(place, replacement) }
    }

    #[test]
    fn only_safe_edits_of_the_file_that_do_not_overlap() {
        let source = Source::new("a", "att att att åäö");
        let other = Source::new("b", "att att att åäö");
        let findings = [
            finding(&source, 8..12, "", true),
            finding(&source, 0..4, "", true),
            finding(&source, 3..7, "", true),
            finding(&source, 12..14, "Å", false),
            finding(&other, 12..14, "Å", true),
        ];
        let edits = safe_edits(&findings, &source);
        assert_eq!(apply(&source.text, &edits), "att åäö");
    }

    proptest! {
        /// Whatever lies outside the edits is there afterwards, in order.
        #[test]
        fn all_other_bytes_stay(text in "[a-zåäö \r\n]{0,60}", cuts in prop::collection::vec((0usize..80, 0usize..9, "[xyz]{0,3}"), 0..9)) {
            let source = Source::new("a", text.as_str());
            let findings: Vec<Diagnostic> = cuts
                .iter()
                .map(|(at, length, new)| {
                    let start = text.floor_char_boundary(*at);
                    let end = text.floor_char_boundary(start + length);
                    finding(&source, start..end.max(start), new, true)
                })
                .collect();
            let edits = safe_edits(&findings, &source);
            let mended = apply(&text, &edits);
            let mut rest = mended.as_str();
            let mut done = 0;
            for edit in &edits {
                prop_assert!(edit.place.range.start >= done);
                let kept = &text[done..edit.place.range.start];
                rest = rest.strip_prefix(kept).and_then(|rest| rest.strip_prefix(&edit.replacement)).expect("kept");
                done = edit.place.range.end;
            }
            prop_assert_eq!(rest, &text[done..]);
        }
    }
}
