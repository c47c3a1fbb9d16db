//! Plans in words: what they want, how they are going and by which rule, who came and went.
//!
//! What changed since a plan began is *associated with* it, never caused by it: other things changed too.

use chrono::NaiveDate;

use crate::privacy::{NoPlanNumbers, Rules};
use crate::project::{
    Cohort, Difference, Direction, GRACE_WEEKS, Held, Judgement, LEAST_WEEKS, Mean, Measurement, Moved, Plan,
    PlanMetric, PlanState, PlanStatus, PlanUnit, Rule, Target,
};
use crate::stats::Share;
use crate::text::{self, Locale};

use super::{sentence_case, unavailable};

/// What a plan changes, in a few words.
#[must_use]
pub const fn plan_metric(metric: PlanMetric) -> &'static str {
    match metric {
        PlanMetric::ExternalOver8h => "people over eight external hours a week",
        PlanMetric::ExternalHours => "external hours per person",
        PlanMetric::CoachingUnder15Min => "people with under fifteen minutes of 1:1 a week",
        PlanMetric::OneToOneHours => "1:1 hours per person",
        PlanMetric::FewInternalOrganizations => "people in fewer than five internal organizations",
        PlanMetric::InternalOrganizations => "internal organizations per person",
    }
}

/// A value of a metric of so many people: "31 %", "4.21 h", "6.1 organizations".
#[must_use]
pub fn plan_value(metric: PlanMetric, value: f64, people: usize, locale: &Locale) -> String {
    match metric.unit() {
        PlanUnit::Share => text::percent(Share::new(value), people, locale),
        PlanUnit::Hours => format!("{} h", text::decimals(value, 2, locale)),
        PlanUnit::Organizations => format!("{} organizations", text::decimals(value, 1, locale)),
    }
}

/// A difference of values, with its sign: "−4 points", "+0.30 h".
#[must_use]
pub fn plan_change(metric: PlanMetric, change: f64, locale: &Locale) -> String {
    let sign = if change < 0.0 { "\u{2212}" } else { "+" };
    let size = change.abs();
    match metric.unit() {
        PlanUnit::Share => text::points(change, locale),
        PlanUnit::Hours | PlanUnit::Organizations => format!("{sign}{}", plan_value(metric, size, 0, locale)),
    }
}

/// A mean with its uncertainty: "50.1 %, likely 46.0 % to 54.2 %".
#[must_use]
pub fn plan_mean(metric: PlanMetric, mean: &Mean, locale: &Locale) -> String {
    let [value, low, high] =
        [mean.value, mean.low, mean.high].map(|value| plan_value(metric, value, mean.people, locale));
    format!("{value}, likely {low} to {high}")
}

/// What a plan wants: "from 50.1 % to 40.0 %"; "stay within 5 % of 50.1 %".
#[must_use]
pub fn plan_target(metric: PlanMetric, target: &Target, before: &Mean, locale: &Locale) -> String {
    let values = [before.value, target.value(before.value)];
    let [from, to] = values.map(|value| plan_value(metric, value, before.people, locale));
    match target.direction {
        Direction::Maintain => format!("stay within 5{}% of {from}", locale.space()),
        Direction::Increase => format!("raise from {from} to {to}"),
        Direction::Decrease => format!("lower from {from} to {to}"),
    }
}

/// A status in a word or two.
#[must_use]
pub const fn plan_status(status: PlanStatus) -> &'static str {
    match status {
        PlanStatus::OnTrack => "On track",
        PlanStatus::Behind => "Behind",
        PlanStatus::CannotTell => "Cannot tell",
    }
}

/// Where a plan is in its life: "Week 4 of 12".
#[must_use]
pub fn plan_state(plan: &Plan, today: NaiveDate, locale: &Locale) -> String {
    match plan.state(today) {
        PlanState::Draft => "Draft".to_owned(),
        PlanState::Scheduled => format!("Starts {}", text::date(plan.start, locale)),
        PlanState::Active(week) => format!("Week {week} of {}", plan.weeks),
        PlanState::Paused => "Paused".to_owned(),
        PlanState::Completed => "Completed".to_owned(),
        PlanState::Stopped => match &plan.held {
            Held::Stopped { on, reason } if !reason.is_empty() => {
                format!("Stopped {}: {reason}", text::date(*on, locale))
            }
            _ => "Stopped".to_owned(),
        },
    }
}

