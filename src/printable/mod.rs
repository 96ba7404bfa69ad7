//! What can be printed: characters that the fonts have, pictures that are whole and hold nothing that a
//! document cannot.

mod broken;
pub mod characters;
pub mod pictures;
