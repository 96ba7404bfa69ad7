//! What a parse error means to a person: one sentence, what to do, and where.

use std::ops::Range;

use crate::diagnostic::codes::{self, Code};

/// A parse error, explained.
pub struct Explanation {
    /// What it is about.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Where.
    pub place: Range<usize>,
    /// Where the parser noticed.
    pub at: usize,
    /// What else cannot be read because of it.
    pub with: Option<Range<usize>>,
}

/// Whether the error is that a second document begins.
pub fn is_second_document(error: &serde_saphyr::Error) -> bool {
    matches!(error, serde_saphyr::Error::MultipleDocuments { .. })
}

/// Explains a parse error.
pub fn explain(error: &serde_saphyr::Error, text: &str, known: &[String]) -> Explanation {
    let at = offset(error, text);
    if let Some(found) = not_indented(text, at) {
        return found;
    }
    let found = None
        .or_else(|| second_document(error, text, at))
        .or_else(|| too_much(error, at))
        .or_else(|| quotation(error, text, at))
        .or_else(|| bracket(text, at))
        .or_else(|| without_colon(text, at, known))
        .or_else(|| colon_without_space(text, at, known))
        .or_else(|| point_after_key(text, at))
        .or_else(|| special_sign(text, at))
        .or_else(|| second_colon(text, at));
    let (code, message, hint, place) = found.unwrap_or_else(|| {
        (
            codes::YAML_FEL,
            "raden står inte i linje med raderna omkring".to_owned(),
            "Rader som hör ihop ska börja lika långt in; en text under | ska vara indragen lika långt på varje rad.",
            at..after(text, at),
        )
    });
    Explanation { code, message, hint: hint.to_owned(), place, at, with: None }
}

