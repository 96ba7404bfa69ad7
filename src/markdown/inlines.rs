//! Running text to Markdown.
//!
//! The tree is laid out as a row of tokens. What surrounds each delimiter of emphasis is then known, and with it
//! which delimiter works there; where none would, a character beside it is written as an entity.

use std::ops::Range;

use super::escape::{Escape, entity, is_word};
use super::group::Mark;
use super::sentences::Abbreviations;
use super::slips::begins_like_item;
use super::spans::{code_span, is_autolink, target};
use super::tree::{Inline, InlineKind};

/// Where running text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum InlinePlace {
    /// In a paragraph: one sentence a line.
    Lines,
    /// In a heading.
    Heading,
    /// In a cell of a table.
    Cell,
}

/// Running text as Markdown, with `\n` between its lines.
pub(super) fn inlines(inlines: &[Inline], place: InlinePlace, abbreviations: &Abbreviations) -> String {
    let mut row = Row { tokens: Vec::new(), place };
    row.add(inlines);
    row.protect_delimiters();
    let ends = match place {
        InlinePlace::Lines => row.sentence_ends(abbreviations),
        _ => Vec::new(),
    };
    row.write(&ends)
}

struct Row<'a> {
    tokens: Vec<Token<'a>>,
    place: InlinePlace,
}

