//! Titles and sentences, made once from published values, for window, JSON and reports.

mod between;
mod checks;
mod columns;
mod compare;
mod contacts;
mod explore;
mod filters;
mod meetings;
mod pair;
mod plans;
mod ranking;
mod receipt;
mod references;
mod uncertainty;
mod what_if;

pub use between::{
    between_cell, between_rules, between_subtitle, between_title, company_balance, group_source, in_windows,
    isolated_groups, isolation, largest_changes, member_hours, moved, no_between, period_words, share_in_words,
    share_of_group, signed_percent, windows_by,
};
pub use checks::{come_and_gone, effect, leave_out, no_number, shown_despite};
pub use columns::{answer, column_meaning, columns_lead, examples, insight_lacks, meaning_problem};
pub use compare::{
    after_hours, came_from, change_finding, change_range, change_verdict, changed_and_steady, cohort,
    cohort_difference, cohort_finding, cohort_people, cohorts_finding, compare_change, compare_metric, compare_number,
    compare_value, comparison_title, exact_range, from_to, from_zero, leading_cohort, no_change, no_cohort,
    no_same_people, relative, roles_note, values, version, window_problem, windows, windows_in_words,
};
pub use contacts::{
    account_time, contact_hours, contact_kind, contact_rules, contact_source, contact_title, drift, month,
    new_contacts, pace, pace_rule, single_threads,
};
pub use explore::{
    METRIC_GROUPS, USUAL_NOTE, against_mean, bin, concentration_title, explored_distribution, explored_groups,
    explored_spread, explored_subtitle, explored_trend, external_cost, external_title, heat_metrics, heat_title,
    metric_amount, metric_between, metric_difference, metric_group, metric_range, metric_unit, metric_value,
    networks_title, rule_name, style_groups_title, style_title, top_part, top_part_name, unusual_words,
};
pub use filters::{FilterPart, blocked_in_short, filter_parts, filtered, period, step};
pub use meetings::{
    a_week, a_week_and_person, group_change, group_initiated, initiated, initiator, likely_change, meeting_rules,
    meeting_source, meetings_holidays, meetings_left_out, meetings_subtitle, meetings_title, no_meeting,
    no_meeting_name, no_meetings, not_told, outside_known,
};
pub use pair::{AskedPair, pair};
pub use plans::{
    STANDS_OUT, due, in_short, no_plan_numbers, plan_baseline, plan_beyond_drift, plan_change, plan_compared,
    plan_drift, plan_mean, plan_metric, plan_moved, plan_name, plan_progress, plan_rule, plan_shown_status, plan_state,
    plan_status, plan_target, plan_value, plans_title,
};
pub use ranking::{
    Marked, chance, chance_together, funnel_note, funnel_place, funnel_title, people_affected,
    people_affected_in_short, rank_bands,
};
pub use receipt::{Receipt, explored_receipt, receipt};
pub use references::{
    Beside, as_typed, beside, beside_own, is_of_share, own_reference, own_references_of, reference_value,
    typed_reference,
};
pub use uncertainty::{against_the_rest, fraction, how_sure, likely_range, mean_against_the_rest, uncertainty};
pub use what_if::{MANY_PER_MANAGER, freed_from, hours_freed, one_to_one_lever, one_to_ones_cost, one_to_ones_title};

use super::{NotUsed, Results};
use crate::dataset::{GroupBy, GroupValue, Metric};
use crate::import::RowReason;
use crate::privacy::{
    Badge, Behavior, Boundary, BoundaryUnit, Change, Favorable, FocusGroup, Groups, HiddenGroups, InsightId,
    MeanMetric, Outcome, PopulationSummary, PublicGroup, Settings, Unavailable, Verdict,
};
use crate::project::OwnReference;
use crate::text::{self, Locale};

/// A finding as a sentence: the title of its screen.
#[must_use]
pub fn title(id: InsightId, outcome: &Outcome, locale: &Locale) -> String {
    let share = text::percent(outcome.share, outcome.people, locale);
    match id {
        InsightId::ExternalTopQuartile => {
            format!("{share} are in the company\u{2019}s top quartile of external share")
        }
        InsightId::CoachingStyle => format!("{share} are under-coached: little 1:1 time, few shared meetings"),
        InsightId::OneToOneRhythm => format!("{share} have no recorded 1:1 with their manager"),
        InsightId::FewInternalOrganizations => format!("{share} are connected to fewer than five organizations"),
        _ => format!("{share} {}", predicate(id)),
    }
}

