//! Forms: a label, a control, and what it does.

use chrono::NaiveDate;
use egui::{Align, Align2, ComboBox, DragValue, Layout, Response, Slider, TextEdit, Ui, UiBuilder, vec2};

use crate::text::{self, Locale};
use crate::ui::theme::{Icon, Scale, Text, TextSize, Tokens, icon_font, space, text_column_width};

/// A row of a form: `label` at the left, the control that `contents` adds at the right, `help` under it.
///
/// The label becomes the accessible name of the inputs inside.
pub fn form_row<R>(ui: &mut Ui, label: &str, help: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let scale = Scale::of(ui);
    let label_width = scale.space(200.0).min(ui.available_width() * 0.4);
    let inner = ui
        .horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = scale.space(space::GAP);
            let size = vec2(label_width, scale.control_height());
            let (area, _) = ui.allocate_exact_size(size, egui::Sense::hover());
            let layout = Layout::left_to_right(Align::Center);
            let mut place = ui.new_child(UiBuilder::new().max_rect(area).layout(layout));
            let name = place.add(Text::body(label).medium());
            ui.vertical(|ui| {
                let widest = text_column_width(&scale, TextSize::Body);
                ui.set_max_width(ui.available_width().min(widest));
                ui.spacing_mut().item_spacing.y = scale.space(space::TIGHT);
                let inner = ui.label_inputs_by(name.id, contents);
                if !help.is_empty() {
                    ui.add(Text::caption(help).secondary());
                }
                inner
            })
            .inner
        })
        .inner;
    ui.add_space(scale.space(space::SMALL));
    inner
}

/// A field for words, under its label, as wide as there is room and `rows` high.
pub fn text_field(ui: &mut Ui, label: &str, typed: &mut String, hint: &str, rows: usize) -> Response {
    let scale = Scale::of(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = scale.space(space::TIGHT);
        let label = ui.add(Text::body(label).medium());
        let field = if rows > 1 { TextEdit::multiline(typed).desired_rows(rows) } else { TextEdit::singleline(typed) };
        ui.add(field.hint_text(hint).desired_width(f32::INFINITY)).labelled_by(label.id)
    })
    .inner
}

/// A field for a day, under its label. What is typed becomes the day as soon as it can be read as one (see
/// [`text::typed_day`]), and none while the field is empty; the day is told under it, or that it is none.
pub fn day_field(ui: &mut Ui, label: &str, day: &mut Option<NaiveDate>, today: NaiveDate, locale: &Locale) -> Response {
    let scale = Scale::of(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = scale.space(space::TIGHT);
        let name = ui.add(Text::body(label).medium());
        let memory = ui.make_persistent_id(("typed day", label));
        let mut typed: String = ui.data(|data| data.get_temp(memory)).unwrap_or_default();
        if text::typed_day(&typed, today, locale) != *day && day.is_some() {
            typed = day.map(|day| day.to_string()).unwrap_or_default();
        }
        let field = TextEdit::singleline(&mut typed).hint_text("2026-12-31 or +2w").desired_width(scale.space(180.0));
        let response = ui.add(field).labelled_by(name.id);
        if response.changed() {
            *day = text::typed_day(&typed, today, locale);
        }
        let is_day = day.is_some();
        let told = match *day {
            Some(day) => text::date(day, locale),
            None if typed.trim().is_empty() => "No day".to_owned(),
            None => "Not a day yet: 2026-12-31, Dec 31, or +2w for in two weeks".to_owned(),
        };
        ui.data_mut(|data| data.insert_temp(memory, typed));
        let told = Text::caption(told);
        ui.add(if is_day { told } else { told.secondary() });
        response
    })
    .inner
}

/// A choice of one of several words. Returns the response of the closed control; it is `changed` when
/// another word was chosen. Name it with [`form_row`] or [`Response::labelled_by`].
pub fn select(
    ui: &mut Ui,
    id: impl std::hash::Hash + std::fmt::Debug,
    words: &[&str],
    selected: &mut usize,
) -> Response {
    let options: Vec<(&str, Option<String>)> = words.iter().map(|word| (*word, None)).collect();
    select_allowed(ui, id, &options, selected)
}

/// Like [`select`], where some words cannot be chosen: beside each the reason, if there is one.
pub fn select_allowed(
    ui: &mut Ui,
    id: impl std::hash::Hash + std::fmt::Debug,
    options: &[(&str, Option<String>)],
    selected: &mut usize,
) -> Response {
    let before = *selected;
    let shown = options.get(before).map_or("", |(word, _)| word);
    let mut response = combo(id)
        .selected_text(shown)
        .show_ui(ui, |ui| {
            for (index, (word, blocked)) in options.iter().enumerate() {
                let option =
                    ui.add_enabled_ui(blocked.is_none(), |ui| ui.selectable_value(selected, index, *word)).inner;
                if let Some(why) = blocked {
                    option.on_disabled_hover_text(why);
                }
            }
        })
        .response;
    if *selected != before {
        response.mark_changed();
    }
    response
}

/// egui's closed list with our arrow; a word that is wider than there is room is cut.
pub fn combo(id: impl std::hash::Hash + std::fmt::Debug) -> ComboBox<'static> {
    ComboBox::from_id_salt(id).truncate().icon(|ui, rect, _, _| {
        let font = icon_font(Scale::of(ui).space(16.0));
        let glyph = char::from(Icon::ChevronDown);
        let ink = Tokens::of(ui).secondary;
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, glyph, font, ink);
    })
}

/// A slider that steps through `range`, with its value in a field beside it. Name it with [`form_row`].
pub fn slider(ui: &mut Ui, value: &mut f64, range: std::ops::RangeInclusive<f64>, step: f64, suffix: &str) -> Response {
    let scale = Scale::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(scale.control_height());
        let rail = ui.scope(|ui| {
            // egui's handle is as high as a control; a smaller one is calmer.
            ui.spacing_mut().interact_size.y = scale.space(space::SECTION);
            ui.spacing_mut().slider_width = scale.space(160.0);
            // The rail on a card is not the card's own color.
            ui.visuals_mut().widgets.inactive.bg_fill = Tokens::of(ui).line;
            ui.add(Slider::new(value, range.clone()).step_by(step).show_value(false))
        });
        let field = DragValue::new(value).range(range).speed(step).suffix(suffix);
        rail.inner | ui.add(field)
    })
    .inner
}
