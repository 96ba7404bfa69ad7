//! What an utlåtande must agree with: the cases that it refers to, and itself where one
//! reservation refers to another.

use crate::diagnostic::{Diagnostic, Place, codes};
use crate::library::roll::Roll;
use crate::markdown;
use crate::read::Case;
use crate::read::body::Content;
use crate::read::inlaga::{Hanvisning, Inlaga, Slag};
use crate::read::remiss::Remissinstans;
use crate::yaml::values::{Line, MARK};

/// Why a case that is referred to cannot be used, at every place that refers to it. `found` are the
/// findings of that case, if it is one.
pub fn unusable(
    case: &Case,
    path: &str,
    other: Option<&Case>,
    found: impl FnOnce() -> Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let finding = match other.filter(|other| !other.kind.is_letter()) {
        Some(other) => no_letter(path).related(start(other), format!("mallen här är {}", other.kind.word())),
        None => match found().iter().find(|finding| finding.is_error()) {
            Some(error) => has_errors(path, error),
            None => return Vec::new(),
        },
    };
    let places = case.references().filter(|line| line.text == path).filter_map(Line::place);
    places.map(|place| finding.clone().at(place)).collect()
}

/// Says that a file that is referred to is no tjänsteutlåtande.
pub fn no_letter(path: &str) -> Diagnostic {
    Diagnostic::new(codes::HANVISNING_MALL, format!("{path} är inget tjänsteutlåtande"))
        .hint("Hänvisa till ärendefilen för nämndens tjänsteutlåtande.")
}

fn has_errors(path: &str, error: &Diagnostic) -> Diagnostic {
    let finding = Diagnostic::new(codes::HANVISNING_FEL, format!("ärendet {path} har fel"))
        .hint(format!("Rätta felen där. Alla visas av: tjut check {}", source_path(error).unwrap_or(path)));
    finding.related(error.place.clone(), error.message.clone())
}

fn source_path(finding: &Diagnostic) -> Option<&str> {
    finding.place.as_ref().map(|place| place.source.path.as_str())
}

/// Checks what must agree.
pub fn check(case: &Case) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for instans in case.remissinstanser() {
        if let Some((fil, other)) = referred(case, instans) {
            let found = [
                namnd(instans, other),
                sammantrade(instans, other),
                written_on(instans, other),
                written_by(instans, other),
                diarienummer(case, fil, other),
                picture(case, instans, fil, other),
                proposal_of_others(case, instans, fil, other),
            ];
            findings.extend(found.into_iter().flatten());
            findings.extend(lacking(case, instans, fil, other));
        }
        findings.extend(digest(case, instans));
    }
    findings.extend(twice(case));
    for (organ, inlagor) in case.organs() {
        findings
            .extend(inlagor.into_iter().filter_map(|(slag, inlaga)| statement(case, organ, slag, inlaga)));
    }
    findings
}

fn referred<'a>(case: &'a Case, instans: &'a Remissinstans) -> Option<(&'a Line, &'a Case)> {
    let fil = instans.fil()?;
    let other: &Case = case.referred.get(&fil.text)?;
    other.kind.is_letter().then_some((fil, other))
}

/// The instans is the nämnd that its tjänsteutlåtande is written to.
fn namnd(instans: &Remissinstans, other: &Case) -> Option<Diagnostic> {
    let said = instans.namn.as_ref()?;
    let till = &other.head.till.namnd;
    if said.has_mark() || till.is_empty() || said.text.to_lowercase() == till.text.to_lowercase() {
        return None;
    }
    let finding = Diagnostic::new(
        codes::REMISS_NAMND,
        format!("remissinstansen är {}, men tjänsteutlåtandet är ställt till {}", said.text, till.text),
    )
    .hint("Rätta namnet eller filen, eller ta bort nyckeln ”namn”: namnet hämtas ur filen.");
    at(finding, said.place(), till.place(), "tjänsteutlåtandets nämnd")
}

/// The day of the decision is the day of the meeting.
fn sammantrade(instans: &Remissinstans, other: &Case) -> Option<Diagnostic> {
    let said = instans.sammantrade.as_ref()?;
    let meeting = other.head.till.sammantrade.as_ref()?;
    let (said_date, date) = (said.date?, meeting.date?);
    if said_date == date {
        return None;
    }
    let finding = Diagnostic::new(
        codes::REMISS_SAMMANTRADE,
        format!("nämnden beslutade {said_date} enligt utlåtandet, men sammanträdet är {date}"),
    )
    .hint("Rätta ett av datumen, eller ta bort nyckeln ”sammanträde”: datumet hämtas ur filen.");
    at(finding, said.line.place(), meeting.line.place(), "nämndens sammanträde")
}