enum Token<'a> {
    Text(Piece<'a>),
    /// Written as it is; what a reader sees of it is told apart, for the sentences.
    Raw {
        markup: String,
        seen: String,
    },
    Note(&'a str),
    Html(&'a str),
    Break,
    /// The start or the end of a mark.
    Delimiter(Delimiter),
}

#[derive(Clone, Copy)]
struct Delimiter {
    mark: Mark,
    character: char,
    opens: bool,
}

struct Piece<'a> {
    text: &'a str,
    encode_first: bool,
    encode_last: bool,
}

impl<'a> Row<'a> {
    fn add(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => {
                    self.tokens.push(Token::Text(Piece { text, encode_first: false, encode_last: false }))
                }
                InlineKind::Emph(inner) => self.add_marked(Mark::Emph, inner),
                InlineKind::Strong(inner) => self.add_marked(Mark::Strong, inner),
                InlineKind::Code(code) => {
                    let markup = code_span(code, self.place == InlinePlace::Cell);
                    self.raw(markup, code);
                }
                InlineKind::Link { url, title, inlines } => self.add_link(url, title, inlines),
                InlineKind::Image { url, title, alt } => {
                    let mut markup = String::from("![");
                    Escape::default().write(alt, &mut markup);
                    markup.push_str(&target(url, title));
                    // Not a word that a sentence begins or ends with.
                    self.raw(markup, "<");
                }
                InlineKind::Break => self.tokens.push(Token::Break),
                InlineKind::Note(label) => self.tokens.push(Token::Note(label)),
                InlineKind::Html(html) => self.tokens.push(Token::Html(html)),
            }
        }
    }

    /// `*` is the delimiter, and `_` where another `*` stands before it.
    fn add_marked(&mut self, mark: Mark, inlines: &'a [Inline]) {
        let character = match self.tokens.last() {
            Some(Token::Delimiter(Delimiter { character: '*', .. })) => '_',
            _ => '*',
        };
        self.tokens.push(Token::Delimiter(Delimiter { mark, character, opens: true }));
        self.add(inlines);
        self.tokens.push(Token::Delimiter(Delimiter { mark, character, opens: false }));
    }

    fn add_link(&mut self, url: &str, title: &str, inlines: &'a [Inline]) {
        if title.is_empty()
            && let [only] = inlines
            && let InlineKind::Text(text) = &only.kind
            && is_autolink(url, text)
        {
            return self.raw(format!("<{}>", &text[..]), text);
        }
        self.raw("[".to_owned(), "");
        self.add(inlines);
        self.raw(target(url, title), "");
    }

    fn raw(&mut self, markup: String, seen: &str) {
        let seen = seen.replace(' ', "_");
        self.tokens.push(Token::Raw { markup, seen });
    }

    /// Makes every delimiter act: CommonMark wants no space within it, and where there is punctuation within it, or
    /// the delimiter is `_`, no letter outside it. An entity begins and ends with punctuation.
    fn protect_delimiters(&mut self) {
        loop {
            let mut changed = false;
            for token in 0..self.tokens.len() {
                let Token::Delimiter(Delimiter { character, opens, .. }) = self.tokens[token] else {
                    continue;
                };
                let (before, after) = (token.checked_sub(1), Some(token + 1));
                let (inner, outer) = if opens { (after, before) } else { (before, after) };
                if self.edge(inner, opens) == Edge::Space {
                    changed |= self.encode(inner, opens);
                }
                // An asterisk within a word is none that opens.
                let strict = opens || character == '_' || self.edge(inner, opens) != Edge::Word;
                if strict && matches!(self.edge(outer, !opens), Edge::Word | Edge::Unknown) {
                    changed |= self.encode(outer, !opens);
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// What a token has at its first or its last character.
    fn edge(&self, token: Option<usize>, first: bool) -> Edge {
        match token.map(|token| self.tokens.get(token)) {
            None | Some(None) => Edge::Space,
            Some(Some(Token::Text(piece))) => piece.edge(first),
            Some(Some(Token::Break)) if !first && self.place != InlinePlace::Cell => Edge::Space,
            _ => Edge::Punctuation,
        }
    }

    fn encode(&mut self, token: Option<usize>, first: bool) -> bool {
        let Some(Token::Text(piece)) = token.and_then(|token| self.tokens.get_mut(token)) else {
            return false;
        };
        let whole = piece.text.chars().nth(1).is_none();
        piece.encode_first |= first || whole;
        piece.encode_last |= !first || whole;
        true
    }

    /// The spaces that end a sentence: the token, and the place in its text.
    fn sentence_ends(&self, abbreviations: &Abbreviations) -> Vec<(usize, usize)> {
        let mut seen = String::new();
        let mut starts = Vec::with_capacity(self.tokens.len());
        for token in &self.tokens {
            starts.push(seen.len());
            match token {
                Token::Text(piece) => seen.push_str(piece.text),
                Token::Raw { seen: part, .. } => seen.push_str(part),
                Token::Html(_) => seen.push('<'),
                Token::Break => seen.push('\n'),
                _ => {}
            }
        }
        // A line that looks like an item would be read as one.
        let ends = abbreviations.ends_in(&seen).into_iter().filter(|end| !begins_like_item(&seen[end + 1..]));
        let place = |end: usize| {
            let token = starts.partition_point(|start| *start <= end) - 1;
            (token, end - starts[token])
        };
        ends.map(place).collect()
    }

    fn write(&self, ends: &[(usize, usize)]) -> String {
        let mut out = String::new();
        let mut ends = ends.iter().copied().peekable();
        for (index, token) in self.tokens.iter().enumerate() {
            match token {
                Token::Text(piece) => {
                    let mut start = 0;
                    while let Some((_, end)) = ends.next_if(|(token, _)| *token == index) {
                        self.write_text(index, piece, start..end, &mut out);
                        out.push('\n');
                        start = end + 1;
                    }
                    self.write_text(index, piece, start..piece.text.len(), &mut out);
                }
                Token::Raw { markup, .. } => {
                    if self.begins_line(&out) && self.would_define(markup) {
                        entity(' ', &mut out);
                    }
                    out.push_str(markup);
                }
                Token::Note(label) => out.push_str(&format!("[^{label}]")),
                Token::Html(html) => {
                    if self.begins_line(&out) {
                        // Without something before it this would be a block of HTML.
                        entity(' ', &mut out);
                    }
                    out.push_str(html);
                }
                Token::Break if self.place == InlinePlace::Cell => out.push_str("<br>"),
                Token::Break => out.push_str("\\\n"),
                Token::Delimiter(delimiter) => delimiter.write(&mut out),
            }
        }
        out
    }

    /// Whether a link at the start of a line could be taken for a definition, because of code such as `]:` in it.
    fn would_define(&self, markup: &str) -> bool {
        let defines = |token: &Token| match token {
            Token::Raw { markup, .. } => markup.contains("]:"),
            Token::Html(html) => html.contains("]:"),
            _ => false,
        };
        markup.starts_with('[') && self.tokens.iter().any(defines)
    }

    fn begins_line(&self, out: &str) -> bool {
        self.place == InlinePlace::Lines && (out.is_empty() || out.ends_with('\n'))
    }

    /// Writes a part of a text that stands on one line.
    fn write_text(&self, index: usize, piece: &Piece, part: Range<usize>, out: &mut String) {
        let first = part.start == 0;
        let last = part.end == piece.text.len();
        let next = self.tokens.get(index + 1);
        let note = match index.checked_sub(1).map(|before| &self.tokens[before]) {
            Some(Token::Note(label)) if first => Some(label),
            _ => None,
        };
        let note_begins_line = note.is_some_and(|label| {
            let before = &out[..out.len() - label.len() - "[^]".len()];
            self.begins_line(before)
        });
        let escape = Escape {
            line_start: self.begins_line(out),
            heading_end: self.place == InlinePlace::Heading && next.is_none(),
            before_bracket: last && next.is_some_and(Token::begins_with_bracket),
            after_note: note.is_some(),
            after_label: note_begins_line,
            encode_first: first && piece.encode_first,
            encode_last: last && piece.encode_last,
        };
        escape.write(&piece.text[part], out);
    }
}

/// What a delimiter stands beside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Word,
    Space,
    Punctuation,
    /// A character that not everybody's tables agree on.
    Unknown,
}

impl Piece<'_> {
    fn edge(&self, first: bool) -> Edge {
        let c = match first {
            true if self.encode_first => None,
            true => self.text.chars().next(),
            false if self.encode_last => None,
            false => self.text.chars().next_back(),
        };
        match c {
            None => Edge::Punctuation,
            Some(c) if is_word(c) => Edge::Word,
            Some(c) if c.is_whitespace() => Edge::Space,
            Some(c) if c.is_ascii_punctuation() || "”“„’‘‚»«›‹–—…·§¶†‡•".contains(c) => {
                Edge::Punctuation
            }
            Some(_) => Edge::Unknown,
        }
    }
}

impl Token<'_> {
    fn begins_with_bracket(&self) -> bool {
        match self {
            Self::Note(_) => true,
            Self::Raw { markup, .. } => markup.starts_with('['),
            _ => false,
        }
    }
}

impl Delimiter {
    fn write(self, out: &mut String) {
        out.push(self.character);
        if matches!(self.mark, Mark::Strong) {
            out.push(self.character);
        }
    }
}
