//! The texts of a case as they were written, with everything that reading folds away.

use std::ops::Range;

use crate::diagnostic::Place;
use crate::yaml::node::{Origin, Value, YamlNode};

/// A text of the file, decoded from YAML and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Raw<'a> {
    /// The text.
    pub text: &'a str,
    origin: &'a Origin,
}

impl Raw<'_> {
    /// Where a stretch of the text stands in the file.
    pub fn place(&self, range: Range<usize>) -> Place {
        self.origin.place_in(self.text, range)
    }
}

/// Where a case says why a finding may stay: nothing there prints.
const ACCEPTED: &str = "godkänn";

/// Every text of a file that can print, keys too, in its order.
pub fn texts(root: &YamlNode) -> Vec<Raw<'_>> {
    let mut found = Vec::new();
    gather(root, &mut found);
    found
}

fn gather<'a>(node: &'a YamlNode, found: &mut Vec<Raw<'a>>) {
    match &node.value {
        Value::Nothing => {}
        Value::Text(text) => found.push(Raw { text, origin: &node.origin }),
        Value::List(items) => items.iter().for_each(|item| gather(item, found)),
        Value::Map(entries) => {
            for (key, value) in entries.iter().filter(|(key, _)| key.name != ACCEPTED) {
                found.push(Raw { text: &key.name, origin: &key.origin });
                gather(value, found);
            }
        }
    }
}
