//! The letterhead as text of page 1, which every reader reads: what comes first is read first.

use super::body::Body;
use super::sheet::{Cell, Sheet};
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

/// A letterhead, and the page whose words it has.
#[derive(Clone, Copy)]
pub struct Headed<'a> {
    /// What it says.
    pub letterhead: &'a Letterhead<'a>,
    /// The page.
    pub sheet: &'a Sheet,
}

/// A row of the letterhead, or of the running header.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    Line {
        line: Line,
        strong: bool,
    },
    /// The number of the page, after the word for it.
    Page {
        word: String,
        number: &'static str,
    },
}

impl Row {
    fn of(line: Line, strong: bool) -> Self {
        Self::Line { line, strong }
    }

    fn text(text: impl Into<String>) -> Self {
        Self::of(Line::text(text), false)
    }
}

/// Rows that each have their place, whether they are there or not.
type Rows = Vec<Option<Row>>;

/// Writes the letterhead in front of the text.
/// What was changed from an old one is marked.
pub fn write(now: Headed, was: Option<Headed>, templates: &Templates, body: &mut Body) {
    let was = was.unwrap_or(now);
    let marks = [was.letterhead.mark, now.letterhead.mark];
    let both = [(marks[0], Some(Mark::Gone)), (marks[1], Some(Mark::New))];
    let shown = if marks[0] == marks[1] { vec![(marks[1], None)] } else { both.to_vec() };
    for (picture, mark) in shown {
        if let Some((file, alt)) = picture
            && let Some(bytes) = templates.file(file)
        {
            body.set_mark(mark);
            body.mark(file, bytes, alt);
            body.set_mark(None);
        }
    }
    for ((cell, was), (_, now)) in cells(was).into_iter().zip(cells(now)) {
        let is_there = |rows: &Rows| rows.iter().any(Option::is_some);
        body.set_mark(match (is_there(&was), is_there(&now)) {
            (false, false) => continue,
            (true, true) => None,
            (false, true) => Some(Mark::New),
            (true, false) => Some(Mark::Gone),
        });
        body.small_print(cell, |body, out| rows(body, (&was, &now), out));
        body.set_mark(None);
    }
}

/// The rows of each part of a letterhead, in the order in which they are read.
fn cells(headed: Headed) -> [(Cell, Rows); 5] {
    let Headed { letterhead, .. } = headed;
    let [sender, _, officers, recipients, address] = lines(letterhead);
    let rows = |lines: Vec<Line>, strong: usize| -> Rows {
        lines.into_iter().enumerate().map(|(at, line)| Some(Row::of(line, at < strong))).collect()
    };
    let parts = match letterhead.heading_line {
        Some(line) => [vec![Some(Row::text(line)), draft(letterhead, false)], vec![], vec![], vec![], vec![]],
        None => [rows(sender, 1), kind(headed), rows(officers, 1), rows(recipients, 1), rows(address, 0)],
    };
    let [sender, kind, officers, recipients, address] = parts;
    [
        (Cell::Sender, sender),
        (Cell::Kind, kind),
        (Cell::Officers, officers),
        (Cell::Recipient, recipients),
        (Cell::Address, address),
    ]
}

/// What the document is: its kind, its number, its page and its date.
fn kind(Headed { letterhead, sheet }: Headed) -> Rows {
    // What is written in capitals on paper is so here.
    let in_capitals = sheet.dnr == sheet.dnr.to_uppercase();
    let kind = letterhead.kind.as_ref().map(|kind| match in_capitals {
        true => Row::text(kind.to_uppercase()),
        false => Row::of(Line::text(kind), true),
    });
    vec![
        kind,
        Some(Row::text(numbered(letterhead, &sheet.dnr))),
        letterhead.reference.map(|said| Row::text(format!("Er beteckning: {said}"))),
        Some(Row::Page { word: sheet.page.clone(), number: "1" }),
        Some(Row::text(dated(letterhead))),
        draft(letterhead, true),
    ]
}

fn draft(letterhead: &Letterhead, strong: bool) -> Option<Row> {
    letterhead.draft.then(|| Row::of(Line::text("UTKAST"), strong))
}

/// Rows, a line each; those of before that are others stand with those that take their place.
fn rows(body: &mut Body, (was, now): (&Rows, &Rows), out: &mut Xml) {
    let mut begun = [false; 2];
    for at in 0..was.len().max(now.len()) {
        let pair = [was, now].map(|rows| rows.get(at).and_then(Option::as_ref));
        let breaks = [0, 1].map(|side| pair[side].is_some() && begun[side]);
        if breaks[0] || breaks[1] {
            let only = if breaks[1] { Mark::New } else { Mark::Gone };
            body.set_mark(Some(only).filter(|_| breaks[0] != breaks[1]));
            body.line_break(out);
        }
        for side in 0..2 {
            begun[side] |= pair[side].is_some();
        }
        replaced(body, pair, out);
    }
}

/// A row that takes another's place, both marked; the same row is not.
fn replaced(body: &mut Body, [was, now]: [Option<&Row>; 2], out: &mut Xml) {
    // The page's number is the same, whatever it is called.
    if let (Some(Row::Page { word: before, number }), Some(Row::Page { word, .. })) = (was, now) {
        let [before, word] = [before, word].map(|word| Row::text(format!("{word} ")));
        replaced(body, [Some(&before), Some(&word)], out);
        return pages(body, number, out);
    }
    let marks =
        if was == now { vec![(now, None)] } else { vec![(was, Some(Mark::Gone)), (now, Some(Mark::New))] };
    for (row, mark) in marks {
        body.set_mark(mark);
        match row {
            Some(Row::Line { line, strong }) => {
                body.run(&line.text, *strong, out);
                match link_of(&line.contact) {
                    Some(target) => body.link(target, &line.contact, out),
                    None => body.run(&line.contact, *strong, out),
                }
            }
            Some(Row::Page { word, number }) => {
                body.run(&format!("{word} "), false, out);
                pages(body, number, out);
            }
            None => {}
        }
    }
    body.set_mark(None);
}

impl Body<'_> {
    /// The running header of all pages but the first.
    pub fn header(&mut self, now: Headed, was: Option<Headed>) -> Vec<u8> {
        let running = |Headed { letterhead, sheet }: Headed| {
            let number = Row::text(numbered(letterhead, &sheet.dnr));
            let page = Row::Page { word: sheet.page.clone(), number: "2" };
            vec![Some(number), Some(page), draft(letterhead, false)]
        };
        let mut xml = Xml::part();
        super::open_root("w:hdr", &mut xml);
        self.paragraph(&["header"], None, &mut xml, |body, xml| {
            rows(body, (&running(was.unwrap_or(now)), &running(now)), xml);
        });
        xml.close("w:hdr");
        xml.finish()
    }
}

/// `2 (4)`, counted by Word.
fn pages(body: &mut Body, number: &str, out: &mut Xml) {
    field(body, "PAGE", number, out);
    body.run(" (", false, out);
    field(body, "NUMPAGES", number, out);
    body.run(")", false, out);
}

/// A field: what Word works out, and what stands there until it has.
fn field(body: &mut Body, code: &str, shown: &str, out: &mut Xml) {
    let code = format!(" {code} ");
    if body.is_marked() {
        return body.marked_field(&code, shown, false, out);
    }
    // Word works fields out when it opens the document, also those of the text.
    out.open("w:fldSimple", &[("w:instr", &code), ("w:dirty", "true")]);
    out.open("w:r", &[]);
    out.element("w:t", &[], shown);
    out.close("w:r");
    out.close("w:fldSimple");
}
