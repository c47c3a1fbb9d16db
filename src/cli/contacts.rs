//! `contacts`: time with the accounts that matter, as the window shows it.

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{Local, NaiveDate};
use clap::Args;
use serde_json::{Value, json};

use super::arguments::{Files, Format, min_group};
use super::json::{DEFINITIONS, printed};
use super::table::{ENGLISH, csv_text};
use super::{Failure, print, with_progress};
use crate::import::ImportOptions;
use crate::privacy::{AccountTime, ContactFindings, Drift};
use crate::project::store::{self, is_project};
use crate::project::{Account, AccountKind, AccountList, AccountOutcome};
use crate::text::{self, Locale};
use crate::workbench::{
    ContactAsk, ContactResults, OpenedContacts, What, contact_hashes, evaluate_contacts, open_contacts,
    sample_account_list, wording,
};

/// Arguments of `contacts`.
#[derive(Debug, Args)]
pub(super) struct ContactArguments {
    #[command(flatten)]
    files: Files,
    /// The accounts that matter: a list as the window imports it, or a project that has one
    #[arg(long, value_name = "LIST")]
    list: Option<PathBuf>,
    /// The month [default: the last one of the export]
    #[arg(long, value_name = "YYYY-MM", value_parser = month)]
    month: Option<NaiveDate>,
    /// The day up to which a month that goes on is told [default: today]
    #[arg(long, value_name = "DATE")]
    today: Option<NaiveDate>,
    /// Minimum group size, at least 5 [default: 5 for Workplace Analytics, 10 for Viva]
    #[arg(long, value_name = "N")]
    min_group: Option<usize>,
    /// The order of the parts of a date: ymd, mdy or dmy
    #[arg(long, value_parser = super::arguments::date_order)]
    date_order: Option<crate::import::DateOrder>,
    /// Compute the SHA-256 of each source
    #[arg(long)]
    hash: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// The accounts of a list, and how many of its lines were set aside.
struct Listed {
    accounts: Vec<Account>,
    set_aside: Vec<(u64, String)>,
}

/// Does the command.
pub(super) fn contacts(command: &ContactArguments) -> Result<u8, Failure> {
    let what = command.files.what()?;
    let listed = listed(command, &what)?;
    let options = ImportOptions { date_order: command.date_order, ..ImportOptions::default() };
    let hash = command.hash;
    let (opened, hashes) = with_progress(move |progress, cancel| {
        let opened = open_contacts(&what, &options, progress, cancel)?;
        let hashes = if hash { contact_hashes(&opened, progress, cancel) } else { Vec::new() };
        Ok((opened, hashes))
    })?;
    let months = opened.months();
    if let Some(month) = command.month.filter(|month| !months.contains(month)) {
        let known: Vec<String> = months.iter().map(|month| month.format("%Y-%m").to_string()).collect();
        return Err(Failure::arguments(
            &format!("The export has nothing of {}.", month.format("%Y-%m")),
            "A period belongs to the month of its first day.",
            &format!("Give --month one of: {}.", known.join(", ")),
        ));
    }
    let ask = ContactAsk {
        accounts: listed.accounts,
        month: command.month,
        rules: min_group(command.min_group, opened.default_rules())?,
        today: command.today.unwrap_or_else(|| Local::now().date_naive()),
    };
    let results = evaluate_contacts(&opened, &ask);
    let sha256 = |place: usize| hashes.get(place).and_then(|hash| hash.sha256.clone().ok());
    let text = match command.format {
        Format::Table => as_table(&opened, &results),
        Format::Json => as_json(&opened, &results, &listed.set_aside, sha256),
        Format::Csv => as_csv(&results),
    };
    print(&text)?;
    Ok(u8::from(opened.report().unreadable() > 0 || !listed.set_aside.is_empty()))
}

/// The accounts that the command is told about; those of the sample company with the sample, none without a list.
fn listed(command: &ContactArguments, what: &What) -> Result<Listed, Failure> {
    let of = |accounts| Listed { accounts, set_aside: Vec::new() };
    let Some(path) = &command.list else {
        let is_sample = matches!(what, What::Sample);
        return Ok(of(if is_sample { sample_account_list().added } else { Vec::new() }));
    };
    let unreadable = |why: &str| {
        Failure::arguments(&format!("The list {} cannot be used.", path.display()), why, "Choose another file.")
    };
    if is_project(path) {
        let document = store::read(path).map_err(|why| match why {
            store::NotOpened::Unreachable(error) => unreadable(&format!("The system says: {error}.")),
            store::NotOpened::NotReadable { why, .. } => unreadable(&why.sentences()[0]),
        })?;
        return Ok(of(document.made.contacts.accounts));
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(&format!("The system says: {error}.")))?;
    let list = AccountList::read(&bytes, &[]);
    if let Some(why) = list.refused {
        return Err(unreadable(why));
    }
    let reason = |outcome: &AccountOutcome| match outcome {
        AccountOutcome::SetAside(why) | AccountOutcome::InPart(why) => Some(why.clone()),
        AccountOutcome::Added | AccountOutcome::Joined | AccountOutcome::Same => None,
    };
    let set_aside = list.lines.iter().filter_map(|line| Some((line.line, reason(&line.outcome)?)));
    Ok(Listed { set_aside: set_aside.collect(), accounts: list.added })
}

/// A month as in "2026-03", by its first day.
fn month(text: &str) -> Result<NaiveDate, String> {
    let day = NaiveDate::parse_from_str(&format!("{}-01", text.trim()), "%Y-%m-%d");
    day.map_err(|_| "write a month as in 2026-03".to_owned())
}

fn hours(seconds: u64) -> f64 {
    seconds as f64 / 3600.0
}

const fn drift(drift: Drift) -> &'static str {
    match drift {
        Drift::Up => "up",
        Drift::Down => "down",
        Drift::HeldSteady => "held_steady",
        Drift::CannotTell => "cannot_tell",
    }
}

