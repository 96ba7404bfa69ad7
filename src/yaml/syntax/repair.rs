//! What may be meant where the parser gives up: each guess with the repair that would make it so.
//!
//! A guess is not believed before the text has been read with its repair: what is said to a person then
//! holds when it is done to the letter.

use std::ops::Range;

use super::lines::{Entry, Line, is_block_sign};
use crate::diagnostic::codes::{self, Code};
use crate::yaml::keys::Keys;

/// What may be wrong, and how it would be mended.
pub struct Repair {
    /// What it is about.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Where.
    pub place: Range<usize>,
    /// What is replaced, and by what.
    pub edit: Option<(Range<usize>, String)>,
    /// Whether it can be done unseen.
    pub is_safe: bool,
}

impl Repair {
    /// What may be wrong with the syntax.
    pub fn new(message: impl Into<String>, hint: impl Into<String>, place: Range<usize>) -> Self {
        let (message, hint) = (message.into(), hint.into());
        Self { code: codes::YAML_FEL, message, hint, place, edit: None, is_safe: false }
    }

    /// How it is mended where nobody has to look.
    pub fn by(self, range: Range<usize>, replacement: impl Into<String>) -> Self {
        Self { edit: Some((range, replacement.into())), is_safe: true, ..self }
    }

    /// How it is mended where somebody has to look.
    pub fn perhaps_by(self, range: Range<usize>, replacement: impl Into<String>) -> Self {
        Self { is_safe: false, ..self.by(range, replacement) }
    }
}