/// The tjänsteutlåtande is dated in its own file.
fn written_on(instans: &Remissinstans, other: &Case) -> Option<Diagnostic> {
    let said = instans.tjansteutlatande.as_ref()?.datum.as_ref()?;
    let (said_date, date) = (said.date?, other.head.datum.date?);
    let message = format!("tjänsteutlåtandet är daterat {said_date} enligt utlåtandet, men {date} i sin fil");
    (said_date != date).then(|| contradiction(message, &said.line, &other.head.datum.line))?
}

/// Who wrote the tjänsteutlåtande stands in its own file.
fn written_by(instans: &Remissinstans, other: &Case) -> Option<Diagnostic> {
    let said = instans.tjansteutlatande.as_ref()?.forvaltning.as_ref()?;
    let wrote = other.head.avsandare.namn();
    let message = format!("tjänsteutlåtandet är skrivet av {} enligt sin fil", wrote.text);
    (!wrote.is_empty() && said.text.to_lowercase() != wrote.text.to_lowercase())
        .then(|| contradiction(message, said, wrote))?
}

fn contradiction(message: String, said: &Line, stands: &Line) -> Option<Diagnostic> {
    let finding = Diagnostic::new(codes::REMISS_MOTSAGELSE, message)
        .hint("Ta bort nyckeln här: uppgiften hämtas ur filen.");
    at(finding, said.place(), stands.place(), "så står det i tjänsteutlåtandet")
}

/// The remiss that is answered is this one: its diarienummer stands under the title or among the
/// enclosures.
fn diarienummer(case: &Case, fil: &Line, other: &Case) -> Option<Diagnostic> {
    let number = &case.head.diarienummer;
    if number.is_empty() || number.has_mark() {
        return None;
    }
    let says = |text: &str| {
        text.match_indices(&number.text).any(|(start, found)| {
            !text[start + found.len()..].starts_with(|next: char| next.is_ascii_digit())
                && !text[..start].ends_with(char::is_alphanumeric)
        })
    };
    // Another number may well be mentioned in the text; what is answered stands at the top.
    let titles = [Some(&other.head.titel), other.head.underrubrik.as_ref()];
    let enclosed = other.parts.iter().flat_map(|part| match &part.content {
        Content::Attachments(bilagor) => bilagor.iter().map(|bilaga| &bilaga.titel).collect(),
        _ => Vec::new(),
    });
    if titles.into_iter().flatten().chain(enclosed).any(|line| says(&line.text)) {
        return None;
    }
    let finding = Diagnostic::new(
        codes::REMISS_DIARIENUMMER,
        format!("tjänsteutlåtandet är inget svar på remissen {}: numret står inte i det", number.text),
    )
    .hint("Kontrollera att filen är den rätta, och att dess underrubrik har remissens diarienummer.");
    let subject = other.head.underrubrik.as_ref().unwrap_or(&other.head.titel);
    let finding = at(finding, fil.place(), subject.place(), "det här besvarar tjänsteutlåtandet")?;
    Some(finding.related(number.place(), "remissens diarienummer"))
}

/// What must be taken from the case is there.
fn lacking(case: &Case, instans: &Remissinstans, fil: &Line, other: &Case) -> Vec<Diagnostic> {
    let svar = instans.svar(&case.referred);
    let theirs = |role, usual| other.kind.key_for(role).unwrap_or(usual);
    let needed = [
        (svar.sammandrag.is_none(), theirs(Roll::Sammanfattning, "sammanfattning"), "sammandrag"),
        (svar.text.is_none(), theirs(Roll::Asikt, "förvaltningens synpunkter"), "text"),
        (svar.sammantrade.is_none(), "sammanträde", "sammanträde"),
    ];
    needed
        .into_iter()
        .filter(|(missing, ..)| *missing)
        .filter_map(|(_, theirs, ours)| {
            let finding = Diagnostic::new(
                codes::HANVISNING_SAKNAR,
                format!("ärendet {} har ingen nyckel ”{theirs}” att hämta", fil.text),
            )
            .hint(format!("Skriv ”{ours}:” här i utlåtandet, eller ”{theirs}:” i ärendet."));
            at(finding, fil.place(), Some(start(other)), "här saknas den")
        })
        .collect()
}

