//! The pages that explain the codes, as files that a link can lead to.
//!
//! An editor makes a link of a code if it is told an address. On a machine without a network that has to be a
//! file: each page is written to a folder of the server's own when its code is first published, and the folder
//! goes with the server. Whoever points at a finding sees the page as well (`hover`).

use std::collections::BTreeMap;
use std::path::Path;

use gen_lsp_types::Uri;
use tempfile::TempDir;

use super::uri;
use crate::diagnostic::codes::Code;
use crate::project::disk;

/// The pages that were written.
#[derive(Debug, Default)]
pub struct CodePages {
    folder: Option<TempDir>,
    written: BTreeMap<&'static str, Option<Uri>>,
}

impl CodePages {
    /// The address of a code's page; none where it cannot be written.
    pub fn link(&mut self, code: Code) -> Option<Uri> {
        if let Some(link) = self.written.get(code.name) {
            return link.clone();
        }
        let link = self.write(code);
        self.written.insert(code.name, link.clone());
        link
    }

    fn write(&mut self, code: Code) -> Option<Uri> {
        if self.folder.is_none() {
            self.folder = disk::scratch("tjut-koder-").ok();
        }
        let path = self.folder.as_ref()?.path().join(Path::new(code.name).with_extension("md"));
        disk::write(&path, code.page.as_bytes()).ok()?;
        Some(uri::of(&path))
    }
}
