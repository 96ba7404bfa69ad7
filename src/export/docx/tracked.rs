//! A comparison as Word's own tracked changes: whoever accepts all has the new document, whoever
//! rejects all the old one.

use std::collections::HashMap;

use super::body::{Body, Free, Was};
use super::sheet::Sheet;
use super::style::Ids;
use super::table;
use super::xml::Xml;
use super::{letterhead, package_of};
use crate::compare::{
    Both, Comparison, Fate, Item, Node, NodeKind, Part, Row, Sentence, Span, Word, WordKind,
};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::export::Images;
use crate::export::columns::Columns;
use crate::export::headings::Headings;
use crate::export::letterhead::Letterhead;
use crate::export::outline::{SIGNATURES, says_caption};
use crate::export::prepared::says_amount;
use crate::export::spacing;
use crate::library::Templates;
use crate::markdown::{self, Align, Inline, InlineKind, Stretch};

/// Who changed the document, and when; never the clock's time.
#[derive(Clone, Debug, Default)]
pub struct Author {
    /// The name.
    pub name: String,
    /// The time, as `2026-03-02T00:00:00Z`.
    pub date: String,
}

/// What a run or the end of a paragraph is among the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is new.
    New,
    /// It goes.
    Gone,
    /// It came here.
    Here,
    /// It went elsewhere.
    Away,
}

impl Mark {
    /// Whether it is in the new document, where it stands.
    pub fn is_new(self) -> bool {
        matches!(self, Mark::New | Mark::Here)
    }

    /// The element that says so.
    pub fn element(self) -> &'static str {
        match self {
            Mark::New => "w:ins",
            Mark::Gone => "w:del",
            Mark::Here => "w:moveTo",
            Mark::Away => "w:moveFrom",
        }
    }
}

/// A comparison of two documents as a Word document with tracked changes. `images` are the pictures of both.
///
/// # Errors
/// Pictures that are shown and not there, measures that are none.
pub fn tracked(
    comparison: &Comparison,
    (old, new): (&Document, &Document),
    templates: &Templates,
    images: &Images,
    author: &Author,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let (old, head) = (Letterhead::of(old, templates), Letterhead::of(new, templates));
    let sheet = Sheet::of(new, &head, templates)?;
    let mut body = Body::new(new, templates, images, sheet.clone(), Ids::own(&sheet), Free::default());
    body.revise(author.clone());
    letterhead::write(&head, Some(&old), templates, &mut body);
    let mut tracked = Tracked {
        body,
        notes: HashMap::new(),
        numbers: HashMap::new(),
        moves: HashMap::new(),
        within: None,
        begun: Both::default(),
        headings: Headings::of(new, templates),
        decided: false,
    };
    tracked.gather(&comparison.body);
    let mut out = std::mem::replace(&mut tracked.body.out, Xml::fragment());
    tracked.nodes(&comparison.body, Place::default(), &mut out);
    let mut body = tracked.body;
    body.out = out;
    if !body.problems.is_empty() {
        return Err(body.problems);
    }
    Ok(package_of(body, new, &head, Some(&old), &sheet))
}

