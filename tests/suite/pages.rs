//! What stands together on a page.

use std::sync::Arc;

use tjut::export::{Images, html, pdf};
use tjut::library::Templates;
use tjut::project::{Disk, Project};
use tjut::workshop::Workshop;
use typst::layout::{Frame, FrameItem, Point};
use typst::text::TextItem;

use super::hostile::{WORKSHOP, collect, document_of};

/// A run of text and where its line begins, in points from the paper's corner.
pub struct Run {
    /// The page, from 0.
    pub page: usize,
    pub x: f64,
    pub y: f64,
    pub item: TextItem,
}

impl Run {
    /// Where a part of it ends, across.
    pub fn end_of(&self, part: usize) -> f64 {
        let glyphs = self.item.glyphs.iter().filter(|glyph| usize::from(glyph.range.end) <= part);
        self.x + glyphs.map(|glyph| glyph.x_advance.at(self.item.size).to_pt()).sum::<f64>()
    }
}

/// The runs of a document that begins with so many paragraphs and then holds a text.
pub fn runs(lines: usize, text: &str) -> Vec<Run> {
    runs_of(&case(lines, text))
}

fn runs_of(case: &str) -> Vec<Run> {
    let laid_out = WORKSHOP.with(|workshop| {
        let document = document_of(case, workshop, false).expect("right");
        pdf::layout(&document, workshop, workshop.press(), &Images::new()).expect("right")
    });
    let mut runs = Vec::new();
    for (page, sheet) in laid_out.pages().iter().enumerate() {
        gather(&sheet.frame, Point::zero(), page, &mut runs);
    }
    runs
}

fn gather(frame: &Frame, origin: Point, page: usize, runs: &mut Vec<Run>) {
    for (at, item) in frame.items() {
        let at = origin + *at;
        match item {
            FrameItem::Group(group) => gather(&group.frame, at, page, runs),
            FrameItem::Text(item) => {
                runs.push(Run { page, x: at.x.to_pt(), y: at.y.to_pt(), item: item.clone() });
            }
            _ => {}
        }
    }
}

/// A case that begins with so many paragraphs and then holds a text.
pub fn case(lines: usize, text: &str) -> String {
    let before: String = (0..lines).map(|line| format!("  Stycke {line}.\n\n")).collect();
    let text: String = text.lines().map(|line| format!("  {line}\n")).collect();
    format!(
        "mall: tjänsteutlåtande\ntitel: T\ndiarienummer: D 1\ndatum: 2026-01-01\ntill:\n  nämnd: N\navsändare:\n  förvaltning: F\n\
         förslag till beslut: Ett.\nbakgrund: |\n  Två.\n\n{before}{text}"
    )
}

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

/// Where the run stands that begins with a text.
fn at<'r>(runs: &'r [Run], text: &str) -> &'r Run {
    let found = runs.iter().find(|run| run.item.text.trim_start().starts_with(text));
    found.unwrap_or_else(|| panic!("nothing begins with “{text}”"))
}

#[test]
fn what_ends_a_document_does_not_stand_alone() {
    let sentences: String = (0..40).map(|at| format!("Mening {at} handlar om skolmaten. ")).collect();
    let signed = "underskrifter:\n  - namn: Anna Andersson\n    titel: direktör\n";
    let enclosed = "bilagor:\n  - Skrivelsen\n  - Protokollet\n";
    for (end, first) in [
        (format!("Slutet: |\n  Kort.\n{signed}{enclosed}"), "Slutet"),
        (format!("Slutet: |\n  Kort.\n{signed}"), "Slutet"),
        ("Slutet: |\n  Kort.\n".to_owned(), "Slutet"),
        (format!("{signed}{enclosed}"), "Anna Andersson"),
    ] {
        for lines in 1..18 {
            let runs = runs_of(&format!("{}\n{end}", case(lines, &sentences)));
            let last = runs.iter().rfind(|run| run.item.text.contains("skolmaten.")).expect("the text");
            assert_eq!(at(&runs, first).page, last.page, "{end}, {lines} lines");
            let page = runs.iter().map(|run| run.page).max();
            assert_eq!(Some(last.page), page, "{end}, {lines} lines");
        }
    }
}

#[test]
fn what_leads_in_to_a_list_stands_with_it() {
    let text: String = (0..12).map(|at| format!("Mening {at} handlar om skolmaten. ")).collect();
    let mut torn = 0;
    for lines in 1..30 {
        let runs = runs(lines, &format!("{text}Sist:\n\n- Första punkten.\n- Andra punkten."));
        let last = runs.iter().find(|run| run.item.text.contains("Sist:")).expect("printed");
        assert_eq!(at(&runs, "Första punkten").page, last.page, "{lines} lines");
        torn += usize::from(at(&runs, "Mening 0 ").page < last.page);
    }
    // The paragraph goes along with its last lines, not whole.
    assert!(torn > 1, "{torn}");
}

