//! The program: a command without a window, or the window.
use std::process::ExitCode;
use customer_focus::cli::{self, Ask};
fn main() -> ExitCode {
    match cli::run() {
        Ask::Done(code) => code,
        Ask::Window(arguments) => cli::instead_of_window(&arguments, "no window yet"),
    }
}
