//! Pictures that are cut off or damaged, and those whose colours or links no document can hold.

use roxmltree::{Document, ParsingOptions};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::diagnostic::{Diagnostic, codes};

/// The attribute that links a file, where it has its old name.
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// What keeps a picture from being printed as it is, though it can be read.
pub fn faults(url: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let fault = match bytes {
        [0xff, 0xd8, ..] => jpeg(url, bytes),
        [0x89, b'P', b'N', b'G', ..] => png(url, bytes),
        _ => svg(url, bytes),
    };
    fault.into_iter().collect()
}

fn unprintable(url: &str, why: &str, hint: &str) -> Diagnostic {
    Diagnostic::new(codes::BILD_FORMAT, format!("bilden {url} {why}")).hint(hint)
}

const AS_RGB: &str = "Öppna bilden i ett bildprogram och spara den i färgläget RGB (sRGB).";

fn jpeg(url: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let segments = segments(bytes);
    let frame = segments
        .iter()
        .find(|(kind, _)| matches!(kind, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf));
    if frame.is_some_and(|(_, body)| body.get(5) == Some(&4)) {
        return Some(unprintable(
            url,
            "är i CMYK, färger för tryck, som en PDF för arkiv inte kan ha",
            AS_RGB,
        ));
    }
    let profile = segments.iter().find(|(kind, body)| *kind == 0xe2 && body.starts_with(b"ICC_PROFILE\0"));
    if profile.is_some_and(|(_, body)| !is_screen(body.get(14..).unwrap_or_default())) {
        return Some(unprintable(url, "har en färgprofil som en PDF för arkiv inte kan ha", AS_RGB));
    }
    let damaged = if bytes.windows(2).rev().all(|pair| pair != [0xff, 0xd9]) || ends_in_zeros(bytes) {
        "är avhuggen: slutet av filen saknas"
    } else if JpegDecoder::new_with_options(
        ZCursor::new(bytes),
        DecoderOptions::default().set_strict_mode(true),
    )
    .decode()
    .is_err()
    {
        "är skadad, och en del av den visas fel"
    } else {
        return None;
    };
    Some(
        Diagnostic::new(codes::BILD_SKADAD, format!("bilden {url} {damaged}"))
            .hint("Hämta bilden på nytt, eller spara den en gång till ur bildprogrammet."),
    )
}

/// The segments before the picture's data, each with its kind.
fn segments(bytes: &[u8]) -> Vec<(u8, &[u8])> {
    let mut found = Vec::new();
    let mut at = 2;
    while let Some([0xff, kind, high, low]) = bytes.get(at..at + 4) {
        if *kind == 0xff {
            at += 1;
            continue;
        }
        let length = usize::from(*high) << 8 | usize::from(*low);
        found.push((*kind, bytes.get(at + 4..at + 2 + length).unwrap_or_default()));
        if *kind == 0xda {
            break;
        }
        at += 2 + length;
    }
    found
}

/// Whether the last part of a file was never written.
fn ends_in_zeros(bytes: &[u8]) -> bool {
    const MANY: usize = 64;
    let zeros = bytes.iter().rev().take_while(|byte| **byte == 0).count();
    let end = &bytes[..bytes.len() - zeros];
    zeros >= MANY && !end.ends_with(&[0xff, 0xd9])
}

fn png(url: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let body = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
        if &head[4..8] == b"iCCP" {
            // The name, a zero, how it is packed.
            let packed = body.get(body.iter().position(|byte| *byte == 0)? + 2..)?;
            let mut profile = Vec::new();
            let read = std::io::Read::take(flate2::read::ZlibDecoder::new(packed), 128);
            std::io::Read::read_to_end(&mut { read }, &mut profile).ok();
            let bad = !is_screen(&profile);
            return bad
                .then(|| unprintable(url, "har en färgprofil som en PDF för arkiv inte kan ha", AS_RGB));
        }
        if &head[4..8] == b"IDAT" {
            break;
        }
        at += 12 + length;
    }
    None
}

/// Whether a profile is one of colours on a screen, or of greys.
fn is_screen(profile: &[u8]) -> bool {
    matches!(profile.get(16..20), Some(b"RGB " | b"GRAY")) && matches!(profile.get(8), Some(0..=4))
}

fn svg(url: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let tree = Document::parse_with_options(std::str::from_utf8(bytes).ok()?, options).ok()?;
    let elements = || tree.descendants().filter(roxmltree::Node::is_element);
    if elements().any(|node| node.tag_name().name() == "foreignObject") {
        let hint =
            "Spara bilden på nytt med texten som vanlig text eller som kurvor (konturer), eller som PNG.";
        return Some(unprintable(url, "har HTML i sig (foreignObject), som inte kan skrivas ut", hint));
    }
    let linked = elements().find_map(|node| {
        let link = node.attribute("href").or_else(|| node.attribute((XLINK, "href")))?.trim();
        let shows = matches!(node.tag_name().name(), "image" | "use" | "feImage");
        (shows && !link.starts_with(['#']) && !link.starts_with("data:")).then(|| link.to_owned())
    });
    let hint = "Bädda in bilden i SVG-filen när du sparar den, eller spara allt som PNG.";
    linked
        .map(|link| unprintable(url, &format!("länkar till en annan fil, {link}, som inte kommer med"), hint))
}
