//! What a profile can set of a letter's looks: faces, colours, margins; each within what can be read
//! and printed.

use crate::diagnostic::{Diagnostic, codes};
use crate::yaml::data::Data;
use crate::yaml::field::record;
use crate::yaml::values::Line;

record! {
    /// How a letter looks, where that is not as its layout has it.
    pub struct Utseende: Data {
        "typsnitt" optional typsnitt: Option<Typsnitt>, "Typsnitten, efter vad de används till; filerna läggs i mappen fonts.";
        "färger" optional farger: Option<Farger>, "Färgerna, som #004b87.";
        "marginaler" optional marginaler: Option<Marginaler>, "Avstånden från papperets kanter till texten, som 3 cm.";
        "länkadresser" optional lankadresser: Option<Line>, "Skriv ”i fotnot” för att få länkarnas adresser som fotnoter i PDF:en, för den som läser på papper.";
    }
}

record! {
    /// Families of faces by what they are for.
    pub struct Typsnitt: Data {
        "brödtext" optional brodtext: Option<Line>, "Typsnittet för texten.";
        "rubriker" optional rubriker: Option<Line>, "Typsnittet för rubrikerna.";
        "brevhuvud" optional brevhuvud: Option<Line>, "Typsnittet för brevhuvudet och sidfoten.";
    }
}

record! {
    /// Colours by what they are for.
    pub struct Farger: Data {
        "rubriker" optional rubriker: Option<Line>, "Rubrikernas färg.";
        "linje" optional linje: Option<Line>, "Färgen på linjen under brevhuvudet.";
    }
}

record! {
    /// How far the text stands from the edges of the paper.
    pub struct Marginaler: Data {
        "vänster" optional vanster: Option<Line>, "Från papperets vänsterkant till texten: 2 till 7 cm.";
        "höger" optional hoger: Option<Line>, "Från texten till papperets högerkant: 2 till 5 cm.";
        "överkant" optional overkant: Option<Line>, "Från papperets överkant till texten på sidorna efter den första: 2 till 6 cm.";
        "nederkant" optional nederkant: Option<Line>, "Från texten till papperets nederkant: 2 till 5 cm.";
    }
}

impl Utseende {
    /// It, with another one's values where it has none; those that belong together stay together.
    #[must_use]
    pub fn filled_from(mut self, other: &Utseende) -> Self {
        self.typsnitt = self.typsnitt.or_else(|| other.typsnitt.clone());
        self.farger = self.farger.or_else(|| other.farger.clone());
        self.marginaler = self.marginaler.or_else(|| other.marginaler.clone());
        self.lankadresser = self.lankadresser.or_else(|| other.lankadresser.clone());
        self
    }

    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        self.typsnitt.is_none()
            && self.farger.is_none()
            && self.marginaler.is_none()
            && self.lankadresser.is_none()
    }

    /// The face for the text, for the headings and for the letterhead, where they are others than the layout's.
    pub fn faces(&self) -> [Option<&str>; 3] {
        let faces = self.typsnitt.as_ref();
        [
            faces.and_then(|faces| said(&faces.brodtext)),
            faces.and_then(|faces| said(&faces.rubriker)),
            faces.and_then(|faces| said(&faces.brevhuvud)),
        ]
    }

    /// The colour of the headings, and of the line below the letterhead.
    pub fn colours(&self) -> [Option<&str>; 2] {
        let colours = self.farger.as_ref();
        [
            colours.and_then(|colours| said(&colours.rubriker)),
            colours.and_then(|colours| said(&colours.linje)),
        ]
    }

    /// The margins in centimetres: above, to the right, below, to the left.
    pub fn margins(&self) -> [Option<f64>; 4] {
        let Some(margins) = &self.marginaler else { return [None; 4] };
        [&margins.overkant, &margins.hoger, &margins.nederkant, &margins.vanster]
            .map(|margin| centimetres(&margin.as_ref()?.text))
    }

    /// The faces that it names.
    pub fn families(&self) -> impl Iterator<Item = &Line> {
        let faces = self.typsnitt.iter();
        faces.flat_map(|faces| [&faces.brodtext, &faces.rubriker, &faces.brevhuvud]).flatten()
    }

    /// Colours that cannot be read on white, and margins that leave no room.
    pub fn faults(&self) -> impl Iterator<Item = Diagnostic> {
        let colours = self.farger.iter().flat_map(|colours| [&colours.rubriker, &colours.linje]).flatten();
        let margins = self.marginaler.iter().flat_map(|margins| {
            [
                (&margins.vanster, 7.0),
                (&margins.hoger, 5.0),
                (&margins.overkant, 6.0),
                (&margins.nederkant, 5.0),
            ]
        });
        let margins = margins.filter_map(|(margin, most)| outside(margin.as_ref()?, most));
        let elsewhere = self.lankadresser.iter().filter(|said| said.text != IN_NOTES).map(|said| {
            Diagnostic::new(codes::OKANT_VARDE, format!("länkadresser kan inte vara ”{}”", said.text))
                .hint(format!("Skriv länkadresser: {IN_NOTES}, eller ta bort raden."))
                .at(said.place())
        });
        colours.filter_map(unreadable).chain(margins).chain(elsewhere)
    }
}

