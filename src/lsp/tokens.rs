//! The places that are still to be filled in, so that the editor makes them stand out.

use gen_lsp_types::{SemanticToken, SemanticTokens, SemanticTokensParams};

use super::document::View;
use crate::yaml::values::marks;

/// The kinds of token: one that every editor has a colour for.
pub const TYPES: [&str; 1] = ["macro"];

/// The places to fill in.
pub fn tokens(view: View, _: SemanticTokensParams) -> Option<SemanticTokens> {
    let text = &view.document.text;
    let mut tokens = Vec::new();
    let (mut line, mut column) = (0, 0);
    for place in marks(view.text()) {
        // One that is not closed ends with its line: a token lies on one line.
        let end = place.end.min(text.line(text.line_of(place.start)).end);
        let stretch = text.stretch(place.start..end);
        let start = stretch.start;
        let before = if start.line == line { column } else { 0 };
        tokens.push(SemanticToken {
            delta_line: start.line - line,
            delta_start: start.character - before,
            length: stretch.end.character - start.character,
            token_type: 0,
            token_modifiers_bitset: 0,
        });
        (line, column) = (start.line, start.character);
    }
    Some(SemanticTokens { result_id: None, data: tokens })
}
