//! Figures as officials write them: ”1 100”, ”−3,5 %”, ”720 000 kronor”, ”0,7 miljoner kronor”.

/// A figure and how it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is worth, in the unit that it is written in.
    pub value: f64,
    /// How many decimals it has.
    pub decimals: usize,
    /// Whether it is a share in percent.
    pub is_percent: bool,
    /// Whether it counts thousands or millions, and so is rounded.
    pub is_large_unit: bool,
    unit: String,
}

/// Words behind a figure that say how much its unit is worth.
const LARGE: &[(&str, f64)] = &[
    ("tkr", 1e3),
    ("tusen", 1e3),
    ("mnkr", 1e6),
    ("mkr", 1e6),
    ("msek", 1e6),
    ("miljon", 1e6),
    ("miljoner", 1e6),
    ("mdkr", 1e9),
    ("mdr", 1e9),
    ("miljard", 1e9),
    ("miljarder", 1e9),
];

/// The figure that a text is, with its unit at most; none where it says something else.
pub fn figure(said: &str) -> Option<Figure> {
    const LONGEST_UNIT: usize = 3;
    let said = said.trim().trim_end_matches('*');
    let (sign, rest) = match said.strip_prefix(['-', '–', '−']) {
        Some(rest) => (-1.0, rest.trim_start()),
        None => (1.0, said.strip_prefix('+').unwrap_or(said)),
    };
    let is_digital =
        |sign: char| sign.is_ascii_digit() || matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '.' | ',');
    let end = rest.find(|sign| !is_digital(sign)).unwrap_or(rest.len());
    let (digits, unit) = (rest[..end].trim_end(), rest[end..].trim());
    let (value, decimals) = number(digits)?;
    let is_unit = |sign: char| sign.is_alphabetic() || matches!(sign, '%' | ' ' | '\u{a0}' | '.' | '/' | '²');
    if !unit.chars().all(is_unit) || unit.split_whitespace().count() > LONGEST_UNIT {
        return None;
    }
    let word = unit.split_whitespace().next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    Some(Figure {
        value: sign * value,
        decimals,
        is_percent: matches!(word.as_str(), "%" | "procent"),
        is_large_unit: LARGE.iter().any(|(large, _)| *large == word),
        unit: unit.to_owned(),
    })
}

/// Digits with spaces or points between thousands and a comma before decimals.
fn number(digits: &str) -> Option<(f64, usize)> {
    let (whole, decimals) = match digits.split_once(',') {
        Some((whole, decimals)) => (whole, decimals),
        None => (digits, ""),
    };
    let groups: Vec<&str> = whole.split([' ', '\u{a0}', '\u{202f}', '.']).collect();
    let are_groups = groups.iter().enumerate().all(|(at, group)| match at {
        0 if groups.len() == 1 => !group.is_empty(),
        0 => (1..=3).contains(&group.len()),
        _ => group.len() == 3,
    });
    if !are_groups || !decimals.bytes().all(|byte| byte.is_ascii_digit()) || digits.ends_with(',') {
        return None;
    }
    let value = format!("{}.{decimals}0", groups.concat()).parse().ok()?;
    Some((value, decimals.len()))
}

impl Figure {
    /// How much it is worth in kronor, or whatever its unit counts.
    pub fn worth(&self) -> f64 {
        let word = self.unit.split_whitespace().next().unwrap_or_default().to_lowercase();
        let large = LARGE.iter().find(|(large, _)| *large == word.trim_end_matches('.'));
        self.value * large.map_or(1.0, |(_, worth)| *worth)
    }

    /// Another value, written as this one is.
    pub fn like(&self, value: f64) -> String {
        let written = format!("{:.*}", self.decimals, value.abs());
        let (whole, decimals) = written.split_once('.').unwrap_or((written.as_str(), ""));
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push(' ');
            }
            grouped.push(digit);
        }
        let sign =
            if value < 0.0 && written.bytes().any(|byte| matches!(byte, b'1'..=b'9')) { "−" } else { "" };
        let comma = if decimals.is_empty() { "" } else { "," };
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        format!("{sign}{grouped}{comma}{decimals}{unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_they_are_written() {
        for (said, value) in [
            ("1 100", Some(1100.0)),
            ("1\u{a0}100 kronor", Some(1100.0)),
            ("1.100", Some(1100.0)),
            ("−3,5 %", Some(-3.5)),
            ("- 20", Some(-20.0)),
            ("12 st.", Some(12.0)),
            ("0,7 mnkr", Some(0.7)),
            ("2025-01-31", None),
            ("4–6", None),
            ("12 av 40", None),
            ("1 10", None),
            ("8.30", None),
            ("–", None),
            ("", None),
            ("ja", None),
        ] {
            assert_eq!(figure(said).map(|figure| figure.value), value, "{said}");
        }
    }

    #[test]
    fn another_value_is_written_alike() {
        let like = |said: &str, value: f64| figure(said).expect("a figure").like(value);
        assert_eq!(like("1 110", 1100.0), "1 100");
        assert_eq!(like("3,5 %", -0.04), "0,0 %");
        assert_eq!(like("3,5", -1234.56), "−1 234,6");
        assert_eq!(figure("0,72 miljoner kronor").map(|figure| figure.worth()), Some(720_000.0));
    }
}
