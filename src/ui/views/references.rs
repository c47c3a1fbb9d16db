//! References: values of the organization's own, and what others have written down, beside the numbers.

use egui::{Align, Key, Layout, Modifiers, Ui};

use super::proof::Proven as _;
use super::{Action, Send, ViewContext, ViewState, reading_width, rule};
use crate::guidance::{self, Reference, ReferenceKind};
use crate::insights::Behavior;
use crate::project::{Edit, OwnReference, PlanMetric, ReferenceEdit};
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, Card, Mark, MarkKind, form_row, page_header, select, text_field};
use crate::workbench::Command;
use crate::workbench::wording::{self, Beside};

/// A reference that is being typed.
#[derive(Debug)]
pub(super) struct Draft {
    reference: OwnReference,
    /// Whether it was there before.
    is_known: bool,
    value: String,
    year: String,
    is_focused: bool,
}

impl Draft {
    fn new(behavior: Behavior) -> Self {
        let reference = OwnReference { metric: PlanMetric::headline_of(behavior), ..OwnReference::default() };
        Self { reference, is_known: false, value: String::new(), year: String::new(), is_focused: false }
    }

    fn of(reference: &OwnReference) -> Self {
        let year = reference.year.map(|year| year.to_string()).unwrap_or_default();
        let value = wording::as_typed(reference);
        Self { reference: reference.clone(), is_known: true, value, year, is_focused: false }
    }

    /// What was typed; `None` while it cannot be kept.
    fn made(&self) -> Option<OwnReference> {
        let year = self.year.trim();
        let trimmed = |text: &str| text.trim().to_owned();
        let made = OwnReference {
            value: wording::typed_reference(self.reference.metric, &self.value)?,
            year: if year.is_empty() { None } else { Some(year.parse().ok()?) },
            population: trimmed(&self.reference.population),
            source: trimmed(&self.reference.source),
            note: trimmed(&self.reference.note),
            ..self.reference.clone()
        };
        made.is_complete().then_some(made)
    }
}

fn edit(edit: ReferenceEdit) -> Action {
    Action::Run(Command::Edit(Edit::Reference(edit)))
}

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    reading_width(ui);
    let own = &context.workbench.project().references;
    let title = match own.len() {
        0 => "Nobody publishes a benchmark for these shares".to_owned(),
        count => {
            let counted = text::counted(count, "reference", "references", context.locale);
            format!("{counted} of your own to hold your numbers against")
        }
    };
    let lead = "Hold them against yourself: an earlier period, your own groups, a value from your own reports. What \
                others have written down stands under it, each with its kind and source.";
    page_header(ui, &title, lead);
    if ui.add(Button::primary("Add a reference\u{2026}").icon(Icon::Plus)).clicked() {
        state.reference = Some(Draft::new(Behavior::TimeWithCustomers));
    }
    for behavior in Behavior::ALL {
        ui.add_space(space::GAP);
        Card::new().show(ui, |ui| {
            ui.add(Text::section(wording::nav_name(behavior)));
            for reference in own.iter().filter(|reference| reference.metric.behavior() == behavior) {
                ui.push_id(("own", reference.id), |ui| own_row(ui, context, state, reference, send));
            }
            let others = guidance::references().iter().filter(|reference| reference.behavior() == Some(behavior));
            for reference in others {
                ui.push_id(&reference.id, |ui| row(ui, context, reference));
            }
        });
    }
}

fn beside(ui: &mut Ui, beside: &Beside) {
    let words = Text::body(&beside.words);
    match &beside.number {
        Some(number) => ui.add(words.medium().proven(number)),
        None => ui.add(words.secondary()),
    };
}

