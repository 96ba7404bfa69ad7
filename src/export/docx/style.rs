//! The styles that text can have. Those that Word knows have Word's own English names, which it
//! shows in the language of whoever reads: `heading 1` as Rubrik 1.

use std::collections::HashMap;

use super::sheet::{Sheet, USUAL_FACES};
use super::xml::Xml;
use crate::language::swedish::capitalised;
use crate::library::slug;

/// What a style is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Paragraphs.
    Paragraph,
    /// Runs of text.
    Character,
    /// Tables.
    Table,
}

/// The styles' identifiers by their names: our own, or those of somebody's template.
#[derive(Clone, Default)]
pub struct Ids(HashMap<String, String>);

impl Ids {
    /// Our own.
    pub fn own(sheet: &Sheet) -> Self {
        Self(all(sheet).iter().map(|style| (style.name.to_lowercase(), id(&style.name))).collect())
    }

    /// Those of a template: name and identifier of each.
    pub fn of(styles: impl Iterator<Item = (String, String)>) -> Self {
        Self(styles.map(|(name, id)| (name.to_lowercase(), id)).collect())
    }

    /// The identifier of the first of these that there is.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.0.get(&name.to_lowercase())).map(String::as_str)
    }
}

/// `heading 1` is `Heading1`, as Word calls it.
fn id(name: &str) -> String {
    name.split(' ').map(|word| capitalised(&slug(word))).collect()
}

struct Style {
    name: String,
    kind: For,
    based_on: Option<&'static str>,
    next: Option<&'static str>,
    /// The properties of its paragraphs, as XML.
    paragraph: String,
    /// The properties of its runs, as XML.
    run: String,
    /// Everything else, as XML.
    other: &'static str,
    /// Whether Word knows it.
    built_in: bool,
}

impl Style {
    fn paragraph(
        name: impl Into<String>,
        based_on: &'static str,
        paragraph: impl Into<String>,
        run: &str,
    ) -> Self {
        Self {
            name: name.into(),
            kind: For::Paragraph,
            based_on: Some(based_on),
            next: None,
            paragraph: paragraph.into(),
            run: run.into(),
            other: "",
            built_in: true,
        }
    }

    fn character(name: &str, run: &str) -> Self {
        Self { kind: For::Character, ..Self::paragraph(name, "Default Paragraph Font", "", run) }
    }

    fn before(self, next: &'static str) -> Self {
        Self { next: Some(next), ..self }
    }

    fn our_own(self) -> Self {
        Self { built_in: false, ..self }
    }
}

/// The face of code, of captions, and of whatever else has no role of its own.
const SANS: &str = "Arial";
const BOLD: &str = "<w:b/><w:bCs/>";
const ITALIC: &str = "<w:i/><w:iCs/>";
const TOGETHER: &str = "<w:keepNext/><w:keepLines/>";

