//! Sentences about time between groups.

use chrono::{Datelike as _, NaiveDate};

use super::{set_aside, windows_in_words};
use crate::dataset::Grain;
use crate::import::{GroupReport, TimeUnit};
use crate::privacy::{
    BetweenFindings, GroupOfTime, InWindows, NoBetween, Rules, Share, SizeSource, Window, WindowProblem,
};
use crate::text::{self, Locale};

/// A finding as a title: who keeps to themselves, else how much goes to others.
#[must_use]
pub fn between_title(findings: &BetweenFindings, locale: &Locale) -> String {
    let alone = isolated_groups(findings);
    match (alone.as_slice(), findings.company.share_across) {
        ([], Some(share)) => format!("{} of time is with other groups", share_in_words(share.all, findings, locale)),
        ([], None) => "No time between groups".to_owned(),
        ([one], _) => format!("{} keeps to itself", text::on_one_line(&one.name)),
        (several, _) => {
            let names: Vec<String> = several.iter().map(|group| text::on_one_line(&group.name)).collect();
            format!("{} keep to themselves", text::list_and(&names))
        }
    }
}

/// The isolated groups.
#[must_use]
pub fn isolated_groups(findings: &BetweenFindings) -> Vec<&GroupOfTime> {
    let places = findings.isolated.as_ref().map(|(places, _)| places.as_slice()).unwrap_or_default();
    places.iter().filter_map(|place| findings.groups.get(*place)).collect()
}

/// What the numbers of the matrix are: measure, unit, population, periods.
#[must_use]
pub fn between_subtitle(findings: &BetweenFindings, locale: &Locale) -> String {
    let (one, many) = period_words(findings.grain);
    let members: usize = findings.groups.iter().map(|group| group.members).sum();
    let groups = text::counted(findings.groups.len(), "group", "groups", locale);
    let people = text::counted(members, "person", "people", locale);
    let periods = text::counted(findings.periods.len(), one, many, locale);
    format!(
        "Hours of collaboration per member and {one}; each row is whose time it is, outlined what is within the group. {}: \
         {groups}, {people}, {periods}",
        text::on_one_line(&findings.attribute)
    )
}

/// A part of time as a percent.
#[must_use]
pub fn share_in_words(share: f64, findings: &BetweenFindings, locale: &Locale) -> String {
    text::percent(Share::new(share), findings.groups.iter().map(|group| group.members).sum(), locale)
}

/// A part of one group's time as a percent.
#[must_use]
pub fn share_of_group(share: f64, group: &GroupOfTime, locale: &Locale) -> String {
    text::percent(Share::new(share), group.members, locale)
}

/// What is said of one cell of the matrix: hours, the part of the group's time, the change. One a line.
#[must_use]
pub fn between_cell(number: &InWindows, group: &GroupOfTime, findings: &BetweenFindings, locale: &Locale) -> String {
    let (one, _) = period_words(findings.grain);
    let mut lines = vec![format!("{} hours per member and {one}", text::decimals(number.all, 2, locale))];
    let all = group.balance.within.zip(group.balance.across).map(|(within, across)| within.all + across.all);
    if let Some(all) = all.filter(|all| *all > 0.0) {
        let part = share_of_group(number.all / all, group, locale);
        lines.push(format!("{part} of the time that {} has in groups", text::on_one_line(&group.name)));
    }
    let change = moved(number, |hours| member_hours(hours, locale), locale);
    if !change.is_empty() {
        lines.push(format!("{change} between the windows"));
    }
    lines.join("\n")
}

/// Hours per member: "12.3", and two decimals under one hour.
#[must_use]
pub fn member_hours(hours: f64, locale: &Locale) -> String {
    text::decimals(hours, if hours.abs() < 0.995 { 2 } else { 1 }, locale)
}

/// A change between the windows: "4.1 to 4.6 (+11 %)"; empty where there are no windows.
#[must_use]
pub fn moved(number: &InWindows, words: impl Fn(f64) -> String, locale: &Locale) -> String {
    let Some((before, now)) = number.windows else { return String::new() };
    let relative = number.relative().map(|relative| format!(" ({})", signed_percent(relative, locale)));
    format!("{} to {}{}", words(before), words(now), relative.unwrap_or_default())
}

/// A relative change with its sign: "+11 %".
#[must_use]
pub fn signed_percent(relative: f64, locale: &Locale) -> String {
    let number = text::decimals(relative.abs() * 100.0, 0, locale);
    let sign = match number.as_str() {
        "0" => "",
        _ if relative < 0.0 => "\u{2212}",
        _ => "+",
    };
    format!("{sign}{number}{}%", locale.space())
}

