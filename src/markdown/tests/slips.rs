//! What was meant: slips are found, right texts are left alone, and a mended text says what was read before.

use proptest::prelude::*;

use super::{cases, hostile, tidy, tree};
use crate::markdown::{Slip, SlipKind, parse};

/// A text with the mends of its first slip that is certain.
fn mended(source: &str, slip: &Slip) -> String {
    let mut text = String::new();
    let mut at = 0;
    for mend in &slip.mends {
        text.push_str(&source[at..mend.at.0.start]);
        text.push_str(&mend.with);
        at = mend.at.0.end;
    }
    text + &source[at..]
}

fn kinds(source: &str) -> Vec<SlipKind> {
    parse(source).slips.into_iter().map(|slip| slip.kind).collect()
}

proptest! {
    #![proptest_config(cases(2000))]

    /// What is canonical holds nothing that is read otherwise than it is written.
    #[test]
    fn none_is_in_what_is_written(source in hostile()) {
        let written = tidy(&source);
        let certain: Vec<Slip> = parse(&written).slips.into_iter().filter(|slip| slip.certain).collect();
        prop_assert_eq!(certain, vec![], "{}", written);
    }

    /// Every range lies in the text, and mends stand in order.
    #[test]
    fn they_know_their_places(source in hostile()) {
        for slip in parse(&source).slips {
            prop_assert!(source.get(slip.at.0.clone()).is_some(), "{:?}", slip);
            let mut at = 0;
            for mend in &slip.mends {
                prop_assert!(mend.at.0.start >= at && source.get(mend.at.0.clone()).is_some(), "{:?}", slip);
                at = mend.at.0.end;
            }
        }
    }
}

/// Followed literally, a mend makes the text say what was read before.
#[test]
fn what_is_mended_reads_the_same() {
    for source in [
        "Tre saker:\n• tak\n• ljus över\n  gången\n• mark.\n",
        "Vi vill\n· höra\n· pröva.",
        "Barnen vill ha\n– tak\n– färg.\n",
        "Det ingår\n-tak\n-ljus\n",
        "Till det\n-\u{a0}snö\n-\u{a0}is",
        "Hej:\n•\ttak\n\to\trött\n\to\tblått\n•\tljus\n",
        "> Hej:\n> • a\n> • b\n\n- x:\n  • y\n  • z\n",
        "• tak\n\n• ljus",
        "Steg:\na) räkna\nb) mät",
        "Steg:\ni. räkna\nii. mät",
        "Steg:\n(1) räkna\n(2) mät",
        "Steg:\n1.1 mät\n1.2 kontroll.",
        "Steg:\n1.enkäten\n2.svaren",
        "Två:\n3. var\n4. hur",
        "2025. Ett år.\n2026. Ett till.",
        "| a | b |\n|---|---|\n| x | 1 |\nKälla: hej.\n",
        "| a | b |\n|---|---|\n| `ja|nej` | 2 |\n| fl|po | 3 |\n",
        "- b:\n| M | S |\n| --- | ---: |\n| maj | 12 |\n",
        "Ytan är 3*4 plus 5*6 och 2*3*4; elev*na och lär*na.",
        "På \\\\lager\\cykel, i G:\\cykel\\*rapport och på \\\\server.",
        "Det finns i C:\\[arkiv]\\(gamla)\\#1.",
        "Steg:\n§\träkna\n§\tmät",
        "Steg:\n» räkna\n» mät",
        "Steg:\n1: räkna\n2: mät",
        "Steg:\n1.\u{a0}räkna\n2.\u{a0}mät",
        "Steg:\na.räkna\nb.mät",
        "[Ja]: Alskolan\n\nSvar [1].\n\n[1]: Trafikverket\n",
        "Resten senare.\n---\nMät.\n",
        "Antal\n=\n310\n",
        "Skriver:\n\n    Vi vill ha.\n    - Mer.\n\nDet.\n",
        "- a\n\n      b\n\n- c\n",
        "Se [stat[^s]](https://x.se/y).\n\n[^s]: Upp.\n",
    ] {
        let meant = tree(source);
        let mut text = source.to_owned();
        let mut rounds = 0;
        while let Some(slip) = parse(&text).slips.iter().find(|slip| slip.certain) {
            text = mended(&text, slip);
            assert_eq!(tree(&text), meant, "{source:?} became {text:?}");
            rounds += 1;
        }
        assert!((1..9).contains(&rounds), "{source:?}: {rounds}");
    }
}

