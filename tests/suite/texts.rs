//! A Markdown text says what CommonMark says it does: the words that its parser finds are printed,
//! in their order and character for character, whatever else stands in the text.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::hostile::{HOSTILE, WORKSHOP, printed, squeezed};
use tjut::diagnostic::Diagnostic;
use tjut::markdown::escape;

/// A case with a text in every kind of place where Markdown may stand.
fn case(text: &str) -> String {
    let quoted = json!(text);
    format!(
        "mall: tjänsteutlåtande\ntitel: T\ndiarienummer: D 1\ndatum: 2026-01-01\ntill:\n  nämnd: N\navsändare:\n  förvaltning: F\n\
         förslag till beslut: {quoted}\nbakgrund: {quoted}\nfrågor:\n  - fråga: {quoted}\n    svar: {quoted}\n"
    )
}

/// How often [`case`] prints the text.
const PLACES: usize = 4;

/// A case with a text in one place.
fn alone(text: &str) -> String {
    format!(
        "mall: tjänsteutlåtande\ntitel: T\ndiarienummer: D 1\ndatum: 2026-01-01\ntill:\n  nämnd: N\navsändare:\n  förvaltning: F\n\
         förslag till beslut: Ett.\nbakgrund: {}\n",
        json!(text)
    )
}

/// What a text says.
#[derive(Debug, Default)]
struct Said {
    /// The words of each paragraph, heading, cell or code, in order; a reference to a note, which
    /// prints a number, divides them.
    pieces: Vec<String>,
    /// The same of its footnotes, which stand at the foot of a page.
    notes: Vec<String>,
}

/// What CommonMark, with tables and footnotes, says that a text says. The text is composed first,
/// as everything is: a few signs that nobody writes are then others, which may act.
fn said(markdown: &str) -> Said {
    let markdown: String = markdown.nfc().collect();
    let mut said = Said::default();
    let mut piece = String::new();
    let mut in_note = false;
    for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        match &event {
            Event::Text(text) | Event::Code(text) => piece.push_str(text),
            Event::SoftBreak | Event::HardBreak => piece.push(' '),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {}
            _ => {
                let done: String = squeezed(&std::mem::take(&mut piece)).nfc().collect();
                let pieces = if in_note { &mut said.notes } else { &mut said.pieces };
                pieces.extend(Some(done).filter(|done| !done.is_empty()));
            }
        }
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => in_note = true,
            Event::End(TagEnd::FootnoteDefinition) => in_note = false,
            _ => {}
        }
    }
    said
}

/// That the pieces stand in the printed text, one after another, so many times over.
fn stands(pieces: &[String], times: usize, printed: &str) -> Result<(), String> {
    let mut rest = printed;
    for piece in std::iter::repeat_n(pieces, times).flatten() {
        let Some(at) = rest.find(piece.as_str()) else { return Err(format!("{piece:?} is not in {rest:?}")) };
        rest = &rest[at + piece.len()..];
    }
    Ok(())
}

/// That a text is printed as it says, or refused with places. `PLACES` is for [`case`].
fn holds(markdown: &str, case: &str, times: usize) -> Result<(), String> {
    match printed(case, &WORKSHOP.with(Clone::clone)) {
        Ok(printed) => {
            let parsed = tjut::markdown::parse(markdown);
            // What was certainly meant otherwise is printed as it was meant.
            let meant = tjut::markdown::write(&parsed.blocks, WORKSHOP.with(Clone::clone).abbreviations());
            let said = said(if parsed.slips.iter().any(|slip| slip.certain) { &meant } else { markdown });
            stands(&said.pieces, times, &printed)?;
            said.notes.iter().try_for_each(|note| stands(std::slice::from_ref(note), 1, &printed))
        }
        Err(findings) => {
            let errors: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.is_error()).collect();
            let placed = !errors.is_empty() && errors.iter().all(|finding| finding.place.is_some());
            if placed { Ok(()) } else { Err(format!("{findings:#?}")) }
        }
    }
}

#[test]
fn hostile_words_among_others() {
    for text in HOSTILE {
        let markdown = format!("Före {text} efter.");
        holds(&markdown, &case(&markdown), PLACES).unwrap_or_else(|wrong| panic!("{text}: {wrong}"));
    }
}

#[test]
fn what_templating_and_typst_would_obey_is_printed() {
    for text in
        ["{{ x }}", "{% raw %}", "{# x #}", "#read(\"/etc/passwd\")", "#import", "$x$", "@x", "//", "/* */"]
    {
        let markdown = format!("Före {text} efter.");
        let printed = printed(&case(&markdown), &WORKSHOP.with(Clone::clone));
        let printed = printed.unwrap_or_else(|findings| panic!("{text}: {findings:#?}"));
        assert_eq!(printed.matches(&squeezed(&markdown)).count(), PLACES, "{text}: {printed}");
    }
}

#[test]
fn the_measure_measures() {
    let said =
        said("Ett *två*\ntre[^n] fyra.\n\n- fem\n  - sex\n\n| a | b |\n|---|---|\n| `c` | d |\n\n[^n]: sju");
    assert_eq!(said.pieces, ["Etttvåtre", "fyra.", "fem", "sex", "a", "b", "c", "d"]);
    assert_eq!(said.notes, ["sju"]);
    let pieces = ["ab".to_owned(), "c".to_owned()];
    assert!(stands(&pieces, 2, "xabxcabyc").is_ok());
    assert!(stands(&pieces, 2, "xabxcayc").is_err());
    assert!(stands(&pieces, 1, "cab").is_err());
}