/// The name of an insight, where there is no finding.
#[must_use]
pub const fn name(id: InsightId) -> &'static str {
    match id {
        InsightId::ExternalOver8h => "External collaboration over 8 hours",
        InsightId::ExternalTopQuartile => "Top quartile of external share",
        InsightId::ConnectedPeople => "Connected people",
        InsightId::CoachingUnder15Min => "Less than 15 minutes of 1:1 a week",
        InsightId::CoachingStyle => "Coaching style",
        InsightId::OneToOneRhythm => "Rhythm of 1:1s",
        InsightId::FewInternalOrganizations => "Fewer than five internal organizations",
    }
}

/// The short name of a behavior: in the navigation.
#[must_use]
pub const fn nav_name(behavior: Behavior) -> &'static str {
    match behavior {
        Behavior::TimeWithCustomers => "Customers",
        Behavior::Coaching => "Coaching",
        Behavior::InternalNetworks => "Networks",
    }
}

/// A text with its first letter in upper case.
#[must_use]
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A distribution as a finding: the title of its chart.
#[must_use]
pub fn distribution(id: InsightId, outcome: &Outcome, locale: &Locale) -> String {
    let part = |index: usize| {
        let share = outcome.bands.get(index).map_or(outcome.share, |band| band.share);
        text::percent(share, outcome.people, locale)
    };
    match id {
        InsightId::ExternalOver8h => {
            format!("{} spend up to 4 hours, {} more than 8", part(0), part(2))
        }
        InsightId::CoachingUnder15Min => {
            format!("{} have no 1:1 time, {} more than an hour a month", part(0), part(2))
        }
        InsightId::FewInternalOrganizations => {
            format!("{} have fewer than five, {} ten or more", part(0), part(2))
        }
        _ => title(id, outcome, locale),
    }
}

/// What the share of an insight is a share of, after a big number: "spend more than 8 hours ...".
#[must_use]
pub const fn predicate(id: InsightId) -> &'static str {
    match id {
        InsightId::ExternalOver8h => "spend more than 8 hours a week with external contacts",
        InsightId::ExternalTopQuartile => "are in the company\u{2019}s top quartile of external share",
        InsightId::ConnectedPeople => "have more than five external connections",
        InsightId::CoachingUnder15Min => "have less than 15 minutes of 1:1 time a week",
        InsightId::CoachingStyle => "are under-coached",
        InsightId::OneToOneRhythm => "have no recorded 1:1",
        InsightId::FewInternalOrganizations => "are connected to fewer than five internal organizations",
    }
}

/// The whole sentence of an insight, with people and weeks.
#[must_use]
pub fn sentence(id: InsightId, outcome: &Outcome, locale: &Locale) -> String {
    format!(
        "{} of {} {} ({}).",
        text::percent(outcome.share, outcome.people, locale),
        text::counted(outcome.people, "person", "people", locale),
        predicate(id),
        how_sure(outcome.share, outcome.interval, outcome.people, locale),
    )
}

/// Why an insight has no numbers.
#[must_use]
pub fn unavailable(why: &Unavailable) -> String {
    match why {
        Unavailable::NotInFile(metrics) => {
            let names: Vec<String> = metrics.iter().map(|metric| metric_name(*metric).to_lowercase()).collect();
            format!("This export has no {}.", names.join(" or "))
        }
        Unavailable::NeedsWeeks => "This needs an export by week; this one is by month.".to_owned(),
        Unavailable::NobodyMeasured => "Nobody in this selection can be measured.".to_owned(),
        Unavailable::TooFewMeasured => "A number here would tell about too few people.".to_owned(),
        Unavailable::HeldBack => {
            "The data check found this file not fit for it, so the number is held back.".to_owned()
        }
    }
}

