//! What is told of compared files: for people, for reviewers, for machines.

mod github;
mod json;
mod markdown;
mod text;

use crate::compare::list::{Change, Deed, Subject, Weight};
use crate::compare::model::{Both, Fate, Span};
use crate::diagnostic::Place;
use crate::markdown::{At, Block, BlockKind, Inline, InlineKind};

pub use github::github;
pub use json::{SCHEMA, json};
pub use markdown::{list, markdown};
pub use text::text;

/// A file that was compared, or that only one side has.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Its path on each side, with the name of the revision before a colon where it is not on the disk.
    pub name: Both<Option<String>>,
    /// What changed, in the order it is told in.
    pub changes: Vec<Told>,
    /// How many changes of form are not told of.
    pub hidden: usize,
}

/// A change and where it is found.
#[derive(Clone, Debug)]
pub struct Told {
    /// The change.
    pub change: Change,
    /// Its places in the files that people write, the first first.
    pub places: Vec<Both<Option<Place>>>,
    /// The pages of both PDFs where it begins, from 1; none where nobody asked for them.
    pub pages: Option<Both<Option<usize>>>,
}

impl Told {
    /// The place that is told: in the new file, or else in the old one.
    fn place(&self) -> Option<&Place> {
        self.places.first().and_then(|both| both.new.as_ref().or(both.old.as_ref()))
    }

    /// On which pages it stands, as `sida 2`, or `sida 2 → 3` where it stands on another now.
    fn on_pages(&self) -> Option<String> {
        match self.pages? {
            Both { old: Some(old), new: Some(new) } if old != new => Some(format!("sida {old} → {new}")),
            Both { old, new } => Some(format!("sida {}", new.or(old)?)),
        }
    }
}

impl Compared {
    /// What became of the file: `lika`, `ändrad`, `ny`, `borttagen` or `omdöpt`.
    pub fn outcome(&self, renamed: bool) -> &'static str {
        match (&self.name.old, &self.name.new) {
            (None, _) => "ny",
            (_, None) => "borttagen",
            _ if renamed => "omdöpt",
            _ if self.changes.is_empty() && self.hidden == 0 => "lika",
            _ => "ändrad",
        }
    }

    /// Whether it has another name than before.
    pub fn is_renamed(&self) -> bool {
        matches!((&self.name.old, &self.name.new), (Some(old), Some(new)) if self.is_of_one_tree() && bare(old) != bare(new))
    }

    /// Whether the two are versions of one tree, rather than two files that somebody named.
    fn is_of_one_tree(&self) -> bool {
        self.name.old.as_ref().is_some_and(|old| old.contains(':'))
    }

    /// Whether nothing differs.
    pub fn is_same(&self) -> bool {
        self.outcome(self.is_renamed()) == "lika"
    }

    /// The name it is told under.
    pub fn shown(&self) -> String {
        match (&self.name.old, &self.name.new) {
            (Some(old), Some(new)) if old.split_once(':').is_some_and(|(_, path)| path == bare(new)) => {
                let side =
                    |name: &str| name.split_once(':').map_or("nu", |(revision, _)| revision).to_owned();
                format!("{} ({} → {})", bare(new), side(old), side(new))
            }
            (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
            (_, Some(name)) | (Some(name), None) => name.clone(),
            (None, None) => String::new(),
        }
    }

    /// A sentence for a file that only one side has, or that has another name.
    fn remark(&self) -> Option<String> {
        match self.outcome(self.is_renamed()) {
            "ny" => Some(format!("{} är nytt", self.shown())),
            "borttagen" => Some(format!("{} är borttaget", self.shown())),
            "omdöpt" => Some(format!("{}: ärendet har bytt namn", self.shown())),
            "ändrad" if self.changes.is_empty() => {
                Some(format!("{}: bara formen skiljer (--allt visar den)", self.shown()))
            }
            _ => None,
        }
    }

    /// The changes by weight, the heaviest first.
    fn by_weight(&self) -> impl Iterator<Item = (Weight, Vec<&Told>)> {
        Weight::ALL.into_iter().filter_map(|weight| {
            let told: Vec<&Told> = self.changes.iter().filter(|told| told.change.weight == weight).collect();
            (!told.is_empty()).then_some((weight, told))
        })
    }
}

/// A name without its revision.
fn bare(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, path)| path)
}

/// How words that go and words that come are marked.
struct Signs {
    gone: (&'static str, &'static str),
    new: (&'static str, &'static str),
}

/// Git's signs for words.
const WORDS: Signs = Signs { gone: ("[-", "-]"), new: ("{+", "+}") };

