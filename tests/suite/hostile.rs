//! Text is never code: what goes in comes out, character for character, or is refused with a place.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::json;

use tjut::diagnostic::{Diagnostic, Source};
use tjut::document::{self, Document};
use tjut::export::{Images, pdf};
use tjut::library::Templates;
use tjut::project::{Disk, Project};
use tjut::workshop::Workshop;
use typst::layout::{Frame, FrameItem};
use unicode_normalization::UnicodeNormalization;

pub const HOSTILE: &[&str] = &[
    "{{ x }}",
    "{% raw %}",
    "{# x #}",
    "#read(\"/etc/passwd\")",
    "#import \"x\"",
    "#let x = 1",
    "$x$",
    "@x",
    "//",
    "/* */",
    "\\",
    "\\n",
    "a\\",
    "~",
    "--",
    "---",
    "'",
    "\"",
    "1.",
    "1)",
    "-",
    "+",
    "# x",
    "#",
    "* x",
    "*",
    "_x_",
    "__x__",
    "[x](y)",
    "![x](y)",
    "[^x]",
    "|a|b|",
    "^x^",
    "`x`",
    "```",
    "> x",
    "=",
    "===",
    "&amp;",
    "http://x",
    "x:y",
    "% x",
    "<!-- -->",
    "&#65;",
    "<x>",
    "<script>alert(1)</script>",
    "<https://x.se>",
    "§ 3",
    "a_b_c",
    "2*3*4",
    "!",
    "!!",
    "[",
    "]",
    "()",
    "{}",
    "x  y",
];

fn workshop() -> Workshop {
    Workshop::new(Templates::new(Default::default()).expect("the built-in templates are right"))
}

/// A case with the text in every plain field.
fn plain(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("a JSON string is a YAML string");
    format!(
        "mall: tjänsteutlåtande\ntitel: {quoted}\nunderrubrik: {quoted}\ndiarienummer: {quoted}\ndatum: 2026-01-01\n\
         till:\n  nämnd: {quoted}\navsändare:\n  förvaltning: {quoted}\n  avdelning: {quoted}\n  adress: [{quoted}, {quoted}]\n  \
         telefon: {quoted}\n  e-post: {quoted}\n  webb: {quoted}\n  fax: {quoted}\n\
         handläggare:\n  namn: {quoted}\n  telefon: {quoted}\n  e-post: {quoted}\nrubriker:\n  bakgrund: {quoted}\n\
         förslag till beslut: Ett.\nbakgrund: Två.\nunderskrifter:\n  - namn: {quoted}\n    titel: {quoted}\n    organisation: {quoted}\n\
         bilagor:\n  - {quoted}\n  - titel: {quoted}\n"
    )
}

/// How often [`plain`] prints the text; the diarienummer also in the running head of later pages.
const PRINTED: usize = 19;

/// An utlåtande with the text in every plain field.
fn gathered(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("a JSON string is a YAML string");
    format!(
        "mall: utlåtande\nrotel: {quoted}\ntitel: {quoted}\nunderrubrik: {quoted}\ndiarienummer: {quoted}\ndatum: 2026-01-01\n\
         förslag till beslut: Ett.\nföredragande: {quoted}\n\
         remissinstanser:\n  - namn: {quoted}\n    sammandrag: Två.\n    sammanträde: 2026-01-01\n    beslut: [Tre.]\n    \
         tjänsteutlåtande: {{förvaltning: {quoted}, datum: 2026-01-01, text: Fyra.}}\n    \
         reservationer: [{{av: {quoted}, parti: {quoted}, text: Fem.}}]\n    \
         ersättaryttranden: [{{av: {quoted}, likalydande: {{under: {quoted}, parti: {quoted}}}}}]\n\
         borgarrådsberedningen: {{text: Sex., reservationer: [{{av: {quoted}, text: Sju.}}]}}\n\
         kommunstyrelsen: {{text: Åtta., ort: {quoted}, ordförande: {{namn: {quoted}, titel: {quoted}}}}}\n"
    )
}

/// How often [`gathered`] prints the text.
const GATHERED: usize = 21;

