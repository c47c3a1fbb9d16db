//! Comparisons of periods in words: what changed, how sure that is, what held steady, where the time came from.

use chrono::NaiveDate;

use crate::dataset::{AttributeFilter, Metric};
use crate::privacy::{
    AfterHoursGuard, ChangeVerdict, Cohort, CohortChange, CohortDifference, CohortNumbers, CompareMetric, Comparison,
    Interval, Movement, NoChange, NoCohort, Rules, Unavailable, Version, Window, WindowProblem,
};
use crate::text::{self, Locale};

use super::uncertainty::CANNOT_TELL;
use super::{metric_name, sentence_case, unavailable};

/// The standard name of a metric of a comparison.
#[must_use]
pub const fn compare_metric(metric: CompareMetric) -> &'static str {
    match metric {
        CompareMetric::ExternalHours => metric_name(Metric::ExternalHours),
        CompareMetric::InternalHours => "Internal collaboration hours",
        CompareMetric::CollaborationHours => metric_name(Metric::CollaborationHours),
        CompareMetric::AfterHours => metric_name(Metric::AfterHours),
        CompareMetric::FocusHours => metric_name(Metric::FocusHours),
        CompareMetric::EmailHours => metric_name(Metric::EmailHours),
        CompareMetric::ExternalEmailHours => metric_name(Metric::ExternalEmailHours),
        CompareMetric::OneToOneHours => "1:1 hours with manager",
        CompareMetric::ExternalNetworkSize => metric_name(Metric::ExternalNetworkSize),
        CompareMetric::InternalNetworkSize => metric_name(Metric::InternalNetworkSize),
        CompareMetric::InternalOrganizations => metric_name(Metric::InternalOrganizations),
    }
}

/// A metric within a sentence: "time with external contacts".
const fn in_sentence(metric: CompareMetric) -> &'static str {
    match metric {
        CompareMetric::ExternalHours => "time with external contacts",
        CompareMetric::InternalHours => "internal collaboration",
        CompareMetric::CollaborationHours => "total collaboration",
        CompareMetric::AfterHours => "after-hours collaboration",
        CompareMetric::FocusHours => "focus time",
        CompareMetric::EmailHours => "time for email",
        CompareMetric::ExternalEmailHours => "time for external email",
        CompareMetric::OneToOneHours => "1:1 time with their manager",
        CompareMetric::ExternalNetworkSize => "external connections",
        CompareMetric::InternalNetworkSize => "internal connections",
        CompareMetric::InternalOrganizations => "internal organizations",
    }
}

/// The name of a cohort: "Sales", "Sales + Support", "Leaders of managers".
#[must_use]
pub fn cohort(cohort: &Cohort) -> String {
    let values = |part: &AttributeFilter| part.values.join(" + ");
    match cohort {
        Cohort::Everyone => "Everyone".to_owned(),
        Cohort::Of(parts) => parts.iter().map(values).collect::<Vec<_>>().join(" \u{b7} "),
        Cohort::Managers => "Managers".to_owned(),
        Cohort::Leaders => "Leaders of managers".to_owned(),
    }
}

/// A cohort as who does something: "People in Sales".
fn who(of: &Cohort) -> String {
    match of {
        Cohort::Everyone => "People".to_owned(),
        Cohort::Of(_) => format!("People in {}", cohort(of)),
        Cohort::Managers | Cohort::Leaders => cohort(of),
    }
}

/// By which column it was decided who leads, or that people are counted by their own group.
#[must_use]
pub fn roles_note(attribute: Option<&str>) -> String {
    match attribute {
        Some(attribute) => format!(
            "Managers and leaders of managers are those whom the column {attribute} names so; who reports to whom is not in this export."
        ),
        None => "This export does not say who leads. Ask for the column SupervisorIndicator to compare managers and leaders.".to_owned(),
    }
}

/// A verdict in a word or two.
#[must_use]
pub const fn change_verdict(verdict: ChangeVerdict) -> &'static str {
    match verdict {
        ChangeVerdict::Up => "up",
        ChangeVerdict::Down => "down",
        ChangeVerdict::HeldSteady => "held steady",
        ChangeVerdict::CannotTell => CANNOT_TELL,
    }
}

