//! The body: blocks and inlines.

mod notes;
mod table;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::looks::Insets;
use super::markup::{Attribute, Markup};
use super::{address, enclosed, source_of_picture};
use crate::compare::redline;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::export::headings::Headings;
use crate::export::outline::{Decision, LINES, Notes, SIGNATURES, heading_of, is_caption, section_end};
use crate::export::points::{self, DECISION};
use crate::export::prepared::{ATTACHED, SUBPOINTS, attachment_id};
use crate::export::{Images, Outside, ascii_slug, reservations, statements};
use crate::fonts::Widths;
use crate::library::Templates;
use crate::markdown::{Block, BlockKind, Inline, InlineKind, plain};

/// The class of the list of what is enclosed.
const ENCLOSED: &str = "bilagor";

/// What the addresses begin with that the page itself gives, most with numbers behind.
const MADE: &[&str] = &[
    DECISION,
    "bilaga",
    "fotnot",
    "fotnoter",
    "innehall",
    "reservationer",
    "samma-dokument",
    "tabell",
    "till-fotnot",
];

/// Writes a document's blocks.
pub struct Body<'a> {
    document: &'a Document,
    images: &'a Images,
    widths: &'a Widths,
    notes: Notes<'a>,
    headings: Headings,
    decision: Decision,
    publish: bool,
    ids: HashSet<String>,
    /// The headings that something leads to, and the points of the decision, by where they begin.
    targets: BTreeMap<usize, String>,
    /// The organs that speak without a heading, likewise.
    statements: BTreeMap<usize, String>,
    /// How often each note was referred to so far.
    cited: HashMap<usize, usize>,
    tables: usize,
    insets: Insets,
    out: Markup,
    problems: Vec<Diagnostic>,
}

impl<'a> Body<'a> {
    /// A writer of a document; what is to `publish` leads to files by names for the open web.
    pub fn new(document: &'a Document, templates: &'a Templates, images: &'a Images, publish: bool) -> Self {
        let headings = Headings::of(document, templates);
        let kind = templates.kinds().get(&document.front.mall.text);
        // Each point can be referred to, also from elsewhere.
        let mut targets = reservations::ids(&document.blocks);
        targets.extend(points::ids(&document.blocks, &headings));
        Self {
            document,
            images,
            widths: templates.widths(),
            notes: Notes::of(&document.blocks),
            decision: Decision::of(&document.blocks, &headings),
            headings,
            publish,
            targets,
            statements: statements::of(&document.blocks, kind.map(AsRef::as_ref)),
            ids: HashSet::new(),
            cited: HashMap::new(),
            tables: 0,
            insets: Insets::default(),
            out: Markup::default(),
            problems: Vec::new(),
        }
    }

    /// The whole body and the footnotes below it, and how far in its cells stand.
    ///
    /// # Errors
    /// Pictures that are shown and not there.
    pub fn write(mut self) -> Result<(String, Insets), Vec<Diagnostic>> {
        let blocks = &self.document.blocks;
        let mut at = 0;
        while at < blocks.len() {
            at = self.top(blocks, at);
        }
        self.footnotes();
        if self.problems.is_empty() { Ok((self.out.finish(), self.insets)) } else { Err(self.problems) }
    }

    /// Writes a block of the top level, and what belongs to it; gives the next.
    fn top(&mut self, blocks: &'a [Block], at: usize) -> usize {
        if self.decision.heading == Some(at) {
            let end = self.decision.end;
            let id = self.heading_id(&blocks[at]);
            self.out.open("section", &[("class", "beslut"), ("id", DECISION), ("aria-labelledby", &id)]);
            self.out.line();
            self.block(&blocks[at], Some(&id));
            self.blocks(&blocks[at + 1..end]);
            self.out.end("section");
            return end;
        }
        if self.headings.is_over_attachments(&blocks[at]) {
            let end = self.end_of_attachments(blocks, at);
            self.block(&blocks[at], None);
            self.attachments(&blocks[at + 1..end]);
            return end;
        }
        if at == 0
            && matches!(&blocks.get(1), Some(Block { kind: BlockKind::Part { role, .. }, .. }) if role == "underrubrik")
        {
            self.out.open("hgroup", &[]);
            self.out.line();
            self.blocks(&blocks[..2]);
            self.out.end("hgroup");
            return 2;
        }
        let next = self.next(blocks, at);
        if self.decision.conclusion == Some(at) {
            self.out.open("p", &[("class", "vidare")]);
            self.out.element("a", &[("href", &format!("#{DECISION}"))], "Till förslaget till beslut");
            self.out.close("p");
            self.out.line();
        }
        next
    }

    /// Where what is enclosed ends: with its section, or where an organ of an utlåtande speaks.
    fn end_of_attachments(&self, blocks: &[Block], heading: usize) -> usize {
        let end = section_end(blocks, heading);
        let speaks = |block: &Block| self.statements.contains_key(&block.at.0.start);
        blocks[..end].iter().skip(heading).position(speaks).map_or(end, |after| heading + after)
    }

