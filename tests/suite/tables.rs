//! Tables: where their columns and rows go on the page, and what is heard of them.

use tjut::export::{Images, pdf};
use typst::layout::Abs;

use super::hostile::{WORKSHOP, document_of};
use super::pages::{Run, case, runs};
use super::tags;

fn find<'r>(runs: &'r [Run], text: &str) -> &'r Run {
    let found = runs.iter().find(|run| run.item.text == text);
    found.unwrap_or_else(|| panic!("“{text}” is no run of its own"))
}

/// A table of so many columns of numbers.
fn wide(columns: usize) -> String {
    let row = |cell: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = (0..columns).map(cell).collect();
        format!("| Område | {} |\n", cells.join(" | "))
    };
    let numbers = row(&|at| format!("{} 000", 101 + at)).replace("Område", "Farsta");
    format!("{}|---|{}\n{numbers}", row(&|at| format!("År {}", 2011 + at)), "---|".repeat(columns))
}

#[test]
fn numbers_never_break() {
    for columns in [3, 7, 9, 12] {
        let runs = runs(40, &wide(columns));
        for at in 0..columns {
            find(&runs, &format!("{} 000", 101 + at));
        }
    }
}

#[test]
fn a_table_too_wide_uses_the_margin_and_then_a_smaller_size() {
    let narrow = runs(40, &wide(3));
    let in_margin = runs(40, &wide(8));
    let small = runs(40, &wide(10));
    let column = find(&narrow, "Farsta");
    assert_eq!(column.item.size, Abs::pt(10.0));
    assert!(find(&in_margin, "Farsta").x < column.x - 20.0);
    assert_eq!(find(&in_margin, "Farsta").item.size, Abs::pt(10.0));
    assert!(find(&small, "Farsta").x < find(&in_margin, "Farsta").x);
    assert!(find(&small, "Farsta").item.size < Abs::pt(10.0));
}

#[test]
fn a_wide_table_finds_its_page_wherever_it_begins() {
    for lines in 6..22 {
        find(&runs(lines, &format!("{}| Två rader med text | {}\n", wide(11), "1 |".repeat(11))), "Farsta");
    }
}

#[test]
fn a_word_breaks_only_when_it_is_wider_than_any_fair_column() {
    let text = "en lång rad med många ord som fyller kolumnen ".repeat(3);
    let table = format!("| Enhet | Text |\n|---|---|\n| Förskoleförvaltningen | {text} |\n| Norra | Kort. |");
    find(&runs(0, &table), "Förskoleförvaltningen");
    let endless = "Arbetsmarknadsförvaltningsorganisationen";
    let table = format!("| A | B | C |\n|---|---|---|\n| {endless} | {endless} | {endless} {text} |");
    let runs = runs(0, &table);
    assert!(runs.iter().any(|run| run.item.text.ends_with('\u{ad}')), "it is hyphenated");
    assert!(!runs.iter().any(|run| run.item.text.contains("kolum\u{ad}")), "no other word is");
}

#[test]
fn ones_stand_below_one_another() {
    let table = "| Post | Belopp |\n|---|---|\n| A | 1 250,25 kr |\n| B | 12 kr |\n| C | 3,5 kr |";
    let runs = runs(0, table);
    let ones = |text: &str, ones: &str| find(&runs, text).end_of(ones.len());
    let ends = [ones("1 250,25 kr", "1 250"), ones("12 kr", "12"), ones("3,5 kr", "3")];
    assert!(ends.iter().all(|end| (end - ends[0]).abs() < 0.01), "{ends:?}");
    // The author's word holds.
    let runs = self::runs(0, "| Post | Belopp |\n|---|:--|\n| A | 1 250 |\n| B | 12 |");
    assert!((find(&runs, "1 250").x - find(&runs, "12").x).abs() < 0.01);
}

#[test]
fn a_row_is_whole_on_its_page_and_the_head_on_each() {
    let row = |row: usize| format!("| Första{row} {} sista{row} | B |\n", "ord ".repeat(40));
    let rows: String = (0..60).map(row).collect();
    let runs = runs(0, &format!("| Huvud | B |\n|---|---|\n{rows}"));
    let pages = runs.iter().map(|run| run.page).max().expect("runs");
    assert!(pages > 1);
    let holds = |run: &&Run, word: &str| run.item.text.split(' ').any(|part| part == word);
    let page = |word: &str| runs.iter().find(|run| holds(run, word)).map(|run| run.page);
    for row in 0..60 {
        let first = page(&format!("Första{row}"));
        assert!(first.is_some() && first == page(&format!("sista{row}")), "row {row} is split");
    }
    for page in 1..=pages {
        assert!(
            runs.iter().any(|run| run.page == page && run.item.text == "Huvud"),
            "page {page} has no head"
        );
    }
}

#[test]
fn a_row_higher_than_a_page_is_split_and_whole() {
    let text: String = (0..900).map(|at| format!("ord{at} ")).collect();
    let runs = runs(0, &format!("| A | B |\n|---|---|\n| C | {text} |"));
    let printed: String = runs.iter().map(|run| format!("{} ", run.item.text)).collect();
    for at in 0..900 {
        assert!(printed.contains(&format!("ord{at} ")), "ord{at}");
    }
}

#[test]
fn what_names_rows_and_what_sums_them_up_is_heard() {
    let table = "| Skola | Elever |\n|---|---|\n| Norra | 120 |\n| Södra | 180 |\n| Totalt | 300 |";
    let bytes = WORKSHOP.with(|workshop| {
        let document = document_of(&case(0, table), workshop, false).expect("right");
        pdf::pdf(&document, workshop, workshop.press(), &Images::new()).expect("a PDF").bytes
    });
    let tree = tags::tree(&bytes);
    let expected = "    TR\n      TH\n        Strong\n      TH\n        Strong\n    TR\n      TH row\n      TD\n    TR\n      TH row\n      TD\n    TR\n      TH row\n        Strong\n      TD\n        Strong\n";
    assert!(tree.contains(expected), "{tree}");
}
