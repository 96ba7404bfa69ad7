//! PDFs that carry their source: got back, proved, and refused.

use std::fs;
use std::path::{Path, PathBuf};

use super::cli::{CASE, folder, tjut};
use super::expect::root;
use tjut::project::disk::{self, Exclusions};

/// Builds the worked cases with their sources.
fn built(folder: &Path) -> Vec<PathBuf> {
    let output = folder.to_str().expect("UTF-8");
    let run = tjut(&["build", "--bifoga-källa", "--to", "pdf", "--output", output], root());
    assert_eq!(run.status, 0, "{}", run.stderr);
    disk::below(folder, &[".pdf"], &Exclusions::none()).expect("readable")
}

#[test]
fn the_source_comes_back_and_gives_the_same_pdf() {
    let folder = folder();
    for pdf in built(&folder.path().join("pdf")) {
        let name = pdf.to_str().expect("UTF-8");
        let run = tjut(&["verify", name], folder.path());
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(run.stderr.contains("är exakt vad källan i den ger"), "{}", run.stderr);
        let back = folder.path().join("back").join(pdf.file_stem().expect("a name"));
        drop(fs::remove_dir_all(&back));
        let run = tjut(&["extract", name, "--output", back.to_str().expect("UTF-8")], folder.path());
        assert_eq!(run.status, 0, "{}", run.stderr);
        // What came back is what is in the project, byte for byte.
        let own = disk::tree(&root().join("cases")).expect("readable");
        let sources = disk::tree(&back.join("cases")).expect("readable");
        assert!(
            !sources.is_empty() && sources.values().all(|bytes| own.values().any(|other| other == bytes))
        );
        let run = tjut(&["extract", name, "--output", back.to_str().expect("UTF-8")], folder.path());
        assert!(run.status == 2 && run.stderr.contains("finns redan"), "{}", run.stderr);
    }
}

#[test]
fn each_other_pdf_gets_its_own_answer() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("a.yaml"), CASE).expect("written");
    assert_eq!(tjut(&["build", "a.yaml", "--attach-source"], path).status, 0);
    let pdf = fs::read(path.join("output/a.pdf")).expect("built");
    // In the description that is not compressed, which archives read.
    let place = pdf.windows(12).position(|bytes| bytes == b"pdfaid:part>").expect("it is PDF/A");
    let mut altered = pdf.clone();
    altered[place + 12] = b'2';
    fs::write(path.join("altered.pdf"), &altered).expect("written");
    fs::write(path.join("longer.pdf"), [&pdf[..], b"\n"].concat()).expect("written");
    fs::write(path.join("cut.pdf"), &pdf[..pdf.len() / 2]).expect("written");
    fs::write(path.join("text.pdf"), "Inte en PDF.").expect("written");
    fs::write(path.join("foreign.pdf"), FOREIGN).expect("written");
    assert_eq!(tjut(&["build", "a.yaml", "--output", "without"], path).status, 0);
    fs::create_dir_all(path.join("egna")).expect("created");
    fs::write(path.join("egna/x.txt"), "x").expect("written");
    for (arguments, status, says) in [
        (&["verify", "output/a.pdf"][..], 0, "är exakt vad källan i den ger"),
        (&["verify", "altered.pdf"], 1, "altered.pdf är ändrad"),
        (&["verify", "longer.pdf"], 1, "longer.pdf är ändrad"),
        (&["verify", "text.pdf"], 2, "är ingen PDF"),
        (&["verify", "saknas.pdf"], 2, "saknas.pdf finns inte"),
        (&["verify", "foreign.pdf"], 3, "är inte gjord av tjut"),
        (&["verify", "without/a.pdf"], 3, "är gjord av tjut men har ingen källa"),
        (&["extract", "foreign.pdf"], 3, "är inte gjord av tjut"),
    ] {
        let run = tjut(arguments, path);
        assert_eq!(run.status, status, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{arguments:?}: {}", run.stderr);
    }
    assert_ne!(tjut(&["verify", "cut.pdf"], path).status, 0);
    // Templates of one's own are another tjut.
    let run = tjut(&["build", "a.yaml", "--attach-source", "--templates", "egna", "--output", "own"], path);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let run = tjut(&["verify", "own/a.pdf"], path);
    assert!(run.status == 4 && run.stderr.contains("med andra mallar"), "{}: {}", run.status, run.stderr);
    assert_eq!(tjut(&["verify", "own/a.pdf", "--templates", "egna"], path).status, 0);
}

#[test]
fn a_name_that_leads_elsewhere_is_never_written() {
    let folder = folder();
    let path = folder.path();
    fs::create_dir(path.join("cases")).expect("created");
    fs::write(path.join("cases/aaaaaaaa.yaml"), CASE).expect("written");
    assert_eq!(tjut(&["build", "--attach-source"], path).status, 0);
    let pdf = fs::read(path.join("output/aaaaaaaa.pdf")).expect("built");
    for name in [
        "cases/.git/hooks/ab",
        "cases\\aaaaaaaa.yaml",
        "C:/es/aaaaaaaa.yaml",
        "output/.tjut.jsonaa",
        "../es/aaaaaaaa.yaml",
        "cases/NUL.aaaa.yaml",
    ] {
        let (from, to) = (b"cases/aaaaaaaa.yaml", format!("{name:a<19}"));
        let mut altered = pdf.clone();
        let places =
            (0..pdf.len() - from.len()).filter(|at| pdf[*at..].starts_with(from)).collect::<Vec<_>>();
        assert!(!places.is_empty(), "the name stands in the PDF");
        places.iter().for_each(|at| altered[*at..at + from.len()].copy_from_slice(to.as_bytes()));
        fs::write(path.join("ond.pdf"), altered).expect("written");
        let run = tjut(&["extract", "ond.pdf", "--output", "ut"], path);
        assert!(run.status == 2 && run.stderr.contains("har ett namn som inte tillåts"), "{}", run.stderr);
        assert!(!path.join("ut").exists(), "{name}: something was written");
    }
}

/// A PDF that some other program made.
const FOREIGN: &str = "%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>
endobj
xref
0 4
0000000000 65535 f 
0000000009 00000 n 
0000000058 00000 n 
0000000115 00000 n 
trailer
<< /Size 4 /Root 1 0 R >>
startxref
186
%%EOF
";

#[test]
fn a_bilaga_outside_the_folder_is_never_attached() {
    let folder = folder();
    let own = folder.path().join("egen");
    fs::create_dir(&own).expect("created");
    fs::write(folder.path().join("hemlig.txt"), "hemligt").expect("written");
    for file in ["../hemlig.txt", "/etc/passwd", "saknas.txt"] {
        let case = format!("{CASE}bilagor:\n  - titel: Underlag\n    fil: {file}\n");
        fs::write(own.join("a.yaml"), case).expect("written");
        let run = tjut(&["build", "a.yaml", "--bifoga-källa"], &own);
        assert_eq!(run.status, 1, "{}", run.stderr);
        assert!(run.stderr.contains("bilaga"), "{}", run.stderr);
        assert!(!own.join("output").exists());
    }
}
