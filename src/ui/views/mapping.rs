//! What the columns of a file hold: proposed where headers are unknown, chosen by a person, read at once.

use egui::{CollapsingHeader, Ui};

use super::data::rows::{table, table_head, table_row};
use super::{Action, Send, ViewContext, ViewState};
use crate::guidance;
use crate::import::{Holds, SurveyedColumn};
use crate::insights::Behavior;
use crate::text;
use crate::ui::theme::{Icon, Scale, Text, space};
use crate::ui::widgets::{Button, Mark, MarkKind, combo};
use crate::workbench::{ColumnChoice, Command, FileCommand, wording};

const NOT_READ: &str = "Not one of these";

/// So many columns that may be needed are shown at once; of more only those with a meaning that is proposed.
const MOST_OPEN: usize = 40;

/// The width of the window and the room that it leaves at its sides, in points at a desk.
const WIDTH: f32 = 980.0;
const AROUND: f32 = 80.0;

/// What is chosen so far, for the file whose columns are asked about.
#[derive(Debug)]
pub(super) struct Draft {
    /// The file and its headers, to begin anew with another one.
    of: (String, String),
    meanings: Vec<Option<&'static str>>,
}

/// Draws the window over the screen, while columns are asked about.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(choice) = context.workbench.column_choice() else {
        state.mapping = None;
        return;
    };
    let of = (choice.survey.name.clone(), choice.survey.shape.clone());
    let draft = match &mut state.mapping {
        Some(draft) if draft.of == of => draft,
        other => other.insert(Draft { of, meanings: choice.start() }),
    };
    let scale = Scale::of(ui);
    let width = scale.space(WIDTH).min(ui.ctx().content_rect().width() - AROUND);
    let mut meanings = draft.meanings.clone();
    let problem = ColumnChoice::problem(&meanings);
    let mut is_read = false;
    let mut is_left = false;
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = scale.space(space::SMALL);
        ui.add(Text::section(format!("What do the columns of {} hold?", choice.survey.name)));
        ui.add(Text::body(wording::columns_lead(choice, context.locale)).secondary());
        let columns: Vec<(usize, &SurveyedColumn)> = choice.survey.columns.iter().enumerate().collect();
        // Among hundreds of columns of numbers nobody would find those that are proposed.
        let is_wide = columns.iter().filter(|(_, column)| may_be_needed(column)).count() > MOST_OPEN;
        let (known, unknown): (Vec<_>, Vec<_>) =
            columns.into_iter().partition(|(_, column)| column.canonical.is_some());
        let is_likely = |column: &SurveyedColumn| may_be_needed(column) && (!is_wide || is_proposed(column));
        let (likely, others): (Vec<_>, Vec<_>) = unknown.into_iter().partition(|(_, column)| is_likely(column));
        rows(ui, choice, &likely, &mut meanings);
        folded(ui, context, ("known by its header", "known by their headers"), choice, &known, &mut meanings);
        folded(ui, context, ("other column", "other columns"), choice, &others, &mut meanings);
        what_it_gives(ui, &meanings, send);
    };
    let closes = super::modal(ui, "columns", width, contents, |ui| {
        let read = ui.add_enabled(problem.is_none(), Button::primary("Read the file"));
        is_read = read.clicked();
        is_left = ui.add(Button::quiet("Cancel")).clicked();
        if let Some(problem) = problem {
            ui.add(Text::body(wording::meaning_problem(problem)).secondary());
        }
    });
    draft.meanings = meanings;
    if is_read {
        send(Action::Run(Command::File(FileCommand::ReadWithColumns(choice.to_say(&draft.meanings)))));
    } else if closes || is_left {
        send(Action::Run(Command::File(FileCommand::DropColumns)));
    }
}

fn is_proposed(column: &SurveyedColumn) -> bool {
    column.names_people || column.proposal.is_some()
}

/// Whether an unknown column may hold something that is read: of words only what names people does.
fn may_be_needed(column: &SurveyedColumn) -> bool {
    match column.holds {
        Holds::Numbers | Holds::Dates => true,
        Holds::Words | Holds::Flags => is_proposed(column),
        Holds::Nothing => false,
    }
}

