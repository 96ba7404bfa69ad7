//! The editor, opened at a place: a program and its arguments, which no shell reads.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// Starts an editor at a line and a column of a file, both counted from 1.
///
/// # Errors
/// That there is no such program.
pub fn open(editor: &str, file: &Path, line: u64, column: u64) -> io::Result<()> {
    let mut words = filled(editor, &file.to_string_lossy(), line, column);
    if words.is_empty() {
        return Err(io::ErrorKind::NotFound.into());
    }
    let program = words.remove(0);
    let run = |program: &Path| {
        let quiet = Command::new(program).args(&words).stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        quiet.map(|mut child| {
            // Somebody has to hear that it ended.
            thread::spawn(move || drop(child.wait()));
        })
    };
    let program = Path::new(&program);
    // On Windows `code` is a file of commands.
    run(program).or_else(|error| if cfg!(windows) { run(&program.with_extension("cmd")) } else { Err(error) })
}

/// The words of an editor's command with a place in them: at its end, where it has no room for one.
fn filled(editor: &str, file: &str, line: u64, column: u64) -> Vec<String> {
    let mut words = words(editor);
    if !editor.contains("{fil}") {
        words.push("{fil}".to_owned());
    }
    let (line, column) = (line.to_string(), column.to_string());
    let values = [("{fil}", file), ("{rad}", &line), ("{kolumn}", &column)];
    words.iter().map(|word| with(word, &values)).collect()
}

/// The words of a command: what stands in quotation marks is one of them. A backslash is one of Windows' paths.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for sign in command.chars() {
        match quote {
            Some(end) if sign == end => quote = None,
            None if matches!(sign, '"' | '\'') => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            None if sign.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    words
}

/// A word with values for names. What a value says is no name.
fn with(word: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = word;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open..];
        let known = values.iter().find(|(name, _)| rest.starts_with(name));
        let (value, length) = known.map_or(("{", 1), |(name, value)| (*value, name.len()));
        filled.push_str(value);
        rest = &rest[length..];
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_fills_the_words_of_a_command() {
        let opened = |editor: &str, file: &str| filled(editor, file, 3, 7).join("|");
        assert_eq!(opened("code -g {fil}:{rad}:{kolumn}", "/a b/ö.yaml"), "code|-g|/a b/ö.yaml:3:7");
        assert_eq!(opened("vim +{rad}", "a.yaml"), "vim|+3|a.yaml");
        assert_eq!(opened("gedit", "a.yaml"), "gedit|a.yaml");
        let windows = r#""C:\Program Files\Microsoft VS Code\bin\code.cmd" -g "{fil}:{rad}""#;
        assert_eq!(
            opened(windows, r"C:\Ärenden\mitt ärende.yaml"),
            r"C:\Program Files\Microsoft VS Code\bin\code.cmd|-g|C:\Ärenden\mitt ärende.yaml:3"
        );
        // What a file is called is neither a name of a value nor read by a shell.
        assert_eq!(opened("e {fil} {rad}", "{rad};$(x) 'y'.yaml"), "e|{rad};$(x) 'y'.yaml|3");
        assert_eq!(opened("e {x} ''", "a"), "e|{x}||a");
        assert_eq!(words("  "), [""; 0]);
    }
}
