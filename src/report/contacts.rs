//! The month with important contacts on a page: no names of people, no addresses.

use super::{Format, HandOut, csv, file_word, html::Page};
use crate::guidance;
use crate::privacy::{AccountTime, ContactFindings};
use crate::project::{Account, AccountKind};
use crate::text::{self, Locale};
use crate::workbench::{ContactResults, wording};

/// The table in which accounts are listed: a header alone.
#[must_use]
pub fn accounts_template() -> HandOut {
    let header: Vec<&str> = guidance::account_list().trim().split(',').collect();
    HandOut { name: "important-contacts.csv".to_owned(), bytes: csv::table(&header, &[]) }
}

/// The month of one team's accounts, or of all. `None` where nothing may be told. `source` is the line about the export.
#[must_use]
pub fn contact_report(
    results: &ContactResults,
    owner: Option<&str>,
    source: &str,
    format: Format,
    locale: &Locale,
) -> Option<HandOut> {
    let findings = results.findings.as_ref().ok()?;
    let all = results.ask.accounts.iter().zip(&findings.accounts);
    let of_team: Vec<(&Account, &AccountTime)> = all
        .filter(|(account, _)| account.kind != AccountKind::OwnCompany)
        .filter(|(account, _)| owner.is_none_or(|owner| account.owner == owner))
        .collect();
    let team = owner.map_or_else(|| "all-teams".to_owned(), file_word);
    let name = format!("contacts-{}-{team}.{}", findings.month.format("%Y-%m"), format.extension());
    let bytes = match format {
        Format::Html => page(findings, owner, &of_team, source, locale),
        Format::Csv => table(findings, &of_team),
    };
    Some(HandOut { name, bytes })
}

fn page(
    findings: &ContactFindings,
    owner: Option<&str>,
    accounts: &[(&Account, &AccountTime)],
    source: &str,
    locale: &Locale,
) -> Vec<u8> {
    let month = wording::month(findings.month);
    let mut page = Page::new(&match owner {
        Some(owner) => format!("Important contacts of {owner}, {month}"),
        None => format!("Important contacts, {month}"),
    });
    let so_far = if findings.is_month_open { "So far, to" } else { "To" };
    page.paragraph(&format!("{so_far} {}.", text::date(findings.as_of, locale)));
    let count = |test: &dyn Fn(&AccountTime) -> bool| accounts.iter().filter(|(_, time)| test(time)).count();
    let behind = count(&|time| time.pace.is_some_and(|pace| pace < 1.0));
    let told = format!(
        "{}: {} behind the goal, {} quiet.",
        text::counted(accounts.len(), "account", "accounts", locale),
        text::count(behind, locale),
        text::count(count(&|time| time.is_quiet), locale)
    );
    page.paragraph(&told);
    // Figures stand at the right edge.
    let header = ["Account", "Kind", "Tier", "Team or role", "Against the goal", "Drift", "Contact", "Goal", "Hours"];
    let rows = accounts.iter().map(|(account, time)| {
        let goal = account.goal_minutes.map(|minutes| wording::contact_hours(u64::from(minutes) * 60, locale));
        vec![
            account.name.clone(),
            account.kind.word().to_owned(),
            account.tier.clone(),
            account.owner.clone(),
            time.pace.map(|pace| wording::pace(pace, findings.is_month_open).to_owned()).unwrap_or_default(),
            wording::drift(time.drift).to_owned(),
            if time.is_quiet { "quiet" } else { "" }.to_owned(),
            goal.unwrap_or_default(),
            time.seconds.map_or_else(|| "not shown".to_owned(), |seconds| wording::contact_hours(seconds, locale)),
        ]
    });
    page.table(&header, header.len() - 2, &rows.collect::<Vec<_>>());
    if owner.is_none() {
        page.heading("Whom external time goes to");
        let mut rows: Vec<Vec<String>> = findings
            .kinds
            .iter()
            .map(|kind| {
                vec![
                    wording::contact_kind(kind.kind).to_owned(),
                    wording::contact_hours(kind.seconds, locale),
                    text::percent(kind.share, findings.people, locale),
                ]
            })
            .collect();
        let all = format!("100{}%", locale.space());
        rows.push(vec!["All external time".to_owned(), wording::contact_hours(findings.seconds, locale), all]);
        page.table(&["Kind", "Hours", "Share"], 1, &rows);
        let elsewhere = wording::contact_hours(findings.elsewhere, locale);
        page.paragraph(&format!("Time that no account shows: {elsewhere} hours."));
        page.paragraph(&wording::single_threads(findings, locale));
        page.paragraph(&wording::new_contacts(findings, locale));
    }
    page.quiet(wording::contact_rules());
    page.quiet(source);
    page.into_bytes()
}

fn table(findings: &ContactFindings, accounts: &[(&Account, &AccountTime)]) -> Vec<u8> {
    let header =
        ["month", "as_of", "account", "kind", "tier", "owner", "goal_hours", "hours", "pace", "drift", "quiet"];
    let hours = |seconds: u64| format!("{:.2}", seconds as f64 / 3600.0);
    let rows = accounts.iter().map(|(account, time)| {
        vec![
            findings.month.format("%Y-%m").to_string(),
            findings.as_of.to_string(),
            account.name.clone(),
            account.kind.word().to_owned(),
            account.tier.clone(),
            account.owner.clone(),
            account.goal_minutes.map(|minutes| hours(u64::from(minutes) * 60)).unwrap_or_default(),
            time.seconds.map(hours).unwrap_or_default(),
            time.pace.map(|pace| format!("{pace:.2}")).unwrap_or_default(),
            wording::drift(time.drift).to_owned(),
            if time.is_quiet { "yes" } else { "no" }.to_owned(),
        ]
    });
    csv::table(&header, &rows.collect::<Vec<_>>())
}
