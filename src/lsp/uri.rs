//! Addresses of files, as clients write them.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::percent_decode_str;

use crate::paths::address;

/// The path of a file. A text that was never saved has a name and no folder: it stands in the one that
/// the server runs in.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let (scheme, rest) = uri.0.split_once(':')?;
    let decoded = percent_decode_str(rest).decode_utf8().ok()?;
    match scheme {
        "file" => Some(of_file(&decoded)),
        "untitled" => {
            let name = decoded.rsplit('/').next().filter(|name| !name.is_empty())?;
            Some(PathBuf::from(name).with_extension("yaml"))
        }
        _ => None,
    }
}

/// The path in an address, after its scheme.
fn of_file(rest: &str) -> PathBuf {
    let Some(named) = rest.strip_prefix("//") else { return without_stroke(rest).into() };
    // What stands between the second and the third stroke is a machine.
    let (machine, path) = named.split_at(named.find('/').unwrap_or(0));
    match machine {
        "" | "localhost" => without_stroke(path).into(),
        // A share on a network, as Windows writes it; elsewhere it is this machine's name.
        _ if cfg!(windows) => rest.replace('/', "\\").into(),
        _ => path.into(),
    }
}

/// The address of a file.
pub fn of(path: &Path) -> Uri {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Uri(address(&whole))
}

/// `/c:/x` is `c:/x`.
fn without_stroke(path: &str) -> &str {
    match path.as_bytes() {
        [b'/', drive, b':', ..] if drive.is_ascii_alphabetic() => &path[1..],
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_survives_its_address() {
        for path in ["/a/b c/å#?.yaml", "/a/100 %/é.yaml"] {
            assert_eq!(super::path(&of(Path::new(path))), Some(PathBuf::from(path)));
        }
        assert_eq!(of(Path::new("/ä b")).0, "file:///%C3%A4%20b");
    }

    #[test]
    fn addresses_are_read_as_each_client_writes_them() {
        for (uri, wanted) in [
            ("file:///c%3A/x/%C3%A5.yaml", Some("c:/x/å.yaml")),
            ("file://localhost/x/y.yaml", Some("/x/y.yaml")),
            (
                "file://maskin/x/y.yaml",
                Some(if cfg!(windows) { "\\\\maskin\\x\\y.yaml" } else { "/x/y.yaml" }),
            ),
            ("untitled:Untitled-1", Some("Untitled-1.yaml")),
            ("git:/x/y.yaml", None),
            ("", None),
        ] {
            assert_eq!(path(&Uri::from(uri)), wanted.map(PathBuf::from), "{uri}");
        }
    }
}
