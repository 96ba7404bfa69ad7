//! The sections of a case: for the editor's list of symbols, and to fold.

use std::ops::Range;

use gen_lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, FoldingRange, FoldingRangeKind,
    FoldingRangeParams, SymbolKind,
};

use super::document::View;
use crate::library::kinds::Kind;
use crate::yaml::outline::{Entry, Outline};

/// How many letters of a text stand beside its name.
const SHOWN: usize = 60;

/// The keys of a case, with the items of its lists.
pub fn symbols(view: View, _: DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let outline = view.outline();
    let kind = view.kind(&outline);
    let is_case = view.document.is_case;
    let tree = Tree { view, outline: &outline, kind: &kind };
    is_case.then(|| tree.within(None).into())
}

struct Tree<'a> {
    view: View<'a>,
    outline: &'a Outline,
    kind: &'a Kind,
}

impl Tree<'_> {
    fn within(&self, around: Option<usize>) -> Vec<DocumentSymbol> {
        self.outline.within(around).map(|(at, entry)| self.symbol(at, entry, around.is_none())).collect()
    }

    fn symbol(&self, at: usize, entry: &Entry, is_top: bool) -> DocumentSymbol {
        let text = &self.view.document.text;
        let whole = entry.at.start..self.outline.end(at, self.view.text()).max(entry.at.end);
        let said = &self.view.text()[entry.said.clone()];
        let (name, kind, children) = match &entry.key {
            // An item is called what it begins with, and holds what comes after that.
            None => (self.item(at, said, &whole), SymbolKind::Array, self.of_item(at)),
            Some(key) => (key.clone(), self.kind_of(key, is_top), self.within(Some(at))),
        };
        let detail = if is_text(said) { self.first_words(&whole) } else { said.to_owned() };
        let detail = entry.key.as_ref().map(|_| shortened(&detail)).filter(|detail| !detail.is_empty());
        let selection = entry.at.clone();
        #[allow(deprecated, reason = "the field has to be there")]
        DocumentSymbol {
            name,
            detail,
            kind,
            tags: None,
            deprecated: None,
            range: text.stretch(whole),
            selection_range: text.stretch(selection),
            children: (!children.is_empty()).then_some(children),
        }
    }

    fn kind_of(&self, key: &str, is_top: bool) -> SymbolKind {
        let is_head = self.kind.head().any(|known| known == key);
        match is_top {
            true if is_head => SymbolKind::Property,
            true => SymbolKind::String,
            false => SymbolKind::Field,
        }
    }

    fn item(&self, at: usize, said: &str, whole: &Range<usize>) -> String {
        let first = self.outline.within(Some(at)).next();
        let value = first.map_or(said, |(_, entry)| &self.view.text()[entry.said.clone()]);
        let name = if is_text(value) { self.first_words(whole) } else { value.to_owned() };
        // A symbol without a name is refused.
        Some(shortened(&name)).filter(|name| !name.is_empty()).unwrap_or_else(|| "–".into())
    }

    fn of_item(&self, at: usize) -> Vec<DocumentSymbol> {
        let mut inner = self.within(Some(at));
        let is_text = inner.first().is_some_and(|first| first.detail.is_none());
        if !is_text && !inner.is_empty() {
            inner.remove(0);
        }
        inner
    }

    /// The first line of a text that stands below its key.
    fn first_words(&self, whole: &Range<usize>) -> String {
        self.view.text()[whole.clone()].lines().nth(1).unwrap_or_default().trim().to_owned()
    }
}

fn is_text(said: &str) -> bool {
    said.starts_with(['|', '>'])
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_owned(),
    }
}

/// The stretches of lines that can be folded: keys, items, and comments of several lines.
pub fn folds(view: View, _: FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let outline = view.outline();
    let text = &view.document.text;
    let fold = |first: usize, last: usize, kind: Option<FoldingRangeKind>| FoldingRange {
        start_line: text.position(text.line(first).start).line,
        end_line: text.position(text.line(last).start).line,
        kind,
        ..Default::default()
    };
    let entries = outline.all().filter_map(|(at, entry)| {
        let (first, last) = (text.line_of(entry.at.start), text.line_of(outline.end(at, view.text())));
        (last > first).then(|| fold(first, last, None))
    });
    let is_comment = |line: usize| view.text()[text.line(line)].trim_start().starts_with('#');
    let lines: Vec<usize> = (0..text.lines()).filter(|line| is_comment(*line)).collect();
    let comments = lines.chunk_by(|one, next| one + 1 == *next).filter_map(|run| match run {
        [first, .., last] => Some(fold(*first, *last, Some(FoldingRangeKind::Comment))),
        _ => None,
    });
    let mut folds: Vec<FoldingRange> = entries.chain(comments).collect();
    folds.sort_by_key(|fold| (fold.start_line, std::cmp::Reverse(fold.end_line)));
    // A dash and the key behind it fold alike.
    folds.dedup_by_key(|fold| (fold.start_line, fold.end_line));
    Some(folds)
}
