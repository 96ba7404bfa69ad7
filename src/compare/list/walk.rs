//! From a comparison to changes: what stands together and was made by one hand is one change.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::facts::facts;
use super::run::{Run, begins_same, collect, is_all, is_form};
use super::section::{self, Sections, one};
use super::{Change, Deed, Subject, Weight, say};
use crate::compare::{Both, Comparison, Fate, Node, NodeKind, Part, Sentence, Side, Span, is_same, resolve};
use crate::library::roll::Roll;
use crate::markdown::{Abbreviations, write};

/// The changes in the body, which begins there in each source.
pub fn body(comparison: &Comparison, sections: &Sections, starts: Both<usize>) -> Vec<Change> {
    let mut left = FxHashMap::default();
    leaving(&comparison.body, &mut String::new(), &mut left);
    let mut walk = Walk { changes: Vec::new(), here: Here::default(), left, starts, sections, remark: None };
    walk.row(&comparison.body);
    walk.changes
}

/// The headings of the sections that what moved has left.
fn leaving(nodes: &[Node], heading: &mut String, left: &mut FxHashMap<usize, String>) {
    for node in nodes {
        if let Fate::Away(number) = node.fate {
            left.insert(number, heading.clone());
        }
        match &node.kind {
            NodeKind::Heading { text, .. } if node.fate.is_old() => *heading = one(text),
            NodeKind::Paragraph(parts) => {
                for part in parts {
                    if let Part::Sentence(Sentence { fate: Fate::Away(number), .. }) = part {
                        left.insert(*number, heading.clone());
                    }
                }
            }
            NodeKind::List { items, .. } => items.iter().for_each(|item| leaving(&item.body, heading, left)),
            NodeKind::Quote(body) | NodeKind::Part { body, .. } | NodeKind::Footnote { body, .. } => {
                leaving(body, heading, left);
            }
            _ => {}
        }
    }
}

/// Where the walk is.
#[derive(Clone, Default)]
pub struct Here {
    pub heading: Option<String>,
    /// What the section is for; the decision is one, wherever it stands.
    pub role: Option<Roll>,
    pub item: Option<InItem>,
    /// The question or the point of a decision that the item stands in.
    pub within: Option<InItem>,
    pub is_note: bool,
    /// Whether this is the line under the title.
    pub is_subtitle: bool,
    /// Whether this goes on after the enclosures without a heading of its own.
    pub is_after_enclosures: bool,
    /// Whether each paragraph is a line of its own.
    pub is_lines: bool,
}

/// The item of a list that the walk is in.
#[derive(Clone, Copy)]
pub struct InItem {
    pub subject: Subject,
    pub number: Option<usize>,
    /// Whether this is the first block of the item.
    pub first: bool,
    /// Whether something of its first block is in both documents, and something of what follows: of a point all is one.
    pub stays: (bool, bool),
}

/// The walk through a comparison.
pub struct Walk<'a> {
    pub changes: Vec<Change>,
    pub here: Here,
    /// The headings of the sections that what moved has left.
    pub left: FxHashMap<usize, String>,
    starts: Both<usize>,
    sections: &'a Sections,
    /// What is to be remarked with the next change of an item.
    pub remark: Option<String>,
}

/// A change in the making.
pub struct Made<'a> {
    weight: Weight,
    subject: Subject,
    deed: Deed,
    spans: Vec<Span>,
    at: Both<Option<Range<usize>>>,
    /// How many there are of it.
    count: usize,
    /// What it is called.
    name: Option<&'a str>,
}

impl<'a> Made<'a> {
    /// A change of one thing without a name, the words of which stand there.
    pub fn of(
        (weight, subject, deed): (Weight, Subject, Deed),
        spans: Vec<Span>,
        at: Both<Option<Range<usize>>>,
    ) -> Self {
        Self { weight, subject, deed, spans, at, count: 1, name: None }
    }

    /// The same of several things.
    pub fn several(self, count: usize) -> Self {
        Self { count, ..self }
    }

    /// The same of something that has a name.
    pub fn named(self, name: Option<&'a str>) -> Self {
        Self { name, ..self }
    }
}

