//! The status of an initiative: the rules, each with its reason.
//!
//! First that applies: **done** (on time if done on or before its due date at baseline, else late); **not started**;
//! **late**: today is after its current due date, or a milestone is past its due date at baseline by more than five
//! working days and undone; **at risk**: the forecast slips by more than 5 % of the planned duration or by more than
//! five working days, or a risk with probability x severity of 12 or more has no mitigation, or there was no update for
//! longer than a review cycle, or progress is more than 10 points behind elapsed time; else **on schedule**.
//!
//! What the rules leave open is settled so: working days are Monday to Friday; the planned duration and the slip are
//! both in working days, from the start to the due dates at baseline and now; elapsed time runs from the start to the
//! current due date; before the first update the start counts as one; what is in progress without a due date is at
//! risk, because nobody can say that it is on schedule; what is on hold or stopped says so and is judged by no rule.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::data::{Cycle, Initiative, Milestone, Stage, StatusOverride};
use crate::text::{self, Locale};

/// So many working days late a milestone may be, and an initiative may slip.
const WORKING_DAYS: u32 = 5;

/// So many percent of the planned duration an initiative may slip.
const SLIP_PERCENT: u64 = 5;

/// So large a risk needs a mitigation.
const LARGE_RISK: u8 = 12;

/// So many points progress may be behind elapsed time.
const POINTS_BEHIND: u64 = 10;

/// The rules in a sentence each, as they stand beside every list of statuses.
pub const RULES: [&str; 4] = [
    "Done: on time if done on or before the due date at baseline, else late.",
    "Late: past its due date, or a milestone past its due date at baseline by more than 5 working days.",
    "At risk: the due date slipped by more than 5 % of the planned duration or 5 working days, or a risk of 12 or more \
     (probability times severity) has no mitigation, or no update for longer than a review cycle, or progress is more \
     than 10 points behind elapsed time, or there is no due date.",
    "Anybody may set another status with a reason. Both are shown.",
];

/// How an initiative stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It will be late by the rules.
    Late,
    /// It may become late.
    AtRisk,
    /// As planned.
    OnSchedule,
    /// Not in progress yet.
    NotStarted,
    /// Nobody works on it for now.
    OnHold,
    /// It was done by its due date at baseline.
    DoneOnTime,
    /// It was done after it.
    DoneLate,
    /// It was given up.
    Stopped,
}

impl Status {
    /// Every status, in the order in which people should look.
    pub const ALL: [Self; 8] = [
        Self::Late,
        Self::AtRisk,
        Self::OnSchedule,
        Self::NotStarted,
        Self::OnHold,
        Self::DoneOnTime,
        Self::DoneLate,
        Self::Stopped,
    ];

    /// Those of what is in progress: the ones that can be set by hand.
    pub const RUNNING: [Self; 3] = [Self::OnSchedule, Self::AtRisk, Self::Late];

    /// "At risk".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Late => "Late",
            Self::AtRisk => "At risk",
            Self::OnSchedule => "On schedule",
            Self::NotStarted => "Not started",
            Self::OnHold => "On hold",
            Self::DoneOnTime => "Done on time",
            Self::DoneLate => "Done late",
            Self::Stopped => "Stopped",
        }
    }
}

/// Why an initiative has its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It was done by its due date at baseline.
    DoneInTime(NaiveDate, NaiveDate),
    /// It was done after its due date at baseline, or one of the two days is not known.
    DoneAfter(Option<NaiveDate>, Option<NaiveDate>),
    /// Its stage says so.
    Stage(Stage),
    /// Its current due date has passed.
    PastDue(NaiveDate),
    /// A milestone is past its due date at baseline by so many working days.
    Milestone(String, NaiveDate, u32),
    /// It has no due date.
    NoDueDate,
    /// It slipped by the first number of working days of a planned duration of the second.
    SlipOfDuration(u32, u32),
    /// It slipped by so many working days.
    Slip(u32),
    /// A large risk, of this size, has no mitigation.
    OpenRisk(String, u8),
    /// Nothing was told since that day, for longer than a review cycle.
    Silent(NaiveDate, Cycle),
    /// So many percent are done of what the second number of percent of the time is gone.
    Behind(u8, u8),
    /// No rule says otherwise.
    NothingElse,
}

