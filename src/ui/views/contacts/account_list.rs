//! Importing a list of accounts.

use egui::Ui;

use super::super::{Action, Send, ViewContext, ViewState};
use super::import_sheet::{self, Words};
use crate::project::{AccountEdit, AccountList, Edit};
use crate::text;
use crate::ui::theme::Text;
use crate::ui::widgets::{DataTable, TableColumn};
use crate::workbench::Command;

const WORDS: Words = Words {
    title: "Import accounts",
    cells: "Cells of the list, with its header",
    header: "Account,Domains,Addresses,Kind,Owner role,Tier,Goal hours a month",
};

/// Draws the window, while a list is looked at.
pub(super) fn ask(ui: &Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let read = |bytes: &[u8]| AccountList::read(bytes, &context.workbench.project().contacts.accounts);
    let preview = |ui: &mut Ui, list: &AccountList| preview(ui, context, list);
    let taken = import_sheet::ask(ui, &mut state.contacts.account_list, &WORDS, read, AccountList::is_empty, preview);
    if let Some(list) = taken {
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
