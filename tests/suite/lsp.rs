//! A folder of `tests/lsp/` is a session of an editor's: `session` is what the editor does, line by line, in a copy of
//! the folder, and `transcript` is what it hears. How the lines are written: `tests/README.md`.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use lsp_server::{Message, Notification, Request, Response};
use serde_json::{Value as Json, json};

use super::cli::{CASE, folder};
use super::expect::{all, entries, file, root};

/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// How wide a line of a transcript is before it is broken.
const WIDTH: usize = 110;

#[test]
fn each_session_is_heard_as_expected() {
    let sessions = entries(&root().join("tests/lsp"));
    assert!(sessions.len() >= 5);
    all(sessions.iter().map(|session| {
        let copy = folder();
        copy_below(session, copy.path());
        let lines = fs::read_to_string(session.join("session")).expect("the session");
        file(&session.join("transcript"), &played(&lines, copy.path()))
    }));
}

/// What an editor hears.
fn played(lines: &str, folder: &Path) -> String {
    let mut lines = lines.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).peekable();
    let said = lines.next_if(|line| line.starts_with("client "));
    let capabilities = said.map_or_else(able, |line| serde_json::from_str(&line[7..]).expect("JSON"));
    let mut editor = Editor::start(folder, capabilities);
    let mut heard = String::new();
    for line in lines {
        let step = Step::of(line);
        if let Some(answer) = editor.play(&step) {
            heard.push_str(&format!("> {line}\n{}\n\n", editor.shown(&answer)));
        }
    }
    editor.leave();
    heard
}

/// A client that can do everything.
pub fn able() -> Json {
    json!({
        "workspace": { "workspaceEdit": { "documentChanges": true } },
        "window": { "showDocument": { "support": true } },
        "textDocument": {
            "completion": { "completionItem": { "snippetSupport": true } },
            "hover": { "contentFormat": ["markdown"] },
            "codeAction": { "resolveSupport": { "properties": ["edit"] }, "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
            "definition": { "linkSupport": true },
        },
    })
}

/// A line of a session: a verb or a method, a file, and what else it says.
struct Step<'a> {
    verb: &'a str,
    file: &'a str,
    words: Vec<Json>,
}

impl<'a> Step<'a> {
    fn of(line: &'a str) -> Self {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (file, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let words = serde_json::Deserializer::from_str(rest).into_iter().map(|word| word.expect(rest));
        Self { verb, file, words: words.collect() }
    }

    fn text(&self, at: usize) -> &str {
        self.words.get(at).and_then(Json::as_str).unwrap_or_default()
    }
}

/// An editor with a server.
pub struct Editor {
    server: Child,
    input: BufWriter<ChildStdin>,
    heard: Receiver<Message>,
    folder: PathBuf,
    /// The open texts, with their versions.
    texts: BTreeMap<String, (i32, String)>,
    /// What was published and not yet looked at.
    published: VecDeque<Json>,
    /// What the server asked for and was not yet looked at.
    asked: VecDeque<Request>,
    encoding: String,
    requests: i32,
}

impl Editor {
    /// Starts a server in a folder, for a client that can do this.
    pub fn start(folder: &Path, capabilities: Json) -> Self {
        let folder = folder.canonicalize().expect("there");
        let mut server = Command::new(env!("CARGO_BIN_EXE_tjut"))
            .arg("lsp")
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("tjut starts");
        let input = BufWriter::new(server.stdin.take().expect("a pipe"));
        let mut output = BufReader::new(server.stdout.take().expect("a pipe"));
        let (send, heard) = mpsc::channel();
        thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut output) {
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        let mut editor = Self {
            server,
            input,
            heard,
            folder,
            texts: BTreeMap::new(),
            published: VecDeque::new(),
            asked: VecDeque::new(),
            encoding: String::new(),
            requests: 0,
        };
        let answer = editor
            .ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": capabilities }));
        editor.encoding =
            answer["capabilities"]["positionEncoding"].as_str().expect("an encoding").to_owned();
        editor.say("initialized", json!({}));
        editor
    }

    /// The server's process.
    pub fn process(&self) -> u32 {
        self.server.id()
    }

