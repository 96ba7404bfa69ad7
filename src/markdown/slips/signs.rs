//! Signs within running text: asterisks, strokes, brackets, raised figures.

use std::ops::Range;

use super::super::tree::At;
use super::{Finder, LeafKind, Mend, Slip, SlipKind, between, insert, line_end};

/// What begins a remark in brackets.
const REMARKS: &[&str] = &[
    "kommentar",
    "kommenterad",
    "kommenterat",
    "komm.",
    "obs",
    "anm.",
    "anm:",
    "anmärkning:",
    "notering:",
    "fråga:",
    "fråga till",
    "not till",
    "anteckning",
    "att göra",
    "ändra",
    "kontrollera",
    "uppdatera",
    "komplettera",
    "redigera",
    "borttaget",
    "stryk",
    "lägg till",
    "todo",
    "kolla",
];

impl Finder<'_> {
    /// Emphasis by asterisks that stand within words or between numbers.
    pub(super) fn emphasis(&mut self, at: Range<usize>, width: usize) {
        let said = &self.source[at.clone()];
        if !said.starts_with('*') || said.len() < 2 * width {
            return;
        }
        let before = self.source[..at.start].chars().next_back();
        let after = self.source[at.end..].chars().next();
        let inner = &said[width..said.len() - width];
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let opens_in_word = is_word(before);
        let closes_in_word =
            is_word(after) && (inner.contains(' ') || after.is_some_and(|c| c.is_ascii_digit()));
        // (*) and (*)
        let around_nothing = inner.starts_with(')') && inner.ends_with('(');
        if opens_in_word || closes_in_word || around_nothing {
            let certain = opens_in_word;
            let stars = (at.start..at.start + width).chain(at.end - width..at.end);
            let mends = stars.map(|star| insert(star, "\\")).collect();
            self.slips.push(Slip { at: At(at), kind: SlipKind::Asterisks, mends, certain });
        }
    }

    /// Looks at the signs of every leaf, but for its code and addresses.
    pub(super) fn in_signs(&mut self) {
        self.opaque.sort_by_key(|at| (at.start, at.end));
        self.bracketed_notes();
        let leaves: Vec<(Range<usize>, LeafKind)> =
            self.leaves.iter().map(|leaf| (leaf.at.clone(), leaf.kind)).collect();
        for (at, kind) in leaves {
            let words = &self.source[at.clone()];
            if kind == LeafKind::Paragraph
                && let Some(sign) = words.chars().next().filter(|c| is_raised(*c))
            {
                let end = at.start + words.find('\n').unwrap_or(words.trim_end().len());
                self.doubt(SlipKind::NoteSign(sign.to_string()), at.start..end, Vec::new());
            }
            self.raised_notes(at.clone());
            if !words.contains(['\\', '[', '{', '/', '%']) {
                continue;
            }
            let first = self.opaque.partition_point(|hole| hole.end <= at.start);
            let last = self.opaque.partition_point(|hole| hole.start < at.end);
            for part in between(at.clone(), &self.opaque[first..last.max(first)]) {
                self.paths(part.clone());
                self.hidden_remarks(part.clone());
                self.brackets(part);
            }
            self.notes_in_links(at);
        }
    }

    /// Raised figures behind words, which stand for a note that a paste has lost: `krav³`; not `m²`.
    fn raised_notes(&mut self, at: Range<usize>) {
        const SHORTEST: usize = 4;
        for (place, word) in
            self.source[at.clone()].split_inclusive(char::is_whitespace).scan(at.start, |from, word| {
                let begins = *from;
                *from += word.len();
                Some((begins, word))
            })
        {
            let Some(raised) = word.find(is_raised) else { continue };
            let (before, rest) = word.split_at(raised);
            let figures = rest.len() - rest.trim_start_matches(is_raised).len();
            let letters = before.trim_end_matches(['.', ',', ')', '”']).chars().rev();
            let is_word = letters.take_while(|c| c.is_alphabetic()).count() >= SHORTEST;
            let ends = !rest[figures..].starts_with(char::is_alphanumeric);
            if is_word && ends {
                let sign = rest.chars().next().unwrap_or_default();
                self.doubt(
                    SlipKind::NoteSign(sign.to_string()),
                    place + raised..place + raised + figures,
                    Vec::new(),
                );
            }
        }
    }

    /// `krav[1]` and a paragraph that begins with `[1]`: a note that was pasted with its sign.
    fn bracketed_notes(&mut self) {
        let begins = |leaf: &&super::Leaf| {
            leaf.kind == LeafKind::Paragraph && bracketed(&self.source[leaf.at.clone()]).is_some()
        };
        let notes: Vec<Range<usize>> =
            self.leaves.iter().filter(begins).map(|leaf| leaf.at.clone()).collect();
        for note in notes {
            let Some(sign) = bracketed(&self.source[note.clone()]) else { continue };
            let is_sign = |at: usize| {
                let before = self.source[..at].chars().next_back();
                before.is_some_and(|c| c.is_alphanumeric() || ".,;:)”\"".contains(c))
            };
            let signs: Vec<usize> =
                self.source.match_indices(sign).map(|(at, _)| at).filter(|at| is_sign(*at)).collect();
            let sign = sign.to_owned();
            let end = line_end(self.source, note.start).min(note.end);
            for at in &signs {
                self.doubt(SlipKind::NoteSign(sign.clone()), *at..at + sign.len(), Vec::new());
            }
            if !signs.is_empty() {
                self.doubt(SlipKind::NoteSign(sign), note.start..end, Vec::new());
            }
        }
    }

    /// Words with strokes that a path has and Markdown would take away.
    fn paths(&mut self, at: Range<usize>) {
        let text = &self.source[at.clone()];
        if !text.contains('\\') {
            return;
        }
        let mut start = at.start;
        for word in text.split_inclusive(char::is_whitespace) {
            let begins = start;
            start += word.len();
            let ends_line = word.ends_with('\n');
            let word = word.trim_end();
            let opening = word.len() - word.trim_start_matches(['(', '”', '"', '’', '\'', '<']).len();
            if is_path(&word[opening..], ends_line) {
                let strokes =
                    word.match_indices('\\').map(|(stroke, _)| insert(begins + stroke, "\\")).collect();
                self.sure(SlipKind::Path, begins + opening..begins + word.len(), strokes);
            }
        }
    }

    /// `^[a note]`, `[Kommentar: …]`, `[text][label]`.
    fn brackets(&mut self, at: Range<usize>) {
        let text = &self.source[at.clone()];
        let mut from = 0;
        while let Some(open) = text[from..].find('[').map(|open| from + open) {
            from = open + 1;
            let Some(close) = text[open..].find(']').map(|close| open + close) else { break };
            let inner = &text[open + 1..close];
            if text[..open].ends_with('\\') || inner.contains('[') {
                continue;
            }
            let here = |from: usize, to: usize| at.start + from..at.start + to;
            if text[..open].ends_with('^') {
                self.doubt(SlipKind::InlineNote, here(open - 1, close + 1), Vec::new());
            } else if is_remark(inner) {
                self.doubt(SlipKind::Comment, here(open, close + 1), Vec::new());
            } else if let Some(label) =
                text[close + 1..].strip_prefix('[').and_then(|rest| rest.split(']').next())
                && !inner.is_empty()
                && !inner.starts_with('^')
                && !label.starts_with('^')
                && !label.is_empty()
                && text[close + 1..].contains(']')
                && !self.used.iter().any(|used| used.to_lowercase() == label.to_lowercase())
            {
                let end = close + 1 + label.len() + 2;
                self.doubt(SlipKind::MissingAddress(label.to_owned()), here(open, end), Vec::new());
                from = end;
            }
        }
    }

    /// `{>>a remark<<}`, `/* a remark */`, `%% a remark %%`: as other programs hide them.
    fn hidden_remarks(&mut self, at: Range<usize>) {
        const SIGNS: [(&str, &str); 3] = [("{>>", "<<}"), ("/*", "*/"), ("%%", "%%")];
        let text = &self.source[at.clone()];
        for (opens, closes) in SIGNS {
            let mut from = 0;
            while let Some(open) = text[from..].find(opens).map(|open| from + open) {
                let inner = open + opens.len();
                let Some(close) = text[inner..].find(closes).map(|close| inner + close) else { break };
                from = close + closes.len();
                if text[inner..close].contains(char::is_alphabetic) {
                    self.doubt(SlipKind::Comment, at.start + open..at.start + from, Vec::new());
                }
            }
        }
    }

    /// `[text[^1]](address)`: a note cannot stand in a link's text.
    fn notes_in_links(&mut self, at: Range<usize>) {
        let first = self.notes.partition_point(|note| note.start < at.start);
        let notes: Vec<Range<usize>> =
            self.notes[first..].iter().take_while(|note| note.end <= at.end).cloned().collect();
        for note in notes {
            let (before, after) = (&self.source[at.start..note.start], &self.source[note.end..at.end]);
            let Some(open) = before.rfind(['[', ']', '\n']).filter(|open| before[*open..].starts_with('['))
            else {
                continue;
            };
            let Some(middle) = after.find("](").filter(|middle| !after[..*middle].contains(['[', ']', '\n']))
            else {
                continue;
            };
            let Some(close) = after[middle..].find([')', ' ', '\n']).map(|close| middle + close) else {
                continue;
            };
            if after[close..].starts_with(')') && !before[..open].ends_with('\\') {
                let said = self.source[note.clone()].to_owned();
                let end = note.end + close + 1;
                let moved = vec![Mend { at: At(note.clone()), with: String::new() }, insert(end, &said)];
                self.sure(SlipKind::NoteInLink, at.start + open..end, moved);
            }
        }
    }
}

