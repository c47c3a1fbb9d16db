//! Colleagues who are glad to be asked: the call, who answered, where there are gaps, and the lists to hand out.

use egui::{Align, Layout, Ui};

use super::super::{Action, Send, ViewContext, ViewState, page_head};
use super::{ImportSheet, sending, volunteer};
use crate::project::{Standing, TopicCoverage, Volunteer};
use crate::report;
use crate::text;
use crate::ui::theme::{Icon, Scale, Text, space};
use crate::ui::widgets::{Button, Card, EmptyState, EmptyStateAction, Mark, MarkKind, centered_row};
use crate::workbench::wording;

/// Draws the tab.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let go_to = &context.workbench.project().go_to;
    let coverage = go_to.coverage(context.today);
    let (title, lead) = finding(context, &coverage);
    page_head(ui, &title, &lead);
    if go_to.volunteers.is_empty() {
        empty(ui, context, state, send);
        ui.add_space(space::GAP);
        sending::call_card(ui, context, state, send);
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        add_and_import(ui, context, state, send);
    });
    ui.add_space(space::GAP);
    coverage_card(ui, context, &coverage);
    ui.add_space(space::GAP);
    people_card(ui, context, state);
    ui.add_space(space::GAP);
    sending::lists_card(ui, context, state, &coverage, send);
    ui.add_space(space::GAP);
    sending::call_card(ui, context, state, send);
}

/// What there is, and the next step.
fn finding(context: &ViewContext<'_>, coverage: &TopicCoverage) -> (String, String) {
    let go_to = &context.workbench.project().go_to;
    let locale = context.locale;
    let listed = go_to.listed(context.today).len();
    if go_to.volunteers.is_empty() {
        let lead = "Colleagues who are glad to be asked when a customer needs an answer.";
        return ("Go-to contacts".to_owned(), lead.to_owned());
    }
    let gaps = coverage.gaps();
    let title = match gaps.len() {
        0 => text::counted(listed, "go-to contact", "go-to contacts", locale),
        gaps => format!(
            "{}, {}",
            text::counted(listed, "go-to contact", "go-to contacts", locale),
            text::counted(gaps, "gap", "gaps", locale)
        ),
    };
    let ending = go_to.ending_soon(context.today);
    let lead = match (ending.first(), gaps.first()) {
        (Some(first), _) => {
            let day = first.last_day().map(|day| text::date(day, locale)).unwrap_or_default();
            match ending.len() {
                1 => format!("Next: ask {} again, whose consent ends on {day}.", first.name),
                people => {
                    let people = wording::sentence_case(&text::count_in_words(people, locale));
                    format!("Next: ask again. {people} leave the lists within 30 days, the first after {day}.")
                }
            }
        }
        (None, Some((topic, team))) => format!("Next: find somebody for {topic} in {team}."),
        (None, None) => "Next: hand out the lists and announce them.".to_owned(),
    };
    (title, lead)
}

fn empty(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let why = "Send the call to everyone, with the table to fill in. Import the answers here: who agreed stands on the \
               lists that you hand out, for as long as they agreed, and whoever withdraws is gone from all of it.";
    let copy = Button::primary("Copy the call for volunteers").icon(Icon::Copy);
    let empty = EmptyState::new(Icon::ContactRound, "No go-to contacts yet", why).action(copy);
    Card::new().show(ui, |ui| {
        if empty.show(ui) == Some(EmptyStateAction::Act) {
            let text = report::call_text(&context.workbench.project().go_to.call, context.locale);
            send(Action::CopyText { text, what: "Call" });
        }
        centered_row(ui, "ways to begin", |ui| add_and_import(ui, context, state, send));
        ui.add_space(Scale::of(ui).space(space::SECTION));
    });
}

fn add_and_import(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    if ui.add(Button::secondary("Add a person\u{2026}").icon(Icon::Plus)).clicked() {
        state.contacts.volunteer = Some(volunteer::Draft::new(context.today));
    }
    if ui.add(Button::secondary("Import answers\u{2026}").icon(Icon::FolderOpen)).clicked() {
        send(Action::PickTable(crate::ui::views::TableFor::Answers));
    }
    if ui.add(Button::quiet("Paste answers\u{2026}").icon(Icon::ClipboardList)).clicked() {
        state.contacts.answers = Some(ImportSheet::pasted());
    }
}

