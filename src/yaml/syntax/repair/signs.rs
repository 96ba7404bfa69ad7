//! Signs that are missing, or that mean something to YAML: colons, blanks, quotation marks, bars.

use super::super::lines::{SourceLine, is_block_sign};
use super::{Repair, quoted};
use crate::diagnostic::codes;
use crate::yaml::keys::Keys;

/// A `\` that is no escape within double quotation marks.
pub(super) fn escape(said: &str, here: SourceLine, at: usize) -> Option<Repair> {
    if !said.contains("escape") {
        return None;
    }
    let (message, hint) = (
        "”\\” inom dubbla citattecken har en särskild betydelse i en ärendefil (YAML)",
        "Skriv \\\\ i stället för \\, eller sätt texten inom enkla citattecken: '…'.",
    );
    let range = here.range();
    let place = at.clamp(range.start, range.end.saturating_sub(1))..range.end;
    let found = Repair::new(message, hint, place.start..(place.start + 1).min(range.end));
    let value = here.entry().map_or(here.item().0, |entry| entry.value);
    let is_whole = value.len() > 1 && value.starts_with('"') && value.ends_with('"');
    let inner = is_whole.then(|| &value[1..value.len() - 1]).filter(|inner| !inner.contains(['"', '\'']))?;
    Some(found.by(range.end - value.len()..range.end, format!("'{inner}'")))
}

/// The colon of a key that its value stands right behind.
pub(super) fn space_missing(line: SourceLine, keys: &Keys) -> Option<Repair> {
    let (words, column) = line.item();
    let (key, value) = words.split_once(':')?;
    let first = value.chars().next().filter(|first| *first != ' ')?;
    let is_own = column == 0 && key.starts_with(char::is_uppercase) && matches!(first, '|' | '>' | '"');
    if !keys.has(key.trim_end()) && !is_own {
        return None;
    }
    let after = line.start + column + key.len() + 1;
    if first.is_whitespace() {
        let hard = after..after + first.len_utf8();
        return Some(
            Repair::new(
                "efter kolonet står ett hårt mellanslag, som ofta följer med från Word",
                "Skriv mellanslaget på nytt från tangentbordet.",
                hard.clone(),
            )
            .by(hard, " "),
        );
    }
    Some(
        Repair::new(
            "mellanslag saknas efter kolonet",
            format!("Skriv ett mellanslag mellan ”{}:” och värdet.", key.trim_end()),
            after - 1..after,
        )
        .by(after..after, " "),
    )
}

/// A text on the line of the sign that says that it stands below.
pub(super) fn text_beside_sign(line: SourceLine) -> Option<Repair> {
    let (words, column) = line.item();
    let (value, base) = match line.entry() {
        Some(entry) => (entry.value, entry.column),
        // A point of a list: its text stands further in than its dash.
        None => (words, column.saturating_sub(2)),
    };
    let sign = value.chars().next().filter(|sign| matches!(sign, '|' | '>'))?;
    let (signs, rest) = value.split_at(value.find(' ')?);
    let rest = rest.trim_start();
    if !is_block_sign(signs) || rest.is_empty() {
        return None;
    }
    let start = line.range().end - value.len();
    let below = line.below().filter(|below| below.indent > base);
    let indent = " ".repeat(below.map_or(base + 2, |below| below.indent));
    Some(
        Repair::new(
            format!("texten står på samma rad som {sign}"),
            format!("Skriv texten på nästa rad, indragen under nyckeln. Efter {sign} ska raden vara slut."),
            start..start + 1,
        )
        .by(start..line.range().end, format!("|\n{indent}{rest}")),
    )
}

/// A value within quotation marks that are none of YAML's.
pub(super) fn curly_quotes(line: SourceLine) -> Option<Repair> {
    let value = line.entry().map_or(line.item().0, |entry| entry.value);
    let inner = value.strip_prefix(['”', '“', '„', '«', '»', '’', '‘'])?;
    let inner = inner.strip_suffix(['”', '“', '»', '«', '’', '‘'])?;
    let range = line.range().end - value.len()..line.range().end;
    let first = value.chars().next()?;
    Some(
        Repair::new(
            format!("citattecknen runt värdet är {first}, men ska vara raka"),
            "Skriv raka citattecken runt hela värdet: \"…\".",
            range.start..range.start + first.len_utf8(),
        )
        .by(range, quoted(inner)),
    )
}

