//! Shares in running text: a percentage fits the two figures that it stands beside.

use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::figures::figure;
use crate::language::numbers;
use crate::language::numbers::number_words;
use crate::language::swedish::month_number;

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::PROCENT_FEL, find: shares }];

/// A percentage.
static PERCENT: Pattern = Pattern::new(&[
    r"(?i)(?P<about>\b(?:cirka|ca|c:a|omkring|ungefär|runt|knappt|drygt|nästan|nära|närmare|över|minst|högst|mer än|mindre än|upp till)\.?\s+)?(?P<value>[0-9]{1,3}(?:,[0-9]{1,2})?)\s*(?:procent\b|%)",
]);

/// A part of a whole: ”av de 40 skolorna har 12”, ”12 av 40 skolor”.
static PART: Pattern = Pattern::new(&[
    concat!(
        r"(?i)\bav\s+(?:(?:de|dessa|samtliga|alla|totalt|sammanlagt|stadens|skolans|kommunens)\s+){0,2}(?P<whole>[0-9][0-9 \u{a0}]*[0-9]|[0-9]+|tio|elva|tolv)\s+\p{L}+",
        r"(?:\s+(?:som|i|på|vid|inom|för|från)\s+\p{L}+(?:\s+\p{L}+)?)?,?\s+(?:\p{L}+\s+){1,4}?(?P<part>[0-9][0-9 \u{a0}]*[0-9]|[0-9]+|",
        number_words!(),
        r")\b",
    ),
    concat!(
        r"(?i)\b(?P<some>[0-9][0-9 \u{a0}]*[0-9]|[0-9]+|en|ett|",
        number_words!(),
        r")(?:\s+\p{L}+)?\s+av\s+(?:(?:de|dessa|samtliga|alla|totalt|sammanlagt|stadens|skolans|kommunens)\s+){0,2}(?P<all>[0-9][0-9 \u{a0}]*[0-9]|[0-9]+|fem|sex|sju|åtta|nio|tio|elva|tolv)\b"
    ),
]);

/// A change: ”från 200 till 250”.
static CHANGE: Pattern = Pattern::new(&[
    r"(?i)\b(?:ök\p{L}+|minsk\p{L}+|sjunk\p{L}+|sjönk|stig\p{L}+|steg|väx\p{L}+|höj\p{L}+|sänk\p{L}+)\s+(?:\p{L}+\s+){0,6}?från\s+(?P<from>[0-9][0-9 \u{a0}]*(?:,[0-9]+)?)(?:\s+\p{L}+){0,5}?(?:\s+(?:19|20)[0-9]{2})?\s+till\s+(?P<to>[0-9][0-9 \u{a0}]*[0-9](?:,[0-9]+)?|[0-9])\b",
]);

/// What makes a percentage that of the figures before it.
static EQUALS: Pattern = Pattern::new(&[
    r"(?i)^[^.;:]{0,40}?(?:,\s+(?:vilket\s+(?:är|motsvarar|utgör|ger|innebär)|alltså\s+med|med|det\s+vill\s+säga|dvs\.?|eller|alltså|motsvarande|en\s+(?:ökning|minskning|höjning|sänkning)\s+(?:med|på))|\((?:dvs\.?\s+|det\s+vill\s+säga\s+|motsvarande\s+)?|\s+(?:det\s+vill\s+säga|dvs\.?|motsvarar|eller))\s*(?:en\s+\p{L}+\s+(?:på|med|om)\s+)?(?:cirka|ca|c:a|omkring|ungefär|runt|knappt|drygt|nästan|nära|närmare)?\.?\s*$",
]);

fn shares(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Line) {
        if !passage.text.contains('%') && !passage.text.lower().contains("procent") {
            continue;
        }
        let mut before = 0..0;
        for sentence in passage.text.sentences(review.templates.abbreviations()) {
            let found = of_sentence(passage, before.clone(), sentence.clone());
            findings.extend(found);
            before = sentence;
        }
    }
    findings
}

