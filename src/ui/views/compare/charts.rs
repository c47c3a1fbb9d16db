//! The charts of a comparison: cohorts on one metric, metrics of one cohort, and where the time came from.

use egui::{Align, Layout, Ui};

use super::super::proof::{Proven as _, id_of};
use super::super::{Action, Send, ViewContext, ViewState, chart, is_by_month, source_line};
use super::{Shown, cohorts};
use crate::privacy::{
    ChangeVerdict, Changes, Cohort, CohortNumbers, CompareMetric, Movement, NoChange, Unavailable, Version,
};
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, Card, DumbbellChart, DumbbellRow, MarkKind, Meaning, ProofId, select};
use crate::workbench::{Number, STEADY_MARGIN, wording};

/// The first metric that a cohort has a change of.
pub(super) fn first_metric(numbers: &CohortNumbers) -> Option<CompareMetric> {
    CompareMetric::ALL.into_iter().find(|metric| numbers.changes(*metric).is_some())
}

/// One row of a chart or a table: a metric of a cohort.
struct Line<'a> {
    name: String,
    place: usize,
    metric: CompareMetric,
    changes: &'a Changes,
    movement: &'a Movement,
    version: Version,
}

impl Line<'_> {
    fn number(&self) -> Number {
        Number::Changed(self.place, Some(self.metric))
    }

    /// The cells of its table after the name.
    fn cells(&self, context: &ViewContext<'_>) -> Vec<String> {
        let locale = context.locale;
        let value = |value| wording::compare_number(self.metric, value, locale);
        let [before, after] = self.movement.people.map(|people| text::count(people, locale));
        vec![
            value(self.movement.before),
            value(self.movement.after),
            wording::relative(self.movement, locale),
            wording::exact_range(self.metric, self.movement, locale),
            wording::change_verdict(self.movement.verdict).to_owned(),
            if before == after { before } else { format!("{before}, then {after}") },
            wording::version(self.version).to_owned(),
        ]
    }

    fn detail(&self, context: &ViewContext<'_>) -> String {
        let locale = context.locale;
        let from_to = wording::from_to(self.metric, self.movement, is_by_month(context), locale);
        let mut words = format!(
            "{from_to}, {}, likely {}, {}; {}",
            wording::relative(self.movement, locale),
            wording::exact_range(self.metric, self.movement, locale),
            wording::change_verdict(self.movement.verdict),
            wording::version(self.version),
        );
        if let Some(people) = self.changes.from_zero.filter(|people| *people > 0) {
            words = format!("{words}. {}", wording::from_zero(self.metric, people, locale));
        }
        words
    }
}

/// The headings of a table after the name.
const HEADINGS: [&str; 7] = ["Before", "Now", "Change", "Likely", "Verdict", "People", "Of whom"];

fn table(context: &ViewContext<'_>, name: &str, lines: &[Line<'_>]) -> Vec<Vec<String>> {
    let head = std::iter::once(name).chain(HEADINGS).map(str::to_owned).collect();
    let row = |line: &Line<'_>| std::iter::once(line.name.clone()).chain(line.cells(context)).collect();
    std::iter::once(head).chain(lines.iter().map(row)).collect()
}

