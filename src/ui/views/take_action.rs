//! Take action: the groups most affected, the first three practices, the change strategy.

use egui::{Id, Modal, Ui};

use super::{Action, Send, ViewContext, ViewState};
use crate::guidance;
use crate::insights::Behavior;
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, bullets};
use crate::workbench::{Command, Route, wording};

/// How many groups are named.
const TOP: usize = 3;

/// Draws the window over the screen, when it is open.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(behavior) = state.take_action else { return };
    let modal = Modal::new(Id::unique("take action")).show(ui.ctx(), |ui| {
        ui.set_width(560.0);
        ui.spacing_mut().item_spacing.y = space::SMALL;
        contents(ui, context, behavior);
        ui.add_space(space::SMALL);
        ui.horizontal(|ui| {
            if ui.add(Button::primary("See your insights").icon(Icon::ArrowRight)).clicked() {
                send(Action::Run(Command::Go(Route::Behavior(behavior))));
                ui.close();
            }
            if ui.add(Button::quiet("Close")).clicked() {
                ui.close();
            }
        });
    });
    if modal.should_close() {
        state.take_action = None;
    }
}

fn contents(ui: &mut Ui, context: &ViewContext<'_>, behavior: Behavior) {
    let Some(results) = context.workbench.results() else { return };
    let Ok(findings) = &results.findings else { return };
    let Some(Ok(outcome)) = findings.headline(behavior).map(|insight| &insight.outcome) else { return };
    let id = behavior.headline();
    let article = guidance::article(behavior);
    let favorable = wording::is_favorable(id, outcome).unwrap_or(false);
    ui.add(Text::section(format!("Take action: {}", behavior.title())));
    ui.add(Text::body(wording::sentence(id, outcome, context.locale)).secondary());

    ui.add(Text::body("Groups most affected").semi_bold());
    let focus: Vec<_> = outcome.breakdowns.iter().flat_map(|groups| &groups.focus).take(TOP).collect();
    if focus.is_empty() {
        ui.add(Text::body("No group is clearly worse off than the rest.").secondary());
    }
    for group in focus {
        ui.add(Text::body(format!("{}: {}", group.value, wording::focus(id, group, context.locale))));
    }

    ui.add(Text::body(if favorable { "Keep it up" } else { "Start with these practices" }).semi_bold());
    if favorable {
        let advice: Vec<&str> = article.keep_it_up.iter().map(String::as_str).collect();
        bullets(ui, &advice);
    }
    for practice in article.first_practices(favorable) {
        ui.add(Text::body(format!("{} ({} effort)", practice.title, practice.effort.name())).medium());
        ui.add(Text::body(&practice.text).secondary());
    }
    if let Some(strategy) = article.change_strategies.first() {
        ui.add(Text::body("Change strategy").semi_bold());
        ui.add(Text::body(format!(
            "{}, in {}",
            strategy.title,
            text::counted(strategy.steps.len(), "step", "steps", context.locale)
        )));
    }
}