/// What is wrong with the percentage of a sentence, whose figures can stand in the one before it.
fn of_sentence(passage: &Passage, earlier: Range<usize>, sentence: Range<usize>) -> Option<Diagnostic> {
    let text = &passage.text[sentence.clone()];
    let mut percents = PERCENT.all(text);
    // Of several it is not known whose each is.
    let (percent, None) = (percents.next()?, percents.next()) else { return None };
    let (whole, value) = (percent.get(0)?, percent.name("value")?);
    let written = figure(value.as_str())?;
    let own = &text[..whole.start()];
    let found = part_of(own).or_else(|| change(own)).filter(|(end, ..)| EQUALS.is_in(&own[*end..]));
    let (right, sum) = match found {
        Some((_, right, sum)) => (right, sum),
        None if OTHERWISE.is_in(&text[whole.end()..]) => return None,
        None => across(&passage.text[earlier], own)?,
    };
    let about = percent.name("about").is_some();
    let step = 10f64.powi(-i32::try_from(written.decimals).unwrap_or_default());
    let tolerance = if about { 2.0 + step } else { 0.51 * step };
    if (right - written.value).abs() <= tolerance {
        return None;
    }
    let right = written.like(right);
    let said = value.as_str();
    let place = passage.place(sentence.start + value.start()..sentence.start + value.end());
    let message = format!("här står {said} procent, men {sum} är {right} procent");
    Some(finding(place, message, "Räkna om: rätta procenttalet eller det tal som är fel."))
}

/// A part of what the sentence before counts: ”I 45 av dem”, ”Av dessa reste 1 080”.
static OF_THEM: Pattern = Pattern::new(&[
    concat!(
        r"(?i)\b(?P<some>[0-9][0-9 \u{a0}]*[0-9]|[0-9]+|",
        number_words!(),
        r")(?:\s+\p{L}+)?\s+av\s+(?:dem|dessa|de)\b"
    ),
    concat!(
        r"(?i)\bav\s+(?:dem|dessa|de|detta|beloppet|summan)\s+(?:\p{L}+\s+){1,3}?(?P<part>[0-9][0-9 \u{a0}]*[0-9](?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?|",
        number_words!(),
        r")\b"
    ),
]);

/// One amount beside another: ”uppgår till 88 miljoner kronor, att jämföra med budgetens 160 miljoner kronor”.
static COMPARED: Pattern = Pattern::new(&[
    r"(?i)\b(?P<one>[0-9][0-9 \u{a0}]*(?:,[0-9]+)?)\s*(?P<unit>\p{L}+)(?:\s+\p{L}+){0,3},?\s+(?:att\s+)?(?:jämföra?|jämfört|jämförda|ställt)\s+(?:med|mot)\s+(?:\p{L}+\s+){0,4}?(?P<other>[0-9][0-9 \u{a0}]*(?:,[0-9]+)?)\s*(?P<unit2>\p{L}+)",
]);

/// What makes a percentage that of the sentence before it: ”Det motsvarar”, ”Det är en ökning med”.
static EQUALS_THAT: Pattern = Pattern::new(&[
    r"(?i)^(?:det|detta)\s+(?:är|motsvarar|utgör|innebär|blir|ger)\s+(?:alltså\s+|därmed\s+|således\s+)?(?:en\s+(?:andel\s+(?:på|om)|ökning|minskning|höjning|sänkning|uppgång|nedgång|tillväxt)\s*(?:med|på|om)?\s*)?(?:cirka|ca|c:a|omkring|ungefär|runt|knappt|drygt|nästan|nära|närmare)?\.?\s*$",
]);

static CHANGED: Pattern =
    Pattern::new(&[r"(?i)\b(?:ökning|minskning|höjning|sänkning|uppgång|nedgång|tillväxt)\b"]);

