//! Rows of blocks laid over one another.

use std::ops::Range;

use super::align::in_order;
use super::model::{self, Both, Fate, Node, NodeKind};
use super::outline::{Group, Part, Sentence, Whole, WholeKind, likeness};
use super::words::{self, ALIKE};
use super::{lists, tables};

/// The blocks of two groups laid over one another.
pub fn groups(old: &Group, new: &Group) -> Vec<Node> {
    parts(&old.parts, &new.parts)
}

/// Two groups of which the first parts are the same, whatever they say: sections with their headings.
pub fn headed(old: &Group, new: &Group) -> Vec<Node> {
    let ([old_first, old_rest @ ..], [new_first, new_rest @ ..]) = (&old.parts[..], &new.parts[..]) else {
        return groups(old, new);
    };
    let mut row = Row::default();
    row.pair(old_first, new_first);
    row.nodes.extend(parts(old_rest, new_rest));
    row.nodes
}

/// All blocks of a group, with one fate.
pub fn group(group: &Group, fate: Fate) -> Vec<Node> {
    parts_alone(&group.parts, fate)
}

/// All of a row, with one fate.
pub fn parts_alone(parts: &[Part], fate: Fate) -> Vec<Node> {
    let mut row = Row::default();
    for part in parts {
        row.alone(part, fate);
    }
    row.nodes
}

/// Two rows laid over one another.
pub fn parts(old: &[Part], new: &[Part]) -> Vec<Node> {
    // Breaks and ends of paragraphs are no text: they are paired after the text around them is.
    let (old_texts, new_texts) = (texts(old), texts(new));
    let hashes =
        |parts: &[Part], texts: &[usize]| texts.iter().map(|at| hash(&parts[*at])).collect::<Vec<_>>();
    let pairs = in_order(
        &hashes(old, &old_texts),
        &hashes(new, &new_texts),
        &|at| weight(&old[old_texts[at]]),
        &mut |one, other| score(&old[old_texts[one]], &new[new_texts[other]]),
    );
    let mut row = Row::default();
    let mut done = (0, 0);
    for (one, other) in pairs {
        let at = (old_texts[one], new_texts[other]);
        row.gap(&old[done.0..at.0], &new[done.1..at.1]);
        row.pair(&old[at.0], &new[at.1]);
        done = (at.0 + 1, at.1 + 1);
    }
    row.gap(&old[done.0..], &new[done.1..]);
    row.nodes
}

fn texts(parts: &[Part]) -> Vec<usize> {
    (0..parts.len()).filter(|at| matches!(parts[*at], Part::Sentence(_) | Part::Whole(_))).collect()
}

fn hash(part: &Part) -> u64 {
    match part {
        Part::Sentence(sentence) => sentence.hash,
        // A heading is no sentence, though it says the same.
        Part::Whole(whole) => !whole.hash,
        Part::Line | Part::End(_) => 0,
    }
}

fn weight(part: &Part) -> f32 {
    1.0 + part.bag().len() as f32
}

/// How sure it is that one became the other.
fn score(old: &Part, new: &Part) -> f32 {
    let alike = likeness(old.bag(), new.bag());
    let least = match (old, new) {
        (Part::Sentence(_), Part::Sentence(_)) => 0.4,
        (Part::Whole(one), Part::Whole(other)) => match (&one.kind, &other.kind) {
            // The place and the kind of these are nearly all there is to tell them by.
            (WholeKind::Part { role, .. }, WholeKind::Part { role: other, .. }) if role == other => 0.0,
            (WholeKind::Rule, WholeKind::Rule) | (WholeKind::Code(_), WholeKind::Code(_)) => 0.0,
            (WholeKind::List { .. }, WholeKind::List { .. }) => 0.1,
            (WholeKind::Heading { level, .. }, WholeKind::Heading { level: other, .. }) if level == other => {
                0.3
            }
            (WholeKind::Table { .. }, WholeKind::Table { .. }) => 0.3,
            (WholeKind::Footnote { .. }, WholeKind::Footnote { .. }) => 0.4,
            (WholeKind::Quote(_), WholeKind::Quote(_)) => 0.3,
            (WholeKind::Heading { .. }, WholeKind::Heading { .. }) => 0.9,
            (WholeKind::Html(one), WholeKind::Html(other)) if one == other => 0.0,
            _ => return 0.0,
        },
        _ => return 0.0,
    };
    if alike < least { 0.0 } else { (alike + 0.05) * (weight(old) + weight(new)) }
}