/// A value beside a key, and keys below it.
pub(super) fn value_and_keys(line: SourceLine, keys: &Keys) -> Option<Repair> {
    let below = line.entry()?;
    let above = line.above()?;
    let entry = above.entry().filter(|entry| !entry.value.is_empty() && entry.column < below.column)?;
    let group = keys.below(entry.key).filter(|_| keys.is_below(below.key, entry.key))?;
    let value = above.range().end - entry.value.len()..above.range().end;
    let dash = if group.is_list { "- " } else { "" };
    let indent = " ".repeat(below.column.saturating_sub(dash.len()));
    Some(
        Repair::new(
            format!("”{}” har både ett värde på sin rad och nycklar under sig", entry.key),
            format!("Flytta värdet till en egen rad under nyckeln: {dash}{}: {}", group.first, entry.value),
            value.clone(),
        )
        .by(entry.colon + 1..value.end, format!("\n{indent}{dash}{}: {}", group.first, entry.value)),
    )
}

/// A list that begins on the line of its key.
pub(super) fn list_beside_key(line: SourceLine, keys: &Keys) -> Option<Repair> {
    let entry = line.entry().filter(|entry| entry.value.starts_with("- "))?;
    let start = line.range().end - entry.value.len();
    let next = line.below().filter(|below| below.words.starts_with("- ") && below.indent >= entry.column);
    let is_list = next.is_some() || keys.below(entry.key).is_some_and(|group| group.is_list);
    let found = Repair::new(
        "en lista kan inte börja på samma rad som sin nyckel",
        "Skriv varje punkt på en egen rad under nyckeln. Om strecket hör till texten: sätt hela texten inom raka citattecken: \"…\".",
        start..start + 1,
    );
    let indent = " ".repeat(next.map_or(entry.column + 2, |next| next.indent));
    let below = format!("\n{indent}{}", entry.value);
    Some(match is_list {
        true => found.by(entry.colon + 1..line.range().end, below),
        false => found.perhaps_by(start..line.range().end, quoted(entry.value)),
    })
}

/// A point without a blank after its dash.
pub(super) fn space_after_dash(line: SourceLine) -> Option<Repair> {
    let rest = line.words.strip_prefix('-')?;
    let is_word = rest.starts_with(|first: char| first.is_alphabetic() || "\"”«(".contains(first));
    let beside = [line.above(), line.below()].into_iter().flatten();
    let is_point = beside.into_iter().any(|other| {
        other.words.starts_with("- ") && other.indent == line.indent
            || other.start < line.start && other.entry().is_some_and(|entry| entry.value.is_empty())
    });
    let start = line.range().start;
    (is_word && is_point).then(|| {
        Repair::new(
            "mellanslag saknas efter strecket",
            "Skriv ”- ” med ett mellanslag före punktens text.",
            start..start + 1,
        )
        .by(start + 1..start + 1, " ")
    })
}

/// A line that begins as a key does but has no colon: a key of the format, or an own heading.
pub(super) fn colon_missing(line: SourceLine, keys: &Keys) -> Option<Repair> {
    let (words, column) = line.item();
    if line.entry().is_some() || words.is_empty() {
        return None;
    }
    let own = || {
        let heading = words.trim_end_matches(['|', '>', '-']).trim_end();
        let is_short = heading.split(' ').count() <= 6 && !heading.ends_with(['.', '?', '!', ',', ';']);
        let is_heading = column == 0 && words.starts_with(char::is_uppercase);
        (is_heading && (heading.len() < words.len() || is_short && line.is_apart())).then_some(heading)
    };
    let key = keys.begins(words).filter(|_| !is_amid_text(line)).or_else(own)?;
    let start = line.start + column;
    let end = start + key.len();
    let rest = &words[key.len()..];
    let equals = rest.trim_start().strip_prefix('=').map(|value| rest.len() - value.len());
    let found = Repair {
        code: codes::KOLON_SAKNAS,
        ..Repair::new(
            format!("kolon saknas efter ”{key}”"),
            "Skriv ett kolon och ett mellanslag mellan nyckeln och värdet.",
            start..end,
        )
    };
    Some(found.by(
        end..end + equals.unwrap_or_default(),
        if rest.trim().is_empty() && column == 0 { ": |" } else { ":" },
    ))
}

