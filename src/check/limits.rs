//! The limits of the content review: how much is too much.

use crate::library::profile::Profil;

/// What the rules measure against; a profile can set each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most words that a sentence may have.
    pub meningslangd: usize,
    /// The highest readability index (LIX) that a section may have.
    pub lix: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { meningslangd: 35, lix: 60 }
    }
}

impl Limits {
    /// The limits of a förvaltning: its own, else the neutral profile's, else the program's.
    pub fn of(profile: &Profil, neutral: &Profil) -> Self {
        let standard = Self::default();
        let (own, all) = (&profile.granser, &neutral.granser);
        Self {
            meningslangd: own.meningslangd.or(all.meningslangd).map_or(standard.meningslangd, |n| n.0),
            lix: own.lix.or(all.lix).map_or(standard.lix, |n| n.0),
        }
    }
}
