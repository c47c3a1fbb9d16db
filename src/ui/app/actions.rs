//! What views ask of the window.

use egui::Context;

use super::App;
use super::preferences::Preferences;
use crate::ui::offscreen;
use crate::ui::views::{Action, Picture};
use crate::workbench::{Command, FileCommand, ProofCommand};

/// Pixels a point of a copied or saved picture.
const PIXELS_PER_POINT: f32 = 2.0;

/// Text sizes that every screen is made for, 1 for 100 %.
const ZOOM: std::ops::RangeInclusive<f32> = 0.8..=2.0;

impl App {
    /// The toolkit's own keys for the text size go further than the screens do.
    pub(super) fn keep_zoom_in_range(ctx: &Context) {
        let zoom = ctx.zoom_factor();
        if !ZOOM.contains(&zoom) {
            ctx.set_zoom_factor(zoom.clamp(*ZOOM.start(), *ZOOM.end()));
        }
    }

    /// Does one thing that a view asked for.
    pub(super) fn act(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Run(command) => {
                if matches!(command, Command::File(FileCommand::Cancel)) {
                    self.jobs.cancel_import();
                }
                self.expect_saved(&command);
                let is_of_views = !matches!(command, Command::File(_)) && !self.workbench.has_project_setup();
                if matches!(command, Command::File(FileCommand::Close) | Command::Prove(ProofCommand::StopHashing)) {
                    self.jobs.stop_hashing();
                }
                let job = self.workbench.run(command);
                self.jobs.start(ctx, &mut self.dialogs, job);
                if is_of_views && let Some(opened) = self.workbench.opened() {
                    self.preferences.keep_views(opened, self.workbench.views());
                }
            }
            Action::OpenRecent(path) => {
                let command = Command::File(FileCommand::Open(vec![Preferences::path(&path)]));
                let job = self.workbench.run(command);
                self.jobs.start(ctx, &mut self.dialogs, job);
            }
            Action::ForgetRecent(path) => self.preferences.forget(&path),
            Action::KeepRecent(on) => self.preferences.keep_recent(on),
            Action::CopyText { text, what } => {
                ctx.copy_text(text);
                self.view.toast(format!("{what} copied"));
            }
            Action::CopyPicture(picture) => {
                ctx.copy_image(drawn(ctx, &picture));
                self.view.toast("Picture copied");
            }
            Action::SavePicture(picture) => {
                let png = offscreen::to_png(&drawn(ctx, &picture));
                self.dialogs.save(ctx, &format!("{}.png", picture.file_stem()), png);
            }
            Action::SaveDrawing(picture) => {
                let svg = offscreen::render_svg(picture.size(), ctx.theme(), |ui| picture.show(ui));
                self.dialogs.save(ctx, &format!("{}.svg", picture.file_stem()), svg.into_bytes());
            }
            Action::SaveFile { name, bytes } => self.dialogs.save(ctx, &name, bytes),
            Action::ReadTable(table, path) => self.dialogs.read_table(ctx, table, path),
            Action::SaveFileTo(path, bytes) => self.dialogs.save_to(ctx, path, bytes),
            Action::PickTable(table) => self.dialogs.pick_table(ctx, table),
            Action::Theme(theme) => ctx.set_theme(theme),
            Action::Zoom(factor) => ctx.set_zoom_factor(factor.clamp(*ZOOM.start(), *ZOOM.end())),
        }
        ctx.request_repaint();
    }
}

/// A chart drawn alone, in the theme that the window has.
fn drawn(ctx: &Context, picture: &Picture) -> egui::ColorImage {
    offscreen::render_ui(picture.size(), PIXELS_PER_POINT, ctx.theme(), |ui| picture.show(ui))
}
