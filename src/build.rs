//! Lets the binary be rebuilt when a file is added to what is built into it.

fn main() {
    println!("cargo:rerun-if-changed=templates");
    println!("cargo:rerun-if-changed=seeds");
    println!("cargo:rerun-if-changed=src/check/pages");
}
