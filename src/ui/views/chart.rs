//! Charts of published results: from a finding to the kit's chart, and alone as a picture.

use std::sync::Arc;

use egui::{Margin, Ui};

use super::proof::id_of;
use super::{Action, Send, ViewContext, ViewState, source_line};
use crate::privacy::{Groups, InsightId, Outcome};
use crate::report::{HandOut, explored_table};
use crate::text;
use crate::ui::theme::{Scale, Text, Tokens, space};
use crate::ui::widgets::{
    Band, BandBar, BandColumn, BubbleChart, ChartAction, ChartFrame, DataTable, DistributionChart, DumbbellChart,
    FunnelChart, GroupList, HeatTable, MatrixChart, PartsList, ProofId, Provable, Reference, ReferenceKind,
    TableColumn, TrendChart, TrendPoint, TrendSeries,
};
use crate::workbench::{Explored, Number, Results, wording};

/// A chart with its words, to be drawn anywhere: on a page, in a room, alone as a picture.
#[derive(Clone, Debug)]
pub struct Picture {
    title: String,
    subtitle: String,
    footer: String,
    file_stem: String,
    chart: Chart,
    table: Vec<Vec<String>>,
    proofs: Proofs,
    /// What its numbers are saved from.
    data: Option<Arc<Explored>>,
    /// Why its numbers are not fit, which somebody asked to see anyway.
    stamp: Option<(String, ProofId)>,
}

/// How the numbers of a chart's words were made.
#[derive(Clone, Debug)]
pub(super) struct Proofs {
    pub(super) title: Option<ProofId>,
    pub(super) subtitle: ProofId,
    /// Of the rows of its table, in their order.
    pub(super) rows: Vec<ProofId>,
}

/// The words of a chart.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) footer: String,
    pub(super) file_stem: String,
}

#[derive(Clone, Debug)]
pub(super) enum Chart {
    Distribution(DistributionChart),
    Trend(TrendChart),
    Funnel(FunnelChart),
    Dumbbell(DumbbellChart),
    Matrix(MatrixChart),
    Bubbles(BubbleChart),
    /// With how many rows.
    Groups(GroupList, usize),
    Heat(HeatTable, usize),
    Parts(PartsList, usize),
}

/// The size of most pictures: a slide's.
const SLIDE: egui::Vec2 = egui::vec2(960.0, 540.0);

/// The words of a picture, over and under its chart.
const PICTURE_WORDS: f32 = 220.0;

/// Those under it.
const PICTURE_FOOT: f32 = 56.0;

impl Picture {
    /// A chart with its words, and the rows of its table.
    pub(super) fn new(words: Words, chart: Chart, table: Vec<Vec<String>>, proofs: Proofs) -> Self {
        let Words { title, subtitle, footer, file_stem } = words;
        Self { title, subtitle, footer, file_stem, chart, table, proofs, data: None, stamp: None }
    }

    /// The same with what its numbers are saved from.
    pub(super) fn of(words: Words, chart: Chart, table: Vec<Vec<String>>, proofs: Proofs, data: Arc<Explored>) -> Self {
        Self { data: Some(data), ..Self::new(words, chart, table, proofs) }
    }

    /// How large it is as a picture: lists are as high as all of their rows.
    #[must_use]
    pub fn size(&self) -> egui::Vec2 {
        let (width, height) = match &self.chart {
            Chart::Groups(_, rows) => (SLIDE.x, GroupList::height_of(*rows)),
            Chart::Heat(table, rows) => (table.width().max(SLIDE.x), HeatTable::height_of(*rows)),
            Chart::Parts(_, rows) => (SLIDE.x, PartsList::height_of(*rows)),
            _ => return SLIDE,
        };
        egui::vec2(width, (height + PICTURE_WORDS).max(SLIDE.y))
    }

    /// The name of a file for it, without its ending.
    #[must_use]
    pub fn file_stem(&self) -> &str {
        &self.file_stem
    }

    /// Its numbers as text, with where they come from.
    pub(super) fn table_text(&self) -> String {
        with_source(&self.table, &self.foot())
    }

    /// Where its numbers come from, and why they are not fit, where they are not.
    fn foot(&self) -> String {
        let stamp = self.stamp.as_ref().map(|(words, _)| format!("{words} ")).unwrap_or_default();
        stamp + &self.footer
    }

