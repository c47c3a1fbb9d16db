//! Compare periods: two windows on a timeline, cohorts, how every metric changed, and where the time came from.

mod charts;
mod cohorts;
mod windows;

use egui::Ui;

use super::proof::Proven as _;
use super::{Action, Send, ViewContext, ViewState, is_by_month, verdict};
use crate::dataset::Metric;
use crate::privacy::{Cohort, CohortNumbers, CompareMetric, Comparison, Version};
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, Card, EmptyState, page_header};
use crate::workbench::{Command, CompareAnswer, CompareCommand, FileCommand, Number, wording};

pub(super) use cohorts::windows;

/// What is chosen on the screen for the looks of it.
#[derive(Debug, Default)]
pub(super) struct CompareState {
    version: Version,
    /// The metric whose cohorts are shown.
    metric: Option<CompareMetric>,
    /// The cohort whose metrics are shown.
    cohort: Option<Cohort>,
    /// What a drag over the timeline chooses.
    drag: windows::Drag,
    /// Whether the windows are shown by their dates too.
    shows_dates: bool,
    /// The cohort that is being made.
    making: Option<cohorts::Making>,
}

impl CompareState {
    /// Whether a window lies over the screen.
    pub(super) fn has_modal(&self) -> bool {
        self.making.is_some()
    }
}

/// What every part of the screen looks at.
#[derive(Clone, Copy)]
struct Shown<'a> {
    answer: &'a CompareAnswer,
    comparison: &'a Comparison,
    version: Version,
}

impl Shown<'_> {
    /// The place of the cohort whose metrics are shown: what was chosen, else what the title is about.
    fn place(&self, chosen: Option<&Cohort>) -> usize {
        let cohorts = &self.comparison.cohorts;
        let chosen = chosen.and_then(|wanted| cohorts.iter().position(|of| of.cohort == *wanted));
        let leading = || {
            let (leading, _) = wording::leading_cohort(self.comparison, self.version)?;
            cohorts.iter().position(|of| of.cohort == leading.cohort)
        };
        chosen.or_else(leading).unwrap_or_default()
    }

    fn numbers(&self, place: usize) -> Option<&CohortNumbers> {
        self.comparison.cohorts.get(place)?.outcome.as_ref().ok()
    }
}

fn run(command: CompareCommand) -> Action {
    Action::Run(Command::Compare(command))
}

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(answer) = context.workbench.comparison() else {
        page_header(ui, "Compare periods", "Working out the windows\u{2026}");
        return;
    };
    if answer.question.is_none() {
        too_few(ui, context, send);
        return;
    }
    let version = state.compare.version;
    let shown = answer.comparison().map(|comparison| Shown { answer, comparison, version });
    header(ui, context, shown);
    verdict::caution(ui, context, &Metric::ALL);
    ui.add_space(space::MEDIUM);
    windows::card(ui, context, &mut state.compare, answer, send);
    ui.add_space(space::GAP);
    let Some(shown) = shown else { return };
    cohorts::row(ui, answer, send);
    charts::by_cohort(ui, context, state, shown, send);
    ui.add_space(space::GAP);
    charts::by_metric(ui, context, state, shown, send);
    ui.add_space(space::GAP);
    charts::came_from(ui, context, state, shown, send);
    ui.add_space(space::GAP);
    people(ui, context, shown);
}

/// The finding, and the windows that it is about.
fn header(ui: &mut Ui, context: &ViewContext<'_>, shown: Option<Shown<'_>>) {
    let by_month = is_by_month(context);
    let Some(shown) = shown else {
        page_header(ui, "Compare periods", "Two windows of equal length, one after the other.");
        return;
    };
    let windows = wording::windows(shown.comparison, by_month, context.locale);
    let title = wording::comparison_title(shown.comparison, shown.version, by_month, context.locale);
    let place = shown.place(None);
    let metric = shown.numbers(place).and_then(charts::first_metric);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        match (title, metric) {
            (Some(title), Some(metric)) => {
                ui.add(Text::title(title).proven(&Number::Changed(place, Some(metric))));
                let changes = shown.numbers(place).and_then(|numbers| numbers.changes(metric));
                let of_whom = match changes.map(|changes| changes.of(shown.version).1) {
                    Some(Version::SamePeople) => " Of the same people in both windows.",
                    Some(Version::Everyone) => " Of everyone present.",
                    None => "",
                };
                let words = format!("{windows}.{of_whom}");
                ui.add(Text::body(words).secondary().proven(&Number::Changed(place, Some(metric))));
            }
            _ => {
                ui.add(Text::title("No change can be shown of these cohorts"));
                ui.add(Text::body("Choose larger cohorts, or other windows.").secondary());
            }
        }
    });
}

/// An export whose weeks make no two windows.
fn too_few(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    page_header(ui, "Compare periods", "Two windows of equal length, one after the other.");
    let periods = if is_by_month(context) { "two months" } else { "four whole weeks" };
    let why = format!(
        "A comparison needs {periods} or more that are not left out. Open an export that reaches further back, or several of them at once."
    );
    let empty = EmptyState::new(Icon::CalendarRange, "Too few weeks to compare", why);
    let empty = empty.action(Button::primary("Open export\u{2026}").icon(Icon::FolderOpen));
    if Card::new().show(ui, |ui| empty.show(ui)).inner.is_some() {
        send(Action::Run(Command::File(FileCommand::Pick)));
    }
}

/// How many people each cohort is, why one is not shown, and what stands clearly apart.
fn people(ui: &mut Ui, context: &ViewContext<'_>, shown: Shown<'_>) {
    let locale = context.locale;
    let k = shown.answer.rules().minimum_group_size();
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Who was compared"));
        for (place, of) in shown.comparison.cohorts.iter().enumerate() {
            let name = wording::cohort(&of.cohort);
            let number = Number::Changed(place, None);
            if let Ok(numbers) = &of.outcome {
                let words = format!("{name}: {}.", wording::cohort_people(numbers, k, locale));
                ui.add(Text::body(words).proven(&number));
            }
        }
        let is_led = |cohort: &Cohort| matches!(cohort, Cohort::Managers | Cohort::Leaders);
        if shown.answer.cohorts.iter().any(is_led) {
            let words = wording::roles_note(shown.answer.choices.roles_from.as_deref());
            ui.add(Text::caption(words).secondary());
        }
        let apart = shown.comparison.differences.iter().filter(|known| known.version == shown.version);
        let apart: Vec<_> = apart
            .filter_map(|known| {
                let words = wording::cohort_difference(known, shown.comparison, locale)?;
                Some((Number::Changed(known.more, Some(known.metric)), words))
            })
            .collect();
        ui.add_space(space::SMALL);
        ui.add(Text::body("Clearly different between cohorts").medium());
        if apart.is_empty() {
            ui.add(Text::body("No two cohorts changed clearly differently.").secondary());
        }
        for (number, words) in apart {
            ui.add(Text::body(words).proven(&number));
        }
    });
}
