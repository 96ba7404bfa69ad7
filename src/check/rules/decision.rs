//! The decision: it is taken by the nämnd that the letter is to, and goes to who asked.

use std::ops::Range;

use crate::check::pattern::{Pattern, group};
use crate::check::prose::{Passage, PassageKind, Section, of_text, words};
use crate::check::rule::{Review, Rule, finding, once};
use crate::diagnostic::{Diagnostic, codes, distance};
use crate::language::lists::List;
use crate::language::swedish::{in_organ, listed};
use crate::language::vocabulary::Vocabulary;
use crate::library::roll::Roll;
use crate::yaml::values::Line;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::BESLUT_NAMND, find: other_board },
    Rule { code: codes::OVERLAMNAS_TILL, find: recipient },
];

/// A point of the decision.
pub struct Point<'a> {
    /// What it says.
    pub passage: &'a Passage,
    /// What it goes on from, and may take its subject and its verb from: ”Nämnden beslutar”.
    pub lead: Option<&'a Passage>,
    /// Whether its sentence goes on in its sub-points: ”ger förvaltningen i uppdrag att”.
    pub goes_on: bool,
}

/// The points of the decision, as the minutes number them. What a point lists (the rows of a table,
/// amounts after ”enligt följande:”) belongs to the point, and what names the body that decides
/// leads points in.
pub fn points<'a>(review: &Review<'a>) -> Vec<Point<'a>> {
    let said: Vec<&Passage> = review
        .points()
        .filter(|passage| matches!(passage.kind, PassageKind::Paragraph | PassageKind::Item))
        .collect();
    let mut points = Vec::new();
    // The last passage of each depth, and whether it leads points in.
    let mut above: Vec<(&Passage, bool)> = Vec::new();
    let mut heading = None;
    for (at, passage) in said.iter().enumerate() {
        above.retain(|(other, _)| other.depth < passage.depth);
        let listed = said.get(at + 1).is_some_and(|next| next.depth > passage.depth);
        let parent = above.last().copied();
        let leads = passage.leads || is_lead(&passage.text, listed);
        let is_part = parent.is_some_and(|(parent, leads)| !leads && goes_on(&parent.text));
        above.push((passage, leads));
        if leads {
            heading = (passage.depth == 0).then_some(*passage);
        } else if !is_part {
            let lead = parent.filter(|(_, leads)| *leads).map(|(parent, _)| parent).or(heading);
            points.push(Point { passage, lead, goes_on: listed && goes_on(&passage.text) });
        }
    }
    points
}

/// Whether a text goes on in what stands below it.
fn goes_on(text: &str) -> bool {
    !text.ends_with(['.', '!', '?', '”'])
}

/// What a decision is led in with: ”I kommunstyrelsen:”, ”Nämnden beslutar följande”, ”Nämnden
/// föreslår kommunfullmäktige besluta att”.
static LEAD: Pattern = Pattern::new(&[
    r"(?i)^(?:i|för) (?:\p{L}+(?:-)? (?:och |samt )?){0,5}?\p{L}*(?:nämnden|nämnd|nämnderna|styrelsen?|fullmäktige|utskottet?|\bab)(?: \p{L}+){0,2}[:,]?$",
    r"(?i)\b(?:beslutar|besluta|beslut|föreslår|föreslås|hemställer)(?: (?:för (?:egen|sin) del|följande|nu|därför|dels?|om|att|i enlighet med förvaltningens förslag))*[:,]?$",
    r"(?i)^(?:\p{L}+-? (?:och |samt |för )?){0,6}?\p{L}*(?:nämnden|nämnd|styrelsen|fullmäktige|utskottet)(?: för \p{Ll}[\p{L} -]*)?(?: (?:att|föreslår kommunfullmäktige))?:?$",
    r"(?i)^förslag till beslut\b.*[:,]?$",
]);

/// Whether a text leads points in, given whether a list follows it.
fn is_lead(text: &str, listed: bool) -> bool {
    (listed || text.ends_with([':', ',']) || text.split(' ').count() < 8) && LEAD.is_in(text)
}

