//! The guidance panel of a behavior: why it matters, best practices, change strategy, definition.

use egui::{Align, Response, ScrollArea, Ui};

use super::ViewState;
use super::plans::PlanSeed;
use crate::guidance::{self, Article, SourceRef};
use crate::insights::Behavior;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, prose, source_line, tabs};

/// The tabs of the panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    /// Evidence.
    Why,
    /// Practices: what stands next to the chart.
    #[default]
    Practices,
    /// Strategies with steps.
    Strategy,
    /// How the numbers are defined.
    Definition,
}

const TABS: [(Tab, &str); 4] = [
    (Tab::Practices, "Best practices"),
    (Tab::Why, "Why it matters"),
    (Tab::Strategy, "Change strategy"),
    (Tab::Definition, "Definition"),
];

/// Draws the panel.
pub(super) fn show(ui: &mut Ui, state: &mut ViewState, behavior: Behavior, favorable: bool) {
    let article = guidance::article(behavior);
    let mut selected = TABS.iter().position(|(tab, _)| *tab == state.guidance_tab).unwrap_or_default();
    if tabs(ui, &TABS.map(|(_, word)| word), &mut selected) {
        state.guidance_tab = TABS[selected].0;
    }
    ui.add_space(space::SMALL);
    let area = ScrollArea::vertical().id_salt(("guidance", behavior, TABS[selected].1)).auto_shrink([false, false]);
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        match state.guidance_tab {
            Tab::Why => why(ui, article),
            Tab::Practices => practices(ui, article, favorable, state),
            Tab::Strategy => strategies(ui, article, state),
            Tab::Definition => definitions(ui, article),
        }
        ui.add_space(space::GAP);
    });
}

/// Brings a heading into sight where it is the one that was asked for.
fn come_into_sight(heading: &Response, id: &str, place: &mut Option<String>) {
    if place.as_deref() == Some(id) {
        heading.scroll_to_me(Some(Align::Min));
        *place = None;
    }
}

fn practices(ui: &mut Ui, article: &Article, favorable: bool, state: &mut ViewState) {
    // Those that the finding calls for come first, then the others in their order.
    let first = article.first_practices(favorable);
    let others = article.best_practices.iter().filter(|practice| first.iter().all(|known| known.id != practice.id));
    for practice in first.iter().copied().chain(others) {
        let heading = ui.add(Text::body(&practice.title).semi_bold());
        come_into_sight(&heading, &practice.id, &mut state.guidance_place);
        ui.add(Text::body(&practice.text));
        source_line(ui, &sources(&practice.sources), Some(&format!("{} effort", practice.effort.name())));
        add_to_plan(ui, state, article, &practice.id, std::slice::from_ref(&practice.title));
        ui.add_space(space::MEDIUM);
    }
}

/// Makes a plan with these tasks, or adds them to the one that is under way.
fn add_to_plan(ui: &mut Ui, state: &mut ViewState, article: &Article, id: &str, tasks: &[String]) {
    let button = Button::quiet("Add to plan").icon(Icon::Plus);
    if ui.push_id(id, |ui| ui.add(button)).inner.clicked() {
        state.plan_seed = Some(PlanSeed {
            behavior: Some(article.behavior),
            tasks: tasks.to_vec(),
            guidance: Some(id.to_owned()),
            ..PlanSeed::default()
        });
    }
}

/// The first source by its title, and how many more there are.
fn sources(sources: &[SourceRef]) -> String {
    match sources {
        [] => String::new(),
        [one] => one.title.clone(),
        [first, more @ ..] => format!("{} and {} more", first.title, more.len()),
    }
}

fn why(ui: &mut Ui, article: &Article) {
    prose(ui, &article.lead);
    ui.add_space(space::SMALL);
    for evidence in &article.why_it_matters {
        ui.add(Text::body(&evidence.title).semi_bold());
        ui.add(Text::body(&evidence.statement));
        ui.add(Text::caption(format!("It shows: {}", evidence.shows)).secondary());
        ui.add(Text::caption(format!("It does not show: {}", evidence.does_not_show)).secondary());
        source_line(ui, &evidence.source.citation(), None);
        ui.add_space(space::MEDIUM);
    }
}

fn strategies(ui: &mut Ui, article: &Article, state: &mut ViewState) {
    for strategy in &article.change_strategies {
        let heading = ui.add(Text::body(&strategy.title).semi_bold());
        come_into_sight(&heading, &strategy.id, &mut state.guidance_place);
        ui.add(Text::body(&strategy.text));
        for (index, step) in strategy.steps.iter().enumerate() {
            ui.horizontal_top(|ui| {
                ui.add(Text::body(format!("{}.", index + 1)).medium());
                ui.vertical(|ui| ui.add(Text::body(step)));
            });
        }
        source_line(ui, &sources(&strategy.sources), None);
        add_to_plan(ui, state, article, &strategy.id, &strategy.steps);
        ui.add_space(space::MEDIUM);
    }
}

fn definitions(ui: &mut Ui, article: &Article) {
    for definition in &article.definitions {
        ui.add(Text::body(&definition.title).semi_bold());
        prose(ui, &definition.text);
        ui.add_space(space::MEDIUM);
    }
}
