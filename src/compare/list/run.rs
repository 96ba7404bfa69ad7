//! What stands together and has the same fate, and was therefore changed by one hand.

use std::ops::Range;

use super::Subject;
use crate::compare::{Both, Fate, Node, NodeKind, Part, Sentence, Span};

/// Sentences beside one another that are in one document only, or that moved together.
#[derive(Default)]
pub struct Run {
    pub spans: Vec<Span>,
    pub at: Both<Option<Range<usize>>>,
    pub gone: usize,
    pub new: usize,
    /// How many ends of paragraphs are among them.
    pub ends: usize,
    pub moved: Option<usize>,
    /// What it is, where it is a single block without sentences of its own.
    pub block: Option<Subject>,
}

impl Run {
    pub fn is_empty(&self) -> bool {
        self.gone + self.new == 0 && self.moved.is_none()
    }

    /// Whether nothing stands in it.
    pub fn is_bare(&self) -> bool {
        self.spans.is_empty() && self.ends == 0
    }

    pub fn add(&mut self, sentence: &Sentence) {
        self.block = None;
        self.spans.extend(sentence.spans.iter().cloned());
        extend(&mut self.at, &sentence.at);
        match sentence.fate {
            Fate::Gone => self.gone += 1,
            _ => self.new += 1,
        }
    }
}

/// Lets a place reach over another.
pub fn extend(at: &mut Both<Option<Range<usize>>>, other: &Both<Option<Range<usize>>>) {
    let reach = |at: &mut Option<Range<usize>>, other: &Option<Range<usize>>| {
        if let Some(other) = other {
            *at = Some(match at {
                Some(at) => at.start.min(other.start)..at.end.max(other.end),
                None => other.clone(),
            });
        }
    };
    reach(&mut at.old, &other.old);
    reach(&mut at.new, &other.new);
}

/// Whether a paragraph begins with a sentence that is in both.
pub fn begins_same(node: &Node) -> bool {
    let NodeKind::Paragraph(parts) = &node.kind else { return false };
    matches!(parts.first(), Some(Part::Sentence(Sentence { fate: Fate::Same, .. })))
}

/// Whether only the form of words is another.
pub fn is_form(spans: &[Span]) -> bool {
    spans.iter().all(|span| span.fate == Fate::Same || span.form)
}

/// Whether all of a node has a fate; what moved from where it is gone, or to where it is new, is told elsewhere.
pub fn is_all(node: &Node, fate: Fate) -> bool {
    let has = |other: Fate| match (fate, other) {
        (Fate::Gone, Fate::Away(_)) => true,
        _ => fate == other,
    };
    has(node.fate)
        && match &node.kind {
            NodeKind::Paragraph(parts) => parts.iter().all(|part| match part {
                Part::Sentence(sentence) => has(sentence.fate),
                Part::Line(line) => *line == fate,
            }),
            _ => true,
        }
}

/// Whether something in some nodes is in both documents.
pub fn stays(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match &node.kind {
        NodeKind::Paragraph(parts) => parts.iter().any(|part| match part {
            Part::Sentence(sentence) => sentence.fate == Fate::Same,
            Part::Line(_) => false,
        }),
        NodeKind::List { items, .. } => items.iter().any(|item| stays(&item.body)),
        NodeKind::Quote(body) | NodeKind::Part { body, .. } => stays(body),
        NodeKind::Footnote { .. } | NodeKind::Left(_) => false,
        NodeKind::Arrived(_) => true,
        _ => node.fate == Fate::Same,
    })
}

/// Gathers all words below some nodes, and where they stand.
pub fn collect(nodes: &[Node], into: &mut Run) {
    for node in nodes.iter().filter(|node| !matches!(node.fate, Fate::Away(_))) {
        extend(&mut into.at, &node.at);
        match &node.kind {
            NodeKind::Heading { text, .. } => into.spans.extend(text.iter().cloned()),
            NodeKind::Paragraph(parts) => {
                for part in parts {
                    if let Part::Sentence(sentence) = part
                        && !matches!(sentence.fate, Fate::Away(_))
                    {
                        into.add(sentence);
                    }
                }
            }
            NodeKind::List { items, .. } => items.iter().for_each(|item| collect(&item.body, into)),
            NodeKind::Table { rows, .. } => {
                for cell in rows.iter().flat_map(|row| &row.cells) {
                    into.spans.extend(cell.text.iter().cloned());
                }
            }
            NodeKind::Quote(body)
            | NodeKind::Footnote { body, .. }
            | NodeKind::Part { body, .. }
            | NodeKind::Arrived(body) => collect(body, into),
            _ => {}
        }
    }
}

/// How many spans the first block of an item has.
pub fn first_spans(body: &[Node]) -> usize {
    let mut first = Run::default();
    collect(&body[..body.len().min(1)], &mut first);
    first.spans.len()
}
