//! A pull request: annotations at the lines of the cases. The summary is the list as Markdown.

use super::Compared;
use crate::compare::list::Weight;
use crate::diagnostic::workflow::{data, property};

/// One command a line, which a workflow shows at its place.
pub fn github(files: &[Compared]) -> String {
    let mut out = String::new();
    for file in files {
        for told in &file.changes {
            let level = if told.change.weight == Weight::Decision { "warning" } else { "notice" };
            let place = told.places.first().and_then(|both| both.new.as_ref());
            let at = place.map(|place| {
                let (line, _) = place.source.position(place.range.start);
                format!("file={},line={line},", property(&place.source.path))
            });
            let pages = told.on_pages().map(|pages| format!(" ({pages})")).unwrap_or_default();
            let remark = told.change.remark.as_ref().map(|remark| format!(" {remark}.")).unwrap_or_default();
            let message = format!("{}{pages}.{remark}", told.change.message);
            let title = property(told.change.weight.heading());
            out.push_str(&format!("::{level} {}title={title}::{}\n", at.unwrap_or_default(), data(&message)));
        }
    }
    out
}
