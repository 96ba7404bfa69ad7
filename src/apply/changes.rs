//! What the case is to say, as edits of its file.

use std::collections::BTreeMap;
use std::ops::Range;

use super::homes::{Homes, NewChild, by_start};
use super::tree::{Path, Tree};
use super::wording::Wording;
use super::wrap::Wrap;
use super::{Brought, Built};
use crate::compare::Step;
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::document::Document;
use crate::library::Templates;
use crate::markdown::{self, Block, BlockKind};
use crate::read::body::{Answered, Content, Underskrift};
use crate::render::notes;
use crate::render::trace::TextHome;
use crate::yaml::edit::{self, Child, New};
use crate::yaml::node::{Origin, Value, YamlNode};

/// The edits in the making.
pub struct Changes<'a> {
    pub built: &'a Built<'a>,
    pub tree: &'a Tree<'a>,
    edited: &'a Document,
    templates: &'a Templates,
    /// How lines are broken in the file, where a text does not tell.
    wrap: Wrap,
    pub brought: Brought,
    /// Children that go, by the path of their parent.
    gone: BTreeMap<String, (Path, Vec<usize>)>,
    /// Children that come last among those of a parent.
    added: Vec<(Path, String)>,
}

impl<'a> Changes<'a> {
    /// No edits yet.
    pub fn new(
        built: &'a Built<'a>,
        tree: &'a Tree<'a>,
        edited: &'a Document,
        templates: &'a Templates,
    ) -> Self {
        let own = built.origins.texts.iter().filter_map(|home| home.text.origin.as_ref().zip(Some(home)));
        let own: Vec<(String, usize)> = own
            .filter(|(origin, _)| tree.is_own(origin))
            .map(|(origin, home)| (edit::written(origin, &home.text.text), edit::indent_of(origin).1))
            .collect();
        let texts = own.iter().map(|(text, indent)| (text.as_str(), *indent));
        let wrap = Wrap::of(texts, templates.abbreviations()).unwrap_or(Wrap::Never);
        Self {
            built,
            tree,
            edited,
            templates,
            wrap,
            brought: Brought::default(),
            gone: BTreeMap::new(),
            added: Vec::new(),
        }
    }

    /// The texts that say something else.
    pub fn texts(&mut self, homes: &Homes<'_>) {
        let origins = self.built.origins;
        // A text that is printed twice says what it says where it was changed.
        let mut changed: BTreeMap<usize, (usize, Vec<Block>)> = BTreeMap::new();
        let built = by_start(&self.built.document.blocks);
        for (at, home) in origins.texts.iter().enumerate() {
            let before = home.blocks.iter().filter_map(|range| built.get(&(range.start, range.end)).copied());
            let before = home.own(&before.collect::<Vec<_>>());
            let new = home.own(&homes.texts[at]);
            if new.is_empty() || new == before {
                continue;
            }
            let Some(origin) = &home.text.origin else { continue };
            if !self.tree.is_own(origin) {
                let finding = foreign(origin, self.place(homes.texts[at].iter().map(|block| &block.at.0)));
                self.brought.findings.push(finding);
                continue;
            }
            let first = changed.entry(origin.place().range.start).or_insert_with(|| (at, new.clone()));
            if first.1 != new {
                let place = self.place(homes.texts[at].iter().map(|block| &block.at.0));
                let other = self.place(homes.texts[first.0].iter().map(|block| &block.at.0));
                let finding = Diagnostic::new(
                    codes::ATERFORS_INTE,
                    "texten skrivs ut på två ställen och är ändrad olika",
                )
                .at(place)
                .related(other, "här är den ändrad på ett annat sätt")
                .hint("Skriv likadant på båda ställena.");
                self.brought.findings.push(finding);
            }
        }
        for (at, new) in changed.into_values() {
            let text = &origins.texts[at].text;
            let Some(origin) = &text.origin else { continue };
            let old = edit::written(origin, &text.text);
            let new = self.wording(&old, origin).rewritten(&old, &new);
            self.brought.edits.extend(edit::set(origin, &old, &new));
        }
    }