/// Code, message, hint and place.
type Found = Option<(Code, String, &'static str, Range<usize>)>;

fn offset(error: &serde_saphyr::Error, text: &str) -> usize {
    let Some(location) = error.location() else { return 0 };
    // Errors of the scanner give characters, not bytes.
    let chars = usize::try_from(location.span().offset()).unwrap_or(0);
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

/// The byte after the character at `at`.
fn after(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

fn second_document(error: &serde_saphyr::Error, text: &str, at: usize) -> Found {
    // What is noticed may be what follows the line of dashes.
    let line = match text[..line_around(text, at).end].rfind("\n---") {
        Some(newline) => line_around(text, newline + 1),
        None => line_around(text, at),
    };
    is_second_document(error).then(|| {
        (
            codes::YAML_FEL,
            "filen innehåller flera ärenden (en rad med ---)".to_owned(),
            "Lägg varje ärende i en egen fil, och ta bort raden.",
            line,
        )
    })
}

fn too_much(error: &serde_saphyr::Error, at: usize) -> Found {
    matches!(error, serde_saphyr::Error::Budget { .. }).then(|| {
        (
            codes::YAML_FEL,
            "filen är för stor eller för djupt nästlad för ett ärende".to_owned(),
            "Dela upp texten, eller ta bort nivåer.",
            at..at,
        )
    })
}

/// A quotation that does not end is noticed where it should have ended: far too late. One that
/// ends too early is noticed at what follows.
fn quotation(error: &serde_saphyr::Error, text: &str, at: usize) -> Found {
    let said = error.to_string();
    if said.contains("escape") {
        return Some((
            codes::YAML_FEL,
            "”\\” inom dubbla citattecken har en egen betydelse i YAML".to_owned(),
            "Skriv \\\\ i stället för \\, eller sätt texten inom enkla citattecken: '…'.",
            at..after(text, at),
        ));
    }
    let begins = value_before(text, at, &['"', '\''])?;
    let quote = text[begins..].chars().next()?;
    let line = line_around(text, begins);
    let closed = text[begins + 1..line.end].contains(quote);
    if closed && line.contains(&at.min(text.len().saturating_sub(1))) {
        return Some((
            codes::YAML_FEL,
            "det står text efter det avslutande citattecknet".to_owned(),
            "Sätt citattecken runt hela texten, och skriv ” för citat inne i den.",
            begins..begins + 1,
        ));
    }
    said.contains("quoted scalar").then(|| {
        (
            codes::YAML_FEL,
            "ett citattecken avslutas inte".to_owned(),
            "Skriv ett citattecken till i slutet av texten, eller ta bort det första.",
            begins..begins + 1,
        )
    })
}

fn bracket(text: &str, at: usize) -> Found {
    let begins = value_before(text, at, &['[', '{'])?;
    Some((
        codes::YAML_FEL,
        "texten börjar med en hakparentes eller klammer, som har en egen betydelse i YAML".to_owned(),
        "Sätt hela texten inom citattecken: \"…\". Är det en lista: avsluta den med ] på samma rad.",
        begins..begins + 1,
    ))
}

/// The last value at or before `at` that begins with one of these signs, if no other value has
/// begun since.
fn value_before(text: &str, at: usize, signs: &[char]) -> Option<usize> {
    let mut line = line_around(text, at);
    loop {
        if let Some(start) = value_start(&text[line.clone()])
            && line.start + start <= at
        {
            let begins = line.start + start;
            return text[begins..].starts_with(signs).then_some(begins);
        }
        if line.start == 0 {
            return None;
        }
        line = line_around(text, line.start - 1);
    }
}

/// Where the value begins on a line with a key or a dash.
fn value_start(line: &str) -> Option<usize> {
    let mut start = line.len() - line.trim_start().len();
    let mut found = None;
    while let Some(rest) = line[start..].strip_prefix("- ") {
        start = line.len() - rest.trim_start().len();
        found = Some(start);
    }
    match line[start..].find(": ") {
        Some(colon) if !line[start..].starts_with(['"', '\'']) => {
            let value = start + colon + 2;
            Some(value + (line[value..].len() - line[value..].trim_start().len()))
        }
        _ => found,
    }
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

/// The line of the fault and the one before it.
fn lines_near(text: &str, at: usize) -> [Range<usize>; 2] {
    let here = line_around(text, at);
    let before = line_around(text, here.start.saturating_sub(1));
    [here, before]
}

/// The lines of a text that stands below its key's `|`, as far in as the key itself.
fn not_indented(text: &str, at: usize) -> Option<Explanation> {
    let is_prose =
        |line: &str| line.starts_with(char::is_alphanumeric) && !line.contains(": ") && !line.ends_with(':');
    let here = lines_near(text, at).into_iter().find(|line| is_prose(text[line.clone()].trim_end()))?;
    let key = line_around(text, text[..here.start].trim_end().len());
    let said = text[key.clone()].trim_end();
    if !(said.ends_with(": |") || said.ends_with(": >")) {
        return None;
    }
    let mut end = here.end;
    while let Some(next) = (end < text.len()).then(|| line_around(text, end + 1))
        && (text[next.clone()].trim().is_empty() || is_prose(text[next.clone()].trim_end()))
        && next.end > end
    {
        end = next.end;
    }
    Some(Explanation {
        code: codes::YAML_FEL,
        message: "texten är inte indragen under sin nyckel".to_owned(),
        hint: "Dra in varje rad av texten med två mellanslag.".to_owned(),
        place: here,
        at,
        with: Some(key.start..end),
    })
}

/// A line that begins as a key does but has no colon: a key of the format, or an own heading.
fn without_colon(text: &str, at: usize, known: &[String]) -> Found {
    for line in lines_near(text, at) {
        let said = &text[line.clone()];
        let words = said.trim_start().trim_start_matches("- ");
        let start = line.end - words.len();
        let words = words.trim_end();
        if words.contains(':') || words.is_empty() {
            continue;
        }
        let known = known
            .iter()
            .filter(|key| {
                words.strip_prefix(key.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            })
            .max_by_key(|key| key.len());
        let own = (start == line.start && words.starts_with(char::is_uppercase))
            .then(|| words.trim_end_matches(['|', '>', '-']).trim_end());
        if let Some(key) = known.map(|key| &words[..key.len()]).or(own) {
            return Some((
                codes::KOLON_SAKNAS,
                format!("kolon saknas efter ”{key}”"),
                "Skriv ett kolon och ett mellanslag mellan nyckeln och värdet.",
                start..start + key.len(),
            ));
        }
    }
    None
}

/// The colon of a known key that the value stands right behind.
fn colon_without_space(text: &str, at: usize, known: &[String]) -> Found {
    lines_near(text, at).into_iter().find_map(|line| {
        let words = text[line.clone()].trim_start().trim_start_matches("- ");
        let (key, value) = words.split_once(':')?;
        let colon = line.end - words.len() + key.len();
        let is_key = known.iter().any(|known| known == key.trim());
        let first = value.chars().next().filter(|first| is_key && !first.is_ascii_whitespace())?;
        Some(if first.is_whitespace() {
            (
                codes::YAML_FEL,
                "efter kolonet står ett hårt mellanslag, som ofta följer med från Word".to_owned(),
                "Skriv mellanslaget på nytt från tangentbordet.",
                colon + 1..colon + 1 + first.len_utf8(),
            )
        } else {
            (
                codes::YAML_FEL,
                "mellanslag saknas efter kolonet".to_owned(),
                "Skriv ett mellanslag mellan kolonet och värdet.",
                colon..colon + 1,
            )
        })
    })
}

/// A point of a list on the line of its key.
fn point_after_key(text: &str, at: usize) -> Found {
    let line = line_around(text, at);
    let said = &text[line.clone()];
    let colon = said.find(": - ")?;
    let dash = line.start + colon + 2;
    Some((
        codes::YAML_FEL,
        "en lista kan inte börja på samma rad som sin nyckel".to_owned(),
        "Skriv varje punkt på en egen rad under nyckeln. Är strecket en del av texten: sätt hela texten inom citattecken: \"…\".",
        dash..dash + 1,
    ))
}

/// A value that begins with a sign of YAML's own.
fn special_sign(text: &str, at: usize) -> Found {
    let line = line_around(text, at);
    let said = &text[line.clone()];
    let starts = [value_start(said), Some(said.len() - said.trim_start().len())];
    starts.into_iter().flatten().find_map(|start| {
        let sign = said[start..].chars().next()?;
        matches!(sign, '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' | '?' | ',' | ']' | '}').then(|| {
            (
                codes::YAML_FEL,
                format!("texten börjar med ”{sign}”, som har en egen betydelse i YAML"),
                "Sätt hela texten inom citattecken: \"…\". En punkt i en lista börjar med ”- ”.",
                line.start + start..line.start + start + sign.len_utf8(),
            )
        })
    })
}

/// The second `: ` of a line, which YAML takes for another key.
fn second_colon(text: &str, at: usize) -> Found {
    let line = line_around(text, at);
    let said = &text[line.clone()];
    let first = said.find(": ")?;
    let second = line.start + first + 2 + said[first + 2..].find(": ")?;
    Some((
        codes::YAML_FEL,
        "ett kolon mitt i texten gör att raden inte kan läsas".to_owned(),
        "Sätt hela texten inom citattecken: \"…\".",
        second..second + 1,
    ))
}
