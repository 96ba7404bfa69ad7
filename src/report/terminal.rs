//! A finding on a terminal: the sentence, the line with the place marked, what to do.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Place, Severity, codes, readable};
use crate::paths::address;

/// How a terminal shows text.
#[derive(Clone, Copy, Debug, Default)]
pub struct TerminalLook {
    /// In colours.
    pub coloured: bool,
    /// With files that a click opens.
    pub linked: bool,
}

/// A finding as text.
pub fn text(finding: &Diagnostic, look: TerminalLook) -> String {
    let renderer = if look.coloured { Renderer::styled() } else { Renderer::plain() };
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
    let text = renderer.render(&[group]);
    let places = finding.place.iter().chain(finding.related.iter().map(|(place, _)| place));
    if look.linked { places.fold(text, |text, place| linked(&text, place)) } else { text }
}

/// The text with the first naming of a place made a link to its file (OSC 8).
fn linked(text: &str, place: &Place) -> String {
    let (line, _) = place.source.position(place.range.start);
    let named = format!("{}:{line}:", readable(&place.source.path));
    let (Some(start), Ok(path)) = (text.find(&named), std::path::absolute(&place.source.path)) else {
        return text.to_owned();
    };
    let end = start + named.len();
    let end = end + text[end..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - end);
    format!(
        "{}\u{1b}]8;;{}\u{1b}\\{}\u{1b}]8;;\u{1b}\\{}",
        &text[..start],
        address(&path),
        &text[start..end],
        &text[end..]
    )
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;

    #[test]
    fn a_place_is_a_link_to_its_file_and_is_named_as_before() {
        let source = Source::new("mapp/å b.yaml", "titel: x\ntitl: y\n");
        let place = |range| Place { source: source.clone(), range };
        let finding = Diagnostic::new(codes::OKAND_NYCKEL, "m").at(place(9..13)).related(place(0..5), "här");
        let plain = text(&finding, TerminalLook::default());
        let linked = text(&finding, TerminalLook { linked: true, ..TerminalLook::default() });
        let (before, rest) = linked.split_once("\u{1b}]8;;file:///").expect("a link");
        assert!(before.ends_with("--> "), "{linked}");
        assert!(
            rest.contains("/mapp/%C3%A5%20b.yaml\u{1b}\\mapp/å b.yaml:2:1\u{1b}]8;;\u{1b}\\\n"),
            "{linked}"
        );
        let without = linked.split("\u{1b}").filter_map(|part| match part.strip_prefix("]8;;") {
            Some(_) => None,
            None => Some(part.trim_start_matches('\\')),
        });
        assert_eq!(without.collect::<String>(), plain);
    }
}
