//! Markdown to the tree.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::group::Mark;
use super::run::Run;
use super::slips::{self, Slip};
use super::text::SourcedText;
use super::tree::{Align, At, Block, BlockKind, Inline, InlineKind, Visited, walk};

/// How many items, quotations and notes can stand in one another.
const DEEPEST: usize = 12;

/// A number with more digits than this one does not begin an item.
const HIGHEST: u64 = 999_999_999;

/// The one configuration of the parser: CommonMark with tables and footnotes.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES);

/// What [`parse`] gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The text as a tree.
    pub blocks: Vec<Block>,
    /// The first list, quotation or note that is nested too deep to be kept: only its words are.
    pub too_deep: Option<At>,
    /// Where Markdown would read something else than was meant, in the order of the text.
    pub slips: Vec<Slip>,
}

/// Parses CommonMark with tables and footnotes, as it was meant where that is certain.
pub fn parse(source: &str) -> Parsed {
    let mut source = SourcedText::clean(source);
    let slips = slips::settle(&mut source);
    let mut builder = Builder::new(&source, true);
    builder.read();
    if builder.lost_note {
        // A reference to a note that was not kept would refer to nothing.
        builder = Builder::new(&source, false);
        builder.read();
    }
    let blocks = builder.open.pop().unwrap_or_default().blocks;
    let too_deep = builder.too_deep;
    Parsed { blocks, too_deep, slips }
}

/// The tree in the making.
struct Builder<'a> {
    source: &'a SourcedText,
    /// The blocks that are open; the first is the document.
    open: Vec<Open>,
    /// The running text at hand, and where it stands.
    run: Option<(Run<'a>, Range<usize>)>,
    /// The code or the HTML at hand.
    raw: Option<String>,
    keeps_notes: bool,
    lost_note: bool,
    /// How many tags are open within what is nested too deep.
    skipping: usize,
    too_deep: Option<At>,
}

/// An open block and the blocks in it.
#[derive(Default)]
struct Open {
    kind: OpenKind,
    blocks: Vec<Block>,
}

#[derive(Default)]
enum OpenKind {
    #[default]
    Document,
    Quote,
    Footnote(String),
    Item,
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Vec<Block>>,
    },
    Table {
        align: Vec<Align>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
}

impl<'a> Builder<'a> {
    fn new(source: &'a SourcedText, keeps_notes: bool) -> Self {
        Self {
            source,
            open: vec![Open::default()],
            run: None,
            raw: None,
            keeps_notes,
            lost_note: false,
            skipping: 0,
            too_deep: None,
        }
    }

    fn read(&mut self) {
        let source: &'a SourcedText = self.source;
        for (event, at) in Parser::new_ext(source, OPTIONS).into_offset_iter() {
            match (event, &mut self.raw) {
                (event, _) if self.skipping > 0 => self.skip(event, at),
                (Event::Text(text) | Event::Html(text), Some(raw)) => raw.push_str(&text),
                (Event::Start(tag), _) => self.start(tag, at),
                (Event::End(tag), _) => self.end(tag, at),
                (Event::Rule, _) => {
                    self.end_paragraph();
                    self.add(BlockKind::Rule, at);
                }
                (event, _) => self.inline(event, at),
            }
        }
    }

