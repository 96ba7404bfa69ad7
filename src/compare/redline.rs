//! The redline: both documents as one that can be printed, with what goes and what comes marked in words.
//!
//! A mark is a pair of inline comments, `<del>` … `</del>` and `<ins>` … `</ins>`, around text that says it too:
//! `[utgår: …]`, `[nytt: …]`. Screen readers tell of such marks unevenly, and who copies the text loses them. No other
//! document holds HTML, so exports know these by their kind.

use super::list::section::{first_text, one};
use super::model::{Cell, Comparison, Fate, Item, Node, NodeKind, Part, Row, Sentence, Span, WordKind};
use crate::document::Document;
use crate::markdown::{self, At, Block, BlockKind, Inline, InlineKind, Look, Stretch, StretchKind};

/// How marks begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// Around what goes.
    pub gone: (&'static str, &'static str),
    /// Around what comes.
    pub new: (&'static str, &'static str),
}

impl Signs {
    /// In words, within marks that a layout shows.
    pub const WORDS: Self = Self { gone: ("[utgår: ", "]"), new: ("[nytt: ", "]") };
    /// As CriticMarkup.
    pub const CRITIC: Self = Self { gone: ("{--", "--}"), new: ("{++", "++}") };
}

/// The body of both documents as one.
pub fn body(comparison: &Comparison, signs: Signs) -> Vec<Block> {
    let mut redline = Redline { signs, is_one: false, blocks: Vec::new() };
    redline.nodes(&comparison.body);
    redline.blocks
}

/// A document to print: the list of changes, and from a new page on both documents as one.
pub fn document(new: &Document, comparison: &Comparison, list: Vec<Block>) -> Document {
    let line = |text: &str| markdown::join(&[plain(text)]);
    let title = format!("Jämförelse: {}", new.title());
    let remark = "Jämförelse, inte handlingen. Det som utgår står som [utgår: …] och det nya som [nytt: …].";
    let mut blocks = vec![
        block(BlockKind::Heading { level: 1, inlines: line(&title) }),
        block(BlockKind::Paragraph(line(remark))),
    ];
    blocks.extend(list);
    blocks.push(block(BlockKind::Part { role: NEW_PAGE.into(), blocks: body(comparison, Signs::WORDS) }));
    Document { blocks, is_redline: true, ..new.clone() }
}

/// The role of what begins on a new page.
pub const NEW_PAGE: &str = "ny-sida";

/// The same for the web, where a page has one title.
pub fn page(new: &Document, comparison: &Comparison, list: Vec<Block>) -> Document {
    let mut document = document(new, comparison, list);
    for block in &mut document.blocks {
        if let BlockKind::Part { blocks, .. } = &mut block.kind {
            let titles = blocks.iter_mut().filter_map(|block| match &mut block.kind {
                BlockKind::Heading { level, .. } => Some(level),
                _ => None,
            });
            titles.for_each(|level| *level = (*level).max(2));
        }
    }
    document
}

/// Whether a piece of HTML is a mark of a comparison.
pub fn is_mark(tag: &str) -> bool {
    matches!(tag, "<ins>" | "</ins>" | "<del>" | "</del>")
}

/// The mark that a tag begins, and where among the inlines after it it ends.
pub fn mark(tag: &str, after: &[Inline]) -> Option<(&'static str, usize)> {
    let (name, end) = match tag {
        "<del>" => ("del", "</del>"),
        "<ins>" => ("ins", "</ins>"),
        _ => return None,
    };
    let ends = |inline: &Inline| matches!(&inline.kind, InlineKind::Html(tag) if tag == end);
    after.iter().position(ends).map(|at| (name, at))
}

struct Redline {
    signs: Signs,
    /// Whether a list stays one: what is gone stands within the point before.
    is_one: bool,
    blocks: Vec<Block>,
}

/// Running text in the making.
#[derive(Default)]
struct Line(Vec<Stretch>);

fn html(tag: &str) -> Stretch {
    markdown::stretch(StretchKind::Other(InlineKind::Html(tag.to_owned())), Look::default())
}

