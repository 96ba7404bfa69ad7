//! Characters that no font has: PDF/A and PDF/UA forbid them, and Typst could not say where they
//! stand. In a case they were found already; here they are in Markdown that was edited by hand,
//! or were named by number (`&#x2610;`).

use std::ops::Range;

use serde_json::Value as Json;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::faults::characters;
use crate::library::Templates;
use crate::markdown::{BlockKind, InlineKind, Node, walk};

/// Everything in a document that cannot be printed.
pub fn lacking(document: &Document, templates: &Templates) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut scan = |text: &str, at: Range<usize>| {
        let lacking = characters::lacking(text, templates, |_| false);
        found.extend(lacking.into_iter().map(|(_, finding, _)| finding.at(document.place(at.clone()))));
    };
    walk(&document.blocks, &mut |node| match node {
        Node::Block(block) => {
            if let BlockKind::Code(text) = &block.kind {
                scan(text, block.at.0.clone());
            }
        }
        Node::Inline(inline) => match &inline.kind {
            InlineKind::Text(text) => scan(text, inline.at.0.clone()),
            InlineKind::Code(text) | InlineKind::Image { title: text, .. } => {
                scan(text, inline.at.0.clone());
            }
            _ => {}
        },
    });
    let mut front = Vec::new();
    document.front.values().for_each(|value| texts(value, &mut front));
    for text in front {
        let lacking = characters::lacking(text, templates, |_| false);
        found.extend(
            lacking.into_iter().map(|(range, finding, _)| finding.at(document.place_in_front(&text[range]))),
        );
    }
    found
}

fn texts<'a>(value: &'a Json, out: &mut Vec<&'a str>) {
    match value {
        Json::String(text) => out.push(text),
        Json::Array(items) => items.iter().for_each(|item| texts(item, out)),
        Json::Object(map) => map.values().for_each(|item| texts(item, out)),
        _ => {}
    }
}