    /// Draws it alone, on a card of its own.
    pub fn show(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        egui::Frame::new().fill(tokens.card).inner_margin(Margin::same(32)).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            ui.add(Text::title(&self.title));
            ui.add(Text::lead(&self.subtitle).secondary());
            ui.add_space(space::GAP);
            let foot = if self.stamp.is_some() { 1.5 * PICTURE_FOOT } else { PICTURE_FOOT };
            let chart_height = (ui.available_height() - foot).max(120.0);
            self.show_whole(ui, chart_height);
            ui.add_space(space::SMALL);
            ui.add(Text::caption(self.foot()).secondary());
        });
    }

    /// Draws the chart with all of its rows.
    fn show_whole(&self, ui: &mut Ui, height: f32) {
        match self.chart.clone() {
            Chart::Groups(list, rows) => {
                list.rows_in_sight(rows).show(ui);
            }
            Chart::Heat(table, rows) => table.rows_in_sight(rows).show(ui),
            Chart::Parts(list, rows) => list.rows_in_sight(rows).show(ui),
            _ => self.show_chart(ui, height),
        }
    }

    /// Draws the chart without its words, `height` points high at a desk.
    pub(super) fn show_chart(&self, ui: &mut Ui, height: f32) {
        match self.chart.clone() {
            Chart::Distribution(chart) => _ = chart.height(height).show(ui),
            Chart::Trend(chart) => _ = chart.height(height).show(ui),
            Chart::Funnel(chart) => _ = chart.height(height).show(ui),
            Chart::Matrix(chart) => _ = chart.height(height).show(ui),
            Chart::Bubbles(chart) => _ = chart.height(height).show(ui),
            Chart::Dumbbell(chart) => chart.show(ui),
            Chart::Groups(list, _) => _ = list.rows_in_sight(rows_in(height, GroupList::height_of)).show(ui),
            Chart::Heat(table, _) => table.rows_in_sight(rows_in(height, HeatTable::height_of)).show(ui),
            Chart::Parts(list, _) => list.rows_in_sight(rows_in(height, PartsList::height_of)).show(ui),
        }
    }

    /// Draws the chart on a card of a page, or its table, with its menu.
    pub(super) fn card(&self, ui: &mut Ui, height: f32, state: &mut ViewState, send: Send<'_>) {
        let as_table = state.shown_as_table.contains(&self.file_stem);
        let Proofs { title, subtitle, rows } = &self.proofs;
        let frame = ChartFrame::new(&self.title).subtitle(&self.subtitle).as_table(as_table);
        let frame = frame.proofs(title.clone(), Some(subtitle.clone()));
        let frame = if self.data.is_some() { frame.with_data() } else { frame };
        let asked = frame.show(ui, |ui| {
            if as_table {
                table(ui, &self.file_stem, &self.table, height, rows);
            } else {
                self.show_chart(ui, height);
            }
            if let Some((words, proof)) = &self.stamp {
                ui.add_space(Scale::of(ui).space(space::TIGHT));
                ui.add(Provable::new(Text::caption(words), proof.clone()));
            }
        });
        match asked {
            None => {}
            Some(ChartAction::ToggleTable) => state.toggle_table(&self.file_stem),
            Some(ChartAction::CopyTable) => {
                send(Action::CopyText { text: self.table_text(), what: "Table" });
            }
            Some(ChartAction::CopyPicture) => send(Action::CopyPicture(Box::new(self.clone()))),
            Some(ChartAction::SavePicture) => send(Action::SavePicture(Box::new(self.clone()))),
            Some(ChartAction::SaveDrawing) => send(Action::SaveDrawing(Box::new(self.clone()))),
            Some(ChartAction::SaveData) => {
                if let Some(HandOut { name, bytes }) = self.data.as_deref().and_then(explored_table) {
                    send(Action::SaveFile { name, bytes });
                }
            }
        }
    }
}

/// How many rows fit a height, at least ten.
fn rows_in(height: f32, height_of: fn(usize) -> f32) -> usize {
    let row = height_of(1) - height_of(0);
    (((height - height_of(0)) / row).floor().max(10.0)) as usize
}

/// A table of words; its first row holds the headings, its first column names. `proofs` are those of the rows.
pub(super) fn table(ui: &mut Ui, name: &str, rows: &[Vec<String>], height: f32, proofs: &[ProofId]) {
    let Some((headings, rows)) = rows.split_first() else { return };
    let column = |(index, heading): (usize, &String)| TableColumn { heading: heading.clone(), figures: index > 0 };
    let columns = headings.iter().enumerate().map(column).collect();
    DataTable::new(name, columns, rows.len())
        .max_height(height)
        .proofs(proofs.iter().cloned().map(Some).collect())
        .show(ui, |row, column| rows.get(row).and_then(|row| row.get(column)).cloned().unwrap_or_default());
}

