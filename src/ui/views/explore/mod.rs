//! Explore the stats: any metric by any attribute, in several views.

mod charts;
mod groups;
mod whole;

use std::sync::Arc;

use egui::{DragValue, Ui};

use super::chart::Picture;
use super::proof::Proven as _;
use super::{Action, NOTHING_SHOWN, Send, ViewContext, ViewState, filters, is_by_month, verdict};
use crate::dataset::{GroupValue, Metric};
use crate::privacy::{Exploration, MeanMetric, MetricByGroups, Style};
use crate::ui::theme::{Icon, Scale, Text, space};
use crate::ui::widgets::{Button, Card, EmptyState, NavItem, card_under, page_header, search_field, select, tabs};
use crate::workbench::{Command, ExploreFigure, Explored, Number, Results, wording};

/// How high charts are, in points at a desk.
const HEIGHT: std::ops::RangeInclusive<f32> = 340.0..=640.0;

/// What stands over and under a chart.
const WORDS: f32 = 400.0;

/// The most that one of two networks has.
const NETWORK_HEIGHT: f32 = 420.0;

/// Over a trend whose it is.
const CHOICE: f32 = 50.0;

/// The width of the list of metrics, in points at a desk.
const LIST_WIDTH: f32 = 340.0;

/// A view of a metric, or of all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    /// Groups with their intervals, the highest first.
    #[default]
    Groups,
    /// People by their mean.
    Distribution,
    /// How people of each group are spread.
    Spread,
    /// Week by week.
    Trend,
    /// Every metric by every group.
    Heat,
    /// External time as a whole.
    External,
    /// Size against breadth.
    Networks,
    /// The four parts.
    Coaching,
    /// The five parts.
    Rhythm,
}

impl View {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Groups, "Groups"),
        (Self::Distribution, "Distribution"),
        (Self::Spread, "Box plots"),
        (Self::Trend, "Trend"),
        (Self::Heat, "Heat table"),
        (Self::External, "External time"),
        (Self::Networks, "Networks"),
        (Self::Coaching, "Coaching style"),
        (Self::Rhythm, "Rhythm of 1:1s"),
    ];

    /// Whether the export can tell it.
    fn applies(self, found: &Exploration) -> bool {
        let has = |style| found.styles.iter().any(|known| known.style == style);
        match self {
            Self::External => found.external.is_ok(),
            Self::Networks => charts::networks(found).next().is_some(),
            Self::Coaching => has(Style::Coaching),
            Self::Rhythm => has(Style::Rhythm),
            _ => true,
        }
    }
}

/// What is chosen on this screen.
#[derive(Debug, Default)]
pub(super) struct ExploreState {
    view: View,
    search: String,
    /// Whose trend; everyone's where nobody is chosen or the group is gone.
    trend_of: Option<GroupValue>,
    /// What an hour of external time costs.
    rate: f64,
}

/// What the charts are made from.
#[derive(Clone, Copy)]
struct Scene<'a> {
    context: &'a ViewContext<'a>,
    results: &'a Results,
    explored: &'a Arc<Explored>,
    found: &'a Exploration,
    by_month: bool,
    /// How high a chart may be, in points at a desk.
    height: f32,
}

impl<'a> Scene<'a> {
    /// The metric that was asked for, where it may be told.
    fn chosen(&self) -> Option<&'a MetricByGroups> {
        let asked = self.explored.question.metric.name();
        self.found.metrics.iter().find(|known| known.metric.name() == asked)
    }

    /// The headings of groups: "Organization · Level".
    fn heading(&self) -> String {
        let by = self.found.by.as_ref();
        by.map_or_else(|| "Group".to_owned(), |by| by.names().collect::<Vec<_>>().join(" \u{b7} "))
    }
}

