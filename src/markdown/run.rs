//! Running text, from the events of the parser to inlines in their one normal form.
//!
//! The events are laid out as a row of atoms, each with its marks. What Markdown cannot say disappears in the row:
//! spaces at edges, marks within the same mark, marks around nothing. The tree is then built anew from the row, the
//! longest stretch outermost, so that the same row always gives the same tree.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::text::{Text, fold, is_space};
use super::tree::{At, Inline, InlineKind};

/// The atoms of one paragraph, heading or cell, in the making.
pub(super) struct Run<'a> {
    source: &'a Text,
    atoms: Vec<Atom<'a>>,
    links: Vec<Link>,
    /// The marks that are open, the last of them in force.
    open: Vec<Style>,
    image: Option<Image>,
}

#[derive(Clone)]
struct Atom<'a> {
    kind: AtomKind<'a>,
    style: Style,
    at: Range<usize>,
}

#[derive(Clone)]
enum AtomKind<'a> {
    Word(Cow<'a, str>),
    Space,
    Break,
    /// Anything else, whole.
    Other(InlineKind),
}

/// The marks around a link, the link, and the marks in it.
#[derive(Clone, Copy, Default, PartialEq)]
struct Style {
    outer: Marks,
    link: Option<usize>,
    inner: Marks,
}

/// One bit for each [`Mark`].
#[derive(Clone, Copy, Default, PartialEq)]
struct Marks(u8);

/// What can be put around text.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Strong = 1,
    Emph = 2,
}

struct Link {
    url: String,
    title: String,
    at: Range<usize>,
}

struct Image {
    url: String,
    title: String,
    alt: String,
    at: Range<usize>,
    /// Images within the image.
    depth: usize,
}

impl<'a> Run<'a> {
    /// An empty run of text from `source`.
    pub(super) fn new(source: &'a Text) -> Self {
        Self { source, atoms: Vec::new(), links: Vec::new(), open: Vec::new(), image: None }
    }

    /// Text, as it is or decoded from what stands at `at`.
    pub(super) fn text(&mut self, text: &str, at: Range<usize>) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(text);
            return;
        }
        let source: &'a Text = self.source;
        let exact = source.get(at.clone()).filter(|exact| *exact == text);
        let mut start = 0;
        for part in text.split_inclusive(is_space) {
            let word = part.trim_end_matches(is_space);
            let end = start + word.len();
            let within = |from: usize, to: usize| match exact {
                Some(_) => at.start + from..at.start + to,
                None => at.clone(),
            };
            if !word.is_empty() {
                let cow = exact
                    .and_then(|exact| exact.get(start..end))
                    .map_or_else(|| Cow::Owned(word.to_owned()), Cow::Borrowed);
                self.push(AtomKind::Word(cow), within(start, end));
            }
            start += part.len();
            if end < start {
                self.push(AtomKind::Space, within(end, start));
            }
        }
    }

    /// A space, and nothing more, however the source says it.
    pub(super) fn space(&mut self, at: Range<usize>) {
        match &mut self.image {
            Some(image) => image.alt.push(' '),
            None => self.push(AtomKind::Space, at),
        }
    }

    /// A hard line break.
    pub(super) fn hard_break(&mut self, at: Range<usize>) {
        match &mut self.image {
            Some(image) => image.alt.push(' '),
            None => self.push(AtomKind::Break, at),
        }
    }

    /// A code span.
    pub(super) fn code(&mut self, code: &str, at: Range<usize>) {
        match &mut self.image {
            Some(image) => image.alt.push_str(code),
            None => self.other(InlineKind::Code(code.to_owned()), at),
        }
    }

    /// A reference to a footnote, or raw HTML: neither has a place in the alternative text of an image.
    pub(super) fn other(&mut self, kind: InlineKind, at: Range<usize>) {
        if self.image.is_none() {
            self.push(AtomKind::Other(kind), at);
        }
    }

    fn push(&mut self, kind: AtomKind<'a>, at: Range<usize>) {
        let style = self.style();
        self.atoms.push(Atom { kind, style, at });
    }

    fn style(&self) -> Style {
        self.open.last().copied().unwrap_or_default()
    }

    /// The start of emphasis; within the same emphasis it says nothing.
    pub(super) fn open_mark(&mut self, mark: Mark) {
        let mut style = self.style();
        if !style.outer.has(mark) {
            match style.link {
                Some(_) => style.inner = style.inner.with(mark),
                None => style.outer = style.outer.with(mark),
            }
        }
        self.open.push(style);
    }

    /// The start of a link; within a link it says nothing.
    pub(super) fn open_link(&mut self, url: &str, title: &str, at: Range<usize>) {
        let mut style = self.style();
        if style.link.is_none() {
            style.link = Some(self.links.len());
            self.links.push(Link { url: url.nfc().collect(), title: fold(title), at });
        }
        self.open.push(style);
    }

    /// The end of emphasis or of a link.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// The start of an image: what is in it is its alternative text.
    pub(super) fn open_image(&mut self, url: &str, title: &str, at: Range<usize>) {
        match &mut self.image {
            Some(image) => image.depth += 1,
            None => {
                self.image = Some(Image {
                    url: url.nfc().collect(),
                    title: fold(title),
                    alt: String::new(),
                    at,
                    depth: 0,
                });
            }
        }
    }

    /// The end of an image.
    pub(super) fn close_image(&mut self) {
        match self.image.take() {
            Some(image) if image.depth > 0 => {
                self.image = Some(Image { depth: image.depth - 1, ..image });
            }
            Some(image) => {
                let kind = InlineKind::Image { url: image.url, title: image.title, alt: fold(&image.alt) };
                self.push(AtomKind::Other(kind), image.at);
            }
            None => {}
        }
    }

    /// The inlines; on one line a hard line break is a space.
    pub(super) fn finish(self, one_line: bool) -> Vec<Inline> {
        let leaves = leaves(tidy(self.atoms, one_line), self.source);
        group_links(leaves, &self.links, self.source)
    }
}

