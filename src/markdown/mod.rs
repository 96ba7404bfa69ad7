//! The room for officials' texts: Markdown to a tree, and a tree to Markdown made for diffs.
//!
//! The law between the two: for every text `s` and `t = parse(s).blocks`, `parse(write(t)).blocks == t`. Whatever
//! Markdown cannot say is therefore normalised away when a text is parsed, never when it is written.

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
pub use parts::{Stray, parts};
pub use row::{Look, Stretch, StretchKind, join, row, sentence_ends, stretch};
pub use sentences::Abbreviations;
pub use shift::shift;
pub use slips::{Mend, Slip, SlipKind};
pub use text::Text;
pub use tree::{Align, At, Block, BlockKind, Inline, InlineKind, Node, pictures, plain, walk};
pub use write::write;

#[cfg(test)]
mod tests;
