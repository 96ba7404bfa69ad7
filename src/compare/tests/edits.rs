//! Random edits of a body, as reviewers make them.

use proptest::prelude::*;

use super::abbreviations;
use crate::markdown::{self, Block, BlockKind, Inline, StretchKind};

/// An edit, and numbers that choose where.
#[derive(Clone, Debug)]
pub struct Edit {
    pub kind: EditKind,
    pub at: usize,
    pub to: usize,
}

#[derive(Clone, Copy, Debug)]
pub enum EditKind {
    Word,
    Sentence,
    NewSentence,
    Split,
    Join,
    Delete,
    Insert,
    Move,
    Swap,
    Heading,
    Level,
    Item,
    NewItem,
    MoveItem,
    Cell,
    Row,
    Column,
    Emphasis,
    Space,
    Amount,
}

const KINDS: [EditKind; 20] = [
    EditKind::Word,
    EditKind::Sentence,
    EditKind::NewSentence,
    EditKind::Split,
    EditKind::Join,
    EditKind::Delete,
    EditKind::Insert,
    EditKind::Move,
    EditKind::Swap,
    EditKind::Heading,
    EditKind::Level,
    EditKind::Item,
    EditKind::NewItem,
    EditKind::MoveItem,
    EditKind::Cell,
    EditKind::Row,
    EditKind::Column,
    EditKind::Emphasis,
    EditKind::Space,
    EditKind::Amount,
];

/// Some edits.
pub fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let edit = (proptest::sample::select(KINDS.to_vec()), any::<u16>(), any::<u16>())
        .prop_map(|(kind, at, to)| Edit { kind, at: at.into(), to: to.into() });
    proptest::collection::vec(edit, 1..=most)
}

/// The blocks after the edits, as Markdown gives them back.
pub fn apply(blocks: &[Block], edits: &[Edit]) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    for edit in edits {
        one(&mut blocks, edit);
    }
    blocks
}

fn one(blocks: &mut Vec<Block>, edit: &Edit) {
    match edit.kind {
        EditKind::Delete if blocks.len() > 2 => {
            blocks.remove(1 + edit.at % (blocks.len() - 1));
        }
        EditKind::Insert => blocks.insert(
            1 + edit.at % blocks.len(),
            paragraph("Ett helt nytt stycke om kvastar och hinkar. Det står här."),
        ),
        EditKind::Move if blocks.len() > 2 => {
            let block = blocks.remove(1 + edit.at % (blocks.len() - 1));
            let to = 1 + edit.to % blocks.len();
            blocks.insert(to, block);
        }
        EditKind::Swap if blocks.len() > 2 => {
            let length = blocks.len() - 1;
            blocks.swap(1 + edit.at % length, 1 + edit.to % length);
        }
        EditKind::Split | EditKind::Join => break_or_join(blocks, edit),
        _ => {
            let mut texts = Vec::new();
            within(blocks, &mut texts);
            if !texts.is_empty() {
                let at = edit.at % texts.len();
                texts.swap_remove(at).edit(edit);
            }
        }
    }
}

fn break_or_join(blocks: &mut Vec<Block>, edit: &Edit) {
    let is_paragraph = |block: &Block| matches!(block.kind, BlockKind::Paragraph(_));
    let found: Vec<usize> = (1..blocks.len()).filter(|at| is_paragraph(&blocks[*at])).collect();
    if found.is_empty() {
        return;
    }
    let at = found[edit.at % found.len()];
    let BlockKind::Paragraph(inlines) = blocks[at].kind.clone() else { return };
    if matches!(edit.kind, EditKind::Split) {
        let row = markdown::row(&inlines);
        let Some((stretch, end)) = markdown::sentence_ends(&row, abbreviations()).first().copied() else {
            return;
        };
        let StretchKind::Text(text) = &row[stretch].kind else { return };
        let piece = |part: &str| markdown::stretch(StretchKind::Text(part.into()), row[stretch].look.clone());
        let first = [&row[..stretch], &[piece(&text[..end])]].concat();
        let second = [&[piece(&text[end + 1..])], &row[stretch + 1..]].concat();
        let block = |row: &[markdown::Stretch]| Block {
            at: Default::default(),
            kind: BlockKind::Paragraph(markdown::join(row)),
        };
        blocks.splice(at..=at, [block(&first), block(&second)]);
    } else if let Some(BlockKind::Paragraph(next)) = blocks.get(at + 1).map(|block| block.kind.clone()) {
        let space = markdown::stretch(StretchKind::Text(" ".into()), Default::default());
        let row = [markdown::row(&inlines), vec![space], markdown::row(&next)].concat();
        blocks[at].kind = BlockKind::Paragraph(markdown::join(&row));
        blocks.remove(at + 1);
    }
}

