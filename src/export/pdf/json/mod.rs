//! The document as data for the layout.

mod breaks;
mod front;
mod inlines;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use serde_json::{Value as Json, json};

use super::Attachment;
use super::world::DATA;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::export::columns::{Column, Columns};
use crate::export::headings::Headings;
use crate::export::outline::is_caption;
use crate::export::prepared::{ATTACHED, attachment_id};
use crate::export::{Images, points, reservations, statements};
use crate::library::Templates;
use crate::library::kinds::Kind;
use crate::markdown::{Align, Block, BlockKind, Inline, InlineKind, Leaf, Visited, leaves, plain, walk};
use front::{attached, front};
use inlines::placed;

/// What a layout is given.
pub struct Data {
    /// The JSON text that it reads.
    pub text: String,
    /// The pictures and attachments, by the names it uses.
    pub files: Vec<(String, Vec<u8>)>,
    /// How many footnotes there are.
    pub notes: usize,
}

/// How a document is set.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// What becomes of its footnotes.
    pub notes: Footnotes,
    /// Whether tables too wide for the column may use the page's margin.
    pub in_margin: bool,
    /// Whether the layout is told which words are which.
    pub places: Places,
}

impl Way {
    /// As it is asked for.
    pub const USUAL: Self = Self { notes: Footnotes::Set, in_margin: true, places: Places::Untold };
}

/// What becomes of footnotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footnotes {
    /// They are set.
    Set,
    /// They are left out, with the references to them.
    Left,
}

/// Whether the layout is told which words are which, so that they can be found again on its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// It is: each leaf of the document goes along with its number.
    Told,
    /// It is not.
    Untold,
}

/// A document as data.
///
/// # Errors
/// Pictures that are shown and not there.
pub fn document(
    document: &Document,
    kind: Option<&Kind>,
    templates: &Templates,
    images: &Images,
    attachments: &[Attachment],
    way: Way,
) -> Result<Data, Vec<Diagnostic>> {
    let mut writer = Writer {
        document,
        templates,
        images,
        leaves: match way.places {
            Places::Told => numbered(&document.blocks),
            Places::Untold => HashMap::new(),
        },
        notes: if way.notes == Footnotes::Set { footnotes(&document.blocks) } else { BTreeMap::new() },
        cited: BTreeSet::new(),
        addresses: wants_addresses(document, way).then_some(0),
        in_note: false,
        pictures: Vec::new(),
        problems: Vec::new(),
        in_margin: way.in_margin,
        pieces: 0,
        headings: Headings::of(document, templates),
        statements: statements::of(&document.blocks, kind),
        targets: reservations::ids(&document.blocks),
    };
    writer.targets.extend(points::led_to(&document.blocks, &writer.headings));
    let (attached, files) = attached(attachments);
    let front = front(document, kind, attached, (way.places == Places::Told).then_some(writer.leaves.len()));
    let body = writer.blocks(&document.blocks);
    if !writer.problems.is_empty() {
        return Err(writer.problems);
    }
    let files: Vec<_> = writer.pictures.into_iter().chain(files).collect();
    debug_assert!(files.iter().all(|(name, _)| name != DATA));
    Ok(Data {
        text: json!({ "front": front, "body": body }).to_string(),
        files,
        notes: writer.cited.len() + writer.addresses.unwrap_or_default(),
    })
}

/// Whether the addresses of links stand in notes.
fn wants_addresses(document: &Document, way: Way) -> bool {
    let looks = document.front.utseende.as_ref();
    way.notes == Footnotes::Set && looks.is_some_and(|looks| looks.lankadresser.is_some())
}

/// The footnotes by their labels.
fn footnotes(blocks: &[Block]) -> BTreeMap<&str, &[Block]> {
    let mut notes = BTreeMap::new();
    walk(blocks, &mut |node| {
        if let Visited::Block(Block { kind: BlockKind::Footnote { label, blocks }, .. }) = node {
            notes.entry(label.as_str()).or_insert(blocks.as_slice());
        }
    });
    notes
}