/// The change against the earlier half: "up 3 points since the earlier half", or "no clear change".
#[must_use]
pub fn change(change: &Change, locale: &Locale) -> String {
    let (difference, interval) = change.difference;
    if interval.includes_zero() {
        return "No clear change since the earlier half".to_owned();
    }
    let direction = if difference > 0.0 { "Up" } else { "Down" };
    let points = text::points(difference.abs(), locale);
    let points = points.trim_start_matches('+');
    if points.starts_with('0') {
        return "Less than a point of change since the earlier half".to_owned();
    }
    format!("{direction} {points} since the earlier half")
}

/// What a finding can be held against, in one line: the earlier half, the range of groups, the guideline where
/// there is one, and references of one's own, or that none was entered.
#[must_use]
pub fn compare(
    results: &Results,
    id: InsightId,
    outcome: &Outcome,
    references: &[OwnReference],
    locale: &Locale,
) -> String {
    let percent = |share, people| text::percent(share, people, locale);
    let mut parts = Vec::new();
    if let Some(change) = results.change(id) {
        parts.push(format!("earlier half {}", percent(change.earlier, outcome.people)));
    }
    if let Some((lowest, highest)) = outcome.breakdowns.first().and_then(range) {
        let low = percent(lowest.share, lowest.people);
        parts.push(format!("groups {low} to {}", percent(highest.share, highest.people)));
    }
    if id == InsightId::CoachingUnder15Min {
        parts.push("guideline: two 30-minute 1:1s a month".to_owned());
    }
    let own = own_references_of(references, id, locale);
    if own.is_empty() {
        parts.push("no benchmark entered".to_owned());
    }
    parts.extend(own);
    format!("Compare: {}", parts.join(", "))
}

/// The shown groups with the lowest and the highest share; `None` with fewer than two.
#[must_use]
pub fn range(groups: &Groups) -> Option<(&PublicGroup, &PublicGroup)> {
    let by_share = |a: &&PublicGroup, b: &&PublicGroup| a.share.get().total_cmp(&b.share.get());
    let range = groups.shown.iter().min_by(by_share).zip(groups.shown.iter().max_by(by_share));
    range.filter(|_| groups.shown.len() > 1)
}

/// A group to focus on in a few words: "72 % of 45, 36 points above the rest, about 16 people beyond parity".
#[must_use]
pub fn focus(id: InsightId, group: &FocusGroup, locale: &Locale) -> String {
    let direction = match id.favorable() {
        Favorable::Low => "above",
        Favorable::HighForCustomerFacing => "below",
    };
    let points = text::points(group.gap, locale);
    let affected = people_affected(group.people_affected, locale);
    format!(
        "{} of {}, {} {direction} the rest, {affected} beyond parity",
        text::percent(group.share, group.people, locale),
        text::count(group.people, locale),
        points.trim_start_matches('+')
    )
}

/// Which groups to focus on: the title of the list of groups.
#[must_use]
pub fn focus_title(id: InsightId, groups: &Groups, settings: &Settings) -> String {
    if is_unmarked(id, groups, settings) {
        let compares = if groups.by.second().is_some() { "compare" } else { "compares" };
        return format!("How {} {compares}", groups.by);
    }
    let names: Vec<&str> = groups.focus.iter().map(|focus| focus.value.as_str()).take(3).collect();
    match names.as_slice() {
        [] => "No group is clearly worse off than the rest".to_owned(),
        names => format!("Groups to focus on: {}", text::list_and(names)),
    }
}

/// By which rule, or why there is no list of groups to focus on.
#[must_use]
pub fn focus_note(id: InsightId, groups: &Groups, settings: &Settings, locale: &Locale) -> String {
    if is_unmarked(id, groups, settings) {
        return "More external time is better only for customer-facing groups: mark them to see which to focus on."
            .to_owned();
    }
    let gap = text::points(settings.gap, locale);
    let gap = gap.trim_start_matches('+');
    if groups.focus.is_empty() {
        return format!("Our rule: clearly worse than the rest, by {gap} or more.");
    }
    format!("Our rule: clearly worse than the rest by {gap} or more, by people affected beyond parity.")
}