impl Reason {
    /// The reason as a sentence.
    #[must_use]
    pub fn in_words(&self, locale: &Locale) -> String {
        let date = |day: &NaiveDate| text::date(*day, locale);
        let percent = |number: &u8| format!("{number}{}%", locale.space());
        let days = |number: &u32| text::counted(*number as usize, "working day", "working days", locale);
        match self {
            Self::DoneInTime(done, due) => format!("Done on {}, due at baseline on {}.", date(done), date(due)),
            Self::DoneAfter(Some(done), Some(due)) => {
                format!("Done on {}, after its due date at baseline, {}.", date(done), date(due))
            }
            Self::DoneAfter(Some(done), None) => {
                format!("Done on {}, and it had no due date at baseline.", date(done))
            }
            Self::DoneAfter(None, _) => "Done, and nobody said on which day.".to_owned(),
            Self::Stage(stage) => format!("Its stage is {}.", stage.words().to_lowercase()),
            Self::PastDue(due) => format!("Due on {} and not done.", date(due)),
            Self::Milestone(name, due, late) => {
                let late = days(late);
                format!("Milestone \u{201c}{name}\u{201d} was due on {} at baseline, {late} ago.", date(due))
            }
            Self::NoDueDate => "It has no due date, so nobody can say that it is on schedule.".to_owned(),
            Self::SlipOfDuration(slip, planned) => {
                format!(
                    "Its due date slipped by {}, more than 5{}% of {} planned.",
                    days(slip),
                    locale.space(),
                    days(planned)
                )
            }
            Self::Slip(slip) => format!("Its due date slipped by {}, more than 5.", days(slip)),
            Self::OpenRisk(risk, size) => format!("Risk \u{201c}{risk}\u{201d} of size {size} has no mitigation."),
            Self::Silent(since, cycle) => {
                let cycle = if *cycle == Cycle::Monthly { "month" } else { "quarter" };
                format!("No update since {}, for more than a {cycle}.", date(since))
            }
            Self::Behind(progress, elapsed) => {
                format!("{} done when {} of its time is gone.", percent(progress), percent(elapsed))
            }
            Self::NothingElse => "No rule says late or at risk.".to_owned(),
        }
    }
}

/// A status by the rules, with every reason for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The status.
    pub status: Status,
    /// Why; never empty.
    pub reasons: Vec<Reason>,
}

impl Judged {
    fn one(status: Status, reason: Reason) -> Self {
        Self { status, reasons: vec![reason] }
    }

    /// Every reason as a sentence, one after the other.
    #[must_use]
    pub fn in_words(&self, locale: &Locale) -> String {
        self.reasons.iter().map(|reason| reason.in_words(locale)).collect::<Vec<_>>().join(" ")
    }
}

impl Initiative {
    /// The status by the rules on a day.
    #[must_use]
    pub fn judged(&self, today: NaiveDate) -> Judged {
        match self.stage {
            Stage::Done => return self.judged_done(),
            Stage::Idea | Stage::Selected | Stage::Planned => {
                return Judged::one(Status::NotStarted, Reason::Stage(self.stage));
            }
            Stage::OnHold => return Judged::one(Status::OnHold, Reason::Stage(self.stage)),
            Stage::Stopped => return Judged::one(Status::Stopped, Reason::Stage(self.stage)),
            Stage::InProgress => {}
        }
        let late = self.reasons_for_late(today);
        if !late.is_empty() {
            return Judged { status: Status::Late, reasons: late };
        }
        let at_risk = self.reasons_for_risk(today);
        if !at_risk.is_empty() {
            return Judged { status: Status::AtRisk, reasons: at_risk };
        }
        Judged::one(Status::OnSchedule, Reason::NothingElse)
    }

    /// The status that is shown: the one that somebody set while it is in progress, else the one by the rules.
    #[must_use]
    pub fn shown_status(&self, today: NaiveDate) -> Status {
        self.by_hand().map_or_else(|| self.judged(today).status, |by_hand| by_hand.status)
    }

    /// The status that somebody set, while the initiative is in progress.
    #[must_use]
    pub fn by_hand(&self) -> Option<&StatusOverride> {
        self.set_by_hand.as_ref().filter(|_| self.is_in_progress())
    }

    fn judged_done(&self) -> Judged {
        match (self.done_on, self.due_baseline) {
            (Some(done), Some(due)) if done <= due => Judged::one(Status::DoneOnTime, Reason::DoneInTime(done, due)),
            (done, due) => Judged::one(Status::DoneLate, Reason::DoneAfter(done, due)),
        }
    }

    fn reasons_for_late(&self, today: NaiveDate) -> Vec<Reason> {
        let past_due = self.due().filter(|due| today > *due).map(Reason::PastDue);
        let late = |milestone: &Milestone| {
            let due = milestone.due_baseline.filter(|_| milestone.done_on.is_none())?;
            let late = working_days(due, today);
            (late > WORKING_DAYS).then(|| Reason::Milestone(milestone.name.clone(), due, late))
        };
        past_due.into_iter().chain(self.milestones.iter().filter_map(late)).collect()
    }

