//! Texts on their way through Tera: each passes as a token, which its blocks replace when what Tera
//! placed has been parsed. Nothing rewrites a text, and no template can.
//!
//! A token is a value of bytes: Tera prints it and refuses it to every filter. What is printed is
//! a comment on a line of its own, and no other value prints one: words of the case are escaped.
//!
//! Where it is to be known what every word comes from, a line passes between marks, which tell its number
//! and are taken away again before anything is parsed.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};

use tera::Value;

use super::notes::Labels;
use super::numbers;
use super::trace::{HeadingLevels, LineHome, TextHome};
use crate::diagnostic::{Diagnostic, codes};
use crate::markdown::{self, Block, BlockKind, InlineKind, Visited, walk};
use crate::yaml::node::{Key, Origin};
use crate::yaml::values::{Line, Text};

/// The texts that a template may place, and the lines that it may print.
#[derive(Default)]
pub struct Slots<'a> {
    texts: RefCell<Vec<Slot<'a>>>,
    lines: RefCell<Vec<LineHome>>,
    /// Whether lines pass between marks.
    is_traced: bool,
}

#[derive(Clone, Copy)]
struct Slot<'a> {
    text: &'a Text,
    /// The level at which its sub-headings begin.
    depth: u8,
    /// A word that its first paragraph begins with, where it is not the author who wrote it.
    word: &'static str,
}

/// What became of the texts.
pub struct Filled {
    /// The blocks that the template placed, with the texts in them.
    pub blocks: Vec<Block>,
    /// What is said of the texts that the template leaves out, changes, or places within something else.
    pub lost: Option<Diagnostic>,
    /// Where each text was placed, in the order of the document.
    pub texts: Vec<TextHome>,
}

impl<'a> Slots<'a> {
    /// No texts yet; lines pass between marks if they are to be traced.
    pub fn new(is_traced: bool) -> Self {
        Self { is_traced, ..Self::default() }
    }

    /// A line of the case, as a value.
    pub fn line(&self, line: &Line) -> Value {
        self.said("", &line.text, line.origin.as_ref(), None)
    }

    /// A line of the case after words of the template's, as one value.
    pub fn after(&self, before: &str, line: &Line) -> Value {
        self.said(before, &line.text, line.origin.as_ref(), None)
    }

    /// The heading of the entry of a key, and where it was taken from.
    pub fn heading(&self, text: &str, origin: Option<&Origin>, key: &Key) -> Value {
        self.said("", text, origin, Some(&key.origin))
    }

    fn said(&self, before: &str, text: &str, origin: Option<&Origin>, entry: Option<&Origin>) -> Value {
        if !self.is_traced || text.contains([OPEN, NUMBERED, CLOSE]) {
            return words(&format!("{before}{text}"));
        }
        let mut lines = self.lines.borrow_mut();
        lines.push(LineHome {
            origin: origin.cloned(),
            heading_of: entry.cloned(),
            text: text.to_owned(),
            at: 0..0,
        });
        words(&format!("{before}{OPEN}{}{NUMBERED}{text}{CLOSE}", lines.len() - 1))
    }

    /// The token of a text whose sub-headings begin at `depth`, whatever level the author began at.
    pub fn token(&self, text: &'a Text, depth: u8) -> Value {
        self.token_after("", text, depth)
    }

    /// The token of a text that goes on from a word: `att` before each clause of a decision.
    pub fn token_after(&self, word: &'static str, text: &'a Text, depth: u8) -> Value {
        let mut slots = self.texts.borrow_mut();
        slots.push(Slot { text, depth, word });
        Value::bytes(format!("{SEAL}{}{SEAL}", slots.len() - 1))
    }

    /// What Tera printed without the marks, and the lines with their places in it; a line that no template prints
    /// stands nowhere.
    pub fn unmarked(&self, printed: &str) -> (String, Vec<LineHome>) {
        if !self.is_traced {
            return (printed.to_owned(), Vec::new());
        }
        let lines = self.lines.take();
        let mut homes = Vec::new();
        let mut text = String::with_capacity(printed.len());
        let mut rest = printed;
        while let Some((before, after)) = rest.split_once(OPEN) {
            text.push_str(before);
            let Some((number, words, after)) = marked(after) else {
                text.push(OPEN);
                rest = after;
                continue;
            };
            if let Some(line) = lines.get(number) {
                homes.push(LineHome { at: text.len()..text.len() + words.len(), ..line.clone() });
            }
            text.push_str(words);
            rest = after;
        }
        text.push_str(rest);
        (text, homes)
    }

    /// The texts instead of their tokens in what Tera placed; `length` is how many bytes it printed, and beyond that
    /// stand the texts, each in a stretch of its own. `name` is the template's.
    pub fn filled(self, placed: Vec<Block>, name: &str, length: usize) -> Filled {
        let within = within(&placed);
        let slots = self.texts.into_inner();
        let mut filling = Filling {
            placed: vec![false; slots.len()],
            slots,
            labels: Labels::default(),
            texts: Vec::new(),
            next: length,
            is_traced: self.is_traced,
        };
        let blocks = filling.fill(placed);
        let lost = filling.lost(&within, name);
        Filled { blocks, lost, texts: filling.texts }
    }
}