/// Whether strokes of a word would be taken for escapes though they are a path's: some act, and some do not; or it
/// begins as the name of a server does.
fn is_path(word: &str, ends_line: bool) -> bool {
    let (mut acting, mut silent) = (0, 0);
    let mut rest = word;
    while let Some(stroke) = rest.find('\\') {
        let next = rest[stroke + 1..].chars().next();
        let acts = next.map_or(ends_line, |next| next.is_ascii_punctuation());
        match acts {
            true => acting += 1,
            false if next.is_some() => silent += 1,
            false => {}
        }
        rest = &rest[stroke + 1 + if acts { next.map_or(0, char::len_utf8) } else { 0 }..];
    }
    // Two strokes are one that has been mended.
    let drive = word.split_once(":\\").is_some_and(|(drive, rest)| {
        let is_escape = rest.starts_with(|c: char| c.is_ascii_punctuation() && c != '\\');
        is_escape && drive.len() == 1 && drive.starts_with(|c: char| c.is_ascii_alphabetic())
    });
    let server = word.strip_prefix("\\\\").is_some_and(|name| name.starts_with(char::is_alphanumeric));
    acting > 0 && (silent > 0 || drive) || server && acting == 1
}

/// Whether words in brackets are said to the writer.
fn is_remark(words: &str) -> bool {
    let lower = words.trim().to_lowercase();
    let begins = REMARKS.iter().any(|remark| {
        lower.strip_prefix(remark).is_some_and(|rest| {
            let rest = rest.trim_start_matches(|c: char| c.is_alphanumeric() || "! ".contains(c));
            rest.starts_with(':') || rest.starts_with('?') || remark.ends_with(':')
        })
    });
    // [TW: stämmer det?], [Tora: hinner vi?]
    let asked = lower.split_once(':').is_some_and(|(who, what)| {
        !who.contains(' ')
            && who.chars().all(|c| c.is_alphanumeric())
            && words.starts_with(char::is_uppercase)
            && what.ends_with('?')
    });
    // [AS: kolla summan], [kl: ta bort?]: initials say who has written it.
    let signed = words.trim().split_once(':').is_some_and(|(who, what)| {
        (1..=4).contains(&who.chars().count())
            && who.chars().all(|c| c.is_alphabetic())
            && (who.chars().all(char::is_uppercase) || who.chars().all(char::is_lowercase))
            && what.starts_with(' ')
            && what.trim().contains(' ')
    });
    begins || asked || signed || is_doubt(words) || is_numbered_remark(words)
}

/// The words of a question to oneself.
const LONGEST_DOUBT: usize = 4;

/// `[källa?]`, `[2025 eller 2026?]`: somebody who was not sure.
fn is_doubt(words: &str) -> bool {
    let asks = words.trim_end().ends_with('?') && words.contains(char::is_alphanumeric);
    asks && words.split_whitespace().count() <= LONGEST_DOUBT
}

/// `[TW1]`, which Word puts where a remark begins.
fn is_numbered_remark(words: &str) -> bool {
    let initials = words.trim_end_matches(|c: char| c.is_ascii_digit());
    (2..=3).contains(&initials.chars().count())
        && initials.chars().all(char::is_uppercase)
        && (1..=3).contains(&(words.len() - initials.len()))
}

/// The figure in brackets that a paragraph begins with.
fn bracketed(paragraph: &str) -> Option<&str> {
    let digits = paragraph.strip_prefix('[')?.split_once(']')?.0;
    let is_figure = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (is_figure && paragraph[digits.len() + 2..].starts_with(' ')).then(|| &paragraph[..digits.len() + 2])
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}
