//! The styles that text can have. Those that Word knows have Word's own English names, which it
//! shows in the language of whoever reads: `heading 1` as Rubrik 1.

use std::collections::{BTreeSet, HashMap};

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
pub struct Ids {
    known: HashMap<String, String>,
    /// Word's own that a template does not hold, and can be given.
    spare: HashMap<String, String>,
    /// Whether the document is our own.
    is_own: bool,
}

/// The style of a paragraph that has none.
const USUAL: &str = "normal";

impl Ids {
    /// Our own.
    pub fn own(sheet: &Sheet) -> Self {
        let known = all(sheet).iter().map(|style| (style.name.to_lowercase(), id(&style.name))).collect();
        Self { known, spare: HashMap::new(), is_own: true }
    }

    /// Those of a template: name and identifier of each. A template holds a style of Word's own only if somebody
    /// used it.
    pub fn of(styles: impl Iterator<Item = (String, String)>, sheet: &Sheet) -> Self {
        let known: HashMap<String, String> = styles.map(|(name, id)| (name.to_lowercase(), id)).collect();
        let is_taken = |id: &String| known.values().any(|known| known == id);
        let lacking = all(sheet).into_iter().filter(|style| style.built_in);
        let lacking = lacking.filter(|style| !known.contains_key(&style.name.to_lowercase()));
        let spare = lacking.map(|style| {
            let id = Some(id(&style.name)).filter(|id| !is_taken(id));
            (style.name.to_lowercase(), id.unwrap_or_else(|| format!("Tjut{}", self::id(&style.name))))
        });
        let spare = spare.collect();
        Self { known, spare, is_own: false }
    }

    /// The identifier of a style like another, with so much room to the right. Only a document of our own has such.
    pub fn inset(&self, style: &str, inset: usize) -> Option<String> {
        (self.is_own && inset > 0).then(|| id(&inset_name(style, inset)))
    }

