//! Either document out of a comparison.

use serde_json::{Map, Value as Json};

use super::model::{Comparison, Fate, Item, Node, NodeKind, Part, Row, Span, Step};
use crate::markdown::{self, At, Block, BlockKind, Inline, Stretch, StretchKind};

/// One of the two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Every change rejected.
    Old,
    /// Every change accepted.
    New,
}

impl Side {
    fn has(self, fate: Fate) -> bool {
        match self {
            Self::Old => fate.is_old(),
            Self::New => fate.is_new(),
        }
    }

    fn of<T>(self, both: &super::Both<T>) -> &T {
        match self {
            Self::Old => &both.old,
            Self::New => &both.new,
        }
    }
}

/// The body of the old document or of the new one.
pub fn resolve(comparison: &Comparison, side: Side) -> Vec<Block> {
    blocks(&comparison.body, side)
}

/// The front matter of the old document or of the new one.
pub fn resolve_front(comparison: &Comparison, side: Side) -> Map<String, Json> {
    let mut front = Json::Object(Map::new());
    for value in &comparison.front {
        if let (Some(path), Some(text)) = (side.of(&value.path), side.of(&value.text)) {
            put(&mut front, path, text);
        }
    }
    match front {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

fn put(into: &mut Json, path: &[Step], text: &str) {
    let Some((step, rest)) = path.split_first() else {
        *into = text.into();
        return;
    };
    match step {
        Step::Key(key) => {
            if !into.is_object() {
                *into = Json::Object(Map::new());
            }
            if let Json::Object(map) = into {
                put(map.entry(key.clone()).or_insert(Json::Null), rest, text);
            }
        }
        Step::Index(index) => {
            if !into.is_array() {
                *into = Json::Array(Vec::new());
            }
            if let Json::Array(list) = into {
                list.resize(list.len().max(index + 1), Json::Null);
                put(&mut list[*index], rest, text);
            }
        }
    }
}

fn blocks(nodes: &[Node], side: Side) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = Vec::new();
    for node in nodes {
        if let NodeKind::Paragraph(parts) = &node.kind {
            stretches(parts, side, &mut open);
            if side.has(node.fate) {
                end(&mut open, &mut blocks);
            }
        } else if side.has(node.fate) {
            end(&mut open, &mut blocks);
            match &node.kind {
                NodeKind::Arrived(inner) | NodeKind::Left(inner) => {
                    blocks.extend(self::blocks(inner, side.within(node.fate)))
                }
                kind => blocks.extend(block(kind, side).map(|kind| Block { at: At::default(), kind })),
            }
        }
    }
    end(&mut open, &mut blocks);
    blocks
}

impl Side {
    /// What is taken of the inside of something with this fate: what is away is as it was.
    fn within(self, fate: Fate) -> Self {
        if matches!(fate, Fate::Away(_)) { Self::Old } else { self }
    }
}

fn end(open: &mut Vec<Stretch>, blocks: &mut Vec<Block>) {
    let inlines = markdown::join(&std::mem::take(open));
    if !inlines.is_empty() {
        blocks.push(Block { at: At::default(), kind: BlockKind::Paragraph(inlines) });
    }
}

fn stretches(parts: &[Part], side: Side, out: &mut Vec<Stretch>) {
    for part in parts {
        match part {
            Part::Sentence(sentence) if side.has(sentence.fate) => words(&sentence.spans, side, out),
            Part::Line(fate) if side.has(*fate) => {
                out.push(markdown::stretch(StretchKind::Break, Default::default()));
            }
            _ => {}
        }
    }
}

fn words(spans: &[Span], side: Side, out: &mut Vec<Stretch>) {
    for word in spans.iter().filter(|span| side.has(span.fate)).flat_map(|span| &span.words) {
        out.extend(word.spaced.then(|| word.space()));
        out.push(word.stretch());
    }
}

fn line(spans: &[Span], side: Side) -> Vec<Inline> {
    let mut row = Vec::new();
    words(spans, side, &mut row);
    markdown::join(&row)
}

fn block(kind: &NodeKind, side: Side) -> Option<BlockKind> {
    Some(match kind {
        NodeKind::Heading { level, text } => {
            BlockKind::Heading { level: *side.of(level), inlines: line(text, side) }
        }
        NodeKind::List { start, tight, items } => {
            let items = items.iter().filter(|item| side.has(item.fate));
            let items = items.map(|Item { fate, body, .. }| blocks(body, side.within(*fate))).collect();
            BlockKind::List { start: *side.of(start), tight: *side.of(tight), items }
        }
        NodeKind::Quote(body) => BlockKind::Quote(blocks(body, side)),
        NodeKind::Table { columns, rows } => {
            let align = columns.iter().filter(|column| side.has(column.fate));
            let align = align.map(|column| *side.of(&column.align)).collect();
            let mut rows = rows.iter().filter(|row| side.has(row.fate)).map(|Row { cells, .. }| {
                let cells = cells.iter().zip(columns).filter(|(_, column)| side.has(column.fate));
                cells.map(|(cell, _)| line(&cell.text, side)).collect()
            });
            BlockKind::Table { align, head: rows.next().unwrap_or_default(), rows: rows.collect() }
        }
        NodeKind::Code(text) => BlockKind::Code(side.of(text).clone()?),
        NodeKind::Html(text) => BlockKind::Html(side.of(text).clone()?),
        NodeKind::Rule => BlockKind::Rule,
        NodeKind::Footnote { label, body } => {
            BlockKind::Footnote { label: side.of(label).clone(), blocks: blocks(body, side) }
        }
        NodeKind::Part { role, body } => BlockKind::Part { role: role.clone(), blocks: blocks(body, side) },
        NodeKind::Paragraph(_) | NodeKind::Arrived(_) | NodeKind::Left(_) => return None,
    })
}