/// Nodes in the making.
#[derive(Default)]
struct Row {
    nodes: Vec<Node>,
    /// The paragraph at hand.
    open: Vec<model::Part>,
}

impl Row {
    /// What stands between two pairs: first what is gone, then what is new; breaks are paired in order.
    fn gap(&mut self, old: &[Part], new: &[Part]) {
        let is_break = |part: &&Part| matches!(part, Part::Line | Part::End(_));
        let (mut old_rest, mut new_rest) = (old, new);
        while let (Some(one), Some(other)) = (
            old_rest.iter().position(|part| is_break(&part)),
            new_rest.iter().position(|part| is_break(&part)),
        ) {
            old_rest[..one].iter().for_each(|part| self.alone(part, Fate::Gone));
            new_rest[..other].iter().for_each(|part| self.alone(part, Fate::New));
            match (&old_rest[one], &new_rest[other]) {
                (Part::Line, Part::Line) => self.open.push(model::Part::Line(Fate::Same)),
                (Part::End(old), Part::End(new)) => {
                    self.end(Fate::Same, Both { old: Some(old.clone()), new: Some(new.clone()) });
                }
                (one, other) => {
                    self.alone(one, Fate::Gone);
                    self.alone(other, Fate::New);
                }
            }
            (old_rest, new_rest) = (&old_rest[one + 1..], &new_rest[other + 1..]);
        }
        old_rest.iter().for_each(|part| self.alone(part, Fate::Gone));
        new_rest.iter().for_each(|part| self.alone(part, Fate::New));
    }

    fn end(&mut self, fate: Fate, at: Both<Option<Range<usize>>>) {
        let kind = NodeKind::Paragraph(std::mem::take(&mut self.open));
        self.nodes.push(Node { fate, kind, at });
    }

    /// A part that is in one document only.
    fn alone(&mut self, part: &Part, fate: Fate) {
        match part {
            Part::Sentence(sentence) => self.sentence(sentence, fate),
            Part::Line => self.open.push(model::Part::Line(fate)),
            Part::End(at) => self.end(fate, place(at, fate)),
            Part::Whole(whole) => {
                let kind = alone(&whole.kind, fate);
                self.nodes.push(Node { fate, kind, at: place(&whole.at, fate) });
            }
        }
    }

    fn sentence(&mut self, sentence: &Sentence, fate: Fate) {
        let at = place(&sentence.at, fate);
        self.open.push(model::Part::Sentence(model::Sentence {
            fate,
            spans: words::all(sentence, fate),
            at,
        }));
    }

    /// Two parts of which one became the other.
    fn pair(&mut self, old: &Part, new: &Part) {
        match (old, new) {
            (Part::Sentence(old), Part::Sentence(new)) => {
                let (ratio, spans) = words::changed(old, new);
                if ratio < ALIKE {
                    self.sentence(old, Fate::Gone);
                    self.sentence(new, Fate::New);
                } else {
                    let at = Both { old: Some(old.at.clone()), new: Some(new.at.clone()) };
                    self.open.push(model::Part::Sentence(model::Sentence { fate: Fate::Same, spans, at }));
                }
            }
            (Part::Whole(old), Part::Whole(new)) if is_like(&old.kind, &new.kind) => {
                self.nodes.push(whole(old, new));
            }
            // Only like is paired with like.
            (old, new) => {
                self.alone(old, Fate::Gone);
                self.alone(new, Fate::New);
            }
        }
    }
}

