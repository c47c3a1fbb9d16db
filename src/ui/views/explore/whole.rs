//! Views that do not hang on the metric that is looked at: the heat table, external time, coaching style and rhythm.

use super::super::chart::{Chart, Picture, Proofs, Words, population_line};
use super::super::proof::id_of;
use super::super::source_line;
use super::Scene;
use crate::dataset::{GroupValue, Metric};
use crate::privacy::{ExternalFindings, GroupMean, MeanMetric, MetricByGroups, Style, StyleFindings, Verdict};
use crate::text::{self, Locale};
use crate::ui::widgets::{
    BandColumn, DistributionChart, HeatCell, HeatRow, HeatTable, MatrixCell, MatrixChart, PartsList, PartsRow, ProofId,
    Reference, ReferenceKind,
};
use crate::workbench::{ExploreFigure, Number, wording};

/// A difference of half the company's mean has the full color.
const FULL_COLOR: f64 = 0.5;

/// Every metric of every group that is shown in any.
pub(super) fn heat(scene: Scene<'_>) -> Picture {
    let (found, locale) = (scene.found, scene.context.locale);
    let metrics = wording::heat_metrics(found);
    let mut groups: Vec<(&GroupValue, usize)> = Vec::new();
    for group in metrics.iter().flat_map(|metric| &metric.groups) {
        match groups.iter_mut().find(|(value, _)| *value == &group.value) {
            Some((_, people)) => *people = (*people).max(group.of.people),
            None => groups.push((&group.value, group.of.people)),
        }
    }
    groups.sort_by(|a, b| a.0.cmp(b.0));
    let counted = |people| text::counted(people, "person", "people", locale);
    let all = HeatRow {
        name: "All".to_owned(),
        note: counted(found.population.people),
        cells: metrics.iter().map(|by| Some(all_cell(by, locale))).collect(),
    };
    let row = |(value, people): &(&GroupValue, usize)| HeatRow {
        name: value.to_string(),
        note: counted(*people),
        cells: metrics.iter().map(|by| cell(by, value, locale)).collect(),
    };
    let rows: Vec<HeatRow> = std::iter::once(all).chain(groups.iter().map(row)).collect();
    let heading = |by: &&MetricByGroups| {
        format!("{}, {}", wording::mean_name(by.metric), wording::metric_unit(by.metric, scene.by_month))
    };
    let short = |by: &&MetricByGroups| wording::mean_name(by.metric).to_owned();
    let metric = scene.explored.question.metric;
    let number = |group: Option<&GroupValue>| id_of(&Number::Explore(metric, ExploreFigure::Heat, group.cloned()));
    let whole = number(None);
    let parts: Vec<ProofId> =
        std::iter::once(whole.clone()).chain(groups.iter().map(|(value, _)| number(Some(value)))).collect();
    let mut table = vec![std::iter::once(scene.heading()).chain(metrics.iter().map(heading)).collect::<Vec<_>>()];
    table.extend(rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| match cell {
            Some(cell) if cell.note.is_empty() => cell.value.clone(),
            Some(cell) => format!("{} ({})", cell.value, cell.note),
            None => String::new(),
        });
        std::iter::once(row.name.clone()).chain(cells).collect()
    }));
    let count = rows.len();
    let chart = HeatTable::new("Metrics by group", metrics.iter().map(short).collect(), rows);
    let unit = if scene.by_month { "hours a month" } else { "hours a week" };
    let words = Words {
        title: wording::heat_title(&metrics, locale),
        subtitle: format!(
            "Means per person against the mean of all, {}; {unit}, people, organizations, domains",
            population_line(scene.context, scene.results)
        ),
        footer: source_line(scene.context, scene.results),
        file_stem: "explore-heat-table".to_owned(),
    };
    let chart = Chart::Heat(chart.proofs(whole.clone(), parts.clone()), count);
    Picture::of(
        words,
        chart,
        table,
        Proofs { title: Some(whole.clone()), subtitle: whole, rows: parts },
        scene.explored.clone(),
    )
}

fn all_cell(by: &MetricByGroups, locale: &Locale) -> HeatCell {
    let value = wording::metric_value(by.metric, by.all.mean, by.all.people, locale);
    HeatCell { value, note: String::new(), words: String::new(), tone: None }
}

