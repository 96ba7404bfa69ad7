//! Findings as a client shows them.

use std::sync::Arc;

use gen_lsp_types::{
    CodeDescription, Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Range,
    Uri,
};

use super::pages::CodePages;
use super::text::OpenText;
use crate::diagnostic::{Diagnostic, Place, Severity, Source};

/// Who says it, beside the code.
const SOURCE: &str = "tjut";

/// Shows the findings of one file.
pub struct Shower<'a> {
    /// The file's text.
    pub text: &'a OpenText,
    /// What was read of it.
    pub source: Option<&'a Arc<Source>>,
    /// The text of another file, and its address.
    pub other: &'a dyn Fn(&Source) -> (OpenText, Uri),
    /// The file's own address.
    pub uri: &'a Uri,
}

impl Shower<'_> {
    /// The findings, in their order.
    pub fn all(&self, findings: &[Diagnostic], pages: &mut CodePages) -> Vec<Shown> {
        findings.iter().map(|finding| self.one(finding, pages)).collect()
    }

    fn one(&self, finding: &Diagnostic, pages: &mut CodePages) -> Shown {
        let own = finding.place.as_ref().filter(|place| self.is_own(place));
        let elsewhere = finding.place.iter().filter(|place| !self.is_own(place));
        let mut related: Vec<_> = elsewhere.map(|place| self.related(place, "här")).collect();
        related.extend(finding.related.iter().map(|(place, remark)| self.related(place, remark)));
        Shown {
            range: own.map_or_else(Range::default, |place| self.text.stretch(place.range.clone())),
            severity: Some(match finding.severity {
                Severity::Error => DiagnosticSeverity::Error,
                Severity::Warning => DiagnosticSeverity::Warning,
                Severity::Advice => DiagnosticSeverity::Information,
            }),
            code: Some(finding.code.name.to_owned().into()),
            code_description: pages.link(finding.code).map(|href| CodeDescription { href }),
            source: Some(SOURCE.into()),
            message: said(finding).into(),
            tags: None,
            related_information: (!related.is_empty()).then_some(related),
            data: None,
        }
    }

    fn is_own(&self, place: &Place) -> bool {
        self.source.is_some_and(|source| place.source == *source || place.source.path == source.path)
    }

    fn related(&self, place: &Place, remark: &str) -> DiagnosticRelatedInformation {
        let location = if self.is_own(place) {
            Location { uri: self.uri.clone(), range: self.text.stretch(place.range.clone()) }
        } else {
            let (text, uri) = (self.other)(&place.source);
            Location { uri, range: text.stretch(place.range.clone()) }
        };
        DiagnosticRelatedInformation { location, message: remark.into() }
    }
}

/// What is wrong, and below it what to do.
pub fn said(finding: &Diagnostic) -> String {
    match &finding.hint {
        Some(hint) => format!("{}\n{hint}", finding.message),
        None => finding.message.clone(),
    }
}