/// Whether the list of groups to focus on waits for somebody to mark customer-facing groups of what is grouped by.
fn is_unmarked(id: InsightId, groups: &Groups, settings: &Settings) -> bool {
    id.favorable() == Favorable::HighForCustomerFacing && !settings.marks_any_of(&groups.by)
}

/// Groups with a large external share, in words.
#[must_use]
pub fn connected(groups: &Groups) -> String {
    let names: Vec<&str> = groups.connected.iter().map(GroupValue::as_str).collect();
    format!(
        "Connected groups by external share (our rule; about a quarter by construction): {}.",
        text::list_and(&names)
    )
}

/// Person-months that do not count, in words.
#[must_use]
pub fn not_eligible(count: usize, locale: &Locale) -> String {
    let count = text::counted(count, "person-month does not count", "person-months do not count", locale);
    format!("{count}, because the person was there in less than three quarters of the weeks.")
}

/// What is hidden, in words.
#[must_use]
pub fn hidden(hidden: HiddenGroups, locale: &Locale) -> String {
    let groups = text::counted(hidden.groups, "group is", "groups are", locale);
    match hidden.people {
        Some(people) => format!("{groups} hidden to protect people: Other ({}).", text::count(people, locale)),
        None => format!("{groups} hidden to protect people."),
    }
}

/// Another reading of a definition, in words.
#[must_use]
pub fn reading(id: &str) -> &'static str {
    match id {
        "external_person_mean_over_8h" => "people whose own average week is over 8 hours",
        "external_hours_top_quartile" => "people in the top quartile of external hours instead of shares",
        "coaching_under_15_min_wpa" => "the same, dividing by the weeks of the month instead of four",
        "few_internal_organizations_weekly" => "the same, week by week instead of month by month",
        _ => "another reading",
    }
}

/// How many lie exactly on a threshold, in words.
#[must_use]
pub fn boundary(boundary: &Boundary, locale: &Locale) -> String {
    let hours = if boundary.at_hours == 1.0 { "1 hour".to_owned() } else { format!("{} hours", boundary.at_hours) };
    let (one, many) = match boundary.unit {
        BoundaryUnit::PersonWeeks => ("person-week lies", "person-weeks lie"),
        BoundaryUnit::PersonMonths => ("person-month lies", "person-months lie"),
    };
    format!("{} exactly on {hours}.", text::counted(boundary.count, one, many, locale))
}

/// Whether a share is good news, where the definitions allow to say so.
#[must_use]
pub fn is_favorable(id: InsightId, outcome: &Outcome) -> Option<bool> {
    match id.favorable() {
        // A quarter or more of the people is no favorable finding; our rule, used for advice only.
        Favorable::Low => Some(outcome.share.get() < 0.25),
        Favorable::HighForCustomerFacing => None,
    }
}

/// Whether a group that differs from the rest differs for the better. `None` where it does not differ, and where
/// more is neither good nor bad: external time of groups that nobody marked as customer-facing.
#[must_use]
pub fn is_better(
    id: InsightId,
    verdict: Verdict,
    by: &GroupBy,
    group: &GroupValue,
    settings: &Settings,
) -> Option<bool> {
    let is_above = match verdict {
        Verdict::Above => true,
        Verdict::Below => false,
        Verdict::NoClearDifference => return None,
    };
    match id.favorable() {
        Favorable::Low => Some(!is_above),
        Favorable::HighForCustomerFacing => settings.marks(by, group).then_some(is_above),
    }
}

/// A badge in words.
#[must_use]
pub const fn badge(badge: Badge) -> &'static str {
    match badge {
        Badge::Partial => "Partial: no month is complete, so each month is scaled to four weeks",
        Badge::Approximate => "Approximate: computed from months, scaled to a week",
        Badge::MeetingAndCallHours => "1:1 time includes calls: the export has no meetings-only column",
        Badge::ManagersUnknown => "Everyone is counted: the export does not say who has no manager",
        Badge::EnteredBoundary => "Against a boundary that was entered by hand",
        Badge::QuarterByConstruction => "About 25 % for the whole company by construction; use it for groups",
    }
}

