//! What the browser asks, and what it is answered.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::thread;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value as Json, json};

use super::editor;
use super::guard::{Asked, Call, Door, TurnedAway};
use super::http::{self, Request};
use super::studio::{Seat, Studio, Visit};
use super::view::{self, Snapshot};
use crate::batch;
use crate::diagnostic::{Diagnostic, Severity, codes, readable};
use crate::language::swedish::capitalised;
use crate::project::shown;

/// The files of the front end, by their names.
const WEB: &[(&str, &str, &str)] = &[
    ("ikon.svg", "image/svg+xml", include_str!("web/ikon.svg")),
    ("stil.css", "text/css; charset=utf-8", include_str!("web/stil.css")),
    ("arende.js", JAVASCRIPT, include_str!("web/arende.js")),
    ("sidor.js", JAVASCRIPT, include_str!("web/sidor.js")),
    ("anmarkningar.js", JAVASCRIPT, include_str!("web/anmarkningar.js")),
    ("flikar.js", JAVASCRIPT, include_str!("web/flikar.js")),
    ("lista.js", JAVASCRIPT, include_str!("web/lista.js")),
    ("dom.js", JAVASCRIPT, include_str!("web/dom.js")),
];
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";
/// What a page of ours may load: what lies here, and no script or style within it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
                      frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                      require-trusted-types-for 'script'";
/// What a document in a frame may do: be seen. Its own head allows still less.
const FRAMED: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

/// The server.
pub struct Server {
    listener: TcpListener,
    counter: Counter,
}

/// What answers: the door, and what lies behind it.
struct Counter {
    door: Door,
    studio: Arc<Studio>,
}

/// An answer.
struct Answer {
    status: u16,
    kind: &'static str,
    policy: &'static str,
    /// Whether it is the same for ever.
    is_fixed: bool,
    body: Vec<u8>,
}

impl Answer {
    fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, kind, policy: POLICY, is_fixed: false, body: body.into() }
    }

    fn json(value: &Json) -> Self {
        Self::new(JSON, value.to_string())
    }

    fn framed(body: Vec<u8>) -> Self {
        Self { policy: FRAMED, ..Self::new(HTML, body) }
    }

    fn fixed(self) -> Self {
        Self { is_fixed: true, ..self }
    }

    fn failed(status: u16) -> Self {
        let said = match status {
            403 => "Förbjudet",
            400 => "Kan inte läsas",
            405 => "Metoden finns inte",
            413 | 431 => "För långt",
            500 => "Fel i tjut",
            _ => "Finns inte",
        };
        Self { status, ..Self::new(TEXT, said) }
    }

    fn sent(self) -> http::Answer {
        let cache = if self.is_fixed { "private, max-age=3600, immutable" } else { "no-store" };
        let headers = vec![
            ("Content-Type", self.kind),
            ("Content-Security-Policy", self.policy),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cache-Control", cache),
        ];
        http::Answer { status: self.status, headers, body: self.body }
    }
}

impl Server {
    /// A server that answers at this door.
    pub fn new(listener: TcpListener, door: Door, studio: Arc<Studio>) -> Self {
        Self { listener, counter: Counter { door, studio } }
    }

    /// The address of a document's page, or of the list.
    pub fn address(&self, file: Option<&Path>) -> String {
        let address = self.counter.door.address();
        file.map_or_else(|| address.clone(), |file| address_of(&address, file))
    }

    /// Answers until the program is ended.
    ///
    /// # Errors
    /// That nobody can be listened to.
    pub fn run(self) -> io::Result<()> {
        let counter = self.counter;
        // Whoever does not wait for the answer is nobody's trouble.
        http::listen(&self.listener, move |request, stream| drop(counter.serve(request, &stream)))
    }
}

/// The address of a document's page, from that of the list.
pub fn address_of(list: &str, file: &Path) -> String {
    format!("{list}arende?fil={}", utf8_percent_encode(&shown(file), NON_ALPHANUMERIC))
}

impl Counter {
    fn serve(&self, request: Result<Request, u16>, stream: &TcpStream) -> io::Result<()> {
        let answered = request.and_then(|request| {
            let headers = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let call = Call { method: &request.method, target: &request.target, headers: headers.collect() };
            let asked = self.door.look(&call).map_err(TurnedAway::status)?;
            Ok((asked, serde_json::from_slice(&request.body).unwrap_or_default()))
        });
        let answer = match answered {
            Err(status) => Answer::failed(status),
            Ok((asked, _)) if asked.path == "handelser" && !asked.is_action => {
                return self.tell(asked.value("fil"), stream);
            }
            Ok((asked, body)) => {
                batch::caught(|| self.answer(&asked, &body)).unwrap_or_else(|_| Answer::failed(500))
            }
        };
        http::send(stream, &answer.sent())
    }