/// Of whom a change is told.
#[must_use]
pub const fn version(version: Version) -> &'static str {
    match version {
        Version::SamePeople => "same people",
        Version::Everyone => "everyone present",
    }
}

/// The number of a value of a metric, with a decimal; hours under one have two: "4.1", "0.25".
#[must_use]
pub fn compare_number(metric: CompareMetric, value: f64, locale: &Locale) -> String {
    let is_small = metric.unit() == "hours" && value.abs() < 0.995;
    text::decimals(value, 1 + usize::from(is_small && value.abs() >= 0.005), locale)
}

/// A value of a metric: "4.1 h", "23.4 people".
#[must_use]
pub fn compare_value(metric: CompareMetric, value: f64, locale: &Locale) -> String {
    let number = compare_number(metric, value, locale);
    match metric.unit() {
        "hours" => format!("{number} h"),
        unit => format!("{number} {unit}"),
    }
}

/// Both values, or the one that they read as: "4.1 to 4.6 hours a week", "21.0 people".
#[must_use]
pub fn from_to(metric: CompareMetric, movement: &Movement, by_month: bool, locale: &Locale) -> String {
    let number = |value| compare_number(metric, value, locale);
    let unit = match (metric.unit(), by_month) {
        ("hours", false) => "hours a week",
        ("hours", true) => "hours a month",
        (unit, _) => unit,
    };
    let (before, after) = (number(movement.before), number(movement.after));
    if before == after { format!("{before} {unit}") } else { format!("{before} to {after} {unit}") }
}

/// Both values in short: "4.1 to 4.6 h", "21.0 to 22.5".
#[must_use]
pub fn values(metric: CompareMetric, movement: &Movement, locale: &Locale) -> String {
    let number = |value| compare_number(metric, value, locale);
    let unit = if metric.unit() == "hours" { " h" } else { "" };
    format!("{} to {}{unit}", number(movement.before), number(movement.after))
}

/// What changed of a cohort and what held steady: "Sales: 3 metrics rose, 1 fell, 5 held steady".
#[must_use]
pub fn changed_and_steady(name: &str, numbers: &CohortNumbers, shown: Version) -> String {
    let verdicts = numbers.metrics.iter().filter_map(|known| known.outcome.as_ref().ok());
    let verdicts: Vec<ChangeVerdict> = verdicts.map(|changes| changes.of(shown).0.verdict).collect();
    let parts = [
        (ChangeVerdict::Up, "rose"),
        (ChangeVerdict::Down, "fell"),
        (ChangeVerdict::HeldSteady, "held steady"),
        (ChangeVerdict::CannotTell, "cannot be told"),
    ];
    let parts = parts.map(|(verdict, word)| {
        let count = verdicts.iter().filter(|known| **known == verdict).count();
        (count > 0).then(|| format!("{count} {word}"))
    });
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{name}: of {} metrics {}", verdicts.len(), text::list_and(&parts))
}

