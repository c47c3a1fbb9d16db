//! The part of a chart that egui_plot draws: shares from zero upwards, their lines, and their percents.

use std::ops::RangeInclusive;

use egui::{Color32, Rect, Response, Sense, Stroke, Ui, UiBuilder, pos2, vec2};
use egui_plot::{Axis, AxisHints, GridInput, GridMark, HLine, Plot, PlotBounds, PlotTransform, PlotUi};

use super::axis::ShareAxis;
use crate::ui::theme::{Scale, TextSize, Tokens, Weight, space};

/// The room that egui_plot leaves at both sides of a percent.
const SIDE: f32 = 4.0;

/// How far the plot reaches beyond its lowest and highest line, at a desk: half a mark has room there.
pub(super) const EDGE: f32 = 6.0;

/// Words under the plot, in the places of some whole values.
pub(super) struct Foot<'a> {
    /// The word of each value from 0 on.
    pub words: Vec<&'a str>,
    /// Which of them are shown: every first, second, third…
    pub every: usize,
}

/// A plot of shares that is laid out, and so knows where its values lie before it is drawn.
pub(super) struct SharePlot {
    /// From side to side, and from zero to the far end of the axis.
    pub area: Rect,
    axis: ShareAxis,
    percent_space: char,
    transform: PlotTransform,
}

impl SharePlot {
    /// A plot in `area`, at whose sides the values of `across` lie.
    pub(super) fn new(ui: &Ui, area: Rect, axis: ShareAxis, percent_space: char, across: &RangeInclusive<f64>) -> Self {
        // The smallest windows leave no room; what is drawn then only has to be harmless.
        let area = Rect::from_min_size(area.min, area.size().max(vec2(1.0, 1.0)));
        let edge = Scale::of(ui).space(EDGE);
        let beyond = axis.top * f64::from(edge / area.height());
        let bounds = PlotBounds::from_min_max([*across.start(), -beyond], [*across.end(), axis.top + beyond]);
        let transform = PlotTransform::new(area.expand2(vec2(0.0, edge)), bounds, false);
        Self { area, axis, percent_space, transform }
    }

    /// The width of the percents at the left of a plot, and of the gap beside them.
    pub(super) fn axis_width(ui: &Ui, axis: ShareAxis, percent_space: char) -> f32 {
        let scale = Scale::of(ui);
        let font = scale.font(TextSize::Label, Weight::Regular);
        let width = |share| {
            let words = axis.words(share, percent_space);
            ui.painter().layout_no_wrap(words, font.clone(), Color32::PLACEHOLDER).size().x
        };
        axis.lines().map(width).fold(0.0, f32::max) + scale.space(space::SMALL)
    }

    /// Where a value lies on the screen.
    pub(super) fn x(&self, value: f64) -> f32 {
        self.transform.position_from_point_x(value)
    }

    /// Where a share lies on the screen; shares beyond the axis stay at its ends.
    pub(super) fn y(&self, share: f64) -> f32 {
        self.transform.position_from_point_y(self.clamp(share))
    }

    /// The share itself, or the end of the axis beyond which it is.
    pub(super) fn clamp(&self, share: f64) -> f64 {
        self.axis.clamp(share)
    }

    /// The share at the far end of the axis.
    pub(super) fn top(&self) -> f64 {
        self.axis.top
    }

    /// The value at a place on the screen.
    pub(super) fn value_at(&self, x: f32) -> f64 {
        self.transform.value_from_position(pos2(x, self.area.top())).x
    }

    /// How far apart values are that lie `points` apart on the screen.
    pub(super) fn span(&self, points: f32) -> f64 {
        f64::from(points) * self.transform.dvalue_dpos()[0]
    }

    /// The share next to `share` at which a level line of this stroke is sharp.
    pub(super) fn crisp(&self, ui: &Ui, share: f64, stroke: Stroke) -> f64 {
        let mut y = self.y(share);
        stroke.round_center_to_pixel(ui.pixels_per_point(), &mut y);
        self.transform.value_from_position(pos2(self.area.left(), y)).y
    }

