//! Importing a list of accounts: what each line would do, before it is done.

use egui::{Key, Modifiers, Ui};

use super::super::{Action, Send, ViewContext, ViewState, modal};
use crate::project::{AccountEdit, AccountList, Edit};
use crate::text;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{Button, DataTable, TableColumn, text_field};
use crate::workbench::Command;

/// A list that is looked at before it is taken over.
#[derive(Debug, Default)]
pub(in super::super) struct Sheet {
    pasted: String,
    bytes: Option<Vec<u8>>,
    read: Option<AccountList>,
    is_focused: bool,
}

impl Sheet {
    /// Of a file.
    pub(super) fn of_file(bytes: Vec<u8>) -> Self {
        Self { bytes: Some(bytes), ..Self::default() }
    }
}

/// Draws the window, while a list is looked at.
pub(super) fn ask(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(sheet) = &mut state.contacts.account_list else { return };
    let read = |bytes: &[u8]| AccountList::read(bytes, &context.workbench.project().contacts.accounts);
    if sheet.read.is_none()
        && let Some(bytes) = &sheet.bytes
    {
        sheet.read = Some(read(bytes));
    }
    // Of the last frame, as it is on the screen while somebody decides.
    let is_possible = sheet.read.as_ref().is_some_and(|list| !list.is_empty());
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section("Import accounts"));
        if sheet.bytes.is_none() {
            let hint = "Account,Domains,Addresses,Kind,Owner role,Tier,Goal hours a month";
            let field = text_field(ui, "Cells of the list, with its header", &mut sheet.pasted, hint, 6);
            if !std::mem::replace(&mut sheet.is_focused, true) {
                field.request_focus();
            }
            if field.changed() {
                sheet.read = Some(read(sheet.pasted.as_bytes())).filter(|_| !sheet.pasted.trim().is_empty());
            }
        }
        if let Some(list) = &sheet.read {
            preview(ui, context, list);
        }
    };
    let mut is_taken = false;
    let closes = modal(ui, "account list", 720.0, contents, |ui| {
        let entered = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let take = Button::primary("Take over").shortcut("Ctrl+Enter");
        is_taken = ui.add_enabled(is_possible, take).clicked() || entered && is_possible;
        if ui.add(Button::quiet("Cancel")).clicked() || is_taken {
            ui.close();
        }
    });
    if !closes && !is_taken {
        return;
    }
    let sheet = state.contacts.account_list.take();
    if let Some(list) = sheet.and_then(|sheet| sheet.read).filter(|_| is_taken) {
        send(Action::Run(Command::Edit(Edit::Account(AccountEdit::Import(list)))));
        state.toast("Accounts taken over. Ctrl+Z takes all of them back");
    }
}

fn preview(ui: &mut Ui, context: &ViewContext<'_>, list: &AccountList) {
    if let Some(refused) = list.refused {
        ui.add(Text::body(refused).medium());
        return;
    }
    let count = |number: usize| text::count(number, context.locale);
    let told = format!(
        "{} added, {} changed, {} set aside whole or in part.",
        count(list.added.len()),
        count(list.changed.len()),
        count(list.set_aside())
    );
    ui.add(Text::body(told).medium());
    let column = |heading: &str, figures| TableColumn { heading: heading.to_owned(), figures };
    let columns = vec![column("Line", true), column("Account", false), column("What becomes of it", false)];
    let table = DataTable::new("Accounts in the list", columns, list.lines.len()).max_height(320.0);
    table.show(ui, |row, column| {
        let Some(line) = list.lines.get(row) else { return String::new() };
        match column {
            0 => line.line.to_string(),
            1 => text::on_one_line(&line.name),
            _ => line.outcome.in_words(),
        }
    });
}
