//! The keys that can still be written at a cursor.

use gen_lsp_types::CompletionItemKind;

use super::{Here, Offer};
use crate::diagnostic::codes;
use crate::library::starter;
use crate::lsp::cursor::CursorStep;
use crate::lsp::hover;
use crate::lsp::shape::{self, KnownKey};

/// The missing keys, in their usual order.
pub fn keys(here: &Here) -> Vec<Offer> {
    if here.path() == ["godkänn"] {
        return codes(here);
    }
    let is_bare = here.outline.top().next().is_none();
    let is_wanted = |key: &KnownKey| {
        let is_there = here.cursor.siblings.iter().any(|other| other == key.name);
        // What is no case yet becomes one by saying its kind.
        !is_there && (here.view.document.is_case || is_bare && key.name == "mall")
    };
    here.shape().keys().into_iter().filter(is_wanted).map(|key| offer(here, &key)).collect()
}

fn offer(here: &Here, key: &KnownKey) -> Offer {
    let is_top = here.cursor.path.is_empty();
    let starter = is_top.then(|| starter::entry(here.kind, key.name)).flatten();
    let lines = starter.unwrap_or_else(|| shape::entry(key.name, key.schema));
    let is_followed = here.view.text()[here.cursor.word.end..].starts_with(':');
    let path: Vec<CursorStep> =
        here.cursor.path.iter().cloned().chain([CursorStep::Key(key.name.into())]).collect();
    Offer {
        detail: if key.required { "krävs".into() } else { String::new() },
        says: hover::key(here.kind, here.schema, &path).unwrap_or_default(),
        text: if is_followed { key.name.into() } else { lines.trim_end().into() },
        ..Offer::new(key.name, CompletionItemKind::Property)
    }
}

/// The codes that can be accepted: those that the review finds in the case first.
fn codes(here: &Here) -> Vec<Offer> {
    let is_there = |name: &str| here.cursor.siblings.iter().any(|other| other == name);
    let with_reason =
        |offer: Offer| Offer { text: format!("{}: {}", offer.label, starter::mark("skälet")), ..offer };
    acceptable(here).into_iter().filter(|offer| !is_there(&offer.label)).map(with_reason).collect()
}

/// The codes that can be accepted, with what they are about.
pub fn acceptable(here: &Here) -> Vec<Offer> {
    let found = here.view.document.reviewed.iter().flat_map(|(_, found)| found).map(|finding| finding.code);
    let found: Vec<_> = found.collect();
    let mut codes: Vec<_> = codes::ALL.iter().filter(|code| code.can_be_accepted()).collect();
    codes.sort_by_key(|code| !found.contains(code));
    let offer = |code: &codes::Code| Offer {
        detail: if found.contains(code) { "finns i ärendet".into() } else { String::new() },
        says: code.summary(),
        ..Offer::new(code.name, CompletionItemKind::EnumMember)
    };
    codes.into_iter().map(offer).collect()
}
