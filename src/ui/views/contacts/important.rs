//! Important contacts outside: the list of accounts, and the time with them where an export tells it.

use egui::{Align, Layout, Ui};

use super::super::proof::{self, told};
use super::super::{Action, Send, ViewContext, ViewState, under_head};
use super::{ImportSheet, account, sending::save};
use crate::privacy::{AccountTime, ContactFindings, Drift};
use crate::project::{Account, AccountEdit, AccountKind, Edit, masked};
use crate::report::{self, Format};
use crate::text;
use crate::ui::theme::{Icon, Scale, Text, space};
use crate::ui::widgets::{
    Button, Card, DataTable, EmptyState, EmptyStateAction, Mark, MarkKind, TableColumn, centered_row, page_header,
    select,
};
use crate::workbench::{Command, ContactCommand, ContactFigure, ContactResults, Number, wording};

/// Draws the tab.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let accounts = &context.workbench.project().contacts.accounts;
    let results = context.workbench.contact_results();
    let (title, lead) = finding(context);
    match results.filter(|results| results.findings.is_ok()) {
        Some(_) => {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = Scale::of(ui).space(space::TIGHT);
                figure(ui, context, ContactFigure::Kinds, Text::title(&title));
                ui.add(Text::lead(&lead).secondary());
            });
        }
        None => page_header(ui, &title, &lead),
    }
    under_head(ui);
    if accounts.is_empty() && context.workbench.opened_contacts().is_none() {
        empty(ui, context, state, send);
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        open_export(ui, context, send);
        list_buttons(ui, state, send);
    });
    ui.add_space(space::GAP);
    match results.map(|results| (results, &results.findings)) {
        Some((_, Ok(findings))) => {
            kinds_card(ui, context, findings, send);
            ui.add_space(space::GAP);
        }
        Some((results, Err(hidden))) => {
            Card::new().show(ui, |ui| {
                ui.add(Text::section("The time cannot be shown"));
                ui.add(Text::body(hidden.sentence(results.ask.rules).in_words(context.locale)).secondary());
                let other = "The same holds where one person gives over half of all the time.";
                ui.add(Text::caption(other).secondary());
            });
            ui.add_space(space::GAP);
        }
        None => {}
    }
    if !accounts.is_empty() {
        accounts_card(ui, context, state, send);
        ui.add_space(space::GAP);
    }
    if let Some(results) = results.filter(|results| results.findings.is_ok() && !accounts.is_empty()) {
        report_card(ui, context, state, results, send);
        ui.add_space(space::GAP);
    }
    if let Some(opened) = context.workbench.opened_contacts() {
        let told = wording::contact_source(&opened.name, opened.report(), context.locale);
        figure(ui, context, ContactFigure::Kinds, Text::caption(told).secondary());
    }
}

/// Words with a number, which can be asked how it was made.
fn figure(ui: &mut Ui, context: &ViewContext<'_>, figure: ContactFigure, words: Text) {
    told(ui, context, &Number::Contacts(figure), words);
}

/// What is known, and the next step.
fn finding(context: &ViewContext<'_>) -> (String, String) {
    let accounts = &context.workbench.project().contacts.accounts;
    let findings = context.workbench.contact_results().and_then(|results| results.findings.as_ref().ok());
    let title = match findings {
        Some(findings) => wording::contact_title(findings, accounts, context.locale),
        None if accounts.is_empty() => "Important contacts".to_owned(),
        None => text::counted(accounts.len(), "important account", "important accounts", context.locale),
    };
    let is_open = context.workbench.opened_contacts().is_some();
    let lead = match (accounts.is_empty(), is_open) {
        (true, false) => "Who matters most outside, and whether they get the time that is meant for them.",
        (true, true) => "Next: list the accounts that matter. Until then all of this time is called external.",
        (false, false) => "Next: open an export of time with contacts to see the hours beside each goal.",
        (false, true) => return (title, next_step(context)),
    };
    (title, lead.to_owned())
}

