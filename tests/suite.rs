//! The tests that look at tjut from outside. One binary, so that it is linked once.
#![allow(clippy::disallowed_methods, reason = "a test stands outside of the project it looks at")]

mod suite {
    mod apply;
    mod batch;
    mod cli;
    mod commonmark;
    mod conservation;
    mod edits;
    mod errors;
    mod expect;
    mod faults;
    mod fix;
    mod golden;
    mod habits;
    mod hints;
    mod hostile;
    mod kinds;
    mod links;
    mod looks;
    mod lsp;
    mod mall;
    mod output;
    mod pages;
    mod preview;
    mod printed;
    mod project;
    mod provenance;
    mod published;
    mod readme;
    mod reproducible;
    mod review;
    mod rooms;
    mod settings;
    mod sheets;
    mod step;
    mod tables;
    mod tags;
    mod texts;
    mod tidy;
    mod tracked;
    mod word;
    mod worked;
}
