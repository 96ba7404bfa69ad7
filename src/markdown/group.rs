//! From a row of atoms to the tree of inlines, in its one normal form.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::text::SourcedText;
use super::tree::{At, Inline, InlineKind};

/// A word, a space or anything else in running text, and what is around it.
#[derive(Clone)]
pub(super) struct Atom<'a> {
    pub kind: AtomKind<'a>,
    pub style: Style,
    pub at: Range<usize>,
}

#[derive(Clone)]
pub(super) enum AtomKind<'a> {
    Word(Cow<'a, str>),
    Space,
    Break,
    /// Anything else, whole.
    Other(InlineKind),
}

/// The marks around a link, the link, and the marks in it.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Style {
    pub outer: Marks,
    pub link: Option<usize>,
    pub inner: Marks,
}

/// One bit for each [`Mark`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Marks(u8);

/// What can be put around text.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Strong = 1,
    Emph = 2,
}

/// A link, and where it stands.
pub(super) struct Link {
    pub url: String,
    pub title: String,
    pub at: Range<usize>,
}

/// The tree of a row of atoms that has no space at an edge.
pub(super) fn group(atoms: Vec<Atom<'_>>, links: &[Link], source: &SourcedText) -> Vec<Inline> {
    group_links(leaves(atoms, source), links, source)
}

/// The atoms as inlines without marks: words and spaces become texts, and what stands side by side becomes one.
fn leaves(atoms: Vec<Atom<'_>>, source: &SourcedText) -> Vec<(Style, Inline)> {
    let mut leaves: Vec<(Style, Inline)> = Vec::new();
    for Atom { kind, style, at } in atoms {
        let (at, exact) = source.locate(at);
        // A decoded entity says something else than its source.
        let exact = exact && !matches!(kind, AtomKind::Word(Cow::Owned(_)));
        let before = leaves.last_mut().filter(|(before, _)| *before == style);
        if before.is_some_and(|(_, before)| before.join(&kind, &at, exact)) {
            continue;
        }
        let kind = match kind {
            AtomKind::Word(word) => text(&word, &at, exact),
            AtomKind::Space => text(" ", &at, false),
            AtomKind::Break => InlineKind::Break,
            AtomKind::Other(kind) => kind,
        };
        leaves.push((style, Inline { at: At(at), kind }));
    }
    for (_, leaf) in &mut leaves {
        leaf.compose();
    }
    leaves
}

fn text(part: &str, at: &Range<usize>, exact: bool) -> InlineKind {
    let mut text = SourcedText::default();
    text.push(part, at.clone(), exact);
    InlineKind::Text(text)
}

impl Inline {
    /// Takes up what stands directly after it, if they are the same thing. A space that comes first stays alone: it
    /// may turn out to stand at the edge of a mark.
    fn join(&mut self, next: &AtomKind<'_>, at: &Range<usize>, exact: bool) -> bool {
        match (&mut self.kind, next) {
            (InlineKind::Text(text), AtomKind::Word(_)) if text[..] == *" " => return false,
            (InlineKind::Text(text), AtomKind::Word(word)) => text.push(word, at.clone(), exact),
            (InlineKind::Text(text), AtomKind::Space) => text.push(" ", at.clone(), false),
            (InlineKind::Code(all), AtomKind::Other(InlineKind::Code(part)))
            | (InlineKind::Html(all), AtomKind::Other(InlineKind::Html(part))) => all.push_str(part),
            _ => return false,
        }
        self.at.0.end = at.end;
        true
    }

    fn is_space(&self) -> bool {
        match &self.kind {
            InlineKind::Text(text) => text[..] == *" ",
            kind => *kind == InlineKind::Break,
        }
    }

    fn compose(&mut self) {
        match &mut self.kind {
            InlineKind::Text(text) => *text = std::mem::take(text).nfc(),
            InlineKind::Code(code) => *code = code.nfc().collect(),
            _ => {}
        }
    }
}

/// Puts each link around what belongs to it, and then the marks around them.
fn group_links(leaves: Vec<(Style, Inline)>, links: &[Link], source: &SourcedText) -> Vec<Inline> {
    let mut row: Vec<(Marks, Inline)> = Vec::new();
    let mut rest = leaves.into_iter().peekable();
    while let Some((style, inline)) = rest.next() {
        let Some(link) = style.link.and_then(|link| links.get(link)) else {
            row.push((style.outer, inline));
            continue;
        };
        let mut inner = vec![(style.inner, inline)];
        while let Some((next, inline)) = rest.next_if(|(next, _)| next.link == style.link) {
            inner.push((next.inner, inline));
        }
        let kind = InlineKind::Link {
            url: link.url.clone(),
            title: link.title.clone(),
            inlines: group_marks(inner),
        };
        let at = At(source.source(link.at.clone()));
        row.push((style.outer, Inline { at, kind }));
    }
    group_marks(row)
}

/// Puts the marks around what has them: the mark that reaches farthest first. Where another mark ends in the middle of
/// one, that one ends and begins anew, and the space there is in neither.
fn group_marks(mut row: Vec<(Marks, Inline)>) -> Vec<Inline> {
    let mut grouped = Vec::with_capacity(row.len());
    row.reverse();
    while let Some((marks, inline)) = row.pop() {
        if marks == Marks::default() || inline.is_space() {
            add(&mut grouped, inline);
            continue;
        }
        row.push((marks, inline));
        let reach = |mark| row.iter().rev().take_while(|(marks, _)| marks.has(mark)).count();
        let (strong, emph) = (reach(Mark::Strong), reach(Mark::Emph));
        let mark = if strong >= emph { Mark::Strong } else { Mark::Emph };
        let covered = row.split_off(row.len() - strong.max(emph));
        let inner = covered.into_iter().rev();
        let inner = inner.map(|(marks, inline)| (marks.without(mark), inline));
        grouped.push(mark.around(group_marks(inner.collect())));
    }
    grouped
}

/// Adds an inline, a text to the text before it.
fn add(grouped: &mut Vec<Inline>, inline: Inline) {
    match (grouped.last_mut(), &inline.kind) {
        (Some(Inline { kind: InlineKind::Text(before), at }), InlineKind::Text(text)) => {
            before.append(text);
            at.0.end = inline.at.0.end;
        }
        _ => grouped.push(inline),
    }
}

impl Mark {
    fn around(self, inlines: Vec<Inline>) -> Inline {
        let start = inlines.first().map_or(0, |first| first.at.0.start);
        let end = inlines.last().map_or(start, |last| last.at.0.end);
        let kind = match self {
            Self::Strong => InlineKind::Strong(inlines),
            Self::Emph => InlineKind::Emph(inlines),
        };
        Inline { at: At(start..end), kind }
    }
}

impl Style {
    /// The style of what stands between two atoms.
    pub fn common(self, other: Self) -> Self {
        let same_link = self.link == other.link;
        Self {
            outer: self.outer.and(other.outer),
            link: self.link.filter(|_| same_link),
            inner: match same_link {
                true => self.inner.and(other.inner),
                false => Marks::default(),
            },
        }
    }
}

impl Marks {
    pub fn has(self, mark: Mark) -> bool {
        self.0 & mark as u8 != 0
    }

    pub fn with(self, mark: Mark) -> Self {
        Self(self.0 | mark as u8)
    }

    fn without(self, mark: Mark) -> Self {
        Self(self.0 & !(mark as u8))
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}