    fn reasons_for_risk(&self, today: NaiveDate) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if self.due().is_none() {
            reasons.push(Reason::NoDueDate);
        }
        if let (Some(baseline), Some(due)) = (self.due_baseline, self.due()) {
            let slip = working_days(baseline, due);
            let planned = self.start.map(|start| working_days(start, baseline));
            if let Some(planned) = planned
                && u64::from(slip) * 100 > SLIP_PERCENT * u64::from(planned)
            {
                reasons.push(Reason::SlipOfDuration(slip, planned));
            } else if slip > WORKING_DAYS {
                reasons.push(Reason::Slip(slip));
            }
        }
        let open = self.risks.iter().filter(|risk| risk.size() >= LARGE_RISK && !risk.is_mitigated());
        reasons.extend(open.map(|risk| Reason::OpenRisk(risk.text.clone(), risk.size())));
        if let Some(told) = self.last_told()
            && told.checked_add_months(Months::new(self.cycle.months())).is_some_and(|latest| today > latest)
        {
            reasons.push(Reason::Silent(told, self.cycle));
        }
        reasons.extend(self.behind(today));
        reasons
    }

    /// Progress behind elapsed time by more than ten points.
    fn behind(&self, today: NaiveDate) -> Option<Reason> {
        let (start, due) = (self.start?, self.due()?);
        let all = u64::try_from((due - start).num_days()).ok().filter(|days| *days > 0)?;
        let gone = u64::try_from((today - start).num_days()).unwrap_or(0).min(all);
        let progress = self.progress();
        let is_behind = gone * 100 > (u64::from(progress) + POINTS_BEHIND) * all;
        is_behind.then(|| Reason::Behind(progress, u8::try_from(gone * 100 / all).unwrap_or(100)))
    }
}

