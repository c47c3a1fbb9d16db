//! Explored metrics in words: values with their units, and each view as a finding.

use super::uncertainty::likely_between;
use super::{mean_name, sentence_case};
use crate::dataset::{GroupValue, Metric};
use crate::privacy::{
    Bin, Exploration, ExternalFindings, GroupMean, MeanMetric, MeanOf, MetricByGroups, MetricTrend, RunRule,
    StyleFindings, StyleGroup, TopPart, Unusual, Verdict,
};
use crate::text::{self, Locale};

/// A value without its unit, or as a percent: "4.1", "15 %". 1:1 hours have two decimals, as they are small.
#[must_use]
pub fn metric_value(metric: MeanMetric, value: f64, people: usize, locale: &Locale) -> String {
    match metric {
        MeanMetric::ExternalShare => text::percent(crate::privacy::Share::new(value), people, locale),
        _ => text::decimals(value, places(metric), locale),
    }
}

/// The decimals of a metric's values.
fn places(metric: MeanMetric) -> usize {
    let is_one_to_one = matches!(
        metric,
        MeanMetric::OneToOneHours | MeanMetric::Of(Metric::Manager11Hours | Metric::Manager11MeetingAndCallHours)
    );
    if is_one_to_one { 2 } else { 1 }
}

/// A difference with its sign: "+4.1", "−3 points".
#[must_use]
pub fn metric_difference(metric: MeanMetric, value: f64, locale: &Locale) -> String {
    if metric == MeanMetric::ExternalShare {
        return text::points(value, locale);
    }
    let number = text::decimals(value, places(metric), locale);
    if value > 0.0 && number.chars().any(|c| ('1'..='9').contains(&c)) { format!("+{number}") } else { number }
}

/// What a metric is counted in: "hours a week", "people"; "share of collaboration" for shares.
#[must_use]
pub fn metric_unit(metric: MeanMetric, by_month: bool) -> &'static str {
    match (metric.unit(), by_month) {
        ("hours", false) => "hours a week",
        ("hours", true) => "hours a month",
        ("people", _) => "people",
        ("domains", _) => "domains",
        ("organizations", _) => "organizations",
        _ => "share of collaboration",
    }
}

/// A value with its unit: "4.1 hours a week", "15 %".
#[must_use]
pub fn metric_amount(metric: MeanMetric, value: f64, people: usize, by_month: bool, locale: &Locale) -> String {
    let number = metric_value(metric, value, people, locale);
    match metric {
        MeanMetric::ExternalShare => number,
        _ => format!("{number} {}", metric_unit(metric, by_month)),
    }
}

/// The range of a mean, under a heading that says "Likely": "3.9 to 4.4".
#[must_use]
pub fn metric_between(metric: MeanMetric, of: &MeanOf, locale: &Locale) -> String {
    let value = |value| metric_value(metric, value, of.people, locale);
    format!("{} to {}", value(of.interval.low), value(of.interval.high))
}

/// The range of a mean: "likely 3.9 to 4.4".
#[must_use]
pub fn metric_range(metric: MeanMetric, of: &MeanOf, locale: &Locale) -> String {
    likely_between(&metric_between(metric, of, locale))
}

/// The heading under which a metric is listed.
#[must_use]
pub const fn metric_group(metric: MeanMetric) -> &'static str {
    match metric {
        MeanMetric::ExternalShare
        | MeanMetric::Of(
            Metric::ExternalHours
            | Metric::ExternalEmailHours
            | Metric::ExternalNetworkSize
            | Metric::ExternalNetworkBreadth,
        ) => "Time with customers",
        MeanMetric::OneToOneHours
        | MeanMetric::Of(
            Metric::Manager11Hours
            | Metric::Manager11MeetingAndCallHours
            | Metric::ManagerMeetingHours
            | Metric::ManagerMeetingAndCallHours,
        ) => "Coaching",
        MeanMetric::Of(Metric::InternalNetworkSize | Metric::InternalOrganizations) => "Internal networks",
        MeanMetric::Of(_) => "How time is spent",
    }
}

/// The headings, in their order.
pub const METRIC_GROUPS: [&str; 4] = ["Time with customers", "Coaching", "Internal networks", "How time is spent"];

