//! The package: parts in a zip file, the same bytes every time.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// The parts of a package, in their order.
pub type Parts = Vec<(String, Vec<u8>)>;

/// A zip file of parts.
pub fn zip(parts: &Parts) -> Vec<u8> {
    let options = options().unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        add(&mut writer, name, bytes, options);
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// How a part is written: the same on every system, which a zip file names, and at no time.
pub fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
}

/// Adds a part.
pub fn add(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8], options: SimpleFileOptions) {
    // Memory takes everything that is written, and no part is as large as a zip file's bounds.
    writer.start_file(name, options).and_then(|()| Ok(writer.write_all(bytes)?)).ok();
}
