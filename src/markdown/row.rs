//! Running text as a row of stretches, each of one look, for whoever compares texts; and a row as running text again.
//!
//! The law between the two: for every tree `t` that was parsed, `join(&row(t)) == t`.

use std::ops::Range;

use super::group::{Atom, AtomKind, Link, Mark, Marks, Style, group};
use super::run::tidy;
use super::sentences::Abbreviations;
use super::text::SourcedText;
use super::tree::{At, Inline, InlineKind};

/// A stretch of running text that looks the same all through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// What it is.
    pub kind: StretchKind,
    /// The marks and the link around it.
    pub look: Look,
    /// Where it stands in the parsed text.
    pub at: At,
}

/// What a stretch is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StretchKind {
    /// Plain text, with single spaces.
    Text(SourcedText),
    /// A hard line break.
    Break,
    /// A picture, code, the number of a note, HTML: whole.
    Other(InlineKind),
}

/// The marks and the link around a stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Look {
    outer: Marks,
    inner: Marks,
    /// Where it leads, and the title of the link.
    pub link: Option<(String, String)>,
    /// Whether the link is another than that of the stretch before, though it leads there too.
    parted: bool,
}

impl Stretch {
    /// Whether it is nothing but a space that no link has: that follows from what stands around it.
    fn is_blank(&self) -> bool {
        self.look.link.is_none() && matches!(&self.kind, StretchKind::Text(text) if text[..] == *" ")
    }
}

impl Look {
    /// Whether it is strong.
    pub fn is_strong(&self) -> bool {
        self.outer.has(Mark::Strong) || self.inner.has(Mark::Strong)
    }

    /// Whether it is emphasised.
    pub fn is_emphasised(&self) -> bool {
        self.outer.has(Mark::Emph) || self.inner.has(Mark::Emph)
    }
}

/// Running text as a row of stretches.
pub fn row(inlines: &[Inline]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    flatten(inlines, &Look::default(), &mut stretches);
    stretches
}

fn flatten(inlines: &[Inline], look: &Look, out: &mut Vec<Stretch>) {
    for inline in inlines {
        let kind = match &inline.kind {
            InlineKind::Emph(inner) => {
                flatten(inner, &look.with(Mark::Emph), out);
                continue;
            }
            InlineKind::Strong(inner) => {
                flatten(inner, &look.with(Mark::Strong), out);
                continue;
            }
            InlineKind::Link { url, title, inlines } => {
                let link = Some((url.clone(), title.clone()));
                let before = out.iter().rfind(|stretch: &&Stretch| !stretch.is_blank());
                let parted = before.is_some_and(|before| before.look.link == link);
                let first = out.len();
                flatten(inlines, &Look { link, ..look.clone() }, out);
                if let Some(first) = out.get_mut(first).filter(|_| parted) {
                    first.look.parted = true;
                }
                continue;
            }
            InlineKind::Text(text) => StretchKind::Text(text.clone()),
            InlineKind::Break => StretchKind::Break,
            other => StretchKind::Other(other.clone()),
        };
        out.push(Stretch { kind, look: look.clone(), at: inline.at.clone() });
    }
}

impl Look {
    fn with(&self, mark: Mark) -> Self {
        let mut look = self.clone();
        match look.link {
            Some(_) => look.inner = look.inner.with(mark),
            None => look.outer = look.outer.with(mark),
        }
        look
    }
}

/// The running text that a row says.
pub fn join(row: &[Stretch]) -> Vec<Inline> {
    let mut links: Vec<Link> = Vec::new();
    let mut atoms: Vec<Atom<'_>> = Vec::new();
    let mut before: Option<&Look> = None;
    for stretch in row {
        if let Some((url, title)) = &stretch.look.link
            && (stretch.look.parted || before.is_none_or(|before| before.link != stretch.look.link))
        {
            links.push(Link { url: url.clone(), title: title.clone(), at: 0..0 });
        }
        before = if stretch.is_blank() { before } else { Some(&stretch.look) };
        let style = Style {
            outer: stretch.look.outer,
            link: stretch.look.link.as_ref().map(|_| links.len() - 1),
            inner: stretch.look.inner,
        };
        let mut push = |kind| atoms.push(Atom { kind, style, at: 0..0 });
        match &stretch.kind {
            StretchKind::Text(text) => {
                for (index, word) in text.split(' ').enumerate() {
                    if index > 0 {
                        push(AtomKind::Space);
                    }
                    if !word.is_empty() {
                        push(AtomKind::Word(word.into()));
                    }
                }
            }
            StretchKind::Break => push(AtomKind::Break),
            StretchKind::Other(kind) => push(AtomKind::Other(kind.clone())),
        }
    }
    group(tidy(atoms, false), &links, &SourcedText::default())
}

/// Where the sentences of a row end: the stretch, and the place of the space in its text.
pub fn sentence_ends(row: &[Stretch], abbreviations: &Abbreviations) -> Vec<(usize, usize)> {
    let mut seen = String::new();
    let mut starts = Vec::with_capacity(row.len());
    for stretch in row {
        starts.push(seen.len());
        match &stretch.kind {
            StretchKind::Text(text) => seen.push_str(text),
            StretchKind::Break => seen.push('\n'),
            StretchKind::Other(InlineKind::Code(code)) => seen.push_str(&code.replace(' ', "_")),
            StretchKind::Other(InlineKind::Note(_)) => {}
            // Not a word that a sentence begins or ends with.
            StretchKind::Other(_) => seen.push('<'),
        }
    }
    let place = |end: usize| {
        let stretch = starts.partition_point(|start| *start <= end) - 1;
        (stretch, end - starts[stretch])
    };
    abbreviations.ends_in(&seen).into_iter().map(place).collect()
}

/// A stretch that stands nowhere.
pub fn stretch(kind: StretchKind, look: Look) -> Stretch {
    Stretch { kind, look, at: At(Range::default()) }
}
