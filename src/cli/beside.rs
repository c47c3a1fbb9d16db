//! `between` and `meetings`: exports beside the person query, as a table or as JSON.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::Failure;
use super::arguments::{BesideArguments, MeetingsArguments, TableFormat};
use super::compare::window;
use super::json::{DEFINITIONS, printed, program};
use crate::dataset::Era;
use crate::import::{ImportError, QueryKind};
use crate::privacy::{
    BetweenFindings, BetweenQuestion, GroupBalance, HiddenGroups, InWindows, InitiatorFindings, MeetingFindings,
    MeetingQuestion, Question, Rules, SizeSource, Window, WindowProblem,
};
use crate::project::{Account, AccountKind};
use crate::text::{self, Locale};
use crate::work::{Cancel, Progress};
use crate::workbench::{
    self, OpenedBeside, OpenedGroups, OpenedMeetings, Results, What, open_beside, people_of, sizes_of, wording,
};

/// Does `between`.
pub(super) fn between(arguments: &BesideArguments) -> Result<String, Failure> {
    let what = arguments.files.what()?;
    let OpenedBeside { groups, .. } = read(arguments, &what, QueryKind::GroupToGroup)?;
    let groups = groups.ok_or_else(Failure::fault)?.map_err(Failure::import)?;
    let results = person_query(arguments, &what)?;
    let question = BetweenQuestion {
        windows: windows(arguments)?,
        without: arguments.without.clone(),
        sizes: results.as_ref().map(|results| sizes_of(results, groups.attribute())).unwrap_or_default(),
    };
    let rules = rules(arguments, groups.report().era)?;
    let findings = groups.answer(&question, rules).map_err(|why| {
        let [what, what_to_do] = wording::no_between(why, rules);
        Failure::arguments(&what, "Small groups stay hidden so that nobody can be worked out.", &what_to_do)
    })?;
    check_windows(&findings.windows, question.windows.is_some(), findings.grain == crate::dataset::Grain::Month)?;
    Ok(match arguments.format {
        TableFormat::Table => between_table(&groups, &findings, rules),
        TableFormat::Json => between_json(&groups, &findings, rules),
    })
}

/// Does `meetings`.
pub(super) fn meetings(arguments: &MeetingsArguments) -> Result<String, Failure> {
    let what = arguments.beside.files.what()?;
    let OpenedBeside { meetings, .. } = read(&arguments.beside, &what, QueryKind::Meeting)?;
    let meetings = meetings.ok_or_else(Failure::fault)?.map_err(Failure::import)?;
    let by = meetings.group_by(arguments.by.as_deref());
    if let Some(wanted) = &arguments.by
        && !by.as_deref().is_some_and(|by| crate::dataset::same_name(by, wanted))
    {
        let known = meetings.attributes();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        return Err(Failure::arguments(
            &format!("Organizers have no attribute {wanted}."),
            "Groups go by the attributes of organizers in the file.",
            &format!("Give --by one of: {known}."),
        ));
    }
    let results = person_query(&arguments.beside, &what)?;
    let own = Account { kind: AccountKind::OwnCompany, contacts: arguments.own_domain.clone(), ..Account::default() };
    let accounts = if arguments.own_domain.is_empty() { Vec::new() } else { vec![own] };
    let sizes = by.as_deref().zip(results.as_ref()).map(|(by, results)| sizes_of(results, by));
    let question = MeetingQuestion {
        settings: meetings.settings(arguments.only_external, &accounts),
        sizes: sizes.unwrap_or_default(),
        by,
        windows: windows(&arguments.beside)?,
        without: arguments.beside.without.clone(),
        company: results.as_ref().and_then(people_of),
    };
    let rules = rules(&arguments.beside, meetings.report().era)?;
    let findings = meetings.answer(&question, rules).map_err(|why| {
        let [what, what_to_do] = wording::no_meetings(why, rules);
        Failure::arguments(&what, "Small groups stay hidden so that nobody can be worked out.", &what_to_do)
    })?;
    check_windows(&findings.windows, question.windows.is_some(), false)?;
    Ok(match arguments.beside.format {
        TableFormat::Table => meetings_table(&meetings, &findings, rules),
        TableFormat::Json => meetings_json(&meetings, &findings, rules),
    })
}

fn read(arguments: &BesideArguments, what: &What, kind: QueryKind) -> Result<OpenedBeside, Failure> {
    Ok(open_beside(what, &arguments.import_options(), &[kind], &Progress::default(), &Cancel::default()))
}

