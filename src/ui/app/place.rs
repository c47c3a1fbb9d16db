//! The window on the screen: its least size, and full screen while the room view is on.

use egui::{Context, Vec2, ViewportCommand, vec2};

/// The least size of the window in points of the screen, whatever the text size.
const LEAST: Vec2 = vec2(960.0, 600.0);

/// So long after the start, in seconds, full screen is taken for left over from the run before.
const STARTING: f64 = 3.0;

/// What the window was told last.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// The text size for which it was told its least size.
    zoom: Option<f32>,
    is_full_screen: bool,
}

impl Place {
    /// Tells the window what has changed.
    pub(super) fn follow(&mut self, ctx: &Context, is_presenting: bool) {
        self.keep_least_size(ctx);
        // The toolkit restores full screen; who closed the window in the room view does not start in it.
        let is_left_over =
            || ctx.input(|input| input.time < STARTING && input.viewport().fullscreen == Some(true)) && !is_presenting;
        if is_presenting != self.is_full_screen || is_left_over() {
            self.is_full_screen = is_presenting;
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(is_presenting));
        }
    }

    /// The toolkit multiplies sizes by the text size: at 200 % no laptop would have room for the window.
    fn keep_least_size(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        if self.zoom != Some(zoom) {
            self.zoom = Some(zoom);
            ctx.send_viewport_cmd(ViewportCommand::MinInnerSize(LEAST / zoom));
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{RawInput, ViewportId};

    use super::*;

    /// What the window is told in a frame at `time` seconds, while it is full screen or not.
    fn told(ctx: &Context, place: &mut Place, time: f64, is_full: bool, is_presenting: bool) -> Vec<ViewportCommand> {
        let mut input = RawInput { time: Some(time), ..RawInput::default() };
        input.viewports.entry(ViewportId::ROOT).or_default().fullscreen = Some(is_full);
        let mut output = ctx.run_ui(input, |ui| place.follow(ui.ctx(), is_presenting));
        // Nothing is drawn here.
        output.textures_delta.clear();
        let told = output.viewport_output.into_values().flat_map(|viewport| viewport.commands);
        // The toolkit itself tells the window its theme.
        told.filter(|command| !matches!(command, ViewportCommand::SetTheme(_))).collect()
    }

    #[test]
    fn the_least_size_on_the_screen_is_the_same_at_any_text_size() {
        let (ctx, mut place) = (Context::default(), Place::default());
        let least = |points| [ViewportCommand::MinInnerSize(points)];
        assert_eq!(told(&ctx, &mut place, 0.0, false, false), least(vec2(960.0, 600.0)));
        assert_eq!(told(&ctx, &mut place, 0.1, false, false), []);
        // At 200 % a point is two of the screen.
        ctx.set_zoom_factor(2.0);
        assert_eq!(told(&ctx, &mut place, 0.2, false, false), least(vec2(480.0, 300.0)));
    }

    #[test]
    fn the_room_view_fills_the_screen_and_gives_it_back() {
        let (ctx, mut place) = (Context::default(), Place::default());
        told(&ctx, &mut place, 0.0, false, false);
        assert_eq!(told(&ctx, &mut place, 9.0, false, true), [ViewportCommand::Fullscreen(true)]);
        assert_eq!(told(&ctx, &mut place, 9.1, true, true), []);
        assert_eq!(told(&ctx, &mut place, 9.2, true, false), [ViewportCommand::Fullscreen(false)]);
    }

    #[test]
    fn full_screen_that_was_restored_is_left_but_not_what_somebody_chose_later() {
        let (ctx, mut place) = (Context::default(), Place::default());
        told(&ctx, &mut place, 0.0, false, false);
        assert_eq!(told(&ctx, &mut place, 0.5, true, false), [ViewportCommand::Fullscreen(false)]);
        assert_eq!(told(&ctx, &mut place, 9.0, true, false), []);
    }
}
