//! Findings on a terminal: the sentence, the line with the place marked, what to do.

use std::borrow::Cow;
use std::io::{self, ErrorKind, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use tjut::diagnostic::{Diagnostic, Place, Severity, codes, readable};

use super::args::Shared;

/// Prints findings on standard error.
pub fn print(findings: &[Diagnostic], shared: &Shared) {
    let is_coloured = shared.color.is_wanted(&std::io::stderr());
    let renderer = if is_coloured { Renderer::styled() } else { Renderer::plain() };
    for finding in findings {
        write(&format!("{}\n", text(finding, &renderer)));
    }
}

/// Says a line on standard error.
pub fn say(text: &str) {
    write(&readable(text));
}

/// That standard error is closed or full is nobody's trouble.
fn write(text: &str) {
    drop(writeln!(std::io::stderr(), "{text}"));
}

/// Writes what was asked for to standard output. Whoever reads it may stop early, as `head` does:
/// that is no failure, and changes nothing of how the program leaves.
///
/// # Errors
/// That it cannot be written.
pub fn product(bytes: &[u8]) -> io::Result<()> {
    let mut out = std::io::stdout();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// A finding as text.
fn text(finding: &Diagnostic, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE,
    };
    let title = level
        .with_name(finding.severity.word())
        .primary_title(readable(&finding.message))
        .id(finding.code.name);
    let mut group = Group::with_title(title);
    let secret = finding.code == codes::PERSONNUMMER;
    if let Some(place) = &finding.place {
        group = group.element(snippet(place, AnnotationKind::Primary, None, secret));
    }
    for (place, remark) in &finding.related {
        group = group.element(snippet(place, AnnotationKind::Context, Some(remark), secret));
    }
    if let Some(hint) = &finding.hint {
        group = group.element(Level::HELP.with_name("gör så här").message(readable(hint)));
    }
    renderer.render(&[group])
}

fn snippet<'a>(
    place: &'a Place,
    kind: AnnotationKind,
    remark: Option<&'a String>,
    secret: bool,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    // A mark over many lines says less than one at their beginning.
    let text = &place.source.text;
    let line_end = text[place.range.start..].find('\n').map_or(text.len(), |end| place.range.start + end);
    let range = place.range.start..place.range.end.min(line_end);
    let mark = kind.span(range);
    let shown: Cow<str> = if secret { masked(text, &place.range).into() } else { text.as_str().into() };
    Snippet::source(shown).path(readable(&place.source.path)).annotation(match remark {
        Some(remark) => mark.label(readable(remark)),
        None => mark,
    })
}

/// The text with the digits of a stretch made unreadable.
fn masked(text: &str, range: &Range<usize>) -> String {
    let hidden: String =
        text[range.clone()].chars().map(|c| if c.is_ascii_digit() { 'X' } else { c }).collect();
    format!("{}{hidden}{}", &text[..range.start], &text[range.end..])
}

/// `1 ärende`, `2 ärenden`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
