//! HTML as text: elements, attributes and escaping.

/// HTML that is being written.
#[derive(Default)]
pub struct Markup(String);

/// An attribute.
pub type Attribute<'a> = (&'static str, &'a str);

impl Markup {
    /// Opens an element.
    pub fn open(&mut self, name: &str, attributes: &[Attribute]) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.escaped(value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// Closes an element that stands on lines of its own.
    pub fn end(&mut self, name: &str) {
        self.close(name);
        self.0.push('\n');
    }

    /// An element of text alone.
    pub fn element(&mut self, name: &str, attributes: &[Attribute], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        self.escaped(text);
    }

    /// A line's end, for whoever reads the source.
    pub fn line(&mut self) {
        self.0.push('\n');
    }

    /// What needs no escaping: a style sheet, markup of one's own.
    pub fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.0
    }

    fn escaped(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\u{a0}' => self.0.push_str("&nbsp;"),
                other => self.0.push(other),
            }
        }
    }
}
