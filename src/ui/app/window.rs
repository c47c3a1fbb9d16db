//! Opening the window, with one renderer or the other.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::App;
use crate::cli::{Renderer, WindowArguments};

/// The same as the stem of the desktop file, so that desktops know whose window it is.
const APP_ID: &str = "customer-focus";

/// Why no window could be opened, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowProblem(pub String);

/// Opens the window and stays until it is closed.
///
/// # Errors
/// When no window can be opened with any renderer.
pub fn run(arguments: &WindowArguments) -> Result<(), WindowProblem> {
    let mut last = String::new();
    for renderer in renderers(arguments.renderer) {
        match run_with(renderer, arguments) {
            Ok(()) => return Ok(()),
            Err(error) => last = error,
        }
    }
    Err(WindowProblem(in_words(&last)))
}

/// The renderers of this build, the better one for this system first.
fn renderers(wanted: Option<Renderer>) -> Vec<eframe::Renderer> {
    let mut all = vec![
        #[cfg(feature = "glow")]
        (Renderer::Glow, eframe::Renderer::Glow),
        #[cfg(feature = "wgpu")]
        (Renderer::Wgpu, eframe::Renderer::Wgpu),
    ];
    // On Windows and macOS OpenGL can be missing or old, over remote desktops above all.
    if cfg!(any(target_os = "windows", target_os = "macos")) {
        all.reverse();
    }
    all.into_iter()
        .filter(|(name, _)| wanted.is_none_or(|wanted| wanted == *name))
        .map(|(_, renderer)| renderer)
        .collect()
}

fn run_with(renderer: eframe::Renderer, arguments: &WindowArguments) -> Result<(), String> {
    let icon =
        eframe::icon_data::from_png_bytes(include_bytes!("../../../icons/hicolor/256x256/apps/customer-focus.png"));
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Customer Focus")
        .with_app_id(APP_ID)
        .with_inner_size([1280.0, 800.0]);
    if let Ok(icon) = icon {
        viewport = viewport.with_icon(icon);
    }
    let options = eframe::NativeOptions { viewport, renderer, ..Default::default() };
    let arguments = arguments.clone();
    // A missing library of the window system can be a panic far below; it is told like any other reason.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let opened = catch_unwind(AssertUnwindSafe(|| {
        let create: eframe::AppCreator<'_> = Box::new(move |cc| {
            std::panic::set_hook(hook);
            let app = App::new(&cc.egui_ctx, cc.storage, &arguments);
            Ok(Box::new(match eframe::storage_dir(APP_ID) {
                Some(folder) => app.with_rescue_folder(folder.join("unsaved")),
                None => app,
            }))
        });
        eframe::run_native(APP_ID, options, create)
    }));
    if matches!(opened, Err(_) | Ok(Err(_))) {
        // No window was there to put the hook back: from here on a fault is told again.
        let _ = std::panic::take_hook();
    }
    match opened {
        Ok(done) => done.map_err(|error| error.to_string()),
        Err(panic) => Err(panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "a library is missing".to_owned())),
    }
}

/// The reason in one sentence that says what is needed.
fn in_words(error: &str) -> String {
    let lower = error.to_lowercase();
    let library = [
        "libxkbcommon",
        "libx11",
        "libxcursor",
        "libxi",
        "libxrandr",
        "libgl",
        "libegl",
        "opengl",
        "glutin",
        "glx",
        "egl",
    ];
    if lower.contains("wayland_display") || lower.contains("display is set") || lower.contains("neither") {
        "The window needs a display; none is available here, so the findings are printed instead.".to_owned()
    } else if library.iter().any(|name| lower.contains(name)) {
        "The window needs OpenGL and the window system's libraries; on Debian and Ubuntu: apt-get install libgl1 libegl1 \
         libgl1-mesa-dri libxkbcommon-x11-0 libxcursor1 libxi6 libxrandr2."
            .to_owned()
    } else {
        format!("The window needs a display with OpenGL or Vulkan; the system says: {error}.")
    }
}
