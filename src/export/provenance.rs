//! Provenance: the source of a PDF goes with it, so that anyone can get it back and prove that
//! the PDF is what the source gives.
//!
//! A PDF with its source holds a small project as attachments: the case and the files it refers
//! to below `cases/`, in the folders they had; the Markdown in `output/`, as what the PDF shows in
//! another form; and the [`Provenance`], which says how the one was made of the other.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use flate2::read::ZlibDecoder;
use hayro_syntax::object::{Array, Dict, Object, Stream, String as PdfString};
use hayro_syntax::{Filter, Pdf};
use serde::{Deserialize, Serialize};

use crate::digest::{BUILD, Digest, VERSION};
use crate::export::pdf::Attachment;
use crate::library::Templates;
use crate::paths::tidy;

/// The folder within the PDF that the sources lie in.
const SOURCES: &str = "cases";
/// The folder within the PDF that the Markdown lies in.
const MARKDOWN: &str = "output";
/// The name within the PDF of the [`Provenance`].
const ORIGIN: &str = "harkomst.json";
/// What all attachments of a PDF may unpack to, in bytes, beyond what the PDF itself holds: a few
/// bytes can unpack to very many.
const LARGEST: u64 = 48 << 20;

/// How a PDF was made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Provenance {
    /// The version of tjut.
    pub tjut: String,
    /// The build of that version.
    pub bygge: String,
    /// The digest of templates other than those built in.
    pub mallar: Option<Digest>,
    /// The attachment that the PDF was made of: a case, or Markdown.
    #[serde(rename = "källa")]
    pub kalla: String,
    /// Whether it was built as a draft.
    pub utkast: bool,
    /// The digests of the other attachments.
    pub filer: BTreeMap<String, Digest>,
}

impl Provenance {
    /// Whether this program, with these templates, is what made the PDF.
    pub fn is_ours(&self, templates: &Templates) -> bool {
        self.tjut == VERSION && self.bygge == BUILD && self.mallar == templates.own()
    }
}

/// A file beside the main one: its path, and what it holds.
pub type Beside = (PathBuf, Arc<[u8]>);

/// What a document is made of, for its attachments.
pub struct Sources<'a> {
    /// The case or the Markdown, and its bytes.
    pub main: (&'a Path, &'a [u8]),
    /// The other files, each by a path from where the main one's is.
    pub others: &'a [Beside],
    /// The name, without folders, and the text of the Markdown, where it is not the main file.
    pub markdown: Option<(String, &'a str)>,
    /// Whether the document is a draft.
    pub draft: bool,
}

/// The attachments that let a PDF be traced to its source.
pub fn attachments(sources: &Sources, templates: &Templates) -> Vec<Attachment> {
    let mut paths: Vec<PathBuf> = vec![tidy(sources.main.0)];
    paths.extend(sources.others.iter().map(|(path, _)| tidy(path)));
    let names = names(&paths);
    let bytes = std::iter::once(sources.main.1).chain(sources.others.iter().map(|(_, bytes)| &**bytes));
    let mut found: Vec<Attachment> = Vec::new();
    for (at, (name, bytes)) in names.iter().zip(bytes).enumerate() {
        if found.iter().any(|other| other.name == *name) {
            continue;
        }
        found.push(Attachment {
            mime: media_type(name),
            relationship: if at == 0 { "source" } else { "data" },
            description: if at == 0 {
                "Det som dokumentet är gjort av"
            } else {
                "En fil som dokumentet hänvisar till"
            }
            .into(),
            name: name.clone(),
            bytes: bytes.to_vec(),
        });
    }
    if let Some((name, text)) = &sources.markdown {
        found.push(Attachment {
            name: format!("{MARKDOWN}/{name}"),
            bytes: text.as_bytes().to_vec(),
            mime: "text/markdown",
            relationship: "alternative",
            description: "Dokumentets text, som den granskades".into(),
        });
    }
    let origin = Provenance {
        tjut: VERSION.into(),
        bygge: BUILD.into(),
        mallar: templates.own(),
        kalla: names[0].clone(),
        utkast: sources.draft,
        filer: found.iter().map(|file| (file.name.clone(), Digest::of(&file.bytes))).collect(),
    };
    found.push(Attachment {
        name: ORIGIN.into(),
        bytes: serde_json::to_vec_pretty(&origin).unwrap_or_default(),
        mime: "application/json",
        relationship: "supplement",
        description: "Hur dokumentet är gjort".into(),
    });
    found
}

