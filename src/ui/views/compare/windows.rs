//! The timeline: which weeks are in which window, which look like holidays, and which are left out.

use chrono::{Datelike as _, NaiveDate};
use egui::Ui;

use super::super::{Send, ViewContext, is_by_month};
use super::{CompareState, run};
use crate::privacy::{Offer, Window, WindowProblem};
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{
    Button, Card, Mark, MarkKind, PeriodStrip, StripChoice, StripPart, StripPeriod, removable_chip, select,
};
use crate::workbench::{CompareAnswer, CompareCommand, wording};

/// What a drag or a click on the timeline chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Drag {
    /// The later window.
    #[default]
    Current,
    /// The earlier window.
    Baseline,
    /// Weeks that are left out.
    Out,
}

impl Drag {
    const ALL: [Self; 3] = [Self::Baseline, Self::Current, Self::Out];
    const WORDS: [&str; 3] =
        ["drag to set the baseline", "drag to set the current window", "click to leave out, or put back"];
}

/// Draws the card of the timeline.
pub(super) fn card(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut CompareState,
    answer: &CompareAnswer,
    send: Send<'_>,
) {
    let Some(windows) = answer.windows() else { return };
    Card::new().show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            let caption = ui.add(Text::body("On the timeline").secondary());
            let mut at = Drag::ALL.iter().position(|known| *known == state.drag).unwrap_or_default();
            select(ui, "drag chooses", &Drag::WORDS, &mut at).labelled_by(caption.id);
            state.drag = Drag::ALL.get(at).copied().unwrap_or_default();
            offers(ui, answer, &windows, send);
            let word = if state.shows_dates { "Hide dates" } else { "Set by date\u{2026}" };
            if ui.add(Button::quiet(word).icon(Icon::CalendarRange).small()).clicked() {
                state.shows_dates = !state.shows_dates;
            }
        });
        if state.shows_dates {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::SMALL;
                by_dates(ui, context, answer, &windows, send);
            });
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::SMALL;
                left_out(ui, context, answer, send);
            });
        }
        if let Some(choice) = strip(context, answer, &windows).show(ui) {
            chosen(answer, &windows, state.drag, choice, send);
        }
        key(ui, context, answer);
        let filter = &context.workbench.question().filter;
        if filter.from.is_some() || filter.to.is_some() {
            ui.add(
                Text::caption("The range of the filter does not count here: the windows take its place.").secondary(),
            );
        }
        if let Some(Err(problem)) = &answer.outcome {
            correction(ui, context, problem, send);
        }
    });
}

fn strip(context: &ViewContext<'_>, answer: &CompareAnswer, [earlier, later]: &[Window; 2]) -> PeriodStrip {
    let mut month = 0;
    let periods = answer.choices.periods.iter().map(|period| {
        let is_new_month = std::mem::replace(&mut month, period.day.month()) != period.day.month();
        let is_out = period.is_cut || answer.without.contains(&period.day);
        let date = text::date(period.day, context.locale);
        let note = match (period.is_cut, is_out, period.looks_like_holiday) {
            (true, ..) => ": cut by the export, in no window",
            (_, true, true) => ": looks like a holiday, left out",
            (_, true, false) => ": left out",
            (_, false, true) => ": looks like a holiday",
            _ => "",
        };
        StripPeriod {
            words: format!("{date}{note}"),
            label: if is_new_month { text::short_date(period.day, context.locale) } else { String::new() },
            part: match (earlier.holds(period.day), later.holds(period.day)) {
                (true, _) => StripPart::Earlier,
                (_, true) => StripPart::Later,
                _ => StripPart::Free,
            },
            is_out,
            is_marked: period.looks_like_holiday,
        }
    });
    PeriodStrip::new("Timeline with the baseline and the current window", periods.collect())
}

/// What follows from a choice on the timeline.
fn chosen(answer: &CompareAnswer, windows: &[Window; 2], drag: Drag, choice: StripChoice, send: Send<'_>) {
    let day = |place: usize| answer.choices.periods.get(place).map(|period| period.day);
    let place_of = |day: NaiveDate| answer.choices.periods.iter().position(|period| period.day >= day);
    let window = match choice {
        StripChoice::Range(from, to) => day(from).zip(day(to)),
        // One click moves the window: it begins there and keeps its length.
        StripChoice::One(from) => {
            let own = windows[usize::from(drag == Drag::Current)];
            let length = place_of(own.from).zip(place_of(own.to)).map_or(0, |(from, to)| to.saturating_sub(from));
            let last = answer.choices.periods.len().saturating_sub(1);
            day(from).zip(day((from + length).min(last)))
        }
    };
    let Some((from, to)) = window else { return };
    let [baseline, current] = *windows;
    match (drag, choice) {
        (Drag::Out, StripChoice::One(place)) => {
            let is_cut = answer.choices.periods.get(place).is_none_or(|period| period.is_cut);
            if let Some(day) = day(place).filter(|_| !is_cut) {
                send(run(CompareCommand::ToggleOut(day)));
            }
        }
        (Drag::Out, StripChoice::Range(..)) => {}
        (Drag::Baseline, _) => send(run(CompareCommand::Windows([Window { from, to }, current]))),
        (Drag::Current, _) => send(run(CompareCommand::Windows([baseline, Window { from, to }]))),
    }
}

