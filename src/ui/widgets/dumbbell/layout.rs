//! How a chart of before and now shares its width, and where its numbers lie.

use egui::{Rangef, Ui};

use super::DumbbellChart;
use crate::ui::theme::{Scale, Text, TextSize, space};

/// The columns, from the left edge in points.
pub(super) struct Columns {
    pub name: Rangef,
    pub plot: Rangef,
    pub values: Rangef,
    pub change: Rangef,
    pub verdict: Rangef,
    pub axis: Axis,
    pub head_height: f32,
    /// Side of a verdict's shape, and the room between it and its word.
    pub mark: f32,
    pub mark_gap: f32,
}

/// An axis of plain numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    step: f64,
}

impl Columns {
    pub(super) fn new(ui: &Ui, chart: &DumbbellChart, width: f32) -> Self {
        let scale = Scale::of(ui);
        let gap = scale.space(space::GAP);
        let (mark, mark_gap) = (scale.size(TextSize::Label), scale.space(6.0));
        let [name_head, values_head, change_head, verdict_head] = &chart.headings;
        let rows = || chart.rows.iter();
        let values = widest(ui, rows().map(|row| &row.values), values_head);
        let change = widest(ui, rows().map(|row| &row.change), change_head);
        let verdict = mark + mark_gap + widest(ui, rows().map(|row| &row.verdict_word), verdict_head);
        let name = widest(ui, rows().map(|row| &row.name), name_head).clamp(width * 0.14, width * 0.28);
        // From the right edge inward, what is left in the middle is the plot.
        let mut right = width;
        let mut take = |part: f32| {
            let range = Rangef::new(right - part, right);
            right -= part + gap;
            range
        };
        let verdict = take(verdict);
        let change = take(change);
        let values = take(values);
        // Room for half of the words under the last line.
        let inset = scale.space(12.0);
        let left = name + gap + inset;
        Self {
            name: Rangef::new(0.0, name),
            plot: Rangef::new(left, (right - inset).max(left + 1.0)),
            values,
            change,
            verdict,
            axis: Axis::of(chart),
            head_height: scale.line_height(TextSize::Label) + scale.space(space::SMALL),
            mark,
            mark_gap,
        }
    }

    /// Where a value lies, from the left edge of the chart.
    pub(super) fn x(&self, value: f64) -> f32 {
        self.plot.min + self.plot.span() * self.axis.place(value)
    }
}

impl Axis {
    fn of(chart: &DumbbellChart) -> Self {
        let values = chart.rows.iter().flat_map(|row| {
            let [low, high] = row.interval;
            [Some(low), Some(high), Some(row.now), row.before]
        });
        // Changes are read from zero; dots need not begin there.
        let zone = chart.zone.iter().flat_map(|([low, high], _)| [Some(*low), Some(0.0), Some(*high)]);
        Self::over(values.chain(zone).flatten())
    }

    /// The shortest axis with a few round lines that has all values in it.
    fn over(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = if low <= high { (low, high) } else { (0.0, 0.0) };
        let span = if high > low { high - low } else { 1.0 };
        let unit = 10_f64.powf((span / 5.0).log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|part| part * unit).find(|step| span / step <= 6.0);
        let step = step.unwrap_or(10.0 * unit);
        let line = |value: f64, round: fn(f64) -> f64| round(value / step) * step;
        let (low, high) = (line(low, f64::floor), line(high, f64::ceil));
        Self { low, high: if high > low { high } else { low + step }, step }
    }

    /// 0 at the low end, 1 at the high one.
    pub(super) fn place(self, value: f64) -> f32 {
        ((value.clamp(self.low, self.high) - self.low) / (self.high - self.low)) as f32
    }

    /// The values at which lines are drawn.
    pub(super) fn lines(self) -> impl Iterator<Item = f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        (0..=count).map(move |line| {
            let value = self.low + line as f64 * self.step;
            if value.abs() < self.step / 1e6 { 0.0 } else { value }
        })
    }

    /// How many decimals its lines need.
    pub(super) fn decimals(self) -> usize {
        if self.step >= 0.999 { 0 } else { 1 + usize::from(self.step < 0.0999) }
    }
}

/// The width of the widest of some words or their heading.
fn widest<'a>(ui: &Ui, words: impl Iterator<Item = &'a String>, heading: &str) -> f32 {
    let width = |text: Text| text.galley(ui, f32::INFINITY).size().x;
    let words = words.map(|word| width(Text::body(word).medium()));
    words.fold(width(Text::label(heading)), f32::max).ceil() + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(values: &[f64]) -> Vec<f64> {
        let axis = Axis::over(values.iter().copied());
        axis.lines().map(|line| (line * 1000.0).round() / 1000.0).collect()
    }

    #[test]
    fn an_axis_has_a_few_round_lines() {
        assert_eq!(lines(&[4.1, 10.6]), [4.0, 6.0, 8.0, 10.0, 12.0]);
        assert_eq!(lines(&[-4.0, 22.0]), [-5.0, 0.0, 5.0, 10.0, 15.0, 20.0, 25.0]);
        assert_eq!(lines(&[0.0, 0.3]), [0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]);
        assert_eq!(lines(&[]).first(), Some(&0.0));
        assert!(lines(&[f64::NAN, 0.0]).len() > 1);
    }

    #[test]
    fn places_run_from_the_low_end_to_the_high_one() {
        let axis = Axis { low: -5.0, high: 15.0, step: 5.0 };
        assert!((axis.place(0.0) - 0.25).abs() < 1e-6);
        assert!((axis.place(99.0) - 1.0).abs() < 1e-6);
    }
}
