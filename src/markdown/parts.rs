//! The parts of a document: what stands between `<!-- role -->` and `<!-- /role -->`.

use super::tree::{At, Block, BlockKind, InlineKind, Visited, walk};

/// How many parts can stand in one another.
const DEEPEST: usize = 24;

/// HTML that is not one of a pair of comments around a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrayHtml {
    /// Its range in the parsed text.
    pub at: At,
    /// The HTML itself.
    pub html: String,
}

/// Folds the pairs of comments at the top level into [`BlockKind::Part`], and gives all other HTML in the order of
/// the document. What is stray stays where it is.
pub fn parts(blocks: Vec<Block>) -> (Vec<Block>, Vec<StrayHtml>) {
    // The first has no comment: it is the document.
    let mut open = vec![Open::default()];
    for block in blocks {
        match comment(&block) {
            Some(Comment::Start) if open.len() <= DEEPEST => {
                open.push(Open { comment: Some(block), blocks: Vec::new() })
            }
            Some(Comment::End) => end(&mut open, block),
            _ => add(&mut open, block),
        }
    }
    while open.len() > 1 {
        give_up(&mut open);
    }
    let blocks = open.pop().unwrap_or_default().blocks;
    let strays = strays(&blocks);
    (blocks, strays)
}

/// A part whose end is still to come.
#[derive(Default)]
struct Open {
    comment: Option<Block>,
    blocks: Vec<Block>,
}

enum Comment {
    Start,
    End,
}

/// The comment that a block is, if it is one around a part.
fn comment(block: &Block) -> Option<Comment> {
    let name = name(block)?;
    let (role, comment) = match name.strip_prefix('/') {
        Some(role) => (role, Comment::End),
        None => (name, Comment::Start),
    };
    let is_role = !role.is_empty() && role.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    is_role.then_some(comment)
}

/// What a comment says.
fn name(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Html(html) => html.strip_prefix("<!-- ")?.strip_suffix(" -->"),
        _ => None,
    }
}

/// Ends the innermost part that `comment` can end; those within it were never ended.
fn end(open: &mut Vec<Open>, comment: Block) {
    let role = name(&comment).and_then(|name| name.strip_prefix('/'));
    let starts = |open: &Open| open.comment.as_ref().and_then(name) == role;
    let Some(start) = open.iter().rposition(starts).filter(|start| *start > 0) else {
        return add(open, comment);
    };
    let role = role.unwrap_or_default().to_owned();
    while open.len() > start + 1 {
        give_up(open);
    }
    if let Some(Open { comment: Some(first), blocks }) = open.pop() {
        let at = At(first.at.0.start..comment.at.0.end);
        add(open, Block { at, kind: BlockKind::Part { role, blocks } });
    }
}

/// Leaves a comment that nothing ends where it stands, and what comes after it.
fn give_up(open: &mut Vec<Open>) {
    if let Some(Open { comment, blocks }) = open.pop() {
        comment.into_iter().chain(blocks).for_each(|block| add(open, block));
    }
}

fn add(open: &mut [Open], block: Block) {
    if let Some(last) = open.last_mut() {
        last.blocks.push(block);
    }
}

fn strays(blocks: &[Block]) -> Vec<StrayHtml> {
    let mut strays = Vec::new();
    walk(blocks, &mut |node| {
        let (at, html) = match node {
            Visited::Block(Block { at, kind: BlockKind::Html(html) }) => (at, html),
            Visited::Inline(inline) => match &inline.kind {
                InlineKind::Html(html) => (&inline.at, html),
                _ => return,
            },
            Visited::Block(_) => return,
        };
        strays.push(StrayHtml { at: at.clone(), html: html.clone() });
    });
    strays
}