/// The leaves of a document by where they stand, with their numbers. What was one leaf before the document
/// was prepared is one still.
fn numbered(blocks: &[Block]) -> HashMap<Range<usize>, usize> {
    let mut numbers = HashMap::new();
    for leaf in leaves(blocks) {
        let next = numbers.len();
        numbers.entry(leaf.range()).or_insert(next);
    }
    numbers
}

/// Lets a block say which leaf it is.
fn tell(block: &mut Json, number: Option<usize>) {
    if let (Json::Object(block), Some(number)) = (block, number) {
        block.insert("nr".into(), number.into());
    }
}

struct Writer<'a> {
    document: &'a Document,
    templates: &'a Templates,
    images: &'a Images,
    /// The numbers of leaves; none when they are not told.
    leaves: HashMap<Range<usize>, usize>,
    notes: BTreeMap<&'a str, &'a [Block]>,
    /// The notes that were printed already.
    cited: BTreeSet<&'a str>,
    /// How many addresses of links stand in notes of their own; none where the profile wants no such notes.
    addresses: Option<usize>,
    in_note: bool,
    pictures: Vec<(String, Vec<u8>)>,
    problems: Vec<Diagnostic>,
    /// Whether tables may use the page's margin.
    in_margin: bool,
    headings: Headings,
    /// Who begins to speak where, without a heading.
    statements: BTreeMap<usize, String>,
    /// The headings and points that something leads to, by where they begin.
    targets: BTreeMap<usize, String>,
    /// How many pieces the text at hand has.
    pieces: usize,
}

impl<'a> Writer<'a> {
    fn number(&self, leaf: Leaf) -> Option<usize> {
        self.leaves.get(&leaf.range()).copied()
    }

    fn blocks(&mut self, blocks: &'a [Block]) -> Vec<Json> {
        let mut out = Vec::new();
        let mut caption = None;
        let mut enclosed = 0;
        for (at, block) in blocks.iter().enumerate() {
            if enclosed > 0 {
                enclosed -= 1;
                continue;
            }
            if let Some(name) = self.statements.remove(&block.at.0.start) {
                out.push(json!({ "t": "unseen", "level": 2, "c": [name] }));
            }
            match (&block.kind, caption.take()) {
                (BlockKind::Paragraph(inlines), _) if is_caption(block, blocks.get(at + 1)) => {
                    caption = Some(inlines.as_slice());
                }
                (BlockKind::Table { align, head, rows }, caption) => {
                    out.push(self.table(block.at.0.start, align, head, rows, caption));
                }
                _ => out.extend(self.block(block)),
            }
            if self.headings.is_over_attachments(block) {
                let list = self.enclosed(&blocks[at + 1..]);
                enclosed = list.len();
                out.extend((enclosed > 0).then(
                    || json!({ "t": "list", "bare": true, "start": null, "tight": false, "items": list }),
                ));
            }
        }
        out
    }

    /// What is enclosed, each in a paragraph: several are a list to whoever hears them.
    fn enclosed(&mut self, blocks: &'a [Block]) -> Vec<Json> {
        let is_text = |block: &&Block| match &block.kind {
            BlockKind::Paragraph(inlines) => {
                !matches!(inlines.as_slice(), [Inline { kind: InlineKind::Image { .. }, .. }])
            }
            _ => false,
        };
        // An organ that speaks is nothing enclosed.
        let several = blocks.iter().take_while(is_text);
        let several: Vec<&'a Block> =
            several.take_while(|block| !self.statements.contains_key(&block.at.0.start)).collect();
        if several.len() < 2 {
            return Vec::new();
        }
        several.into_iter().map(|block| self.block(block).into_iter().collect()).collect()
    }