/// The person query among the files, for the sizes of groups; `None` where there is none.
fn person_query(arguments: &BesideArguments, what: &What) -> Result<Option<Results>, Failure> {
    match workbench::open(what, &arguments.import_options(), &Progress::default(), &Cancel::default()) {
        Ok(opened) => {
            let rules = rules(arguments, opened.dataset.era())?;
            let question = Question { by: opened.default_by(), ..Question::default() };
            Ok(Some(workbench::evaluate_once(&opened, &question, rules)))
        }
        Err(ImportError::Refused(refusal)) if !refusal.kinds.is_empty() => Ok(None),
        Err(error) => Err(Failure::import(error)),
    }
}

fn rules(arguments: &BesideArguments, era: Era) -> Result<Rules, Failure> {
    super::arguments::min_group(arguments.min_group, Rules::default_of(era))
}

fn windows(arguments: &BesideArguments) -> Result<Option<[Window; 2]>, Failure> {
    match (&arguments.baseline, &arguments.current) {
        (None, None) => Ok(None),
        (Some(baseline), Some(current)) => Ok(Some([window("--baseline", baseline)?, window("--current", current)?])),
        _ => Err(Failure::arguments(
            "Only one window was given.",
            "Two windows of equal length are compared.",
            "Give both --baseline and --current, or neither for the two halves.",
        )),
    }
}

/// Windows that were asked for and cannot be compared are a mistake; without any, halves are offered.
fn check_windows<T>(windows: &Result<T, WindowProblem>, were_asked: bool, by_month: bool) -> Result<(), Failure> {
    match windows {
        Err(problem) if were_asked => {
            let [what, what_to_do] = wording::window_problem(problem, by_month, &Locale::neutral());
            Err(Failure::arguments(
                &what,
                "Two windows of equal length are compared, one after the other.",
                &what_to_do,
            ))
        }
        _ => Ok(()),
    }
}

// ------------------------------------------------------------------------------------------------------------ tables

/// The widest that a column of the matrix is.
const COLUMN: usize = 12;

fn between_table(groups: &OpenedGroups, findings: &BetweenFindings, rules: Rules) -> String {
    let locale = Locale::of("en-US");
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = writeln!(out, "Between groups: {}{}", groups.name, sample(&groups.what));
    let _ = writeln!(out, "{}\n", wording::group_source("File", groups.report(), &locale));
    let _ = writeln!(out, "{}", wording::between_title(findings, &locale));
    for sentence in wording::company_balance(findings, &locale).iter().chain(&wording::isolation(findings, &locale)) {
        let _ = writeln!(out, "  {sentence}");
    }
    let _ = writeln!(out, "  Compared: {}", wording::in_windows(&findings.windows, findings.grain, &locale));
    for (.., words) in wording::largest_changes(findings, 3, &locale) {
        let _ = writeln!(out, "  {words}");
    }
    if !findings.groups.is_empty() {
        let _ = writeln!(out, "\n{}", wording::between_subtitle(findings, &locale));
        matrix(&mut out, findings, &locale);
        balances(&mut out, findings, &locale);
    }
    if let Some(hidden) = findings.hidden {
        let _ = writeln!(out, "\n  {}", hidden_in_words(hidden, &locale));
    }
    let _ = writeln!(out, "\n{}", wording::between_rules(findings, rules, &locale));
    out
}

fn matrix(out: &mut String, findings: &BetweenFindings, locale: &Locale) {
    let width = width_of(findings.groups.iter().map(|group| group.name.as_str()));
    let _ = write!(out, "  {:<width$}", "");
    for name in findings.groups.iter().map(|group| group.name.as_str()).chain(["Elsewhere"]) {
        let short: String = text::on_one_line(name).chars().take(COLUMN).collect();
        let _ = write!(out, " {short:>COLUMN$}");
    }
    out.push('\n');
    for group in &findings.groups {
        let _ = write!(out, "  {:<width$}", text::on_one_line(&group.name));
        for cell in group.with.iter().chain([&group.elsewhere]) {
            let words = cell.map_or_else(|| "-".to_owned(), |hours| wording::member_hours(hours.all, locale));
            let _ = write!(out, " {words:>COLUMN$}");
        }
        out.push('\n');
    }
}