/// A proposal that says who proposes it is no decision of the nämnd's.
fn proposal_of_others(case: &Case, instans: &Remissinstans, fil: &Line, other: &Case) -> Option<Diagnostic> {
    if instans.beslut.is_some() {
        return None;
    }
    let decision = instans.svar(&case.referred).beslut?;
    let wrote = other.head.avsandare.namn().text.to_lowercase();
    let (text, range) = decision.punkter.iter().find_map(|text| {
        let lower = text.text.to_lowercase();
        let (who, _) = lower.split_once(" föreslår")?;
        let others =
            ["förvaltningen", "kontoret", "kansliet", wrote.as_str()].iter().any(|end| who.ends_with(end));
        // The sentence itself, in the letters that it was written in.
        let end = text.text.find(['\n', '.', ':']).unwrap_or(text.text.len());
        others.then_some((text, 0..end))
    })?;
    let finding = Diagnostic::new(
        codes::HANVISNING_SAKNAR,
        format!("ärendet {} har ett förslag från förvaltningen, inte ett beslut att hämta", fil.text),
    )
    .hint("Skriv nämndens beslut här i utlåtandet: beslut: …");
    at(finding, fil.place(), text.place_in(range), "det skulle stå som nämndens beslut")
}

/// A picture stands beside its own case, not beside the utlåtande.
fn picture(case: &Case, instans: &Remissinstans, fil: &Line, other: &Case) -> Option<Diagnostic> {
    let svar = instans.svar(&case.referred);
    let taken = svar.beslut.iter().flat_map(|beslut| beslut.punkter).chain(svar.sammandrag).chain(svar.text);
    let place = taken
        .filter(|text| text.origin.as_ref().is_some_and(|origin| *origin.source() == other.source))
        .find_map(|text| text.place_in(markdown::pictures(&text.blocks).into_iter().next()?.1))?;
    let finding = Diagnostic::new(codes::HANVISNING_BILD, format!("texten ur {} har en bild", fil.text))
        .hint("Skriv en egen text utan bilden, under tjänsteutlåtande: med nycklarna fil: och text:.");
    at(finding, fil.place(), Some(place), "bilden står här")
}

/// Digests stand one after another without headings, so each must say whose it is.
fn digest(case: &Case, instans: &Remissinstans) -> Option<Diagnostic> {
    let svar = instans.svar(&case.referred);
    let text = svar.sammandrag.filter(|text| !text.text.contains(MARK))?;
    let folded = text.text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if svar.namn.is_empty() || svar.namn.contains(MARK) || folded.contains(&svar.namn.to_lowercase()) {
        return None;
    }
    let finding = Diagnostic::new(
        codes::SAMMANDRAG_NAMN,
        format!("sammandraget säger inte att det är {} som svarar", svar.namn),
    );
    if instans.sammandrag.is_some() {
        let finding = finding.hint(format!("Börja med namnet, till exempel: {} anser …", svar.namn));
        return at(finding, text.place_in(0..text.text.trim_end().len()), None, "");
    }
    let finding = finding.hint(format!("Skriv ett eget sammandrag, till exempel: {} anser …", svar.namn));
    at(
        finding,
        instans.fil()?.place(),
        text.place_in(0..text.text.trim_end().len()),
        "sammanfattningen som tas",
    )
}

/// Every instans stands once.
fn twice(case: &Case) -> Vec<Diagnostic> {
    let place = |instans: &Remissinstans| {
        instans.namn.as_ref().and_then(Line::place).or_else(|| instans.fil().and_then(Line::place))
    };
    let instanser = case.remissinstanser();
    let named = |at: usize| instanser[at].svar(&case.referred).namn.to_lowercase();
    let mut findings = Vec::new();
    for (at_second, second) in instanser.iter().enumerate() {
        let name = named(at_second);
        let Some(first) = (0..at_second).find(|first| !name.is_empty() && named(*first) == name) else {
            continue;
        };
        let finding = Diagnostic::new(
            codes::REMISSINSTANS_DUBBEL,
            format!("{} står två gånger bland remissinstanserna", second.svar(&case.referred).namn),
        )
        .hint("Ta bort en av dem.");
        findings.extend(at(finding, place(second), place(&instanser[first]), "den står redan här"));
    }
    findings
}