/// Columns under a line that opens.
fn folded(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    (one, many): (&str, &str),
    choice: &ColumnChoice,
    columns: &[(usize, &SurveyedColumn)],
    meanings: &mut [Option<&'static str>],
) {
    if columns.is_empty() {
        return;
    }
    let title = Text::body(text::counted(columns.len(), one, many, context.locale)).medium().rich(ui);
    CollapsingHeader::new(title).id_salt(many).show_unindented(ui, |ui| rows(ui, choice, columns, meanings));
}

/// Columns with examples and what they hold.
fn rows(
    ui: &mut Ui,
    choice: &ColumnChoice,
    columns: &[(usize, &SurveyedColumn)],
    meanings: &mut [Option<&'static str>],
) {
    const SHARES: [f32; 4] = [1.2, 1.0, 1.5, 0.4];
    if columns.is_empty() {
        return;
    }
    table(ui, |ui| {
        table_head(ui, SHARES, ["Header in the file", "For example", "Holds", ""]);
        for (place, column) in columns {
            table_row(ui, SHARES, |[header, examples, holds, how]| {
                // Texts stand as high as the text of the choice beside them.
                let scale = Scale::of(header);
                let above = (scale.control_height() - header.text_style_height(&egui::TextStyle::Body)) / 2.0;
                for cell in [&mut *header, &mut *examples, &mut *how] {
                    cell.add_space(above.max(0.0));
                }
                header.add(Text::body(&column.header).medium().selectable());
                if let Some(shown) = choice.samples.examples.get(*place) {
                    examples.add(Text::body(wording::examples(shown, column.holds)).secondary());
                }
                meaning(holds, choice, *place, meanings);
                if column.proposal.is_some() && meanings.get(*place) == Some(&column.proposal) {
                    how.add(Text::caption("proposed").secondary());
                }
            });
        }
    });
}

/// The choice of what one column holds.
fn meaning(ui: &mut Ui, choice: &ColumnChoice, place: usize, meanings: &mut [Option<&'static str>]) {
    let (Some(column), Some(&now)) = (choice.survey.columns.get(place), meanings.get(place)) else { return };
    let words = |meaning: Option<&'static str>| meaning.map_or(NOT_READ, wording::column_meaning);
    let mut chosen = now;
    let closed = combo(("column", place)).selected_text(words(now)).width(ui.available_width());
    let open = closed.show_ui(ui, |ui| {
        let all = std::iter::once(None).chain(ColumnChoice::meanings().into_iter().map(Some));
        for meaning in all.filter(|meaning| meaning.is_some() || column.canonical.is_none()) {
            ui.selectable_value(&mut chosen, meaning, words(meaning));
        }
    });
    open.response.accessible_name(format!("What {} holds", column.header));
    if chosen != now {
        choice.assign(meanings, place, chosen);
    }
}

/// Which insights can be shown with what is chosen, and a request for what is missing.
fn what_it_gives(ui: &mut Ui, meanings: &[Option<&'static str>], send: Send<'_>) {
    let scale = Scale::of(ui);
    let lacking = ColumnChoice::lacking(meanings);
    ui.add_space(scale.space(space::SMALL));
    ui.add(Text::body("What this gives").semi_bold());
    for (id, metrics) in &lacking {
        let kind = if metrics.is_empty() { MarkKind::Fit } else { MarkKind::NotInFile };
        ui.add(Mark::new(kind, wording::insight_lacks(*id, metrics)));
    }
    let is_missing =
        |behavior: &Behavior| lacking.iter().any(|(id, metrics)| id.behavior() == *behavior && !metrics.is_empty());
    let requests: Vec<&str> = Behavior::ALL
        .into_iter()
        .filter(is_missing)
        .map(|behavior| guidance::article(behavior).request.as_str())
        .collect();
    if requests.is_empty() {
        return;
    }
    let copy = Button::secondary("Copy a request to your analyst").icon(Icon::Copy);
    if ui.add(copy).clicked() {
        send(Action::CopyText { text: requests.join("\n\n"), what: "Request" });
    }
}
