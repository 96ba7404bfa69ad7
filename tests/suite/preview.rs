//! The preview, asked over a plain connection: what it shows, what it refuses, where words stand.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::Value as Json;
use tjut::export::pages::{Pages, is_solid};
use tjut::export::pdf;
use tjut::project::disk::Exclusions;
use tjut::project::{Disk, Project, SearchScope};

use super::cli::{CASE, folder, tjut};
use super::expect::root;
use super::lsp::{Editor, able, resident};

/// A preview that runs until it is dropped.
struct Served {
    child: Child,
    // It would write to nobody.
    _said: BufReader<ChildStdout>,
    port: u16,
    secret: String,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Served {
    fn start(words: &[&str], folder: &Path) -> Self {
        Self::start_in(words, folder, &[])
    }

    /// Starts with more of the surroundings.
    fn start_in(words: &[&str], folder: &Path, variables: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tjut"))
            .args(["preview", "--ingen-webbläsare"])
            .args(words)
            .env_remove("TJUT_EDITOR")
            .envs(variables.iter().copied())
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("tjut starts");
        let mut said = BufReader::new(child.stdout.take().expect("piped"));
        let mut address = String::new();
        said.read_line(&mut address).expect("it tells its address");
        let address = address.trim_end().to_owned();
        let rest = address.strip_prefix("http://127.0.0.1:").expect("the loopback");
        let (port, rest) = rest.split_once('/').expect("a path");
        let secret = rest.split('/').next().expect("a secret").to_owned();
        Self { port: port.parse().expect("a port"), secret, child, _said: said, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        stream
    }

    /// Sends a request as it is; gives the status, the head and the body.
    fn raw(&self, request: &str) -> (u16, String, Vec<u8>) {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).expect("a status").parse().expect("a number");
        (status, head, answer[end + 4..].to_vec())
    }

    fn get(&self, target: &str) -> (u16, Vec<u8>) {
        let (status, _, body) = self
            .raw(&format!("GET /{}/{target} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\n\r\n", self.secret, self.port));
        (status, body)
    }

    fn json(&self, target: &str) -> Json {
        let (status, body) = self.get(target);
        assert_eq!(status, 200, "{target}");
        serde_json::from_slice(&body).expect("JSON")
    }

    fn post(&self, target: &str, body: &str) -> Json {
        let head = format!(
            "POST /{}/{target} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nOrigin: http://127.0.0.1:{}\r\nContent-Type: application/json\r\n",
            self.secret, self.port, self.port
        );
        let (status, _, answer) = self.raw(&format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()));
        assert_eq!(status, 200, "{target} {body}");
        serde_json::from_slice(&answer).expect("JSON")
    }

    /// The views of a document, as they come.
    fn views(&self, file: &str) -> impl Iterator<Item = Json> + use<> {
        let mut stream = self.connect();
        let request = format!(
            "GET /{}/handelser?fil={file} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n",
            self.secret, self.port
        );
        stream.write_all(request.as_bytes()).expect("sent");
        let lines = BufReader::new(stream).lines().map(|line| line.expect("it goes on"));
        lines.filter_map(|line| Some(serde_json::from_str(line.strip_prefix("data: ")?).expect("JSON")))
    }
}

