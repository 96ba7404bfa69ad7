//! The tests that look at tjut from outside. One binary, so that it is linked once.

mod suite {
    mod batch;
    mod cli;
    mod errors;
    mod expect;
    mod faults;
    mod fix;
    mod golden;
    mod hostile;
    mod pages;
    mod provenance;
    mod readme;
    mod reproducible;
    mod review;
    mod step;
    mod tags;
    mod texts;
    mod worked;
}
