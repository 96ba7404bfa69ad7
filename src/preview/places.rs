//! From words on a page to their place in a file, and back.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Place;
use crate::document::Document;
use crate::export::pages::{Page, Pages, Run, is_solid, words};
use crate::markdown::leaves;
use crate::pipeline;
use crate::read::Case;
use crate::render::trail::Trail;
use crate::workshop::Workshop;
use crate::yaml::data::Data;

/// Where each leaf of a document stands in the files that it was made of.
pub struct Places {
    leaves: Vec<Printed>,
    origin: Origin,
}

/// What a document was made of.
enum Origin {
    /// A case.
    Case(Trail),
    /// Itself: it is Markdown that was reviewed.
    Itself(Arc<Document>),
}

/// A leaf as it is printed.
struct Printed {
    /// The bytes of each solid character.
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
        let found = words(document);
        let origin = match case {
            Some(case) => Origin::Case(pipeline::trail(case, tools, document)),
            None => Origin::Itself(document.clone()),
        };
        let mut places = Self { leaves: Vec::with_capacity(found.len()), origin };
        for (number, words) in found.into_iter().enumerate() {
            let solid = words.char_indices().filter(|(_, sign)| is_solid(*sign));
            let solid = solid.map(|(at, sign)| at..at + sign.len_utf8()).collect();
            let whole = places.place(number, 0..words.len());
            places.leaves.push(Printed { solid, whole });
        }
        places
    }

    /// Where the solid character of this number stands in a leaf; the leaf's beginning, where it has none.
    pub fn at(&self, leaf: usize, solid: usize) -> Option<Place> {
        let printed = self.leaves.get(leaf)?;
        let word = printed.solid.get(solid).or(printed.solid.last()).cloned();
        word.map_or_else(|| printed.whole.clone(), |word| self.place(leaf, word))
    }

    /// Where on the pages the words print that stand at a place.
    pub fn printed(&self, place: &Place, pages: &Pages) -> Vec<Area> {
        let mut areas = Vec::new();
        for (number, leaf) in self.leaves.iter().enumerate() {
            if !leaf.whole.as_ref().is_some_and(|whole| overlap(whole, place)) {
                continue;
            }
            let solid = self.solid_at(number, leaf, place);
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
    fn solid_at(&self, number: usize, leaf: &Printed, place: &Place) -> Range<usize> {
        let range = |word: &Range<usize>| self.place(number, word.clone()).map_or(0..0, |word| word.range);
        let first = leaf.solid.partition_point(|word| range(word).end <= place.range.start);
        let after = leaf.solid.partition_point(|word| range(word).start < place.range.end);
        match first < after {
            true => first..after,
            // A picture has none.
            false => first.saturating_sub(1)..(after + 1).min(leaf.solid.len().max(1)),
        }
    }

    fn place(&self, leaf: usize, words: Range<usize>) -> Option<Place> {
        match &self.origin {
            Origin::Case(trail) => trail.place(leaf, words),
            Origin::Itself(document) => {
                let leaves = leaves(&document.blocks);
                if let Some(leaf) = leaves.get(leaf) {
                    return Some(document.place(leaf.source(words)));
                }
                let mut lines = Vec::new();
                document.front.lines(&mut |line| lines.push(line));
                lines.get(leaf - leaves.len())?.place_in(words)
            }
        }
    }
}

/// The words of a page that can be selected and found, as the browser lays them over its picture.
pub fn layer(page: &Page) -> String {
    let round = |length: f64| (length * 100.0).round() / 100.0;
    let runs = page.runs.iter().filter(|run| !run.text.is_empty()).map(|run| {
        let leaf = run.leaf.map_or(-1, |leaf| i64::try_from(leaf).unwrap_or(-1));
        serde_json::json!([
            leaf,
            run.from,
            round(run.x),
            round(run.y),
            round(run.size),
            round(run.width()),
            run.text
        ])
    });
    serde_json::Value::from_iter(runs).to_string()
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