/// What may be wrong at a byte where the parser gave up, the likeliest first.
pub fn guesses(text: &str, at: usize, said: &str, keys: &Keys) -> Vec<Repair> {
    let here = Line::at(text, at);
    let here = if here.words.is_empty() { here.above().unwrap_or(here) } else { here };
    let near: Vec<Line> = std::iter::once(here).chain(here.above()).collect();
    let each = |guess: &dyn Fn(Line) -> Option<Repair>| near.iter().find_map(|line| guess(*line));
    [
        escape(said, here, at),
        each(&|line| space_missing(line, keys)),
        text_beside_sign(here),
        curly_quotes(here),
        dash_missing(here, keys),
        too_far_out(here, keys),
        value_and_keys(here, keys),
        list_beside_key(here, keys),
        space_after_dash(here),
        each(&|line| colon_missing(line, keys)),
        above_too_far_out(here, keys),
        first_key_aside(here, keys),
        key_aside(here, keys),
        not_indented(here, keys),
        quotation_of_a_part(here),
        quotation_open(text, at, said),
        special_sign(here),
        each(&second_colon),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A `\` that is no escape within double quotation marks.
fn escape(said: &str, here: Line, at: usize) -> Option<Repair> {
    if !said.contains("escape") {
        return None;
    }
    let (message, hint) = (
        "”\\” inom dubbla citattecken har en egen betydelse i YAML",
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
fn space_missing(line: Line, keys: &Keys) -> Option<Repair> {
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
fn text_beside_sign(line: Line) -> Option<Repair> {
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
fn curly_quotes(line: Line) -> Option<Repair> {
    let value = line.entry().map_or(line.item().0, |entry| entry.value);
    let inner = value.strip_prefix(['”', '“', '„', '«', '»', '’', '‘'])?;
    let inner = inner.strip_suffix(['”', '“', '»', '«', '’', '‘'])?;
    let range = line.range().end - value.len()..line.range().end;
    let first = value.chars().next()?;
    Some(
        Repair::new(
            format!("citattecknen runt värdet är {first} och inte raka, som YAML behöver"),
            "Skriv raka citattecken runt hela värdet: \"…\".",
            range.start..range.start + first.len_utf8(),
        )
        .by(range, quoted(inner)),
    )
}

/// A further item of a list without its dash.
fn dash_missing(line: Line, keys: &Keys) -> Option<Repair> {
    let entry = line.entry().filter(|entry| keys.has(entry.key) && entry.start == line.range().start)?;
    let (item, first) = item_above(line, entry.key, keys)
        .filter(|(item, first)| first.key == entry.key && item.indent <= line.indent)?;
    let end = end_of_item(line, item.indent);
    let moved = moved(line, end, item.indent, first.column, keys);
    let dashed = moved.replacen(&" ".repeat(first.column), &format!("{}- ", " ".repeat(first.column - 2)), 1);
    Some(
        Repair::new(
            format!("ett streck saknas före ”{}”", entry.key),
            format!("Skriv ”- {}:” så som raden ovanför i listan börjar.", entry.key),
            entry.start..entry.start + entry.key.len(),
        )
        .by(line.start..end, dashed),
    )
}

/// A key of a list's item that stands as far out as the list's dashes, or further.
fn too_far_out(line: Line, keys: &Keys) -> Option<Repair> {
    let entry = line.entry().filter(|entry| keys.has(entry.key) && entry.start == line.range().start)?;
    let (item, first) = item_above(line, entry.key, keys).filter(|(_, first)| first.column > entry.column)?;
    let end = end_of_item(line, item.indent);
    Some(
        Repair::new(
            format!("”{}” står för långt till vänster", entry.key),
            format!(
                "Dra in raden med {}, så att ”{}” står rakt under ”{}”.",
                blanks(first.column),
                entry.key,
                first.key
            ),
            entry.start..entry.start + entry.key.len(),
        )
        .by(line.start..end, moved(line, end, line.indent, first.column, keys)),
    )
}

/// A value beside a key, and keys below it.
fn value_and_keys(line: Line, keys: &Keys) -> Option<Repair> {
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
fn list_beside_key(line: Line, keys: &Keys) -> Option<Repair> {
    let entry = line.entry().filter(|entry| entry.value.starts_with("- "))?;
    let start = line.range().end - entry.value.len();
    let next = line.below().filter(|below| below.words.starts_with("- ") && below.indent >= entry.column);
    let is_list = next.is_some() || keys.below(entry.key).is_some_and(|group| group.is_list);
    let found = Repair::new(
        "en lista kan inte börja på samma rad som sin nyckel",
        "Skriv varje punkt på en egen rad under nyckeln. Är strecket en del av texten: sätt hela texten inom citattecken: \"…\".",
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
fn space_after_dash(line: Line) -> Option<Repair> {
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
fn colon_missing(line: Line, keys: &Keys) -> Option<Repair> {
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
fn is_amid_text(line: Line) -> bool {
    !line.is_apart() && line.text_around().is_some_and(|(_, opens)| line.above() != Some(opens))
}

/// A key of a group that stands outside of all groups, above those beside it.
fn above_too_far_out(line: Line, keys: &Keys) -> Option<Repair> {
    let entry = line.entry()?;
    let above = line.above().filter(|above| above.indent == 0)?;
    let outer =
        above.entry().filter(|outer| keys.are_beside(outer.key, entry.key) && !keys.has_on_top(outer.key))?;
    Some(
        Repair::new(
            format!("”{}” står längre ut än ”{}”", outer.key, entry.key),
            format!(
                "Dra in raden med {}, så att ”{}” börjar rakt ovanför ”{}”.",
                blanks(entry.column),
                outer.key,
                entry.key
            ),
            outer.start..outer.start + outer.key.len(),
        )
        .by(above.start..above.start, " ".repeat(entry.column)),
    )
}

/// A key that stands further in or further out than those beside it.
fn key_aside(line: Line, keys: &Keys) -> Option<Repair> {
    let entry = line.entry().filter(|entry| entry.start == line.range().start)?;
    let is_beside = |other: &Entry| {
        keys.are_beside(other.key, entry.key)
            || other.column == 0 && keys.has_on_top(other.key) && keys.has_on_top(entry.key)
    };
    let beside = line
        .next_above()
        .filter(|other| !other.is_silent())
        .filter_map(|other| other.entry())
        .take(30)
        .find(|other| is_beside(other) && other.column != entry.column)?;
    let end = end_of_block(line);
    let (is, hint) = if entry.column > beside.column {
        (
            "längre in",
            format!(
                "Flytta raden till vänster, så att ”{}” börjar rakt under ”{}”: {}.",
                entry.key,
                beside.key,
                far_in(beside.column)
            ),
        )
    } else {
        (
            "längre ut",
            format!(
                "Dra in raden med {}, så att ”{}” börjar rakt under ”{}”.",
                blanks(beside.column),
                entry.key,
                beside.key
            ),
        )
    };
    Some(
        Repair::new(
            format!("”{}” står {is} än ”{}”", entry.key, beside.key),
            hint,
            entry.start..entry.start + entry.key.len(),
        )
        .by(line.start..end, moved(line, end, line.indent, beside.column, keys)),
    )
}

/// The first key of a group that stands further in than the others.
fn first_key_aside(line: Line, keys: &Keys) -> Option<Repair> {
    let entry = line.entry()?;
    let above = line.above()?;
    let first =
        above.entry().filter(|first| keys.are_beside(first.key, entry.key) && first.column > entry.column)?;
    let group = above.above()?.entry()?;
    // One step further in than the group, or as far in as the next.
    let is_right =
        entry.column == group.column + 2 || line.below().is_some_and(|below| below.indent == line.indent);
    if !group.value.is_empty() || group.column >= entry.column || above.item().1 != above.indent || !is_right
    {
        return None;
    }
    Some(
        Repair::new(
            format!("”{}” står längre in än ”{}”", first.key, entry.key),
            format!(
                "Flytta raden till vänster, så att ”{}” börjar rakt ovanför ”{}”: {}.",
                first.key,
                entry.key,
                far_in(entry.column)
            ),
            first.start..first.start + first.key.len(),
        )
        .by(above.start..above.start + above.indent, " ".repeat(entry.column)),
    )
}

/// Lines of a text that are not as far in as it.
fn not_indented(line: Line, keys: &Keys) -> Option<Repair> {
    if line.entry().is_some_and(|entry| keys.has(entry.key)) {
        return None;
    }
    let (indent, opens) = line.text_around().filter(|(indent, _)| line.indent < *indent)?;
    let is_text = |other: &Line| {
        other.words.is_empty()
            || other.indent >= indent
            || other.entry().is_none() && !other.words.starts_with("- ")
    };
    let mut last = line;
    for other in line.all_below().take_while(is_text) {
        if !other.words.is_empty() && other.indent < indent {
            last = other;
        } else if other.indent >= indent {
            break;
        }
    }
    let by = indent - line.indent;
    let lines =
        || std::iter::once(line).chain(line.all_below()).take_while(|other| other.start <= last.start);
    let pushed: Vec<String> = lines()
        .map(|other| {
            if other.words.is_empty() {
                String::new()
            } else {
                format!("{}{}", " ".repeat(indent), other.words)
            }
        })
        .collect();
    let key = opens.entry().map(|entry| entry.key);
    let (message, hint) = match (key.filter(|_| line.above() == Some(opens)), pushed.len() > 1) {
        (Some(key), _) => (
            format!("texten är inte indragen under ”{key}”"),
            format!("Dra in varje rad av texten med {}.", blanks(indent)),
        ),
        (None, false) => (
            "raden är inte indragen så långt som texten ovanför".to_owned(),
            format!("Dra in raden med {}, så att den börjar lika långt in som texten.", blanks(by)),
        ),
        (None, true) => (
            "raderna är inte indragna så långt som texten ovanför".to_owned(),
            format!("Dra in varje rad med {}, så att den börjar lika långt in som texten.", blanks(by)),
        ),
    };
    Some(Repair::new(message, hint, line.range()).by(line.start..last.end, pushed.join("\n")))
}

/// Quotation marks around the beginning of a value.
fn quotation_of_a_part(line: Line) -> Option<Repair> {
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
fn quotation_open(text: &str, at: usize, said: &str) -> Option<Repair> {
    if !said.contains("quoted scalar") {
        return None;
    }
    let mut line = Line::at(text, at);
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
fn special_sign(line: Line) -> Option<Repair> {
    let value = line.entry().map_or(line.item().0, |entry| entry.value);
    let sign = value.chars().next().filter(|sign| "@`%*&!|>?,[]{}".contains(*sign))?;
    let range = line.range().end - value.len()..line.range().end;
    let place = range.start..range.start + 1;
    let found = if matches!(sign, '[' | '{') {
        Repair::new(
            "texten börjar med en hakparentes eller klammer, som har en egen betydelse i YAML",
            "Sätt hela texten inom citattecken: \"…\". Är det en lista: avsluta den med ] på samma rad.",
            place,
        )
    } else {
        Repair::new(
            format!("texten börjar med ”{sign}”, som har en egen betydelse i YAML"),
            "Sätt hela texten inom citattecken: \"…\". En punkt i en lista börjar med ”- ”.",
            place,
        )
    };
    Some(found.perhaps_by(range, quoted(value)))
}

/// The second `: ` of a line, which YAML takes for another key.
fn second_colon(line: Line) -> Option<Repair> {
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

/// The dashed line of the list's item that a key belongs to or comes after.
fn item_above<'t>(line: Line<'t>, key: &str, keys: &Keys) -> Option<(Line<'t>, Entry<'t>)> {
    let above = line.next_above().filter(|other| other.words.starts_with("- "));
    let mut items =
        above.take_while(|other| other.start > 0).filter_map(|other| Some((other, other.entry()?)));
    items.find(|(_, first)| first.key == key || keys.are_beside(first.key, key))
}

/// Where the lines end that belong to an item of a list that stands so far in.
fn end_of_item(line: Line, indent: usize) -> usize {
    let own = |other: &Line| {
        other.words.is_empty()
            || other.indent > indent
            || other.indent == line.indent && !other.words.starts_with("- ") && line.indent > 0
    };
    let last = line.all_below().take_while(own).filter(|other| !other.words.is_empty()).last();
    last.map_or(line.end, |last| last.end)
}

/// Where the lines end that stand further in than a line.
fn end_of_block(line: Line) -> usize {
    let within = |other: &Line| other.words.is_empty() || other.indent > line.indent;
    let last = line.all_below().take_while(within).filter(|other| !other.words.is_empty()).last();
    last.map_or(line.end, |last| last.end)
}

/// The lines from one up to a byte, with what stands as far in as `from` moved to `to`, and what stands
/// further in kept there where that is far enough.
fn moved(line: Line, end: usize, from: usize, to: usize, keys: &Keys) -> String {
    let lines = std::iter::once(line).chain(line.all_below()).take_while(|other| other.start < end);
    let mut opener = line.indent;
    let moved = lines.map(|other| {
        if other.words.is_empty() {
            return String::new();
        }
        let is_key = other.indent <= from.max(line.indent);
        let indent = if is_key {
            opener = other.indent;
            to
        } else if other.indent == to && other.entry().is_some_and(|entry| keys.has(entry.key)) {
            opener = to;
            to
        } else if to > opener && other.indent <= to {
            // A text below a key stands further in than the key.
            other.indent + to - opener
        } else {
            other.indent
        };
        format!("{}{}", " ".repeat(indent), other.words)
    });
    moved.collect::<Vec<_>>().join("\n")
}

/// A line and the text below it, as far in as this.
pub fn indented(line: Line, column: usize) -> (Range<usize>, String) {
    let end = end_of_block(line);
    (line.start..end, moved(line, end, line.indent, column, &Keys::default()))
}

/// A text within YAML's quotation marks.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// `två mellanslag`.
pub fn blanks(number: usize) -> String {
    const WORDS: [&str; 9] = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta"];
    WORDS.get(number).map_or_else(|| format!("{number} mellanslag"), |word| format!("{word} mellanslag"))
}

/// How far in a line is to stand.
fn far_in(column: usize) -> String {
    match column {
        0 => "längst till vänster".to_owned(),
        column => format!("indragen med {}", blanks(column)),
    }
}
