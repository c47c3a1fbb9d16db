//! Filters and steps in words.

use chrono::NaiveDate;

use super::{cohort, name, sentence_case, windows_in_words};
use crate::dataset::{AttributeFilter, Filter};
use crate::privacy::{Hidden, Rules};
use crate::quality::LeaveOut;
use crate::text::{self, Locale};
use crate::workbench::{CompareCommand, FilterCommand, SetCommand, Step, StepKind, ViewCommand};

/// So many values of an attribute are named; of more the rest is counted.
const NAMED_VALUES: usize = 3;

/// One part of a filter: what it says, and the command that takes it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterPart {
    /// In words: "Organization: Sales or Support".
    pub words: String,
    /// Takes it out of the filter.
    pub clear: FilterCommand,
}

/// The parts of a filter in words, for a row of chips. Empty for everyone in all periods.
#[must_use]
pub fn filter_parts(filter: &Filter, by_month: bool, locale: &Locale) -> Vec<FilterPart> {
    let mut parts: Vec<FilterPart> = (filter.attributes.iter())
        .map(|kept| FilterPart {
            words: values(kept),
            clear: FilterCommand::SetValues { attribute: kept.attribute.clone(), values: Vec::new() },
        })
        .collect();
    let clear = FilterCommand::Range { from: None, to: None };
    let words = range(filter.from, filter.to, by_month, locale);
    parts.extend(words.map(|words| FilterPart { words: sentence_case(&words), clear }));
    parts.extend(filter.without.iter().map(|day| FilterPart {
        words: format!("Without {}", period(*day, by_month, locale)),
        clear: FilterCommand::PutBack(*day),
    }));
    if filter.include_inactive {
        let clear = FilterCommand::IncludeInactive(false);
        parts.push(FilterPart { words: "With inactive rows".to_owned(), clear });
    }
    if filter.without_low_activity {
        let clear = FilterCommand::WithoutLowActivity(false);
        parts.push(FilterPart { words: "Without low activity".to_owned(), clear });
    }
    parts
}

/// A filter on one line: "Filtered: Organization: Sales or Support; Without the week of Jun 2, 2024". `None`
/// for everyone in all periods.
#[must_use]
pub fn filtered(filter: &Filter, by_month: bool, locale: &Locale) -> Option<String> {
    let parts: Vec<String> = filter_parts(filter, by_month, locale).into_iter().map(|part| part.words).collect();
    (!parts.is_empty()).then(|| format!("Filtered: {}", parts.join("; ")))
}

/// A week or month by its first day: "the week of Jun 2, 2024".
#[must_use]
pub fn period(day: NaiveDate, by_month: bool, locale: &Locale) -> String {
    let unit = if by_month { "month" } else { "week" };
    format!("the {unit} of {}", text::date(day, locale))
}

fn values(kept: &AttributeFilter) -> String {
    let others = kept.values.len().saturating_sub(NAMED_VALUES);
    let named: Vec<&str> = kept.values.iter().map(String::as_str).take(NAMED_VALUES).collect();
    let words = match (named.as_slice(), others) {
        ([first @ .., last], 0) if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        (named, 0) => named.join(", "),
        (named, others) => format!("{} or {others} more", named.join(", ")),
    };
    format!("{}: {words}", kept.attribute)
}

fn range(from: Option<NaiveDate>, to: Option<NaiveDate>, by_month: bool, locale: &Locale) -> Option<String> {
    let unit = if by_month { "months" } else { "weeks" };
    let date = |day| text::date(day, locale);
    match (from, to) {
        (None, None) => None,
        (Some(from), None) => Some(format!("{unit} from {}", date(from))),
        (None, Some(to)) => Some(format!("{unit} up to {}", date(to))),
        (Some(from), Some(to)) => Some(format!("{unit} {} to {}", date(from), date(to))),
    }
}

