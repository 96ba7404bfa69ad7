//! Figures and times as the authorities' rules write them: ”3,1 %”, ”150 kronor”, ”10 000”, ”en miljon”, ”kl. 9.30”.

use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::TAL_ENHET, find: units },
    Rule { code: codes::TAL_TUSENTAL, find: thousands },
    Rule { code: codes::TAL_BOJNING, find: bent },
    Rule { code: codes::KLOCKSLAG, find: times },
];

/// A unit directly behind its number.
static UNIT: Pattern = Pattern::new(&[concat!(
    r"(?i)(?:^|[^\p{l}0-9/:._,-])(?P<number>[0-9](?:[0-9 \u{a0}]*[0-9])?(?:,[0-9]+)?)(?P<unit>%|(?:kr|kronor|tkr|mnkr|mkr|mdkr|sek|kkr|procent|st|km|m|cm|mm|m2|m²|kvm|kg|ton|liter|kwh|mwh|db|",
    r"år|års|månader|månad|veckor|vecka|dagar|dag|timmar|timme|tim|minuter|min|sekunder|elever|elev|platser|personer|barn|skolor|invånare|gånger|meter|kilometer|hektar|ha|poäng|grader|tusen|miljoner|miljarder)\b)"
)]);

fn units(review: &Review) -> Vec<Diagnostic> {
    each(review, &UNIT, &["number", "unit"], |passage, [number, unit]| {
        let (digits, said) = (&passage.text[number.clone()], &passage.text[unit.clone()]);
        // ”2m” can be a part of something, as in ”A2m”; ”5m” of a plan.
        let place = passage.place(number.start..unit.end);
        let right = format!("{digits}\u{a0}{said}");
        let message = format!(
            "”{digits}{said}” saknar mellanslag före {}",
            if said == "%" { "procenttecknet" } else { said }
        );
        Some(finding(place.clone(), message, format!("Skriv ”{digits} {said}”.")).edit(place, right))
    })
}

/// A point or a comma between thousands, or nothing in a long number.
static THOUSANDS: Pattern = Pattern::new(&[
    r"(?:^|[\s(–])(?P<point>[0-9]{1,3}(?:\.[0-9]{3})+)(?:[\s),;:!?–]|\.(?:\s|$)|$)",
    r"(?:^|[\s(–])(?P<comma>[0-9]{1,3}(?:,[0-9]{3})+)[ \u{a0}](?:kronor|kr|elever|personer|invånare|platser|barn|besökare|timmar|ton|kvm|bostäder|hushåll)\b",
    r"(?:^|[\s(–])(?P<dense>[0-9]{5,9})[ \u{a0}](?:kronor|kr|elever|personer|invånare|platser|barn|besökare|timmar|ton|kvm|bostäder|hushåll|tkr)\b",
]);

/// What a number with points belongs to, rather than a count.
static NUMBERED: Pattern = Pattern::new(&[
    r"(?i)(?:\b(?:avsnitt|kapitel|kap\.?|punkt|version|ver\.?|dnr|diarienummer|nr|nummer|artikel|tabell|bilaga|telefon|tel\.?|tfn\.?|kl\.?|id)|§)\s*$",
]);

fn thousands(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (passage, captures) in matches(review, &THOUSANDS) {
        let Some(said) = ["point", "comma", "dense"].iter().find_map(|name| captures.name(name)) else {
            continue;
        };
        let digits: String = said.as_str().chars().filter(char::is_ascii_digit).collect();
        if NUMBERED.is_in(&passage.text[..said.start()]) || said.as_str().starts_with('0') {
            continue;
        }
        let right = grouped(&digits);
        let place = passage.place(said.range());
        let message = format!("”{}” skrivs med mellanslag mellan tusental: ”{right}”", said.as_str());
        findings.push(
            finding(place.clone(), message, "Dela långa tal i grupper om tre siffror med mellanslag.")
                .edit(place, right.replace(' ', "\u{a0}")),
        );
    }
    findings
}

fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// Words for one and for several.
const COUNTED: &[(&str, &str)] = &[
    ("miljon", "miljoner"),
    ("miljard", "miljarder"),
    ("procentenhet", "procentenheter"),
    ("krona", "kronor"),
    ("dag", "dagar"),
    ("vecka", "veckor"),
    ("månad", "månader"),
    ("timme", "timmar"),
    ("minut", "minuter"),
    ("gång", "gånger"),
    ("person", "personer"),
    ("elev", "elever"),
    ("plats", "platser"),
    ("skola", "skolor"),
    ("förskola", "förskolor"),
    ("kommun", "kommuner"),
    ("fråga", "frågor"),
    ("punkt", "punkter"),
];

