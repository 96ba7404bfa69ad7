//! The lines of a case made tidy, as changes that leave a cursor where it is.

use gen_lsp_types::{DocumentFormattingParams, TextEdit};

use super::document::View;
use super::edits;

/// The changes that make a case tidy; none where it cannot be read.
pub fn format(view: View, _: DocumentFormattingParams) -> Option<Vec<TextEdit>> {
    let tidy = view.project.tidied(&view.document.path).filter(|_| view.document.is_case)?;
    Some(edits::all(view, edits::between(view.text(), &tidy)))
}
