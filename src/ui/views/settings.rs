//! Settings: what changes numbers, and what changes looks. Changes apply at once.

use egui::{Align, DragValue, Layout, ThemePreference, Ui, UiBuilder, vec2};

use super::{Action, Send, ViewContext, ViewState, filters, page_head, reading_width, rule};
use crate::dataset::{GroupBy, Metric};
use crate::insights::GroupName;
use crate::privacy::{InsightId, Settings, ShownAttribute};
use crate::text;
use crate::ui::theme::{Icon, Scale, Text, space};
use crate::ui::widgets::{Button, Card, CheckRow, EmptyState, Mark, MarkKind, chip, columns, combo};
use crate::workbench::{Command, FileCommand, Opened, ProjectCommand, Results, SetCommand};

/// The largest minimum group size on offer.
const LARGEST_GROUP_SIZE: usize = 200;

/// The limits of co-attendance on offer, in ten-thousandths.
const CO_ATTENDED: [(u32, &str); 2] = [(3000, "30 %"), (5000, "50 %")];

/// Text sizes, 1 for 100 %, and the step between them.
const ZOOM: std::ops::RangeInclusive<f32> = 0.8..=2.0;
const ZOOM_STEP: f32 = 0.1;

/// The least width of a group's name among the customer-facing ones, in points at a desk.
const GROUP_WIDTH: f32 = 260.0;

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    reading_width(ui);
    let lead = if context.workbench.has_project_setup() {
        "Changes apply at once. What changes numbers belongs to the project and is saved with it."
    } else {
        "Changes apply at once. What changes numbers belongs to the open export and ends with it."
    };
    page_head(ui, "Settings", lead);
    let gap = Scale::of(ui).space(space::GAP);
    match (context.workbench.opened(), context.workbench.results()) {
        (Some(opened), Some(results)) => {
            numbers(ui, context, opened, results, send);
            ui.add_space(gap);
            customer_facing(ui, context, results, send);
        }
        _ => nothing_open(ui, send),
    }
    ui.add_space(gap);
    looks(ui, send);
    ui.add_space(gap);
    recent(ui, context, send);
    ui.add_space(gap);
    projects(ui, context, state, send);
}

/// Settings of numbers need numbers.
fn nothing_open(ui: &mut Ui, send: Send<'_>) {
    Card::new().show(ui, |ui| {
        let why = "Minimum group size, thresholds and customer-facing groups appear here once an export is open.";
        let open = Button::secondary("Open the sample company").icon(Icon::Building2);
        if EmptyState::new(Icon::SlidersHorizontal, "Settings that change numbers", why).action(open).show(ui).is_some()
        {
            send(Action::Run(Command::File(FileCommand::OpenSample)));
        }
    });
}

/// One setting: its name, one sentence of help, and its control.
fn setting(ui: &mut Ui, name: &str, help: &str, control: impl FnOnce(&mut Ui)) {
    let scale = Scale::of(ui);
    ui.add_space(scale.space(space::SMALL));
    rule(ui);
    ui.add_space(scale.space(space::SMALL));
    columns(ui, [1.7, 1.0], |[left, right]| {
        left.spacing_mut().item_spacing.y = scale.space(2.0);
        left.add(Text::body(name).medium());
        left.add(Text::body(help).secondary());
        control(right);
    });
}

/// Rows with a box to tick, the box in line with other controls: the rows keep room for their highlight at the left.
fn in_line(ui: &mut Ui, rows: impl FnOnce(&mut Ui)) {
    let left = Scale::of(ui).space(space::SMALL);
    let mut area = ui.available_rect_before_wrap();
    area.min.x -= left;
    let mut drawn = ui.new_child(UiBuilder::new().max_rect(area));
    rows(&mut drawn);
    // The highlight takes no room of its own, else what is beside or below would move.
    let mut used = drawn.min_rect();
    used.min.x += left;
    ui.advance_cursor_after_rect(used);
}

