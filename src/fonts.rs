//! The fonts: which characters can be printed, and how wide they are.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};

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

    /// The families that layouts can set text in.
    pub fn faces(&self) -> impl Iterator<Item = &str> + Clone {
        STANDARD.into_iter().chain(self.own.keys().map(String::as_str))
    }

    /// Whether layouts can set text in this family.
    pub fn has_face(&self, name: &str) -> bool {
        self.faces().any(|family| family.eq_ignore_ascii_case(name))
    }

    /// Whether the character can be printed.
    pub fn contains(&self, character: char) -> bool {
        let has = |family: &Vec<FontInfo>| family.iter().all(|info| info.coverage.contains(character.into()));
        has(&self.standard) || self.own.values().any(has)
    }
}

/// A face that tables are set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Running text.
    Regular,
    /// Strong emphasis, and heads.
    Bold,
    /// Emphasis.
    Italic,
    /// Both.
    BoldItalic,
    /// Code.
    Sans,
}

impl Face {
    const FILES: [&str; 5] = [
        "fonts/TjutSerif-Regular.ttf",
        "fonts/TjutSerif-Bold.ttf",
        "fonts/TjutSerif-Italic.ttf",
        "fonts/TjutSerif-BoldItalic.ttf",
        "fonts/TjutSans-Regular.ttf",
    ];

    /// The face of running text with these emphases.
    pub fn of(strong: bool, emphasis: bool) -> Self {
        match (strong, emphasis) {
            (false, false) => Self::Regular,
            (true, false) => Self::Bold,
            (false, true) => Self::Italic,
            (true, true) => Self::BoldItalic,
        }
    }
}

/// How wide letters are, without kerning, as documents are set.
pub struct Widths {
    /// Of each face, the widths of the characters of [`KNOWN`](Self::KNOWN), in ems.
    faces: [Vec<f32>; 5],
}

impl Widths {
    /// What Swedish text is made of: Latin letters and general punctuation.
    const KNOWN: [RangeInclusive<char>; 2] = ['\0'..='\u{24f}', '\u{2000}'..='\u{206f}'];
    /// The width of what is in none of the faces: an em, as signs mostly are.
    const OTHER: f32 = 1.0;

    /// The widths of the letters in these font files.
    pub fn new<'a>(file: impl Fn(&str) -> Option<&'a [u8]>) -> Self {
        Self { faces: Face::FILES.map(|name| file(name).map(advances).unwrap_or_default()) }
    }

    /// The width of a character, in ems.
    pub fn of_sign(&self, face: Face, sign: char) -> f64 {
        let [letters, punctuation] = Self::KNOWN;
        let at = if letters.contains(&sign) {
            Some(sign as usize)
        } else {
            let beyond = *letters.end() as usize + 1;
            punctuation.contains(&sign).then(|| beyond + sign as usize - *punctuation.start() as usize)
        };
        f64::from(at.and_then(|at| self.faces[face as usize].get(at)).copied().unwrap_or(Self::OTHER))
    }

    /// The width of a text on one line, in ems.
    pub fn of(&self, face: Face, text: &str) -> f64 {
        text.chars().map(|sign| self.of_sign(face, sign)).sum()
    }
}

fn advances(font: &[u8]) -> Vec<f32> {
    let Ok(face) = ttf_parser::Face::parse(font, 0) else { return Vec::new() };
    let em = f32::from(face.units_per_em());
    let width = |sign| Some(f32::from(face.glyph_hor_advance(face.glyph_index(sign)?)?) / em);
    Widths::KNOWN.into_iter().flatten().map(|sign| width(sign).unwrap_or(Widths::OTHER)).collect()
}

/// Whether the bytes of a file are a font.
pub fn is_font(bytes: &[u8]) -> bool {
    Font::new(Bytes::new(bytes.to_vec()), 0).is_some()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::library::Templates;

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