/// A nämnd or another body that decides, with the name before it where that belongs to it.
static BODY: Pattern = Pattern::new(&[
    r"(?:\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)*(?: innerstadens)? )?\b(\p{L}*(?:nämnden|nämnd|[Kk]ommunstyrelsen|[Kk]ommunfullmäktige|[Ff]ullmäktige|utskottet))\b",
]);

/// What proposes a decision in running text: ”Förvaltningen föreslår att socialnämnden godkänner”,
/// ”föreslår socialnämnden att godkänna”, ”socialnämnden föreslås godkänna”.
static PROPOSED: Pattern = Pattern::new(&[
    concat!(
        r"(?i)(?P<office>\p{L}*förvaltning(?:en)?)\s+föreslår\s+(?:\p{L}+\s+){0,3}?att\s+(?P<body>(?:\p{L}+(?:-)?\s+){0,3}?\p{L}*(?:nämnden|nämnd|styrelsen|fullmäktige))\s+",
        r"(?:godkänner|beslutar|överlämnar|åberopar|antar|avslår|tillstyrker|avstyrker|bifaller|uppdrar|besvarar|fastställer|justerar)\b"
    ),
    r"(?i)föreslår\s+(?P<asked>\p{L}*(?:nämnden|styrelsen|fullmäktige))\s+att\b|\b(?P<told>\p{L}*(?:nämnden|styrelsen|fullmäktige))\s+föreslås\b",
]);

fn other_board(review: &Review) -> Vec<Diagnostic> {
    let mut findings = quoted(review);
    let (boards, vocabulary) = (boards(review), review.templates.vocabulary());
    for Point { passage, lead, .. } in points(review) {
        let named = lead.map(|lead| bodies(&lead.text)).filter(|named| !named.is_empty());
        let to = named.as_ref().unwrap_or(&boards);
        let board = || deciding(&passage.text, to);
        // A kind without a recipient can still name a förvaltning that is not its own.
        let said = (!to.is_empty()).then(|| office(&passage.text, vocabulary).or_else(board)).flatten();
        let message = |said: &str| match &named {
            Some(named) => format!("punkten nämner {said}, men den är ett beslut {}", taken_by(lead, named)),
            None => message(said, to, review),
        };
        findings.extend(said.map(|said| other(passage, said.clone(), message(&passage.text[said]))));
    }
    for passage in review.again() {
        for captures in PROPOSED.all(&passage.text) {
            let said = ["body", "asked", "told"].into_iter().find_map(|name| captures.name(name));
            let wrong = said.filter(|said| !boards.is_empty() && !is_any(said.as_str(), &boards));
            if let Some(said) = wrong {
                findings.push(other(passage, said.range(), message(said.as_str(), &boards, review)));
            } else if let Some(office) = captures.name("office") {
                findings.extend(stranger(passage, office.range(), review));
            }
        }
    }
    for passage in review.proposals() {
        let own = OWN.all(&passage.text).filter_map(|captures| group(&captures, 1));
        findings.extend(own.filter_map(|office| stranger(passage, office, review)));
    }
    once(findings)
}

/// Those that can decide: the nämnder that the document is to, else the organs of its decisions, else
/// the nämnder that the förvaltning writes to.
pub fn boards(review: &Review) -> Vec<String> {
    let head = &review.case.head;
    let filled = |line: &&Line| !line.is_empty() && !line.has_mark();
    let to = head.till.iter().map(|till| &till.namnd).filter(filled);
    let to: Vec<String> = to.map(|line| line.text.clone()).collect();
    if !to.is_empty() {
        return to;
    }
    let leads = review.with(Roll::Beslut).filter(|passage| passage.leads || is_lead(&passage.text, false));
    let organs: Vec<String> = leads.flat_map(|passage| bodies(&passage.text)).collect();
    if !organs.is_empty() {
        return organs;
    }
    review.profile.namnder.iter().map(|line| line.text.clone()).collect()
}

