//! The window of an import: what each line would do, before it is done.

use egui::{Key, Modifiers, Ui};

use super::super::modal;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{Button, text_field};

/// A table that is looked at before it is taken over.
#[derive(Debug)]
pub(in super::super) struct ImportSheet<T> {
    pasted: String,
    bytes: Option<Vec<u8>>,
    read: Option<T>,
    is_focused: bool,
}

impl<T> ImportSheet<T> {
    /// Of cells that are going to be pasted.
    pub(super) fn pasted() -> Self {
        Self { pasted: String::new(), bytes: None, read: None, is_focused: false }
    }

    /// Of a file.
    pub(super) fn of_file(bytes: Vec<u8>) -> Self {
        Self { bytes: Some(bytes), ..Self::pasted() }
    }
}

/// What stands in the window.
pub(super) struct Words {
    /// The title.
    pub(super) title: &'static str,
    /// What is pasted.
    pub(super) cells: &'static str,
    /// The header that is looked for.
    pub(super) header: &'static str,
}

/// Draws the window, while a table is looked at. Gives what somebody takes over.
pub(super) fn ask<T>(
    ui: &Ui,
    open: &mut Option<ImportSheet<T>>,
    words: &Words,
    read: impl Fn(&[u8]) -> T,
    is_empty: impl Fn(&T) -> bool,
    preview: impl FnOnce(&mut Ui, &T),
) -> Option<T> {
    let sheet = open.as_mut()?;
    if sheet.read.is_none()
        && let Some(bytes) = &sheet.bytes
    {
        sheet.read = Some(read(bytes));
    }
    // Of the last frame, as it is on the screen while somebody decides.
    let is_possible = sheet.read.as_ref().is_some_and(|table| !is_empty(table));
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section(words.title));
        if sheet.bytes.is_none() {
            let field = text_field(ui, words.cells, &mut sheet.pasted, words.header, 6);
            if !std::mem::replace(&mut sheet.is_focused, true) {
                field.request_focus();
            }
            if field.changed() {
                sheet.read = Some(read(sheet.pasted.as_bytes())).filter(|_| !sheet.pasted.trim().is_empty());
            }
        }
        if let Some(table) = &sheet.read {
            preview(ui, table);
        }
    };
    let mut is_taken = false;
    let closes = modal(ui, words.title, 720.0, contents, |ui| {
        let entered = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let take = Button::primary("Take over").shortcut("Ctrl+Enter");
        is_taken = ui.add_enabled(is_possible, take).clicked() || entered && is_possible;
        if ui.add(Button::quiet("Cancel")).clicked() || is_taken {
            ui.close();
        }
    });
    if !closes && !is_taken {
        return None;
    }
    open.take().and_then(|sheet| sheet.read).filter(|_| is_taken)
}
