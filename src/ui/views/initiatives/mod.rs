//! Customer initiatives: how they stand, where there are none, what to take up first; registering and reviewing them.

mod form;
mod importing;
mod list;
mod scorecard;

use egui::{Key, Modifiers, Ui};

use super::{Action, Send, ViewContext, ViewState, page_head, reading_width};
use crate::project::{Counts, Edit, Id, Initiative, InitiativeEdit, Level, RULES, Register, SELECTION_RULE, Status};
use crate::report::{Span, initiatives_table, initiatives_template, review_pack};
use crate::text::{self, Locale};
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{
    Button, Card, EmptyState, Mark, MarkKind, MenuItem, RatedItem, RatingMatrix, bullets, centered_row, columns,
    menu_under,
};
use crate::workbench::Command;

pub(super) use scorecard::overview_card;

/// What is typed and chosen on the screen of initiatives.
#[derive(Debug, Default)]
pub(super) struct InitiativesState {
    editing: Option<form::Editing>,
    importing: Option<importing::Importing>,
    filter: list::Chosen,
    /// The areas to cover as they are typed, while they are.
    areas: Option<String>,
}

impl InitiativesState {
    /// Takes a table of initiatives that was read.
    pub(super) fn receive(&mut self, bytes: &[u8]) {
        self.importing = Some(importing::Importing::of_file(bytes));
    }

    /// Puts the import away.
    pub(super) fn stop_importing(&mut self) {
        self.importing = None;
    }

    /// Whether a window lies over the screen.
    pub(super) fn has_modal(&self) -> bool {
        self.editing.is_some() || self.importing.is_some() || self.areas.is_some()
    }

    /// Asks for a new initiative.
    pub(super) fn register_one(&mut self) {
        self.editing.get_or_insert_with(form::Editing::new);
    }

    /// Asks for a new initiative that somebody decided on.
    pub(super) fn register_decision(&mut self, decision: Id, draft: &Initiative) {
        self.editing.get_or_insert_with(|| form::Editing::of_decision(decision, draft));
    }

    /// Shows an initiative.
    pub(super) fn show_one(&mut self, initiative: &Initiative) {
        self.editing = Some(form::Editing::of(initiative));
    }

    /// Asks for a table to import.
    pub(super) fn import(&mut self) {
        self.importing.get_or_insert_default();
    }
}

/// The five tips that this screen follows, each in a sentence.
const TIPS: [&str; 5] = [
    "Choose by impact on loyalty and on being chosen, against effort and cost: high impact at low cost first.",
    "Run initiatives at three levels: key accounts, business units (product or region), corporate or cross-functional.",
    "Report upward how many are on schedule, at risk and late; the progress of each where there are few.",
    "Tie some pay to the goals of the people and teams responsible.",
    "Review the counts with senior managers each month or quarter.",
];

fn edit(edit: InitiativeEdit) -> Action {
    Action::Run(Command::Edit(Edit::Initiative(edit)))
}

/// A status as a shape. Its word stands beside it.
fn mark_of(status: Status) -> MarkKind {
    match status {
        Status::OnSchedule => MarkKind::Fit,
        Status::AtRisk => MarkKind::WithCare,
        Status::Late => MarkKind::NotFit,
        Status::NotStarted => MarkKind::NotInFile,
        Status::DoneOnTime | Status::DoneLate => MarkKind::Info,
        Status::OnHold | Status::Stopped => MarkKind::Same,
    }
}

/// Draws the windows over the screen: the form, the import, the areas.
pub(super) fn windows(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    form::show(ui, context, state, send);
    importing::show(ui, context, state, send);
    areas(ui, context, state, send);
}

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let register = &context.workbench.project().initiatives;
    reading_width(ui);
    let is_free = !state.has_modal() && !ui.text_edit_focused();
    if is_free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::N)) {
        state.initiatives.register_one();
    }
    if register.initiatives.is_empty() {
        empty(ui, state, send);
        return;
    }
    let counts = Counts::of(&register.initiatives, context.today);
    page_head(ui, &title(register, counts, context.locale), &lead(register, context));
    buttons(ui, context, state, send);
    ui.add_space(space::GAP);
    scorecard::alarm(ui, register, state);
    scorecard::levels(ui, context, register);
    ui.add_space(space::GAP);
    scorecard::progress(ui, context, state, register);
    matrix(ui, context, state, register);
    list::show(ui, context, state, register);
    ui.add_space(space::GAP);
    scorecard::reviews(ui, context, register);
    ui.add_space(space::GAP);
    Card::new().show(ui, |ui| {
        ui.add(Text::section("The rules"));
        bullets(ui, &RULES);
    });
}

