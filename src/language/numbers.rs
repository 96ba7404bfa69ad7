//! Numbers as officials write them: ”fyra”, ”4”.

/// One to twelve, in words.
const WORDS: [&[&str]; 12] = [
    &["en", "ett"],
    &["två", "bägge", "båda"],
    &["tre", "tretal"],
    &["fyra", "fyrtal"],
    &["fem", "femtal"],
    &["sex", "sextal"],
    &["sju", "sjutal"],
    &["åtta", "åttatal"],
    &["nio", "niotal"],
    &["tio"],
    &["elva"],
    &["tolv"],
];

/// The words from two to twelve, as alternatives in a pattern.
macro_rules! number_words {
    () => {
        "två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv"
    };
}
pub(crate) use number_words;

/// First to twelfth.
const ORDINALS: [&str; 12] = [
    "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde",
    "elfte", "tolfte",
];

/// The number that an ordinal says, in small letters.
pub fn ordinal(word: &str) -> Option<usize> {
    ORDINALS.iter().position(|ordinal| *ordinal == word).map(|at| at + 1)
}

/// The number that a word or its digits say.
pub fn value(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    word.parse().ok().or_else(|| WORDS.iter().position(|words| words.contains(&&*word)).map(|at| at + 1))
}

/// A number as a sentence says it.
pub fn word(number: usize) -> String {
    match number.checked_sub(1).and_then(|at| WORDS.get(at)) {
        Some(words) => words.first().copied().unwrap_or_default().to_owned(),
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_understood_and_said() {
        assert_eq!(
            (value("Fyra"), value("4"), value("ett"), value("flera")),
            (Some(4), Some(4), Some(1), None)
        );
        assert_eq!((word(5), word(13)), ("fem".to_owned(), "13".to_owned()));
        assert_eq!((ordinal("tredje"), ordinal("tre")), (Some(3), None));
    }

    #[test]
    fn patterns_have_the_words_that_are_understood() {
        let values: Vec<_> = number_words!().split('|').map(value).collect();
        assert_eq!(values, (2..=12).map(Some).collect::<Vec<_>>());
    }
}
