//! What Markdown reads otherwise than its writer meant, or would leave out.
//!
//! Officials write as in Word, and paste from there: bullets that are no list to Markdown, lines that happen to look
//! like a heading, signs that are taken for emphasis. Everything here is found by holding the lines of the text
//! against what the parser makes of them. Where the meaning is certain the text is read as it was meant, and the
//! slip says so; a text with its mends made is read without a slip, and says the same.

mod blocks;
mod lines;
mod lists;
mod markers;
mod places;
mod signs;
mod slip;
mod tables;

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::parse::OPTIONS;
use super::text::SourcedText;
use super::tree::At;

use places::{between, blank_line, insert, is_address, line_end, line_start};

pub(super) use markers::{begins_like_item, is_bullet};
pub use slip::{Mend, Slip, SlipKind};

/// How often a mended text is looked at again: a mend can lay open another slip, but not for ever.
const ROUNDS: usize = 6;

/// Makes a text say what was meant, and tells of every slip in it.
pub(super) fn settle(text: &mut SourcedText) -> Vec<Slip> {
    let mut all = Vec::new();
    for round in 0..ROUNDS {
        let (certain, doubtful): (Vec<Slip>, Vec<Slip>) =
            find(text).into_iter().partition(|slip| slip.certain && round + 1 < ROUNDS);
        if certain.is_empty() {
            all.extend(doubtful.into_iter().map(|slip| slip.placed(text)));
            break;
        }
        let mut mends: Vec<&Mend> = Vec::new();
        for slip in &certain {
            // What lies within another slip is looked at again when that one is mended.
            let starts = slip.mends.first().map_or(0, |mend| mend.at.0.start);
            if mends.last().is_none_or(|last| last.at.0.end <= starts) {
                mends.extend(&slip.mends);
                all.push(slip.clone().placed(text));
            }
        }
        *text = text.mended(mends.into_iter().map(|mend| (mend.at.0.clone(), mend.with.as_str())));
    }
    all.sort_by_key(|slip| (slip.at.0.start, slip.at.0.end));
    all
}

/// Finds the slips of a text, their ranges in the text itself.
fn find(source: &SourcedText) -> Vec<Slip> {
    let parser = Parser::new_ext(source, OPTIONS);
    let mut finder = Finder::new(source);
    finder.definitions = parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| (label.to_owned(), definition.dest.to_string(), definition.span.clone()))
        .collect();
    finder.definitions.sort_by_key(|(.., span)| span.start);
    for (event, at) in parser.into_offset_iter() {
        finder.event(&event, at);
    }
    finder.finish()
}

/// A leaf of the text: a paragraph, a heading, a cell.
#[derive(Debug)]
struct Leaf {
    at: Range<usize>,
    kind: LeafKind,
    /// Whether the block before it, in the same container, is a paragraph too.
    follows: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LeafKind {
    Paragraph,
    Heading,
    Cell,
}

/// What is gathered from the parser's events.
struct Finder<'a> {
    source: &'a str,
    slips: Vec<Slip>,
    leaves: Vec<Leaf>,
    /// Labels, addresses and places of the addresses of links.
    definitions: Vec<(String, String, Range<usize>)>,
    used: Vec<String>,
    /// Code spans, links' addresses and HTML: no signs of the text.
    opaque: Vec<Range<usize>>,
    notes: Vec<Range<usize>>,
    breaks: Vec<Range<usize>>,
    /// What of the source is part of a leaf, of code or of HTML.
    covered: Vec<Range<usize>>,
    lists: Vec<lists::List>,
    table: Option<tables::Table>,
    code: Option<blocks::Code>,
    /// The running text of a tight item, which begins without saying so.
    tight: Option<Range<usize>>,
    depth: usize,
    last_paragraph: Option<(usize, usize)>,
    /// Whether the container at hand has something in it.
    filled: Vec<bool>,
    heading: bool,
}

