//! What Markdown would read otherwise than it was meant, said in Swedish and with its mend.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Edit, Place, codes};
use crate::markdown::{Mend, Slip, SlipKind};

/// What is said of a slip, without its place.
pub fn finding(slip: &Slip) -> Diagnostic {
    match &slip.kind {
        SlipKind::Bullets(_) | SlipKind::Labels(_) | SlipKind::LateStart(_) | SlipKind::LoneItem(_) => {
            list(&slip.kind)
        }
        SlipKind::Numbers(_) | SlipKind::HighNumber(_) => numbers(&slip.kind),
        SlipKind::TooManyCells(..) | SlipKind::TooFewCells(..) => cells(&slip.kind),
        SlipKind::BarInCell | SlipKind::BelowTable | SlipKind::TableInText | SlipKind::Columns => {
            table(&slip.kind)
        }
        SlipKind::Asterisks | SlipKind::Path => signs(&slip.kind),
        SlipKind::Definition(_)
        | SlipKind::UnusedAddress(_)
        | SlipKind::MissingAddress(_)
        | SlipKind::NoAddress(_)
        | SlipKind::NoteInLink => link(&slip.kind),
        SlipKind::InlineNote | SlipKind::NoteSign(_) => note(&slip.kind),
        _ => block(&slip.kind),
    }
}

/// Whether what is printed is not what was meant, so that nothing can be said of its words.
pub fn hides(slip: &Slip) -> bool {
    !slip.certain
        && matches!(
            slip.kind,
            SlipKind::Columns
                | SlipKind::TableInText
                | SlipKind::TooFewCells(..)
                | SlipKind::TooManyCells(..)
                | SlipKind::Numbers(_)
                | SlipKind::LoneItem(_)
                | SlipKind::LoneQuote
                | SlipKind::Underlined(_)
                | SlipKind::NoteToSelf
                | SlipKind::Comment
        )
}

fn list(kind: &SlipKind) -> Diagnostic {
    const CODE: codes::Code = codes::LISTA_OLAST;
    match kind {
        SlipKind::Bullets(sign) => {
            Diagnostic::new(CODE, format!("raderna som börjar med {sign} är en lista, men kan gå ihop till ett stycke"))
                .hint("Gör om till lista: börja varje punkt med bindestreck och mellanslag: ”- ”.")
        }
        SlipKind::LateStart(number) => {
            Diagnostic::new(CODE, format!("listan som börjar med {number} kan gå ihop med texten före"))
                .hint("Sätt en tom rad före listan.")
        }
        SlipKind::LoneItem(sign) => {
            Diagnostic::new(CODE, format!("raden börjar med {sign} och blir en punkt i en lista"))
                .hint(format!("Om meningen fortsätter från raden före: skriv {}, eller flytta upp ordet till raden före. Om det är en lista: sätt en tom rad före {sign}", escaped(sign)))
        }
        SlipKind::Labels(label) => {
            Diagnostic::new(CODE, format!("raderna som börjar med {label} och så vidare kan gå ihop till ett stycke"))
                .hint("Sätt en tom rad före varje punkt. En numrerad lista skrivs 1. med mellanslag efter.")
        }
        _ => Diagnostic::new(CODE, "listan går ihop till ett stycke").hint("Sätt en tom rad före listan."),
    }
}

/// A mark of a list that is none: `1\.`.
fn escaped(sign: &str) -> String {
    let last = sign.char_indices().next_back().map_or(0, |(at, _)| at);
    format!("{}\\{}", &sign[..last], &sign[last..])
}

fn numbers(kind: &SlipKind) -> Diagnostic {
    match kind {
        SlipKind::Numbers(said) => {
            let first = said.first().copied().unwrap_or(1);
            let row = |numbers: &mut dyn Iterator<Item = u64>| {
                let shown: Vec<String> = numbers.take(MOST).map(|number| number.to_string()).collect();
                format!("{}{}", shown.join(", "), if said.len() > MOST { " …" } else { "" })
            };
            let (was, is) = (row(&mut said.iter().copied()), row(&mut (first..).take(said.len())));
            Diagnostic::new(codes::LISTNUMMER, format!("listans nummer är {was}, men skrivs ut som {is}"))
                .hint("Rätta numren. Om numren ska stå kvar: sätt \\ före varje punkt (3\\.) och en tom rad mellan raderna.")
        }
        SlipKind::HighNumber(number) => Diagnostic::new(
            codes::LISTNUMMER,
            format!("raden börjar med {number}. och kan läsas som punkt {number} i en lista"),
        )
        .hint(format!("Skriv {number}\\. om det är början på en mening, med en tom rad mellan raderna.")),
        _ => Diagnostic::new(codes::LISTNUMMER, "numren ändras").hint("Rätta numren."),
    }
}