    /// What is enclosed: a list, also where each stands as a paragraph.
    fn attachments(&mut self, blocks: &'a [Block]) {
        let is_paragraph = |block: &&Block| matches!(block.kind, BlockKind::Paragraph(_));
        let several = blocks.iter().take_while(is_paragraph).count();
        if several > 0 {
            self.lines(ENCLOSED, &blocks[..several]);
        }
        self.blocks(&blocks[several..]);
    }

    /// Paragraphs that are a list.
    fn lines(&mut self, class: &str, blocks: &'a [Block]) {
        self.out.open("ul", &[("class", class)]);
        for (at, block) in blocks.iter().enumerate() {
            self.out.open("li", &[]);
            if let BlockKind::Paragraph(inlines) = &block.kind {
                match self.document.front.file_of_enclosure(at).filter(|_| class == ENCLOSED) {
                    Some(file) => self.linked(file, inlines),
                    None => self.inlines(inlines),
                }
            }
            self.out.end("li");
        }
        self.out.end("ul");
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        let mut at = 0;
        while at < blocks.len() {
            at = self.next(blocks, at);
        }
    }

    /// Writes a block, a table with its caption; gives the next.
    fn next(&mut self, blocks: &'a [Block], at: usize) -> usize {
        if let (Block { kind: BlockKind::Paragraph(caption), .. }, Some(table)) =
            (&blocks[at], blocks.get(at + 1))
            && let BlockKind::Table { align, head, rows } = &table.kind
            && is_caption(&blocks[at], Some(table))
        {
            self.table(align, head, rows, Some(caption));
            return at + 2;
        }
        self.block(&blocks[at], None);
        at + 1
    }

