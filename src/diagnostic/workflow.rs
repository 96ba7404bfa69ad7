//! What commands in a workflow of GitHub's are made of.

use super::readable;

/// A message; the runner turns these back.
pub fn data(text: &str) -> String {
    readable(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")).into_owned()
}

/// A property, which a colon or a comma would end.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_property_or_a_message_is_escaped() {
        assert_eq!(property("a,b:c%\r\nd"), "a%2Cb%3Ac%25%0D%0Ad");
        assert_eq!(data("50 %: ja,\nnej"), "50 %25: ja,%0Anej");
    }
}
