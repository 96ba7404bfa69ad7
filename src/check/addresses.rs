//! Addresses on the web and of mail: they stand in a text, but are no prose.

use crate::diagnostic::Place;

/// Whether a place lies within an address, behind its first sign: `2026-02-31` in
/// `https://a.se/?dag=2026-02-31` is no date that somebody wrote.
pub fn are_around(place: &Place) -> bool {
    let text = &place.source.text;
    let (Some(before), Some(after)) = (text.get(..place.range.start), text.get(place.range.start..)) else {
        return false;
    };
    let ends = |sign: char| sign.is_whitespace() || "<>()[]\"”’“".contains(sign);
    let start = before.rfind(ends).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let end = after.find(ends).unwrap_or(after.len());
    let (begun, rest) = (&before[start..], &after[..end]);
    !begun.is_empty()
        && place.range.end <= place.range.start + end
        && (begun.contains("://") || begun.starts_with("www.") || is_mail(begun, rest))
}

/// Whether the two halves are one address of mail.
fn is_mail(begun: &str, rest: &str) -> bool {
    let whole = [begun, rest].concat();
    let ends = |sign: char| sign.is_ascii_punctuation();
    let host = whole.split_once('@').map(|(_, host)| host.trim_end_matches(ends));
    host.is_some_and(|host| host.contains('.') && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;

    #[test]
    fn what_stands_within_an_address_is_no_prose() {
        let within = |text: &str, word: &str| {
            let start = text.find(word).expect("the word");
            let source = Source::new("a.yaml", text);
            are_around(&Place { source, range: start..start + word.len() })
        };
        assert!(within("Se https://a.se/t.ex/x?dag=2026-02-31.", "2026-02-31"));
        assert!(within("Se (www.a.se/foo..bar).", ".."));
        assert!(within("Skriv till eva.linnd@a.se.", "linnd"));
        assert!(!within("Se www.a.se.", "www."));
        assert!(!within("Se https://a.se den 2026-02-31.", "2026-02-31"));
        assert!(!within("Dag 2026-02-31 på https://a.se.", "2026-02-31"));
    }
}
