//! The order of words: how usual it is that words of one kind stand beside those of another.
//!
//! The kinds and the weights are data, `templates/language/ordfoljd.txt`, which says how it was made.

use std::ops::Range;

use memchr::memmem;
use rustc_hash::FxHashMap;

/// The sign of a weight that says nothing; each sign after it is a step more, each before it one less.
const NEUTRAL: u8 = b'O';

/// The longest ending that a word is looked up by, in letters.
const LONGEST_ENDING: usize = 6;

/// As long as most words of the list are, with what parts them, in bytes.
const WORD: usize = 8;

/// A kind of words that can stand for one another: a usual word alone, those with certain endings, numbers.
type OrderKind = u16;

/// What is known of the order of words.
#[derive(Debug, Default)]
pub struct WordOrder {
    /// How much an order must be worth more than the one that is written, to be told.
    limit: i32,
    kinds: FxHashMap<Box<str>, OrderKind>,
    /// The kinds that are told by how a word is written.
    written: Written,
    /// How well a kind stands directly behind another, a row for each of those before.
    beside: Vec<i8>,
    /// How well it stands behind another with a word between them.
    apart: Vec<i8>,
    number: usize,
}

/// The kinds of what is not looked up as a word.
#[derive(Debug, Default)]
struct Written {
    beginning: OrderKind,
    end: OrderKind,
    number: OrderKind,
    name: OrderKind,
    capitals: OrderKind,
    other: OrderKind,
}

/// A word, number or sign of a text.
struct Token {
    range: Range<usize>,
    kind: OrderKind,
    /// Whether it is a word in small letters, outside quotations.
    is_word: bool,
    /// Whether its kind is told by more than its ending.
    is_known: bool,
}

/// Two neighbours that would stand better the other way round.
pub struct Swapped {
    /// The first of them.
    pub first: Range<usize>,
    /// The second.
    pub second: Range<usize>,
    /// How much better, in the steps of the weights.
    pub gain: i32,
}

impl WordOrder {
    /// Reads the list; none where it is not written as it should be.
    pub fn parse(text: &str) -> Option<Self> {
        let (_, rest) = parted(text, "\n[gräns]")?;
        let (limit, rest) = parted(rest, "\n[ordslag]")?;
        let (kinds, rest) = parted(rest, "\n[bredvid]")?;
        let (beside, apart) = parted(rest, "\n[med ett ord emellan]")?;
        // The list is large: it is read as it lies, whatever its lines end with.
        let [kinds, beside, apart] = [kinds, beside, apart].map(|rows| rows.trim_matches(['\r', '\n']));
        let limit = limit.trim().parse().ok()?;
        let mut order = Self { limit, ..Self::default() };
        order.kinds.reserve(kinds.len() / WORD);
        for (kind, row) in kinds.lines().enumerate() {
            order.number = kind + 1;
            for word in row.split(' ') {
                order.kinds.insert(word.into(), OrderKind::try_from(kind).ok()?);
            }
        }
        order.written = Written {
            beginning: order.said("<början>")?,
            end: order.said("<slut>")?,
            number: order.said("<tal>")?,
            name: order.said("<namn>")?,
            capitals: order.said("<versaler>")?,
            other: order.said("<annat>")?,
        };
        order.beside = weights(beside, order.number)?;
        order.apart = weights(apart, order.number)?;
        Some(order)
    }

    fn said(&self, word: &str) -> Option<OrderKind> {
        self.kinds.get(word).copied()
    }

