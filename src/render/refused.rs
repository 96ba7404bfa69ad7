//! What Tera says of a template of one's own, in Swedish and placed in the template.

use crate::diagnostic::translate::{Saying, translated};
use crate::diagnostic::{Diagnostic, Place, Source, codes, nearest};
use crate::library::Templates;
use crate::markdown::StrayHtml;

/// The filters that Tera has, to find the one that was meant.
const FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "nth",
    "pairs",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// The kinds of messages, the more special before the more general.
const KINDS: &[Saying] = &[
    Saying {
        english: "Variable `{}` is not defined. Available variables: {}",
        message: "mallen har ingen variabel ”{0}”",
        hint: "Här finns: {1}.",
    },
    Saying {
        english: "Variable `{}` is not defined.",
        message: "mallen har ingen variabel ”{0}”",
        hint: "Rätta namnet eller ta bort det.",
    },
    Saying {
        english: "Variable `{}` exists but its value is undefined",
        message: "variabeln ”{0}” har inget värde här",
        hint: "Pröva den först: {% if {0} %} … {% endif %}.",
    },
    Saying {
        english: "Field `{}` is not defined. Available fields: {}",
        message: "fältet ”{0}” finns inte",
        hint: "Här finns: {1}.",
    },
    Saying {
        english: "Field `{}` is not defined{}",
        message: "fältet ”{0}” finns inte",
        hint: "Rätta namnet, eller pröva först med {% if … %}.",
    },
    Saying {
        english: "Tried to render a variable that is undefined",
        message: "det som ska skrivas ut finns inte",
        hint: "Rätta namnet, eller pröva först med {% if … %}.",
    },
    Saying {
        english: "Unknown filter `{}`",
        message: "filtret ”{0}” finns inte",
        hint: "Filtren står i Teras handbok: https://keats.github.io/tera/",
    },
    Saying {
        english: "Unknown test `{}`",
        message: "testet ”{0}” finns inte",
        hint: "Testen står i Teras handbok: https://keats.github.io/tera/",
    },
    Saying {
        english: "Unknown function `{}`",
        message: "funktionen ”{0}” finns inte",
        hint: "Funktionerna står i Teras handbok: https://keats.github.io/tera/",
    },
    Saying {
        english: "Unknown component `{}`",
        message: "komponenten ”{0}” finns inte",
        hint: "Rätta namnet, eller skriv komponenten i en av mallarna.",
    },
    Saying {
        english: "Unknown template `{}`",
        message: "mallen ”{0}” finns inte",
        hint: "Lägg filen i mappen som --mallar anger, eller rätta namnet.",
    },
    Saying {
        english: "Unknown tag",
        message: "taggen finns inte",
        hint: "Taggar är if, for, set, include, block, filter och raw.",
    },
    Saying {
        english: "Unexpected end of input",
        message: "mallen slutar innan allt i den är avslutat",
        hint: "Avsluta det som är öppet: }}, %}, {% endif %} eller {% endfor %}.",
    },
    Saying {
        english: "Found {} but was expecting `elif`, `else` or `endif`.",
        message: "{% if … %} är inte avslutat: här står {0}",
        hint: "Skriv {% endif %} där villkoret slutar.",
    },
    Saying {
        english: "Found {} but expected one of: {}",
        message: "här står {0} där ett värde väntades",
        hint: "Skriv ett namn, ett tal eller en text inom citattecken.",
    },
    Saying {
        english: "Found {} but expected {}.",
        message: "här står {0} där {1} väntades",
        hint: "Rätta mallen; hur den skrivs står i Teras handbok: https://keats.github.io/tera/",
    },
    Saying {
        english: "String opened with `{}` is missing its closing `{}`",
        message: "texten som börjar med {0} är inte avslutad",
        hint: "Skriv {0} där texten slutar.",
    },
    Saying {
        english: "Closing comment tag `{}` not found",
        message: "kommentaren är inte avslutad",
        hint: "Skriv {0} där kommentaren slutar.",
    },
    Saying {
        english: "Unexpected character",
        message: "tecknet kan inte stå här",
        hint: "Ta bort det, sätt text inom citattecken, eller avsluta {{ eller {% före.",
    },
    Saying {
        english: "{} is a reserved keyword of Tera, it cannot be {}",
        message: "{0} är ett av mallspråkets egna ord och kan inte vara ett namn",
        hint: "Välj ett annat namn.",
    },
    Saying {
        english: "Found invalid field of `loop`: {}. Only {}",
        message: "loop har inget fält ”{0}”",
        hint: "Här finns: index, index0, first, last, length.",
    },
    Saying {
        english: "Math operations can only be done on numbers, found `{}`",
        message: "bara tal kan räknas med, och det här är {0}",
        hint: "Ta bort räkningen, eller räkna med ett tal. Text läggs ihop med ~.",
    },
    Saying {
        english: "`+` requires both operands to be numbers, found `{}` and `{}`",
        message: "bara tal kan läggas ihop med +, och det här är {0} och {1}",
        hint: "Text läggs ihop med ~.",
    },
    Saying {
        english: "Cannot compare `{}` with `{}`",
        message: "{0} och {1} kan inte jämföras",
        hint: "Jämför två värden av samma slag.",
    },
    Saying {
        english: "`in` cannot be used on a container of type `bytes`{}",
        message: "vad en text ur ärendet säger kan en mall inte pröva",
        hint: "Pröva om den finns ({% if del.text %}), eller något som ärendet säger för sig, till exempel del.roll.",
    },
    Saying {
        english: "`in` cannot be used on a container of type `{}`{}",
        message: "in prövar vad en lista, en grupp av nycklar eller en text innehåller, och det här är {0}",
        hint: "Rätta det som står efter in.",
    },
    Saying {
        english: "Iteration not possible on type `{}`",
        message: "{% for … %} går igenom en lista, och det här är {0}",
        hint: "Ange en lista, till exempel delar.",
    },
    Saying {
        english: "Key/value iteration is not possible on type `{}`, only on maps.",
        message: "{% for nyckel, värde … %} går igenom en grupp av nycklar, och det här är {0}",
        hint: "Skriv {% for värde in … %} för en lista.",
    },
    Saying {
        english: "Invalid type for the value, expected `{}` but got `bytes`",
        message: "en text ur ärendet kan inte gå genom ett filter",
        hint: "Skriv ut den som den är, ensam på sin rad och utan filter: {{ del.text }}",
    },
    Saying {
        english: "Invalid type for the value, expected `{}` but got `{}`",
        message: "här behövs {0}, och det här är {1}",
        hint: "Rätta värdet, eller ta bort filtret.",
    },
    Saying {
        english: "Missing keyword argument `{}`",
        message: "argumentet ”{0}” saknas",
        hint: "Skriv det inom parentes: ({0}=…).",
    },
];

