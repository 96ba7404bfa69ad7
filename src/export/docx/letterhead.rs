//! The letterhead as text of page 1, which every reader reads: what comes first is read first.

use super::body::Body;
use super::sheet::Cell;
use super::tracked::Mark;
use super::xml::Xml;
use crate::export::letterhead::{Letterhead, link_of};
use crate::library::Templates;

/// A line of the letterhead: text, and after it a way to reach somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    contact: String,
}

impl Line {
    fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn contact(label: &str, contact: &str) -> Self {
        Self { text: label.to_owned(), contact: contact.to_owned() }
    }

    /// As many letters as it has.
    pub fn letters(&self) -> usize {
        self.text.chars().count() + self.contact.chars().count()
    }
}

/// The lines of its parts: sender, kind of document, handläggare, recipient, address.
pub fn lines(letterhead: &Letterhead) -> [Vec<Line>; 5] {
    let mut kind: Vec<Line> = letterhead.kind.iter().map(Line::text).collect();
    kind.push(Line::text(numbered(letterhead, "")));
    kind.extend(letterhead.reference.map(|said| Line::text(format!("Er beteckning: {said}"))));
    kind.push(Line::text("1 (1)"));
    kind.push(Line::text(dated(letterhead)));
    if letterhead.draft {
        kind.push(Line::text("UTKAST"));
    }
    let mut officers = Vec::new();
    for (at, officer) in letterhead.officers.iter().enumerate() {
        // A line parts one from the next.
        officers.push(Line::text(if at == 0 { "Handläggare" } else { "" }));
        officers.push(Line::text(officer.name));
        officers.extend(officer.title.map(Line::text));
        officers.extend(officer.telephone.map(|number| Line::contact("Telefon: ", number)));
        officers.extend(officer.mail.map(|mail| Line::contact("", mail)));
    }
    let mut recipients = Vec::new();
    for (at, recipient) in letterhead.recipients.iter().enumerate() {
        recipients.push(Line::text(if at == 0 { "Till" } else { "" }));
        recipients.push(Line::text(recipient.board));
        recipients.extend(recipient.meeting.map(Line::text));
    }
    let mut address = Vec::new();
    let several = letterhead.senders.len() > 1;
    for sender in letterhead.senders.iter().filter(|sender| sender.has_address()) {
        address.extend(several.then(|| Line::text(sender.authority)));
        address.extend(sender.address.iter().map(|line| Line::text(*line)));
        address.extend(sender.telephone.map(|number| Line::contact("Telefon: ", number)));
        address.extend(sender.fax.map(|number| Line::text(format!("Fax: {number}"))));
        address.extend([sender.mail, sender.web].into_iter().flatten().map(|way| Line::contact("", way)));
    }
    let mut authority = Vec::new();
    for (at, sender) in letterhead.senders.iter().enumerate() {
        authority.extend((at > 0).then(Line::default));
        authority.push(Line::text(sender.authority));
        authority.extend([sender.office, sender.department].into_iter().flatten().map(Line::text));
    }
    [authority, kind, officers, recipients, address]
}

/// The diarienummer with the word before it; `usual` is the page's.
fn numbered(letterhead: &Letterhead, usual: &str) -> String {
    format!("{} {}", letterhead.number_label.unwrap_or(usual), letterhead.number).trim().to_owned()
}

/// The date with the word before it, if there is one.
fn dated(letterhead: &Letterhead) -> String {
    format!("{} {}", letterhead.date_label.unwrap_or_default(), letterhead.date).trim().to_owned()
}

/// Writes the letterhead in front of the text.
/// What was changed from an `old` one is marked.
pub fn write(letterhead: &Letterhead, old: Option<&Letterhead>, templates: &Templates, body: &mut Body) {
    if let Some((file, alt)) = letterhead.mark
        && let Some(bytes) = templates.file(file)
    {
        body.mark(file, bytes, alt);
    }
    let now = lines(letterhead);
    let was = old.map_or_else(|| now.clone(), lines);
    if let Some(line) = letterhead.heading_line {
        let was = old.and_then(|old| old.heading_line).unwrap_or(line);
        let draft = letterhead.draft.then_some("UTKAST");
        let [was, now] = [was, line]
            .map(|line| [Some(line), draft].into_iter().flatten().map(Line::text).collect::<Vec<_>>());
        return frame(body, Cell::Sender, (&was, &now), 0);
    }
    frame(body, Cell::Sender, (&was[0], &now[0]), 1);
    kind_of(body, letterhead, old);
    frame(body, Cell::Officers, (&was[2], &now[2]), 1);
    frame(body, Cell::Recipient, (&was[3], &now[3]), 1);
    frame(body, Cell::Address, (&was[4], &now[4]), 0);
}

