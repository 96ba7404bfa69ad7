//! The document as data for the layout.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use serde_json::{Map, Value as Json, json};
use unicode_normalization::char::is_combining_mark;

use super::Attachment;
use super::world::DATA;
use crate::compare::redline;
use crate::diagnostic::{Diagnostic, codes};
use crate::document::Document;
use crate::export::columns::{Column, Columns, LONGEST_WORD};
use crate::export::headings::Headings;
use crate::export::outline::is_caption;
use crate::export::prepared::{ATTACHED, attachment_id};
use crate::export::{Images, reservations, statements};
use crate::language::swedish::capitalised;
use crate::language::together::BOUND;
use crate::library::Templates;
use crate::library::kinds::Kind;
use crate::markdown::{Align, Block, BlockKind, Inline, InlineKind, Leaf, Node, leaves, plain, walk};

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
    let mut front = document.front.map();
    if way.places == Places::Told {
        // After those of the body.
        let mut next = writer.leaves.len();
        number_lines(&mut front, &mut next);
    }
    front.insert("titel".into(), document.title().into());
    let called = document.front.benamning.as_ref().map(|line| line.text.clone());
    let called = called.or_else(|| kind.map(|kind| kind.benamning.text.clone()));
    let called = called.unwrap_or_else(|| capitalised(&document.front.mall.text));
    front.insert("benämning".into(), called.into());
    let numbers: Vec<&str> = document.front.diarienummer.iter().map(|line| line.text.as_str()).collect();
    front.insert("diarienummer".into(), numbers.join(", ").into());
    front.insert("brevfot".into(), kind.is_none_or(Kind::has_foot).into());
    front.insert("utkast".into(), document.front.is_draft().into());
    // A draft may have something else than a date where the date goes.
    front.insert(
        "dag".into(),
        document.front.datum.date.map(|date| json!([date.year(), date.month(), date.day()])).into(),
    );
    front.values_mut().for_each(break_addresses);
    if let Some(Json::Object(marke)) = front.get_mut("märke")
        && let Some(Json::String(file)) = marke.get_mut("fil")
    {
        file.insert(0, '/');
    }
    let (attached, files) = attached(attachments);
    front.insert("bifogat".into(), attached);
    front.insert("jämförelse".into(), document.is_redline.into());
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

/// Makes addresses within a value lists of their parts, between which they may break.
fn break_addresses(value: &mut Json) {
    match value {
        Json::Array(values) => values.iter_mut().for_each(break_addresses),
        Json::Object(values) => {
            for (key, value) in values {
                match value {
                    Json::String(address) if ADDRESSES.contains(&key.as_str()) => {
                        *value = address.split_inclusive(['@', '.', '/']).collect();
                    }
                    _ => break_addresses(value),
                }
            }
        }
        _ => {}
    }
}

/// The keys of addresses without spaces.
const ADDRESSES: &[&str] = &["e-post", "webb"];

/// Whether the addresses of links stand in notes.
fn wants_addresses(document: &Document, way: Way) -> bool {
    let looks = document.front.utseende.as_ref();
    way.notes == Footnotes::Set && looks.is_some_and(|looks| looks.lankadresser.is_some())
}

/// What the layout attaches, and the files under fixed names: a name is interned for ever.
fn attached(attachments: &[Attachment]) -> (Json, Vec<(String, Vec<u8>)>) {
    let named = || attachments.iter().enumerate().map(|(at, file)| (format!("/attachment-{at}"), file));
    let list = named().map(|(name, file)| {
        json!({
            "fil": name,
            "namn": format!("/{}", file.name),
            "typ": file.mime,
            "relation": file.relationship,
            "beskrivning": file.description,
        })
    });
    (list.collect(), named().map(|(name, file)| (name, file.bytes.clone())).collect())
}

