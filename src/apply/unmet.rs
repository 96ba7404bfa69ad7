//! What did not come home: the document that the edited case gives, held against the edited document.

use std::ops::Range;

use super::Built;
use crate::compare::list::{Change, changes};
use crate::compare::{Version, compare};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::document::Document;
use crate::library::Templates;
use crate::markdown::{self, Abbreviations};

/// What differs between the document that the edited case gives and the edited document, each with its place there.
/// Where nobody touched the edited document it is only what follows from the rest; else it is an error.
pub fn unmet(
    rebuilt: &Built<'_>,
    before: &Document,
    edited: &Document,
    templates: &Templates,
) -> Vec<Diagnostic> {
    let abbreviations = templates.abbreviations();
    if written(rebuilt.document, abbreviations) == written(edited, abbreviations) {
        return Vec::new();
    }
    let found = |old: &Document| {
        let comparison = compare(Version::of(old), Version::of(edited), abbreviations);
        changes(&comparison, old, edited, templates)
    };
    let touched: Vec<Range<usize>> =
        found(before).into_iter().flat_map(|change| change.places).filter_map(|both| both.new).collect();
    let left = found(rebuilt.document);
    let is_touched = |change: &Change| match change.places.iter().find_map(|both| both.new.clone()) {
        Some(range) => touched.iter().any(|other| {
            other.start < range.end.max(range.start + 1) && range.start < other.end.max(other.start + 1)
        }),
        // What was there before and is not in the edited document was taken away.
        None => change.places.iter().filter_map(|both| both.old.clone()).any(|range| {
            let said = rebuilt.document.source.text.get(range).unwrap_or_default();
            before.source.text.contains(said)
        }),
    };
    let mut findings: Vec<Diagnostic> =
        left.iter().map(|change| finding(change, rebuilt, edited, is_touched(change))).collect();
    if findings.is_empty() {
        findings.push(first_line(rebuilt.document, edited, abbreviations));
    }
    findings
}

/// The Markdown of a document in the form that is built.
pub fn written(document: &Document, abbreviations: &Abbreviations) -> String {
    format!("---\n{}---\n\n{}", document.front.yaml(), markdown::write(&document.blocks, abbreviations))
}

fn finding(change: &Change, rebuilt: &Built<'_>, edited: &Document, is_touched: bool) -> Diagnostic {
    let there = change.places.iter().find_map(|both| both.new.clone());
    let here = change.places.iter().find_map(|both| both.old.clone());
    let from = here.and_then(|range| rebuilt.origins.place(&range));
    let at = there.map(|range| Place { source: edited.source.clone(), range });
    let path = &rebuilt.case.source.path;
    match is_touched {
        true => Diagnostic::new(codes::ATERFORS_INTE, format!("ändringen kan inte återföras. {}", change.message))
            .at(at)
            .related(from, "det står kvar här")
            .hint(format!("Ändra i {path} i stället, eller återställ det i Markdown-filen. Med --delvis återförs det övriga.")),
        false => Diagnostic::new(codes::ATERFORS_FOLJD, follows(change))
            .at(at)
            .related(from, "det kommer härifrån")
            .hint("Det är en följd av de andra ändringar som återförs. Bygg ärendet, och läs det här en gång till."),
    }
}

/// What the document will say where nobody changed it.
fn follows(change: &Change) -> String {
    let (built, edited) = (change.said(true), change.said(false));
    match (built.is_empty(), edited.is_empty()) {
        (true, _) => "det här kommer inte att stå kvar när ärendet byggs".into(),
        (false, true) => format!("när ärendet byggs tillkommer ”{built}”"),
        (false, false) => format!("när ärendet byggs kommer här att stå ”{built}”"),
    }
}

/// The first line that differs, where the difference is none of words.
fn first_line(rebuilt: &Document, edited: &Document, abbreviations: &Abbreviations) -> Diagnostic {
    let (ours, theirs) = (written(rebuilt, abbreviations), written(edited, abbreviations));
    let line =
        theirs.lines().zip(ours.lines()).find(|(one, other)| one != other).map_or("", |(line, _)| line);
    let at = edited.source.text.find(line).unwrap_or_default();
    Diagnostic::new(codes::ATERFORS_INTE, "ändringen kan inte återföras: den gäller bara formen")
        .at(Place { source: edited.source.clone(), range: at..at + line.len() })
        .hint("Återställ raden i Markdown-filen.")
}
