//! The formats that a document is written in.
//!
//! A further format is a variant, a line in each of these tables, and the function that makes it.

use std::path::{Path, PathBuf};

use super::docx::{self, Template};
use super::html::{self, Sibling};
use super::pdf::{self, Attachment, Press};
use super::{Images, provenance};
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::document::Document;
use crate::library::Templates;

/// A format that a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Markdown, to be reviewed.
    Md,
    /// PDF, to be decided on and kept.
    Pdf,
    /// Word, to be commented on and brought into other systems.
    Docx,
    /// A web page, to be read by everybody.
    Html,
    /// The web page for the open web: without anybody's direct contact, with a plain name.
    Published,
    /// What a list on the web shows of it.
    Summary,
}

impl Format {
    /// All that can be asked for by their words, in the order in which they are made: a web page
    /// speaks of the files beside it.
    pub const ALL: &[Format] = &[Format::Md, Format::Pdf, Format::Docx, Format::Html];
    /// What a web page becomes where it is published.
    const FOR_THE_WEB: &[Format] = &[Format::Published, Format::Summary];

    /// The format's word on the command line, and how its files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Md => "md",
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Html | Format::Published => "html",
            Format::Summary => "json",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Md => "Markdown",
            Format::Pdf => "PDF",
            Format::Docx => "Word",
            Format::Html | Format::Published => "webbsida",
            Format::Summary => "sammanfattning",
        }
    }

    /// These formats with web pages made for publication.
    pub fn published(wanted: &[Format]) -> Vec<Format> {
        let others = wanted.iter().copied().filter(|format| *format != Format::Html);
        others.chain(Self::FOR_THE_WEB.iter().copied()).collect()
    }

    /// The format of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.ending() == word)
    }

    /// Whether pictures go beside it as files.
    pub const fn has_pictures_beside(self) -> bool {
        matches!(self, Format::Md)
    }

    /// Whether it leads to the enclosed files, which then go beside it.
    pub const fn leads_to_enclosures(self) -> bool {
        matches!(self, Format::Html | Format::Published)
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
        let all = Self::ALL.iter().chain(Self::FOR_THE_WEB);
        all.filter(given).map(move |format| (*format, format.file(name)))
    }

    /// The file of an input of this name.
    fn file(self, name: &Path) -> PathBuf {
        let name = match self {
            // Addresses on the web are written by hand, and read out.
            Format::Published | Format::Summary => html::address_of(name),
            _ => name.to_owned(),
        };
        let last = name.file_name().unwrap_or_default().to_string_lossy();
        name.with_file_name(format!("{last}.{}", self.ending()))
    }

    /// Writes a document in this format.
    ///
    /// # Errors
    /// What cannot be written so, in words for an official.
    pub fn export(self, export: &Export) -> Result<Exported, Vec<Diagnostic>> {
        match self {
            Format::Md => Ok(Exported::of(export.document.source.text.clone().into_bytes())),
            Format::Pdf => {
                let pdf = export.pdf()?;
                Ok(Exported { bytes: pdf.bytes, pages: Some(pdf.pages), findings: pdf.doubts })
            }
            Format::Docx => export.docx(),
            Format::Html => export.html(false),
            Format::Published => export.html(true),
            Format::Summary => {
                Ok(Exported::of(html::summary(export.document, export.templates, &export.page)))
            }
        }
    }
}

/// What is exported.
pub struct Export<'a> {
    /// The document.
    pub document: &'a Document,
    /// The pictures that it shows.
    pub images: &'a Images,
    /// Templates, layouts and fonts.
    pub templates: &'a Templates,
    /// What typesets, made when a PDF is first asked for.
    pub press: &'a dyn Fn() -> &'a Press,
    /// What the document is made of, where that goes with it.
    pub sources: Option<provenance::Sources<'a>>,
    /// The Word document that it goes into, where it is not one of its own.
    pub template: Option<&'a Template>,
    /// The forms it was written in so far, which a web page speaks of.
    pub beside: Vec<Sibling>,
    /// The name of the web page.
    pub page: String,
}

impl Export<'_> {
    /// Remembers a form that the document was written in.
    pub fn wrote(&mut self, format: Format, file: &Path, bytes: &[u8]) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match format {
            Format::Md | Format::Pdf | Format::Docx => self.beside.push(Sibling {
                mime: provenance::media_type(&name),
                name,
                what: format.name(),
                digest: Digest::of(bytes),
            }),
            Format::Html | Format::Published => self.page = name,
            Format::Summary => {}
        }
    }

    fn docx(&self) -> Result<Exported, Vec<Diagnostic>> {
        let Self { document, images, templates, template, .. } = self;
        match template {
            None => docx::docx(document, templates, images).map(Exported::of),
            Some(template) => docx::fill(document, templates, images, template)
                .map(|(bytes, findings)| Exported { findings, ..Exported::of(bytes) }),
        }
    }

    fn html(&self, publish: bool) -> Result<Exported, Vec<Diagnostic>> {
        html::html(self.document, self.templates, self.images, &self.beside, publish).map(Exported::of)
    }

    fn pdf(&self) -> Result<pdf::Pdf, Vec<Diagnostic>> {
        let Self { document, images, templates, sources, .. } = self;
        let press = (self.press)();
        let Some(sources) = sources else { return pdf::pdf(document, templates, press, images) };
        let attachments: Vec<Attachment> = provenance::attachments(sources, templates);
        pdf::pdf_with(document, templates, press, images, &attachments)
    }
}

/// A document in a format.
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has, where it has pages.
    pub pages: Option<usize>,
    /// What there is to say about it.
    pub findings: Vec<Diagnostic>,
}

impl Exported {
    fn of(bytes: Vec<u8>) -> Self {
        Self { bytes, pages: None, findings: Vec::new() }
    }
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
    fn a_published_page_has_a_plain_name() {
        let to = Format::published(&[Format::Html, Format::Md]);
        let files: Vec<PathBuf> =
            Format::outputs(&to, Path::new("nämnd/Skol mat å.b"), false).map(|(_, file)| file).collect();
        let wanted = ["nämnd/Skol mat å.b.md", "namnd/skol-mat-a-b.html", "namnd/skol-mat-a-b.json"];
        assert_eq!(files, wanted.map(PathBuf::from));
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