/// The account to talk about first: one that is quiet, else one that is behind its goal.
fn next_step(context: &ViewContext<'_>) -> String {
    let results = context.workbench.contact_results();
    let quiet = results.map(|results| results.quiet_accounts()).unwrap_or_default();
    if let Some(first) = quiet.first() {
        let others = match quiet.len() {
            1 => String::new(),
            accounts => format!(", and {} more", text::count_in_words(accounts - 1, context.locale)),
        };
        return format!("Next: {}{others}: no contact for 30 days.", first.name);
    }
    let findings = results.and_then(|results| results.findings.as_ref().ok());
    let accounts = context.workbench.project().contacts.accounts.iter();
    let mut times = accounts.zip(findings.map(|findings| findings.accounts.as_slice()).unwrap_or_default());
    match times.find(|(_, time)| time.pace.is_some_and(|pace| pace < 1.0)) {
        Some((account, _)) => format!("Next: {} gets less time than is meant for it.", account.name),
        None => "Next: hand out the month.".to_owned(),
    }
}

fn empty(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let why = "List the customers, suppliers and partners that matter, with their domains and the hours a month that are \
               meant for them. Then open Viva\u{2019}s external collaboration query, or person-to-group by domain.";
    let add = Button::primary("Add an account\u{2026}").icon(Icon::Plus);
    Card::new().show(ui, |ui| {
        let empty = EmptyState::new(Icon::Handshake, "No important contacts yet", why).action(add);
        if empty.show(ui) == Some(EmptyStateAction::Act) {
            state.contacts.account = Some(account::Draft::new());
        }
        centered_row(ui, "ways to begin", |ui| {
            import_buttons(ui, state, send);
            open_export(ui, context, send);
        });
        if context.workbench.opened().is_some_and(|opened| opened.is_sample()) {
            centered_row(ui, "sample contacts", |ui| {
                let word = "Show the sample company\u{2019}s contacts";
                if ui.add(Button::quiet(word).icon(Icon::Sparkles)).clicked() {
                    send(Action::Run(Command::Contacts(ContactCommand::OpenSample)));
                }
            });
        }
        ui.add_space(Scale::of(ui).space(space::SECTION));
    });
}

fn open_export(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    if context.workbench.is_reading_contacts() {
        ui.add(Text::body("Reading the export\u{2026}").secondary());
        return;
    }
    let is_open = context.workbench.opened_contacts().is_some();
    let word = "Open time with contacts\u{2026}";
    let button = if is_open { Button::quiet(word) } else { Button::secondary(word) };
    if ui.add(button.icon(Icon::FolderOpen)).clicked() {
        send(Action::Run(Command::Contacts(ContactCommand::Pick)));
    }
    if is_open && ui.add(Button::quiet("Close it").icon(Icon::X)).clicked() {
        send(Action::Run(Command::Contacts(ContactCommand::Close)));
    }
}

fn list_buttons(ui: &mut Ui, state: &mut ViewState, send: Send<'_>) {
    if ui.add(Button::secondary("Add an account\u{2026}").icon(Icon::Plus)).clicked() {
        state.contacts.account = Some(account::Draft::new());
    }
    import_buttons(ui, state, send);
}

fn import_buttons(ui: &mut Ui, state: &mut ViewState, send: Send<'_>) {
    if ui.add(Button::secondary("Import a list\u{2026}").icon(Icon::FileSpreadsheet)).clicked() {
        send(Action::PickTable(crate::ui::views::TableFor::Accounts));
    }
    if ui.add(Button::quiet("Paste a list\u{2026}").icon(Icon::ClipboardList)).clicked() {
        state.contacts.account_list = Some(ImportSheet::pasted());
    }
    if ui.add(Button::quiet("Save the list to fill in\u{2026}").icon(Icon::Download)).clicked() {
        send(save(report::accounts_template()));
    }
}

