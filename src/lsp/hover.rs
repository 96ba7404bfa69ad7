//! What is said of what one points at: what a key is, what a code means, what a profile fills in.

use gen_lsp_types::{Hover, HoverParams, MarkupContent, MarkupKind};
use serde_json::Value as Json;

use super::cursor::{Cursor, CursorStep, Within};
use super::document::View;
use super::publish;
use super::shape::{self, Shape};
use crate::diagnostic::codes::{self, Code};
use crate::library::kinds::Kind;
use crate::library::profile::ProfileKey;
use crate::project::Project;
use crate::read::head;
use crate::yaml::outline::Outline;

/// What there is to say about a position.
pub fn hover(view: View, params: HoverParams) -> Option<Hover> {
    if !view.document.is_case {
        return None;
    }
    let text = &view.document.text;
    let offset = text.offset(params.text_document_position_params.position);
    let outline = view.outline();
    let cursor = Cursor::of(&outline, view.text(), offset);
    let findings = view.document.findings().unwrap_or_default().iter().filter(|finding| {
        let place = finding.place.as_ref().filter(|place| view.is_own(&place.source));
        place.is_some_and(|place| place.range.start <= offset && offset <= place.range.end)
    });
    let found: Vec<String> =
        findings.map(|finding| format!("{}\n\n{}", publish::said(finding), page(finding.code))).collect();
    let said = match cursor.within {
        Within::Text | Within::Comment => None,
        Within::Key | Within::Item => {
            let name = &view.text()[cursor.word.clone()];
            of_key(view, &outline, &cursor.path, name.trim_matches(['"', '\'']))
        }
        Within::Value => of_value(view, &outline, &cursor.path, &view.text()[cursor.word.clone()]),
    };
    let parts: Vec<String> = said.into_iter().chain(found).collect();
    let value = parts.join("\n\n---\n\n");
    let kind = if view.client.reads_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let range = Some(text.stretch(cursor.word)).filter(|_| cursor.within != Within::Text);
    (!parts.is_empty()).then(|| Hover { contents: MarkupContent { kind, value }.into(), range })
}

fn of_key(view: View, outline: &Outline, around: &[CursorStep], name: &str) -> Option<String> {
    if around.iter().map(CursorStep::name).eq(["godkänn"]) {
        return codes::find(name).map(page);
    }
    let kind = view.kind(outline);
    let path: Vec<CursorStep> = around.iter().cloned().chain([CursorStep::Key(name.to_owned())]).collect();
    let mut said = key(&kind, &view.schema(&kind), &path)?;
    if let ["avsändare"] = path.iter().map(CursorStep::name).collect::<Vec<_>>()[..] {
        let filled = profile(view.project, &view.sender(outline, &kind));
        said.extend((!filled.is_empty()).then(|| format!("\n\n{filled}")));
    }
    Some(said)
}

fn of_value(view: View, outline: &Outline, path: &[CursorStep], value: &str) -> Option<String> {
    let value = value.trim_matches(['"', '\'']);
    let names: Vec<&str> = path.iter().map(CursorStep::name).collect();
    match names.as_slice() {
        ["godkänn", "-", "kod"] => codes::find(value).map(page),
        ["mall"] => view.project.tools().kinds().get(value).map(|kind| of_kind(kind)),
        [.., "förvaltning"] => {
            let kind = view.kind(outline);
            let sender = ProfileKey { name: value, ..view.sender(outline, &kind) };
            Some(profile(view.project, &sender)).filter(|said| !said.is_empty())
        }
        // What a value is, is what its key is.
        _ => key(&view.kind(outline), &view.schema(&view.kind(outline)), path),
    }
}

/// A kind of document: what it calls itself, and what a case of it must have.
fn of_kind(kind: &Kind) -> String {
    let required: Vec<&str> = kind.required().collect();
    let keys: Vec<&str> = kind.body().map(|(name, _)| name).collect();
    format!(
        "**{}**\n\nKrävs: {}.\n\nTextens nycklar: {}.",
        kind.benamning.text,
        required.join(", "),
        keys.join(", ")
    )
}

/// What a key is for and how it is written; nothing where there is no such key.
pub fn key(kind: &Kind, schema: &Json, path: &[CursorStep]) -> Option<String> {
    let (CursorStep::Key(name), around) = path.split_last()? else { return None };
    let shape = Shape::at(schema, around);
    let keys = shape.keys();
    let Some(known) = keys.iter().find(|known| known.name == name) else {
        let is_own = around.is_empty() && !name.is_empty() && !name.starts_with(char::is_lowercase);
        return is_own
            .then(|| format!("**{name}**\n\n{}", shape::description(&schema["additionalProperties"])));
    };
    let need = if known.required { " (krävs)" } else { "" };
    let mut said = format!("**{name}**{need}\n\n{}", shape::description(known.schema));
    let example = match (around.is_empty(), kind.key(name)) {
        (true, Some(key)) => key.example(name),
        (true, None) if name == "mall" => format!("mall: {}", kind.word()),
        (true, None) => head::example(name).to_owned(),
        (false, _) => String::new(),
    };
    if !example.is_empty() {
        said.push_str(&format!("\n\n```yaml\n{example}\n```"));
    }
    Some(said)
}

/// A code's page, its headings made smaller.
fn page(code: Code) -> String {
    let lines = code.page.trim_end().lines().map(|line| match line.trim_start_matches('#') {
        heading if heading.len() < line.len() => format!("**{}**", heading.trim()),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What a sender's own profile fills in where a case leaves it out; nothing where it has none.
pub fn profile(project: &Project, sender: &ProfileKey) -> String {
    let profile = project.tools().profile(sender);
    if !profile.is_called(sender.name) {
        return String::new();
    }
    let adress: Vec<&str> = profile.adress.iter().map(|line| line.text.as_str()).collect();
    let forms: Vec<String> = profile.examples().collect();
    let line = |line: &Option<crate::yaml::values::Line>| {
        line.as_ref().map(|line| line.text.clone()).unwrap_or_default()
    };
    let filled = [
        ("adress", adress.join(", ")),
        ("telefon", line(&profile.telefon)),
        ("fax", line(&profile.fax)),
        ("e-post", line(&profile.e_post)),
        ("webb", line(&profile.webb)),
        ("diarienummer skrivs", forms.join(" eller ")),
    ];
    let lines =
        filled.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| format!("- {key}: {value}"));
    let lines: Vec<String> = lines.collect();
    format!(
        "Ur profilen för {} fylls i, om ärendet inte säger annat:\n\n{}",
        profile.forvaltning.text,
        lines.join("\n")
    )
}
