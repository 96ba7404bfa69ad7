//! Where the words of a document stand in the case that it was made of, and in those that it refers to.
//!
//! A document is written and parsed again, and is the same tree: its leaves are those of the texts that
//! the template placed, in the same order. Words that a template is given otherwise (titles, names,
//! headings) are rendered once more between marks, which no file holds and nothing prints.

use std::ops::Range;
use std::sync::Arc;

use super::slots::{Owner, Slots};
use super::{Renderer, filled, letterhead};
use crate::diagnostic::Place;
use crate::front::Front;
use crate::library::Templates;
use crate::markdown::{self, Block, Inline, InlineKind, Leaf, leaves};
use crate::read::Case;
use crate::yaml::data::Data;
use crate::yaml::node::Origin;
use crate::yaml::values::Text;

/// For each leaf of a document, the stretches of its words that have a place.
#[derive(Debug, Default)]
pub struct Trail(Vec<Vec<Stretch>>);

/// Words of a leaf that a file says.
#[derive(Debug)]
struct Stretch {
    /// Which, in bytes.
    words: Range<usize>,
    /// The value that holds them.
    origin: Origin,
    /// The value, decoded.
    value: Arc<str>,
    /// Where in the value they stand.
    at: Within,
}

#[derive(Debug)]
enum Within {
    /// The words are a line, or stand for one.
    Line,
    /// They are a text's, and know of each byte where it comes from.
    Text(markdown::Text),
    /// They are all that stands here.
    Whole(Range<usize>),
}

impl Trail {
    /// The places of the words of the document, its blocks and its front, that was made of a case. Where a
    /// template does with the words something that the marks do not survive, they have none.
    pub fn of(
        case: &Case,
        templates: &Templates,
        renderer: &Renderer,
        (blocks, front): (&[Block], &Front),
    ) -> Self {
        let Ok(filled) = filled(case, templates, renderer, Slots::marking()) else { return Self::default() };
        let printed: Vec<&str> = leaves(blocks).into_iter().map(Leaf::words).collect();
        let mut trail: Vec<Vec<Stretch>> = Vec::with_capacity(printed.len());
        let mut value: Arc<str> = Arc::default();
        for owner in &filled.owners {
            let (words, stretches) = match owner {
                Owner::Template(said) => filled.marked.found(said),
                Owner::Text(text, leaf) => {
                    if *value != *text.text {
                        value = text.text.as_str().into();
                    }
                    (leaf.words().to_owned(), of_text(text, *leaf, &value).into_iter().collect())
                }
            };
            let Some((at, lead)) = find(&printed, trail.len(), &words) else { break };
            trail.resize_with(at, Vec::new);
            trail.push(stretches.into_iter().map(|stretch| stretch.after(lead)).collect());
        }
        trail.resize_with(printed.len(), Vec::new);
        trail.extend(lines(case, &letterhead::front(case, templates, front.is_draft()), front));
        Self(trail)
    }

    /// Where a stretch of a leaf's words stands, in bytes of what it prints. Of words that the template
    /// says, the place of those of the case that it says them with.
    pub fn place(&self, leaf: usize, words: Range<usize>) -> Option<Place> {
        let stretches = self.0.get(leaf)?;
        let stretch = stretches.iter().find(|stretch| stretch.words.end > words.start).or(stretches.last())?;
        let from = words.start.clamp(stretch.words.start, stretch.words.end) - stretch.words.start;
        let to = words.end.clamp(stretch.words.start, stretch.words.end) - stretch.words.start;
        let within = match &stretch.at {
            Within::Line if *stretch.value == *"" => return Some(stretch.origin.place()),
            Within::Line => from..to,
            Within::Text(text) => text.source(from..to),
            Within::Whole(range) => range.clone(),
        };
        Some(stretch.origin.place_in(&stretch.value, within))
    }

    /// How many leaves there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Which leaf from one on prints these words, and how many bytes tjut has set before them: a number, a word
/// that begins a clause. They may be a leaf of their own.
fn find(printed: &[&str], from: usize, words: &str) -> Option<(usize, usize)> {
    let near = printed.iter().enumerate().skip(from).take(2);
    let mut ending = near.filter(|(_, said)| said.ends_with(words));
    ending.next().map(|(at, said)| (at, said.len() - words.len()))
}

/// The stretch of a leaf of a text of the case.
fn of_text(text: &Text, leaf: Leaf, value: &Arc<str>) -> Option<Stretch> {
    let at = match leaf {
        Leaf::Inline(Inline { kind: InlineKind::Text(words), .. }) => Within::Text(words.clone()),
        _ => Within::Whole(leaf.range()),
    };
    let origin = text.origin.clone()?;
    Some(Stretch { words: 0..leaf.words().len(), origin, value: value.clone(), at })
}

impl Stretch {
    /// The same behind so many bytes more.
    fn after(self, lead: usize) -> Self {
        Self { words: self.words.start + lead..self.words.end + lead, ..self }
    }
}

/// The places of the lines of a front that the case says; others are a profile's.
fn lines(case: &Case, said: &Front, printed: &Front) -> Vec<Vec<Stretch>> {
    let mut origins = Vec::new();
    said.lines(&mut |line| origins.push((line.text.clone(), line.origin.clone())));
    let mut origins = origins.into_iter();
    let mut found = Vec::new();
    printed.lines(&mut |line| {
        let origin = origins.next().filter(|(text, _)| *text == line.text).and_then(|(_, origin)| origin);
        let origin = origin.filter(|origin| *origin.source() == case.source);
        let stretch = |origin| Stretch {
            words: 0..line.text.len(),
            origin,
            value: line.text.as_str().into(),
            at: Within::Line,
        };
        found.push(origin.map(stretch).into_iter().collect());
    });
    found
}

/// Words that a template is given, between marks with their numbers.
#[derive(Default)]
pub struct Marked(Vec<(String, Origin, bool)>);

// Unicode keeps these out of every text.
const BEGIN: char = '\u{fdd0}';
const BETWEEN: char = '\u{fdd1}';
const END: char = '\u{fdd2}';

impl Marked {
    /// The words with marks around them. `is_said` tells that the origin is the words themselves.
    pub fn mark(&mut self, words: &str, origin: &Origin, is_said: bool) -> String {
        self.0.push((words.to_owned(), origin.clone(), is_said));
        format!("{BEGIN}{}{BETWEEN}{words}{END}", self.0.len() - 1)
    }

    /// What is said without the marks, and what stood between them.
    fn found(&self, said: &str) -> (String, Vec<Stretch>) {
        let mut words = String::new();
        let mut stretches = Vec::new();
        let mut rest = said;
        while let Some((before, after)) = rest.split_once(BEGIN) {
            words.push_str(before);
            let marked = after.split_once(BETWEEN).zip(after.split_once(END));
            let Some(((number, _), (inner, behind))) = marked else { break };
            let inner = inner.get(number.len() + BETWEEN.len_utf8()..).unwrap_or_default();
            let start = words.len();
            words.push_str(inner);
            if let Some((value, origin, is_said)) =
                number.parse().ok().and_then(|number: usize| self.0.get(number))
                && value == inner
            {
                let value = if *is_said { value.as_str() } else { "" };
                stretches.push(Stretch {
                    words: start..words.len(),
                    origin: origin.clone(),
                    value: value.into(),
                    at: Within::Line,
                });
            }
            rest = behind;
        }
        words.push_str(rest);
        (words, stretches)
    }
}
