//! Rendering: from a [`Case`] to the Markdown that is reviewed.
//!
//! 1. [`letterhead`] computes the front matter.
//! 2. [`context`] computes what the template may place: headings, numbers, texts.
//! 3. Tera places it: words as they are, each text of the case as a token.
//! 4. What it placed is parsed, and [`slots`] puts the texts, which were parsed when the case was
//!    read, where their tokens stand.
//! 5. [`numbers`] are set where the profile or the text wants them.
//! 6. All of it is written in canonical form, so that the diff of two versions shows what changed
//!    and nothing else, whatever white space a template leaves.

mod context;
pub mod letterhead;
pub(crate) mod notes;
mod numbers;
mod refused;
mod slots;
pub mod trace;
mod utlatande;

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Diagnostic;
use crate::library::Templates;
use crate::markdown::{self, Block, BlockKind};
use crate::read::Case;
use slots::{Filled, Slots};
use trace::Trace;

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
    rendered(case, templates, renderer, draft, false).map(|(markdown, _)| markdown)
}

/// What the Markdown of a case came of, a draft's or another's.
pub fn trace(
    case: &Case,
    templates: &Templates,
    renderer: &Renderer,
    (markdown, draft): (&str, bool),
) -> Trace {
    match rendered(case, templates, renderer, draft, true) {
        Ok((traced, trace)) if traced == markdown => trace,
        // A template that looks at the words of a line may do something else where they are marked: then
        // it is not known what came of what.
        _ => Trace { front: letterhead::front(case, templates, draft), ..Trace::default() },
    }
}

fn rendered(
    case: &Case,
    templates: &Templates,
    renderer: &Renderer,
    draft: bool,
    is_traced: bool,
) -> Result<(String, Trace), Vec<Diagnostic>> {
    let front = letterhead::front(case, templates, draft);
    let name = case.kind.template();
    let (context, slots) = context::context(case, templates, Slots::new(is_traced));
    let tera = renderer.0.as_ref().map_err(|error| refused::template_errors(error, templates))?;
    let printed =
        tera.render(&name, &context).map_err(|error| refused::template_errors(&error, templates))?;
    let (placed, lines) = slots.unmarked(&printed);
    let Filled { blocks, lost, texts } = slots.filled(markdown::parse(&placed).blocks, &name, placed.len());
    let (mut body, mut strays) = markdown::parts(blocks);
    strays.retain(|stray| lost.is_none() || !slots::is_printed(&stray.html));
    let mut faults = refused::stray_html(&name, &strays, templates);
    faults.extend(lost);
    if !faults.is_empty() {
        return Err(faults);
    }
    close_gaps(&mut body, &mut 0);
    if templates.profile(&case.sender()).numrerade_rubriker.is_some_and(|said| said.0) {
        numbers::of_headings(&mut body);
    }
    numbers::of_tables(&mut body);
    let markdown = markdown::write(&body, templates.abbreviations());
    let head: String = front.yaml().nfc().collect();
    Ok((format!("---\n{head}---\n\n{markdown}"), Trace { front, texts, lines, body }))
}

/// What is wrong with the templates whatever case they are for.
pub fn faults(templates: &Templates, renderer: &Renderer) -> Vec<Diagnostic> {
    renderer.0.as_ref().err().map(|error| refused::template_errors(error, templates)).unwrap_or_default()
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

/// The Tera templates, parsed once: unknown names are errors, and words are escaped as
/// Markdown.
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
    tera.set_escape_fn(slots::escape);
    tera.add_raw_templates(templates)?;
    Ok(tera)
}