/// The name of a part of a distribution: "2 to 4", "over 20".
#[must_use]
pub fn bin(metric: MeanMetric, bin: &Bin, locale: &Locale) -> String {
    let is_share = metric == MeanMetric::ExternalShare;
    let number = |value: f64| {
        let value = if is_share { value * 100.0 } else { value };
        // As many decimals as the edges need.
        let places = (0..3).find(|places| {
            let scaled = value * 10_f64.powi(*places);
            (scaled - scaled.round()).abs() < 1e-6
        });
        text::decimals(value, places.unwrap_or(3) as usize, locale)
    };
    let percent = if is_share { format!("{}%", locale.space()) } else { String::new() };
    match bin.to {
        None => format!("over {}{percent}", number(bin.from)),
        Some(to) if bin.from <= 0.0 => format!("up to {}{percent}", number(to)),
        Some(to) => format!("{} to {}{percent}", number(bin.from), number(to)),
    }
}

/// People by their mean, as a finding.
#[must_use]
pub fn explored_distribution(metric: MeanMetric, of: &MeanOf, by_month: bool, locale: &Locale) -> String {
    let value = |value| metric_value(metric, value, of.people, locale);
    let half = metric_amount(metric, of.median, of.people, by_month, locale);
    match of.tenths {
        Some([_, high]) => format!("Half of the people have {half} or less; one in ten has over {}", value(high)),
        None => format!("Half of the people have {half} or less"),
    }
}

/// Groups against the rest, as a finding.
#[must_use]
pub fn explored_groups(by: &MetricByGroups, by_month: bool, locale: &Locale) -> String {
    let by_mean = |a: &&GroupMean, b: &&GroupMean| a.of.mean.total_cmp(&b.of.mean);
    let clear = |verdict: Verdict| by.groups.iter().filter(move |group| group.verdict == verdict);
    let most = clear(Verdict::Above).max_by(by_mean);
    let least = clear(Verdict::Below).min_by(by_mean);
    let than_the_rest = |group: &GroupMean, word: &str| {
        let difference = group.difference.map_or(0.0, |(difference, _)| difference.abs());
        let more = metric_difference(by.metric, difference, locale);
        format!("{} {word} the rest", more.trim_start_matches('+'))
    };
    let amount = |group: &GroupMean| metric_amount(by.metric, group.of.mean, group.of.people, by_month, locale);
    match (most, least) {
        _ if by.groups.is_empty() => "Every group here is too small to be shown".to_owned(),
        (Some(most), Some(least)) => format!(
            "{} is clearly above the rest with {}, {} clearly below with {}",
            most.value,
            amount(most),
            least.value,
            metric_value(by.metric, least.of.mean, least.of.people, locale)
        ),
        (Some(most), None) => format!("{} has {}, {}", most.value, amount(most), than_the_rest(most, "more than")),
        (None, Some(least)) => format!("{} has {}, {}", least.value, amount(least), than_the_rest(least, "less than")),
        (None, None) => "No group is clearly above or below the rest".to_owned(),
    }
}

/// How groups are spread, as a finding.
#[must_use]
pub fn explored_spread(by: &MetricByGroups, by_month: bool, locale: &Locale) -> String {
    let by_median = |a: &&GroupMean, b: &&GroupMean| a.of.median.total_cmp(&b.of.median);
    let ends = by.groups.iter().min_by(by_median).zip(by.groups.iter().max_by(by_median));
    match ends {
        Some((low, high)) if low.value != high.value => {
            let of = |group: &GroupMean| metric_value(by.metric, group.of.median, group.of.people, locale);
            let most = metric_amount(by.metric, high.of.median, high.of.people, by_month, locale);
            format!("Medians go from {} in {} to {most} in {}", of(low), low.value, high.value)
        }
        Some((only, _)) => {
            let median = metric_amount(by.metric, only.of.median, only.of.people, by_month, locale);
            format!("Half of {} have {median} or less", only.value)
        }
        None => "Every group here is too small to be shown".to_owned(),
    }
}

/// A metric over time, as a finding.
#[must_use]
pub fn explored_trend(
    metric: MeanMetric,
    trend: &MetricTrend,
    people: usize,
    by_month: bool,
    locale: &Locale,
) -> String {
    let is_by_month = by_month || trend.by_month;
    let value = |value: f64| metric_value(metric, value, people, locale);
    let points = trend.periods.iter().filter_map(|period| period.point).count();
    match (&trend.usual, trend.unusual.first()) {
        _ if points == 0 => "No week or month of these people can be shown".to_owned(),
        (None, _) => {
            let (what, few) = if is_by_month { ("months", "12 months") } else { ("weeks", "12 weeks") };
            format!("Too few {what} to tell what is usual: that takes {few}")
        }
        (Some(usual), None) => {
            let (low, high) = (value(usual.limits.low.max(0.0)), value(usual.limits.high));
            let unit = if metric == MeanMetric::ExternalShare { "" } else { metric_unit(metric, by_month) };
            format!("As usual: the later half stays within {low} to {high} {unit}").trim_end().to_owned()
        }
        (Some(_), Some(unusual)) => unusual_words(unusual, is_by_month, locale),
    }
}

