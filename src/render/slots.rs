//! Texts on their way through Tera: each passes as a token, which its blocks replace when what Tera
//! placed has been parsed. Nothing rewrites a text, and no template can.
//!
//! A token is a value of bytes: Tera prints it and refuses it to every filter. What is printed is
//! a comment on a line of its own, and no other value prints one: words of the case are escaped.

use std::cell::RefCell;
use std::io::{self, Write};

use tera::Value;

use super::notes::Labels;
use super::numbers;
use super::trail::Marked;
use crate::diagnostic::{Diagnostic, codes};
use crate::markdown::{self, Block, BlockKind, InlineKind, Leaf, Node, leaves, walk};
use crate::yaml::node::{Key, Origin};
use crate::yaml::values::{Line, Text};

/// The texts that a template may place, and the words, where somebody asks for their places.
#[derive(Default)]
pub struct Slots<'a> {
    slots: RefCell<Vec<Slot<'a>>>,
    /// None when nobody asks.
    marked: Option<RefCell<Marked>>,
}

#[derive(Clone, Copy)]
struct Slot<'a> {
    text: &'a Text,
    /// The level at which its sub-headings begin.
    depth: u8,
    /// A word that its first paragraph begins with, where it is not the author who wrote it.
    word: &'static str,
}

/// What Tera placed, with the texts instead of their tokens.
pub struct Filled<'a> {
    /// The body.
    pub blocks: Vec<Block>,
    /// What is said of the texts that the template leaves out, changes, or places within something else.
    pub lost: Option<Diagnostic>,
    /// Whose the leaves of the body are, in their order, but for words that tjut sets before them.
    pub owners: Vec<Owner<'a>>,
    /// The words that the template was given, where somebody asked.
    pub marked: Marked,
}

/// Whose a leaf is.
pub enum Owner<'a> {
    /// A leaf of a text of the case.
    Text(&'a Text, Leaf<'a>),
    /// The template's, with the words that it was given.
    Template(String),
}

impl<'a> Slots<'a> {
    /// No texts yet; words are marked, to be found again.
    pub fn marking() -> Self {
        Self { marked: Some(RefCell::default()), ..Self::default() }
    }

    /// The words of a line.
    pub fn line(&self, line: &Line) -> Value {
        self.said(&line.text, line.origin.as_ref(), true)
    }

    /// Words that stand for a key: its heading.
    pub fn heading(&self, heading: &str, key: &Key) -> Value {
        self.said(heading, Some(&key.origin), heading == key.name)
    }

    fn said(&self, text: &str, origin: Option<&Origin>, is_said: bool) -> Value {
        match (&self.marked, origin) {
            (Some(marked), Some(origin)) => words(&marked.borrow_mut().mark(text, origin, is_said)),
            _ => words(text),
        }
    }

    /// The token of a text whose sub-headings begin at `depth`, whatever level the author began at.
    pub fn token(&self, text: &'a Text, depth: u8) -> Value {
        self.token_after("", text, depth)
    }

    /// The token of a text that goes on from a word: `att` before each clause of a decision.
    pub fn token_after(&self, word: &'static str, text: &'a Text, depth: u8) -> Value {
        let mut slots = self.slots.borrow_mut();
        slots.push(Slot { text, depth, word });
        Value::bytes(format!("{SEAL}{}{SEAL}", slots.len() - 1))
    }

    /// What the template `name` placed, with the texts instead of their tokens.
    pub fn filled(self, placed: Vec<Block>, name: &str) -> Filled<'a> {
        let within = within(&placed);
        let slots = self.slots.into_inner();
        let mut filling = Filling {
            placed: vec![false; slots.len()],
            slots,
            labels: Labels::default(),
            owners: Vec::new(),
        };
        let blocks = filling.fill(placed);
        let lost = filling.lost(&within, name);
        let marked = self.marked.map(RefCell::into_inner).unwrap_or_default();
        Filled { blocks, lost, owners: filling.owners, marked }
    }
}

/// What stands around a token's number: nothing that a case says holds it.
const SEAL: char = '\0';