/// Topics against teams.
fn coverage_card(ui: &mut Ui, context: &ViewContext<'_>, coverage: &TopicCoverage) {
    if coverage.fields() == 0 {
        return;
    }
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Who covers what"));
        let gaps = coverage.gaps().len();
        let told = format!("{} of {} fields have somebody.", coverage.fields() - gaps, coverage.fields());
        ui.add(Text::body(told).secondary());
        ui.add_space(space::SMALL);
        egui::ScrollArea::horizontal().id_salt("coverage").show(ui, |ui| {
            egui::Grid::new("coverage").spacing([space::SECTION, space::SMALL]).show(ui, |ui| {
                wide(ui, Text::label("Topic").medium().secondary());
                for team in &coverage.teams {
                    wide(ui, Text::label(team).medium().secondary());
                }
                ui.end_row();
                for (topic, row) in coverage.topics.iter().zip(&coverage.people) {
                    wide(ui, Text::body(topic));
                    for (team, people) in coverage.teams.iter().zip(row) {
                        let (kind, word) = match people {
                            0 => (MarkKind::NotFit, "gap".to_owned()),
                            people => (MarkKind::Fit, text::counted(*people, "person", "people", context.locale)),
                        };
                        ui.add(Mark::new(kind, word).small()).on_hover_text(format!("{topic} in {team}"));
                    }
                    ui.end_row();
                }
            });
        });
        if coverage.without_place > 0 {
            let people = text::counted(coverage.without_place, "person", "people", context.locale);
            ui.add(Text::caption(format!("{people} named no topic or no team.")).secondary());
        }
        let rule = "Counted: people whose consent is in force today. A gap is a field without anybody.";
        ui.add(Text::caption(rule).secondary());
    });
}

/// A cell of words that may take several lines, none of them a letter wide.
fn wide(ui: &mut Ui, text: Text) {
    ui.scope(|ui| {
        ui.set_width(Scale::of(ui).space(132.0));
        ui.add(text);
    });
}

/// Everybody who answered.
fn people_card(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState) {
    let go_to = &context.workbench.project().go_to;
    Card::new().show(ui, |ui| {
        ui.add(Text::section("People"));
        let rule = "On the lists from the day of consent to the last day. Nobody else is in anything that is written.";
        ui.add(Text::body(rule).secondary());
        let mut people: Vec<&Volunteer> = go_to.volunteers.iter().collect();
        people.sort_by_key(|person| person.name.to_lowercase());
        for person in people {
            super::super::rule(ui);
            ui.push_id(person.id, |ui| row(ui, context, state, person));
        }
        if let Some(last) = go_to.withdrawals.iter().max() {
            super::super::rule(ui);
            let withdrew = text::counted(go_to.withdrawals.len(), "person has", "people have", context.locale);
            let day = text::date(*last, context.locale);
            let told = format!("{withdrew} withdrawn, the last on {day}. Nothing else is kept of them.");
            ui.add(Text::caption(told).secondary());
        }
    });
}

fn row(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, person: &Volunteer) {
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        let withdraw = Button::quiet(format!("Withdraw {}\u{2026}", person.name)).icon(Icon::UserMinus).icon_only();
        if ui.add(withdraw).clicked() {
            state.contacts.withdrawing = Some(person.id);
        }
        let change = Button::quiet(format!("Change {}\u{2026}", person.name)).icon(Icon::Pencil).icon_only();
        if ui.add(change).clicked() {
            state.contacts.volunteer = Some(volunteer::Draft::of(person));
        }
        let (kind, word, why) = standing(context, person);
        ui.add(Mark::new(kind, word).small()).on_hover_text(why);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            let role = if person.role.is_empty() { String::new() } else { format!(", {}", person.role) };
            ui.add(Text::body(format!("{}{role}", person.name)).medium());
            let or = |names: &[String], none: &str| match names {
                [] => none.to_owned(),
                names => text::list_and(names),
            };
            let told = format!("{} for {}", or(&person.topics, "No topic said,"), or(&person.teams, "any team"));
            ui.add(Text::caption(told).secondary());
        });
    });
}

/// Where somebody stands: word, shape and the rule that decided.
fn standing(context: &ViewContext<'_>, person: &Volunteer) -> (MarkKind, String, String) {
    let day = |day| text::date(day, context.locale);
    let last = person.last_day().map(day).unwrap_or_default();
    let from = person.consent_on.map(day).unwrap_or_default();
    match person.standing(context.today) {
        Standing::Listed => (MarkKind::Fit, format!("Until {last}"), format!("Agreed on {from}.")),
        Standing::EndsSoon => {
            (MarkKind::WithCare, format!("Ends {last}"), format!("Agreed on {from}; ends within 30 days. Ask again."))
        }
        Standing::Expired => {
            (MarkKind::NotFit, "Expired".to_owned(), format!("The consent ended on {last}. On no list until renewed."))
        }
        Standing::NoConsent => {
            let why = "There is no consent that is in force today, so on no list.";
            (MarkKind::NotInFile, "No consent".to_owned(), why.to_owned())
        }
    }
}
