//! Changes of a text, as a client makes them.

use std::collections::HashMap;
use std::ops::Range;

use gen_lsp_types::{
    DocumentChange, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier,
    TextEdit, WorkspaceEdit,
};
use similar::{Algorithm, capture_diff_slices};

use super::document::View;

/// What should stand at a stretch of bytes.
pub type Replacement = (Range<usize>, String);

/// Changes of a document, for the version that it has now.
pub fn workspace(view: View, changes: Vec<Replacement>) -> WorkspaceEdit {
    let edits = all(view, changes);
    let uri = view.document.uri.clone();
    if !view.client.has_versioned_edits {
        return WorkspaceEdit { changes: Some(HashMap::from([(uri, edits)])), ..Default::default() };
    }
    let text_document = OptionalVersionedTextDocumentIdentifier {
        version: Some(view.document.version),
        text_document_identifier: TextDocumentIdentifier { uri },
    };
    let edits = edits.into_iter().map(Into::into).collect();
    let change = DocumentChange::TextDocumentEdit(TextDocumentEdit { text_document, edits });
    WorkspaceEdit { document_changes: Some(vec![change]), ..Default::default() }
}

/// Changes of a document, with the line ends that it has.
pub fn all(view: View, changes: Vec<Replacement>) -> Vec<TextEdit> {
    let is_windows = view.text().contains("\r\n");
    let ended =
        |text: String| if is_windows { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text };
    let edit = |(range, text): Replacement| TextEdit {
        range: view.document.text.stretch(range),
        new_text: ended(text),
    };
    changes.into_iter().map(edit).collect()
}

/// What a text becomes by changes that are in order and do not overlap.
pub fn applied(text: &str, changes: &[Replacement]) -> String {
    let mut after = String::with_capacity(text.len());
    let mut done = 0;
    for (range, new) in changes {
        after.push_str(&text[done..range.start]);
        after.push_str(new);
        done = range.end;
    }
    after + &text[done..]
}

/// The few changes that make one text of another: of the lines that differ, only what differs, so that a
/// cursor elsewhere stays where it is.
pub fn between(old: &str, new: &str) -> Vec<Replacement> {
    let (olds, news): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let starts = |lines: &[&str]| -> Vec<usize> {
        let passed = lines.iter().scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        });
        std::iter::once(0).chain(passed).collect()
    };
    let (old_starts, new_starts) = (starts(&olds), starts(&news));
    let operations = capture_diff_slices(Algorithm::Myers, &olds, &news).into_iter();
    let differing = operations.filter(|operation| operation.tag() != similar::DiffTag::Equal);
    let change = differing.map(|operation| {
        let (from, to) = (operation.old_range(), operation.new_range());
        let from = old_starts[from.start]..old_starts[from.end];
        trimmed(old, from, &new[new_starts[to.start]..new_starts[to.end]])
    });
    change.collect()
}

/// A change without what is the same at its beginning and its end.
fn trimmed(old: &str, range: Range<usize>, new: &str) -> Replacement {
    let said = &old[range.clone()];
    let same = |one: &mut dyn Iterator<Item = char>, other: &mut dyn Iterator<Item = char>| -> usize {
        one.zip(other).take_while(|(one, other)| one == other).map(|(sign, _)| sign.len_utf8()).sum()
    };
    let front = same(&mut said.chars(), &mut new.chars());
    let back = same(&mut said[front..].chars().rev(), &mut new[front..].chars().rev());
    (range.start + front..range.end - back, new[front..new.len() - back].to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_differs_is_changed() {
        let old = "a: x\nb: två ord\nc: z\n";
        assert_eq!(between(old, "a: x\nb: tre ord\nc: z\n"), [(9..11 + 1, "re".to_owned())]);
        assert_eq!(between(old, old), []);
    }

    proptest! {
        #[test]
        fn the_changes_make_one_text_of_the_other(old in "[abå\n]{0,40}", new in "[abå\n]{0,40}") {
            prop_assert_eq!(applied(&old, &between(&old, &new)), new);
        }
    }
}