/// How a metric changed, cohort by cohort: "Up in Sales; held steady in 3 cohorts; cannot tell in 2 cohorts".
#[must_use]
pub fn cohorts_finding(verdicts: &[(String, ChangeVerdict)]) -> String {
    const NAMED: usize = 3;
    let of = |wanted: ChangeVerdict, word: &str| {
        let names: Vec<&str> =
            verdicts.iter().filter(|(_, known)| *known == wanted).map(|(name, _)| name.as_str()).collect();
        let is_clear = matches!(wanted, ChangeVerdict::Up | ChangeVerdict::Down);
        match names.len() {
            0 => None,
            1..=NAMED if is_clear => Some(format!("{word} in {}", text::list_and(&names))),
            1 => Some(format!("{word} in {}", names.concat())),
            count => Some(format!("{word} in {count} cohorts")),
        }
    };
    let parts = [
        of(ChangeVerdict::Up, "up"),
        of(ChangeVerdict::Down, "down"),
        of(ChangeVerdict::HeldSteady, "held steady"),
        of(ChangeVerdict::CannotTell, CANNOT_TELL),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    sentence_case(&parts.join("; "))
}

/// A part of one as a number of percent: "11"; under one with a decimal: "0.4". A negative one has a minus sign.
fn in_percent(part: f64, locale: &Locale) -> String {
    let percent = part * 100.0;
    text::decimals(percent, usize::from((0.05..0.95).contains(&percent.abs())), locale)
}

/// A relative change with its sign and a decimal, as in tables: "+11.2 %", "−4.0 %"; "from zero" where there was
/// nothing before.
#[must_use]
pub fn relative(movement: &Movement, locale: &Locale) -> String {
    let Some((value, _)) = movement.relative else { return "from zero".to_owned() };
    let sign = if value >= 0.0005 { "+" } else { "" };
    format!("{sign}{}{}%", text::decimals(value * 100.0, 1, locale), locale.space())
}

/// The range of a change with a decimal, as in tables: "7.3 to 15.0 %"; in hours or counts where there is no
/// percentage.
#[must_use]
pub fn exact_range(metric: CompareMetric, movement: &Movement, locale: &Locale) -> String {
    let Some((_, Interval { low, high })) = movement.relative else { return change_range(metric, movement, locale) };
    let number = |part: f64| text::decimals(part * 100.0, 1, locale);
    format!("{} to {}{}%", number(low), number(high), locale.space())
}

/// The range of a change: "7 to 15 %"; in hours or counts where there is no percentage.
#[must_use]
pub fn change_range(metric: CompareMetric, movement: &Movement, locale: &Locale) -> String {
    match movement.relative {
        Some((_, interval)) => percent_range(interval, false, locale),
        None => {
            let Interval { low, high } = movement.absolute.1;
            format!("{} to {}", compare_number(metric, low, locale), compare_value(metric, high, locale))
        }
    }
}

/// "7 to 15 %"; of a fall turned round: "7 to 15 %" less.
fn percent_range(Interval { low, high }: Interval, is_turned: bool, locale: &Locale) -> String {
    let (low, high) = if is_turned { (-high, -low) } else { (low, high) };
    let (low, high) = (in_percent(low, locale), in_percent(high, locale));
    let space = locale.space();
    if low == high { format!("about {low}{space}%") } else { format!("{low} to {high}{space}%") }
}

/// How a metric of a cohort changed, as a finding: "People in Sales spend 11 % more time with external contacts
/// (likely 7 to 15 %), 4.1 to 4.6 hours a week".
#[must_use]
pub fn change_finding(
    of: &Cohort,
    metric: CompareMetric,
    movement: &Movement,
    by_month: bool,
    locale: &Locale,
) -> String {
    let values = from_to(metric, movement, by_month, locale);
    let (subject, what) = (who(of), in_sentence(metric));
    let verb = if metric.unit() == "hours" { "spend" } else { "have" };
    let range = change_range(metric, movement, locale);
    match (movement.verdict, movement.relative) {
        (ChangeVerdict::HeldSteady, _) => {
            let of_whom = match of {
                Cohort::Everyone => String::new(),
                of => format!(" of {}", in_lower_case(of, &subject)),
            };
            format!("{}{of_whom} held steady (likely {range}), {values}", sentence_case(what))
        }
        (ChangeVerdict::CannotTell, _) => {
            format!(
                "Whether {} {verb} more {what} cannot be told (likely {range}), {values}",
                in_lower_case(of, &subject)
            )
        }
        (verdict, Some((value, interval))) => {
            let is_down = verdict == ChangeVerdict::Down;
            let word = match (is_down, verb) {
                (false, _) => "more",
                (true, "have") => "fewer",
                (true, _) => "less",
            };
            let percent = format!("{}{}%", in_percent(value.abs(), locale), locale.space());
            let range = percent_range(interval, is_down, locale);
            format!("{subject} {verb} {percent} {word} {what} (likely {range}), {values}")
        }
        (_, None) => format!("{subject} {verb} {what} where there was none, {values}"),
    }
}

fn in_lower_case(of: &Cohort, subject: &str) -> String {
    match of {
        Cohort::Everyone | Cohort::Of(_) => subject.replacen("People", "people", 1),
        Cohort::Managers | Cohort::Leaders => subject.to_lowercase(),
    }
}

/// A metric that is added to a finding: "internal connections held steady".
fn beside(metric: CompareMetric, verdict: ChangeVerdict) -> String {
    let what = in_sentence(metric);
    let (grew, fell) = if metric.unit() == "hours" { ("rose", "fell") } else { ("grew", "shrank") };
    match verdict {
        ChangeVerdict::Up => format!("{what} {grew}"),
        ChangeVerdict::Down => format!("{what} {fell}"),
        ChangeVerdict::HeldSteady => format!("{what} held steady"),
        ChangeVerdict::CannotTell => format!("how {what} changed cannot be told"),
    }
}

/// The finding of a cohort: how external time changed, and what became of internal connections. The first metric that
/// the file has where it has no external hours; `None` where it has none.
#[must_use]
pub fn cohort_finding(
    of: &Cohort,
    numbers: &CohortNumbers,
    version: Version,
    by_month: bool,
    locale: &Locale,
) -> Option<String> {
    let change = |metric| numbers.changes(metric).map(|changes| (metric, changes.of(version).0));
    let (metric, movement) = CompareMetric::ALL.into_iter().find_map(change)?;
    let finding = change_finding(of, metric, movement, by_month, locale);
    let inside =
        [CompareMetric::InternalNetworkSize, CompareMetric::InternalOrganizations, CompareMetric::InternalHours];
    let inside = inside.into_iter().find_map(change).filter(|(inside, _)| *inside != metric);
    Some(match inside {
        Some((inside, movement)) => format!("{finding}; {}", beside(inside, movement.verdict)),
        None => finding,
    })
}

/// The cohort whose finding is the title: the clear change of external time that is largest as a part; else the first.
#[must_use]
pub fn leading_cohort(comparison: &Comparison, shown: Version) -> Option<(&CohortChange, &CohortNumbers)> {
    let answered = || comparison.cohorts.iter().filter_map(|of| Some((of, of.outcome.as_ref().ok()?)));
    let size = |(of, numbers): &(&CohortChange, &CohortNumbers)| {
        let movement = numbers.changes(CompareMetric::ExternalHours)?.of(shown).0;
        let is_clear = matches!(movement.verdict, ChangeVerdict::Up | ChangeVerdict::Down);
        let (value, _) = movement.relative.filter(|_| is_clear && of.cohort != Cohort::Everyone)?;
        Some(value.abs())
    };
    let clear = answered().filter_map(|of| Some((size(&of)?, of)));
    clear.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, of)| of).or_else(|| answered().next())
}