/// What a step did, after "Undo" or "Redo": "filter Organization: Sales".
#[must_use]
pub fn step(step: &Step, by_month: bool, locale: &Locale) -> String {
    match &step.kind {
        StepKind::Filter(command) => filter_step(command, step, by_month, locale),
        StepKind::Set(command) => set_step(command, locale),
        StepKind::View(ViewCommand::Save(name)) => format!("save view {}", name.trim()),
        StepKind::View(ViewCommand::Apply(name)) => format!("view {name}"),
        StepKind::View(ViewCommand::Rename { from, .. }) => format!("rename view {from}"),
        StepKind::View(ViewCommand::Delete(name)) => format!("delete view {name}"),
        StepKind::Compare(command) => compare_step(command, step, by_month, locale),
        StepKind::Edit(edit) => edit.in_words(),
    }
}

fn filter_step(command: &FilterCommand, step: &Step, by_month: bool, locale: &Locale) -> String {
    match command {
        FilterCommand::Toggle { attribute, value } => {
            let is_kept = step.after.question.filter.names(attribute, value);
            format!("{} {attribute}: {value}", if is_kept { "filter" } else { "remove filter" })
        }
        FilterCommand::KeepWithout { attribute, value, without } => {
            let (one, many) = if by_month { ("month", "months") } else { ("week", "weeks") };
            format!("filter {attribute}: {value} without {}", text::counted(without.len(), one, many, locale))
        }
        FilterCommand::SetValues { attribute, values } if values.is_empty() => format!("clear {attribute}"),
        FilterCommand::SetValues { attribute, values: kept } => {
            let kept = AttributeFilter { attribute: attribute.clone(), values: kept.clone() };
            format!("filter {}", values(&kept))
        }
        FilterCommand::Range { from, to } => match range(*from, *to, by_month, locale) {
            Some(words) => words,
            None => format!("all {}", if by_month { "months" } else { "weeks" }),
        },
        FilterCommand::LeaveOut(day) => format!("leave out {}", period(*day, by_month, locale)),
        FilterCommand::PutBack(day) => format!("put back {}", period(*day, by_month, locale)),
        FilterCommand::IncludeInactive(true) => "include inactive rows".to_owned(),
        FilterCommand::IncludeInactive(false) => "leave out inactive rows".to_owned(),
        FilterCommand::WithoutLowActivity(true) => "leave out low activity".to_owned(),
        FilterCommand::WithoutLowActivity(false) => "include low activity".to_owned(),
        FilterCommand::LeaveOutFound(found, on) => {
            let what = match found {
                LeaveOut::Periods(days) => match days.as_slice() {
                    [day] => period(*day, by_month, locale),
                    days => text::counted(days.len(), "period", "periods", locale),
                },
                LeaveOut::LowActivity => "low activity".to_owned(),
                LeaveOut::InactiveRows => "inactive rows".to_owned(),
            };
            format!("{} {what}", if *on { "leave out" } else { "include" })
        }
        FilterCommand::ClearAll => "clear all filters".to_owned(),
    }
}

fn compare_step(command: &CompareCommand, step: &Step, by_month: bool, locale: &Locale) -> String {
    match command {
        CompareCommand::Windows(windows) => format!("compare {}", windows_in_words(windows, locale)),
        CompareCommand::ToggleOut(day) => {
            let is_out = step.after.compare.without.as_ref().is_some_and(|days| days.contains(day));
            let verb = if is_out { "leave out" } else { "put back" };
            format!("{verb} {} of the comparison", period(*day, by_month, locale))
        }
        CompareCommand::Add(of) => format!("compare {}", cohort(of)),
        CompareCommand::Remove(of) => format!("compare without {}", cohort(of)),
        CompareCommand::Reset => "the suggested comparison".to_owned(),
    }
}

