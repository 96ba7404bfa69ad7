//! The law: what is written says what was parsed, whatever it was.

use proptest::prelude::*;

use super::{cases, hostile, swedish, tree};
use crate::markdown::{Block, BlockKind, Visited, join, parse, parts, row, walk, write};

fn holds(source: &str) {
    let blocks = tree(source);
    let written = write(&blocks, swedish());
    let again = tree(&written);
    assert_eq!(blocks, again, "{source:?} was written as {written:?}");
    assert_eq!(written, write(&again, swedish()));
    walk(&blocks, &mut |node| {
        if let Visited::Block(Block {
            kind: BlockKind::Paragraph(text) | BlockKind::Heading { inlines: text, .. },
            ..
        }) = node
        {
            assert_eq!(join(&row(text)), *text, "{source:?} is another text as a row");
        }
    });
    let (blocks, strays) = parts(blocks);
    let written = write(&blocks, swedish());
    assert_eq!((blocks, strays), parts(tree(&written)), "{source:?} was written as {written:?}");
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn for_markdown(source in hostile()) {
        holds(&source);
    }

    #[test]
    fn for_lists(source in proptest::collection::vec(
        proptest::sample::select(vec![
            "- ", "- ", "* ", "1. ", "2) ", "3. ", "> ", "  ", "    ", "   ", "a", "b\n", "\n", "\n\n", "-\n", "1.\n",
            "```\n", "# ", "| a |\n| - |\n", "<div>", "<!-- ", "[^1]: ", "[^1]", "***\n", "---\n", "===\n", "\\\n", "\t",
        ]),
        0..20,
    )) {
        holds(&source.concat());
    }

    #[test]
    fn for_unicode(source in any::<String>()) {
        holds(&source);
    }

    #[test]
    fn at_any_depth(prefix in proptest::collection::vec(proptest::sample::select(vec!["> ", "- ", "1. ", "[^1]: "]), 8..18), source in hostile()) {
        holds(&(prefix.concat() + &source));
    }

    #[test]
    fn what_is_written_is_tidy(source in hostile()) {
        let parsed = parse(&source);
        let written = write(&parsed.blocks, swedish());
        prop_assert!(unicode_normalization::is_nfc(&written));
        prop_assert!(!written.contains('\r'));
        prop_assert_eq!(written.is_empty(), parsed.blocks.is_empty());
        prop_assert!(written.is_empty() || written.ends_with('\n') && !written.ends_with("\n\n"));
    }
}

/// What the property tests found once, and what is likely to break first.
#[test]
fn for_what_broke_it() {
    for source in [
        "<div\n\u{a0}\n/",
        "• \n&nbsp;<div>",
        "- [a]:b\n\n  <?\n- .",
        "2) [^1]:#\n2) |",
        "- + *",
        "\\<5*a*@b>",
        "[^n]&#91;`]`\n\n[^n]: a",
        "&#32;[`]:`](a)",
        "**&#97;_b_&#97;_c_**",
        "**[^n]**_å\\_&#97;**[^n]**_\n\n[^n]: a",
        "**a *b***&#98; *a **b***&#98;",
        "- > - a\n  >\n  > -\n  # b",
        "-\n\n- a",
        "**“a”**&#98; *“a”*&#98;*c*",
        "*a***b**_c_ ***a** b* ***a* b**",
        "a[^1]&#40;b)\n\n[^1]: c",
        "a[^1]<http://x.se>\n\n[^1]: c",
        "[^1]&#58; a\n\n[^1]: c",
        "&#32;<!-- a --> b",
        "a\\\n&#32;<div>",
        "<b>*&#824;",
        "| `a\\|b` | a\\\\&#124; |\n| - | - |",
        "`` a` `` `` `b ``",
        "[a](<b c> \"d\\\"e\") [](x) [![a](b)](c)",
        "a&amp;amp; &amp;copy; & &x",
        "- a\n\n      b",
        "1. a\n10. b\n\n   c",
        "```\n\n```\n\n````\n```\n````",
        "a\n===\n# b \\#\n# C#",
        "\u{1fef}a\u{1fef} e\u{301}",
    ] {
        holds(source);
    }
}
