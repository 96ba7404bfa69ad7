//! The letterhead as text of page 1, which every reader reads: what comes first is read first.

use super::body::Body;
use super::sheet::Cell;
use super::xml::Xml;
use crate::export::letterhead::Letterhead;
use crate::library::Templates;

/// The lines of its parts: sender, kind of document, handläggare, recipient, address.
pub fn lines(letterhead: &Letterhead) -> [Vec<String>; 5] {
    let sender = &letterhead.sender;
    let owned = |line: &str| line.to_owned();
    let labelled = |label: &str, value: Option<&str>| value.map(|value| format!("{label}: {value}"));
    let mut kind: Vec<String> = letterhead.kind.iter().cloned().collect();
    kind.push(letterhead.number.to_owned());
    kind.push("1 (1)".into());
    kind.push(letterhead.date.to_owned());
    if letterhead.draft {
        kind.push("UTKAST".into());
    }
    let mut officers = Vec::new();
    for (at, officer) in letterhead.officers.iter().enumerate() {
        // A line parts one from the next.
        officers.push(if at == 0 { "Handläggare".to_owned() } else { String::new() });
        officers.push(officer.name.to_owned());
        officers.extend(labelled("Telefon", officer.telephone));
        officers.extend(officer.mail.map(owned));
    }
    let mut recipient = Vec::new();
    if let Some(board) = letterhead.board {
        recipient.extend(["Till".to_owned(), board.to_owned()]);
        recipient.extend(letterhead.meeting.map(owned));
    }
    let mut address: Vec<String> = sender.address.iter().map(|line| owned(line)).collect();
    address.extend(labelled("Telefon", sender.telephone));
    address.extend(labelled("Fax", sender.fax));
    address.extend(sender.mail.map(owned));
    address.extend(sender.web.map(owned));
    let authority = [sender.authority, sender.department].into_iter().flatten().map(owned).collect();
    [authority, kind, officers, recipient, address]
}

/// Writes the letterhead in front of the text.
pub fn write(letterhead: &Letterhead, templates: &Templates, body: &mut Body) {
    if let Some((file, alt)) = letterhead.mark
        && let Some(bytes) = templates.file(file)
    {
        body.mark(file, bytes, alt);
    }
    let [authority, kind, officers, recipient, address] = lines(letterhead);
    if let Some(line) = letterhead.heading_line {
        let mut lines = vec![line.to_owned()];
        lines.extend(letterhead.draft.then(|| "UTKAST".to_owned()));
        frame(body, Cell::Sender, &lines, 0);
        return;
    }
    frame(body, Cell::Sender, &authority, 1);
    kind_of(body, letterhead, &kind);
    frame(body, Cell::Officers, &officers, 1);
    frame(body, Cell::Recipient, &recipient, 1);
    frame(body, Cell::Address, &address, 0);
}

/// A paragraph with a line for each text, the first `strong` of which are strong.
fn frame(body: &mut Body, cell: Cell, lines: &[String], strong: usize) {
    if lines.is_empty() {
        return;
    }
    body.small_print(cell, |body, out| {
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                out.raw(b"<w:r><w:br/></w:r>");
            }
            body.run(line, at < strong, out);
        }
    });
}

fn kind_of(body: &mut Body, letterhead: &Letterhead, lines: &[String]) {
    let (dnr, page) = (body.sheet().dnr.clone(), body.sheet().page.clone());
    body.small_print(Cell::Kind, |body, out| {
        if let Some(kind) = &letterhead.kind {
            // What is written in capitals on paper is so here.
            let kind = if dnr == dnr.to_uppercase() { kind.to_uppercase() } else { kind.clone() };
            body.run(&kind, dnr != dnr.to_uppercase(), out);
            out.raw(b"<w:r><w:br/></w:r>");
        }
        body.run(&format!("{dnr} {}", letterhead.number), false, out);
        out.raw(b"<w:r><w:br/></w:r>");
        body.run(&format!("{page} "), false, out);
        pages(out, "1", "1");
        for (at, line) in lines.iter().skip(lines.len() - 1 - usize::from(letterhead.draft)).enumerate() {
            out.raw(b"<w:r><w:br/></w:r>");
            body.run(line, at == 1, out);
        }
    });
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
    out.open("w:fldSimple", &[("w:instr", &format!(" {code} "))]);
    out.open("w:r", &[]);
    out.element("w:t", &[], shown);
    out.close("w:r");
    out.close("w:fldSimple");
}