/// A number between a button that lowers it and one that raises it.
fn stepper(ui: &mut Ui, name: &str, value: f64, range: std::ops::RangeInclusive<f64>, unit: &str) -> Option<f64> {
    let mut changed = None;
    ui.horizontal(|ui| {
        let step = |ui: &mut Ui, word: &str, icon: Icon, to: f64| {
            let button = Button::secondary(format!("{word}: {name}")).icon(icon).icon_only();
            ui.add_enabled(range.contains(&to), button).clicked().then_some(to)
        };
        let lower = step(ui, "Lower", Icon::Minus, value - 1.0);
        let mut typed = value;
        let field = DragValue::new(&mut typed)
            .range(range.clone())
            .speed(0.1)
            .fixed_decimals(0)
            .suffix(unit)
            .update_while_editing(false);
        let field = ui.add(field).accessible_name(name);
        let higher = step(ui, "Raise", Icon::Plus, value + 1.0);
        changed = lower.or(higher).or((field.changed() && typed != value).then_some(typed));
    });
    changed
}

fn numbers(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, results: &Results, send: Send<'_>) {
    let settings = context.workbench.settings();
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Numbers"));
        if let Err(hidden) = &results.findings {
            ui.add(Mark::new(MarkKind::WithCare, hidden.sentence(results.rules).in_words(context.locale)));
        }
        let mut set = |command| send(Action::Run(Command::Set(command)));
        group_size(ui, context, opened, &mut set);
        gap(ui, settings, &mut set);
        co_attendance(ui, settings, &mut set);
        top_quartile(ui, context, results, &mut set);
        population(ui, context, opened, results, send);
    });
}

type Set<'a> = &'a mut dyn FnMut(SetCommand);

fn group_size(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, set: Set<'_>) {
    let own = opened.default_rules().minimum_group_size();
    let lowest = own.max(context.workbench.least_group_size());
    let now = context.workbench.rules().unwrap_or_else(|| opened.default_rules()).minimum_group_size();
    let who = if lowest > own { "The project was saved with" } else { "This export starts at" };
    let help = format!(
        "Smaller groups stay hidden on every screen. {who} {lowest}; the size can be raised, never lowered below that."
    );
    setting(ui, "Minimum group size", &help, |ui| {
        let range = lowest as f64..=LARGEST_GROUP_SIZE as f64;
        if let Some(size) = stepper(ui, "Minimum group size", now as f64, range, " people") {
            set(SetCommand::MinimumGroupSize(size as usize));
        }
    });
}

fn gap(ui: &mut Ui, settings: &Settings, set: Set<'_>) {
    let help = "A group is one to focus on when it is clearly worse off than the rest by at least this much.";
    setting(ui, "Smallest gap of a group to focus on", help, |ui| {
        let points = (settings.gap * 100.0).round();
        let unit = if points == 1.0 { " point" } else { " points" };
        if let Some(points) = stepper(ui, "Smallest gap", points, 0.0..=50.0, unit) {
            set(SetCommand::Gap(points / 100.0));
        }
    });
}

fn co_attendance(ui: &mut Ui, settings: &Settings, set: Set<'_>) {
    let help = "Someone is co-attended when the manager is in more than this part of their meeting hours.";
    setting(ui, "Co-attended meetings", help, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::GAP;
            for (limit, words) in CO_ATTENDED {
                let is_set = settings.co_attended_basis_points == limit;
                let choice = ui.radio(is_set, words);
                let choice = choice.accessible_name(format!("Co-attended over {words}"));
                if choice.clicked() && !is_set {
                    set(SetCommand::CoAttended(limit));
                }
            }
        });
    });
}

fn top_quartile(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, set: Set<'_>) {
    let entered = context.workbench.settings().q3;
    // The boundary that was used is the lower limit of the upper band.
    let insight = results.findings.as_ref().ok().and_then(|findings| findings.insight(InsightId::ExternalTopQuartile));
    let Some(outcome) = insight.and_then(|insight| insight.outcome.as_ref().ok()) else { return };
    let used = outcome.bands.last().and_then(|band| band.from).unwrap_or_default();
    let help = "Who is in the top quartile of external share: by the company\u{2019}s own boundary, or one you enter.";
    setting(ui, "Boundary of the top quartile", help, |ui| {
        let own = match entered {
            None => format!("The company\u{2019}s own, {}\u{a0}%", text::decimals(used * 100.0, 1, context.locale)),
            Some(_) => "The company\u{2019}s own".to_owned(),
        };
        if ui.radio(entered.is_none(), own).clicked() && entered.is_some() {
            set(SetCommand::TopQuartile(None));
        }
        ui.horizontal(|ui| {
            if ui.radio(entered.is_some(), "My own").clicked() && entered.is_none() {
                set(SetCommand::TopQuartile(Some((used * 1000.0).round() / 1000.0)));
            }
            if let Some(boundary) = entered {
                let mut percent = boundary * 100.0;
                let field = DragValue::new(&mut percent).range(0.0..=100.0).speed(0.2).max_decimals(1).suffix(" %");
                let field = ui.add(field.update_while_editing(false)).accessible_name("Boundary of the top quartile");
                if field.changed() {
                    set(SetCommand::TopQuartile(Some(percent / 100.0)));
                }
            }
        });
    });
}

