//! The tjänsteutlåtande of today: a förvaltning's letter to its nämnd.

use super::{BodyKey, Kind, Roll, key};
use crate::read::body::Shape;

pub(super) const KIND: Kind = Kind {
    word: "tjänsteutlåtande",
    head: &[
        "mall",
        "titel",
        "underrubrik",
        "diarienummer",
        "datum",
        "till",
        "avsändare",
        "handläggare",
        "rubriker",
        "frågeform",
        "godkänn",
    ],
    body: &BODY,
    required: &["mall", "titel", "diarienummer", "datum", "till", "avsändare", "förslag till beslut"],
};

pub(super) const BODY: [BodyKey; 15] = [
    key(
        "förslag till beslut",
        Some("Förvaltningens förslag till beslut"),
        Shape::Points,
        "Det som nämnden ska besluta: en text, eller en lista som numreras.",
    )
    .with(Roll::Beslut),
    key("sammanfattning", Some("Sammanfattning"), Shape::Text, "Ärendet i korthet.")
        .with(Roll::Sammanfattning),
    key("bakgrund", Some("Bakgrund"), Shape::Text, "Varför ärendet finns."),
    key("ärendet", Some("Ärendet"), Shape::Text, "Vad ärendet gäller.").with(Roll::Arendet),
    key(
        "ärendets beredning",
        Some("Ärendets beredning"),
        Shape::Text,
        "Vilka som har berett ärendet, och när.",
    )
    .with(Roll::Beredning),
    key(
        "frågor",
        None,
        Shape::Questions,
        "Frågorna som besvaras. De skrivs ut där de står; svaren skrivs efter förvaltningens synpunkter.",
    ),
    key(
        "förvaltningens synpunkter",
        Some("Förvaltningens synpunkter"),
        Shape::Text,
        "Vad förvaltningen anser.",
    )
    .with(Roll::Asikt),
    key(
        "förvaltningens förslag",
        Some("Förvaltningens förslag"),
        Shape::Text,
        "Vad förvaltningen föreslår, i löpande text.",
    )
    .with(Roll::Asikt),
    key(
        "barnrättsperspektiv",
        Some("Barnrättsperspektiv"),
        Shape::Text,
        "Ärendet ur barnets rättigheters perspektiv.",
    ),
    key(
        "konsekvenser för barn",
        Some("Konsekvenser för barn och barns rättigheter"),
        Shape::Text,
        "Vad ärendet innebär för barn.",
    )
    .with(Roll::Barn),
    key(
        "jämställdhetsanalys",
        Some("Jämställdhetsanalys"),
        Shape::Text,
        "Vad ärendet innebär för kvinnor och män, flickor och pojkar.",
    )
    .with(Roll::Jamstalldhet),
    key("avslutning", None, Shape::Text, "Text utan rubrik, som skrivs där den står.")
        .with(Roll::ForslagetIgen),
    key(
        "avslutande förslag",
        Some("Förslag till beslut"),
        Shape::Text,
        "Förslaget en gång till, sist i texten.",
    )
    .with(Roll::Avslutande),
    key("underskrifter", None, Shape::Signatures, "De som skriver under, två bredvid varandra."),
    key("bilagor", Some("Bilaga"), Shape::Attachments, "Det som bifogas."),
];
