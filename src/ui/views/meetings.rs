//! Who initiated meetings with people from outside: us, others, or unknown, week by week. From an export of its own.

use egui::Ui;

use super::between::{close, missing, scroll_here, windows};
use super::chart::{Chart, Picture, Proofs, Words};
use super::proof::{Proven as _, id_of};
use super::{Action, Send, ViewContext, ViewState};
use crate::dataset::Grain;
use crate::guidance;
use crate::privacy::{MeetingFindings, OutsideKnown, Rules};
use crate::text;
use crate::ui::theme::Icon;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{
    AxisUnit, Button, Card, CheckRow, DataTable, Mark, MarkKind, TableColumn, TrendChart, TrendPoint, TrendSeries,
};
use crate::workbench::{BesideCommand, Command, MeetingFigure, Number, wording};

/// How high the chart is, in points at a desk.
const HEIGHT: f32 = 240.0;

/// Draws the section.
pub(super) fn section(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(opened) = context.workbench.opened_meetings() else {
        missing(
            ui,
            context,
            "Who initiated meetings",
            "Whether we or others ask for meetings with people outside stands in a meeting query that tells who is from outside.",
            guidance::request_meetings(),
            send,
        );
        return;
    };
    let Some(results) = context.workbench.beside() else { return };
    let (Some(outcome), Some((_, rules))) = (&results.meetings, &results.ask.meetings) else { return };
    match outcome {
        Ok(findings) => shown(ui, context, state, findings, *rules, send),
        Err(why) => {
            let [what, what_to_do] = wording::no_meetings(*why, *rules);
            Card::new().show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.add(Text::section("Who initiated meetings cannot be shown"));
                ui.add(Text::body(what).secondary());
                ui.add(Text::body(what_to_do));
                close(ui, BesideCommand::CloseMeetings, send);
            });
        }
    }
    let source = wording::meeting_source(&opened.name, opened.report(), context.locale);
    ui.add(Text::caption(source).secondary().proven(&Number::Meetings(MeetingFigure::File)));
}

fn shown(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    findings: &MeetingFindings,
    rules: Rules,
    send: Send<'_>,
) {
    let locale = context.locale;
    scroll_here(ui, context, state);
    if let Some(picture) = trend(context, findings, rules) {
        picture.card(ui, HEIGHT, state, send);
        ui.add_space(space::GAP);
    }
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Text::section("Who initiated meetings"));
        for by in &findings.by {
            let words = Text::body(wording::initiated(by, locale));
            match by.told {
                Ok(_) => ui.add(words.proven(&Number::Meetings(MeetingFigure::By(by.initiator)))),
                Err(_) => ui.add(words.secondary()),
            };
        }
        if let Some(chosen) =
            windows(ui, "meeting windows", context, (&findings.weeks, Grain::Week), findings.windows.as_ref().ok())
        {
            send(Action::Run(Command::Beside(BesideCommand::MeetingWindows(chosen))));
        }
        let holidays = wording::meetings_holidays(findings, locale);
        if !holidays.is_empty() {
            ui.add(Mark::new(MarkKind::WithCare, "With care").small());
            ui.add(Text::body(holidays).medium().proven(&Number::Meetings(MeetingFigure::All)));
        }
        if !findings.groups.is_empty() {
            ui.add_space(space::SMALL);
            groups(ui, context, findings);
        }
        ui.add_space(space::SMALL);
        outside(ui, context, findings, send);
        let left_out = wording::meetings_left_out(findings, locale);
        if !left_out.is_empty() {
            ui.add(Text::caption(left_out).secondary().proven(&Number::Meetings(MeetingFigure::File)));
        }
        ui.add(Text::caption(wording::meeting_rules(rules)).secondary().proven(&Number::Meetings(MeetingFigure::File)));
        close(ui, BesideCommand::CloseMeetings, send);
    });
}

/// How people from outside are known; where no column says, somebody can say that all meetings are with them.
fn outside(ui: &mut Ui, context: &ViewContext<'_>, findings: &MeetingFindings, send: Send<'_>) {
    ui.add(Text::body(wording::outside_known(findings.outside)).secondary());
    if findings.outside == OutsideKnown::Column {
        return;
    }
    let is_so = context.workbench.is_only_with_outside();
    let row = CheckRow::new("This export holds only meetings with people from outside", is_so);
    if ui.add(row).clicked() {
        send(Action::Run(Command::Beside(BesideCommand::OnlyWithOutside(!is_so))));
    }
    if findings.outside == OutsideKnown::ByOrganizer
        && ui.add(Button::secondary("Copy what to ask for").icon(Icon::Copy)).clicked()
    {
        send(Action::CopyText { text: guidance::request_meetings().to_owned(), what: "Request" });
    }
}