/// By whom a decision is taken, as its lead says it.
fn taken_by(lead: Option<&Passage>, named: &[String]) -> String {
    match lead.filter(|lead| lead.is_line) {
        Some(organ) => in_organ(&organ.text),
        None => format!("i {}", listed(named)),
    }
}

/// The bodies that a text names.
fn bodies(text: &str) -> Vec<String> {
    BODY.all(text).filter_map(|captures| group(&captures, 0)).map(|said| text[said].to_owned()).collect()
}

/// What is wrong with a body that is none of those that can decide.
fn message(said: &str, boards: &[String], review: &Review) -> String {
    let boards = listed(boards);
    match review.case.head.till.namnd.is_empty() {
        true => format!("förslaget nämner {said}, men den som beslutar är {boards}"),
        false => format!("förslaget nämner {said}, men dokumentet är ställt till {boards}"),
    }
}

/// Whose tjänsteutlåtande it is that the nämnd approves.
static OWN: Pattern = Pattern::new(&[
    r"(?i)\b(?:godkänner|åberopar|överlämnar)\s+(\p{L}+(?:förvaltningen|kontoret))s\s+(?:tjänsteutlåtande|förslag|yttrande|svar)\b",
]);

/// A förvaltning that is not the one that writes.
fn stranger(passage: &Passage, said: Range<usize>, review: &Review) -> Option<Diagnostic> {
    let own = review.case.head.avsandare.namn();
    let bare = |name: &str| {
        name.to_lowercase().replace("förvaltningen", "förvaltning").replace("kontoret", "kontor")
    };
    let word = &passage.text[said.clone()];
    if own.is_empty() || own.has_mark() || bare(&own.text).ends_with(&bare(word)) {
        return None;
    }
    let message = format!("förslaget nämner {word}, men dokumentet kommer från {}", own.text);
    Some(finding(passage.place(said), message, "Rätta förvaltningen här, eller under avsändare:."))
}

/// Who decides by a point though it is no nämnd: ”Socialförvaltningen godkänner”.
pub fn office(point: &str, vocabulary: &Vocabulary) -> Option<Range<usize>> {
    let words = words(point);
    let is_office =
        |word: &Range<usize>| vocabulary.list(List::Offices).has(&point[word.clone()].to_lowercase());
    let at = words.iter().take(3).position(is_office)?;
    let verb = words.get(at + 1)?;
    vocabulary.list(List::Decides).has(&point[verb.clone()]).then(|| 0..words[at].end)
}

/// Who decides by a point, where it is none of these, nor one that decides together with them.
fn deciding(point: &str, to: &[String]) -> Option<Range<usize>> {
    static AND: Pattern = Pattern::new(&[r"^(?:,| och| samt) (?:\p{Lu}?\p{Ll}+ )?$"]);
    let mut bodies = BODY.all(point).filter_map(|captures| group(&captures, 0));
    let said = bodies.next()?;
    let mut end = said.end;
    for body in bodies {
        if !AND.is_in(&point[end..body.start]) {
            break;
        }
        if is_any(&point[body.clone()], to) {
            return None;
        }
        end = body.end;
    }
    (is_subject(point, said.start) && !is_any(&point[said.clone()], to)).then_some(said)
}

fn is_any(said: &str, bodies: &[String]) -> bool {
    bodies.iter().any(|body| is_same(said, body))
}

/// The decisions that an utlåtande quotes are those of the bodies that were asked.
fn quoted(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for instans in review.case.remissinstanser() {
        let (Some(namn), Some(beslut)) = (&instans.namn, &instans.beslut) else { continue };
        if namn.is_empty() || namn.has_mark() {
            continue;
        }
        let mut passages = Vec::new();
        beslut.punkter.iter().for_each(|point| of_text(point, Section::default(), &mut passages));
        for point in &passages {
            if let Some(said) = deciding(&point.text, std::slice::from_ref(&namn.text)) {
                let message = format!(
                    "beslutet nämner {}, men remissinstansen är {}",
                    &point.text[said.clone()],
                    namn.text
                );
                findings.push(finding(
                    point.place(said),
                    message,
                    "Rätta nämnden här, eller instansens namn.",
                ));
            }
        }
    }
    findings
}

