//! Laws: the number is that law's, the law is in force, and a § is found by its chapter.

use std::ops::Range;

use jiff::civil::Date;

use crate::check::pattern::Pattern;
use crate::check::prose::Passage;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::laws::Law;
use crate::language::swedish;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::LAG_NUMMER, find: numbers },
    Rule { code: codes::LAG_UPPHAVD, find: repealed },
    Rule { code: codes::LAG_KAPITEL, find: chapters },
];

/// A number of the Swedish code of statutes in parentheses.
static NUMBER: Pattern = Pattern::new(&[r"\((?:SFS\s+)?(?P<number>(?:1[5-9]|20)[0-9]{2}:[0-9]{1,4})\)"]);

/// What stands where the number of a law is still to be written.
static PLACEHOLDER: Pattern = Pattern::new(&[
    r"(?i)\((?:sfs\s+)?(?P<number>(?:[0-9]{4}|[0-9]{2}xx|xxxx|yyyy|åååå|nnnn):(?:0{1,4}|x{1,4}|y{1,4}|n{1,4}|\?{1,4}|_{1,4}|\.{3}|…)|(?:xxxx|yyyy|åååå|nnnn|[0-9]{2}xx):[0-9]{1,4}|[0-9]{4}:)\)",
]);

/// A law that is named with its number.
struct Named<'a> {
    passage: &'a Passage,
    number: &'a str,
    range: Range<usize>,
    /// The words before the number and after it, in small letters.
    before: &'a str,
    after: &'a str,
}

fn named<'a>(review: &Review<'a>) -> Vec<Named<'a>> {
    let mut found = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.text.contains(':')) {
        for captures in NUMBER.all(&passage.text) {
            let (Some(whole), Some(number)) = (captures.get(0), captures.name("number")) else { continue };
            let lower = passage.text.lower();
            found.push(Named {
                passage,
                number: number.as_str(),
                range: number.range(),
                before: lower[..whole.start()].trim_end(),
                after: lower[whole.end()..].trim_start(),
            });
        }
    }
    found
}

impl Named<'_> {
    /// Whether it is called as this law is.
    fn is_called(&self, law: &Law) -> bool {
        let (name, tail) = (law.name.as_str(), law.tail());
        if !tail.is_empty() {
            return self.is_general()
                && self.after.starts_with(tail)
                && self.is_ordinance() == law.is_ordinance();
        }
        let ends = |word: &str| {
            let start =
                self.before.strip_suffix(word).or_else(|| self.before.strip_suffix('s')?.strip_suffix(word));
            start.is_some_and(|start| {
                !start.ends_with(|letter: char| letter.is_alphabetic() || letter == '-')
                    && !start.ends_with("- och")
            })
        };
        ends(name) || ends(law.title.as_str())
    }

    fn word(&self) -> &str {
        self.before.rsplit([' ', '(']).next().unwrap_or_default()
    }

    fn is_ordinance(&self) -> bool {
        self.word().starts_with("förordning")
    }

    /// Whether it is called no more than a law, before what it is about.
    fn is_general(&self) -> bool {
        let word = self.word();
        ["lagen", "lag", "lagens", "förordningen", "förordning", "förordningens"].contains(&word)
    }

    /// Whether it is called something else than this law: by another known name, or by what it is about.
    fn is_called_otherwise(&self, law: &Law, laws: &[Law]) -> bool {
        if self.is_called(law) || law.short.iter().any(|short| self.before.ends_with(&short.to_lowercase())) {
            return false;
        }
        if self.is_general() {
            // Titles change: the first words tell.
            const WORDS: usize = 3;
            let about = ["om ", "med ", "mot "].iter().any(|word| self.after.starts_with(word));
            let tail = if law.tail().is_empty() { "" } else { law.tail() };
            let first =
                |text: &'_ str| text.split_whitespace().take(WORDS).map(str::to_owned).collect::<Vec<_>>();
            return about && (tail.is_empty() || first(self.after) != first(tail));
        }
        laws.iter().any(|other| other.name != law.name && self.is_called(other))
    }
}