    fn wording(&self, text: &str, origin: &Origin) -> Wording<'a> {
        let abbreviations = self.templates.abbreviations();
        let (_, indent) = edit::indent_of(origin);
        let wrap = Wrap::of(std::iter::once((text, indent)), abbreviations).unwrap_or(self.wrap);
        Wording { abbreviations, wrap, indent }
    }

    fn fresh(&self, blocks: &[&Block], indent: usize) -> String {
        let blocks: Vec<Block> = blocks.iter().map(|block| (*block).clone()).collect();
        let abbreviations = self.templates.abbreviations();
        Wording { abbreviations, wrap: self.wrap, indent }.fresh(&blocks)
    }

    /// The lines that say something else.
    pub fn lines(&mut self, homes: &Homes<'_>) {
        for (at, words) in &homes.lines {
            let line = &self.built.origins.lines[*at];
            self.line(line.origin.as_ref(), words, None);
        }
        for (item, key, words) in &homes.keys {
            if let Some(YamlNode { value: Value::Map(_), .. }) = self.tree.node(item) {
                let indent = self.indent(item);
                let new = edit::entry(key, &New::Line(words.clone()), indent, self.line_end());
                self.added.push((item.clone(), new));
            }
        }
    }

    /// A line that is to say something else; `at` is where the edited Markdown says it.
    pub fn line(&mut self, origin: Option<&Origin>, words: &str, at: Option<&Range<usize>>) {
        let place = at.cloned().or_else(|| self.find(words)).map(|range| self.in_edited(range));
        match origin {
            Some(origin) if self.tree.is_own(origin) => {
                let old = edit::written(origin, origin.said());
                self.brought.edits.extend(edit::set(origin, &old, words));
            }
            Some(origin) => self.brought.findings.push(foreign(origin, place)),
            None => self.brought.findings.push(own(place)),
        }
    }

    /// The first place of words in the body of the edited Markdown.
    fn find(&self, words: &str) -> Option<Range<usize>> {
        let start = self.edited.body_start;
        let at = self.edited.source.text[start..].find(words)? + start;
        Some(at..at + words.len())
    }

    fn in_edited(&self, range: Range<usize>) -> Place {
        Place { source: self.edited.source.clone(), range }
    }

    /// The place of blocks in the edited Markdown.
    fn place<'r>(&self, ranges: impl Iterator<Item = &'r Range<usize>>) -> Option<Place> {
        let all = ranges.cloned().reduce(|one, other| one.start..other.end.max(one.end))?;
        Some(self.edited.place(all))
    }

    /// Lets a child go.
    pub fn drop(&mut self, path: &[Step]) {
        if let (Some(number), Some((_, parent))) = (self.tree.number(path), path.split_last()) {
            let entry =
                self.gone.entry(format!("{parent:?}")).or_insert_with(|| (parent.to_vec(), Vec::new()));
            if !entry.1.contains(&number) {
                entry.1.push(number);
            }
        }
    }

    /// Adds a child after the others of its parent.
    pub fn add(&mut self, parent: &[Step], last: &Step, words: &str) {
        let (indent, end) = (self.indent(parent), self.line_end());
        let new = New::Line(words.to_owned());
        let lines = match last {
            Step::Key(key) => edit::entry(key, &new, indent, end),
            Step::Index(_) => edit::item(&new, indent, end),
        };
        self.added.push((parent.to_vec(), lines));
    }

    fn line_end(&self) -> &'static str {
        if self.built.case.source.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// How far in the children of a node stand.
    fn indent(&self, parent: &[Step]) -> usize {
        let text = &self.built.case.source.text;
        let column = |at: usize| {
            let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let line = &text[start..];
            (start, line.len() - line.trim_start_matches(' ').len())
        };
        match self.tree.node(parent).map(|node| &node.value) {
            Some(Value::Map(entries)) => entries.first().map_or(0, |(key, _)| {
                let at = key.origin.place().range.start;
                let (start, _) = column(at);
                text[start..at].chars().count()
            }),
            Some(Value::List(items)) => items.first().map_or(2, |item| {
                let at = first_place(item);
                let (mut start, mut indent) = column(at);
                while start > 0 && !text[start + indent..].starts_with('-') {
                    (start, indent) = column(start - 1);
                }
                indent
            }),
            _ => 0,
        }
    }

    /// What comes, goes and stands in another order among the children of the case and of its lists.
    pub fn children(&mut self, homes: &Homes<'_>) {
        self.dead(homes);
        let mut parents: Vec<Path> = vec![Vec::new()];
        parents.extend(homes.news.iter().map(|new| new.parent.clone()));
        parents.extend(self.gone.values().map(|(parent, _)| parent.clone()));
        parents.extend(self.added.iter().map(|(parent, _)| parent.clone()));
        for path in &homes.order {
            let lists = (1..path.len()).filter(|at| matches!(path[*at], Step::Index(_)));
            parents.extend(lists.map(|at| path[..at].to_vec()));
        }
        // The innermost first: what moves takes what changed within it along.
        parents.sort_by_key(|parent| (std::cmp::Reverse(parent.len()), format!("{parent:?}")));
        parents.dedup();
        for parent in parents {
            self.arrange(&parent, homes);
        }
    }

    fn arrange(&mut self, parent: &Path, homes: &Homes<'_>) {
        let Some(node) = self.tree.node(parent) else { return };
        let gone = self.gone.get(&format!("{parent:?}")).map(|(_, gone)| gone.clone()).unwrap_or_default();
        let mut wanted: Vec<Child> = Vec::new();
        for path in &homes.order {
            let child = self.child(parent, path).map(Child::Old);
            wanted.extend(child.filter(|child| !wanted.contains(child)));
        }
        wanted.retain(|child| !matches!(child, Child::Old(at) if gone.contains(at)));
        if wanted.is_empty() && matches!(node.value, Value::Map(_)) {
            // Nothing of it is printed in the body: it is as it is, but for what comes last.
            let Value::Map(entries) = &node.value else { return };
            wanted.extend((0..entries.len()).filter(|at| !gone.contains(at)).map(Child::Old));
        } else if wanted.is_empty() {
            let Value::List(items) = &node.value else { return };
            wanted.extend((0..items.len()).filter(|at| !gone.contains(at)).map(Child::Old));
        }
        if self.printed(parent).into_iter().filter(|at| !gone.contains(at)).eq(old(&wanted)) {
            // Nothing moved, whatever the order in which the document prints it.
            wanted.sort_by_key(|child| if let Child::Old(at) = child { Some(*at) } else { None });
        }
        for new in homes.news.iter().filter(|new| new.parent == *parent) {
            let before = new.after.as_ref().and_then(|path| self.child(parent, path)).map(Child::Old);
            let at = before
                .and_then(|before| wanted.iter().position(|child| *child == before))
                .map_or(0, |at| at + 1);
            let beside = wanted[at..].iter().take_while(|child| matches!(child, Child::New(_))).count();
            if let Some(lines) = self.new_child(new) {
                wanted.insert(at + beside, Child::New(lines));
            }
        }

        wanted.extend(
            self.added.iter().filter(|(to, _)| to == parent).map(|(_, lines)| Child::New(lines.clone())),
        );
        let old = old(&wanted);
        let is_new = wanted.len() > old.len();
        if is_new || !gone.is_empty() || !old.is_sorted() {
            edit::arrange(node, &wanted, &gone, &mut self.brought.edits);
        }
    }

    /// The children of a node in the order in which the document printed them.
    fn printed(&self, parent: &Path) -> Vec<usize> {
        let origins = self.built.origins;
        let texts = origins.texts.iter().filter_map(|home| {
            let path = self.tree.path(home.text.origin.as_ref()?)?;
            Some((home.blocks.first()?.start, path))
        });
        let lines = origins.lines.iter().filter_map(|line| {
            let path = match &line.heading_of {
                Some(key) => self.tree.path_of_key(key),
                None => self.tree.path(line.origin.as_ref()?),
            };
            Some((line.at.start, path?))
        });
        let mut all: Vec<(usize, &Path)> = texts.chain(lines).collect();
        all.sort_by_key(|(at, _)| *at);
        let mut found = Vec::new();
        for (_, path) in all {
            found.extend(self.child(parent, path).filter(|number| !found.contains(number)));
        }
        found
    }

    /// The child of a node that a path leads through. Keys of the head stand where they stand.
    fn child(&self, parent: &Path, path: &Path) -> Option<usize> {
        let is_child = path.len() > parent.len() && path.starts_with(parent);
        let is_free = !parent.is_empty() || self.is_of_body(path);
        (is_child && is_free).then(|| self.tree.number(&path[..=parent.len()])).flatten()
    }

    fn is_of_body(&self, path: &[Step]) -> bool {
        let Some(Step::Key(name)) = path.first() else { return false };
        self.built.case.parts.iter().any(|part| part.key.name == *name)
    }

    /// A new section or item as it is written in the file.
    fn new_child(&mut self, new: &NewChild<'_>) -> Option<String> {
        let (indent, end) = (self.indent(&new.parent), self.line_end());
        let Some(heading) = &new.heading else { return Some(edit::item(&self.new_item(new), indent, end)) };
        let key = self.key(heading);
        let place = || self.find(heading).map(|range| self.in_edited(range));
        let hint = "Skriv rubriken med stor begynnelsebokstav, och en text under den.";
        if new.blocks.is_empty() || !key.starts_with(|c: char| c.is_alphanumeric() || "§”“»\"".contains(c))
        {
            let finding = Diagnostic::new(
                codes::ATERFORS_INTE,
                format!("avsnittet {heading} kan inte bli ett avsnitt i ärendet"),
            );
            let finding = finding.at(place()).hint(hint);
            self.brought.findings.push(finding);
            return None;
        }
        let text = self.fresh(&new.blocks, indent + 2);
        let lines: Vec<String> = text
            .lines()
            .map(|line| if line.is_empty() { String::new() } else { format!("  {line}") })
            .collect();
        Some(format!("{}: |{end}{}", edit::key(&key), lines.join(end)))
    }

    /// The key of a section with this heading: the kind's, where it has one that the case does not have yet.
    fn key(&self, heading: &str) -> String {
        let gone = self.gone.get("[]").map(|(_, gone)| gone.as_slice()).unwrap_or_default();
        let number = |name: &str| self.tree.number(&[Step::Key(name.to_owned())]);
        let is_there = |name: &str| number(name).is_some_and(|number| !gone.contains(&number));
        let found = self.built.case.kind.body().find(|(name, key)| {
            key.rubrik.as_ref().is_some_and(|line| line.text == heading) && !is_there(name)
        });
        found.map_or_else(|| heading.to_owned(), |(name, _)| name.to_owned())
    }

    fn new_item(&self, new: &NewChild<'_>) -> New {
        let indent = self.indent(&new.parent) + 2;
        let content = new.parent.first().and_then(|first| {
            let Step::Key(name) = first else { return None };
            self.built.case.parts.iter().find(|part| part.key.name == *name).map(|part| &part.content)
        });
        let is_top = new.parent.len() == 1;
        match content.filter(|_| is_top) {
            Some(Content::Questions(_)) if new.blocks.len() > 1 => New::Map(vec![
                (Answered::KEYS[0].to_owned(), New::Text(self.fresh(&new.blocks[..1], indent + 2))),
                (Answered::KEYS[1].to_owned(), New::Text(self.fresh(&new.blocks[1..], indent + 2))),
            ]),
            Some(Content::Signatures(_)) => {
                let lines = new.blocks.iter().flat_map(|block| words(block));
                let keys = Underskrift::KEYS.iter().map(|key| (*key).to_owned());
                New::Map(keys.zip(lines.map(New::Line)).collect())
            }
            Some(Content::Attachments(_) | Content::Lines(_)) => {
                New::Line(new.blocks.iter().flat_map(|block| words(block)).collect::<Vec<_>>().join(" "))
            }
            _ => New::Text(self.fresh(&new.blocks, indent)),
        }
    }

    /// What nothing in the edited document is left of goes.
    fn dead(&mut self, homes: &Homes<'_>) {
        let origins = self.built.origins;
        let mut printed: Vec<(Path, bool)> = Vec::new();
        for (at, home) in origins.texts.iter().enumerate() {
            let path = home.text.origin.as_ref().and_then(|origin| self.tree.path(origin));
            printed.extend(path.map(|path| (path.clone(), !homes.texts[at].is_empty())));
        }
        for (at, line) in origins.lines.iter().enumerate() {
            let path = line.origin.as_ref().and_then(|origin| self.tree.path(origin));
            printed.extend(path.map(|path| (path.clone(), homes.alive.contains(&at))));
            let entry = line.heading_of.as_ref().and_then(|key| self.tree.path_of_key(key));
            printed.extend(entry.map(|entry| (entry.clone(), homes.headed.contains(entry))));
        }
        let mut dead = Vec::new();
        buried(&self.built.case.root, &mut Vec::new(), &printed, &mut dead);
        for path in dead {
            self.drop(&path);
        }
    }
}

