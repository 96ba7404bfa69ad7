//! The output folder: what each document is written as, of what it was made, and whose a file is that stands there.
//!
//! | what | where |
//! | --- | --- |
//! | one document, from its input to the files that are written | [`make`] |
//! | what earlier builds made, and of what | [`memory`] |
//! | what is asked for | [`settings`] |
//! | what may be written over, and what is older than its case | [`folder`] |

pub mod folder;
pub mod make;
pub mod memory;
pub mod settings;