/// The footnotes by their labels.
fn footnotes(blocks: &[Block]) -> BTreeMap<&str, &[Block]> {
    let mut notes = BTreeMap::new();
    walk(blocks, &mut |node| {
        if let Node::Block(Block { kind: BlockKind::Footnote { label, blocks }, .. }) = node {
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

/// Numbers the lines of a record: each record within it is told the numbers of its own.
fn number_lines(record: &mut Map<String, Json>, next: &mut usize) {
    let numbers: Map<String, Json> =
        record.iter_mut().map(|(key, value)| (key.clone(), number_line(value, next))).collect();
    record.insert("nr".into(), numbers.into());
}

fn number_line(value: &mut Json, next: &mut usize) -> Json {
    match value {
        Json::String(_) => {
            *next += 1;
            (*next - 1).into()
        }
        Json::Array(values) => values.iter_mut().map(|value| number_line(value, next)).collect(),
        Json::Object(record) => {
            number_lines(record, next);
            Json::Null
        }
        _ => Json::Null,
    }
}

/// Lets a block say which leaf it is.
fn tell(block: &mut Json, number: Option<usize>) {
    if let (Json::Object(block), Some(number)) = (block, number) {
        block.insert("nr".into(), number.into());
    }
}

/// Words within the number of their leaf. Without a kind, so that they are as long as they were.
fn placed(number: Option<usize>, words: Vec<Json>) -> Vec<Json> {
    match number {
        Some(number) if !words.is_empty() => vec![json!({ "nr": number, "c": words })],
        _ => words,
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
    /// The headings that something leads to.
    targets: BTreeMap<usize, String>,
    /// How many pieces the text at hand has.
    pieces: usize,
}

/// The most pieces of one text: words without end, links, emphasis. Each of its lines costs time for
/// each of its pieces.
const MOST_PIECES: usize = 20_000;

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
                let items: Vec<Json> = items.iter().map(|item| self.blocks(item).into()).collect();
                json!({ "t": "list", "start": start, "tight": tight, "items": items })
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

    fn text(&mut self, inlines: &'a [Inline]) -> Vec<Json> {
        // A note within this text is a text of its own.
        let outer = std::mem::take(&mut self.pieces);
        let out = self.inlines(inlines, Edges::default());
        if self.pieces > MOST_PIECES
            && let Some(first) = inlines.first()
        {
            self.problems.push(
                Diagnostic::new(codes::FOR_STORT, "stycket har för många delar för en PDF")
                    .at(self.document.place(first.at.0.clone()))
                    .hint("Dela upp det i flera stycken, och korta mycket långa ord."),
            );
        }
        self.pieces = outer;
        out
    }

    fn inlines(&mut self, inlines: &'a [Inline], outer: Edges) -> Vec<Json> {
        let mut out = Vec::new();
        let mut rest = inlines;
        let mut before = outer.before;
        while let Some((inline, after)) = rest.split_first() {
            rest = after;
            let edges =
                Edges { before, after: after.first().map_or(outer.after, |next| adjoins(next, false)) };
            before = adjoins(inline, true);
            match &inline.kind {
                InlineKind::Text(text) => {
                    let pieces = breakable(text, edges);
                    let number = pieces.len();
                    let pieces = placed(self.number(Leaf::Inline(inline)), pieces);
                    // Those that go within one count too.
                    self.pieces += number - pieces.len();
                    out.extend(pieces);
                }
                InlineKind::Html(tag) => {
                    // What a comparison marks; other HTML was refused when the document was parsed.
                    let Some((name, end)) = redline::mark(tag, rest) else { continue };
                    out.push(json!({ "t": name, "c": self.inlines(&rest[..end], Edges::BOTH) }));
                    rest = &rest[end + 1..];
                }
                _ => {
                    out.extend(self.inline(inline, edges));
                    out.extend(self.address(inline));
                }
            }
        }
        self.pieces += out.len();
        out
    }

    fn inline(&mut self, inline: &'a Inline, edges: Edges) -> Option<Json> {
        Some(match &inline.kind {
            InlineKind::Text(text) => Json::String(text.to_string()),
            InlineKind::Emph(inlines) => json!({ "t": "emph", "c": self.inlines(inlines, edges) }),
            InlineKind::Strong(inlines) => json!({ "t": "strong", "c": self.inlines(inlines, edges) }),
            InlineKind::Code(text) => {
                let code = json!({ "t": "code", "text": text });
                return placed(self.number(Leaf::Inline(inline)), vec![code]).pop();
            }
            InlineKind::Link { url, inlines, .. } if url.starts_with('#') => {
                json!({ "t": "ref", "to": &url[1..], "c": self.inlines(inlines, edges) })
            }
            InlineKind::Link { url, inlines, .. } => {
                json!({ "t": "link", "url": url, "c": self.inlines(inlines, edges) })
            }
            InlineKind::Break => json!({ "t": "br" }),
            InlineKind::Note(label) => self.note(label)?,
            // A picture within a text, and HTML, were refused when the document was parsed.
            InlineKind::Image { .. } | InlineKind::Html(_) => return None,
        })
    }

    /// The note that holds the address of a link, where the profile wants one: not within a note, nor where the
    /// text says the address itself.
    fn address(&mut self, inline: &Inline) -> Option<Json> {
        let addresses = self.addresses.as_mut().filter(|_| !self.in_note)?;
        let InlineKind::Link { url, inlines, .. } = &inline.kind else { return None };
        let address = ["mailto:", "tel:"].into_iter().find_map(|way| url.strip_prefix(way)).unwrap_or(url);
        let bare =
            |text: &str| text.rsplit("://").next().unwrap_or_default().trim_end_matches('/').to_owned();
        if url.starts_with('#') || bare(address) == bare(&plain(inlines)) {
            return None;
        }
        *addresses += 1;
        // No label of the author's has a space.
        let id = format!("adress {addresses}");
        let text = breakable(address, Edges::default());
        Some(json!({ "t": "note", "id": id, "first": true, "c": [{ "t": "para", "c": text }] }))
    }

    fn note(&mut self, label: &'a str) -> Option<Json> {
        // Markdown takes a reference without a text for plain words, so the text is there.
        let blocks = self.notes.get(label).copied()?;
        if !self.cited.insert(label) {
            return Some(json!({ "t": "note", "id": label, "first": false }));
        }
        let outer = std::mem::replace(&mut self.in_note, true);
        let blocks = self.blocks(blocks);
        self.in_note = outer;
        Some(json!({ "t": "note", "id": label, "first": true, "c": blocks }))
    }

    fn picture(&mut self, url: &str, at: Range<usize>) -> String {
        let Some(bytes) = self.images.get(url) else {
            self.problems.push(
                Diagnostic::new(codes::BILD_SAKNAS, format!("bilden {url} finns inte"))
                    .at(self.document.place(at))
                    .hint("Lägg bilden i samma mapp som ärendet, eller rätta namnet."),
            );
            return String::new();
        };
        let ending = url.rsplit('.').next().unwrap_or_default().to_lowercase();
        let name = format!("/image-{}.{ending}", self.pictures.len());
        self.pictures.push((name.clone(), bytes.to_vec()));
        name
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

/// Whether something stands directly before and after a text, without a space.
#[derive(Clone, Copy, Default)]
struct Edges {
    before: bool,
    after: bool,
}

impl Edges {
    const BOTH: Self = Self { before: true, after: true };
}

/// Whether an inline touches what stands after it, or else before it.
fn adjoins(inline: &Inline, after: bool) -> bool {
    match &inline.kind {
        InlineKind::Text(text) if after => !text.ends_with(' '),
        InlineKind::Text(text) => !text.starts_with(' '),
        InlineKind::Emph(inner) | InlineKind::Strong(inner) | InlineKind::Link { inlines: inner, .. } => {
            let next = if after { inner.last() } else { inner.first() };
            next.is_some_and(|next| adjoins(next, after))
        }
        InlineKind::Break => false,
        _ => true,
    }
}

/// More letters in a cell than this may be higher than a page.
const LONG_CELL: usize = 600;

fn is_long(cell: &[Inline]) -> bool {
    plain(cell).len() > LONG_CELL
}

/// A text for the line breaker: words that it must not break, as `och/eller`, and places where it
/// may break words without end, which would leave the paper: no Swedish word is as long as the longest
/// that is left whole, and every column is wider.
fn breakable(text: &str, edges: Edges) -> Vec<Json> {
    let mut out = Vec::new();
    let mut plain = String::new();
    let words = text.split(' ').count();
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            plain.push(' ');
        }
        // Whole, with the ordinary spaces that a search finds. Beside such a box a line could break, so where
        // something touches it, it is the spaces that hold it together.
        let touched = at == 0 && edges.before || at + 1 == words && edges.after;
        if word.contains(BOUND) && !touched && word.chars().count() <= LONGEST_WORD {
            flush(&mut plain, &mut out);
            out.push(json!({ "t": "nobr", "text": word.replace(BOUND, " ") }));
        } else if word.chars().count() > LONGEST_WORD {
            flush(&mut plain, &mut out);
            pieces(word, &mut out);
        } else if is_whole(word) {
            flush(&mut plain, &mut out);
            out.push(json!({ "t": "nobr", "text": word }));
        } else {
            plain.push_str(word);
        }
    }
    flush(&mut plain, &mut out);
    out
}

fn flush(plain: &mut String, out: &mut Vec<Json>) {
    if !plain.is_empty() {
        out.push(std::mem::take(plain).into());
    }
}

/// Words with a stroke in them: Word breaks none, Unicode's rules would. Where a hyphen allows a
/// break anyhow, they are left alone.
fn is_whole(word: &str) -> bool {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    inner.contains('/') && !inner.contains(['-', ':', '.'])
}

fn pieces(word: &str, out: &mut Vec<Json>) {
    let (mut start, mut length) = (0, 0);
    for (at, character) in word.char_indices() {
        length += 1;
        if length > LONGEST_WORD / 2 && !is_combining_mark(character) {
            out.push(word[start..at].into());
            out.push(json!({ "t": "wbr" }));
            (start, length) = (at, 1);
        }
    }
    out.push(word[start..].into());
}

fn alignment(align: Align) -> &'static str {
    match align {
        Align::None => "none",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}
