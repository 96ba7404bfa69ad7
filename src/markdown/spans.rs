//! What stands in running text as one piece: code, addresses, titles.

use super::escape::{begins_entity, entity};

/// A code span whose fence is no run of backticks in it.
pub(super) fn code_span(code: &str, in_cell: bool) -> String {
    let runs: Vec<usize> = code.split(|c| c != '`').map(str::len).collect();
    let length = (1..).find(|length| !runs.contains(length)).unwrap_or(1);
    let fence = "`".repeat(length);
    let edges = |c: char| code.starts_with(c) || code.ends_with(c);
    let spaces = code.starts_with(' ') && code.ends_with(' ') && code.contains(|c| c != ' ');
    let pad = if edges('`') || spaces { " " } else { "" };
    // A table takes the backslash away again, before it looks for code.
    let code = if in_cell { code.replace('|', "\\|") } else { code.to_owned() };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// The end of a link or an image, from the bracket on.
pub(super) fn target(url: &str, title: &str) -> String {
    let angled = url.contains([' ', '(', ')']) || url.is_empty() && !title.is_empty();
    let mut out = String::from(if angled { "](<" } else { "](" });
    quote(url, &mut out);
    out.push_str(if angled { ">" } else { "" });
    if !title.is_empty() {
        out.push_str(" \"");
        quote(title, &mut out);
        out.push('"');
    }
    out.push(')');
    out
}

/// Writes an address or a title so that nothing in it ends it.
fn quote(text: &str, out: &mut String) {
    for (index, c) in text.char_indices() {
        match c {
            '<' | '>' | '"' | '|' => out.extend(['\\', c]),
            '&' if begins_entity(&text[index + 1..]) => out.push_str("&amp;"),
            ' ' => out.push(c),
            '\\' | '`' | '\u{338}' => entity(c, out),
            c if c.is_control() || c.is_whitespace() => entity(c, out),
            c => out.push(c),
        }
    }
}

/// Whether `<text>` is a link to `url`.
pub(super) fn is_autolink(url: &str, text: &str) -> bool {
    match url.strip_prefix("mailto:") {
        Some(address) if address == text => is_email(text),
        _ => url == text && is_uri(text),
    }
}

fn is_uri(text: &str) -> bool {
    let scheme = text.split(':').next().unwrap_or_default();
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && (2..=32).contains(&scheme.len())
        && scheme.len() < text.len()
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>|\\`".contains(c))
}

fn is_email(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    text.split_once('@').is_some_and(|(name, domain)| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_{}~-".contains(c);
        !name.is_empty() && name.chars().all(allowed) && domain.split('.').all(label)
    })
}
