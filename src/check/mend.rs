//! Mends: the edits of findings, written as YAML takes them, and the safe ones applied to a text.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Edit, Place, Source};
use crate::yaml::node::{Origin, ScalarStyle, Value, YamlNode};

/// A finding of a rule whose mend is written for the YAML text that it stands in; without a mend,
/// where that text cannot take it.
pub fn fitted(mut finding: Diagnostic, root: &YamlNode) -> Diagnostic {
    let special = |sign: char| matches!(sign, '"' | '\'' | '\\' | ':' | '#' | '\n');
    if let Some(edit) = finding.edit.take_if(|edit| edit.replacement.contains(special)) {
        finding.edit = match holding(root, &edit.place) {
            Some(origin) => written(&edit, origin).map(|replacement| Edit { replacement, ..edit }),
            None => Some(edit),
        };
    }
    finding
}

/// The text of the file that a place lies in.
fn holding<'a>(node: &'a YamlNode, place: &Place) -> Option<&'a Origin> {
    match &node.value {
        Value::Text(_) => node.origin.holds(place).then_some(&node.origin),
        Value::List(items) => items.iter().find_map(|item| holding(item, place)),
        Value::Map(entries) => entries.iter().find_map(|(key, value)| {
            if key.origin.holds(place) { Some(&key.origin) } else { holding(value, place) }
        }),
        Value::Nothing => None,
    }
}

/// A replacement in the style of its text; none that would begin a key, a comment, or a quotation
/// of YAML's.
fn written(edit: &Edit, origin: &Origin) -> Option<String> {
    let text = edit.replacement.as_str();
    let line = edit.place.source.text[edit.place.range.end..].lines().next().unwrap_or_default();
    let breaks = || {
        let changed = format!("{text}{line}");
        let begins = origin.place().range.start == edit.place.range.start;
        changed.contains(": ")
            || changed.ends_with(':')
            || text.contains(" #")
            || begins && text.starts_with(['"', '\'', '#'])
    };
    // What the rules take over from the file, as a quotation that is given other marks, has its escapes.
    let old = &edit.place.source.text[edit.place.range.clone()];
    let new = |sign: char| text.matches(sign).count() > old.matches(sign).count();
    match origin.style() {
        ScalarStyle::Block => (!new('\n')).then(|| text.to_owned()),
        ScalarStyle::Plain => (!breaks() && !new('\n')).then(|| text.to_owned()),
        ScalarStyle::Single if new('\'') => Some(text.replace('\'', "''")),
        ScalarStyle::Double if new('"') || new('\\') => Some(text.replace('\\', "\\\\").replace('"', "\\\"")),
        ScalarStyle::Single | ScalarStyle::Double => Some(text.to_owned()),
    }
}

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
    use crate::diagnostic::codes;
    use crate::yaml::node;
    use crate::yaml::patched::Patched;

    fn finding(source: &Arc<Source>, range: Range<usize>, replacement: &str, safe: bool) -> Diagnostic {
        let place = Place { source: source.clone(), range };
        let finding = Diagnostic::new(codes::TECKEN_SAKNAS, "x").at(place.clone());
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

    #[test]
    fn mends_are_written_as_yaml_takes_them() {
        for (text, new, written) in [
            ("a: 'x y'", "d'y", Some("d''y")),
            ("a: \"x y\"", "\"y\"", Some("\\\"y\\\"")),
            ("a: x y", "y: z", None),
            ("a: x y", "\"y\"", Some("\"y\"")),
            ("a: y", "\"y\"", None),
            ("a: x y", "y #z", None),
            ("a: |\n  'x y", "y: \"z\" #'", Some("y: \"z\" #'")),
        ] {
            let source = Source::new("a", text);
            let at = text.find('y').expect("there");
            let finding = finding(&source, at..at + 1, new, true);
            let fitted = fitted(finding, &node::parse(&Patched::new(&source.text), &source).expect("YAML"));
            assert_eq!(fitted.edit.map(|edit| edit.replacement).as_deref(), written, "{text}");
        }
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
