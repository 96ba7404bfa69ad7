//! From Rust types back to data: what was read can be written, key by key from the same list.

use serde_json::Value as Json;

use super::field::Several;
use super::values::{Day, Line};

/// A value that can be written as it was read.
pub trait Data {
    /// The value; none where there is nothing to write.
    fn data(&self) -> Option<Json>;

    /// Visits every text of the value.
    fn lines<'a>(&'a self, visit: &mut dyn FnMut(&'a Line));
}

impl Data for Line {
    fn data(&self) -> Option<Json> {
        Some(self.text.clone().into())
    }

    fn lines<'a>(&'a self, visit: &mut dyn FnMut(&'a Line)) {
        visit(self);
    }
}

impl Data for Day {
    fn data(&self) -> Option<Json> {
        self.line.data()
    }

    fn lines<'a>(&'a self, visit: &mut dyn FnMut(&'a Line)) {
        visit(&self.line);
    }
}

impl<T: Data> Data for Option<T> {
    fn data(&self) -> Option<Json> {
        self.as_ref()?.data()
    }

    fn lines<'a>(&'a self, visit: &mut dyn FnMut(&'a Line)) {
        self.iter().for_each(|value| value.lines(visit));
    }
}

impl<T: Data> Data for Vec<T> {
    fn data(&self) -> Option<Json> {
        let items: Vec<Json> = self.iter().filter_map(Data::data).collect();
        (!items.is_empty()).then(|| items.into())
    }

    fn lines<'a>(&'a self, visit: &mut dyn FnMut(&'a Line)) {
        self.iter().for_each(|value| value.lines(visit));
    }
}

impl<T: Data> Data for Several<T> {
    fn data(&self) -> Option<Json> {
        if self.others.is_empty() {
            return self.first.data();
        }
        Some(self.iter().filter_map(Data::data).collect())
    }

    fn lines<'a>(&'a self, visit: &mut dyn FnMut(&'a Line)) {
        self.first.lines(visit);
        self.others.iter().for_each(|value| value.lines(visit));
    }
}