/// The names within the PDF: from the deepest folder that holds all the files.
fn names(paths: &[PathBuf]) -> Vec<String> {
    let folder = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
    let mut common = folder(&paths[0]);
    while !paths.iter().all(|path| path.starts_with(&common)) && common.pop() {}
    paths
        .iter()
        .map(|path| {
            let below = path.strip_prefix(&common).unwrap_or(path);
            let parts = below.components().filter_map(|part| match part {
                Component::Normal(part) => Some(part.to_string_lossy()),
                _ => None,
            });
            std::iter::once(SOURCES.into()).chain(parts).collect::<Vec<_>>().join("/")
        })
        .collect()
}

/// Whether a name is one that [`attachments`] gives, on any system: below `cases/` or `output/`,
/// with no part that is hidden, leads elsewhere, or means something else to Windows.
pub fn is_plain(name: &str) -> bool {
    let mut parts = name.split('/');
    let is_ours = matches!(parts.next(), Some(SOURCES | MARKDOWN));
    is_ours && name.contains('/') && parts.all(is_plain_part)
}

fn is_plain_part(part: &str) -> bool {
    // The longest name of a file, in bytes, on the usual file systems.
    const LONGEST: usize = 255;
    let is_foreign = |sign: char| sign.is_control() || "\\:*?\"<>|".contains(sign);
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let is_device = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str())
        || ["COM", "LPT"].iter().any(|port| {
            stem.strip_prefix(port).is_some_and(|number| {
                number.chars().count() == 1 && number.starts_with(|digit| "0123456789¹²³".contains(digit))
            })
        });
    !part.is_empty()
        && part.len() <= LONGEST
        && !part.starts_with('.')
        && !part.ends_with(['.', ' '])
        && !part.contains(is_foreign)
        && !is_device
}

/// The media type of a file of this name.
pub(crate) fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
        "yaml" | "yml" => "application/yaml",
        "md" => "text/markdown",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "json" => "application/json",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}

/// What a PDF carries.
#[derive(Debug)]
pub struct Carried {
    /// How it was made.
    pub origin: Provenance,
    /// The other attachments, by their names.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Why a PDF's source cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It is no PDF, or too broken to be read.
    NoPdf,
    /// A PDF that tjut did not make.
    Foreign,
    /// A PDF of tjut without its source.
    WithoutSource,
    /// The source is there and cannot be read.
    Damaged,
}

impl Carried {
    /// The attachments whose bytes are not those that the origin speaks of, or that it misses.
    pub fn altered(&self) -> Vec<&str> {
        let digests = |name: &str| self.files.get(name).map(|bytes| Digest::of(bytes));
        let all = self.origin.filer.keys().chain(self.files.keys());
        let mut altered: Vec<&str> = all
            .filter(|name| digests(name).as_ref() != self.origin.filer.get(*name))
            .map(String::as_str)
            .collect();
        altered.sort_unstable();
        altered.dedup();
        altered
    }
}