fn texts(found: &Json, key: &str) -> Vec<String> {
    let found = found.as_array().expect("a list").iter();
    found.map(|one| one[key].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_change_replaces_the_pages_that_changed_and_no_others() {
    let folder = folder();
    let path = folder.path().join("a.yaml");
    let long: String = (0..60).map(|at| format!("  Rad {at} om skolmaten.\n\n")).collect();
    let case = format!("{CASE}\n{long}Slutet: Allt är sagt.\n");
    fs::write(&path, &case).expect("written");
    let served = Served::start(&["a.yaml"], folder.path());
    let mut views = served.views("a.yaml");
    let first = views.next().expect("a view");
    assert_eq!(first["state"], "klar", "{first}");
    let before = texts(&first["pages"], "words");
    assert!(before.len() > 2);

    // As editors save: another file that gets the name.
    fs::write(folder.path().join("a.tmp"), case.replace("Allt är sagt", "Inget är sagt")).expect("written");
    fs::rename(folder.path().join("a.tmp"), &path).expect("renamed");
    let second = views.next().expect("a view");
    let after = texts(&second["pages"], "words");
    let changed: Vec<usize> = (0..before.len()).filter(|at| before[*at] != after[*at]).collect();
    assert_eq!(changed, [before.len() - 1]);

    // An error leaves the pages that there were; a place to fill in gives a draft.
    fs::write(&path, case.replace("titel:", "titl:")).expect("written");
    let wrong = views.next().expect("a view");
    assert_eq!((wrong["state"].as_str(), texts(&wrong["pages"], "words")), (Some("fel"), after));
    assert_eq!(wrong["findings"][0]["severity"], "fel", "{wrong}");
    fs::write(&path, case.replace("Ett ärende", "«Fyll i titeln»")).expect("written");
    let draft = views.next().expect("a view");
    assert_eq!(draft["state"], "utkast", "{draft}");

    // It can be taken away, and come back.
    fs::remove_file(&path).expect("removed");
    assert_eq!(views.next().expect("a view")["state"], "fel");
    fs::write(&path, &case).expect("written");
    let back = views.next().expect("a view");
    assert_eq!((back["state"].as_str(), texts(&back["pages"], "words")), (Some("klar"), before));
}

#[test]
fn what_a_document_depends_on_is_followed_though_it_is_not_there_yet() {
    let folder = folder();
    fs::write(folder.path().join("a.yaml"), format!("{CASE}\n  ![En bild](bilder/b.svg)\n"))
        .expect("written");
    let served = Served::start(&["a.yaml"], folder.path());
    let mut views = served.views("a.yaml");
    assert_eq!(views.next().expect("a view")["state"], "fel");
    fs::create_dir(folder.path().join("bilder")).expect("created");
    let picture =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0h9v9z\"/></svg>";
    fs::write(folder.path().join("bilder/b.svg"), picture).expect("written");
    let state = views.map(|view| view["state"].clone()).find(|state| state == "klar");
    assert!(state.is_some());
}

#[test]
fn a_mend_is_written_only_to_what_was_reviewed_and_can_be_taken_back() {
    let folder = folder();
    let path = folder.path().join("a.yaml");
    let case = CASE.replace("En mening.", "En  mening.");
    fs::write(&path, &case).expect("written");
    let served = Served::start(&["a.yaml"], folder.path());
    let mut views = served.views("a.yaml");
    let view = views.next().expect("a view");
    let findings = view["findings"].as_array().expect("a list");
    let number = findings.iter().position(|finding| !finding["replaced"].is_null()).expect("a mend");
    let reviewed = view["reviewed"].as_str().expect("a digest");
    let asked = format!("{{\"granskad\":\"{reviewed}\",\"nummer\":{number}}}");

    let stale = served.post("ratta?fil=a.yaml", &asked.replace(reviewed, "0000"));
    assert_eq!(stale["done"], false);
    assert_eq!(fs::read_to_string(&path).expect("there"), case);

    assert_eq!(served.post("ratta?fil=a.yaml", &asked)["done"], true);
    assert_eq!(fs::read_to_string(&path).expect("there"), CASE);
    let mended = views.next().expect("a view");
    assert_eq!(mended["undo"], 1);
    assert_eq!(served.post("angra?fil=a.yaml", "{}")["done"], true);
    assert_eq!(fs::read_to_string(&path).expect("there"), case);
    assert_eq!(served.post("angra?fil=a.yaml", "{}")["done"], false);

    // Somebody else wrote meanwhile, and the watcher has not told yet: the file decides.
    let view = views.next().expect("a view");
    assert_eq!(view["reviewed"].as_str(), Some(reviewed));
    assert_eq!(served.post("ratta?fil=a.yaml", &asked)["done"], true);
    let other = CASE.replace("En mening.", "Två meningar.");
    fs::write(&path, &other).expect("written");
    assert_eq!(served.post("angra?fil=a.yaml", "{}")["done"], false);
    assert_eq!(fs::read_to_string(&path).expect("there"), other);
}

#[test]
fn buttons_build_and_the_list_tells_of_it() {
    let folder = folder();
    fs::create_dir(folder.path().join("cases")).expect("created");
    fs::write(folder.path().join("cases/a.yaml"), CASE).expect("written");
    fs::write(folder.path().join("cases/b.yaml"), CASE.replace("titel:", "titl:")).expect("written");
    let served = Served::start(&[], folder.path());
    let list = served.json("lista");
    assert_eq!(texts(&list["cases"], "file"), ["cases/a.yaml", "cases/b.yaml"]);
    assert_eq!((&list["cases"][0]["pages"], &list["cases"][0]["errors"]), (&Json::Null, &0.into()));
    assert!(list["cases"][1]["errors"].as_u64() > Some(0));
    let built = served.post("bygg?fil=cases/a.yaml", "{}");
    assert_eq!(built["said"], "Byggde 1 ärende till output/.");
    assert!(folder.path().join("output/a.pdf").exists());
    assert_eq!(served.post("bygg?fil=cases/b.yaml", "{}")["done"], false);
    assert_eq!(served.json("lista")["cases"][0]["pages"], 1);
}

#[test]
fn a_second_start_says_where_the_first_is() {
    let folder = folder();
    fs::write(folder.path().join("a.yaml"), CASE).expect("written");
    let served = Served::start(&["a.yaml"], folder.path());
    let second = tjut(&["visa", "--ingen-webbläsare", "a.yaml"], folder.path());
    assert_eq!((second.status, second.stdout.trim_end()), (0, served.address.as_str()));
    assert_eq!(second.stderr, "Projektet visas redan, på den adressen.\n");
    drop(served);
    let third = Served::start(&["a.yaml"], folder.path());
    assert_ne!(third.address, second.stdout.trim_end());
}

/// What an editor is started with is what was clicked, whatever the file is called.
#[cfg(unix)]
#[test]
fn a_place_opens_in_the_editor() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let name = "mitt {rad} $(ärende) 'a'.yaml";
    fs::write(folder.path().join(name), CASE).expect("written");
    fs::create_dir(folder.path().join("min redigerare")).expect("created");
    let program = folder.path().join("min redigerare/ed");
    let told = folder.path().join("told");
    let script = "#!/bin/sh\nprintf '%s\\n' \"$@\" > told.part\nmv told.part told\n";
    fs::write(&program, script).expect("written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("set");
    let path = folder.path().join(name).canonicalize().expect("there");
    let asked = serde_json::json!({ "file": name, "line": 3, "column": 7 }).to_string();
    let target = format!(
        "oppna?fil={}",
        percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC)
    );
    let command = "\"min redigerare/ed\" -g {fil}:{rad}:{kolumn}";
    let opened = |served: &Served| {
        let answer = served.post(&target, &asked);
        assert_eq!(answer["done"], true, "{answer}");
        let is_told = (0..600).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            told.exists()
        });
        assert!(is_told, "the editor was not started");
        assert_eq!(fs::read_to_string(&told).expect("there"), format!("-g\n{}:3:7\n", path.display()));
        fs::remove_file(&told).expect("removed");
        // A file that is none of the document's is not opened.
        let other = asked.replace("{rad}", "");
        assert_eq!(served.post(&target, &other)["done"], false);
    };
    opened(&Served::start(&["--redigerare", command, name], folder.path()));
    opened(&Served::start(&["--editor", command, name], folder.path()));
    opened(&Served::start_in(&[name], folder.path(), &[("TJUT_EDITOR", command)]));
    let without = Served::start_in(&[name], folder.path(), &[("TJUT_EDITOR", " ")]);
    assert_eq!(without.post(&target, &asked)["done"], false);
}

