//! Each edit that a reviewer makes is one change of its kind.

use super::{WORKED, compared, document, parse, templates};
use crate::compare::list::{Weight, changes};
use crate::document::Document;

const TEXT: &str = "\
## Förvaltningens förslag till beslut

1. Nämnden godkänner tjänsteutlåtandet som svar på skrivelsen.
2. Nämnden anslår 12 000 kronor till föreningen Nattvandrarna.
3. Nämnden förklarar beslutet omedelbart justerat.

## Bakgrund

Skrivelsen kom in till nämnden den 24 februari 2026.
Den undertecknades av Eva Ek (L) och handlar om föräldrar som vandrar om natten.

Föreningarna prövas enligt 3 kap. 1 § i reglementet.
Det gäller sedan flera år tillbaka.

Ledamöterna ställer följande frågor.

1. Hur många föreningar nattvandrar i dag?
2. Vad gör förvaltningen för att få fler att delta?

## Barnrättsperspektiv

Alla barn har rätt till trygghet, fritid och vila.[^not]

| Mått | 2024 | 2025 |
| --- | --- | --- |
| Föreningar | 31 | 34 |
| Vuxna ute | 1 700 | 1 900 |

[^not]: Artikel 31 i barnkonventionen.

## Förvaltningens synpunkter

Förvaltningen delar skrivelsens syn på nattvandringens betydelse.
Trygga vuxna utomhus kan dämpa konflikter innan de växer.

1. Hur många föreningar nattvandrar i dag?

   Under 2025 nattvandrade 34 föreningar i hela staden.

2. Vad gör förvaltningen för att få fler att delta?

   Förvaltningen informerar på föräldramöten i skolorna.

<!-- underskrifter -->

Maja Alm\\
Direktör

<!-- /underskrifter -->

## Bilagor

Skrivelse om nattvandring

Reglemente för föreningsbidrag
";

fn told(old: &Document, new: &Document) -> Vec<String> {
    changes(&compared(old, new), old, new, templates())
        .into_iter()
        .filter(|change| change.weight != Weight::Form)
        .map(|change| {
            let remark = change.remark.map(|remark| format!(" ({remark})")).unwrap_or_default();
            format!("{}: {}{remark}", change.weight.word(), change.message)
        })
        .collect()
}

#[test]
fn each_edit_is_told_once() {
    let old = document(TEXT);
    for (from, to, wanted) in EDITS {
        assert!(TEXT.contains(from), "{from}");
        let new = document(&TEXT.replace(from, to));
        assert_eq!(told(&old, &new), [*wanted], "{from} → {to}");
    }
}