fn size(half_points: u32) -> String {
    format!(r#"<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>"#)
}

/// A face of one's own, by the name that the system has for it.
fn face(name: &str) -> String {
    let mut xml = Xml::fragment();
    let attributes = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"].map(|attribute| (attribute, name));
    xml.empty("w:rFonts", &attributes);
    String::from_utf8(xml.finish()).unwrap_or_default()
}

/// The colour of what is written, if it is not the text's.
fn colour(said: Option<&String>) -> String {
    said.map(|colour| format!(r#"<w:color w:val="{colour}"/>"#)).unwrap_or_default()
}

/// The line below the letterhead, which is the title's, as the letterhead stands in frames.
fn line_above(sheet: &Sheet) -> String {
    let line = |colour: &String| {
        format!(r#"<w:pBdr><w:top w:val="single" w:sz="6" w:space="12" w:color="{colour}"/></w:pBdr>"#)
    };
    sheet.line.as_ref().map(line).unwrap_or_default()
}

fn gaps(before: u32, after: u32) -> String {
    format!(r#"<w:spacing w:before="{before}" w:after="{after}"/>"#)
}

/// How many levels lists and what continues them have a style for.
pub const LEVELS: usize = 5;

/// A gap of two lines in a paragraph's place, in twentieths of a point, as all distances here.
const BLOCK: u32 = 320;

fn all(sheet: &Sheet) -> Vec<Style> {
    let mut styles = base();
    styles.extend(headings(sheet));
    styles.extend(text(sheet));
    styles.extend(characters());
    styles.extend(tables());
    styles
}

fn base() -> Vec<Style> {
    let normal = Style { based_on: None, ..Style::paragraph("Normal", "", gaps(0, BLOCK), "") };
    let font = Style {
        kind: For::Character,
        based_on: None,
        ..Style::paragraph("Default Paragraph Font", "", "", "")
    };
    vec![normal, font]
}

fn headings(sheet: &Sheet) -> Vec<Style> {
    let before = sheet.title_before();
    let [text, headings, _] = sheet.faces.each_ref().map(|name| face(name));
    let colour = colour(sheet.heading.as_ref());
    let line = line_above(sheet);
    // As in the layouts: a face of the profile's own is the subtitle's, too.
    let subtitle = if sheet.faces[0] == USUAL_FACES[0] { face(SANS) } else { text };
    let heading = |level: usize, run: String| {
        let outline = format!(r#"<w:outlineLvl w:val="{}"/>"#, level - 1);
        let paragraph = format!("{TOGETHER}{}{outline}", gaps(0, 120));
        Style::paragraph(format!("heading {level}"), "Normal", paragraph, &run).before("Normal")
    };
    let mut styles = vec![
        Style::paragraph(
            "Title",
            "Normal",
            format!("{TOGETHER}{line}{}", gaps(before, sheet.title_after())),
            &format!("{headings}{BOLD}{colour}{}", size(28)),
        )
        .before("Normal"),
        Style::paragraph("Subtitle", "Normal", format!("<w:keepLines/>{}", gaps(0, 480)), &subtitle)
            .before("Normal"),
        heading(1, format!("{headings}{BOLD}{colour}{}", size(24))),
        heading(2, format!("{headings}{BOLD}{colour}{}", size(22))),
    ];
    styles.extend((3..=5).map(|level| heading(level, format!("{headings}{colour}{}", size(22)))));
    styles
}

fn text(sheet: &Sheet) -> Vec<Style> {
    let indent = |level: usize| format!(r#"<w:ind w:left="{}"/>"#, sheet.indent() * level);
    let (plain, head) = (face(SANS), face(&sheet.faces[2]));
    let numbered = |name: &str, level: usize| match level {
        1 => name.to_owned(),
        _ => format!("{name} {level}"),
    };
    let mut styles = vec![
        // A paragraph that leads to a list, or to the signatures.
        Style::paragraph("Ledtext", "Normal", format!("<w:keepNext/>{}", gaps(0, 60)), "").our_own(),
        Style::paragraph("Sista stycket", "Normal", TOGETHER, "").our_own(),
        Style::paragraph(
            "List Paragraph",
            "Normal",
            format!("{}{}<w:contextualSpacing/>", gaps(0, BLOCK), indent(1)),
            "",
        ),
        Style::paragraph("Quote", "Normal", indent(1), ""),
        Style::paragraph(
            "HTML Preformatted",
            "Normal",
            "",
            &format!("{plain}{}", size(22)),
        ),
        Style::paragraph(
            "Avdelare",
            "Normal",
            r#"<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>"#,
            "",
        )
        .our_own(),
        Style::paragraph(
            "Ruta",
            "Normal",
            r#"<w:pBdr><w:top w:val="single" w:sz="4" w:space="8" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="8" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="8" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="8" w:color="auto"/></w:pBdr>"#,
            "",
        )
        .our_own(),
        // Lines close to one another; one that goes on is told from the next by its indent.
        Style::paragraph(
            "Rader",
            "Normal",
            format!(r#"{}<w:ind w:left="284" w:hanging="284"/><w:contextualSpacing/>"#, gaps(0, BLOCK)),
            "",
        )
        .our_own(),
        Style::paragraph("Ingress", "Normal", r#"<w:ind w:left="284"/>"#, "").our_own(),
        Style::paragraph("Ort och datum", "Normal", gaps(480, BLOCK), "").our_own(),
        Style::paragraph("Bild", "Normal", format!("<w:keepNext/>{}", gaps(0, 120)), "").our_own(),
        Style::paragraph("caption", "Normal", format!("<w:keepNext/>{}", gaps(0, 120)), &format!("{plain}{}", size(20))),
        Style::paragraph("footnote text", "Normal", gaps(0, 40), &size(20)),
        Style::paragraph("header", "Normal", gaps(0, 0), &format!("{head}{}", size(18))),
        Style::paragraph("Brevhuvud", "Normal", gaps(0, 0), &format!("{head}{}", size(18))).our_own(),
        Style::paragraph("Signature", "Normal", format!("{TOGETHER}{}", gaps(640, BLOCK)), ""),
        Style::paragraph("Tabelltext", "Normal", gaps(60, 60), &size(20)).our_own(),
        Style::paragraph("Tabelltext höger", "Tabelltext", r#"<w:jc w:val="right"/>"#, "").our_own(),
        Style::paragraph("Tabelltext mitten", "Tabelltext", r#"<w:jc w:val="center"/>"#, "").our_own(),
        Style::paragraph("Efter tabell", "Normal", r#"<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>"#, "").our_own(),
    ];
    for level in 1..=LEVELS {
        for name in ["List Number", "List Bullet"] {
            let paragraph = format!("<w:keepNext/>{}{}", gaps(0, 120), indent(level));
            styles.push(Style::paragraph(numbered(name, level), "Normal", paragraph, ""));
        }
        let paragraph = format!("{}{}", gaps(0, 200), indent(level));
        styles.push(Style::paragraph(numbered("List Continue", level), "Normal", paragraph, ""));
    }
    styles
}

fn characters() -> Vec<Style> {
    let code = format!("{}{}", face(SANS), size(22));
    vec![
        Style::character("Strong", BOLD),
        Style::character("Emphasis", ITALIC),
        Style::character("Hyperlink", r#"<w:color w:val="0B4F8A"/><w:u w:val="single"/>"#),
        Style::character("HTML Code", &code),
        // What a run is twice over, since it can have one style only.
        Style::character("Intense Emphasis", &format!("{BOLD}{ITALIC}")),
        Style { based_on: Some("Hyperlink"), ..Style::character("Hyperlänk fet", BOLD) }.our_own(),
        Style { based_on: Some("Hyperlink"), ..Style::character("Hyperlänk kursiv", ITALIC) }.our_own(),
        Style {
            based_on: Some("Hyperlink"),
            ..Style::character("Hyperlänk fet kursiv", &format!("{BOLD}{ITALIC}"))
        }
        .our_own(),
        Style { based_on: Some("HTML Code"), ..Style::character("Kod fet", BOLD) }.our_own(),
        Style { based_on: Some("HTML Code"), ..Style::character("Kod kursiv", ITALIC) }.our_own(),
        Style {
            based_on: Some("HTML Code"),
            ..Style::character("Kod fet kursiv", &format!("{BOLD}{ITALIC}"))
        }
        .our_own(),
        Style::character("footnote reference", r#"<w:vertAlign w:val="superscript"/>"#),
    ]
}

fn tables() -> Vec<Style> {
    let normal = Style {
        kind: For::Table,
        based_on: None,
        other: r#"<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>"#,
        ..Style::paragraph("Normal Table", "", "", "")
    };
    let grid = Style {
        kind: For::Table,
        other: r#"<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/><w:left w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/><w:right w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/></w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr>"#,
        ..Style::paragraph("Table Grid", "Normal Table", "", "")
    };
    vec![normal, grid]
}

/// The part that says what all styles look like.
pub fn part(sheet: &Sheet) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("w:styles", &[("xmlns:w", super::MAIN)]);
    let text = face(&sheet.faces[0]);
    xml.raw(format!(r#"<w:docDefaults><w:rPrDefault><w:rPr>{text}<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"#).as_bytes());
    for style in all(sheet) {
        write(&style, &mut xml);
    }
    xml.raw(
        br#"<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>"#,
    );
    xml.close("w:styles");
    xml.finish()
}

fn write(style: &Style, xml: &mut Xml) {
    let kind = match style.kind {
        For::Paragraph => "paragraph",
        For::Character => "character",
        For::Table => "table",
    };
    let id = id(&style.name);
    let mut attributes = vec![("w:type", kind)];
    if style.based_on.is_none() {
        attributes.push(("w:default", "1"));
    }
    if !style.built_in {
        attributes.push(("w:customStyle", "1"));
    }
    attributes.push(("w:styleId", &id));
    xml.open("w:style", &attributes);
    xml.value("w:name", &style.name);
    if let Some(base) = style.based_on {
        xml.value("w:basedOn", &self::id(base));
    }
    if let Some(next) = style.next {
        xml.value("w:next", &self::id(next));
    }
    if style.kind == For::Paragraph {
        xml.empty("w:qFormat", &[]);
    }
    for (name, properties) in [("w:pPr", &style.paragraph), ("w:rPr", &style.run)] {
        if !properties.is_empty() {
            xml.open(name, &[]);
            xml.raw(properties.as_bytes());
            xml.close(name);
        }
    }
    xml.raw(style.other.as_bytes());
    xml.close("w:style");
}

#[cfg(test)]
mod tests {
    use super::super::sheet::twips;
    use super::*;

    #[test]
    fn word_knows_its_styles_by_these_identifiers() {
        assert_eq!(id("heading 1"), "Heading1");
        assert_eq!(id("footnote text"), "FootnoteText");
        assert_eq!(id("Tabelltext höger"), "TabelltextHoger");
        assert_eq!(twips("1 cm"), Some(567));
    }
}