/// Reads what a PDF carries.
///
/// # Errors
/// Why there is nothing.
pub fn carried(pdf: Vec<u8>) -> Result<Carried, Missing> {
    let mut room = LARGEST + pdf.len() as u64;
    let pdf = Pdf::new(pdf).map_err(|_| Missing::NoPdf)?;
    let xref = pdf.xref();
    let catalog: Dict = xref.get(xref.root_id()).ok_or(Missing::NoPdf)?;
    let mut files = BTreeMap::new();
    let tree = catalog.get::<Dict>(b"Names").and_then(|names| names.get::<Dict>(b"EmbeddedFiles"));
    if let Some(tree) = tree {
        collect(&tree, 0, &mut room, &mut files).ok_or(Missing::Damaged)?;
    }
    let ours = pdf.metadata().creator.as_ref().is_some_and(|creator| text(creator) == "tjut");
    let Some(origin) = files.remove(ORIGIN) else {
        return Err(match ours {
            // The origin was there, or other files would not be.
            true if !files.is_empty() => Missing::Damaged,
            true => Missing::WithoutSource,
            false => Missing::Foreign,
        });
    };
    let origin = serde_json::from_slice(&origin)
        .map_err(|_| if ours { Missing::Damaged } else { Missing::Foreign })?;
    Ok(Carried { origin, files })
}

/// Reads the files below a node of the tree of names.
fn collect(node: &Dict, depth: usize, room: &mut u64, files: &mut BTreeMap<String, Vec<u8>>) -> Option<()> {
    // A tree of names is shallow; one that bites its tail is not.
    const DEEPEST: usize = 16;
    if depth > DEEPEST {
        return None;
    }
    if let Some(kids) = node.get::<Array>(b"Kids") {
        for kid in kids.iter::<Dict>() {
            collect(&kid, depth + 1, room, files)?;
        }
    }
    let Some(names) = node.get::<Array>(b"Names") else { return Some(()) };
    for entry in names.iter::<Object>() {
        if let Object::Dict(file) = entry {
            let name = file.get::<PdfString>(b"UF").or_else(|| file.get::<PdfString>(b"F"))?;
            let stream = file.get::<Dict>(b"EF")?.get::<Stream>(b"F")?;
            files.insert(text(name.as_bytes()), unpacked(&stream, room)?);
        }
    }
    Some(())
}

/// The bytes of a file, within bounds.
fn unpacked(stream: &Stream, room: &mut u64) -> Option<Vec<u8>> {
    let raw = stream.raw_data();
    match stream.filters().as_slice() {
        [] => within(&*raw, raw.len() as u64, room),
        // Counted first, so that no more is ever held than is wanted: a buffer that grows holds twice as much.
        [Filter::FlateDecode] => {
            let length = io::copy(&mut ZlibDecoder::new(&*raw).take(*room + 1), &mut io::sink()).ok()?;
            within(ZlibDecoder::new(&*raw), length, room)
        }
        _ => None,
    }
}

/// So many bytes, if there is room for them.
fn within(mut from: impl Read, length: u64, room: &mut u64) -> Option<Vec<u8>> {
    *room = room.checked_sub(length)?;
    let mut bytes = vec![0; usize::try_from(length).ok()?];
    from.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

/// A PDF text: UTF-16 with a mark, or Latin-1.
fn text(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(rest) => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn only_names_that_stay_below_and_are_files_everywhere_are_plain() {
        for name in
            ["cases/a.yaml", "output/a b.md", "cases/bilder/åäö.svg", "cases/a..b.yaml", "cases/COMET.yaml"]
        {
            assert!(is_plain(name), "{name}");
        }
        for name in [
            "",
            "cases",
            "cases/",
            "/cases/a",
            "a.yaml",
            "cases/../a",
            "cases/./a",
            "cases//a",
            "cases/.git/hooks/x",
            "output/.tjut.json",
            "cases\\a",
            "cases/a\\b",
            "C:/a",
            "cases/C:a",
            "cases/a:b",
            "cases/NUL",
            "cases/nul.yaml",
            "cases/com1.md",
            "cases/lpt¹",
            "cases/a.",
            "cases/a ",
            "cases/a\n",
            "cases/a\0",
            "cases/a\u{1b}[1m",
            "cases/a*",
            "templates/a",
            "cases/con .txt",
        ] {
            assert!(!is_plain(name), "{name:?}");
        }
        assert!(!is_plain(&format!("cases/{}", "a".repeat(256))));
    }
}
