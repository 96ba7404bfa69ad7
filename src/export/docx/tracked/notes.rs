//! Footnotes among the changes. Word counts them, wants each where it is first referred to, and drops its text with that
//! reference. Where the two documents first refer to a note at different places, each place holds it: one goes, one
//! comes. What refers to it later is a field with its number, which is changed where the number is another.

use std::collections::{BTreeSet, HashMap};

use super::{Mark, Place, Tracked};
use crate::compare::{self, Both, Comparison, Fate, Node, NodeKind, Side, Word};
use crate::document::Document;
use crate::export::Images;
use crate::export::compared::{Edition, laid_over};
use crate::export::docx::body::referred_to_again;
use crate::export::docx::xml::Xml;
use crate::export::outline::{Notes, references};
use crate::library::Templates;
use crate::markdown::{Block, BlockKind};

/// The labels of a note in the two documents, and its text.
type Moved = HashMap<(String, String), Vec<Node>>;

/// How a document refers to a note at a place.
#[derive(Clone, PartialEq, Eq)]
enum Citation {
    /// The note itself.
    First,
    /// Its number, and the bookmark of the note.
    Again(usize, String),
}

/// The notes of two documents, and how far they were referred to.
pub(super) struct Citations<'c> {
    /// The notes by the labels that each document has for them.
    nodes: HashMap<(Side, &'c str), &'c Node>,
    /// The texts of those whose place among the blocks is another.
    moved: &'c Moved,
    /// The old document's labels by the new one's.
    before: HashMap<&'c str, &'c str>,
    numbers: Both<Notes<'c>>,
    again: Both<BTreeSet<usize>>,
    cited: Both<BTreeSet<usize>>,
    /// The bookmarks of notes.
    names: HashMap<(Side, &'c str), String>,
    /// How many were written.
    written: usize,
    /// The documents whose note is being written, if one is.
    inside: Option<Both<bool>>,
}

/// The notes that both documents have, but as blocks at different places: laid over one another for themselves.
pub(super) fn moved(comparison: &Comparison, old: &Document, new: &Document, templates: &Templates) -> Moved {
    let mut nodes = HashMap::new();
    gather(&comparison.body, &mut nodes);
    // One that is the same block is laid over the other already.
    let is_laid = |(old, new): &(&str, &str)| {
        nodes.get(&(Side::New, *new)).is_some_and(|node| match &node.kind {
            NodeKind::Footnote { label, .. } => node.fate == Fate::Same && label.old == *old,
            _ => false,
        })
    };
    let pairs = pairs(old, new).into_iter().filter(|pair| !is_laid(pair));
    let images = Images::new();
    let alone = |document: &Document, label: &str| {
        let blocks = text_of(&document.blocks, label).unwrap_or_default().to_vec();
        Document { blocks, ..document.clone() }
    };
    let laid = pairs.map(|(old_label, new_label)| {
        let (old, new) = (alone(old, old_label), alone(new, new_label));
        let edition = |document| Edition { document, images: &images };
        let over = laid_over(edition(&old), edition(&new), templates);
        ((old_label.to_owned(), new_label.to_owned()), over.body)
    });
    laid.collect()
}

/// The labels of the notes that both documents have.
fn pairs<'d>(old: &'d Document, new: &'d Document) -> Vec<(&'d str, &'d str)> {
    let (old_notes, new_notes) = compare::notes(&old.blocks, &new.blocks);
    let (old_labels, new_labels) = (labels(&old.blocks), labels(&new.blocks));
    let pair = |label: &'d str| {
        let number = new_notes.get(label)?;
        let partner = old_labels.iter().find(|old| old_notes.get(**old) == Some(number))?;
        Some((*partner, label))
    };
    new_labels.into_iter().filter_map(pair).collect()
}

fn labels(blocks: &[Block]) -> Vec<&str> {
    let mut labels = Vec::new();
    crate::markdown::walk(blocks, &mut |node| {
        if let crate::markdown::Visited::Block(Block { kind: BlockKind::Footnote { label, .. }, .. }) = node {
            labels.push(label.as_str());
        }
    });
    labels
}

fn text_of<'d>(blocks: &'d [Block], wanted: &str) -> Option<&'d [Block]> {
    let mut found = None;
    crate::markdown::walk(blocks, &mut |node| {
        if let crate::markdown::Visited::Block(Block { kind: BlockKind::Footnote { label, blocks }, .. }) =
            node
            && label == wanted
        {
            found = found.or(Some(blocks.as_slice()));
        }
    });
    found
}

