//! What if: levers that can be moved, and what the measured weeks would have been with them.

use egui::Ui;

use super::proof::{Proven as _, id_of};
use super::{Action, Send, ViewContext, ViewState, is_by_month, reading_width, verdict};
use crate::dataset::Metric;
use crate::privacy::{FreedFrom, OneToOneLever, WhatIf, WhatIfGroup};
use crate::text;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{Card, DataTable, TableColumn, form_row, page_header, select, slider};
use crate::workbench::{Command, Number, WhatIfAnswer, wording};

/// Minutes that a 1:1 can have.
const MINUTES: [u32; 4] = [15, 30, 45, 60];

/// Where the levers stand.
#[derive(Debug)]
pub(super) struct Levers {
    meetings_a_month: f64,
    minutes: usize,
    who: usize,
    freed_from: usize,
    percent: f64,
}

impl Default for Levers {
    /// What is recommended: two half hours a month; and a tenth of the meetings.
    fn default() -> Self {
        Self { meetings_a_month: 2.0, minutes: 1, who: 0, freed_from: 0, percent: 10.0 }
    }
}

impl Levers {
    fn one_to_ones(&self) -> OneToOneLever {
        let minutes = MINUTES.get(self.minutes).copied().unwrap_or_default();
        OneToOneLever { meetings_a_month: self.meetings_a_month.round() as u32, minutes }
    }
}

/// Draws the screen, and asks what it does not know yet.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    reading_width(ui);
    let levers = &mut state.levers;
    let from = FreedFrom::ALL.get(levers.freed_from).copied().unwrap_or_default();
    let question = context.workbench.what_if_question(levers.one_to_ones(), levers.who == 1, from);
    if let Some(question) = question.filter(|question| context.workbench.is_what_if_news(question)) {
        send(Action::Run(Command::AskWhatIf(Box::new(question))));
    }
    let answer = context.workbench.what_if();
    let numbers = answer.and_then(|answer| answer.numbers.as_ref().ok());
    let told = numbers.and_then(|numbers| numbers.one_to_ones.as_ref().ok());
    let lead = "Arithmetic on the measured weeks, with nothing else changed. It is no forecast.";
    match answer.zip(told) {
        Some((answer, told)) => {
            let title = wording::one_to_ones_title(answer.question.lever, told, context.locale);
            ui.add(Text::title(title).proven(&Number::WhatIf(None)));
            ui.add_space(space::SMALL);
            let cost = wording::one_to_ones_cost(told, context.locale);
            ui.add(Text::lead(cost).secondary().proven(&Number::WhatIf(None)));
            ui.add(Text::body(lead).secondary());
        }
        None => page_header(ui, "What if every manager held two 1:1s a month?", lead),
    }
    verdict::caution(ui, context, &[Metric::Manager11Hours, Metric::Manager11MeetingAndCallHours]);
    ui.add_space(space::GAP);
    if let Some(Err(hidden)) = answer.map(|answer| &answer.numbers) {
        let rules = answer.map_or_else(|| crate::privacy::Rules::new(0), |answer| answer.rules);
        Card::new().show(ui, |ui| ui.add(Text::body(hidden.sentence(rules).in_words(context.locale))));
        return;
    }
    Card::new().show(ui, |ui| {
        ui.add(Text::section("1:1s with the manager"));
        one_to_one_levers(ui, levers, answer.map(|answer| &**answer));
        match (answer, numbers.map(|numbers| &numbers.one_to_ones)) {
            (_, Some(Err(why))) => {
                ui.add(Text::body(wording::unavailable(why)));
            }
            (Some(answer), Some(Ok(_))) => one_to_ones(ui, context, answer, numbers.map(|it| &**it)),
            _ => {
                ui.add(Text::body("Computing\u{2026}").secondary());
            }
        }
    });
    ui.add_space(space::GAP);
    Card::new().show(ui, |ui| hours(ui, context, levers, numbers.map(|numbers| &**numbers)));
}

fn one_to_one_levers(ui: &mut Ui, levers: &mut Levers, answer: Option<&WhatIfAnswer>) {
    form_row(ui, "1:1s a month, each person", "", |ui| {
        slider(ui, &mut levers.meetings_a_month, 0.0..=8.0, 1.0, "");
    });
    form_row(ui, "Minutes of each", "", |ui| {
        let words = MINUTES.map(|minutes| format!("{minutes} minutes"));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        select(ui, "minutes of a 1:1", &words, &mut levers.minutes);
    });
    let by = answer.map(|answer| answer.question.by.to_string()).unwrap_or_default();
    let only = answer.and_then(|answer| answer.numbers.as_ref().ok()).map(|numbers| numbers.only.as_slice());
    let help = match only {
        Some([]) if levers.who == 1 => format!("No group of {by} stands out, so nobody gets more 1:1s."),
        Some(groups) if levers.who == 1 => {
            let names: Vec<String> = groups.iter().map(ToString::to_string).collect();
            format!("Only in {}.", text::list_and(&names))
        }
        _ => String::new(),
    };
    form_row(ui, "Who holds them", &help, |ui| {
        let focus = format!("Managers of the groups to focus on, by {by}");
        let words = ["Every manager", focus.as_str()];
        select(ui, "who holds 1:1s", &words[..if by.is_empty() { 1 } else { 2 }], &mut levers.who);
    });
}

