//! The values of two front matters, each with its partner.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};
use serde_json::Value as Json;

use super::align::in_order;
use super::model::{Both, Step, Value};
use crate::document::Document;
use crate::front::Front;
use crate::yaml::data::Data;
use crate::yaml::values::Line;

/// The values of both front matters, in order: records by their keys, persons by their names, lines by what they say.
pub fn values(old: &Document, new: &Document) -> Vec<Value> {
    let (one, other) = (Json::Object(old.front.map()), Json::Object(new.front.map()));
    let places = Both { old: places(old, &one), new: places(new, &other) };
    let mut merge = Merge { places, path: Both::default(), values: Vec::new() };
    merge.value(Some(&one), Some(&other));
    merge.values
}

/// Where each value stands, by the path that leads to it.
type Places = FxHashMap<Vec<Step>, Range<usize>>;

fn places(document: &Document, front: &Json) -> Places {
    let lines = lines_of(&document.front, front).into_iter();
    lines
        .map(|(path, line)| (path, line.place_in(0..line.text.len()).map_or(0..0, |place| place.range)))
        .collect()
}

/// The lines of a front matter, each with the path that leads to it.
pub fn lines(front: &Front) -> Vec<(Vec<Step>, &Line)> {
    lines_of(front, &Json::Object(front.map()))
}

fn lines_of<'f>(front: &'f Front, data: &Json) -> Vec<(Vec<Step>, &'f Line)> {
    let mut paths = Vec::new();
    leaves(data, &mut Vec::new(), &mut paths);
    let mut lines = Vec::new();
    front.lines(&mut |line| lines.push(line));
    paths.into_iter().zip(lines).collect()
}

/// The paths of all texts, in the order in which a front matter visits its lines.
fn leaves(value: &Json, path: &mut Vec<Step>, paths: &mut Vec<Vec<Step>>) {
    let mut within = |step, value| {
        path.push(step);
        leaves(value, path, paths);
        path.pop();
    };
    match value {
        Json::Object(map) => map.iter().for_each(|(key, value)| within(Step::Key(key.clone()), value)),
        Json::Array(items) => items.iter().enumerate().for_each(|(at, value)| within(Step::Index(at), value)),
        _ => paths.push(path.clone()),
    }
}

struct Merge {
    places: Both<Places>,
    path: Both<Vec<Step>>,
    values: Vec<Value>,
}

impl Merge {
    fn value(&mut self, old: Option<&Json>, new: Option<&Json>) {
        match (old, new) {
            (Some(Json::Object(one)), Some(Json::Object(other))) => {
                let added = other.keys().filter(|key| !one.contains_key(*key));
                for key in one.keys().chain(added) {
                    self.step(Both { old: Step::Key(key.clone()), new: Step::Key(key.clone()) }, |merge| {
                        merge.value(one.get(key), other.get(key));
                    });
                }
            }
            (Some(Json::Array(one)), Some(Json::Array(other))) => self.lists(one, other),
            (Some(Json::String(one)), Some(Json::String(other))) => self.leaf(Some(one), Some(other)),
            (Some(one), Some(other)) => {
                self.alone(one, true);
                self.alone(other, false);
            }
            (Some(one), None) => self.alone(one, true),
            (None, Some(other)) => self.alone(other, false),
            (None, None) => {}
        }
    }

    fn lists(&mut self, old: &[Json], new: &[Json]) {
        let hashes = |items: &[Json]| items.iter().map(identity).collect::<Vec<_>>();
        let pairs = in_order(&hashes(old), &hashes(new), &|_| 1.0, &mut |_, _| 0.0);
        let mut done = (0, 0);
        for (one, other) in pairs.into_iter().chain([(old.len(), new.len())]) {
            // Between what is the same, what stands at the same place was changed.
            let longest = (one - done.0).max(other - done.1);
            for next in 0..longest {
                let (at, new_at) = (done.0 + next, done.1 + next);
                self.item(
                    at,
                    new_at,
                    old.get(at).filter(|_| at < one),
                    new.get(new_at).filter(|_| new_at < other),
                );
            }
            if one < old.len() && other < new.len() {
                self.item(one, other, old.get(one), new.get(other));
            }
            done = (one + 1, other + 1);
        }
    }

    fn item(&mut self, at: usize, new_at: usize, old: Option<&Json>, new: Option<&Json>) {
        self.step(Both { old: Step::Index(at), new: Step::Index(new_at) }, |merge| merge.value(old, new));
    }

    fn alone(&mut self, value: &Json, is_old: bool) {
        let sides = |value| if is_old { (Some(value), None) } else { (None, Some(value)) };
        match value {
            Json::Object(map) => {
                for (key, value) in map {
                    let (old, new) = sides(value);
                    self.step(Both { old: Step::Key(key.clone()), new: Step::Key(key.clone()) }, |merge| {
                        merge.value(old, new);
                    });
                }
            }
            Json::Array(items) => {
                for (at, value) in items.iter().enumerate() {
                    let (old, new) = sides(value);
                    self.item(at, at, old, new);
                }
            }
            Json::String(text) if is_old => self.leaf(Some(text), None),
            Json::String(text) => self.leaf(None, Some(text)),
            // A front matter holds texts.
            _ => {}
        }
    }

    fn step(&mut self, step: Both<Step>, within: impl FnOnce(&mut Self)) {
        self.path.old.push(step.old);
        self.path.new.push(step.new);
        within(self);
        self.path.old.pop();
        self.path.new.pop();
    }

    fn leaf(&mut self, old: Option<&String>, new: Option<&String>) {
        self.values.push(Value {
            path: Both { old: old.map(|_| self.path.old.clone()), new: new.map(|_| self.path.new.clone()) },
            text: Both { old: old.cloned(), new: new.cloned() },
            at: Both {
                old: old.and_then(|_| self.places.old.get(&self.path.old).cloned()),
                new: new.and_then(|_| self.places.new.get(&self.path.new).cloned()),
            },
        });
    }
}

/// A person is their name; everything else is all it says.
fn identity(value: &Json) -> u64 {
    let mut hasher = FxHasher::default();
    match value.get("namn") {
        Some(Json::String(name)) => name.hash(&mut hasher),
        _ => value.to_string().hash(&mut hasher),
    }
    hasher.finish()
}
