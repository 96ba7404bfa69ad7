//! What the written Markdown looks like, kind by kind.

use super::{swedish, tidy, tree};
use crate::markdown::{Block, BlockKind, parts, write};

/// Each is written as it is.
#[test]
fn what_is_tidy_stays() {
    for text in [
        "# Rubrik\n\nText med *betoning*, **styrka**, `kod` och [länk](a.se).\n",
        "- a\n- b\n  1. c\n  2. d\n- e\n",
        "- a\n\n- b\n\n  c\n",
        "3. a\n4. b\n",
        "9. a\n10. b\n    - c\n",
        "- a\n\n* b\n\n- c\n",
        "1. a\n\n1) b\n",
        "> a\n>\n> - b\n",
        "| a | b | c | d |\n| --- | :--- | :---: | ---: |\n| 1 | `x\\|y` |  | \\| |\n",
        "```\na\n\n  b\n```\n",
        "````\n```\n````\n",
        "Rad\\\nrad\n",
        "Text[^1].\n\n[^1]: Not.\n    Mer.\n\n    - a\n",
        "![alt](a.png \"titel\")\n",
        "<http://a.se/b?c=d> och <a@b.se>\n",
        "<!-- bilagor -->\n\na\n\n<!-- /bilagor -->\n",
        "a\n\n___\n\nb\n",
        "-\n- a\n",
        "- - a\n".replace("- - a", "- * a").as_str(),
    ] {
        assert_eq!(tidy(text), text);
    }
}

#[test]
fn what_is_untidy_becomes_tidy() {
    for (source, written) in [
        ("Rubrik\n====\n", "# Rubrik\n"),
        ("a   b\n\tc ", "a b c\n"),
        ("* a\n* b", "- a\n- b\n"),
        ("1. a\n1. b", "1. a\n2. b\n"),
        ("1. a\n\n\n2. b", "1. a\n\n2. b\n"),
        ("- a\n\n", "- a\n"),
        ("    kod", "kod\n"),
        ("***\n", "___\n"),
        ("a  \nb", "a\\\nb\n"),
        ("__a__ _b_", "**a** *b*\n"),
        ("***a***", "**_a_**\n"),
        ("*a *b* c*", "*a b c*\n"),
        ("[a]\n\n[a]: /b 'c'", "[a](/b \"c\")\n"),
        ("a\r\nb\u{2028}c", "a b c\n"),
        ("a&ouml;&#10;b", "aö b\n"),
        ("[](b) ****", "\\*\\*\\*\\*\n"),
        ("e\u{301}", "é\n"),
        ("[a](<b(c)>)", "[a](<b(c)>)\n"),
        ("|a|b\n|-|-\n|c", "| a | b |\n| --- | --- |\n| c |  |\n"),
        ("a\n# b\n> c\n- d", "a\n\n# b\n\n> c\n\n- d\n"),
        ("a [^b c]\n\n[^b c]: d", "a [^b-c]\n\n[^b-c]: d\n"),
    ] {
        assert_eq!(tidy(source), written, "{source:?}");
    }
}

#[test]
fn emphasis_beside_letters_keeps_the_text() {
    assert_eq!(tidy("**”a”**&#98;"), "**”a”**&#98;\n");
    assert_eq!(tidy("*b*c och &#97;_”b”_"), "*b*c och &#97;*”b”*\n");
    assert_eq!(tidy("*&nbsp;a*"), "*&nbsp;a*\n");
}

#[test]
fn parts_fold_and_strays_are_told() {
    let source = "<!-- a -->\n\n1\n\n<!-- b -->\n\n2\n\n<!-- /b -->\n\n<!-- /a -->\n";
    let (blocks, strays) = parts(tree(source));
    let [Block { kind: BlockKind::Part { role, blocks: inner }, .. }] = &blocks[..] else {
        panic!("one part");
    };
    assert_eq!((&role[..], inner.len(), strays.len()), ("a", 2, 0));
    assert_eq!(write(&blocks, swedish()), source);

    for (source, stray) in [
        ("<!-- a -->\n\nb", "<!-- a -->"),
        ("<!-- /a -->\n\nb", "<!-- /a -->"),
        ("<!-- a -->\n\n<!-- b -->\n\n<!-- /a -->", "<!-- b -->"),
        ("<!-- A -->", "<!-- A -->"),
        ("<!-- a --> b", "<!-- a --> b"),
        ("> <!-- a -->\n\nb", "<!-- a -->"),
        ("a <b> c", "<b>"),
        ("<div>", "<div>"),
    ] {
        let (_, strays) = parts(tree(source));
        let html: Vec<&str> = strays.iter().map(|stray| &stray.html[..]).collect();
        assert_eq!(html, [stray], "{source:?}");
    }
}
