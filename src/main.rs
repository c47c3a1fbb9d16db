//! The program: a command without a window, or the window.

use std::process::ExitCode;

use customer_focus::cli::{self, Ask};
use customer_focus::ui::app;

fn main() -> ExitCode {
    match cli::run() {
        Ask::Done(code) => code,
        Ask::Window(arguments) => match app::run(&arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(problem) => cli::instead_of_window(&arguments, &problem.0),
        },
    }
}