/// What is replaced, by what, and what is told.
const EDITS: &[(&str, &str, &str)] = &[
    (
        "anslår 12 000 kronor",
        "anslår 21 000 kronor",
        "beslut: Punkt 2 i Förvaltningens förslag till beslut är ändrad: 12 000 kronor → 21 000 kronor",
    ),
    (
        "3. Nämnden förklarar",
        "3. Förvaltningen får i uppdrag att återkomma till nämnden.\n4. Nämnden förklarar",
        "beslut: Punkt 3 i Förvaltningens förslag till beslut är ny (Punkt 3 är nu 4)",
    ),
    (
        "2. Nämnden anslår 12 000 kronor till föreningen Nattvandrarna.\n",
        "",
        "beslut: Punkt 2 i Förvaltningens förslag till beslut är borttagen (Punkt 3 är nu 2)",
    ),
    (
        "den 24 februari 2026",
        "den 25 februari 2026",
        "uppgifter: Ett datum eller årtal i Bakgrund är ändrat: 24 februari 2026 → 25 februari 2026",
    ),
    ("Eva Ek (L)", "Eva Ask (L)", "uppgifter: Ett namn i Bakgrund är ändrat: Eva Ek (L) → Eva Ask (L)"),
    (
        "enligt 3 kap. 1 § i",
        "enligt 3 kap. 2 § i",
        "uppgifter: Ett lagrum i Bakgrund är ändrat: 3 kap. 1 § → 3 kap. 2 §",
    ),
    ("sedan flera år tillbaka", "sedan många år tillbaka", "ordalydelse: En mening i Bakgrund är ändrad"),
    ("för att få fler att delta?", "för att få många fler att delta?", "frågor: Fråga 2 är ändrad"),
    (
        "informerar på föräldramöten i skolorna",
        "informerar på föräldramöten i alla skolorna",
        "frågor: Svaret på fråga 2 är ändrat",
    ),
    (
        "Förvaltningen informerar på föräldramöten i skolorna.",
        "Inget särskilt planeras just nu, men frågan följs noga.",
        "frågor: Svaret på fråga 2 är omskrivet",
    ),
    (
        "## Barnrättsperspektiv",
        "## Barnets bästa",
        "avsnitt: Rubriken Barnrättsperspektiv lyder nu Barnets bästa",
    ),
    (
        "## Barnrättsperspektiv",
        "## Ekonomi\n\nFörslaget ryms inom nämndens budget.\n\nInget mer behövs.\n\n## Barnrättsperspektiv",
        "avsnitt: Avsnittet Ekonomi är nytt",
    ),
    (
        "Föreningarna prövas enligt 3 kap. 1 § i reglementet.\nDet gäller sedan flera år tillbaka.\n\n",
        "",
        "ordalydelse: Ett stycke i Bakgrund är borttaget",
    ),
    (
        "Ledamöterna ställer",
        "Ett helt nytt stycke om polisens arbete.\nDet har två meningar.\n\nLedamöterna ställer",
        "ordalydelse: Ett stycke i Bakgrund är nytt",
    ),
    (
        "2026.\nDen undertecknades",
        "2026.\n\nDen undertecknades",
        "ordalydelse: Ett stycke i Bakgrund är delat i två",
    ),
    (
        "reglementet.\nDet gäller",
        "reglementet.\nVillkoren är stränga.\nDet gäller",
        "ordalydelse: En mening i Bakgrund är ny",
    ),
    (
        "| Vuxna ute | 1 700 | 1 900 |",
        "| Vuxna ute | 1 700 | 1 950 |",
        "uppgifter: Cellen Vuxna ute, 2025 i Barnrättsperspektiv är ändrad: 1 900 → 1 950",
    ),
    (
        "| Vuxna ute | 1 700 | 1 900 |",
        "| Vuxna ute | 1 700 | 1 900 |\n| Pass | 12 | 14 |",
        "ordalydelse: Tabellraden Pass i Barnrättsperspektiv är ny",
    ),
    ("Artikel 31 i", "Artikel 31 och 12 i", "uppgifter: En fotnot i Barnrättsperspektiv är ändrad: nytt: 12"),
    ("Maja Alm\\", "Maja Alms\\", "uppgifter: En underskrift är ändrad: Maja Alm → Maja Alms"),
    (
        "Reglemente för föreningsbidrag\n",
        "Reglemente för föreningsbidrag\n\nProtokoll från rådet\n",
        "avsnitt: En bilaga är ny",
    ),
];

#[test]
fn a_value_of_the_head_is_told() {
    let old = document(TEXT);
    let new = parse(&old.source.text.replace("SOF 2026/218", "SOF 2026/219"));
    assert_eq!(told(&old, &new), ["uppgifter: Diarienumret är ändrat: SOF 2026/218 → SOF 2026/219"]);
}

#[test]
fn what_moved_is_told_once() {
    let old = document(TEXT);
    let section = &TEXT[TEXT.find("## Barnr").unwrap_or(0)..TEXT.find("## Förvaltningens syn").unwrap_or(0)];
    let without = TEXT.replace(section, "");
    let new = document(&without.replace("## Bakgrund", &format!("{section}## Bakgrund")));
    assert_eq!(told(&old, &new), ["avsnitt: Avsnittet Barnrättsperspektiv är flyttat"]);
    let paragraph =
        "Föreningarna prövas enligt 3 kap. 1 § i reglementet.\nDet gäller sedan flera år tillbaka.\n\n";
    let without = TEXT.replace(paragraph, "");
    let new = document(&without.replace("Förvaltningen delar", &format!("{paragraph}Förvaltningen delar")));
    assert_eq!(
        told(&old, &new),
        ["ordalydelse: Ett stycke i Förvaltningens synpunkter är flyttat från Bakgrund"]
    );
    let points = TEXT.replace("1. Nämnden godkänner tjänsteutlåtandet som svar på skrivelsen.\n2. Nämnden anslår 12 000 kronor till föreningen Nattvandrarna.\n", "1. Nämnden anslår 12 000 kronor till föreningen Nattvandrarna.\n2. Nämnden godkänner tjänsteutlåtandet som svar på skrivelsen.\n");
    assert_eq!(told(&old, &document(&points)).len(), 1, "{:?}", told(&old, &document(&points)));
}

/// A document in which things stand within others.
const NESTED: &str = "\
## Förslag till beslut i nämnden