/// What makes a percentage one of something else: ”35 procent fler än 2024”.
static OTHERWISE: Pattern = Pattern::new(&[
    r"(?i)^\s+(?:fler|färre|mer|mindre|högre|lägre|större|längre|kortare|bättre|sämre|över|under|av|per)\b",
]);

/// The percentage that a sentence and the one before it give together, and how to say it.
fn across(earlier: &str, own: &str) -> Option<(f64, String)> {
    if PERCENT.is_in(earlier) {
        return None;
    }
    if EQUALS_THAT.is_in(own) {
        let is_change = CHANGED.is_in(own);
        let found = if is_change { change(earlier) } else { compared(earlier).or_else(|| part_of(earlier)) };
        return found.map(|(_, right, sum)| (right, sum));
    }
    let found = OF_THEM.all(own).last()?;
    let part = found.name("some").or_else(|| found.name("part"))?;
    let some = value(part.as_str())?;
    if !EQUALS.is_in(&own[found.get(0)?.end()..]) {
        return None;
    }
    // Of several numbers it is not known which is the whole.
    let mut wholes = COUNTED.all(earlier).filter_map(|number| {
        let said = number.name("number")?.as_str().trim().to_owned();
        let next = earlier[number.name("number")?.end()..].split_whitespace().next().unwrap_or_default();
        let is_day = month_number(next).is_some();
        let all = value(&said).filter(|all| *all >= some && !is_year(&said) && !is_day)?;
        Some((all, said))
    });
    let ((all, said), None) = (wholes.next()?, wholes.next()) else { return None };
    Some((100.0 * some / all, format!("{} av {said}", part.as_str().trim())))
}

/// A number of something.
static COUNTED: Pattern = Pattern::new(&[concat!(
    r"(?i)\b(?P<number>[0-9][0-9 \u{a0}]*[0-9](?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?|tio|elva|tolv)(?:\s+(?:\p{L}|",
    r"[(])|[.,]?\s*$)"
)]);

/// What one amount is of another that it is compared with, in percent.
fn compared(text: &str) -> Option<(usize, f64, String)> {
    let found = COMPARED.all(text).last()?;
    let (one, other) = (found.name("one")?, found.name("other")?);
    if found.name("unit")?.as_str() != found.name("unit2")?.as_str() {
        return None;
    }
    let (some, all) = (value(one.as_str())?, value(other.as_str())?);
    let said = format!("{} av {}", one.as_str().trim(), other.as_str().trim());
    (all > 0.0).then(|| (100.0 * some / all, said)).map(|(right, said)| (text.len(), right, said))
}

/// Where a part of a whole ends in a text, its share in percent, and how to say it.
fn part_of(text: &str) -> Option<(usize, f64, String)> {
    let found = PART.all(text).last()?;
    let part = found.name("part").or_else(|| found.name("some"))?;
    let whole = found.name("whole").or_else(|| found.name("all"))?;
    let (some, all) = (value(part.as_str())?, value(whole.as_str())?);
    if some > all || all == 0.0 || is_year(part.as_str()) || is_year(whole.as_str()) {
        return None;
    }
    let end = found.get(0)?.end();
    Some((end, 100.0 * some / all, format!("{} av {}", part.as_str().trim(), whole.as_str().trim())))
}

/// Where a change ends in a text, how large it is in percent, and how to say it.
fn change(text: &str) -> Option<(usize, f64, String)> {
    let found = CHANGE.all(text).last()?;
    let (from, to) = (found.name("from")?, found.name("to")?);
    let (before, after) = (value(from.as_str())?, value(to.as_str())?);
    if before == 0.0 || is_year(from.as_str()) || is_year(to.as_str()) {
        return None;
    }
    let said = format!("från {} till {}", from.as_str().trim(), to.as_str().trim());
    Some((found.get(0)?.end(), 100.0 * (after / before - 1.0).abs(), said))
}

