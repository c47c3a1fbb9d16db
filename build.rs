//! Gives the program on Windows its icon, its version and its manifest. Elsewhere there is nothing to do.
//!
//! Cargo knows the crate for it on a Windows computer only, so that other builds do not wait for it.

#![allow(clippy::print_stdout, reason = "Cargo reads what a build script prints")]

use std::io;

const ICON: &str = "icons/customer-focus.ico";
const MANIFEST: &str = "assets/windows/customer-focus.exe.manifest";

fn main() -> io::Result<()> {
    for file in ["build.rs", ICON, MANIFEST] {
        println!("cargo:rerun-if-changed={file}");
    }
    resources()
}

/// Version and description come from `Cargo.toml`; Windows shows the description as the program's name.
#[cfg(windows)]
fn resources() -> io::Result<()> {
    winresource::WindowsResource::new()
        .set_icon(ICON)
        .set_manifest_file(MANIFEST)
        .set("ProductName", "Customer Focus")
        .set("FileDescription", "Customer Focus")
        .set("CompanyName", "The Customer Focus authors")
        .set("LegalCopyright", "Copyright (c) 2026 The Customer Focus authors")
        .compile()
}

#[cfg(not(windows))]
fn resources() -> io::Result<()> {
    Ok(())
}
