//! Running text as words, with the signs beside them and what changes as one.

use std::ops::Range;

use super::Reading;
use crate::compare::atoms::atoms;
use crate::compare::model::{Word, WordKind};
use crate::markdown::{At, InlineKind, Look, Stretch, StretchKind};

impl Reading<'_, '_> {
    /// Adds the words in a part of a stretch; `spaced` is whether a space stands before what comes next.
    pub(super) fn words(
        &self,
        stretch: &Stretch,
        part: Range<usize>,
        spaced: &mut bool,
        words: &mut Vec<Word>,
    ) {
        let look = &stretch.look;
        let text = match &stretch.kind {
            StretchKind::Text(text) => text,
            StretchKind::Other(kind) => {
                let (kind, text) = self.other(kind);
                let at = stretch.at.0.clone();
                words.push(Word { text, kind, look: look.clone(), spaced: *spaced, at });
                *spaced = false;
                return;
            }
            StretchKind::Break => return,
        };
        let part = part.start.min(text.len())..part.end.min(text.len());
        let said = &text[part.clone()];
        let mut add = |range: Range<usize>, kind: WordKind, spaced: &mut bool| {
            let at = text.source(part.start + range.start..part.start + range.end);
            let text = said[range].to_owned();
            words.push(Word { text, kind, look: look.clone(), spaced: std::mem::take(spaced), at });
        };
        let mut from = 0;
        for (range, kind) in atoms(said) {
            plain(said, from..range.start, spaced, &mut add);
            from = range.end;
            add(range, kind, spaced);
        }
        plain(said, from..said.len(), spaced, &mut add);
    }

    fn other(&self, kind: &InlineKind) -> (WordKind, String) {
        match kind {
            InlineKind::Image { url, title, alt } => {
                let content = (self.pictures)(url);
                (WordKind::Picture { url: url.clone(), title: title.clone(), content }, alt.clone())
            }
            InlineKind::Code(code) => (WordKind::Code, code.clone()),
            InlineKind::Note(label) => (WordKind::Note, label.clone()),
            InlineKind::Html(html) => (WordKind::Html, html.clone()),
            // These have no stretch of their own.
            _ => (WordKind::Plain, String::new()),
        }
    }
}

/// The words and signs between atoms.
fn plain(
    text: &str,
    part: Range<usize>,
    spaced: &mut bool,
    add: &mut dyn FnMut(Range<usize>, WordKind, &mut bool),
) {
    let mut at = part.start;
    for (index, piece) in text[part].split(' ').enumerate() {
        if index > 0 {
            *spaced = true;
            at += 1;
        }
        // A space that does not break parts words too; it goes with the word after it.
        let mut start = 0;
        for (next, _) in piece.match_indices(UNBROKEN).chain([(piece.len(), "")]) {
            if next > start {
                word(text, at + start..at + next, spaced, add);
                start = next;
            }
        }
        at += piece.len();
    }
}

/// Spaces that do not break.
const UNBROKEN: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2007}'];

/// A word with the signs beside it.
fn word(
    text: &str,
    whole: Range<usize>,
    spaced: &mut bool,
    add: &mut dyn FnMut(Range<usize>, WordKind, &mut bool),
) {
    let said = &text[whole.clone()];
    let is_sign = |c: char| !c.is_alphanumeric() && c != '§' && c != '%';
    let inner = said.trim_matches(is_sign);
    let start = whole.start + said.len() - said.trim_start_matches(is_sign).len();
    // Where there is no word, all are signs.
    let stop = (start + inner.len()).min(whole.end);
    let space = said.chars().next().filter(|c| UNBROKEN.contains(c)).map_or(0, char::len_utf8);
    let mut from = whole.start;
    for (at, c) in said.char_indices().skip(usize::from(space > 0)) {
        let (at, end) = (whole.start + at, whole.start + at + c.len_utf8());
        if at < start || at >= stop {
            add(from..end, WordKind::Sign, spaced);
            from = end;
        } else if end == stop {
            add(from..end, WordKind::Plain, spaced);
            from = end;
        }
    }
    if from < whole.end {
        add(from..whole.end, WordKind::Sign, spaced);
    }
}

impl Word {
    /// The word as a stretch of running text.
    pub(crate) fn stretch(&self) -> Stretch {
        let kind = match &self.kind {
            WordKind::Picture { url, title, .. } => StretchKind::Other(InlineKind::Image {
                url: url.clone(),
                title: title.clone(),
                alt: self.text.clone(),
            }),
            WordKind::Code => StretchKind::Other(InlineKind::Code(self.text.clone())),
            WordKind::Note => StretchKind::Other(InlineKind::Note(self.text.clone())),
            WordKind::Html => StretchKind::Other(InlineKind::Html(self.text.clone())),
            WordKind::Line => StretchKind::Break,
            _ => StretchKind::Text(self.text.as_str().into()),
        };
        Stretch { kind, look: self.look.clone(), at: At(self.at.clone()) }
    }

    /// The look of a space before the word.
    pub(crate) fn space(&self) -> Stretch {
        Stretch {
            kind: StretchKind::Text(" ".into()),
            look: Look::default(),
            at: At(self.at.start..self.at.start),
        }
    }
}
