//! How many words were held against others, for the test that a comparison takes no longer than its documents are long.

use std::cell::Cell;

thread_local! {
    static WORDS: Cell<usize> = const { Cell::new(0) };
}

/// Counts from 0.
pub fn start() {
    WORDS.set(0);
}

/// Some words are held against others.
pub fn words(number: usize) {
    WORDS.set(WORDS.get() + number);
}

/// How many it were.
pub fn stop() -> usize {
    WORDS.get()
}
