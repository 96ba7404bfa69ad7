//! Running text, from the events of the parser to inlines in their one normal form.
//!
//! The events are laid out as a row of atoms, each with its marks. What Markdown cannot say disappears in the row:
//! spaces at edges, marks within the same mark, marks around nothing. The tree is then built anew from the row, the
//! longest stretch outermost, so that the same row always gives the same tree.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::group::{Atom, AtomKind, Link, Mark, Style, group};
use super::text::{SourcedText, fold, is_space};
use super::tree::{Inline, InlineKind};

/// The atoms of one paragraph, heading or cell, in the making.
pub(super) struct Run<'a> {
    source: &'a SourcedText,
    atoms: Vec<Atom<'a>>,
    links: Vec<Link>,
    /// The marks that are open, the last of them in force.
    open: Vec<Style>,
    image: Option<Image>,
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
    pub(super) fn new(source: &'a SourcedText) -> Self {
        Self { source, atoms: Vec::new(), links: Vec::new(), open: Vec::new(), image: None }
    }

    /// Text, as it is or decoded from what stands at `at`.
    pub(super) fn text(&mut self, text: &str, at: Range<usize>) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(text);
            return;
        }
        let source: &'a SourcedText = self.source;
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
        group(tidy(self.atoms, one_line), &self.links, self.source)
    }
}

/// Single spaces, none at the edges of the text, of a mark or of a link, and none beside a line break.
pub(super) fn tidy(atoms: Vec<Atom<'_>>, one_line: bool) -> Vec<Atom<'_>> {
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
