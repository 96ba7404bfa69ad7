//! Places in a text: lines, what stands between others, what should stand there.

use std::ops::Range;

use super::super::tree::At;
use super::Mend;

/// Where the line begins that `at` stands on.
pub(super) fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Where the line ends that `at` stands on, before its line break.
pub(super) fn line_end(source: &str, at: usize) -> usize {
    source[at..].find('\n').map_or(source.len(), |newline| at + newline)
}

/// Something that should stand at a place.
pub(super) fn insert(at: usize, with: &str) -> Mend {
    Mend { at: At(at..at), with: with.to_owned() }
}

/// A blank line after the line that ends at `end`, in a container whose lines begin so.
pub(super) fn blank_line(end: usize, base: &str) -> Mend {
    insert(end, &format!("\n{}", base.trim_end()))
}

/// Whether a link could lead there.
pub(super) fn is_address(url: &str) -> bool {
    url.contains(['.', '/', ':', '#', '@'])
}

/// The ranges of text in `whole` that none of `holes`, which are in order, covers.
pub(super) fn between(whole: Range<usize>, holes: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut left = Vec::new();
    let mut at = whole.start;
    for hole in holes.iter().filter(|hole| hole.end > whole.start && hole.start < whole.end) {
        if hole.start > at {
            left.push(at..hole.start);
        }
        at = at.max(hole.end);
    }
    if at < whole.end {
        left.push(at..whole.end);
    }
    left
}