/// Accounts outside, with their time.
fn outside<'a>(
    results: &'a ContactResults,
    findings: &'a ContactFindings,
) -> impl Iterator<Item = (&'a Account, &'a AccountTime)> {
    let all = results.ask.accounts.iter().zip(&findings.accounts);
    all.filter(|(account, _)| account.kind != AccountKind::OwnCompany)
}

fn as_json(
    opened: &OpenedContacts,
    results: &ContactResults,
    set_aside: &[(u64, String)],
    sha256: impl Fn(usize) -> Option<String>,
) -> String {
    let report = opened.report();
    let source =
        |(place, file): (usize, &crate::import::ReadFile)| json!({ "name": file.name, "sha256": sha256(place) });
    let columns: serde_json::Map<String, Value> =
        report.columns.iter().map(|(what, header)| (what.to_lowercase(), json!(header))).collect();
    let lines = set_aside.iter().map(|(line, reason)| json!({ "line": line, "reason": reason }));
    let document = json!({
        "program": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "definitions": DEFINITIONS,
        "sources": report.files.iter().enumerate().map(source).collect::<Vec<_>>(),
        "reading": {
            "kind": report.kind.name(),
            "era": report.era.name(),
            "columns": columns,
            "rows": report.rows,
            "rows_used": report.rows_used,
            "rows_excluded": {
                "repeated": report.repeated,
                "internal": report.internal,
                "without_person": report.without_person,
                "without_day": report.without_day,
                "without_time": report.without_time,
            },
        },
        "list": { "accounts": results.ask.accounts.len(), "set_aside": lines.collect::<Vec<_>>() },
        "contacts": match &results.findings {
            Ok(findings) => told(results, findings),
            Err(hidden) => json!({
                "available": false,
                "reason": hidden.sentence(results.ask.rules).plain(),
                "minimum_group_size": results.ask.rules.minimum_group_size(),
                "months": opened.months().iter().map(ToString::to_string).collect::<Vec<_>>(),
            }),
        },
    });
    printed(&document)
}

