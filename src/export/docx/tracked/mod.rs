//! A comparison as Word's own tracked changes: whoever accepts all has the new document, whoever
//! rejects all the old one.
//!
//! What a paragraph, a list, a citation is follows from what stands around it, and that can differ between the two
//! documents: each is asked for its own form, and where they differ, the change is tracked, too.

mod notes;
mod paragraph;
mod table;

use std::collections::HashMap;

use super::body::{Body, Free, Was, bookmark_of};
use super::letterhead::Headed;
use super::sheet::Sheet;
use super::style::Ids;
use super::xml::Xml;
use super::{letterhead, package_of};
use crate::compare::{Both, Fate, Item, Node, NodeKind, Part, Side, Span};
use crate::diagnostic::Diagnostic;
use crate::export::Images;
use crate::export::compared::{Edition, laid_over, set};
use crate::export::letterhead::Letterhead;
use crate::export::outline::SIGNATURES;
use crate::export::prepared::{ATTACHED, SUBPOINTS, attachment_id};
use crate::library::Templates;
use crate::markdown::Look;
use notes::Citations;

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

    fn of(fate: Fate) -> Option<Self> {
        match fate {
            Fate::Same => None,
            Fate::New => Some(Mark::New),
            Fate::Gone => Some(Mark::Gone),
            Fate::Here(_) => Some(Mark::Here),
            Fate::Away(_) => Some(Mark::Away),
        }
    }
}

/// What changed between two documents, as a Word document with tracked changes.
///
/// # Errors
/// Pictures that are shown and not there, measures that are none.
pub fn tracked(
    old: Edition<'_>,
    new: Edition<'_>,
    templates: &Templates,
    author: &Author,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let [old_set, new_set] = [old, new].map(|edition| set(edition.document, templates));
    let old_edition = Edition { document: &old_set, ..old };
    let comparison = laid_over(old_edition, Edition { document: &new_set, ..new }, templates);
    let (was, head) = (Letterhead::of(&old_set, templates), Letterhead::of(&new_set, templates));
    let [old_sheet, sheet] = [Sheet::of(&old_set, &was, templates)?, Sheet::of(&new_set, &head, templates)?];
    let was = Headed { letterhead: &was, sheet: &old_sheet };
    let headed = Headed { letterhead: &head, sheet: &sheet };
    let mut body =
        Body::new(&new_set, templates, new.images, sheet.clone(), Ids::own(&sheet), Free::default());
    body.revise(author.clone());
    letterhead::write(headed, Some(was), templates, &mut body);
    let moved_notes = notes::moved(&comparison, &old_set, &new_set, templates);
    let mut out = std::mem::replace(&mut body.out, Xml::fragment());
    let mut tracked = Tracked {
        body,
        old_images: old.images,
        citations: Citations::of(&comparison, &moved_notes, &old_set, &new_set),
        moves: HashMap::new(),
        within: None,
        before: Both::default(),
        begins: Vec::new(),
        after_list: Both::default(),
        is_strong: false,
    };
    tracked.nodes(&comparison.body, Place::default(), &mut out);
    let mut body = tracked.body;
    body.out = out;
    if !body.problems.is_empty() {
        return Err(body.problems);
    }
    Ok(package_of(body, new.document, headed, Some(was)))
}

/// Writes the nodes of a comparison.
struct Tracked<'a, 'c> {
    body: Body<'a>,
    /// The pictures of the old document.
    old_images: &'a Images,
    citations: Citations<'c>,
    /// How many parts of what moved were written so far, where they came and where they were.
    moves: HashMap<(&'static str, usize), usize>,
    /// What all is that is written, whatever became of it: what moved, within what it holds, and the text of a note
    /// that only one of the documents has here.
    within: Option<Fate>,
    /// How the word before looks in each document; none where the paragraph, or the line, at hand has not begun.
    before: Both<Option<&'c Look>>,
    /// What the next paragraph begins with: that of one whose end is not shown here.
    begins: Vec<u8>,
    /// Whether a list stands before, in each document.
    after_list: Both<bool>,
    /// Whether all words are strong.
    is_strong: bool,
}

/// Where nodes stand.
#[derive(Clone, Copy, Default)]
struct Place<'r> {
    lists: usize,
    quotes: usize,
    style: Option<&'static str>,
    /// The role of the part whose list it is.
    role: &'r str,
    /// The list whose item the next paragraph begins, in each document.
    point: Both<Option<Point>>,
    /// Whether the number of a note stands before the next paragraph.
    begins_note: bool,
}