/// Whom external time goes to, in one month.
fn kinds_card(ui: &mut Ui, context: &ViewContext<'_>, findings: &ContactFindings, send: Send<'_>) {
    let locale = context.locale;
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Whom external time goes to"));
        ui.horizontal(|ui| {
            let label = ui.add(Text::body("Month").medium());
            let words: Vec<String> = findings.months.iter().map(|month| wording::month(*month)).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let now = findings.months.iter().position(|month| *month == findings.month).unwrap_or_default();
            let mut selected = now;
            select(ui, "month of contacts", &words, &mut selected).labelled_by(label.id);
            if let Some(month) = findings.months.get(selected).filter(|_| selected != now) {
                send(Action::Run(Command::Contacts(ContactCommand::Month(*month))));
            }
            let as_of = if findings.is_month_open { "with external time, so far to" } else { "with external time, to" };
            let people = text::counted(findings.people, "person", "people", locale);
            let told = format!("{people} {as_of} {}", text::date(findings.as_of, locale));
            figure(ui, context, ContactFigure::Kinds, Text::body(told).secondary());
        });
        ui.add_space(space::SMALL);
        let column = |heading: &str, figures| TableColumn { heading: heading.to_owned(), figures };
        let columns = vec![column("Kind", false), column("Hours", true), column("Share", true)];
        let rows = findings.kinds.len() + 1;
        let proof = Some(proof::id_of(&Number::Contacts(ContactFigure::Kinds)));
        let table = DataTable::new("Time by kind", columns, rows).proofs(vec![proof; rows]);
        table.show(ui, |row, column| match (findings.kinds.get(row), column) {
            (Some(kind), 0) => wording::contact_kind(kind.kind).to_owned(),
            (Some(kind), 1) => wording::contact_hours(kind.seconds, locale),
            (Some(kind), _) => text::percent(kind.share, findings.people, locale),
            (None, 0) => "All external time".to_owned(),
            (None, 1) => wording::contact_hours(findings.seconds, locale),
            (None, _) => format!("100{}%", locale.space()),
        });
        if !findings.kinds_in_unknown.is_empty() {
            let kinds: Vec<String> =
                findings.kinds_in_unknown.iter().map(|kind| wording::contact_kind(*kind).to_lowercase()).collect();
            let told = format!(
                "Unknown holds {} too: one person gives over half of it, or it would follow by subtraction.",
                text::list_and(&kinds)
            );
            ui.add(Text::caption(told).secondary());
        }
        figure(ui, context, ContactFigure::New, Text::body(wording::new_contacts(findings, locale)));
        let rule =
            "Kinds are those of your list; personal mail domains are set apart; what no account lists is unknown.";
        ui.add(Text::caption(rule).secondary());
    });
}

/// Every account with its time, pace and drift.
fn accounts_card(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let accounts = &context.workbench.project().contacts.accounts;
    let results = context.workbench.contact_results();
    // An answer about another list is on its way out.
    let results = results.filter(|results| results.ask.accounts == *accounts);
    let findings = results.and_then(|results| results.findings.as_ref().ok());
    Card::new().show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.add(Text::section("Accounts"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.checkbox(&mut state.contacts.shows_addresses, "Show whole addresses");
            });
        });
        if let Some(findings) = findings {
            let words = Text::body(wording::single_threads(findings, context.locale)).secondary();
            figure(ui, context, ContactFigure::SingleThreads, words);
        }
        for (place, account) in accounts.iter().enumerate() {
            super::super::rule(ui);
            let time = findings.and_then(|findings| findings.accounts.get(place));
            ui.push_id(account.id, |ui| row(ui, context, state, account, time, findings.map(|f| &**f), send));
        }
        if let Some(findings) = findings {
            super::super::rule(ui);
            let told = format!(
                "Time that no account shows: {} of {} hours.",
                wording::contact_hours(findings.elsewhere, context.locale),
                wording::contact_hours(findings.seconds, context.locale)
            );
            figure(ui, context, ContactFigure::Elsewhere, Text::body(told));
            ui.add(Text::caption(wording::contact_rules()).secondary());
        }
    });
}