/// The rule that decided on a status, with its numbers.
#[must_use]
pub fn plan_rule(plan: &Plan, judgement: &Judgement, mean: &Mean, k: usize, locale: &Locale) -> String {
    let value = |value| plan_value(plan.metric, value, mean.people, locale);
    let [low, high] = judgement.expected;
    let pace = if plan.target.direction == Direction::Maintain {
        format!("the range to stay in, {} to {}", value(low), value(high))
    } else {
        format!("the pace of week {}, {}", judgement.week, value(low))
    };
    let likely = format!("{} to {}", value(mean.low), value(mean.high));
    match judgement.rule {
        Rule::TooFewWeeks => format!(
            "{} measured since the start; at least {} are needed.",
            sentence_case(&text::counted(mean.weeks, "week is", "weeks are", locale)),
            text::count_in_words(LEAST_WEEKS, locale)
        ),
        Rule::TooFewPeople => format!("Fewer than {k} people are measured since the start."),
        Rule::AtPace => format!("The mean since the start, {}, has reached {pace}.", value(mean.value)),
        Rule::PaceWithinInterval => {
            format!("The mean since the start is likely {likely}, which includes {pace}: the gap can be chance alone.")
        }
        Rule::IntervalExcludesPace => {
            format!("The mean since the start is likely {likely}, which excludes {pace}.")
        }
        Rule::InGrace => format!(
            "The mean since the start is likely {likely}, which includes {pace}; the first {} weeks decide nothing.",
            text::count_in_words(GRACE_WEEKS as usize, locale)
        ),
    }
}

/// How it went so far: "Since the start 46.0 % (−4.1 points), by Mar 29, 2026".
#[must_use]
pub fn plan_progress(plan: &Plan, locale: &Locale) -> String {
    match (&plan.baseline, &plan.measured) {
        (Some(before), Some(since)) => format!(
            "{} since the start, {} before ({})",
            plan_value(plan.metric, since.mean.value, since.mean.people, locale),
            plan_value(plan.metric, before.mean.value, before.mean.people, locale),
            plan_change(plan.metric, since.mean.value - before.mean.value, locale)
        ),
        (Some(before), None) => {
            format!(
                "{} before; nothing measured since",
                plan_value(plan.metric, before.mean.value, before.mean.people, locale)
            )
        }
        (None, _) => "No baseline yet".to_owned(),
    }
}

/// The window of a baseline and where it is from.
#[must_use]
pub fn plan_baseline(plan: &Plan, locale: &Locale) -> Option<String> {
    let before = plan.baseline.as_ref()?;
    Some(format!(
        "{} people over {} from {} to {}; frozen {} from {}.",
        text::count(before.mean.people, locale),
        text::counted(before.mean.weeks, "week", "weeks", locale),
        text::date(before.first, locale),
        text::date(before.last, locale),
        text::date(before.on, locale),
        before.export
    ))
}

/// People who came and went since the baseline.
#[must_use]
pub fn plan_moved(since: &Measurement, k: usize, locale: &Locale) -> String {
    let people = |count| text::counted(count, "person", "people", locale);
    let now = format!("{} since the start.", people(since.mean.people));
    match since.moved {
        Some(Moved { joiners: 0, leavers: 0 }) => format!("{now} The same people as before."),
        Some(Moved { joiners, leavers }) => {
            let word = |count, what: &str| match count {
                0 => format!("nobody {what}"),
                count => format!("{} {what}", people(count)),
            };
            format!("{now} Since the baseline {} and {}.", word(joiners, "joined"), word(leavers, "left"))
        }
        None if since.change.is_none() => {
            format!("{now} Who joined and left cannot be told: this export does not hold the weeks of the baseline.")
        }
        None => format!("{now} Who joined and left is not told, as either may be fewer than {k} people."),
    }
}