fn columns(headings: &[&str]) -> Vec<TableColumn> {
    let column = |(place, heading): (usize, &&str)| TableColumn { heading: (*heading).to_owned(), figures: place > 0 };
    headings.iter().enumerate().map(column).collect()
}

fn one_to_ones(ui: &mut Ui, context: &ViewContext<'_>, answer: &WhatIfAnswer, numbers: Option<&WhatIf>) {
    let Some(numbers) = numbers.filter(|numbers| !numbers.groups.is_empty()) else { return };
    let knows_managers = numbers.groups.iter().any(|group| group.one_to_ones.people_per_manager.is_some());
    let by = answer.question.by.to_string();
    let mut headings = vec![by.as_str(), "People", "Under 15 min now", "Then", "More h a month each"];
    if knows_managers {
        headings.extend(["People per manager", "Manager's 1:1 h a week"]);
    }
    let proofs = (0..numbers.groups.len()).map(|place| Some(id_of(&Number::WhatIf(Some(place))))).collect();
    let table = DataTable::new("What if, by group", columns(&headings), numbers.groups.len()).proofs(proofs);
    table
        .show(ui, |row, column| numbers.groups.get(row).map_or_else(String::new, |group| cell(context, group, column)));
    let strained: Vec<String> = numbers
        .groups
        .iter()
        .filter(|group| group.one_to_ones.people_per_manager.is_some_and(|people| people > wording::MANY_PER_MANAGER))
        .map(|group| group.value.to_string())
        .collect();
    let note = match (knows_managers, strained.as_slice()) {
        (false, _) => "The file does not tell who leads whom in groups that are large enough, so managers\u{2019} hours are not shown.".to_owned(),
        (true, []) => "No group has more than 12 people for each manager.".to_owned(),
        (true, names) => format!(
            "Hard to do in {}: more than 12 people for each manager. Share the 1:1s, or make teams smaller first.",
            text::list_and(names)
        ),
    };
    ui.add_space(space::SMALL);
    ui.add(Text::body(note).medium());
}

fn cell(context: &ViewContext<'_>, group: &WhatIfGroup, column: usize) -> String {
    let told = &group.one_to_ones;
    let share = |share| text::percent(share, told.people, context.locale);
    let hours = |value: Option<f64>| value.map_or_else(String::new, |value| text::decimals(value, 1, context.locale));
    match column {
        0 => group.value.to_string(),
        1 => text::count(told.people, context.locale),
        2 => share(told.now),
        3 => share(told.then),
        4 => hours(Some(told.added_hours)),
        5 => hours(told.people_per_manager),
        _ => hours(told.manager_hours_a_week),
    }
}

fn hours(ui: &mut Ui, context: &ViewContext<'_>, levers: &mut Levers, numbers: Option<&WhatIf>) {
    let by_month = is_by_month(context);
    ui.add(Text::section("Hours freed"));
    form_row(ui, "What is cut", "", |ui| {
        let words = FreedFrom::ALL.map(wording::freed_from);
        select(ui, "hours that fall", &words, &mut levers.freed_from);
    });
    form_row(ui, "By how much", "", |ui| {
        slider(ui, &mut levers.percent, 0.0..=50.0, 5.0, " %");
    });
    let percent = levers.percent.round() as u32;
    let Some(numbers) = numbers else { return };
    let everyone = match &numbers.hours {
        Ok(hours) => hours,
        Err(why) => {
            ui.add(Text::body(wording::unavailable(why)));
            return;
        }
    };
    let finding = wording::hours_freed(everyone, percent, by_month, context.locale);
    ui.add(Text::lead(format!("{finding}.")).semi_bold().proven(&Number::WhatIf(None)));
    let groups: Vec<(usize, &WhatIfGroup)> =
        numbers.groups.iter().enumerate().filter(|(_, group)| group.hours.is_some()).collect();
    if groups.is_empty() {
        return;
    }
    let headings = ["Group", "People", "Hours each now", "Hours freed each"];
    let proofs = groups.iter().map(|(place, _)| Some(id_of(&Number::WhatIf(Some(*place))))).collect();
    let table = DataTable::new("Hours freed, by group", columns(&headings), groups.len()).proofs(proofs);
    table.show(ui, |row, column| {
        let Some((group, hours)) = groups.get(row).and_then(|(_, group)| Some((group, group.hours?))) else {
            return String::new();
        };
        match column {
            0 => group.value.to_string(),
            1 => text::count(hours.people, context.locale),
            2 => text::decimals(hours.mean, 1, context.locale),
            _ => text::decimals(hours.mean * f64::from(percent) / 100.0, 1, context.locale),
        }
    });
}
