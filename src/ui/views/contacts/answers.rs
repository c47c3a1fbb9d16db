//! Importing answers of volunteers.

use egui::Ui;

use super::super::{Action, Send, ViewContext, ViewState};
use super::import_sheet::{self, Words};
use crate::project::{Answers, Edit, VolunteerEdit};
use crate::text;
use crate::ui::theme::Text;
use crate::ui::widgets::{DataTable, TableColumn};
use crate::workbench::Command;

const WORDS: Words = Words {
    title: "Import answers",
    cells: "Cells of the table, with its header",
    header: "Name,Email,Role,Teams,Topics,Consent,Consent day",
};

/// Draws the window, while answers are looked at.
pub(super) fn ask(ui: &Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let go_to = &context.workbench.project().go_to;
    let read = |bytes: &[u8]| Answers::read(bytes, go_to, context.today, context.locale);
    let preview = |ui: &mut Ui, answers: &Answers| preview(ui, context, answers);
    let taken = import_sheet::ask(ui, &mut state.contacts.answers, &WORDS, read, Answers::is_empty, preview);
    if let Some(answers) = taken {
        send(Action::Run(Command::Edit(Edit::Volunteer(VolunteerEdit::Import(answers)))));
        state.toast("Answers taken over. Ctrl+Z takes all of them back");
    }
}

fn preview(ui: &mut Ui, context: &ViewContext<'_>, answers: &Answers) {
    if let Some(refused) = answers.refused {
        ui.add(Text::body(refused).medium());
        return;
    }
    let count = |number: usize| text::count(number, context.locale);
    let told = format!(
        "{} added, {} changed, {} withdrawn, {} set aside.",
        count(answers.added.len()),
        count(answers.changed.len()),
        count(answers.withdrawn.len()),
        count(answers.set_aside())
    );
    ui.add(Text::body(told).medium());
    let column = |heading: &str, figures| TableColumn { heading: heading.to_owned(), figures };
    let columns = vec![column("Line", true), column("Name", false), column("What becomes of it", false)];
    let table = DataTable::new("Answers", columns, answers.lines.len()).max_height(320.0);
    table.show(ui, |row, column| {
        let Some(line) = answers.lines.get(row) else { return String::new() };
        match column {
            0 => line.line.to_string(),
            1 => text::on_one_line(&line.name),
            _ => line.outcome.in_words().to_owned(),
        }
    });
}
