//! XML as the parts of a Word document want it, over `quick-xml`.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An attribute.
pub type Attribute<'a> = (&'a str, &'a str);

/// XML that is being written.
pub struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A part of its own, with the declaration that it begins with.
    pub fn part() -> Self {
        let mut xml = Self::fragment();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// A stretch that goes into a part.
    pub fn fragment() -> Self {
        Self(Writer::new(Vec::new()))
    }

    /// Opens an element.
    pub fn open(&mut self, name: &str, attributes: &[Attribute]) {
        self.event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &str, attributes: &[Attribute]) {
        self.event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    /// An element with nothing but its value.
    pub fn value(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// An element of text alone.
    pub fn element(&mut self, name: &str, attributes: &[Attribute], text: &str) {
        self.open(name, attributes);
        self.event(Event::Text(BytesText::new(&clean(text))));
        self.close(name);
    }

    /// What is XML already.
    pub fn raw(&mut self, xml: &[u8]) {
        self.0.get_mut().extend_from_slice(xml);
    }

    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner()
    }

    fn event(&mut self, event: Event) {
        // A vector takes everything that is written.
        self.0.write_event(event).ok();
    }
}

/// Without characters that XML cannot hold; a document has none, other sources may.
fn clean(text: &str) -> String {
    let is_held =
        |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}');
    text.chars().map(|c| if is_held(c) { c } else { '\u{fffd}' }).collect()
}
