//! Ctrl-C: what is half written is written out, what was built is remembered, nothing passing is left.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{process, thread};

use signal_hook::consts::TERM_SIGNALS;
use signal_hook::flag;

use tjut::project::disk;

/// How long nobody notices: what is written takes about as long.
const PATIENCE: Duration = Duration::from_millis(20);
/// What shells add to a signal's number for the status of a program that it ended.
const BY_SIGNAL: i32 = 128;

/// Gives a file to write last: its path, and what it is to hold then.
type Last = Box<dyn Fn() -> Option<(PathBuf, Vec<u8>)> + Send>;

/// What is to be done before the program ends.
static ENDING: Mutex<(Option<Last>, Vec<PathBuf>)> = Mutex::new((None, Vec::new()));

/// Lets Ctrl-C, and whoever else asks the program to end, end it in order.
pub fn heed() {
    let asked = Arc::new(AtomicUsize::new(0));
    for signal in TERM_SIGNALS {
        // Where it cannot be heeded it ends the program at once, as ever.
        drop(flag::register_usize(*signal, asked.clone(), usize::try_from(*signal).unwrap_or_default()));
    }
    thread::spawn(move || {
        let signal = loop {
            thread::sleep(PATIENCE);
            match asked.load(Ordering::Relaxed) {
                0 => {}
                signal => break i32::try_from(signal).unwrap_or_default(),
            }
        };
        let ending = ENDING.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, passing) = &*ending;
        disk::stop(|| last.as_ref().and_then(|last| last()), passing);
        process::exit(BY_SIGNAL + signal);
    });
}

/// Lets a file be written when the program is to end.
pub fn write_last(last: impl Fn() -> Option<(PathBuf, Vec<u8>)> + Send + 'static) {
    ENDING.lock().unwrap_or_else(PoisonError::into_inner).0 = Some(Box::new(last));
}

/// Lets a folder be removed when the program is to end.
pub fn remove_last(folder: PathBuf) {
    ENDING.lock().unwrap_or_else(PoisonError::into_inner).1.push(folder);
}
