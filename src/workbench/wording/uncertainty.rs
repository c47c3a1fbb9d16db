//! How sure a number is, in the same words everywhere: "31 %, likely 27 to 35, about 1 in 3".
//!
//! * The range is the 95 % interval.
//! * A range over 50 points wide allows for next to everything: instead of a fraction it says "cannot tell". So does
//!   a group's difference from the rest whose interval includes zero and is over 50 points wide: that is no evidence
//!   of being alike. Narrower ones that include zero are "no clear difference".
//! * With fewer than 20 people of whom all or none are counted, the share is "under 10 %" or "over 90 %", and so is
//!   its fraction.

use crate::privacy::{Interval, Outcome, PublicGroup, Share, Verdict};
use crate::text::{self, Locale};

/// From this width on a range says next to nothing.
const CANNOT_TELL_FROM: f64 = 0.5;

/// Where a range says next to nothing, and where a difference could be anything.
pub(super) const CANNOT_TELL: &str = "cannot tell";

/// Where a range includes what a number is held against.
pub(super) const NO_CLEAR_DIFFERENCE: &str = "no clear difference";

/// A share with its uncertainty: "31 %, likely 27 to 35, about 1 in 3".
#[must_use]
pub fn uncertainty(outcome: &Outcome, locale: &Locale) -> String {
    let Outcome { share, interval, people, .. } = *outcome;
    format!("{}, {}", text::percent(share, people, locale), how_sure(share, interval, people, locale))
}

/// What follows a share: "likely 27 to 35, about 1 in 3", or "likely 21 to 79, cannot tell".
#[must_use]
pub fn how_sure(share: Share, interval: Interval, people: usize, locale: &Locale) -> String {
    format!("{}, {}", likely(interval, people, locale), fraction(share, interval, people))
}

/// The range of a share: "likely 27 to 35".
fn likely(interval: Interval, people: usize, locale: &Locale) -> String {
    format!("likely {}", likely_range(interval, people, locale))
}

/// A range of anything: "likely 3.9 to 4.4".
pub(super) fn likely_between(range: &str) -> String {
    format!("likely {range}")
}

/// How the mean of a group compares with that of the rest: "above", "below" or "no clear difference".
#[must_use]
pub const fn mean_against_the_rest(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Above => "above",
        Verdict::Below => "below",
        Verdict::NoClearDifference => "no clear difference",
    }
}

/// The range of a share, under a heading that says "Likely": "27 to 35".
#[must_use]
pub fn likely_range(interval: Interval, people: usize, locale: &Locale) -> String {
    let number = |share| text::percent_number(share, people, locale);
    let (low, high) = (number(interval.low), number(interval.high));
    if low == high { format!("about {low}") } else { format!("{low} to {high}") }
}

/// A share as people picture it: "about 1 in 3". "cannot tell" where its range is too wide for that.
#[must_use]
pub fn fraction(share: Share, interval: Interval, people: usize) -> String {
    if interval.high - interval.low > CANNOT_TELL_FROM {
        CANNOT_TELL.to_owned()
    } else if text::is_not_told_apart(share, people) {
        if share.get() <= 0.0 { "fewer than 1 in 10" } else { "more than 9 in 10" }.to_owned()
    } else {
        text::about_one_in(share)
    }
}

/// How a group compares with the rest: "above", "below", "no clear difference" or "cannot tell".
#[must_use]
pub fn against_the_rest(group: &PublicGroup) -> &'static str {
    let is_wide = |(_, interval): (f64, Interval)| interval.high - interval.low > CANNOT_TELL_FROM;
    match group.verdict {
        Verdict::Above => "above",
        Verdict::Below => "below",
        Verdict::NoClearDifference if group.difference.is_none_or(is_wide) => CANNOT_TELL,
        Verdict::NoClearDifference => NO_CLEAR_DIFFERENCE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(share: f64, low: f64, high: f64, people: usize) -> String {
        let interval = Interval { low, high };
        let share = Share::new(share);
        let locale = Locale::neutral();
        format!("{}, {}", text::percent(share, people, &locale), how_sure(share, interval, people, &locale))
    }

    #[test]
    fn a_share_comes_with_its_range_and_a_fraction() {
        assert_eq!(words(0.31, 0.27, 0.35, 300), "31 %, likely 27 to 35, about 1 in 3");
        assert_eq!(words(0.314, 0.309, 0.319, 12_000), "31.4 %, likely 30.9 to 31.9, about 1 in 3");
        assert_eq!(words(0.314, 0.312, 0.314, 900), "31 %, likely about 31, about 1 in 3");
    }

    #[test]
    fn nobody_and_everyone_of_many_are_told() {
        // Wilson's intervals of 0 of 50 and of 50 of 50.
        assert_eq!(words(0.0, 0.0, 0.071, 50), "0 %, likely 0 to 7, hardly anyone");
        assert_eq!(words(1.0, 0.929, 1.0, 50), "100 %, likely 93 to 100, nearly everyone");
    }

    #[test]
    fn nobody_and_everyone_of_a_few_are_only_near() {
        assert_eq!(words(0.0, 0.0, 0.278, 10), "under 10 %, likely 0 to 28, fewer than 1 in 10");
        assert_eq!(words(1.0, 0.722, 1.0, 10), "over 90 %, likely 72 to 100, more than 9 in 10");
    }

    #[test]
    fn a_range_of_more_than_fifty_points_cannot_tell() {
        assert_eq!(words(0.5, 0.21, 0.79, 12), "50 %, likely 21 to 79, cannot tell");
        assert_eq!(words(0.5, 0.25, 0.75, 16), "50 %, likely 25 to 75, about 1 in 2");
    }

    #[test]
    fn a_difference_that_could_be_anything_is_not_called_none() {
        let group = |verdict, difference| PublicGroup {
            value: "A".into(),
            people: 10,
            share: Share::new(0.5),
            interval: Interval { low: 0.2, high: 0.8 },
            difference,
            verdict,
        };
        let of = |verdict, low, high| against_the_rest(&group(verdict, Some((0.0, Interval { low, high }))));
        assert_eq!(of(Verdict::NoClearDifference, -0.05, 0.06), "no clear difference");
        assert_eq!(of(Verdict::NoClearDifference, -0.3, 0.3), "cannot tell");
        assert_eq!(of(Verdict::Above, 0.1, 0.9), "above");
        assert_eq!(of(Verdict::Below, -0.2, -0.1), "below");
        assert_eq!(against_the_rest(&group(Verdict::NoClearDifference, None)), "cannot tell");
    }
}
