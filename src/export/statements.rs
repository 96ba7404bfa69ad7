//! Where in an utlåtande an organ begins to speak without a heading: borgarrådsberedningen and
//! kommunstyrelsen, whose words follow what is enclosed. Nothing prints there, but whoever hears the
//! document, or looks in its bookmarks, finds them.

use std::collections::BTreeMap;

use crate::export::outline::SIGNATURES;
use crate::language::swedish::capitalised;
use crate::library::form::Form;
use crate::library::kinds::Kind;
use crate::markdown::{Block, BlockKind, plain};

/// The organs by where their first paragraphs begin.
pub fn of(blocks: &[Block], kind: Option<&Kind>) -> BTreeMap<usize, String> {
    let mut found = BTreeMap::new();
    let speaks = |form| matches!(form, Form::Borgarradsberedning | Form::Kommunstyrelse);
    let organs = kind.into_iter().flat_map(|kind| kind.body()).filter(|(_, key)| speaks(key.form));
    // They come last before the signatures, and before the matter in full.
    let is_part = |block: &Block| matches!(&block.kind, BlockKind::Part { role, .. } if role == SIGNATURES || role == "del");
    let end = blocks.iter().position(is_part).unwrap_or(blocks.len());
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { .. });
    let Some(heading) = blocks[..end].iter().rposition(is_heading) else { return found };
    for (name, _) in organs {
        let name = capitalised(name);
        // What stands directly below a heading is that section's own.
        let says = |block: &&Block| match &block.kind {
            BlockKind::Paragraph(inlines) => {
                plain(inlines).strip_prefix(&name).is_some_and(|rest| rest.starts_with(' '))
            }
            _ => false,
        };
        if let Some(block) = blocks[..end].iter().skip(heading + 2).find(says) {
            found.insert(block.at.0.start, name);
        }
    }
    found
}