/// Which rule a run breaks: "Higher than usual: 8 weeks in a row above the earlier middle, from Sep 1 on".
#[must_use]
pub fn unusual_words(unusual: &Unusual, by_month: bool, locale: &Locale) -> String {
    let (one, many) = if by_month { ("month", "months") } else { ("week", "weeks") };
    let periods = text::counted(unusual.periods, one, many, locale);
    let (first, last) = (text::short_date(unusual.first, locale), text::short_date(unusual.last, locale));
    let level = if unusual.is_high { "Higher" } else { "Lower" };
    let side = if unusual.is_high { "above" } else { "below" };
    match unusual.rule {
        RunRule::BeyondLimit if unusual.periods == 1 => {
            format!("{level} than usual in one {one}: {first} lies {side} the usual range")
        }
        RunRule::BeyondLimit => format!("{level} than usual: {periods} {side} the usual range, {first} to {last}"),
        RunRule::OneSide => {
            format!("{level} than usual: {periods} in a row {side} the earlier middle, {first} to {last}")
        }
        RunRule::Steady => {
            let way = if unusual.is_high { "rising" } else { "falling" };
            format!("Steadily {way}: {periods} in a row, {first} to {last}")
        }
        RunRule::NearLimit => {
            let end = if unusual.is_high { "upper" } else { "lower" };
            format!("Close to the {end} end of what is usual: two of three {many}, {first} to {last}")
        }
    }
}

/// A rule as in JSON.
#[must_use]
pub const fn rule_name(rule: RunRule) -> &'static str {
    match rule {
        RunRule::BeyondLimit => "beyond_limit",
        RunRule::OneSide => "one_side",
        RunRule::Steady => "steady",
        RunRule::NearLimit => "near_limit",
    }
}

/// How to read the band of a trend.
pub const USUAL_NOTE: &str = "The band is what was usual in the earlier half. Four rules say what is not: one beyond the band, seven in a row on one side, seven rising or falling, two of three near an end.";

/// The metrics of a heat table: of meetings with and without calls those without, where the export has both.
#[must_use]
pub fn heat_metrics(found: &Exploration) -> Vec<&MetricByGroups> {
    let has = |metric| found.metrics.iter().any(|known| known.metric == MeanMetric::Of(metric));
    let is_doubled = |by: &&MetricByGroups| match by.metric {
        MeanMetric::Of(Metric::MeetingAndCallHours) => has(Metric::MeetingHours),
        MeanMetric::Of(Metric::ManagerMeetingAndCallHours) => has(Metric::ManagerMeetingHours),
        MeanMetric::Of(Metric::Manager11MeetingAndCallHours) => has(Metric::Manager11Hours),
        _ => false,
    };
    found.metrics.iter().filter(|by| !is_doubled(by)).collect()
}

/// A heat table, as a finding.
#[must_use]
pub fn heat_title(metrics: &[&MetricByGroups], locale: &Locale) -> String {
    let mut groups: Vec<(&GroupValue, usize)> = Vec::new();
    for group in metrics.iter().flat_map(|metric| &metric.groups) {
        let clear = usize::from(group.verdict != Verdict::NoClearDifference);
        match groups.iter_mut().find(|(value, _)| *value == &group.value) {
            Some((_, count)) => *count += clear,
            None => groups.push((&group.value, clear)),
        }
    }
    // The first of equals.
    let most = groups.iter().rev().max_by_key(|(_, clear)| *clear);
    match most {
        None => "Every group here is too small to be shown".to_owned(),
        Some((_, 0)) => "No group differs clearly from the rest in any metric".to_owned(),
        Some((value, clear)) => format!(
            "{value} differs most from the rest: clearly in {} of {} metrics",
            text::count_in_words(*clear, locale),
            text::count_in_words(metrics.len(), locale)
        ),
    }
}

