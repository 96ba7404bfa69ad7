//! Values as YAML takes them.

/// A value of one line, in quotation marks where it needs them.
pub fn quoted(value: &str) -> String {
    let is_special = value.contains(": ")
        || value.contains(" #")
        || value.ends_with(':')
        || value.starts_with(|sign: char| "\"'[]{}#&*!|>%@`?,".contains(sign))
        || value == "-"
        || value.starts_with("- ");
    match is_special {
        true => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
        false => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_yaml_takes_them() {
        for (value, wanted) in [
            ("Anna Ek", "Anna Ek"),
            ("Svar: ja", "\"Svar: ja\""),
            ("- \"x\"", "\"- \\\"x\\\"\""),
            ("a #1", "\"a #1\""),
            ("-5", "-5"),
            ("08-508", "08-508"),
        ] {
            assert_eq!(quoted(value), wanted);
        }
    }
}
