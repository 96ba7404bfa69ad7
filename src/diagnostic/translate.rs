//! What libraries say in English, in Swedish: for faults of templates and layouts of one's own.

/// One kind of message: what the library says, with `{}` for what varies; the Swedish sentence and
/// what to do about it, with `{0}`, `{1}` for the same.
pub struct Saying {
    /// The library's words.
    pub english: &'static str,
    /// One Swedish sentence.
    pub message: &'static str,
    /// What to do.
    pub hint: &'static str,
}

/// A message of a kind that is known.
pub struct Translated<'a> {
    /// The Swedish sentence.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// What varied, as the library said it.
    pub values: Vec<&'a str>,
}

/// The first kind that a message is of, in Swedish. `words` puts what varies in Swedish.
pub fn translated<'a>(
    said: &'a str,
    kinds: &[Saying],
    words: impl Fn(&'a str) -> String,
) -> Option<Translated<'a>> {
    kinds.iter().find_map(|kind| {
        let values = values(said, kind.english)?;
        let swedish: Vec<String> = values.iter().map(|value| words(value)).collect();
        Some(Translated {
            message: filled(kind.message, &swedish),
            hint: filled(kind.hint, &swedish),
            values,
        })
    })
}

/// What stands where the pattern has `{}`; none when the rest differs.
fn values<'a>(said: &'a str, pattern: &str) -> Option<Vec<&'a str>> {
    let mut pieces = pattern.split("{}");
    let mut rest = said.strip_prefix(pieces.next()?)?;
    let mut values = Vec::new();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        // The last piece ends the message, and what varies may hold it too.
        let at = match pieces.peek() {
            None => rest.len().checked_sub(piece.len()).filter(|at| rest.ends_with(piece) && *at > 0)?,
            Some(_) => rest.find(piece).filter(|at| *at > 0)?,
        };
        values.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty().then_some(values)
}

fn filled(text: &str, values: &[String]) -> String {
    let slots = values.iter().enumerate();
    slots.fold(text.to_owned(), |text, (at, value)| text.replace(&format!("{{{at}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_varies_is_found() {
        assert_eq!(values("unknown variable: x", "unknown variable: {}"), Some(vec!["x"]));
        assert_eq!(
            values("Found `{` but expected }}.", "Found {} but expected {}."),
            Some(vec!["`{`", "}}"])
        );
        assert_eq!(values("cyclic import", "cyclic import"), Some(vec![]));
        assert_eq!(values("unknown variable: ", "unknown variable: {}"), None);
        assert_eq!(values("cyclic imports", "cyclic import"), None);
    }
}