fn own_row(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, reference: &OwnReference, send: Send<'_>) {
    rule(ui);
    let words = wording::sentence_case(&wording::own_reference(reference, context.locale));
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        let delete = Button::quiet(format!("Delete reference {words}")).icon(Icon::Trash2).icon_only();
        if ui.add(delete).clicked() {
            send(edit(ReferenceEdit::Remove(reference.id)));
            state.toast("Reference deleted. Ctrl+Z brings it back");
        }
        let change = Button::quiet(format!("Change reference {words}\u{2026}")).icon(Icon::Pencil).icon_only();
        if ui.add(change).clicked() {
            state.reference = Some(Draft::of(reference));
        }
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.add(Mark::new(MarkKind::Fit, "Your own reference").small());
            ui.add(Text::body(&words).semi_bold());
            beside(
                ui,
                &wording::beside_own(reference, context.workbench.results().map(|known| &**known), context.locale),
            );
            let note = if reference.note.is_empty() { String::new() } else { format!(". {}", reference.note) };
            ui.add(Text::caption(format!("{}{note}", reference.citation())).secondary());
        });
    });
}

fn row(ui: &mut Ui, context: &ViewContext<'_>, reference: &Reference) {
    rule(ui);
    let kind = match reference.kind {
        ReferenceKind::Guideline => MarkKind::Info,
        ReferenceKind::Study | ReferenceKind::Survey | ReferenceKind::Vendor => MarkKind::Same,
    };
    ui.add(Mark::new(kind, reference.kind.word()).small());
    ui.add(Text::body(&reference.claim).semi_bold());
    beside(ui, &wording::beside(reference, context.workbench.results().map(|known| &**known), context.locale));
    let told = format!("{}. {} {}", reference.population, reference.note, reference.citation());
    ui.add(Text::caption(told).secondary());
}

/// Draws the form, while a reference is being typed.
pub(super) fn ask(ui: &mut Ui, state: &mut ViewState, send: Send<'_>) {
    let Some(draft) = &mut state.reference else { return };
    let made = draft.made();
    let is_known = draft.is_known;
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section(if is_known { "Change a reference" } else { "Add a reference" }));
        form_row(ui, "What it is a value of", "", |ui| {
            let words = PlanMetric::ALL.map(|metric| wording::sentence_case(wording::plan_metric(metric)));
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut chosen = PlanMetric::ALL.iter().position(|metric| *metric == draft.reference.metric).unwrap_or(0);
            select(ui, "metric of a reference", &words, &mut chosen);
            draft.reference.metric = PlanMetric::ALL[chosen.min(PlanMetric::ALL.len() - 1)];
        });
        let unit = match draft.reference.metric.unit() {
            crate::project::PlanUnit::Share => "Value, in percent of people",
            crate::project::PlanUnit::Hours => "Value, in hours per person and week",
            crate::project::PlanUnit::Organizations => "Value, in organizations per person",
        };
        let field = text_field(ui, unit, &mut draft.value, "28", 1);
        if !std::mem::replace(&mut draft.is_focused, true) {
            field.request_focus();
        }
        if !draft.value.trim().is_empty() && wording::typed_reference(draft.reference.metric, &draft.value).is_none() {
            ui.add(Text::body("Not a value yet: 28, 28.5 or 28,5").medium());
        }
        text_field(ui, "Source", &mut draft.reference.source, "HR report, page 12", 1);
        ui.add(Text::caption("A value without a source is not kept.").secondary());
        text_field(ui, "Whom it is about", &mut draft.reference.population, "All of Contoso", 1);
        text_field(ui, "Year", &mut draft.year, "2025", 1);
        text_field(ui, "Note", &mut draft.reference.note, "What a reader should know", 2);
    };
    let mut is_saved = false;
    let closes = super::modal(ui, "reference", 520.0, contents, |ui| {
        let save = Button::primary("Save reference").shortcut("Ctrl+Enter");
        let entered = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        is_saved = ui.add_enabled(made.is_some(), save).clicked() || entered && made.is_some();
        if ui.add(Button::quiet("Cancel")).clicked() || is_saved {
            ui.close();
        }
    });
    if !closes && !is_saved {
        return;
    }
    state.reference = None;
    if let Some(reference) = made.filter(|_| is_saved) {
        send(edit(if is_known { ReferenceEdit::Change(reference) } else { ReferenceEdit::Add(reference) }));
        state.toast(if is_known { "Reference changed" } else { "Reference added" });
    }
}
