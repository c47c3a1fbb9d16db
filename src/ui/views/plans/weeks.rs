//! A plan week by week: before and since, against baseline, pace and target.

use egui::Ui;

use super::super::ViewContext;
use super::super::proof::id_of;
use crate::project::{Baseline, Direction, Measurement, Plan, PlanMetric, PlanPoint, PlanUnit};
use crate::text;
use crate::ui::theme::Text;
use crate::ui::widgets::{AxisUnit, Card, Reference, ReferenceKind, TrendChart, TrendPoint, TrendSeries};
use crate::workbench::{Number, PlanFigure, wording};

/// How high the chart is, in points at a desk.
const HEIGHT: f32 = 240.0;

/// Draws the chart of a plan that is measured.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, plan: &Plan) {
    let (Some(before), Some(since)) = (&plan.baseline, &plan.measured) else { return };
    let axis = Axis::of(plan, before, since);
    let whole = Number::Plan(Some(plan.id), PlanFigure::Points);
    let mut series = vec![measured(context, plan, since, axis)];
    let mut references = vec![reference(context, plan, before, axis, ReferenceKind::OwnRest)];
    if plan.target.direction != Direction::Maintain {
        series.push(pace(context, plan, before, since, axis));
        references.push(reference(context, plan, before, axis, ReferenceKind::Guideline));
    }
    let chart = TrendChart::new(format!("{}, over time", plan.name), series).references(references).height(HEIGHT);
    let chart = match axis.unit {
        Some(unit) => chart.unit(unit),
        None => chart,
    };
    let chart = if context.workbench.proof_of(&whole, context.locale).is_some() {
        chart.proofs(id_of(&whole), vec![id_of(&whole); since.points.len()])
    } else {
        chart
    };
    Card::new().show(ui, |ui| {
        ui.add(Text::section(wording::sentence_case(wording::plan_metric(plan.metric))));
        chart.show(ui);
    });
}

/// How values become parts of an axis.
#[derive(Clone, Copy)]
struct Axis {
    /// Of a value in the unit of the axis: hours of 1:1 are told in minutes.
    factor: f64,
    unit: Option<AxisUnit>,
}

impl Axis {
    fn of(plan: &Plan, before: &Baseline, since: &Measurement) -> Self {
        let (factor, unit) = match (plan.metric, plan.metric.unit()) {
            (_, PlanUnit::Share) => return Self { factor: 1.0, unit: None },
            (PlanMetric::OneToOneHours, _) => (60.0, "min"),
            (_, PlanUnit::Hours) => (1.0, "h"),
            (_, PlanUnit::Organizations) => (1.0, ""),
        };
        let target = plan.target.value(before.mean.value);
        let largest = since.points.iter().map(|point| point.value).fold(before.mean.value.max(target), f64::max);
        let whole = if largest * factor <= 100.0 { 100.0 } else { 10_000.0 };
        Self { factor, unit: Some(AxisUnit { whole, unit, decimal: '.' }) }
    }

    fn share(self, value: f64) -> f64 {
        self.unit.map_or(value, |unit| value * self.factor / unit.whole)
    }
}

fn measured(context: &ViewContext<'_>, plan: &Plan, since: &Measurement, axis: Axis) -> TrendSeries {
    let locale = context.locale;
    let value = |point: &PlanPoint| wording::plan_value(plan.metric, point.value, point.people, locale);
    let points = since.points.iter().map(|point| TrendPoint {
        period: text::short_date(point.period, locale),
        share: Some(axis.share(point.value)),
        partial: false,
        detail: format!("{} of {}", value(point), text::counted(point.people, "person", "people", locale)),
    });
    TrendSeries {
        name: plan.cohort.in_words(),
        points: points.collect(),
        last_value: since.points.last().map(value).unwrap_or_default(),
    }
}

/// The straight line from the baseline to the target, in the periods that are measured.
fn pace(context: &ViewContext<'_>, plan: &Plan, before: &Baseline, since: &Measurement, axis: Axis) -> TrendSeries {
    // A point stands for the weeks up to the next one: a month is held against the pace of its last week.
    let next = since.points.iter().skip(1).map(|point| point.period.pred_opt().unwrap_or(point.period));
    let points = since.points.iter().zip(next.chain([since.last])).map(|(point, until)| {
        let [expected, _] = plan.target.expected(before.mean.value, plan.week_of(until), plan.weeks);
        TrendPoint {
            period: text::short_date(point.period, context.locale),
            share: (until >= plan.start).then_some(axis.share(expected)),
            partial: false,
            detail: wording::plan_value(plan.metric, expected, before.mean.people, context.locale),
        }
    });
    let points: Vec<TrendPoint> = points.collect();
    let last_value = points.last().map(|point| point.detail.clone()).unwrap_or_default();
    TrendSeries { name: "Pace".to_owned(), points, last_value }
}

fn reference(context: &ViewContext<'_>, plan: &Plan, before: &Baseline, axis: Axis, kind: ReferenceKind) -> Reference {
    let (name, value) = match kind {
        ReferenceKind::OwnRest => ("Baseline", before.mean.value),
        _ => ("Target", plan.target.value(before.mean.value)),
    };
    let words = wording::plan_value(plan.metric, value, before.mean.people, context.locale);
    Reference { kind, label: format!("{name} {words}"), share: axis.share(value), band: None }
}
