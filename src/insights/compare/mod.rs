//! **Compare periods**: the metrics of some people in one window of weeks against those in another.
//!
//! Two windows of whole weeks (or months), of equal length, that do not overlap; weeks that somebody leaves out are out
//! of both, and so are weeks that the file cuts at its edges ([`windows`]). Of each metric the mean is taken over the
//! weeks of each person first, then over people. The change is told in two versions: of the *same people* in both
//! windows (the headline; each person is held against themselves), and of *everyone present*.
//!
//! With person i's mean b_i of N people before and a_i of M people now, B and A their means, the contributions are
//! z_i = (a_i - A) / M - (b_i - B) / N, each part only where the person is in that window. Variance =
//! P / (P - 1) * sum of z_i^2 over the P people of either window; the 95 % interval of A - B is 1.96 standard errors
//! to each side. Of the same people P = M = N, and that is the paired formula. The interval of the relative change
//! A / B - 1 is by the delta method: the same with z_i = ((a_i - A) / M - (A / B) * (b_i - B) / N) / B.
//!
//! The verdict is on the relative change: *held steady* where its whole interval lies within 5 % (settable) of no
//! change, else *up* or *down* where the interval leaves out no change, else *cannot tell*. Where the mean before is
//! zero there is no relative change, and the verdict is on the absolute one. People at zero before are kept, and those
//! of them with some now are counted.

mod change;
mod cohorts;
mod metric;
mod origin;
pub mod windows;

pub use change::{Change, Movement, Verdict, clear_difference, in_both};
pub use cohorts::{Family, Roles, family_of, roles};
pub use metric::{ByPerson, CompareMetric};
pub use origin::{AfterHoursGuard, after_hours_guard};