fn other(passage: &Passage, said: Range<usize>, message: String) -> Diagnostic {
    finding(passage.place(said), message, "Rätta nämnden här, eller den nämnd som dokumentet är ställt till.")
}

/// Whether the body decides, and is not one that something is sent to.
fn is_subject(text: &str, start: usize) -> bool {
    static PROPOSES: Pattern =
        Pattern::new(&[r"(?i)^(?:\p{L}+ )?\p{L}*(?:förvaltningen|kontoret) föreslår att$"]);
    let before = text[..start].trim_end();
    before.is_empty() || before.eq_ignore_ascii_case("att") || PROPOSES.is_in(before)
}

/// Whether two names mean one body: ”nämnden” and ”stadsdelsnämnden” are short for Farsta stadsdelsnämnd.
fn is_same(said: &str, to: &str) -> bool {
    let bare =
        |name: &str| name.replace("nämnden", "nämnd").replace("styrelsen", "styrelse").trim().to_owned();
    let (said, to) = (said.to_lowercase(), to.to_lowercase());
    // A letter more or less is a slip, which is found as such.
    if distance(&said, &to, 1).is_some() {
        return true;
    }
    // An utskott prepares what its nämnd decides, and a styrelse what the fullmäktige does.
    let prepares = to.strip_prefix(said.as_str()).is_some_and(|rest| rest.starts_with("s "))
        || said.ends_with("fullmäktige") && to.starts_with("kommunstyrelse");
    let (said, to) = (bare(&said), bare(&to));
    prepares || to.ends_with(&said) || said.ends_with(&to)
}

/// Who asked, in the lines above the text.
static ASKED: Pattern = Pattern::new(&[r"(?i)\bremiss(?:en)?\s+från\s+(?P<body>\p{L}[\p{L} -]*\p{L})"]);

/// To whom an answer is handed over.
static HANDED: Pattern = Pattern::new(&[concat!(
    r"(?i)\böverlämna[rs]?\s+(?:[^.]{0,120}?\s)?till\s+(?P<body>\p{L}[\p{L} -]*?)\s+",
    r"som\s+(?:sitt\s+)?(?:svar|yttrande|remissvar)"
)]);

/// Who asked for an answer, in lower case.
pub fn asker(review: &Review) -> Option<String> {
    review
        .titles()
        .filter_map(|passage| Some(ASKED.first(&passage.text)?.name("body")?.as_str().to_lowercase()))
        .next()
}

fn recipient(review: &Review) -> Vec<Diagnostic> {
    let Some(asker) = asker(review) else { return Vec::new() };
    let mut findings = Vec::new();
    for passage in review.proposals() {
        for captures in HANDED.all(&passage.text) {
            let Some(body) = captures.name("body") else { continue };
            if asker.contains(&body.as_str().to_lowercase()) || body.as_str().to_lowercase().contains(&asker)
            {
                continue;
            }
            let message =
                format!("svaret överlämnas till {}, men remissen kommer från {asker}", body.as_str());
            findings.push(finding(
                passage.place(body.range()),
                message,
                "Rätta mottagaren: svaret går till den som har skickat remissen.",
            ));
        }
    }
    let is_sent = review.with(Roll::Expediering).any(|passage| passage.text.lower().contains(&asker));
    if let Some(first) = review.points().next()
        && !is_sent
        && !review.points().any(|point| is_handed_over(&point.text.to_lowercase(), &asker))
    {
        let message = format!("remissen kommer från {asker}, men ingen punkt överlämnar svaret dit");
        let hint = format!("Skriv till exempel: … och överlämnar det till {asker} som svar på remissen.");
        findings.push(finding(first.place(0..first.text.len()), message, hint));
    }
    findings
}

