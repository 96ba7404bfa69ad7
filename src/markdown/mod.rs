//! The room for officials' texts: Markdown to a tree, and a tree to Markdown made for diffs.
//!
//! The law between the two: for every text `s` and `t = parse(s).blocks`, `parse(write(t)).blocks == t`. Whatever
//! Markdown cannot say is therefore normalised away when a text is parsed, never when it is written.
//!
//! In: a [`SourcedText`] (a string that knows where it comes from) has its slips mended (`slips`), and becomes a tree of
//! blocks (`parse`, `parts`), whose running text comes from the parser's events by way of a flat row in one normal
//! form (`run`, `group`). Out: blocks (`write`) and their running text (`inlines`, `escape`), a sentence a line
//! (`sentences`). For whoever compares texts, `row` gives running text as stretches of one look.

mod escape;
mod group;
mod inlines;
mod parse;
mod parts;
mod row;
mod run;
mod sentences;
mod shift;
mod slips;
mod spans;
mod text;
mod tree;
mod write;

pub use escape::escape;
pub use parse::{Parsed, parse};
pub use parts::{StrayHtml, parts};
pub use row::{Look, Stretch, StretchKind, join, row, sentence_ends, stretch};
pub use sentences::Abbreviations;
pub use shift::shift;
pub use slips::{Mend, Slip, SlipKind};
pub use text::SourcedText;
pub use tree::{
    Align, At, Block, BlockKind, Inline, InlineKind, Leaf, Visited, leaves, pictures, plain, walk,
};
pub use write::write;

#[cfg(test)]
mod tests;
