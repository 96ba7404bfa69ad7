//! What a part of a document is to its readers, told from headings, roles and what it says.

use crate::language::swedish::without_number;

use super::super::model::{Fate, Item, Node, NodeKind, Part, Span};

/// What stands in a section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// What is proposed or decided.
    Decision,
    /// Signatures.
    Signatures,
    /// Attachments.
    Attachments,
    /// Anything else.
    #[default]
    Text,
}

/// The role that a heading gives to what stands below it.
pub fn of_heading(heading: &str) -> Role {
    let heading = without_number(heading).to_lowercase();
    let is_decision =
        heading.contains("förslag till beslut") || matches!(heading.as_str(), "beslut" | "förslag");
    match heading.as_str() {
        _ if is_decision => Role::Decision,
        "bilaga" | "bilagor" => Role::Attachments,
        _ => Role::Text,
    }
}

/// The role of a part.
pub fn of_part(role: &str, outer: Role) -> Role {
    match role {
        "underskrifter" => Role::Signatures,
        "ruta" => Role::Decision,
        _ => outer,
    }
}

/// Whether the items of a list are questions: most of them begin with one.
pub fn are_questions(items: &[Item]) -> bool {
    let asks = |item: &&Item| first_text(&item.body).is_some_and(|text| text.trim_end().ends_with('?'));
    !items.is_empty() && items.iter().filter(asks).count() * 2 > items.len()
}

/// What the first paragraph of an item says, in the document that has it.
pub fn first_text(body: &[Node]) -> Option<String> {
    let mut said = String::new();
    for node in body {
        let NodeKind::Paragraph(parts) = &node.kind else { break };
        for part in parts {
            if let Part::Sentence(sentence) = part
                && !matches!(sentence.fate, Fate::Away(_))
            {
                said.push_str(&one(&sentence.spans));
            }
        }
        if !said.is_empty() {
            break;
        }
    }
    Some(said).filter(|said| !said.is_empty())
}

/// What spans say: in the new document, or in the old one where there is nothing new.
pub fn one(spans: &[Span]) -> String {
    let new = text(spans, Fate::is_new);
    if new.is_empty() { text(spans, Fate::is_old) } else { new }
}

/// The words with such fates, as a text.
pub fn text(spans: &[Span], has: fn(Fate) -> bool) -> String {
    let mut out = String::new();
    for word in spans.iter().filter(|span| has(span.fate)).flat_map(|span| &span.words) {
        if word.spaced && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word.text);
    }
    out
}
