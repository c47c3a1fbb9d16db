//! The command palette: anything by typing a few letters of its name.

mod entries;
mod rank;

use egui::{Align, Key, Modifiers, ScrollArea, TextEdit, Ui};

use super::{Action, Send, ViewContext, ViewState};
use crate::ui::theme::{Scale, Text, space};
use crate::ui::widgets::CommandRow;
use crate::workbench::{Command, Route};

use entries::{Ask, Entry};
use rank::Query;

/// The widest that the palette is, and how high its list, in points.
const WIDTH: f32 = 640.0;
const LIST_HEIGHT: f32 = 380.0;

/// At most so many entries are shown.
const SHOWN: usize = 60;

/// So many that were used last stand first while nothing is typed.
const RECENT: usize = 5;

/// What is typed and chosen while the palette is open, and what was used before. Names of groups are among
/// that, so that it is not kept when the window closes.
#[derive(Debug, Default)]
pub(super) struct Palette {
    open: Option<Typed>,
    recent: Vec<String>,
}

#[derive(Debug, Default)]
struct Typed {
    text: String,
    selected: usize,
    /// The selected row has to come into sight.
    moved: bool,
}

impl Palette {
    /// Opens it, or puts it away.
    pub(super) fn toggle(&mut self) {
        self.open = if self.open.is_some() { None } else { Some(Typed::default()) };
    }

    /// Whether it is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    fn remember(&mut self, entry: &Entry) {
        let key = entry.key();
        self.recent.retain(|known| *known != key);
        self.recent.insert(0, key);
        self.recent.truncate(RECENT);
    }
}

/// Draws the palette, when it is open.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(mut typed) = state.palette.open.take() else { return };
    let found = found(entries::all(context), &typed.text, &state.palette.recent);
    let chosen_by_key = keys(ui, &mut typed, found.len());
    let mut chosen = None;
    let frame = egui::Frame::popup(ui.style()).inner_margin(space::MEDIUM);
    let area = egui::Modal::default_area(egui::Id::unique("palette"))
        .anchor(egui::Align2::CENTER_TOP, egui::vec2(0.0, Scale::of(ui).space(72.0)));
    let modal = egui::Modal::new(egui::Id::unique("palette")).area(area).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 2.0 * space::PAGE));
        let field = TextEdit::singleline(&mut typed.text)
            .hint_text("Type a screen, group, metric, practice or action")
            .desired_width(f32::INFINITY);
        let field = ui.add(field).accessible_name("Commands");
        field.request_focus();
        if field.changed() {
            typed.selected = 0;
            typed.moved = true;
        }
        ui.add_space(space::SMALL);
        chosen = list(ui, &mut typed, &found);
    });
    typed.moved = false;
    let chosen = chosen.or(chosen_by_key.then_some(typed.selected));
    match chosen.and_then(|index| found.get(index)).filter(|entry| entry.blocked.is_none()) {
        Some(entry) => {
            state.palette.remember(entry);
            ask(state, entry.ask.clone(), send);
        }
        None if modal.should_close() => {}
        None => state.palette.open = Some(typed),
    }
}

/// The entries that answer what was typed, the best first; those used last while nothing is typed.
fn found(entries: Vec<Entry>, typed: &str, recent: &[String]) -> Vec<Entry> {
    let query = Query::new(typed);
    if query.is_empty() {
        let place = |entry: &Entry| recent.iter().position(|key| *key == entry.key()).unwrap_or(usize::MAX);
        let mut entries = entries;
        entries.sort_by_key(place);
        entries.truncate(SHOWN);
        return entries;
    }
    let beside = |entry: &Entry| format!("{} {}", entry.kind, entry.words);
    let answers = entries.into_iter().filter_map(|entry| Some((query.answer(&entry.name, &beside(&entry))?, entry)));
    let mut answers: Vec<_> = answers.collect();
    // The sort keeps the order of the kinds: screens, actions, attributes, groups, advice, words.
    answers.sort_by_key(|(answer, _)| *answer);
    answers.into_iter().map(|(_, entry)| entry).take(SHOWN).collect()
}

