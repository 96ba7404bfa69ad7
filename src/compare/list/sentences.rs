//! Changes in running text: sentences that changed, and runs of those that came, went or moved together.

use super::facts::facts;
use super::run::{Run, collect, is_form};
use super::walk::{InItem, Made, Walk, of_block};
use super::{Deed, Subject, Weight, say};
use crate::compare::{Fate, Node, Part, Sentence, Span, Word, WordKind, is_same};
use crate::library::roll::Roll;

impl Walk<'_> {
    pub fn paragraph(&mut self, end: Fate, parts: &[Part], follows: bool, run: &mut Run) {
        let mut ends_same = false;
        for part in parts {
            let Part::Sentence(sentence) = part else { continue };
            ends_same = false;
            match sentence.fate {
                Fate::Gone | Fate::New => {
                    if run.moved.is_some() {
                        self.end(run);
                    }
                    run.add(sentence);
                }
                Fate::Here(number) => {
                    if run.moved != Some(number) {
                        self.end(run);
                        run.moved = Some(number);
                    }
                    run.add(sentence);
                }
                Fate::Away(_) => {}
                Fate::Same => {
                    self.end(run);
                    self.sentence(sentence);
                    ends_same = true;
                }
            }
        }
        match end {
            Fate::Same => self.end(run),
            _ if !run.is_empty() => run.ends += 1,
            fate if ends_same && follows => {
                let deed = if fate == Fate::New { Deed::Split } else { Deed::Joined };
                let last = parts.iter().rev().find_map(|part| match part {
                    Part::Sentence(sentence) => Some((sentence.spans.clone(), sentence.at.clone())),
                    Part::Line(_) => None,
                });
                let (spans, at) = last.unwrap_or_default();
                self.add(Made::of((self.of_words(), Subject::Paragraph, deed), spans, at));
            }
            _ => {}
        }
    }

    /// A sentence that is in both, if perhaps with other words.
    fn sentence(&mut self, sentence: &Sentence) {
        if is_same(&sentence.spans) {
            return;
        }
        let subject = self.subject(&sentence.spans, false);
        let formed = is_form(&sentence.spans);
        let deed = if formed { Deed::Formed } else { Deed::Changed };
        let weight = if formed { Weight::Form } else { self.weight(subject, &sentence.spans) };
        self.add(Made::of((weight, subject, deed), sentence.spans.clone(), sentence.at.clone()));
        if let (Some(link), Some(last)) = (link(&sentence.spans).filter(|_| !formed), self.changes.last_mut())
        {
            last.message = match &last.section {
                Some(section) => format!("En länk i {section} {link}"),
                None => format!("En länk {link}"),
            };
        }
    }

    /// A list or a table that came here: part of the passage that came with it. What was changed in it is told as well.
    pub fn moved_block(&mut self, node: &Node, number: usize, run: &mut Run) {
        if run.moved != Some(number) {
            self.end(run);
            run.moved = Some(number);
        }
        let is_first = run.is_bare();
        run.ends += 1;
        collect(std::slice::from_ref(node), run);
        run.block = Some(of_block(node)).filter(|_| is_first);
        self.inner(node);
    }

    /// Ends a run: what stands in it is one change.
    pub fn end(&mut self, run: &mut Run) {
        let run = std::mem::take(run);
        if run.is_empty() {
            return;
        }
        let whole = run.ends > 0 || self.here.item.is_some_and(|item| !item.first);
        let subject = run.block.unwrap_or_else(|| self.subject(&run.spans, whole));
        let is_part = self.is_part(subject);
        let subject = match subject {
            // The rest of the point or the answer stays.
            Subject::Point | Subject::Subpoint | Subject::Question | Subject::Answer if is_part => {
                match run.ends {
                    0 => Subject::Sentence,
                    _ => Subject::Paragraph,
                }
            }
            subject => subject,
        };
        let count = match subject {
            Subject::Paragraph => run.ends.max(1),
            Subject::Sentence | Subject::Attachment | Subject::Picture => run.gone.max(run.new),
            _ => 1,
        };
        if let Some(number) = run.moved {
            let from = self.left.get(&number).cloned();
            let is_within = subject == Subject::Attachment && from.is_some() && from == self.here.heading;
            let weight = if is_within { Weight::Form } else { self.weight(subject, &run.spans) };
            let changed = facts(&run.spans);
            self.moved(from, Made::of((weight, subject, Deed::Moved), run.spans, run.at).several(count));
            if let Some(last) = self.changes.last_mut().filter(|_| !changed.is_empty()) {
                last.remark = Some(format!("Samtidigt ändrat: {}", say::facts(&changed)));
                last.facts = changed;
            }
            return;
        }
        let deed = match (run.gone, run.new) {
            (0, _) => Deed::New,
            (_, 0) => Deed::Gone,
            // A name that became another is the same entry.
            _ if matches!(subject, Subject::Signature | Subject::Attachment | Subject::Picture) => {
                Deed::Changed
            }
            _ => Deed::Rewritten,
        };
        let weight = match deed {
            // Facts in what is new are new with it.
            Deed::New | Deed::Gone => self.weight(subject, &[]),
            _ => self.weight(subject, &run.spans),
        };
        let picture =
            (subject == Subject::Picture && deed == Deed::Changed).then(|| is_described(&run.spans));
        self.add(Made::of((weight, subject, deed), run.spans, run.at).several(count));
        if let (Some(is_described), Some(last)) = (picture, self.changes.last_mut()) {
            last.message = match is_described {
                true => last.message.replacen("En bild", "Beskrivningen av en bild", 1),
                false => last.message.replacen("är ändrad", "är utbytt", 1),
            };
        }
    }

    fn moved(&mut self, from: Option<String>, made: Made<'_>) {
        self.add(made);
        let here = self.here.heading.clone();
        if let Some(last) = self.changes.last_mut()
            && let Some(from) = from.filter(|from| Some(from) != here.as_ref() && !from.is_empty())
        {
            last.message = format!("{} från {from}", last.message);
        }
    }

    /// Whether only a part of the point, the question or the answer is another.
    fn is_part(&self, subject: Subject) -> bool {
        match (subject, self.here.item, self.here.within) {
            (Subject::Answer, item, within) => {
                let question = within.or(item).filter(|item| item.subject == Subject::Question);
                question.is_some_and(|question| question.stays.1)
            }
            (_, Some(item), _) => item.stays.0,
            _ => false,
        }
    }

    /// What a sentence, or a run of them, is to its readers.
    fn subject(&self, spans: &[Span], whole: bool) -> Subject {
        let mut words = spans.iter().filter(|span| span.fate != Fate::Same).flat_map(|span| &span.words);
        let pictures =
            words.clone().next().is_some() && words.all(|word| matches!(word.kind, WordKind::Picture { .. }));
        let is_within = |subject| self.here.within.is_some_and(|outer: InItem| outer.subject == subject);
        match (self.here.item, self.here.role) {
            _ if pictures => Subject::Picture,
            _ if self.here.is_subtitle => Subject::Subtitle,
            _ if self.here.is_lines => Subject::Line,
            (Some(InItem { subject: Subject::Question, first: false, .. }), _) => Subject::Answer,
            (Some(InItem { subject, .. }), _) if subject != Subject::Item => subject,
            _ if is_within(Subject::Question) => Subject::Answer,
            (_, Some(Roll::Underskrifter)) => Subject::Signature,
            (None, Some(Roll::Bilagor)) => Subject::Attachment,
            _ if self.here.is_note => Subject::Footnote,
            _ if whole => Subject::Paragraph,
            _ => Subject::Sentence,
        }
    }
}