fn plain(text: &str) -> Stretch {
    markdown::stretch(StretchKind::Text(text.into()), Look::default())
}

fn block(kind: BlockKind) -> Block {
    Block { at: At::default(), kind }
}

impl Redline {
    fn nodes(&mut self, nodes: &[Node]) {
        for (at, node) in nodes.iter().enumerate() {
            self.node(node, nodes.get(at + 1));
        }
    }

    fn node(&mut self, node: &Node, next: Option<&Node>) {
        let word = match &node.kind {
            NodeKind::Table { .. } => Some(("en", "tabell")),
            NodeKind::List { .. } => Some(("en", "lista")),
            NodeKind::Quote(_) => Some(("ett", "citat")),
            _ => None,
        };
        match (word, node.fate) {
            (Some((article, word)), Fate::Away(_)) => {
                return self.note(&format!("[flyttat härifrån: {article} {word}]"));
            }
            (Some((_, word)), Fate::Here(_)) => self.note(&format!("[flyttat hit: följande {word}]")),
            _ => {}
        }
        let kind = match &node.kind {
            NodeKind::Paragraph(parts) => return self.paragraph(node.fate, parts, next),
            NodeKind::Heading { level, text } => {
                let mut line = Line::default();
                self.spans(text, None, &mut line);
                let inlines = line.finish();
                // What is gone is no heading of the document: it would stand in its outline.
                match node.fate {
                    Fate::Gone => BlockKind::Paragraph(vec![Inline {
                        at: At::default(),
                        kind: InlineKind::Strong(inlines),
                    }]),
                    _ => BlockKind::Heading { level: level.new, inlines },
                }
            }
            NodeKind::List { start, tight, items } => return self.list(start.new, tight.new, items),
            NodeKind::Quote(body) => BlockKind::Quote(self.inner(body)),
            NodeKind::Table { columns, rows } => BlockKind::Table {
                align: columns.iter().map(|column| column.align.new).collect(),
                head: rows.first().map(|row| self.row(row)).unwrap_or_default(),
                rows: rows.iter().skip(1).map(|row| self.row(row)).collect(),
            },
            NodeKind::Code(text) | NodeKind::Html(text) => {
                if !text.is_same() {
                    self.note("[koden är ändrad]");
                }
                BlockKind::Code(text.new.clone().or_else(|| text.old.clone()).unwrap_or_default())
            }
            NodeKind::Rule => BlockKind::Rule,
            // Nothing refers to a note that is gone any longer.
            NodeKind::Footnote { body, .. } if node.fate == Fate::Gone => return self.nodes(body),
            NodeKind::Footnote { label, body } => {
                BlockKind::Footnote { label: label.new.clone(), blocks: self.inner(body) }
            }
            NodeKind::Part { role, body } => return self.part(role, body),
            NodeKind::Arrived(body) => {
                self.note("[flyttat hit: följande avsnitt]");
                return self.nodes(body);
            }
            NodeKind::Left(body) => {
                let heading = body.iter().find_map(|node| match &node.kind {
                    NodeKind::Heading { text, .. } => Some(one(text)),
                    _ => None,
                });
                return self.note(&format!("[flyttat härifrån: {}]", heading.unwrap_or_default()));
            }
        };
        self.blocks.push(block(kind));
    }

    fn inner(&self, nodes: &[Node]) -> Vec<Block> {
        let mut inner = Self { signs: self.signs, is_one: false, blocks: Vec::new() };
        inner.nodes(nodes);
        inner.blocks
    }

    /// Blocks with a role. A list has the role of a part alone: what is gone before it stands outside.
    fn part(&mut self, role: &str, body: &[Node]) {
        let part = |blocks| block(BlockKind::Part { role: role.to_owned(), blocks });
        let is_list = |node: &Node| matches!(node.kind, NodeKind::List { .. });
        if !body.iter().all(is_list) {
            let inner = self.inner(body);
            return self.blocks.push(part(inner));
        }
        let mut inner = Self { signs: self.signs, is_one: true, blocks: Vec::new() };
        inner.nodes(body);
        self.blocks.extend(inner.blocks.into_iter().map(|inner| match inner.kind {
            BlockKind::List { .. } => part(vec![inner]),
            _ => inner,
        }));
    }