/// The columns that a metric is computed from.
fn columns(metric: MeanMetric) -> Vec<Metric> {
    match metric {
        MeanMetric::Of(metric) => vec![metric],
        MeanMetric::OneToOneHours => vec![Metric::Manager11Hours, Metric::Manager11MeetingAndCallHours],
        MeanMetric::ExternalShare => vec![Metric::ExternalHours, Metric::CollaborationHours],
    }
}

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, results: &Results, send: Send<'_>) {
    page_header(ui, "Explore the stats", "");
    ui.add_space(space::SMALL);
    ui.horizontal_wrapped(|ui| {
        metric_button(ui, context, state, send);
        ui.add_space(space::SMALL);
        filters::group_by(ui, "explore by", context, results, send);
    });
    let columns = context.workbench.explored_metric().map(columns).unwrap_or_default();
    verdict::caution(ui, context, &columns);
    ui.add_space(space::SMALL);
    let Some(explored) = context.workbench.explored() else {
        ui.add(Text::lead("Looking at the numbers\u{2026}").secondary());
        return;
    };
    let found = match &explored.found {
        Ok(found) => found,
        Err(hidden) => {
            let why = hidden.sentence(explored.rules).in_words(context.locale);
            EmptyState::new(Icon::ShieldCheck, NOTHING_SHOWN, why).show(ui);
            return;
        }
    };
    let views: Vec<(View, &str)> = View::ALL.into_iter().filter(|(view, _)| view.applies(found)).collect();
    let words: Vec<&str> = views.iter().map(|(_, word)| *word).collect();
    let mut selected = views.iter().position(|(view, _)| *view == state.exploring.view).unwrap_or_default();
    tabs(ui, &words, &mut selected);
    if let Some((view, _)) = views.get(selected) {
        state.exploring.view = *view;
    }
    ui.add_space(space::MEDIUM);
    let by_month = is_by_month(context);
    // As much as the window has, so that a large one shows more.
    let room = ui.ctx().content_rect().height() / Scale::of(ui).factor() - WORDS;
    let height = room.clamp(*HEIGHT.start(), *HEIGHT.end());
    let scene = Scene { context, results, explored, found, by_month, height };
    match state.exploring.view {
        View::Groups => groups(ui, scene, state, send),
        View::Distribution => one(ui, scene, charts::distribution(scene), state, send),
        View::Spread => one(ui, scene, groups::spread(scene), state, send),
        View::Trend => trend(ui, scene, state, send),
        View::Heat => {
            whole::heat(scene).card(ui, scene.height, state, send);
            note(ui, "Color only where a group differs clearly from everyone else: blue above, orange below.");
        }
        View::External => external(ui, scene, state, send),
        View::Networks => {
            for picture in charts::networks(found).filter_map(|axes| charts::bubbles(scene, axes)) {
                picture.card(ui, scene.height.min(NETWORK_HEIGHT), state, send);
                ui.add_space(space::GAP);
            }
        }
        View::Coaching => style(ui, scene, Style::Coaching, state, send),
        View::Rhythm => style(ui, scene, Style::Rhythm, state, send),
    }
}

/// The metric that is looked at; a click opens the list of all.
fn metric_button(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(metric) = context.workbench.explored_metric() else { return };
    let button = ui.add(Button::secondary(wording::mean_name(metric)).icon(Icon::ChartScatter).opens_menu());
    let metrics = context.workbench.metrics();
    let search = &mut state.exploring.search;
    card_under(&button, LIST_WIDTH, |ui| {
        search_field(ui, search, "Search metrics").request_focus();
        let typed = search.trim().to_lowercase();
        let mut chosen = None;
        egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for heading in wording::METRIC_GROUPS {
                let is_found = |known: &&MeanMetric| {
                    let name = wording::mean_name(**known).to_lowercase();
                    wording::metric_group(**known) == heading && (typed.is_empty() || name.contains(&typed))
                };
                let found: Vec<MeanMetric> = metrics.iter().filter(is_found).copied().collect();
                if found.is_empty() {
                    continue;
                }
                ui.add_space(space::SMALL);
                ui.add(Text::caption(heading).secondary());
                for known in found {
                    let item =
                        NavItem::new(Icon::ChartNoAxesColumn, wording::mean_name(known)).selected(known == metric);
                    if ui.add(item).clicked() {
                        chosen = Some(known);
                    }
                }
            }
        });
        if let Some(chosen) = chosen {
            search.clear();
            send(Action::Run(Command::Explore(chosen)));
        }
        chosen.is_some()
    });
}

/// A line under a chart.
fn note(ui: &mut Ui, words: &str) {
    ui.add_space(space::SMALL);
    ui.add(Text::caption(words).secondary());
}

/// One chart of the metric, or why there is none.
fn one(ui: &mut Ui, scene: Scene<'_>, picture: Option<Picture>, state: &mut ViewState, send: Send<'_>) {
    match picture {
        Some(picture) => picture.card(ui, scene.height, state, send),
        None => nothing(ui, scene),
    }
}

fn nothing(ui: &mut Ui, scene: Scene<'_>) {
    let why = match &scene.found.chosen {
        Err(why) => wording::unavailable(why),
        Ok(_) => "Choose another attribute to group by, or a smaller filter.".to_owned(),
    };
    EmptyState::new(Icon::FileQuestionMark, "Nothing to show here", why).show(ui);
}