fn balances(out: &mut String, findings: &BetweenFindings, locale: &Locale) {
    let width = width_of(findings.groups.iter().map(|group| group.name.as_str()));
    let _ = writeln!(out, "\n  {:<width$} {:>8} {:>8}  {:<24} With others", "", "Members", "Across", "Within");
    for group in &findings.groups {
        let hours = |hours| wording::member_hours(hours, locale);
        let change =
            |number: Option<InWindows>| number.map(|number| wording::moved(&number, hours, locale)).unwrap_or_default();
        let share = group
            .balance
            .share_across
            .map(|share| text::percent(crate::privacy::Share::new(share.all), group.members, locale));
        let _ = writeln!(
            out,
            "  {:<width$} {:>8} {:>8}  {:<24} {}",
            text::on_one_line(&group.name),
            text::count(group.members, locale),
            share.unwrap_or_default(),
            change(group.balance.within),
            change(group.balance.across)
        );
    }
}

fn width_of<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.map(|name| name.chars().count()).max().unwrap_or_default().clamp(20, 48)
}

fn hidden_in_words(hidden: HiddenGroups, locale: &Locale) -> String {
    let people =
        hidden.people.map(|people| format!(", {} together", text::counted(people, "person", "people", locale)));
    format!("{} hidden{}", text::counted(hidden.groups, "group", "groups", locale), people.unwrap_or_default())
}

fn sample(what: &What) -> &'static str {
    if matches!(what, What::Sample) { "  SAMPLE: a made-up company" } else { "" }
}

fn meetings_table(meetings: &OpenedMeetings, findings: &MeetingFindings, rules: Rules) -> String {
    let locale = Locale::of("en-US");
    let mut out = String::new();
    let _ = writeln!(out, "Who initiated: {}{}", meetings.name, sample(&meetings.what));
    let _ = writeln!(out, "{}\n", wording::meeting_source("File", meetings.report(), &locale));
    let _ = writeln!(out, "{}", wording::meetings_title(findings, &locale));
    let _ = writeln!(out, "{}", wording::meetings_subtitle(findings, &locale));
    let _ =
        writeln!(out, "Compared: {}\n", wording::in_windows(&findings.windows, crate::dataset::Grain::Week, &locale));
    for by in &findings.by {
        let _ = writeln!(out, "  {}", wording::initiated(by, &locale));
    }
    let holidays = wording::meetings_holidays(findings, &locale);
    if !holidays.is_empty() {
        let _ = writeln!(out, "  {holidays}");
    }
    if let Some(attribute) = findings.attribute.as_ref().filter(|_| !findings.groups.is_empty()) {
        let _ = writeln!(out, "\n  By us, by {attribute}:");
        let width = width_of(findings.groups.iter().map(|group| group.name.as_str()));
        for group in &findings.groups {
            let name = text::on_one_line(&group.name);
            let _ = writeln!(out, "    {name:<width$} {}", wording::group_initiated(group, &locale));
        }
    }
    if let Some(hidden) = findings.hidden {
        let _ = writeln!(out, "    {}", hidden_in_words(hidden, &locale));
    }
    let left_out = wording::meetings_left_out(findings, &locale);
    let known = wording::outside_known(findings.outside);
    let _ = writeln!(out, "\n{known}\n{left_out}\n{}", wording::meeting_rules(rules));
    out
}

// -------------------------------------------------------------------------------------------------------------- JSON

fn between_json(groups: &OpenedGroups, findings: &BetweenFindings, rules: Rules) -> String {
    let report = groups.report();
    let names: Vec<&str> = findings.groups.iter().map(|group| group.name.as_str()).collect();
    let listed = findings.groups.iter().map(|group| {
        let with = names.iter().zip(&group.with).map(
            |(name, cell)| json!({ "value": name, "available": cell.is_some(), "hours": cell.as_ref().map(numbers) }),
        );
        let mut value = balance(&group.balance);
        value["value"] = json!(group.name);
        value["people"] = json!(group.members);
        value["with"] = json!(with.collect::<Vec<_>>());
        value["elsewhere"] = json!(group.elsewhere.as_ref().map(numbers));
        value
    });
    printed(&json!({
        "program": program(),
        "definitions": DEFINITIONS,
        "sources": report.files.iter().map(|file| json!({ "name": file.name })).collect::<Vec<_>>(),
        "kind": QueryKind::GroupToGroup.name(),
        "era": report.era.name(),
        "grain": findings.grain.name(),
        "rows": report.rows,
        "rows_used": report.rows_used,
        "rows_excluded": { "repeated": report.repeated, "without_day": report.without_day, "without_time": report.without_time },
        "attribute": findings.attribute,
        "sizes": match findings.sizes {
            SizeSource::Export => "export",
            SizeSource::PersonQuery => "person_query",
            SizeSource::Unknown => "unknown",
        },
        "minimum_group_size": rules.minimum_group_size(),
        "periods": days(&findings.periods),
        "windows": windows_json(&findings.windows),
        "company": balance(&findings.company),
        "groups": listed.collect::<Vec<_>>(),
        "hidden_groups": hidden_json(findings.hidden),
        "isolated": wording::isolated_groups(findings).iter().map(|group| &group.name).collect::<Vec<_>>(),
        "median_share_across": findings.isolated.as_ref().map(|(_, median)| median),
        "unclassified_share": findings.unclassified.get(),
    }))
}

