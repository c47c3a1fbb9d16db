//! The card of keys.

use egui::{Grid, Id, Modal, Ui};

use super::ViewState;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::Button;

const KEYS: [(&str, &str); 12] = [
    ("Ctrl+O", "Open an export"),
    ("Ctrl+L", "Type a path"),
    ("Ctrl+R", "Reload the file"),
    ("Ctrl+W", "Close the file"),
    ("1 to 8", "Go to a screen"),
    ("F5", "Present from the start"),
    ("Shift+F5, P", "Present this screen"),
    ("Page Down, Page Up", "Next and previous screen, while presenting"),
    ("B or .", "Blank the screen, while presenting"),
    ("Esc", "Leave, or cancel reading"),
    ("Ctrl + \u{2212} 0", "Text size"),
    ("Ctrl+,", "Settings"),
];

/// Draws the card, when it is asked for.
pub(super) fn show(ui: &mut Ui, state: &mut ViewState) {
    if !state.shows_keys {
        return;
    }
    let modal = Modal::new(Id::unique("keys")).show(ui.ctx(), |ui| {
        ui.set_width(420.0);
        ui.add(Text::section("Keys"));
        ui.add_space(space::SMALL);
        Grid::new("keys").num_columns(2).spacing([space::SECTION, space::SMALL]).show(ui, |ui| {
            for (key, what) in KEYS {
                ui.add(Text::body(key).medium());
                ui.add(Text::body(what));
                ui.end_row();
            }
        });
        ui.add_space(space::SMALL);
        if ui.add(Button::secondary("Close")).clicked() {
            ui.close();
        }
    });
    if modal.should_close() {
        state.shows_keys = false;
    }
}
