//! CommonMark's own examples: what tjut makes of each says the same to another implementation as the example itself, or
//! is refused or reported; what is silently otherwise stands below, and in the handbook (`.readme/handbok.md`).

use comrak::{Options, markdown_to_html};
use tjut::faults;
use tjut::markdown::{Abbreviations, parse, write};

const EXAMPLES: &str = include_str!("../commonmark/examples.txt");

/// Examples that print otherwise without a word, each with the reason.
const OTHERWISE: &[(usize, &str)] = &[
    (20, "a stroke in an address"),
    (79, "headings without words"),
    (196, "a title over several lines"),
    (321, "a quotation in an item stands apart"),
    (369, EMPHASIS),
    (373, EMPHASIS),
    (389, EMPHASIS),
    (407, EMPHASIS),
    (408, EMPHASIS),
    (409, EMPHASIS),
    (418, EMPHASIS),
    (419, EMPHASIS),
    (425, EMPHASIS),
    (426, EMPHASIS),
    (427, EMPHASIS),
    (432, EMPHASIS),
    (461, EMPHASIS),
    (463, EMPHASIS),
    (464, EMPHASIS),
    (465, EMPHASIS),
    (466, EMPHASIS),
    (467, "bold and italic, in the other order"),
    (468, EMPHASIS),
    (484, "a link without words"),
    (487, "a link without words"),
    (603, "a stroke in an address"),
];

/// Emphasis within the same emphasis is one.
const EMPHASIS: &str = "emphasis within the same emphasis";

fn examples() -> Vec<(usize, &'static str)> {
    let parts = EXAMPLES.split("----- ").skip(1);
    parts
        .filter_map(|part| part.split_once('\n'))
        .filter_map(|(number, text)| Some((number.parse().ok()?, text)))
        .collect()
}

/// What another implementation reads, without what is layout alone: white space, and what fences of code say.
fn read(markdown: &str) -> String {
    let html = markdown_to_html(markdown, &Options::default());
    let mut plain = html.replace(['\n', '\u{a0}'], " ").replace("<p>", " <p> ").replace("</p>", " </p> ");
    while let Some(start) = plain.find("<code class=") {
        let end = start + plain[start..].find('>').unwrap_or(0);
        plain.replace_range(start + "<code".len()..end, "");
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn all_examples_are_there() {
    assert_eq!(examples().len(), 652);
}

#[test]
fn they_read_the_same_or_are_reported() {
    let abbreviations = Abbreviations::parse("");
    let mut silent = Vec::new();
    let mut same = 0;
    for (number, text) in examples() {
        let parsed = parse(text);
        let written = write(&parsed.blocks, &abbreviations);
        let is_same = read(text) == read(&written);
        same += usize::from(is_same);
        let is_reported = !parsed.slips.is_empty() || !faults::of_text(&parsed).is_empty();
        if !is_same && !is_reported {
            silent.push((number, text, written));
        }
    }
    let known: Vec<usize> = OTHERWISE.iter().map(|(number, _)| *number).collect();
    let unknown: Vec<_> = silent.iter().filter(|(number, ..)| !known.contains(number)).collect();
    assert!(unknown.is_empty(), "{} silently otherwise, {same} the same: {unknown:#?}", unknown.len());
    let gone: Vec<_> =
        known.iter().filter(|number| !silent.iter().any(|(silent, ..)| silent == *number)).collect();
    assert!(gone.is_empty(), "these are the same now: {gone:?}");
}
