//! What a section is for, whatever a city calls it.

/// The role of a section: what rules and templates ask for, since its name is the city's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roll {
    /// What is proposed for decision.
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
    /// Whether the proposal is said again in such a section.
    pub fn says_again(self) -> bool {
        matches!(self, Roll::Sammanfattning | Roll::Asikt | Roll::ForslagetIgen | Roll::Avslutande)
    }
}
