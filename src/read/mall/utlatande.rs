//! The utlåtande: how a rotel puts a matter before kommunstyrelsen and kommunfullmäktige.

use super::{BodyKey, Kind, Roll, key};
use crate::read::body::Shape;

pub(super) const KIND: Kind = Kind {
    word: "utlåtande",
    head: &[
        "mall",
        "rotel",
        "titel",
        "underrubrik",
        "diarienummer",
        "datum",
        "beslutande",
        "rubriker",
        "godkänn",
    ],
    body: BODY,
    required: &["mall", "rotel", "titel", "diarienummer", "datum", "förslag till beslut"],
};

const BODY: &[BodyKey] = &[
    key(
        "förslag till beslut",
        Some("Förslag till beslut"),
        Shape::Points,
        "Det som ska beslutas, i en ruta: en text, eller en lista som numreras.",
    )
    .with(Roll::Beslut),
    key(
        "föredragande",
        None,
        Shape::Line,
        "Föredragande borgarrådets namn; raden ”Föredragande borgarrådet …” skrivs där den står.",
    ),
    key("sammanfattning", Some("Sammanfattning av ärendet"), Shape::Text, "Ärendet i korthet.")
        .with(Roll::Sammanfattning),
    key(
        "beredning",
        Some("Beredning"),
        Shape::Text,
        "Hur ärendet har beretts utöver remissen; meningen som räknar upp remissinstanserna skriver tjut.",
    )
    .with(Roll::Beredning),
    key(
        "remissinstanser",
        Some("Beredning"),
        Shape::Consultation,
        "De som har fått ärendet på remiss. Här skrivs uppräkningen och sammandragen; Remissammanställning och Reservationer m.m. skrivs sist i dokumentet.",
    ),
    key(
        "föredragande borgarrådets synpunkter",
        Some("Föredragande borgarrådets synpunkter"),
        Shape::Text,
        "Vad föredragande borgarrådet anser.",
    ),
    key("bilagor", Some("Bilaga"), Shape::Attachments, "Det som bifogas."),
    key(
        "borgarrådsberedningen",
        None,
        Shape::Preparation,
        "Vad borgarrådsberedningen anser: en text, eller en text med reservationer.",
    ),
    key(
        "kommunstyrelsen",
        None,
        Shape::Board,
        "Vad kommunstyrelsen anser, ort och datum, ordförande och reservationer.",
    ),
    key("ärendet", Some("Ärendet"), Shape::Text, "Vad ärendet gäller. Börjar på en ny sida.")
        .with(Roll::Arendet),
    key("avslutning", None, Shape::Text, "Text utan rubrik, som skrivs där den står.")
        .with(Roll::ForslagetIgen),
];