impl<'a> Filling<'a> {
    /// What is said of the texts that are not in the document.
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
}

/// What stands around a token's number: nothing that a case says holds it.
const SEAL: char = '\0';

/// Words of a case as a value, which Tera escapes when it prints them.
pub fn words(text: &str) -> Value {
    if text.contains(SEAL) { Value::from(text.replace(SEAL, "\u{fffd}")) } else { Value::from(text) }
}

/// The marks around a line: before its number, between that and its words, and after them.
const OPEN: char = '\u{1}';
const NUMBERED: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// What stands after the first mark: the number, the words, and the rest.
fn marked(after: &str) -> Option<(usize, &str, &str)> {
    let (number, after) = after.split_once(NUMBERED)?;
    let (words, after) = after.split_once(CLOSE)?;
    Some((number.parse().ok()?, words, after))
}

/// Writes a value into Markdown: a token as a comment, all else escaped, and marks as they are.
pub fn escape(said: &str, out: &mut dyn Write) -> io::Result<()> {
    if let Some((before, after)) = said.split_once(OPEN)
        && let Some((number, words, after)) = marked(after)
    {
        let plain = format!("{before}{words}{after}");
        let escaped = markdown::escape(&plain);
        let (start, end) = (before.len(), before.len() + words.len());
        return match (escaped_at(&plain, &escaped, start), escaped_at(&plain, &escaped, end)) {
            (Some(start), Some(end)) => {
                let (before, words, after) = (&escaped[..start], &escaped[start..end], &escaped[end..]);
                write!(out, "{before}{OPEN}{number}{NUMBERED}{words}{CLOSE}{after}")
            }
            _ => out.write_all(escaped.as_bytes()),
        };
    }
    let number = said.strip_prefix(SEAL).and_then(|rest| rest.strip_suffix(SEAL)?.parse::<usize>().ok());
    match number {
        Some(number) => write!(out, "{BEGIN}{number}{END}"),
        None => out.write_all(markdown::escape(said).as_bytes()),
    }
}

/// Where the byte `offset` of a text stands in the text with what would act in it escaped.
fn escaped_at(text: &str, escaped: &str, offset: usize) -> Option<usize> {
    let mut at = 0;
    for c in text[..offset].chars() {
        let rest = &escaped[at..];
        at += match rest.strip_prefix('\\') {
            Some(after) if after.starts_with(c) => 1 + c.len_utf8(),
            _ if rest.starts_with(c) => c.len_utf8(),
            _ if rest.starts_with('&') => rest.find(';')? + 1,
            _ => return None,
        };
    }
    Some(at)
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
            Visited::Block(block) if is_token(block) => return,
            Visited::Block(Block { kind: BlockKind::Html(text) | BlockKind::Code(text), .. }) => text,
            Visited::Inline(inline) => match &inline.kind {
                InlineKind::Html(text) | InlineKind::Code(text) => text,
                _ => return,
            },
            Visited::Block(_) => return,
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
    texts: Vec<TextHome>,
    /// Where the stretch of the next text begins.
    next: usize,
    is_traced: bool,
}

impl<'a> Filling<'a> {
    fn fill(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let mut filled = Vec::with_capacity(blocks.len());
        for Block { at, kind } in blocks {
            match kind {
                BlockKind::Html(html) => match numbers(&html) {
                    Some(numbers) if numbers.iter().all(|number| *number < self.slots.len()) => {
                        numbers.into_iter().for_each(|number| filled.extend(self.blocks(number)));
                    }
                    _ => filled.push(Block { at, kind: BlockKind::Html(html) }),
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
                kind => filled.push(Block { at, kind }),
            }
        }
        filled
    }

    /// The blocks of a text, as the document has them.
    fn blocks(&mut self, number: usize) -> Vec<Block> {
        let Slot { text, depth, word } = self.slots[number];
        let mut blocks = text.blocks.clone();
        let is_begun = begin_with(word, &mut blocks);
        let labels = self.labels.take(&mut blocks);
        let top = blocks.iter().filter_map(level).min().unwrap_or(depth);
        for block in &mut blocks {
            if let BlockKind::Heading { level, .. } = &mut block.kind {
                *level = (*level - top + depth).min(6);
            }
        }
        self.placed[number] = true;
        if self.is_traced {
            markdown::shift(&mut blocks, self.next);
            self.trace(text, HeadingLevels { top, depth }, labels, if is_begun { word } else { "" });
        }
        blocks
    }

    fn trace(
        &mut self,
        text: &Text,
        headings: HeadingLevels,
        labels: BTreeMap<String, String>,
        word: &'static str,
    ) {
        let stretch = self.next..self.next + text.text.len() + 1;
        self.next = stretch.end;
        self.texts.push(TextHome { text: text.clone(), headings, labels, word, stretch, blocks: Vec::new() });
    }
}

/// Sets a word before the first paragraph, unless it begins with it; tells whether it did.
fn begin_with(word: &str, blocks: &mut [Block]) -> bool {
    let Some(Block { kind: BlockKind::Paragraph(inlines), .. }) = blocks.first_mut() else { return false };
    let said = markdown::plain(inlines).to_lowercase();
    if word.is_empty() || said.split(' ').next() == Some(word) {
        return false;
    }
    numbers::begin_with(&format!("{word} "), inlines);
    true
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