    fn answer(&self, asked: &Asked, body: &Json) -> Answer {
        let seat = || asked.value("fil").and_then(|name| self.studio.seat(name));
        let path = asked.path.as_str();
        if asked.is_action {
            return seat()
                .and_then(|seat| self.act(path, &seat, body))
                .unwrap_or_else(|| Answer::failed(404));
        }
        let web = WEB.iter().find(|(name, ..)| *name == path);
        let found = match path {
            "" => Some(Answer::new(HTML, include_str!("web/lista.html"))),
            "arende" => Some(Answer::new(HTML, include_str!("web/arende.html"))),
            "lista" => Some(Answer::json(&self.list())),
            "kod" => asked.value("namn").and_then(codes::find).map(|code| Answer::new(TEXT, code.page)),
            _ if web.is_some() => web.map(|(_, kind, text)| Answer::new(kind, *text)),
            _ => seat().and_then(|seat| self.of_document(path, asked, &seat)),
        };
        found.unwrap_or_else(|| Answer::failed(404))
    }

    /// What there is to be seen of a document.
    fn of_document(&self, path: &str, asked: &Asked, seat: &Seat) -> Option<Answer> {
        let view = self.studio.view(seat);
        let shown = view.shown.as_deref();
        Some(match path {
            "vy" => Answer::new(JSON, self.told(&view)),
            "sida.svg" => {
                let words = asked.value("ord");
                let page = shown?.page(asked.value("bild")?, words)?;
                Answer::new("image/svg+xml", page.picture(words.is_some())).fixed()
            }
            "ord" => Answer::json(shown?.words(asked.value("ord")?)?).fixed(),
            "typsnitt" => Answer::new("font/sfnt", shown?.pages.font(asked.value("namn")?)?).fixed(),
            "plats" => {
                let number = |name: &str| asked.value(name)?.parse().ok();
                let place = shown?.places.at(number("blad")?, number("tecken")?)?;
                Answer::json(&view::place(&place))
            }
            "markdown" => Answer::new(TEXT, shown?.document.source.text.as_str()),
            "webb" => Answer::framed(match shown.map(|shown| self.studio.desk().page(shown)) {
                Some(Ok(page)) => page,
                Some(Err(findings)) => message(&findings),
                None => message(&view.findings),
            }),
            "andrat" => Answer::framed(match self.studio.desk().changes(&seat.input) {
                Ok(Some(page)) => page,
                Ok(None) => note("Inget är ändrat sedan senaste incheckningen."),
                Err(findings) => message(&findings),
            }),
            _ => return None,
        })
    }

    /// Does what a button asks.
    fn act(&self, action: &str, seat: &Seat, body: &Json) -> Option<Answer> {
        let view = self.studio.view(seat);
        let done = match action {
            "ratta" => {
                let number = body["nummer"].as_u64().and_then(|number| usize::try_from(number).ok())?;
                let made = self.mends().make(&view, body["granskad"].as_str()?, number);
                made.map(|()| "Rättat.".to_owned())
            }
            "angra" => self.mends().take_back(&view.loaded.real).map(|()| "Ångrat.".to_owned()),
            "bygg" => {
                let (said, is_built) = self.studio.make().build(&seat.input);
                return Some(Answer::json(&json!({ "done": is_built, "said": said })));
            }
            "oppna" => self.open(&view, body).map(|()| "Öppnat i redigeraren.".to_owned()),
            _ => return None,
        };
        Some(Answer::json(&match done {
            Ok(said) => json!({ "done": true, "said": said }),
            Err(finding) => json!({ "done": false, "said": sentence(&finding) }),
        }))
    }

    fn mends(&self) -> std::sync::MutexGuard<'_, super::mends::Mends> {
        self.studio.mends.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A view as the browser is told of it, with what is not the document's own.
    fn told(&self, view: &Snapshot) -> String {
        let more = json!({
            "undo": self.mends().number(&view.loaded.real),
            "editor": self.studio.settings.editor.is_some(),
            "faults": self.studio.faults().iter().map(sentence).collect::<Vec<_>>(),
        });
        let (view, more) = (view.text.trim_end_matches('}'), more.to_string());
        format!("{view},{}", more.trim_start_matches('{'))
    }