/// The standard name of a metric.
#[must_use]
pub const fn metric_name(metric: Metric) -> &'static str {
    match metric {
        Metric::CollaborationHours => "Collaboration hours",
        Metric::ExternalHours => "External collaboration hours",
        Metric::ExternalEmailHours => "External email hours",
        Metric::Manager11Hours => "Meeting hours with manager 1:1",
        Metric::Manager11MeetingAndCallHours => "Meeting and call hours with manager 1:1",
        Metric::ManagerMeetingHours => "Meeting hours with manager",
        Metric::ManagerMeetingAndCallHours => "Meeting and call hours with manager",
        Metric::MeetingHours => "Meeting hours",
        Metric::MeetingAndCallHours => "Meeting and call hours",
        Metric::EmailHours => "Email hours",
        Metric::FocusHours => "Focus hours",
        Metric::AfterHours => "After-hours collaboration hours",
        Metric::ExternalNetworkSize => "External network size",
        Metric::ExternalNetworkBreadth => "Networking outside company",
        Metric::InternalNetworkSize => "Internal network size",
        Metric::InternalOrganizations => "Networking outside organization",
    }
}

/// The standard name of a published mean.
#[must_use]
pub const fn mean_name(metric: MeanMetric) -> &'static str {
    match metric {
        MeanMetric::Of(metric) => metric_name(metric),
        MeanMetric::OneToOneHours => "1:1 hours with manager",
        MeanMetric::ExternalShare => "External share of collaboration",
    }
}

/// The metric that an insight is about, by its standard name: the subtitle of its chart.
#[must_use]
pub const fn insight_metric(id: InsightId) -> &'static str {
    match id {
        InsightId::ExternalOver8h => "External collaboration hours a week",
        InsightId::ExternalTopQuartile => "External share of collaboration hours",
        InsightId::ConnectedPeople => "External network size",
        InsightId::CoachingUnder15Min => "1:1 time with manager a month",
        InsightId::CoachingStyle => "1:1 time and meetings with the manager",
        InsightId::OneToOneRhythm => "Weeks between 1:1s",
        InsightId::FewInternalOrganizations => "Internal organizations connected to, by month",
    }
}

/// Who and when, in one line: "300 people, 35 weeks from Mar 31 to Nov 24, 2024".
#[must_use]
pub fn population(summary: &PopulationSummary, by_month: bool, locale: &Locale) -> String {
    let people = text::counted(summary.people, "person", "people", locale);
    let (one, many) = if by_month { ("month", "months") } else { ("week", "weeks") };
    let periods = text::counted(summary.periods, one, many, locale);
    match (summary.first, summary.last) {
        (Some(first), Some(last)) if first != last => {
            format!("{people}, {periods} from {} to {}", text::date(first, locale), text::date(last, locale))
        }
        (Some(only), _) => format!("{people}, {periods} from {}", text::date(only, locale)),
        _ => format!("{people}, {periods}"),
    }
}

/// What a finding was told from: export, weeks, people, and the minimum group size.
#[must_use]
pub fn stamp(name: &str, summary: &PopulationSummary, by_month: bool, locale: &Locale) -> String {
    format!("{name}, {}. {}", population(summary, by_month, locale), small_groups(summary.minimum_group_size))
}

/// Rows that count in nothing, by why: " Set aside: 3 repeated and 1 without a readable day."; empty where none are.
fn set_aside(parts: &[(u64, &str)], locale: &Locale) -> String {
    let count = |rows: u64| text::count(usize::try_from(rows).unwrap_or(usize::MAX), locale);
    let told = parts.iter().filter(|(rows, _)| *rows > 0).map(|(rows, why)| format!("{} {why}", count(*rows)));
    let told: Vec<String> = told.collect();
    if told.is_empty() { String::new() } else { format!(" Set aside: {}.", text::list_and(&told)) }
}

/// That small groups are hidden.
#[must_use]
pub fn small_groups(minimum_group_size: usize) -> String {
    format!("Groups under {minimum_group_size} people are hidden.")
}

