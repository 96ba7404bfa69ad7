//! A person's name changed through a case: whole, surname alone, and in the genitive.

use std::ops::Range;

use gen_lsp_types::{PrepareRenameParams, PrepareRenameResult, RenameParams, WorkspaceEdit};
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::document::View;
use super::edits::{self, Replacement};
use super::index::Indexed;
use crate::language::lists::List;

/// Words that stand between the parts of a name in small letters.
const PARTICLES: &[&str] = &["von", "af", "av", "de", "da", "van", "del", "la"];

/// The name at a position, if there is one.
pub fn prepare(view: View, params: PrepareRenameParams) -> Option<PrepareRenameResult> {
    let offset = view.document.text.offset(params.text_document_position_params.position);
    let (range, name) = name_at(view, offset)?;
    let placeholder = gen_lsp_types::PrepareRenamePlaceholder {
        range: view.document.text.stretch(range),
        placeholder: name,
    };
    Some(placeholder.into())
}

/// The changes that give a person another name.
pub fn rename(view: View, params: RenameParams) -> Result<Option<WorkspaceEdit>, String> {
    let offset = view.document.text.offset(params.text_document_position_params.position);
    let new = params.new_name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, name) = name_at(view, offset).ok_or("Här står inget namn.")?;
    if !new.starts_with(char::is_uppercase) || new.contains([':', '#', '"', '«', '(', ',']) {
        return Err(format!("”{new}” är inget namn. Skriv förnamn och efternamn, med stor bokstav."));
    }
    Ok(Some(edits::workspace(view, changes(view.text(), &name, &new))))
}

/// The whole name that stands at a byte; of a surname alone, the one person's whose it is.
fn name_at(view: View, offset: usize) -> Option<(Range<usize>, String)> {
    let text = view.text();
    let run = Run::around(text, offset)?;
    let loaded = view.loaded();
    let known = loaded.case().map(|case| Indexed::of(case, &loaded, view.project).people).unwrap_or_default();
    let known = || known.iter().map(|person| person.namn.as_str());
    let said = run.words.iter().map(|word| &text[word.clone()]);
    let said: Vec<&str> = said.collect();
    let is_first_name = |word: &str| {
        view.project
            .tools()
            .vocabulary()
            .list(List::FirstNames)
            .has(&word.to_lowercase().nfc().collect::<String>())
    };
    // A sentence before a name begins with a capital, too.
    let begins = known()
        .filter_map(|name| {
            let parts: Vec<&str> = name.split(' ').collect();
            said.windows(parts.len())
                .position(|words| words.iter().zip(&parts).all(|(word, part)| is_same(word, part)))
        })
        .next()
        .or_else(|| said.iter().position(|word| is_first_name(word)))
        .unwrap_or(0);
    let of = |words: &[Range<usize>]| -> String {
        words.iter().map(|word| &text[word.clone()]).collect::<Vec<_>>().join(" ").nfc().collect()
    };
    match &run.words[begins..] {
        words @ [first, .., last] if first.start <= offset => {
            let name = without_genitive(text, &of(words));
            let end = if of(words) == name { last.end } else { last.end - 1 };
            Some((first.start..end, name))
        }
        [one] => {
            let surname = without_genitive(text, &of(std::slice::from_ref(one)));
            let mut whole: Vec<&str> =
                known().filter(|name| name.rsplit(' ').next().is_some_and(|last| last == surname)).collect();
            whole.dedup();
            let [name] = whole.as_slice() else { return None };
            Some((one.clone(), (*name).to_owned()))
        }
        _ => None,
    }
}

/// A name without the s of the genitive: where it stands without it elsewhere.
fn without_genitive(text: &str, name: &str) -> String {
    let stem = name.strip_suffix('s').filter(|stem| found(text, stem).iter().any(|(_, has_s)| !has_s));
    stem.unwrap_or(name).to_owned()
}

/// Words with capitals, one after another.
struct Run {
    words: Vec<Range<usize>>,
}

impl Run {
    /// Those around a byte.
    fn around(text: &str, offset: usize) -> Option<Self> {
        let words = words_near(text, offset);
        let here = words.iter().position(|word| word.start <= offset && offset <= word.end)?;
        let is_name = |at: usize| {
            let word = &text[words[at].clone()];
            word.starts_with(char::is_uppercase) || PARTICLES.contains(&word)
        };
        // Only white space lies between the parts of a name, and no blank line.
        let joins = |at: usize| {
            let between = &text[words[at].end..words[at + 1].start];
            between.trim().is_empty() && between.matches('\n').count() < 2
        };
        let mut first = here;
        while first > 0 && is_name(first - 1) && joins(first - 1) {
            first -= 1;
        }
        let mut last = here;
        while last + 1 < words.len() && is_name(last + 1) && joins(last) {
            last += 1;
        }
        let mut words = words[first..=last].to_vec();
        let is_capital = |word: &Range<usize>| text[word.clone()].starts_with(char::is_uppercase);
        while words.first().is_some_and(|word| !is_capital(word)) {
            words.remove(0);
        }
        while words.last().is_some_and(|word| !is_capital(word)) {
            words.pop();
        }
        (!words.is_empty()).then_some(Self { words })
    }
}

