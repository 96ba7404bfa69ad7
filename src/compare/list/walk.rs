//! From a comparison to changes: what stands together and was made by one hand is one change.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::section::{self, Role, one};
use super::{Change, Deed, Fact, Subject, Weight, say};
use crate::compare::{
    Both, Comparison, Fate, Item, Node, NodeKind, Part, Sentence, Span, Step, Value, WordKind, is_same,
};
use crate::markdown::Look;

/// The changes in the front matter, but for headings: the body tells of those.
pub fn head(comparison: &Comparison) -> Vec<Change> {
    let told = comparison.front.iter().filter(|value| !value.text.is_same() && !section::is_heading(value));
    told.map(of_value).collect()
}

fn of_value(value: &Value) -> Change {
    let path = value.path.new.as_ref().or(value.path.old.as_ref());
    let key = path.and_then(|path| {
        path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
    });
    let (deed, kind) = match (&value.text.old, &value.text.new) {
        (None, _) => (Deed::New, None),
        (_, None) => (Deed::Gone, None),
        _ => (Deed::Changed, Some(())),
    };
    let weight = match key {
        Some("nämnd") => Weight::Decision,
        Some("mall" | "språk" | "utkast" | "fil" | "alt" | "rubrikrad") => Weight::Wording,
        _ => Weight::Facts,
    };
    let told = say::Told { subject: Subject::Head, deed, section: None, name: key, number: None, count: 1 };
    let fact = Fact { kind: WordKind::Name, text: value.text.clone() };
    let facts = vec![fact];
    let message = match kind {
        Some(()) => format!("{}: {}", say::message(&told), say::facts(&facts)),
        None => say::message(&told),
    };
    let span = |fate, said: &Option<String>, at: &Option<Range<usize>>| {
        said.as_ref().map(|said| Span {
            fate,
            form: false,
            words: vec![crate::compare::Word {
                text: said.clone(),
                kind: WordKind::Plain,
                look: Look::default(),
                spaced: true,
                at: at.clone().unwrap_or_default(),
            }],
        })
    };
    let spans =
        [span(Fate::Gone, &value.text.old, &value.at.old), span(Fate::New, &value.text.new, &value.at.new)];
    Change {
        weight,
        subject: Subject::Head,
        deed,
        message,
        section: None,
        facts,
        text: spans.into_iter().flatten().collect(),
        places: vec![value.at.clone()],
        remark: None,
    }
}