static NUMBER_AND_WORD: Pattern = Pattern::new(&[concat!(
    r"(?:^|[^\p{L}0-9,./:–-])(?P<number>[0-9]{1,3}(?:[ \u{a0}][0-9]{3})*|[Ee]n|[Ee]tt|[Tt]vå|[Tt]re|[Ff]yra|[Ff]em|[Ss]ex|[Ss]ju|[Åå]tta|[Nn]io|[Tt]io|[Ee]lva|[Tt]olv)[ \u{a0}]",
    r"(?P<word>miljon(?:er)?|miljard(?:er)?|procentenhet(?:er)?|kron(?:a|or)|dag(?:ar)?|veck(?:a|or)|månad(?:er)?|timm(?:e|ar)|minut(?:er)?|gång(?:er)?|person(?:er)?|elev(?:er)?|plats(?:er)?|skol(?:a|or)|förskol(?:a|or)|kommun(?:er)?|fråg(?:a|or)|punkt(?:er)?)(?P<after>\b[^-–]|\b$)"
)]);

/// More than one of something that is written as one: ”60 inspektion”, ”2 140 besökare”.
static MANY: Pattern = Pattern::new(&[
    r"(?i)\b(?:av|på|till|med|för|om|från|i|är|var|blev|har|hade|fick|får|totalt|cirka|ca|omkring|drygt|knappt|minst|högst|ytterligare|sammanlagt|genomfördes|gjordes|genomförs|görs)[ \u{a0}](?P<number>[2-9]|[1-9][0-9]{1,2}(?:[ \u{a0}][0-9]{3})*)[ \u{a0}](?P<word>\p{L}{2,}(?:ktion|ation|ition|sion|ning|ling|het|else|förskola|enkät|ansökan|anmälan|tjänst|lägenhet|enhet))(?P<after>[ \u{a0}.,;]|$)",
]);

fn bent(review: &Review) -> Vec<Diagnostic> {
    let mut findings = counted(review);
    findings.extend(each(review, &MANY, &["number", "word"], |passage, [number, word]| {
        let (count, said) = (&passage.text[number.clone()], &passage.text[word.clone()]);
        // ”kapitel 4 utbildning”, ”år 2027 utredning”
        let is_year = count.len() == 4 && (count.starts_with("19") || count.starts_with("20"));
        let is_counted = COUNTED.iter().any(|(one, _)| *one == said);
        if is_year || is_counted || said.starts_with(char::is_uppercase) {
            return None;
        }
        let message = format!("”{count} {said}” är flera, men ordet står i ental");
        Some(finding(passage.place(word), message, "Skriv ordet i flertal, eller rätta talet."))
    }));
    findings
}

fn counted(review: &Review) -> Vec<Diagnostic> {
    each(review, &NUMBER_AND_WORD, &["number", "word"], |passage, [number, word]| {
        let (count, said) = (&passage.text[number.clone()], &passage.text[word.clone()]);
        let is_one = ["1", "en", "ett", "En", "Ett"].contains(&count);
        let (one, several) = COUNTED.iter().find(|(one, several)| [one, several].contains(&&said))?;
        let right = if is_one { one } else { several };
        // ”av 1 miljoner” is wrong, ”mellan 0 och 1 dagar”, ”31 1 dag” are not known; ”1 000” is not 1.
        let before = passage.text[..number.start].trim_end_matches(['\u{a0}', ' ']);
        let is_digit = |sign: char| sign.is_ascii_digit();
        // ”mellan 0 och 1”, ”31 till 1”: the word belongs to both.
        let mut words = before.rsplit([' ', '\u{a0}']);
        let is_second = words.next().is_some_and(|word| ["och", "till", "eller"].contains(&word))
            && words.next().is_some_and(|word| word.ends_with(is_digit) || word.ends_with("noll"));
        let goes_on = before.ends_with(is_digit) || is_second;
        // ”en elever” is something else; with a number in letters only millions are sure.
        let is_sure = count.starts_with(|sign: char| sign.is_ascii_digit()) || said.starts_with("milj");
        // ”dag 2 person”, ”fråga 1 punkt 2”: a numbered thing before it.
        let is_heading = before.ends_with("fråga") || before.ends_with("punkt") || before.ends_with("dag");
        if said == *right
            || goes_on
            || is_heading
            || !is_sure
            || (!is_one && said == "gång")
            || said == "fråga"
            || said == "punkt"
        {
            return None;
        }
        let place = passage.place(word.clone());
        let message = format!("”{count} {said}” ska vara ”{count} {right}”");
        Some(finding(place.clone(), message, format!("Skriv ”{count} {right}”.")).edit(place, *right))
    })
}