/// Meetings by us, group by group.
fn groups(ui: &mut Ui, context: &ViewContext<'_>, findings: &MeetingFindings) {
    let locale = context.locale;
    let attribute = findings.attribute.clone().unwrap_or_default();
    let headings = [attribute.as_str(), "People", "A week", "Per person", "Change"];
    let column = |(index, heading): (usize, &&str)| TableColumn { heading: (*heading).to_owned(), figures: index > 0 };
    let proofs = findings.groups.iter();
    let proofs = proofs.map(|group| Some(id_of(&Number::Meetings(MeetingFigure::Group(group.name.clone())))));
    ui.add(Text::body("Meetings a week by us, by group of the organizer").medium());
    DataTable::new("Meetings by us", headings.iter().enumerate().map(column).collect(), findings.groups.len())
        .max_height(32.0 * findings.groups.len().min(12) as f32)
        .proofs(proofs.collect())
        .show(ui, |row, column| {
            let Some(group) = findings.groups.get(row) else { return String::new() };
            match column {
                0 => text::on_one_line(&group.name),
                1 => group.people.map(|people| text::count(people, locale)).unwrap_or_default(),
                2 => wording::a_week(group.per_week.all, locale),
                3 => group.per_member.map(|number| wording::a_week_and_person(number.all, locale)).unwrap_or_default(),
                _ => wording::group_change(group, locale),
            }
        });
    if let Some(hidden) = findings.hidden {
        let words = format!("{} hidden.", text::counted(hidden.groups, "group", "groups", locale));
        ui.add(Text::caption(words).secondary().proven(&Number::Meetings(MeetingFigure::File)));
    }
}

/// Meetings week by week, a line for each kind of organizer that is told; `None` where none is, or of one week.
fn trend(context: &ViewContext<'_>, findings: &MeetingFindings, rules: Rules) -> Option<Picture> {
    let locale = context.locale;
    let told: Vec<_> = findings.by.iter().filter_map(|by| Some((by.initiator, by.told.as_ref().ok()?))).collect();
    let most = told.iter().flat_map(|(_, counts)| &counts.weeks).max().copied().filter(|most| *most > 0)?;
    if findings.weeks.len() < 2 {
        return None;
    }
    let whole = round_up(most);
    let series = told.iter().map(|(who, counts)| TrendSeries {
        name: wording::initiator(*who).to_owned(),
        points: counts
            .weeks
            .iter()
            .zip(&findings.weeks)
            .map(|(count, week)| TrendPoint {
                period: text::short_date(*week, locale),
                share: Some(*count as f64 / whole),
                partial: false,
                detail: text::count(usize::try_from(*count).unwrap_or(usize::MAX), locale),
            })
            .collect(),
        last_value: counts.weeks.last().map(|count| text::decimals(*count as f64, 0, locale)).unwrap_or_default(),
    });
    let weeks: Vec<_> =
        (0..findings.weeks.len()).map(|week| id_of(&Number::Meetings(MeetingFigure::Week(week)))).collect();
    let whole_id = id_of(&Number::Meetings(MeetingFigure::All));
    let chart = TrendChart::new("Meetings with people outside, by who initiated them", series.collect())
        .unit(AxisUnit { whole, unit: "", decimal: locale.decimal() })
        .proofs(whole_id.clone(), weeks.clone());
    let headings = std::iter::once("Week".to_owned());
    let mut table =
        vec![headings.chain(told.iter().map(|(who, _)| wording::initiator(*who).to_owned())).collect::<Vec<_>>()];
    table.extend(findings.weeks.iter().enumerate().map(|(at, week)| {
        let count = |counts: &crate::privacy::InitiatorCounts| {
            counts.weeks.get(at).map(|count| text::decimals(*count as f64, 0, locale)).unwrap_or_default()
        };
        std::iter::once(text::date(*week, locale)).chain(told.iter().map(|(_, counts)| count(counts))).collect()
    }));
    let words = Words {
        title: wording::meetings_title(findings, locale),
        subtitle: wording::meetings_subtitle(findings, locale),
        footer: footer(context, findings, rules),
        file_stem: "who-initiated".to_owned(),
    };
    let proofs = Proofs { title: Some(whole_id.clone()), subtitle: whole_id, rows: weeks };
    Some(Picture::new(words, Chart::Trend(chart), table, proofs))
}

/// The end of an axis with whole numbers at its quarters and fifths.
fn round_up(most: u64) -> f64 {
    let mut step = 20.0;
    let most = most as f64;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle().take(60) {
        if step >= most {
            break;
        }
        step *= factor;
    }
    step
}

fn footer(context: &ViewContext<'_>, findings: &MeetingFindings, rules: Rules) -> String {
    let locale = context.locale;
    let opened = context.workbench.opened_meetings();
    let is_sample = opened.is_some_and(|opened| matches!(opened.what, crate::workbench::What::Sample));
    let sample = if is_sample { "SAMPLE, a made-up company. " } else { "" };
    let days = [findings.weeks.first(), findings.weeks.last()];
    let [first, last] = days.map(|day| day.map(|day| text::date(*day, locale)).unwrap_or_default());
    format!("{sample}Weeks of {first} to {last}. {}", wording::small_groups(rules.minimum_group_size()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number_that_is_not_less() {
        assert_eq!([1, 20, 21, 41, 399, 659].map(round_up), [20.0, 20.0, 40.0, 100.0, 400.0, 1000.0]);
    }
}