impl Place<'_> {
    /// How many indents in it is.
    fn depth(self) -> usize {
        self.lists + self.quotes
    }
}

/// A list, for a paragraph that begins one of its items.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Point {
    list: (usize, usize),
    is_close: bool,
    is_numbered: bool,
}

/// What stands behind a node: the rest of its row, and of the row that this is a passage of.
#[derive(Clone, Copy)]
struct After<'c, 'o> {
    rest: &'c [Node],
    outer: Option<&'o After<'c, 'o>>,
}

impl<'c> Tracked<'_, 'c> {
    // --- What is there --------------------------------------------------------------------------

    /// What a part with this fate is marked as here; nothing where it is not shown here.
    fn mark(&self, fate: Fate) -> Option<Option<Mark>> {
        match self.within {
            None => Some(Mark::of(fate)),
            // What moved shows its changes where it came; where it was, it is as it was.
            Some(outer) if outer.is_new() => match fate {
                Fate::Gone | Fate::Away(_) => None,
                Fate::New => Some(Some(Mark::New)),
                _ => Some(Mark::of(outer)),
            },
            Some(outer) => fate.is_old().then(|| Mark::of(outer)),
        }
    }

    /// Whether a part with this fate is in a document, here.
    fn is_in(&self, fate: Fate, side: Side) -> bool {
        match self.mark(fate) {
            None => false,
            Some(None) => true,
            Some(Some(mark)) => mark.is_new() == (side == Side::New),
        }
    }

    /// Whether words are in a document, which a sentence or a row with a fate of its own holds.
    fn holds(&self, outer: Fate, span: &Span, side: Side) -> bool {
        let has = |fate: Fate| if side == Side::New { fate.is_new() } else { fate.is_old() };
        self.is_in(outer, side) && (matches!(outer, Fate::New | Fate::Gone) || has(span.fate))
    }

    /// What is marked that only one of the documents has.
    fn only(&self, side: Side) -> Mark {
        match (self.within.and_then(Mark::of), side) {
            (Some(mark), _) => mark,
            (None, Side::New) => Mark::New,
            (None, Side::Old) => Mark::Gone,
        }
    }

    /// What is marked that these documents have.
    fn mark_of(&self, there: Both<bool>) -> Option<Mark> {
        match (there.old, there.new) {
            (true, false) => Some(self.only(Side::Old)),
            (false, true) => Some(self.only(Side::New)),
            _ => None,
        }
    }

    /// Whether a node is in a document, here.
    fn has(&self, node: &Node, side: Side) -> bool {
        let part = |part: &Part| match part {
            Part::Sentence(sentence) => self.is_in(sentence.fate, side),
            Part::Line(fate) => self.is_in(*fate, side),
        };
        match &node.kind {
            NodeKind::Footnote { .. } => false,
            NodeKind::Paragraph(parts) => self.is_in(node.fate, side) || parts.iter().any(part),
            _ => self.is_in(node.fate, side),
        }
    }

    /// The next node that a document has.
    fn next(&self, after: &After<'c, '_>, side: Side) -> Option<&'c Node> {
        let here = after.rest.iter().filter(|node| self.has(node, side));
        let mut found = here.filter_map(|node| match &node.kind {
            NodeKind::Arrived(body) | NodeKind::Left(body) => {
                self.next(&After { rest: body, outer: None }, side)
            }
            _ => Some(node),
        });
        found.next().or_else(|| self.next(after.outer?, side))
    }

    // --- Blocks -----------------------------------------------------------------------------------

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

    /// Writes nodes that stand for themselves.
    fn nodes(&mut self, nodes: &'c [Node], place: Place<'c>, out: &mut Xml) {
        let outer = std::mem::take(&mut self.after_list);
        self.row(nodes, None, place, out);
        self.after_list = outer;
    }

    /// Writes a row of nodes, or the part of one that moved.
    fn row(&mut self, nodes: &'c [Node], outer: Option<&After<'c, '_>>, place: Place<'c>, out: &mut Xml) {
        let mut place = place;
        for (at, node) in nodes.iter().enumerate() {
            let after = After { rest: &nodes[at + 1..], outer };
            if let NodeKind::Arrived(body) | NodeKind::Left(body) = &node.kind {
                self.moved(node.fate, out, |this, out| this.row(body, Some(&after), place, out));
                continue;
            }
            let there = Both { old: self.has(node, Side::Old), new: self.has(node, Side::New) };
            if !there.old && !there.new {
                continue;
            }
            self.gap(node, there, out);
            self.node(node, &after, place, out);
            // A number stands before the first paragraph of an item, and of a note. One whose end a document
            // has not goes on in the next.
            let ends = |side| match node.kind {
                NodeKind::Paragraph(_) => self.is_in(node.fate, side),
                _ => self.has(node, side),
            };
            place.point.old = place.point.old.filter(|_| !ends(Side::Old));
            place.point.new = place.point.new.filter(|_| !ends(Side::New));
            place.begins_note = false;
        }
        // A paragraph whose end is not shown here has nothing to go on in.
        if !self.begins.is_empty() && outer.is_none() {
            let content = std::mem::take(&mut self.begins);
            self.body.end_with(self.within.and_then(Mark::of), None);
            self.body.paragraph(&["Normal"], None, out, |_, out| out.raw(&content));
        }
    }

    /// Two lists in a row are two lists: without a gap they would look like one.
    fn gap(&mut self, node: &Node, there: Both<bool>, out: &mut Xml) {
        let is_list = matches!(node.kind, NodeKind::List { .. });
        let after = |there: bool, after: bool| there && is_list && after;
        let gap =
            Both { old: after(there.old, self.after_list.old), new: after(there.new, self.after_list.new) };
        if gap.old || gap.new {
            self.body.end_with(self.mark_of(gap), None);
            self.body.paragraph(&["Efter tabell"], None, out, |_, _| {});
        }
        let ends = |there: bool, before: bool| if there { is_list } else { before };
        self.after_list =
            Both { old: ends(there.old, self.after_list.old), new: ends(there.new, self.after_list.new) };
    }

    fn node(&mut self, node: &'c Node, after: &After<'c, '_>, place: Place<'c>, out: &mut Xml) {
        match &node.kind {
            NodeKind::Paragraph(parts) => self.paragraph(node.fate, parts, after, place, out),
            NodeKind::Heading { level, text } => self.heading(node, *level, text, out),
            NodeKind::List { start, tight, items } => {
                self.moved(node.fate, out, |this, out| {
                    this.list(node.fate, (*start, *tight), items, place, out);
                });
            }
            NodeKind::Quote(body) => self.moved(node.fate, out, |this, out| {
                let quotes = place.quotes + 1;
                this.nodes(body, Place { style: Some("Quote"), quotes, ..place }, out);
            }),
            NodeKind::Table { columns, rows } => {
                self.moved(node.fate, out, |this, out| {
                    this.table(node.fate, (columns, rows), place.depth(), out)
                });
            }
            NodeKind::Code(text) | NodeKind::Html(text) => self.code(node.fate, text, place.depth(), out),
            NodeKind::Rule => {
                self.body.end_with(self.mark(node.fate).flatten(), None);
                self.body.paragraph(&["Avdelare"], None, out, |_, _| {});
            }
            NodeKind::Part { role, body } => {
                let style = match role.as_str() {
                    "underrubrik" => Some("Subtitle"),
                    "ort-datum" => Some("Ort och datum"),
                    "ruta" => Some("Ruta"),
                    "ingress" => Some("Ingress"),
                    "rader" => Some("Rader"),
                    SIGNATURES => Some("Signature"),
                    _ => place.style,
                };
                let place = Place { style, role, ..place };
                self.moved(node.fate, out, |this, out| this.nodes(body, place, out));
            }
            // A note is written where it is referred to; a passage is a part of its row.
            NodeKind::Footnote { .. } | NodeKind::Arrived(_) | NodeKind::Left(_) => {}
        }
    }

    fn heading(&mut self, node: &'c Node, level: Both<u8>, text: &'c [Span], out: &mut Xml) {
        let Some(mark) = self.mark(node.fate) else { return };
        let style = |level: u8| match level {
            1 => "Title".to_owned(),
            _ => format!("heading {}", level.saturating_sub(1).clamp(1, 5)),
        };
        let was = (level.old != level.new && mark.is_none()).then(|| Was {
            style: style(level.old),
            list: None,
            inset: 0,
        });
        let is_new = self.is_in(node.fate, Side::New);
        self.moved(node.fate, out, |this, out| {
            if let Some(at) = node.at.new.as_ref().filter(|_| is_new) {
                this.body.lead_here(at.start);
            }
            this.body.end_with(mark, was);
            let style = style(if is_new { level.new } else { level.old });
            let side = if is_new { Side::New } else { Side::Old };
            let said: String =
                text.iter().filter(|span| this.holds(node.fate, span, side)).map(said).collect();
            // In the end the new document's headings have the names that others know them by.
            let name = if is_new { said } else { format!("Före {said}") };
            let content = this.line(text, |span| span.fate);
            this.body.paragraph(&[&style], None, out, |body, out| {
                body.bookmarked(&name, out, |_, out| out.raw(&content));
            });
        });
    }

    fn list(
        &mut self,
        fate: Fate,
        (start, tight): (Both<Option<u64>>, Both<bool>),
        items: &'c [Item],
        place: Place<'c>,
        out: &mut Xml,
    ) {
        let open = |this: &mut Self, start: Option<u64>, is_close: bool| {
            let list = this.body.open_list(start, (place.lists, place.quotes), place.role == SUBPOINTS);
            Point { list, is_close, is_numbered: start.is_some() }
        };
        let new = self.is_in(fate, Side::New).then(|| open(self, start.new, tight.new));
        let old = self.is_in(fate, Side::Old).then(|| match new {
            Some(new) if start.is_same() => Point { is_close: tight.old, ..new },
            _ => open(self, start.old, tight.old),
        });
        let inner = Place { lists: place.lists + 1, quotes: place.quotes, ..Place::default() };
        let news = items.iter().filter(|item| self.is_in(item.fate, Side::New)).count();
        for item in items {
            let there = Both { old: self.is_in(item.fate, Side::Old), new: self.is_in(item.fate, Side::New) };
            if !there.old && !there.new {
                continue;
            }
            if place.role == ATTACHED {
                let number = match (item.index.new, item.index.old) {
                    (Some(at), _) => Some(at + 1),
                    // In the old document it was led to by this name; in the new one another is.
                    (None, Some(at)) => Some(at + 1).filter(|number| *number > news),
                    (None, None) => None,
                };
                self.body.lead_to(number.map(|number| bookmark_of(&attachment_id(number))));
            } else if let Some(Node { kind: NodeKind::Paragraph(_), at, .. }) = item.body.first()
                && let Some(begin) = at.new.as_ref().filter(|_| there.new)
            {
                self.body.lead_here(begin.start);
            }
            let point = Both { old: old.filter(|_| there.old), new: new.filter(|_| there.new) };
            self.moved(item.fate, out, |this, out| {
                let point = this.bare(&item.body, point, inner.depth(), out);
                this.nodes(&item.body, Place { point, ..inner }, out);
            });
        }
    }
}

