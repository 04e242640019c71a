//! Says so when the front-end files were not built, and builds again when they change.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=assets/dist");
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=samples");
    println!("cargo::rerun-if-changed=templates");
    if !Path::new("assets/dist/manifest.json").exists() {
        println!(
            "cargo::warning=assets/dist is not built, so pages come without style and script: run `make assets` first"
        );
    }
}
