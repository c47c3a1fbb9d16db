//! Contacts: the most important ones outside the company, and the colleagues whom to ask inside.

mod account;
mod account_list;
mod answers;
mod go_to;
mod import_sheet;
mod important;
mod sending;
mod volunteer;

use egui::Ui;

use import_sheet::ImportSheet;

use super::{Send, ViewContext, ViewState, reading_width};
use crate::project::{AccountList, Answers};
use crate::ui::theme::space;
use crate::ui::widgets::tabs;

/// Something that is started from elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) enum Start {
    /// Add an account.
    Account,
    /// Add a go-to contact, on this day.
    Volunteer(chrono::NaiveDate),
}

/// What is open, typed and chosen on this screen.
#[derive(Debug, Default)]
pub(super) struct ContactsState {
    tab: usize,
    volunteer: Option<volunteer::Draft>,
    withdrawing: Option<crate::project::Id>,
    call: Option<sending::CallDraft>,
    answers: Option<ImportSheet<Answers>>,
    account: Option<account::Draft>,
    account_list: Option<ImportSheet<AccountList>>,
    /// Whether addresses stand there whole.
    shows_addresses: bool,
    /// The team of the report, by its place; 0 for all.
    owner: usize,
    /// The team whose own list is saved, by its place.
    team: usize,
}

impl ContactsState {
    /// Whether a window of this screen lies over it.
    pub(super) fn has_modal(&self) -> bool {
        self.volunteer.is_some()
            || self.withdrawing.is_some()
            || self.call.is_some()
            || self.answers.is_some()
            || self.account.is_some()
            || self.account_list.is_some()
    }

    /// Starts something, on its tab.
    pub(super) fn start(&mut self, start: Start) {
        match start {
            Start::Account => (self.tab, self.account) = (0, Some(account::Draft::new())),
            Start::Volunteer(today) => (self.tab, self.volunteer) = (1, Some(volunteer::Draft::new(today))),
        }
    }

    /// Takes a list of accounts.
    pub(super) fn receive_accounts(&mut self, bytes: Vec<u8>) {
        self.account_list = Some(ImportSheet::of_file(bytes));
    }

    /// Takes answers of volunteers.
    pub(super) fn receive_answers(&mut self, bytes: Vec<u8>) {
        self.answers = Some(ImportSheet::of_file(bytes));
    }
}

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    reading_width(ui);
    tabs(ui, &["Important contacts", "Go-to contacts"], &mut state.contacts.tab);
    ui.add_space(space::GAP);
    match state.contacts.tab {
        0 => important::show(ui, context, state, send),
        _ => go_to::show(ui, context, state, send),
    }
}

/// Draws the windows over the screen.
pub(super) fn windows(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    volunteer::ask(ui, context, state, send);
    volunteer::ask_to_withdraw(ui, context, state, send);
    sending::ask(ui, context, state, send);
    answers::ask(ui, context, state, send);
    account::ask(ui, context, state, send);
    account_list::ask(ui, context, state, send);
}
