//! What a template may see. Everything is computed here; templates place and loop.
//!
//! Words go in as strings, which Tera escapes; a Markdown text goes in as the token of its slot.

use tera::{Context, Map, Value};

use super::slots::{Slots, words};
use crate::language::swedish;
use crate::library::Templates;
use crate::library::form::{Frageform, Organplats};
use crate::library::profile::Profil;
use crate::library::roll::Roll;
use crate::read::Case;
use crate::read::body::{Bilaga, Content, Fraga, Organbeslut, Part};
use crate::yaml::node::{Key, Origin};
use crate::yaml::values::{Day, Line, Text};

/// The template's view of a case, and the texts that it may place.
pub fn context<'a>(case: &'a Case, templates: &'a Templates, slots: Slots<'a>) -> (Context, Slots<'a>) {
    let profile = templates.profile(&case.sender());
    let view = View { case, profile, slots };
    let mut context = Context::new();
    context.insert_value("titel", view.line(&case.head.titel));
    context.insert_value("underrubrik", view.optional_line(case.head.underrubrik.as_ref()));
    context.insert_value("beslutsmening", view.beslutsmening().into());
    context.insert_value("delar", Value::from(view.parts()));
    (context, view.slots)
}

pub(super) struct View<'a> {
    pub(super) case: &'a Case,
    profile: &'a Profil,
    slots: Slots<'a>,
}