fn proofs(lines: &[Line<'_>]) -> Vec<ProofId> {
    lines.iter().map(|line| id_of(&line.number())).collect()
}

fn mark(verdict: ChangeVerdict) -> MarkKind {
    match verdict {
        // More is neither better nor worse.
        ChangeVerdict::Up => MarkKind::Above(Meaning::Neutral),
        ChangeVerdict::Down => MarkKind::Below(Meaning::Neutral),
        ChangeVerdict::HeldSteady => MarkKind::Same,
        ChangeVerdict::CannotTell => MarkKind::NotInFile,
    }
}

/// The change with its range: "+11.2 % (7.3 to 15.0)".
fn change_words(context: &ViewContext<'_>, line: &Line<'_>) -> String {
    let range = wording::exact_range(line.metric, line.movement, context.locale);
    let range = range.trim_end_matches('%').trim_end();
    format!("{} ({range})", wording::relative(line.movement, context.locale))
}

/// Of whom changes are told.
const VERSIONS: [Version; 2] = [Version::SamePeople, Version::Everyone];
const VERSION_WORDS: [&str; 2] = ["the same people in both windows", "everyone present in a window"];

/// A choice of one of several words on the line over a chart.
fn choice(ui: &mut Ui, name: &str, words: &[String], at: &mut usize) {
    let caption = ui.add(Text::body(name).secondary());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    select(ui, name, &words, at).labelled_by(caption.id);
}

// -------------------------------------------------------------------------------------------- cohorts on one metric

/// One metric: each cohort before and now.
pub(super) fn by_cohort(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    shown: Shown<'_>,
    send: Send<'_>,
) {
    let has = |metric: &CompareMetric| {
        shown.comparison.cohorts.iter().flat_map(|of| &of.outcome).any(|numbers| numbers.changes(*metric).is_some())
    };
    let metrics: Vec<CompareMetric> = CompareMetric::ALL.into_iter().filter(has).collect();
    let mut at = metrics.iter().position(|metric| Some(*metric) == state.compare.metric).unwrap_or_default();
    let names: Vec<String> = metrics.iter().map(|metric| wording::compare_metric(*metric).to_owned()).collect();
    ui.horizontal(|ui| {
        choice(ui, "Metric", &names, &mut at);
        ui.add_space(space::GAP);
        let mut version = VERSIONS.iter().position(|known| *known == shown.version).unwrap_or_default();
        choice(ui, "of", &VERSION_WORDS.map(str::to_owned), &mut version);
        state.compare.version = VERSIONS.get(version).copied().unwrap_or_default();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| cohorts::add(ui, context, &mut state.compare));
    });
    ui.add_space(space::SMALL);
    let Some(&metric) = metrics.get(at) else { return };
    state.compare.metric = Some(metric);
    let lines: Vec<Line<'_>> = shown
        .comparison
        .cohorts
        .iter()
        .enumerate()
        .filter_map(|(place, of)| {
            let changes = of.outcome.as_ref().ok()?.changes(metric)?;
            let (movement, version) = changes.of(shown.version);
            Some(Line { name: wording::cohort(&of.cohort), place, metric, changes, movement, version })
        })
        .collect();
    let rows = lines.iter().map(|line| DumbbellRow {
        name: line.name.clone(),
        before: Some(line.movement.before),
        now: line.movement.after,
        interval: {
            let (_, interval) = line.movement.absolute;
            [line.movement.before + interval.low, line.movement.before + interval.high]
        },
        values: wording::values(metric, line.movement, context.locale),
        change: change_words(context, line),
        verdict: mark(line.movement.verdict),
        verdict_word: wording::change_verdict(line.movement.verdict).to_owned(),
        detail: line.detail(context),
    });
    let name = wording::compare_metric(metric);
    let unit = if metric.unit() == "hours" { "h" } else { "" };
    let whole = Number::Changed(lines.first().map_or(0, |line| line.place), Some(metric));
    let chart = DumbbellChart::new(name, ["Cohort", "Before, now", "Change (likely)", "Verdict"], unit, rows.collect());
    let chart = chart.locale(context.locale).proofs(id_of(&whole), proofs(&lines));
    let title = title_of(context, shown, &lines);
    let windows = wording::windows(shown.comparison, is_by_month(context), context.locale);
    let subtitle = format!("{name} per person, {windows}");
    let table = table(context, "Cohort", &lines);
    let words = [title, subtitle, footer(context)];
    let stem = format!("compare-{}", metric.name().replace('_', "-"));
    let picture = chart::dumbbell(words, &stem, chart, table, (whole, proofs(&lines)));
    picture.card(ui, 320.0, state, send);
    versions_note(ui, context, shown, &lines);
}