/// "12 initiatives: 8 on schedule, 2 at risk, 2 late; none in customer service".
fn title(register: &Register, counts: Counts, locale: &Locale) -> String {
    let all = text::counted(counts.total(), "initiative", "initiatives", locale);
    let part = |status: Status| {
        let count = counts.get(status);
        (count > 0).then(|| format!("{} {}", text::count(count, locale), status.words().to_lowercase()))
    };
    let running: Vec<String> =
        [Status::OnSchedule, Status::AtRisk, Status::Late].into_iter().filter_map(part).collect();
    let running = if running.is_empty() { "none in progress".to_owned() } else { running.join(", ") };
    let none = register.coverage().areas.first().map(|area| format!("; none in {}", area.to_lowercase()));
    format!("{all}: {running}{}", none.filter(|_| counts.in_progress() > 0).unwrap_or_default())
}

/// What changed since the last review, and what is next.
fn lead(register: &Register, context: &ViewContext<'_>) -> String {
    match register.last_review(context.today) {
        Some(review) => scorecard::change_in_words(register, review, context),
        None if register.reviews.iter().any(|review| review.on == context.today) => {
            "Today's counts are recorded. The next review says what changed.".to_owned()
        }
        None => "Record a review to see the change from then on.".to_owned(),
    }
}

fn empty(ui: &mut Ui, state: &mut ViewState, send: Send<'_>) {
    page_head(ui, "Customer initiatives", "What was never initiated or finished is not getting done.");
    let why = "Register what is done so that customers stay and choose you. The scorecard counts what is on schedule, at \
               risk and late by written rules, and shows where there is nothing at all.";
    let action = Button::primary("Register an initiative").icon(Icon::Plus).shortcut("N");
    let mut asked = None;
    columns(ui, [0.5, 0.5], |[left, right]| {
        Card::new().show(left, |ui| {
            asked = EmptyState::new(Icon::Rocket, "No initiatives yet", why).action(action).show(ui);
            centered_row(ui, "ways to begin", |ui| {
                if ui.add(Button::secondary("Import a table\u{2026}").icon(Icon::FileSpreadsheet)).clicked() {
                    state.initiatives.import();
                }
                if ui.add(Button::quiet("Save the template\u{2026}").icon(Icon::Download)).clicked() {
                    save(send, initiatives_template());
                }
            });
        });
        Card::new().show(right, |ui| {
            ui.add(Text::section("Five tips"));
            bullets(ui, &TIPS);
        });
    });
    if asked.is_some() {
        state.initiatives.register_one();
    }
}

fn save(send: Send<'_>, file: crate::report::HandOut) {
    send(Action::SaveFile { name: file.name, bytes: file.bytes });
}

fn buttons(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let (register, today, locale) = (&context.workbench.project().initiatives, context.today, context.locale);
    ui.horizontal_wrapped(|ui| {
        if ui.add(Button::primary("Register an initiative").icon(Icon::Plus).shortcut("N")).clicked() {
            state.initiatives.register_one();
        }
        if ui.add(Button::secondary("Record review").icon(Icon::ClipboardCheck)).clicked() {
            send(edit(InitiativeEdit::Review(today)));
            state.toast("Review recorded. Its counts stay as they are");
        }
        let hand_out = ui.add(Button::secondary("Hand out").icon(Icon::Share2).opens_menu());
        menu_under(&hand_out, |ui| {
            for span in Span::ALL {
                let words = format!("Review pack of the {}\u{2026}", span.words());
                if ui.add(MenuItem::new(Icon::FileText, words)).clicked() {
                    save(send, review_pack(register, span, today, locale));
                }
            }
            if ui.add(MenuItem::new(Icon::FileSpreadsheet, "Export the table\u{2026}")).clicked() {
                save(send, initiatives_table(register, today, locale));
            }
        });
        let bring = ui.add(Button::secondary("Bring in").icon(Icon::Import).opens_menu());
        menu_under(&bring, |ui| {
            if ui.add(MenuItem::new(Icon::FileSpreadsheet, "Import a table\u{2026}")).clicked() {
                state.initiatives.import();
            }
            if ui.add(MenuItem::new(Icon::Download, "Save the template\u{2026}")).clicked() {
                save(send, initiatives_template());
            }
        });
    });
}