    /// The neighbours of a text, which is also given in small letters, that would clearly stand better the
    /// other way round.
    pub fn swapped(&self, text: &str, lower: &str) -> Vec<Swapped> {
        let tokens = self.tokens(text, lower);
        let kind = |at: Option<usize>| {
            let beyond = if at.is_none() { self.written.beginning } else { self.written.end };
            at.and_then(|at| tokens.get(at)).map_or(beyond, |token| token.kind)
        };
        let mut found = Vec::new();
        for (at, pair) in tokens.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            let are_words = one.is_word && other.is_word && (one.is_known || other.is_known);
            if !are_words || &text[one.range.end..other.range.start] != " " || is_strange(&tokens, at) {
                continue;
            }
            let around = [at.checked_sub(2), at.checked_sub(1), Some(at + 2), Some(at + 3)].map(kind);
            let gain = self.gain(around, one.kind, other.kind);
            if gain > self.limit {
                found.push(Swapped { first: one.range.clone(), second: other.range.clone(), gain });
            }
        }
        found
    }

    /// What two kinds gain by changing places between the two before and the two behind them.
    fn gain(&self, [far, before, after, beyond]: [OrderKind; 4], one: OrderKind, other: OrderKind) -> i32 {
        let worth = |first: OrderKind, second: OrderKind| {
            let beside = [(before, first), (first, second), (second, after)];
            let apart = [(far, first), (before, second), (first, after), (second, beyond)];
            let sum = |pairs: &[(OrderKind, OrderKind)], weights: &[i8]| -> i32 {
                pairs.iter().map(|(one, other)| i32::from(weights[self.at(*one, *other)])).sum()
            };
            sum(&beside, &self.beside) + sum(&apart, &self.apart)
        };
        worth(other, one) - worth(one, other)
    }

    fn at(&self, one: OrderKind, other: OrderKind) -> usize {
        usize::from(one) * self.number + usize::from(other)
    }

    fn tokens(&self, text: &str, lower: &str) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::new();
        let (mut begins, mut is_quoted) = (true, false);
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let length = token(&text[at..]);
            let range = at..at + length;
            at = range.end;
            if first.is_whitespace() {
                continue;
            }
            let written = &text[range.clone()];
            is_quoted ^= matches!(written, "”" | "\"");
            let kind = match first {
                _ if first.is_numeric() => self.written.number,
                _ if !first.is_alphabetic() => self.sign(written),
                _ if begins || !first.is_uppercase() => self.word(&lower[range.clone()]),
                _ if written.chars().nth(1).is_some() && !written.contains(char::is_lowercase) => {
                    self.written.capitals
                }
                _ => self.written.name,
            };
            let is_word = !is_quoted && written.chars().all(|letter| letter.is_lowercase());
            begins = matches!(written, "." | "!" | "?" | ":");
            let is_known = is_word && self.said(written).is_some();
            tokens.push(Token { range, kind, is_word, is_known });
        }
        tokens
    }

    fn sign(&self, written: &str) -> OrderKind {
        let sign = if matches!(written, "\"" | "“") { "”" } else { written };
        self.said(sign).unwrap_or(self.written.other)
    }

    /// The kind of a word in small letters: its own, or that of its longest known ending.
    fn word(&self, word: &str) -> OrderKind {
        let ending = || {
            let starts = word.char_indices().rev().take(LONGEST_ENDING).map(|(at, _)| at);
            let mut key = String::new();
            let known = starts.chain([word.len()]).filter_map(|at| {
                key.clear();
                key.extend(["-", &word[at..]]);
                Some((word.len() - at, self.said(&key)?))
            });
            known.max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
        };
        self.said(word).or_else(ending).unwrap_or(self.written.other)
    }
}

/// Whether most words around a pair are unknown: another language, or names of things.
fn is_strange(tokens: &[Token], at: usize) -> bool {
    const AROUND: usize = 3;
    let near = tokens[at.saturating_sub(AROUND)..].iter().take(2 * AROUND + 2);
    let (mut words, mut known) = (0, 0);
    for token in near.filter(|token| token.is_word) {
        words += 1;
        known += usize::from(token.is_known);
    }
    2 * known <= words
}