/// The distribution of an insight as a chart.
pub(super) fn distribution(context: &ViewContext<'_>, results: &Results, id: InsightId, outcome: &Outcome) -> Picture {
    let columns = outcome.bands.iter().map(|band| BandColumn {
        name: band.label.clone(),
        share: band.share.get(),
        value: text::percent(band.share, outcome.people, context.locale),
        detail: exact_share(context, band.share.get(), outcome.people),
    });
    let name = distribution_title(id);
    let chart = DistributionChart::new(name, columns.collect());
    Picture {
        title: wording::distribution(id, outcome, context.locale),
        subtitle: format!("{name}, {}", population_line(context, results)),
        footer: source_line(context, results),
        stamp: stamp(context, results, id),
        file_stem: format!("{}-distribution", id.name().replace('_', "-")),
        chart: Chart::Distribution(chart.proofs(id_of(&Number::Distribution(id)), band_proofs(id, outcome))),
        table: band_table(context, id, outcome),
        data: None,
        proofs: Proofs {
            title: Some(id_of(&Number::Distribution(id))),
            subtitle: id_of(&Number::Population),
            rows: band_proofs(id, outcome),
        },
    }
}

/// Before and now as a chart, which says itself how high it is; `table` are the rows of its table.
pub(super) fn dumbbell(
    [title, subtitle, footer]: [String; 3],
    file_stem: &str,
    chart: DumbbellChart,
    table: Vec<Vec<String>>,
    proofs: (Number, Vec<ProofId>),
) -> Picture {
    let (whole, rows) = proofs;
    Picture {
        title,
        subtitle,
        footer,
        file_stem: file_stem.to_owned(),
        chart: Chart::Dumbbell(chart),
        table,
        proofs: Proofs { title: Some(id_of(&whole)), subtitle: id_of(&whole), rows },
        stamp: None,
        data: None,
    }
}

/// What is stamped on the charts of an insight that is not fit and shown anyway.
fn stamp(context: &ViewContext<'_>, results: &Results, id: InsightId) -> Option<(String, ProofId)> {
    Some((wording::shown_despite(results, id, context.locale)?, id_of(&Number::Verdict(id))))
}

/// The proof of each band.
fn band_proofs(id: InsightId, outcome: &Outcome) -> Vec<ProofId> {
    (0..outcome.bands.len()).map(|at| id_of(&Number::Band(id, at))).collect()
}

/// Groups by size as a chart; `table` are the rows of its table.
pub(super) fn funnel(
    context: &ViewContext<'_>,
    results: &Results,
    id: InsightId,
    groups: &Groups,
    outcome: &Outcome,
    (chart, table): (FunnelChart, Vec<Vec<String>>),
) -> Picture {
    Picture {
        title: wording::funnel_title(groups, outcome, context.locale),
        subtitle: format!("{} by {}, {}", wording::name(id), groups.by, population_line(context, results)),
        footer: source_line(context, results),
        stamp: stamp(context, results, id),
        file_stem: format!("{}-funnel", id.name().replace('_', "-")),
        proofs: Proofs { title: None, subtitle: id_of(&Number::Groups(id, groups.by.clone())), rows: Vec::new() },
        chart: Chart::Funnel(chart),
        table,
        data: None,
    }
}

/// People and weeks, for the line under a chart's title.
pub(super) fn population_line(context: &ViewContext<'_>, results: &Results) -> String {
    let Ok(findings) = &results.findings else { return String::new() };
    let people = text::counted(findings.population.people, "person", "people", context.locale);
    let by_month = context.workbench.opened().is_some_and(|opened| opened.is_by_month());
    let (one, many) = if by_month { ("month", "months") } else { ("week", "weeks") };
    format!("{people}, {}", text::counted(findings.population.periods, one, many, context.locale))
}

/// What a distribution is called.
pub(super) const fn distribution_title(id: InsightId) -> &'static str {
    match id {
        InsightId::ExternalOver8h => "Distribution of external collaboration",
        InsightId::ExternalTopQuartile => "People by external share",
        InsightId::ConnectedPeople => "People by external connections",
        InsightId::CoachingUnder15Min => "Distribution of monthly 1:1 time with managers",
        InsightId::CoachingStyle => "Coaching style",
        InsightId::OneToOneRhythm => "Rhythm of 1:1s",
        InsightId::FewInternalOrganizations => "Distribution of internal organizations",
    }
}