/// Monday to Friday after the first day up to the last one, which counts; 0 where the last one is not later.
#[must_use]
pub fn working_days(after: NaiveDate, to: NaiveDate) -> u32 {
    let days = u64::try_from((to - after).num_days()).unwrap_or(0);
    let is_working = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let rest = (1..=days % 7).filter_map(|later| after.checked_add_days(Days::new(later))).filter(is_working).count();
    u32::try_from(days / 7 * 5).unwrap_or(u32::MAX).saturating_add(u32::try_from(rest).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::project::initiative::data::{Rating, Risk, Update};

    /// A day of 2026. January 5 is a Monday.
    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    /// In progress from Monday, January 5 for 20 weeks, which are 100 working days, to Monday, May 25; told today.
    fn running(today: NaiveDate) -> Initiative {
        Initiative {
            stage: Stage::InProgress,
            start: Some(day(1, 5)),
            due_baseline: Some(day(5, 25)),
            percent: Some(100),
            updates: vec![Update { on: today, ..Update::default() }],
            ..Initiative::default()
        }
    }

    fn status(initiative: &Initiative, today: NaiveDate) -> Status {
        initiative.judged(today).status
    }

    #[test]
    fn working_days_are_monday_to_friday_after_the_first_day() {
        // From Friday, January 9: the Monday after is the first working day.
        assert_eq!(working_days(day(1, 9), day(1, 11)), 0);
        assert_eq!(working_days(day(1, 9), day(1, 12)), 1);
        assert_eq!(working_days(day(1, 9), day(1, 16)), 5);
        assert_eq!(working_days(day(1, 5), day(5, 25)), 100);
        assert_eq!(working_days(day(1, 9), day(1, 9)), 0);
        assert_eq!(working_days(day(1, 9), day(1, 2)), 0);
    }

    #[test]
    fn done_is_on_time_up_to_the_due_date_at_baseline_whatever_it_is_now() {
        let done = |on| Initiative { stage: Stage::Done, done_on: on, due_now: Some(day(7, 1)), ..running(day(6, 1)) };
        assert_eq!(status(&done(Some(day(5, 25))), day(8, 1)), Status::DoneOnTime);
        assert_eq!(status(&done(Some(day(5, 26))), day(8, 1)), Status::DoneLate);
        assert_eq!(status(&done(None), day(8, 1)), Status::DoneLate);
        let no_baseline = Initiative { due_baseline: None, ..done(Some(day(1, 6))) };
        assert_eq!(status(&no_baseline, day(8, 1)), Status::DoneLate);
    }

    #[test]
    fn what_has_not_begun_is_not_started_even_after_its_due_date() {
        for stage in [Stage::Idea, Stage::Selected, Stage::Planned] {
            assert_eq!(status(&Initiative { stage, ..running(day(8, 1)) }, day(8, 1)), Status::NotStarted);
        }
    }

    #[test]
    fn what_is_on_hold_or_stopped_says_so() {
        assert_eq!(status(&Initiative { stage: Stage::OnHold, ..running(day(8, 1)) }, day(8, 1)), Status::OnHold);
        assert_eq!(status(&Initiative { stage: Stage::Stopped, ..running(day(8, 1)) }, day(8, 1)), Status::Stopped);
    }

    #[test]
    fn late_begins_the_day_after_the_current_due_date() {
        assert_eq!(status(&running(day(5, 25)), day(5, 25)), Status::OnSchedule);
        let late = running(day(5, 26)).judged(day(5, 26));
        assert_eq!(late, Judged { status: Status::Late, reasons: vec![Reason::PastDue(day(5, 25))] });
        // Moved by two working days: not late any more, and within both tolerances.
        let moved = Initiative { due_now: Some(day(5, 27)), ..running(day(5, 26)) };
        assert_eq!(status(&moved, day(5, 27)), Status::OnSchedule);
        assert_eq!(status(&moved, day(5, 28)), Status::Late);
    }

    #[test]
    fn a_milestone_is_late_from_the_sixth_working_day_after_its_baseline() {
        let milestone = Milestone { name: "Pilot".to_owned(), due_baseline: Some(day(2, 6)), ..Milestone::default() };
        // Friday, February 6: the fifth working day after it is Friday, February 13, the sixth Monday, February 16.
        let with = |milestone: &Milestone, today| Initiative { milestones: vec![milestone.clone()], ..running(today) };
        assert_eq!(status(&with(&milestone, day(2, 13)), day(2, 13)), Status::OnSchedule);
        assert_eq!(status(&with(&milestone, day(2, 15)), day(2, 15)), Status::OnSchedule);
        let late = with(&milestone, day(2, 16)).judged(day(2, 16));
        assert_eq!(
            (late.status, late.reasons),
            (Status::Late, vec![Reason::Milestone("Pilot".to_owned(), day(2, 6), 6)])
        );
        // Moving it does not help, doing it does.
        let moved = Milestone { due_now: Some(day(4, 1)), ..milestone.clone() };
        assert_eq!(status(&with(&moved, day(2, 16)), day(2, 16)), Status::Late);
        let done = Milestone { done_on: Some(day(2, 16)), ..milestone };
        assert_eq!(status(&with(&done, day(2, 16)), day(2, 16)), Status::OnSchedule);
    }

    #[test]
    fn a_slip_of_exactly_five_percent_or_five_working_days_is_on_schedule() {
        let moved = |due| Initiative { due_now: Some(due), ..running(day(2, 2)) };
        // 100 working days are planned: 5 of them are both borders at once. Monday, June 1 is 5 after Monday, May 25.
        assert_eq!(status(&moved(day(6, 1)), day(2, 2)), Status::OnSchedule);
        let over = moved(day(6, 2)).judged(day(2, 2));
        assert_eq!((over.status, over.reasons), (Status::AtRisk, vec![Reason::SlipOfDuration(6, 100)]));
        // An earlier date is no slip.
        assert_eq!(status(&moved(day(5, 18)), day(2, 2)), Status::OnSchedule);
    }

    #[test]
    fn each_of_the_two_tolerances_of_a_slip_is_enough() {
        // 20 working days are planned, to Monday, February 2: 5 % is one day, Tuesday; Wednesday is over.
        let short = |due| Initiative { due_baseline: Some(day(2, 2)), due_now: Some(due), ..running(day(1, 6)) };
        assert_eq!(status(&short(day(2, 3)), day(1, 6)), Status::OnSchedule);
        assert_eq!(short(day(2, 4)).judged(day(1, 6)).reasons, [Reason::SlipOfDuration(2, 20)]);
        // Over a year of 260 working days 5 % are 13 days; 6 working days are over five.
        let long = |due| {
            let start = NaiveDate::from_ymd_opt(2025, 5, 26);
            Initiative { start, due_now: Some(due), ..running(day(2, 2)) }
        };
        assert_eq!(status(&long(day(6, 1)), day(2, 2)), Status::OnSchedule);
        assert_eq!(long(day(6, 2)).judged(day(2, 2)).reasons, [Reason::Slip(6)]);
    }

    #[test]
    fn a_risk_of_twelve_without_mitigation_is_at_risk() {
        let risk = |probability, severity, mitigation: &str| Initiative {
            risks: vec![Risk {
                text: "Nobody answers".to_owned(),
                probability: Rating::new(probability),
                severity: Rating::new(severity),
                mitigation: mitigation.to_owned(),
            }],
            ..running(day(2, 2))
        };
        // There is no product of 11; 2 x 5 = 10 is the next below 12.
        assert_eq!(status(&risk(2, 5, ""), day(2, 2)), Status::OnSchedule);
        assert_eq!(risk(3, 4, " ").judged(day(2, 2)).reasons, [Reason::OpenRisk("Nobody answers".to_owned(), 12)]);
        assert_eq!(status(&risk(5, 5, "A second team stands by"), day(2, 2)), Status::OnSchedule);
    }

    #[test]
    fn silence_counts_from_the_day_after_a_whole_review_cycle() {
        let told = |cycle, on| Initiative { cycle, ..running(on) };
        let monthly = told(Cycle::Monthly, day(2, 10));
        assert_eq!(status(&monthly, day(3, 10)), Status::OnSchedule);
        assert_eq!(monthly.judged(day(3, 11)).reasons, [Reason::Silent(day(2, 10), Cycle::Monthly)]);
        let quarterly = told(Cycle::Quarterly, day(1, 10));
        assert_eq!(status(&quarterly, day(4, 10)), Status::OnSchedule);
        assert_eq!(status(&quarterly, day(4, 11)), Status::AtRisk);
        // Without an update the start, January 5, is the last word.
        let never = Initiative { updates: Vec::new(), ..monthly };
        assert_eq!(status(&never, day(2, 5)), Status::OnSchedule);
        assert_eq!(status(&never, day(2, 6)), Status::AtRisk);
    }

    #[test]
    fn progress_may_be_exactly_ten_points_behind_elapsed_time() {
        // Of 140 days from January 5 to May 25, 70 are gone on March 16: half.
        let done = |percent| Initiative { percent: Some(percent), ..running(day(3, 16)) };
        assert_eq!(status(&done(40), day(3, 16)), Status::OnSchedule);
        assert_eq!(done(39).judged(day(3, 16)).reasons, [Reason::Behind(39, 50)]);
        // With more time by the current date, less of it is gone: 70 of 147 are 47.6 %.
        let moved = Initiative { due_now: Some(day(6, 1)), ..done(39) };
        assert_eq!(status(&moved, day(3, 16)), Status::OnSchedule);
    }

    #[test]
    fn every_reason_for_a_status_is_told_and_late_goes_before_at_risk() {
        let mut initiative = Initiative { percent: Some(0), updates: Vec::new(), ..running(day(4, 1)) };
        assert_eq!(initiative.judged(day(4, 1)).reasons.len(), 2);
        initiative.due_baseline = Some(day(3, 1));
        assert_eq!(initiative.judged(day(4, 1)).reasons, [Reason::PastDue(day(3, 1))]);
    }

    #[test]
    fn in_progress_without_a_due_date_nobody_can_say_that_it_is_on_schedule() {
        let without = Initiative { due_baseline: None, ..running(day(2, 2)) };
        assert_eq!(without.judged(day(2, 2)).reasons, [Reason::NoDueDate]);
    }

    #[test]
    fn a_status_set_by_hand_is_shown_while_it_is_in_progress_and_the_rules_still_say_theirs() {
        let by_hand = StatusOverride {
            status: Status::Late,
            reason: "The supplier closed".to_owned(),
            by: "Sponsor".to_owned(),
            on: day(2, 1),
        };
        let mut initiative = Initiative { set_by_hand: Some(by_hand), ..running(day(2, 2)) };
        assert_eq!(initiative.shown_status(day(2, 2)), Status::Late);
        assert_eq!(status(&initiative, day(2, 2)), Status::OnSchedule);
        initiative.stage = Stage::OnHold;
        assert_eq!(initiative.shown_status(day(2, 2)), Status::OnHold);
    }

    #[test]
    fn reasons_are_sentences() {
        let us = Locale::of("en-US");
        assert_eq!(Reason::PastDue(day(3, 1)).in_words(&us), "Due on Mar 1, 2026 and not done.");
        assert_eq!(
            Reason::SlipOfDuration(6, 100).in_words(&Locale::neutral()),
            "Its due date slipped by 6 working days, more than 5 % of 100 working days planned."
        );
        assert_eq!(Reason::Behind(39, 50).in_words(&Locale::neutral()), "39 % done when 50 % of its time is gone.");
    }
}
