//! The front matter of a case, filled in from the profile.

use crate::front::{Bilagefil, Front, Rollrubriker};
use crate::library::Templates;
use crate::library::profile::Profil;
use crate::library::rubriker;
use crate::read::Case;
use crate::read::head::Avsandare;
use crate::yaml::values::Line;

/// The front matter of a case.
pub fn front(case: &Case, templates: &Templates, draft: bool) -> Front {
    let head = &case.head;
    let front = Front {
        mall: Line::new(case.kind.word()),
        sprak: Line::new("sv"),
        utkast: draft.then(|| Line::new("ja")),
        diarienummer: head.diarienummer.clone(),
        datum: head.datum.clone(),
        bilagor: files_of_enclosures(case),
        rubriker: own_headings(case, templates),
        ..Front::default()
    };
    if !case.kind.is_letter() {
        return Front { rubrikrad: Some(heading_line(case)), ..front };
    }
    let has_recipient = case.kind.has("till") && !head.till.namnd.is_empty();
    let profile = templates.profile(&case.sender());
    let label = |profile: &Option<Line>, kind: &Option<Line>| profile.clone().or_else(|| kind.clone());
    Front {
        benamning: profile.benamning.clone(),
        nummeretikett: label(&profile.nummeretikett, &case.kind.nummeretikett),
        er_beteckning: head.er_beteckning.clone(),
        datumetikett: label(&profile.datumetikett, &case.kind.datumetikett),
        till: has_recipient.then(|| head.till.clone()),
        avsandare: Some(
            head.avsandare.map(|sender| filled(sender, templates.profile(&case.sender_of(sender)))),
        ),
        handlaggare: head.handlaggare.0.clone(),
        marke: profile.marke.clone(),
        utseende: Some(profile.utseende.clone()).filter(|looks| !looks.is_empty()),
        ..front
    }
}

/// The enclosures that have files.
fn files_of_enclosures(case: &Case) -> Vec<Bilagefil> {
    let numbered = (1..).map(|number: usize| Line::new(number.to_string())).zip(case.attachments());
    numbered.filter_map(|(nummer, bilaga)| Some(Bilagefil { nummer, fil: bilaga.fil.clone()? })).collect()
}

/// The case's own headings, where no kind or profile tells what stands under them.
fn own_headings(case: &Case, templates: &Templates) -> Option<Rollrubriker> {
    let profile = templates.profile(&case.sender());
    let mut own = Rollrubriker::default();
    for part in case.parts.iter().filter(|part| !part.is_own) {
        let (Some(role), Some(heading)) = (part.role, case.head.rubriker.get(&part.key.name)) else {
            continue;
        };
        let is_known =
            rubriker::known(role, Some(&case.kind), profile).contains(&heading.text.to_lowercase());
        if let Some(place) = own.of(role).filter(|_| !is_known) {
            place.get_or_insert_with(|| heading.clone());
        }
    }
    Some(own).filter(|own| !own.map().is_empty())
}

/// The line over the title of what is no letter.
fn heading_line(case: &Case) -> Line {
    let rotel = &case.head.rotel.text;
    let rotel = if case.kind.has("rotel") { format!(" Rotel {rotel}") } else { String::new() };
    let numbers: Vec<&str> = case.head.diarienummer.iter().map(|number| number.text.as_str()).collect();
    Line::new(format!("{}{rotel} (Dnr {})", case.kind.benamning.text, numbers.join(", ")))
}

/// A sender with what its profile says where the case says nothing.
fn filled(said: &Avsandare, profile: &Profil) -> Avsandare {
    let or = |said: &Option<Line>, profile: &Option<Line>| said.clone().or_else(|| profile.clone());
    Avsandare {
        adress: if said.adress.is_empty() { profile.adress.clone() } else { said.adress.clone() },
        telefon: or(&said.telefon, &profile.telefon),
        fax: or(&said.fax, &profile.fax),
        e_post: or(&said.e_post, &profile.e_post),
        webb: or(&said.webb, &profile.webb),
        ..said.clone()
    }
}
