//! Pictures: whether a file is one that can be printed.

use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

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

#[cfg(test)]
mod tests {
    use super::is_whole;

    const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>"#;

    #[test]
    fn the_ending_and_the_whole_file_count() {
        assert!(is_whole("a.svg", SVG.as_bytes()));
        assert!(!is_whole("a.png", SVG.as_bytes()));
        assert!(!is_whole("a.svg", &SVG.as_bytes()[..20]));
        assert!(!is_whole("a.png", b"\x89PNG\r\n\x1a\n"));
        assert!(!is_whole("a", SVG.as_bytes()));
    }
}
