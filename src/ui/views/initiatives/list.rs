//! The list of initiatives, in the order in which to take them up, with its filters.

use egui::Ui;

use super::super::{ViewContext, ViewState};
use super::{form, mark_of, place_of};
use crate::project::{Initiative, Level, Register, Status, same_area};
use crate::text;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{Button, Card, ItemRow, select};

/// What is shown of the list: 0 for everything, else the place among the choices.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    level: usize,
    area: usize,
    status: usize,
}

impl Chosen {
    fn is_everything(&self) -> bool {
        self.level == 0 && self.area == 0 && self.status == 0
    }
}

/// Draws the list.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, register: &Register) {
    let areas = register.all_areas();
    let chosen = &mut state.initiatives.filter;
    let mut opened = None;
    Card::new().show(ui, |ui| {
        ui.add(Text::section("All initiatives"));
        ui.horizontal_wrapped(|ui| {
            let levels = Level::ALL.map(Level::words);
            choice(ui, "Level", "All levels", &levels, &mut chosen.level);
            let names: Vec<&str> = areas.iter().map(String::as_str).collect();
            choice(ui, "Area", "All areas", &names, &mut chosen.area);
            let statuses = Status::ALL.map(Status::words);
            choice(ui, "Status", "Every status", &statuses, &mut chosen.status);
            if !chosen.is_everything() && ui.add(Button::quiet("Show all")).clicked() {
                *chosen = Chosen::default();
            }
        });
        ui.add_space(space::TIGHT);
        let nth = |place: usize| place.checked_sub(1);
        let (level, area) = (nth(chosen.level).and_then(|place| Level::ALL.get(place)), nth(chosen.area));
        let area = area.and_then(|place| areas.get(place));
        let status = nth(chosen.status).and_then(|place| Status::ALL.get(place));
        let is_shown = |one: &&Initiative| {
            level.is_none_or(|level| one.level == *level)
                && area.is_none_or(|area| same_area(&one.area, area))
                && status.is_none_or(|status| one.shown_status(context.today) == *status)
        };
        let shown: Vec<&Initiative> = register.in_order().into_iter().filter(is_shown).collect();
        if shown.is_empty() {
            ui.add(Text::body("No initiative is like that.").secondary());
        }
        ui.spacing_mut().item_spacing.y = 2.0;
        for one in shown {
            let drawn = ui.push_id(("initiative", one.id), |ui| ui.add(row(context, one))).inner;
            if drawn.on_hover_text(why(context, one)).clicked() {
                opened = Some(form::Editing::of(one));
            }
        }
    });
    if opened.is_some() {
        state.initiatives.editing = opened;
    }
}

fn choice(ui: &mut Ui, name: &str, all: &str, words: &[&str], selected: &mut usize) {
    let label = ui.add(Text::label(name).secondary());
    let words: Vec<&str> = std::iter::once(all).chain(words.iter().copied()).collect();
    *selected = (*selected).min(words.len() - 1);
    select(ui, ("filter of initiatives", name), &words, selected).labelled_by(label.id);
    ui.add_space(space::SMALL);
}

fn row(context: &ViewContext<'_>, one: &Initiative) -> ItemRow {
    let status = one.shown_status(context.today);
    let word = if one.by_hand().is_some() { format!("{}, by hand", status.words()) } else { status.words().to_owned() };
    let owner = if one.owner.is_empty() { "no owner yet" } else { &one.owner };
    let about = match status {
        Status::Late | Status::AtRisk => why(context, one),
        _ => format!("{} \u{b7} {owner}", place_of(one)),
    };
    let due = match (one.due(), one.done_on) {
        (_, Some(done)) => format!("done {}", text::date(done, context.locale)),
        (Some(due), None) => format!("due {}", text::date(due, context.locale)),
        (None, None) => "no due date".to_owned(),
    };
    let priority = format!("{} {}/{}", one.priority().words(), one.impact(), one.burden());
    ItemRow::new(mark_of(status), word, &one.title, about).right(due, priority)
}

/// Why an initiative has the status that is shown.
pub(super) fn why(context: &ViewContext<'_>, one: &Initiative) -> String {
    let judged = one.judged(context.today);
    let by_rules = judged.in_words(context.locale);
    match one.by_hand() {
        None => by_rules,
        Some(by_hand) => {
            let by = if by_hand.by.is_empty() { String::new() } else { format!(" by {}", by_hand.by) };
            let reason = by_hand.reason.trim_end_matches('.');
            let rule = judged.status.words().to_lowercase();
            format!("Set{by} on {}: {reason}. The rules say {rule}: {by_rules}", text::date(by_hand.on, context.locale))
        }
    }
}