fn set_step(command: &SetCommand, locale: &Locale) -> String {
    match command {
        SetCommand::GroupBy(by) => format!("group by {by}"),
        SetCommand::MinimumGroupSize(size) => format!("minimum group size {}", text::count(*size, locale)),
        SetCommand::Gap(gap) => {
            format!("smallest gap {}", text::points(*gap, locale).trim_start_matches('+'))
        }
        SetCommand::CoAttended(limit) => {
            format!("co-attended over {}\u{a0}%", text::decimals(f64::from(*limit) / 100.0, 0, locale))
        }
        SetCommand::TopQuartile(Some(boundary)) => {
            format!("top quartile from {}\u{a0}%", text::decimals(boundary * 100.0, 1, locale))
        }
        SetCommand::TopQuartile(None) => "the company\u{2019}s own top quartile".to_owned(),
        SetCommand::CustomerFacing(group, true) => format!("mark {} customer-facing", group.value),
        SetCommand::CustomerFacing(group, false) => format!("unmark {} customer-facing", group.value),
        SetCommand::AcceptSuggested => "mark suggested groups customer-facing".to_owned(),
        SetCommand::ShowAnyway(id, true) => format!("show {} anyway", name(*id)),
        SetCommand::ShowAnyway(id, false) => format!("hold {} back", name(*id)),
        SetCommand::DeclineSuggested => "put the suggestion away".to_owned(),
    }
}

/// Why something cannot be chosen, in a few words; [`Hidden::sentence`] is the whole reason.
#[must_use]
pub fn blocked_in_short(hidden: &Hidden, rules: Rules, locale: &Locale) -> String {
    let k = text::count(rules.minimum_group_size(), locale);
    match hidden {
        Hidden::TooFewPeople => format!("Under {k} people with this filter"),
        Hidden::TooFewLeftOut => format!("Leaves out under {k} people"),
        Hidden::TooFewInactive => format!("Adds under {k} people"),
        Hidden::TooFewInPeriods { .. } => format!("Under {k} people in some of these weeks"),
        Hidden::HiddenValue { .. } => "Too few people, or it would tell of too few".to_owned(),
        Hidden::NotInFile(_) => "Not in this export".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, month, day).unwrap()
    }

    fn words(filter: &Filter) -> Vec<String> {
        filter_parts(filter, false, &Locale::of("en-US")).into_iter().map(|part| part.words).collect()
    }

    #[test]
    fn values_of_one_attribute_are_alternatives_and_many_are_counted() {
        let kept = |names: &[&str]| Filter {
            attributes: vec![AttributeFilter {
                attribute: "Organization".to_owned(),
                values: names.iter().map(ToString::to_string).collect(),
            }],
            ..Filter::default()
        };
        assert_eq!(words(&kept(&["Sales"])), ["Organization: Sales"]);
        assert_eq!(words(&kept(&["Sales", "Support"])), ["Organization: Sales or Support"]);
        assert_eq!(words(&kept(&["A", "B", "C"])), ["Organization: A, B or C"]);
        assert_eq!(words(&kept(&["A", "B", "C", "D", "E"])), ["Organization: A, B, C or 2 more"]);
    }

    #[test]
    fn weeks_and_switches_are_told_with_their_dates() {
        let filter = Filter {
            from: Some(day(3, 31)),
            to: Some(day(6, 23)),
            without: vec![day(5, 26)],
            include_inactive: true,
            without_low_activity: true,
            ..Filter::default()
        };
        assert_eq!(
            words(&filter),
            [
                "Weeks Mar 31, 2024 to Jun 23, 2024",
                "Without the week of May 26, 2024",
                "With inactive rows",
                "Without low activity"
            ]
        );
        assert_eq!(words(&Filter { to: None, ..filter.clone() })[0], "Weeks from Mar 31, 2024");
        assert_eq!(words(&Filter { from: None, ..filter })[0], "Weeks up to Jun 23, 2024");
        assert_eq!(filtered(&Filter::default(), false, &Locale::neutral()), None);
    }
}