#[test]
fn what_nobody_can_tell_is_said() {
    for (source, kind) in [
        ("| a | b |\n|---|---|\n| x | 1 | y |\n", SlipKind::TooManyCells(3, 2)),
        ("| a | b |\n|---|---|\n| x |\n", SlipKind::TooFewCells(1, 2)),
        ("Dag\tPlats\n3 mars\tA\n", SlipKind::Columns),
        ("Norra    12\nSödra    18\n", SlipKind::Columns),
        ("1. a\n3. b\n", SlipKind::Numbers(vec![1, 3])),
        ("Svaren kommer den\n1. mars 2026.\n", SlipKind::LoneItem("1.".into())),
        ("Rubrik\n------\n", SlipKind::Underlined('-')),
        ("# från mailet\n", SlipKind::NoteToSelf),
        ("- a\n-\n- b\n", SlipKind::EmptyItem),
        ("a\n\n>\n", SlipKind::EmptyQuote),
        ("Hördes.^[Vid möten.]", SlipKind::InlineNote),
        ("Målet är högst\n> 500 kronor.", SlipKind::LoneQuote),
        ("Utfallet blev\n- 500 kronor.", SlipKind::LoneItem("-".into())),
        ("1 Nämnden godkänner planen nu.\n2 Nämnden avslår motionen nu.", SlipKind::Labels("1".into())),
        ("Räkna /* kolla */ om.", SlipKind::Comment),
        ("Antalet [källa?] har ökat.", SlipKind::Comment),
        ("Antalet [TW1] har ökat.", SlipKind::Comment),
        ("¹ Enligt räkningen.", SlipKind::NoteSign("¹".into())),
        ("Det är verkets krav³ och andras.", SlipKind::NoteSign("³".into())),
        ("[AS: kolla summan] Skolan växer.", SlipKind::Comment),
        ("Mät. [Kommentar: hinner vi?]", SlipKind::Comment),
        ("[TW: stämmer det?]", SlipKind::Comment),
        ("[m]: https://x.se/y\n", SlipKind::UnusedAddress("m".into())),
        ("[mätningen][m]", SlipKind::MissingAddress("m".into())),
        ("Se [tabellen](2).", SlipKind::NoAddress("2".into())),
        ("```\na\n", SlipKind::OpenFence),
        ("[m]: https://x.se/y\n[m]: https://z.se/y\n\n[m]", SlipKind::Lost),
    ] {
        assert_eq!(kinds(source), [kind], "{source:?}");
    }
}

#[test]
fn what_is_right_is_left_alone() {
    for source in [
        "– Vi vill ha tak, säger Alva.\n– Och ljus, säger Bo.",
        "– Ja.\n\n– Nej.",
        "Platserna bör ligga nära\n– och synas från –\nskolgården.",
        "Elevråden fick frågan under hösten\n2025. Svaren kom i januari.",
        "Mötet hölls den 1. mars 2025.",
        "År 2024 var ett bra år.\n2025 blev bättre.\n2026 blev bäst.",
        "1. a\n1. b\n1. c",
        "0. a\n1. b",
        "Av planen återstår\n\n3. mätningen\n4. bygget",
        "Handboken *Så ställer vi cyklar* räknar 2 * 3 meter, **fet** och *kursiv*.",
        "a\\*b, 3\\*4, C:\\temp och \\# 1.",
        "Se [enkäten][e] och [svaren](svar.pdf) och [källan] (sid. 2).\n\n[e]: https://x.se/e",
        "| a | b |\n| --- | --- |\n| ja \\| oftast | 1 |\n| nej | |\n\nKälla: b.",
        "a\n\n---\n\nb",
        "### Enkäten\n\nText[^1].\n\n[^1]: Not.",
        "```\nkod\n```",
        "Ytan är 40 m² och 3 m³.",
        "A. Andersson\nB. Bengtsson",
        "I kostnaden ingår\n- ett ställ\n- ett tak.",
        "-5 grader\n-7 grader",
        "Text med  två mellanslag.\nOch  två till.",
        "[Källa: SCB 2025] och [sic] och […]",
    ] {
        assert_eq!(kinds(source), [], "{source:?}");
    }
}