/// The words on the lines around a byte.
fn words_near(text: &str, offset: usize) -> Vec<Range<usize>> {
    const NEAR: usize = 400;
    let from = text.floor_char_boundary(offset.saturating_sub(NEAR));
    let to = text.ceil_char_boundary((offset + NEAR).min(text.len()));
    let is_part = |sign: char| sign.is_alphabetic() || matches!(sign, '-' | '’' | '\'') || is_mark(sign);
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, sign) in text[from..to].char_indices() {
        let range = from + at..from + at + sign.len_utf8();
        match words.last_mut() {
            Some(word) if is_part(sign) && word.end == range.start => word.end = range.end,
            _ if sign.is_alphabetic() => words.push(range),
            _ => {}
        }
    }
    words
}

fn is_mark(sign: char) -> bool {
    unicode_normalization::char::is_combining_mark(sign)
}

fn is_same(one: &str, other: &str) -> bool {
    one.nfc().eq(other.nfc()) || one.strip_suffix('s').is_some_and(|one| one.nfc().eq(other.nfc()))
}

/// The changes of a text in which a person gets another name.
fn changes(text: &str, old: &str, new: &str) -> Vec<Replacement> {
    // After s, x and z the genitive adds nothing.
    let genitive =
        |name: &str| if name.ends_with(['s', 'x', 'z']) { name.to_owned() } else { format!("{name}s") };
    let change = |(range, has_s): (Range<usize>, bool), name: &str| {
        (range, if has_s { genitive(name) } else { name.to_owned() })
    };
    let mut changes: Vec<Replacement> =
        found(text, old).into_iter().map(|found| change(found, new)).collect();
    let (Some((_, old_surname)), Some((_, new_surname))) = (old.rsplit_once(' '), new.rsplit_once(' '))
    else {
        return changes;
    };
    let is_whole = |range: &Range<usize>| {
        changes.iter().any(|(whole, _)| whole.start <= range.start && range.start < whole.end)
    };
    let alone: Vec<_> = found(text, old_surname).into_iter().filter(|(range, _)| !is_whole(range)).collect();
    // Where somebody else has the surname too, nobody can tell whose it is alone.
    let is_another = |range: &Range<usize>| {
        let before = text[..range.start].trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        word.starts_with(char::is_uppercase) && word.chars().all(|sign| sign.is_alphabetic() || sign == '-')
    };
    if old_surname != new_surname && !alone.iter().any(|(range, _)| is_another(range)) {
        changes.extend(alone.into_iter().map(|found| change(found, new_surname)));
        changes.sort_by_key(|(range, _)| range.start);
    }
    changes
}

/// Where a name stands, its letters composed or not, on one line or two, and whether it is in the genitive.
fn found(text: &str, name: &str) -> Vec<(Range<usize>, bool)> {
    let letter = |letter: char| {
        let [composed, apart] = [letter.nfc().collect::<String>(), letter.nfd().collect()];
        format!("(?:{}|{})", regex::escape(&composed), regex::escape(&apart))
    };
    let word = |word: &str| word.nfc().map(letter).collect::<String>();
    let words: Vec<String> = name.split(' ').map(word).collect();
    let Ok(pattern) = Regex::new(&format!("{}(s?)", words.join(r"(?:[ \u{a0}]|\r?\n *)+"))) else {
        return Vec::new();
    };
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '-' || is_mark(sign);
    let is_whole = |range: &Range<usize>| {
        !text[..range.start].ends_with(is_part) && !text[range.end..].starts_with(is_part)
    };
    let found = pattern.captures_iter(text).filter_map(|found| {
        let genitive = found.get(1)?;
        Some((found.get(0)?.range(), !genitive.is_empty()))
    });
    found.filter(|(range, _)| is_whole(range)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renamed(text: &str, old: &str, new: &str) -> String {
        edits::applied(text, &changes(text, old, new))
    }

    #[test]
    fn a_person_is_renamed_wherever_the_name_stands() {
        for (text, wanted) in [
            ("Anna Ek, Anna Eks, Anna\n  Ek och Ek.", "Anna Åberg, Anna Åbergs, Anna Åberg och Åberg."),
            ("Eks svar. Anna Ekman.", "Åbergs svar. Anna Ekman."),
            ("Anna Ek och Bo Ek. Ek svarar.", "Anna Åberg och Bo Ek. Ek svarar."),
            ("Anna-Ek", "Anna-Ek"),
        ] {
            assert_eq!(renamed(text, "Anna Ek", "Anna Åberg"), wanted, "{text}");
        }
        assert_eq!(renamed("Anna Eks svar", "Anna Ek", "Anna Lars"), "Anna Lars svar");
        assert_eq!(renamed("Åsa A\u{30a}kers", "Åsa Åker", "Åsa Ek"), "Åsa Eks");
    }
}