    fn play(&mut self, step: &Step) -> Option<Json> {
        let path = self.folder.join(step.file);
        match step.verb {
            "open" => self.open(step.file, &fs::read_to_string(path).expect("readable")),
            "change" => self.change(step.file, step.text(0), step.text(1)),
            "type" => step
                .text(1)
                .chars()
                .fold(step.text(0).to_owned(), |before, letter| {
                    let after = before.replace('¦', &format!("{letter}¦"));
                    self.change(step.file, &before.replace('¦', ""), &after.replace('¦', ""));
                    after
                })
                .clear(),
            "write" => {
                fs::write(&path, step.text(0)).expect("written");
                self.touched(step.file);
            }
            "close" => {
                self.texts.remove(step.file);
                self.say("textDocument/didClose", json!({ "textDocument": { "uri": self.uri(step.file) } }));
            }
            "findings" => return Some(self.findings(step.file)),
            "asked" => return Some(self.was_asked(step.file)),
            method => return Some(self.request(method, step)),
        }
        None
    }

    /// Opens a file with a text.
    pub fn open(&mut self, name: &str, text: &str) {
        self.texts.insert(name.to_owned(), (1, text.to_owned()));
        let uri = self.uri(name);
        self.say(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": "yaml", "version": 1, "text": text } }),
        );
    }