    /// Keeps the words of what is nested too deep, in one paragraph.
    fn skip(&mut self, event: Event<'_>, at: Range<usize>) {
        self.lost_note |= matches!(event, Event::Start(Tag::FootnoteDefinition(_)));
        match event {
            Event::Start(_) => self.skipping += 1,
            Event::End(_) => self.skipping -= 1,
            _ => {}
        }
        match event {
            Event::Text(text) | Event::Code(text) => self.run(&at).text(&text, at),
            _ => self.run(&at).space(at),
        }
        if self.skipping == 0 {
            self.end_paragraph();
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::Emphasis => return self.run(&at).open_mark(Mark::Emph),
            Tag::Strong => return self.run(&at).open_mark(Mark::Strong),
            Tag::Link { link_type, dest_url, title, .. } => {
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                return self.run(&at).open_link(&format!("{mail}{dest_url}"), &title, at);
            }
            Tag::Image { dest_url, title, .. } => return self.run(&at).open_image(&dest_url, &title, at),
            _ => self.end_paragraph(),
        }
        match tag {
            Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) if self.depth() >= DEEPEST => {
                self.too_deep.get_or_insert(At(self.source.source(at)));
                self.lost_note |= matches!(tag, Tag::FootnoteDefinition(_));
                self.skipping = 1;
            }
            Tag::Paragraph => {
                self.loosen();
                self.run(&at);
            }
            Tag::BlockQuote(_) => self.open(OpenKind::Quote),
            Tag::FootnoteDefinition(name) => self.open(OpenKind::Footnote(label(&name))),
            Tag::List(start) => self.open(OpenKind::List { start, tight: true, items: Vec::new() }),
            Tag::Item => self.open(OpenKind::Item),
            Tag::Table(align) => {
                let align = align.into_iter().map(Align::from).collect();
                self.open(OpenKind::Table { align, rows: Vec::new() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(OpenKind::Table { rows, .. }) = self.top() {
                    rows.push(Vec::new());
                }
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.raw = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.run(&at).close(),
            TagEnd::Image => self.run(&at).close_image(),
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => {
                let inlines = self.end_line();
                if !inlines.is_empty() {
                    let level = level as u8;
                    self.add(BlockKind::Heading { level, inlines }, at);
                }
            }
            TagEnd::TableCell => {
                let cell = self.run.take().map_or_else(Vec::new, |(run, _)| run.finish(false));
                if let Some(OpenKind::Table { rows, .. }) = self.top()
                    && let Some(row) = rows.last_mut()
                {
                    row.push(cell);
                }
            }
            TagEnd::CodeBlock => {
                let code = self.raw.take().unwrap_or_default();
                self.add(BlockKind::Code(code.strip_suffix('\n').unwrap_or(&code).to_owned()), at);
            }
            TagEnd::HtmlBlock => {
                let html = self.raw.take().unwrap_or_default();
                let lines: Vec<&str> = html.split('\n').map(|line| line.trim_matches([' ', '\t'])).collect();
                self.add(BlockKind::Html(lines.join("\n").trim_matches('\n').to_owned()), at);
            }
            TagEnd::TableHead | TagEnd::TableRow => {}
            _ => self.close(at),
        }
    }

    fn inline(&mut self, event: Event<'_>, at: Range<usize>) {
        let keeps_notes = self.keeps_notes;
        let in_cell = matches!(self.top(), Some(OpenKind::Table { .. }));
        let run = self.run(&at);
        match event {
            Event::Text(text) => run.text(&text, at),
            Event::Code(code) => run.code(&code, at),
            // A cell is one line: there is no other way to break it, and every reader of tables knows it.
            Event::InlineHtml(html) if in_cell && is_break(&html) => run.hard_break(at),
            Event::InlineHtml(html) => run.other(InlineKind::Html(one_line(&html)), at),
            Event::FootnoteReference(name) if keeps_notes => run.other(InlineKind::Note(label(&name)), at),
            Event::SoftBreak => run.space(at),
            Event::HardBreak => run.hard_break(at),
            _ => {}
        }
    }

    /// The running text at hand; in a tight list a paragraph begins without saying so.
    fn run(&mut self, at: &Range<usize>) -> &mut Run<'a> {
        let source = self.source;
        let (run, all) = self.run.get_or_insert_with(|| (Run::new(source), at.clone()));
        all.end = all.end.max(at.end);
        run
    }

    fn end_paragraph(&mut self) {
        if let Some((run, at)) = self.run.take() {
            let inlines = run.finish(false);
            if !inlines.is_empty() {
                self.add(BlockKind::Paragraph(inlines), at);
            }
        }
    }

    fn end_line(&mut self) -> Vec<Inline> {
        self.run.take().map_or_else(Vec::new, |(run, _)| run.finish(true))
    }

    fn depth(&self) -> usize {
        let counts =
            |open: &&Open| matches!(open.kind, OpenKind::Quote | OpenKind::Footnote(_) | OpenKind::Item);
        self.open.iter().filter(counts).count()
    }

    /// A paragraph that says that it begins is not in a tight list.
    fn loosen(&mut self) {
        if let [.., Open { kind: OpenKind::List { tight, .. }, .. }, Open { kind: OpenKind::Item, .. }] =
            &mut self.open[..]
        {
            *tight = false;
        }
    }

    fn top(&mut self) -> Option<&mut OpenKind> {
        self.open.last_mut().map(|open| &mut open.kind)
    }

    fn open(&mut self, kind: OpenKind) {
        self.open.push(Open { kind, blocks: Vec::new() });
    }

    fn add(&mut self, kind: BlockKind, at: Range<usize>) {
        let at = At(self.source.source(at));
        if let Some(open) = self.open.last_mut() {
            open.blocks.push(Block { at, kind });
        }
    }

    fn close(&mut self, at: Range<usize>) {
        self.end_paragraph();
        let Some(Open { kind, blocks }) = self.open.pop() else { return };
        match kind {
            OpenKind::Quote if blocks.is_empty() => {}
            OpenKind::Quote => self.add(BlockKind::Quote(blocks), at),
            OpenKind::Footnote(label) => self.add(BlockKind::Footnote { label, blocks }, at),
            OpenKind::Item => {
                if let Some(OpenKind::List { items, .. }) = self.top() {
                    items.push(blocks);
                }
            }
            OpenKind::List { start, tight, mut items } => {
                let tight = settle(tight, &mut items);
                let start = start.map(|start| start.min(HIGHEST));
                self.add(BlockKind::List { start, tight, items }, at);
            }
            OpenKind::Table { align, mut rows } => {
                rows.iter_mut().for_each(|row| row.resize(align.len(), Vec::new()));
                let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
                self.add(BlockKind::Table { align, head, rows }, at);
            }
            OpenKind::Document => self.open.push(Open { kind, blocks }),
        }
    }
}

/// Settles whether a list is tight. One that is not loses the empty items at its end: the parser takes a blank line
/// after such an item for the end of what is around the list.
pub(super) fn settle(was: bool, items: &mut Vec<Vec<Block>>) -> bool {
    loop {
        let tight = is_tight(was, items);
        if tight || items.pop_if(|last| last.is_empty()).is_none() {
            return tight;
        }
    }
}

/// Whether a list is written without blank lines: when it was, or when Markdown cannot tell, and when every block can
/// stand directly below the one before it.
fn is_tight(was: bool, items: &[Vec<Block>]) -> bool {
    let paragraph = |block: &Block| matches!(block.kind, BlockKind::Paragraph(_));
    let touches = |pair: &[Block]| paragraph(&pair[0]) && interrupts(&pair[1]);
    let several = items.len() > 1 || items.iter().any(|item| item.len() > 1);
    let mut could_be_loose = several && items.iter().flatten().any(paragraph);
    let mut could_be_tight = items.iter().all(|item| item.windows(2).all(touches));
    for item in items {
        walk(item, &mut |node| match node {
            // Whether a blank line after HTML belongs to it depends on what it says.
            Visited::Block(Block { kind: BlockKind::Html(_), .. }) => could_be_loose = false,
            // The line of an empty note counts as blank.
            Visited::Block(Block { kind: BlockKind::Footnote { blocks, .. }, .. }) => {
                could_be_tight &= !blocks.is_empty();
            }
            _ => {}
        });
    }
    could_be_tight && (was || !could_be_loose)
}

/// Whether a block can stand directly below a paragraph.
fn interrupts(block: &Block) -> bool {
    match &block.kind {
        BlockKind::List { start, items, .. } => {
            start.is_none_or(|start| start == 1) && items.first().is_some_and(|item| !item.is_empty())
        }
        BlockKind::Quote(_) | BlockKind::Code(_) => true,
        _ => false,
    }
}

/// A label of which no part can be mistaken for markup, the same for every mention of the note.
fn label(name: &str) -> String {
    let mut label = String::with_capacity(name.len());
    for c in name.trim().chars() {
        match c {
            ' ' => label.push('-'),
            '-' | '_' | '.' | ':' => label.push(c),
            c if c.is_ascii_alphanumeric() || !c.is_ascii() => label.push(c),
            c => label.push_str(&format!("-{:x}", u32::from(c))),
        }
    }
    label
}

/// Whether HTML is `<br>`, `<br/>` or `<br />`.
fn is_break(html: &str) -> bool {
    let name = html.trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

/// Inline HTML on one line.
fn one_line(html: &str) -> String {
    let lines: Vec<&str> = html.split('\n').map(|line| line.trim_matches([' ', '\t'])).collect();
    lines.join(" ")
}

impl From<Alignment> for Align {
    fn from(alignment: Alignment) -> Self {
        match alignment {
            Alignment::None => Self::None,
            Alignment::Left => Self::Left,
            Alignment::Center => Self::Center,
            Alignment::Right => Self::Right,
        }
    }
}
