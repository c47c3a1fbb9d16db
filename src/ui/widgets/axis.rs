//! An axis of shares, or of parts of a whole in a unit: how far it reaches and where its lines are.

/// An axis from 0 to `top`, both shares of the whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ShareAxis {
    /// The share at the far end, above 0 and at most 1.
    pub top: f64,
    /// The distance of its lines.
    pub step: f64,
    /// What its words say; percents where there is no unit.
    pub unit: Option<AxisUnit>,
}

/// The words of an axis that shows no shares: 0.15 of a whole of 100 hours is "15 h".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AxisUnit {
    /// What a share of 1 stands for, in the unit.
    pub whole: f64,
    /// The unit: "h". Empty for bare numbers.
    pub unit: &'static str,
    /// The decimal mark.
    pub decimal: char,
}

impl AxisUnit {
    /// The unit of values up to `largest`: its whole is the power of ten at which the lines of the axis are round.
    #[must_use]
    pub fn up_to(largest: f64, unit: &'static str, decimal: char) -> Self {
        let digits = if largest > 0.0 && largest.is_finite() { (largest.log10() - 1e-9).ceil() } else { 0.0 };
        Self { whole: 10_f64.powf(digits), unit, decimal }
    }

    /// A value as a share of the whole.
    #[must_use]
    pub fn share(self, value: f64) -> f64 {
        value / self.whole
    }
}

impl ShareAxis {
    /// The shortest axis with 2 to 5 lines at round percents that shows `largest`.
    /// Nothing to show gives 0 to 10%.
    pub(super) fn for_largest(largest: f64) -> Self {
        const STEPS: [f64; 5] = [0.02, 0.05, 0.1, 0.2, 0.25];
        let largest = if largest.is_finite() { largest.clamp(0.0, 1.0) } else { 0.0 };
        let largest = if largest == 0.0 { 0.1 } else { largest };
        for step in STEPS {
            let lines = (largest / step - 1e-9).ceil();
            if lines <= 4.0 {
                let lines = lines.max(2.0);
                return Self { top: (lines * step).min(1.0), step, unit: None };
            }
        }
        Self { top: 1.0, step: 0.25, unit: None }
    }

    /// The words at a line.
    pub(super) fn words(self, share: f64, percent_space: char) -> String {
        match self.unit {
            Some(AxisUnit { whole, unit, decimal }) => {
                // As many decimals as the distance of the lines needs.
                let step = self.step * whole;
                let is_whole = |places: &usize| {
                    let scaled = step * 10_f64.powi(*places as i32);
                    (scaled - scaled.round()).abs() < 1e-6
                };
                let places = (0..4).find(is_whole).unwrap_or(4);
                let number = format!("{:.places$}", share * whole).replace('.', &decimal.to_string());
                if unit.is_empty() { number } else { format!("{number}\u{a0}{unit}") }
            }
            None => percent(share, percent_space),
        }
    }

    /// The shares at which lines are drawn, zero included.
    pub(super) fn lines(self) -> impl Iterator<Item = f64> {
        let count = (self.top / self.step + 1e-9).floor() as usize;
        (0..=count).map(move |line| line as f64 * self.step)
    }

    /// The share itself, or the end of the axis beyond which it is.
    pub(super) fn clamp(self, share: f64) -> f64 {
        share.clamp(0.0, self.top)
    }

    /// Where a share lies: 0 at zero, 1 at the far end. Shares beyond the axis stay at its end.
    pub(super) fn place(self, share: f64) -> f32 {
        (self.clamp(share) / self.top) as f32
    }
}

/// What stands between a number and its percent sign unless a widget is told otherwise: a space at which
/// no line breaks.
pub(super) const PERCENT_SPACE: char = '\u{a0}';

/// A share as a whole percent: the words at the lines of an axis.
pub(super) fn percent(share: f64, space: char) -> String {
    format!("{:.0}{space}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(largest: f64) -> Vec<String> {
        ShareAxis::for_largest(largest).lines().map(|share| percent(share, ' ')).collect()
    }

    #[test]
    fn an_axis_ends_at_the_first_round_line_beyond_the_largest_share() {
        assert_eq!(lines(0.34), ["0 %", "10 %", "20 %", "30 %", "40 %"]);
        assert_eq!(lines(0.61), ["0 %", "20 %", "40 %", "60 %", "80 %"]);
        assert_eq!(lines(0.07), ["0 %", "2 %", "4 %", "6 %", "8 %"]);
        assert_eq!(lines(1.0), ["0 %", "25 %", "50 %", "75 %", "100 %"]);
        assert_eq!(lines(0.2), ["0 %", "5 %", "10 %", "15 %", "20 %"]);
    }

    #[test]
    fn an_axis_with_a_unit_tells_parts_of_its_whole() {
        // 12 of 100 hours: lines at every five.
        let unit = Some(AxisUnit { whole: 100.0, unit: "h", decimal: '.' });
        let axis = ShareAxis { unit, ..ShareAxis::for_largest(0.12) };
        let words: Vec<String> = axis.lines().map(|line| axis.words(line, ' ')).collect();
        assert_eq!(words, ["0\u{a0}h", "5\u{a0}h", "10\u{a0}h", "15\u{a0}h"]);
    }

    #[test]
    fn an_axis_up_to_a_value_has_round_lines_and_their_decimals() {
        let words = |largest: f64| -> Vec<String> {
            let unit = AxisUnit::up_to(largest, "h", ',');
            let axis = ShareAxis { unit: Some(unit), ..ShareAxis::for_largest(unit.share(largest)) };
            axis.lines().map(|line| axis.words(line, ' ').replace('\u{a0}', " ")).collect()
        };
        assert_eq!(words(0.9), ["0,00 h", "0,25 h", "0,50 h", "0,75 h", "1,00 h"]);
        assert_eq!(words(3.2), ["0 h", "1 h", "2 h", "3 h", "4 h"]);
        assert_eq!(words(10.0), ["0,0 h", "2,5 h", "5,0 h", "7,5 h", "10,0 h"]);
        assert_eq!(words(41.0), ["0 h", "20 h", "40 h", "60 h"]);
    }

    #[test]
    fn an_axis_of_nothing_still_has_lines() {
        assert_eq!(lines(0.0), ["0 %", "5 %", "10 %"]);
        assert_eq!(lines(f64::NAN), ["0 %", "5 %", "10 %"]);
    }

    #[test]
    fn places_run_from_zero_to_the_far_end() {
        let axis = ShareAxis { top: 0.4, step: 0.1, unit: None };
        assert!((axis.place(0.1) - 0.25).abs() < 1e-6);
        assert!((axis.place(0.9) - 1.0).abs() < 1e-6);
    }
}