impl<'a> View<'a> {
    fn parts(&self) -> Vec<Value> {
        let mut parts = Vec::new();
        let mut headed = false;
        let mut previous = None;
        let answers_after = self.answers_after();
        for (at, part) in self.case.parts.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| self.case.parts[at].key.name.as_str());
            let after_answers = before.is_some() && before == answers_after;
            if after_answers && matches!(&part.content, Content::Questions(questions) if answered(questions))
            {
                // They were printed with their answers just now.
                continue;
            }
            let heading = self.heading(part);
            headed |= heading.is_some();
            // Two keys beside one another can share a heading: it prints once.
            let repeated = heading.is_some() && heading.as_ref().map(Heading::text) == previous;
            previous = heading.as_ref().map(Heading::text);
            let heading = heading.filter(|_| !repeated);
            let depth = if headed { 3 } else { 2 };
            match &part.content {
                Content::Decisions(decisions) if self.is_organ_in_heading(part) => {
                    parts.extend(self.decisions_with_headings(
                        part,
                        decisions,
                        heading.as_ref().map(Heading::text),
                        depth,
                    ));
                }
                _ => parts.push(self.part(part, heading, depth)),
            }
            if Some(part.key.name.as_str()) == answers_after
                && let Some(answers) = self.answers()
            {
                parts.push(answers);
            }
        }
        parts.extend(self.closing());
        parts
    }

    fn heading(&self, part: &'a Part) -> Option<Heading<'a>> {
        if part.is_own {
            return Some(Heading::Own(&part.key));
        }
        let key = part.key.name.as_str();
        let given = self.case.head.rubriker.get(key).or_else(|| self.profile.rubriker.get(key));
        let known = self.case.kind.key(key);
        let of_several = known.and_then(|known| known.rubrik_vid_flera.as_ref());
        let of_several = of_several.filter(|_| part.content.is_several());
        given.or(of_several).or(known.and_then(|known| known.rubrik.as_ref())).map(Heading::Given)
    }

    fn part(&self, part: &'a Part, heading: Option<Heading<'a>>, depth: u8) -> Value {
        let mut view = Map::new();
        let heading = heading
            .map_or(Value::none(), |heading| self.slots.heading(heading.text(), heading.origin(), &part.key));
        view.insert("rubrik".into(), heading);
        let (slag, key, value) = match &part.content {
            Content::Line(line) => ("namn", "namn", self.line(line)),
            Content::Consultation(instanser) => ("remiss", "remiss", self.consultation(instanser)),
            Content::Preparation(said) => ("borgarrådsberedning", "organ", self.preparation(said, depth)),
            Content::Board(said) => ("kommunstyrelse", "organ", self.board(said, depth)),
            Content::Text(text) | Content::Proposal(text) => ("text", "text", self.text(text, depth)),
            Content::Lines(lines) => {
                ("rader", "rader", lines.iter().map(|line| self.line(line)).collect::<Vec<_>>().into())
            }
            Content::Decisions(decisions) => {
                let groups = decisions.iter().map(|decision| self.decision(decision, true, depth));
                ("beslut", "beslut", groups.collect::<Vec<_>>().into())
            }
            Content::Points(points) => (
                "punkter",
                "punkter",
                points.iter().map(|point| self.text(point, depth)).collect::<Vec<_>>().into(),
            ),
            // Where answers have a place of their own, the questions stand alone here.
            Content::Questions(questions) => {
                let with_answers = self.answers_after().is_none();
                ("fragor", "fragor", self.questions(questions, with_answers).into())
            }
            Content::Signatures(people) => (
                "underskrifter",
                "personer",
                people
                    .iter()
                    .map(|person| Value::from(person.lines().map(|line| self.line(line)).collect::<Vec<_>>()))
                    .collect::<Vec<_>>()
                    .into(),
            ),
            Content::Attachments(bilagor) => (
                "bilagor",
                "bilagor",
                bilagor.iter().map(|Bilaga { titel, .. }| self.line(titel)).collect::<Vec<_>>().into(),
            ),
        };
        let numbered = match &part.content {
            Content::Attachments(bilagor) => bilagor.len() > 1 && self.numbers_attachments(part),
            _ => self.numbered(),
        };
        view.insert("numrerade".into(), numbered.into());
        view.insert("slag".into(), slag.into());
        view.insert("nyckel".into(), words(&part.key.name));
        view.insert("roll".into(), part.role.and_then(Roll::word).map_or(Value::none(), Value::from));
        view.insert(key.into(), value);
        Value::from(view)
    }

    /// Whether several bilagor have numbers: as the profile says, or else the kind.
    fn numbers_attachments(&self, part: &Part) -> bool {
        let kinds = self.case.kind.key(&part.key.name).and_then(|key| key.numreras);
        self.profile.numrerade_bilagor.or(kinds).is_some_and(|said| said.0)
    }

    fn is_organ_in_heading(&self, part: &Part) -> bool {
        let place = self.case.kind.key(&part.key.name).and_then(|key| key.organ);
        place.unwrap_or_default() == Organplats::Rubrik
    }

    /// What an organ decides; with the organ on a line of its own, or without it.
    fn decision(&self, decision: &'a Organbeslut, with_organ: bool, depth: u8) -> Value {
        let organ = decision.organ.as_ref().filter(|_| with_organ);
        let points = decision.punkter.iter().map(|point| self.text(point, depth));
        let clauses = decision.att.iter().map(|clause| self.slots.token_after("att", clause, depth));
        let mut view = Map::new();
        view.insert("organ".into(), self.optional_line(organ));
        let lead = decision.inledning.as_ref();
        view.insert("inledning".into(), lead.map_or(Value::none(), |lead| self.text(lead, depth)));
        view.insert("punkter".into(), points.chain(clauses).collect::<Vec<_>>().into());
        Value::from(view)
    }

    /// The decisions as sections, each with its organ in its heading.
    fn decisions_with_headings(
        &self,
        part: &Part,
        decisions: &'a [Organbeslut],
        heading: Option<&str>,
        depth: u8,
    ) -> Vec<Value> {
        let mut last: Option<String> = None;
        let sections = decisions.iter().map(|decision| {
            let organ = decision.organ.as_ref().map(|organ| (organ, swedish::in_organ(&organ.text)));
            let said = [heading, organ.as_ref().map(|(_, said)| said.as_str())];
            let said = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
            // One after another can go on under the same heading.
            let is_shown = !said.is_empty() && last.as_ref() != Some(&said);
            let shown = match organ {
                _ if !is_shown => Value::none(),
                Some((organ, bent)) => {
                    let words = bent.strip_prefix("i ").unwrap_or(&bent);
                    self.slots.bent(said.strip_suffix(words).unwrap_or_default(), words, organ)
                }
                None => words(&said),
            };
            last = Some(said);
            let mut view = Map::new();
            view.insert("rubrik".into(), shown);
            view.insert("slag".into(), "beslut".into());
            view.insert("nyckel".into(), words(&part.key.name));
            view.insert("roll".into(), part.role.and_then(Roll::word).map_or(Value::none(), Value::from));
            view.insert("numrerade".into(), true.into());
            view.insert("beslut".into(), vec![self.decision(decision, false, depth)].into());
            Value::from(view)
        });
        sections.collect()
    }

    /// The section that answers follow, where the kind has one and the case too.
    fn answers_after(&self) -> Option<&str> {
        let questions = self.case.parts.iter().find(|part| matches!(part.content, Content::Questions(_)))?;
        let after = self.case.kind.key(&questions.key.name)?.svar_efter.as_ref()?.text.as_str();
        self.case.parts.iter().any(|part| part.key.name == after).then_some(after)
    }

    /// The questions once more, each with its answer, where there are answers.
    fn answers(&self) -> Option<Value> {
        let questions = self.case.parts.iter().find_map(|part| match &part.content {
            Content::Questions(questions) => Some(questions).filter(|questions| answered(questions)),
            _ => None,
        })?;
        let mut view = Map::new();
        view.insert("rubrik".into(), Value::none());
        view.insert("slag".into(), "fragor".into());
        view.insert("nyckel".into(), "svar".into());
        view.insert("roll".into(), Value::none());
        view.insert("numrerade".into(), self.numbered().into());
        view.insert("fragor".into(), self.questions(questions, true).into());
        Some(Value::from(view))
    }

    fn questions(&self, questions: &'a [Fraga], with_answers: bool) -> Vec<Value> {
        questions
            .iter()
            .map(|question| {
                let answer = question.svar.as_ref().filter(|_| with_answers);
                let mut view = Map::new();
                view.insert("fraga".into(), self.text(&question.fraga, 3));
                view.insert("svar".into(), answer.map_or(Value::none(), |svar| self.text(svar, 3)));
                Value::from(view)
            })
            .collect()
    }

    fn numbered(&self) -> bool {
        let form = self.case.head.frageform.or(self.profile.frageform).unwrap_or_default();
        form == Frageform::Numrerad
    }

    /// The words of a line.
    pub(super) fn line(&self, line: &Line) -> Value {
        self.slots.line(line)
    }

    /// The words of a line after words of the template's.
    pub(super) fn after(&self, before: &str, line: &Line) -> Value {
        self.slots.after(before, line)
    }

    /// A day in words.
    pub(super) fn day(&self, day: &Day) -> Value {
        match day.date {
            Some(date) => self.slots.bent("", &swedish::day(date), &day.line),
            None => self.line(&day.line),
        }
    }

    /// The words of a line that may be missing.
    pub(super) fn optional_line(&self, line: Option<&Line>) -> Value {
        line.map_or(Value::none(), |line| self.line(line))
    }

    /// A Markdown text whose sub-headings begin at `depth`, whatever level the author began at.
    pub(super) fn text(&self, text: &'a Text, depth: u8) -> Value {
        self.slots.token(text, depth)
    }
}

/// The heading of an entry.
enum Heading<'a> {
    /// The key itself.
    Own(&'a Key),
    /// Said by the case, its profile or its kind.
    Given(&'a Line),
}

impl<'a> Heading<'a> {
    fn text(&self) -> &'a str {
        match self {
            Self::Own(key) => &key.name,
            Self::Given(line) => &line.text,
        }
    }

    fn origin(&self) -> Option<&'a Origin> {
        match self {
            Self::Own(key) => Some(&key.origin),
            Self::Given(line) => line.origin.as_ref(),
        }
    }
}

fn answered(questions: &[Fraga]) -> bool {
    questions.iter().any(|question| question.svar.is_some())
}