/// How far a group is from the company mean, in short and in words: "+14 %" and "14 % above the mean of all"; empty where
/// the company's mean is 0.
#[must_use]
pub fn against_mean(mean: f64, all: f64, locale: &Locale) -> [String; 2] {
    if all <= 0.0 {
        return Default::default();
    }
    let part = (mean / all - 1.0) * 100.0;
    let number = text::decimals(part.abs(), 0, locale);
    let space = locale.space();
    match (number.as_str(), part > 0.0) {
        ("0", _) => ["as all".to_owned(), "as the mean of all".to_owned()],
        (_, true) => [format!("+{number}{space}%"), format!("{number}{space}% above the mean of all")],
        (_, false) => [format!("\u{2212}{number}{space}%"), format!("{number}{space}% below the mean of all")],
    }
}

/// External time as a whole, as a finding.
#[must_use]
pub fn external_title(external: &ExternalFindings, by_month: bool, locale: &Locale) -> String {
    let period = if by_month { "month" } else { "week" };
    let any = text::percent(external.any.share, external.any.people, locale);
    let any = format!("{any} have any external contact in a {period}");
    match external.of_collaboration {
        None => any,
        Some(all) => {
            let share = text::percent(all.share, all.people, locale);
            format!("{any}; {share} of all collaboration is external")
        }
    }
}

/// What external time costs at a rate: "5,120 hours a week; at 80 an hour that is 409,600 a week". `None` where the hours
/// may not be told.
#[must_use]
pub fn external_cost(external: &ExternalFindings, rate: f64, by_month: bool, locale: &Locale) -> Option<String> {
    let hours = external.hours_a_period?;
    let period = if by_month { "month" } else { "week" };
    let told = text::decimals(hours, 0, locale);
    if rate <= 0.0 {
        return Some(format!("{told} external hours a {period}. Enter what an hour costs to see the sum."));
    }
    let places = if rate.fract() == 0.0 { 0 } else { 2 };
    let (rate_words, sum) = (text::decimals(rate, places, locale), text::decimals(hours * rate, 0, locale));
    Some(format!("{told} external hours a {period}; at {rate_words} an hour that is {sum} a {period}"))
}

/// The first people by their external hours: "Top tenth".
#[must_use]
pub fn top_part_name(top: &TopPart) -> &'static str {
    match top.part {
        part if part < 0.2 => "Top tenth",
        part if part < 0.4 => "Top quarter",
        _ => "Top half",
    }
}

/// The same with how many they are: "Top tenth (120 people)".
#[must_use]
pub fn top_part(top: &TopPart, locale: &Locale) -> String {
    format!("{} ({})", top_part_name(top), text::counted(top.people, "person", "people", locale))
}

/// Who has most of the external time, as a finding.
#[must_use]
pub fn concentration_title(external: &ExternalFindings, locale: &Locale) -> String {
    match external.top.first() {
        None => "How external time is shared out cannot be told".to_owned(),
        Some(top) => {
            let part = if top.part < 0.2 {
                "tenth"
            } else if top.part < 0.4 {
                "quarter"
            } else {
                "half"
            };
            let share = text::percent(top.share, external.people, locale);
            format!("The {part} of people with most external hours have {share} of all of them")
        }
    }
}

/// Two metrics of groups against each other, as a finding: how many are above both company medians.
#[must_use]
pub fn networks_title(is_external: bool, both: &[&GroupValue], groups: usize, locale: &Locale) -> String {
    let what = if is_external { "external networks" } else { "internal networks" };
    match both {
        [] if groups == 0 => "Every group here is too small to be shown".to_owned(),
        [] => format!("No group has both larger and broader {what} than the company median"),
        [one] => format!("Only {one} has larger and broader {what} than the company median"),
        [one, other] => format!("{one} and {other} have larger and broader {what} than the company median"),
        many => {
            let count = sentence_case(&text::count_in_words(many.len(), locale));
            let groups = text::count_in_words(groups, locale);
            format!("{count} of {groups} groups have larger and broader {what} than the company median")
        }
    }
}

/// The parts of everyone, as a finding: the largest.
#[must_use]
pub fn style_title(found: &StyleFindings, locale: &Locale) -> String {
    let largest = found.bands.iter().rev().max_by(|a, b| a.share.get().total_cmp(&b.share.get()));
    largest.map_or_else(String::new, |band| {
        let share = text::percent(band.share, found.people, locale);
        format!("{}: {share} of people, the largest part", band.label)
    })
}

