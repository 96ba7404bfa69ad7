//! The list as Markdown, and the whole document with its changes as CriticMarkup.

use super::{Compared, Signs, position, said};
use crate::compare::model::Comparison;
use crate::compare::redline;
use crate::markdown::{self, Abbreviations};

/// Bold words, which show in every reader of Markdown.
const BOLD: Signs = Signs { gone: ("~~", "~~"), new: ("**", "**") };

/// The list of a file, and below it the whole document where it is in both.
pub fn markdown(files: &[(Compared, Option<Comparison>)], abbreviations: &Abbreviations) -> String {
    let mut out = String::new();
    for (file, comparison) in files.iter().filter(|(file, _)| !file.is_same()) {
        out.push_str(&list(file, 1));
        if let Some(comparison) = comparison {
            let body = redline::body(comparison, redline::Signs::CRITIC);
            out.push_str("\n---\n\n");
            out.push_str(&critic(&markdown::write(&body, abbreviations)));
            out.push('\n');
        }
    }
    out
}

/// The list of a file, its heading of this level.
pub fn list(file: &Compared, level: usize) -> String {
    let hashes = "#".repeat(level);
    let title = markdown::escape(&file.remark().unwrap_or_else(|| file.shown()));
    let mut out = format!("{hashes} {title}\n");
    for (weight, told) in file.by_weight() {
        out.push_str(&format!("\n{hashes}# {}\n\n", weight.heading()));
        for told in told {
            let change = &told.change;
            out.push_str(&format!("- {}.", markdown::escape(&change.message)));
            if let Some(place) = told.place() {
                out.push_str(&format!(" `{}`", position(place)));
            }
            if let Some(pages) = told.on_pages() {
                out.push_str(&format!(" ({pages})"));
            }
            out.push('\n');
            for (side, is_old) in [("före", true), ("efter", false)] {
                let words = said(change, is_old, &BOLD);
                if !words.is_empty() {
                    out.push_str(&format!("  - {side}: {words}\n"));
                }
            }
            if let Some(remark) = &change.remark {
                out.push_str(&format!("  - {remark}.\n"));
            }
        }
    }
    out
}

/// CriticMarkup has signs of its own; the marks around them go.
fn critic(text: &str) -> String {
    let tags = ["<del>", "</del>", "<ins>", "</ins>"];
    let text = tags.iter().fold(text.replace("&#32;<", "<"), |text, tag| text.replace(tag, ""));
    text.replace("{\\--", "{--")
}
