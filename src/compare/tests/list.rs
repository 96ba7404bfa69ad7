//! Each edit that a reviewer makes is one change of its kind.

use super::{compared, document, parse, templates};
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