/// Whether a point sends the answer, in lower case, to whoever asked.
fn is_handed_over(point: &str, asker: &str) -> bool {
    point.contains("överlämna")
        || ["översänd", "lämna", "skicka", "avge"].iter().any(|verb| point.contains(verb))
            && point.contains(asker)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{decided, marked, of_case};

    #[test]
    fn points_name_the_board_that_the_letter_is_to() {
        assert_eq!(
            decided(
                RULES,
                "beslut-nämnd",
                "  - Socialnämnden godkänner det.\n  - Nämnden överlämnar det till socialnämnden.\n"
            ),
            ["Socialnämnden"]
        );
        assert_eq!(
            decided(
                RULES,
                "beslut-nämnd",
                "  - Socialförvaltningen godkänner det. Utbildningsnämnden tackar.\n"
            ),
            ["Socialförvaltningen"]
        );
        assert_eq!(
            decided(RULES, "beslut-nämnd", "  - Utbildningsutskottet godkänner det.\n"),
            ["Utbildningsutskottet"]
        );
        assert_eq!(
            decided(
                RULES,
                "beslut-nämnd",
                "  - Utbildningsnämnden godkänner socialförvaltningens tjänsteutlåtande.\n  - Utbildningsnämnden godkänner utbildningsförvaltningens svar.\n"
            ),
            ["socialförvaltningen"]
        );
        let again = "avslutning: Socialförvaltningen föreslår att utbildningsnämnden godkänner det.\n";
        assert_eq!(marked(RULES, "beslut-nämnd", again), ["Socialförvaltningen"]);
        let again = "sammanfattning: Socialnämnden föreslås godkänna det. Förvaltningen föreslår kulturnämnden att bifalla.\n";
        assert_eq!(marked(RULES, "beslut-nämnd", again), ["Socialnämnden", "kulturnämnden"]);
        let again = "sammanfattning: Förvaltningen föreslår att socialnämnden godkänner det. Förvaltningen föreslår att kulturnämnden utser någon.\n";
        assert_eq!(marked(RULES, "beslut-nämnd", again), ["socialnämnden"]);
        let all = "förslag till beslut: Socialnämnden godkänner det.\nsammanfattning: Förvaltningen föreslår att socialnämnden godkänner det.\n";
        assert_eq!(marked(RULES, "beslut-nämnd", all), ["Socialnämnden"]);
        assert!(is_same("Utbildningnämnden", "Utbildningsnämnden"));
        assert!(is_same("Socialnämnden", "Socialnämden"));
        assert!(is_same("Stadsdelsnämnden", "Farsta stadsdelsnämnd"));
        assert!(!is_same("Järva stadsdelsnämnd", "Farsta stadsdelsnämnd"));
        assert!(is_same("hälsoskyddsnämnden", "Miljö- och hälsoskyddsnämnden"));
    }

    #[test]
    fn a_quoted_decision_is_that_of_the_body_that_was_asked() {
        let case = "mall: utlåtande\ntitel: T\ndatum: 2024-08-21\nremissinstanser:\n  - namn: Socialnämnden\n    sammandrag: Bra.\n    sammanträde: 2024-03-26\n    beslut:\n      - Kulturnämnden godkänner det.\n      - Socialnämnden överlämnar det till kommunstyrelsen.\n";
        assert_eq!(of_case(RULES, "beslut-nämnd", case), ["Kulturnämnden"]);
    }

    #[test]
    fn an_answer_goes_to_the_one_that_asked() {
        let points = |body: &str| {
            format!("  - Nämnden godkänner svaret och överlämnar det till {body} som svar på remissen.\n")
        };
        assert_eq!(decided(RULES, "överlämnas-till", &points("kommunfullmäktige")), ["kommunfullmäktige"]);
        assert_eq!(decided(RULES, "överlämnas-till", &points("kommunstyrelsen")), [""; 0]);
        assert_eq!(
            decided(RULES, "överlämnas-till", "  - Nämnden godkänner svaret.\n"),
            ["Nämnden godkänner svaret."]
        );
    }
}