    /// Where lines of the axis lie on the screen.
    pub(super) fn lines(&self) -> impl Iterator<Item = f32> {
        self.axis.lines().map(|share| self.y(share))
    }

    /// The color behind the chart: of its card, or of the page.
    pub(super) fn ground(ui: &Ui) -> Color32 {
        Tokens::of(ui).page.blend(ui.stack().bg_color())
    }

    /// Draws the grid, the percents and the words under them, and what `draw` adds. `chart` is the response
    /// of the whole chart: it alone has the focus, a name, and the pointer.
    pub(super) fn show(
        &self,
        ui: &mut Ui,
        chart: &Response,
        foot: Option<&Foot<'_>>,
        draw: impl FnOnce(&Ui, &mut PlotUi<'_>),
    ) {
        let scale = Scale::of(ui);
        let tokens = Tokens::of(ui);
        let gap = scale.space(space::SMALL) - SIDE;
        let left = Self::axis_width(ui, self.axis, self.percent_space) + SIDE;
        let below = foot.map_or(0.0, |_| scale.line_height(TextSize::Label));
        let frame = *self.transform.frame();
        let whole = Rect::from_min_max(pos2(frame.left() - left, frame.top()), frame.max + vec2(0.0, below));
        let font = scale.font(TextSize::Label, Weight::Regular);
        let words = |axis| {
            let hints = AxisHints::new(axis).label_spacing(0.0..=1.0);
            hints.tick_label_font(font.clone()).tick_label_color(tokens.secondary)
        };
        // An empty axis keeps the percents off the lines.
        let empty = AxisHints::new_y().min_thickness(gap).formatter(|_, _| String::new());
        let percents = words(Axis::Y)
            .min_thickness(left - gap)
            .formatter(|mark, _| self.axis.words(mark.value, self.percent_space));
        let periods = words(Axis::X).min_thickness(below).formatter(|mark, _| word_at(foot, mark.value));
        let plot = Plot::new("shares")
            // egui_plot keeps the widest words it met; other words start anew.
            .id(chart.id.with(("plot", left.to_bits(), below.to_bits())))
            .width(whole.width())
            .height(whole.height())
            .sense(Sense::hover())
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_axis_zoom_drag(false)
            .allow_double_click_reset(false)
            .show_x(false)
            .show_y(false)
            .show_crosshair(false)
            .show_background(false)
            .show_axes([foot.is_some(), true])
            .show_grid([false, true])
            .grid_color(tokens.line)
            .grid_spacing(0.0..=1.0)
            .x_grid_spacer(move |input| marks_below(foot, &input))
            .y_grid_spacer(|_| self.marks())
            .custom_x_axes(vec![periods])
            .custom_y_axes(vec![empty, percents]);
        let mut inside = ui.new_child(UiBuilder::new().id_salt("plot").max_rect(whole));
        let ui = &*ui;
        plot.show(&mut inside, |plot| {
            plot.set_plot_bounds(*self.transform.bounds());
            // The foot on which everything stands is a little stronger than the lines above it.
            let stroke = Stroke::new(1.0, tokens.control);
            plot.hline(HLine::new("", self.crisp(ui, 0.0, stroke)).stroke(stroke));
            draw(ui, plot);
        });
    }

    fn marks(&self) -> Vec<GridMark> {
        self.axis.lines().map(|value| GridMark { value, step_size: self.axis.step }).collect()
    }
}

fn marks_below(foot: Option<&Foot<'_>>, input: &GridInput) -> Vec<GridMark> {
    let Some(foot) = foot else { return Vec::new() };
    let (low, high) = input.bounds;
    // A single word has the whole width for itself.
    let step_size = if foot.words.len() < 2 { high - low } else { foot.every as f64 };
    (0..foot.words.len()).step_by(foot.every.max(1)).map(|index| GridMark { value: index as f64, step_size }).collect()
}

fn word_at(foot: Option<&Foot<'_>>, value: f64) -> String {
    let word = foot.and_then(|foot| foot.words.get(value.round() as usize));
    word.map_or_else(String::new, |word| (*word).to_owned())
}