/// Tera's names for values and signs, in Swedish.
const WORDS: &[(&str, &str)] = &[
    ("string", "text"),
    ("str", "text"),
    ("array", "en lista"),
    ("map", "en grupp av nycklar"),
    ("bytes", "en text ur ärendet"),
    ("bool", "sant eller falskt"),
    ("none", "inget värde"),
    ("undefined", "inget värde"),
    ("i64", "ett heltal"),
    ("u64", "ett heltal"),
    ("f64", "ett tal"),
    ("integer", "ett heltal"),
    ("number", "ett tal"),
    ("float", "ett tal"),
    ("identifier", "ett namn"),
    ("attribute name", "ett namn"),
    ("DOT", "”.”"),
    ("COMMA", "”,”"),
    ("COLON", "”:”"),
    ("PIPE", "”|”"),
    ("ASSIGN", "”=”"),
    ("EQ", "”==”"),
    ("BANG", "”!”"),
    ("MINUS", "”-”"),
    ("PLUS", "”+”"),
    ("LEFT_PAREN", "”(”"),
    ("RIGHT_PAREN", "”)”"),
    ("LEFT_BRACE", "”{”"),
    ("RIGHT_BRACE", "”}”"),
    ("LEFT_BRACKET", "”[”"),
    ("RIGHT_BRACKET", "”]”"),
];

fn word(said: &str) -> String {
    let said = said.trim_matches('`');
    if let Some((_, swedish)) = WORDS.iter().find(|(english, _)| *english == said) {
        return (*swedish).to_owned();
    }
    let inner = |name: &str| said.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
    match (inner("IDENT"), inner("STRING").or(inner("INTEGER")).or(inner("FLOAT"))) {
        (Some(name), _) => format!("”{name}”"),
        (_, Some(value)) => value.to_owned(),
        _ if said.starts_with("VARIABLE_END") => "”}}”".into(),
        _ if said.starts_with("TAG_END") => "”%}”".into(),
        _ if said.starts_with("VARIABLE_START") => "”{{”".into(),
        _ if said.starts_with("TAG_START") => "”{%”".into(),
        _ if said.starts_with("CONTENT") => "vanlig text".into(),
        _ if !said.contains(char::is_alphanumeric) => format!("”{said}”"),
        _ => said.to_owned(),
    }
}

