//! Whose each part of the edited document is: which text, line, item or section of the case.
//!
//! The comparison is walked in the order of the edited document. What is in both has the home that it had; what is new
//! goes with what stands before it, or else with what comes after it, under the same heading.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::lines;
use super::tree::{Path, Tree, common, item_of};
use crate::compare::{Comparison, Fate, Item, Node, NodeKind, Part, Sentence, Step};
use crate::document::Document;
use crate::markdown::{Block, BlockKind, plain};
use crate::render::trace::{LineHome, Origins};

/// What the case is to say.
#[derive(Debug, Default)]
pub struct Homes<'a> {
    /// The blocks of each text, by its number among the document's.
    pub texts: Vec<Vec<&'a Block>>,
    /// Lines that say something else, by their numbers among the document's.
    pub lines: Vec<(usize, String)>,
    /// The lines that are still there.
    pub alive: FxHashSet<usize>,
    /// The entries whose headings are still there.
    pub headed: FxHashSet<Path>,
    /// The paths of what is there, in the order of the edited document.
    pub order: Vec<Path>,
    /// What is new.
    pub news: Vec<NewChild<'a>>,
    /// Keys that the lines of an item are to have besides: the item, the key, the words.
    pub keys: Vec<(Path, String, String)>,
}

/// A new item of a list, or a new section.
#[derive(Debug)]
pub struct NewChild<'a> {
    /// The list; the case itself for a section.
    pub parent: Path,
    /// What it stands after: an item of the list, or something in the section before it.
    pub after: Option<Path>,
    /// The heading of a section.
    pub heading: Option<String>,
    /// What stands in it.
    pub blocks: Vec<&'a Block>,
}

/// Finds whose each part of the edited document is.
pub fn homes<'a>(
    comparison: &'a Comparison,
    built: (&'a Document, &'a Origins),
    edited: &'a Document,
    tree: &Tree<'_>,
) -> Homes<'a> {
    let (document, origins) = built;
    let texts = origins.texts.iter().map(|home| tree.path(home.text.origin.as_ref()?).cloned()).collect();
    let lines = origins.lines.iter().map(|line| tree.path(line.origin.as_ref()?).cloned()).collect();
    let mut walk = Walk {
        origins,
        tree,
        built: by_start(&document.blocks),
        edited: by_start(&edited.blocks),
        paths: texts,
        line_paths: lines,
        homes: Homes { texts: vec![Vec::new(); origins.texts.len()], ..Homes::default() },
        now: Now::default(),
        is_headed: false,
    };
    walk.row(&comparison.body);
    walk.homes
}

/// The blocks of a document by where they stand.
pub fn by_start(blocks: &[Block]) -> FxHashMap<(usize, usize), &Block> {
    let mut found = FxHashMap::default();
    fn walk<'b>(blocks: &'b [Block], found: &mut FxHashMap<(usize, usize), &'b Block>) {
        for block in blocks {
            found.entry((block.at.0.start, block.at.0.end)).or_insert(block);
            match &block.kind {
                BlockKind::List { items, .. } => items.iter().for_each(|item| walk(item, found)),
                BlockKind::Quote(inner)
                | BlockKind::Part { blocks: inner, .. }
                | BlockKind::Footnote { blocks: inner, .. } => walk(inner, found),
                _ => {}
            }
        }
    }
    walk(blocks, &mut found);
    found
}

struct Walk<'a, 't> {
    origins: &'a Origins,
    tree: &'t Tree<'t>,
    built: FxHashMap<(usize, usize), &'a Block>,
    edited: FxHashMap<(usize, usize), &'a Block>,
    /// The path of each text.
    paths: Vec<Option<Path>>,
    /// The path of each line.
    line_paths: Vec<Option<Path>>,
    homes: Homes<'a>,
    now: Now<'a>,
    /// Whether a heading of the case's was met.
    is_headed: bool,
}

/// Where the walk is.
#[derive(Default)]
struct Now<'a> {
    home: Option<Home>,
    /// The entry under whose heading this is.
    entry: Option<Path>,
    /// New blocks whose home is not known yet.
    pending: Vec<&'a Block>,
    /// Whether this is an item of a list.
    is_item: bool,
}

/// Whose the last block was.
#[derive(Clone, PartialEq, Eq)]
enum Home {
    Text(usize),
    /// A new section.
    Section(usize),
    /// An item that is a paragraph.
    Item(Path),
}

/// What a paragraph of the edited document holds of the old one.
#[derive(Default)]
struct Held {
    texts: Vec<usize>,
    /// A place in an old paragraph of the template's.
    fixed: Option<usize>,
}