/// The title of a comparison.
#[must_use]
pub fn comparison_title(comparison: &Comparison, shown: Version, by_month: bool, locale: &Locale) -> Option<String> {
    let (of, numbers) = leading_cohort(comparison, shown)?;
    cohort_finding(&of.cohort, numbers, shown, by_month, locale)
}

/// The windows and how many people: the subtitle of a chart.
#[must_use]
pub fn windows(comparison: &Comparison, by_month: bool, locale: &Locale) -> String {
    let (one, many) = if by_month { ("month", "months") } else { ("week", "weeks") };
    let window = |periods: &[NaiveDate]| match (periods.first(), periods.last()) {
        (Some(first), Some(last)) => range(*first, *last, locale),
        _ => String::new(),
    };
    let [earlier, later] = &comparison.periods;
    let length = text::counted(later.len(), one, many, locale);
    format!("{length}, {}, against {}", window(later), window(earlier))
}

/// From a day to another: "Apr 7 to Jun 23, 2024".
fn range(first: NaiveDate, last: NaiveDate, locale: &Locale) -> String {
    let is_one_year = chrono::Datelike::year(&first) == chrono::Datelike::year(&last);
    let from = if is_one_year { text::short_date(first, locale) } else { text::date(first, locale) };
    format!("{from} to {}", text::date(last, locale))
}

/// How many people a cohort has in both windows, and who came and went.
#[must_use]
pub fn cohort_people(numbers: &CohortNumbers, k: usize, locale: &Locale) -> String {
    let [before, after] = numbers.people.map(|people| text::count(people, locale));
    let people = if before == after { format!("{before} people") } else { format!("{before} people, then {after}") };
    match numbers.moved {
        Some((0, 0)) => format!("{people}, the same ones"),
        Some((joined, left)) => {
            let count = |people| text::count(people, locale);
            format!("{people}: {} joined, {} left", count(joined), count(left))
        }
        None => format!("{people}; who joined and left is not told, as either may be fewer than {k}"),
    }
}

