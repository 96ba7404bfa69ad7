//! The parts of a document: what stands between `<!-- role -->` and `<!-- /role -->`.

use super::tree::{At, Block, BlockKind, Inline, InlineKind, Node, walk};

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
    // The parts that are open, innermost last, each with the blocks before it.
    let mut open: Vec<(String, At, Vec<Block>)> = Vec::new();
    let mut current = Vec::new();
    for block in blocks {
        match comment(&block) {
            Some(Comment::Begins(role)) => {
                open.push((role, block.at, std::mem::take(&mut current)));
            }
            Some(Comment::Ends(role)) if open.last().is_some_and(|(opened, ..)| *opened == role) => {
                if let Some((role, at, before)) = open.pop() {
                    let inner = std::mem::replace(&mut current, before);
                    let at = At(at.0.start..block.at.0.end);
                    current.push(Block { at, kind: BlockKind::Part { role, blocks: inner } });
                }
            }
            _ => current.push(block),
        }
    }
    let mut strays = Vec::new();
    while let Some((role, at, mut before)) = open.pop() {
        strays.push(Stray { at, html: format!("<!-- {role} -->") });
        before.append(&mut current);
        current = before;
    }
    walk(&current, &mut |node| match node {
        Node::Block(Block { at, kind: BlockKind::Html(html) })
        | Node::Inline(Inline { at, kind: InlineKind::Html(html) }) => {
            strays.push(Stray { at: at.clone(), html: html.clone() });
        }
        _ => {}
    });
    (current, strays)
}

enum Comment {
    Begins(String),
    Ends(String),
}

fn comment(block: &Block) -> Option<Comment> {
    let BlockKind::Html(html) = &block.kind else { return None };
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let (role, ends) = match inner.strip_prefix('/') {
        Some(role) => (role, true),
        None => (inner, false),
    };
    let is_role = !role.is_empty() && role.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    is_role.then(|| if ends { Comment::Ends(role.to_owned()) } else { Comment::Begins(role.to_owned()) })
}