impl Walk<'_> {
    pub fn row(&mut self, nodes: &[Node]) {
        let mut run = Run::default();
        let mut at = 0;
        while at < nodes.len() {
            if let Some(item) = &mut self.here.item {
                item.first = at == 0;
            }
            match &nodes[at].kind {
                NodeKind::Paragraph(parts) => {
                    self.after_enclosures(parts);
                    let follows = nodes.get(at + 1).is_some_and(begins_same);
                    self.paragraph(nodes[at].fate, parts, follows, &mut run);
                    at += 1;
                }
                NodeKind::Heading { .. } => {
                    self.end(&mut run);
                    at = self.heading(nodes, at);
                }
                NodeKind::List { .. } | NodeKind::Table { .. } | NodeKind::Quote(_)
                    if let Fate::Here(number) = nodes[at].fate =>
                {
                    self.moved_block(&nodes[at], number, &mut run);
                    at += 1;
                }
                _ if matches!(nodes[at].fate, Fate::Away(_)) => at += 1,
                _ => {
                    self.end(&mut run);
                    self.block(&nodes[at]);
                    at += 1;
                }
            }
        }
        self.end(&mut run);
    }

    /// An enclosure is a line. What is a sentence goes on without a heading, and a statement in it is told by whose it is.
    fn after_enclosures(&mut self, parts: &[Part]) {
        let said = parts.iter().find_map(|part| match part {
            Part::Sentence(sentence) => Some(one(&sentence.spans)),
            Part::Line(_) => None,
        });
        let Some(said) = said else { return };
        if self.here.role == Some(Roll::Bilagor) && said.ends_with('.') && self.here.item.is_none() {
            self.here.role = None;
            self.here.heading = None;
            self.here.is_after_enclosures = true;
        }
        if self.here.is_after_enclosures
            && let Some(whose) = section::whose_statement(&said)
        {
            self.here.heading = Some(whose.to_owned());
        }
    }

    /// The weight of words that say no fact.
    pub fn of_words(&self) -> Weight {
        if self.here.role == Some(Roll::Beslut) { Weight::Decision } else { Weight::Wording }
    }

    pub fn weight(&self, subject: Subject, spans: &[Span]) -> Weight {
        match subject {
            _ if self.here.role == Some(Roll::Beslut) => Weight::Decision,
            _ if !facts(spans).is_empty() => Weight::Facts,
            Subject::Signature => Weight::Facts,
            Subject::Question | Subject::Answer => Weight::Questions,
            _ if self.question().is_some() => Weight::Questions,
            Subject::Attachment | Subject::Section | Subject::Heading => Weight::Sections,
            Subject::Title | Subject::Subtitle => Weight::Sections,
            _ => Weight::Wording,
        }
    }

    /// The question whose answer this is in.
    fn question(&self) -> Option<InItem> {
        let item = self.here.item.filter(|item| item.subject == Subject::Question && !item.first);
        item.or(self.here.within.filter(|outer| outer.subject == Subject::Question))
    }

    /// What a thing stands in: an answer, a point, a section.
    fn place(&self, subject: Subject) -> Option<String> {
        let section = self.here.heading.clone();
        let own = self.here.item.filter(|item| item.subject == Subject::Point && subject != Subject::Point);
        let point = self.here.within.filter(|outer| outer.subject == Subject::Point).or(own);
        match (self.question().and_then(|question| question.number), point.and_then(|point| point.number)) {
            (Some(number), _) => Some(format!("svaret på fråga {number}")),
            (None, Some(number)) => Some(match section {
                Some(section) => format!("punkt {number} i {section}"),
                None => format!("punkt {number}"),
            }),
            (None, None) => section,
        }
    }

    /// A heading, and the section below it where all of it is new or gone; gives the node after it.
    fn heading(&mut self, nodes: &[Node], at: usize) -> usize {
        let node = &nodes[at];
        let NodeKind::Heading { level, text } = &node.kind else { return at + 1 };
        let said = one(text);
        let own = if node.fate.is_new() { level.new } else { level.old };
        if matches!(node.fate, Fate::New | Fate::Gone) {
            let ends = |node: &Node| {
                let higher = matches!(&node.kind, NodeKind::Heading { level, .. }
                    if (if node.fate.is_new() { level.new } else { level.old }) <= own);
                higher || !is_all(node, nodes[at].fate)
            };
            let end = nodes[at + 1..].iter().position(ends).map_or(nodes.len(), |next| at + 1 + next);
            let mut section = Run::default();
            collect(&nodes[at..end], &mut section);
            let deed = if node.fate == Fate::New { Deed::New } else { Deed::Gone };
            let subject = if end > at + 1 { Subject::Section } else { Subject::Heading };
            if node.fate == Fate::New {
                self.enter(&said);
            }
            let is_decision = self.sections.role(&said) == Some(Roll::Beslut);
            let weight = if is_decision { Weight::Decision } else { Weight::Sections };
            self.add(Made::of((weight, subject, deed), section.spans, section.at).named(Some(&said)));
            return end;
        }
        self.enter(&said);
        if !is_same(text) {
            let subject = if level.new == 1 { Subject::Title } else { Subject::Heading };
            let old = section::text(text, Fate::is_old);
            let organ = self.sections.organs(&old, &said);
            let weight = match organ {
                _ if is_form(text) => Weight::Form,
                Some(_) => Weight::Decision,
                None => Weight::Sections,
            };
            let made = Made::of((weight, subject, Deed::Changed), text.clone(), node.at.clone());
            self.add(made.named(Some(&old)));
            if let (Subject::Heading, Some(last)) = (subject, self.changes.last_mut()) {
                last.message = match organ {
                    Some((section, old, new)) => {
                        format!("Den som beslutar i {section} är ändrad: {old} → {new}")
                    }
                    None => format!("Rubriken {old} lyder nu {said}"),
                };
            }
        }
        if !level.is_same() {
            let formed = (Weight::Form, Subject::Heading, Deed::Formed);
            self.add(Made::of(formed, text.clone(), node.at.clone()).named(Some(&said)));
        }
        at + 1
    }

    fn enter(&mut self, heading: &str) {
        self.here.is_after_enclosures = false;
        self.here.heading = Some(heading.to_owned());
        self.here.role = self.sections.role(heading);
    }

    fn block(&mut self, node: &Node) {
        let has_parts = matches!(node.kind, NodeKind::List { .. } | NodeKind::Part { .. });
        if matches!(node.fate, Fate::New | Fate::Gone) && !has_parts {
            return self.whole(node);
        }
        self.inner(node);
    }

    /// What changed in a block that is in both.
    pub fn inner(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::List { start, items, .. } => self.list(node, start.new.or(start.old), items),
            NodeKind::Quote(body) => self.within(body, |_| {}),
            NodeKind::Footnote { body, label } => {
                self.within(body, |here| {
                    here.is_note = true;
                    here.item = None;
                    here.within = None;
                });
                if !label.is_same() {
                    let formed = (Weight::Form, Subject::Footnote, Deed::Formed);
                    self.add(Made::of(formed, Vec::new(), node.at.clone()));
                }
            }
            NodeKind::Part { role, body } => {
                let outer = self.here.clone();
                self.here.role = section::of_part(role, outer.role);
                self.here.is_subtitle = role == "underrubrik";
                self.here.is_lines = role == "rader";
                if !(self.here.role == Some(Roll::Underskrifter) && self.are_in_another_order(node, body)) {
                    self.row(body);
                }
                // A heading in a part of its own is the heading of what follows.
                let heading = self.here.heading.clone();
                self.here = Here { heading, ..outer };
                if role == "ruta" {
                    // What is decided stands in it; below it is said who proposes it.
                    self.here.role = None;
                }
                if role == "del"
                    && let Some(heading) = self.here.heading.clone()
                {
                    self.here.role = self.sections.role(&heading);
                }
            }
            NodeKind::Table { columns, rows } => self.table(columns, rows, node),
            NodeKind::Code(text) | NodeKind::Html(text) if !text.is_same() => {
                let changed = (Weight::Wording, Subject::Code, Deed::Changed);
                self.add(Made::of(changed, Vec::new(), node.at.clone()));
            }
            NodeKind::Arrived(body) => self.arrived(node, body),
            _ => {}
        }
    }

    /// Tells that the same people sign in another order; false where that is not all.
    fn are_in_another_order(&mut self, node: &Node, body: &[Node]) -> bool {
        let signed = |side| {
            let whole = Comparison { front: Vec::new(), body: body.to_vec(), moves: 0 };
            let blocks = resolve(&whole, side);
            blocks.into_iter().map(|block| write(&[block], &Abbreviations::default())).collect::<Vec<_>>()
        };
        let (mut old, mut new) = (signed(Side::Old), signed(Side::New));
        if old == new {
            return false;
        }
        old.sort();
        new.sort();
        if old == new {
            self.add(Made::of((Weight::Facts, Subject::Signature, Deed::Moved), Vec::new(), node.at.clone()));
            if let Some(last) = self.changes.last_mut() {
                last.message = "Underskrifterna står i en annan ordning".into();
            }
        }
        old == new
    }

    fn within(&mut self, body: &[Node], enter: impl FnOnce(&mut Here)) {
        let outer = self.here.clone();
        enter(&mut self.here);
        self.row(body);
        self.here = outer;
    }

    /// A section that moved, and the changes made to it.
    fn arrived(&mut self, node: &Node, body: &[Node]) {
        let Fate::Here(_) = node.fate else { return };
        let mut all = Run::default();
        collect(body, &mut all);
        let heading = body.iter().find_map(|node| match &node.kind {
            NodeKind::Heading { text, .. } => Some(one(text)),
            _ => None,
        });
        let subject = if heading.is_some() { Subject::Section } else { Subject::Paragraph };
        let made = Made::of((Weight::Sections, subject, Deed::Moved), all.spans, all.at);
        self.add(made.named(heading.as_deref()));
        self.row(body);
    }

    /// A block that is new or gone as a whole.
    pub fn whole(&mut self, node: &Node) {
        let mut all = Run::default();
        collect(std::slice::from_ref(node), &mut all);
        let subject = of_block(node);
        let deed = if node.fate == Fate::New { Deed::New } else { Deed::Gone };
        let weight = self.weight(subject, &[]);
        self.add(Made::of((weight, subject, deed), all.spans, node.at.clone()));
    }

    pub fn add(&mut self, made: Made<'_>) {
        let Made { weight, subject, deed, spans, at, count, name } = made;
        let facts = if matches!(deed, Deed::Changed | Deed::Rewritten) { facts(&spans) } else { Vec::new() };
        let answered = self.question().filter(|_| subject == Subject::Answer);
        let number = answered.or(self.here.item).and_then(|item| item.number);
        let place = self.place(subject);
        let told = say::Told { subject, deed, place: place.as_deref(), name, number, count };
        let mut message = say::message(&told);
        if let (Some(first), Subject::Sentence, Deed::Changed) = (facts.first(), subject, deed) {
            let place = place.map(|place| format!(" i {place}")).unwrap_or_default();
            message = format!("{}{place} är ändrat", say::fact(&first.kind));
        }
        if !facts.is_empty() {
            message = format!("{message}: {}", say::facts(&facts));
        }
        let shift = |at: Option<Range<usize>>, start: usize| at.map(|at| at.start + start..at.end + start);
        let place = Both { old: shift(at.old, self.starts.old), new: shift(at.new, self.starts.new) };
        self.changes.push(Change {
            weight,
            subject,
            deed,
            message,
            section: self.here.heading.clone(),
            facts,
            text: spans,
            places: vec![place],
            remark: None,
        });
    }
}

/// What a block is to its readers.
pub fn of_block(node: &Node) -> Subject {
    match node.kind {
        NodeKind::Table { .. } => Subject::Table,
        NodeKind::List { .. } => Subject::List,
        NodeKind::Footnote { .. } => Subject::Footnote,
        NodeKind::Code(_) | NodeKind::Html(_) => Subject::Code,
        _ => Subject::Paragraph,
    }
}
