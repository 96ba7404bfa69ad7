//! Paths as people write and see them.

use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// A path as the user sees it, with `/` between its parts.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The address of a path that begins at a root: at Windows' `C:\x`, `file:///C:/x`; on a network's share, `file://machine/x`.
pub fn address(whole: &Path) -> String {
    let shown = shown(whole);
    let strokes = match shown.bytes().take_while(|byte| *byte == b'/').count() {
        0 => "///",
        1 => "//",
        _ => "",
    };
    format!("file:{strokes}{}", utf8_percent_encode(&shown, BESIDE_PLAIN))
}

/// What stands otherwise in an address than in a path.
const BESIDE_PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b':');

/// The path without `.`, and without the folders that `..` leaves again.
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidied.components().next_back(), Some(Component::Normal(_))) => {
                tidied.pop();
            }
            other => tidied.push(other),
        }
    }
    tidied
}

/// A path as the folders spell it that the file really lies in, where capitals tell no files apart.
pub fn spelled(path: &Path, real: &Path) -> PathBuf {
    if !cfg!(any(windows, target_os = "macos")) {
        return path.to_owned();
    }
    let folded = |part: &Component| part.as_os_str().to_string_lossy().to_lowercase();
    let (parts, real): (Vec<_>, Vec<_>) = (path.components().collect(), real.components().collect());
    // Where the words differ it is another way to the file: a link, `..`, the place of the folder itself.
    let alike =
        parts.iter().rev().zip(real.iter().rev()).take_while(|(one, two)| folded(one) == folded(two)).count();
    parts[..parts.len() - alike].iter().chain(&real[real.len() - alike..]).collect()
}

/// The folder that a file stands in.
pub fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether a path stays in the folder that it counts from.
pub fn stays(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_root_has_its_address() {
        for (path, wanted) in [
            ("/ä b/c~1", "file:///%C3%A4%20b/c~1"),
            ("C:\\x\\å.yaml", "file:///C:/x/%C3%A5.yaml"),
            ("\\\\server\\gemensam\\x.yaml", "file://server/gemensam/x.yaml"),
        ] {
            assert_eq!(address(Path::new(path)), wanted);
        }
    }

    #[test]
    fn a_path_is_spelled_as_its_folders_are_where_capitals_are_alike() {
        let real = Path::new("/x/Ärenden/a.yaml");
        for path in ["Ärenden/a.yaml", "/x/Ärenden/../Ärenden/a.yaml", "länk/b.yaml"] {
            assert_eq!(spelled(Path::new(path), real), Path::new(path));
        }
        let typed = Path::new("../ÄRENDEN/A.yaml");
        let are_alike = cfg!(any(windows, target_os = "macos"));
        assert_eq!(spelled(typed, real), if are_alike { Path::new("../Ärenden/a.yaml") } else { typed });
    }
}