    /// Opens the editor at a place in a file that the document is made of.
    fn open(&self, view: &Snapshot, body: &Json) -> Result<(), Diagnostic> {
        let failed = |message: &str, hint: &str| {
            Diagnostic::new(codes::FIL_LASES_INTE, message.to_owned()).hint(hint.to_owned())
        };
        let command = self.studio.settings.editor.as_deref();
        let command = command.ok_or_else(|| {
            failed(
                "ingen redigerare är angiven",
                "Starta förhandsvisningen med --redigerare KOMMANDO, eller ange miljövariabeln TJUT_EDITOR.",
            )
        })?;
        let (Some(file), Some(line), Some(column)) =
            (body["file"].as_str(), body["line"].as_u64(), body["column"].as_u64())
        else {
            return Err(failed("platsen saknas", "Klicka på ett ord."));
        };
        let known = view.loaded.depends_on.iter().map(|dependency| dependency.path.as_path());
        let path = known.chain([view.loaded.path.as_path()]).find(|path| shown(path) == file);
        let path = path.ok_or_else(|| failed("filen hör inte till ärendet", "Öppna den själv."))?;
        let path = self.studio.desk().project().identity(path);
        editor::open(command, &path, line, column).map_err(|_| {
            failed(
                "redigeraren kunde inte startas",
                "Kontrollera --redigerare eller miljövariabeln TJUT_EDITOR.",
            )
        })
    }

    /// The cases of the project, each with its state.
    fn list(&self) -> Json {
        let inputs = self.studio.inputs();
        let desk = self.studio.desk();
        let threads = thread::available_parallelism().unwrap_or(std::num::NonZero::<usize>::MIN);
        let reviewed = desk.project().check(inputs.clone(), &[], threads).unwrap_or_default();
        let built = self.studio.make().built(&inputs, desk.project());
        let cases = inputs.iter().zip(built).map(|(input, built)| {
            let file = shown(&input.path);
            let found = reviewed.iter().find(|case| case.path == file);
            let count = |severity| found.map_or(0, |case| case.count(severity));
            let title = desk.project().load(&input.path).case().map(|case| case.head.titel.text.clone());
            json!({
                "file": file,
                "title": title,
                "errors": count(Severity::Error),
                "warnings": count(Severity::Warning),
                "advice": count(Severity::Advice),
                "pages": built,
            })
        });
        json!({ "cases": cases.collect::<Vec<_>>() })
    }

    /// Tells of changes for as long as somebody listens.
    fn tell(&self, file: Option<&str>, stream: &TcpStream) -> io::Result<()> {
        let seat = match file.map(|name| self.studio.seat(name)) {
            Some(None) => return http::send(stream, &Answer::failed(404).sent()),
            Some(seat) => seat,
            None => None,
        };
        http::begin(stream, &Answer::new("text/event-stream", "").sent())?;
        match seat {
            Some(seat) => {
                let visit = self.studio.enter(&seat);
                self.tell_of_document(&visit, stream)
            }
            None => self.tell_of_list(stream),
        }
    }

    fn tell_of_document(&self, visit: &Visit, stream: &TcpStream) -> io::Result<()> {
        let mut seen = 0;
        loop {
            let view = visit.wait(seen, || http::is_gone(stream))?;
            seen = view.number;
            http::event(stream, &self.told(&view))?;
        }
    }

    fn tell_of_list(&self, stream: &TcpStream) -> io::Result<()> {
        let mut seen = self.studio.pulse();
        loop {
            http::event(stream, &seen.to_string())?;
            seen = self.studio.wait(seen);
            if http::is_gone(stream) {
                return Ok(());
            }
        }
    }
}

fn sentence(finding: &Diagnostic) -> String {
    let hint = finding.hint.as_deref().map(|hint| format!(" {hint}")).unwrap_or_default();
    format!("{}.{hint}", capitalised(&finding.message))
}

/// A page that says why there is none.
fn message(findings: &[Diagnostic]) -> Vec<u8> {
    let errors = findings.iter().filter(|finding| finding.is_error());
    note(&errors.map(sentence).collect::<Vec<_>>().join("\n"))
}

fn note(text: &str) -> Vec<u8> {
    let paragraphs: String =
        text.lines().map(|line| format!("<p>{}</p>\n", escaped(&readable(line)))).collect();
    let style = "body { font-family: sans-serif; margin: 2rem; } :root { color-scheme: light dark; }";
    format!(
        "<!DOCTYPE html>\n<html lang=\"sv\">\n<head><meta charset=\"utf-8\"><title>tjut</title>\
         <style>{style}</style></head>\n<body><main>\n{paragraphs}</main></body>\n</html>\n"
    )
    .into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
