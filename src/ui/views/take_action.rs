//! Take action: the groups most affected, the first three practices, the change strategy.

use egui::Ui;

use super::plans::PlanSeed;
use super::proof::Proven as _;
use super::{Action, Send, ViewContext, ViewState};
use crate::guidance;
use crate::insights::Behavior;
use crate::privacy::Outcome;
use crate::project::Cohort;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, bullets};
use crate::workbench::{Command, Number, Route, wording};

/// How many groups are named.
const TOP: usize = 3;

/// Draws the window over the screen, when it is open.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(behavior) = state.take_action else { return };
    let mut group = None;
    let mut seed = None;
    let show = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        group = contents(ui, context, behavior);
    };
    let closes = super::modal(ui, "take action", 560.0, show, |ui| {
        if ui.add(Button::primary("Make a plan").icon(Icon::Target)).clicked() {
            seed = Some(PlanSeed { behavior: Some(behavior), ..PlanSeed::default() });
            ui.close();
        }
        if ui.add(Button::secondary("See your insights").icon(Icon::ArrowRight)).clicked() {
            send(Action::Run(Command::Go(Route::Behavior(behavior))));
            ui.close();
        }
        if ui.add(Button::quiet("Close")).clicked() {
            ui.close();
        }
    });
    if let Some(group) = group {
        seed = Some(PlanSeed { behavior: Some(behavior), group: Some(group), ..PlanSeed::default() });
    }
    if closes || seed.is_some() {
        state.take_action = None;
        state.plan_seed = seed;
    }
}

/// Returns the group for which a plan was asked for.
fn contents(ui: &mut Ui, context: &ViewContext<'_>, behavior: Behavior) -> Option<Cohort> {
    let findings = context.workbench.results()?.findings.as_ref().ok()?;
    let outcome = findings.headline(behavior)?.outcome.as_ref().ok()?;
    let id = behavior.headline();
    let article = guidance::article(behavior);
    let favorable = wording::is_favorable(id, outcome).unwrap_or(false);
    ui.add(Text::section(behavior.title()));
    let sentence = Text::body(wording::sentence(id, outcome, context.locale)).secondary();
    ui.add(sentence.proven(&Number::Share(id)));

    heading(ui, "Groups most affected");
    let group = affected_groups(ui, context, behavior, outcome);

    if favorable {
        heading(ui, "Keep it up");
        let advice: Vec<&str> = article.keep_it_up.iter().map(String::as_str).collect();
        bullets(ui, &advice);
    }
    heading(ui, if favorable { "Practices that keep it so" } else { "Start with these practices" });
    for practice in article.first_practices(favorable) {
        ui.add(Text::body(format!("{} ({} effort)", practice.title, practice.effort.name())).medium());
        ui.add(Text::body(&practice.text).secondary());
        ui.add_space(space::TIGHT);
    }
    if let Some(strategy) = article.change_strategies.first() {
        heading(ui, &format!("Change strategy: {}", strategy.title));
        let steps: Vec<&str> = strategy.steps.iter().map(String::as_str).collect();
        bullets(ui, &steps);
    }
    group
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(space::MEDIUM);
    ui.add(Text::body(words).semi_bold());
}

fn affected_groups(ui: &mut Ui, context: &ViewContext<'_>, behavior: Behavior, outcome: &Outcome) -> Option<Cohort> {
    let id = behavior.headline();
    let groups = outcome.breakdowns.first()?;
    let mut asked = None;
    if groups.focus.is_empty() {
        let note = wording::focus_note(id, groups, context.workbench.settings(), context.locale);
        ui.add(Text::body(note).secondary());
    }
    for group in groups.focus.iter().take(TOP) {
        let words = format!("{}: {}", group.value, wording::focus(id, group, context.locale));
        ui.add(Text::body(words).proven(&Number::Group(id, groups.by.clone(), group.value.clone())));
        if ui.add(Button::quiet(format!("Make a plan for {}", group.value)).icon(Icon::Target)).clicked() {
            asked = Some(Cohort::of_parts(groups.by.names().zip(group.value.parts())));
        }
    }
    asked
}
