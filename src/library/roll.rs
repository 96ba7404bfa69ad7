//! What a section is for, whatever a city calls it.

use serde_json::{Value as Json, json};

use crate::yaml::field::{Field, Reader};
use crate::yaml::node::YamlNode;
use crate::yaml::values::choice;

/// The role of a section: what rules and templates ask for, since its name is the city's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Roll {
    /// What is proposed for decision.
    #[default]
    Beslut,
    /// The matter in short, which an utlåtande can take; the proposal is said again there.
    Sammanfattning,
    /// What the förvaltning thinks; the proposal is said again there.
    Asikt,
    /// Where the proposal is said again in passing.
    ForslagetIgen,
    /// The whole proposal again, last in the text.
    Avslutande,
    /// What the matter is.
    Arendet,
    /// How the matter was prepared, and by whom.
    Beredning,
    /// What it means for children.
    Barn,
    /// What it means for women and men.
    Jamstalldhet,
    /// What it means for the economy.
    Ekonomi,
    /// What it means for the environment.
    Ekologi,
    /// What it means for people.
    Social,
    /// What the decision is based on: a list of documents.
    Underlag,
    /// To whom the decision is sent.
    Expediering,
    /// The questions that are answered.
    Fragor,
    /// What is enclosed.
    Bilagor,
    /// Those who sign.
    Underskrifter,
    /// Those who answer for the case in the letterhead, in every kind of document.
    Handlaggare,
    /// The title and the line under it, in every kind of document.
    Titelrad,
}

impl Roll {
    /// The roles that a kind gives to its keys, as its file says them.
    const WORDS: &[(&str, Roll)] = &[
        ("beslut", Roll::Beslut),
        ("sammanfattning", Roll::Sammanfattning),
        ("åsikt", Roll::Asikt),
        ("förslaget-igen", Roll::ForslagetIgen),
        ("avslutande", Roll::Avslutande),
        ("ärendet", Roll::Arendet),
        ("beredning", Roll::Beredning),
        ("barn", Roll::Barn),
        ("jämställdhet", Roll::Jamstalldhet),
        ("ekonomi", Roll::Ekonomi),
        ("ekologi", Roll::Ekologi),
        ("social", Roll::Social),
        ("underlag", Roll::Underlag),
        ("expediering", Roll::Expediering),
        ("frågor", Roll::Fragor),
        ("bilagor", Roll::Bilagor),
        ("underskrifter", Roll::Underskrifter),
    ];

    /// The word for it in kinds and templates; none where every document has the section.
    pub fn word(self) -> Option<&'static str> {
        Self::WORDS.iter().find(|(_, role)| *role == self).map(|(word, _)| *word)
    }

    /// Whether the proposal is said again in such a section.
    pub fn says_again(self) -> bool {
        matches!(self, Roll::Sammanfattning | Roll::Asikt | Roll::ForslagetIgen | Roll::Avslutande)
    }
}

impl Field for Roll {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        choice(node, reader, Self::WORDS).unwrap_or_default()
    }

    fn schema() -> Json {
        json!({ "enum": Self::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
    }
}
