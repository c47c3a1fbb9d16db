//! Importing answers: what each line would do, before it is done.

use egui::{Key, Modifiers, Ui};

use super::super::{Action, Send, ViewContext, ViewState, modal};
use crate::project::{Answers, Edit, VolunteerEdit};
use crate::text;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{Button, DataTable, TableColumn, text_field};
use crate::workbench::Command;

/// Answers that are looked at before they are taken over.
#[derive(Debug, Default)]
pub(in super::super) struct Sheet {
    pasted: String,
    bytes: Option<Vec<u8>>,
    read: Option<Answers>,
    is_focused: bool,
}

impl Sheet {
    /// Of a file.
    pub(super) fn of_file(bytes: Vec<u8>) -> Self {
        Self { bytes: Some(bytes), ..Self::default() }
    }
}

/// Draws the window, while answers are looked at.
pub(super) fn ask(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(sheet) = &mut state.contacts.answers else { return };
    let go_to = &context.workbench.project().go_to;
    let read = |bytes: &[u8]| Answers::read(bytes, go_to, context.today, context.locale);
    if sheet.read.is_none()
        && let Some(bytes) = &sheet.bytes
    {
        sheet.read = Some(read(bytes));
    }
    // Of the last frame, as it is on the screen while somebody decides.
    let is_possible = sheet.read.as_ref().is_some_and(|answers| !answers.is_empty());
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section("Import answers"));
        if sheet.bytes.is_none() {
            let hint = "Name,Email,Role,Teams,Topics,Consent,Consent day";
            let field = text_field(ui, "Cells of the table, with its header", &mut sheet.pasted, hint, 6);
            if !std::mem::replace(&mut sheet.is_focused, true) {
                field.request_focus();
            }
            if field.changed() {
                sheet.read = Some(read(sheet.pasted.as_bytes())).filter(|_| !sheet.pasted.trim().is_empty());
            }
        }
        if let Some(answers) = &sheet.read {
            preview(ui, context, answers);
        }
    };
    let mut is_taken = false;
    let closes = modal(ui, "answers", 720.0, contents, |ui| {
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
    let sheet = state.contacts.answers.take();
    if let Some(answers) = sheet.and_then(|sheet| sheet.read).filter(|_| is_taken) {
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