/// People who had none before and have some now: "14 people had none before and have some now".
#[must_use]
pub fn from_zero(metric: CompareMetric, people: usize, locale: &Locale) -> String {
    format!(
        "{} had no {} before and have some now.",
        text::counted(people, "person", "people", locale),
        in_sentence(metric)
    )
}

/// Why a metric has no change.
#[must_use]
pub fn no_change(why: &NoChange) -> String {
    match why {
        NoChange::Unavailable(Unavailable::NotInFile(metrics)) => {
            let names: Vec<String> =
                metrics.iter().map(|metric| format!("\u{201c}{}\u{201d}", metric_name(*metric))).collect();
            format!("Not in this export. Ask for {}.", text::list_and(&names))
        }
        NoChange::Unavailable(why) => unavailable(why),
        NoChange::TooShort => "Looks back 28 days, so it needs windows of four weeks or more.".to_owned(),
    }
}

/// Why a cohort has no numbers.
#[must_use]
pub fn no_cohort(why: &NoCohort, rules: Rules, locale: &Locale) -> String {
    match why {
        NoCohort::Hidden(hidden) => hidden.sentence(rules).in_words(locale),
        NoCohort::NoRoles => roles_note(None),
    }
}

/// Why a change is told of everyone present and not of the same people.
#[must_use]
pub fn no_same_people(k: usize) -> String {
    format!(
        "Of everyone present, as fewer than {k} people stayed, joined or left, and the same people would give them away."
    )
}

/// A clear difference between two cohorts: "Sales rose more than Support: 12 points between them (likely 4 to 20)".
#[must_use]
pub fn cohort_difference(difference: &CohortDifference, comparison: &Comparison, locale: &Locale) -> Option<String> {
    let of = |place: usize| comparison.cohorts.get(place).map(|of| cohort(&of.cohort));
    let (more, less) = (of(difference.more)?, of(difference.less)?);
    let (value, interval) = difference.difference;
    let points = |value: f64| in_percent(value, locale);
    Some(format!(
        "{}: {more} changed by {} percentage points more than {less} (likely {} to {}).",
        sentence_case(in_sentence(difference.metric)),
        points(value),
        points(interval.low),
        points(interval.high)
    ))
}

/// What evenings say about more external time; empty where there is nothing to say.
#[must_use]
pub const fn after_hours(guard: AfterHoursGuard) -> &'static str {
    match guard {
        AfterHoursGuard::NotNeeded => "",
        AfterHoursGuard::Rose => {
            "After-hours collaboration rose with external time: some of the extra time may come from evenings."
        }
        AfterHoursGuard::DidNotRise => {
            "After-hours collaboration did not rise: the extra time does not come from evenings."
        }
        AfterHoursGuard::CannotTell => "Whether after-hours collaboration rose too cannot be told.",
        AfterHoursGuard::NotKnown => {
            "Whether the extra time came from evenings is not known: ask for \u{201c}After-hours collaboration hours\u{201d}."
        }
    }
}

/// Where the time came from, in a sentence: total collaboration is external and internal time together.
#[must_use]
pub fn came_from(numbers: &CohortNumbers, shown: Version, locale: &Locale) -> Option<String> {
    let change = |metric| numbers.changes(metric).map(|changes| changes.of(shown).0.absolute.0);
    let external = change(CompareMetric::ExternalHours)?;
    let internal = change(CompareMetric::InternalHours)?;
    // Two decimals, so that the parts add up as they stand there.
    let signed = |value: f64| {
        let sign = if value > 0.0 { "+" } else { "" };
        format!("{sign}{} h", text::decimals(value, 2, locale))
    };
    Some(format!(
        "External time {}, internal time {}: together {} of collaboration.",
        signed(external),
        signed(internal),
        signed(external + internal)
    ))
}

/// An absolute change with its sign: "+0.5 h", "−1.2 people".
#[must_use]
pub fn compare_change(metric: CompareMetric, change: f64, locale: &Locale) -> String {
    let sign = if change > 0.0 { "+" } else { "" };
    format!("{sign}{}", compare_value(metric, change, locale))
}

