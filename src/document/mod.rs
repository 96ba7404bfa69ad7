//! Parsing: from the Markdown to the [`Document`] that is typeset.

pub mod headings;
pub mod printed;

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Source, codes};
use crate::faults;
use crate::front::Front;
use crate::library::kinds::Kinds;
use crate::markdown::{self, Block, BlockKind, Slip, plain};
use crate::yaml::node::{self, Value, YamlNode};
use crate::yaml::patched::Patched;
use crate::yaml::values;

/// A document: what the layout needs, and nothing else.
#[derive(Clone, Debug)]
pub struct Document {
    /// The Markdown it was parsed from.
    pub source: Arc<Source>,
    /// The front matter.
    pub front: Front,
    /// The body.
    pub blocks: Vec<Block>,
    /// Where the body begins in the source; blocks count from there.
    pub body_start: usize,
    /// What is doubtful in it, and no error.
    pub doubts: Vec<Diagnostic>,
    /// Whether it shows what changed between two documents, and is none itself.
    pub is_redline: bool,
}

impl Document {
    /// The title, without emphasis.
    pub fn title(&self) -> String {
        self.blocks
            .iter()
            .find_map(|block| match &block.kind {
                BlockKind::Heading { level: 1, inlines } => Some(plain(inlines)),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// The pictures it shows, each with its place.
    pub fn pictures(&self) -> Vec<(String, Place)> {
        markdown::pictures(&self.blocks).into_iter().map(|(url, range)| (url, self.place(range))).collect()
    }

    /// The place in the Markdown of a stretch of the body.
    pub fn place(&self, range: Range<usize>) -> Place {
        Place {
            source: self.source.clone(),
            range: self.body_start + range.start..self.body_start + range.end,
        }
    }
}

/// Parses a document.
///
/// # Errors
/// Everything that keeps it from being typeset, placed in the Markdown.
pub fn parse(source: &Arc<Source>, kinds: &Kinds) -> Result<Document, Vec<Diagnostic>> {
    // An editor on Windows ends lines otherwise; the document is the same.
    let source = &if source.text.contains('\r') {
        Source::new(source.path.clone(), source.text.replace("\r\n", "\n"))
    } else {
        source.clone()
    };
    let here = |range: Range<usize>| Place { source: source.clone(), range };
    let conflicts = faults::conflicts(source);
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    let Some((head, body_start)) = front_matter(&source.text) else {
        return Err(vec![
            Diagnostic::new(codes::HUVUD_SAKNAS, "filen börjar inte med ett huvud mellan två rader med ---")
                .at(here(0..0))
                .hint("Bygg Markdown-filen ur ärendet med tjut, och ändra sedan i den."),
        ]);
    };
    let mut problems = Vec::new();
    let front = match front_node(source) {
        Some(node) if matches!(node.value, Value::Map(_)) => {
            let (front, faults) = Front::of(&node, &here(0..3), kinds);
            problems.extend(faults);
            front
        }
        _ => {
            problems.push(
                Diagnostic::new(codes::HUVUD_SAKNAS, "huvudet mellan raderna med --- kan inte läsas")
                    .at(here(head))
                    .hint("Skriv en nyckel, kolon och ett värde inom citattecken på varje rad."),
            );
            Front::default()
        }
    };
    let mut parsed = markdown::parse(&source.text[body_start..]);
    let (blocks, strays) = markdown::parts(std::mem::take(&mut parsed.blocks));
    let parsed = markdown::Parsed { blocks, ..parsed };
    let mut faults = faults::of_document(&parsed);
    faults.extend(strays.into_iter().map(|stray| (stray.at.0, faults::stray(&stray.html))));
    let mut document = Document {
        source: source.clone(),
        front,
        blocks: parsed.blocks,
        body_start,
        doubts: Vec::new(),
        is_redline: false,
    };
    for (range, fault) in faults {
        problems.push(fault.at(document.place(range)));
    }
    problems.extend(slips(&document, &parsed.slips));
    problems.extend(title(&document));
    if !document.front.is_draft() {
        problems.extend(marks(&document));
    }
    if problems.iter().any(Diagnostic::is_error) {
        return Err(problems);
    }
    document.doubts = problems;
    Ok(document)
}

/// What Markdown would read otherwise than it was meant.
fn slips(document: &Document, slips: &[Slip]) -> Vec<Diagnostic> {
    let body = &document.source.text[document.body_start..];
    let place = |range: Range<usize>| document.place(range);
    let finding = |slip: &Slip| Diagnostic {
        edit: faults::edit(slip, body, &place),
        ..faults::slip(slip).at(place(slip.at.0.clone()))
    };
    slips.iter().map(finding).collect()
}

/// A document begins with its title, and has one.
fn title(document: &Document) -> Option<Diagnostic> {
    let is_title = |block: &&Block| matches!(block.kind, BlockKind::Heading { level: 1, .. });
    let hint = "Skriv titeln på en egen rad efter huvudet: # Titel. Övriga rubriker börjar med ##.";
    let (message, at) = match document.blocks.first() {
        Some(first) if is_title(&first) && !document.title().is_empty() => {
            let second = document.blocks.iter().skip(1).find(is_title)?;
            ("dokumentet har två titlar", second.at.0.clone())
        }
        Some(first) => ("dokumentet börjar inte med sin titel", first.at.0.clone()),
        None => ("dokumentet har ingen titel", 0..0),
    };
    Some(Diagnostic::new(codes::TITEL_SAKNAS, message).at(document.place(at)).hint(hint))
}

/// Places to fill in, which only a draft may have.
fn marks(document: &Document) -> Vec<Diagnostic> {
    let text = &document.source.text;
    let marks = values::marks(text).map(|range| {
        Diagnostic::new(codes::EJ_IFYLLT, format!("{} är inte ifyllt", &text[range.clone()]))
            .at(Place { source: document.source.clone(), range })
            .hint("Ersätt allt från « till » med ärendets egen text, eller skriv utkast: \"ja\" i huvudet, mellan raderna med ---.")
    });
    marks.collect()
}

/// The front matter as a tree.
fn front_node(source: &Arc<Source>) -> Option<YamlNode> {
    let (head, _) = front_matter(&source.text)?;
    // Without the body; the places of the front matter stay true.
    let front =
        Patched::with(&source.text, vec![(0..3, "   ".into()), (head.end..source.text.len(), String::new())]);
    node::parse(&front, source).ok()
}

/// The range of the YAML between the two `---`, and where the body begins.
fn front_matter(text: &str) -> Option<(Range<usize>, usize)> {
    let rest = text.strip_prefix("---\n")?;
    let end = 4 + if rest.starts_with("---\n") { 0 } else { rest.find("\n---\n")? + 1 };
    Some((4..end, end + 4))
}
