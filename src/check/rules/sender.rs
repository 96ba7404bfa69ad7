//! The sender: the letter has an address at its foot, from the case or from a profile.

use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes, nearest};

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::AVSANDARE_TOM, find: nowhere }];

fn nowhere(review: &Review) -> Vec<Diagnostic> {
    let sender = &review.case.head.avsandare;
    let name = &sender.forvaltning;
    let is_known =
        review.templates.known_forvaltningar().any(|known| known.to_lowercase() == name.text.to_lowercase());
    let has_address = !sender.adress.is_empty() || !review.profile.adress.is_empty();
    // One that is nearly a known one is another finding.
    let is_near = || nearest(&name.text, review.templates.known_forvaltningar()).is_some();
    if name.is_empty() || is_known || has_address || is_near() {
        return Vec::new();
    }
    let message =
        format!("{} har ingen profil, och ingen adress står i ärendet: brevets fot blir tom", name.text);
    let hint = "Skriv adress: under avsändare:, eller lägg en profil för förvaltningen i mappen profiles i en egen mallmapp.";
    name.place().map(|place| finding(place, message, hint)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::of_case;

    #[test]
    fn the_foot_has_an_address() {
        for (sender, found) in [
            ("förvaltning: Parkförvaltningen", vec!["Parkförvaltningen"]),
            ("förvaltning: Parkförvaltningen\n  adress: [Storgatan 1]", vec![]),
            ("förvaltning: Utbildningsförvaltningen", vec![]),
            ("förvaltning: Utbildningförvaltningen", vec![]),
        ] {
            let case = format!("mall: tjänsteutlåtande\ntitel: T\navsändare:\n  {sender}\n");
            assert_eq!(of_case(RULES, "avsändare-tom", &case), found, "{sender}");
        }
    }
}