impl Tracked<'_, '_> {
    /// Writes the number of an item that begins with no text, and gives those that are still to come.
    fn bare(
        &mut self,
        body: &[Node],
        point: Both<Option<Point>>,
        depth: usize,
        out: &mut Xml,
    ) -> Both<Option<Point>> {
        let is_bare = |side| {
            let first = body.iter().find(|node| self.has(node, side));
            !first.is_some_and(|node| matches!(node.kind, NodeKind::Paragraph(_)))
        };
        let bare = Both {
            old: point.old.filter(|_| is_bare(Side::Old)),
            new: point.new.filter(|_| is_bare(Side::New)),
        };
        if let Some(shown) = bare.new.or(bare.old) {
            let style = self.body.within_note(depth);
            let style = style.unwrap_or_else(|| paragraph::of_point(shown, depth));
            let there = Both { old: bare.old.is_some(), new: bare.new.is_some() };
            self.body.end_with(self.mark_of(there), None);
            self.body.paragraph(&[&style], Some(shown.list), out, |_, _| {});
        }
        Both { old: point.old.filter(|_| bare.old.is_none()), new: point.new.filter(|_| bare.new.is_none()) }
    }
}

/// What words say.
fn said(span: &Span) -> String {
    span.words.iter().flat_map(|word| [if word.spaced { " " } else { "" }, word.text.as_str()]).collect()
}