fn gather<'c>(nodes: &'c [Node], found: &mut HashMap<(Side, &'c str), &'c Node>) {
    for node in nodes {
        match &node.kind {
            NodeKind::Footnote { label, .. } => {
                if node.fate.is_old() {
                    found.insert((Side::Old, &label.old), node);
                }
                if node.fate.is_new() {
                    found.insert((Side::New, &label.new), node);
                }
            }
            NodeKind::Part { body, .. } | NodeKind::Quote(body) => gather(body, found),
            NodeKind::Arrived(body) | NodeKind::Left(body) => gather(body, found),
            NodeKind::List { items, .. } => items.iter().for_each(|item| gather(&item.body, found)),
            _ => {}
        }
    }
}

impl<'c> Citations<'c> {
    pub(super) fn of(
        comparison: &'c Comparison,
        moved: &'c Moved,
        old: &'c Document,
        new: &'c Document,
    ) -> Self {
        let mut nodes = HashMap::new();
        gather(&comparison.body, &mut nodes);
        let numbers = Both { old: Notes::of(&old.blocks), new: Notes::of(&new.blocks) };
        let again = Both {
            old: referred_to_again(&old.blocks, &numbers.old),
            new: referred_to_again(&new.blocks, &numbers.new),
        };
        Self {
            nodes,
            moved,
            before: pairs(old, new).into_iter().map(|(old, new)| (new, old)).collect(),
            numbers,
            again,
            cited: Both::default(),
            names: HashMap::new(),
            written: 0,
            inside: None,
        }
    }

    fn notes(&self, side: Side) -> &Notes<'c> {
        if side == Side::New { &self.numbers.new } else { &self.numbers.old }
    }

    fn cited(&mut self, side: Side) -> &mut BTreeSet<usize> {
        if side == Side::New { &mut self.cited.new } else { &mut self.cited.old }
    }

    /// Whether a note is still to be referred to for the first time.
    fn is_open(&mut self, side: Side, label: &str) -> bool {
        let number = self.notes(side).number(label);
        number.is_some_and(|number| !self.cited(side).contains(&number))
    }

    /// Whether these are the same note, which neither document has referred to.
    fn are_open(&mut self, labels: Both<Option<&'c str>>) -> bool {
        let (Some(old), Some(new)) = (labels.old, labels.new) else { return false };
        self.before.get(new) == Some(&old) && self.is_open(Side::Old, old) && self.is_open(Side::New, new)
    }

    /// The labels of notes that the text of a note refers to, in a document.
    fn within(&self, side: Side, label: Option<&'c str>) -> Vec<&'c str> {
        let number = label.and_then(|label| self.notes(side).number(label));
        number.map(|number| references(self.notes(side).texts()[number - 1])).unwrap_or_default()
    }

    /// Gives notes the names by which others refer to them: one, where both documents refer to it here.
    fn name(&mut self, labels: Both<Option<&'c str>>) {
        let new = labels.new.map(|label| (label, self.numbers.new.number(label).unwrap_or_default()));
        let old = labels.old.map(|label| (label, self.numbers.old.number(label).unwrap_or_default()));
        let name = match (new, old) {
            (Some((_, number)), _) => format!("_RefFotnot{number}"),
            (None, Some((_, number))) => format!("_RefFotnotFore{number}"),
            (None, None) => return,
        };
        for (side, note) in [(Side::New, new), (Side::Old, old)] {
            if let Some((label, _)) = note {
                self.names.entry((side, label)).or_insert_with(|| name.clone());
            }
        }
    }

    /// How a document refers to a note here.
    fn citation(&mut self, side: Side, label: Option<&'c str>) -> Option<Citation> {
        let label = label?;
        let number = self.notes(side).number(label)?;
        if self.inside.is_none() && self.cited(side).insert(number) {
            return Some(Citation::First);
        }
        Some(Citation::Again(number, self.names.get(&(side, label)).cloned().unwrap_or_default()))
    }
}

