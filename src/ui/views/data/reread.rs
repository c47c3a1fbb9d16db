//! Reading the files again in another way than was recognized.

use chrono::Weekday;
use egui::Ui;

use super::super::{Action, Send, ViewContext};
use super::words;
use crate::dataset::{Era, Grain};
use crate::import::{DateOrder, ImportOptions, QueryKind, QuoteStyle, SourceReport};
use crate::ui::theme::{Scale, Text, space};
use crate::ui::widgets::combo;
use crate::workbench::{Command, FileCommand, Opened};

/// The least width of a choice, in points at a desk.
const CHOICE_WIDTH: f32 = 200.0;

const WEEKS_START_ON: &str = "Weeks start on";
/// Labels of encodings that exports were met in; others go by the command line.
const ENCODINGS: [&str; 14] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "koi8-r",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "big5",
    "euc-kr",
];
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
const WEEKDAYS: [Weekday; 7] =
    [Weekday::Sun, Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat];

/// Puts a reading, by its index, into options.
type Apply = Box<dyn Fn(&mut ImportOptions, Option<usize>)>;

/// One choice: its name, what was recognized, and the other readings.
struct Choice {
    name: &'static str,
    recognized: String,
    /// Which of the readings was chosen; `None` while it is left to be recognized.
    chosen: Option<usize>,
    readings: Vec<String>,
    /// The options with a reading chosen, or left to be recognized.
    apply: Apply,
}

impl Choice {
    fn new<T: Copy + PartialEq + 'static>(
        name: &'static str,
        recognized: String,
        chosen: Option<T>,
        readings: &[T],
        in_words: impl Fn(T) -> String,
        set: impl Fn(&mut ImportOptions, Option<T>) + 'static,
    ) -> Self {
        // What was chosen elsewhere, such as in answer to a question, is offered too.
        let mut all = readings.to_vec();
        all.extend(chosen.filter(|chosen| !readings.contains(chosen)));
        Self {
            name,
            recognized,
            chosen: chosen.and_then(|chosen| all.iter().position(|reading| *reading == chosen)),
            readings: all.iter().map(|reading| in_words(*reading)).collect(),
            apply: Box::new(move |options, index| set(options, index.and_then(|index| all.get(index).copied()))),
        }
    }
}

/// Draws the choices.
pub(super) fn choices(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, send: Send<'_>) {
    let scale = Scale::of(ui);
    ui.add(Text::body("Read it differently").semi_bold());
    if !opened.can_be_reread() {
        ui.add(Text::body("This came through standard input and cannot be read again. Open it as a file.").secondary());
        return;
    }
    let note = "If something was recognized wrongly, choose what is right: the export is read again at once.";
    ui.add(Text::body(note).secondary());
    ui.add_space(scale.space(space::TIGHT));
    let per_row = (ui.available_width() / scale.space(CHOICE_WIDTH)).floor().clamp(1.0, 4.0) as usize;
    let choices = all_choices(opened);
    ui.add_enabled_ui(!context.workbench.is_reading(), |ui| {
        for row in choices.chunks(per_row) {
            ui.columns(per_row, |cells| {
                for (cell, choice) in cells.iter_mut().zip(row) {
                    choose(cell, choice, opened, send);
                }
            });
        }
    });
}

fn choose(ui: &mut Ui, choice: &Choice, opened: &Opened, send: Send<'_>) {
    ui.spacing_mut().item_spacing.y = Scale::of(ui).space(space::TIGHT);
    ui.add(Text::caption(choice.name).secondary());
    let selected = choice.chosen.and_then(|index| choice.readings.get(index)).unwrap_or(&choice.recognized);
    let width = ui.available_width();
    let closed = combo(choice.name).selected_text(selected.clone()).width(width);
    let response = closed.show_ui(ui, |ui| {
        let as_recognized = std::iter::once((None, "As recognized".to_owned()));
        let readings = choice.readings.iter().enumerate().map(|(index, words)| (Some(index), words.clone()));
        for (index, words) in as_recognized.chain(readings) {
            if ui.selectable_label(choice.chosen == index, words).clicked() && choice.chosen != index {
                let mut options = opened.options.clone();
                (choice.apply)(&mut options, index);
                send(Action::Run(Command::File(FileCommand::Reread(options))));
            }
        }
    });
    response.response.accessible_name(choice.name);
    let by_whom = if choice.chosen.is_some() { "chosen by you" } else { "as recognized" };
    ui.add(Text::caption(by_whom).secondary());
}

fn all_choices(opened: &Opened) -> Vec<Choice> {
    let options = &opened.options;
    let sources = opened.report.sources.as_slice();
    let recognized = |in_words: &dyn Fn(&SourceReport) -> String| {
        let mut all: Vec<String> = sources.iter().map(in_words).collect();
        all.dedup();
        if all.len() == 1 { all.concat() } else { "Differs by file".to_owned() }
    };
    let in_months = sources.iter().all(|source| source.grain == Grain::Month);
    let encoding = options.encoding.as_deref().and_then(|label| ENCODINGS.into_iter().find(|known| *known == label));
    let mut choices = vec![
        Choice::new(
            "Kind of export",
            recognized(&|source| words::kind(source.kind).to_owned()),
            options.kind,
            &[QueryKind::Person, QueryKind::Meeting, QueryKind::GroupToGroup],
            |kind| words::kind(kind).to_owned(),
            |options, kind| options.kind = kind,
        ),
        Choice::new(
            "Product",
            recognized(&|source| words::era(source.era).to_owned()),
            options.era,
            &[Era::Viva, Era::Wpa],
            |era| words::era(era).to_owned(),
            |options, era| options.era = era,
        ),
        Choice::new(
            "Length of a period",
            recognized(&|source| words::grain(source.grain).to_owned()),
            options.grain,
            &[Grain::Day, Grain::Week, Grain::Month],
            |grain| words::grain(grain).to_owned(),
            |options, grain| options.grain = grain,
        ),
        Choice::new(
            WEEKS_START_ON,
            recognized(&|source| source.week_starts_on.map_or("Sunday", crate::text::weekday).to_owned()),
            options.week_start,
            &WEEKDAYS,
            |day| crate::text::weekday(day).to_owned(),
            |options, day| options.week_start = day,
        ),
        Choice::new(
            "Order of dates",
            recognized(&|source| words::date_order(source.date_order).to_owned()),
            options.date_order,
            &DateOrder::ALL,
            |order| words::date_order(order).to_owned(),
            |options, order| options.date_order = order,
        ),
        Choice::new(
            "Decimal mark",
            recognized(&|source| words::decimal(source.decimal).to_owned()),
            options.decimal,
            b".,",
            |mark| words::decimal(mark).to_owned(),
            |options, mark| options.decimal = mark,
        ),
        Choice::new(
            "Text encoding",
            recognized(&|source| words::encoding(&source.encoding)),
            encoding,
            &ENCODINGS,
            words::encoding,
            |options, label: Option<&str>| options.encoding = label.map(str::to_owned),
        ),
        Choice::new(
            "Between cells",
            recognized(&|source| words::delimiter(source.delimiter)),
            options.delimiter,
            &DELIMITERS,
            words::delimiter,
            |options, mark| options.delimiter = mark,
        ),
        Choice::new(
            "Quotes",
            recognized(&|source| words::quote(source.quote).to_owned()),
            options.quote,
            &QuoteStyle::ALL,
            |style| words::quote(style).to_owned(),
            |options, style| options.quote = style,
        ),
    ];
    // Months have no weekday to start on.
    choices.retain(|choice| choice.name != WEEKS_START_ON || !in_months);
    choices
}