fn row(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    account: &Account,
    time: Option<&AccountTime>,
    findings: Option<&ContactFindings>,
    send: Send<'_>,
) {
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        if ui.add(Button::quiet(format!("Delete {}", account.name)).icon(Icon::Trash2).icon_only()).clicked() {
            send(Action::Run(Command::Edit(Edit::Account(AccountEdit::Remove(account.id)))));
            state.toast("Account deleted. Ctrl+Z brings it back");
        }
        let change = Button::quiet(format!("Change {}\u{2026}", account.name)).icon(Icon::Pencil).icon_only();
        if ui.add(change).clicked() {
            state.contacts.account = Some(account::Draft::of(account));
        }
        if let (Some(time), Some(findings)) = (time, findings)
            && account.kind != AccountKind::OwnCompany
        {
            // At the height of the buttons.
            let size = egui::vec2(0.0, Scale::of(ui).control_height());
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                marks(ui, context, account, time, findings);
            });
        }
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.add(Text::body(&account.name).medium());
            let whole = state.contacts.shows_addresses;
            let contacts: Vec<String> =
                account.contacts.iter().map(|contact| if whole { contact.clone() } else { masked(contact) }).collect();
            let mut parts = vec![wording::sentence_case(account.kind.word())];
            if !account.tier.is_empty() {
                parts.push(format!("tier {}", account.tier));
            }
            parts.extend(Some(account.owner.clone()).filter(|owner| !owner.is_empty()));
            parts.push(if contacts.is_empty() { "no domain yet".to_owned() } else { contacts.join(", ") });
            ui.add(Text::caption(parts.join(" \u{b7} ")).secondary());
            if let (Some(time), Some(findings)) = (time, findings) {
                let words = Text::body(wording::account_time(account, time, findings, context.locale));
                figure(ui, context, ContactFigure::Account(account.id), words);
            }
        });
    });
}

/// Where the account stands: words, shapes, and the rule under the pointer.
fn marks(ui: &mut Ui, context: &ViewContext<'_>, account: &Account, time: &AccountTime, findings: &ContactFindings) {
    use crate::ui::widgets::Meaning;
    if time.is_quiet {
        let why = "No contact for 30 days at the end of the export.";
        ui.add(Mark::new(MarkKind::WithCare, "quiet").small()).on_hover_text(why);
    }
    if let Some(pace) = time.pace {
        let kind = if pace >= 1.0 { MarkKind::Fit } else { MarkKind::WithCare };
        let word = wording::pace(pace, findings.is_month_open);
        ui.add(Mark::new(kind, word).small()).on_hover_text(wording::pace_rule(
            account,
            pace,
            findings,
            context.locale,
        ));
    }
    let kind = match time.drift {
        Drift::Up => Some(MarkKind::Above(Meaning::Neutral)),
        Drift::Down => Some(MarkKind::Below(Meaning::Neutral)),
        Drift::HeldSteady => Some(MarkKind::Same),
        Drift::CannotTell => None,
    };
    if let Some(kind) = kind {
        let why = "The last three months' mean against the twelve before.";
        ui.add(Mark::new(kind, wording::drift(time.drift)).small()).on_hover_text(why);
    }
}

/// The month on a page, for one team or all.
fn report_card(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    results: &ContactResults,
    send: Send<'_>,
) {
    let mut owners: Vec<&str> = results.ask.accounts.iter().map(|account| account.owner.as_str()).collect();
    owners.retain(|owner| !owner.is_empty());
    owners.sort_unstable();
    owners.dedup();
    let words: Vec<&str> = std::iter::once("All teams").chain(owners.iter().copied()).collect();
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Hand out the month"));
        let what = "One page for each team: its accounts, their goals, the hours and who is quiet. No names of people, no \
                    addresses.";
        ui.add(Text::body(what).secondary());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            let label = ui.add(Text::body("For").medium());
            state.contacts.owner = state.contacts.owner.min(words.len() - 1);
            select(ui, "team of the report", &words, &mut state.contacts.owner).labelled_by(label.id);
            let owner = state.contacts.owner.checked_sub(1).and_then(|place| owners.get(place)).copied();
            let source = context
                .workbench
                .opened_contacts()
                .map(|opened| wording::contact_source(&opened.name, opened.report(), context.locale))
                .unwrap_or_default();
            for (format, word) in [(Format::Html, "Save the report\u{2026}"), (Format::Csv, "Report as CSV\u{2026}")] {
                if ui.add(Button::secondary(word).icon(Icon::Download)).clicked()
                    && let Some(hand_out) = report::contact_report(results, owner, &source, format, context.locale)
                {
                    send(save(hand_out));
                }
            }
        });
    });
}