/// A statement has a text of its own or refers to one; what it refers to is there, once.
fn statement(case: &Case, organ: &str, slag: Slag, inlaga: &Inlaga) -> Option<Diagnostic> {
    let Some(target) = inlaga.hanvisning() else {
        return (!inlaga.has_text()).then(|| {
            let finding = Diagnostic::new(
                codes::RESERVATION_TOM,
                format!("det står inte vad {} anför", inlaga.av.text),
            )
            .hint("Skriv förslag: eller text:, eller hänvisa med se: eller likalydande:.");
            at(finding, inlaga.av.place(), None, "")
        })?;
    };
    if target.under.has_mark() {
        return None;
    }
    if inlaga.has_text() || inlaga.se.is_some() && inlaga.likalydande.is_some() {
        let finding = Diagnostic::new(
            codes::RESERVATION_DUBBEL,
            format!("texten från {} står både här och i en hänvisning", inlaga.av.text),
        )
        .hint("Behåll en av dem: en egen text, se: eller likalydande:.");
        return at(finding, target.under.place(), None, "");
    }
    let found = case.meant_by(slag, inlaga, target);
    let itself = found.iter().any(|(_, other)| std::ptr::eq(*other, inlaga));
    match found.as_slice() {
        [one] if !itself => other_statement(case, (slag, inlaga), *one, target),
        [] | [_] => unknown(case, organ, target),
        [first, ..] => unclear(
            format!("{} har flera reservationer eller uttalanden", target.under.text),
            target,
            first.1,
        ),
    }
}

/// The only statement that a reference can mean, where it is hardly the one that was meant, or
/// where a reader could not tell.
fn other_statement(
    case: &Case,
    (slag, inlaga): (Slag, &Inlaga),
    (kind, found): (Slag, &Inlaga),
    target: &Hanvisning,
) -> Option<Diagnostic> {
    if target.parti.is_some() {
        return None;
    }
    let under = &target.under.text;
    // Who has no vote can be of one mind with those who have; but a reservation is no uttalande.
    if kind != slag && ![kind, slag].contains(&Slag::Ersattaryttrande) {
        let message = format!("texten hos {under} är {}, inte {}", kind.with_article(), slag.with_article());
        return unclear(message, target, found);
    }
    if !inlaga.shares_party(found) {
        return unclear(format!("texten hos {under} är från {}", found.av.text), target, found);
    }
    let several = case.inlagor_of(target).iter().filter(|(other, _)| *other == kind).count() > 1;
    (several && found.parti.is_none()).then(|| {
        unclear(format!("{under} har flera texter: läsaren ser inte vilken som avses"), target, found)
    })?
}

fn unclear(message: String, target: &Hanvisning, found: &Inlaga) -> Option<Diagnostic> {
    let finding = Diagnostic::new(codes::RESERVATION_OKLAR, message)
        .hint("Ange vilken text som avses: skriv under: och parti: under se: eller likalydande:, och samma parti: vid den texten.");
    at(finding, target.under.place(), found.av.place(), "den här texten")
}

/// A reference to nothing.
fn unknown(case: &Case, organ: &str, target: &Hanvisning) -> Option<Diagnostic> {
    // It may be one whose file could not be read: that is said already.
    let unresolved = |instans: &Remissinstans| instans.svar(&case.referred).namn.is_empty();
    if case.remissinstanser().iter().any(unresolved) {
        return None;
    }
    let organs: Vec<&str> = case
        .organs()
        .into_iter()
        .filter(|(name, inlagor)| *name != organ && inlagor.iter().any(|(_, inlaga)| inlaga.has_text()))
        .map(|(name, _)| name)
        .collect();
    let what = match &target.parti {
        Some(parti) => {
            format!("{} har ingen reservation med texten utskriven från {}", target.under.text, parti.text)
        }
        None => format!("{} har ingen reservation med texten utskriven", target.under.text),
    };
    let hint = match organs.as_slice() {
        [] => "Skriv texten på ett ställe och hänvisa dit från de andra.".to_owned(),
        organs => format!("Texten finns utskriven hos: {}.", organs.join(", ")),
    };
    at(Diagnostic::new(codes::RESERVATION_SAKNAS, what).hint(hint), target.under.place(), None, "")
}

/// A finding at its place, with the other place that explains it; none without a place.
fn at(finding: Diagnostic, place: Option<Place>, other: Option<Place>, remark: &str) -> Option<Diagnostic> {
    let finding = finding.at(place?);
    Some(finding.related(other, remark))
}

/// The first line of a case.
fn start(case: &Case) -> Place {
    Place { source: case.source.clone(), range: 0..0 }
}
