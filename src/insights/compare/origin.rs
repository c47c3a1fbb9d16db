//! Where the time came from: whether extra time with people outside came out of evenings.

use super::Verdict;

/// What after-hours collaboration says about extra external time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterHoursGuard {
    /// External time did not clearly rise: there is nothing to explain.
    NotNeeded,
    /// External time rose, and so did collaboration outside working hours.
    Rose,
    /// External time rose, and collaboration outside working hours fell or held steady.
    DidNotRise,
    /// External time rose; whether evenings did is open.
    CannotTell,
    /// External time rose, and nothing is known of evenings.
    NotKnown,
}

impl AfterHoursGuard {
    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotNeeded => "not_needed",
            Self::Rose => "rose",
            Self::DidNotRise => "did_not_rise",
            Self::CannotTell => "cannot_tell",
            Self::NotKnown => "not_known",
        }
    }
}

/// Holds external time against collaboration outside working hours; `None` for what is not known.
#[must_use]
pub const fn after_hours_guard(external: Option<Verdict>, after_hours: Option<Verdict>) -> AfterHoursGuard {
    match (external, after_hours) {
        (Some(Verdict::Up), Some(Verdict::Up)) => AfterHoursGuard::Rose,
        (Some(Verdict::Up), Some(Verdict::Down | Verdict::HeldSteady)) => AfterHoursGuard::DidNotRise,
        (Some(Verdict::Up), Some(Verdict::CannotTell)) => AfterHoursGuard::CannotTell,
        (Some(Verdict::Up), None) => AfterHoursGuard::NotKnown,
        _ => AfterHoursGuard::NotNeeded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_more_external_time_asks_about_evenings() {
        let up = Some(Verdict::Up);
        assert_eq!(after_hours_guard(up, up), AfterHoursGuard::Rose);
        assert_eq!(after_hours_guard(up, Some(Verdict::HeldSteady)), AfterHoursGuard::DidNotRise);
        assert_eq!(after_hours_guard(up, Some(Verdict::CannotTell)), AfterHoursGuard::CannotTell);
        assert_eq!(after_hours_guard(up, None), AfterHoursGuard::NotKnown);
        assert_eq!(after_hours_guard(Some(Verdict::HeldSteady), up), AfterHoursGuard::NotNeeded);
        assert_eq!(after_hours_guard(None, up), AfterHoursGuard::NotNeeded);
    }
}