fn numbers(review: &Review) -> Vec<Diagnostic> {
    let laws = review.templates.laws();
    let mut findings: Vec<Diagnostic> = review
        .passages
        .iter()
        .flat_map(|passage| {
            PLACEHOLDER
                .all(&passage.text)
                .filter_map(|captures| captures.name("number"))
                .map(|number| {
                    let message = format!("”{}” är inget riktigt SFS-nummer", number.as_str());
                    finding(
                        passage.place(number.range()),
                        message,
                        "Skriv lagens nummer, som står i lagens rubrik.",
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let this_year = review.case.head.datum.date.map(Date::year);
    for said in named(review)
        .iter()
        .filter(|said| !said.number.split(':').nth(1).unwrap_or_default().trim_matches('0').is_empty())
    {
        let place = || said.passage.place(said.range.clone());
        let law = laws.iter().find(|law| law.number == said.number);
        let called: Vec<&Law> = laws.iter().filter(|law| said.is_called(law)).collect();
        let message = match law {
            Some(law) if said.is_called_otherwise(law, laws) => {
                format!("{} är {}, inte den lag som nämns här", law.number, law.written)
            }
            None if !called.is_empty() => {
                let numbers: Vec<&str> = called.iter().map(|law| law.number.as_str()).collect();
                format!(
                    "{} har inte numret {} utan {}",
                    called[0].written,
                    said.number,
                    numbers.join(" eller ")
                )
            }
            None if this_year.is_some_and(|year| year_of(said.number) > Some(year)) => {
                format!("SFS-numret {} är senare än dokumentet", said.number)
            }
            _ => continue,
        };
        let right = in_force(&called, review).filter(|law| law.number != said.number);
        let found = finding(place(), message, HINT);
        findings.push(match right {
            Some(law) => found.edit(place(), law.number.as_str()),
            None => found,
        });
    }
    findings
}

const HINT: &str = "Rätta numret eller lagens namn; båda står i lagens rubrik.";

fn year_of(number: &str) -> Option<i16> {
    number.split(':').next()?.parse().ok()
}

/// Of laws of the same name the one that is in force when the document is written, or the last.
fn in_force<'a>(laws: &[&'a Law], review: &Review) -> Option<&'a Law> {
    let day = review.case.head.datum.date;
    let is_in_force =
        |law: &&&Law| day.is_none_or(|day| !law.is_repealed(day) && law.from.is_none_or(|from| from <= day));
    laws.iter().find(is_in_force).or(laws.first()).copied()
}

/// Words of what was, is to come, or is replaced.
static OF_OLD: Pattern = Pattern::new(&[
    r"(?i)\b(?:tidigare|dåvarande|äldre|gamla|förra|föregående|upphäv\w*|upphör\w*|ersatt\w*|ersätt\w*|avlös\w*|då\s+gällande|då\s+gällde|gällde|fram\s+till|övergångs\w*|historisk\w*|före\s+den|innan\s+den|enligt\s+då\w*|numera|nuvarande)\b",
]);

static YEAR: Pattern = Pattern::new(&[r"\b(?:19|20)[0-9]{2}\b"]);

fn repealed(review: &Review) -> Vec<Diagnostic> {
    let Some(day) = review.case.head.datum.date else { return Vec::new() };
    let laws = review.templates.laws();
    let mut findings = Vec::new();
    let mut seen: Vec<(&Law, &Passage, Range<usize>)> = Vec::new();
    for said in named(review) {
        let law = laws.iter().find(|law| law.number == said.number && law.is_repealed(day));
        seen.extend(
            law.filter(|law| !said.is_called_otherwise(law, laws))
                .map(|law| (law, said.passage, said.range.clone())),
        );
    }
    for passage in review.passages {
        seen.extend(without_number(passage, laws, day));
    }
    for (law, passage, range) in seen {
        if is_of_its_time(passage, &range, law, review) {
            continue;
        }
        let since = law.repealed.map(swedish::day).unwrap_or_default();
        let message = format!("{} ({}) är upphävd sedan {since}", law.written, law.number);
        let hint = match &law.successor {
            Some(number) => format!(
                "Hänvisa till {}, som gäller nu, och kontrollera paragraferna. Skriv annars att lagen gällde då.",
                called(number, laws)
            ),
            None => "Hänvisa till den lag som gäller, eller skriv att lagen gällde då.".to_owned(),
        };
        findings.push(finding(passage.place(range), message, hint));
    }
    findings
}

fn called(number: &str, laws: &[Law]) -> String {
    let law = laws.iter().find(|law| law.number == number);
    law.map_or_else(|| number.to_owned(), |law| format!("{} ({number})", law.written))
}

/// Laws that are named by a name that no law in force has.
fn without_number<'a>(
    passage: &'a Passage,
    laws: &'a [Law],
    day: Date,
) -> Vec<(&'a Law, &'a Passage, Range<usize>)> {
    let lower = passage.text.lower();
    if !lower.contains("lagen") {
        return Vec::new();
    }
    let gone = laws.iter().filter(|law| law.tail().is_empty() && law.is_repealed(day));
    let gone = gone.filter(|law| !laws.iter().any(|other| other.name == law.name && !other.is_repealed(day)));
    let mut found = Vec::new();
    for law in gone {
        for (at, name) in lower.match_indices(law.name.as_str()) {
            let before = &lower[..at];
            let is_part = before.ends_with(|sign: char| sign.is_alphabetic() || sign == '-')
                || before.ends_with("- och ");
            let after = lower[at + name.len()..].strip_prefix('s').unwrap_or(&lower[at + name.len()..]);
            if !is_part
                && !after.starts_with(|sign: char| sign.is_alphabetic())
                && !after.trim_start().starts_with('(')
            {
                found.push((law, passage, at..at + name.len()));
            }
        }
    }
    found
}

/// Whether the text speaks of a time when the law was in force.
fn is_of_its_time(passage: &Passage, range: &Range<usize>, law: &Law, review: &Review) -> bool {
    let abbreviations = review.templates.abbreviations();
    let sentence = passage.text.sentences(abbreviations).find(|sentence| sentence.end > range.start);
    let sentence = sentence.unwrap_or(0..passage.text.len());
    let said = &passage.text[sentence.clone()];
    let number = range.start.saturating_sub(sentence.start)..range.end.saturating_sub(sentence.start);
    let last = law.repealed.map(Date::year);
    let is_then = |year: Range<usize>| {
        let is_number = said[year.end..].starts_with(':') || number.contains(&year.start);
        let year = said[year].parse::<i16>().ok();
        // In the year of its end the law that came instead begins: ”trädde i kraft den 1 juli 2025”.
        !is_number && (year < last || year == last && !said.contains("i kraft"))
    };
    // ”den nya socialtjänstlagen (2001:453)”
    let before = passage.text.lower()[..range.start].trim_end_matches(['(', ' ']);
    let mut words = before.rsplit(' ');
    let is_new = words.next().is_some() && words.next() == Some("nya");
    !is_new && (OF_OLD.is_in(said) || YEAR.ranges(said).any(is_then))
}

/// A § and the law behind it, or a law and the § behind it.
static SECTION: Pattern = Pattern::new(&[
    r"(?P<section>[0-9]{1,3}(?:\s?[a-z])?)\s?§{1,2}(?:\s+(?:första|andra|tredje|fjärde)\s+stycket(?:\s+[0-9]{1,2})?)?(?:\s+i)?\s+(?P<law>(?:\p{L}+-\s+(?:och\s+)?)?\p{L}+)(?:\s+\((?P<number>[0-9]{4}:[0-9]{1,4})\))?(?P<tail>(?:\s+\p{L}+){0,8})",
]);

fn chapters(review: &Review) -> Vec<Diagnostic> {
    let laws = review.templates.laws();
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.text.contains('§')) {
        for captures in SECTION.all(&passage.text) {
            let part = |name: &str| captures.name(name).map_or("", |found| found.as_str());
            let Some(section) = captures.name("section") else { continue };
            let tail = part("tail").trim_start().to_lowercase();
            let Some(law) = cited(part("law"), part("number"), &tail, laws, review) else { continue };
            let before = &passage.text.lower()[..section.start()];
            let has_chapter = chapter_before(before);
            let place = passage.place(section.range());
            let end = captures.name("law").map_or(section.end(), |law| law.end());
            let said = &passage.text[section.start()..end];
            findings.extend(match (law.has_chapters, has_chapter) {
                (Some(true), None) => Some(finding(
                    place,
                    format!(
                        "”{said}” saknar kapitel: {} har flera kapitel med en {} §",
                        law.written,
                        section.as_str()
                    ),
                    "Skriv kapitlet före paragrafen, till exempel ”2 kap. 3 §”.",
                )),
                (Some(false), Some(true)) => Some(finding(
                    place,
                    format!("{} ({}) har inga kapitel", law.written, law.number),
                    "Skriv bara paragrafen, eller rätta lagens namn.",
                )),
                _ => None,
            });
        }
    }
    findings
}