/// The old children among those that are wanted.
fn old(wanted: &[Child]) -> Vec<usize> {
    wanted.iter().filter_map(|child| if let Child::Old(at) = child { Some(*at) } else { None }).collect()
}

/// The outermost values of which something was printed, and nothing is left.
fn buried(node: &YamlNode, path: &mut Path, printed: &[(Path, bool)], out: &mut Vec<Path>) {
    let within: Vec<bool> = printed
        .iter()
        .filter(|(other, _)| other.len() > path.len() && other.starts_with(path))
        .map(|it| it.1)
        .collect();
    let is_emptied = !within.is_empty() && !within.contains(&true);
    let mut look = |step: Step, node: &YamlNode| {
        path.push(step);
        let mut within = printed.iter().filter(|(other, _)| other.starts_with(path)).peekable();
        if within.peek().is_some() {
            if within.all(|(_, is_alive)| !is_alive) {
                out.push(path.clone());
            } else {
                buried(node, path, printed, out);
            }
        }
        path.pop();
    };
    match &node.value {
        Value::Map(entries) => entries.iter().for_each(|(key, node)| look(Step::Key(key.name.clone()), node)),
        // A list under a heading that is still there is not to be empty.
        Value::List(_) if is_emptied => {}
        Value::List(items) => items.iter().enumerate().for_each(|(at, node)| look(Step::Index(at), node)),
        _ => {}
    }
}

