//! What a list of matters on the web shows of a document, as JSON.

use serde_json::{Map, Value as Json};

use super::private::Private;
use crate::document::Document;
use crate::export::headings::Headings;
use crate::export::letterhead::Letterhead;
use crate::export::outline::Decision;
use crate::library::Templates;
use crate::markdown::{Block, BlockKind, plain};

/// The summary of a document whose web page is the file `page`; without anybody's direct contact.
pub fn summary(document: &Document, templates: &Templates, page: &str) -> Vec<u8> {
    let letterhead = Letterhead::of(document, templates);
    let headings = Headings::of(document, templates);
    let private = Private::of(document, templates);
    let hidden = |text: &String| Json::from(private.hidden(text).into_owned());
    let mut facts = Map::new();
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.insert(key.into(), value.into());
        }
    };
    put("titel", Some(&document.title()));
    put("diarienummer", Some(&letterhead.number));
    put("datum", Some(letterhead.date));
    put("förvaltning", letterhead.authority().as_deref());
    put("nämnd", letterhead.board().as_deref());
    put("sammanträde", letterhead.meeting());
    put("fil", Some(page));
    let paragraphs: Vec<Json> = headings.summary(document).iter().map(hidden).collect();
    facts.insert("sammanfattning".into(), paragraphs.into());
    let points: Vec<Json> = points(&document.blocks, &headings).iter().map(hidden).collect();
    facts.insert("beslutspunkter".into(), points.into());
    let mut bytes = serde_json::to_vec_pretty(&facts).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// What is to be decided, point by point; one without points is a point.
fn points(blocks: &[Block], headings: &Headings) -> Vec<String> {
    let decision = Decision::of(blocks, headings);
    let Some(heading) = decision.heading else { return Vec::new() };
    let mut points = Vec::new();
    let mut others = Vec::new();
    for block in flat(&blocks[heading + 1..decision.end]) {
        match &block.kind {
            BlockKind::List { start: Some(_), items, .. } => {
                points.extend(items.iter().map(|item| text(item)))
            }
            _ => others.push(text(std::slice::from_ref(block))),
        }
    }
    others.retain(|text| !text.is_empty());
    if points.is_empty() { others } else { points }
}

/// The blocks, with those of parts in the parts' place.
fn flat(blocks: &[Block]) -> Vec<&Block> {
    blocks
        .iter()
        .flat_map(|block| match &block.kind {
            BlockKind::Part { blocks, .. } => flat(blocks),
            _ => vec![block],
        })
        .collect()
}

/// The words of blocks in a row.
fn text(blocks: &[Block]) -> String {
    let texts = blocks.iter().map(|block| match &block.kind {
        BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) => plain(inlines),
        BlockKind::List { items, .. } => items.iter().map(|item| text(item)).collect::<Vec<_>>().join(" "),
        BlockKind::Quote(blocks) | BlockKind::Part { blocks, .. } => text(blocks),
        _ => String::new(),
    });
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}
