//! Keys, dropped files and pasted paths.

use std::collections::VecDeque;

use chrono::NaiveDate;
use egui::{Context, Event, Key, KeyboardShortcut, Modifiers};

use crate::text::Locale;
use crate::ui::views::{Action, ViewState};
use crate::workbench::{
    Command, ContactCommand, FileCommand, PresentCommand, ProjectCommand, Route, Workbench, typed_path,
};

type Actions = VecDeque<Action>;

/// Dropped files, and a pasted path of a file that exists. On the screen of contacts they are exports of time with
/// contacts.
pub(super) fn files(ctx: &Context, route: Route, actions: &mut Actions) {
    let mut paths: Vec<std::path::PathBuf> = ctx.input(|input| {
        let dropped = input.raw.dropped_files.iter();
        dropped.map(|file| file.path().to_path_buf()).filter(|path| !path.as_os_str().is_empty()).collect()
    });
    if !ctx.text_edit_focused() {
        let pasted = ctx.input(|input| {
            input.events.iter().find_map(|event| if let Event::Paste(text) = event { Some(text.clone()) } else { None })
        });
        paths.extend(pasted.as_deref().and_then(typed_path).filter(|path| path.is_absolute()));
    }
    if !paths.is_empty() {
        let open = match route {
            Route::Contacts => Command::Contacts(ContactCommand::Open(paths)),
            _ => Command::File(FileCommand::Open(paths)),
        };
        actions.push_back(Action::Run(open));
    }
}

/// Shortcuts. In the room view a clicker's keys.
pub(super) fn keys(
    ctx: &Context,
    workbench: &Workbench,
    view: &mut ViewState,
    (locale, today): (&Locale, NaiveDate),
    actions: &mut Actions,
) {
    let mut run = |command| actions.push_back(Action::Run(command));
    let pressed = |modifiers: Modifiers, key: Key| {
        ctx.input_mut(|input| input.consume_shortcut(&KeyboardShortcut::new(modifiers, key)))
    };
    // Keys of the sheet of filters, and of its steps, are the same at a desk and in a room.
    if !ctx.text_edit_focused() {
        // The longer one first: the shorter one would take it.
        if pressed(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z) || pressed(Modifiers::COMMAND, Key::Y) {
            run(Command::Redo);
        }
        if pressed(Modifiers::COMMAND, Key::Z) {
            run(Command::Undo);
        }
    }
    if workbench.results().is_some() && pressed(Modifiers::COMMAND, Key::F) {
        view.filters.open_search();
    }
    let is_covered = view.has_modal()
        || workbench.asked().is_some()
        || workbench.pair().is_some()
        || workbench.proven().is_some()
        || workbench.unsaved_question().is_some()
        || workbench.offered_recovery().is_some()
        || workbench.earlier_versions().is_some()
        || egui::Popup::is_any_open(ctx);
    if view.filters.is_open() && !is_covered && pressed(Modifiers::NONE, Key::Escape) {
        view.filters.leave();
    }
    if !is_covered && !ctx.text_edit_focused() && pressed(Modifiers::NONE, Key::D) {
        view.ask_for_decision(workbench.captured(locale), today);
    }
    if workbench.presenting().is_some() {
        if view.has_modal() {
            return;
        }
        if !ctx.text_edit_focused() && pressed(Modifiers::NONE, Key::F) {
            view.filters.toggle();
        }
        let is_filtering = view.filters.is_open();
        for command in room_keys(ctx, is_filtering) {
            run(Command::Present(command));
        }
        return;
    }
    if pressed(Modifiers::SHIFT, Key::F5) {
        run(Command::Present(PresentCommand::StartHere));
    }
    if pressed(Modifiers::NONE, Key::F5) {
        run(Command::Present(PresentCommand::Start));
    }
    // The longer one first: the shorter one would take it.
    if pressed(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S) {
        run(Command::Project(ProjectCommand::SaveAs));
    }
    if pressed(Modifiers::COMMAND, Key::S) {
        run(Command::Project(ProjectCommand::Save));
    }
    if pressed(Modifiers::COMMAND, Key::O) {
        run(Command::File(FileCommand::Pick));
    }
    if pressed(Modifiers::COMMAND, Key::W) {
        run(Command::File(FileCommand::Close));
    }
    if pressed(Modifiers::COMMAND, Key::R) {
        run(Command::File(FileCommand::Reload));
    }
    if pressed(Modifiers::COMMAND, Key::Comma) {
        run(Command::Go(Route::Settings));
    }
    if pressed(Modifiers::COMMAND, Key::L) {
        view.ask_for_path();
    }
    if pressed(Modifiers::COMMAND, Key::K) {
        view.toggle_palette();
    }
    if pressed(Modifiers::NONE, Key::F1) {
        view.toggle_key_card();
    }
    if ctx.text_edit_focused() {
        return;
    }
    if workbench.is_reading() && pressed(Modifiers::NONE, Key::Escape) {
        run(Command::File(FileCommand::Cancel));
    }
    if pressed(Modifiers::NONE, Key::P) {
        run(Command::Present(PresentCommand::StartHere));
    }
    const DIGITS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    for (digit, route) in DIGITS.into_iter().zip(Route::ALL) {
        if pressed(Modifiers::NONE, digit) {
            run(Command::Go(route));
        }
    }
}

/// What a presenter or a clicker can press. A key that is held down counts once. While somebody filters, the
/// keys that move in the sheet are the sheet's; those of a clicker still turn the screens.
fn room_keys(ctx: &Context, is_filtering: bool) -> Vec<PresentCommand> {
    ctx.input(|input| {
        let keys = input.events.iter().filter_map(|event| match event {
            Event::Key { key, pressed: true, repeat: false, modifiers, .. }
                if !is_filtering || matches!(key, Key::PageUp | Key::PageDown) =>
            {
                room_key(*key, *modifiers)
            }
            _ => None,
        });
        keys.collect()
    })
}

fn room_key(key: Key, modifiers: Modifiers) -> Option<PresentCommand> {
    match key {
        Key::Space if modifiers.shift => Some(PresentCommand::Previous),
        Key::PageDown | Key::ArrowRight | Key::ArrowDown | Key::Space | Key::Enter | Key::N => {
            Some(PresentCommand::Next)
        }
        Key::PageUp | Key::ArrowLeft | Key::ArrowUp | Key::Backspace | Key::P => Some(PresentCommand::Previous),
        Key::Home => Some(PresentCommand::First),
        Key::End => Some(PresentCommand::Last),
        Key::Period | Key::B | Key::W => Some(PresentCommand::Blank),
        Key::Escape => Some(PresentCommand::Leave),
        _ => None,
    }
}
