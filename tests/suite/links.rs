//! What the text refers to by its number is led to, alike in every format.

use tjut::export::{Images, docx, html, pdf};

use super::cli::{folder, tjut};
use super::hostile::{WORKSHOP, document_of};
use super::word::parts;

const HEAD: &str = "mall: tjänsteskrivelse
diarienummer: KFN 2026/1
datum: 2026-03-02
avsändare:
  kommun: Exempelstads kommun
  förvaltning: Kultur- och fritidsförvaltningen
";

const DECISION: &str = "förslag till beslut:
  - organ: Kultur- och fritidsnämnden
    punkter:
      - |
        Nämnden uppdrar åt förvaltningen att

        - köpa böcker
        - bygga hyllor.
      - Nämnden anslår medel till det som sägs i punkt 1 b.
  - organ: Kommunstyrelsen
    punkter:
      - Kommunstyrelsen godkänner planen.
      - Kommunstyrelsen tackar.
      - Kommunstyrelsen betalar.
";

/// The links of a web page that lead to points: their words, and the address.
fn links(title: &str, text: &str) -> Vec<(String, String)> {
    let case = format!("titel: {title}\n{HEAD}{DECISION}sammanfattning: |\n  {text}\n");
    WORKSHOP.with(|workshop| {
        let document = document_of(&case, workshop, false).expect("right");
        let page = html::html(&document, workshop, &Images::new(), &[], false).expect("a page");
        let page = String::from_utf8(page).expect("text");
        let word = parts(docx::docx(&document, workshop, &Images::new()).expect("a Word document"));
        let word = &word["word/document.xml"];
        // Typst refuses what leads nowhere.
        pdf::pdf(&document, workshop, workshop.press(), &Images::new()).expect("a PDF");
        let links = page.split("<a href=\"#").skip(1).filter_map(|link| {
            let (id, rest) = link.split_once("\">")?;
            Some((rest.split_once("</a>")?.0.replace("&nbsp;", " "), id.to_owned()))
        });
        let links: Vec<_> = links.filter(|(_, id)| id.starts_with("beslut-")).collect();
        for (_, id) in &links {
            assert_eq!(page.matches(&format!("<li id=\"{id}\"")).count(), 1, "{id}: {page}");
            let place = format!("Till_{}\"", id.replace('-', "_"));
            assert!(word.contains(&format!("w:anchor=\"{place}")), "{place}");
            assert_eq!(word.matches(&format!("w:name=\"{place}")).count(), 1, "{place}");
        }
        assert_eq!(word.matches("w:anchor=\"Till_beslut").count(), links.len());
        links
    })
}

#[test]
fn a_point_that_is_named_is_led_to() {
    // What the decision itself refers to.
    let own = ("punkt 1 b", "beslut-1-2");
    for (text, found) in [
        ("Böckerna.", vec![own]),
        ("Böckerna i punkt 1 a köps i maj.", vec![own, ("punkt 1 a", "beslut-1-1")]),
        ("Punkterna 1 a och b gäller.", vec![own, ("Punkterna 1 a", "beslut-1-1"), ("b", "beslut-1-2")]),
        // Only one of the decisions has so many points.
        ("Beslutspunkt 3 gäller först.", vec![own, ("Beslutspunkt 3", "beslut-5")]),
        // Which of them, or whose, is not said.
        ("Beslutspunkt 2, punkt 3, punkt 1 b i planen och planens punkt 1 a.", vec![own]),
        ("Punkt 3 i förslaget till beslut gäller.", vec![own, ("Punkt 3", "beslut-5")]),
    ] {
        let found: Vec<_> = found.into_iter().map(|(text, id)| (text.to_owned(), id.to_owned())).collect();
        assert_eq!(links("Böcker", text), found, "{text}");
    }
}

#[test]
fn a_point_of_what_is_answered_is_another() {
    let text = "Punkt 1 a är motionens, beslutspunkt 1 b vår.";
    assert_eq!(
        links("Svar på motion om böcker", text),
        [("beslutspunkt 1 b".to_owned(), "beslut-1-2".to_owned())]
    );
}

#[test]
fn a_point_that_stands_elsewhere_is_no_change_to_what_leads_there() {
    let folder = folder();
    let path = folder.path();
    let old = format!("titel: Böcker\n{HEAD}{DECISION}sammanfattning: |\n  Böckerna i punkt 1 a köps.\n");
    let first = "förslag till beslut:\n";
    let organ = "  - organ: Kommunfullmäktige\n    punkter:\n      - Kommunfullmäktige antar planen.\n";
    std::fs::write(path.join("a.yaml"), &old).expect("written");
    std::fs::write(path.join("b.yaml"), old.replace(first, &format!("{first}{organ}"))).expect("written");
    let run = tjut(&["diff", "a.yaml", "b.yaml", "--till", "docx", "--output", "o"], path);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let word = parts(std::fs::read(path.join("o/b.jamforelse.docx")).expect("a Word document"));
    let word = &word["word/document.xml"];
    assert!(word.contains("w:anchor=\"Till_beslut_2_1\""), "{word}");
    assert!(!word.contains("<w:delText"), "{word}");
}
