//! Where things stand: what is found in the tree can be shown in the source.

use proptest::prelude::*;

use super::{cases, tree};
use crate::markdown::{InlineKind, Visited, parse, parts, plain, walk};

/// The source of each occurrence of `word` in the texts of a source.
fn found<'a>(source: &'a str, word: &str) -> Vec<&'a str> {
    let blocks = tree(source);
    let mut found = Vec::new();
    walk(&blocks, &mut |node| {
        if let Visited::Inline(inline) = node
            && let InlineKind::Text(text) = &inline.kind
        {
            for (start, _) in text.match_indices(word) {
                found.push(&source[text.source(start..start + word.len())]);
            }
        }
    });
    found
}

#[test]
fn a_word_is_found_where_it_stands() {
    let source =
        "# Ett ord\r\n\r\nflera \\*ord\\*, &amp; **ord**\n ord [ord](ord) `ord`\n\n- ord\n\n| ord |\n| - |\n";
    assert_eq!(found(source, "ord"), ["ord"; 7]);
    assert_eq!(found("&amp;a&ouml;b", "a"), ["a"]);
    assert_eq!(found("&amp;a&ouml;b", "&"), ["&amp;"]);
    assert_eq!(found("&amp;a&ouml;b", "aö"), ["a&ouml;"]);
    assert_eq!(found("a\n   b", "a b"), ["a\n   b"]);
    assert_eq!(found("> a\n> b", "a b"), ["a\n> b"]);
    assert_eq!(found("a\\*b", "a*b"), ["a\\*b"]);
}

#[test]
fn it_is_so_after_what_was_made_clean() {
    assert_eq!(found("a\r\nb\u{2028}ord \0 ord", "ord"), ["ord"; 2]);
    assert_eq!(found("o\u{308} ord o\u{308}", "ord"), ["ord"]);
    assert_eq!(found("o\u{308} ord o\u{308}", "ö"), ["o\u{308}"; 2]);
}

#[test]
fn blocks_and_spans_know_their_places() {
    let source = "# Rubrik\n\ntext ![alt](a.png) [länk](b) <b>\n\n<!-- x -->\n\ny\n\n<!-- /x -->\n";
    let (blocks, strays) = parts(tree(source));
    let mut seen = Vec::new();
    walk(&blocks, &mut |node| {
        seen.push(match node {
            Visited::Block(block) => source[block.at.0.clone()].trim_end(),
            Visited::Inline(inline) => &source[inline.at.0.clone()],
        });
    });
    assert_eq!(
        seen,
        [
            "# Rubrik",
            "Rubrik",
            "text ![alt](a.png) [länk](b) <b>",
            "text ",
            "![alt](a.png)",
            " ",
            "[länk](b)",
            "länk",
            " ",
            "<b>",
            "<!-- x -->\n\ny\n\n<!-- /x -->",
            "y",
            "y",
        ]
    );
    assert_eq!(strays.len(), 1);
    assert_eq!(&source[strays[0].at.0.clone()], "<b>");
}

#[test]
fn too_deep_is_told() {
    let deep = |depth: usize| parse(&format!("{}a", "> ".repeat(depth)));
    assert!(deep(12).too_deep.is_none());
    let parsed = deep(30);
    assert_eq!(parsed.too_deep.map(|at| at.0.start), Some(24));
    let mut text = String::new();
    walk(&parsed.blocks, &mut |node| {
        if let Visited::Inline(inline) = node {
            text.push_str(&plain(std::slice::from_ref(inline)));
        }
    });
    assert_eq!(text, "a");
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn any_word_can_be_shown(source in super::hostile()) {
        walk(&tree(&source), &mut |node| {
            let Visited::Inline(inline) = node else { return };
            assert!(source.get(inline.at.0.clone()).is_some());
            let InlineKind::Text(text) = &inline.kind else { return };
            let mut start = 0;
            for word in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
                let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
                let shown = source.get(text.source(start..start + bare.len()));
                let shown = shown.unwrap_or_default();
                // What is longer than the word has an entity or markup in it.
                assert!(shown == bare || shown.len() > bare.len(), "{shown:?} for {bare:?}");
                start += word.len();
            }
        });
    }
}