/// What the others did meanwhile, in careful words.
#[must_use]
pub fn plan_compared(plan: &Plan, compared: &Difference, locale: &Locale) -> String {
    let others =
        if plan.compared_with.parts.is_empty() { "everyone else".to_owned() } else { plan.compared_with.in_words() };
    let [value, low, high] =
        [compared.value, compared.low, compared.high].map(|value| plan_change(plan.metric, value, locale));
    let reading = if compared.low <= 0.0 && compared.high >= 0.0 {
        "No clear difference from how the others changed."
    } else {
        "Being in the plan is associated with this difference; other things may have changed too."
    };
    format!("Against {others} the change is {value}, likely {low} to {high}. {reading}")
}

/// Before a plan of an extreme group begins: what would come by itself.
#[must_use]
pub fn plan_drift(metric: PlanMetric, drift: f64, locale: &Locale) -> String {
    let change = plan_change(metric, drift, locale);
    format!("{STANDS_OUT} Expect about {change} without doing anything.")
}

/// Why an extreme group comes back by itself, by however much.
pub const STANDS_OUT: &str =
    "This group was chosen because its number stands out. Part of that was chance, and goes by itself.";

/// What is left of a change beyond what would have come by itself.
#[must_use]
pub fn plan_beyond_drift(metric: PlanMetric, change: f64, drift: f64, locale: &Locale) -> String {
    format!(
        "The change is {}. About {} would have come by itself, as the group was chosen for its number: beyond that it is {}.",
        plan_change(metric, change, locale),
        plan_change(metric, drift, locale),
        plan_change(metric, change - drift, locale)
    )
}

/// The screen's title: "3 plans: 1 behind, 1 on track".
#[must_use]
pub fn plans_title(plans: &[Plan], today: NaiveDate, k: usize, locale: &Locale) -> String {
    let total = text::counted(plans.len(), "plan", "plans", locale);
    let active: Vec<PlanStatus> = plans
        .iter()
        .filter(|plan| matches!(plan.state(today), PlanState::Active(_) | PlanState::Completed))
        .map(|plan| plan_shown_status(plan, k))
        .collect();
    let parts = [PlanStatus::Behind, PlanStatus::CannotTell, PlanStatus::OnTrack].map(|status| {
        let count = active.iter().filter(|known| **known == status).count();
        (count > 0).then(|| format!("{} {}", text::count(count, locale), plan_status(status).to_lowercase()))
    });
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { total } else { format!("{total}: {}", parts.join(", ")) }
}

/// The status that a list shows: what a person says goes before what was computed.
#[must_use]
pub fn plan_shown_status(plan: &Plan, k: usize) -> PlanStatus {
    let said = plan.judged.as_ref().map(|judged| judged.status);
    let computed = || plan.judgement(k).map(|judgement| judgement.status);
    said.or_else(computed).unwrap_or(PlanStatus::CannotTell)
}

/// Why a plan has no baseline.
#[must_use]
pub fn no_plan_numbers(why: &NoPlanNumbers, rules: Rules, locale: &Locale) -> String {
    match why {
        NoPlanNumbers::NoPeriods => {
            "The export has no weeks before the start. Choose a later start, or open an export that reaches further back.".to_owned()
        }
        NoPlanNumbers::Hidden(hidden) => hidden.sentence(rules).in_words(locale),
        NoPlanNumbers::Unavailable(why) => unavailable(why),
    }
}

/// A name that is offered: "Coaching in Support", "Coaching for everyone".
#[must_use]
pub fn plan_name(metric: PlanMetric, cohort: &Cohort) -> String {
    let word = if cohort.parts.is_empty() { "for" } else { "in" };
    format!("{} {word} {}", super::nav_name(metric.behavior()), cohort.in_words())
}

/// When something is due: "due today", "due on Apr 3, 2026", "due since Mar 20, 2026".
#[must_use]
pub fn due(day: NaiveDate, today: NaiveDate, locale: &Locale) -> String {
    let date = || text::date(day, locale);
    match day.cmp(&today) {
        std::cmp::Ordering::Less => format!("due since {}", date()),
        std::cmp::Ordering::Equal => "due today".to_owned(),
        std::cmp::Ordering::Greater => format!("due on {}", date()),
    }
}

/// The first words of a text, without its last full stop.
#[must_use]
pub fn in_short(text: &str) -> String {
    const LONGEST: usize = 80;
    let text = text.trim().trim_end_matches('.').replace('\n', " ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let head: String = text.chars().take(LONGEST).collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(head, _)| head);
    format!("{head}\u{2026}")
}