/// In which cohorts the metric went where; of everyone alone, how it changed.
fn title_of(context: &ViewContext<'_>, shown: Shown<'_>, lines: &[Line<'_>]) -> String {
    let cohort = |line: &Line<'_>| shown.comparison.cohorts.get(line.place).map(|of| of.cohort.clone());
    let named = lines.iter().filter(|line| cohort(line) != Some(Cohort::Everyone));
    let verdicts: Vec<_> = named.map(|line| (line.name.clone(), line.movement.verdict)).collect();
    match lines {
        [only] if verdicts.is_empty() => {
            let by_month = is_by_month(context);
            wording::change_finding(&Cohort::Everyone, only.metric, only.movement, by_month, context.locale)
        }
        _ => wording::cohorts_finding(&verdicts),
    }
}

fn footer(context: &ViewContext<'_>) -> String {
    context.workbench.results().map(|results| source_line(context, results)).unwrap_or_default()
}

/// Where the same people cannot be told, that everyone present is, and why.
fn versions_note(ui: &mut Ui, context: &ViewContext<'_>, shown: Shown<'_>, lines: &[Line<'_>]) {
    let other = lines.iter().filter(|line| line.version != shown.version);
    let names: Vec<String> = other.clone().map(|line| line.name.clone()).collect();
    if let Some(first) = other.clone().next() {
        let k = context.workbench.rules().map_or(0, crate::privacy::Rules::minimum_group_size);
        let whose = if names.len() > 3 { "Some cohorts".to_owned() } else { text::list_and(&names) };
        let words = format!("{whose}: {}", wording::no_same_people(k));
        ui.add(Text::caption(words).secondary().proven(&first.number()));
    }
    for of in &shown.comparison.cohorts {
        if let Err(why) = &of.outcome {
            let why = wording::no_cohort(why, shown.answer.rules(), context.locale);
            let words = format!("{}: not shown. {why}", wording::cohort(&of.cohort));
            ui.add(Text::caption(words).secondary().proven(&Number::Population));
        }
    }
}

// ---------------------------------------------------------------------------------------------- metrics of one cohort

fn lines_of<'a>(shown: &Shown<'a>, place: usize, numbers: &'a CohortNumbers) -> Vec<Line<'a>> {
    let line = |metric: CompareMetric| {
        let changes = numbers.changes(metric)?;
        let (movement, version) = changes.of(shown.version);
        Some(Line { name: wording::compare_metric(metric).to_owned(), place, metric, changes, movement, version })
    };
    CompareMetric::ALL.into_iter().filter_map(line).collect()
}

/// One cohort: what changed and what held steady, of everything that the file has.
pub(super) fn by_metric(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    shown: Shown<'_>,
    send: Send<'_>,
) {
    let places: Vec<usize> =
        (0..shown.comparison.cohorts.len()).filter(|place| shown.numbers(*place).is_some()).collect();
    let cohort = |place: &usize| shown.comparison.cohorts.get(*place).map(|of| of.cohort.clone());
    let names: Vec<String> = places.iter().filter_map(cohort).map(|cohort| wording::cohort(&cohort)).collect();
    let chosen = shown.place(state.compare.cohort.as_ref());
    let mut at = places.iter().position(|place| *place == chosen).unwrap_or_default();
    let before = at;
    ui.horizontal(|ui| choice(ui, "Cohort", &names, &mut at));
    ui.add_space(space::SMALL);
    let Some(&place) = places.get(at) else { return };
    if at != before {
        state.compare.cohort = cohort(&place);
    }
    let Some(numbers) = shown.numbers(place) else { return };
    let lines = lines_of(&shown, place, numbers);
    let with_percent: Vec<&Line<'_>> = lines.iter().filter(|line| line.movement.relative.is_some()).collect();
    let rows = with_percent.iter().filter_map(|line| {
        let (value, interval) = line.movement.relative?;
        Some(DumbbellRow {
            name: line.name.clone(),
            before: None,
            now: 100.0 * value,
            interval: [100.0 * interval.low, 100.0 * interval.high],
            values: wording::values(line.metric, line.movement, context.locale),
            change: change_words(context, line),
            verdict: mark(line.movement.verdict),
            verdict_word: wording::change_verdict(line.movement.verdict).to_owned(),
            detail: line.detail(context),
        })
    });
    let whole = Number::Changed(place, first_metric(numbers));
    let name = names.get(at).cloned().unwrap_or_default();
    let headings = ["Metric", "Before, now", "Change (likely)", "Verdict"];
    let margin = 100.0 * STEADY_MARGIN;
    let parts = with_percent.iter().map(|line| id_of(&line.number())).collect();
    let chart = DumbbellChart::new(name.clone(), headings, "%", rows.collect())
        .zone([-margin, margin], "steady")
        .locale(context.locale)
        .proofs(id_of(&whole), parts);
    let subtitle = wording::windows(shown.comparison, is_by_month(context), context.locale);
    let words = [wording::changed_and_steady(&name, numbers, shown.version), subtitle, footer(context)];
    let table = table(context, "Metric", &lines);
    let picture = chart::dumbbell(words, "compare-metrics", chart, table, (whole, proofs(&lines)));
    picture.card(ui, 440.0, state, send);
    beside(ui, context, &lines, numbers, send);
}

/// Under the chart: who began at nothing, and what the file does not have, with what to ask for.
fn beside(ui: &mut Ui, context: &ViewContext<'_>, lines: &[Line<'_>], numbers: &CohortNumbers, send: Send<'_>) {
    for line in lines {
        if let Some(people) = line.changes.from_zero.filter(|people| *people > 0) {
            let words = wording::from_zero(line.metric, people, context.locale);
            ui.add(Text::caption(words).secondary().proven(&line.number()));
        }
    }
    let mut asked: Vec<String> = Vec::new();
    for missing in &numbers.metrics {
        let Err(why) = &missing.outcome else { continue };
        if let NoChange::Unavailable(Unavailable::NotInFile(columns)) = why {
            asked.extend(columns.iter().map(|metric| wording::metric_name(*metric).to_owned()));
        } else {
            let words = format!("{}: {}", wording::compare_metric(missing.metric), wording::no_change(why));
            ui.add(Text::caption(words).secondary());
        }
    }
    asked.dedup();
    if !asked.is_empty() {
        let list = text::list_and(&asked);
        ui.horizontal_wrapped(|ui| {
            ui.add(Text::caption(format!("Not in this export: {list}.")).secondary());
            if ui.add(Button::quiet("Copy what to ask for").icon(Icon::Copy).small()).clicked() {
                let text =
                    format!("Please add these metrics to the person query, for the same people and weeks: {list}.");
                send(Action::CopyText { text, what: "Request" });
            }
        });
    }
}

// ------------------------------------------------------------------------------------------- where the time came from

/// The parts of the time, in hours.
const PARTS: [CompareMetric; 7] = [
    CompareMetric::CollaborationHours,
    CompareMetric::ExternalHours,
    CompareMetric::InternalHours,
    CompareMetric::AfterHours,
    CompareMetric::EmailHours,
    CompareMetric::ExternalEmailHours,
    CompareMetric::FocusHours,
];

/// One cohort: how many hours more or less of what.
pub(super) fn came_from(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    shown: Shown<'_>,
    send: Send<'_>,
) {
    let place = shown.place(state.compare.cohort.as_ref());
    let (Some(numbers), Some(of)) = (shown.numbers(place), shown.comparison.cohorts.get(place)) else { return };
    let lines: Vec<Line<'_>> =
        lines_of(&shown, place, numbers).into_iter().filter(|line| PARTS.contains(&line.metric)).collect();
    let in_order = PARTS.iter().filter_map(|metric| lines.iter().find(|line| line.metric == *metric));
    let in_order: Vec<&Line<'_>> = in_order.collect();
    if in_order.is_empty() {
        return;
    }
    let rows = in_order.iter().map(|line| {
        let (change, interval) = line.movement.absolute;
        DumbbellRow {
            name: line.name.clone(),
            before: None,
            now: change,
            interval: [interval.low, interval.high],
            values: wording::values(line.metric, line.movement, context.locale),
            change: wording::compare_change(line.metric, change, context.locale),
            verdict: mark(line.movement.verdict),
            verdict_word: wording::change_verdict(line.movement.verdict).to_owned(),
            detail: line.detail(context),
        }
    });
    let whole = Number::Changed(place, Some(CompareMetric::ExternalHours));
    let parts = in_order.iter().map(|line| id_of(&line.number())).collect();
    let headings = ["Hours of", "Before, now", "Hours more or less", "Verdict"];
    let chart = DumbbellChart::new("Where the time came from", headings, "h", rows.collect())
        .zone([0.0, 0.0], "")
        .locale(context.locale)
        .proofs(id_of(&whole), parts);
    let table = table(context, "Hours of", &lines);
    let title = wording::came_from(numbers, shown.version, context.locale);
    let title = title.unwrap_or_else(|| "Where the time came from".to_owned());
    let subtitle = format!("Where the time of {} came from: hours per person", wording::cohort(&of.cohort));
    let picture = chart::dumbbell(
        [title, subtitle, footer(context)],
        "compare-time",
        chart,
        table,
        (whole.clone(), proofs(&lines)),
    );
    picture.card(ui, 320.0, state, send);
    let evenings = wording::after_hours(numbers.after_hours(shown.version));
    if !evenings.is_empty() {
        Card::new().show(ui, |ui| ui.add(Text::body(evenings).proven(&whole)));
    }
}
