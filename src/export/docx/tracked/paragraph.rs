//! Running text among the changes: paragraphs, each with the form that it has in either document, and their words.

use super::{After, Mark, Place, Point, Tracked, said};
use crate::compare::{Both, Fate, Node, NodeKind, Part, Sentence, Side, Span, Word, WordKind};
use crate::export::docx::body::{Was, in_point, leveled, quoted, titled};
use crate::export::docx::xml::Xml;
use crate::export::outline::{SIGNATURES, says_caption};
use crate::markdown::{self, InlineKind, Look, Stretch};

impl<'c> Tracked<'_, 'c> {
    pub(super) fn paragraph(
        &mut self,
        end: Fate,
        parts: &'c [Part],
        after: &After<'c, '_>,
        place: Place<'c>,
        out: &mut Xml,
    ) {
        let content = self.content(parts, place);
        let Some(mark) = self.mark(end) else {
            // What is not shown here has no end here.
            self.begins = content;
            return;
        };
        // Where only one document has the end, the other goes on.
        self.begin_anew(mark);
        let titles = Both { old: self.title(parts, Side::Old), new: self.title(parts, Side::New) };
        let form = |side| {
            let title = if side == Side::New { titles.new } else { titles.old };
            let style = match title {
                Some(_) => titled(place.depth()),
                None => self.style(parts, self.next(after, side), place, side),
            };
            let point = if side == Side::New { place.point.new } else { place.point.old };
            Was { style, list: point.map(|point| point.list), inset: 0 }
        };
        let (form, was) = match mark {
            Some(mark) => (form(if mark.is_new() { Side::New } else { Side::Old }), None),
            None => {
                let (new, old) = (form(Side::New), form(Side::Old));
                let was = (old != new).then_some(old);
                (new, was)
            }
        };
        self.body.end_with(mark, was);
        self.body.paragraph(&[&form.style], form.list, out, |_, out| out.raw(&content));
        self.caption(titles, place.depth(), out);
    }

    /// Where a line or a paragraph ends, the next begins anew in each document that has the end.
    fn begin_anew(&mut self, mark: Option<Mark>) {
        self.before.old = self.before.old.filter(|_| mark.is_some_and(Mark::is_new));
        self.before.new = self.before.new.filter(|_| mark.is_some_and(|mark| !mark.is_new()));
    }

    /// What a paragraph holds, and those that it goes on from.
    fn content(&mut self, parts: &'c [Part], place: Place<'c>) -> Vec<u8> {
        let mut content = Xml::fragment();
        content.raw(&std::mem::take(&mut self.begins));
        if place.begins_note {
            self.body.note_number(&mut content);
        }
        for part in parts {
            match part {
                Part::Sentence(sentence) => self.sentence(sentence, place.depth(), &mut content),
                Part::Line(fate) => {
                    if let Some(mark) = self.mark(*fate) {
                        self.body.set_mark(mark);
                        self.body.line_break(&mut content);
                        self.body.set_mark(None);
                        // The next line begins anew in each document that has the break.
                        self.begin_anew(mark);
                    }
                }
            }
        }
        content.finish()
    }

    /// The style of a paragraph in a document, where `next` follows it.
    fn style(&self, parts: &[Part], next: Option<&Node>, place: Place<'_>, side: Side) -> String {
        let point = if side == Side::New { place.point.new } else { place.point.old };
        if let Some(style) = self.body.within_note(place.depth()) {
            return style;
        }
        match (place.style, place.lists, point, next.map(|next| &next.kind)) {
            (Some(style), ..) if style != "Quote" => style.to_owned(),
            (_, _, None, Some(NodeKind::Table { .. }))
                if says_caption(self.text(parts, side).trim_start()) =>
            {
                in_point("Beskrivning i punkt", place.depth()).unwrap_or_else(|| "caption".into())
            }
            (Some(_), ..) => quoted(place.depth()),
            (None, 0, _, Some(NodeKind::List { .. })) => "Ledtext".into(),
            (None, 0, _, Some(NodeKind::Part { role, .. })) if role == SIGNATURES => "Sista stycket".into(),
            (None, 0, ..) => "Normal".into(),
            (None, _, Some(point), _) => of_point(point, place.depth()),
            (None, _, None, _) => leveled("List Continue", place.depth() - 1),
        }
    }

    /// What a paragraph says in a document.
    fn text(&self, parts: &[Part], side: Side) -> String {
        let sentences = parts.iter().filter_map(|part| match part {
            Part::Sentence(sentence) => Some(sentence),
            Part::Line(_) => None,
        });
        let spans = sentences.flat_map(|sentence| {
            sentence.spans.iter().filter(move |span| self.holds(sentence.fate, span, side))
        });
        spans.map(said).collect()
    }

    /// The title of the picture that a paragraph is in a document, printed below it.
    fn title<'p>(&self, parts: &'p [Part], side: Side) -> Option<&'p str> {
        parts.iter().find_map(|part| {
            let Part::Sentence(sentence) = part else { return None };
            let held = sentence.spans.iter().filter(|span| self.holds(sentence.fate, span, side));
            held.flat_map(|span| &span.words).find_map(|word| match &word.kind {
                WordKind::Picture { title, .. } if !title.is_empty() => Some(title.as_str()),
                _ => None,
            })
        })
    }

    /// The caption below a picture.
    fn caption(&mut self, titles: Both<Option<&str>>, depth: usize, out: &mut Xml) {
        if titles.old.is_none() && titles.new.is_none() {
            return;
        }
        let there = Both { old: titles.old.is_some(), new: titles.new.is_some() };
        let only = [self.only(Side::Old), self.only(Side::New)].map(Some);
        let runs = match titles.is_same() {
            true => vec![(titles.new, None)],
            false => [titles.old, titles.new].into_iter().zip(only).collect(),
        };
        let mut content = Xml::fragment();
        for (title, mark) in runs {
            self.body.set_mark(mark);
            self.body.run(title.unwrap_or_default(), false, &mut content);
        }
        self.body.set_mark(None);
        let content = content.finish();
        self.body.end_with(self.mark_of(there), None);
        self.body.picture_title(depth, out, |_, out| out.raw(&content));
    }

    fn sentence(&mut self, sentence: &'c Sentence, depth: usize, out: &mut Xml) {
        self.moved(sentence.fate, out, |this, out| match sentence.fate {
            Fate::New | Fate::Gone => {
                // All of it is so, whatever its words have in common with another's.
                let fate = sentence.fate;
                this.spans(&sentence.spans, |_| fate, depth, out);
            }
            _ => this.spans(&sentence.spans, |span| span.fate, depth, out),
        });
    }

    /// Words that are a line of their own.
    pub(super) fn line(&mut self, spans: &'c [Span], fate: impl Fn(&Span) -> Fate) -> Vec<u8> {
        let mut content = Xml::fragment();
        self.before = Both::default();
        self.spans(spans, fate, 0, &mut content);
        self.before = Both::default();
        content.finish()
    }

    fn spans(&mut self, spans: &'c [Span], fate: impl Fn(&Span) -> Fate, depth: usize, out: &mut Xml) {
        for span in spans {
            let Some(mark) = self.mark(fate(span)) else { continue };
            let mut row: Vec<Stretch> = Vec::new();
            for word in &span.words {
                // A run that begins with a space would lose it.
                if word.spaced && row.is_empty() {
                    self.space(mark, word, out);
                } else if word.spaced {
                    row.push(word.space());
                }
                if mark.is_none_or(|mark| !mark.is_new()) {
                    self.before.old = Some(&word.look);
                }
                if mark.is_none_or(Mark::is_new) {
                    self.before.new = Some(&word.look);
                }
                if word.kind == WordKind::Note {
                    self.flush(&mut row, mark, depth, out);
                    self.refer(word, mark, out);
                } else {
                    row.push(word.stretch());
                }
            }
            self.flush(&mut row, mark, depth, out);
        }
    }

    /// The space before a word, in the documents that have something before it; it looks like what stands around it.
    fn space(&mut self, mark: Option<Mark>, word: &Word, out: &mut Xml) {
        let look = |before: Option<&Look>| before.map(|before| before.between(&word.look));
        let (old, new) = (look(self.before.old), look(self.before.new));
        let spaces = match mark {
            None if old == new => vec![(new, None)],
            None => vec![(old, Some(self.only(Side::Old))), (new, Some(self.only(Side::New)))],
            Some(mark) => vec![(if mark.is_new() { new } else { old }, Some(mark))],
        };
        for (look, mark) in spaces {
            let Some(look) = look else { continue };
            self.body.set_mark(mark);
            self.body.space(&look, self.is_strong, out);
            self.body.set_mark(None);
        }
    }

    fn flush(&mut self, row: &mut Vec<Stretch>, mark: Option<Mark>, depth: usize, out: &mut Xml) {
        let inlines = markdown::join(&std::mem::take(row));
        self.body.set_mark(mark);
        for inline in &inlines {
            match &inline.kind {
                InlineKind::Image { url, alt, .. } => {
                    let old = Some(self.old_images).filter(|_| mark.is_some_and(|mark| !mark.is_new()));
                    self.body.picture(old, url, alt, depth, out);
                }
                _ => self.body.plain_inlines(std::slice::from_ref(inline), self.is_strong, out),
            }
        }
        self.body.set_mark(None);
    }

    pub(super) fn code(&mut self, fate: Fate, text: &Both<Option<String>>, depth: usize, out: &mut Xml) {
        let there = Both { old: self.is_in(fate, Side::Old), new: self.is_in(fate, Side::New) };
        let texts = match there.old && there.new && text.is_same() {
            true => vec![(&text.new, None)],
            false => {
                let new = there.new.then(|| (&text.new, Some(self.only(Side::New))));
                let old = there.old.then(|| (&text.old, Some(self.only(Side::Old))));
                new.into_iter().chain(old).collect()
            }
        };
        for (text, mark) in texts {
            let Some(text) = text else { continue };
            self.body.end_with(mark, None);
            self.body.set_mark(mark);
            self.body.code(text, depth, out);
            self.body.set_mark(None);
        }
    }
}

/// The style of a paragraph that begins an item, so many indents in.
pub(super) fn of_point(point: Point, depth: usize) -> String {
    match (point.is_close, point.is_numbered) {
        (true, _) => "List Paragraph".into(),
        (false, true) => leveled("List Number", depth - 1),
        (false, false) => leveled("List Bullet", depth - 1),
    }
}
