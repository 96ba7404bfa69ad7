//! The tree of a text: what it holds, and where in the parsed source each part stands.

use std::ops::Range;

use super::text::SourcedText;

/// A byte range in the parsed text. It is never part of equality: two trees are equal when they say the same.
#[derive(Clone, Default, Debug)]
pub struct At(pub Range<usize>);

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for At {}

/// A block and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its range in the parsed text.
    pub at: At,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading, of level 1 to 6, on one line.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The heading's text.
        inlines: Vec<Inline>,
    },
    /// A paragraph; never empty.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// The first number of a numbered list.
        start: Option<u64>,
        /// Whether the items stand without space between them.
        tight: bool,
        /// The blocks of each item; an item can be empty.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A table; each row has as many cells as `align`.
    Table {
        /// The alignment of each column.
        align: Vec<Align>,
        /// The cells of the head.
        head: Vec<Vec<Inline>>,
        /// The cells of each row of the body.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Code, without a line break at its end.
    Code(String),
    /// A thematic break.
    Rule,
    /// The text of a footnote, where it is defined.
    Footnote {
        /// What the references to it say.
        label: String,
        /// The note's text.
        blocks: Vec<Block>,
    },
    /// Raw HTML.
    Html(String),
    /// The blocks between `<!-- role -->` and `<!-- /role -->`.
    Part {
        /// Lower-case letters a to z and hyphens.
        role: String,
        /// What stands between the comments.
        blocks: Vec<Block>,
    },
}

/// The alignment of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Not said.
    None,
    /// `:---`
    Left,
    /// `:---:`
    Center,
    /// `---:`
    Right,
}

/// A piece of running text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// Its range in the parsed text.
    pub at: At,
    /// What it is.
    pub kind: InlineKind,
}

/// What a piece of running text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Plain text, with single spaces and no line breaks.
    Text(SourcedText),
    /// Emphasis; never directly or indirectly in emphasis.
    Emph(Vec<Inline>),
    /// Strong emphasis; never directly or indirectly in strong emphasis.
    Strong(Vec<Inline>),
    /// A code span.
    Code(String),
    /// A link; never in a link.
    Link {
        /// Where it leads; an address of e-mail begins with `mailto:`.
        url: String,
        /// The title, most often empty.
        title: String,
        /// The text of the link.
        inlines: Vec<Inline>,
    },
    /// An image.
    Image {
        /// Where the image is.
        url: String,
        /// The title, most often empty.
        title: String,
        /// The alternative text.
        alt: String,
    },
    /// A hard line break.
    Break,
    /// A reference to the footnote with this label.
    Note(String),
    /// Raw HTML.
    Html(String),
}

/// The text of inlines without their markup; a line break is a space, notes and HTML are nothing.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    plain_into(inlines, &mut text);
    text
}

fn plain_into(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(part) => text.push_str(part),
            InlineKind::Code(part) | InlineKind::Image { alt: part, .. } => text.push_str(part),
            InlineKind::Emph(inner) | InlineKind::Strong(inner) | InlineKind::Link { inlines: inner, .. } => {
                plain_into(inner, text)
            }
            InlineKind::Break => text.push(' '),
            InlineKind::Note(_) | InlineKind::Html(_) => {}
        }
    }
}

/// What has words, and nothing else within it.
#[derive(Clone, Copy, Debug)]
pub enum Leaf<'a> {
    /// A text, a code span, or a picture with its caption.
    Inline(&'a Inline),
    /// A block of code.
    Code(&'a Block),
}

impl<'a> Leaf<'a> {
    /// Where it stands in the parsed text, which tells it from all others.
    pub fn range(self) -> Range<usize> {
        match self {
            Leaf::Inline(inline) => inline.at.0.clone(),
            Leaf::Code(block) => block.at.0.clone(),
        }
    }

    /// What of it is printed.
    pub fn words(self) -> &'a str {
        match self {
            Leaf::Inline(Inline { kind: InlineKind::Text(text), .. }) => text,
            Leaf::Inline(Inline { kind: InlineKind::Code(text), .. })
            | Leaf::Inline(Inline { kind: InlineKind::Image { title: text, .. }, .. })
            | Leaf::Code(Block { kind: BlockKind::Code(text), .. }) => text,
            _ => "",
        }
    }

    /// Where in the parsed text a stretch of its words stands; all of it, where no word has a place of its own.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        match self {
            Leaf::Inline(Inline { kind: InlineKind::Text(text), .. }) => text.source(range),
            Leaf::Inline(Inline { at, .. }) | Leaf::Code(Block { at, .. }) => at.0.clone(),
        }
    }
}

/// Everything that has words, in the order of the document.
pub fn leaves(blocks: &[Block]) -> Vec<Leaf<'_>> {
    let mut found = Vec::new();
    walk(blocks, &mut |node| match node {
        Visited::Block(block @ Block { kind: BlockKind::Code(_), .. }) => found.push(Leaf::Code(block)),
        Visited::Inline(
            inline @ Inline {
                kind: InlineKind::Text(_) | InlineKind::Code(_) | InlineKind::Image { .. }, ..
            },
        ) => found.push(Leaf::Inline(inline)),
        _ => {}
    });
    found
}

/// What [`walk`] meets.
#[derive(Clone, Copy, Debug)]
pub enum Visited<'a> {
    /// A block.
    Block(&'a Block),
    /// A piece of running text.
    Inline(&'a Inline),
}

/// Visits every block and every inline, in the order of the document, each before what it holds.
pub fn walk<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(Visited<'a>)) {
    for block in blocks {
        visit(Visited::Block(block));
        match &block.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) => {
                walk_inlines(inlines, visit);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| walk(item, visit)),
            BlockKind::Quote(inner)
            | BlockKind::Footnote { blocks: inner, .. }
            | BlockKind::Part { blocks: inner, .. } => walk(inner, visit),
            BlockKind::Table { head, rows, .. } => {
                std::iter::once(head).chain(rows).flatten().for_each(|cell| walk_inlines(cell, visit))
            }
            BlockKind::Code(_) | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

fn walk_inlines<'a>(inlines: &'a [Inline], visit: &mut dyn FnMut(Visited<'a>)) {
    for inline in inlines {
        visit(Visited::Inline(inline));
        match &inline.kind {
            InlineKind::Emph(inner) | InlineKind::Strong(inner) | InlineKind::Link { inlines: inner, .. } => {
                walk_inlines(inner, visit)
            }
            _ => {}
        }
    }
}

/// The addresses of the pictures in the blocks, each with its range.
pub fn pictures(blocks: &[Block]) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    walk(blocks, &mut |node| {
        if let Visited::Inline(Inline { at, kind: InlineKind::Image { url, .. } }) = node {
            found.push((url.clone(), at.0.clone()));
        }
    });
    found
}