/// Templates and profiles of one's own are watched: what is new is shown, and what is wrong is said while the
/// pages stay.
#[test]
fn templates_of_ones_own_are_taken_up_when_they_change() {
    let folder = folder();
    let case = CASE.replace("Utbildningsförvaltningen", "Provförvaltningen");
    fs::write(folder.path().join("a.yaml"), case).expect("written");
    fs::create_dir_all(folder.path().join("egna/profiles")).expect("created");
    let profile = folder.path().join("egna/profiles/prov.yaml");
    let says = |address: &str| format!("förvaltning: Provförvaltningen\nadress: [{address}]\n");
    fs::write(&profile, says("Provgatan 1")).expect("written");
    let served = Served::start(&["--mallar", "egna", "a.yaml"], folder.path());
    let mut views = served.views("a.yaml");
    let words = |view: &Json| -> String {
        let layers = texts(&view["pages"], "words");
        let runs = layers.iter().map(|layer| served.json(&format!("ord?fil=a.yaml&ord={layer}")).to_string());
        runs.collect()
    };
    let first = views.next().expect("a view");
    assert!(words(&first).contains("Provgatan 1"), "{first}");
    fs::write(&profile, says("Provgatan 2")).expect("written");
    let second = views.find(|view| words(view).contains("Provgatan 2")).expect("a view");
    assert_eq!(second["faults"], serde_json::json!([]));
    fs::write(&profile, "förvaltning: [\n").expect("written");
    let wrong = views.find(|view| view["faults"] != serde_json::json!([])).expect("a view");
    assert_eq!(texts(&wrong["pages"], "words"), texts(&second["pages"], "words"));
    fs::write(&profile, says("Provgatan 3")).expect("written");
    let mended = views.find(|view| words(view).contains("Provgatan 3")).expect("a view");
    assert_eq!(mended["faults"], serde_json::json!([]));
}

