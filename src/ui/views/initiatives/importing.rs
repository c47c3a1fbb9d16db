//! Bringing in a table of initiatives: what each row would do is shown before anything changes.

use egui::{Key, Modifiers, Ui};

use super::super::{Action, Send, TableFor, ViewContext, ViewState};
use super::edit;
use crate::project::{ImportPreview, ImportRow, InitiativeEdit, RowFate, read_initiatives};
use crate::text::{self, Locale};
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, Mark, MarkKind, text_field};

/// A table that is being brought in.
#[derive(Debug, Default)]
pub(super) struct Importing {
    typed: String,
    /// The bytes of a file that was chosen; where there are none, what was pasted counts.
    file: Option<Vec<u8>>,
    /// What it would do, once it was read.
    read: Option<Result<ImportPreview, [&'static str; 3]>>,
}

impl Importing {
    pub(super) fn of_file(bytes: &[u8]) -> Self {
        Self { file: Some(bytes.to_vec()), ..Self::default() }
    }

    fn bytes(&self) -> &[u8] {
        self.file.as_deref().unwrap_or(self.typed.as_bytes())
    }
}

/// Draws the window, while a table is brought in.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(importing) = &mut state.initiatives.importing else { return };
    let register = &context.workbench.project().initiatives;
    if importing.read.is_none() && !importing.bytes().is_empty() {
        importing.read = Some(read_initiatives(importing.bytes(), register, context.today, context.locale));
    }
    let preview = importing.read.clone();
    let applied =
        preview.as_ref().and_then(|preview| preview.as_ref().ok()).filter(|read| !read.initiatives.is_empty());
    let mut asks_for_file = false;
    let contents = |ui: &mut Ui| {
        ui.add(Text::section("Import a table of initiatives"));
        if importing.file.is_none() {
            let hint = "Title\tLevel\tArea\tOwner\tDue at baseline";
            let field =
                text_field(ui, "Cells with their headings, pasted from a spreadsheet", &mut importing.typed, hint, 4);
            if field.changed() {
                importing.read = None;
            }
            asks_for_file = ui.add(Button::secondary("Choose a file\u{2026}").icon(Icon::FolderOpen)).clicked();
        }
        match &preview {
            None => {
                let words = "Headings may stand in any order; a title is enough. Nothing changes before you say so.";
                ui.add(Text::body(words).secondary());
            }
            Some(Err(sentences)) => {
                ui.add(Mark::new(MarkKind::WithCare, sentences.join(" ")));
            }
            Some(Ok(preview)) => rows(ui, preview, context.locale),
        }
    };
    let mut is_applied = false;
    let closes = super::super::modal(ui, "import initiatives", 720.0, contents, |ui| {
        let words = applied.map_or_else(
            || "Import".to_owned(),
            |read| {
                format!("Import {}", text::counted(read.initiatives.len(), "initiative", "initiatives", context.locale))
            },
        );
        let entered = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let button = Button::primary(words).shortcut("Ctrl+Enter");
        is_applied = ui.add_enabled(applied.is_some(), button).clicked() || entered && applied.is_some();
        if ui.add(Button::quiet("Cancel")).clicked() || is_applied {
            ui.close();
        }
    });
    if asks_for_file {
        send(Action::PickTable(TableFor::Initiatives));
    }
    if let Some(read) = applied.filter(|_| is_applied) {
        send(edit(InitiativeEdit::Import(read.initiatives.clone(), context.today)));
        state.toast("Initiatives imported. Ctrl+Z takes all of them back");
    }
    if closes || is_applied {
        state.initiatives.importing = None;
    }
}

/// What each row would do.
fn rows(ui: &mut Ui, preview: &ImportPreview, locale: &Locale) {
    let [added, changed, same, skipped] = preview.counts().map(|count| text::count(count, locale));
    let words = format!("{added} new, {changed} changed, {same} as they are, {skipped} left out");
    ui.add_space(space::SMALL);
    ui.add(Text::lead(words).medium());
    for row in &preview.rows {
        let (kind, what) = in_words(row);
        ui.add(Mark::new(kind, format!("Line {}: {what}", row.line)).small());
        for note in &row.notes {
            ui.add(Text::caption(format!("{note} It was left as it is.")).secondary());
        }
    }
}

fn in_words(row: &ImportRow) -> (MarkKind, String) {
    match &row.fate {
        RowFate::Added => (MarkKind::Fit, format!("{} is new", row.title)),
        RowFate::Changed(columns) => (MarkKind::Info, format!("{} changes: {}", row.title, columns.join(", "))),
        RowFate::Same => (MarkKind::Same, format!("{} stays as it is", row.title)),
        RowFate::Skipped(why) => {
            let title = if row.title.is_empty() { "left out" } else { &row.title };
            (MarkKind::WithCare, format!("{title}. {why}"))
        }
    }
}