1. Nämnden inför meröppet:

   - i Norrby från hösten 2026
   - i Söderby från våren 2027

2. Nämnden överlämnar ärendet till styrelsen.

## Beslutsunderlag

<!-- rader -->

Förvaltningens skrivelse om meröppet

Utredning om öppna bibliotek

<!-- /rader -->

## Synpunkter

Läs mer på [stadens sidor](https://exempel.se/a).
Det finns en not till den här meningen.

1. Vad kostar det?

   Det finns tre poster:

   - lokaler och larm
   - personal och vakter

   | År | Antal |
   | --- | --- |
   | 2025 | 7 |

2. Vem betalar för alltihop?

   Nämnden betalar allt ur sin egen budget.

## Bilagor

1. Ritningar över lokalerna

2. Förslag till nya regler
";

#[test]
fn what_stands_within_something_is_told_with_it() {
    let old = document(NESTED);
    let note = "den här meningen.[^n]\n\n[^n]: Se bilaga 2.";
    let (first, second) = NESTED
        .split_once("1. Vad kostar det?")
        .and_then(|(_, rest)| rest.split_once("2. Vem betalar"))
        .expect("two questions");
    let second = second.split_once("\n## Bilagor").expect("bilagor").0;
    let questions = format!("1. Vad kostar det?{first}2. Vem betalar{second}");
    let swapped = format!("1. Vem betalar{second}\n2. Vad kostar det?{first}");
    for (from, to, wanted) in [
        (
            "   - i Söderby",
            "   - i Västerby från nyår\n   - i Söderby",
            "beslut: Underpunkt b i punkt 1 i Förslag till beslut i nämnden är ny (Underpunkt b är nu c)",
        ),
        (
            "hösten 2026",
            "hösten 2027",
            "beslut: Underpunkt a i punkt 1 i Förslag till beslut i nämnden är ändrad: 2026 → 2027",
        ),
        (
            "beslut i nämnden",
            "beslut i styrelsen",
            "beslut: Den som beslutar i Förslag till beslut är ändrad: nämnden → styrelsen",
        ),
        (
            "öppna bibliotek\n",
            "öppna bibliotek\n\nUngdomsrådets yttrande\n",
            "ordalydelse: En rad i Beslutsunderlag är ny",
        ),
        (
            "exempel.se/a",
            "exempel.se/b",
            "ordalydelse: En länk i Synpunkter leder nu till https://exempel.se/b, förut till https://exempel.se/a",
        ),
        ("den här meningen.", note, "ordalydelse: En fotnot i Synpunkter är ny"),
        (
            "   - personal",
            "   - städning\n   - personal",
            "frågor: En punkt i en lista i svaret på fråga 1 är ny",
        ),
        ("lokaler och larm", "lokaler och lås", "frågor: Svaret på fråga 1 är ändrat"),
        (
            "| 2025 | 7 |",
            "| 2025 | 8 |",
            "uppgifter: Cellen 2025, Antal i svaret på fråga 1 är ändrad: 7 → 8",
        ),
        (
            "2. Förslag till nya regler",
            "2. Tidplan\n\n3. Förslag till nya regler",
            "avsnitt: Bilaga 2 är ny (Bilaga 2 är nu 3)",
        ),
        (&questions, &swapped, "frågor: Fråga 1 är flyttad, den var nummer 2 (Fråga 1 är nu 2)"),
    ] {
        assert!(NESTED.contains(from), "{from}");
        let new = document(&NESTED.replace(from, to));
        assert_eq!(told(&old, &new), [wanted], "{from} → {to}");
    }
}

#[test]
fn a_record_of_the_head_is_one_change() {
    let old = parse(WORKED[1]);
    let text = old.source.text.as_str();
    let handlaggare = text.split_once("handläggare:\n").expect("a handläggare").1;
    let record: String = handlaggare
        .lines()
        .take_while(|line| line.starts_with(' '))
        .map(|line| format!("{line}\n"))
        .collect();
    let name = record.split('"').nth(1).expect("a name");
    let more = record.replace(name, "Vega Exempel").replace("08-508", "08-509");
    for (new, wanted) in [
        (format!("{record}{more}"), "uppgifter: Handläggaren är ny".to_owned()),
        (more.clone(), format!("uppgifter: Handläggaren är ändrad: {name} → Vega Exempel")),
    ] {
        assert_eq!(told(&old, &parse(&text.replace(&record, &new))), [wanted], "{new}");
    }
}
