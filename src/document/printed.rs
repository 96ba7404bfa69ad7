//! The case that a document prints: Markdown is reviewed as a case is, every word at its place in the Markdown.
//!
//! A section is the key whose heading it has, as the kind, the profile or the front matter say it; any other is the
//! author's own. Questions are known by their signs, and answers by the questions they stand below. What no Markdown
//! tells is not there: what was taken from other cases, what is accepted, and the parts of an utlåtande that are
//! gathered, which are sections like others here.

use std::ops::Range;

use super::{Document, front_node};
use crate::language::swedish::{capitalised, without_number};
use crate::library::Templates;
use crate::library::form::Form;
use crate::library::kinds::Kind;
use crate::library::roll::Roll;
use crate::markdown::{Block, BlockKind, Inline, InlineKind, plain};
use crate::read::{self, Case};
use crate::yaml::node::{Key, Origin, Value, YamlNode};

/// The case that a document prints; none where it says no kind that there is.
pub fn case(document: &Document, templates: &Templates) -> Option<Case> {
    let kinds = templates.kinds();
    let kind = kinds.get(&document.front.mall.text)?;
    let mut printed =
        Printed { document, kind, headings: headings(document, kind, templates), entries: head(document) };
    printed.body(&document.blocks);
    let origin = printed.origin(0..0);
    read::of_tree(&document.source, YamlNode { origin, value: Value::Map(printed.entries) }, kinds)
}

/// What the front matter says with the keys of a case.
fn head(document: &Document) -> Vec<(Key, YamlNode)> {
    const KEYS: &[&str] =
        &["mall", "diarienummer", "er beteckning", "datum", "till", "avsändare", "handläggare"];
    let front = front_node(&document.source);
    let Some(YamlNode { value: Value::Map(entries), .. }) = front else { return Vec::new() };
    entries.into_iter().filter(|(key, _)| KEYS.contains(&key.name.as_str())).collect()
}

/// The headings in small letters that keys print under.
fn headings(document: &Document, kind: &Kind, templates: &Templates) -> Vec<(String, String)> {
    let profile = templates.profile(&document.front.sender(templates.kinds()));
    let mut own = document.front.rubriker.clone().unwrap_or_default();
    let mut found = Vec::new();
    for (name, key) in kind.body() {
        let own = key.role().and_then(|role| own.of(role)).and_then(|line| line.clone());
        let lines = [&own, &profile.rubriker.get(name).cloned(), &key.rubrik, &key.rubrik_vid_flera];
        found.extend(lines.into_iter().flatten().map(|line| (line.text.to_lowercase(), name.to_owned())));
    }
    found
}

struct Printed<'a> {
    document: &'a Document,
    kind: &'a Kind,
    headings: Vec<(String, String)>,
    entries: Vec<(Key, YamlNode)>,
}

/// A section while it is read.
struct Section {
    key: Key,
    form: Form,
}

impl<'a> Printed<'a> {
    fn body(&mut self, blocks: &'a [Block]) {
        let mut section = None;
        let mut run: Vec<&Block> = Vec::new();
        for block in blocks {
            let heading = match &block.kind {
                BlockKind::Heading { level, .. } if *level <= 2 => Some(block),
                // A layout may set one in a part of its own.
                BlockKind::Part { blocks, .. } => match blocks.as_slice() {
                    [only @ Block { kind: BlockKind::Heading { level: 2, .. }, .. }] => Some(only),
                    _ => None,
                },
                _ => None,
            };
            if let Some(Block { kind: BlockKind::Heading { level, inlines }, .. }) = heading {
                self.run(section.as_ref(), std::mem::take(&mut run));
                match level {
                    1 => self.line("titel", inlines),
                    _ => section = Some(self.section(inlines)),
                }
            } else if let BlockKind::Part { role, blocks } = &block.kind {
                self.run(section.as_ref(), std::mem::take(&mut run));
                self.part(role, blocks, section.as_ref());
            } else {
                run.push(block);
            }
        }
        self.run(section.as_ref(), run);
    }

    /// The section that a heading begins.
    fn section(&self, heading: &[Inline]) -> Section {
        let said = plain(heading);
        let lower = without_number(&said).to_lowercase();
        let is_free = |name: &str| self.entries.iter().all(|(key, _)| key.name != name);
        let mut meant = self.headings.iter().filter(|(known, _)| {
            // The organ can stand in the heading.
            lower.strip_prefix(known.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(" i "))
        });
        let name = meant
            .clone()
            .find(|(_, name)| is_free(name))
            .or_else(|| meant.next())
            .map(|(_, name)| name.clone());
        let form = name.as_deref().and_then(|name| self.kind.key(name)).map(|key| key.form);
        // What an utlåtande gathers of others is text here.
        let form = form.filter(|form| {
            !matches!(
                form,
                Form::Rad | Form::Remissinstanser | Form::Borgarradsberedning | Form::Kommunstyrelse
            )
        });
        let name = name.filter(|_| form.is_some()).unwrap_or_else(|| capitalised(&said));
        Section { key: Key { origin: self.origin(range(heading)), name }, form: form.unwrap_or_default() }
    }