/// Within and across, of everyone, with the change: sentences.
#[must_use]
pub fn company_balance(findings: &BetweenFindings, locale: &Locale) -> Vec<String> {
    let mut sentences = Vec::new();
    let (one, _) = period_words(findings.grain);
    if let Some(share) = findings.company.share_across {
        let percent = |share| share_in_words(share, findings, locale);
        let change = share.windows.map(|(before, now)| format!(", from {} to {}", percent(before), percent(now)));
        sentences.push(format!(
            "{} of all time is with other groups{}.",
            percent(share.all),
            change.unwrap_or_default()
        ));
    }
    let hours = |hours| member_hours(hours, locale);
    for (name, number) in
        [("within the own group", findings.company.within), ("with other groups", findings.company.across)]
    {
        if let Some(number) = number {
            let change = moved(&number, hours, locale);
            let change = if change.is_empty() { change } else { format!(", from {change}") };
            sentences.push(format!("{} hours per member and {one} {name}{change}.", hours(number.all)));
        }
    }
    sentences
}

/// What makes the isolated ones isolated, one sentence each; or that none is, or that nobody can tell.
#[must_use]
pub fn isolation(findings: &BetweenFindings, locale: &Locale) -> Vec<String> {
    let percent = |share| share_in_words(share, findings, locale);
    let Some((_, median)) = &findings.isolated else {
        return vec!["With fewer than four groups nobody can say which of them are isolated.".to_owned()];
    };
    let alone = isolated_groups(findings);
    if alone.is_empty() {
        return vec![format!(
            "No group is isolated: none is under half of the middle group\u{2019}s {}.",
            percent(*median)
        )];
    }
    let sentence = |group: &&GroupOfTime| {
        let share = group.balance.share_across.map(|share| percent(share.all)).unwrap_or_default();
        format!(
            "{}: {share} of its time is with other groups; the middle group has {}.",
            text::on_one_line(&group.name),
            percent(*median)
        )
    };
    alone.iter().map(sentence).collect()
}

/// The rule by which a group is isolated, and what the numbers leave open.
#[must_use]
pub fn between_rules(findings: &BetweenFindings, rules: Rules, locale: &Locale) -> String {
    let k = rules.minimum_group_size();
    let sizes = match findings.sizes {
        SizeSource::Export => "Sizes are those of the export.",
        SizeSource::PersonQuery => "The export has no sizes: they are those of the person query that is open.",
        SizeSource::Unknown => "",
    };
    let apart = if findings.unclassified.get() > 0.0005 {
        let share = text::decimals(findings.unclassified.get() * 100.0, 1, locale);
        format!(" {share}{}% of all time is with people in no group, and is left out.", locale.space())
    } else {
        String::new()
    };
    format!(
        "Isolated: under half of the middle group\u{2019}s part of time with other groups (our rule). A with B and B with A are \
         two views of the same time. The export holds sums, so no likely range can be given. Groups under {k} people are \
         hidden, and with them what would give them away. {sizes}{apart}"
    )
}

/// The changes of most hours between two groups, one way, from one window to the other: the groups by their names, and a
/// sentence each. None where the windows cannot be compared.
#[must_use]
pub fn largest_changes(findings: &BetweenFindings, most: usize, locale: &Locale) -> Vec<(String, String, String)> {
    let cells = findings.groups.iter().flat_map(|group| {
        let with = group.with.iter().zip(&findings.groups).filter(|(_, to)| to.name != group.name);
        with.filter_map(move |(number, to)| Some((group, to, (*number)?, number.as_ref()?.change()?)))
    });
    let mut cells: Vec<_> = cells.filter(|(.., change)| *change != 0.0).collect();
    cells.sort_by(|a, b| b.3.abs().total_cmp(&a.3.abs()));
    let (one, _) = period_words(findings.grain);
    let sentence = |(from, to, number, _): (&GroupOfTime, &GroupOfTime, InWindows, f64)| {
        let change = moved(&number, |hours| member_hours(hours, locale), locale);
        let names = [&from.name, &to.name].map(|name| text::on_one_line(name));
        let words = format!("{} with {}: {change} hours per member and {one}.", names[0], names[1]);
        (from.name.clone(), to.name.clone(), words)
    };
    cells.into_iter().take(most).map(sentence).collect()
}

