//! The world that Typst sees: a layout, a document as data, pictures and fonts, all in memory.

use std::collections::{BTreeMap, BTreeSet};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Array, Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_kit::fonts::FontStore;

use crate::diagnostic::{self, Place};
use crate::fonts::{ALIASES, STANDARD};
use crate::library::Templates;

/// The name of the document's data, for the layout.
pub(super) const DATA: &str = "/document.json";

/// What all documents share: the library, the fonts, the layouts' sources.
pub struct Press {
    library: LazyHash<Library>,
    fonts: FontStore,
    layouts: BTreeMap<String, Source>,
}

impl Press {
    /// Whether there is such a layout.
    pub fn has_layout(&self, name: &str) -> bool {
        self.layouts.contains_key(name)
    }

    /// Where in a layout something stands.
    pub(super) fn place(&self, span: DiagSpan, templates: &Templates) -> Option<Place> {
        let (id, range) = match span.get() {
            DiagSpanKind::Detached => return None,
            DiagSpanKind::Number { id, num, sub_range } => (id, self.source(id)?.range(num, sub_range)?),
            DiagSpanKind::Range { id, range } => (id, range),
        };
        let text = self.source(id)?.text();
        Some(Place {
            source: diagnostic::Source::new(templates.shown(id.vpath().get_without_slash()), text),
            range,
        })
    }

    /// The layouts.
    pub(super) fn layouts(&self) -> impl Iterator<Item = &Source> {
        self.layouts.values()
    }

    /// The names that every layout knows.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.library.global.scope().iter().map(|(name, _)| name.as_str())
    }

    fn source(&self, id: FileId) -> Option<&Source> {
        self.layouts.get(id.vpath().get_without_slash())
    }

    /// Prepares the fonts and layouts of these templates.
    pub fn new(templates: &Templates) -> Self {
        let mut fonts = FontStore::new();
        let mut families = Vec::new();
        for name in templates.names("fonts/", ".ttf") {
            let font = templates.bytes(name).and_then(|bytes| Font::new(bytes, 0));
            fonts.extend(font.map(|font| {
                let info: FontInfo = font.info().clone();
                families.push((info.family.to_string(), font.clone()));
                (font, info)
            }));
        }
        fonts.extend(aliases(&families));
        let layouts = templates
            .names("layouts/", ".typ")
            .filter_map(|name| {
                let text = std::str::from_utf8(templates.file(name)?).ok()?;
                Some((name.to_owned(), Source::new(id(name)?, text.to_owned())))
            })
            .collect();
        // Layouts let them stand in where the standard families have no such character.
        let own: BTreeSet<&str> =
            families.iter().map(|(name, _)| name.as_str()).filter(|name| !STANDARD.contains(name)).collect();
        let own: Array = own.into_iter().map(IntoValue::into_value).collect();
        let inputs = Dict::from_iter([("typsnitt".into(), own.into_value())]);
        let library = Library::builder()
            .with_inputs(inputs)
            // For the heads of rows.
            .with_features([Feature::A11yExtras].into_iter().collect())
            .build();
        Self { library: LazyHash::new(library), fonts, layouts }
    }
}

/// The standard families by their other names, unless somebody has brought the real ones.
fn aliases(families: &[(String, Font)]) -> Vec<(Font, FontInfo)> {
    let missing = ALIASES.iter().filter(|(_, alias)| !families.iter().any(|(name, _)| name == alias));
    let named = |&(family, alias): &(&str, &'static str)| {
        let faces: Vec<&Font> =
            families.iter().filter(|(name, _)| name == family).map(|(_, font)| font).collect();
        faces
            .into_iter()
            .map(move |font| (font.clone(), FontInfo { family: alias.into(), ..font.info().clone() }))
    };
    missing.flat_map(named).collect()
}

/// File ids are interned for ever, so names are few and fixed: never one per document.
fn id(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

/// One document on the press.
pub(super) struct Sheet<'a> {
    press: &'a Press,
    templates: &'a Templates,
    main: &'a str,
    files: BTreeMap<String, Bytes>,
}

impl<'a> Sheet<'a> {
    /// Puts a document's data, pictures and attachments before a layout.
    pub fn new(
        press: &'a Press,
        templates: &'a Templates,
        main: &'a str,
        data: String,
        files: Vec<(String, Vec<u8>)>,
    ) -> Self {
        let mut files: BTreeMap<String, Bytes> =
            files.into_iter().map(|(name, bytes)| (name, Bytes::new(bytes))).collect();
        files.insert(DATA.into(), Bytes::from_string(data));
        Self { press, templates, main, files }
    }
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.press.fonts.book()
    }

    fn main(&self) -> FileId {
        self.press.layouts[self.main].id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.press.source(id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.vpath().get_with_slash();
        if let Some(bytes) = self.files.get(name) {
            return Ok(bytes.clone());
        }
        self.templates.bytes(id.vpath().get_without_slash()).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        // Time is an input: the date is the case's, never the clock's.
        None
    }
}
