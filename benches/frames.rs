//! How long a frame of the window takes: what the program decides and lays out, and the triangles made of it, without a
//! graphics card. While a file is read, when its answer comes, and on each screen.
//!
//! ```text
//! cargo bench --bench frames                  # half a million rows
//! cargo bench --bench frames -- FILE          # another export
//! ```
//!
//! A plain program and no benchmark crate: what is looked for is the longest frame, which a mean hides. Read it on a machine
//! with nothing else to do.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use customer_focus::cli::WindowArguments;
use customer_focus::sample::{Company, SampleOptions};
use customer_focus::ui::app::App;
use eframe::App as _;
use egui::{Event, Key, Modifiers, RawInput, Rect, Vec2};

const SIZE: Vec2 = Vec2::new(1280.0, 720.0);
/// Of a frame that takes longer the parts are told.
const LONG: Duration = Duration::from_millis(10);
/// The keys of the screens.
const SCREENS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// The window without a screen.
struct Window {
    app: App,
    ctx: egui::Context,
    frame: eframe::Frame,
    begun: Instant,
}

impl Window {
    fn open(path: &Path) -> Self {
        let ctx = egui::Context::default();
        let arguments = WindowArguments { files: vec![path.to_path_buf()], ..WindowArguments::default() };
        let app = App::new(&ctx, None, &arguments).without_dialogs();
        Self { app, ctx, frame: eframe::Frame::_new_kittest(), begun: Instant::now() }
    }

    /// Draws one frame and says what it took.
    fn step(&mut self, events: Vec<Event>) -> Duration {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, SIZE)),
            time: Some(self.begun.elapsed().as_secs_f64()),
            events,
            ..RawInput::default()
        };
        let start = Instant::now();
        let (app, frame) = (&mut self.app, &mut self.frame);
        let mut logic = Duration::ZERO;
        let mut output = self.ctx.run_ui(input, |ui| {
            app.logic(&ui.ctx().clone(), frame);
            logic += start.elapsed();
            app.ui(ui, frame);
        });
        let drawn = start.elapsed();
        std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        // Nothing is painted.
        output.textures_delta.clear();
        if start.elapsed() > LONG {
            let [logic, drawing] = [logic, drawn - logic].map(|part| part.as_secs_f64() * 1000.0);
            let triangles = (start.elapsed() - drawn).as_secs_f64() * 1000.0;
            println!("    a long frame: logic {logic:.2} ms, drawing {drawing:.2}, triangles {triangles:.2}");
        }
        start.elapsed()
    }

    fn press(&mut self, key: Key) -> Duration {
        let modifiers = Modifiers::NONE;
        let key = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.step(vec![key(true), key(false)])
    }

    /// Frames as a screen of sixty a second would ask for them, until something holds; what each took.
    fn steps_until(&mut self, is_done: impl Fn(&App) -> bool) -> Vec<Duration> {
        let mut frames = Vec::new();
        while !is_done(&self.app) {
            frames.push(self.step(Vec::new()));
            std::thread::sleep(Duration::from_millis(16));
        }
        frames.push(self.step(Vec::new()));
        frames
    }
}

fn tell(what: &str, mut frames: Vec<Duration>) {
    frames.sort_unstable();
    let [median, longest] = [frames.len() / 2, frames.len() - 1].map(|place| frames[place].as_secs_f64() * 1000.0);
    println!("{what:<44} {:>5} frames   median {median:>6.2} ms   longest {longest:>6.2} ms", frames.len());
}

fn main() {
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let folder = tempfile::tempdir().unwrap();
    let path = given.unwrap_or_else(|| {
        let path = folder.path().join("export.csv");
        let company = Company::generate(&SampleOptions { people: 10_869, weeks: 46, ..SampleOptions::default() });
        company.write_person_query(None, &mut std::fs::File::create(&path).unwrap()).unwrap();
        path
    });
    let mut window = Window::open(&path);
    tell("the first frames, before anything is read", (0..3).map(|_| window.step(Vec::new())).collect());
    let frames = window.steps_until(|app| app.workbench().results().is_some() || !app.workbench().is_reading());
    tell("while the file is read and answered", frames);
    let frames = window.steps_until(|app| app.workbench().results().is_some() && !app.workbench().is_updating());
    tell("when the answer is there", frames);
    for (number, key) in (1..).zip(SCREENS) {
        let mut frames = vec![window.press(key)];
        frames.extend((0..10).map(|_| window.step(Vec::new())));
        tell(&format!("screen {number}, {:?}", window.app.workbench().route()), frames);
    }
}
