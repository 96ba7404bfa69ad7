//! Sources that are made to take long, or to nest until the stack is full.

use std::time::{Duration, Instant};

use super::{swedish, tidy};
use crate::markdown::{parse, parts, write};

#[test]
fn nothing_takes_long() {
    let start = Instant::now();
    for unit in [
        ">",
        "[",
        "*",
        "_",
        "`",
        "<",
        "![",
        "](",
        "- ",
        "1. ",
        "* *",
        "**a ",
        "*a_ ",
        "a*",
        "[a](",
        "[^1]: ",
        "\n- ",
        "-\n",
        "<!--",
        "|a",
        "e\u{301}",
        "<!-- a -->\n\n",
        "*a*_b_**c**",
        "> a\n",
        "[[[a](b)",
    ] {
        let parsed = parse(&unit.repeat(50_000 / unit.len()));
        let (blocks, _) = parts(parsed.blocks);
        write(&blocks, swedish());
    }
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn lists_in_lists_end_somewhere() {
    let deep: String = (0..200).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    assert!(parse(&deep).too_deep.is_some());
    assert!(tidy(&deep).starts_with("- a\n  - a\n    - a\n"));
}

#[test]
fn nothing_is_nothing() {
    for source in ["", " ", "\n\n", "\u{2028}", "&#32;", ">", "[a]: /b"] {
        assert_eq!(tidy(source), "");
    }
}
