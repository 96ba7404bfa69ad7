//! Web pages and Word documents: the looks that a profile sets, and the ones of a column of numbers below one another.

use std::sync::Arc;

use tjut::export::{Images, docx, html};
use tjut::library::Templates;
use tjut::workshop::Workshop;

use super::hostile::document_of;
use super::pages::case;
use super::word::{Parts, parts};

const PROFILE: &str = "förvaltning: F
utseende:
  typsnitt: {brödtext: Tjut Sans, rubriker: Tjut Serif}
  färger: {rubriker: '#1f3a5f', linje: '#004b87'}
  marginaler: {vänster: 3 cm, höger: 25 mm}
";

/// A text as a web page and as a Word document, with this profile.
fn exported(profile: &str, text: &str) -> (String, Parts) {
    let files = [("profiles/f.yaml".to_owned(), profile.as_bytes().to_vec())];
    let workshop = Arc::new(Workshop::new(Templates::new(files.into()).expect("right")));
    let document = document_of(&case(0, text), &workshop, false).expect("right");
    let page = html::html(&document, &workshop, &Images::new(), &[], false).expect("a page");
    let word = docx::docx(&document, &workshop, &Images::new()).expect("a document");
    (String::from_utf8(page).expect("UTF-8"), parts(word))
}

#[test]
fn what_a_profile_sets_is_taken_up_by_every_format() {
    let (page, word) = exported(PROFILE, "Text.");
    for rule in [
        ":root { --brodtext: \"Tjut Sans\", var(--serif); }",
        ":root { --rubriker: \"Tjut Serif\", var(--sans); }",
        "{ :root { --rubrikfarg: #1f3a5f; } }",
        "{ :root { --linjefarg: #004b87; } }",
        "@page { margin-right: 2.5cm; }",
    ] {
        assert!(page.contains(rule), "{rule}");
    }
    assert!(!page.contains("--brevhuvud: \""));
    let styles = &word["word/styles.xml"];
    let style = |id: &str| {
        let from = styles.split(&format!("w:styleId=\"{id}\"")).nth(1).expect("the style");
        from.split("</w:style>").next().unwrap_or_default().to_owned()
    };
    let heading = style("Heading1");
    assert!(
        heading.contains(r#"w:ascii="Tjut Serif""#) && heading.contains(r#"<w:color w:val="1F3A5F"/>"#),
        "{heading}"
    );
    assert!(
        style("Title").contains(r#"w:color="004B87""#) && style("Brevhuvud").contains(r#"w:ascii="Arial""#)
    );
    let defaults = styles.split("</w:docDefaults>").next().unwrap_or_default();
    assert!(defaults.contains(r#"w:ascii="Tjut Sans""#));
    let text = &word["word/document.xml"];
    assert!(text.contains(r#"w:right="1417""#) && text.contains(r#"w:left="1701""#), "{text}");
}

#[test]
fn the_ones_of_numbers_stand_below_one_another_without_a_sign_more() {
    let table = "| Skola | Kronor |\n|---|---|\n| Norra | 12,25 |\n| Södra | 3 |";
    let (page, word) = exported("förvaltning: F\n", table);
    assert!(
        page.contains("<td class=\"hoger\">12,25</td>") && page.contains("<td class=\"hoger in-125\">3</td>")
    );
    assert!(page.contains(".tabell .in-125 { padding-right: calc(.5rem + 1.25em); }"));
    let text = &word["word/document.xml"];
    let cell = text.split(">3</w:t>").next().and_then(|before| before.rsplit("<w:p>").next());
    // Not by hand: it is a style, as all that is seen.
    assert!(cell.is_some_and(|cell| cell.contains(r#"<w:pStyle w:val="TabelltextHoger250"/>"#)), "{cell:?}");
    assert!(!text.contains("<w:ind "), "{text}");
    let style = word["word/styles.xml"].split("w:styleId=\"TabelltextHoger250\"").nth(1).expect("the style");
    let style = style.split("</w:style>").next().unwrap_or_default();
    assert!(style.contains(r#"<w:basedOn w:val="TabelltextHoger"/>"#), "{style}");
    assert!(style.contains(r#"<w:ind w:right="250"/>"#), "{style}");
}