/// Impact against burden, with the rule beside it.
fn matrix(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, register: &Register) {
    let open = |one: &&Initiative| {
        !matches!(one.shown_status(context.today), Status::DoneOnTime | Status::DoneLate | Status::Stopped)
    };
    let shown: Vec<&Initiative> = register.in_order().into_iter().filter(open).collect();
    if shown.is_empty() {
        return;
    }
    let item = |one: &&Initiative| RatedItem {
        name: one.title.clone(),
        mark: mark_of(one.shown_status(context.today)),
        detail: format!(
            "{}, impact {}, burden {}, {}",
            one.priority().words(),
            one.impact(),
            one.burden(),
            one.shown_status(context.today).words().to_lowercase()
        ),
        across: one.burden(),
        up: one.impact(),
    };
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Impact on customers against the burden"));
        ui.add(Text::caption(SELECTION_RULE).secondary());
        ui.add_space(space::SMALL);
        let corners = ["Quick wins", "Major projects", "Fill-ins", "Avoid"];
        let name = format!("Impact against burden of {} initiatives", shown.len());
        let matrix = RatingMatrix::new(name, ("Impact", "Burden"), corners, shown.iter().map(item).collect());
        if let Some(one) = matrix.show(ui).and_then(|place| shown.get(place)) {
            state.initiatives.editing = Some(form::Editing::of(one));
        }
        let key = [Status::OnSchedule, Status::AtRisk, Status::Late, Status::NotStarted, Status::OnHold];
        ui.horizontal_wrapped(|ui| {
            for status in
                key.into_iter().filter(|status| shown.iter().any(|one| one.shown_status(context.today) == *status))
            {
                ui.add(Mark::new(mark_of(status), status.words()).small());
                ui.add_space(space::MEDIUM);
            }
        });
    });
    ui.add_space(space::GAP);
}

/// The window in which the areas to cover are typed.
fn areas(ui: &mut Ui, _context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(typed) = &mut state.initiatives.areas else { return };
    let mut is_saved = false;
    let closes = super::modal(
        ui,
        "areas to cover",
        480.0,
        |ui| {
            ui.add(Text::section("Areas to cover"));
            ui.add(
                Text::body(
                    "An area in which nothing is in progress is told first, on the screen and in the review pack.",
                )
                .secondary(),
            );
            crate::ui::widgets::text_field(ui, "Customer-facing areas, one a line", typed, "Customer service", 6);
        },
        |ui| {
            is_saved = ui.add(Button::primary("Save areas").shortcut("Ctrl+Enter")).clicked()
                || ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
            if ui.add(Button::quiet("Cancel")).clicked() || is_saved {
                ui.close();
            }
        },
    );
    if closes || is_saved {
        let typed = state.initiatives.areas.take().unwrap_or_default();
        if is_saved {
            send(edit(InitiativeEdit::SetAreas(text::typed_list(&typed))));
        }
    }
}

/// The level and unit of an initiative: "Business units: EMEA".
fn place_of(one: &Initiative) -> String {
    let unit = one.unit.trim();
    let area = one.area.trim();
    let level = match one.level {
        Level::KeyAccount => "Key account",
        Level::BusinessUnit => one.unit_kind.words(),
        Level::Corporate => "Corporate",
    };
    let level = if unit.is_empty() { level.to_owned() } else { format!("{level} {unit}") };
    if area.is_empty() { level } else { format!("{level} \u{b7} {area}") }
}