/// What an edit within a block can change.
enum Target<'a> {
    Text(&'a mut Vec<Inline>, bool),
    Level(&'a mut u8),
    Items(&'a mut Vec<Vec<Block>>),
    Table(&'a mut BlockKind),
}

fn within<'a>(blocks: &'a mut [Block], out: &mut Vec<Target<'a>>) {
    for block in blocks {
        if matches!(block.kind, BlockKind::Table { .. }) {
            out.push(Target::Table(&mut block.kind));
            continue;
        }
        match &mut block.kind {
            BlockKind::Heading { level, inlines } => {
                if *level > 1 {
                    out.push(Target::Level(level));
                }
                out.push(Target::Text(inlines, false));
            }
            BlockKind::Paragraph(inlines) => out.push(Target::Text(inlines, true)),
            BlockKind::List { items, .. } => match items.len() {
                0 | 1 => items.iter_mut().for_each(|item| within(item, out)),
                _ => out.push(Target::Items(items)),
            },
            BlockKind::Quote(body)
            | BlockKind::Footnote { blocks: body, .. }
            | BlockKind::Part { blocks: body, .. } => {
                within(body, out);
            }
            _ => {}
        }
    }
}

impl Target<'_> {
    fn edit(self, edit: &Edit) {
        match self {
            Self::Text(inlines, is_paragraph) => text(inlines, is_paragraph, edit),
            Self::Level(level) => *level = if *level > 2 { *level - 1 } else { 3 },
            Self::Items(items) => {
                let at = edit.to % items.len();
                match edit.kind {
                    EditKind::Item if items.len() > 1 => {
                        items.remove(at);
                    }
                    EditKind::MoveItem => {
                        let item = items.remove(at);
                        items.push(item);
                    }
                    EditKind::Word | EditKind::Amount | EditKind::Sentence => {
                        let mut texts = Vec::new();
                        within(&mut items[at], &mut texts);
                        if let Some(first) = texts.into_iter().next() {
                            first.edit(edit);
                        }
                    }
                    _ => items.insert(at, vec![paragraph("En punkt som ingen har sett förut.")]),
                }
            }
            Self::Table(kind) => table(kind, edit),
        }
    }
}

fn table(kind: &mut BlockKind, edit: &Edit) {
    let BlockKind::Table { align, head, rows } = kind else { return };
    match edit.kind {
        EditKind::Row if rows.len() > 1 => {
            rows.remove(edit.to % rows.len());
        }
        EditKind::NewItem => rows.push(vec![parsed("Ny rad"); align.len()]),
        EditKind::MoveItem if !rows.is_empty() => {
            let row = rows.remove(edit.to % rows.len());
            rows.push(row);
        }
        EditKind::Column if align.len() > 1 => {
            let at = edit.to % align.len();
            align.remove(at);
            head.remove(at);
            rows.iter_mut().for_each(|row| drop(row.remove(at)));
        }
        EditKind::Insert | EditKind::NewSentence => {
            align.push(markdown::Align::Right);
            head.push(parsed("Ny"));
            rows.iter_mut().for_each(|row| row.push(parsed("17")));
        }
        _ => {
            let (columns, count) = (align.len(), rows.len().max(1));
            if let Some(row) = rows.get_mut(edit.to % count) {
                row[edit.at % columns] = parsed("ändrad cell");
            }
        }
    }
}

fn text(inlines: &mut Vec<Inline>, is_paragraph: bool, edit: &Edit) {
    let mut row = markdown::row(inlines);
    let texts: Vec<usize> = (0..row.len())
        .filter(|at| matches!(&row[*at].kind, StretchKind::Text(text) if text.len() > 1))
        .collect();
    let Some(at) = texts.get(edit.to % texts.len().max(1)).copied() else { return };
    let StretchKind::Text(said) = row[at].kind.clone() else { return };
    let mut words: Vec<&str> = said.split(' ').collect();
    let place = edit.to / 7 % words.len();
    match edit.kind {
        EditKind::Word => words[place] = "annorlunda",
        EditKind::Amount => words[place] = "12\u{a0}345\u{a0}kronor",
        EditKind::Space => words[place] = "icke\u{a0}brytande",
        EditKind::Sentence if is_paragraph => words[place] = "något. Helt nya ord följer här. Sedan",
        EditKind::NewSentence if is_paragraph => words.insert(place, "slut. Detta är en ny mening. Och"),
        EditKind::Emphasis => {
            *inlines = parsed(&format!("**{}**", markdown::plain(inlines).replace(['*', '_'], "")));
            return;
        }
        _ => {
            words.remove(place);
        }
    }
    let words = words.join(" ");
    row[at].kind = StretchKind::Text(words.as_str().into());
    let joined = markdown::join(&row);
    if !joined.is_empty() {
        *inlines = joined;
    }
}

pub(super) fn parsed(text: &str) -> Vec<Inline> {
    match markdown::parse(text).blocks.into_iter().next().map(|block| block.kind) {
        Some(BlockKind::Paragraph(inlines)) => inlines,
        _ => Vec::new(),
    }
}

pub(super) fn paragraph(text: &str) -> Block {
    Block { at: Default::default(), kind: BlockKind::Paragraph(parsed(text)) }
}