impl<'a> Walk<'a, '_> {
    fn row(&mut self, nodes: &'a [Node]) {
        self.nodes(nodes);
        self.settle(None);
    }

    fn nodes(&mut self, nodes: &'a [Node]) {
        let mut held = Held::default();
        for node in nodes {
            match &node.kind {
                NodeKind::Paragraph(parts) => {
                    for part in parts {
                        if let Part::Sentence(sentence) = part {
                            self.sentence(sentence, &mut held);
                        }
                    }
                    if node.fate.is_new() {
                        let held = std::mem::take(&mut held);
                        if let Some(block) = self.new_block(node) {
                            self.paragraph(node, block, &held);
                        }
                    }
                }
                NodeKind::Arrived(body) => self.nodes(body),
                NodeKind::Left(_) => {}
                _ if node.fate.is_new() => {
                    if let Some(block) = self.new_block(node) {
                        self.whole(node, block);
                    }
                }
                _ => {
                    if let Some(text) = node.at.old.as_ref().and_then(|at| self.origins.text_at(at.start)) {
                        self.passed(text);
                    }
                }
            }
        }
    }

    fn new_block(&self, node: &Node) -> Option<&'a Block> {
        let at = node.at.new.as_ref()?;
        self.edited.get(&(at.start, at.end)).copied()
    }

    fn sentence(&mut self, sentence: &Sentence, held: &mut Held) {
        let Some(at) = &sentence.at.old else { return };
        match (sentence.fate, self.origins.text_at(at.start)) {
            (Fate::Same, Some(text)) => held.texts.push(text),
            (Fate::Same, None) => held.fixed = held.fixed.or(Some(at.start)),
            (Fate::Gone | Fate::Away(_), Some(text)) => self.passed(text),
            _ => {}
        }
    }

    /// Something of a text stood here, and is here no longer.
    fn passed(&mut self, text: usize) {
        if self.now.home != Some(Home::Text(text))
            && self.belongs(text)
            && !matches!(self.now.home, Some(Home::Section(_)))
        {
            self.settle(Some(text));
            self.now.home = Some(Home::Text(text));
        }
    }

    fn paragraph(&mut self, node: &Node, block: &'a Block, held: &Held) {
        let old = node.at.old.as_ref().filter(|_| node.fate == Fate::Same);
        let fixed = old.map(|at| at.start).filter(|at| self.origins.text_at(*at).is_none()).or(held.fixed);
        match (held.texts.first(), fixed) {
            (Some(text), _) => self.place(block, *text),
            (None, Some(at)) => self.fixed_paragraph(at, block),
            (None, None) => match old.and_then(|at| self.origins.text_at(at.start)) {
                Some(text) => self.place(block, text),
                None => self.fresh(block),
            },
        }
    }

    fn whole(&mut self, node: &'a Node, block: &'a Block) {
        // What came from elsewhere goes with what it stands among now.
        let Some(at) = node.at.old.as_ref().filter(|_| node.fate == Fate::Same) else {
            return self.fresh(block);
        };
        match self.origins.text_at(at.start) {
            Some(text) => self.place(block, text),
            None => self.fixed(node, at, block),
        }
    }

    /// A block of a text that is there.
    fn place(&mut self, block: &'a Block, text: usize) {
        let foreign = !self.belongs(text);
        let entry = self.paths[text].as_ref().map(|path| &path[..1]);
        let is_cut_off = entry.is_some() && self.now.entry.as_deref() == entry;
        match self.now.home {
            Some(Home::Section(new)) if foreign || is_cut_off => self.homes.news[new].blocks.push(block),
            // Its own heading is gone, or it was put under another.
            Some(Home::Text(other)) if foreign => {
                self.settle(None);
                self.push(block, other);
            }
            _ => {
                self.settle(Some(text));
                self.now.home = Some(Home::Text(text));
                self.push(block, text);
            }
        }
    }

    fn push(&mut self, block: &'a Block, text: usize) {
        self.homes.texts[text].push(block);
        if let Some(path) = &self.paths[text] {
            self.homes.order.push(path.clone());
        }
    }

    /// Whether a text may stand under the heading at hand: its own, or one of an entry that prints without any.
    fn belongs(&self, text: usize) -> bool {
        let Some(Some(path)) = self.paths.get(text) else { return true };
        let entry = &path[..1];
        let is_headed = self.origins.lines.iter().any(|line| {
            line.heading_of
                .as_ref()
                .and_then(|key| self.tree.path_of_key(key))
                .is_some_and(|key| key[..] == *entry)
        });
        !is_headed || self.now.entry.as_deref() == Some(entry) || self.now.is_item
    }

    /// A block that is new.
    fn fresh(&mut self, block: &'a Block) {
        if let BlockKind::Heading { level: ..=2, inlines } = &block.kind
            && self.is_headed
            && !self.now.is_item
        {
            self.settle(None);
            self.now.home = Some(Home::Section(self.homes.news.len()));
            let after = self.homes.order.last().cloned();
            let heading = Some(plain(inlines));
            return self.homes.news.push(NewChild { parent: Vec::new(), after, heading, blocks: Vec::new() });
        }
        match self.now.home {
            // No text holds a part.
            _ if matches!(block.kind, BlockKind::Part { .. }) => {}
            Some(Home::Section(new)) => self.homes.news[new].blocks.push(block),
            _ => self.now.pending.push(block),
        }
    }

    /// Gives the new blocks a home, where they have one: that of what stands before them, or else of what comes next.
    fn settle(&mut self, next: Option<usize>) {
        let pending = std::mem::take(&mut self.now.pending);
        if pending.is_empty() {
            return;
        }
        let next = next.map(Home::Text);
        let home = match (&self.now.home, next) {
            // A text that is printed twice would be changed twice.
            (Some(Home::Text(text)), Some(next)) if self.is_repeated(*text) => next,
            (Some(home), _) => home.clone(),
            (None, Some(next)) => next,
            (None, None) => return,
        };
        for block in pending {
            match &home {
                Home::Text(text) => self.push(block, *text),
                Home::Item(item) => {
                    self.new_item(item[..item.len() - 1].to_vec(), vec![block], Some(item.clone()))
                }
                Home::Section(new) => self.homes.news[*new].blocks.push(block),
            }
        }
    }

    fn is_repeated(&self, text: usize) -> bool {
        self.paths[text].is_some() && self.paths.iter().filter(|path| **path == self.paths[text]).count() > 1
    }

    fn new_item(&mut self, parent: Path, blocks: Vec<&'a Block>, after: Option<Path>) {
        // Questions are printed twice: the second time with their answers.
        let first = |blocks: &[&Block]| blocks.first().map(|block| block.kind.clone());
        let twin = self.homes.news.iter_mut().find(|new| {
            new.heading.is_none() && new.parent == parent && first(&new.blocks) == first(&blocks)
        });
        match twin {
            Some(twin) if twin.blocks.len() < blocks.len() => twin.blocks = blocks,
            Some(_) => {}
            None => self.homes.news.push(NewChild { parent, after, heading: None, blocks }),
        }
    }

    /// A block of the template's that is there.
    fn fixed(&mut self, node: &'a Node, old: &Range<usize>, block: &'a Block) {
        self.settle(None);
        self.now.home = None;
        match &node.kind {
            NodeKind::Heading { .. } => self.heading(old, block),
            NodeKind::Part { body, .. } | NodeKind::Quote(body) => self.within(body),
            NodeKind::List { items, .. } => self.list(items),
            _ => {}
        }
    }

    fn within(&mut self, body: &'a [Node]) {
        let entry = self.now.entry.clone();
        self.row(body);
        // A part may hold the heading of what follows it.
        let moved = self.now.entry != entry;
        self.now.home = None;
        if !moved {
            self.now.entry = entry;
        }
    }

    fn heading(&mut self, old: &Range<usize>, block: &'a Block) {
        let lines = self.lines_in(old);
        let entry =
            lines.iter().find_map(|(_, line)| self.tree.path_of_key(line.heading_of.as_ref()?).cloned());
        if let Some(entry) = entry {
            self.is_headed = true;
            self.homes.order.push(entry.clone());
            self.homes.headed.insert(entry.clone());
            self.now.entry = Some(entry);
        }
        self.line(old, block);
    }

    /// The lines that stand in an old block.
    fn lines_in(&self, old: &Range<usize>) -> Vec<(usize, &'a LineHome)> {
        let origins = self.origins;
        let lines = origins.lines.iter().enumerate();
        lines.filter(|(_, line)| old.start <= line.at.start && line.at.end <= old.end).collect()
    }

    fn fixed_paragraph(&mut self, at: usize, block: &'a Block) {
        let old = self.built.values().filter(|block| matches!(block.kind, BlockKind::Paragraph(_)));
        let old = old.map(|block| block.at.0.clone()).find(|range| range.contains(&at));
        let Some(old) = old else { return self.settle(None) };
        let paths = self.lines_in(&old).into_iter().filter_map(|(at, _)| self.line_paths[at].as_ref());
        let item = common(paths).and_then(|path| Some(item_of(&path)?.to_vec()));
        if let (None, Some(item)) = (&self.now.home, &item) {
            // What is new stands before the first.
            for block in std::mem::take(&mut self.now.pending) {
                self.new_item(item[..item.len() - 1].to_vec(), vec![block], None);
            }
        }
        self.settle(None);
        self.now.home = item.map(Home::Item);
        self.line(&old, block);
    }

    /// The lines of a block, which may say something else.
    fn line(&mut self, old: &Range<usize>, block: &'a Block) {
        let lines = self.lines_in(old);
        let Some(before) = self.built.get(&(old.start, old.end)) else { return };
        for (at, line) in &lines {
            if let Some(path) = self.line_paths[*at].as_ref().filter(|_| line.heading_of.is_none()) {
                self.homes.order.push(path.clone());
            }
        }
        let said: Vec<&str> = lines.iter().map(|(_, line)| line.text.as_str()).collect();
        let found = lines::said(before, block, &said);
        let item = common(lines.iter().filter_map(|(at, _)| self.line_paths[*at].as_ref()));
        for ((at, line), words) in lines.iter().zip(found.lines) {
            let Some(words) = words else { continue };
            self.homes.alive.insert(*at);
            if words != line.text {
                self.homes.lines.push((*at, words));
            }
        }
        if let Some(item) = item.as_deref().and_then(item_of).filter(|_| !found.more.is_empty()) {
            self.more(item.to_vec(), &lines, found.more);
        }
    }

    /// Words that a record has more than before: they get the keys that its sisters have.
    fn more(&mut self, item: Path, lines: &[(usize, &LineHome)], more: Vec<String>) {
        let list = &item[..item.len() - 1];
        let has = |key: &String| {
            lines.iter().any(|(at, _)| {
                self.line_paths[*at].as_ref().and_then(|path| path.last()) == Some(&Step::Key(key.clone()))
            })
        };
        let keys = self.keys_in(list).into_iter().filter(|key| !has(key)).collect::<Vec<_>>();
        self.homes.keys.extend(keys.into_iter().zip(more).map(|(key, words)| (item.clone(), key, words)));
    }

    /// The keys that items of a list print, in the order of the document.
    pub fn keys_in(&self, list: &[Step]) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        let paths = self.line_paths.iter().flatten();
        for path in paths.filter(|path| path.starts_with(list) && path.len() == list.len() + 2) {
            if let Some(Step::Key(key)) = path.last()
                && !keys.contains(key)
            {
                keys.push(key.clone());
            }
        }
        keys
    }

    /// A list of the template's: each item is an item of the case.
    fn list(&mut self, items: &'a [Item]) {
        let list =
            items.iter().find_map(|item| self.item_path(item)).map(|path| path[..path.len() - 1].to_vec());
        let mut previous = None;
        for item in items {
            match item.fate {
                Fate::Same | Fate::Here(_) => {
                    previous = self.item_path(item).or(previous);
                    let outer = std::mem::take(&mut self.now);
                    self.now = Now { is_item: true, entry: outer.entry.clone(), ..Now::default() };
                    self.row(&item.body);
                    self.now = outer;
                }
                Fate::New => {
                    let blocks = self.new_blocks(&item.body);
                    if let Some(list) = &list {
                        self.new_item(list.clone(), blocks, previous.clone());
                    }
                }
                Fate::Gone | Fate::Away(_) => {}
            }
        }
    }

    /// The item of the case that an item of a list was printed of.
    fn item_path(&self, item: &Item) -> Option<Path> {
        let mut paths = Vec::new();
        self.old_texts(&item.body, &mut paths);
        Some(item_of(&common(paths.iter())?)?.to_vec())
    }

    fn old_texts(&self, nodes: &[Node], out: &mut Vec<Path>) {
        let line_at = |at: usize| {
            let line = self.origins.lines.iter().position(|line| line.at.contains(&at));
            line.and_then(|line| self.line_paths[line].clone())
        };
        let mut add = |at: usize| match self.origins.text_at(at) {
            Some(text) => out.extend(self.paths[text].clone()),
            None => out.extend(line_at(at)),
        };
        for node in nodes {
            match (&node.kind, &node.at.old) {
                (NodeKind::Paragraph(parts), _) => {
                    for part in parts {
                        if let Part::Sentence(Sentence { at, fate, .. }) = part
                            && fate.is_old()
                        {
                            at.old.iter().for_each(|at| add(at.start));
                        }
                    }
                }
                (_, Some(at)) => add(at.start),
                _ => {}
            }
        }
    }

    fn new_blocks(&self, nodes: &[Node]) -> Vec<&'a Block> {
        nodes.iter().filter(|node| node.fate.is_new()).filter_map(|node| self.new_block(node)).collect()
    }
}