fn is_year(said: &str) -> bool {
    said.trim().len() == 4 && (said.starts_with("19") || said.starts_with("20"))
}

fn value(said: &str) -> Option<f64> {
    let counted = numbers::value(&said.to_lowercase());
    #[allow(clippy::cast_precision_loss)]
    counted.map(|number| number as f64).or_else(|| Some(figure(said)?.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn a_percentage_fits_its_figures() {
        for (text, found) in [
            ("Av de 40 skolorna har 12 för få platser, vilket motsvarar 35 procent.", vec!["35"]),
            ("Av de 40 skolorna har 12 för få platser, vilket motsvarar 30 procent.", vec![]),
            ("Av 250 elever svarade 180 på enkäten, det vill säga 76 procent.", vec!["76"]),
            ("Av 250 elever svarade 180 på enkäten, det vill säga 72 procent.", vec![]),
            ("Vid mätningen var 18 av 60 prover godkända (32 %).", vec!["32"]),
            ("Vid mätningen var 18 av 60 prover godkända (30 %).", vec![]),
            ("Enkäten besvarades av tre av tio boende, alltså 33 procent.", vec!["33"]),
            ("Av 1 200 boende har 400 svarat, vilket är 33,3 procent.", vec![]),
            ("Av 1 200 boende har 400 svarat, vilket är drygt 33 procent.", vec![]),
            ("Kostnaden ökar från 200 till 250 kronor, en ökning med 20 procent.", vec!["20"]),
            ("Kostnaden ökar från 200 till 250 kronor, en ökning med 25 procent.", vec![]),
            ("Antalet minskade från 80 till 60 elever, vilket motsvarar 25 procent.", vec![]),
            (
                "Under året genomfördes 240 kontroller. Vid 204 av dem var allt rätt, vilket motsvarar 80 procent.",
                vec!["80"],
            ),
            (
                "Under året genomfördes 240 kontroller. Vid 204 av dem var allt rätt, vilket motsvarar 85 procent.",
                vec![],
            ),
            (
                "De reste den 14 maj 2025. Antalet resande var 2 400. Av dem reste 1 080, motsvarande 55 procent, med buss.",
                vec!["55"],
            ),
            ("Staden köper 60 bilar. I 45 av dem, motsvarande 65 procent, finns larm.", vec!["65"]),
            ("Staden har 60 bilar och 80 cyklar. I 45 av dem, motsvarande 65 procent, finns larm.", vec![]),
            (
                "Lånen har ökat från 52 000 lån 2023 till 65 000 lån 2025. Det är en ökning med 35 procent.",
                vec!["35"],
            ),
            (
                "Lånen har ökat från 52 000 lån 2023 till 65 000 lån 2025. Det är en ökning med 25 procent.",
                vec![],
            ),
            ("Lånen har minskat från 80 till 60 på ett år. Det är en minskning med 30 procent.", vec!["30"]),
            (
                "Utgifterna är 88 miljoner kronor, att jämföra med budgetens 160 miljoner kronor. Det motsvarar 50 procent.",
                vec!["50"],
            ),
            (
                "Utgifterna är 88 miljoner kronor, att jämföra med budgetens 160 miljoner kronor. Det motsvarar 55 procent.",
                vec![],
            ),
            ("Av 250 elever svarade 180. Det motsvarar 76 procent.", vec!["76"]),
            ("Av 250 elever svarade 180. Det är 15 procent av kommunens barn.", vec![]),
            ("Lånen har ökat från 80 till 100. Det är 40 procent fler än i Farsta.", vec![]),
            ("Av de 40 skolorna har 12 sökt, och andelen flickor är 52 procent.", vec![]),
            ("Av 40 skolor har 12 svarat. Det är 35 procent fler än 2024.", vec![]),
            ("Under 2025 av 2026 års budget, vilket motsvarar 80 procent.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "procent-fel", text), found, "{text}");
        }
    }
}
