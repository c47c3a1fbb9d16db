//! The form about one account.

use egui::{Key, Modifiers, Ui};

use super::super::{Action, Send, ViewContext, ViewState, modal};
use crate::project::{Account, AccountEdit, AccountKind, Edit, typed_contact, typed_goal};
use crate::text::{self, typed_list};
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{Button, form_row, select, text_field};
use crate::workbench::{Command, wording};

/// An account that is being typed.
#[derive(Debug)]
pub(in super::super) struct Draft {
    account: Account,
    contacts: String,
    goal: String,
    is_known: bool,
    is_new: bool,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            account: Account::default(),
            contacts: String::new(),
            goal: String::new(),
            is_known: false,
            is_new: true,
        }
    }

    pub(super) fn of(account: &Account) -> Self {
        let goal = account.goal_minutes.map(|minutes| format!("{}", f64::from(minutes) / 60.0)).unwrap_or_default();
        let contacts = account.contacts.join("; ");
        Self { account: account.clone(), contacts, goal, is_known: true, is_new: true }
    }

    /// Why it cannot be saved yet; empty where nothing was typed.
    fn problem(&self, accounts: &[Account]) -> Option<String> {
        let name = self.account.name.trim();
        if name.is_empty() {
            return Some(String::new());
        }
        let others = || accounts.iter().filter(|other| !self.is_known || other.id != self.account.id);
        if others().any(|other| other.name.trim().to_lowercase() == name.to_lowercase()) {
            return Some(format!("{name} is here already. Change that entry instead."));
        }
        if typed_goal(&self.goal).is_err() {
            return Some("The goal is a number of hours a month, such as 12 or 7.5.".to_owned());
        }
        for typed in typed_list(&self.contacts) {
            let Some(contact) = typed_contact(&typed) else {
                return Some(format!("\u{201c}{typed}\u{201d} is neither a domain nor an address."));
            };
            if crate::project::is_personal_mail(&contact) {
                return Some(format!("{contact} is personal mail. List single addresses in it."));
            }
            if let Some(other) = others().find(|other| other.contacts.contains(&contact)) {
                return Some(format!("{contact} is in {} already.", other.name));
            }
        }
        None
    }

    fn finished(self) -> Account {
        let trimmed = |text: &str| text.trim().to_owned();
        Account {
            name: trimmed(&self.account.name),
            owner: trimmed(&self.account.owner),
            tier: trimmed(&self.account.tier),
            goal_minutes: typed_goal(&self.goal).unwrap_or_default(),
            contacts: typed_list(&self.contacts).iter().filter_map(|typed| typed_contact(typed)).collect(),
            ..self.account
        }
    }
}

/// Draws the form, while an account is being typed.
pub(super) fn ask(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(draft) = &mut state.contacts.account else { return };
    let (is_known, is_new) = (draft.is_known, std::mem::take(&mut draft.is_new));
    // Of the last frame, as it is on the screen while somebody decides.
    let problem = draft.problem(&context.workbench.project().contacts.accounts);
    let is_possible = problem.is_none();
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section(if is_known { "Change an account" } else { "Add an account" }));
        let field = text_field(ui, "Account", &mut draft.account.name, "Contoso", 1);
        if is_new {
            field.request_focus();
        }
        text_field(ui, "Domains and addresses", &mut draft.contacts, "contoso.com; contoso.de", 2);
        ui.add_space(space::TIGHT);
        form_row(ui, "What it is to us", "", |ui| {
            let words: Vec<String> = AccountKind::ALL.iter().map(|kind| wording::sentence_case(kind.word())).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut selected = AccountKind::ALL.iter().position(|kind| *kind == draft.account.kind).unwrap_or_default();
            select(ui, "kind of account", &words, &mut selected);
            if let Some(kind) = AccountKind::ALL.get(selected) {
                draft.account.kind = *kind;
            }
        });
        text_field(ui, "Team or role that looks after it", &mut draft.account.owner, "Sales North", 1);
        text_field(ui, "Tier", &mut draft.account.tier, "A", 1);
        text_field(ui, "Goal in hours a month", &mut draft.goal, "12. Empty for no goal", 1);
        if let Some(problem) = problem.as_ref().filter(|problem| !problem.is_empty()) {
            ui.add(Text::body(text::on_one_line(problem)).medium());
        }
    };
    let mut is_saved = false;
    let closes = modal(ui, "account", 520.0, contents, |ui| {
        let save = Button::primary("Save account").shortcut("Ctrl+Enter");
        let entered = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        is_saved = ui.add_enabled(is_possible, save).clicked() || entered && is_possible;
        if ui.add(Button::quiet("Cancel")).clicked() || is_saved {
            ui.close();
        }
    });
    if !closes && !is_saved {
        return;
    }
    if let Some(draft) = state.contacts.account.take().filter(|_| is_saved) {
        let account = draft.finished();
        let edit = if is_known { AccountEdit::Change(account) } else { AccountEdit::Add(account) };
        send(Action::Run(Command::Edit(Edit::Account(edit))));
        state.toast(if is_known { "Account changed" } else { "Account added" });
    }
}
