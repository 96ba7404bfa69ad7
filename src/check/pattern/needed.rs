//! What must stand in a text where an expression matches in it, told from the expression as it is written: most
//! expressions match nowhere in a case, and to look for a word is faster than to compile one.

use std::iter::Peekable;
use std::str::Chars;

use memchr::memmem::Finder;

/// Words of which one stands in every match.
pub struct Needed(Vec<Finder<'static>>);

impl Needed {
    /// Those of an expression; none where no few words are in all matches.
    pub fn of(expression: &str) -> Option<Self> {
        let words = words(expression)?;
        Some(Self(words.into_iter().map(|word| Finder::new(&word).into_owned()).collect()))
    }

    /// Whether one of them stands in a text.
    pub fn are_in(&self, text: &str) -> bool {
        self.0.iter().any(|word| word.find(text.as_bytes()).is_some())
    }
}

/// So many words are worth looking for.
const MOST: usize = 60;

/// The words of which one is needed.
fn words(expression: &str) -> Option<Vec<String>> {
    // From there on, letters stand for others, too.
    if expression.contains("(?i") {
        return None;
    }
    let mut rest = expression.chars().peekable();
    branches(&mut rest).filter(|words| words.len() <= MOST && words.iter().all(|word| is_rare(word)))
}

/// Whether a word is no part of most texts.
fn is_rare(word: &str) -> bool {
    let mut signs = word.chars();
    match (signs.next(), signs.next()) {
        (Some(one), None) => !one.is_alphanumeric() && !matches!(one, ' ' | '.' | ',' | '-' | '(' | ')'),
        (one, _) => one.is_some(),
    }
}

/// What is needed of alternatives, up to the end of their group: words of each.
fn branches(rest: &mut Peekable<Chars>) -> Option<Vec<String>> {
    let mut all = Some(Vec::new());
    loop {
        let one = branch(rest);
        all = all.zip(one).map(|(all, one)| [all, one].concat());
        if rest.next() != Some('|') {
            return all;
        }
    }
}

/// What is needed of one alternative: the words of it that are easiest to miss. The sign that ends it is left.
fn branch(rest: &mut Peekable<Chars>) -> Option<Vec<String>> {
    let mut best: Option<Vec<String>> = None;
    let mut run = String::new();
    let mut take = |words: Option<Vec<String>>| {
        let least = |words: &[String]| words.iter().map(String::len).min().unwrap_or_default();
        let is_better = |words: &Vec<String>| best.as_deref().is_none_or(|best| least(words) > least(best));
        if let Some(words) = words.filter(is_better) {
            best = Some(words);
        }
    };
    while let Some(sign) = rest.next_if(|sign| !matches!(sign, '|' | ')')) {
        let letter = match sign {
            '^' | '$' => continue,
            '\\' if rest.next_if(|sign| matches!(sign, 'b' | 'B')).is_some() => continue,
            '\\' => escaped(rest),
            '[' => {
                class(rest);
                None
            }
            '(' => {
                take(ended(&mut run));
                let words = group(rest);
                let is_needed = quantified(rest) != Some(false);
                take(words.filter(|_| is_needed));
                continue;
            }
            '.' => None,
            letter => Some(letter),
        };
        let repeated = quantified(rest);
        run.extend(letter.filter(|_| repeated != Some(false)));
        if letter.is_none() || repeated.is_some() {
            take(ended(&mut run));
        }
    }
    take(ended(&mut run));
    best
}

/// A run of letters that ends.
fn ended(run: &mut String) -> Option<Vec<String>> {
    let run = std::mem::take(run);
    (!run.is_empty()).then(|| vec![run])
}

/// The letter that an escape stands for, if it is one.
fn escaped(rest: &mut Peekable<Chars>) -> Option<char> {
    let sign = rest.next()?;
    if !sign.is_ascii_alphanumeric() {
        return Some(sign);
    }
    match (sign, rest.peek()) {
        (_, Some('{')) => skip_to(rest, &['}']),
        ('x', _) => {
            rest.nth(1);
        }
        _ => {}
    }
    None
}

/// Skips all up to one of these signs, and that.
fn skip_to(rest: &mut Peekable<Chars>, signs: &[char]) {
    rest.find(|sign| signs.contains(sign));
}

/// Skips a class, behind its first bracket.
fn class(rest: &mut Peekable<Chars>) {
    rest.next_if_eq(&'^');
    // At the beginning it is a sign like others.
    rest.next_if_eq(&']');
    let mut depth = 1;
    while depth > 0 {
        match rest.next() {
            None => return,
            Some('\\') => {
                escaped(rest);
            }
            Some('[') => depth += 1,
            Some(']') => depth -= 1,
            Some(_) => {}
        }
    }
}

/// What is needed of a group, behind its first bracket.
fn group(rest: &mut Peekable<Chars>) -> Option<Vec<String>> {
    if rest.next_if_eq(&'?').is_some() {
        skip_to(rest, &[':', '>']);
    }
    branches(rest)
}

/// Skips what says how often something stands: whether it stands at all; nothing where it stands once.
fn quantified(rest: &mut Peekable<Chars>) -> Option<bool> {
    let stands = match rest.next_if(|sign| matches!(sign, '?' | '*' | '+' | '{'))? {
        '+' => true,
        '{' => {
            let least = rest.peek() != Some(&'0');
            skip_to(rest, &['}']);
            least
        }
        _ => false,
    };
    rest.next_if_eq(&'?');
    Some(stands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_match_holds_is_told() {
        for (expression, needed) in [
            (r"\bmed anledning av\b", vec!["med anledning av"]),
            (r"\b(?:todo|fixme)\b:?|\batt\s+göra:", vec!["todo", "fixme", "göra:"]),
            (r"klicka\s+och\s+skriv(?:\s+text)?", vec!["klicka"]),
            (r"(?P<kind>tabell|figur)\s+(?P<number>[0-9]{1,2})\b", vec!["tabell", "figur"]),
            (r"kap(?:\.|itel)?[^.;:]*§", vec!["kap"]),
            (r"förslage?t", vec!["förslag"]),
            (r"aa+b{2}c", vec!["aa"]),
            (r"\.png$|\.jpe?g", vec![".png", ".jp"]),
            (r"[^]x\]ab]cd\u{a0}efg\x22h", vec!["efg"]),
            (r"@{2,}|%", vec!["@", "%"]),
        ] {
            assert_eq!(
                words(expression),
                Some(needed.iter().map(|word| (*word).to_owned()).collect()),
                "{expression}"
            );
        }
        for expression in
            [r"[0-9]+", r"\p{L}*", r"(?:ord)?", r"(?:ord){0,2}x", r"ord|[a-z]", r"(?i:att) ord", r"a|b", ""]
        {
            assert_eq!(words(expression), None, "{expression}");
        }
    }
}