/// Whether a chapter stands directly before a §, or farther off; none where none does.
fn chapter_before(before: &str) -> Option<bool> {
    static DIRECTLY: Pattern = Pattern::new(&[r"(?i)kap(?:\.|itlet)?\s*$"]);
    static NEAR: Pattern = Pattern::new(&[r"(?i)\bkap(?:\.|itel|itlet)?\b[^.;:]*$|\bkap\.[^.;:]*$"]);
    if DIRECTLY.is_in(before) { Some(true) } else { NEAR.is_in(before).then_some(false) }
}

/// The law that a § is cited from.
fn cited<'a>(word: &str, number: &str, tail: &str, laws: &'a [Law], review: &Review) -> Option<&'a Law> {
    if !number.is_empty() {
        return laws.iter().find(|law| law.number == number);
    }
    let lower = word.to_lowercase();
    let name = lower.strip_suffix('s').filter(|name| name.ends_with("en")).unwrap_or(&lower);
    let is_called = |law: &&Law| {
        let whole = if law.tail().is_empty() {
            law.name == name || law.title == lower
        } else {
            ["lagen", "förordningen"].contains(&name) && tail.starts_with(law.tail())
        };
        whole || law.short.iter().any(|short| short == word)
    };
    let called: Vec<&Law> = laws.iter().filter(is_called).collect();
    in_force(&called, review)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, of_case};

    #[test]
    fn a_number_is_that_laws() {
        for (text, found) in [
            ("Enligt skollagen (2010:880) gäller det.", vec!["2010:880"]),
            ("Enligt kommunallagen (2010:800) gäller det.", vec!["2010:800"]),
            ("Enligt lagen (1993:387) om vård av unga gäller det.", vec!["1993:387"]),
            ("Enligt lagen (1993:378) om stöd och service till vissa funktionshindrade.", vec!["1993:378"]),
            ("Ärendet prövas enligt lagen (2025:000) om elevers säkerhet.", vec!["2025:000"]),
            ("Ärendet prövas enligt lagen (20XX:XXX) om elevers säkerhet.", vec!["20XX:XXX"]),
            ("Ärendet prövas enligt skollagen (2010:xxx).", vec!["2010:xxx"]),
            ("Bestämmelsen finns i bibliotekslagens (2013:810) första paragraf.", vec!["2013:810"]),
            ("Offentlighets- och sekretesslagen (2009:401) gäller.", vec!["2009:401"]),
            ("Lagen (2029:12) om något gäller.", vec!["2029:12"]),
            // Right ones.
            ("Enligt skollagen (2010:800) och kommunallagen (2017:725) gäller det.", vec![]),
            ("Lagen (1993:387) om stöd och service till vissa funktionshindrade, LSS, gäller.", vec![]),
            ("Offentlighets- och sekretesslagen (2009:400) gäller, liksom LSS (1993:387).", vec![]),
            ("Lagen (2019:999) om något som registret inte har.", vec![]),
            ("Betänkandet (SOU 2023:11) och lagen (2006:544) om kommuners och landstings åtgärder.", vec![]),
            ("I Plan- och bygglag (2010:900) står det.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "lag-nummer", text), found, "{text}");
        }
    }

    #[test]
    fn a_repealed_law_is_of_its_time() {
        for (text, found) in [
            ("Stöd enligt kommunallagen (1991:900) påverkas inte.", vec!["1991:900"]),
            ("Uppgifterna hanteras enligt personuppgiftslagen.", vec!["personuppgiftslagen"]),
            ("Enligt sekretesslagen (1980:100) gäller sekretess.", vec!["1980:100"]),
            ("Upphandlingen sker enligt lagen (2007:1091) om offentlig upphandling.", vec!["2007:1091"]),
            ("Beslutet 2009 fattades enligt den tidigare skollagen (1985:1100).", vec![]),
            ("Avtalet från 2015 slöts enligt lagen (2007:1091) om offentlig upphandling.", vec![]),
            ("Den nya lagen ersätter förvaltningslagen (1986:223).", vec![]),
            ("Enligt offentlighets- och sekretesslagen gäller sekretess.", vec![]),
            ("Enligt socialtjänstlagen (2001:453) ges stöd.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "lag-upphävd", text), found, "{text}");
        }
        let case = "mall: tjänsteutlåtande\ntitel: T\ndatum: 2026-03-01\nbakgrund: Enligt socialtjänstlagen (2001:453) ges stöd.\n";
        assert_eq!(of_case(RULES, "lag-upphävd", case), ["2001:453"]);
    }

    #[test]
    fn a_section_stands_in_a_chapter() {
        for (text, found) in [
            ("Enligt 35 § skollagen (2010:800) ska det finnas.", vec!["35"]),
            ("Enligt 5 § kommunallagen ska det finnas.", vec!["5"]),
            ("Det följer av 1 § andra stycket offentlighets- och sekretesslagen.", vec!["1"]),
            ("Det följer av 4 § i miljöbalken.", vec!["4"]),
            ("Det följer av 2 kap. 9 § förvaltningslagen (2017:900).", vec!["9"]),
            ("Enligt 2 kap. 35 § skollagen (2010:800) ska det finnas.", vec![]),
            ("Enligt 9 § förvaltningslagen (2017:900) gäller det.", vec![]),
            ("Enligt 4 kap. 1 och 2 §§ samt 5 § skollagen gäller det.", vec![]),
            ("Enligt 2 § trafikreglementet gäller det.", vec![]),
            ("Beslut i 7 § LSS och 3 kap. 1 § SoL.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "lag-kapitel", text), found, "{text}");
        }
    }
}