/// An editor's text that is not saved is the editor's: what is mended in the preview is written to the disk only,
/// and what the editor then saves is not taken back.
#[test]
fn the_preview_and_an_editor_do_not_fight_over_a_file() {
    let folder = folder();
    let path = folder.path().join("a.yaml");
    let case = CASE.replace("En mening.", "En  mening.");
    fs::write(&path, &case).expect("written");
    let served = Served::start(&["a.yaml"], folder.path());
    let mut editor = Editor::start(folder.path(), able());
    editor.open("a.yaml", &case);
    editor.change("a.yaml", "En  mening.", "En  mening till.");
    let codes = |found: &Json| texts(&found["diagnostics"], "code");
    assert_eq!(codes(&editor.findings("a.yaml")), ["dubbelt-mellanslag"]);

    // The preview mends what is on the disk, as it was reviewed there.
    let mut views = served.views("a.yaml");
    let view = views.next().expect("a view");
    let findings = view["findings"].as_array().expect("a list");
    let number = findings.iter().position(|found| found["code"] == "dubbelt-mellanslag").expect("found");
    let asked = serde_json::json!({ "granskad": view["reviewed"], "nummer": number }).to_string();
    assert_eq!(served.post("ratta?fil=a.yaml", &asked)["done"], true);
    assert_eq!(fs::read_to_string(&path).expect("there"), CASE);
    editor.touched("a.yaml");
    editor.change("a.yaml", "till.", "till nu.");
    assert_eq!(codes(&editor.findings("a.yaml")), ["dubbelt-mellanslag"]);

    // The editor saves: its text is shown, and the mend that it wrote over is not taken back.
    let saved = case.replace("En  mening.", "En  mening till nu.");
    fs::write(&path, &saved).expect("written");
    assert_eq!(served.post("angra?fil=a.yaml", "{}")["done"], false);
    assert_eq!(served.post("ratta?fil=a.yaml", &asked)["done"], false);
    assert_eq!(fs::read_to_string(&path).expect("there"), saved);
    let digest = view["reviewed"].clone();
    assert!(
        views.any(
            |view| view["reviewed"] != digest && !view["findings"].as_array().expect("a list").is_empty()
        )
    );
    editor.leave();
}

