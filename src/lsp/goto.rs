//! From a reference to what it refers to: a case, a picture, an enclosure, a reservation.

use std::ops::Range;
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    Definition, DefinitionParams, DefinitionResponse, DocumentLink, DocumentLinkParams, Location,
    LocationLink, Range as Stretch, Uri,
};

use super::document::View;
use super::uri;
use crate::diagnostic::Place;
use crate::printable::pictures::file_name;
use crate::read::Case;

/// Where what is referred to at a position stands.
pub fn definition(view: View, params: DefinitionParams) -> Option<DefinitionResponse> {
    let offset = view.document.text.offset(params.text_document_position_params.position);
    let loaded = view.loaded();
    let case = loaded.case()?;
    let is_here = |place: &Place| {
        view.is_own(&place.source) && place.range.start <= offset && offset <= place.range.end
    };
    let file = files(view, case).find(|(place, _)| is_here(place));
    let (origin, uri, stretch) = match file {
        Some((place, path)) => (place, uri::of(&path), Stretch::default()),
        None => {
            let (place, target) = statements(case).find(|(place, _)| is_here(place))?;
            (place, view.document.uri.clone(), view.document.text.stretch(target))
        }
    };
    Some(answer(view, &origin, uri, stretch))
}

fn answer(view: View, origin: &Place, uri: Uri, stretch: Stretch) -> DefinitionResponse {
    if view.client.has_definition_links {
        let link = LocationLink {
            origin_selection_range: Some(view.document.text.stretch(origin.range.clone())),
            target_uri: uri,
            target_range: stretch,
            target_selection_range: stretch,
        };
        return vec![link].into();
    }
    Definition::from(Location { uri, range: stretch }).into()
}

/// The references to files, as links.
pub fn links(view: View, _: DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    let loaded = view.loaded();
    let case = loaded.case()?;
    let link = |(place, path): (Place, PathBuf)| DocumentLink {
        range: view.document.text.stretch(place.range),
        target: Some(uri::of(&path)),
        tooltip: Some("Öppna filen".into()),
        data: None,
    };
    let mut links: Vec<DocumentLink> =
        files(view, case).filter(|(place, _)| view.is_own(&place.source)).map(link).collect();
    links.sort_by_key(|link| link.range);
    Some(links)
}

/// The files that a case refers to, each with the place where it does.
fn files<'a>(view: View<'a>, case: &'a Case) -> impl Iterator<Item = (Place, PathBuf)> + 'a {
    let folder = view.document.real.parent().unwrap_or(Path::new("")).to_owned();
    let referred = case.references().filter_map(|line| Some((line.place()?, line.text.clone())));
    let enclosed = case.enclosures().filter_map(|(name, place)| Some((place?, name.to_owned())));
    let shown = case.pictures().into_iter().filter(|(url, _)| !url.contains("://"));
    let shown = shown.map(|(url, place)| (place, file_name(&url).into_owned()));
    referred
        .chain(enclosed)
        .chain(shown)
        .map(move |(place, name)| (place, view.project.identity(&folder.join(name))))
}

/// The statements that others refer to, each with the place that does so.
fn statements(case: &Case) -> impl Iterator<Item = (Place, Range<usize>)> {
    let pointing = case.organs().into_iter().flat_map(|(_, inlagor)| inlagor);
    pointing.filter_map(|(slag, inlaga)| {
        let said = inlaga.hanvisning()?;
        let (_, meant) = case.meant_by(slag, inlaga, said).into_iter().next()?;
        Some((said.under.place()?, meant.av.place()?.range))
    })
}
