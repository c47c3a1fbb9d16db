//! The forms about one person: adding, changing, withdrawing.

use chrono::NaiveDate;
use egui::{Key, Modifiers, Ui};

use super::super::{Action, Send, ViewContext, ViewState, modal};
use crate::project::{Edit, Volunteer, VolunteerEdit};
use crate::text::typed_list;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{Button, day_field, text_field};
use crate::workbench::Command;

/// Somebody's answer that is being typed.
#[derive(Debug)]
pub(in super::super) struct Draft {
    person: Volunteer,
    teams: String,
    topics: String,
    is_known: bool,
    is_new: bool,
}

impl Draft {
    /// A new one, with the consent of today to be ticked.
    pub(super) fn new(today: NaiveDate) -> Self {
        let person = Volunteer { consent_on: Some(today), ..Volunteer::default() };
        Self { person, teams: String::new(), topics: String::new(), is_known: false, is_new: true }
    }

    pub(super) fn of(person: &Volunteer) -> Self {
        let (teams, topics) = (person.teams.join("; "), person.topics.join("; "));
        Self { person: person.clone(), teams, topics, is_known: true, is_new: true }
    }

    fn finished(self) -> Volunteer {
        let trimmed = |text: &str| text.trim().to_owned();
        Volunteer {
            name: trimmed(&self.person.name),
            email: trimmed(&self.person.email),
            role: trimmed(&self.person.role),
            teams: typed_list(&self.teams),
            topics: typed_list(&self.topics),
            ..self.person
        }
    }
}

fn edit(edit: VolunteerEdit) -> Action {
    Action::Run(Command::Edit(Edit::Volunteer(edit)))
}

/// Draws the form, while somebody's answer is being typed.
pub(super) fn ask(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(draft) = &mut state.contacts.volunteer else { return };
    let (is_known, is_new) = (draft.is_known, std::mem::take(&mut draft.is_new));
    let person = &draft.person;
    let named = !person.name.trim().is_empty();
    let same = context.workbench.project().go_to.volunteers.iter().find(|other| {
        let typed = Volunteer { teams: typed_list(&draft.teams), ..person.clone() };
        other.is_same_person(&typed) && (!is_known || other.id != person.id)
    });
    let is_possible = named && person.consents && person.consent_on.is_some() && same.is_none();
    let why_not = match (named, same) {
        (true, Some(same)) => format!("{} is here already. Change that entry instead.", same.name),
        (true, None) if !person.consents => "Without the person\u{2019}s consent nothing is kept.".to_owned(),
        _ => String::new(),
    };
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section(if is_known { "Change a go-to contact" } else { "Add a go-to contact" }));
        let field = text_field(ui, "Name", &mut draft.person.name, "As colleagues know the person", 1);
        if is_new {
            field.request_focus();
        }
        text_field(ui, "Email", &mut draft.person.email, "name@contoso.com", 1);
        text_field(ui, "Role", &mut draft.person.role, "Solution architect", 1);
        text_field(ui, "Topics", &mut draft.topics, "Pricing; Contracts", 1);
        text_field(ui, "Teams", &mut draft.teams, "North; South. Empty for any team", 1);
        ui.checkbox(&mut draft.person.consents, "Agreed to be on the lists");
        day_field(ui, "Agreed on", &mut draft.person.consent_on, context.today, context.locale);
        day_field(ui, "On the lists until", &mut draft.person.listed_until, context.today, context.locale);
        ui.add(Text::caption("Without a last day: twelve months after the consent.").secondary());
        if !why_not.is_empty() {
            ui.add(Text::body(&why_not).medium());
        }
    };
    let mut is_saved = false;
    let closes = modal(ui, "volunteer", 520.0, contents, |ui| {
        let save = Button::primary("Save person").shortcut("Ctrl+Enter");
        let entered = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        is_saved = ui.add_enabled(is_possible, save).clicked() || entered && is_possible;
        if ui.add(Button::quiet("Cancel")).clicked() || is_saved {
            ui.close();
        }
    });
    if !closes && !is_saved {
        return;
    }
    if let Some(draft) = state.contacts.volunteer.take().filter(|_| is_saved) {
        let person = draft.finished();
        send(edit(if is_known { VolunteerEdit::Change(person) } else { VolunteerEdit::Add(person) }));
        state.toast(if is_known { "Person changed" } else { "Person added" });
    }
}

/// Asks before somebody's answer is deleted.
pub(super) fn ask_to_withdraw(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(id) = state.contacts.withdrawing else { return };
    let person = context.workbench.project().go_to.volunteers.iter().find(|person| person.id == id);
    let Some(person) = person else {
        state.contacts.withdrawing = None;
        return;
    };
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section(format!("Withdraw {}?", person.name)));
        let what = "The answer is deleted from this project: name, address, role, topics and teams. Only the day stays, \
                    without a name.";
        ui.add(Text::body(what));
        let rest = "Lists that were handed out before still hold the name, and so do earlier versions of the project \
                    file. Hand out new lists and ask for the old ones to be deleted.";
        ui.add(Text::body(rest).secondary());
    };
    let mut is_sure = false;
    let closes = modal(ui, "withdraw", 460.0, contents, |ui| {
        is_sure = ui.add(Button::primary("Withdraw")).clicked();
        if ui.add(Button::quiet("Cancel")).clicked() || is_sure {
            ui.close();
        }
    });
    if is_sure {
        send(edit(VolunteerEdit::Withdraw(id, context.today)));
        state.toast("Withdrawn. Hand out new lists");
    }
    if closes || is_sure {
        state.contacts.withdrawing = None;
    }
}