fn cell(by: &MetricByGroups, value: &GroupValue, locale: &Locale) -> Option<HeatCell> {
    let group: &GroupMean = by.groups.iter().find(|group| group.value == *value)?;
    let far = if by.all.mean > 0.0 { ((group.of.mean / by.all.mean - 1.0) / FULL_COLOR).abs() } else { 1.0 };
    let tone = far.min(1.0) as f32;
    let [note, words] = wording::against_mean(group.of.mean, by.all.mean, locale);
    Some(HeatCell {
        value: wording::metric_value(by.metric, group.of.mean, group.of.people, locale),
        note,
        words,
        tone: match group.verdict {
            Verdict::Above => Some(tone),
            Verdict::Below => Some(-tone),
            Verdict::NoClearDifference => None,
        },
    })
}

/// How sure the shares of external time are, in sentences.
pub(super) fn how_sure(external: &ExternalFindings, locale: &Locale) -> Vec<String> {
    let any = external.any;
    let of = |what: &str, share, interval, people| {
        format!(
            "{what}: {}, {}.",
            text::percent(share, people, locale),
            wording::how_sure(share, interval, people, locale)
        )
    };
    let mut sentences = vec![of("Any external contact", any.share, any.interval, any.people)];
    sentences.extend(
        external
            .of_collaboration
            .map(|all| of("External share of all collaboration", all.share, all.interval, all.people)),
    );
    sentences
}

/// Who has most of the external hours. `None` where that may not be told.
pub(super) fn concentration(scene: Scene<'_>, external: &ExternalFindings) -> Option<Picture> {
    let locale = scene.context.locale;
    if external.top.is_empty() {
        return None;
    }
    let percent = |share| text::percent(share, external.people, locale);
    let columns = external.top.iter().map(|top| BandColumn {
        name: wording::top_part(top, locale),
        share: top.share.get(),
        value: percent(top.share),
        detail: format!("{} of all external hours", percent(top.share)),
    });
    let equal = external.top.iter().enumerate().map(|(index, top)| Reference {
        kind: ReferenceKind::OwnRest,
        label: format!("If all had alike {}", percent(crate::privacy::Share::new(top.part))),
        share: top.part,
        band: Some(index),
    });
    let metric = MeanMetric::Of(Metric::ExternalHours);
    let number = id_of(&Number::Explore(metric, ExploreFigure::External, None));
    let parts = vec![number.clone(); external.top.len()];
    let chart = DistributionChart::new("Share of external hours by the people with most", columns.collect());
    let chart = chart.references(equal.collect()).proofs(number.clone(), parts.clone());
    let headings = ["People with most external hours", "People", "Share of all external hours"];
    let mut table = vec![headings.map(str::to_owned).to_vec()];
    table.extend(
        external.top.iter().map(|top| {
            vec![wording::top_part_name(top).to_owned(), text::count(top.people, locale), percent(top.share)]
        }),
    );
    let words = Words {
        title: wording::concentration_title(external, locale),
        subtitle: format!(
            "{}, {}, share of all hours",
            wording::mean_name(metric),
            population_line(scene.context, scene.results)
        ),
        footer: source_line(scene.context, scene.results),
        file_stem: "explore-external-concentration".to_owned(),
    };
    let proofs = Proofs { title: Some(number.clone()), subtitle: number, rows: parts };
    Some(Picture::of(words, Chart::Distribution(chart), table, proofs, scene.explored.clone()))
}

/// The number of a style, of everyone or of a group.
pub(super) fn style_number(scene: Scene<'_>, style: Style, group: Option<&GroupValue>) -> Number {
    let figure = match style {
        Style::Coaching => ExploreFigure::Coaching,
        Style::Rhythm => ExploreFigure::Rhythm,
    };
    Number::Explore(scene.explored.question.metric, figure, group.cloned())
}

/// How to read the parts.
pub(super) const fn style_note(style: Style) -> &'static str {
    match style {
        Style::Coaching => {
            "Coached: a quarter of an hour of 1:1 a week or more, the manager in few other meetings. Highly managed: both. Co-attended: many meetings together, little 1:1. Under-coached: neither."
        }
        Style::Rhythm => "Weeks measured divided by weeks with any 1:1, person by person.",
    }
}