/// Who is in the numbers: the switches of the filter.
fn population(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, results: &Results, send: Send<'_>) {
    let has_flag = opened.dataset.active().is_some();
    let help = if has_flag {
        "Rows that the export marks as inactive are left out unless you include them."
    } else {
        "This export marks no row as inactive, so there is nothing to include."
    };
    setting(ui, "Inactive rows", help, |ui| {
        in_line(ui, |ui| filters::include_inactive(ui, context, results, send));
    });
    let has_hours = opened.dataset.has(Metric::CollaborationHours);
    let help = if has_hours {
        "People with under 5 collaboration hours a week on average may not be knowledge workers."
    } else {
        "This export has no collaboration hours, so nobody can be told apart by them."
    };
    setting(ui, "Low activity", help, |ui| {
        in_line(ui, |ui| filters::without_low_activity(ui, context, results, send));
    });
}

/// Which groups work with customers.
fn customer_facing(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, send: Send<'_>) {
    let Some(by) = context.workbench.question().by.first() else { return };
    let scale = Scale::of(ui);
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Customer-facing groups"));
        let help = "Only for groups that work with customers is more external time better. Mark them here.";
        ui.add(Text::body(help).secondary());
        ui.add_space(scale.space(space::SMALL));
        ui.horizontal(|ui| {
            let label = ui.add(Text::body("Groups of"));
            let closed = combo("customer-facing attribute").selected_text(by.to_string());
            let response = closed.show_ui(ui, |ui| {
                for attribute in results.attributes.iter() {
                    let one = GroupBy::from(attribute.name.as_str());
                    let is_chosen = one == *by;
                    if ui.selectable_label(is_chosen, &attribute.name).clicked() && !is_chosen {
                        send(Action::Run(Command::Set(SetCommand::GroupBy(one))));
                    }
                }
            });
            response.response.labelled_by(label.id);
            if !context.workbench.suggestion().is_empty()
                && ui.add(Button::secondary("Mark all suggested").icon(Icon::Check)).clicked()
            {
                send(Action::Run(Command::Set(SetCommand::AcceptSuggested)));
            }
        });
        for attribute in results.attributes.iter().filter(|attribute| by.has(&attribute.name)) {
            ui.add_space(scale.space(space::SMALL));
            if by.second().is_some() {
                ui.add(Text::body(&attribute.name).medium());
            }
            marks(ui, context, attribute, send);
        }
    });
}

/// The shown values of an attribute, each to be marked.
fn marks(ui: &mut Ui, context: &ViewContext<'_>, shown: &ShownAttribute, send: Send<'_>) {
    let scale = Scale::of(ui);
    let marked = &context.workbench.settings().customer_facing;
    let per_row = (ui.available_width() / scale.space(GROUP_WIDTH)).floor().clamp(1.0, 4.0) as usize;
    for row in shown.values.chunks(per_row) {
        ui.columns(per_row, |cells| {
            for (cell, value) in cells.iter_mut().zip(row) {
                let group = GroupName { attribute: shown.name.clone(), value: value.value.clone() };
                let is_marked = marked.contains(&group);
                let mut row = |ui: &mut Ui| {
                    if value.looks_customer_facing {
                        chip(ui, "suggested").on_hover_text("Its name sounds customer-facing.");
                    }
                    if ui.add(CheckRow::new(&value.value, is_marked)).clicked() {
                        let command = SetCommand::CustomerFacing(group.clone(), !is_marked);
                        send(Action::Run(Command::Set(command)));
                    }
                };
                // The mark keeps its place at the right; a long name is cut before it.
                in_line(cell, |ui| {
                    let size = vec2(ui.available_width(), Scale::of(ui).control_height());
                    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), &mut row);
                });
            }
        });
    }
    if shown.values.is_empty() {
        ui.add(Text::body("Every group of this attribute is hidden to protect people.").secondary());
    }
}