impl<'c> Tracked<'_, 'c> {
    /// A reference to a note.
    pub(super) fn refer(&mut self, word: &'c Word, mark: Option<Mark>, out: &mut Xml) {
        let label = Some(word.text.as_str());
        let labels = match mark {
            None => Both { old: label.and_then(|new| self.citations.before.get(new).copied()), new: label },
            Some(mark) if mark.is_new() => Both { old: None, new: label },
            Some(_) => Both { old: label, new: None },
        };
        // What is the same within the text of a note that only one document has here, is that document's.
        let labels = match self.citations.inside {
            Some(there) => {
                Both { old: labels.old.filter(|_| there.old), new: labels.new.filter(|_| there.new) }
            }
            None => labels,
        };
        self.cite(labels, mark, out);
    }

    fn cite(&mut self, labels: Both<Option<&'c str>>, mark: Option<Mark>, out: &mut Xml) {
        if self.citations.are_open(labels) {
            self.citations.name(labels);
        } else {
            for alone in [Both { new: None, ..labels }, Both { old: None, ..labels }] {
                self.citations.name(alone);
            }
        }
        let old = self.citations.citation(Side::Old, labels.old);
        let new = self.citations.citation(Side::New, labels.new);
        let is_same = match (&old, &new) {
            (Some(Citation::First), Some(Citation::First)) => {
                labels.new.and_then(|new| self.citations.before.get(new)) == labels.old.as_ref()
            }
            _ => old == new,
        };
        if is_same {
            return self.citation(labels, new, mark, out);
        }
        let only = |mark: Option<Mark>, other| mark.or(Some(other));
        let (gone, came) = (only(mark, self.only(Side::Old)), only(mark, self.only(Side::New)));
        self.citation(Both { new: None, ..labels }, old, gone, out);
        self.citation(Both { old: None, ..labels }, new, came, out);
    }

    /// Writes how these documents refer to a note.
    fn citation(
        &mut self,
        labels: Both<Option<&'c str>>,
        citation: Option<Citation>,
        mark: Option<Mark>,
        out: &mut Xml,
    ) {
        self.body.set_mark(mark);
        match citation {
            None => {}
            Some(Citation::Again(number, name)) => self.body.note_again(number, &name, out),
            Some(Citation::First) => {
                let name = self.bookmark(labels);
                self.citations.written += 1;
                let written = self.citations.written;
                self.body.noted(written, name.as_deref(), out);
                self.body.set_mark(None);
                self.text_of_note(written, labels);
                self.cite_within(labels, mark, out);
            }
        }
        self.body.set_mark(None);
    }

    /// The bookmark of a note that something else refers to.
    fn bookmark(&self, labels: Both<Option<&'c str>>) -> Option<String> {
        let Citations { numbers, again, names, .. } = &self.citations;
        let is_again = |label: Option<&str>, notes: &Notes, again: &BTreeSet<usize>| {
            label.and_then(|label| notes.number(label)).is_some_and(|number| again.contains(&number))
        };
        let wanted =
            is_again(labels.new, &numbers.new, &again.new) || is_again(labels.old, &numbers.old, &again.old);
        let key = labels.new.map(|new| (Side::New, new)).or(labels.old.map(|old| (Side::Old, old)))?;
        names.get(&key).filter(|_| wanted).cloned()
    }

    fn text_of_note(&mut self, written: usize, labels: Both<Option<&'c str>>) {
        let Citations { nodes, moved, .. } = &self.citations;
        let both = labels.old.zip(labels.new);
        let laid = both.and_then(|(old, new)| moved.get(&(old.to_owned(), new.to_owned())));
        let key = labels.new.map(|new| (Side::New, new)).or(labels.old.map(|old| (Side::Old, old)));
        let own = key.and_then(|key| match nodes.get(&key).copied().map(|node| &node.kind) {
            Some(NodeKind::Footnote { body, .. }) => Some(body),
            _ => None,
        });
        let body = laid.or(own).map_or(&[][..], Vec::as_slice);
        let within = match (labels.old, labels.new) {
            (Some(_), Some(_)) => None,
            (None, _) => Some(Fate::New),
            (_, None) => Some(Fate::Gone),
        };
        let there = Both { old: labels.old.is_some(), new: labels.new.is_some() };
        let outer = (
            std::mem::replace(&mut self.within, within),
            std::mem::take(&mut self.begun),
            std::mem::take(&mut self.begins),
            self.citations.inside.replace(there),
        );
        self.body.begin_note();
        let mut text = Xml::fragment();
        let place = Place { style: Some("footnote text"), begins_note: true, ..Place::default() };
        self.nodes(body, place, &mut text);
        self.body.end_note(written, &text.finish());
        (self.within, self.begun, self.begins, self.citations.inside) = outer;
    }

    /// Word has no note within a note: such a one stands behind the note that refers to it.
    fn cite_within(&mut self, labels: Both<Option<&'c str>>, mark: Option<Mark>, out: &mut Xml) {
        let old = self.citations.within(Side::Old, labels.old);
        for new in self.citations.within(Side::New, labels.new) {
            let partner = self.citations.before.get(new).copied().filter(|label| old.contains(label));
            let both = Both { old: partner, new: Some(new) };
            let labels = if self.citations.are_open(both) { both } else { Both { old: None, ..both } };
            if self.citations.is_open(Side::New, new) {
                self.cite_behind(labels, mark.or(partner_mark(labels, self.only(Side::New))), out);
            }
        }
        for label in old {
            if self.citations.is_open(Side::Old, label) {
                let labels = Both { old: Some(label), new: None };
                self.cite_behind(labels, mark.or(Some(self.only(Side::Old))), out);
            }
        }
    }

    fn cite_behind(&mut self, labels: Both<Option<&'c str>>, mark: Option<Mark>, out: &mut Xml) {
        self.body.set_mark(mark);
        self.body.superscript(", ", out);
        self.body.set_mark(None);
        self.cite(labels, mark, out);
    }
}

/// What a reference is marked as that only one of the documents has.
fn partner_mark(labels: Both<Option<&str>>, only: Mark) -> Option<Mark> {
    labels.old.is_none().then_some(only)
}