/// Arrows choose, Enter takes. Returns whether Enter was pressed.
fn keys(ui: &Ui, typed: &mut Typed, count: usize) -> bool {
    let last = count.saturating_sub(1);
    typed.selected = typed.selected.min(last);
    let (up, down, enter) = ui.input_mut(|input| {
        (
            input.consume_key(Modifiers::NONE, Key::ArrowUp),
            input.consume_key(Modifiers::NONE, Key::ArrowDown),
            input.consume_key(Modifiers::NONE, Key::Enter),
        )
    });
    let before = typed.selected;
    if up {
        typed.selected = before.checked_sub(1).unwrap_or(last);
    }
    if down {
        typed.selected = if before == last { 0 } else { before + 1 };
    }
    typed.moved |= typed.selected != before;
    enter
}

/// Draws the entries. Returns the one that was clicked.
fn list(ui: &mut Ui, typed: &mut Typed, found: &[Entry]) -> Option<usize> {
    if found.is_empty() {
        ui.add(Text::body("Nothing goes by that name.").secondary());
        return None;
    }
    let mut clicked = None;
    // A pointer that rests does not take the choice from the arrow keys.
    let pointer_moves = ui.input(|input| input.pointer.delta() != egui::Vec2::ZERO);
    ScrollArea::vertical().id_salt("commands").max_height(LIST_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, entry) in found.iter().enumerate() {
            let row = CommandRow::new(entry.icon, &entry.name, &entry.kind)
                .selected(index == typed.selected)
                .blocked(entry.blocked.as_deref());
            let response = ui.add(row);
            if index == typed.selected && typed.moved {
                response.scroll_to_me(Some(Align::Center));
            }
            if response.hovered() && pointer_moves && entry.blocked.is_none() {
                typed.selected = index;
            }
            if response.clicked() {
                clicked = Some(index);
            }
        }
    });
    clicked
}

fn ask(state: &mut ViewState, ask: Ask, send: Send<'_>) {
    match ask {
        Ask::Act(action) => send(action),
        Ask::Guidance(behavior, tab, place) => {
            state.guidance_tab = tab;
            state.guidance_place = Some(place);
            send(Action::Run(Command::Go(Route::Behavior(behavior))));
        }
        Ask::Term(term) => {
            state.glossary_search = term;
            send(Action::Run(Command::Go(Route::Glossary)));
        }
        Ask::OpenFilter => state.filters.open_search(),
        Ask::TypePath => state.ask_for_path(),
        Ask::Keys => state.shows_keys = true,
        Ask::Initiative => state.initiatives.register_one(),
        Ask::ImportInitiatives => state.initiatives.import(),
        Ask::Contacts(start) => {
            state.contacts.start(start);
            send(Action::Run(Command::Go(Route::Contacts)));
        }
        Ask::Decision(about, today) => state.ask_for_decision(about.map(|about| *about), today),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Icon;

    fn entry(name: &str, kind: &str) -> Entry {
        Entry {
            name: name.to_owned(),
            kind: kind.to_owned(),
            words: String::new(),
            icon: Icon::X,
            ask: Ask::Keys,
            blocked: None,
        }
    }

    fn names(typed: &str, recent: &[&str]) -> Vec<String> {
        let entries = vec![
            entry("Coaching", "Screen"),
            entry("Close the file", "Action"),
            entry("Support", "Organization"),
            entry("Let the calendar remember", "Best practice"),
            entry("Prepare for support", "Best practice"),
        ];
        let recent: Vec<String> = recent.iter().map(|key| (*key).to_owned()).collect();
        found(entries, typed, &recent).into_iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn names_that_begin_so_come_before_names_with_such_a_word() {
        assert_eq!(names("sup", &[]), ["Support", "Prepare for support"]);
        assert_eq!(names("c", &[]), ["Coaching", "Close the file", "Let the calendar remember"]);
        assert_eq!(names("ltcr", &[]), ["Let the calendar remember"]);
    }

    #[test]
    fn with_nothing_typed_what_was_used_last_comes_first() {
        let recent = ["Best practice Let the calendar remember", "Action Close the file"];
        assert_eq!(names("", &recent)[..3], ["Let the calendar remember", "Close the file", "Coaching"]);
        assert_eq!(names(" ", &[])[0], "Coaching");
    }

    #[test]
    fn what_goes_by_no_such_name_is_not_found() {
        assert!(names("legal", &[]).is_empty());
    }
}