/// Some hundred edits leave the preview as large as some dozen do: `benches/preview --memory` makes ten thousand.
#[test]
fn hours_of_editing_take_no_more_memory_than_minutes() {
    const EDITS: usize = 240;
    let folder = folder();
    let path = folder.path().join("a.yaml");
    fs::write(&path, CASE).expect("written");
    let served = Served::start(&["a.yaml"], folder.path());
    let mut views = served.views("a.yaml");
    views.next().expect("a view");
    let mut memory = Vec::new();
    for edit in 1..=EDITS {
        fs::write(&path, CASE.replace("En mening.", &format!("Mening {edit}."))).expect("written");
        views.next().expect("a view");
        if edit % 60 == 0 {
            memory.push(resident(served.child.id()));
        }
    }
    if let (Some(first), Some(last)) = (memory[1], memory[memory.len() - 1]) {
        assert!(last < first + 8_000, "from {first} kB to {last} kB: {memory:?}");
    }
}

#[test]
fn whoever_does_not_know_the_secret_or_comes_from_elsewhere_reaches_nothing() {
    let folder = folder();
    fs::write(folder.path().join("a.yaml"), CASE).expect("written");
    fs::write(folder.path().join("b.yaml"), "hemlighet: 1\n").expect("written");
    let served = Served::start(&["a.yaml"], folder.path());
    let (secret, own) = (&served.secret, format!("127.0.0.1:{}", served.port));
    let status = |request: &str| {
        let (status, head, body) = served.raw(request);
        let body = String::from_utf8_lossy(&body).into_owned();
        assert!(!body.contains("mall:") && !body.contains("hemlighet"), "{request}: {body}");
        assert!(!head.to_lowercase().contains("access-control"), "{head}");
        status
    };
    // A name that leads here, another address, none, two.
    for host in ["Host: ond.example\r\n", "Host: localhost\r\n", "", "Host: ond.example\r\nHost: OWN\r\n"] {
        let host = host.replace("OWN", &own);
        assert_eq!(status(&format!("GET /{secret}/ HTTP/1.0\r\n{host}\r\n")), 403, "{host}");
    }
    // Without the secret, beside it, around it.
    let zeros = "0".repeat(32);
    for target in [
        "/",
        "/favicon.ico",
        &format!("/{zeros}/"),
        &format!("/{}/", &secret[1..]),
        &format!("/{zeros}/../{secret}/"),
    ] {
        assert_eq!(status(&format!("GET {target} HTTP/1.0\r\nHost: {own}\r\n\r\n")), 404, "{target}");
    }
    // Files that are none of the project's cases, whatever way they are asked for.
    for file in [
        "b.yaml",
        "../a.yaml",
        "./a.yaml",
        "/etc/passwd",
        "..%2F..%2Fetc%2Fpasswd",
        "a.yaml%00",
        "output/.tjut-visa.html",
    ] {
        for what in ["vy", "markdown", "webb", "andrat", "handelser"] {
            assert_eq!(served.get(&format!("{what}?fil={file}")).0, 404, "{what} {file}");
        }
    }
    for path in ["web/../guard.rs", "..%2Fserver.rs", "%2e%2e/Cargo.toml", "stil.css/../../a.yaml"] {
        assert_eq!(served.get(path).0, 404, "{path}");
    }
    // Actions by other ways than from our own page.
    for action in ["ratta", "angra", "bygg", "oppna"] {
        let target = format!("/{secret}/{action}?fil=a.yaml");
        assert_eq!(status(&format!("GET {target} HTTP/1.0\r\nHost: {own}\r\n\r\n")), 404);
        assert_eq!(
            status(&format!(
                "OPTIONS {target} HTTP/1.0\r\nHost: {own}\r\nOrigin: http://ond.example\r\n\r\n"
            )),
            405
        );
        for headers in [
            "Content-Type: text/plain",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: application/json\r\nOrigin: http://ond.example",
            "Content-Type: application/json\r\nOrigin: null",
            "Content-Type: application/json\r\nSec-Fetch-Site: cross-site",
        ] {
            let request = format!(
                "POST {target} HTTP/1.0\r\nHost: {own}\r\n{headers}\r\nContent-Length: 2\r\n\r\n{{}}"
            );
            assert_eq!(status(&request), 403, "{action} {headers}");
        }
    }
    assert!(!folder.path().join("output/a.pdf").exists());
    // More than is read.
    let long = "x".repeat(20_000);
    let request = format!(
        "POST /{secret}/ratta?fil=a.yaml HTTP/1.0\r\nHost: {own}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{long}",
        long.len()
    );
    assert_eq!(status(&request), 413);
    // What is answered forbids scripts and frames of others, and is kept by nobody.
    let (_, head, page) =
        served.raw(&format!("GET /{secret}/arende?fil=a.yaml HTTP/1.0\r\nHost: {own}\r\n\r\n"));
    for wanted in [
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "no-referrer",
        "nosniff",
        "no-store",
    ] {
        assert!(head.contains(wanted), "{wanted}: {head}");
    }
    assert!(!head.contains("unsafe"), "{head}");
    let page = String::from_utf8_lossy(&page).into_owned();
    assert!(
        !page.contains("style=")
            && !page.contains("<style")
            && !page.contains("onclick")
            && !page.contains("http"),
        "{page}"
    );
}