/// Where something stands that is in one document only.
pub fn place(at: &Range<usize>, fate: Fate) -> Both<Option<Range<usize>>> {
    Both { old: fate.is_old().then(|| at.clone()), new: fate.is_new().then(|| at.clone()) }
}

/// A block of one document only.
fn alone(kind: &WholeKind, fate: Fate) -> NodeKind {
    let text = |text: &String| Both {
        old: fate.is_old().then(|| text.clone()),
        new: fate.is_new().then(|| text.clone()),
    };
    match kind {
        WholeKind::Heading { level, text } => {
            NodeKind::Heading { level: twice(*level), text: words::all(text, fate) }
        }
        WholeKind::List { start, tight, items } => {
            NodeKind::List { start: twice(*start), tight: twice(*tight), items: lists::alone(items, fate) }
        }
        WholeKind::Quote(body) => NodeKind::Quote(group(body, fate)),
        WholeKind::Table { align, rows } => tables::alone(align, rows, fate),
        WholeKind::Code(code) => NodeKind::Code(text(code)),
        WholeKind::Html(html) => NodeKind::Html(text(html)),
        WholeKind::Rule => NodeKind::Rule,
        WholeKind::Footnote { label, body } => {
            NodeKind::Footnote { label: twice(label.clone()), body: group(body, fate) }
        }
        WholeKind::Part { role, body } => NodeKind::Part { role: role.clone(), body: group(body, fate) },
    }
}

fn twice<T: Clone>(value: T) -> Both<T> {
    Both { old: value.clone(), new: value }
}

/// Whether one block can have become another.
pub fn is_like(old: &WholeKind, new: &WholeKind) -> bool {
    match (old, new) {
        (WholeKind::Part { role, .. }, WholeKind::Part { role: other, .. }) => role == other,
        _ => std::mem::discriminant(old) == std::mem::discriminant(new),
    }
}

/// A block that is in both.
pub fn whole(old: &Whole, new: &Whole) -> Node {
    let kind = match (&old.kind, &new.kind) {
        (WholeKind::Heading { level, text }, WholeKind::Heading { level: new_level, text: new_text }) => {
            NodeKind::Heading {
                level: Both { old: *level, new: *new_level },
                text: words::line(text, new_text),
            }
        }
        (
            WholeKind::List { start, tight, items },
            WholeKind::List { start: new_start, tight: new_tight, items: new_items },
        ) => NodeKind::List {
            start: Both { old: *start, new: *new_start },
            tight: Both { old: *tight, new: *new_tight },
            items: lists::items(items, new_items),
        },
        (WholeKind::Quote(old), WholeKind::Quote(new)) => NodeKind::Quote(groups(old, new)),
        (WholeKind::Table { align, rows }, WholeKind::Table { align: new_align, rows: new_rows }) => {
            tables::table((align, rows), (new_align, new_rows))
        }
        (WholeKind::Footnote { label, body }, WholeKind::Footnote { label: new_label, body: new_body }) => {
            let label = Both { old: label.clone(), new: new_label.clone() };
            NodeKind::Footnote { label, body: groups(body, new_body) }
        }
        (WholeKind::Part { role, body }, WholeKind::Part { body: new_body, .. }) => {
            NodeKind::Part { role: role.clone(), body: groups(body, new_body) }
        }
        (WholeKind::Code(old), WholeKind::Code(new)) => {
            NodeKind::Code(Both { old: Some(old.clone()), new: Some(new.clone()) })
        }
        (WholeKind::Html(old), WholeKind::Html(new)) => {
            NodeKind::Html(Both { old: Some(old.clone()), new: Some(new.clone()) })
        }
        // Only like is paired with like.
        _ => NodeKind::Rule,
    };
    let at = Both { old: Some(old.at.clone()), new: Some(new.at.clone()) };
    Node { fate: Fate::Same, kind, at }
}
