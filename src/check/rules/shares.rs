//! Shares in running text: a percentage fits the two figures that it stands beside.

use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::figures::figure;
use crate::language::numbers;
use crate::language::numbers::number_words;

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
    r"(?i)\b(?:ök\p{L}+|minsk\p{L}+|sjunk\p{L}+|sjönk|stig\p{L}+|steg|väx\p{L}+|höj\p{L}+|sänk\p{L}+)\s+(?:\p{L}+\s+){0,6}?från\s+(?P<from>[0-9][0-9 \u{a0}]*(?:,[0-9]+)?)(?:\s+\p{L}+){0,5}?\s+till\s+(?P<to>[0-9][0-9 \u{a0}]*[0-9](?:,[0-9]+)?|[0-9])\b",
]);

/// What makes a percentage that of the figures before it.
static EQUALS: Pattern = Pattern::new(&[
    r"(?i)^[^.;:]{0,40}?(?:,\s+(?:vilket\s+(?:är|motsvarar|utgör|ger|innebär)|det\s+vill\s+säga|dvs\.?|eller|alltså|motsvarande|en\s+(?:ökning|minskning|höjning|sänkning)\s+(?:med|på))|\((?:dvs\.?\s+|det\s+vill\s+säga\s+|motsvarande\s+)?|\s+(?:det\s+vill\s+säga|dvs\.?|motsvarar|eller))\s*(?:en\s+\p{L}+\s+(?:på|med|om)\s+)?(?:cirka|ca|c:a|omkring|ungefär|runt|knappt|drygt|nästan|nära|närmare)?\.?\s*$",
]);

fn shares(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != Kind::Line) {
        if !passage.text.contains('%') && !passage.text.lower().contains("procent") {
            continue;
        }
        for sentence in passage.text.sentences(review.templates.abbreviations()) {
            findings.extend(of_sentence(passage, sentence));
        }
    }
    findings
}

fn of_sentence(passage: &Passage, sentence: Range<usize>) -> Option<Diagnostic> {
    let text = &passage.text[sentence.clone()];
    let mut percents = PERCENT.all(text);
    // Of several it is not known whose each is.
    let (percent, None) = (percents.next()?, percents.next()) else { return None };
    let (whole, value) = (percent.get(0)?, percent.name("value")?);
    let written = figure(value.as_str())?;
    let before = &text[..whole.start()];
    let (end, right, sum) = part_of(before).or_else(|| change(before))?;
    if !EQUALS.is_in(&before[end..]) {
        return None;
    }
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

/// Where a part of a whole ends in a text, its share in percent, and how to say it.
fn part_of(text: &str) -> Option<(usize, f64, String)> {
    let found = PART.all(text).last()?;
    let part = found.name("part").or_else(|| found.name("some"))?;
    let whole = found.name("whole").or_else(|| found.name("all"))?;
    let (some, all) = (value(part.as_str())?, value(whole.as_str())?);
    let is_year = |said: &str| said.len() == 4 && (said.starts_with("19") || said.starts_with("20"));
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
    let is_year = |said: &str| said.trim().len() == 4 && (said.starts_with("19") || said.starts_with("20"));
    if before == 0.0 || is_year(from.as_str()) || is_year(to.as_str()) {
        return None;
    }
    let said = format!("från {} till {}", from.as_str().trim(), to.as_str().trim());
    Some((found.get(0)?.end(), 100.0 * (after / before - 1.0).abs(), said))
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
            ("Av de 40 skolorna har 12 sökt, och andelen flickor är 52 procent.", vec![]),
            ("Av 40 skolor har 12 svarat. Det är 35 procent fler än 2024.", vec![]),
            ("Under 2025 av 2026 års budget, vilket motsvarar 80 procent.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "procent-fel", text), found, "{text}");
        }
    }
}