/// How many numbers a message shows.
const MOST: usize = 6;

fn cells(kind: &SlipKind) -> Diagnostic {
    let cells = |number: &usize| if *number == 1 { "1 cell".to_owned() } else { format!("{number} celler") };
    let columns =
        |number: &usize| if *number == 1 { "1 kolumn".to_owned() } else { format!("{number} kolumner") };
    match kind {
        SlipKind::TooManyCells(found, wanted) => Diagnostic::new(codes::TABELL_CELL_OVER,
            format!("raden har {}, men tabellen {}; det som står längst till höger skrivs inte ut", cells(found), columns(wanted)),
        )
        .hint("Lägg till en kolumn i rubrikraden och i raden under den. Om ett lodstreck hör till texten: skriv \\|."),
        SlipKind::TooFewCells(found, wanted) => Diagnostic::new(codes::TABELL_RAD_KORT,
            format!("raden har {}, men tabellen {}; värdena kan stå i fel kolumn", cells(found), columns(wanted)),
        )
        .hint("Skriv ett lodstreck för varje cell, också för den som är tom: | Namn | | 12 |"),
        _ => Diagnostic::new(codes::TABELL_RAD_KORT, "raden har fel antal celler").hint("Rätta raden."),
    }
}

fn table(kind: &SlipKind) -> Diagnostic {
    let (message, hint) = match kind {
        SlipKind::BarInCell => (
            "ett lodstreck i texten kan dela cellen i två",
            "Skriv \\| i stället för | där lodstrecket hör till texten.",
        ),
        SlipKind::BelowTable => {
            ("raden direkt under tabellen kan läsas som en rad i den", "Sätt en tom rad efter tabellen.")
        }
        SlipKind::Columns => (
            "kolumner av tabbar eller mellanslag går ihop till löpande text",
            "Gör om till tabell: | mellan kolumnerna, och under den första raden: | --- | --- |",
        ),
        _ => (
            "det här är en tabell, men kan läsas som löpande text",
            "Sätt en tom rad före tabellen, och under rubrikraden en rad med lika många kolumner: | --- | --- |",
        ),
    };
    Diagnostic::new(codes::TABELL_OLAST, message).hint(hint)
}

fn signs(kind: &SlipKind) -> Diagnostic {
    let (message, hint) = match kind {
        SlipKind::Asterisks => (
            "asteriskerna kan läsas som kursiv stil, och då skrivs de inte ut",
            "Skriv \\* i stället för * där asterisken ska stå kvar.",
        ),
        _ => (
            "snedstrecken i sökvägen kan läsas som Markdowns egna, och då skrivs de inte ut",
            "Skriv \\\\ i stället för varje \\ i sökvägen.",
        ),
    };
    Diagnostic::new(codes::TECKEN_TOLKADE, message).hint(hint)
}

fn link(kind: &SlipKind) -> Diagnostic {
    let (message, hint) = match kind {
        SlipKind::Definition(label) => (
            format!("raden [{label}]: … kan läsas som en länks adress, och då skrivs den inte ut"),
            format!("Skriv \\[{label}]: … så att raden skrivs ut."),
        ),
        SlipKind::UnusedAddress(label) => (
            format!("adressen till [{label}] används inte i det här avsnittet och skrivs inte ut"),
            "Flytta raden till det avsnitt där länken står, eller ta bort den.".to_owned(),
        ),
        SlipKind::MissingAddress(label) => (
            format!(
                "länkens adress [{label}] finns inte i det här avsnittet, så länken skrivs ut med sina hakparenteser"
            ),
            format!(
                "Skriv adressen direkt: [text](https://…), eller sätt raden [{label}]: https://… i samma avsnitt."
            ),
        ),
        SlipKind::NoAddress(url) => (
            format!("”{url}” läses som en länks adress och skrivs inte ut"),
            format!(
                "Sätt ett mellanslag mellan ] och (. Om det är en länk: skriv hela adressen i stället för {url}."
            ),
        ),
        _ => (
            "en fotnot kan inte stå i en länks text".to_owned(),
            "Flytta noten till efter länken: [text](adress)[^1].".to_owned(),
        ),
    };
    Diagnostic::new(codes::LANK_OLAST, message).hint(hint)
}

fn note(kind: &SlipKind) -> Diagnostic {
    let (message, hint) = match kind {
        SlipKind::NoteSign(sign) => (
            format!("{sign} är ett nottecken från Word, men blir ingen fotnot"),
            "Skriv [^1] där noten hör hemma, och notens text i ett eget stycke: [^1]: …".to_owned(),
        ),
        _ => (
            "^[…] blir ingen fotnot och skrivs ut som det står".to_owned(),
            "Skriv [^1] här, och notens text i ett eget stycke: [^1]: …".to_owned(),
        ),
    };
    Diagnostic::new(codes::FOTNOT_OLAST, message).hint(hint)
}