/// What changes only the looks.
fn looks(ui: &mut Ui, send: Send<'_>) {
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Looks"));
        setting(ui, "Theme", "Light, dark, or whatever this computer uses.", |ui| {
            let now = ui.options(|options| options.theme_preference);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::GAP;
                let themes = [
                    (ThemePreference::System, "As the system"),
                    (ThemePreference::Light, "Light"),
                    (ThemePreference::Dark, "Dark"),
                ];
                for (theme, words) in themes {
                    if ui.radio(now == theme, words).clicked() && now != theme {
                        send(Action::Theme(theme));
                    }
                }
            });
        });
        let help = "From 80 % to 200 %; Ctrl and + or \u{2212} do the same anywhere, Ctrl and 0 goes back.";
        setting(ui, "Text size", help, |ui| {
            ui.horizontal_wrapped(|ui| {
                let now = ui.zoom_factor();
                let mut step = |ui: &mut Ui, word: &str, icon: Icon, to: f32| {
                    let to = (to * 10.0).round() / 10.0;
                    let button = Button::secondary(word).icon(icon).icon_only();
                    if ui.add_enabled(ZOOM.contains(&to), button).clicked() {
                        send(Action::Zoom(to));
                    }
                };
                step(ui, "Smaller text", Icon::Minus, now - ZOOM_STEP);
                ui.add(Text::body(format!("{:.0}\u{a0}%", now * 100.0)).medium());
                step(ui, "Larger text", Icon::Plus, now + ZOOM_STEP);
                if (now - 1.0).abs() > 0.001 && ui.add(Button::quiet("Back to 100 %")).clicked() {
                    send(Action::Zoom(1.0));
                }
            });
        });
    });
}

/// Where work is kept that has not been saved.
fn projects(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(folder) = context.workbench.rescue_folder() else { return };
    let folder = folder.display().to_string();
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Projects"));
        let help = format!(
            "Five seconds after a change a project is saved. One without a file is kept in {folder} until it is saved; \
             what a crash left in there is offered at the next start. The last five versions lie beside each project in the folder {}.",
            crate::project::store::SIDE_FOLDER
        );
        setting(ui, "Unsaved work", &help, |ui| {
            if ui.add(Button::secondary("Copy the folder\u{2019}s path").icon(Icon::Copy)).clicked() {
                send(Action::CopyText { text: folder.clone(), what: "Path" });
            }
            if ui.add(Button::secondary("Delete rescued work\u{2026}").icon(Icon::Trash2)).clicked() {
                state.asks_to_delete_rescued = true;
            }
        });
    });
}

/// Which files are remembered.
fn recent(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Recent files"));
        let help =
            "Where they are is remembered on this computer, never what is in them. Switching it off forgets them.";
        setting(ui, "Remember recent files", help, |ui| {
            in_line(ui, |ui| {
                if ui.add(CheckRow::new("Remember recent files", context.keep_recent)).clicked() {
                    send(Action::KeepRecent(!context.keep_recent));
                }
            });
            if !context.recent.is_empty() {
                let count = text::counted(context.recent.len(), "file", "files", context.locale);
                if ui.add(Button::secondary(format!("Forget {count}")).icon(Icon::Trash2)).clicked() {
                    for path in context.recent {
                        send(Action::ForgetRecent(path.clone()));
                    }
                }
            }
        });
    });
}

/// Asks whether rescued work is deleted, while that is open: it does not come back.
pub(super) fn ask_to_delete_rescued(ui: &mut Ui, state: &mut ViewState, send: Send<'_>) {
    if !state.asks_to_delete_rescued {
        return;
    }
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section("Delete rescued work?"));
        let words = "Work that earlier windows left when they ended before it was saved is deleted, and does not come \
                     back. What is in project files stays.";
        ui.add(Text::body(words));
    };
    let mut is_deleted = false;
    let closes = super::modal(ui, "delete rescued work", 460.0, contents, |ui| {
        is_deleted = ui.add(Button::primary("Delete").icon(Icon::Trash2)).clicked();
        if ui.add(Button::quiet("Cancel")).clicked() {
            ui.close();
        }
    });
    if is_deleted {
        send(Action::Run(Command::Project(ProjectCommand::DeleteRescued)));
    }
    state.asks_to_delete_rescued = !(closes || is_deleted);
}
