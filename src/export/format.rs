//! The formats that a document is written in.
//!
//! A further format is a variant, a line in each of these tables, and the function that makes it.

use std::path::{Path, PathBuf};

use super::pdf::{self, Attachment};
use super::{Images, provenance};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::workshop::Workshop;

/// A format that a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Markdown, to be reviewed.
    Md,
    /// PDF, to be decided on and kept.
    Pdf,
}

impl Format {
    /// All of them.
    pub const ALL: &[Format] = &[Format::Md, Format::Pdf];

    /// The format's word on the command line, and how its files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Md => "md",
            Format::Pdf => "pdf",
        }
    }

    /// The format of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.ending() == word)
    }

    /// Whether pictures go beside it as files.
    pub const fn has_pictures_beside(self) -> bool {
        matches!(self, Format::Md)
    }

    /// Whether it is also made of Markdown that was reviewed, rather than of a case only.
    pub const fn is_of_markdown(self) -> bool {
        !matches!(self, Format::Md)
    }

    /// The files that an input of this name gives in these formats, pictures apart.
    pub fn outputs(
        wanted: &[Format],
        name: &Path,
        is_markdown: bool,
    ) -> impl Iterator<Item = (Format, PathBuf)> {
        let given =
            move |format: &&Format| wanted.contains(format) && (!is_markdown || format.is_of_markdown());
        let file = move |format: &Format| {
            (*format, PathBuf::from(format!("{}.{}", name.display(), format.ending())))
        };
        Self::ALL.iter().filter(given).map(file)
    }

    /// Writes a document in this format.
    ///
    /// # Errors
    /// What cannot be written so, in words for an official.
    pub fn export(self, export: &Export) -> Result<Exported, Vec<Diagnostic>> {
        match self {
            Format::Md => {
                Ok(Exported { bytes: export.document.source.text.clone().into_bytes(), pages: None })
            }
            Format::Pdf => export.pdf().map(|pdf| Exported { bytes: pdf.bytes, pages: Some(pdf.pages) }),
        }
    }
}

/// What is exported.
pub struct Export<'a> {
    /// The document.
    pub document: &'a Document,
    /// The pictures that it shows.
    pub images: &'a Images,
    /// Templates, and what is made of them.
    pub workshop: &'a Workshop,
    /// What the document is made of, where that goes with it.
    pub sources: Option<provenance::Sources<'a>>,
}

impl Export<'_> {
    fn pdf(&self) -> Result<pdf::Pdf, Vec<Diagnostic>> {
        let Self { document, images, workshop, sources } = self;
        let press = workshop.press();
        let Some(sources) = sources else { return pdf::pdf(document, workshop, press, images) };
        let attachments: Vec<Attachment> = provenance::attachments(sources, workshop);
        pdf::pdf_with(document, workshop, press, images, &attachments)
    }
}

/// A document in a format.
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has, where it has pages.
    pub pages: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_formats_go_both_ways() {
        for format in Format::ALL {
            assert_eq!(Format::of(format.ending()), Some(*format));
        }
        assert_eq!(Format::of("MD"), None);
    }

    #[test]
    fn markdown_gives_no_markdown() {
        let files = |is_markdown| -> Vec<PathBuf> {
            Format::outputs(Format::ALL, Path::new("a/b.c"), is_markdown).map(|(_, file)| file).collect()
        };
        assert_eq!(files(false)[..2], [PathBuf::from("a/b.c.md"), PathBuf::from("a/b.c.pdf")]);
        assert!(!files(true).contains(&PathBuf::from("a/b.c.md")));
    }
}