/// Why rows are in no number, as an entry of a sum: "rows in the file, less those equal to another row".
#[must_use]
pub const fn not_used(reason: NotUsed) -> &'static str {
    match reason {
        NotUsed::SetAside(RowReason::TooFewCells) => "with fewer cells than the header",
        NotUsed::SetAside(RowReason::TooManyCells) => "with more cells than the header",
        NotUsed::SetAside(RowReason::BlankPerson) => "without a person",
        NotUsed::SetAside(RowReason::UnreadablePerson) => "with an unreadable person",
        NotUsed::SetAside(RowReason::TotalRow) => "with totals",
        NotUsed::SetAside(RowReason::RepeatedHeader) => "that repeat the header",
        NotUsed::SetAside(RowReason::UnreadableDate) => "with an unreadable date",
        NotUsed::SetAside(RowReason::DateOutOfRange) => "before 2010 or far ahead",
        NotUsed::SetAside(RowReason::OtherTable) => "of another table",
        NotUsed::SetAside(RowReason::Duplicate) => "equal to another row",
        NotUsed::SetAside(RowReason::Superseded) => "replaced by another row",
        NotUsed::Inactive => "marked inactive",
        NotUsed::CutWeek => "in weeks cut by the file\u{2019}s dates",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insights::GroupName;
    use crate::privacy::Interval;
    use crate::stats::Share;

    fn outcome(share: f64, low: f64, high: f64, people: usize) -> Outcome {
        Outcome {
            share: Share::new(share),
            interval: Interval { low, high },
            people,
            periods: 26,
            not_eligible: 0,
            without_manager: None,
            badges: Vec::new(),
            boundaries: Vec::new(),
            other_readings: Vec::new(),
            bands: Vec::new(),
            trend: Vec::new(),
            breakdowns: Vec::new(),
        }
    }

    #[test]
    fn a_share_is_told_with_its_uncertainty_and_a_fraction() {
        let outcome = outcome(0.31, 0.27, 0.35, 300);
        assert_eq!(uncertainty(&outcome, &Locale::neutral()), "31 %, likely 27 to 35, about 1 in 3");
        assert_eq!(
            sentence(InsightId::ExternalOver8h, &outcome, &Locale::neutral()),
            "31 % of 300 people spend more than 8 hours a week with external contacts (likely 27 to 35, about 1 in 3)."
        );
    }

    /// Many people without 1:1s or with few organizations are bad news in any group. Much external time is good
    /// news of customer-facing groups, and no news at all of others.
    #[test]
    fn above_is_better_only_where_more_is() {
        let sales = GroupName { attribute: "Organization".to_owned(), value: "Sales".to_owned() };
        let settings = Settings { customer_facing: vec![sales], ..Settings::default() };
        let by = GroupBy::from("Organization");
        let judged = |id, verdict, value: &str| is_better(id, verdict, &by, &value.into(), &settings);
        for id in InsightId::ALL {
            let (of_sales, of_finance) = match id.behavior() {
                Behavior::TimeWithCustomers => (Some(true), None),
                Behavior::Coaching | Behavior::InternalNetworks => (Some(false), Some(false)),
            };
            assert_eq!(judged(id, Verdict::Above, "Sales"), of_sales, "{id:?}");
            assert_eq!(judged(id, Verdict::Below, "Sales"), of_sales.map(|better| !better), "{id:?}");
            assert_eq!(judged(id, Verdict::Above, "Finance"), of_finance, "{id:?}");
            assert_eq!(judged(id, Verdict::Below, "Finance"), of_finance.map(|better| !better), "{id:?}");
            assert_eq!(judged(id, Verdict::NoClearDifference, "Sales"), None, "{id:?}");
        }
    }

    #[test]
    fn a_change_within_chance_is_no_change() {
        let change_of = |difference, low, high| Change {
            id: InsightId::ExternalOver8h,
            earlier: Share::new(0.3),
            later: Share::new(0.3 + difference),
            difference: (difference, Interval { low, high }),
        };
        let words = |difference, low, high| change(&change_of(difference, low, high), &Locale::neutral());
        assert_eq!(words(0.03, -0.01, 0.07), "No clear change since the earlier half");
        assert_eq!(words(0.03, 0.01, 0.05), "Up 3 points since the earlier half");
        assert_eq!(words(-0.012, -0.02, -0.004), "Down 1 point since the earlier half");
        assert_eq!(words(0.003, 0.001, 0.005), "Less than a point of change since the earlier half");
    }
}
