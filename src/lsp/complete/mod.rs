//! Completion: the keys that are missing, in their usual order, and values that are known.

mod keys;
mod values;

use std::ops::Range;

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, Documentation,
    InsertTextFormat, InsertTextMode, MarkupContent, MarkupKind, TextEdit,
};
use serde_json::Value as Json;

use super::cursor::{Cursor, CursorStep, Within};
use super::document::View;
use super::shape::Shape;
use crate::library::kinds::Kind;
use crate::library::profile::ProfileKey;
use crate::yaml::outline::Outline;
use crate::yaml::values::marks;

/// What can be written at a position.
pub fn complete(view: View, params: CompletionParams) -> Option<CompletionResponse> {
    let offset = view.document.text.offset(params.text_document_position_params.position);
    let outline = view.outline();
    let cursor = Cursor::of(&outline, view.text(), offset);
    let kind = view.kind(&outline);
    let schema = view.schema(&kind);
    let here = Here { view, outline: &outline, cursor: &cursor, kind: &kind, schema: &schema };
    let offers = match cursor.within {
        Within::Key => keys::keys(&here),
        Within::Item => [keys::keys(&here), values::values(&here)].concat(),
        Within::Value => values::values(&here),
        Within::Text => values::pictures(&here, offset),
        Within::Comment => Vec::new(),
    };
    let items = offers.into_iter().enumerate().map(|(at, offer)| here.item(at, offer));
    Some(items.collect::<Vec<_>>().into())
}

/// A cursor, and all that decides what can be written there.
struct Here<'a> {
    view: View<'a>,
    outline: &'a Outline,
    cursor: &'a Cursor,
    kind: &'a Kind,
    schema: &'a Json,
}

/// Something that can be written.
#[derive(Clone, Debug)]
struct Offer {
    /// What it is called in the list.
    label: String,
    /// A word or two beside it.
    detail: String,
    /// What it is, in Markdown.
    says: String,
    /// What is written, with places to fill in; lines below the first are indented from its beginning.
    text: String,
    kind: CompletionItemKind,
}

impl Offer {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        let label = label.into();
        Self { text: label.clone(), label, detail: String::new(), says: String::new(), kind }
    }
}

impl<'a> Here<'a> {
    /// What can stand at the cursor.
    fn shape(&self) -> Shape<'a> {
        Shape::at(self.schema, &self.cursor.path)
    }

    /// The names of the keys around the cursor, an item being a dash.
    fn path(&self) -> Vec<&str> {
        self.cursor.path.iter().map(CursorStep::name).collect()
    }

    /// The other keys of the same map.
    fn beside(&self) -> impl Iterator<Item = &str> {
        self.cursor.siblings.iter().map(String::as_str)
    }

    /// Who writes, as far as the text says it.
    fn sender(&self) -> ProfileKey<'a> {
        self.view.sender(self.outline, self.kind)
    }

    fn item(&self, at: usize, offer: Offer) -> CompletionItem {
        let has_snippets = self.view.client.has_snippets;
        let text = self.indented(&offer.text);
        let is_snippet = has_snippets && marks(&text).next().is_some();
        let new_text = if is_snippet { snippet(&text) } else { text };
        CompletionItem {
            kind: Some(offer.kind),
            detail: (!offer.detail.is_empty()).then_some(offer.detail),
            documentation: (!offer.says.is_empty()).then(|| self.documentation(offer.says)),
            // Clients sort by the label unless they are told otherwise.
            sort_text: Some(format!("{at:04}")),
            filter_text: Some(offer.label.clone()),
            insert_text_format: is_snippet.then_some(InsertTextFormat::Snippet),
            insert_text_mode: new_text.contains('\n').then_some(InsertTextMode::AdjustIndentation),
            text_edit: Some(
                TextEdit { range: self.view.document.text.stretch(self.word()), new_text }.into(),
            ),
            label: offer.label,
            ..Default::default()
        }
    }

    fn word(&self) -> Range<usize> {
        self.cursor.word.clone()
    }

    /// Lines below the first are counted from where the line's own text begins; the client adds the line's
    /// indentation.
    fn indented(&self, text: &str) -> String {
        let document = &self.view.document.text;
        let line = &self.view.text()[document.line(document.line_of(self.cursor.word.start))];
        let indent = line.len() - line.trim_start_matches(' ').len();
        let margin = format!("\n{}", " ".repeat(self.cursor.column.saturating_sub(indent)));
        text.replace('\n', &margin)
    }

    fn documentation(&self, says: String) -> Documentation {
        if self.view.client.reads_markdown {
            MarkupContent { kind: MarkupKind::Markdown, value: says }.into()
        } else {
            says.into()
        }
    }
}

/// A text whose places to fill in are stepped through. Left as they are, the review finds them.
fn snippet(text: &str) -> String {
    let escaped = |words: &str| words.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}");
    let mut snippet = String::new();
    let mut done = 0;
    for (number, place) in marks(text).enumerate() {
        let (before, mark) = (&text[done..place.start], &text[place.clone()]);
        snippet.push_str(&format!("{}${{{}:{}}}", escaped(before), number + 1, escaped(mark)));
        done = place.end;
    }
    snippet + &escaped(&text[done..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_stepped_through_and_signs_of_snippets_escaped() {
        assert_eq!(
            snippet("a: «Fyll i x»\nb: 5 $ {«Fyll i y}»"),
            "a: ${1:«Fyll i x»}\nb: 5 \\$ {${2:«Fyll i y\\}»}"
        );
    }
}