/// What a case prints, without white space.
pub fn printed(case: &str, workshop: &Arc<Workshop>) -> Result<String, Vec<Diagnostic>> {
    // What a text says is not judged here, only whether it can be printed.
    let document = document_of(case, workshop, true)?;
    let again = document::parse(&Source::new("test.md", document.source.text.as_str()), workshop.kinds())?;
    let pages = pdf::layout(&again, workshop, workshop.press(), &Images::new())?;
    let mut text = String::new();
    pages.pages().iter().for_each(|page| collect(&page.frame, &mut text));
    Ok(squeezed(&text))
}

/// The document of a case that stands in no file.
pub fn document_of(
    case: &str,
    workshop: &Arc<Workshop>,
    draft: bool,
) -> Result<Arc<Document>, Vec<Diagnostic>> {
    let project = Project::new(Disk, workshop.clone()).draft(draft);
    project.open("test.yaml".as_ref(), case.into());
    project.document("test.yaml".as_ref())
}

pub fn collect(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, text),
            FrameItem::Text(item) => text.push_str(&item.text),
            _ => {}
        }
    }
}

/// White space is layout's to change; nothing else is.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}').collect()
}

/// How often a text is printed, wherever it begins.
fn times(text: &str, printed: &str) -> usize {
    let wanted: String = squeezed(text).nfc().collect();
    printed.char_indices().filter(|(at, _)| printed[*at..].starts_with(&wanted)).count()
}

#[test]
fn plain_fields_print_as_written() {
    let workshop = WORKSHOP.with(Clone::clone);
    for text in HOSTILE {
        let printed =
            printed(&plain(text), &workshop).unwrap_or_else(|findings| panic!("{text}: {findings:#?}"));
        let found = times(text, &printed);
        assert!(found >= PRINTED, "{text} is printed {found} times of {PRINTED}: {printed}");
    }
}

#[test]
fn plain_fields_of_an_utlatande_print_as_written() {
    let workshop = WORKSHOP.with(Clone::clone);
    for text in HOSTILE.iter().chain(&["Ord"]) {
        let printed =
            printed(&gathered(text), &workshop).unwrap_or_else(|findings| panic!("{text}: {findings:#?}"));
        let found = times(text, &printed);
        assert!(found >= GATHERED, "{text} is printed {found} times of {GATHERED}: {printed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Random Unicode in a plain field: it is printed whole, or refused with a place.
    #[test]
    fn any_plain_text_is_printed_or_refused(text in "[ -~åäöÅÄÖé§–”’«»\u{a0}αβγЖ]{1,60}|[ -~åä\u{a0}\u{300}-\u{310}]{1,20}|\\PC{1,12}") {
        prop_assume!(!text.trim().is_empty());
        // The starter's signs around a whole value are told of and left out.
        prop_assume!(!(text.trim().starts_with('«') && text.trim().ends_with('»')));
        match printed(&plain(&text), &WORKSHOP.with(Clone::clone)) {
            Ok(printed) => {
                let found = times(&text, &printed);
                prop_assert!(found >= PRINTED, "{:?} is printed {} times in {}", text, found, printed);
            }
            Err(findings) => {
                prop_assert!(!findings.is_empty());
                prop_assert!(findings.iter().filter(|finding| finding.is_error()).all(|finding| finding.place.is_some()), "{:#?}", findings);
            }
        }
    }

    /// Building from the Markdown that a case gives changes nothing in it.
    #[test]
    fn rendering_twice_changes_nothing(text in "[ -~\nåäö”–]{0,80}") {
        let case = format!("mall: tjänsteutlåtande\ntitel: T\ndiarienummer: D 1\ndatum: 2026-01-01\ntill:\n  nämnd: N\navsändare:\n  förvaltning: F\n\
            förslag till beslut: Ett.\nbakgrund: {}\n", json!(text));
        let workshop = WORKSHOP.with(Clone::clone);
        if let Ok(document) = document_of(&case, &workshop, false) {
            let body = &document.source.text[document.body_start..];
            prop_assert_eq!(tjut::markdown::write(&document.blocks, workshop.abbreviations()), body.trim_start_matches('\n'));
        }
    }
}

thread_local! {
    pub static WORKSHOP: Arc<Workshop> = Arc::new(workshop());
}
