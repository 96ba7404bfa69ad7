//! Plain strings as Markdown: they say what they said, wherever they are put.

use proptest::prelude::*;

use super::{cases, hostile, tree};
use crate::markdown::text::fold;
use crate::markdown::{Block, BlockKind, InlineKind, escape, plain};

/// The one text of a paragraph, and nothing else.
fn text(blocks: &[Block]) -> Option<&str> {
    match blocks {
        [] => Some(""),
        [Block { kind: BlockKind::Paragraph(inlines), .. }] => match &inlines[..] {
            [only] => match &only.kind {
                InlineKind::Text(text) => Some(text),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn survives(string: &str) {
    let escaped = escape(string);
    let expected = fold(&string.replace('\0', "\u{fffd}"));
    assert!(!escaped.contains('\n'));
    assert_eq!(text(&tree(&escaped)), Some(&expected[..]), "{escaped:?}");

    let heading = tree(&format!("## {escaped}\n\nb"));
    if let [Block { kind: BlockKind::Heading { level: 2, inlines }, .. }, _] = &heading[..] {
        assert_eq!(plain(inlines), expected);
    } else {
        assert_eq!(expected, "", "{escaped:?}");
    }
    let item = tree(&format!("1. {escaped}\n2. b\n"));
    match &item[..] {
        [Block { kind: BlockKind::List { items, .. }, .. }] => {
            assert_eq!(text(&items[0]), Some(&expected[..]))
        }
        _ => panic!("{escaped:?} is no item"),
    }
    let table = tree(&format!("| a | b |\n| - | - |\n| {escaped} | c |\n"));
    match &table[..] {
        [Block { kind: BlockKind::Table { rows, .. }, .. }] => {
            assert_eq!((plain(&rows[0][0]), plain(&rows[0][1])), (expected, "c".to_owned()));
        }
        _ => panic!("{escaped:?} is no cell"),
    }
}

proptest! {
    #![proptest_config(cases(2500))]

    #[test]
    fn markdown_survives(string in hostile()) {
        survives(&string);
    }

    #[test]
    fn unicode_survives(string in any::<String>()) {
        survives(&string);
    }
}

#[test]
fn what_would_be_executed_survives() {
    for string in [
        "{{ x }}",
        "{% raw %}",
        "#read(\"/etc/passwd\")",
        "#import",
        "$x$",
        "@x",
        "<x>",
        "//",
        "/* */",
        "\\",
        "<script>",
        "1.",
        "1)",
        "-",
        "+",
        "# x",
        "*_[]()|~^",
        "`a` ``b``",
        "&amp;",
        "http://x",
        "<!-- underskrifter -->",
        "> a",
        "===",
        "---",
        "- - -",
        "~~~",
        "\t",
        "a\\|b",
        "a #",
        "##",
        "[^1]: a",
        "[a]: b",
        "![a](b)",
        "Hej!",
        "\u{338}a",
        "<#@a>",
    ] {
        survives(string);
    }
}

#[test]
fn plain_words_are_left_alone() {
    for string in [
        "a_b",
        "3.5",
        "m.fl.",
        "och/eller",
        "C#",
        "50 %",
        "-5",
        "(M)",
        "AB & Co",
        "a < b",
        "a <5 %",
        "Hej!",
        "”Ja”",
        "+46 8 508",
        "2.3 Rubrik",
        "#tagg",
        "~ 5",
        "x = y",
        "e@post.se",
        "1.5",
        "{{ x }}",
        "$x$",
        "§ 5",
        "14 kap. 1 §",
        "a > b",
    ] {
        assert_eq!(escape(string), string);
    }
    for (string, escaped) in [
        ("1. a", "1\\. a"),
        ("- a", "\\- a"),
        ("a*b", "a\\*b"),
        ("_a", "\\_a"),
        ("<a>", "\\<a>"),
        ("&amp;", "\\&amp;"),
        ("a #", "a \\#"),
        ("a  b\n", "a b"),
    ] {
        assert_eq!(escape(string), escaped);
    }
}