/// Coaching style of everyone as its four fields: 1:1 time from left to right, meetings with the manager upward. `None`
/// where the parts are not these four.
pub(super) fn four_fields(scene: Scene<'_>, found: &StyleFindings) -> Option<Picture> {
    /// The places of the parts, row by row: co-attended and highly managed over under-coached and coached.
    const PLACES: [[usize; 2]; 2] = [[1, 2], [3, 0]];
    let locale = scene.context.locale;
    let sides = ["Manager in many of the meetings", "Manager in few of them"].map(str::to_owned);
    let times = ["Under a quarter of an hour of 1:1 a week", "A quarter of an hour or more"].map(str::to_owned);
    let largest = found.bands.iter().map(|band| band.share.get()).fold(0.0, f64::max);
    let cell = |place: usize| {
        let band = found.bands.get(place)?;
        let share = text::percent(band.share, found.people, locale);
        let value = format!("{}: {share}", band.label);
        let strength = if largest > 0.0 { (band.share.get() / largest) as f32 } else { 0.0 };
        Some(MatrixCell { detail: format!("{value} of people"), value, strength: Some(strength) })
    };
    if found.bands.len() != 4 {
        return None;
    }
    let cells: Vec<Vec<Option<MatrixCell>>> = PLACES.map(|row| row.map(cell).to_vec()).to_vec();
    let name = wording::name(found.style.insight());
    let whole = id_of(&style_number(scene, found.style, None));
    let mut table = vec![["", &times[0], &times[1]].map(str::to_owned).to_vec()];
    table.extend(sides.iter().zip(&cells).map(|(side, row)| {
        let values = row.iter().map(|cell| cell.as_ref().map_or_else(String::new, |cell| cell.value.clone()));
        [side.clone()].into_iter().chain(values).collect::<Vec<_>>()
    }));
    let chart = MatrixChart::new(format!("{name}: four fields"), sides.to_vec(), times.to_vec(), cells)
        .proofs(whole.clone(), vec![whole.clone(); 4]);
    let words = Words {
        title: wording::style_title(found, locale),
        subtitle: format!("{name}, {}, share of people", population_line(scene.context, scene.results)),
        footer: source_line(scene.context, scene.results),
        file_stem: "explore-coaching-style-fields".to_owned(),
    };
    let proofs = Proofs { title: Some(whole.clone()), subtitle: whole.clone(), rows: vec![whole; 2] };
    Some(Picture::of(words, Chart::Matrix(chart), table, proofs, scene.explored.clone()))
}

/// The parts of everyone and of groups; of groups the one with most of the last part first.
pub(super) fn style(scene: Scene<'_>, found: &StyleFindings) -> Picture {
    let locale = scene.context.locale;
    let row = |name: String, people: usize, bands: &[crate::privacy::Band]| PartsRow {
        name,
        people: text::counted(people, "person", "people", locale),
        parts: bands.iter().map(|band| (band.share.get(), text::percent(band.share, people, locale))).collect(),
    };
    let last = |group: &&crate::privacy::StyleGroup| group.bands.last().map_or(0.0, |band| band.share.get());
    let mut groups: Vec<_> = found.groups.iter().collect();
    groups.sort_by(|a, b| last(b).total_cmp(&last(a)).then_with(|| a.value.cmp(&b.value)));
    let everyone = row("All".to_owned(), found.people, &found.bands);
    let of_groups = groups.iter().map(|group| row(group.value.to_string(), group.people, &group.bands));
    let rows: Vec<PartsRow> = std::iter::once(everyone).chain(of_groups).collect();
    let parts: Vec<String> = found.bands.iter().map(|band| band.label.clone()).collect();
    let name = wording::name(found.style.insight());
    let heading = scene.heading();
    let headings = [heading.as_str()].into_iter().chain(parts.iter().map(String::as_str)).chain(["People"]);
    let mut table = vec![headings.map(str::to_owned).collect::<Vec<_>>()];
    table.extend(rows.iter().map(|row| {
        let shares = row.parts.iter().map(|(_, words)| words.clone());
        [row.name.clone()].into_iter().chain(shares).chain([row.people.clone()]).collect()
    }));
    let number = |group: Option<&GroupValue>| id_of(&style_number(scene, found.style, group));
    let whole = number(None);
    let proofs: Vec<ProofId> =
        std::iter::once(whole.clone()).chain(groups.iter().map(|group| number(Some(&group.value)))).collect();
    let count = rows.len();
    let chart = PartsList::new(format!("{name} by group"), parts, rows).proofs(whole.clone(), proofs.clone());
    let words = Words {
        title: wording::style_groups_title(found, locale),
        subtitle: format!("{name}, {}, share of people", population_line(scene.context, scene.results)),
        footer: source_line(scene.context, scene.results),
        file_stem: format!("explore-{}", found.style.insight().name().replace('_', "-")),
    };
    let proofs = Proofs { title: Some(whole.clone()), subtitle: whole, rows: proofs };
    Picture::of(words, Chart::Parts(chart, count), table, proofs, scene.explored.clone())
}