/// Words of letters that are written from left to right, signs and digits; not white space alone.
fn word() -> impl Strategy<Value = String> {
    "[ -~åäöÅÄÖéüñçøÆŠž§¶°±×÷€–—…‘’“”«»\u{a0}\u{ad}α-ωА-я]{1,12}"
        .prop_map(|word| word.trim().to_owned())
        .prop_filter("a word", |word| !word.is_empty())
}

/// A text that is built of known words: the Markdown, and its words.
#[derive(Clone, Debug)]
struct Built {
    markdown: String,
    words: Vec<String>,
}

/// A run of words on one line, some of them marked up.
fn line() -> impl Strategy<Value = Built> {
    let run = (word(), 0..6usize).prop_map(|(word, kind)| {
        let escaped = escape(&word);
        let markdown = match kind {
            1 => format!("*{escaped}*"),
            2 => format!("**{escaped}**"),
            3 => format!("[{escaped}](https://exempel.se/a_b?c=*d*)"),
            4 => format!("***{escaped}***"),
            _ => escaped,
        };
        (markdown, word)
    });
    vec(run, 1..5).prop_map(|runs| {
        let (markdown, words): (Vec<String>, Vec<String>) = runs.into_iter().unzip();
        Built { markdown: markdown.join(" "), words: vec![words.join(" ")] }
    })
}

fn block() -> impl Strategy<Value = Built> {
    let leaf = prop_oneof![
        4 => line(),
        1 => vec(line(), 4..=4).prop_map(|cells| {
            let [a, b, c, d] = [0, 1, 2, 3].map(|at: usize| cells[at].markdown.clone());
            let markdown = format!("| {a} | {b} |\n|---|---:|\n| {c} | {d} |");
            Built { markdown, words: cells.into_iter().flat_map(|cell| cell.words).collect() }
        }),
        // A fence that no word can close.
        1 => word().prop_map(|code| Built { markdown: format!("{0}\n{code}\n{0}", "`".repeat(13)), words: vec![code] }),
    ];
    leaf.prop_recursive(2, 8, 3, |block| {
        (vec(block, 1..3), 0..3usize).prop_map(|(blocks, kind)| {
            let (first, other) = [("- ", "  "), ("1. ", "   "), ("> ", "> ")][kind];
            let words = blocks.iter().flat_map(|block| block.words.clone()).collect();
            let inner = joined(&blocks);
            let lines = inner.lines().enumerate();
            let lines = lines.map(|(at, line)| format!("{}{line}", if at == 0 { first } else { other }));
            Built { markdown: lines.collect::<Vec<_>>().join("\n"), words }
        })
    })
}

fn joined(blocks: &[Built]) -> String {
    blocks.iter().map(|block| block.markdown.as_str()).collect::<Vec<_>>().join("\n\n")
}

/// What acts in Markdown, and words around it.
const TOKENS: &[&str] = &[
    "ord",
    "Å",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\n\n",
    "    ",
    "\t",
    "# ",
    "### ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "7) ",
    "> ",
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "```\n",
    "~~~\n",
    "[",
    "]",
    "](",
    ")",
    "[x]",
    "(y)",
    "![",
    "|",
    "|---|---|\n",
    "| a | b |\n",
    ":",
    "<",
    ">",
    "<b>",
    "<!--",
    "-->",
    "&amp;",
    "&",
    ";",
    "\\",
    "\\\n",
    "  \n",
    "[^1]",
    "\n\n[^1]: ",
    "[r]: /u\n\n",
    "http://x.se",
    "<https://x.se>",
    "a@b.se",
    "!",
    "~",
    "~~",
    "$",
    "{{",
    "}}",
    "{%",
    "%}",
    "#",
    "#let",
    "@",
    "//",
    "/*",
    "*/",
    "---",
    "===\n",
    "'",
    "\"",
    "^",
    "§ 3",
    "2024-01-01",
    "«",
    "»",
    "\u{a0}",
    "\u{ad}",
    "e\u{301}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Words that are escaped and marked up come out as they went in.
    #[test]
    fn of_known_words_are_printed_whole(blocks in vec(block(), 1..4)) {
        let markdown = joined(&blocks);
        let words: Vec<String> = blocks.iter().flat_map(|block| &block.words).map(|words| squeezed(words).nfc().collect()).collect();
        prop_assert_eq!(&said(&markdown).pieces.concat(), &words.concat(), "{}", &markdown);
        match printed(&alone(&markdown), &WORKSHOP.with(Clone::clone)) {
            Ok(printed) => {
                let found = stands(&words, 1, &printed);
                prop_assert!(found.is_ok(), "{:?}: {}", found, markdown);
            }
            Err(findings) => prop_assert!(false, "{}: {:#?}", markdown, findings),
        }
    }

    /// Whatever somebody writes is printed as CommonMark reads it, or refused with places.
    #[test]
    fn of_anything_are_printed_as_commonmark_reads_them(
        tokens in vec(prop_oneof![8 => select(TOKENS).prop_map(str::to_owned), 1 => "[\\PC&&[^\u{590}-\u{8ff}]]{1,3}"], 0..24),
    ) {
        let markdown = tokens.concat();
        prop_assume!(!markdown.trim().is_empty());
        let found = holds(&markdown, &alone(&markdown), 1);
        prop_assert!(found.is_ok(), "{:?}: {}", markdown, found.unwrap_err());
    }
}