/// Words of a case as a value, which Tera escapes when it prints them.
pub fn words(text: &str) -> Value {
    if text.contains(SEAL) { Value::from(text.replace(SEAL, "\u{fffd}")) } else { Value::from(text) }
}

/// Writes a value into Markdown: a token as a comment, all else escaped.
pub fn escape(said: &str, out: &mut dyn Write) -> io::Result<()> {
    let number = said.strip_prefix(SEAL).and_then(|rest| rest.strip_suffix(SEAL)?.parse::<usize>().ok());
    match number {
        Some(number) => write!(out, "{BEGIN}{number}{END}"),
        None => out.write_all(markdown::escape(said).as_bytes()),
    }
}

const BEGIN: &str = "<!-- text-";
const END: &str = " -->";

/// Whether HTML is what a token prints, be it in other letters.
pub fn is_printed(html: &str) -> bool {
    html.to_lowercase().contains(BEGIN)
}

/// The texts that HTML stands for, if it stands for nothing else: tokens beside one another on a line.
fn numbers(html: &str) -> Option<Vec<usize>> {
    let mut rest = html.trim();
    let mut numbers = Vec::new();
    while !rest.is_empty() {
        let (number, after) = rest.strip_prefix(BEGIN)?.split_once(END)?;
        numbers.push(number.parse().ok()?);
        rest = after.trim_start();
    }
    (!numbers.is_empty()).then_some(numbers)
}

/// The texts whose tokens stand among other things, where no text can.
fn within(blocks: &[Block]) -> Vec<usize> {
    let mut found = Vec::new();
    walk(blocks, &mut |node| {
        let text = match node {
            Node::Block(block) if is_token(block) => return,
            Node::Block(Block { kind: BlockKind::Html(text) | BlockKind::Code(text), .. }) => text,
            Node::Inline(inline) => match &inline.kind {
                InlineKind::Html(text) | InlineKind::Code(text) => text,
                _ => return,
            },
            Node::Block(_) => return,
        };
        let tokens =
            text.split(BEGIN).skip(1).filter_map(|rest| rest.split_once(END)?.0.parse::<usize>().ok());
        found.extend(tokens);
    });
    found
}

struct Filling<'a> {
    slots: Vec<Slot<'a>>,
    placed: Vec<bool>,
    labels: Labels,
    /// Of the leaves so far.
    owners: Vec<Owner<'a>>,
}

impl<'a> Filling<'a> {
    /// Says which texts the template has not placed.
    fn lost(&self, within: &[usize], name: &str) -> Option<Diagnostic> {
        let lost: Vec<usize> = (0..self.slots.len()).filter(|at| !self.placed[*at]).collect();
        let first = lost.first()?;
        let what = match within.contains(first) {
            true => "skriver den mitt i något annat",
            false => "skriver den inte, eller inte som den är",
        };
        let message = format!("texten kommer inte med i dokumentet: mallen {name} {what}");
        let finding = Diagnostic::new(codes::MALL_FEL, message)
            .hint("Skriv ut den i mallen, ensam på sin rad och utan filter: {{ del.text }}");
        let place = |at: usize| Some(self.slots[at].text.origin.as_ref()?.place());
        let others = lost.iter().skip(1).map(|at| place(*at));
        let finding = finding.at(place(*first));
        Some(others.fold(finding, |finding, place| finding.related(place, "inte heller den här")))
    }

    /// A block of the template's own.
    fn own(&mut self, block: Block, filled: &mut Vec<Block>) {
        let own = leaves(std::slice::from_ref(&block)).into_iter();
        self.owners.extend(own.map(|leaf| Owner::Template(leaf.words().to_owned())));
        filled.push(block);
    }

