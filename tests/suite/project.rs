//! A project reads, parses and reviews each file once, knows what depends on what, and lets go of what
//! it no longer needs.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tjut::diagnostic::Diagnostic;
use tjut::project::{FileMark, Files, Found, Input, Project};

use super::cli::CASE;
use super::hostile::WORKSHOP;

/// Files in memory, below `/p`, that count how often each is read.
#[derive(Default)]
struct Counted {
    held: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
    reads: Mutex<BTreeMap<PathBuf, usize>>,
}

impl Counted {
    fn put(&self, path: &str, bytes: &[u8]) {
        self.held.lock().expect("held").insert(path.into(), bytes.into());
    }

    /// How often files were read since this was asked last.
    fn reads(&self) -> BTreeMap<PathBuf, usize> {
        std::mem::take(&mut self.reads.lock().expect("counted"))
    }
}

impl Files for Counted {
    fn read(&self, path: &Path, most: u64) -> io::Result<Arc<[u8]>> {
        *self.reads.lock().expect("counted").entry(path.to_owned()).or_default() += 1;
        match self.held.lock().expect("held").get(path) {
            Some(bytes) if bytes.len() as u64 > most => Err(ErrorKind::FileTooLarge.into()),
            Some(bytes) => Ok(bytes.as_slice().into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        let mut real = PathBuf::from("/p");
        for part in path.components() {
            match part {
                std::path::Component::ParentDir => drop(real.pop()),
                std::path::Component::Normal(part) => real.push(part),
                std::path::Component::RootDir => real = PathBuf::from("/"),
                _ => {}
            }
        }
        let is_there = self.held.lock().expect("held").keys().any(|held| held.starts_with(&real));
        if is_there { Ok(real) } else { Err(ErrorKind::NotFound.into()) }
    }

    fn mark(&self, path: &Path) -> io::Result<FileMark> {
        match self.held.lock().expect("held").get(path) {
            Some(bytes) => Ok(FileMark { length: bytes.len() as u64, written: None }),
            None => Err(ErrorKind::NotFound.into()),
        }
    }
}

const PICTURE: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>"#;

/// An answer that an utlåtande can refer to.
fn answer(namnd: &str, number: usize) -> String {
    CASE.replace("UTBF 2026/1", &format!("UTBF 2026/{number}"))
        .replace("Utbildningsnämnden", namnd)
        .replace("  nämnd: ", "  sammanträde: 2026-03-20\n  nämnd: ")
        + &format!(
            "underrubrik: Svar på remiss KS 2026/77\nsammanfattning: {namnd} anser att det är bra.\nförvaltningens synpunkter: Det är bra.\n"
        )
}

const GATHERS: &str = "mall: utlåtande
rotel: VI
titel: Motion om läsning
underrubrik: Motion av Anna Andersson (V)
diarienummer: KS 2026/77
datum: 2026-04-02
förslag till beslut: Motionen bifalls.
föredragande: Bo Bengtsson
sammanfattning: Bo Bengtsson (V) föreslår i en motion att läsningen ökar.
remissinstanser:
  - tjänsteutlåtande: a/svar.yaml
  - tjänsteutlåtande: b/svar.yaml
";

/// Two answers, an utlåtande that takes both, and a case of which nobody knows, with a picture that
/// another shows too.
fn files() -> Arc<Counted> {
    let files = Counted::default();
    files.put("/p/cases/a/svar.yaml", answer("Kulturnämnden", 1).as_bytes());
    files.put("/p/cases/b/svar.yaml", answer("Idrottsnämnden", 2).as_bytes());
    files.put("/p/cases/samlat.yaml", GATHERS.as_bytes());
    let shows = |name: &str, number: usize| {
        let text = CASE.replace("UTBF 2026/1", &format!("UTBF 2026/{number}"));
        let text = text.replace("En mening.", "En mening.\n\n  ![En ruta](bild.svg)");
        files.put(&format!("/p/cases/{name}.yaml"), text.as_bytes());
    };
    shows("ensam", 3);
    shows("till", 4);
    files.put("/p/cases/bild.svg", PICTURE.as_bytes());
    Arc::new(files)
}

const CASES: [&str; 5] =
    ["cases/a/svar.yaml", "cases/b/svar.yaml", "cases/ensam.yaml", "cases/samlat.yaml", "cases/till.yaml"];

fn project(files: &Arc<Counted>) -> Project {
    Project::new(files.clone(), WORKSHOP.with(Clone::clone))
}

fn input(path: &str) -> Input {
    Input { path: path.into(), name: Path::new(path).with_extension(""), within: None }
}

fn codes(findings: &[Diagnostic]) -> BTreeSet<&str> {
    findings.iter().map(|finding| finding.code.name).collect()
}

/// The answers about all cases.
fn found(project: &Project) -> Vec<Arc<Found>> {
    CASES.iter().map(|path| project.review(path.as_ref())).collect()
}

/// The cases whose answers are others than they were.
fn redone(before: &[Arc<Found>], after: &[Arc<Found>]) -> Vec<&'static str> {
    let pairs = before.iter().zip(after).zip(CASES);
    pairs.filter(|((one, other), _)| !Arc::ptr_eq(one, other)).map(|(_, path)| path).collect()
}

#[test]
fn each_file_is_read_once_however_many_refer_to_it() {
    let files = files();
    let project = project(&files);
    let inputs = project.enter(CASES.iter().map(|path| input(path)).collect());
    let reviewed = project.check(inputs, &[], NonZero::new(4).expect("four")).expect("threads start");
    assert_eq!(reviewed.len(), CASES.len());
    for file in &reviewed {
        assert!(!file.findings.iter().any(Diagnostic::is_error), "{:#?}", file.findings);
    }
    for path in CASES {
        project.document(path.as_ref()).expect("right");
        assert!(project.digest(path.as_ref()).is_some());
    }
    let reads = files.reads();
    assert_eq!(reads.len(), 6, "{reads:?}");
    assert!(reads.values().all(|times| *times == 1), "{reads:?}");
}

#[test]
fn only_what_depends_on_a_changed_file_is_redone() {
    let files = files();
    let project = project(&files);
    let mut before = found(&project);
    let mut change = |path: &str, bytes: &[u8]| {
        files.reads();
        files.put(path, bytes);
        project.changed(path.as_ref());
        let after = found(&project);
        let redone = redone(&before, &after);
        let times = files.reads().remove(Path::new(path));
        before = after;
        (redone, times)
    };
    let longer = answer("Kulturnämnden", 1).replace("En mening.", "En annan mening.");
    let same = longer.clone();
    assert_eq!(
        change("/p/cases/a/svar.yaml", longer.as_bytes()),
        (vec!["cases/a/svar.yaml", "cases/samlat.yaml"], Some(1))
    );
    assert_eq!(change("/p/cases/a/svar.yaml", same.as_bytes()), (vec![], Some(1)));
    let larger = PICTURE.replace("9", "8");
    assert_eq!(
        change("/p/cases/bild.svg", larger.as_bytes()),
        (vec!["cases/ensam.yaml", "cases/till.yaml"], Some(1))
    );
    let another = GATHERS.replace("Motion om läsning", "Motion om skrivning");
    assert_eq!(change("/p/cases/samlat.yaml", another.as_bytes()), (vec!["cases/samlat.yaml"], Some(1)));
    assert_eq!(change("/p/cases/okänd.yaml", b"x"), (vec![], None));
}

#[test]
fn what_is_not_there_yet_is_depended_on() {
    let files = files();
    let project = project(&files);
    let path = Path::new("cases/samlat.yaml");
    files.put("/p/cases/samlat.yaml", GATHERS.replace("b/svar", "c/svar").as_bytes());
    assert!(codes(&project.review(path).settled()).contains("hänvisning-saknas"));
    let wanted: Vec<PathBuf> =
        ["cases/samlat.yaml", "cases/a/svar.yaml", "cases/c/svar.yaml"].map(PathBuf::from).into();
    assert_eq!(project.depends_on(path), wanted);
    files.put("/p/cases/c/svar.yaml", answer("Idrottsnämnden", 2).as_bytes());
    project.changed("cases/c/svar.yaml".as_ref());
    assert!(!project.load(path).has_errors());

    let shows = CASE.replace("En mening.", "En mening.\n\n  ![En ruta](nya%20bilder/ny.svg)");
    files.put("/p/cases/ny.yaml", shows.as_bytes());
    let path = Path::new("cases/ny.yaml");
    assert!(codes(&project.load(path).findings).contains("bild-saknas"));
    assert_eq!(project.depends_on(path), [path, "cases/nya bilder/ny.svg".as_ref()]);
    files.put("/p/cases/nya bilder/ny.svg", PICTURE.as_bytes());
    project.changed("cases/nya bilder/ny.svg".as_ref());
    assert!(!project.load(path).has_errors());
    files.held.lock().expect("held").remove(Path::new("/p/cases/nya bilder/ny.svg"));
    project.changed("cases/nya bilder".as_ref());
    assert!(project.load(path).has_errors());
}

#[test]
fn unsaved_text_goes_before_what_is_saved_also_for_those_who_refer_to_it() {
    let files = files();
    let project = project(&files);
    let before = found(&project);
    let path = Path::new("cases/b/../a/svar.yaml");
    project.open(path, answer("Kulturnämnden", 1).replace("titel:", "titl:"));
    assert!(codes(&project.review("cases/a/svar.yaml".as_ref()).settled()).contains("okänd-nyckel"));
    assert!(codes(&project.review("cases/samlat.yaml".as_ref()).settled()).contains("hänvisning-fel"));
    project.close(path);
    assert_eq!(redone(&before, &found(&project)), ["cases/a/svar.yaml", "cases/samlat.yaml"]);
    assert!(!project.load("cases/samlat.yaml".as_ref()).has_errors());
    // A file that was never saved.
    project.open("cases/osparad.yaml".as_ref(), CASE.into());
    assert!(!project.load("cases/osparad.yaml".as_ref()).has_errors());
    // A trial is nobody's text.
    let tried = project.trial("cases/ensam.yaml".as_ref(), &CASE.replace("titel:", "titl:")).settled();
    assert!(codes(&tried).contains("okänd-nyckel"));
    assert!(!project.load("cases/ensam.yaml".as_ref()).has_errors());
}

#[test]
fn a_file_is_shown_as_it_was_entered_and_stands_once() {
    let files = files();
    let project = project(&files);
    let spelled =
        ["./cases/a/svar.yaml", "cases/b/../a/svar.yaml", "/p/cases/samlat.yaml", "cases/samlat.yaml"];
    let inputs = project.enter(spelled.iter().map(|path| input(path)).collect());
    let paths: Vec<_> = inputs.iter().map(|input| input.path.to_str().expect("UTF-8")).collect();
    assert_eq!(paths, ["./cases/a/svar.yaml", "/p/cases/samlat.yaml"]);
    files.put("/p/cases/a/svar.yaml", answer("Kulturnämnden", 1).replace("titel:", "titl:").as_bytes());
    let found = project.review("cases/samlat.yaml".as_ref()).settled();
    let wrong = found.iter().find(|finding| finding.code.name == "hänvisning-fel").expect("it refers to it");
    assert_eq!(wrong.related[0].0.source.path, "./cases/a/svar.yaml");
    assert_eq!(wrong.place.as_ref().expect("a place").source.path, "/p/cases/samlat.yaml");
}

#[test]
fn memory_has_an_end() {
    let files = files();
    let project = project(&files);
    let path = Path::new("cases/ensam.yaml");
    let edit = |at: usize| CASE.replace("En mening.", &format!("En mening.\n\n  ![En ruta](bild{at}.svg)"));
    let mut most = 0;
    for at in 0..1000 {
        project.open(path, edit(at));
        assert!(project.load(path).has_errors());
        if at == 10 {
            most = project.kept();
        }
    }
    assert_eq!(project.kept(), most);
    // A batch lets go of what came first.
    let long = format!("{CASE}Mer: |\n{}", "  En mening till om läsning.\n".repeat(2000));
    let loaded: Vec<_> = (0..60)
        .map(|at| {
            let path = format!("cases/{at}.yaml");
            files.put(&format!("/p/{path}"), long.replace("2026/1", &format!("2026/{at}")).as_bytes());
            Arc::downgrade(&project.load(path.as_ref()))
        })
        .collect();
    assert!(loaded.iter().filter(|loaded| loaded.upgrade().is_some()).count() < 40);
    assert!(loaded.iter().rev().take(2).all(|loaded| loaded.upgrade().is_some()));
}