/// What became of a link, where the words are the same and only that changed.
fn link(spans: &[Span]) -> Option<String> {
    let words = |fate: Fate| {
        let spans = spans.iter().filter(move |span| span.fate == fate && !span.form);
        spans.flat_map(|span| &span.words).collect::<Vec<_>>()
    };
    let (gone, new) = (words(Fate::Gone), words(Fate::New));
    let same = gone.len() == new.len() && gone.iter().zip(&new).all(|(one, other)| one.text == other.text);
    let leads = |words: &[&Word]| words.iter().find_map(|word| Some(word.look.link.as_ref()?.0.clone()));
    same.then(|| match (leads(&gone), leads(&new)) {
        (Some(old), Some(new)) => format!("leder nu till {new}, förut till {old}"),
        (None, Some(new)) => format!("är ny: {new}"),
        (Some(old), None) => format!("är borttagen: {old}"),
        (None, None) => "är ändrad".into(),
    })
}

/// Whether pictures show what they showed, and only their descriptions are others.
fn is_described(spans: &[Span]) -> bool {
    let shown = |has: fn(Fate) -> bool| {
        let words = spans.iter().filter(|span| has(span.fate)).flat_map(|span| &span.words);
        words
            .map(|word| match &word.kind {
                WordKind::Picture { content: Some(content), .. } => content.to_string(),
                WordKind::Picture { url, .. } => url.clone(),
                _ => word.text.clone(),
            })
            .collect::<Vec<_>>()
    };
    shown(Fate::is_old) == shown(Fate::is_new)
}
