//! What stands around the text: the page's head, the letterhead, the foot.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::markup::Markup;
use super::{Sibling, address, as_data};
use crate::digest::Digest;
use crate::document::Document;
use crate::export::Format;
use crate::export::headings::Headings;
use crate::export::letterhead::{Letterhead, Sender, link_of};
use crate::library::Templates;
use crate::markdown::{BlockKind, plain};

/// The style sheet among the templates.
const STYLE: &str = "webb/sida.css";

/// The head: title, what may be loaded (nothing), Dublin Core, the forms beside it, the style sheet and the `rules`
/// of this page.
pub fn head(
    document: &Document,
    letterhead: &Letterhead,
    (templates, rules): (&Templates, &str),
    beside: &[Sibling],
    out: &mut Markup,
) {
    let titled = document.title();
    let style = templates.file(STYLE).map(String::from_utf8_lossy).unwrap_or_default();
    // The style sheet is known by the digest of what stands between its tags.
    let style = format!("\n{}\n{rules}", style.trim().replace("\r\n", "\n").replace("</", "<\\/"));
    let known = BASE64.encode(Sha256::digest(style.as_bytes()));
    let policy = format!(
        "default-src 'none'; img-src data:; style-src 'sha256-{known}'; base-uri 'none'; form-action 'none'"
    );
    out.raw("<head>\n<meta charset=\"utf-8\">\n");
    meta(out, "http-equiv", "Content-Security-Policy", &policy);
    meta(out, "name", "viewport", "width=device-width, initial-scale=1");
    meta(out, "name", "color-scheme", "light dark");
    meta(out, "name", "generator", "tjut");
    out.element("title", &[], &title(&titled, letterhead));
    out.line();
    let summary = Headings::of(document, templates).summary(document);
    let description = summary.into_iter().find_map(|block| match &block.kind {
        BlockKind::Paragraph(inlines) => Some(plain(inlines)).filter(|text| !text.is_empty()),
        _ => None,
    });
    let description = description.unwrap_or_default();
    if !description.is_empty() {
        meta(out, "name", "description", &description);
    }
    dublin_core(document, &titled, letterhead, &description, out);
    for file in beside {
        out.open(
            "link",
            &[
                ("rel", "alternate"),
                ("type", file.mime),
                ("href", &address(&file.name)),
                ("title", file.what),
            ],
        );
        out.line();
    }
    out.open("style", &[]);
    out.raw(&style);
    out.raw("</style>\n</head>\n");
}

