//! How far a batch has come: a bar on a terminal, a few lines elsewhere.

use std::fmt::Write;
use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::super::talk;

/// The bar: how many, how fast, how long it takes still.
const BAR: &str = "{bar:30} {pos} av {len} ärenden{rest}";
/// Fewer are done before anyone looks.
const WORTH_A_LINE: usize = 50;

/// How far a batch has come.
pub struct Progress {
    shown: Shown,
    done: usize,
    all: usize,
}

enum Shown {
    Nothing,
    Lines,
    Bar(ProgressBar),
}

impl Progress {
    /// The progress of so many documents, on standard error.
    pub fn new(all: usize, quiet: bool) -> Self {
        let shown = if quiet || all < 2 {
            Shown::Nothing
        } else if !std::io::stderr().is_terminal() {
            Shown::Lines
        } else {
            let style = ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar());
            Shown::Bar(ProgressBar::new(all as u64).with_style(style.with_key("rest", rest)))
        };
        Self { shown, done: 0, all }
    }

    /// One more is done.
    pub fn step(&mut self) {
        self.done += 1;
        match &self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => bar.inc(1),
            // A line for every tenth; the summary speaks of the last.
            Shown::Lines => {
                let tenth = |done: usize| done * 10 / self.all;
                if self.all >= WORTH_A_LINE && self.done < self.all && tenth(self.done) > tenth(self.done - 1)
                {
                    talk::say(&format!("{} av {} ärenden", self.done, self.all));
                }
            }
        }
    }

    /// Prints something beside the bar.
    pub fn aside(&self, print: impl FnOnce()) {
        match &self.shown {
            Shown::Bar(bar) => bar.suspend(print),
            Shown::Nothing | Shown::Lines => print(),
        }
    }

    /// The batch is over; the summary says the rest.
    pub fn finish(&self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

/// How fast it goes and how long it takes still, when that can be told.
fn rest(state: &ProgressState, line: &mut dyn Write) {
    let (rate, left) = (state.per_sec(), state.eta().as_secs());
    if state.pos() == 0 {
        return;
    }
    let rate = match rate {
        ..10.0 => format!("{rate:.1}").replace('.', ","),
        _ => format!("{rate:.0}"),
    };
    let left = match left {
        0..60 => format!("{left} s"),
        60..3600 => format!("{} min", left.div_ceil(60)),
        _ => format!("{} h {} min", left / 3600, left % 3600 / 60),
    };
    // A line that cannot be written is a bar that is not seen.
    write!(line, " · {rate} i sekunden · {left} kvar").ok();
}