/// Why two windows cannot be compared: what is wrong, and what to do.
#[must_use]
pub fn window_problem(problem: &WindowProblem, by_month: bool, locale: &Locale) -> [String; 2] {
    let (one, many) = if by_month { ("month", "months") } else { ("week", "weeks") };
    match problem {
        WindowProblem::NotBefore => [
            "The baseline does not end before the current window begins.".to_owned(),
            format!("Choose a baseline whose last {one} is earlier."),
        ],
        WindowProblem::Empty { is_later } => [
            format!("The export has no {one} in the {}.", if *is_later { "current window" } else { "baseline" }),
            format!("Choose {many} that the export has."),
        ],
        WindowProblem::Unequal { periods: [baseline, current], corrected } => [
            format!(
                "The baseline has {}, the current window {}.",
                text::counted(*baseline, one, many, locale),
                text::count(*current, locale)
            ),
            format!("Compare {}.", windows_in_words(corrected, locale)),
        ],
    }
}

/// Two windows: "Apr 7 to Jun 23, 2024 against Jan 14 to Mar 31, 2024".
#[must_use]
pub fn windows_in_words([earlier, later]: &[Window; 2], locale: &Locale) -> String {
    let window = |window: &Window| range(window.from, window.to, locale);
    format!("{} against {}", window(later), window(earlier))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn movement(before: f64, after: f64, low: f64, high: f64, verdict: ChangeVerdict) -> Movement {
        let relative = (after / before - 1.0, Interval { low, high });
        let absolute = (after - before, Interval { low: low * before, high: high * before });
        Movement { before, after, people: [80, 80], absolute, relative: Some(relative), verdict }
    }

    fn sales() -> Cohort {
        Cohort::Of(vec![AttributeFilter { attribute: "Organization".to_owned(), values: vec!["Sales".to_owned()] }])
    }

    fn told(of: &Cohort, metric: CompareMetric, movement: &Movement) -> String {
        change_finding(of, metric, movement, false, &Locale::neutral())
    }

    #[test]
    fn a_finding_is_told_as_the_study_told_it() {
        let more = movement(4.1, 4.551, 0.07, 0.15, ChangeVerdict::Up);
        assert_eq!(
            told(&sales(), CompareMetric::ExternalHours, &more),
            "People in Sales spend 11 % more time with external contacts (likely 7 to 15 %), 4.1 to 4.6 hours a week"
        );
        let fewer = movement(20.0, 18.0, -0.15, -0.05, ChangeVerdict::Down);
        assert_eq!(
            told(&Cohort::Leaders, CompareMetric::InternalNetworkSize, &fewer),
            "Leaders of managers have 10 % fewer internal connections (likely 5 to 15 %), 20.0 to 18.0 people"
        );
    }

    #[test]
    fn steady_and_unclear_are_two_things() {
        let steady = movement(4.0, 4.04, -0.02, 0.04, ChangeVerdict::HeldSteady);
        assert_eq!(
            told(&Cohort::Everyone, CompareMetric::ExternalHours, &steady),
            "Time with external contacts held steady (likely \u{2212}2 to 4 %), 4.0 hours a week"
        );
        let open = movement(4.0, 4.4, -0.1, 0.3, ChangeVerdict::CannotTell);
        assert_eq!(
            told(&sales(), CompareMetric::FocusHours, &open),
            "Whether people in Sales spend more focus time cannot be told (likely \u{2212}10 to 30 %), 4.0 to 4.4 hours a week"
        );
    }

    #[test]
    fn what_began_at_nothing_has_no_percentage() {
        let range = Interval { low: 0.1, high: 0.4 };
        let began = Movement {
            before: 0.0,
            after: 0.25,
            people: [100, 100],
            absolute: (0.25, range),
            relative: None,
            verdict: ChangeVerdict::Up,
        };
        assert_eq!(
            told(&sales(), CompareMetric::OneToOneHours, &began),
            "People in Sales spend 1:1 time with their manager where there was none, 0.0 to 0.25 hours a week"
        );
        assert_eq!(relative(&began, &Locale::neutral()), "from zero");
        assert_eq!(change_range(CompareMetric::OneToOneHours, &began, &Locale::neutral()), "0.10 to 0.40 h");
    }

    #[test]
    fn small_parts_keep_a_decimal_and_nothing_has_no_sign() {
        let locale = Locale::neutral();
        let number = |part| in_percent(part, &locale);
        assert_eq!([number(0.11), number(-0.004), number(0.0), number(-0.0001)], ["11", "\u{2212}0.4", "0", "0"]);
    }
}