/// Writes the nodes of a comparison.
struct Tracked<'a, 'c> {
    body: Body<'a>,
    /// The notes by the labels that each document has for them.
    notes: HashMap<(bool, &'c str), &'c Node>,
    /// The numbers of the notes that were referred to.
    numbers: HashMap<*const Node, usize>,
    /// How many parts of what moved were written so far, where they came and where they were.
    moves: HashMap<(&'static str, usize), usize>,
    /// What moved, within what it holds.
    within: Option<Fate>,
    /// Whether the paragraph at hand has begun, in each document.
    begun: Both<bool>,
    headings: Headings,
    /// Whether what stands here is to be decided: a list within a point is its sub-points.
    decided: bool,
}

/// Where nodes stand.
#[derive(Clone, Copy, Default)]
struct Place {
    lists: usize,
    style: Option<&'static str>,
    /// The list whose item the next paragraph begins.
    item: Option<(usize, usize)>,
    /// The list that it was in, where that counts from another number.
    was: Option<(usize, usize)>,
    close: bool,
    numbered: bool,
    /// Whether the number of a note stands before the next paragraph.
    begins_note: bool,
}

impl<'c> Tracked<'_, 'c> {
    /// Finds the footnotes.
    fn gather(&mut self, nodes: &'c [Node]) {
        for node in nodes {
            match &node.kind {
                NodeKind::Footnote { label, .. } => {
                    if node.fate.is_old() {
                        self.notes.insert((true, &label.old), node);
                    }
                    if node.fate.is_new() {
                        self.notes.insert((false, &label.new), node);
                    }
                }
                NodeKind::Part { body, .. } | NodeKind::Quote(body) => self.gather(body),
                NodeKind::Arrived(body) | NodeKind::Left(body) => self.gather(body),
                NodeKind::List { items, .. } => items.iter().for_each(|item| self.gather(&item.body)),
                _ => {}
            }
        }
    }

    /// What a part with this fate is marked as here; nothing where it is not shown here.
    fn mark(&self, fate: Fate) -> Option<Option<Mark>> {
        match (self.within, fate) {
            // What moved shows its changes where it came; where it was, it is as it was.
            (Some(Fate::Here(_)), Fate::Gone | Fate::Away(_)) => None,
            (Some(Fate::Here(_)), Fate::New) => Some(Some(Mark::New)),
            (Some(Fate::Here(_)), _) => Some(Some(Mark::Here)),
            (Some(Fate::Away(_)), Fate::New | Fate::Here(_)) => None,
            (Some(Fate::Away(_)), _) => Some(Some(Mark::Away)),
            (_, Fate::Same) => Some(None),
            (_, Fate::New) => Some(Some(Mark::New)),
            (_, Fate::Gone) => Some(Some(Mark::Gone)),
            (_, Fate::Here(_)) => Some(Some(Mark::Here)),
            (_, Fate::Away(_)) => Some(Some(Mark::Away)),
        }
    }

    /// Writes what a part with this fate holds, between the signs of a move where it moved.
    fn moved(&mut self, fate: Fate, out: &mut Xml, write: impl FnOnce(&mut Self, &mut Xml)) {
        let number = match fate {
            Fate::Here(number) | Fate::Away(number) if self.within.is_none() => number,
            _ => return write(self, out),
        };
        let (kind, outer) =
            (if matches!(fate, Fate::Here(_)) { "w:moveTo" } else { "w:moveFrom" }, self.within);
        self.within = Some(fate);
        // Word pairs what left and what came by their names: the first of a passage's sentences, the second …
        let times = self.moves.entry((kind, number)).or_default();
        *times += 1;
        let name = format!("flytt{number}.{times}");
        let id = self.body.open_range(kind, &name, out);
        write(self, out);
        self.body.close_range(kind, &id, out);
        self.within = outer;
    }

    fn nodes(&mut self, nodes: &'c [Node], place: Place, out: &mut Xml) {
        let mut place = place;
        let mut shown =
            nodes.iter().filter(|node| !matches!(node.kind, NodeKind::Footnote { .. })).peekable();
        let mut after_list = false;
        while let Some(node) = shown.next() {
            let is_list = matches!(node.kind, NodeKind::List { .. });
            if is_list
                && after_list
                && let Some(mark) = self.mark(node.fate)
            {
                self.body.end_with(mark, None);
                self.body.paragraph(&["Efter tabell"], None, out, |_, _| {});
            }
            self.node(node, shown.peek().copied(), place, out);
            // A number stands before the first paragraph of an item, and of a note.
            (place.item, place.was, place.begins_note) = (None, None, false);
            after_list = is_list;
        }
    }

    fn node(&mut self, node: &'c Node, next: Option<&Node>, place: Place, out: &mut Xml) {
        let is_block =
            matches!(node.kind, NodeKind::List { .. } | NodeKind::Table { .. } | NodeKind::Quote(_));
        if is_block && is_move(node.fate) && self.within.is_none() {
            return self.moved(node.fate, out, |this, out| this.node(node, next, place, out));
        }
        match &node.kind {
            NodeKind::Paragraph(parts) => self.paragraph(node.fate, parts, next, place, out),
            NodeKind::Heading { level, text } => {
                let Some(mark) = self.mark(node.fate) else { return };
                if level.new.max(level.old) <= 2 {
                    self.decided = self.headings.says_decision(&words_of(text));
                }
                let style = |level: u8| match level {
                    1 => "Title".to_owned(),
                    _ => format!("heading {}", level - 1),
                };
                let was = (level.old != level.new && node.fate == Fate::Same)
                    .then(|| Was { style: style(level.old), list: None });
                self.moved(node.fate, out, |this, out| {
                    this.body.end_with(mark, was);
                    let style = style(if node.fate.is_new() { level.new } else { level.old });
                    this.line(text, &[&style], None, out);
                });
            }
            NodeKind::List { start, items, .. } => {
                self.list(node.fate, (start.old, start.new), items, place, out)
            }
            NodeKind::Quote(body) => self.nodes(body, Place { style: Some("Quote"), ..place }, out),
            NodeKind::Table { .. } => self.table(node, out),
            NodeKind::Code(text) | NodeKind::Html(text) => {
                let (old, new) = (text.old.as_deref(), text.new.as_deref());
                let same = old == new && self.mark(node.fate) == Some(None);
                if let Some(text) = new.filter(|_| !same) {
                    self.code(text, self.mark(Fate::New).flatten(), out);
                }
                if let Some(text) = old {
                    self.code(text, if same { None } else { self.mark(Fate::Gone).flatten() }, out);
                }
            }
            NodeKind::Rule => {
                if let Some(mark) = self.mark(node.fate) {
                    self.body.end_with(mark, None);
                    self.body.paragraph(&["Avdelare"], None, out, |_, _| {});
                }
            }
            NodeKind::Part { role, body } => {
                self.decided &= role != SIGNATURES;
                let style = match role.as_str() {
                    "underrubrik" => Some("Subtitle"),
                    "ort-datum" => Some("Ort och datum"),
                    "ruta" => Some("Ruta"),
                    "ingress" => Some("Ingress"),
                    "rader" => Some("Rader"),
                    SIGNATURES => Some("Signature"),
                    _ => place.style,
                };
                self.moved(node.fate, out, |this, out| this.nodes(body, Place { style, ..place }, out));
            }
            NodeKind::Arrived(body) | NodeKind::Left(body) => {
                self.moved(node.fate, out, |this, out| this.nodes(body, place, out));
            }
            // Where it is referred to.
            NodeKind::Footnote { .. } => {}
        }
    }

    fn paragraph(&mut self, end: Fate, parts: &'c [Part], next: Option<&Node>, place: Place, out: &mut Xml) {
        // What is not shown here has no end here.
        let shown = |part: &&Part| match part {
            Part::Sentence(sentence) => self.mark(sentence.fate).is_some(),
            Part::Line(fate) => self.mark(*fate).is_some(),
        };
        if self.mark(end).is_none() && !parts.iter().any(|part| shown(&part)) {
            return;
        }
        let leads = matches!(next, Some(Node { kind: NodeKind::List { .. }, .. }));
        let caption = picture_title(parts);
        let is_over_table = matches!(next, Some(Node { kind: NodeKind::Table { .. }, .. }));
        let ends = matches!(next, Some(Node { kind: NodeKind::Part { role, .. }, .. }) if role == SIGNATURES);
        let style = match (place.style, place.lists) {
            (Some(style), _) => style.to_owned(),
            (None, 0) if leads => "Ledtext".into(),
            (None, 0) if is_over_table && says_caption(beginning(parts).trim_start()) => "caption".into(),
            (None, 0) if ends => "Sista stycket".into(),
            (None, 0) => "Normal".into(),
            (None, _) if place.item.is_some() && place.close => "List Paragraph".into(),
            (None, lists) if place.item.is_some() => {
                super::body::leveled(if place.numbered { "List Number" } else { "List Bullet" }, lists - 1)
            }
            (None, lists) => super::body::leveled("List Continue", lists - 1),
        };
        let was = place.was.map(|list| Was { style: style.clone(), list: Some(list) });
        self.body.end_with(self.mark(end).flatten(), was);
        let mut content = Xml::fragment();
        if place.begins_note {
            self.body.note_number(&mut content);
        }
        for part in parts {
            match part {
                Part::Sentence(sentence) => self.sentence(sentence, &mut content),
                Part::Line(fate) => {
                    if let Some(mark) = self.mark(*fate) {
                        self.body.set_mark(mark);
                        self.body.line_break(&mut content);
                        // The next line begins anew in each document that has the break.
                        self.begun.old &= mark.is_some_and(Mark::is_new);
                        self.begun.new &= mark.is_some_and(|mark| !mark.is_new());
                    }
                }
            }
        }
        let content = content.finish();
        self.body.set_mark(None);
        // Where only one document has the end, the other goes on.
        let ends = self.mark(end).flatten();
        self.begun.old &= ends.is_some_and(Mark::is_new);
        self.begun.new &= ends.is_some_and(|mark| !mark.is_new());
        let style = if caption.is_some() { "Bild" } else { &style };
        self.body.paragraph(&[style, "Normal"], place.item, out, |_, out| out.raw(&content));
        if let Some((title, fate)) = caption {
            let mark = self.mark(fate).flatten();
            self.body.end_with(mark, None);
            self.body.set_mark(mark);
            self.body.paragraph(&["caption"], None, out, |body, out| body.run(title, false, out));
            self.body.set_mark(None);
        }
    }

    fn sentence(&mut self, sentence: &'c Sentence, out: &mut Xml) {
        self.moved(sentence.fate, out, |this, out| match sentence.fate {
            Fate::New | Fate::Gone => {
                // All of it is so, whatever its words have in common with another's.
                let fate = sentence.fate;
                this.spans(&sentence.spans, |_| fate, out);
            }
            _ => this.spans(&sentence.spans, |span| span.fate, out),
        });
    }

    fn line(&mut self, spans: &'c [Span], styles: &[&str], list: Option<(usize, usize)>, out: &mut Xml) {
        let mut content = Xml::fragment();
        self.begun = Both::default();
        self.spans(spans, |span| span.fate, &mut content);
        self.begun = Both::default();
        let content = content.finish();
        self.body.paragraph(styles, list, out, |_, out| out.raw(&content));
    }

    fn spans(&mut self, spans: &'c [Span], fate: impl Fn(&Span) -> Fate, out: &mut Xml) {
        for span in spans {
            let fate = fate(span);
            let Some(mark) = self.mark(fate) else { continue };
            let mut row: Vec<Stretch> = Vec::new();
            for word in &span.words {
                // A run that begins with a space would lose it.
                if word.spaced && row.is_empty() {
                    self.space(mark, out);
                } else if word.spaced {
                    row.push(word.space());
                }
                self.begun.old |= mark.is_none_or(|mark| !mark.is_new());
                self.begun.new |= mark.is_none_or(Mark::is_new);
                if word.kind == WordKind::Note {
                    self.flush(&mut row, mark, out);
                    self.reference(word, fate, mark, out);
                } else {
                    row.push(word.stretch());
                }
            }
            self.flush(&mut row, mark, out);
        }
    }

    /// The space before words, in the documents that have something before it.
    fn space(&mut self, mark: Option<Mark>, out: &mut Xml) {
        let mark = match (mark, self.begun.old, self.begun.new) {
            (None, true, true) => None,
            (None, true, false) => Some(if self.within.is_some() { Mark::Away } else { Mark::Gone }),
            (None, false, true) => Some(if self.within.is_some() { Mark::Here } else { Mark::New }),
            (Some(mark), old, new) if (mark.is_new() && new) || (!mark.is_new() && old) => Some(mark),
            _ => return,
        };
        self.body.set_mark(mark);
        self.body.run(" ", false, out);
        self.body.set_mark(None);
    }

    fn flush(&mut self, row: &mut Vec<Stretch>, mark: Option<Mark>, out: &mut Xml) {
        let mut inlines = markdown::join(&std::mem::take(row));
        spacing::text(&mut inlines);
        self.body.set_mark(mark);
        for inline in &inlines {
            match &inline.kind {
                InlineKind::Image { url, alt, .. } => self.body.picture(url, alt, out),
                _ => self.body.plain_inlines(std::slice::from_ref::<Inline>(inline), out),
            }
        }
        self.body.set_mark(None);
    }

    /// A reference to a note, whose text has its own changes.
    fn reference(&mut self, word: &'c Word, fate: Fate, mark: Option<Mark>, out: &mut Xml) {
        let is_old = matches!(fate, Fate::Gone | Fate::Away(_));
        let Some(node) = self.notes.get(&(is_old, word.text.as_str())).copied() else { return };
        let NodeKind::Footnote { body, .. } = &node.kind else { return };
        self.body.set_mark(mark);
        if let Some(number) = self.numbers.get(&std::ptr::from_ref(node)) {
            let number = number.to_string();
            self.body.superscript(&number, out);
            return self.body.set_mark(None);
        }
        let number = self.numbers.len() + 1;
        self.numbers.insert(node, number);
        self.body.note_reference(number, out);
        self.body.set_mark(None);
        let outer = (self.within.take(), std::mem::take(&mut self.begun));
        self.body.begin_note();
        let mut text = Xml::fragment();
        let place = Place { style: Some("footnote text"), begins_note: true, ..Place::default() };
        self.nodes(body, place, &mut text);
        self.body.end_note(number, &text.finish());
        (self.within, self.begun) = outer;
    }

    fn code(&mut self, text: &str, mark: Option<Mark>, out: &mut Xml) {
        self.body.end_with(mark, None);
        self.body.set_mark(mark);
        self.body.code(text, out);
        self.body.set_mark(None);
    }

    fn list(
        &mut self,
        fate: Fate,
        (old, new): (Option<u64>, Option<u64>),
        items: &'c [Item],
        place: Place,
        out: &mut Xml,
    ) {
        let letters = self.decided && place.lists == 1 && place.numbered && !items.iter().all(is_amount);
        let counted = |start: Option<u64>| if letters { start.or(Some(1)) } else { start };
        let (old, new) = (counted(old), counted(new));
        let start = if fate.is_new() { new } else { old };
        let list = self.list_of(start, place.lists, letters);
        let is_close = items.iter().all(|item| paragraphs(&item.body) < 2);
        let was = (fate == Fate::Same && old != new).then(|| self.list_of(old, place.lists, letters));
        let inner = Place {
            lists: place.lists + 1,
            style: None,
            item: Some(list),
            was,
            begins_note: false,
            close: is_close,
            numbered: start.is_some(),
        };
        for item in items {
            if self.mark(item.fate).is_some() {
                self.moved(item.fate, out, |this, out| this.nodes(&item.body, inner, out));
            }
        }
    }

    /// A list of its own, which counts in letters where it is the sub-points of a point.
    fn list_of(&mut self, start: Option<u64>, lists: usize, letters: bool) -> (usize, usize) {
        let list = self.body.open_list(start, lists);
        if let Some(opened) = self.body.lists.last_mut() {
            opened.letters = letters;
        }
        list
    }

    fn table(&mut self, node: &'c Node, out: &mut Xml) {
        let NodeKind::Table { columns, rows } = &node.kind else { return };
        let shown: Vec<&Row> = rows.iter().filter(|row| self.mark(row.fate).is_some()).collect();
        let Some(first) = shown.first() else { return };
        let align: Vec<Align> = columns.iter().map(|column| column.align.new).collect();
        let held = |is_wanted: fn(&Span) -> bool| {
            let text = |cell: &crate::compare::Cell| -> Vec<Inline> {
                let spans = cell.text.iter().filter(|span| is_wanted(span));
                markdown::join(&spans.flat_map(|span| &span.words).map(Word::stretch).collect::<Vec<_>>())
            };
            let texts = |row: &Row| row.cells.iter().map(text).collect::<Vec<_>>();
            let others: Vec<Vec<Vec<Inline>>> = shown[1..].iter().map(|row| texts(row)).collect();
            (Columns::of(&align, &texts(first), &others, self.body.widths()), others)
        };
        // What goes takes room, too; what is a column of numbers is so when all is accepted.
        let widths = table::widths(&held(|_| true).0, self.body.sheet().column);
        let (kept, others) = held(|span| span.fate.is_new());
        self.body.open_table(&widths, false, out);
        for (at, row) in shown.iter().enumerate() {
            let row_mark = self.mark(row.fate).flatten();
            self.body.open_row(at == 0, row_mark, out);
            for (x, ((cell, column), width)) in row.cells.iter().zip(columns).zip(&widths).enumerate() {
                self.body.open_cell(
                    *width,
                    self.mark(column.fate).flatten().filter(|_| row_mark.is_none()),
                    out,
                );
                let style = match kept.all[x].align {
                    Align::Right => "Tabelltext höger",
                    Align::Center => "Tabelltext mitten",
                    Align::None | Align::Left => "Tabelltext",
                };
                let all = [row.fate, column.fate].into_iter().find(|fate| *fate != Fate::Same);
                let mut content = Xml::fragment();
                self.begun = Both::default();
                let outer = self.within;
                self.within = all.filter(|fate| is_move(*fate)).or(outer);
                match all.filter(|fate| !is_move(*fate)) {
                    Some(fate) => self.spans(&cell.text, |_| fate, &mut content),
                    None => self.spans(&cell.text, |span| span.fate, &mut content),
                }
                self.within = outer;
                self.begun = Both::default();
                let content = content.finish();
                self.body.end_with(row_mark, None);
                if at > 0 {
                    self.body.inset_cell(&kept.all[x], &others[at - 1][x], false);
                }
                self.body.paragraph(&[style], None, out, |_, out| out.raw(&content));
                out.close("w:tc");
            }
            out.close("w:tr");
        }
        out.close("w:tbl");
        self.body.end_with(self.mark(node.fate).flatten(), None);
        self.body.paragraph(&["Efter tabell"], None, out, |_, _| {});
    }
}

fn is_move(fate: Fate) -> bool {
    matches!(fate, Fate::Here(_) | Fate::Away(_))
}

/// Whether an item says an amount: a list of those is no sub-points.
fn is_amount(item: &Item) -> bool {
    match item.body.first().map(|node| &node.kind) {
        Some(NodeKind::Paragraph(parts)) => says_amount(&beginning(parts)),
        _ => false,
    }
}

/// The words of a heading, in the new document where it is there.
fn words_of(spans: &[Span]) -> String {
    let is_new = spans.iter().any(|span| span.fate.is_new());
    let shown = spans.iter().filter(|span| span.fate.is_new() == is_new);
    let words = shown.flat_map(|span| &span.words);
    words
        .flat_map(|word| [if word.spaced { " " } else { "" }, word.text.as_str()])
        .collect::<String>()
        .trim()
        .to_owned()
}

fn paragraphs(nodes: &[Node]) -> usize {
    nodes.iter().filter(|node| matches!(node.kind, NodeKind::Paragraph(_))).count()
}

/// What a paragraph begins with, in either document.
fn beginning(parts: &[Part]) -> String {
    let sentences = parts.iter().filter_map(|part| match part {
        Part::Sentence(sentence) => Some(sentence),
        Part::Line(_) => None,
    });
    let words = sentences.take(1).flat_map(|sentence| &sentence.spans).flat_map(|span| &span.words);
    words.flat_map(|word| [if word.spaced { " " } else { "" }, word.text.as_str()]).collect()
}

/// The title of the picture that a paragraph is, printed below it.
fn picture_title(parts: &[Part]) -> Option<(&str, Fate)> {
    parts.iter().find_map(|part| match part {
        Part::Sentence(sentence) => sentence.spans.iter().find_map(|span| {
            span.words.iter().find_map(|word| match &word.kind {
                WordKind::Picture { title, .. } if !title.is_empty() => {
                    let fate = if sentence.fate == Fate::Same { span.fate } else { sentence.fate };
                    Some((title.as_str(), fate))
                }
                _ => None,
            })
        }),
        Part::Line(_) => None,
    })
}
