//! Signs, letters and numbers that a line of a list begins with outside Markdown.

use std::borrow::Cow;

/// What a line begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub family: Family,
    /// Its length in bytes, with the space after it.
    pub length: usize,
    /// The sign as it stands.
    pub said: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// A sign that begins items and nothing else: one is enough.
    Bullet,
    /// A sign that begins other lines too: several must stand below one another.
    Sign(char),
    /// A dash, which begins a line of dialogue too.
    Dash(char),
    /// A letter or a number.
    Label(Label),
}

impl Marker {
    /// Whether no sentence begins so, nor a cell of a table.
    pub fn is_item(&self) -> bool {
        !matches!(&self.family, Family::Label(label) if label.may_be_words())
    }
}

/// `a)`, `(1)`, `1.1`, `iv.`: its shape and what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    opened: bool,
    close: Option<char>,
    upper: bool,
    pub value: Value,
    /// Whether the words follow without a space.
    pub tight: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Number(u64),
    /// A letter, and the Roman number that it may be.
    Letters(String),
    /// 1.1
    Parts(Vec<u32>),
}

/// Signs that Word, mail and PDF put before items.
const BULLETS: &[char] = &[
    '•', '●', '▪', '■', '◦', '○', '□', '▫', '◾', '◼', '⁃', '‣', '∙', '⦁', '➢', '➤', '►', '▶', '❖', '◆', '◇',
    '★', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f0fc}', '\u{f076}', '\u{f02d}', '\u{f0a8}', '\u{f071}',
];

/// Letters that are bullets in a font of symbols, where Word puts a tab behind them.
const OF_SYMBOLS: &[char] = &['ü', 'Ø', '§', 'v', 'q', 'n', 'l', 'w', '¨'];

/// Whether a sentence that begins so would be taken for an item at the start of a line.
pub(in super::super) fn begins_like_item(text: &str) -> bool {
    marker(text).is_some_and(|marker| marker.is_item())
}

/// A line without the sign, letter or number that it begins with as an item of a list does.
pub fn without_mark(line: &str) -> Option<&str> {
    marker(line).filter(Marker::is_item).map(|marker| &line[marker.length..])
}

/// Whether a line begins with a sign that begins items and nothing else.
pub(in super::super) fn is_bullet(line: &str) -> bool {
    // What follows may stand in marks, or on the next line.
    let short = line.chars().nth(2).is_none() || line.chars().skip(1).all(char::is_whitespace);
    let longer = if short { Cow::Owned(format!("{line}x")) } else { Cow::Borrowed(line) };
    marker(&longer).is_some_and(|marker| marker.family == Family::Bullet)
}

/// What a line begins with, if it is none of Markdown's own marks that act there.
pub(super) fn marker(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    // Most lines.
    if first.is_uppercase() && !rest.starts_with(|c: char| ".)IVX\t".contains(c)) {
        return None;
    }
    let space = spaces(rest);
    let after = &rest[space..];
    let wide = rest.starts_with(['\t', '\u{a0}', '\u{2002}', '\u{2003}', '\u{2007}', '\u{2009}', '\u{202f}']);
    let letter = after.starts_with(|c: char| c.is_alphabetic() || "”\"«(".contains(c));
    if after.is_empty() {
        return None;
    }
    let found = |family| Some(Marker { family, length: first.len_utf8() + space, said: first.to_string() });
    match first {
        _ if BULLETS.contains(&first) => found(Family::Bullet),
        '·' | '◘' if space > 0 => found(Family::Bullet),
        'o' if rest.starts_with('\t') || rest.starts_with("\u{a0}") || space > 1 => found(Family::Bullet),
        _ if OF_SYMBOLS.contains(&first) && rest.starts_with('\t') => found(Family::Bullet),
        'o' if space == 1 => found(Family::Sign(first)),
        'ü' | 'Ø' | '~' if space > 0 && letter => found(Family::Sign(first)),
        // A quotation ends with its other half.
        '»' | '›' if letter && !after.contains(['«', '»', '‹', '›']) => found(Family::Sign(first)),
        '–' | '—' | '-'
            if wide && !rest.starts_with(' ') && letter && (first != '-' || !rest.starts_with('\t')) =>
        {
            found(Family::Bullet)
        }
        '·' | '→' | '➔' | '➜' | '⇒' | '‐' | '‑' | '−' | '¤' | '☐' | '☑' | '☒' | '✓' | '✔'
            if space > 0 || letter =>
        {
            found(Family::Sign(first))
        }
        '–' | '—' if space > 0 || letter => found(Family::Dash(first)),
        '-' | '+' if space == 0 && letter => found(Family::Sign(first)),
        '*' if space == 0 && letter && !rest.contains('*') => found(Family::Sign(first)),
        '-' | '=' if rest.starts_with("> ") && rest.len() > 2 => {
            Some(Marker { family: Family::Sign('→'), length: 3, said: line[..2].to_owned() })
        }
        _ => label(line),
    }
}

/// The most characters of a label.
const LONGEST: usize = 12;