/// Both windows by the dates of their ends.
fn by_dates(ui: &mut Ui, context: &ViewContext<'_>, answer: &CompareAnswer, windows: &[Window; 2], send: Send<'_>) {
    let days: Vec<NaiveDate> = answer.choices.periods.iter().map(|period| period.day).collect();
    let words: Vec<String> = days.iter().map(|day| text::date(*day, context.locale)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut chosen = *windows;
    for (window, name) in chosen.iter_mut().zip(["Baseline", "Current"]) {
        ui.add(Text::body(name).medium());
        for (end, is_first) in [(&mut window.from, true), (&mut window.to, false)] {
            let mut at = days.iter().position(|day| day == end).unwrap_or_default();
            let caption = ui.add(Text::body(if is_first { "from" } else { "to" }).secondary());
            if select(ui, ("window", name, is_first), &words, &mut at).labelled_by(caption.id).changed() {
                *end = days.get(at).copied().unwrap_or(*end);
            }
        }
    }
    if chosen != *windows {
        send(run(CompareCommand::Windows(chosen)));
    }
}

/// The periods that are left out, to be put back, and a choice of one more: without a pointer too.
fn left_out(ui: &mut Ui, context: &ViewContext<'_>, answer: &CompareAnswer, send: Send<'_>) {
    let caption = ui.add(Text::body("Left out").medium());
    let kept: Vec<NaiveDate> =
        answer.choices.periods.iter().filter(|period| !period.is_cut).map(|period| period.day).collect();
    let kept: Vec<NaiveDate> = kept.into_iter().filter(|day| !answer.without.contains(day)).collect();
    for day in &answer.without {
        if removable_chip(ui, &text::date(*day, context.locale)).clicked() {
            send(run(CompareCommand::ToggleOut(*day)));
        }
    }
    let invitation = if is_by_month(context) { "Choose a month\u{2026}" } else { "Choose a week\u{2026}" };
    let dates: Vec<String> = kept.iter().map(|day| text::date(*day, context.locale)).collect();
    let words: Vec<&str> = std::iter::once(invitation).chain(dates.iter().map(String::as_str)).collect();
    let mut at = 0;
    let is_chosen = select(ui, "leave out of both", &words, &mut at).labelled_by(caption.id).changed();
    if is_chosen && let Some(day) = at.checked_sub(1).and_then(|at| kept.get(at)) {
        send(run(CompareCommand::ToggleOut(*day)));
    }
}

/// Windows that one click chooses.
fn offers(ui: &mut Ui, answer: &CompareAnswer, windows: &[Window; 2], send: Send<'_>) {
    for offer in answer.offers().into_iter().filter(|offer| offer.windows() != *windows) {
        let word = match offer {
            Offer::YearBefore(_) => "Against a year before",
            Offer::JustBefore(_) => "Against just before",
        };
        if ui.add(Button::secondary(word).icon(Icon::CalendarRange).small()).clicked() {
            send(run(CompareCommand::Windows(offer.windows())));
        }
    }
}

/// What the marks of the timeline stand for, where it has them.
fn key(ui: &mut Ui, context: &ViewContext<'_>, answer: &CompareAnswer) {
    let one = if is_by_month(context) { "month" } else { "week" };
    let mut words = vec!["Light: baseline. Dark: current window.".to_owned()];
    if answer.choices.holidays().next().is_some() {
        words.push(format!("Diamond: a {one} that looks like a holiday."));
    }
    let is_out = !answer.without.is_empty() || answer.choices.periods.iter().any(|period| period.is_cut);
    if is_out {
        words.push(format!("Hatched: a {one} out of both windows."));
    }
    ui.add(Text::caption(words.join(" ")).secondary());
}

/// Why the windows cannot be compared, and the ones that can.
fn correction(ui: &mut Ui, context: &ViewContext<'_>, problem: &WindowProblem, send: Send<'_>) {
    let [what, what_to_do] = wording::window_problem(problem, is_by_month(context), context.locale);
    ui.add(Mark::new(MarkKind::WithCare, what));
    ui.add(Text::body(what_to_do).secondary());
    ui.horizontal(|ui| {
        if let WindowProblem::Unequal { corrected, .. } = problem
            && ui.add(Button::primary("Make them equally long").icon(Icon::Check)).clicked()
        {
            send(run(CompareCommand::Windows(*corrected)));
        }
        if ui.add(Button::quiet("Back to the suggestion").icon(Icon::RotateCcw)).clicked() {
            send(run(CompareCommand::Reset));
        }
    });
}