/// Two windows of periods: "Jul to Sep 2023 against Apr to Jun 2023", of weeks with their days.
#[must_use]
pub fn windows_by(windows: &[Window; 2], grain: Grain, locale: &Locale) -> String {
    if grain != Grain::Month {
        return windows_in_words(windows, locale);
    }
    let short = |day: NaiveDate| super::month(day).chars().take(3).collect::<String>();
    let window = |Window { from, to }: &Window| match (from == to, from.year() == to.year()) {
        (true, _) => format!("{} {}", short(*to), to.year()),
        (false, true) => format!("{} to {} {}", short(*from), short(*to), to.year()),
        (false, false) => format!("{} {} to {} {}", short(*from), from.year(), short(*to), to.year()),
    };
    let [before, now] = windows;
    format!("{} against {}", window(now), window(before))
}

/// Two windows in words, or why there are none.
#[must_use]
pub fn in_windows(windows: &Result<[Vec<NaiveDate>; 2], WindowProblem>, grain: Grain, locale: &Locale) -> String {
    match windows {
        Ok([before, now]) => match (window_of(before), window_of(now)) {
            (Some(before), Some(now)) => windows_by(&[before, now], grain, locale),
            _ => String::new(),
        },
        Err(problem) => super::window_problem(problem, grain == Grain::Month, locale).join(" "),
    }
}

fn window_of(periods: &[NaiveDate]) -> Option<Window> {
    Some(Window { from: *periods.first()?, to: *periods.last()? })
}

/// Why there is nothing about time between groups: what happened and why, and what to do.
#[must_use]
pub fn no_between(why: NoBetween, rules: Rules) -> [String; 2] {
    let k = rules.minimum_group_size();
    match why {
        NoBetween::TooFewPeople => [
            format!("Too few groups have {k} people or more, so nothing is shown about them."),
            "Ask for the query with larger groups.".to_owned(),
        ],
        NoBetween::SizesUnknown => [
            format!("The export does not say how large its groups are, and has fewer than {k} of them."),
            "Open the person query of the same people beside it, or ask for group sizes.".to_owned(),
        ],
        NoBetween::NoPeriods => {
            ["Every period of the export is left out.".to_owned(), "Put periods back in the filter.".to_owned()]
        }
    }
}

/// How a group-to-group export was read.
#[must_use]
pub fn group_source(name: &str, report: &GroupReport, locale: &Locale) -> String {
    let count = |rows: u64| text::count(usize::try_from(rows).unwrap_or(usize::MAX), locale);
    let unit = match report.unit {
        TimeUnit::Hours => "hours",
        TimeUnit::Minutes => "minutes",
    };
    let parts = [
        (report.repeated, "repeated"),
        (report.without_day, "without a readable day"),
        (report.without_time, "without readable time"),
    ];
    let aside = set_aside(&parts, locale);
    format!(
        "{name}: a group-to-group query, {} of {} rows count. \u{201c}{}\u{201d} is in {unit}.{aside}",
        count(report.rows_used),
        count(report.rows),
        text::on_one_line(&report.time_header)
    )
}

/// One period and several.
#[must_use]
pub const fn period_words(grain: Grain) -> (&'static str, &'static str) {
    match grain {
        Grain::Day => ("day", "days"),
        Grain::Week => ("week", "weeks"),
        Grain::Month => ("month", "months"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_both_windows_and_its_part_of_the_first() {
        let locale = Locale::of("en-US");
        let number = InWindows { all: 4.3, windows: Some((4.0, 4.44)) };
        assert_eq!(moved(&number, |hours| member_hours(hours, &locale), &locale), "4.0 to 4.4 (+11\u{a0}%)");
        let nothing_before = InWindows { all: 0.2, windows: Some((0.0, 0.4)) };
        assert_eq!(moved(&nothing_before, |hours| member_hours(hours, &locale), &locale), "0.00 to 0.40");
        assert_eq!(signed_percent(-0.004, &locale), "0\u{a0}%");
        assert_eq!(signed_percent(-0.25, &locale), "\u{2212}25\u{a0}%");
    }

    #[test]
    fn windows_of_months_are_named_by_their_months() {
        let month = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
        let window = |from, to| Window { from, to };
        let words = |windows| windows_by(&windows, Grain::Month, &Locale::of("en-US"));
        let quarters = [window(month(2023, 4), month(2023, 6)), window(month(2023, 7), month(2023, 9))];
        assert_eq!(words(quarters), "Jul to Sep 2023 against Apr to Jun 2023");
        let winter = [window(month(2025, 12), month(2026, 2)), window(month(2026, 3), month(2026, 3))];
        assert_eq!(words(winter), "Mar 2026 against Dec 2025 to Feb 2026");
    }
}
