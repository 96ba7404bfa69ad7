//! Plain text as Markdown that says exactly that text.

use super::slips::{begins_like_item, is_bullet};
use super::text::fold;

/// A plain string as Markdown for one line: in a heading, an item, a cell or a paragraph, wherever on its line.
pub fn escape(text: &str) -> String {
    let folded = fold(&text.replace('\0', "\u{fffd}"));
    let mut out = String::with_capacity(folded.len() + 8);
    Escape { line_start: true, heading_end: true, ..Escape::default() }.write(&folded, &mut out);
    out
}

/// What surrounds a text, as far as it decides which characters would act.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Escape {
    /// The text begins a line.
    pub line_start: bool,
    /// The text may end a heading, so that a `#` at its end would belong to the heading's own.
    pub heading_end: bool,
    /// A bracket opens directly after the text: a `!` at its end would make it an image.
    pub before_bracket: bool,
    /// A reference to a footnote stands directly before the text: `(` and `[` would make it a link.
    pub after_note: bool,
    /// That reference begins the line: a `:` would make it the note itself.
    pub after_label: bool,
    /// The first character must be an entity.
    pub encode_first: bool,
    /// The last character must be an entity.
    pub encode_last: bool,
}

impl Escape {
    /// Writes a text with what would act in it escaped.
    pub fn write(self, text: &str, out: &mut String) {
        let marker = if self.line_start { line_marker(text) } else { None };
        // The character before, where it is written as it is.
        let mut before = None;
        for (index, c) in text.char_indices() {
            let rest = &text[index + c.len_utf8()..];
            let first = index == 0;
            let last = rest.is_empty();
            // Most of a text.
            if !(first || last || may_act(c) || marker == Some(index)) {
                out.push(c);
                before = Some(c);
                continue;
            }
            let encode = first && (self.encode_first || c == '\u{338}' || self.after_note && c == '[')
                || first && self.line_start && is_bullet(text)
                || c == '\\' && begins_server(before.or(text[..index].chars().next_back()), rest)
                || matches!(c, '`' | '*' | '[' | ']' | '|' | '_' | '<' | '&')
                    && ends_in_drive(&text[..index])
                || last && self.encode_last;
            if encode {
                entity(c, out);
                before = None;
                continue;
            }
            let after = match rest.chars().nth(1) {
                None if self.encode_last => "",
                _ => rest,
            };
            let acts = marker == Some(index)
                || acts(before, c, after)
                || first && self.after_note && c == '('
                || first && self.after_label && c == ':'
                || last && self.before_bracket && c == '!'
                || last && self.heading_end && ends_heading(text);
            if acts {
                out.push('\\');
            }
            out.push(c);
            before = Some(c);
        }
    }
}

/// Whether the `#` at the end of a text would be taken for the heading's own.
fn ends_heading(text: &str) -> bool {
    let before = text.trim_end_matches('#');
    before.len() < text.len() && (before.is_empty() || before.ends_with(' '))
}

/// Writes a character as an entity.
pub(super) fn entity(c: char, out: &mut String) {
    match c {
        '\u{a0}' => out.push_str("&nbsp;"),
        c => out.push_str(&format!("&#{};", u32::from(c))),
    }
}

/// Whether there are places within a line where a character acts.
fn may_act(c: char) -> bool {
    matches!(c, '\\' | '`' | '*' | '[' | ']' | '|' | '_' | '<' | '&')
}

/// Whether a character acts wherever it stands in a line.
fn acts(before: Option<char>, c: char, rest: &str) -> bool {
    let next = rest.chars().next();
    match c {
        '\\' | '`' | '*' | '[' | ']' | '|' => true,
        '_' => !(before.is_some_and(is_word) && next.is_some_and(is_word)),
        // An address of e-mail can begin with almost anything.
        '<' => begins_html(rest) || rest.split_once(' ').is_none_or(|(word, _)| word.contains('@')),
        '&' => begins_entity(rest),
        _ => false,
    }
}

/// Whether a character is certainly neither space nor punctuation in anybody's tables.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{2000}'
}

/// Whether a stroke with what is around it would be taken for the first of two before the name of a server.
fn begins_server(before: Option<char>, rest: &str) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "(”\"’'<".contains(c))
        && rest.starts_with(char::is_alphanumeric)
}

/// Whether a stroke behind this would be taken for that of a path, as in `C:\_arkiv`.
fn ends_in_drive(before: &str) -> bool {
    let drive =
        before.strip_suffix(':').and_then(|before| before.strip_suffix(|c: char| c.is_ascii_alphabetic()));
    drive.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// Whether `<` and this could be HTML or an address.
fn begins_html(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

/// Whether `&` and this would be an entity.
pub(super) fn begins_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 0 && name[end..].starts_with(';'))
}

/// The character to escape so that the start of a line does not begin a block, if it would.
fn line_marker(text: &str) -> Option<usize> {
    let line = text.lines().next().unwrap_or_default();
    let acts_alone = |after: &str| after.is_empty() || after.starts_with(' ');
    let after_run = |c: char| line.trim_start_matches(c);
    let acts = match line.chars().next()? {
        '>' => true,
        '+' => acts_alone(&line[1..]) || begins_like_item(line),
        '-' => {
            acts_alone(&line[1..]) || line.chars().all(|c| matches!(c, '-' | ' ')) || begins_like_item(line)
        }
        '=' => after_run('=').is_empty(),
        '~' => line.starts_with("~~~"),
        '#' => acts_alone(after_run('#')),
        '0'..='9' => {
            let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let acts = after.starts_with(['.', ')']) && acts_alone(&after[1..]);
            return acts.then_some(line.len() - after.len());
        }
        _ => false,
    };
    acts.then_some(0)
}