/// A time of the day.
static TIME: Pattern = Pattern::new(&[
    r"(?i)\b(?:kl\.?|klockan)[ \u{a0}]?(?P<hour>[0-9]{1,2})(?:[.:](?P<minute>[0-9]{2}))?(?:[ \u{a0}]?(?:[–-]|till|och)[ \u{a0}]?(?P<hour2>[0-9]{1,2})(?:[.:](?P<minute2>[0-9]{2}))?)?(?:[^0-9.:]|[.:](?:[^0-9]|$)|$)",
]);

fn times(review: &Review) -> Vec<Diagnostic> {
    let mut findings = in_timetables(review);
    for (passage, captures) in matches(review, &TIME) {
        for (hour, minute) in [("hour", "minute"), ("hour2", "minute2")] {
            let Some(hour) = captures.name(hour) else { continue };
            let minute = captures.name(minute);
            let number = |text: &str| text.parse::<u8>().unwrap_or_default();
            let (h, m) = (number(hour.as_str()), minute.as_ref().map_or(0, |minute| number(minute.as_str())));
            if h > 24 || m > 59 || h == 24 && m > 0 {
                let range = hour.start()..minute.map_or(hour.end(), |minute| minute.end());
                let message = format!("klockslaget ”{}” finns inte", &passage.text[range.clone()]);
                findings.push(finding(passage.place(range), message, "Kontrollera timme och minut."));
            }
        }
    }
    findings
}

/// Times in a table of times that no clock shows: ”10.72”.
fn in_timetables(review: &Review) -> Vec<Diagnostic> {
    const FEWEST: usize = 3;
    static CELL: Pattern = Pattern::new(&[r"^(?:kl\.?\s*)?(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})$"]);
    let is_time = |passage: &Passage| {
        let found = CELL.first(&passage.text)?;
        let number = |name: &str| found.name(name)?.as_str().parse::<u8>().ok();
        let (hour, minute) = (number("hour")?, number("minute")?);
        Some(hour < 24 && minute < 60)
    };
    let cells: Vec<(&Passage, bool)> = review
        .passages
        .iter()
        .filter(|passage| passage.kind == PassageKind::Cell)
        .filter_map(|passage| Some((passage, is_time(passage)?)))
        .collect();
    let wrong = cells.iter().filter(|(passage, is_time)| {
        let beside = || cells.iter().filter(|(other, _)| other.section == passage.section);
        let right = beside().filter(|(_, is_time)| *is_time).count();
        !is_time && right >= FEWEST && right >= 4 * (beside().count() - right)
    });
    let said = |passage: &Passage| {
        let message = format!("klockslaget ”{}” finns inte", passage.text);
        finding(passage.place(0..passage.text.len()), message, "Kontrollera timme och minut.")
    };
    wrong.map(|(passage, _)| said(passage)).collect()
}

/// Every match in the running text of the case.
fn matches<'a>(
    review: &Review<'a>,
    pattern: &'static Pattern,
) -> Vec<(&'a Passage, crate::check::pattern::Captures<'a>)> {
    let passages = review.passages.iter().filter(|passage| {
        passage.kind != PassageKind::Line
            && passage.text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'n')
    });
    passages.flat_map(|passage| pattern.all(&passage.text).map(move |captures| (passage, captures))).collect()
}