/// Each word on the pages of the worked cases leads to where it stands, be it in a case that is referred to.
#[test]
fn words_lead_to_their_places() {
    let folder = root();
    let output = super::cli::folder();
    let served = Served::start(&["--output", output.path().to_str().expect("UTF-8")], folder);
    let mut asked = 0;
    for file in texts(&served.json("lista")["cases"], "file") {
        let view = served.json(&format!("vy?fil={file}"));
        for layer in texts(&view["pages"], "words") {
            let runs = served.json(&format!("ord?fil={file}&ord={layer}"));
            for run in runs.as_array().expect("a list").iter().step_by(2) {
                let (leaf, from) = (run[0].as_i64().expect("a number"), run[1].as_u64().expect("a number"));
                let words = run[6].as_str().expect("words");
                let Some(sign) = words.chars().find(|sign| is_solid(*sign)) else { continue };
                let (status, place) = served.get(&format!("plats?fil={file}&blad={leaf}&tecken={from}"));
                if status == 404 {
                    // What the layout or the template says.
                    continue;
                }
                let place: Json = serde_json::from_slice(&place).expect("JSON");
                let text =
                    fs::read_to_string(folder.join(place["file"].as_str().expect("a file"))).expect("there");
                let number =
                    |key: &str| usize::try_from(place[key].as_u64().expect("a number")).expect("small");
                let line = text.lines().nth(number("line") - 1).expect("a line");
                let there = line.chars().nth(number("column") - 1).expect("a column");
                let is_heading = line.trim_end().ends_with(':') || line.contains(": ");
                // The word before a clause may be the template's.
                let clause =
                    words.strip_prefix("att ").and_then(|rest| rest.chars().find(|sign| is_solid(*sign)));
                assert!(
                    there == sign || clause == Some(there) || is_heading,
                    "{file}: {words} leads to {place}: {line}"
                );
                asked += usize::from(there == sign);
            }
        }
    }
    assert!(asked > 500, "{asked}");
}

/// To know where words stand moves none of them.
#[test]
fn pages_with_places_are_those_without() {
    super::hostile::WORKSHOP.with(|tools| {
        let project = Project::new(Disk, tools.clone()).draft(true);
        let excluded = Exclusions::none();
        let scope = SearchScope { cases: &[], output: Path::new(""), excluded: &excluded };
        let golden = fs::read_dir(root().join("tests/golden")).expect("there");
        let golden = golden.map(|entry| entry.expect("readable").path());
        let golden: Vec<_> = golden
            .filter(|case| !case.join("templates").exists())
            .map(|case| case.join("case.yaml"))
            .collect();
        let paths: Vec<_> = std::iter::once(root().join("cases")).chain(golden).collect();
        let cases = project.inputs(&paths, scope).files;
        assert!(cases.len() > 12, "{}", cases.len());
        for case in cases {
            let Ok(document) = project.document(&case.path) else { continue };
            let images = &project.load(&case.path).images;
            let plain = pdf::layout(&document, tools, tools.press(), images).expect("laid out");
            let told = Pages::of(&document, tools, tools.press(), images).expect("laid out");
            assert_eq!(signs(&Pages::read(&document, &plain)), signs(&told), "{}", case.path.display());
        }
    });
}