    /// A remark of its own, which is neither document's text.
    fn note(&mut self, text: &str) {
        let row = [plain(text)];
        self.blocks.push(block(BlockKind::Paragraph(markdown::join(&row))));
    }

    fn paragraph(&mut self, end: Fate, parts: &[Part], next: Option<&Node>) {
        let mut line = Line::default();
        let mut before = Fate::Same;
        for part in parts {
            match part {
                Part::Line(_) => line.0.push(markdown::stretch(StretchKind::Break, Look::default())),
                Part::Sentence(sentence) => {
                    // Of a passage that moved it is said once.
                    let goes_on = sentence.fate == before;
                    self.sentence(sentence, goes_on, &mut line);
                    before = sentence.fate;
                }
            }
        }
        let stays = |sentence: Option<&Part>| {
            matches!(sentence, Some(Part::Sentence(Sentence { fate: Fate::Same, .. })))
        };
        let goes_on =
            matches!(next, Some(Node { kind: NodeKind::Paragraph(next), .. }) if stays(next.first()));
        if stays(parts.last()) && goes_on && end != Fate::Same {
            let said = if end == Fate::New { "[nytt stycke]" } else { "[stycket fortsätter]" };
            line.0.extend([plain(" "), plain(said)]);
        }
        let inlines = line.finish();
        if !inlines.is_empty() {
            self.blocks.extend(with_pictures_alone(inlines));
        }
    }

    fn sentence(&self, sentence: &Sentence, goes_on: bool, line: &mut Line) {
        match sentence.fate {
            Fate::Away(_) if goes_on => {}
            Fate::Here(_) if goes_on => self.spans(&sentence.spans, None, line),
            Fate::Away(_) => {
                let said = format!("[flyttat härifrån: {}]", beginning(&one(&sentence.spans)));
                line.0.extend([plain(" "), plain(&said)]);
            }
            Fate::Here(_) => {
                line.0.push(plain(" [flyttat hit]"));
                self.spans(&sentence.spans, None, line);
            }
            Fate::Same => self.spans(&sentence.spans, None, line),
            fate => self.spans(&sentence.spans, Some(fate), line),
        }
    }

    /// Words with their marks; `all` is the fate of all of them, where they have one.
    fn spans(&self, spans: &[Span], all: Option<Fate>, line: &mut Line) {
        for span in spans {
            let fate = all.unwrap_or(span.fate);
            let signs = match fate {
                // The other form stands beside it.
                Fate::Gone if span.form => continue,
                Fate::Gone => Some(("<del>", self.signs.gone, "</del>")),
                Fate::New if !span.form => Some(("<ins>", self.signs.new, "</ins>")),
                _ => None,
            };
            if span.words.first().is_some_and(|word| word.spaced) {
                line.0.push(plain(" "));
            }
            if let Some((tag, (open, _), _)) = signs {
                // The words stand outside: a point that is nothing but a mark would begin with no text.
                line.0.extend([plain(open), html(tag)]);
            }
            for (at, word) in span.words.iter().enumerate() {
                if at > 0 && word.spaced {
                    line.0.push(word.space());
                }
                line.0.push(match &word.kind {
                    // In what is gone there is neither a picture nor a note any longer.
                    WordKind::Picture { .. } if fate == Fate::Gone => plain(&format!("bild: {}", word.text)),
                    WordKind::Note if fate == Fate::Gone => plain("fotnot"),
                    _ if fate == Fate::Gone => leading_out(word.stretch()),
                    _ => word.stretch(),
                });
            }
            if let Some((_, (_, close), tag)) = signs {
                line.0.extend([html(tag), plain(close)]);
            }
        }
    }

