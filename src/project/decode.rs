//! From a file's bytes to its text, or what the file is instead.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Source, codes};

/// What some editors write at the beginning of a file.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Reads the bytes of a text.
///
/// # Errors
/// That they are no text, or not UTF-8.
pub fn decode(shown: String, bytes: &[u8]) -> Result<Arc<Source>, Diagnostic> {
    if let Some(finding) = of_another_program(&shown, bytes) {
        return Err(finding);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(shown, text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text))),
        Err(error) => {
            let good = error.valid_up_to();
            let source = Source::new(shown, String::from_utf8_lossy(bytes));
            let range = good..good + '\u{fffd}'.len_utf8();
            Err(Diagnostic::new(codes::INTE_UTF8, "filen är inte sparad som UTF-8")
                .at(Place { source, range })
                .hint(SAVE_AS_UTF8))
        }
    }
}

/// What to do about another encoding.
const SAVE_AS_UTF8: &str =
    "Öppna filen i redigeraren och spara den med teckenkodningen UTF-8 (i Anteckningar: Spara som, Kodning).";

/// What a file is that is no text at all, or no text in UTF-8, by how it begins. Its bytes would say
/// nothing to anybody.
fn of_another_program(shown: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let document = |what: &str| {
        Diagnostic::new(codes::INGET_ARENDE, format!("{shown} är {what}, inte en ärendefil"))
            .hint("Skriv en ärendefil med tjut new skrivelse FIL, och klistra in texten i den.")
    };
    let is_wide = bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        // Every other byte of a Latin text is empty.
        || bytes.len() > 7 && [0, 1].iter().any(|from| bytes.iter().skip(*from).step_by(2).take(4).all(|byte| *byte == 0));
    match bytes {
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            Some(document("ett Word-dokument eller ett annat arkiv"))
        }
        [b'%', b'P', b'D', b'F', ..] => Some(document("en PDF")),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some(document("ett RTF-dokument")),
        _ if is_wide => Some(
            Diagnostic::new(codes::INTE_UTF8, format!("{shown} är sparad som UTF-16, inte som UTF-8"))
                .hint(SAVE_AS_UTF8),
        ),
        _ => None,
    }
}
