//! What changes as one though it is written with several words: amounts, dates, places in laws, names.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use super::model::WordKind;
use crate::language::swedish::month_names;

/// A space within what belongs together; Word and careful writers let it not break.
const SPACE: &str = "[ \u{a0}\u{202f}]";

const MONTH: &str = concat!("(?:", month_names!(), ")");

/// The atoms in a text, in order, none within another.
pub fn atoms(text: &str) -> Vec<(Range<usize>, WordKind)> {
    // Most stretches hold neither a digit nor a name.
    let worth = |c: char| c.is_ascii_digit() || c == '(' || c.is_uppercase();
    if !text.contains(worth) {
        return Vec::new();
    }
    let Some(Patterns { any, kinds }) = patterns() else { return Vec::new() };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(atom) = any.find_at(text, from) {
        if starts_word(text, atom.start()) && ends_word(text, atom.end()) {
            let kind = kinds.iter().find(|(pattern, _)| pattern.is_match(atom.as_str()));
            found.extend(kind.map(|(_, kind)| (atom.range(), kind.clone())));
            from = atom.end().max(from + 1);
        } else {
            // Digits within a word are no amount: on with what follows them.
            from = text[atom.start()..]
                .char_indices()
                .find(|(_, c)| !c.is_alphanumeric())
                .map_or(text.len(), |(at, c)| atom.start() + at + c.len_utf8());
        }
    }
    found
}

struct Patterns {
    /// Any atom. Which one it is asked afterwards: that is much faster than groups.
    any: Regex,
    /// An atom of each kind, and nothing more.
    kinds: Vec<(Regex, WordKind)>,
}

fn patterns() -> Option<&'static Patterns> {
    static PATTERNS: OnceLock<Option<Patterns>> = OnceLock::new();
    let compile = || {
        let kinds = kinds();
        let any = kinds.iter().map(|(pattern, _)| pattern.as_str()).collect::<Vec<_>>().join("|");
        let whole = |(pattern, kind): (String, WordKind)| {
            Regex::new(&format!("^(?:{pattern})$")).map(|it| (it, kind))
        };
        let kinds = kinds.into_iter().map(whole).collect::<Result<_, _>>().ok()?;
        Some(Patterns { any: Regex::new(&any).ok()?, kinds })
    };
    PATTERNS.get_or_init(compile).as_ref()
}

/// The kinds of atoms, the first that fits being the one.
fn kinds() -> Vec<(String, WordKind)> {
    let s = SPACE;
    let law = format!(
        "[0-9]+(?:{s}[a-z])?{s}kap\\.(?:{s}[0-9]+(?:{s}[a-z])?(?:[–-][0-9]+)?{s}§§?)?|[0-9]+(?:{s}[a-z])?(?:[–-][0-9]+)?{s}§§?|§§?{s}?[0-9]+|[0-9]{{4}}:[0-9]+"
    );
    let number = format!(
        "[A-ZÅÄÖ]{{2,8}}{s}[0-9]{{4}}/[0-9]+|[0-9]+(?:\\.[0-9]+)*-[0-9]+/[0-9]{{2,4}}|[A-ZÅÄÖ]{{2,8}}-[0-9]{{4}}-[0-9]+"
    );
    let date = format!(
        "[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}(?:[–-][0-9]{{1,2}})?{s}{MONTH}(?:{s}[0-9]{{4}})?|{MONTH}{s}[0-9]{{4}}|(?:19|20)[0-9]{{2}}[–-](?:19|20)?[0-9]{{2}}|(?:19|20)[0-9]{{2}}|[0-9]{{1,2}}[.:][0-9]{{2}}(?:[–-][0-9]{{1,2}}[.:][0-9]{{2}})?"
    );
    let amount = format!(
        "[–−-]?(?:[0-9]{{1,3}}(?:{s}[0-9]{{3}})+|[0-9]+)(?:,[0-9]+)?(?:{s}?%|{s}(?:(?:miljoner|miljarder|miljon|miljard|tusen){s})?(?:kronor|kr|tkr|mnkr|mkr|mdkr|procentenheter|procent|promille|öre|euro)|{s}(?:miljoner|miljarder|tusen)\\b)?"
    );
    let with_party = format!(
        "\\p{{Lu}}[\\p{{L}}-]+{s}(?:(?:af|av|von|de|van){s})?(?:\\p{{Lu}}[\\p{{L}}-]+{s}){{1,2}}(?:m\\.fl\\.{s})?\\(\\p{{Lu}}{{1,4}}\\)"
    );
    let name =
        format!("\\p{{Lu}}\\p{{Ll}}[\\p{{L}}-]*{s}(?:(?:af|von|de|van){s})?\\p{{Lu}}\\p{{Ll}}[\\p{{L}}-]*");
    let kinds =
        [WordKind::Law, WordKind::Number, WordKind::Date, WordKind::Amount, WordKind::Name, WordKind::Name];
    [law, number, date, amount, with_party, name].into_iter().zip(kinds).collect()
}

fn starts_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '/')
}

fn ends_word(text: &str, at: usize) -> bool {
    !text[at..].starts_with(|c: char| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, WordKind)> {
        atoms(text).into_iter().map(|(range, kind)| (&text[range], kind)).collect()
    }

    #[test]
    fn what_belongs_together_is_one() {
        use WordKind::{Amount, Date, Law, Name, Number};
        for (text, wanted) in [
            ("kostar 12 000 kronor per år", vec![("12 000 kronor", Amount)]),
            ("12\u{a0}000\u{a0}kronor", vec![("12\u{a0}000\u{a0}kronor", Amount)]),
            (
                "2,5 miljoner kronor, 14 procent",
                vec![("2,5 miljoner kronor", Amount), ("14 procent", Amount)],
            ),
            ("den 3 mars 2026.", vec![("3 mars 2026", Date)]),
            ("från 2026-03-02 till 2027–2030", vec![("2026-03-02", Date), ("2027–2030", Date)]),
            ("3 kap. 1 § skollagen (2010:800)", vec![("3 kap. 1 §", Law), ("2010:800", Law)]),
            ("SOF 2026/218 och 1.5.1-77/2026", vec![("SOF 2026/218", Number), ("1.5.1-77/2026", Number)]),
            (
                "Cajsa Edhammar (L) och Bo Alm m.fl. (KD)",
                vec![("Cajsa Edhammar (L)", Name), ("Bo Alm m.fl. (KD)", Name)],
            ),
            ("läraren Eva Ek frågade", vec![("Eva Ek", Name)]),
            ("A4 och B12 samt 3D", vec![]),
            ("klockan 19 till 22", vec![("19", Amount), ("22", Amount)]),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }
}