/// A picture whose words are outlines is, dot for dot, that of the pages that are printed; without what the
/// browser prints itself it is that of the rest.
#[test]
fn pictures_show_what_is_printed() {
    super::hostile::WORKSHOP.with(|tools| {
        let project = Project::new(Disk, tools.clone());
        let path = root().join("cases/socialnamnden/nattvandring.yaml");
        let document = project.document(&path).expect("it is right");
        let images = &project.load(&path).images;
        let printed = pdf::layout(&document, tools, tools.press(), images).expect("laid out");
        let shown = Pages::of(&document, tools, tools.press(), images).expect("laid out");
        for (page, shown) in printed.pages().iter().zip(shown.iter()) {
            let [one, other, rest] =
                [typst_svg::svg(page, &Default::default()), shown.picture(true), shown.picture(false)];
            assert!(!other.contains("<use"));
            assert!(rest.len() < other.len() / 20, "{} of {}", rest.len(), other.len());
            let [one, other] = [drawn(&one), drawn(&other)];
            let differing =
                one.data().iter().zip(other.data()).filter(|(one, other)| one.abs_diff(**other) > 40);
            let (differing, dark) =
                (differing.count(), one.data().iter().filter(|value| **value < 128).count());
            assert!(dark > 1000 && differing < dark / 500, "{differing} of {dark}");
        }
    });
}

/// Whatever a browser is not given to print itself is in the picture; of the worked cases that is next to nothing.
#[test]
fn a_browser_prints_the_words_of_the_worked_cases_itself() {
    super::hostile::WORKSHOP.with(|tools| {
        let project = Project::new(Disk, tools.clone());
        let (mut own, mut others) = (0, Vec::new());
        for case in ["socialnamnden/nattvandring", "miljonamnden/luftkvalitet"] {
            let path = root().join(format!("cases/{case}.yaml"));
            let document = project.document(&path).expect("it is right");
            let images = &project.load(&path).images;
            let pages = Pages::of(&document, tools, tools.press(), images).expect("laid out");
            for run in pages.iter().flat_map(|page| &page.runs).filter(|run| !run.text.is_empty()) {
                match &run.ink {
                    Some(ink) => {
                        assert!(pages.font(&ink.font).is_some_and(|file| file.len() > 1000), "{ink:?}");
                        own += 1;
                    }
                    None => others.push(run.text.clone()),
                }
            }
        }
        assert!(own > 100 && others.len() < own / 10, "{own} and {others:?}");
    });
}

fn drawn(svg: &str) -> resvg::tiny_skia::Pixmap {
    let tree = resvg::usvg::Tree::from_str(svg, &resvg::usvg::Options::default()).expect("SVG");
    let size = tree.size().to_int_size();
    let mut dots = resvg::tiny_skia::Pixmap::new(size.width(), size.height()).expect("a page");
    resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut dots.as_mut());
    dots
}

/// Every printed character with its place on the pages.
fn signs(pages: &Pages) -> Vec<(usize, char, i64, i64)> {
    let mut found = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for run in &page.runs {
            for (sign, stop) in run.text.chars().zip(&run.stops).filter(|(sign, _)| is_solid(*sign)) {
                #[allow(clippy::cast_possible_truncation, reason = "thousandths of a point on a page")]
                let round = |length: f64| (length * 1000.0).round() as i64;
                found.push((number, sign, round(run.x + stop), round(run.y)));
            }
        }
    }
    found
}
