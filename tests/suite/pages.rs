//! What stands together on a page.

use tjut::export::{Images, pdf};

use super::hostile::{WORKSHOP, collect, document_of};

/// The text of each page of a case, laid out with so many lines before what is tried.
fn pages(mall: &str, lines: usize, last: &str) -> Vec<String> {
    let before: String = (0..lines).map(|line| format!("  Rad {line}.\n\n")).collect();
    let case = format!(
        "mall: {mall}\ntitel: T\ndiarienummer: D 1\ndatum: 2026-01-01\ntill:\n  nämnd: N\navsändare:\n  förvaltning: F\n\
         förslag till beslut: Ett.\nbakgrund: |\n  Två.\n\n{before}Slutet: |\n  {last}\n\
         underskrifter:\n  - namn: Anna Andersson\n    titel: direktör\n  - namn: Bo Bengtsson\n    titel: chef\n"
    );
    WORKSHOP.with(|workshop| {
        let document = document_of(&case, workshop, false).expect("right");
        let laid_out = pdf::layout(&document, workshop, workshop.press(), &Images::new()).expect("right");
        let text = |page: &typst_layout::Page| {
            let mut text = String::new();
            collect(&page.frame, &mut text);
            text
        };
        laid_out.pages().iter().map(text).collect()
    })
}

#[test]
fn signatures_stand_with_the_last_lines_of_a_long_text() {
    let sentences: Vec<String> = (0..40).map(|at| format!("Mening {at} handlar om skolmaten.")).collect();
    let long = sentences.join(" ");
    for (mall, last) in [
        ("tjänsteutlåtande", long.clone()),
        ("tjänsteutlåtande", format!("- Kort.\n  - {long}")),
        ("tjänsteutlåtande", format!("> {long}")),
        ("tjänsteutlåtande-2008", long.clone()),
    ] {
        let mut torn = 0;
        for lines in 1..16 {
            let pages = pages(mall, lines, &last);
            let page = |text: &str| pages.iter().position(|page| page.contains(text)).expect("printed");
            assert_eq!(page("Mening 39"), page("Anna Andersson"), "{mall}, {lines} lines");
            assert_eq!(page("Anna Andersson"), page("Bo Bengtsson"), "{mall}, {lines} lines");
            torn += usize::from(page("Mening 0 ") < page("Anna Andersson"));
        }
        // The text goes along with its last lines, not whole.
        assert!(torn > 4, "{mall}: {torn}");
    }
}