    fn fill(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let mut filled = Vec::with_capacity(blocks.len());
        for Block { at, kind } in blocks {
            match kind {
                BlockKind::Html(html) => match numbers(&html) {
                    Some(numbers) if numbers.iter().all(|number| *number < self.slots.len()) => {
                        numbers.into_iter().for_each(|number| filled.extend(self.blocks(number)));
                    }
                    _ => self.own(Block { at, kind: BlockKind::Html(html) }, &mut filled),
                },
                BlockKind::List { start, tight, items } => {
                    // A text may be several blocks, which no tight list can hold.
                    let tight = tight && !items.iter().flatten().any(is_token);
                    let items = items.into_iter().map(|item| self.fill(item)).collect();
                    filled.push(Block { at, kind: BlockKind::List { start, tight, items } });
                }
                BlockKind::Quote(inner) => {
                    let kind = BlockKind::Quote(self.fill(inner));
                    filled.push(Block { at, kind });
                }
                kind => self.own(Block { at, kind }, &mut filled),
            }
        }
        filled
    }

    /// The blocks of a text, as the document has them.
    fn blocks(&mut self, number: usize) -> Vec<Block> {
        let Slot { text, depth, word } = self.slots[number];
        self.owners.extend(leaves(&text.blocks).into_iter().map(|leaf| Owner::Text(text, leaf)));
        let mut blocks = text.blocks.clone();
        begin_with(word, &mut blocks);
        self.labels.take(&mut blocks);
        let top = blocks.iter().filter_map(level).min().unwrap_or(depth);
        for block in &mut blocks {
            if let BlockKind::Heading { level, .. } = &mut block.kind {
                *level = (*level - top + depth).min(6);
            }
        }
        self.placed[number] = true;
        blocks
    }
}

/// Sets a word before the first paragraph, unless it begins with it.
fn begin_with(word: &str, blocks: &mut [Block]) {
    let Some(Block { kind: BlockKind::Paragraph(inlines), .. }) = blocks.first_mut() else { return };
    let said = markdown::plain(inlines).to_lowercase();
    if word.is_empty() || said.split(' ').next() == Some(word) {
        return;
    }
    numbers::begin_with(&format!("{word} "), inlines);
}

fn is_token(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Html(html) if numbers(html).is_some())
}

fn level(block: &Block) -> Option<u8> {
    match block.kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::library::Templates;
    use crate::render::{self, Renderer};

    fn rendered(title: &str, text: &str, template: &str) -> Result<String, Vec<Diagnostic>> {
        let own = [("tjansteutlatande.md".to_owned(), template.as_bytes().to_vec())];
        let templates = Templates::new(own.into()).expect("templates");
        let source = Source::new(
            "a.yaml",
            format!("mall: tjänsteutlåtande\ntitel: {title}\nbakgrund: {text}\nÄrende: Annat.\n"),
        );
        let case = crate::read::case(&source, templates.kinds()).0.expect("a case");
        let markdown = render::markdown(&case, &templates, &Renderer::new(&templates), false)?;
        Ok(markdown.split("\n---\n\n").nth(1).expect("a body").to_owned())
    }

    const TEMPLATE: &str = "# {{ titel }}\n\n{% for del in delar %}\n{{ del.text }}\n\n{% endfor %}\n";

    #[test]
    fn words_that_look_like_a_token_are_words() {
        for (title, text, wanted) in [
            ("\"<!-- text-1 -->\"", "A.", "# \\<!-- text-1 -->\n\nA.\n\nAnnat.\n"),
            ("\"\\01\\0\"", "A.", "# \u{fffd}1\u{fffd}\n\nA.\n\nAnnat.\n"),
            ("T", "\"`<!-- text-1 -->` står här.\"", "# T\n\n`<!-- text-1 -->` står här.\n\nAnnat.\n"),
        ] {
            assert_eq!(rendered(title, text, TEMPLATE).as_deref(), Ok(wanted), "{title}");
        }
    }

    #[test]
    fn a_text_that_is_placed_twice_keeps_its_notes_apart() {
        let twice = TEMPLATE.replace("{{ del.text }}", "{{ del.text }}{{ del.text }}");
        let text = "|\n  Ord[^a].\n\n  [^a]: Not.";
        let body = rendered("T", text, &twice).expect("it is placed");
        assert_eq!(body.matches("Not.").count(), 2, "{body}");
        assert!(body.contains("[^a]:") && body.contains("[^a-2]:"), "{body}");
    }
}
