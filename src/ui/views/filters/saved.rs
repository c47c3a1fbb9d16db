//! Saved views: choosing, naming and forgetting them.

use egui::{Align, Key, Layout, Ui};

use super::super::{Action, Send, ViewContext};
use super::FilterSheet;
use crate::text;
use crate::ui::theme::{Icon, Scale, Text, space};
use crate::ui::widgets::{Button, MenuItem, NavItem, menu_under};
use crate::workbench::{Command, SavedView, ViewCommand, view_name};

/// The name of the part.
const NAME: &str = "Saved views";

/// The height of a view in the list, in points at a desk.
const ROW_HEIGHT: f32 = 36.0;

/// A name that is being typed.
#[derive(Debug)]
pub(super) struct Naming {
    typed: String,
    /// The view that gets the name; `None` for a new one.
    renames: Option<String>,
    is_new: bool,
}

impl Naming {
    /// The name of a view that is to be saved.
    pub(super) fn new_view() -> Self {
        Self { typed: String::new(), renames: None, is_new: true }
    }

    fn of(view: &SavedView) -> Self {
        Self { typed: view.name().to_owned(), renames: Some(view.name().to_owned()), is_new: true }
    }
}

/// Draws the views that were saved, if any.
pub(super) fn list(ui: &mut Ui, context: &ViewContext<'_>, sheet: &mut FilterSheet, send: Send<'_>) {
    let views = context.workbench.views();
    if views.is_empty() || !sheet.part(ui, NAME, &text::count(views.len(), context.locale), true) {
        return;
    }
    for view in views {
        ui.push_id(view.name(), |ui| row(ui, context, sheet, view, send));
    }
    ui.add_space(space::SMALL);
}

fn row(ui: &mut Ui, context: &ViewContext<'_>, sheet: &mut FilterSheet, view: &SavedView, send: Send<'_>) {
    let name = view.name().to_owned();
    let is_shown = *view == SavedView::of(&name, context.workbench.question());
    let size = egui::vec2(ui.available_width(), Scale::of(ui).space(ROW_HEIGHT));
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        let more = ui.add(Button::quiet(format!("More about {name}")).icon(Icon::Ellipsis).icon_only());
        menu_under(&more, |ui| {
            if ui.add(MenuItem::new(Icon::Pencil, "Rename\u{2026}")).clicked() {
                sheet.naming = Some(Naming::of(view));
            }
            if !is_shown && ui.add(MenuItem::new(Icon::Save, "Overwrite with what is shown")).clicked() {
                send(Action::Run(Command::View(ViewCommand::Save(name.clone()))));
            }
            if ui.add(MenuItem::new(Icon::Trash2, "Delete")).clicked() {
                send(Action::Run(Command::View(ViewCommand::Delete(name.clone()))));
            }
        });
        let chosen = ui.add(NavItem::new(Icon::Bookmark, &name).selected(is_shown)).on_hover_text(&name);
        if chosen.clicked() {
            send(Action::Run(Command::View(ViewCommand::Apply(name.clone()))));
        }
    });
}

/// Draws the field for a name, while one is being typed.
pub(super) fn naming(ui: &mut Ui, context: &ViewContext<'_>, sheet: &mut FilterSheet, send: Send<'_>) {
    let Some(naming) = &mut sheet.naming else { return };
    let mut is_done = false;
    ui.add_space(space::TIGHT);
    let label = ui.add(Text::body("Name of the view").medium());
    let field = egui::TextEdit::singleline(&mut naming.typed)
        .hint_text("Sales, without the holidays")
        .desired_width(f32::INFINITY);
    let response = ui.add(field).labelled_by(label.id);
    if std::mem::take(&mut naming.is_new) {
        response.request_focus();
    }
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let name = view_name(&naming.typed);
    let is_taken = name.as_ref().is_some_and(|name| context.workbench.views().iter().any(|view| view.name() == name));
    let renames = naming.renames.clone();
    let (word, is_possible) = match (&renames, is_taken) {
        (None, false) => ("Save", true),
        (None, true) => ("Overwrite", true),
        (Some(_), taken) => ("Rename", !taken),
    };
    ui.horizontal(|ui| {
        let is_possible = is_possible && name.is_some();
        let is_pressed = ui.add_enabled(is_possible, Button::secondary(word)).clicked();
        if (is_pressed || is_entered && is_possible)
            && let Some(name) = name
        {
            let command = match renames {
                None => ViewCommand::Save(name),
                Some(from) => ViewCommand::Rename { from, to: name },
            };
            send(Action::Run(Command::View(command)));
            is_done = true;
        }
        is_done |= ui.add(Button::quiet("Cancel")).clicked();
    });
    let note = match (is_taken, word) {
        (true, "Overwrite") => "There is a view of this name.",
        _ => "Kept on this computer: names of groups and dates, no numbers.",
    };
    ui.add(Text::caption(note).secondary());
    if is_done {
        sheet.naming = None;
    }
}