fn told(results: &ContactResults, findings: &ContactFindings) -> Value {
    let account = |(account, time): (&Account, &AccountTime)| {
        json!({
            "name": account.name,
            "kind": account.kind.name(),
            "tier": account.tier,
            "owner": account.owner,
            "goal_hours": account.goal_minutes.map(|minutes| hours(u64::from(minutes) * 60)),
            "hours": time.seconds.map(hours),
            "pace": time.pace,
            "status": time.pace.map(|pace| wording::pace(pace, findings.is_month_open)),
            "drift": drift(time.drift),
            "quiet": time.is_quiet,
            "people": time.people,
        })
    };
    let kind = |kind: &crate::privacy::KindTime| json!({ "kind": kind.kind.name(), "hours": hours(kind.seconds), "share": kind.share.get() });
    json!({
        "available": true,
        "reason": null,
        "month": findings.month.to_string(),
        "as_of": findings.as_of.to_string(),
        "month_goes_on": findings.is_month_open,
        "months": findings.months.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "contact": findings.detail.name(),
        "minimum_group_size": results.ask.rules.minimum_group_size(),
        "people": findings.people,
        "hours": hours(findings.seconds),
        "kinds": findings.kinds.iter().map(kind).collect::<Vec<_>>(),
        "kinds_in_unknown": findings.kinds_in_unknown.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
        "accounts": outside(results, findings).map(account).collect::<Vec<_>>(),
        "elsewhere_hours": hours(findings.elsewhere),
        "single_threads": findings.single_threads,
        "accounts_with_time": findings.accounts_with_time,
        "new": findings.new.map(|new| json!({
            "per_person": new.per_person,
            "existing_time_share": new.existing_time_share.map(crate::privacy::Share::get),
        })),
    })
}

fn as_table(opened: &OpenedContacts, results: &ContactResults) -> String {
    let locale = Locale::of(ENGLISH);
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = writeln!(out, "{}", wording::contact_source(&opened.name, opened.report(), &locale));
    let findings = match &results.findings {
        Ok(findings) => findings,
        Err(hidden) => return out + &hidden.sentence(results.ask.rules).in_words(&locale) + "\n",
    };
    let people = text::counted(findings.people, "person", "people", &locale);
    let _ = writeln!(out, "{}", wording::contact_title(findings, &results.ask.accounts, &locale));
    let _ = writeln!(out, "{people}, to {}", text::date(findings.as_of, &locale));
    let _ = writeln!(out, "\nWhom external time goes to");
    let mut line = |name: &str, seconds: u64, rest: &str| {
        let _ = writeln!(out, "  {name:<30} {:>10} hours  {rest}", wording::contact_hours(seconds, &locale));
    };
    for kind in &findings.kinds {
        line(wording::contact_kind(kind.kind), kind.seconds, &text::percent(kind.share, findings.people, &locale));
    }
    line("All external time", findings.seconds, "");
    if !results.ask.accounts.is_empty() {
        let _ = writeln!(out, "\nAccounts");
    }
    for (account, time) in outside(results, findings) {
        let pace = time.pace.map(|pace| wording::pace(pace, findings.is_month_open));
        let quiet = time.is_quiet.then_some("quiet");
        let marks: Vec<&str> = pace.into_iter().chain(quiet).collect();
        let told = wording::account_time(account, time, findings, &locale);
        let _ = writeln!(out, "  {:<30} {told}  {}", text::on_one_line(&account.name), marks.join(", "));
    }
    let elsewhere = wording::contact_hours(findings.elsewhere, &locale);
    let _ = writeln!(out, "\nTime that no account shows: {elsewhere} hours.");
    let _ = writeln!(out, "{}", wording::single_threads(findings, &locale));
    let _ = writeln!(out, "{}", wording::new_contacts(findings, &locale));
    out
}

fn as_csv(results: &ContactResults) -> String {
    let header = ["month", "what", "name", "kind", "hours", "share", "goal_hours", "pace", "drift", "quiet", "people"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    let Ok(findings) = &results.findings else { return csv_text(&rows) };
    let month = findings.month.format("%Y-%m").to_string();
    let figure = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    for kind in &findings.kinds {
        let (hours, share) = (hours(kind.seconds).to_string(), kind.share.get().to_string());
        let mut row = vec![month.clone(), "kind".into(), String::new(), kind.kind.name().to_owned(), hours, share];
        row.resize(header.len(), String::new());
        rows.push(row);
    }
    for (account, time) in outside(results, findings) {
        rows.push(vec![
            month.clone(),
            "account".to_owned(),
            account.name.clone(),
            account.kind.name().to_owned(),
            figure(time.seconds.map(hours)),
            String::new(),
            figure(account.goal_minutes.map(|minutes| hours(u64::from(minutes) * 60))),
            figure(time.pace),
            drift(time.drift).to_owned(),
            time.is_quiet.to_string(),
            time.people.map(|people| people.to_string()).unwrap_or_default(),
        ]);
    }
    csv_text(&rows)
}