/// The share of an insight week by week or month by month; `None` when there are fewer than two.
pub(super) fn trend(context: &ViewContext<'_>, results: &Results, id: InsightId, outcome: &Outcome) -> Option<Picture> {
    let last = outcome.trend.last()?;
    if outcome.trend.len() < 2 {
        return None;
    }
    let points = outcome.trend.iter().map(|point| TrendPoint {
        period: text::short_date(point.period, context.locale),
        share: Some(point.share.get()),
        partial: false,
        detail: format!(
            "{} of {}",
            text::percent(point.share, point.people, context.locale),
            text::counted(point.people, "person", "people", context.locale)
        ),
    });
    let series = TrendSeries {
        name: wording::name(id).to_owned(),
        points: points.collect(),
        last_value: text::percent(last.share, last.people, context.locale),
    };
    let mean = Reference {
        kind: ReferenceKind::OwnRest,
        label: format!("Average {}", text::percent(outcome.share, outcome.people, context.locale)),
        share: outcome.share.get(),
        band: None,
    };
    let by = if is_by_month(id, context) { "Month by month" } else { "Week by week" };
    let title = results.change(id).map_or_else(|| by.to_owned(), |change| wording::change(change, context.locale));
    let name = format!("{}, {}", wording::name(id), by.to_lowercase());
    let rows: Vec<_> = outcome.trend.iter().map(|point| id_of(&Number::Point(id, point.period))).collect();
    let own = context.workbench.project().references.iter().filter(|own| wording::is_of_share(own, id));
    let own = own.map(|own| Reference {
        kind: ReferenceKind::Entered,
        label: format!("{} {}", wording::reference_value(own, context.locale), own.citation()),
        share: own.value,
        band: None,
    });
    let references = std::iter::once(mean).chain(own).collect();
    let chart = TrendChart::new(name, vec![series]).references(references);
    Some(Picture {
        title,
        subtitle: format!("{}, {}", wording::name(id), by.to_lowercase()),
        footer: source_line(context, results),
        stamp: stamp(context, results, id),
        file_stem: format!("{}-trend", id.name().replace('_', "-")),
        chart: Chart::Trend(chart.proofs(id_of(&Number::Trend(id)), rows.clone())),
        table: trend_table(context, outcome),
        data: None,
        proofs: Proofs {
            title: results.change(id).map(|_| id_of(&Number::Change(id))),
            subtitle: id_of(&Number::Trend(id)),
            rows,
        },
    })
}

/// Whether an insight is computed by month.
fn is_by_month(id: InsightId, context: &ViewContext<'_>) -> bool {
    id != InsightId::ExternalOver8h || context.workbench.opened().is_some_and(|opened| opened.is_by_month())
}

/// The distribution of an insight as one bar.
pub(super) fn band_bar(context: &ViewContext<'_>, id: InsightId, outcome: &Outcome) -> BandBar {
    let bands = outcome.bands.iter().map(|band| Band {
        name: band.label.clone(),
        share: band.share.get(),
        value: text::percent(band.share, outcome.people, context.locale),
        detail: exact_share(context, band.share.get(), outcome.people),
    });
    let proofs = band_proofs(id, outcome);
    BandBar::new(distribution_title(id), bands.collect()).proofs(id_of(&Number::Distribution(id)), proofs)
}

fn exact_share(context: &ViewContext<'_>, share: f64, people: usize) -> String {
    let percent = text::decimals(share * 100.0, 1, context.locale);
    format!("{percent}{}% of {}", context.locale.space(), text::counted(people, "person", "people", context.locale))
}

/// The table behind a distribution.
fn band_table(context: &ViewContext<'_>, id: InsightId, outcome: &Outcome) -> Vec<Vec<String>> {
    let percent = |share| text::percent(share, outcome.people, context.locale);
    let mut rows = vec![vec![distribution_title(id).to_owned(), "Share of people".to_owned()]];
    rows.extend(outcome.bands.iter().map(|band| vec![band.label.clone(), percent(band.share)]));
    rows
}

/// The table behind a trend.
fn trend_table(context: &ViewContext<'_>, outcome: &Outcome) -> Vec<Vec<String>> {
    let mut rows = vec![vec!["Period".to_owned(), "Share".to_owned(), "People".to_owned()]];
    rows.extend(outcome.trend.iter().map(|point| {
        vec![
            text::date(point.period, context.locale),
            text::percent(point.share, point.people, context.locale),
            text::count(point.people, context.locale),
        ]
    }));
    rows
}

/// A table as text with tabs, cells safe for spreadsheets.
pub(super) fn as_text(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().map(|cell| text::formula_safe(cell).replace(['\t', '\n'], " ")).collect();
        cells.join("\t") + "\n"
    };
    rows.iter().map(line).collect()
}

/// A table as text, with where it comes from in the last line.
pub(super) fn with_source(rows: &[Vec<String>], source: &str) -> String {
    format!("{}{source}\n", as_text(rows))
}
