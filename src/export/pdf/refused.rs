//! What Typst says of a layout of one's own, in Swedish and placed in the layout. What an official
//! can cause is caught before; what comes here is for whoever writes layouts.

use typst::diag::SourceDiagnostic;

use super::world::Press;
use crate::diagnostic::translate::{Saying, translated};
use crate::diagnostic::{Diagnostic, Place, codes, nearest};
use crate::document::Document;
use crate::library::Templates;

/// The kinds of messages, the more special before the more general.
const KINDS: &[Saying] = &[
    Saying {
        english: "unknown variable: {}",
        message: "layouten har inget som heter ”{0}”",
        hint: "Rätta namnet, definiera det med #let, eller hämta det med #import.",
    },
    Saying {
        english: "unresolved import",
        message: "filen som hämtas har inget som heter så",
        hint: "Rätta namnet, eller definiera det med #let i den filen.",
    },
    Saying {
        english: "dictionary does not contain key \"{}\" and no default value was specified",
        message: "nyckeln ”{0}” finns inte",
        hint: "Rätta namnet, eller ge ett värde när den saknas: default: none.",
    },
    Saying {
        english: "dictionary does not contain key \"{}\"",
        message: "nyckeln ”{0}” finns inte",
        hint: "Rätta namnet, eller ge ett värde när den saknas: .at(\"{0}\", default: none).",
    },
    Saying {
        english: "module `{}` does not contain `{}`",
        message: "{0} har inget som heter ”{1}”",
        hint: "Rätta namnet, eller definiera det med #let i den filen.",
    },
    Saying {
        english: "file not found (searched at {})",
        message: "filen {0} finns inte",
        hint: "Lägg filen i mappen som --mallar anger, eller rätta namnet.",
    },
    Saying {
        english: "unknown font family: {}",
        message: "typsnittet ”{0}” finns inte",
        hint: "Lägg typsnittets filer (.ttf) i mappen fonts/ i mappen som --mallar anger, eller välj Tjut Serif eller Tjut Sans.",
    },
    Saying {
        english: "{} error: missing alt text",
        message: "bilden har ingen beskrivning",
        hint: "Skriv vad den visar: alt: \"…\". En skärmläsare läser upp det.",
    },
    Saying {
        english: "{} error: missing document title",
        message: "layouten ger dokumentet ingen titel",
        hint: "Skriv #set document(title: front.titel).",
    },
    Saying {
        english: "{} the text `\"{}\"` could not be displayed with font `\"{}\"`",
        message: "tecknet ”{1}” finns inte i typsnittet {2}",
        hint: "Skriv det med ord eller med ett annat tecken. Om det står i en bild: spara bildens text som kurvor.",
    },
    Saying {
        english: "{} the text `\"{}\"` could not be displayed with {}",
        message: "tecknet ”{1}” finns inte i typsnitten",
        hint: "Skriv det med ord eller med ett annat tecken. Om det står i en bild: spara bildens text som kurvor.",
    },
    Saying {
        english: "panicked with: {}",
        message: "layouten avbröts av panic: {0}",
        hint: "Villkoret och texten står i layouten; ändra dokumentet eller layouten.",
    },
    Saying {
        english: "assertion failed: {}",
        message: "layoutens villkor är inte uppfyllt: {0}",
        hint: "Villkoret står i layouten, efter assert; ändra dokumentet eller layouten.",
    },
    Saying {
        english: "equality assertion failed: {}",
        message: "layoutens villkor är inte uppfyllt: {0}",
        hint: "Villkoret står i layouten, efter assert.eq; ändra dokumentet eller layouten.",
    },
    Saying {
        english: "assertion failed",
        message: "layoutens villkor är inte uppfyllt",
        hint: "Villkoret står i layouten, efter assert; ändra dokumentet eller layouten.",
    },
    Saying {
        english: "missing argument: {}",
        message: "argumentet ”{0}” saknas",
        hint: "Skriv det inom funktionens parentes.",
    },
    Saying {
        english: "unexpected argument: {}",
        message: "funktionen har inget argument ”{0}”",
        hint: "Rätta namnet, eller ta bort argumentet.",
    },
    Saying {
        english: "unexpected argument",
        message: "här står ett argument för mycket",
        hint: "Ta bort det, eller ange dess namn.",
    },
    Saying {
        english: "type {} has no method `{}`",
        message: "{0} har ingen metod ”{1}”",
        hint: "Rätta namnet, eller pröva vad värdet är.",
    },
    Saying {
        english: "cannot access fields on type {}",
        message: "{0} har inga fält",
        hint: "Ta bort punkten och namnet efter den, eller pröva vad värdet är.",
    },
    Saying {
        english: "cannot add {} and {}",
        message: "{0} och {1} kan inte läggas ihop",
        hint: "Gör om det ena, till exempel med str(…).",
    },
    Saying {
        english: "cannot compare {} and {}",
        message: "{0} och {1} kan inte jämföras",
        hint: "Gör om det ena, till exempel med int(…) eller str(…).",
    },
    Saying {
        english: "cannot join {} with {}",
        message: "{0} och {1} kan inte skrivas efter varandra",
        hint: "Gör om det ena, till exempel med str(…).",
    },
    Saying {
        english: "array index out of bounds (index: {}, len: {})",
        message: "listan har {1} värden och inget med nummer {0}",
        hint: "Pröva först hur lång listan är, eller ge ett värde när det saknas: .at({0}, default: none).",
    },
    Saying {
        english: "cyclic import",
        message: "layouterna hämtar varandra i en cirkel",
        hint: "Ta bort en av raderna med #import.",
    },
    Saying {
        english: "unclosed delimiter",
        message: "en parentes eller hakparentes är inte avslutad",
        hint: "Skriv den andra där det slutar.",
    },
    Saying { english: "unclosed {}", message: "{0} är inte avslutad", hint: "Skriv tecknet som avslutar." },
    Saying {
        english: "expected {}, found {}",
        message: "här ska stå {0}, inte {1}",
        hint: "Rätta layouten; hur den skrivs står på https://typst.app/docs/",
    },
    Saying {
        english: "expected {}",
        message: "här ska stå {0}",
        hint: "Rätta layouten; hur den skrivs står på https://typst.app/docs/",
    },
    Saying {
        english: "unexpected {}",
        message: "här kan {0} inte stå",
        hint: "Ta bort det, eller skriv det som saknas före.",
    },
    Saying {
        english: "the character `{}` is not valid in code",
        message: "tecknet ”{0}” kan inte stå i kod",
        hint: "Ta bort det, eller sätt texten inom citattecken.",
    },
];