    fn part(&mut self, role: &str, blocks: &'a [Block], section: Option<&Section>) {
        match role {
            "underrubrik" => {
                if let [Block { kind: BlockKind::Paragraph(inlines), .. }] = blocks {
                    self.line("underrubrik", inlines);
                }
            }
            "underskrifter" => self.signatures(blocks),
            "rader" => {
                let lines = blocks.iter().filter_map(|block| self.block_line(block)).collect();
                if let Some(section) = section {
                    let value = YamlNode { origin: section.key.origin.clone(), value: Value::List(lines) };
                    self.entries.push((section.key.clone(), value));
                }
            }
            // What is proposed stands below a sentence of the template's, that says who decides.
            "ruta" => self.run(section, blocks.iter().skip(1).collect()),
            _ => self.run(section, blocks.iter().collect()),
        }
    }

    /// Blocks beside one another in a section.
    fn run(&mut self, section: Option<&Section>, blocks: Vec<&'a Block>) {
        let Some(section) = section.filter(|_| !blocks.is_empty()) else { return };
        match section.form {
            Form::Punkter => {
                let node = self.points(&blocks);
                self.entries.push((section.key.clone(), node));
            }
            Form::Bilagor | Form::Rader => {
                let items = blocks.iter().flat_map(|block| match &block.kind {
                    BlockKind::List { items, .. } => items.iter().flatten().collect(),
                    _ => vec![*block],
                });
                let lines = items.filter_map(|block| self.block_line(block)).collect();
                let node = YamlNode { origin: section.key.origin.clone(), value: Value::List(lines) };
                self.entries.push((section.key.clone(), node));
            }
            _ => self.text(section, &blocks),
        }
    }

    /// A text, and the questions in it.
    fn text(&mut self, section: &Section, blocks: &[&'a Block]) {
        let questions = self.kind.body().find(|(_, key)| key.form == Form::Fragor);
        let closing = self.kind.body().find(|(_, key)| key.form == Form::Text && key.rubrik.is_none());
        let mut key = section.key.clone();
        let mut start = 0;
        for (at, block) in blocks.iter().enumerate() {
            let BlockKind::List { items, .. } = &block.kind else { continue };
            let Some((name, _)) = questions.filter(|_| are_questions(items)) else { continue };
            self.plain_text(&key, &blocks[start..at]);
            start = at + 1;
            self.questions(name, items);
            if let Some((name, _)) = closing.filter(|_| items.iter().any(|item| item.len() > 1)) {
                name.clone_into(&mut key.name);
            }
        }
        self.plain_text(&key, &blocks[start..]);
    }

    fn plain_text(&mut self, key: &Key, blocks: &[&Block]) {
        if !blocks.is_empty() {
            self.entries.push((key.clone(), self.words(blocks)));
        }
    }

    /// Questions; where they were put before, what stands below them here answers those.
    fn questions(&mut self, name: &str, items: &'a [Vec<Block>]) {
        let question = |item: &'a Vec<Block>| {
            let (question, answer) = item.split_at(item.len().min(1));
            let answer: Vec<&Block> = answer.iter().collect();
            (
                self.words(&question.iter().collect::<Vec<_>>()),
                (!answer.is_empty()).then(|| self.words(&answer)),
            )
        };
        let mut asked: Vec<(YamlNode, Option<YamlNode>)> = items.iter().map(question).collect();
        let key = |name: &str, node: &YamlNode| Key { origin: node.origin.clone(), name: name.to_owned() };
        let put = self.entries.iter_mut().find(|(key, _)| key.name == name);
        let put = put.and_then(|(_, node)| match &mut node.value {
            Value::List(items) if items.len() == asked.len() => Some(items),
            _ => None,
        });
        let entry = |(question, answer): (YamlNode, Option<YamlNode>)| {
            let origin = question.origin.clone();
            let answer = answer.map(|answer| (key("svar", &answer), answer));
            let entries = std::iter::once((key("fråga", &question), question)).chain(answer);
            YamlNode { origin, value: Value::Map(entries.collect()) }
        };
        match put {
            Some(put) => {
                for (node, (_, answer)) in put.iter_mut().zip(asked.drain(..)) {
                    if let (Value::Map(entries), Some(answer)) = (&mut node.value, answer) {
                        entries.push((key("svar", &answer), answer));
                    }
                }
            }
            None => {
                let list: Vec<YamlNode> = asked.into_iter().map(entry).collect();
                let origin = list.first().map_or_else(|| self.origin(0..0), |node| node.origin.clone());
                let key = Key { origin: origin.clone(), name: name.to_owned() };
                self.entries.push((key, YamlNode { origin, value: Value::List(list) }));
            }
        }
    }

