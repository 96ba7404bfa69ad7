//! Those who sign: somebody does, and with a title and an organisation that belong together.

use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::offices::is_whole;
use crate::read::body::{Content, Underskrift};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::UNDERSKRIFT_SAKNAS, find: unsigned },
    Rule { code: codes::UNDERSKRIFT_ORGANISATION, find: strangers },
];

fn signers<'a>(review: &Review<'a>) -> impl Iterator<Item = &'a Underskrift> {
    review.case.parts.iter().flat_map(|part| match &part.content {
        Content::Signatures(people) => people.as_slice(),
        _ => &[],
    })
}

fn unsigned(review: &Review) -> Vec<Diagnostic> {
    // What is hardly begun is not signed yet.
    const SHORTEST: usize = 150;
    let head = &review.case.head;
    let words = || review.passages.iter().map(|passage| passage.text.spelt().len()).sum::<usize>();
    let is_letter = review.case.kind.is_letter();
    let says_who = |text: &str| text.to_lowercase().contains("underskri");
    // What is signed by other means says so.
    let is_said = review.case.parts.iter().any(|part| says_who(&part.key.name))
        || review
            .passages
            .iter()
            .any(|passage| says_who(&passage.text) || passage.text.lower().contains("signerat"));
    if !is_letter || is_said || signers(review).next().is_some() || words() < SHORTEST {
        return Vec::new();
    }
    let place = head.avsandare.namn().place().or_else(|| head.titel.place());
    place
        .map(|place| {
            let hint = "Lägg till underskrifter: med namn, titel och organisation sist i filen.";
            finding(place, "ingen skriver under dokumentet", hint)
        })
        .into_iter()
        .collect()
}

fn strangers(review: &Review) -> Vec<Diagnostic> {
    let sender = review.case.head.avsandare.namn().text.to_lowercase();
    let offices = review.templates.offices();
    let mut findings = Vec::new();
    for person in signers(review) {
        let organisation = person.organisation.as_ref().filter(|line| !line.is_empty());
        let office = organisation.map_or_else(|| sender.clone(), |line| line.text.to_lowercase());
        if let Some(line) = organisation
            && is_whole(&office)
            && office != sender
            && offices.knows(&office)
            && let Some(place) = line.place()
        {
            let message = format!(
                "{} skriver under för {}, men avsändaren är {}",
                person.namn.0.first().map_or("", |name| &name.text),
                line.text,
                review.case.head.avsandare.namn().text
            );
            findings.push(finding(place, message, "Rätta organisationen, eller avsändaren."));
            continue;
        }
        let Some(title) = person.titel.as_ref() else { continue };
        let lower = title.text.to_lowercase();
        // ”Kulturdirektör” is at the head of kulturförvaltningen.
        let word = lower.split([' ', ',']).next_back().unwrap_or_default();
        let Some(stem) = word.strip_suffix("direktör").map(|stem| stem.trim_end_matches('s')) else {
            continue;
        };
        let office = if is_whole(&office) { &office } else { &sender };
        let other = offices.beside(office, stem).filter(|_| !stem.is_empty() && !office.contains(stem));
        if let (true, Some(other), Some(place)) = (is_whole(office), other, title.place()) {
            let message = format!("{} hör till {other}, inte till {office}", title.text);
            findings.push(finding(place, message, "Rätta titeln eller organisationen."));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{marked, of_case};

    const SIGNED: &str = "underskrifter:\n  - namn: Eva Ek\n    titel: ";

    #[test]
    fn somebody_signs() {
        let text = format!("bakgrund: |\n  {}\n", "Förvaltningen har läst förslaget. ".repeat(50));
        assert_eq!(marked(RULES, "underskrift-saknas", &text), ["Utbildningsförvaltningen"]);
        for right in [
            format!("{text}{SIGNED}Chef\n"),
            format!("{text}avslutning: Underskrift sker digitalt.\n"),
            "bakgrund: Ett utkast.\n".to_owned(),
        ] {
            assert_eq!(marked(RULES, "underskrift-saknas", &right), Vec::<String>::new());
        }
        let remiss = format!("mall: utlåtande\ntitel: T\ndatum: 2024-01-02\n{text}");
        assert_eq!(of_case(RULES, "underskrift-saknas", &remiss), Vec::<String>::new());
    }

    #[test]
    fn a_title_belongs_to_its_organisation() {
        for (said, found) in [
            ("Kulturdirektör\n    organisation: Utbildningsförvaltningen", vec!["Kulturdirektör"]),
            ("Tf socialdirektör\n    organisation: Utbildningsförvaltningen", vec!["Tf socialdirektör"]),
            ("Miljödirektör", vec!["Miljödirektör"]),
            ("Avdelningschef\n    organisation: Kulturförvaltningen", vec!["Kulturförvaltningen"]),
            ("Enhetschef\n    organisation: Trafikkontoret", vec!["Trafikkontoret"]),
            ("Utbildningsdirektör\n    organisation: Utbildningsförvaltningen", vec![]),
            ("Förvaltningsdirektör\n    organisation: Utbildningsförvaltningen", vec![]),
            ("Avdelningschef\n    organisation: Grundskoleavdelningen", vec![]),
            ("Ekonomidirektör\n    organisation: Utbildningsförvaltningen", vec![]),
            // The head of a city, not of stadsbyggnadsförvaltningen.
            ("Stadsdirektör\n    organisation: Kommunledningskontoret", vec![]),
        ] {
            assert_eq!(
                marked(RULES, "underskrift-organisation", &format!("{SIGNED}{said}\n")),
                found,
                "{said}"
            );
        }
    }
}