    fn row(&self, row: &Row) -> Vec<Vec<Inline>> {
        let all = match row.fate {
            Fate::New | Fate::Gone => Some(row.fate),
            Fate::Away(_) => Some(Fate::Gone),
            _ => None,
        };
        let cell = |(at, cell): (usize, &Cell)| {
            let mut line = Line::default();
            if at == 0 && matches!(row.fate, Fate::Here(_)) {
                line.0.push(plain("[flyttat hit] "));
            }
            self.spans(&cell.text, all, &mut line);
            line.finish()
        };
        row.cells.iter().enumerate().map(cell).collect()
    }

    /// A list. What is gone has no number, and stands between the points that have.
    fn list(&mut self, start: Option<u64>, tight: bool, items: &[Item]) {
        let mut run: Vec<Vec<Block>> = Vec::new();
        let mut next = start;
        let mut first = start;
        for item in items {
            let mut inner = self.inner(&item.body);
            match item.fate {
                Fate::Gone if self.is_one && !run.is_empty() => {
                    run.last_mut().into_iter().for_each(|before| before.append(&mut inner));
                }
                Fate::Away(_) if self.is_one => {}
                Fate::Gone | Fate::Away(_) if start.is_some() => {
                    self.end_list(first, tight, &mut run);
                    first = next;
                    if matches!(item.fate, Fate::Away(_)) {
                        let said = beginning(&first_text(&item.body).unwrap_or_default());
                        self.note(&format!("[flyttat härifrån: {said}]"));
                    } else {
                        self.blocks.append(&mut inner);
                    }
                }
                Fate::Away(_) => {}
                fate => {
                    if matches!(fate, Fate::Here(_)) {
                        let row = [plain("[flyttat hit:]")];
                        inner.insert(0, block(BlockKind::Paragraph(markdown::join(&row))));
                    }
                    run.push(inner);
                    next = next.map(|next| next + 1);
                }
            }
        }
        self.end_list(first, tight, &mut run);
    }

    fn end_list(&mut self, start: Option<u64>, tight: bool, run: &mut Vec<Vec<Block>>) {
        if !run.is_empty() {
            self.blocks.push(block(BlockKind::List { start, tight, items: std::mem::take(run) }));
        }
    }
}

impl Line {
    fn finish(self) -> Vec<Inline> {
        markdown::join(&self.0)
    }
}

/// Without a link to a place in the document, where there is none for what is gone.
fn leading_out(mut stretch: Stretch) -> Stretch {
    if stretch.look.link.as_ref().is_some_and(|(url, _)| url.starts_with('#')) {
        stretch.look.link = None;
    }
    stretch
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    let mut words = text.split(' ');
    let said = words.by_ref().take(6).collect::<Vec<_>>().join(" ");
    if words.next().is_some() { format!("{said} …") } else { said }
}

/// Whether an inline is the end of the mark that another begins: `</ins>` of `<ins>`.
fn closes(inline: &Inline, before: &Inline) -> bool {
    match (&before.kind, &inline.kind) {
        (InlineKind::Html(begin), InlineKind::Html(end)) => {
            end.strip_prefix("</").is_some_and(|name| begin.strip_prefix('<') == Some(name))
        }
        _ => false,
    }
}

/// A picture stands in a paragraph of its own, its marks before it.
fn with_pictures_alone(inlines: Vec<Inline>) -> Vec<Block> {
    let is_picture = |inline: &Inline| matches!(inline.kind, InlineKind::Image { .. });
    if inlines.len() == 1 || !inlines.iter().any(is_picture) {
        return vec![block(BlockKind::Paragraph(inlines))];
    }
    let (pictures, others): (Vec<_>, Vec<_>) = inlines.into_iter().partition(is_picture);
    let mut text: Vec<Inline> = Vec::new();
    for inline in others {
        // Marks that were around a picture are around nothing.
        match text.last().is_some_and(|before| closes(&inline, before)) {
            true => drop(text.pop()),
            false => text.push(inline),
        }
    }
    let paragraph = |inlines| block(BlockKind::Paragraph(inlines));
    std::iter::once(paragraph(text))
        .chain(pictures.into_iter().map(|picture| paragraph(vec![picture])))
        .collect()
}
