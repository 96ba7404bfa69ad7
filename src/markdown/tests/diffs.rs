//! What a reviewer sees of a change: a line for a word.

use proptest::prelude::*;

use super::{cases, tidy};

const TEXT: &str = "\
Förvaltningen anser att förslaget är väl avvägt, se t.ex. 14 kap. 1 § i lagen. Det innebär att *stadens riktlinjer*
följs, och att barnens bästa beaktas (jfr. bilaga 2). Under 2023. Förvaltningen har **stämt av frågan. Den** är
[utredd i ett tidigare ärende. Det](https://start.stockholm/a_b \"Ärendet\") finns i diariet[^1]. Ja!

- Förvaltningen tillstyrker förslaget. Det finns `inga skäl. Inga` emot.
- Ärendet omfattar
  1. kostnader om 50 % av budgeten, dvs. 3,5 mnkr. per år
  2. personal. Den är anställd.

| Fråga | Svar |
| --- | ---: |
| Vad kostar det? Hur länge? | ungefär 5 mnkr |

> Ett citat. Med två meningar.

[^1]: Noten är kort. Den har två meningar.
";

/// Where the words stand that are nothing but lower-case letters.
fn words() -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = 0;
    for word in TEXT.split_inclusive([' ', '\n']) {
        let bare = word.trim_end();
        if !bare.is_empty() && bare.chars().all(char::is_lowercase) {
            words.push((start, start + bare.len()));
        }
        start += word.len();
    }
    words
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn a_word_changed_is_a_line_changed(index in any::<prop::sample::Index>(), word in "[a-zåäö]{1,12}") {
        let words = words();
        let (start, end) = words[index.index(words.len())];
        let changed = format!("{}{word}{}", &TEXT[..start], &TEXT[end..]);
        let (before, after) = (tidy(TEXT), tidy(&changed));
        prop_assert_eq!(before.lines().count(), after.lines().count());
        let differing = before.lines().zip(after.lines()).filter(|(before, after)| before != after).count();
        prop_assert!(differing <= 1, "{after}");
        prop_assert_eq!(differing == 0, word == TEXT[start..end]);
    }

    #[test]
    fn line_breaks_in_a_paragraph_mean_nothing(breaks in proptest::collection::vec(any::<bool>(), 40)) {
        let paragraph = TEXT.split("\n\n").next().unwrap_or_default();
        let words: Vec<&str> = paragraph.split(['\n', ' ']).collect();
        let wrapped: String = words
            .iter()
            .zip(breaks.iter().cycle())
            .map(|(word, wrap)| format!("{word}{}", if *wrap { "\n" } else { " " }))
            .collect();
        // A line that began with a number or a hyphen would be a list.
        prop_assert_eq!(tidy(&wrapped), tidy(paragraph));
    }
}