/// How long the token is that a text begins with: white space, a word with joints inside, a number, or a sign.
fn token(text: &str) -> usize {
    let first = text.chars().next().unwrap_or_default();
    let is_word = first.is_alphabetic();
    if !is_word && !first.is_numeric() {
        return first.len_utf8();
    }
    let is_part = |sign: char| if is_word { sign.is_alphabetic() } else { sign.is_numeric() };
    let joints = if is_word { ['-', '’', '\'', ':'] } else { [' ', '.', ',', ':'] };
    let mut length = 0;
    loop {
        let rest = &text[length..];
        length += rest.find(|sign| !is_part(sign)).unwrap_or(rest.len());
        let mut behind = text[length..].chars();
        match (behind.next(), behind.next()) {
            (Some(joint), Some(next)) if joints.contains(&joint) && is_part(next) => {
                length += joint.len_utf8()
            }
            _ => return length,
        }
    }
}

/// What stands before and after a mark; the list is so large that it matters how the mark is looked for.
fn parted<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let at = memmem::find(text.as_bytes(), mark.as_bytes())?;
    Some((&text[..at], &text[at + mark.len()..]))
}

/// Rows of signs as weights; none where there are not as many as kinds, each as long.
fn weights(rows: &str, number: usize) -> Option<Vec<i8>> {
    let end = if rows.as_bytes().get(number) == Some(&b'\r') { "\r\n" } else { "\n" };
    let mut weights = Vec::with_capacity(number * number);
    for row in rows.as_bytes().chunks(number + end.len()) {
        let (row, end_of_row) = row.split_at_checked(number)?;
        if !end_of_row.is_empty() && end_of_row != end.as_bytes() {
            return None;
        }
        weights.extend(row.iter().map(|sign| sign.wrapping_sub(NEUTRAL).cast_signed()));
    }
    (weights.len() == number * number).then_some(weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two kinds of words beside the special ones: ”av”, and what ends in -en, which shall not stand before it.
    fn order() -> String {
        let kinds =
            ["<början>", "<slut>", "<tal>", "<namn>", "<versaler>", "<annat>", ". bild", "av i", "-en båten"];
        let row = |at: usize| {
            (0..9).map(|other| if (at, other) == (7, 8) { 'Y' } else { 'O' }).collect::<String>() + "\n"
        };
        let beside: String = (0..9).map(row).collect();
        let apart = "OOOOOOOOO\n".repeat(9);
        format!(
            "# Påhittad.\n\n[gräns]\n8\n[ordslag]\n{}\n[bredvid]\n{beside}[med ett ord emellan]\n{apart}",
            kinds.join("\n")
        )
    }

    #[test]
    fn what_stands_better_the_other_way_is_told() {
        let order = WordOrder::parse(&order()).expect("as it should be written");
        let told = |text: &str| -> Vec<String> {
            let found = order.swapped(text, &text.to_lowercase());
            found.iter().map(|pair| text[pair.first.start..pair.second.end].to_owned()).collect()
        };
        assert_eq!(told("Bild båten av i 2 000 bild."), ["båten av"]);
        assert_eq!(told("Bild solen av i 2 000 bild."), ["solen av"]);
        assert_eq!(told("Bild av båten i 2 000 bild."), Vec::<String>::new());
        assert_eq!(told("Bild båten, av i bild."), Vec::<String>::new());
        assert_eq!(told("Bild Båten av i bild."), Vec::<String>::new());
        assert_eq!(told("Bild ”båten av i” bild."), Vec::<String>::new());
    }

    #[test]
    fn a_list_that_lacks_something_is_none() {
        assert!(WordOrder::parse("").is_none());
        assert!(WordOrder::parse(&order().replace('\n', "\r\n")).is_some());
        assert!(WordOrder::parse(&order().replace("OOOOOOOOO\n", "OOOOOOOO\n")).is_none());
        assert!(WordOrder::parse(&order().replace("<slut>", "slut")).is_none());
    }

    #[test]
    fn tokens_are_words_numbers_and_signs() {
        let lengths = ["för- och", "EU:s mål", "2 000 kr", "2 kr", "Ö", ", så", " x"].map(token);
        assert_eq!(lengths, ["för", "EU:s", "2 000", "2", "Ö", ",", " "].map(str::len));
    }
}
