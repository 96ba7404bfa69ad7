//! A finding on a terminal: the sentence, the line with the place marked, what to do.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Place, Severity, codes, readable};

/// A finding as text, with colours or without.
pub fn text(finding: &Diagnostic, coloured: bool) -> String {
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
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
) -> Snippet<'a, Annotation<'a>> {
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