    fn block(&mut self, block: &'a Block, id: Option<&str>) {
        match &block.kind {
            BlockKind::Heading { level, inlines } => {
                let id = id.map_or_else(|| self.heading_id(block), str::to_owned);
                let name = format!("h{level}");
                self.out.open(&name, &[("id", &id)]);
                self.inlines(inlines);
                self.out.end(&name);
            }
            BlockKind::Paragraph(inlines) => self.paragraph(inlines, &[]),
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items, "", &mut |_| None),
            BlockKind::Quote(blocks) => {
                self.out.open("blockquote", &[]);
                self.out.line();
                self.blocks(blocks);
                self.out.end("blockquote");
            }
            BlockKind::Table { align, head, rows } => self.table(align, head, rows, None),
            BlockKind::Code(text) => {
                self.out.open("pre", &[]);
                self.out.element("code", &[], text);
                self.out.end("pre");
            }
            BlockKind::Rule => {
                self.out.open("hr", &[]);
                self.out.line();
            }
            BlockKind::Part { role, blocks } => self.part(role, blocks, id),
            // Below all others; and refused when the document was parsed.
            BlockKind::Footnote { .. } | BlockKind::Html(_) => {}
        }
    }

    fn part(&mut self, role: &str, blocks: &'a [Block], id: Option<&str>) {
        match (role, blocks) {
            (SUBPOINTS, [Block { kind: BlockKind::List { start, tight, items }, .. }]) => {
                self.list(*start, *tight, items, role, &mut |_| None);
            }
            (ATTACHED, [Block { kind: BlockKind::List { start, tight, items }, .. }]) => {
                self.list(*start, *tight, items, role, &mut |at| Some(attachment_id(at + 1)));
            }
            (LINES, blocks) => self.lines(LINES, blocks),
            ("underrubrik" | "ort-datum", [Block { kind: BlockKind::Paragraph(inlines), .. }]) => {
                self.paragraph(inlines, &[("class", role)]);
            }
            _ => {
                let mut attributes = vec![("class", role)];
                if role == SIGNATURES {
                    attributes.extend([("role", "group"), ("aria-label", "Underskrifter")]);
                }
                self.out.open("div", &attributes);
                self.out.line();
                match id.zip(blocks.split_first()) {
                    Some((id, (first, others))) => {
                        self.block(first, Some(id));
                        self.blocks(others);
                    }
                    None => self.blocks(blocks),
                }
                self.out.end("div");
            }
        }
    }

    fn paragraph(&mut self, inlines: &'a [Inline], attributes: &[Attribute]) {
        if let [Inline { kind: InlineKind::Image { url, title, alt }, at }] = inlines {
            self.out.open("figure", &[]);
            match source_of_picture(url, self.images) {
                Some(source) => self.out.open("img", &[("src", &source), ("alt", alt)]),
                None => self
                    .problems
                    .push(crate::export::missing_picture(url).at(self.document.place(at.0.clone()))),
            }
            if !title.is_empty() {
                self.out.element("figcaption", &[], title);
            }
            return self.out.end("figure");
        }
        self.out.open("p", attributes);
        self.inlines(inlines);
        self.out.end("p");
    }

    fn list(
        &mut self,
        start: Option<u64>,
        is_close: bool,
        items: &'a [Vec<Block>],
        role: &str,
        id: &mut dyn FnMut(usize) -> Option<String>,
    ) {
        let name = if start.is_some() { "ol" } else { "ul" };
        let first = start.filter(|start| *start != 1).map(|start| start.to_string());
        let mut attributes: Vec<Attribute> = Vec::new();
        let classes = [(!is_close, "stycken"), (role == SUBPOINTS, SUBPOINTS)];
        let classes: Vec<&str> =
            classes.into_iter().filter(|(is_so, _)| *is_so).map(|(_, class)| class).collect();
        let classes = classes.join(" ");
        if !classes.is_empty() {
            attributes.push(("class", classes.as_str()));
        }
        if role == SUBPOINTS {
            attributes.push(("type", "a"));
        }
        attributes.extend(first.iter().map(|first| ("start", first.as_str())));
        self.out.open(name, &attributes);
        self.out.line();
        for (at, item) in items.iter().enumerate() {
            let id = id(at).or_else(|| self.targets.get(&points::begins(item)?).cloned());
            self.out.open("li", &id.iter().map(|id| ("id", id.as_str())).collect::<Vec<_>>());
            match (self.document.front.file_of_enclosure(at).filter(|_| role == ATTACHED), item.as_slice()) {
                (Some(file), [Block { kind: BlockKind::Paragraph(inlines), .. }]) => {
                    self.linked(file, inlines)
                }
                _ => self.item(item, is_close),
            }
            self.out.end("li");
        }
        self.out.end(name);
    }

    fn item(&mut self, item: &'a [Block], is_close: bool) {
        let mut blocks = item;
        match item.split_first() {
            Some((Block { kind: BlockKind::Paragraph(inlines), .. }, others)) if !is_picture(inlines) => {
                if is_close {
                    self.inlines(inlines);
                } else {
                    // A question that stands over its answer.
                    let is_over = matches!(others.first(), Some(Block { kind: BlockKind::Paragraph(_), .. }));
                    let asks = is_over && plain(inlines).trim_end().ends_with('?');
                    self.paragraph(inlines, if asks { &[("class", "fraga")] } else { &[] });
                }
                blocks = others;
            }
            _ => {}
        }
        self.blocks(blocks);
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match &inline.kind {
            InlineKind::Text(text) => self.out.text(text),
            InlineKind::Emph(inlines) => self.around("em", inlines),
            InlineKind::Strong(inlines) => self.around("strong", inlines),
            InlineKind::Code(text) => self.out.element("code", &[], text),
            InlineKind::Link { url, inlines, .. } => match Outside::of(url) {
                Some(outside) => {
                    self.out.open("a", &[("href", &outside.address)]);
                    self.inlines(inlines);
                    self.out.close("a");
                }
                None => self.inlines(inlines),
            },
            InlineKind::Break => self.out.raw("<br>"),
            InlineKind::Note(label) => self.reference(label),
            // What a comparison marks.
            InlineKind::Html(tag) if redline::is_mark(tag) => self.out.raw(tag),
            // A picture within a text, and other HTML, were refused when the document was parsed.
            InlineKind::Image { .. } | InlineKind::Html(_) => {}
        }
    }

    /// Running text that leads to a file beside the page.
    fn linked(&mut self, file: &str, inlines: &'a [Inline]) {
        let file = enclosed(file, self.publish);
        self.out.open("a", &[("href", &address(&file))]);
        self.inlines(inlines);
        self.out.close("a");
    }

    fn around(&mut self, name: &str, inlines: &'a [Inline]) {
        self.out.open(name, &[]);
        self.inlines(inlines);
        self.out.close(name);
    }

    /// An address of its own for a heading.
    fn heading_id(&mut self, block: &Block) -> String {
        if let Some(id) = self.targets.get(&block.at.0.start) {
            return id.clone();
        }
        let text = heading_of(block).map(|(_, text)| ascii_slug(&text)).unwrap_or_default();
        let name = match text.as_str() {
            "" => "rubrik".to_owned(),
            // One that begins with a digit is no name in a style sheet.
            text if is_made(text) || text.starts_with(|first: char| first.is_ascii_digit()) => {
                format!("avsnitt-{text}")
            }
            _ => text,
        };
        let mut id = name.clone();
        let mut number = 1;
        while !self.ids.insert(id.clone()) {
            number += 1;
            id = format!("{name}-{number}");
        }
        id
    }
}

/// Whether an address is one that the page gives to something else, or could: `beslut-1`, `fotnot-2`.
fn is_made(id: &str) -> bool {
    let numbers = |rest: &str| rest.chars().all(|letter| letter == '-' || letter.is_ascii_digit());
    MADE.iter().any(|made| id.strip_prefix(made).is_some_and(numbers))
}

fn is_picture(inlines: &[Inline]) -> bool {
    matches!(inlines, [Inline { kind: InlineKind::Image { .. }, .. }])
}
