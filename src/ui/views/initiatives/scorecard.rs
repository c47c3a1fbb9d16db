//! The scorecard: counts by level, where there is nothing, progress of the few, and reviews.

use egui::{Align, Layout, Ui, vec2};

use super::super::{Action, Send, ViewContext, ViewState};
use super::{form, mark_of};
use crate::project::{Counts, Initiative, Level, NO_AREA, Register, Review, Status, by_area, by_level};
use crate::text::{self, Locale};
use crate::ui::theme::{Icon, Scale, Text, space};
use crate::ui::widgets::{Button, Card, DataTable, Mark, MarkKind, TableColumn, equal_cards, progress_bar};
use crate::workbench::{Command, Route};

/// Up to so many in progress, each is shown with its progress.
const FEW: usize = 5;

/// "+2", "−1"; empty for no change.
fn signed(now: usize, before: usize) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => format!("+{}", now - before),
        std::cmp::Ordering::Less => format!("\u{2212}{}", before - now),
        std::cmp::Ordering::Equal => String::new(),
    }
}

/// "Since Oct 1, 2026: +2 on schedule, −1 late."
fn change(now: Counts, before: Counts, since: chrono::NaiveDate, locale: &Locale) -> String {
    let part = |status: Status| {
        let change = signed(now.get(status), before.get(status));
        (!change.is_empty()).then(|| format!("{change} {}", status.words().to_lowercase()))
    };
    let parts: Vec<String> = Status::ALL.into_iter().filter_map(part).collect();
    let parts = if parts.is_empty() { "no change".to_owned() } else { parts.join(", ") };
    format!("Since the review of {}: {parts}.", text::date(since, locale))
}

/// The change of the whole register since a review.
pub(super) fn change_in_words(register: &Register, review: &Review, context: &ViewContext<'_>) -> String {
    let now = Counts::of(&register.initiatives, context.today);
    change(now, review.counts, review.on, context.locale)
}

/// What has nothing in progress, told first.
pub(super) fn alarm(ui: &mut Ui, register: &Register, state: &mut ViewState) {
    let uncovered = register.coverage().names();
    Card::new().show(ui, |ui| {
        let size = vec2(ui.available_width(), 0.0);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Min), |ui| {
            if ui.add(Button::quiet("Areas to cover\u{2026}")).clicked() {
                state.initiatives.areas = Some(register.areas.join("\n"));
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                if uncovered.is_empty() {
                    let words = "Every level and every customer-facing area has an initiative in progress";
                    ui.add(Mark::new(MarkKind::Fit, words));
                } else {
                    let words = format!("Nothing is in progress in {}", text::list_and(&uncovered));
                    ui.add(Mark::new(MarkKind::WithCare, words));
                }
            });
        });
    });
    ui.add_space(space::GAP);
}

/// A card for each of the three levels.
pub(super) fn levels(ui: &mut Ui, context: &ViewContext<'_>, register: &Register) {
    let now = by_level(&register.initiatives, context.today);
    let before = register.last_review(context.today);
    equal_cards(ui, "levels", Level::ALL.len(), |ui, place| {
        let Some((level, counts)) = now.get(place) else { return };
        ui.add(Text::body(level.words()).semi_bold());
        ui.add(Text::title(text::counted(counts.total(), "initiative", "initiatives", context.locale)));
        let there: Vec<Status> = Status::ALL.into_iter().filter(|status| counts.get(*status) > 0).collect();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            // As high as the words: a row of controls would stand too far apart.
            ui.spacing_mut().interact_size.y = 0.0;
            for status in there {
                let words =
                    format!("{} {}", text::count(counts.get(status), context.locale), status.words().to_lowercase());
                ui.add(Mark::new(mark_of(status), words).small());
                ui.add_space(space::SMALL);
            }
        });
        if counts.in_progress() == 0 {
            ui.add(Text::label("Nothing in progress").medium());
        }
        let earlier = before.and_then(|review| {
            let counts = review.levels.iter().find(|(known, _)| known == level);
            counts.map(|(_, counts)| (*counts, review.on))
        });
        if let Some((counts_then, on)) = earlier {
            ui.add(Text::caption(change(*counts, counts_then, on, context.locale)).secondary());
        }
    });
}