/// What Tera refused.
pub fn template_errors(error: &tera::Error, templates: &Templates) -> Vec<Diagnostic> {
    match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            let range = &report.span().range;
            // What is missing at the end is missing behind the last thing that is there.
            let range = if report.message().starts_with("Unexpected end") {
                range.end..range.end
            } else {
                range.clone()
            };
            let place = source(report.filename(), templates).map(|source| Place { source, range });
            vec![finding(report.message(), report.filename(), place, templates)]
        }
        tera::ErrorKind::TemplateNotFound(name) => vec![
            Diagnostic::new(codes::MALL_FEL, format!("mallen {name} finns inte"))
                .hint("Lägg filen i mappen som --mallar anger."),
        ],
        tera::ErrorKind::CircularExtend { tpl, .. } | tera::ErrorKind::CircularInclude { tpl, .. } => vec![
            Diagnostic::new(codes::MALL_FEL, format!("mallen {tpl} leder till sig själv"))
                .hint("Ta bort en av de rader med include eller extends som leder runt."),
        ],
        tera::ErrorKind::MissingParent { current, parent } => vec![
            Diagnostic::new(codes::MALL_FEL, format!("mallen {parent}, som {current} bygger på, finns inte"))
                .hint("Lägg filen i mappen som --mallar anger, eller rätta namnet."),
        ],
        tera::ErrorKind::Msg(reports) => {
            let found: Vec<Diagnostic> =
                reports.split("\n\n").filter_map(|report| reported(report, templates)).collect();
            if found.is_empty() { vec![finding(reports, "", None, templates)] } else { found }
        }
        other => vec![finding(&other.to_string(), "", None, templates)],
    }
}

/// What a report in Tera's text form says: `error: Unknown filter …`, and on the next line
/// `--> file:line:column`.
fn reported(report: &str, templates: &Templates) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let said = lines.next()?.strip_prefix("error: ")?;
    let mut place = lines.next()?.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
    let column: usize = place.next()?.parse().ok()?;
    let line: usize = place.next()?.parse().ok()?;
    let name = place.next()?;
    let marked = lines.nth(2).map_or(1, |marks| marks.matches('^').count());
    let place = source(name, templates).map(|source| {
        let start: usize = source.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let mut ends =
            source.text[start..].char_indices().map(|(at, _)| start + at).skip(column.saturating_sub(1));
        let from = ends.next().unwrap_or(source.text.len());
        let to = ends.nth(marked.saturating_sub(1)).unwrap_or(source.text.len());
        Place { source, range: from..to }
    });
    Some(finding(said, name, place, templates))
}

fn source(name: &str, templates: &Templates) -> Option<std::sync::Arc<Source>> {
    Some(Source::new(templates.shown(name), templates.template(name)?))
}

fn finding(said: &str, name: &str, place: Option<Place>, templates: &Templates) -> Diagnostic {
    let finding = match translated(said, KINDS, word) {
        Some(found) => {
            let near = found.values.first().and_then(|wanted| meant(said, wanted, &found.values, templates));
            let hint = near.map_or(found.hint.clone(), |near| format!("Menade du ”{near}”? {}", found.hint));
            Diagnostic::new(codes::MALL_FEL, found.message).hint(hint)
        }
        None => Diagnostic::new(
            codes::MALL_FEL,
            format!("mallen {name} kan inte användas").replace("  ", " "),
        )
        .hint(format!(
            "Tera säger: {said}. Hur mallar skrivs står i Teras handbok: https://keats.github.io/tera/"
        )),
    };
    finding.at(place)
}

/// The known name that was probably meant.
fn meant(said: &str, wanted: &str, values: &[&str], templates: &Templates) -> Option<String> {
    let near = match said.split(' ').nth(1)? {
        "filter" => nearest(wanted, FILTERS.iter().copied()),
        "template" => nearest(wanted, templates.names("", ".md")),
        _ if said.contains("Available") => nearest(wanted, values.get(1)?.split(", ")),
        _ => None,
    };
    near.map(str::to_owned)
}

/// What a template printed that is HTML, or a comment around a part that does not go in pairs.
pub fn stray_html(name: &str, strays: &[StrayHtml], templates: &Templates) -> Vec<Diagnostic> {
    let stray = |stray: &StrayHtml| {
        let html = stray.html.trim();
        let finding = Diagnostic::new(codes::MALL_FEL, format!("mallen {name} skriver {html}, som inte hör ihop med något"))
            .hint("Skriv kommentarer parvis, på egna rader: <!-- roll --> … <!-- /roll -->. Annan HTML kan inte stå i dokumentet.");
        // It may have been put together of pieces; then the sentence has to do.
        let place = source(name, templates).and_then(|source| {
            let at = source.text.find(html)?;
            Some(Place { source, range: at..at + html.len() })
        });
        finding.at(place)
    };
    strays.iter().map(stray).collect()
}