    fn block(&mut self, block: &'a Block) -> Option<Json> {
        Some(match &block.kind {
            BlockKind::Heading { level, inlines } => {
                let id = self.targets.get(&block.at.0.start).cloned();
                json!({ "t": "heading", "level": level, "c": self.text(inlines), "id": id })
            }
            BlockKind::Paragraph(inlines) => match inlines.as_slice() {
                [picture @ Inline { kind: InlineKind::Image { url, title, alt }, at }] => {
                    let src = self.picture(url, at.0.clone());
                    let caption = if title.is_empty() { vec![] } else { vec![Json::from(title.as_str())] };
                    let number = self.number(Leaf::Inline(picture));
                    let caption = placed(number, caption);
                    let mut figure = json!({ "t": "figure", "src": src, "alt": alt, "c": caption });
                    tell(&mut figure, number);
                    figure
                }
                _ => {
                    let bar = inlines.iter().any(|inline| matches!(inline.kind, InlineKind::Html(_)));
                    let text = self.text(inlines);
                    if bar {
                        json!({ "t": "para", "c": text, "bar": true })
                    } else {
                        json!({ "t": "para", "c": text })
                    }
                }
            },
            BlockKind::List { start, tight, items } => {
                let id = |item: &Vec<Block>| self.targets.get(&points::begins(item)?).cloned();
                let ids: Vec<Option<String>> = items.iter().map(id).collect();
                let items: Vec<Json> = items.iter().map(|item| self.blocks(item).into()).collect();
                let mut list = json!({ "t": "list", "start": start, "tight": tight, "items": items });
                if ids.iter().any(Option::is_some) {
                    list["ids"] = ids.into();
                }
                list
            }
            BlockKind::Quote(blocks) => json!({ "t": "quote", "c": self.blocks(blocks) }),
            BlockKind::Table { align, head, rows } => self.table(block.at.0.start, align, head, rows, None),
            BlockKind::Code(text) => {
                let mut code = json!({ "t": "code", "text": text });
                tell(&mut code, self.number(Leaf::Code(block)));
                code
            }
            BlockKind::Rule => json!({ "t": "rule" }),
            // Printed where it is referred to.
            BlockKind::Footnote { .. } => return None,
            // Refused when the document was parsed.
            BlockKind::Html(_) => return None,
            BlockKind::Part { role, blocks } if role == ATTACHED => {
                let mut list = self.block(blocks.first()?)?;
                let items = list["items"].as_array().map_or(0, Vec::len);
                list["ids"] = (1..=items).map(attachment_id).collect();
                list
            }
            BlockKind::Part { role, blocks } => {
                json!({ "t": "part", "role": role, "c": self.blocks(blocks) })
            }
        })
    }

    fn table(
        &mut self,
        at: usize,
        align: &[Align],
        head: &'a [Vec<Inline>],
        rows: &'a [Vec<Vec<Inline>>],
        caption: Option<&'a [Inline]>,
    ) -> Json {
        let widths = self.templates.widths();
        let columns = Columns::of(align, head, rows, widths);
        // What is repeated on every page is no content there, and may not lead anywhere.
        let repeat = !head.iter().any(|cell| leads_somewhere(cell));
        let caption = caption.map(|caption| self.text(caption));
        let head: Vec<Json> = head.iter().map(|cell| self.text(cell).into()).collect();
        let rows = rows.iter().zip(&columns.totals).map(|(row, total)| {
            let cells = row.iter().zip(&columns.all).map(
                |(cell, column)| json!({ "c": self.text(cell), "inset": column.inset(cell, *total, widths) }),
            );
            let cells: Vec<Json> = cells.collect();
            json!({ "cells": cells, "total": total, "long": row.iter().any(|cell| is_long(cell)) })
        });
        let rows: Vec<Json> = rows.collect();
        let of = |column: &Column| {
            json!({
                "align": alignment(column.align),
                "numbers": column.numbers,
                "firm": column.firm,
                "least": column.least,
                "whole": column.whole,
            })
        };
        let of: Vec<Json> = columns.all.iter().map(of).collect();
        json!({
            "t": "table",
            "columns": of,
            "names-rows": columns.names_rows,
            "head": head,
            "repeat": repeat,
            "rows": rows,
            "caption": caption,
            "at": at,
            "in-margin": self.in_margin,
        })
    }
}

/// Whether there is a link or the number of a note.
fn leads_somewhere(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match &inline.kind {
        InlineKind::Link { .. } | InlineKind::Note(_) => true,
        InlineKind::Emph(inner) | InlineKind::Strong(inner) => leads_somewhere(inner),
        _ => false,
    })
}

/// More letters in a cell than this may be higher than a page.
const LONG_CELL: usize = 600;

fn is_long(cell: &[Inline]) -> bool {
    plain(cell).len() > LONG_CELL
}

fn alignment(align: Align) -> &'static str {
    match align {
        Align::None => "none",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}
