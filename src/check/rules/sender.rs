//! The sender: the letter has an address at its foot, from the case or from a profile, and the förvaltning is there.

use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::read::head::Avsandare;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::AVSANDARE_TOM, find: nowhere },
    Rule { code: codes::FORVALTNING_TIDIGARE, find: former },
];

fn nowhere(review: &Review) -> Vec<Diagnostic> {
    let case = review.case;
    if !case.kind.has_foot() {
        return Vec::new();
    }
    case.head.avsandare.iter().filter_map(|sender| without_address(review, sender)).collect()
}

fn without_address(review: &Review, sender: &Avsandare) -> Option<Diagnostic> {
    let (name, known) = (sender.namn(), review.case.sender_of(sender));
    let profile = review.templates.profile(&known);
    // One that is nearly a known one is another finding.
    let is_near = || nearest(&name.text, review.templates.known_forvaltningar(&known)).is_some();
    if name.is_empty() || name.has_mark() || !sender.adress.is_empty() || !profile.adress.is_empty() {
        return None;
    }
    let (why, hint) = match profile.is_called(&name.text) {
        true => (
            "varken ärendet eller profilen anger någon",
            "Skriv den efter adress: under avsändare:, eller i förvaltningens profil.",
        ),
        false if is_near() => return None,
        false => (
            "ärendet anger ingen, och förvaltningen har ingen profil",
            "Skriv den efter adress: under avsändare:, eller skriv en profil med: tjut new profil NAMN",
        ),
    };
    let message = format!("{} får ingen adress i sidfoten: {why}", name.text);
    name.place().map(|place| finding(place, message, hint))
}

fn former(review: &Review) -> Vec<Diagnostic> {
    let case = review.case;
    case.head.avsandare.iter().filter_map(|sender| gone(review, sender)).collect()
}

/// A sender that was no more when the document was written.
fn gone(review: &Review, sender: &Avsandare) -> Option<Diagnostic> {
    let name = sender.namn();
    let profile = review.templates.profile(&review.case.sender_of(sender));
    let last = profile.upphorde.as_ref().filter(|_| profile.is_called(&name.text))?;
    if review.case.head.datum.date? <= last.date? {
        return None;
    }
    let place = name.place()?;
    let message = format!("{} upphörde {}, före dokumentets datum", name.text, last.line.text);
    let finding = match &profile.efterfoljare {
        Some(after) => {
            finding(place.clone(), message, format!("Skriv {}.", after.text)).edit(place, &after.text)
        }
        None => finding(place, message, "Skriv den förvaltning som har uppgiften nu."),
    };
    Some(finding)
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
            ("förvaltning: Äldreförvaltningen", vec!["Äldreförvaltningen"]),
            ("förvaltning: «Fyll i förvaltningens namn»", vec![]),
        ] {
            let case = format!("mall: tjänsteutlåtande\ntitel: T\navsändare:\n  {sender}\n");
            assert_eq!(of_case(RULES, "avsändare-tom", &case), found, "{sender}");
        }
    }
}