/// How far the last part reaches from group to group; of one group or none what [`style_title`] says.
#[must_use]
pub fn style_groups_title(found: &StyleFindings, locale: &Locale) -> String {
    let last = |group: &StyleGroup| group.bands.last().map_or(0.0, |band| band.share.get());
    let by_last = |a: &&StyleGroup, b: &&StyleGroup| last(a).total_cmp(&last(b)).then_with(|| b.value.cmp(&a.value));
    let (least, most) = (found.groups.iter().min_by(by_last), found.groups.iter().max_by(by_last));
    let (Some(least), Some(most), Some(part)) = (least, most, found.bands.last()) else {
        return style_title(found, locale);
    };
    if found.groups.len() < 2 {
        return style_title(found, locale);
    }
    let in_group = |group: &StyleGroup| {
        let share = group.bands.last().map_or_else(String::new, |band| text::percent(band.share, group.people, locale));
        format!("{share} in {}", group.value)
    };
    format!("{}: from {} to {}", part.label, in_group(least), in_group(most))
}

/// The subtitle of a chart: the metric's standard name, who and when, and the unit.
#[must_use]
pub fn explored_subtitle(metric: MeanMetric, population: &str, by_month: bool) -> String {
    format!("{}, {population}, {}", mean_name(metric), metric_unit(metric, by_month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::Share;

    const HOURS: MeanMetric = MeanMetric::Of(Metric::ExternalHours);

    #[test]
    fn values_have_their_units_and_differences_their_signs() {
        let neutral = Locale::neutral();
        assert_eq!(metric_amount(HOURS, 4.14, 100, false, &neutral), "4.1 hours a week");
        assert_eq!(metric_amount(HOURS, 18.0, 100, true, &neutral), "18.0 hours a month");
        assert_eq!(metric_value(MeanMetric::OneToOneHours, 0.314, 100, &neutral), "0.31");
        assert_eq!(metric_difference(HOURS, 4.14, &neutral), "+4.1");
        assert_eq!(metric_difference(HOURS, 0.01, &neutral), "0.0");
        assert_eq!(metric_difference(HOURS, -1.0, &neutral), "\u{2212}1.0");
        assert_eq!(metric_difference(MeanMetric::ExternalShare, -0.03, &neutral), "\u{2212}3 points");
    }

    #[test]
    fn parts_are_named_by_their_ends() {
        let neutral = Locale::neutral();
        let named = |metric, from, to| bin(metric, &Bin { from, to, share: Share::new(0.1) }, &neutral);
        assert_eq!(named(HOURS, 0.0, Some(2.0)), "up to 2");
        assert_eq!(named(HOURS, 2.0, Some(4.0)), "2 to 4");
        assert_eq!(named(HOURS, 20.0, None), "over 20");
        assert_eq!(named(MeanMetric::OneToOneHours, 0.25, Some(0.5)), "0.25 to 0.5");
        assert!(named(MeanMetric::ExternalShare, 0.1, Some(0.2)).starts_with("10 to 20"));
    }

    #[test]
    fn distance_from_the_mean_is_a_percent_of_it() {
        let neutral = Locale::neutral();
        let words = |mean, all| against_mean(mean, all, &neutral).map(|words| words.replace(neutral.space(), " "));
        assert_eq!(words(5.0, 4.0), ["+25 %", "25 % above the mean of all"]);
        assert_eq!(words(3.0, 4.0), ["\u{2212}25 %", "25 % below the mean of all"]);
        assert_eq!(words(4.0, 4.0)[0], "as all");
        assert_eq!(words(4.0, 0.0), [String::new(), String::new()]);
    }

    #[test]
    fn cost_is_hours_times_the_rate() {
        let any = crate::privacy::AnyContact {
            share: Share::new(0.5),
            interval: crate::privacy::Interval { low: 0.4, high: 0.6 },
            people: 100,
        };
        let external = |hours_a_period| ExternalFindings {
            any,
            of_collaboration: None,
            hours_a_period,
            top: Vec::new(),
            people: 100,
        };
        let words = external_cost(&external(Some(1_000.0)), 80.0, false, &Locale::of("en-US"));
        assert_eq!(words.as_deref(), Some("1,000 external hours a week; at 80 an hour that is 80,000 a week"));
        assert_eq!(external_cost(&external(None), 80.0, false, &Locale::neutral()), None);
    }
}
