//! The tests that look at tjut from outside. One binary, so that it is linked once.

mod suite {
    mod cli;
    mod errors;
    mod expect;
    mod golden;
    mod hostile;
    mod reproducible;
    mod review;
    mod tags;
    mod worked;
}
