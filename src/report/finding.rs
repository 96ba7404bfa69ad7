//! A finding as JSON: the one form of it that every report and every face of tjut writes.

use serde_json::{Map, Value as Json, json};

use crate::diagnostic::{Diagnostic, Place};

/// A finding as JSON; `file` is what it is about where it has no place. Lines and columns count
/// from 1, columns in characters, and a stretch ends before its end.
pub fn finding(found: &Diagnostic, file: &str) -> Map<String, Json> {
    let mut map = Map::from_iter([
        ("code".into(), found.code.name.into()),
        ("severity".into(), found.severity.word().into()),
        ("message".into(), found.message.as_str().into()),
        ("hint".into(), found.hint.as_deref().into()),
    ]);
    match &found.place {
        Some(place) => map.extend(located(place)),
        None => map.extend([("file".into(), file.into()), ("range".into(), Json::Null)]),
    }
    let related = found.related.iter().map(|(place, remark)| {
        let mut related = located(place);
        related.insert("message".into(), remark.as_str().into());
        Json::Object(related)
    });
    map.insert("related".into(), related.collect());
    let edit = found.edit.as_ref().map(|edit| {
        let mut map = located(&edit.place);
        map.insert("replacement".into(), edit.replacement.as_str().into());
        map.insert("safe".into(), edit.safe.into());
        Json::Object(map)
    });
    map.insert("edit".into(), edit.into());
    map
}

fn located(place: &Place) -> Map<String, Json> {
    let [start, end] = span(place).map(|(line, column)| json!({ "line": line, "column": column }));
    let range = json!({ "start": start, "end": end });
    Map::from_iter([("file".into(), place.source.path.as_str().into()), ("range".into(), range)])
}

/// First and last line and column of a place, counted from 1; the last column is the one after
/// the last character.
pub(super) fn span(place: &Place) -> [(usize, usize); 2] {
    [place.source.position(place.range.start), place.source.position(place.range.end)]
}