#[test]
fn a_loose_list_has_the_gaps_of_paragraphs() {
    let gap = |text: &str| {
        let runs = runs(0, text);
        at(&runs, "Beta").y - at(&runs, "Alfa").y
    };
    let (close, loose) = (gap("Så:\n\n- Alfa\n- Beta"), gap("Så:\n\n- Alfa\n\n- Beta"));
    assert!((gap("Alfa\n\nBeta") - loose).abs() < 0.01 && close < loose - 8.0, "{close} {loose}");
}

#[test]
fn numbers_stand_clear_of_their_text() {
    for number in [1, 98, 998] {
        let runs = runs(0, &format!("Så:\n\n{number}. Alfa\n{}. Beta", number + 1));
        let sign = at(&runs, &format!("{number}."));
        assert!(at(&runs, "Alfa").x > sign.end_of(sign.item.text.len()) + 2.0, "{number}");
    }
}

#[test]
fn a_line_of_a_signature_is_told_from_the_next() {
    let long = "Avdelningschef för grundskoleavdelningens enhet för skolbibliotek";
    let runs = runs_of(&format!(
        "{}\nunderskrifter:\n  - namn: Anna Andersson\n    titel: {long}\n    organisation: Förvaltningen\n  - namn: Bo Ek\n    titel: Chef\n",
        case(0, "Text.")
    ));
    let (name, rest, next) =
        (at(&runs, "Anna Andersson"), at(&runs, "grundskoleavdelningens"), at(&runs, "Förvaltningen"));
    assert!(rest.x > name.x + 6.0 && (next.x - name.x).abs() < 0.01);
    // A gutter parts the columns.
    let widest =
        runs.iter().filter(|run| run.y > name.y && run.y < next.y).map(|run| run.end_of(run.item.text.len()));
    assert!(widest.fold(0.0, f64::max) + 12.0 < at(&runs, "Bo Ek").x);
}

#[test]
fn a_soft_hyphen_at_a_lines_end_is_one_sign() {
    let word = "skolbibliotekarie\u{ad}utbildningens";
    let runs = runs(0, &format!("Orden är: {word} {word} {word}."));
    let printed: String = runs.iter().map(|run| run.item.text.as_str()).collect();
    assert!(runs.iter().any(|run| run.item.text == "\u{ad}"), "a line ends with it");
    assert!(!printed.contains("\u{ad}\u{ad}"), "{printed}");
    let solid = |text: &str| text.replace([' ', '\u{ad}'], "");
    assert!(solid(&printed).contains(&solid(&format!("{word} {word} {word}."))), "{printed}");
}

#[test]
fn the_addresses_of_links_stand_in_notes_where_the_profile_says_so() {
    let profile = b"f\xc3\xb6rvaltning: F\nutseende:\n  l\xc3\xa4nkadresser: i fotnot\n".to_vec();
    let templates = Templates::new([("profiles/f.yaml".to_owned(), profile)].into()).expect("right");
    let workshop = Arc::new(Workshop::new(templates));
    let text = "Se [lagen](https://lag.exempel.se/1) och <https://exempel.se>, och [noten](https://b.se).[^1]\n\n[^1]: Se [boken](https://c.se).";
    let notes = |workshop: &Arc<Workshop>| {
        let document = document_of(&case(0, text), workshop, false).expect("right");
        let laid_out = pdf::layout(&document, workshop, workshop.press(), &Images::new()).expect("right");
        let mut text = String::new();
        laid_out.pages().iter().for_each(|page| collect(&page.frame, &mut text));
        text
    };
    let (with, without) = (notes(&workshop), WORKSHOP.with(notes));
    assert!(with.contains("https://lag.exempel.se/1") && with.contains("https://b.se"), "{with}");
    assert!(!with.contains("https://c.se") && with.matches("https://exempel.se").count() == 1, "{with}");
    assert!(!without.contains("https://b.se"), "{without}");
}

#[test]
fn what_an_organ_says_is_no_bilaga() {
    let case = super::expect::root().join("cases/kommunstyrelsen/utlatande-lasframjande.yaml");
    let workshop = super::golden::workshop();
    let project = Project::new(Disk, workshop.clone());
    let document = project.document(&case).expect("a right case");
    let page = html::html(&document, &workshop, &Images::new(), &[], false).expect("a page");
    let page = String::from_utf8(page).expect("UTF-8");
    let enclosed = page.split("<ul class=\"bilagor\">").nth(1).and_then(|rest| rest.split("</ul>").next());
    assert_eq!(enclosed.map(|list| list.matches("<li>").count()), Some(1), "{enclosed:?}");
    // On paper it has a heading, which nobody sees.
    let tags = super::tags::tree(
        &pdf::pdf(&document, &workshop, workshop.press(), &Images::new()).expect("a PDF").bytes,
    );
    let main = page.split("</main>").next().unwrap_or_default();
    let seen = main.matches("<h2 id=").count();
    let heard = tags.lines().filter(|line| line.trim() == "H2").count();
    assert_eq!(heard, seen + 2, "{tags}");
}