impl<'a> Finder<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            slips: Vec::new(),
            leaves: Vec::new(),
            definitions: Vec::new(),
            used: Vec::new(),
            opaque: Vec::new(),
            notes: Vec::new(),
            breaks: Vec::new(),
            covered: Vec::new(),
            lists: Vec::new(),
            table: None,
            code: None,
            tight: None,
            depth: 0,
            last_paragraph: None,
            filled: vec![true],
            heading: false,
        }
    }

    fn event(&mut self, event: &Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(*tag, at),
            Event::Rule => {
                self.end_tight();
                self.fill();
                self.covered.push(at);
            }
            Event::Text(text) => match &mut self.code {
                Some(code) => code.line(text, at),
                None => self.inline(at),
            },
            Event::Code(_) | Event::InlineHtml(_) => {
                self.opaque.push(at.clone());
                self.inline(at);
            }
            Event::FootnoteReference(_) => {
                self.notes.push(at.clone());
                self.inline(at);
            }
            Event::HardBreak => {
                self.breaks.push(at.clone());
                self.inline(at);
            }
            Event::Html(_) => self.covered.push(at),
            _ => self.inline(at),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::Emphasis => {
                self.inline(at.clone());
                self.emphasis(at, 1);
            }
            Tag::Strong => {
                self.inline(at.clone());
                self.emphasis(at, 2);
            }
            Tag::Link { link_type, dest_url, id, .. } => {
                self.inline(at.clone());
                self.link(*link_type, dest_url, id, at);
            }
            Tag::Image { id, .. } => {
                self.used.push(id.to_string());
                self.opaque.push(at.clone());
                self.inline(at);
            }
            _ => {
                self.end_tight();
                self.block(tag, at);
            }
        }
    }

    fn block(&mut self, tag: &Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::Paragraph => self.leaf(at, LeafKind::Paragraph),
            Tag::Heading { .. } => {
                self.heading = true;
                self.headline(&at);
                self.leaf(at, LeafKind::Heading);
            }
            Tag::TableCell => self.leaf(at, LeafKind::Cell),
            Tag::Table(align) => {
                self.fill();
                self.covered.push(at.clone());
                self.table = Some(tables::Table::new(align.len()));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(at);
                }
            }
            Tag::CodeBlock(kind) => {
                self.fill();
                self.covered.push(at.clone());
                self.code = Some(blocks::Code::new(kind));
            }
            Tag::List(start) => {
                self.fill();
                self.open_list(*start, at);
            }
            Tag::Item => {
                self.item(at);
                self.open();
            }
            Tag::BlockQuote(_) => {
                self.fill();
                self.open();
            }
            Tag::FootnoteDefinition(_) => {
                self.fill();
                let end = self.source[at.clone()].find("]:").map_or(at.start, |end| at.start + end + 2);
                self.covered.push(at.start..end);
                self.open();
            }
            _ => {
                self.fill();
                self.covered.push(at);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, at: Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image => self.inline(at),
            TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.end_tight();
                self.close(tag, at);
            }
            TagEnd::List(_) => self.close_list(),
            TagEnd::Table => self.end_table(),
            TagEnd::CodeBlock => self.end_code(at),
            TagEnd::Heading(_) => self.heading = false,
            _ => {}
        }
    }

    fn open(&mut self) {
        self.depth += 1;
        self.filled.push(false);
        self.last_paragraph = None;
    }

    fn close(&mut self, tag: TagEnd, at: Range<usize>) {
        self.depth = self.depth.saturating_sub(1);
        let filled = self.filled.pop().unwrap_or(true);
        self.last_paragraph = None;
        let kind = match tag {
            TagEnd::Item => SlipKind::EmptyItem,
            TagEnd::BlockQuote(_) => SlipKind::EmptyQuote,
            _ => return,
        };
        if !filled {
            let said = self.source[at.clone()].trim_end();
            let end = at.start + said.find('\n').unwrap_or(said.len());
            self.covered.push(at.start..at.start + said.len());
            self.doubt(kind, at.start..end, Vec::new());
        }
    }

    /// Something stands in the container at hand.
    fn fill(&mut self) {
        if let Some(filled) = self.filled.last_mut() {
            *filled = true;
        }
        self.last_paragraph = None;
    }

    /// Running text: within a leaf, or that of a tight item.
    fn inline(&mut self, at: Range<usize>) {
        let known = self.heading
            || self.leaves.last().is_some_and(|leaf| leaf.at.start <= at.start && at.end <= leaf.at.end);
        if !known && self.code.is_none() {
            // An escaped sign begins with its stroke.
            let start = at.start - usize::from(self.source[..at.start].ends_with('\\'));
            let tight = self.tight.get_or_insert(start..at.end);
            tight.end = tight.end.max(at.end);
        }
    }

    fn end_tight(&mut self) {
        if let Some(at) = self.tight.take() {
            self.leaf(at, LeafKind::Paragraph);
        }
    }

    fn leaf(&mut self, at: Range<usize>, kind: LeafKind) {
        let last = self.last_paragraph;
        let follows = kind == LeafKind::Paragraph && last.is_some_and(|(depth, _)| depth == self.depth);
        if kind != LeafKind::Cell {
            self.fill();
        }
        self.covered.push(at.clone());
        if kind == LeafKind::Paragraph {
            self.last_paragraph = Some((self.depth, at.end));
        }
        self.leaves.push(Leaf { at, kind, follows });
    }

    fn link(&mut self, kind: LinkType, url: &str, id: &str, at: Range<usize>) {
        self.used.push(id.to_owned());
        match kind {
            LinkType::Inline if !is_address(url) && !url.is_empty() => {
                let mend = insert(at.start, "\\");
                self.doubt(SlipKind::NoAddress(url.to_owned()), at.clone(), vec![mend]);
                self.opaque.push(at);
            }
            LinkType::Inline => {
                // What stands in the brackets is text.
                let middle = self.source[at.clone()].rfind("](").map_or(at.start, |middle| at.start + middle);
                self.opaque.push(middle..at.end);
            }
            LinkType::Autolink | LinkType::Email => self.opaque.push(at),
            _ => {}
        }
    }

    fn finish(mut self) -> Vec<Slip> {
        self.end_tight();
        self.addresses();
        self.in_lines();
        self.in_signs();
        self.lost();
        let mut slips = self.slips;
        slips.sort_by_key(|slip| (slip.at.0.start, slip.at.0.end));
        slips
    }

    fn sure(&mut self, kind: SlipKind, at: Range<usize>, mends: Vec<Mend>) {
        self.slips.push(Slip { at: At(at), kind, mends, certain: true });
    }

    fn doubt(&mut self, kind: SlipKind, at: Range<usize>, mends: Vec<Mend>) {
        self.slips.push(Slip { at: At(at), kind, mends, certain: false });
    }

    /// What stands before `at` on its line, with the marks of items made spaces: how a line in the same container
    /// begins.
    fn base(&self, at: usize) -> String {
        let line = line_start(self.source, at);
        let kept = |c: char| if matches!(c, '>' | '\t') { c } else { ' ' };
        self.source[line..at].chars().map(kept).collect()
    }
}