/// Where few are in progress, how far each is.
pub(super) fn progress(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, register: &Register) {
    let running: Vec<&Initiative> = register.in_order().into_iter().filter(|one| one.is_in_progress()).collect();
    if running.is_empty() || running.len() > FEW {
        return;
    }
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Progress"));
        for one in running {
            let percent = format!("{}{}%", one.progress(), context.locale.space());
            ui.push_id(("progress", one.id), |ui| {
                let size = vec2(ui.available_width(), Scale::of(ui).control_height());
                ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                    ui.add(Text::body(&percent).medium());
                    if ui
                        .add(Button::quiet(format!("Tell about {}", one.title)).icon(Icon::Pencil).icon_only())
                        .clicked()
                    {
                        state.initiatives.editing = Some(form::Editing::telling(one));
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(Text::body(&one.title).one_line())
                    });
                });
                progress_bar(ui, &format!("{}: {percent}", one.title), f32::from(one.progress()) / 100.0);
                if let Some(update) = one.updates.iter().max_by_key(|update| update.on) {
                    let told = format!("{}: {}", text::date(update.on, context.locale), update.text);
                    ui.add(Text::caption(told).secondary());
                }
            });
        }
    });
    ui.add_space(space::GAP);
}

/// Counts by area, and what was counted at each review.
pub(super) fn reviews(ui: &mut Ui, context: &ViewContext<'_>, register: &Register) {
    let columns = |first: &str| {
        let column = |heading: &str, figures| TableColumn { heading: heading.to_owned(), figures };
        let statuses = Status::ALL.map(|status| column(status.words(), true));
        [column(first, false), column("All", true)].into_iter().chain(statuses).collect::<Vec<_>>()
    };
    let cell = |name: &str, counts: &Counts, place: usize| match place {
        0 => name.to_owned(),
        1 => text::count(counts.total(), context.locale),
        _ => Status::ALL
            .get(place - 2)
            .map(|status| text::count(counts.get(*status), context.locale))
            .unwrap_or_default(),
    };
    Card::new().show(ui, |ui| {
        ui.add(Text::section("By customer-facing area"));
        let areas = by_area(&register.initiatives, &register.areas, context.today);
        DataTable::new("Initiatives by area", columns("Area"), areas.len()).show(ui, |row, column| {
            areas.get(row).map(|(area, counts)| cell(area, counts, column)).unwrap_or_default()
        });
        if areas.iter().any(|(area, _)| area == NO_AREA) {
            ui.add(Text::caption("Say the area of each initiative, so that gaps can be seen.").secondary());
        }
    });
    if register.reviews.is_empty() {
        return;
    }
    ui.add_space(space::GAP);
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Counts at each review"));
        ui.add(Text::caption("Stored on the day of each review and never computed again.").secondary());
        let reviews: Vec<(String, Counts)> = register
            .reviews
            .iter()
            .rev()
            .map(|review| (text::date(review.on, context.locale), review.counts))
            .collect();
        DataTable::new("Counts at each review", columns("Review"), reviews.len())
            .show(ui, |row, column| reviews.get(row).map(|(on, counts)| cell(on, counts, column)).unwrap_or_default());
    });
}

/// The card on Overview, when there is at least one initiative.
pub(in super::super) fn overview_card(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    let register = &context.workbench.project().initiatives;
    if register.initiatives.is_empty() {
        return;
    }
    let counts = Counts::of(&register.initiatives, context.today);
    Card::new().show(ui, |ui| {
        let size = vec2(ui.available_width(), 0.0);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Min), |ui| {
            if ui.add(Button::secondary("See initiatives").icon(Icon::ArrowRight)).clicked() {
                send(Action::Run(Command::Go(Route::Initiatives)));
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.add(Text::body("Customer initiatives").semi_bold());
                ui.add(Text::section(super::title(register, counts, context.locale)));
                ui.horizontal_wrapped(|ui| {
                    for status in [Status::OnSchedule, Status::AtRisk, Status::Late] {
                        let count = text::count(counts.get(status), context.locale);
                        ui.add(Mark::new(mark_of(status), format!("{count} {}", status.words().to_lowercase())));
                        ui.add_space(space::MEDIUM);
                    }
                });
                ui.add(Text::caption(super::lead(register, context)).secondary());
            });
        });
    });
    ui.add_space(space::GAP);
}
