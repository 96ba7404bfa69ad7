//! What a case must agree with to be printed: dates with one another, the diarienummer with the
//! profile, its texts with what a document can hold.

use crate::diagnostic::{Diagnostic, Place, codes, distance, nearest};
use crate::faults::size::{self, Size};
use crate::library::Templates;
use crate::library::profile::Profil;
use crate::markdown::{Block, BlockKind, Visited, plain, walk};
use crate::read::Case;

/// Checks the letterhead, and how much there is.
pub fn check(case: &Case, templates: &Templates) -> Vec<Diagnostic> {
    let mut findings = letterhead(case, templates);
    findings.extend(too_large(case));
    findings
}

/// Checks the letterhead, which a Markdown has too.
pub fn letterhead(case: &Case, templates: &Templates) -> Vec<Diagnostic> {
    let profile = templates.profile(&case.sender());
    [
        meeting(case),
        diarienummer(case, profile),
        namnd(case, templates),
        forvaltning(case, templates),
        avdelning(case, profile),
    ]
    .into_iter()
    .flatten()
    .chain(numbered(case, profile))
    .collect()
}

/// Headings with numbers of their own, where the profile lets tjut number them: they would have two.
fn numbered(case: &Case, profile: &Profil) -> Vec<Diagnostic> {
    if !profile.numrerade_rubriker.as_ref().is_some_and(|said| said.0) {
        return Vec::new();
    }
    let finding = |place: Place, number: &str| {
        Diagnostic::new(codes::NUMMER_FORE, "rubriken har ett eget nummer, och får ett till")
            .at(place)
            .hint(format!("Ta bort ”{number}”: rubrikerna numreras, som profilen säger."))
    };
    let mut findings = Vec::new();
    for part in case.parts.iter().filter(|part| part.is_own) {
        let place = part.key.origin.place();
        findings.extend(own_number(&part.key.name).map(|number| finding(place, number)));
    }
    for text in case.texts() {
        walk(&text.blocks, &mut |node| {
            if let Visited::Block(Block { at, kind: BlockKind::Heading { inlines, .. } }) = node
                && let Some(number) = own_number(&plain(inlines)).map(str::to_owned)
                && let Some(place) = text.place_in(at.0.clone())
            {
                findings.push(finding(place, &number));
            }
        });
    }
    findings
}

/// The number that a heading begins with: ”1.”, ”2.1”; not ”2026 års budget”, nor ”§ 9-ärenden”.
fn own_number(heading: &str) -> Option<&str> {
    let rest = heading.trim_start_matches(|sign: char| sign.is_ascii_digit() || ".)".contains(sign));
    let number = &heading[..heading.len() - rest.len()];
    let is_number = number.starts_with(|sign: char| sign.is_ascii_digit())
        && number.split('.').all(|part| part.len() < 4);
    let begins = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    (is_number && begins).then_some(number)
}

/// A case that nobody could read would take all memory before it was refused.
fn too_large(case: &Case) -> Option<Diagnostic> {
    let mut size = Size::default();
    case.texts().find_map(|text| {
        let at = size.add(&text.blocks)?;
        Some(size::too_large().at(text.place_in(at)?))
    })
}

/// A meeting is after the document that it decides on.
fn meeting(case: &Case) -> Option<Diagnostic> {
    let written = case.head.datum.date?;
    let day = case.head.till.sammantrade.as_ref()?;
    let meeting = day.date?;
    (meeting < written).then(|| {
        let finding = Diagnostic::new(
            codes::SAMMANTRADE_FORE_DATUM,
            format!("sammanträdet {meeting} är före dokumentets datum {written}"),
        )
        .hint("Rätta ett av datumen.");
        finding.at(day.line.place()).related(case.head.datum.line.place(), "dokumentets datum")
    })
}

/// One of several numbers may be another's: of those who write together each has its own.
fn diarienummer(case: &Case, profile: &Profil) -> Option<Diagnostic> {
    let line = &case.head.diarienummer.first;
    if line.is_empty() || line.has_mark() || profile.allows(&line.text) {
        return None;
    }
    let examples: Vec<String> = profile.examples().collect();
    Some(
        Diagnostic::new(
            codes::DIARIENUMMER_FORM,
            format!("{} skriver inte diarienummer som ”{}”", profile.forvaltning.text, line.text),
        )
        .at(line.place()?)
        .hint(format!("Skriv det på formen {}.", examples.join(" eller "))),
    )
}

/// Whether a name in the letterhead is nearly one that there is.
pub fn is_misspelt(case: &Case, templates: &Templates) -> bool {
    namnd(case, templates).is_some() || forvaltning(case, templates).is_some()
}

/// A nämnd that is nearly one that there is.
fn namnd(case: &Case, templates: &Templates) -> Option<Diagnostic> {
    let line = &case.head.till.namnd;
    if line.is_empty() || line.has_mark() {
        return None;
    }
    let (said, place) = (line.text.to_lowercase(), line.place()?);
    let known: Vec<String> = templates.namnder().collect();
    if let Some(name) = known.iter().find(|name| name.to_lowercase() == said) {
        return (*name != line.text && line.text.starts_with(char::is_lowercase)).then(|| {
            let finding =
                Diagnostic::new(codes::OKAND_NAMND, "nämndens namn börjar med stor bokstav i brevhuvudet");
            finding.hint(format!("Skriv ”{name}”.")).safe_edit(place.clone(), name).at(place)
        });
    }
    let mut near = known.iter().filter(|name| distance(&name.to_lowercase(), &said, 1).is_some());
    let name = near.next().filter(|_| near.next().is_none())?;
    let finding = Diagnostic::new(codes::OKAND_NAMND, format!("nämnden ”{}” finns inte", line.text));
    Some(finding.hint(format!("Menade du ”{name}”?")).safe_edit(place.clone(), name).at(place))
}

/// A förvaltning that is nearly one with a profile would silently lose its address.
fn forvaltning(case: &Case, templates: &Templates) -> Option<Diagnostic> {
    let line = case.head.avsandare.namn();
    let sender = case.sender();
    if line.is_empty() || templates.profile(&sender).is_called(&line.text) {
        return None;
    }
    let near = nearest(&line.text, templates.known_forvaltningar(&sender))?;
    misspelt(line, near, "förvaltningen")
}

fn avdelning(case: &Case, profile: &Profil) -> Option<Diagnostic> {
    let line = case.head.avsandare.avdelning.as_ref()?;
    let known = || profile.avdelningar.iter().map(|line| line.text.as_str());
    if known().any(|name| name.to_lowercase() == line.text.to_lowercase()) {
        return None;
    }
    let near = nearest(&line.text, known())?;
    misspelt(line, near, "avdelningen")
}

fn misspelt(line: &crate::yaml::values::Line, near: &str, what: &str) -> Option<Diagnostic> {
    let place = line.place()?;
    let finding =
        Diagnostic::new(codes::OKAND_AVSANDARE, format!("{what} ”{}” finns inte i profilerna", line.text))
            .hint(format!("Menade du ”{near}”?"))
            .at(place.clone());
    // One letter is a slip; more may be another name.
    Some(match distance(&line.text.to_lowercase(), &near.to_lowercase(), 1) {
        Some(_) => finding.safe_edit(place, near),
        None => finding.edit(place, near),
    })
}
