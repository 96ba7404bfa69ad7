//! What can be done about a finding: mend it, mend all that is safe, accept it with a reason; and lines made a list.

use std::borrow::Cow;
use std::ops::Range;

use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, Command, Diagnostic as Shown, Location,
};
use serde_json::json;

use super::accept::{self, Acceptance};
use super::document::View;
use super::edits::{self, Replacement};
use super::listed;
use super::text::OpenText;
use crate::diagnostic::{Diagnostic, Edit};

/// The kind of the action that mends all that is safe: editors can be told to take it when a file is saved.
pub const FIX_ALL: CodeActionKind = CodeActionKind::Custom(Cow::Borrowed("source.fixAll.tjut"));
/// The command that shows a place.
pub const SHOW: &str = "tjut.lsp.visa";

/// The longest words that a title repeats, in characters.
const SHORT: usize = 40;

/// What can be done at a stretch of a text.
pub fn actions(view: View, params: CodeActionParams) -> Option<Vec<CodeActionResponse>> {
    let findings = view.document.findings()?;
    let wanted = view.document.text.bytes(params.range);
    let is_here = |finding: &&Diagnostic| {
        let place = finding.place.as_ref().filter(|place| view.is_own(&place.source));
        place.is_some_and(|place| place.range.start <= wanted.end && wanted.start <= place.range.end)
    };
    let shown = |finding: &Diagnostic| of_finding(view, finding, &params.context.diagnostics);
    let here = || findings.iter().filter(is_here);
    let mut actions: Vec<CodeAction> =
        here().filter_map(|finding| mend(view, finding, shown(finding))).collect();
    let only = params.context.only.unwrap_or_default();
    // Editors list what is done to the whole source apart; who points at a finding wants it there.
    let kind = if only.iter().any(|kind| holds(kind, &FIX_ALL)) { FIX_ALL } else { CodeActionKind::QuickFix };
    actions.extend(
        findings.iter().any(|finding| safe(finding).is_some()).then(|| mend_all(view, kind)).flatten(),
    );
    actions.extend(here().filter_map(|finding| accept(view, finding, shown(finding))));
    actions.extend(listed::changes(view, wanted.clone()).map(|changes| as_list(view, changes)));
    let is_wanted = |action: &CodeAction| {
        only.is_empty() || only.iter().any(|kind| action.kind.as_ref().is_some_and(|own| holds(kind, own)))
    };
    Some(actions.into_iter().filter(is_wanted).map(Into::into).collect())
}

/// The edit of an action that was chosen.
pub fn resolve(view: View, action: CodeAction) -> Result<CodeAction, String> {
    let version = action.data.as_ref().and_then(|data| data["version"].as_i64());
    if version != Some(view.document.version.into()) {
        return Err("Texten har ändrats. Välj åtgärden igen.".into());
    }
    Ok(CodeAction { edit: all_mends(view), ..action })
}

/// Whether a kind of action is the wanted one, or a part of it.
fn holds(wanted: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let [wanted, kind] = [wanted, kind].map(|kind| String::from(kind.clone()));
    kind.strip_prefix(&wanted)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || wanted.is_empty())
}

/// The client's own diagnostics of a finding.
fn of_finding(view: View, finding: &Diagnostic, shown: &[Shown]) -> Option<Vec<Shown>> {
    let place = finding.place.as_ref()?;
    let range = view.document.text.stretch(place.range.clone());
    let code = Some(finding.code.name.to_owned().into());
    let its = shown.iter().filter(|shown| shown.range == range && shown.code == code);
    Some(its.cloned().collect::<Vec<_>>()).filter(|its| !its.is_empty())
}

fn safe(finding: &Diagnostic) -> Option<&Edit> {
    finding.edit.as_ref().filter(|edit| edit.safe)
}

fn mend(view: View, finding: &Diagnostic, diagnostics: Option<Vec<Shown>>) -> Option<CodeAction> {
    let edit = finding.edit.as_ref().filter(|edit| view.is_own(&edit.place.source))?;
    Some(CodeAction {
        title: title(finding, edit),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics,
        is_preferred: edit.safe.then_some(true),
        edit: Some(edits::workspace(view, vec![(edit.place.range.clone(), edit.replacement.clone())])),
        ..Default::default()
    })
}

/// What a mend does: what it puts in the place of what, where both can be shown; else what the hint says.
fn title(finding: &Diagnostic, edit: &Edit) -> String {
    let old = &edit.place.source.text[edit.place.range.clone()];
    let new = edit.replacement.as_str();
    let is_shown = |words: &str| {
        words.chars().count() <= SHORT && words.trim() == words && !words.contains('\n') && !words.is_empty()
    };
    let hint = finding.hint.as_deref().unwrap_or(&finding.message);
    let first = hint.split(['.', ':', '?']).next().unwrap_or(hint).trim();
    match (is_shown(old), is_shown(new)) {
        (true, true) => format!("Byt ”{old}” mot ”{new}”"),
        (true, false) if new.is_empty() => format!("Ta bort ”{old}”"),
        _ => first.to_owned(),
    }
}

fn mend_all(view: View, kind: CodeActionKind) -> Option<CodeAction> {
    let action =
        CodeAction { title: "Rätta allt som är säkert".into(), kind: Some(kind), ..Default::default() };
    // What is mended is worked out when it is wanted, if the client can wait: the review is asked many times.
    if view.client.resolves_actions {
        let data = json!({ "uri": view.document.uri, "version": view.document.version });
        return Some(CodeAction { data: Some(data), ..action });
    }
    all_mends(view).map(|edit| CodeAction { edit: Some(edit), ..action })
}

fn all_mends(view: View) -> Option<gen_lsp_types::WorkspaceEdit> {
    let mended = view.project.mended(&view.document.path)?;
    Some(edits::workspace(view, edits::between(&mended.before.text, &mended.after.text)))
}

fn accept(view: View, finding: &Diagnostic, diagnostics: Option<Vec<Shown>>) -> Option<CodeAction> {
    let Acceptance { change, reason } = accept::acceptance(view, finding)?;
    Some(CodeAction {
        title: format!("Godkänn ”{}” med ett skäl", finding.code),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics,
        command: show(view, &change, reason),
        edit: Some(edits::workspace(view, vec![change])),
        ..Default::default()
    })
}

/// Puts the cursor at a stretch of what a change writes, when it is made.
fn show(view: View, change: &Replacement, within: Range<usize>) -> Option<Command> {
    let after = edits::applied(view.text(), std::slice::from_ref(change));
    let start = change.0.start + within.start;
    let range = OpenText::new(&after, view.client.encoding).stretch(start..start + within.len());
    let location = Location { uri: view.document.uri.clone(), range };
    view.client.shows_places.then(|| Command {
        title: "Gå till skälet".into(),
        tooltip: None,
        command: SHOW.into(),
        arguments: serde_json::to_value(location).ok().map(|location| vec![location]),
    })
}

fn as_list(view: View, changes: Vec<Replacement>) -> CodeAction {
    CodeAction {
        title: "Gör raderna till en lista".into(),
        kind: Some(CodeActionKind::RefactorRewrite),
        edit: Some(edits::workspace(view, changes)),
        ..Default::default()
    }
}
