//! Rendering: from a [`Case`] to the Markdown that is reviewed.
//!
//! 1. [`letterhead`] computes the front matter.
//! 2. [`context`] computes what the template may place: headings, numbers, texts.
//! 3. Tera places it.
//! 4. What it placed is parsed and written again in canonical form, so that the diff of two
//!    versions shows what changed and nothing else, whatever white space a template leaves.

mod context;
pub mod letterhead;
mod notes;
mod refused;
mod utlatande;

use std::collections::BTreeMap;
use std::io::Write;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Diagnostic;
use crate::library::Templates;
use crate::markdown::{self, Block, BlockKind};
use crate::read::Case;

/// The Markdown of a case: front matter and body.
///
/// # Errors
/// What is wrong with the template; a case that was read without errors gives none.
pub fn markdown(
    case: &Case,
    templates: &Templates,
    renderer: &Renderer,
    draft: bool,
) -> Result<String, Vec<Diagnostic>> {
    let front = letterhead::front(case, templates, draft);
    let context = context::context(case, templates);
    let tera = renderer.0.as_ref().map_err(|error| refused::template_errors(error, templates))?;
    let name = case.kind.template();
    let placed = tera.render(&name, &context).map_err(|error| refused::template_errors(&error, templates))?;
    let (mut body, strays) = markdown::parts(without_boundaries(markdown::parse(&placed).blocks));
    if !strays.is_empty() {
        return Err(refused::stray_html(&name, &strays, templates));
    }
    close_gaps(&mut body, &mut 0);
    let body = markdown::write(&body, templates.abbreviations());
    let front: String = front.yaml().nfc().collect();
    Ok(format!("---\n{front}---\n\n{body}"))
}

/// What is wrong with the templates whatever case they are for.
pub fn faults(templates: &Templates, renderer: &Renderer) -> Vec<Diagnostic> {
    renderer.0.as_ref().err().map(|error| refused::template_errors(error, templates)).unwrap_or_default()
}

/// What stands before and after each text that a template places: two texts that meet, or a text
/// and a list of the template's, would else be read as one.
const BOUNDARY: &str = "<!-- -->";

fn without_boundaries(blocks: Vec<Block>) -> Vec<Block> {
    let inner = |kind| match kind {
        BlockKind::List { start, tight, items } => {
            BlockKind::List { start, tight, items: items.into_iter().map(without_boundaries).collect() }
        }
        BlockKind::Quote(blocks) => BlockKind::Quote(without_boundaries(blocks)),
        other => other,
    };
    blocks
        .into_iter()
        .filter(|block| !matches!(&block.kind, BlockKind::Html(html) if html.trim() == BOUNDARY))
        .map(|block| Block { kind: inner(block.kind), ..block })
        .collect()
}

/// Lets no heading skip a level: where a text's sub-headings come to stand is known only here.
fn close_gaps(blocks: &mut [Block], previous: &mut u8) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { level, .. } => {
                *level = (*level).min(*previous + 1);
                *previous = *level;
            }
            BlockKind::Part { blocks, .. } => close_gaps(blocks, previous),
            _ => {}
        }
    }
}

/// The Tera templates, parsed once: unknown names are errors, and data is escaped as Markdown
/// unless it is Markdown already.
pub struct Renderer(tera::TeraResult<tera::Tera>);

impl Renderer {
    /// Parses these templates; what is wrong with them is said when they are used.
    pub fn new(templates: &Templates) -> Self {
        // A README beside templates of one's own is no template.
        let names = templates.names("", ".md").filter(|name| name.starts_with(char::is_lowercase));
        let texts = names.filter_map(|name| Some((name.to_owned(), templates.template(name)?)));
        Self(engine(texts.collect()))
    }
}

fn engine(templates: BTreeMap<String, String>) -> tera::TeraResult<tera::Tera> {
    let mut tera = tera::Tera::new();
    tera.autoescape_on([".md"]);
    tera.set_escape_fn(|text: &str, out: &mut dyn Write| out.write_all(markdown::escape(text).as_bytes()));
    tera.add_raw_templates(templates)?;
    Ok(tera)
}