/// The length of the spaces that a text begins with.
fn spaces(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn label(line: &str) -> Option<Marker> {
    let opened = line.starts_with('(');
    let body = if opened { &line[1..] } else { line };
    let length =
        body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' && !opened)).unwrap_or(body.len());
    let (said, rest) = body.split_at(length);
    if said.is_empty() {
        return None;
    }
    let (said, close, rest) = match rest.strip_prefix(')') {
        Some(rest) => (said, Some(')'), rest),
        None if opened => return None,
        None if rest.starts_with(": ") => (said, Some(':'), &rest[1..]),
        // `1.text` was taken for one word.
        None => split(said, body)?,
    };
    let space = spaces(rest);
    let tight = space == 0;
    if rest.len() == space || tight && !rest.starts_with(char::is_alphabetic) {
        return None;
    }
    let value = value(said).filter(|_| said.len() <= LONGEST)?;
    let counts = match &value {
        // `1)` and `1.` are Markdown's own, and begin an item wherever they stand.
        Value::Number(_) => close.is_some() || said.len() < 3,
        Value::Letters(letters) => matches!(close, Some(')' | '.')) && (!tight || letters.len() == 1),
        Value::Parts(_) => close != Some(':') && !tight,
    };
    if !counts {
        return None;
    }
    let length = line.len() - rest.len() + space;
    let label = Label { opened, close, upper: said.starts_with(char::is_uppercase), value, tight };
    Some(Marker { family: Family::Label(label), length, said: line[..line.len() - rest.len()].to_owned() })
}

/// A label that ends with a full stop, or with nothing as 1.1.
fn split<'a>(said: &'a str, body: &'a str) -> Option<(&'a str, Option<char>, &'a str)> {
    // The words that follow without a space: `1.text`.
    let digits = said.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0
        && said[digits..]
            .strip_prefix('.')
            .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        return Some((&said[..digits], Some('.'), &body[digits + 1..]));
    }
    // `a.text`, but not ”t.ex.”
    let behind = body.strip_prefix(|c: char| c.is_ascii_alphabetic()).and_then(|rest| rest.strip_prefix('.'));
    let word =
        behind.map_or("", |rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
    if word.chars().count() > 2 && !body[2 + word.len()..].starts_with(['.', '@', '/']) {
        return Some((&body[..1], Some('.'), &body[2..]));
    }
    if let Some(before) = said.strip_suffix('.') {
        return Some((before, Some('.'), &body[said.len()..]));
    }
    Some((said, None, &body[said.len()..]))
}

fn value(said: &str) -> Option<Value> {
    if said.bytes().all(|b| b.is_ascii_digit()) {
        return (said.len() <= 4).then(|| said.parse().ok().map(Value::Number))?;
    }
    if said.contains('.') {
        let parts: Option<Vec<u32>> = said.split('.').map(|part| part.parse().ok()).collect();
        return parts
            .filter(|parts| parts.len() <= 4 && parts.iter().all(|part| *part < 100))
            .map(Value::Parts);
    }
    let lower = said.to_lowercase();
    (said.len() == 1 || roman(&lower).is_some()).then_some(Value::Letters(lower))
}

/// What a Roman number up to xxxix says.
fn roman(said: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = said.len() - said.trim_start_matches('x').len();
    let ones = ONES.iter().position(|ones| *ones == &said[tens..])?;
    (tens <= 3 && !said.is_empty()).then(|| (10 * tens + ones) as u32)
}

impl Label {
    /// Whether this label comes directly after another of the same shape.
    pub fn follows(&self, before: &Self) -> bool {
        let same_shape = (self.opened, self.close, self.upper) == (before.opened, before.close, before.upper);
        same_shape
            && match (&before.value, &self.value) {
                (Value::Number(before), Value::Number(number)) => *number == before + 1,
                (Value::Parts(before), Value::Parts(parts)) => {
                    parts > before && parts[0] <= before[0] + 1 && parts.len() == before.len()
                }
                (Value::Letters(before), Value::Letters(letters)) => {
                    let next = |one: &str, other: &str| {
                        one.len() == 1 && other.len() == 1 && other.as_bytes()[0] == one.as_bytes()[0] + 1
                    };
                    next(before, letters)
                        || roman(before)
                            .zip(roman(letters))
                            .is_some_and(|(before, number)| number == before + 1)
                }
                _ => false,
            }
    }

    /// Whether a sentence can begin so: ”1 skola svarade”, ”A. Ek svarade”.
    pub fn may_be_words(&self) -> bool {
        let is_initial = self.upper && self.close == Some('.') && matches!(self.value, Value::Letters(_));
        let is_number = self.close.is_none() && matches!(self.value, Value::Number(_));
        is_initial || is_number
    }

    /// Whether Markdown would take it for an item's number, were it not for where it stands.
    pub fn number(&self) -> Option<u64> {
        match self.value {
            Value::Number(number) if !self.opened && matches!(self.close, Some('.' | ')')) => Some(number),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_labels_are_told_from_words() {
        for (line, said) in [
            ("• tak", "•"),
            ("•tak", "•"),
            ("– tak", "–"),
            ("-tak", "-"),
            ("-\u{a0}tak", "-"),
            ("o\ttak", "o"),
            ("a) tak", "a)"),
            ("iv. tak", "iv."),
            ("(1) tak", "(1)"),
            ("1.tak", "1."),
            ("1.1 tak", "1.1"),
            ("3. tak", "3."),
            ("-> tak", "->"),
            ("§\ttak", "§"),
            ("Ø\ttak", "Ø"),
            ("» tak", "»"),
            ("A. Tak", "A."),
            ("II. Tak", "II."),
            ("a.tak", "a."),
            ("1: tak", "1:"),
            ("1 tak", "1"),
        ] {
            assert_eq!(marker(line).map(|marker| marker.said).as_deref(), Some(said), "{line}");
        }
        for line in [
            "tak",
            "-5 grader",
            "o",
            "•",
            "§ 4 gäller",
            "»tak» och",
            "t.ex. tak",
            "o.d. tak",
            "2026 mars",
            "1:50 kronor",
            "2,5 timmar",
            "+46 8",
            "obs. tak",
            "(tak) a",
            "12.5",
            "1.5 m",
        ] {
            let label = marker(line).map(|marker| marker.family);
            assert!(
                matches!(label, None | Some(Family::Label(Label { value: Value::Parts(_), .. }))),
                "{line}: {label:?}"
            );
        }
    }
}