fn groups(ui: &mut Ui, scene: Scene<'_>, state: &mut ViewState, send: Send<'_>) {
    one(ui, scene, groups::ranked(scene), state, send);
    let Some(by) = scene.chosen() else { return };
    let chance = wording::chance(wording::Marked::AgainstTheRest, &by.chance, scene.context.locale);
    let hidden = by.hidden.map(|hidden| wording::hidden(hidden, scene.context.locale)).unwrap_or_default();
    let number = Number::Explore(by.metric, ExploreFigure::Mean, None);
    for words in [chance, hidden].into_iter().filter(|words| !words.is_empty()) {
        ui.add_space(space::TIGHT);
        ui.add(Text::caption(words).secondary().proven(&number));
    }
}

/// The trend of everyone, or of a group that is chosen.
fn trend(ui: &mut Ui, scene: Scene<'_>, state: &mut ViewState, send: Send<'_>) {
    let Ok(chosen) = &scene.found.chosen else { return nothing(ui, scene) };
    let mut words = vec!["Everyone in the selection"];
    words.extend(chosen.group_trends.iter().map(|(value, _)| value.as_str()));
    let of = state.exploring.trend_of.as_ref();
    let place = of.and_then(|of| chosen.group_trends.iter().position(|(value, _)| value == of));
    let mut selected = place.map_or(0, |place| place + 1);
    ui.horizontal(|ui| {
        let label = ui.add(Text::body("Of").secondary());
        select(ui, "trend of", &words, &mut selected).labelled_by(label.id);
    });
    ui.add_space(space::SMALL);
    let group = selected.checked_sub(1).and_then(|place| chosen.group_trends.get(place));
    state.exploring.trend_of = group.map(|(value, _)| value.clone());
    match charts::trend(scene, chosen, group) {
        Some(picture) => picture.card(ui, scene.height - CHOICE, state, send),
        None => nothing(ui, scene),
    }
    let trend = group.map_or(&chosen.trend, |(_, trend)| trend);
    let number =
        Number::Explore(scene.explored.question.metric, ExploreFigure::Trend, group.map(|(value, _)| value.clone()));
    for unusual in trend.unusual.iter().skip(1).take(4) {
        ui.add_space(space::TIGHT);
        let words = wording::unusual_words(unusual, scene.by_month || trend.by_month, scene.context.locale);
        ui.add(Text::body(format!("Also: {words}.")).proven(&number));
    }
    note(ui, wording::USUAL_NOTE);
}

fn external(ui: &mut Ui, scene: Scene<'_>, state: &mut ViewState, send: Send<'_>) {
    let Ok(external) = &scene.found.external else { return };
    let locale = scene.context.locale;
    let number = Number::Explore(MeanMetric::Of(Metric::ExternalHours), ExploreFigure::External, None);
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        let title = wording::external_title(external, scene.by_month, locale);
        ui.add(Text::section(title).proven(&number));
        for words in whole::how_sure(external, locale) {
            ui.add(Text::body(words).secondary().proven(&number));
        }
        ui.add_space(space::SMALL);
        match wording::external_cost(external, state.exploring.rate, scene.by_month, locale) {
            None => {
                ui.add(Text::body("The sum of hours is not told: one person gives over half of it.").secondary());
            }
            Some(words) => {
                ui.horizontal(|ui| {
                    let label = ui.add(Text::body("Cost of an hour").medium());
                    let field =
                        DragValue::new(&mut state.exploring.rate).range(0.0..=100_000.0).speed(1.0).max_decimals(2);
                    ui.add(field).labelled_by(label.id);
                    ui.add(Text::caption("in your currency; you enter it").secondary());
                });
                ui.add(Text::body(words).proven(&number));
            }
        }
    });
    ui.add_space(space::GAP);
    match whole::concentration(scene, external) {
        Some(picture) => picture.card(ui, 240.0, state, send),
        None => {
            note(ui, "How external time is shared out is not told: too few people have most of it.");
        }
    }
}

/// The height of the four fields of coaching style, in points at a desk.
const FIELDS_HEIGHT: f32 = 190.0;

fn style(ui: &mut Ui, scene: Scene<'_>, style: Style, state: &mut ViewState, send: Send<'_>) {
    let Some(found) = scene.found.styles.iter().find(|known| known.style == style) else { return };
    if style == Style::Coaching
        && let Some(fields) = whole::four_fields(scene, found)
    {
        fields.card(ui, FIELDS_HEIGHT, state, send);
        ui.add_space(space::GAP);
    }
    whole::style(scene, found).card(ui, scene.height, state, send);
    if let Some(hidden) = found.hidden {
        let number = whole::style_number(scene, style, None);
        ui.add_space(space::TIGHT);
        ui.add(Text::caption(wording::hidden(hidden, scene.context.locale)).secondary().proven(&number));
    }
    note(ui, whole::style_note(style));
}