    /// Replaces the one place where a text says this, and sends only that.
    pub fn change(&mut self, name: &str, old: &str, new: &str) {
        let (version, text) = self.texts.get(name).cloned().expect("an open file");
        assert_eq!(text.matches(old).count(), 1, "{old}");
        let start = text.find(old).expect("there");
        let range =
            json!({ "start": self.position(&text, start), "end": self.position(&text, start + old.len()) });
        let after = text.replacen(old, new, 1);
        self.texts.insert(name.to_owned(), (version + 1, after));
        let uri = self.uri(name);
        self.say(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri, "version": version + 1 },
                "contentChanges": [{ "range": range, "text": new }],
            }),
        );
    }

    /// Says that somebody else wrote a file.
    pub fn touched(&mut self, name: &str) {
        let uri = self.uri(name);
        self.say("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 2 }] }));
    }

    /// What is published of a file as it stands now.
    pub fn findings(&mut self, name: &str) -> Json {
        let uri = self.uri(name);
        let version = self.texts.get(name).map(|(version, _)| *version);
        let is_it =
            |params: &Json| params["uri"] == uri && params["version"].as_i64() == version.map(i64::from);
        self.until(|editor| {
            let at = editor.published.iter().position(is_it)?;
            editor.published.drain(..=at).next_back()
        })
    }

    fn was_asked(&mut self, method: &str) -> Json {
        self.until(|editor| {
            let at = editor.asked.iter().position(|request| request.method == method)?;
            editor.asked.drain(..=at).next_back().map(|request| request.params)
        })
    }

    /// Asks about a file, at the bar in a text or from one bar to the other; again until the answer says
    /// something, where the step wants that.
    fn request(&mut self, method: &str, step: &Step) -> Json {
        let uri = self.uri(step.file);
        let mut params = json!({ "textDocument": { "uri": uri } });
        let mut until = None;
        for word in &step.words {
            match word {
                Json::String(marked) => self.place(step.file, marked, &mut params),
                Json::Object(more) => {
                    for (key, value) in more {
                        match key.as_str() {
                            "until" => until = value.as_str().map(str::to_owned),
                            _ => params[key] = value.clone(),
                        }
                    }
                }
                _ => panic!("neither a text nor an object: {word}"),
            }
        }
        if method == "codeAction/resolve" || method == "workspace/executeCommand" {
            params = self.resolved(&params, step);
        }
        let begun = Instant::now();
        loop {
            let answer = self.ask(method, params.clone());
            if until.as_ref().is_none_or(|until| answer.to_string().contains(until))
                || begun.elapsed() > PATIENCE
            {
                return answer;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn place(&self, name: &str, marked: &str, params: &mut Json) {
        let text = self.texts.get(name).map(|(_, text)| text.as_str()).expect("an open file");
        let bare = marked.replace('¦', "");
        assert_eq!(text.matches(&bare).count(), 1, "{marked}");
        let start = text.find(&bare).expect("there");
        let mut bars = marked.match_indices('¦').map(|(at, _)| at);
        let from = start + bars.next().expect("a bar");
        params["position"] = self.position(text, from);
        let to = bars.next().map_or(from, |at| start + at - '¦'.len_utf8());
        params["range"] = json!({ "start": self.position(text, from), "end": self.position(text, to) });
        params["context"] = json!({ "diagnostics": [], "triggerKind": 1 });
    }

    /// The action with this title, to be resolved, or the command that it carries.
    fn resolved(&mut self, params: &Json, step: &Step) -> Json {
        let actions = self.ask("textDocument/codeAction", params.clone());
        let title = params["title"].as_str().expect("a title");
        let mut actions = actions.as_array().expect("actions").iter();
        let action =
            actions.find(|action| action["title"].as_str().is_some_and(|said| said.starts_with(title)));
        let action = action.unwrap_or_else(|| panic!("no action is called {title}")).clone();
        if step.verb == "codeAction/resolve" { action } else { action["command"].clone() }
    }

    /// Asks, and gives the answer; an error is one.
    pub fn ask(&mut self, method: &str, params: Json) -> Json {
        self.requests += 1;
        let id = self.requests;
        self.send(Request { id: id.into(), method: method.into(), params }.into());
        loop {
            if let Message::Response(response) = self.next() {
                assert_eq!(response.id, id.into(), "answers come in order");
                return match response.response_result {
                    Ok(result) => result,
                    Err(error) => json!({ "error": error.message }),
                };
            }
        }
    }

    fn say(&mut self, method: &str, params: Json) {
        self.send(Notification { method: method.into(), params }.into());
    }

    fn send(&mut self, message: Message) {
        message.write(&mut self.input).expect("the server listens");
    }

    fn until<T>(&mut self, mut found: impl FnMut(&mut Self) -> Option<T>) -> T {
        loop {
            if let Some(found) = found(self) {
                return found;
            }
            self.next();
        }
    }

    /// The next message; what the server says or asks by itself is put aside.
    fn next(&mut self) -> Message {
        let message = self.heard.recv_timeout(PATIENCE).expect("the server answers");
        match &message {
            Message::Notification(notification)
                if notification.method == "textDocument/publishDiagnostics" =>
            {
                self.published.push_back(notification.params.clone());
            }
            Message::Request(request) => {
                self.asked.push_back(request.clone());
                self.send(Response { id: request.id.clone(), response_result: Ok(Json::Null) }.into());
            }
            _ => {}
        }
        message
    }

    /// Leaves, as the protocol wants.
    pub fn leave(mut self) {
        self.ask("shutdown", Json::Null);
        self.say("exit", Json::Null);
        drop(self.input);
        assert!(self.server.wait().expect("it ends").success());
    }

    fn uri(&self, name: &str) -> Json {
        format!("file://{}", self.folder.join(name).display()).into()
    }

    fn position(&self, text: &str, offset: usize) -> Json {
        let before = &text[..offset];
        let line = before.rsplit('\n').next().expect("a line");
        let column = match self.encoding.as_str() {
            "utf-8" => line.len(),
            "utf-32" => line.chars().count(),
            _ => line.encode_utf16().count(),
        };
        json!({ "line": before.matches('\n').count(), "character": column })
    }

    /// An answer as a transcript shows it, with the folder and the pages' under other names.
    fn shown(&self, answer: &Json) -> String {
        let mut text = String::new();
        write(&brief(answer), 0, &mut text);
        let text = text.replace(&format!("file://{}", self.folder.display()), "file:///projekt");
        let mut parts = text.split("file:///tmp/tjut-koder-");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| format!("{text}file:///koder{}", &part[part.find('/').unwrap_or(0)..]))
    }
}

/// Places written `line:column`, and stretches `line:column–line:column`, counted from 0 as the protocol does.
fn brief(value: &Json) -> Json {
    match value {
        Json::Object(map) => match (&map.get("line"), map.get("character"), map.get("start"), map.get("end"))
        {
            (Some(line), Some(column), ..) => format!("{line}:{column}").into(),
            (_, _, Some(start), Some(end)) => {
                let place = |place: &Json| brief(place).as_str().unwrap_or_default().to_owned();
                format!("{}–{}", place(start), place(end)).into()
            }
            _ => Json::Object(map.iter().map(|(key, value)| (key.clone(), brief(value))).collect()),
        },
        Json::Array(items) => items.iter().map(brief).collect(),
        other => other.clone(),
    }
}

/// JSON with a line for everything that fits on one, and texts of several lines as such.
fn write(value: &Json, depth: usize, text: &mut String) {
    let flat = value.to_string();
    let margin = "  ".repeat(depth + 1);
    let has_lines = flat.contains("\\n");
    match value {
        Json::Object(map) if !map.is_empty() && (has_lines || flat.len() + 2 * depth > WIDTH) => {
            text.push_str("{\n");
            for (key, value) in map {
                text.push_str(&format!("{margin}{key}: "));
                write(value, depth + 1, text);
                text.push('\n');
            }
            text.push_str(&format!("{}}}", "  ".repeat(depth)));
        }
        Json::Array(items) if !items.is_empty() && (has_lines || flat.len() + 2 * depth > WIDTH) => {
            text.push_str("[\n");
            for item in items {
                text.push_str(&margin);
                write(item, depth + 1, text);
                text.push('\n');
            }
            text.push_str(&format!("{}]", "  ".repeat(depth)));
        }
        Json::String(words) if words.contains('\n') => {
            for line in words.split('\n') {
                text.push_str(&format!("\n{margin}| {line}"));
            }
        }
        _ => text.push_str(&flat),
    }
}

fn copy_below(from: &Path, to: &Path) {
    for entry in entries(from) {
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            fs::create_dir(&target).expect("made");
            copy_below(&entry, &target);
        } else {
            fs::copy(&entry, &target).expect("copied");
        }
    }
}

/// Settings that are wrong are told of, and the cases are reviewed all the same.
#[test]
fn wrong_settings_do_not_silence_the_editor() {
    let copy = folder();
    fs::write(copy.path().join("tjut.yaml"), "underkänn: varnig\nundanta: cases/arkiv/\n").expect("written");
    let mut editor = Editor::start(copy.path(), able());
    let said = loop {
        match editor.next() {
            Message::Notification(said) if said.method == "window/showMessage" => break said.params,
            _ => {}
        }
    };
    let message = said["message"].as_str().expect("words");
    assert!(message.contains("inställningar") && message.contains("”varnig”"), "{message}");
    editor.open("cases/a.yaml", &CASE.replace("titel:", "titl:"));
    assert_eq!(editor.findings("cases/a.yaml")["diagnostics"][0]["code"], "okänd-nyckel");
    editor.leave();
}

/// Ten thousand keystrokes leave the server as large as some hundred do, and what it says last is right.
#[test]
fn a_day_of_editing_takes_no_more_memory_than_an_hour() {
    const EDITS: usize = 10_000;
    let copy = folder();
    let mut editor = Editor::start(copy.path(), able());
    editor.open("a.yaml", CASE);
    let mut memory = Vec::new();
    let mut said = "En mening.".to_owned();
    for edit in 0..EDITS {
        let next = format!("En mening {edit}.");
        editor.change("a.yaml", &said, &next);
        said = next;
        if edit % 1000 == 999 {
            editor.findings("a.yaml");
            memory.push(resident(editor.process()));
        }
    }
    editor.change("a.yaml", "titel:", "titl:");
    let last = editor.findings("a.yaml");
    let codes: Vec<&str> = last["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|found| found["code"].as_str())
        .collect();
    assert!(codes.contains(&"okänd-nyckel"), "{codes:?}");
    editor.leave();
    // Some megabytes are the allocator's.
    if let (Some(first), Some(last)) = (memory[1], memory[memory.len() - 1]) {
        assert!(last < first + 8_000, "from {first} kB to {last} kB: {memory:?}");
    }
}

/// How many kilobytes a process has in memory, where the system tells.
pub fn resident(process: u32) -> Option<usize> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