fn said(line: &Option<Line>) -> Option<&str> {
    line.as_ref().map(|line| line.text.as_str())
}

/// Where the addresses of links can stand.
const IN_NOTES: &str = "i fotnot";

/// The contrast that text needs on its ground: WCAG 2, 1.4.3.
const CONTRAST: f64 = 4.5;

fn unreadable(colour: &Line) -> Option<Diagnostic> {
    let Some(channels) = channels(&colour.text) else {
        let finding = Diagnostic::new(codes::OKANT_VARDE, format!("”{}” är ingen färg", colour.text));
        let hint = "Skriv den som sex hexadecimala siffror inom citattecken: \"#004b87\".";
        return Some(finding.hint(hint).at(colour.place()));
    };
    let contrast = contrast_with_white(channels);
    (contrast < CONTRAST).then(|| {
        // Cut, not rounded: 4.49 is not enough.
        let said = (contrast * 10.0).floor() / 10.0;
        let message =
            format!("färgen {} har kontrasten {said:.1}:1 mot vitt, och behöver 4,5:1", colour.text);
        Diagnostic::new(codes::KONTRAST, message.replacen('.', ",", 1))
            .hint("Välj en mörkare färg.")
            .at(colour.place())
    })
}

/// The channels of `#004b87`.
fn channels(colour: &str) -> Option<[u8; 3]> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// The contrast of a colour with white, as WCAG 2 measures it: 1 to 21.
fn contrast_with_white(channels: [u8; 3]) -> f64 {
    let linear = channels.map(|channel| {
        let part = f64::from(channel) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    1.05 / (luminance + 0.05)
}

/// The least of any margin, in centimetres.
const LEAST: f64 = 2.0;

fn outside(margin: &Line, most: f64) -> Option<Diagnostic> {
    let said = centimetres(&margin.text);
    if said.is_some_and(|said| (LEAST..=most).contains(&said)) {
        return None;
    }
    let finding = Diagnostic::new(codes::OKANT_VARDE, format!("”{}” kan inte vara en marginal", margin.text));
    Some(
        finding
            .hint(format!("Skriv ett mått från 2 cm till {most} cm, till exempel 3 cm."))
            .at(margin.place()),
    )
}

/// A measure in centimetres: `2,5 cm`, `25 mm`.
pub fn centimetres(measure: &str) -> Option<f64> {
    let (number, scale) = match measure.trim().strip_suffix("mm") {
        Some(number) => (number, 10.0),
        None => (measure.trim().strip_suffix("cm")?, 1.0),
    };
    let number: f64 = number.trim().replace(',', ".").parse().ok()?;
    Some(number / scale).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_measured_as_wcag_does() {
        for (colour, contrast) in [("#000000", 21.0), ("#767676", 4.54), ("#777777", 4.48), ("#ffffff", 1.0)]
        {
            let found = contrast_with_white(channels(colour).expect("a colour"));
            assert!((found - contrast).abs() < 0.01, "{colour}: {found}");
        }
        assert_eq!(channels("#12345"), None);
        assert_eq!(channels("#12345å"), None);
        assert_eq!(channels("004b87"), None);
    }

    #[test]
    fn a_face_that_no_font_has_is_found_once() {
        let profile = "kommun: K\nutseende:\n  typsnitt: {brödtext: Tjut Serifs, rubriker: Tjut Sans, brevhuvud: Annat Typsnitt}\nförvaltningar:\n  - förvaltning: A\n  - förvaltning: B\n";
        let files = [("profiles/k.yaml".to_owned(), profile.as_bytes().to_vec())].into();
        let templates = crate::library::Templates::with_folder("egna", files).expect("right");
        let found = templates.unknown_faces();
        let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, ["inget typsnitt heter ”Tjut Serifs”", "inget typsnitt heter ”Annat Typsnitt”"]);
        let hint = found[0].hint.as_deref().unwrap_or_default();
        assert!(hint.starts_with("Menade du ”Tjut Serif”?"), "{hint}");
    }

    #[test]
    fn what_cannot_be_read_or_printed_is_refused() {
        let looks = |rubriker: &str, vanster: &str| Utseende {
            farger: Some(Farger { rubriker: Some(Line::new(rubriker)), linje: None }),
            marginaler: Some(Marginaler { vanster: Some(Line::new(vanster)), ..Marginaler::default() }),
            ..Utseende::default()
        };
        let messages = |looks: Utseende| looks.faults().map(|fault| fault.message).collect::<Vec<_>>();
        assert_eq!(messages(looks("#004b87", "2,5 cm")), Vec::<String>::new());
        assert_eq!(
            messages(looks("#777777", "19 mm")),
            [
                "färgen #777777 har kontrasten 4,4:1 mot vitt, och behöver 4,5:1",
                "”19 mm” kan inte vara en marginal"
            ]
        );
        assert_eq!(messages(looks("blå", "tre"))[0], "”blå” är ingen färg");
    }
}
