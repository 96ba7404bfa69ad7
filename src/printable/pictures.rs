//! Pictures: whether a file is one that can be printed, as it looks.

use std::borrow::Cow;
use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use roxmltree::{Document, Node, ParsingOptions};
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

use super::broken;
use crate::diagnostic::{Diagnostic, codes};
use crate::library::Templates;

/// Whether the bytes are a whole picture of the format that the name's ending says: PNG, JPEG or SVG.
pub fn is_whole(name: &str, bytes: &[u8]) -> bool {
    let raster = |format: ExchangeFormat| RasterImage::plain(Bytes::new(bytes.to_vec()), format).is_ok();
    match name.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n") && raster(ExchangeFormat::Png),
        "jpg" | "jpeg" => bytes.starts_with(b"\xff\xd8\xff") && raster(ExchangeFormat::Jpg),
        "svg" => SvgImage::new(Bytes::new(bytes.to_vec())).is_ok(),
        _ => false,
    }
}

/// The file that a picture's address means: `bild%20ett.png` is `bild ett.png`.
pub fn file_name(url: &str) -> Cow<'_, str> {
    percent_decode_str(url).decode_utf8().unwrap_or(url.into())
}

/// What of a picture cannot be printed as it is.
pub fn faults(url: &str, bytes: &[u8], templates: &Templates) -> Vec<Diagnostic> {
    let mut faults = broken::faults(url, bytes);
    faults.extend(faults_of_text(url, bytes, templates));
    faults
}

/// What text in a picture will look otherwise, or not be there at all: characters that the fonts
/// lack, and fonts that tjut has not. Only an SVG has text.
fn faults_of_text(url: &str, bytes: &[u8], templates: &Templates) -> Vec<Diagnostic> {
    let svg = url.to_lowercase().ends_with(".svg").then(|| std::str::from_utf8(bytes).ok()).flatten();
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let Some(Ok(tree)) = svg.map(|svg| Document::parse_with_options(svg, options)) else { return Vec::new() };
    let texts = || tree.descendants().filter(|node| node.has_tag_name((SVG, "text")));
    let mut faults = Vec::new();
    let lacking: BTreeSet<char> = texts()
        .flat_map(|text| text.descendants())
        .filter(Node::is_text)
        .flat_map(|text| text.text().unwrap_or_default().chars())
        .filter(|character| !character.is_whitespace() && !templates.coverage().contains(*character))
        .collect();
    if !lacking.is_empty() {
        let lacking: Vec<String> = lacking.into_iter().map(|character| format!("”{character}”")).collect();
        faults.push(
            Diagnostic::new(
                codes::TECKEN_SAKNAS,
                format!("i bilden {url} står {}, som inte finns i typsnitten", lacking.join(", ")),
            )
            .hint("Spara bildens text som kurvor (konturer), eller skriv om den."),
        );
    }
    let fonts: BTreeSet<String> = texts().filter_map(|text| missing_font(text, templates)).collect();
    if !fonts.is_empty() {
        let fonts: Vec<String> = fonts.into_iter().collect();
        faults.push(
            Diagnostic::new(
                codes::BILD_TYPSNITT,
                format!(
                    "bilden {url} har text i {}, som tjut inte har; texten sätts med dokumentets typsnitt",
                    fonts.join(", ")
                ),
            )
            .hint("Spara bildens text som kurvor (konturer), eller välj Arial eller Times New Roman."),
        );
    }
    faults
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// The first font that a text asks for, when none of those it asks for is there.
fn missing_font(text: Node, templates: &Templates) -> Option<String> {
    let asked = text.ancestors().find_map(|node| {
        let style = node.attribute("style").unwrap_or_default();
        let of_style = style.split(';').find_map(|rule| rule.trim().strip_prefix("font-family:"));
        of_style.or(node.attribute("font-family")).map(str::to_owned)
    })?;
    let mut families =
        asked.split(',').map(|family| family.trim().trim_matches(['"', '\'']).to_owned()).peekable();
    let first = families.peek().cloned()?;
    families.all(|family| !templates.coverage().has_family(&family)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::{file_name, is_whole};

    const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>"#;

    #[test]
    fn the_ending_and_the_whole_file_count() {
        assert!(is_whole("a.svg", SVG.as_bytes()));
        assert!(!is_whole("a.png", SVG.as_bytes()));
        assert!(!is_whole("a.svg", &SVG.as_bytes()[..20]));
        assert!(!is_whole("a.png", b"\x89PNG\r\n\x1a\n"));
        assert!(!is_whole("a", SVG.as_bytes()));
    }

    #[test]
    fn an_address_is_a_file() {
        assert_eq!(file_name("bild%20ett.png"), "bild ett.png");
        assert_eq!(file_name("h%C3%B6st%.png"), "höst%.png");
        assert_eq!(file_name("100%25.png"), "100%.png");
        assert_eq!(file_name("%ff.png"), "%ff.png");
    }
}