/// What is found in the two named groups of every match.
fn each<'a>(
    review: &Review<'a>,
    pattern: &'static Pattern,
    names: &[&str; 2],
    found: impl Fn(&'a Passage, [Range<usize>; 2]) -> Option<Diagnostic>,
) -> Vec<Diagnostic> {
    let all = matches(review, pattern).into_iter();
    all.filter_map(|(passage, captures)| {
        found(passage, [captures.name(names[0])?.range(), captures.name(names[1])?.range()])
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    fn try_all(code: &str, texts: &[(&str, &[&str])]) {
        for (text, found) in texts {
            assert_eq!(in_text(RULES, code, text), *found, "{text}");
        }
    }

    #[test]
    fn a_unit_stands_apart() {
        try_all(
            "tal-enhet",
            &[
                ("Andelen är 3,1% högre.", &["3,1%"]),
                ("Det kostar 150kr per plats.", &["150kr"]),
                ("Barn över 12år cyklar själva.", &["12år"]),
                ("Vägen är 15km lång och 3m bred.", &["15km", "3m"]),
                ("Kostnaden är 2,5mnkr, för 40elever.", &["2,5mnkr", "40elever"]),
                ("Andelen är 3,1 % och 30 procent.", &[]),
                ("Barn i åk 4–6, mest 10-åringar, i sal B12 på A4-papper.", &[]),
                ("Elever i 4b och 5a, 40-årsjubileet, 3D, 1990-talet.", &[]),
                ("Se www.x.se/12km och fil_2m.", &[]),
            ],
        );
    }

    #[test]
    fn thousands_are_grouped() {
        try_all(
            "tal-tusental",
            &[
                ("En plats kostar 3.000 kronor.", &["3.000"]),
                ("Det kostar 1.250.000 kronor.", &["1.250.000"]),
                ("Det kostar 10,000 kronor.", &["10,000"]),
                ("Det kostar 150000 kronor.", &["150000"]),
                ("Totalt 12.500.", &["12.500"]),
                ("Det kostar 3 000 kronor, se avsnitt 3.100 och version 1.200.", &[]),
                ("Andelen är 3,125 procent, kl. 10.30, den 12.10.2024.", &[]),
                ("Dnr 1.300/2024 och 2.1.100-12/2024.", &[]),
                ("Fakturan 123456 gäller 2024 kronor.", &[]),
            ],
        );
    }

    #[test]
    fn words_are_bent_by_their_number() {
        try_all(
            "tal-böjning",
            &[
                ("Det kostar 1 miljoner kronor.", &["miljoner"]),
                ("Det kostar 3 miljon kronor.", &["miljon"]),
                ("Det tar 1 veckor.", &["veckor"]),
                ("Ökningen är 2 procentenhet.", &["procentenhet"]),
                ("Det gäller 12 elev i år.", &["elev"]),
                ("Det kostar två miljon.", &["miljon"]),
                ("Bidraget uppgår till 1 miljoner kronor.", &["miljoner"]),
                ("Det är 2 140 elev, vilket är fler.", &["elev"]),
                ("Av dem har 57 av 60 inspektion gjorts.", &["inspektion"]),
                ("Det gjordes 14 mätning i maj, och högst 3 åtgärd.", &["mätning"]),
                (
                    "Enligt kapitel 4 utbildning och år 2027 utredning. Mellan 0 till 1 dagar. Mål 3 utbildning.",
                    &[],
                ),
                ("Det kostar 1 miljon kronor, 2 miljoner och 0,1 miljoner.", &[]),
                ("Det tar 1–2 veckor, eller 21 dagar, en gång.", &[]),
                ("Det kostar 1 001 kronor, i fråga 1 punkter.", &[]),
                ("En 2-dagarskurs och 5 elev-datorer.", &[]),
            ],
        );
    }

    #[test]
    fn times_exist() {
        try_all(
            "klockslag",
            &[
                ("Ställen låses kl. 25.30.", &["25.30"]),
                ("Ställen låses klockan 9.75.", &["9.75"]),
                ("Öppet kl. 9.00–26.00.", &["26.00"]),
                ("Öppet kl 24:30.", &["24:30"]),
                ("Möte kl. 10.60 till 12.", &["10.60"]),
                ("Öppet kl. 9.00–15.30, kl. 24.00 och klockan 9.", &[]),
                ("Öppet kl. 01–06. Sedan 30 minuter.", &[]),
                (
                    "| Tur | Går |\n| --- | --- |\n| 1 | 8.10 |\n| 2 | 9.15 |\n| 3 | 10.72 |\n| 4 | 11.20 |\n| 5 | 12.30 |",
                    &["10.72"],
                ),
                (
                    "| Post | Del |\n| --- | --- |\n| 1 | 8.10 |\n| 2 | 9.95 |\n| 3 | 10.72 |\n| 4 | 11.20 |\n| 5 | 12.80 |",
                    &[],
                ),
            ],
        );
    }
}