/// A paragraph with a line for each text, the first `strong` of which are strong; lines of before that are others
/// stand with those that take their place.
fn frame(body: &mut Body, cell: Cell, (was, now): (&[Line], &[Line]), strong: usize) {
    if was.is_empty() && now.is_empty() {
        return;
    }
    body.small_print(cell, |body, out| {
        for at in 0..was.len().max(now.len()) {
            if at > 0 {
                body.set_mark(match (was.get(at), now.get(at)) {
                    (None, _) => Some(Mark::New),
                    (_, None) => Some(Mark::Gone),
                    _ => None,
                });
                body.line_break(out);
                body.set_mark(None);
            }
            replaced(body, (was.get(at), now.get(at)), at < strong, out);
        }
    });
}

/// A text that takes another's place, both marked; the same text is not.
fn replaced(body: &mut Body, (was, now): (Option<&Line>, Option<&Line>), strong: bool, out: &mut Xml) {
    let marks =
        if was == now { vec![(now, None)] } else { vec![(was, Some(Mark::Gone)), (now, Some(Mark::New))] };
    for (text, mark) in marks {
        body.set_mark(mark);
        let Some(line) = text else { continue };
        body.run(&line.text, strong, out);
        match link_of(&line.contact) {
            Some(target) => body.link(target, &line.contact, out),
            None => body.run(&line.contact, strong, out),
        }
    }
    body.set_mark(None);
}

fn kind_of(body: &mut Body, letterhead: &Letterhead, old: Option<&Letterhead>) {
    let (dnr, page) = (body.sheet().dnr.clone(), body.sheet().page.clone());
    let old = old.unwrap_or(letterhead);
    let numbers = [old, letterhead].map(|head| Line::text(numbered(head, &dnr)));
    let references =
        [old, letterhead].map(|head| head.reference.map(|said| Line::text(format!("Er beteckning: {said}"))));
    let dates = [old, letterhead].map(|head| Line::text(dated(head)));
    body.small_print(Cell::Kind, |body, out| {
        if let Some(kind) = &letterhead.kind {
            // What is written in capitals on paper is so here.
            let kind = if dnr == dnr.to_uppercase() { kind.to_uppercase() } else { kind.clone() };
            body.run(&kind, dnr != dnr.to_uppercase(), out);
            body.line_break(out);
        }
        replaced(body, (Some(&numbers[0]), Some(&numbers[1])), false, out);
        body.line_break(out);
        if references.iter().any(Option::is_some) {
            replaced(body, (references[0].as_ref(), references[1].as_ref()), false, out);
            body.line_break(out);
        }
        body.run(&format!("{page} "), false, out);
        pages(out, "1", "1");
        body.line_break(out);
        replaced(body, (Some(&dates[0]), Some(&dates[1])), false, out);
        if letterhead.draft {
            body.line_break(out);
            body.run("UTKAST", true, out);
        }
    });
}

impl Body<'_> {
    /// The running header of all pages but the first.
    pub fn header(&mut self, letterhead: &Letterhead, old: Option<&Letterhead>) -> Vec<u8> {
        let (dnr, page) = (self.sheet().dnr.clone(), self.sheet().page.clone());
        let numbers = [old.unwrap_or(letterhead), letterhead].map(|head| Line::text(numbered(head, &dnr)));
        let mut xml = Xml::part();
        super::open_root("w:hdr", &mut xml);
        self.paragraph(&["header"], None, &mut xml, |body, xml| {
            replaced(body, (Some(&numbers[0]), Some(&numbers[1])), false, xml);
            body.line_break(xml);
            body.run(&format!("{page} "), false, xml);
            pages(xml, "2", "2");
            if letterhead.draft {
                body.line_break(xml);
                body.run("UTKAST", false, xml);
            }
        });
        xml.close("w:hdr");
        xml.finish()
    }
}

/// `2 (4)`, counted by Word.
pub fn pages(out: &mut Xml, here: &str, all: &str) {
    field(out, "PAGE", here);
    out.raw(b"<w:r><w:t xml:space=\"preserve\"> (</w:t></w:r>");
    field(out, "NUMPAGES", all);
    out.raw(b"<w:r><w:t>)</w:t></w:r>");
}

/// A field: what Word works out, and what stands there until it has.
pub fn field(out: &mut Xml, code: &str, shown: &str) {
    // Word works fields out when it opens the document, also those of the text.
    out.open("w:fldSimple", &[("w:instr", &format!(" {code} ")), ("w:dirty", "true")]);
    out.open("w:r", &[]);
    out.element("w:t", &[], shown);
    out.close("w:r");
    out.close("w:fldSimple");
}