/// Where the words of a value begin.
fn first_place(node: &YamlNode) -> usize {
    match &node.value {
        Value::Map(entries) => entries.first().map(|(key, _)| key.origin.place().range.start),
        Value::List(items) => items.first().map(first_place),
        _ => None,
    }
    .unwrap_or_else(|| node.origin.place().range.start)
}

/// The lines of a paragraph.
fn words(block: &Block) -> Vec<String> {
    match &block.kind {
        BlockKind::Paragraph(inlines) => inlines
            .split(|inline| inline.kind == markdown::InlineKind::Break)
            .map(|line| markdown::plain(line).trim().to_owned())
            .collect(),
        _ => Vec::new(),
    }
}

impl TextHome {
    /// Blocks of the edited document as the text says them: with its own levels of headings and labels of notes.
    fn own(&self, blocks: &[&Block]) -> Vec<Block> {
        let mut own: Vec<Block> = blocks.iter().map(|block| (*block).clone()).collect();
        if let Some(Block { kind: BlockKind::Paragraph(inlines), .. }) = own.first_mut()
            && let Some(markdown::Inline { kind: markdown::InlineKind::Text(text), .. }) = inlines.first_mut()
            && let Some(rest) = text.strip_prefix(self.word).and_then(|rest| rest.strip_prefix(' '))
            && !self.word.is_empty()
        {
            *text = rest.into();
        }
        for block in &mut own {
            if let BlockKind::Heading { level, .. } = &mut block.kind {
                *level = (*level + self.headings.top).saturating_sub(self.headings.depth).clamp(1, 6);
            }
        }
        notes::rename(&mut own, &mut |label| {
            if let Some((before, _)) = self.labels.iter().find(|(_, now)| *now == label) {
                label.clone_from(before);
            }
        });
        own
    }
}

/// That something comes from another file.
fn foreign(origin: &Origin, place: Option<Place>) -> Diagnostic {
    let path = &origin.source().path;
    Diagnostic::new(codes::ATERFORS_INTE, format!("det här hämtas ur {path} och återförs inte till ärendet"))
        .at(place)
        .related(origin.place(), "härifrån hämtas det")
        .hint(format!("Ändra i {path}, eller skriv uppgiften i ärendet."))
}

/// That something is written by the template.
fn own(place: Option<Place>) -> Diagnostic {
    Diagnostic::new(codes::ATERFORS_INTE, "det här skriver mallen: ingen nyckel i ärendet motsvarar det")
        .at(place)
        .hint("Återställ raden i Markdown-filen.")
}