/// The changes in the body, which begins there in each source.
pub fn body(comparison: &Comparison, starts: Both<usize>) -> Vec<Change> {
    let mut left = FxHashMap::default();
    leaving(&comparison.body, &mut String::new(), &mut left);
    let mut walk = Walk {
        changes: Vec::new(),
        here: Here::default(),
        left,
        starts,
        own: section::Own::of(&comparison.front),
        remark: None,
    };
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
struct Here {
    heading: Option<String>,
    role: Role,
    item: Option<InItem>,
    is_note: bool,
    /// Whether all of this moved, which was told.
    moved: bool,
}

#[derive(Clone, Copy)]
struct InItem {
    subject: Subject,
    number: Option<usize>,
    /// Whether this is the first block of the item.
    first: bool,
}

struct Walk {
    changes: Vec<Change>,
    here: Here,
    left: FxHashMap<usize, String>,
    starts: Both<usize>,
    /// The headings that only these documents have.
    own: section::Own,
    /// What is to be remarked with the next change of an item.
    remark: Option<String>,
}

/// Sentences beside one another that are in one document only, or that moved together.
#[derive(Default)]
struct Run {
    spans: Vec<Span>,
    at: Both<Option<Range<usize>>>,
    gone: usize,
    new: usize,
    /// How many ends of paragraphs are among them.
    ends: usize,
    moved: Option<usize>,
}

impl Run {
    fn is_empty(&self) -> bool {
        self.gone + self.new == 0 && self.moved.is_none()
    }

    fn add(&mut self, sentence: &Sentence) {
        self.spans.extend(sentence.spans.iter().cloned());
        extend(&mut self.at, &sentence.at);
        match sentence.fate {
            Fate::Gone => self.gone += 1,
            _ => self.new += 1,
        }
    }
}

/// Lets a place reach over another.
fn extend(at: &mut Both<Option<Range<usize>>>, other: &Both<Option<Range<usize>>>) {
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

impl Walk {
    fn row(&mut self, nodes: &[Node]) {
        let mut run = Run::default();
        let mut at = 0;
        while at < nodes.len() {
            if let Some(item) = &mut self.here.item {
                item.first = at == 0;
            }
            match &nodes[at].kind {
                NodeKind::Paragraph(parts) => {
                    let follows = nodes.get(at + 1).is_some_and(begins_same);
                    self.paragraph(nodes[at].fate, parts, follows, &mut run);
                    at += 1;
                }
                NodeKind::Heading { .. } => {
                    self.end(&mut run);
                    at = self.heading(nodes, at);
                }
                _ => {
                    self.end(&mut run);
                    self.block(&nodes[at]);
                    at += 1;
                }
            }
        }
        self.end(&mut run);
    }

    fn paragraph(&mut self, end: Fate, parts: &[Part], follows: bool, run: &mut Run) {
        let mut ends_same = false;
        for part in parts {
            let Part::Sentence(sentence) = part else { continue };
            ends_same = false;
            match sentence.fate {
                Fate::Gone | Fate::New => {
                    if run.moved.is_some() {
                        self.end(run);
                    }
                    run.add(sentence);
                }
                Fate::Here(number) => {
                    if run.moved != Some(number) {
                        self.end(run);
                        run.moved = Some(number);
                    }
                    run.add(sentence);
                }
                Fate::Away(_) => {}
                Fate::Same => {
                    self.end(run);
                    self.sentence(sentence);
                    ends_same = true;
                }
            }
        }
        match end {
            Fate::Same => self.end(run),
            _ if !run.is_empty() => run.ends += 1,
            fate if ends_same && follows => {
                let deed = if fate == Fate::New { Deed::Split } else { Deed::Joined };
                let last = parts.iter().rev().find_map(|part| match part {
                    Part::Sentence(sentence) => Some((sentence.spans.clone(), sentence.at.clone())),
                    Part::Line(_) => None,
                });
                let weight =
                    if self.here.role == Role::Decision { Weight::Decision } else { Weight::Wording };
                let (spans, at) = last.unwrap_or_default();
                self.add(weight, Subject::Paragraph, deed, spans, at, 1, None);
            }
            _ => {}
        }
    }

    /// A sentence that is in both, if perhaps with other words.
    fn sentence(&mut self, sentence: &Sentence) {
        if is_same(&sentence.spans) {
            return;
        }
        let subject = self.subject(&sentence.spans, false);
        let formed = is_form(&sentence.spans);
        let deed = if formed { Deed::Formed } else { Deed::Changed };
        let weight = if formed { Weight::Form } else { self.weight(subject, &sentence.spans) };
        self.add(weight, subject, deed, sentence.spans.clone(), sentence.at.clone(), 1, None);
    }

    /// Ends a run: what stands in it is one change.
    fn end(&mut self, run: &mut Run) {
        let run = std::mem::take(run);
        if run.is_empty() {
            return;
        }
        let whole = run.ends > 0 || self.here.item.is_some_and(|item| !item.first);
        let subject = self.subject(&run.spans, whole);
        let count = match subject {
            Subject::Paragraph => run.ends.max(1),
            Subject::Sentence | Subject::Attachment | Subject::Picture => run.gone.max(run.new),
            _ => 1,
        };
        if let Some(number) = run.moved {
            let from = self.left.get(&number).cloned();
            return self.moved(subject, from, run.spans, run.at, count);
        }
        let deed = match (run.gone, run.new) {
            (0, _) => Deed::New,
            (_, 0) => Deed::Gone,
            // A name that became another is the same entry.
            _ if matches!(subject, Subject::Signature | Subject::Attachment) => Deed::Changed,
            _ => Deed::Rewritten,
        };
        let weight = match deed {
            // Facts in what is new are new with it.
            Deed::New | Deed::Gone => self.weight(subject, &[]),
            _ => self.weight(subject, &run.spans),
        };
        self.add(weight, subject, deed, run.spans, run.at, count, None);
    }

    fn moved(
        &mut self,
        subject: Subject,
        from: Option<String>,
        spans: Vec<Span>,
        at: Both<Option<Range<usize>>>,
        count: usize,
    ) {
        let weight = if self.here.role == Role::Decision { Weight::Decision } else { Weight::Wording };
        self.add(weight, subject, Deed::Moved, spans, at, count, None);
        let here = self.here.heading.clone();
        if let Some(last) = self.changes.last_mut()
            && let Some(from) = from.filter(|from| Some(from) != here.as_ref() && !from.is_empty())
        {
            last.message = format!("{} från {from}", last.message);
        }
    }

    /// What a sentence, or a run of them, is to its readers.
    fn subject(&self, spans: &[Span], whole: bool) -> Subject {
        let mut words = spans.iter().filter(|span| span.fate != Fate::Same).flat_map(|span| &span.words);
        let pictures =
            words.clone().next().is_some() && words.all(|word| matches!(word.kind, WordKind::Picture { .. }));
        match (self.here.item, self.here.role) {
            _ if pictures => Subject::Picture,
            (Some(InItem { subject: Subject::Question, first: false, .. }), _) => Subject::Answer,
            (Some(InItem { subject: subject @ (Subject::Question | Subject::Point), .. }), _) => subject,
            (_, Role::Signatures) => Subject::Signature,
            (None, Role::Attachments) => Subject::Attachment,
            _ if self.here.is_note => Subject::Footnote,
            _ if whole => Subject::Paragraph,
            _ => Subject::Sentence,
        }
    }

    fn weight(&self, subject: Subject, spans: &[Span]) -> Weight {
        match subject {
            _ if self.here.role == Role::Decision => Weight::Decision,
            _ if !facts(spans).is_empty() => Weight::Facts,
            Subject::Signature => Weight::Facts,
            Subject::Question | Subject::Answer => Weight::Questions,
            Subject::Attachment | Subject::Section | Subject::Heading | Subject::Title => Weight::Sections,
            _ => Weight::Wording,
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
            let weight =
                if self.own.role(&said) == Role::Decision { Weight::Decision } else { Weight::Sections };
            self.add(weight, subject, deed, section.spans, section.at, 1, Some(&said));
            return end;
        }
        self.enter(&said);
        if !is_same(text) {
            let subject = if level.new == 1 { Subject::Title } else { Subject::Heading };
            let weight = if is_form(text) { Weight::Form } else { Weight::Sections };
            let old = section::text(text, Fate::is_old);
            self.add(weight, subject, Deed::Changed, text.clone(), node.at.clone(), 1, Some(&old));
            if let (Subject::Heading, Some(last)) = (subject, self.changes.last_mut()) {
                last.message = format!("Rubriken {old} lyder nu {said}");
            }
        }
        if !level.is_same() {
            self.add(
                Weight::Form,
                Subject::Heading,
                Deed::Formed,
                text.clone(),
                node.at.clone(),
                1,
                Some(&said),
            );
        }
        at + 1
    }

    fn enter(&mut self, heading: &str) {
        self.here.heading = Some(heading.to_owned());
        self.here.role = self.own.role(heading);
    }

    fn block(&mut self, node: &Node) {
        if let (Fate::New | Fate::Gone, false) =
            (node.fate, matches!(node.kind, NodeKind::List { .. } | NodeKind::Part { .. }))
        {
            return self.whole(node);
        }
        match &node.kind {
            NodeKind::List { start, items, .. } => self.list(node, start.new.or(start.old), items),
            NodeKind::Quote(body) => self.within(body, |_| {}),
            NodeKind::Footnote { body, label } => {
                self.within(body, |here| {
                    here.is_note = true;
                    here.item = None;
                });
                if !label.is_same() {
                    self.add(
                        Weight::Form,
                        Subject::Footnote,
                        Deed::Formed,
                        Vec::new(),
                        node.at.clone(),
                        1,
                        None,
                    );
                }
            }
            NodeKind::Part { role, body } => {
                let outer = self.here.clone();
                self.here.role = section::of_part(role, outer.role);
                self.row(body);
                // A heading in a part of its own is the heading of what follows.
                let heading = self.here.heading.clone();
                self.here = Here { heading, ..outer };
                if role == "del"
                    && let Some(heading) = self.here.heading.clone()
                {
                    self.here.role = self.own.role(&heading);
                }
            }
            NodeKind::Table { columns, rows } => self.table(columns, rows, node),
            NodeKind::Code(text) | NodeKind::Html(text) if !text.is_same() => {
                self.add(Weight::Wording, Subject::Code, Deed::Changed, Vec::new(), node.at.clone(), 1, None);
            }
            NodeKind::Arrived(body) => self.arrived(node, body),
            _ => {}
        }
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
        self.add(Weight::Sections, subject, Deed::Moved, all.spans, all.at, 1, heading.as_deref());
        self.row(body);
    }

    /// A block that is new or gone as a whole.
    fn whole(&mut self, node: &Node) {
        let mut all = Run::default();
        collect(std::slice::from_ref(node), &mut all);
        let subject = match node.kind {
            NodeKind::Table { .. } => Subject::Table,
            NodeKind::Footnote { .. } => Subject::Footnote,
            NodeKind::Code(_) | NodeKind::Html(_) => Subject::Code,
            _ => Subject::Paragraph,
        };
        let deed = if node.fate == Fate::New { Deed::New } else { Deed::Gone };
        let weight = self.weight(subject, &[]);
        self.add(weight, subject, deed, all.spans, node.at.clone(), 1, None);
    }

    fn list(&mut self, node: &Node, start: Option<u64>, items: &[Item]) {
        let questions = section::are_questions(items);
        let subject = match self.here.role {
            _ if questions => Subject::Question,
            Role::Decision => Subject::Point,
            _ => Subject::Item,
        };
        if matches!(node.fate, Fate::New | Fate::Gone) && subject == Subject::Item {
            return self.whole(node);
        }
        let first = start.map(|start| usize::try_from(start).unwrap_or(1));
        let number = |at: Option<usize>| Some(first? + at?);
        let words = if questions { ("fråga", "frågorna") } else { ("punkt", "punkterna") };
        let stay = items.iter().filter(|item| item.fate == Fate::Same);
        let pairs: Vec<_> =
            stay.filter_map(|item| Some((number(item.index.old)?, number(item.index.new)?))).collect();
        let outer_remark = self.remark.take();
        self.remark = say::renumbered(words, &pairs);
        for item in items {
            let at = number(item.index.new).or_else(|| number(item.index.old));
            let inside = InItem { subject, number: at, first: true };
            let outer = self.here.clone();
            self.here.item = Some(inside);
            self.item(item, subject, number(item.index.old));
            self.here = outer;
        }
        self.remark = outer_remark;
    }

    fn item(&mut self, item: &Item, subject: Subject, old_number: Option<usize>) {
        let deed = match item.fate {
            Fate::Away(_) => return,
            Fate::Same => return self.row(&item.body),
            Fate::New => Deed::New,
            Fate::Gone => Deed::Gone,
            Fate::Here(_) => Deed::Moved,
        };
        let mut all = Run::default();
        collect(&item.body, &mut all);
        let mut spans = all.spans;
        if subject == Subject::Question && deed != Deed::Moved {
            // The answer comes and goes with its question, which is printed without it too.
            spans.truncate(first_spans(&item.body));
        }
        let weight = self.weight(subject, &[]);
        self.add(weight, subject, deed, spans, all.at, 1, None);
        let remark = self.remark.take();
        if let Some(last) = self.changes.last_mut() {
            last.remark = remark;
            if let (Deed::Moved, Some(old)) = (deed, old_number) {
                last.message = format!("{}, den var nummer {old}", last.message);
            }
        }
        if deed == Deed::Moved {
            self.here.moved = true;
            self.row(&item.body);
        }
    }

    fn table(&mut self, columns: &[super::super::Column], rows: &[super::super::Row], node: &Node) {
        let name = |spans: &[Span]| Some(one(spans)).filter(|name| !name.is_empty());
        let heads: Vec<Option<String>> = rows
            .first()
            .map_or_else(Vec::new, |head| head.cells.iter().map(|cell| name(&cell.text)).collect());
        for (at, column) in columns.iter().enumerate() {
            let deed = match column.fate {
                Fate::New => Deed::New,
                Fate::Gone => Deed::Gone,
                _ => continue,
            };
            let mut all = Run::default();
            for cell in rows.iter().filter_map(|row| row.cells.get(at)) {
                all.spans.extend(cell.text.iter().cloned());
                extend(&mut all.at, &cell.at);
            }
            let head = heads.get(at).cloned().flatten();
            self.add(
                self.weight(Subject::Column, &[]),
                Subject::Column,
                deed,
                all.spans,
                all.at,
                1,
                head.as_deref(),
            );
        }
        for row in rows {
            let first = row.cells.first().and_then(|cell| name(&cell.text));
            let deed = match row.fate {
                Fate::New => Some(Deed::New),
                Fate::Gone => Some(Deed::Gone),
                Fate::Here(_) => Some(Deed::Moved),
                Fate::Away(_) => continue,
                Fate::Same => None,
            };
            if let Some(deed) = deed {
                let mut all = Run::default();
                for cell in &row.cells {
                    all.spans.extend(cell.text.iter().cloned());
                    extend(&mut all.at, &cell.at);
                }
                self.add(
                    self.weight(Subject::Row, &[]),
                    Subject::Row,
                    deed,
                    all.spans,
                    all.at,
                    1,
                    first.as_deref(),
                );
            }
            if !matches!(row.fate, Fate::Same | Fate::Here(_)) {
                continue;
            }
            for (at, cell) in row.cells.iter().enumerate() {
                if columns.get(at).is_none_or(|column| column.fate != Fate::Same) || is_same(&cell.text) {
                    continue;
                }
                let named = [first.clone(), heads.get(at).cloned().flatten()];
                let named = named.into_iter().flatten().collect::<Vec<_>>().join(", ");
                let formed = is_form(&cell.text);
                let deed = if formed { Deed::Formed } else { Deed::Changed };
                let weight = if formed { Weight::Form } else { self.weight(Subject::Cell, &cell.text) };
                self.add(weight, Subject::Cell, deed, cell.text.clone(), cell.at.clone(), 1, Some(&named));
            }
        }
        if columns.iter().any(|column| column.fate == Fate::Same && !column.align.is_same()) {
            self.add(Weight::Form, Subject::Table, Deed::Formed, Vec::new(), node.at.clone(), 1, None);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn add(
        &mut self,
        weight: Weight,
        subject: Subject,
        deed: Deed,
        spans: Vec<Span>,
        at: Both<Option<Range<usize>>>,
        count: usize,
        name: Option<&str>,
    ) {
        let facts = if matches!(deed, Deed::Changed | Deed::Rewritten) { facts(&spans) } else { Vec::new() };
        let number = self.here.item.and_then(|item| item.number);
        let section = self.here.heading.as_deref();
        let told = say::Told { subject, deed, section, name, number, count };
        let mut message = say::message(&told);
        if let (Some(first), Subject::Sentence, Deed::Changed) = (facts.first(), subject, deed) {
            let place = section.map(|section| format!(" i {section}")).unwrap_or_default();
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

/// Whether a paragraph begins with a sentence that is in both.
fn begins_same(node: &Node) -> bool {
    let NodeKind::Paragraph(parts) = &node.kind else { return false };
    matches!(parts.first(), Some(Part::Sentence(Sentence { fate: Fate::Same, .. })))
}

/// Whether only the form of words is another.
fn is_form(spans: &[Span]) -> bool {
    spans.iter().all(|span| span.fate == Fate::Same || span.form)
}

/// Whether all of a node has a fate.
fn is_all(node: &Node, fate: Fate) -> bool {
    node.fate == fate
        && match &node.kind {
            NodeKind::Paragraph(parts) => parts.iter().all(|part| match part {
                Part::Sentence(sentence) => sentence.fate == fate,
                Part::Line(line) => *line == fate,
            }),
            _ => true,
        }
}

/// Gathers all words below some nodes, and where they stand.
fn collect(nodes: &[Node], into: &mut Run) {
    for node in nodes {
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
fn first_spans(body: &[Node]) -> usize {
    let mut first = Run::default();
    collect(&body[..body.len().min(1)], &mut first);
    first.spans.len()
}

/// The facts that came, went or became others.
fn facts(spans: &[Span]) -> Vec<Fact> {
    let side = |fate: Fate| {
        let spans = spans.iter().filter(move |span| span.fate == fate && !span.form);
        spans.flat_map(|span| &span.words).filter(|word| word.kind.is_fact()).collect::<Vec<_>>()
    };
    let (mut gone, mut new) = (side(Fate::Gone), side(Fate::New));
    // What only stands elsewhere in the sentence is no other fact.
    gone.retain(|old| match new.iter().position(|other| other.text == old.text) {
        Some(at) => {
            new.remove(at);
            false
        }
        None => true,
    });
    let mut facts = Vec::new();
    for old in gone {
        let partner = new.iter().position(|other| other.kind == old.kind).map(|at| new.remove(at));
        let text = Both { old: Some(old.text.clone()), new: partner.map(|word| word.text.clone()) };
        facts.push(Fact { kind: old.kind.clone(), text });
    }
    facts.extend(new.into_iter().map(|word| Fact {
        kind: word.kind.clone(),
        text: Both { old: None, new: Some(word.text.clone()) },
    }));
    facts
}