fn title(titled: &str, letterhead: &Letterhead) -> String {
    let draft = letterhead.draft.then(|| "UTKAST".to_owned());
    let number = Some(&letterhead.number).filter(|number| !number.is_empty());
    let parts = [
        draft,
        Some(titled.to_owned()),
        number.map(|number| format!("Dnr {number}")),
        letterhead.authority(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

fn dublin_core(
    document: &Document,
    title: &str,
    letterhead: &Letterhead,
    description: &str,
    out: &mut Markup,
) {
    out.raw("<link rel=\"schema.DCTERMS\" href=\"http://purl.org/dc/terms/\">\n");
    let source = format!("urn:sha256:{}", Digest::of(document.source.text.as_bytes()));
    let date = letterhead.date.parse::<Date>().is_ok().then_some(letterhead.date);
    let (authority, board) = (letterhead.authority(), letterhead.board());
    let kind = letterhead.kind.as_deref().or(letterhead.heading_line);
    let terms = [
        ("DCTERMS.title", Some(title)),
        ("DCTERMS.identifier", Some(letterhead.number.as_str())),
        ("DCTERMS.date", date),
        ("DCTERMS.creator", authority.as_deref()),
        ("DCTERMS.publisher", authority.as_deref()),
        ("DCTERMS.audience", board.as_deref()),
        ("DCTERMS.type", kind),
        ("DCTERMS.abstract", Some(description)),
        ("DCTERMS.language", Some("sv")),
        ("DCTERMS.format", Some("text/html")),
        ("DCTERMS.source", Some(source.as_str())),
    ];
    for (name, value) in terms {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            meta(out, "name", name, value);
        }
    }
}

fn meta(out: &mut Markup, kind: &'static str, name: &str, content: &str) {
    out.open("meta", &[(kind, name), ("content", content)]);
    out.line();
}

/// The letterhead: who writes, and the facts as pairs of name and value.
pub fn letterhead(letterhead: &Letterhead, templates: &Templates, out: &mut Markup) {
    out.raw("<header class=\"brevhuvud\">\n");
    if let Some((file, alt)) = letterhead.mark
        && let Some(bytes) = templates.file(file)
    {
        out.open("img", &[("class", "marke"), ("src", &as_data(file, bytes)), ("alt", alt)]);
        out.line();
    }
    for sender in &letterhead.senders {
        out.open("p", &[("class", "avsandare")]);
        out.element("strong", &[], sender.authority);
        for below in [sender.office, sender.department].into_iter().flatten() {
            out.raw("<br>");
            out.text(below);
        }
        out.close("p");
        out.line();
    }
    if let Some(line) = letterhead.heading_line {
        out.element("p", &[("class", "rubrikrad")], line);
        out.line();
    }
    if letterhead.draft {
        out.raw("<p class=\"utkast\"><strong>UTKAST</strong></p>\n");
    }
    out.raw("<dl class=\"fakta\">\n");
    if let Some(kind) = &letterhead.kind {
        fact(out, "Handling", |out| out.text(kind));
    }
    // The heading line says it already.
    if letterhead.heading_line.is_none() {
        fact(out, letterhead.number_label.unwrap_or("Dnr"), |out| out.text(&letterhead.number));
    }
    if let Some(reference) = letterhead.reference {
        fact(out, "Er beteckning", |out| out.text(reference));
    }
    if !letterhead.date.is_empty() {
        fact(out, letterhead.date_label.unwrap_or("Datum"), |out| day(letterhead.date, out));
    }
    for officer in &letterhead.officers {
        fact(out, "Handläggare", |out| {
            out.text(officer.name);
            if let Some(title) = officer.title {
                out.raw("<br>");
                out.text(title);
            }
            if let Some(number) = officer.telephone {
                out.raw("<br>Telefon: ");
                contact(number, out);
            }
            if let Some(address) = officer.mail {
                out.raw("<br>");
                contact(address, out);
            }
        });
    }
    for recipient in &letterhead.recipients {
        fact(out, "Till", |out| out.text(recipient.board));
        if let Some(meeting) = recipient.meeting {
            fact(out, "Sammanträde", |out| day(meeting, out));
        }
    }
    out.raw("</dl>\n</header>\n");
}

/// The foot: how to reach the förvaltning, and what the page was made of. A page that is to `publish` names the other
/// files and does not lead to them.
pub fn foot(
    document: &Document,
    letterhead: &Letterhead,
    beside: &[Sibling],
    publish: bool,
    out: &mut Markup,
) {
    out.raw("<footer class=\"sidfot\">\n");
    for sender in letterhead.senders.iter().filter(|sender| sender.has_address()) {
        address_block(sender, out);
    }
    out.raw("<section class=\"harkomst\" aria-labelledby=\"samma-dokument\">\n");
    out.element("h2", &[("id", "samma-dokument")], "Samma dokument");
    out.raw("\n<ul>\n");
    // What the page was made of is named also where it is not at hand.
    if !beside.iter().any(|file| file.what == Format::Md.name()) {
        let digest = Digest::of(document.source.text.as_bytes());
        same_document(out, |out| out.text("Markdown"), &digest);
    }
    for file in beside {
        let label = format!("{} ({})", file.name, file.what);
        let name = |out: &mut Markup| match publish {
            true => out.text(file.what),
            false => out.element("a", &[("href", &address(&file.name))], &label),
        };
        same_document(out, name, &file.digest);
    }
    out.raw("</ul>\n</section>\n");
    out.raw("</footer>\n");
}

fn same_document(out: &mut Markup, name: impl FnOnce(&mut Markup), digest: &Digest) {
    out.open("li", &[]);
    name(out);
    out.raw("<br>SHA-256: ");
    out.element("code", &[], &digest.to_string());
    out.end("li");
}

fn address_block(sender: &Sender, out: &mut Markup) {
    out.raw("<address>\n");
    out.element("strong", &[], sender.authority);
    for line in &sender.address {
        out.raw("<br>");
        out.text(line);
    }
    if let Some(number) = sender.telephone {
        out.raw("<br>Telefon: ");
        contact(number, out);
    }
    if let Some(number) = sender.fax {
        out.raw("<br>Fax: ");
        out.text(number);
    }
    if let Some(address) = sender.mail {
        out.raw("<br>");
        contact(address, out);
    }
    if let Some(web) = sender.web {
        out.raw("<br>");
        contact(web, out);
    }
    out.raw("\n</address>\n");
}

fn fact(out: &mut Markup, name: &str, value: impl FnOnce(&mut Markup)) {
    out.raw("<div>");
    out.element("dt", &[], name);
    out.open("dd", &[]);
    value(out);
    out.raw("</dd></div>\n");
}

/// A day, for machines too where it is one.
fn day(said: &str, out: &mut Markup) {
    match said.parse::<Date>() {
        Ok(_) => out.element("time", &[("datetime", said)], said),
        Err(_) => out.text(said),
    }
}

/// A way to reach somebody, as a link where it is one.
fn contact(said: &str, out: &mut Markup) {
    match link_of(said) {
        Some(target) => out.element("a", &[("href", &target)], said),
        None => out.text(said),
    }
}