/// Single spaces, none at the edges of the text, of a mark or of a link, and none beside a line break.
fn tidy(atoms: Vec<Atom<'_>>, one_line: bool) -> Vec<Atom<'_>> {
    let mut tidied: Vec<Atom> = Vec::with_capacity(atoms.len());
    let mut gap: Option<Atom> = None;
    for atom in atoms {
        let is_break = matches!(atom.kind, AtomKind::Break) && !one_line;
        if is_break || matches!(atom.kind, AtomKind::Space | AtomKind::Break) {
            let gap = gap.get_or_insert(Atom { kind: AtomKind::Space, ..atom.clone() });
            gap.at.end = gap.at.end.max(atom.at.end);
            if is_break {
                gap.kind = AtomKind::Break;
            }
            continue;
        }
        if let Some(before) = tidied.last() {
            let style = before.style.common(atom.style);
            if before.would_label(&atom) {
                gap.get_or_insert(Atom { kind: AtomKind::Space, at: atom.at.start..atom.at.start, style });
            }
            tidied.extend(gap.take().map(|gap| Atom { style, ..gap }));
        }
        gap = None;
        tidied.push(atom);
    }
    tidied
}

impl Atom<'_> {
    /// Whether this is a reference to a footnote that a link directly after it would swallow: `[^1][text](url)` is a
    /// reference link.
    fn would_label(&self, next: &Self) -> bool {
        matches!(self.kind, AtomKind::Other(InlineKind::Note(_)))
            && next.style.link.is_some()
            && self.style.outer == next.style.outer
    }
}

/// The atoms as inlines without marks: words and spaces become texts, and what stands side by side becomes one.
fn leaves(atoms: Vec<Atom<'_>>, source: &Text) -> Vec<(Style, Inline)> {
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
    let mut text = Text::default();
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
fn group_links(leaves: Vec<(Style, Inline)>, links: &[Link], source: &Text) -> Vec<Inline> {
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
    fn common(self, other: Self) -> Self {
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
    fn has(self, mark: Mark) -> bool {
        self.0 & mark as u8 != 0
    }

    fn with(self, mark: Mark) -> Self {
        Self(self.0 | mark as u8)
    }

    fn without(self, mark: Mark) -> Self {
        Self(self.0 & !(mark as u8))
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}
