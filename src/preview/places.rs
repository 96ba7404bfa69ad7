//! From words on a page to their place in a file, and back.

use std::ops::Range;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::diagnostic::{Place, Source};
use crate::document::Document;
use crate::export::pages::{Ink, Page, Pages, Run, is_solid};
use crate::markdown::leaves;
use crate::pipeline;
use crate::read::Case;
use crate::render::trace::Origins;
use crate::workshop::Workshop;
use crate::yaml::data::Data;

/// Where each leaf of a document stands in the files that it was made of.
pub struct Places {
    leaves: Vec<Printed>,
    document: Arc<Document>,
    /// The case that it came of, and how, unless it is Markdown that was reviewed: then it is that itself.
    case: Option<(Arc<Source>, Origins)>,
}

/// A leaf as it is printed.
struct Printed {
    /// Where each solid character stands in the Markdown.
    solid: Vec<Range<usize>>,
    /// The place of all its words.
    whole: Option<Place>,
}

/// A rectangle on a page, in points from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// The page's number, from 0.
    pub page: usize,
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

/// How many areas are shown of one finding: more would say no more.
const MOST_AREAS: usize = 60;

impl Places {
    /// The places of a document's words.
    pub fn of(case: Option<&Case>, tools: &Workshop, document: &Arc<Document>) -> Self {
        let case = case.map(|case| (case.source.clone(), pipeline::origins(case, tools, document)));
        let mut places = Self { leaves: Vec::new(), document: document.clone(), case };
        let in_body = |range: Range<usize>| document.place(range).range;
        let leaves = leaves(&document.blocks).into_iter().map(|leaf| {
            let solid = solid_of(leaf.words()).map(|range| in_body(leaf.source(range)));
            (in_body(leaf.source(0..leaf.words().len())), solid.collect())
        });
        let mut found: Vec<(Range<usize>, Vec<Range<usize>>)> = leaves.collect();
        document.front.lines(&mut |line| {
            let at = |range: Range<usize>| line.place_in(range).map_or(0..0, |place| place.range);
            found.push((at(0..line.text.len()), solid_of(&line.text).map(at).collect()));
        });
        let whole: Vec<Option<Place>> = found.iter().map(|(whole, _)| places.came_from(whole)).collect();
        let printed = found.into_iter().zip(whole).map(|((_, solid), whole)| Printed { solid, whole });
        places.leaves = printed.collect();
        places
    }

    /// Where the solid character of this number stands in a leaf; the leaf's beginning, where it has none.
    pub fn at(&self, leaf: usize, solid: usize) -> Option<Place> {
        let printed = self.leaves.get(leaf)?;
        self.place(printed, solid.min(printed.solid.len().saturating_sub(1)))
            .or_else(|| printed.whole.clone())
    }

    /// Where on the pages the words print that stand at a place.
    pub fn printed(&self, place: &Place, pages: &Pages) -> Vec<Area> {
        let mut areas = Vec::new();
        for (number, leaf) in self.leaves.iter().enumerate() {
            if !leaf.whole.as_ref().is_some_and(|whole| overlap(whole, place)) {
                continue;
            }
            let solid = self.solid_at(leaf, place);
            for (page, found) in pages.iter().enumerate() {
                areas.extend(found.runs.iter().filter(|run| run.leaf == Some(number)).filter_map(|run| {
                    let (x, width) = stretch(run, &solid)?;
                    Some(Area { page, x, y: run.top, width, height: run.height })
                }));
            }
        }
        areas.truncate(MOST_AREAS);
        areas
    }

    /// The solid characters of a leaf that stand at a place; those beside it, where it holds none.
    fn solid_at(&self, leaf: &Printed, place: &Place) -> Range<usize> {
        let range = |solid: usize| self.place(leaf, solid).map_or(0..0, |place| place.range);
        let (first, after) = (
            partition(leaf.solid.len(), |solid| range(solid).end <= place.range.start),
            partition(leaf.solid.len(), |solid| range(solid).start < place.range.end),
        );
        match first < after {
            true => first..after,
            // A picture has none.
            false => first.saturating_sub(1)..(after + 1).min(leaf.solid.len().max(1)),
        }
    }

    /// Where a solid character of a leaf stands. What the template says stands beside what it says it with.
    fn place(&self, leaf: &Printed, solid: usize) -> Option<Place> {
        leaf.whole.as_ref()?;
        let of = |solid: usize| self.came_from(leaf.solid.get(solid)?);
        let behind = || (solid + 1..leaf.solid.len()).find_map(of);
        let before = || (0..solid).rev().find_map(of);
        of(solid).or_else(behind).or_else(before)
    }

    /// What a stretch of the Markdown came of.
    fn came_from(&self, range: &Range<usize>) -> Option<Place> {
        match &self.case {
            // What the letterhead does not have of the case it has of a profile, which may be built in.
            Some((case, origins)) if range.start < self.document.body_start => {
                origins.place(range).filter(|place| place.source == *case)
            }
            Some((_, origins)) => origins.place(range),
            None => Some(Place { source: self.document.source.clone(), range: range.clone() }),
        }
    }
}

/// The characters of words that are printed wherever lines break, and where they stand.
fn solid_of(words: &str) -> impl Iterator<Item = Range<usize>> {
    let solid = words.char_indices().filter(|(_, sign)| is_solid(*sign));
    solid.map(|(at, sign)| at..at + sign.len_utf8())
}

/// How many of the first numbers something holds for that holds for none behind them.
fn partition(length: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut start, mut end) = (0, length);
    while start < end {
        let middle = start + (end - start) / 2;
        if holds(middle) { start = middle + 1 } else { end = middle }
    }
    start
}

/// The words of a page, as the browser prints them, or lays them over the picture to be selected and found.
pub fn words(page: &Page) -> Json {
    let round = |length: f64| (length * 1000.0).round() / 1000.0;
    let runs = page.runs.iter().filter(|run| !run.text.is_empty()).map(|run| {
        let leaf = run.leaf.map_or(-1, |leaf| i64::try_from(leaf).unwrap_or(-1));
        let (x, y, size, width) = (round(run.x), round(run.y), round(run.size), round(run.width()));
        let mut told = json!([leaf, run.from, x, y, size, width, run.text]);
        if let (Some(Ink { font, colour }), Some(told)) = (&run.ink, told.as_array_mut()) {
            told.extend([font.as_str().into(), colour.as_str().into()]);
        }
        told
    });
    runs.collect()
}

/// The left edge and the width of some solid characters of a leaf in a run that prints some of them.
fn stretch(run: &Run, solid: &Range<usize>) -> Option<(f64, f64)> {
    if run.text.is_empty() {
        return Some((run.x, run.width()));
    }
    let signs = run.text.chars().enumerate().filter(|(_, sign)| is_solid(*sign)).map(|(at, _)| at);
    let meant: Vec<usize> =
        signs.zip(run.from..).filter(|(_, number)| solid.contains(number)).map(|(at, _)| at).collect();
    let (first, last) = (*meant.first()?, *meant.last()?);
    let (left, right) = (run.stops.get(first)?, run.stops.get(last + 1)?);
    Some((run.x + left, right - left))
}

/// Whether two places share words. The same file may have been read twice.
fn overlap(one: &Place, other: &Place) -> bool {
    one.source.path == other.source.path
        && one.range.start < other.range.end
        && other.range.start < one.range.end
}