    /// What is proposed: a text, points, or points for each organ.
    fn points(&self, blocks: &[&Block]) -> YamlNode {
        let origin = self.origin(span(blocks));
        let points = |items: &[Vec<Block>]| {
            let points = items.iter().map(|item| self.words(&item.iter().collect::<Vec<_>>())).collect();
            YamlNode { origin: origin.clone(), value: Value::List(points) }
        };
        match blocks {
            [Block { kind: BlockKind::List { items, .. }, .. }] => return points(items),
            _ if !blocks.iter().any(|block| matches!(block.kind, BlockKind::List { .. })) => {
                return self.words(blocks);
            }
            _ => {}
        }
        let key = |name: &str| Key { origin: origin.clone(), name: name.to_owned() };
        let mut organs = Vec::new();
        let mut lead = Vec::new();
        for block in blocks {
            if let BlockKind::List { items, .. } = &block.kind {
                let names: &[&str] = if lead.len() == 1 { &["organ"] } else { &["organ", "inledning"] };
                let mut entries: Vec<(Key, YamlNode)> =
                    names.iter().map(|name| key(name)).zip(lead.drain(..)).collect();
                entries.push((key("punkter"), points(items)));
                organs.push(YamlNode { origin: origin.clone(), value: Value::Map(entries) });
            } else {
                lead.push(self.words(&[*block]));
            }
        }
        YamlNode { origin, value: Value::List(organs) }
    }

    fn signatures(&mut self, blocks: &[Block]) {
        let Some(name) = self.kind.key_for(Roll::Underskrifter) else { return };
        let people: Vec<YamlNode> = blocks.iter().filter_map(|block| self.person(block)).collect();
        let origin = people.first().map_or_else(|| self.origin(0..0), |person| person.origin.clone());
        let key = Key { origin: origin.clone(), name: name.to_owned() };
        self.entries.push((key, YamlNode { origin, value: Value::List(people) }));
    }

    /// Who signs: names, the title, and the organisation on the last of more than two lines.
    fn person(&self, block: &Block) -> Option<YamlNode> {
        let BlockKind::Paragraph(inlines) = &block.kind else { return None };
        let origin = self.origin(block.at.0.clone());
        let lines: Vec<YamlNode> = inlines
            .split(|inline| inline.kind == InlineKind::Break)
            .map(|line| self.line_node(line))
            .collect();
        let names = match lines.len() {
            0 | 1 => lines.len(),
            2 => 1,
            many => many - 2,
        };
        let key = |name: &str| Key { origin: origin.clone(), name: name.to_owned() };
        let mut lines = lines.into_iter();
        let list = lines.by_ref().take(names).collect();
        let mut entries = vec![(key("namn"), YamlNode { origin: origin.clone(), value: Value::List(list) })];
        entries.extend(["titel", "organisation"].map(key).into_iter().zip(lines));
        Some(YamlNode { origin, value: Value::Map(entries) })
    }

    fn line(&mut self, name: &str, inlines: &[Inline]) {
        let node = self.line_node(inlines);
        self.entries.push((Key { origin: node.origin.clone(), name: name.to_owned() }, node));
    }

    fn block_line(&self, block: &Block) -> Option<YamlNode> {
        match &block.kind {
            BlockKind::Paragraph(inlines) => Some(self.line_node(inlines)),
            _ => None,
        }
    }

    fn line_node(&self, inlines: &[Inline]) -> YamlNode {
        YamlNode { origin: self.origin(range(inlines)), value: Value::Text(plain(inlines)) }
    }

    /// The Markdown of blocks beside one another, without the indent of an item.
    fn words(&self, blocks: &[&Block]) -> YamlNode {
        let origin = self.origin(span(blocks));
        let before = &self.document.source.text[..origin.place().range.start];
        let indent = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1);
        let mut text = String::new();
        for (at, line) in origin.said().lines().enumerate() {
            let inner = line.len() - line.trim_start_matches(' ').len();
            text.push_str(&line[if at == 0 { 0 } else { inner.min(indent) }..]);
            text.push('\n');
        }
        YamlNode { origin, value: Value::Text(text) }
    }

    fn origin(&self, range: Range<usize>) -> Origin {
        let start = self.document.body_start;
        Origin::verbatim(self.document.source.clone(), start + range.start..start + range.end)
    }
}

/// Whether all items of a list ask something.
fn are_questions(items: &[Vec<Block>]) -> bool {
    let asks = |item: &Vec<Block>| match item.first().map(|block| &block.kind) {
        Some(BlockKind::Paragraph(inlines)) => plain(inlines).trim_end().ends_with('?'),
        _ => false,
    };
    !items.is_empty() && items.iter().all(asks)
}

/// Where blocks beside one another stand in the body.
fn span(blocks: &[&Block]) -> Range<usize> {
    let start = blocks.first().map_or(0, |block| block.at.0.start);
    start..blocks.last().map_or(start, |block| block.at.0.end)
}

/// Where inlines beside one another stand in the body.
fn range(inlines: &[Inline]) -> Range<usize> {
    let start = inlines.first().map_or(0, |inline| inline.at.0.start);
    start..inlines.last().map_or(start, |inline| inline.at.0.end)
}