    /// The identifier of the first of these that there is. That of a usual paragraph is the last resort.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        let special = || names.iter().filter(|name| *name != USUAL);
        let usual = || names.iter().filter(|name| *name == USUAL);
        let found = special().find_map(|name| self.known.get(name));
        let found = found.or_else(|| special().find_map(|name| self.spare.get(name)));
        let found = found.or_else(|| usual().find_map(|name| self.known.get(name).or(self.spare.get(name))));
        found.map(String::as_str)
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

/// What stands as far in as the point that it belongs to, and the style that it has elsewhere.
pub const WITHIN_POINTS: [(&str, &str); 4] = [
    ("Beskrivning i punkt", "caption"),
    ("Bild i punkt", "Bild"),
    ("Kod i punkt", "HTML Preformatted"),
    (NOTED, "footnote text"),
];

/// The style of a point within a note.
pub const NOTED: &str = "Fotnotspunkt";

/// The style of a quotation that stands farther in than others: within a point, or within another.
pub const QUOTED: &str = "Citat";

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
    let indent = |level: usize| format!(r#"<w:ind w:left="{}"/>"#, sheet.indent_of(level));
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
        Style::paragraph("Liten tabelltext", "Tabelltext", "", &size(18)).our_own(),
        Style::paragraph("Liten tabelltext höger", "Liten tabelltext", r#"<w:jc w:val="right"/>"#, "").our_own(),
        Style::paragraph("Liten tabelltext mitten", "Liten tabelltext", r#"<w:jc w:val="center"/>"#, "").our_own(),
        Style::paragraph("Minsta tabelltext", "Tabelltext", "", &size(16)).our_own(),
        Style::paragraph("Minsta tabelltext höger", "Minsta tabelltext", r#"<w:jc w:val="right"/>"#, "").our_own(),
        Style::paragraph("Minsta tabelltext mitten", "Minsta tabelltext", r#"<w:jc w:val="center"/>"#, "").our_own(),
        Style::paragraph("Efter tabell", "Normal", r#"<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>"#, "").our_own(),
    ];
    for level in 1..=LEVELS {
        for name in ["List Number", "List Bullet"] {
            let paragraph = format!("<w:keepNext/>{}{}", gaps(0, 120), indent(level));
            styles.push(Style::paragraph(numbered(name, level), "Normal", paragraph, ""));
        }
        let paragraph = format!("{}{}", gaps(0, 200), indent(level));
        styles.push(Style::paragraph(numbered("List Continue", level), "Normal", paragraph, ""));
        for (name, based_on) in WITHIN_POINTS {
            styles.push(Style::paragraph(numbered(name, level), based_on, indent(level), "").our_own());
        }
        if level > 1 {
            styles.push(Style::paragraph(numbered(QUOTED, level), "Quote", indent(level), "").our_own());
        }
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
    // One that is too wide has less room around its words.
    let close = Style {
        kind: For::Table,
        other: r#"<w:tblPr><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>"#,
        ..Style::paragraph("Tät tabell", "Table Grid", "", "")
    };
    vec![normal, grid, close.our_own()]
}

fn inset_name(style: &str, inset: usize) -> String {
    format!("{style} {inset}")
}

/// A style like another, with so much room to the right: the ones of a column of numbers stand below one another.
fn inset(style: &str, inset: usize, ids: &Ids, xml: &mut Xml) {
    let name = inset_name(style, inset);
    xml.open("w:style", &[("w:type", "paragraph"), ("w:customStyle", "1"), ("w:styleId", &id(&name))]);
    xml.value("w:name", &name);
    if let Some(style) = ids.first(&[style]) {
        xml.value("w:basedOn", style);
    }
    xml.open("w:pPr", &[]);
    xml.empty("w:ind", &[("w:right", &inset.to_string())]);
    xml.close("w:pPr");
    xml.close("w:style");
}

/// The part that says what all styles look like, with those of insets.
pub fn part(sheet: &Sheet, insets: &BTreeSet<(String, usize)>) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("w:styles", &[("xmlns:w", super::MAIN)]);
    let text = face(&sheet.faces[0]);
    xml.raw(format!(r#"<w:docDefaults><w:rPrDefault><w:rPr>{text}<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"#).as_bytes());
    let ids = Ids::own(sheet);
    for style in all(sheet) {
        write(&style, &ids, &mut xml);
    }
    for (style, size) in insets {
        inset(style, *size, &ids, &mut xml);
    }
    xml.raw(
        br#"<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>"#,
    );
    xml.close("w:styles");
    xml.finish()
}

/// The styles that a template lacks and its parts, now filled, use.
pub fn lacking(ids: &Ids, sheet: &Sheet, parts: &str) -> Vec<u8> {
    let all = all(sheet);
    let spare = |name: &str| ids.spare.get(&name.to_lowercase());
    let is_used = |style: &&Style| {
        spare(&style.name).is_some_and(|id| parts.contains(&format!("Style w:val=\"{id}\"/>")))
    };
    let mut wanted: Vec<&Style> = all.iter().filter(is_used).collect();
    let mut at = 0;
    while at < wanted.len() {
        let based_on = [wanted[at].based_on, wanted[at].next].into_iter().flatten();
        for base in based_on.filter(|base| spare(base).is_some()) {
            let known = wanted.iter().any(|style| style.name == base);
            wanted.extend(all.iter().find(|style| style.name == base && !known));
        }
        at += 1;
    }
    let mut xml = Xml::fragment();
    wanted.into_iter().for_each(|style| write(style, ids, &mut xml));
    xml.finish()
}

fn write(style: &Style, ids: &Ids, xml: &mut Xml) {
    let kind = match style.kind {
        For::Paragraph => "paragraph",
        For::Character => "character",
        For::Table => "table",
    };
    let own = id(&style.name);
    let id = ids.first(&[&style.name]).unwrap_or(&own);
    let mut attributes = vec![("w:type", kind)];
    if style.based_on.is_none() {
        attributes.push(("w:default", "1"));
    }
    if !style.built_in {
        attributes.push(("w:customStyle", "1"));
    }
    attributes.push(("w:styleId", id));
    xml.open("w:style", &attributes);
    xml.value("w:name", &style.name);
    for (element, other) in [("w:basedOn", style.based_on), ("w:next", style.next)] {
        if let Some(id) = other.and_then(|name| ids.first(&[name])) {
            xml.value(element, id);
        }
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
