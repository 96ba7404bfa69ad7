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
    }
}