fn balance(balance: &GroupBalance) -> Value {
    json!({
        "share_across": balance.share_across.as_ref().map(numbers),
        "within_hours": balance.within.as_ref().map(numbers),
        "across_hours": balance.across.as_ref().map(numbers),
    })
}

fn numbers(number: &InWindows) -> Value {
    json!({
        "all": number.all,
        "baseline": number.windows.map(|(before, _)| before),
        "current": number.windows.map(|(_, now)| now),
        "change": number.change(),
        "relative": number.relative(),
    })
}

fn days(days: &[NaiveDate]) -> Vec<String> {
    days.iter().map(ToString::to_string).collect()
}

fn windows_json(windows: &Result<[Vec<NaiveDate>; 2], WindowProblem>) -> Value {
    match windows {
        Ok([before, now]) => json!({ "baseline": days(before), "current": days(now) }),
        Err(_) => Value::Null,
    }
}

fn hidden_json(hidden: Option<HiddenGroups>) -> Value {
    json!({
        "groups": hidden.map_or(0, |hidden| hidden.groups),
        "people": hidden.map_or(Some(0), |hidden| hidden.people),
    })
}

fn meetings_json(meetings: &OpenedMeetings, findings: &MeetingFindings, rules: Rules) -> String {
    let report = meetings.report();
    let by = |by: &InitiatorFindings| {
        let counts = by.told.as_ref().ok();
        json!({
            "id": by.initiator.name(),
            "available": counts.is_some(),
            "reason": by.told.as_ref().err().map(|why| wording::not_told(*why)),
            "per_week": counts.map(|counts| numbers(&counts.per_week)),
            "per_week_and_person": counts.and_then(|counts| counts.per_member.as_ref()).map(numbers),
            "weeks": counts.map(|counts| counts.weeks.clone()),
            "relative_low": counts.and_then(|counts| counts.likely).map(|(interval, _)| interval.low),
            "relative_high": counts.and_then(|counts| counts.likely).map(|(interval, _)| interval.high),
            "verdict": counts.and_then(|counts| counts.likely).map(|(_, verdict)| verdict.name()),
        })
    };
    let groups = findings.groups.iter().map(|group| {
        json!({
            "value": group.name,
            "people": group.people,
            "per_week": numbers(&group.per_week),
            "per_week_and_person": group.per_member.as_ref().map(numbers),
            "relative_low": group.likely.map(|(interval, _)| interval.low),
            "relative_high": group.likely.map(|(interval, _)| interval.high),
            "verdict": group.likely.map(|(_, verdict)| verdict.name()),
        })
    });
    let left_out = findings.left_out.iter().map(|(why, rows)| (wording::no_meeting_name(*why).to_owned(), json!(rows)));
    printed(&json!({
        "program": program(),
        "definitions": DEFINITIONS,
        "sources": report.files.iter().map(|file| json!({ "name": file.name })).collect::<Vec<_>>(),
        "kind": QueryKind::Meeting.name(),
        "era": report.era.name(),
        "rows": report.rows,
        "rows_excluded": { "repeated": report.repeated, "without_day": report.without_day },
        "meetings": findings.meetings,
        "left_out": left_out.collect::<serde_json::Map<String, Value>>(),
        "in_cut_weeks": findings.in_cut_weeks,
        "inside": findings.inside,
        "outside_known_by": match findings.outside {
            crate::privacy::OutsideKnown::Column => "column",
            crate::privacy::OutsideKnown::Declared => "declared",
            crate::privacy::OutsideKnown::ByOrganizer => "organizer",
        },
        "minimum_group_size": rules.minimum_group_size(),
        "people": findings.company,
        "weeks": days(&findings.weeks),
        "windows": windows_json(&findings.windows),
        "weeks_like_holidays": days(&findings.holidays),
        "initiated": findings.by.iter().map(by).collect::<Vec<_>>(),
        "attribute": findings.attribute,
        "groups": groups.collect::<Vec<_>>(),
        "hidden_groups": hidden_json(findings.hidden),
    }))
}