fn block(kind: &SlipKind) -> Diagnostic {
    match kind {
        SlipKind::Underlined(sign) => Diagnostic::new(codes::RUBRIK_AV_MISSTAG,
            format!("raden kan bli en rubrik, eftersom nästa rad bara har tecknet {sign}"),
        )
        .hint("Sätt en tom rad mellan dem. Om raden ska vara en rubrik: skriv ### före den, och ta bort raden under."),
        SlipKind::NoteToSelf => Diagnostic::new(codes::RUBRIK_AV_MISSTAG, "raden skrivs ut som en rubrik, men ser ut som en anteckning")
            .hint("Ta bort raden. Om den ska vara en rubrik: börja med stor bokstav."),
        SlipKind::Indented => Diagnostic::new(codes::INDRAG_SOM_KOD, "indraget kan göra texten till programkod")
            .hint("Ta bort indraget. Ett citat börjar med > på varje rad."),
        SlipKind::OpenFence => Diagnostic::new(codes::INDRAG_SOM_KOD, "allt från ``` till textens slut blir programkod")
            .hint("Ta bort ```, eller sätt ``` också efter det som är kod."),
        SlipKind::EmptyItem => Diagnostic::new(codes::TOM_PUNKT, "en punkt i listan är tom")
            .hint("Skriv punktens text, eller ta bort raden."),
        SlipKind::EmptyQuote => Diagnostic::new(codes::TOM_PUNKT, "ett citat är tomt och skrivs inte ut")
            .hint("Skriv citatet efter >, eller ta bort raden."),
        SlipKind::Comment => Diagnostic::new(codes::KOMMENTAR_KVAR, "en kommentar till skribenten står kvar i texten")
            .hint("Ta hand om kommentaren, och ta sedan bort den."),
        SlipKind::LoneQuote => Diagnostic::new(codes::LISTA_OLAST, "raden börjar med > och blir ett citat")
            .hint("Om tecknet hör till meningen: skriv \\>, eller hellre ”mer än”. Om det är ett citat: sätt en tom rad före."),
        _ => Diagnostic::new(codes::TEXT_FORSVINNER, "det här skrivs inte ut")
            .hint("Om samma [namn]: står två gånger: ta bort det ena. Skriv annars om raden, med en tom rad före och efter."),
    }
}

/// The mends of a slip as one edit of the file, where `place` says where a stretch of the text stands in it.
pub fn edit(slip: &Slip, text: &str, place: &dyn Fn(Range<usize>) -> Place) -> Option<Edit> {
    let (first, last) = (slip.mends.first()?, slip.mends.last()?);
    let offset = |at: usize| offset(text, at, place);
    let source = place(first.at.0.clone()).source;
    let indent = indent(text, first.at.0.start, &source.text, place);
    let (start, end) = (offset(first.at.0.start), offset(last.at.0.end));
    let mut replacement = String::new();
    let mut at = start;
    for Mend { at: range, with } in &slip.mends {
        replacement.push_str(source.text.get(at..offset(range.0.start))?);
        let mut lines = with.split('\n');
        replacement.push_str(lines.next().unwrap_or_default());
        for line in lines {
            replacement.push('\n');
            if !line.is_empty() {
                replacement.push_str(&indent);
                replacement.push_str(line);
            }
        }
        at = offset(range.0.end);
    }
    source.text.get(start..end)?;
    Some(Edit { place: Place { source, range: start..end }, replacement, safe: slip.certain })
}

/// Where a byte of the text stands in the file: counted from a sign beside it, since spaces at the start of a line
/// are those of YAML too.
fn offset(text: &str, at: usize, place: &dyn Fn(Range<usize>) -> Place) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let words = line + text[line..].len() - text[line..].trim_start_matches([' ', '\t']).len();
    let next = text[words..].chars().next().filter(|c| *c != '\n');
    match (next, text[line..at].chars().next_back()) {
        (Some(c), _) if at <= words => place(words..words + c.len_utf8()).range.start - (words - at),
        (_, Some(before)) => place(at - before.len_utf8()..at).range.end,
        _ => place(at..at).range.start,
    }
}

/// What stands before the line in the file and not in the text.
fn indent(text: &str, at: usize, file: &str, place: &dyn Fn(Range<usize>) -> Place) -> String {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let begins = offset(text, line, place);
    let start = file[..begins].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &file[start..begins];
    if before.chars().all(|c| c == ' ') { before.to_owned() } else { String::new() }
}