/// The words of a side of a change that tell more than its message; none where there are no more.
fn said(change: &Change, is_old: bool, signs: &Signs) -> String {
    let is_as_it_was = change.text.iter().all(|span| span.fate == Fate::Same);
    match change.deed {
        Deed::New if is_old => String::new(),
        Deed::Gone if !is_old => String::new(),
        // It stands there as it stood here.
        Deed::Moved if is_as_it_was && is_old => String::new(),
        Deed::Moved if is_as_it_was => beginning(&change.said(false)),
        // The message says it.
        _ if change.subject == Subject::Head && change.deed == Deed::Changed && change.facts.len() == 1 => {
            String::new()
        }
        _ => side(&change.text, is_old, signs),
    }
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    let mut words = text.split(' ');
    let said = words.by_ref().take(CONTEXT).collect::<Vec<_>>().join(" ");
    if words.next().is_some() { format!("{said} …") } else { said }
}

/// A side of a change: its words, those that the other side lacks marked. Long stretches in common are cut.
fn side(spans: &[Span], is_old: bool, signs: &Signs) -> String {
    let fate = if is_old { Fate::Gone } else { Fate::New };
    let whole = spans.iter().all(|span| span.fate == fate || span.fate != Fate::Same);
    let shown: Vec<&Span> =
        spans.iter().filter(|span| span.fate == Fate::Same || span.fate == fate).collect();
    // What two sentences beside one another have in common is one stretch.
    let stretches: Vec<&[&Span]> = shown.chunk_by(|one, next| one.fate == next.fate).collect();
    let mut out = String::new();
    for (at, stretch) in stretches.iter().enumerate() {
        let Some(first) = stretch.first() else { continue };
        let words = words(stretch);
        if first.words.first().is_some_and(|word| word.spaced) && !out.is_empty() {
            out.push(' ');
        }
        if first.fate == Fate::Same {
            out.push_str(&cut(&words, at == 0, at + 1 == stretches.len()));
        } else if whole {
            // All of it is new, or gone: the line says so.
            out.push_str(&words);
        } else {
            let (open, close) = if is_old { signs.gone } else { signs.new };
            out.push_str(&format!("{open}{words}{close}"));
        }
    }
    out
}

fn words(spans: &[&Span]) -> String {
    let mut out = String::new();
    spans.iter().flat_map(|span| &span.words).for_each(|word| word.tell(&mut out));
    out
}

/// The most words in common that are shown on each side of what differs.
const CONTEXT: usize = 8;

fn cut(text: &str, first: bool, last: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    if first && last {
        return text.to_owned();
    }
    let (head, tail) = (if first { 0 } else { CONTEXT }, if last { 0 } else { CONTEXT });
    if words.len() <= head + tail + 2 {
        return text.to_owned();
    }
    let joined = |words: &[&str]| words.join(" ");
    let parts = [joined(&words[..head]), "…".into(), joined(&words[words.len() - tail..])];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The list as blocks of a document.
pub fn listed(file: &Compared) -> Vec<Block> {
    let text = |text: String| Inline { at: At::default(), kind: InlineKind::Text(text.as_str().into()) };
    let block = |kind| Block { at: At::default(), kind };
    let mut blocks = Vec::new();
    for (weight, told) in file.by_weight() {
        blocks.push(block(BlockKind::Heading { level: 2, inlines: vec![text(weight.heading().into())] }));
        let item = |told: &Told| {
            let change = &told.change;
            let mut lines = vec![format!("{}.", change.message)];
            let place = told.place().map(position).into_iter().chain(told.on_pages());
            lines.extend(Some(place.collect::<Vec<_>>().join(", ")).filter(|place| !place.is_empty()));
            for (side, is_old) in [("Före", true), ("Efter", false)] {
                let words = said(change, is_old, &WORDS);
                lines.extend((!words.is_empty()).then(|| format!("{side}: {words}")));
            }
            lines.extend(change.remark.as_ref().map(|remark| format!("{remark}.")));
            let mut inlines = Vec::new();
            for (at, line) in lines.into_iter().enumerate() {
                if at > 0 {
                    inlines.push(Inline { at: At::default(), kind: InlineKind::Break });
                }
                inlines.push(text(line));
            }
            vec![block(BlockKind::Paragraph(inlines))]
        };
        let items = told.into_iter().map(item).collect();
        blocks.push(block(BlockKind::List { start: None, tight: false, items }));
    }
    blocks
}

/// A place as `file:line:column`.
fn position(place: &Place) -> String {
    let (line, column) = place.source.position(place.range.start);
    format!("{}:{line}:{column}", place.source.path)
}