/// Whether a line stands directly under a line of a text.
fn is_amid_text(line: SourceLine) -> bool {
    !line.is_apart() && line.text_around().is_some_and(|(_, opens)| line.above() != Some(opens))
}

/// Quotation marks around the beginning of a value.
pub(super) fn quotation_of_a_part(line: SourceLine) -> Option<Repair> {
    let value = line.entry().map_or(line.item().0, |entry| entry.value);
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let closes = value[1..].find(quote)? + 1;
    if value[closes + 1..].trim().is_empty() {
        return None;
    }
    let range = line.range().end - value.len()..line.range().end;
    // Each pair of straight marks becomes a pair of curly ones, which need none of YAML's around them.
    let curly = value.replace(quote, if quote == '"' { "”" } else { "’" });
    Some(
        Repair::new(
            "det står text efter det avslutande citattecknet",
            "Sätt raka citattecken runt hela texten, och skriv ” för citat inne i den.",
            range.start..range.start + 1,
        )
        .by(range, quoted(&curly)),
    )
}

/// A quotation that does not end is noticed where it should have ended: far too late.
pub(super) fn quotation_open(text: &str, at: usize, said: &str) -> Option<Repair> {
    if !said.contains("quoted scalar") {
        return None;
    }
    let mut line = SourceLine::at(text, at);
    let (start, line) = loop {
        let value = line.entry().map_or(line.item().0, |entry| entry.value);
        if value.starts_with(['"', '\'']) {
            break (line.range().end - value.len(), line);
        }
        line = line.above()?;
    };
    let quote = &text[start..start + 1];
    let found = Repair::new(
        "ett citattecken avslutas inte",
        "Skriv ett citattecken till i slutet av texten, eller ta bort det första.",
        start..start + 1,
    );
    Some(match text[start + 1..line.range().end].contains(quote) {
        true => found,
        false => found.perhaps_by(line.range().end..line.range().end, quote),
    })
}

/// A value that begins with a sign of YAML's own.
pub(super) fn special_sign(line: SourceLine) -> Option<Repair> {
    let value = line.entry().map_or(line.item().0, |entry| entry.value);
    let sign = value.chars().next().filter(|sign| "@`%*&!|>?,[]{}".contains(*sign))?;
    let range = line.range().end - value.len()..line.range().end;
    let place = range.start..range.start + 1;
    let found = if matches!(sign, '[' | '{') {
        Repair::new(
            "texten börjar med en hakparentes eller klammer, som har en särskild betydelse i en ärendefil (YAML)",
            "Sätt hela texten inom raka citattecken: \"…\". Om det är en lista: avsluta den med ] på samma rad.",
            place,
        )
    } else {
        Repair::new(
            format!("texten börjar med ”{sign}”, som har en särskild betydelse i en ärendefil (YAML)"),
            "Sätt hela texten inom raka citattecken: \"…\". En punkt i en lista börjar med ”- ”.",
            place,
        )
    };
    Some(found.perhaps_by(range, quoted(value)))
}

/// The second `: ` of a line, which YAML takes for another key.
pub(super) fn second_colon(line: SourceLine) -> Option<Repair> {
    let entry = line.entry()?;
    let start = line.range().end - entry.value.len();
    let second = entry.value.find(": ").or_else(|| entry.value.strip_suffix(':').map(str::len))?;
    Some(
        Repair::new(
            "ett kolon mitt i texten gör att raden inte kan läsas",
            "Sätt hela texten inom raka citattecken: \"…\".",
            start + second..start + second + 1,
        )
        .by(start..line.range().end, quoted(entry.value)),
    )
}