/// Typst's names for values and signs, in Swedish.
const WORDS: &[(&str, &str)] = &[
    ("string", "en text"),
    ("integer", "ett heltal"),
    ("float", "ett tal"),
    ("boolean", "sant eller falskt"),
    ("array", "en lista"),
    ("dictionary", "en ordbok"),
    ("content", "innehåll"),
    ("none", "inget värde (none)"),
    ("function", "en funktion"),
    ("length", "ett mått"),
    ("color", "en färg"),
    ("expression", "ett uttryck"),
    ("identifier", "ett namn"),
    ("pattern", "ett namn"),
    ("block", "ett block inom { }"),
    ("code block", "ett block inom { }"),
    ("content block", "innehåll inom [ ]"),
    ("argument list", "argument inom parentes"),
    ("semicolon or line break", "semikolon eller ny rad"),
    ("comma", "kommatecken"),
    ("colon", "kolon"),
    ("equals sign", "likhetstecken"),
    ("keyword `in`", "in"),
    ("closing paren", "slutparentes"),
    ("closing brace", "}"),
    ("closing bracket", "]"),
    ("opening paren", "parentes"),
    ("end of block comment", "*/"),
    ("end of file", "filens slut"),
    ("string literal", "en text"),
];

fn word(said: &str) -> String {
    WORDS.iter().find(|(english, _)| *english == said).map_or(said, |(_, swedish)| swedish).to_owned()
}

/// What Typst refused of a document.
pub fn layout_errors(
    document: &Document,
    press: &Press,
    templates: &Templates,
    errors: &[SourceDiagnostic],
) -> Vec<Diagnostic> {
    let finding_of = |error: &SourceDiagnostic| {
        let place = in_document(document, &error.message).or_else(|| press.place(error.span, templates));
        finding(&error.message, place, &document.source.path, press)
    };
    errors.iter().map(finding_of).collect()
}

/// What cannot be read in the layouts, whatever document they are for.
pub fn syntax_errors(press: &Press, templates: &Templates) -> Vec<Diagnostic> {
    let errors = press.layouts().flat_map(|layout| layout.root().errors_and_warnings().0);
    errors
        .map(|error| {
            let place = press.place(error.span, templates);
            finding(&error.message, place, "dokumentet", press)
        })
        .collect()
}

fn finding(said: &str, place: Option<Place>, document: &str, press: &Press) -> Diagnostic {
    let finding = match translated(said, KINDS, word) {
        Some(found) => {
            let wanted = found.values.first().copied().unwrap_or_default();
            let near = place.as_ref().and_then(|place| meant(said, wanted, place, press));
            let hint = near.map_or(found.hint.clone(), |near| format!("Menade du ”{near}”? {}", found.hint));
            Diagnostic::new(codes::TYPSATTNING, found.message).hint(hint)
        }
        None => Diagnostic::new(codes::TYPSATTNING, format!("{document} kan inte sättas som PDF"))
            .hint(format!("Felet ligger i layouten, inte i texten. Typst säger: {said}")),
    };
    finding.at(place)
}

/// Where the text stands that cannot be printed: a layout may use another font than those that were
/// asked whether they have its characters.
fn in_document(document: &Document, said: &str) -> Option<Place> {
    let text = said.split("the text `\"").nth(1)?.split("\"`").next()?;
    let at = document.source.text.find(text)?;
    Some(Place { source: document.source.clone(), range: at..at + text.len() })
}

/// The name that was probably meant: one of the layout's own words, or of Typst's.
fn meant(said: &str, wanted: &str, place: &Place, press: &Press) -> Option<String> {
    if !said.starts_with("unknown variable") {
        return None;
    }
    let name = |c: char| !(c.is_alphanumeric() || c == '-' || c == '_');
    let own = place.source.text.split(name).filter(|word| !word.is_empty() && *word != wanted);
    nearest(wanted, own.chain(press.names())).map(str::to_owned)
}
