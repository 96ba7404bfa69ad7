//! The fonts: which characters can be printed.

use std::collections::BTreeMap;

use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};

use crate::diagnostic::{Diagnostic, codes};
use crate::library::Templates;

/// The families that every layout sets its text in.
pub const STANDARD: [&str; 2] = ["Tjut Serif", "Tjut Sans"];

/// Other names of them: fonts of the same widths, which text in pictures asks for.
pub const ALIASES: [(&str, &str); 6] = [
    ("Tjut Serif", "Times New Roman"),
    ("Tjut Serif", "Times"),
    ("Tjut Serif", "Liberation Serif"),
    ("Tjut Sans", "Arial"),
    ("Tjut Sans", "Helvetica"),
    ("Tjut Sans", "Liberation Sans"),
];

/// The characters that can be printed: those that every face of the standard families has, or every
/// face of a family of one's own, which stands in where those have none.
///
/// Read from the font files alone, so that a check need not set up the press.
pub struct Coverage {
    standard: Vec<FontInfo>,
    own: BTreeMap<String, Vec<FontInfo>>,
}

impl Coverage {
    /// The coverage of these font files.
    pub fn new<'a>(fonts: impl Iterator<Item = &'a [u8]>) -> Self {
        let infos = fonts.filter_map(|bytes| FontInfo::new(bytes, 0));
        let (standard, others): (Vec<FontInfo>, Vec<FontInfo>) =
            infos.partition(|info| STANDARD.contains(&info.family.as_str()));
        let mut own: BTreeMap<String, Vec<FontInfo>> = BTreeMap::new();
        for info in others {
            own.entry(info.family.to_string()).or_default().push(info);
        }
        Self { standard, own }
    }

    /// Whether there is a font of this name.
    pub fn has_family(&self, name: &str) -> bool {
        let aliases = ALIASES.into_iter().map(|(_, alias)| alias);
        let own = self.own.keys().map(String::as_str);
        STANDARD.into_iter().chain(aliases).chain(own).any(|family| family.eq_ignore_ascii_case(name))
    }

    /// Whether the character can be printed.
    pub fn contains(&self, character: char) -> bool {
        let has = |family: &Vec<FontInfo>| family.iter().all(|info| info.coverage.contains(character.into()));
        has(&self.standard) || self.own.values().any(has)
    }
}

/// The font files of a folder of one's own that cannot be read.
pub fn faults(templates: &Templates) -> Vec<Diagnostic> {
    let damaged = templates.names("fonts/", ".ttf").filter(|name| {
        let own = templates.file(name).filter(|_| templates.is_own(name));
        own.is_some_and(|bytes| Font::new(Bytes::new(bytes.to_vec()), 0).is_none())
    });
    let said = |name: &str| {
        Diagnostic::new(
            codes::TYPSNITT_SKADAT,
            format!("typsnittet {} är skadat och kan inte läsas", templates.shown(name)),
        )
        .hint("Lägg dit filen på nytt, eller ta bort den.")
    };
    damaged.map(said).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Templates with a font of one's own, from the bytes of a built-in one with another name.
    fn with_font(name: &[u8; 4]) -> Templates {
        let built_in = Templates::new(BTreeMap::new()).expect("right");
        let font = built_in.file("fonts/TjutSans-Regular.ttf").expect("there").to_vec();
        let renamed = replaced(&font, b"Tjut", name);
        Templates::new([("fonts/Egen.ttf".to_owned(), renamed)].into()).expect("right")
    }

    /// Names stand in UTF-16 in a font, and of another platform in single bytes.
    fn replaced(font: &[u8], from: &[u8; 4], to: &[u8; 4]) -> Vec<u8> {
        let wide = |name: &[u8; 4]| name.iter().flat_map(|byte| [0, *byte]).collect::<Vec<u8>>();
        let mut font = font.to_vec();
        for (from, to) in [(from.to_vec(), to.to_vec()), (wide(from), wide(to))] {
            for at in 0..font.len() - from.len() {
                if font[at..].starts_with(&from) {
                    font[at..at + to.len()].copy_from_slice(&to);
                }
            }
        }
        font
    }

    #[test]
    fn a_font_of_ones_own_allows_more_and_forbids_nothing() {
        let templates = with_font(b"Egen");
        let mut coverage =
            Coverage::new(templates.names("fonts/", ".ttf").filter_map(|name| templates.file(name)));
        assert!(coverage.has_family("egen sans"), "{:?}", coverage.own.keys());
        assert!(coverage.has_family("Arial") && !coverage.has_family("Comic Sans MS"));
        assert!(coverage.contains('å') && !coverage.contains('❑'));
        for info in coverage.own.values_mut().flatten() {
            info.coverage = typst::text::Coverage::from_vec(vec!['❑'.into()]);
        }
        assert!(coverage.contains('å') && coverage.contains('❑') && !coverage.contains('❒'));
    }
}
