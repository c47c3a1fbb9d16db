//! The card of keys.

use egui::Ui;

use super::ViewState;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{Button, key_card};

const FILES: [(&str, &str); 6] = [
    ("Ctrl+O", "Open an export"),
    ("Ctrl+L", "Type a path"),
    ("Ctrl+R", "Reload the file"),
    ("Ctrl+W", "Close the file"),
    ("Ctrl+S", "Save the project"),
    ("Ctrl+Shift+S", "Save it under another name"),
];
const FILTERS: [(&str, &str); 4] = [
    ("Ctrl+F", "Filter: search attributes and values"),
    ("Ctrl+Z", "Undo the last step"),
    ("Ctrl+Shift+Z", "Redo it"),
    ("Esc", "Close the filter"),
];
const SCREENS: [(&str, &str); 8] = [
    ("D", "Note a decision about what is on the screen"),
    ("N", "Register an initiative, on their screen"),
    ("Ctrl+K", "Anything, by typing its name"),
    ("Ctrl+I or ?", "How the number under the pointer was made"),
    ("1 \u{2026} 9", "Go to a screen"),
    ("Ctrl+,", "Settings"),
    ("Ctrl + \u{2212} 0", "Text size"),
    ("F1", "These keys"),
];
const PRESENTING: [(&str, &str); 6] = [
    ("F5", "Present from the start"),
    ("Shift+F5, P", "Present this screen"),
    ("Page Down, Page Up", "Next and previous screen"),
    ("B or .", "Blank the screen"),
    ("F", "Filter"),
    ("Esc", "Leave"),
];

/// Draws the card, when it is asked for.
pub(super) fn show(ui: &mut Ui, state: &mut ViewState) {
    if !state.shows_keys {
        return;
    }
    let show = |ui: &mut Ui| {
        ui.add(Text::section("Keys"));
        ui.add_space(space::SMALL);
        key_card(ui, &[("Files", &FILES), ("Filters", &FILTERS), ("Screens", &SCREENS), ("Presenting", &PRESENTING)]);
    };
    let closes = super::modal(ui, "keys", 460.0, show, |ui| {
        if ui.add(Button::secondary("Close")).clicked() {
            ui.close();
        }
    });
    if closes {
        state.shows_keys = false;
    }
}
