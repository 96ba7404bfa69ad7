//! Where sentences end in Swedish.

use super::{swedish, tidy};

/// How many lines a text becomes.
fn lines(text: &str) -> Vec<String> {
    tidy(text).lines().map(str::to_owned).collect()
}

#[test]
fn a_sentence_is_a_line() {
    let written = lines("Det här är en. Det är två! Är det tre? Ja… Och fyra.");
    assert_eq!(written, ["Det här är en.", "Det är två!", "Är det tre?", "Ja…", "Och fyra."]);
}

#[test]
fn abbreviations_and_initials_do_not_end_it() {
    for text in [
        "Det gäller t.ex. Stockholm, bl.a. Vasastan och m.fl. Alla, s.k. BID.",
        "Det gäller t. ex. Stockholm och fr. o. m. Nyår.",
        "Enligt 14 kap. 1 § och kl. 10, enl. A. Andersson och J.-O. Persson.",
        "Se prop. 2019/20:10, bet. 2020:3, (jfr. SFS 2017:900) och dnr. 2024/1.",
        "Se 14\u{a0}kap. 1 § och sid. 5.",
    ] {
        assert_eq!(lines(text).len(), 1, "{text}");
    }
}

#[test]
fn numbers_quotations_and_notes_end_it() {
    for text in [
        "Det var 2023. Förvaltningen svarar.",
        "”Det är sant.” Förvaltningen svarar.",
        "(Se bilagan.) Förvaltningen svarar.",
        "Det är sant. ”Förvaltningen svarar.”",
        "Det är sant. (Förvaltningen svarar.)",
        "Det är sant. 14 personer svarar.",
        "Det **är sant.** Förvaltningen svarar.",
        "Det är [sant](x.se). *Förvaltningen* svarar.",
        "Det är sant.[^1] Förvaltningen svarar.\n[^1]: Not",
        "Det är sant[^1]. Förvaltningen svarar.\n[^1]: Not",
        "Det är avgifter (m.m.). Förvaltningen svarar.",
        "Det är `kod`. Förvaltningen svarar.",
    ] {
        let written = lines(text);
        assert!(written.len() >= 2 && written[1].contains("svarar."), "{written:?}");
    }
}

#[test]
fn lower_case_and_code_do_not() {
    assert_eq!(lines("”Hej!” sa han, `Ett. Två` i kod, ![Ett. Två](a.png) och <http://a.se/b.C>.").len(), 1);
}

#[test]
fn a_number_that_counts_stays_with_what_it_counts() {
    assert_eq!(lines("1\\. Inledning. Text."), ["1\\. Inledning.", "Text."]);
}

#[test]
fn headings_and_cells_are_one_line() {
    assert_eq!(lines("# Ett. Två.\n\n| Ett. Två. |\n| - |"), ["# Ett. Två.", "", "| Ett. Två. |", "| --- |"]);
}

#[test]
fn words_decide() {
    let list = swedish();
    assert!(list.ends_sentence("slut.", "Nästa"));
    assert!(list.ends_sentence("slut.”", "«Nästa"));
    assert!(list.ends_sentence("2023.", "Nästa"));
    assert!(!list.ends_sentence("slut", "Nästa"));
    assert!(!list.ends_sentence("slut.", "nästa"));
    assert!(!list.ends_sentence("(T.ex.", "Nästa"));
    assert!(!list.ends_sentence("A.", "Nästa"));
    assert!(!list.ends_sentence("", ""));
}
