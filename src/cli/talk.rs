//! What the program says: findings and talk on standard error, what was asked for on standard output.

use std::io::{self, ErrorKind, IsTerminal, Write};

use tjut::diagnostic::{Diagnostic, readable};
use tjut::report::terminal;

use super::args::{Color, Shared};

/// Prints findings on standard error.
pub fn print(findings: &[Diagnostic], shared: &Shared) {
    let coloured = is_coloured(shared, &io::stderr());
    for finding in findings {
        write(&format!("{}\n", terminal::text(finding, coloured)));
    }
}

/// Says a line on standard error.
pub fn say(text: &str) {
    write(&readable(text));
}

/// That standard error is closed or full is nobody's trouble.
fn write(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}

/// Writes what was asked for to standard output. Whoever reads it may stop early, as `head` does:
/// that is no failure, and changes nothing of how the program leaves.
///
/// # Errors
/// That it cannot be written.
pub fn product(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Whether a stream is written to in colours.
pub fn is_coloured(shared: &Shared, stream: &impl IsTerminal) -> bool {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    match shared.color {
        Color::Always => true,
        Color::Auto => stream.is_terminal() && !no_color && !dumb,
        Color::Never => false,
    }
}
