//! `tjut check --fix`: what is safe to mend is mended, and every other byte stays.

use std::fs;
use std::sync::Arc;

use proptest::prelude::*;
use tjut::library::Templates;
use tjut::project::{Disk, Project};
use tjut::workshop::Workshop;

use super::cli::{CASE, folder, tjut};
use super::expect::{entries, root};
use super::review::faulty;

fn fixed(text: &[u8]) -> (Vec<u8>, String) {
    let folder = folder();
    let path = folder.path().join("a.yaml");
    fs::write(&path, text).expect("written");
    let first = tjut(&["check", "a.yaml", "--fix"], folder.path()).stderr;
    let mended = fs::read(&path).expect("still there");
    let second = tjut(&["check", "a.yaml", "--fix"], folder.path());
    assert_eq!(fs::read(&path).expect("still there"), mended, "a second time changes something");
    assert!(second.stderr.contains("Inget kunde rättas automatiskt."), "{}", second.stderr);
    (mended, first)
}

#[test]
fn fix_mends_what_is_safe_and_leaves_every_other_byte() {
    let text = format!("\u{feff}{}", faulty().replace('\n', "\r\n"));
    let (mended, said) = fixed(text.as_bytes());
    let expected = text.replacen("Titel", "titel", 1).replace('\u{2060}', "");
    assert_eq!(String::from_utf8(mended).expect("UTF-8"), expected);
    assert!(said.contains("Rättade 2 ställen i 1 fil."), "{said}");
    assert!(said.contains("nyckeln ”sammanfatning” finns inte") && !said.contains("nyckel-versal"), "{said}");
}

#[test]
fn fix_writes_what_each_style_of_yaml_takes() {
    let head = CASE.replace("titel: Ett ärende", "titel: \"Ett  ärende om \\\"skolan\\\" och ”hemmet”\"");
    let text = format!(
        "{head}Kort: 'Det är ''bra'' och och de “ena” går ,och så.'\nLång: >\n  Det är\n  så så \"bra\" t ex\n  i i dag.\n"
    );
    let mended = String::from_utf8(fixed(text.as_bytes()).0).expect("UTF-8");
    for line in [
        "titel: \"Ett ärende om ”skolan” och ”hemmet”\"\n",
        "Kort: 'Det är ”bra” och de ”ena” går, och så.'\n",
        "  så så ”bra” t.ex.\n  i i dag.\n",
    ] {
        assert!(mended.contains(line), "{line} is not in {mended}");
    }
}

#[cfg(unix)]
#[test]
fn fix_keeps_links_and_rights() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let path = folder.path().join("riktig.yaml");
    fs::write(&path, faulty()).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
    symlink(&path, folder.path().join("a.yaml")).expect("linked");
    assert!(tjut(&["check", "a.yaml", "--fix"], folder.path()).stderr.contains("Rättade 2 ställen"));
    assert!(folder.path().join("a.yaml").symlink_metadata().expect("there").is_symlink());
    assert_eq!(path.metadata().expect("there").permissions().mode() & 0o777, 0o640);
}

/// In this process: to start the program for each of these files took a third of the time of all tests.
#[test]
fn fix_leaves_alone_what_has_nothing_to_mend_and_what_it_has_mended() {
    let tools = Workshop::new(Templates::new(Default::default()).expect("the built-in templates are right"));
    let project = Project::new(Disk, Arc::new(tools));
    let files = entries(&root().join("tests/errors"));
    let mut mended = 0;
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let found = project.review(path).settled();
        let is_mendable = found.iter().any(|finding| finding.edit.as_ref().is_some_and(|edit| edit.safe));
        let Some(once) = project.mended(path) else { continue };
        assert!(is_mendable, "{} is changed to\n{}", path.display(), once.after.text);
        mended += 1;
        project.open(path, once.after.text.to_string());
        let twice = project.mended(path).map(|twice| twice.after.text.to_string());
        assert_eq!(twice, None, "{} is changed a second time", path.display());
        project.close(path);
    }
    assert!(mended > 10 && mended < files.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Invisible characters wherever they stand in words: all other bytes are there afterwards.
    #[test]
    fn fix_changes_nothing_else(words in prop::collection::vec("[a-zåäö]{1,6}", 1..12), seed in prop::collection::vec(0usize..4, 12), crlf: bool, mark: bool) {
        let hidden = ["", "\u{2060}", "\u{feff}", "\u{2060}\u{feff}"];
        let prose: Vec<String> = words
            .iter()
            .zip(&seed)
            .zip('a'..)
            // The last letters differ: a word that stands twice would be mended too.
            .map(|((word, at), last)| format!("{word}{}{last}", hidden[*at]))
            .collect();
        let text = CASE.replace("En mening.", &format!("En {}.", prose.join(" ")));
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let text = if mark { format!("\u{feff}{text}") } else { text };
        let clean = |text: &str| text.char_indices().filter(|(at, c)| *at == 0 || !"\u{2060}\u{feff}".contains(*c)).map(|(_, c)| c).collect::<String>();
        prop_assert_eq!(String::from_utf8(fixed(text.as_bytes()).0).expect("UTF-8"), clean(&text));
    }
}
