//! Drawing before and now.

use egui::{Align2, Color32, Rangef, Rect, Stroke, Ui, pos2, vec2};

use super::super::mark::{MarkKind, paint_mark};
use super::super::paint::crisp;
use super::layout::Columns;
use super::{DumbbellChart, DumbbellRow};
use crate::text;
use crate::ui::theme::{Scale, Text, TextSize, Tokens, space};

/// Words at an edge of a column, in the middle of a height.
fn words(ui: &Ui, text: Text, column: Rangef, rect: Rect, align: Align2) {
    let galley = text.one_line().galley(ui, column.span());
    let area = Rect::from_x_y_ranges(column.min + rect.left()..=column.max + rect.left(), rect.y_range());
    let at = align.align_size_within_rect(galley.size(), area).min;
    ui.painter().galley(at, galley, Tokens::of(ui).text);
}

/// A name on one line, or in smaller letters on two where it is long. The tooltip has all of it.
fn name(ui: &Ui, name: &str, column: Rangef, rect: Rect) {
    let whole = Text::body(name).medium().galley(ui, f32::INFINITY);
    let fits = whole.size().x <= column.span();
    let small = || Text::label(name).medium().lines(2).galley_with_ends(ui, column.span());
    let galley = if fits { whole } else { small() };
    let at = pos2(rect.left() + column.min, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, Tokens::of(ui).text);
}

pub(super) fn head(ui: &Ui, chart: &DumbbellChart, columns: &Columns, rect: Rect) {
    let scale = Scale::of(ui);
    let line = rect.with_max_y(rect.top() + scale.line_height(TextSize::Label));
    let [name, values, change, verdict] = &chart.headings;
    let heading = |text: &str| Text::label(text).secondary();
    words(ui, heading(name), columns.name, line, Align2::LEFT_CENTER);
    words(ui, heading(values), columns.values, line, Align2::RIGHT_CENTER);
    words(ui, heading(change), columns.change, line, Align2::RIGHT_CENTER);
    words(ui, heading(verdict), columns.verdict, line, Align2::LEFT_CENTER);
    match &chart.zone {
        Some(([low, high], label)) => {
            let galley = Text::label(label).secondary().galley(ui, f32::INFINITY);
            let middle = rect.left() + (columns.x(*low) + columns.x(*high)) / 2.0;
            // Over its zone, but never beyond the columns beside it.
            let least = rect.left() + columns.plot.min;
            let most = (rect.left() + columns.plot.max - galley.size().x).max(least);
            let left = (middle - galley.size().x / 2.0).clamp(least, most);
            ui.painter().galley(pos2(left, line.top()), galley, Tokens::of(ui).secondary);
        }
        None => key(ui, columns, line),
    }
    let y = crisp(ui.painter(), rect.bottom() - 1.0);
    ui.painter().hline(rect.x_range(), y, Tokens::of(ui).border());
}

/// What ring and dot stand for.
fn key(ui: &Ui, columns: &Columns, line: Rect) {
    let (scale, tokens) = (Scale::of(ui), Tokens::of(ui));
    let radius = scale.marker * 0.5;
    let mut left = line.left() + columns.plot.min;
    for (word, is_now) in [("before", false), ("now, with likely range", true)] {
        let center = pos2(left + radius, line.center().y);
        if is_now {
            ui.painter().circle_filled(center, radius, tokens.data.highlight);
        } else {
            ui.painter().circle_stroke(center, radius, Stroke::new(scale.line * 0.75, tokens.secondary));
        }
        let galley = Text::label(word).secondary().galley(ui, f32::INFINITY);
        let at = pos2(left + 2.0 * radius + scale.space(6.0), line.center().y - galley.size().y / 2.0);
        left = at.x + galley.size().x + scale.space(space::GAP);
        ui.painter().galley(at, galley, tokens.secondary);
    }
}

pub(super) fn row(ui: &Ui, chart: &DumbbellChart, columns: &Columns, row: &DumbbellRow, rect: Rect) {
    let (scale, tokens, painter) = (Scale::of(ui), Tokens::of(ui), ui.painter());
    let x = |value: f64| rect.left() + columns.x(value);
    if let Some(([low, high], _)) = &chart.zone {
        let zone = Rect::from_x_y_ranges(x(*low)..=x(*high), rect.y_range());
        painter.rect_filled(zone, 0.0, tokens.hover);
    }
    for value in columns.axis.lines() {
        painter.vline(x(value), rect.y_range(), tokens.border());
    }
    if chart.zone.is_some() {
        painter.vline(x(0.0), rect.y_range(), Stroke::new(scale.line * 0.5, tokens.secondary));
    }
    let color = verdict_color(tokens, row.verdict);
    let y = rect.center().y;
    let [low, high] = row.interval.map(x);
    let bar = Rect::from_x_y_ranges(low..=high.max(low + 1.0), y - scale.space(4.0)..=y + scale.space(4.0));
    painter.rect_filled(bar, scale.space(4.0), color.gamma_multiply(0.28));
    let radius = scale.marker * 0.55;
    if let Some(before) = row.before {
        painter.hline(
            Rangef::new(x(before).min(x(row.now)), x(before).max(x(row.now))),
            y,
            Stroke::new(scale.line, color),
        );
        let line = Stroke::new(scale.line * 0.75, tokens.secondary);
        painter.circle(pos2(x(before), y), radius, tokens.card, line);
    }
    painter.circle(pos2(x(row.now), y), radius, color, Stroke::new(1.0, tokens.card));
    name(ui, &row.name, columns.name, rect);
    words(ui, Text::body(&row.values), columns.values, rect, Align2::RIGHT_CENTER);
    words(ui, Text::body(&row.change).medium(), columns.change, rect, Align2::RIGHT_CENTER);
    let mark = pos2(rect.left() + columns.verdict.min + columns.mark / 2.0, y);
    paint_mark(painter, tokens, row.verdict, mark, columns.mark * 0.42);
    let after = Rangef::new(columns.verdict.min + columns.mark + columns.mark_gap, columns.verdict.max);
    words(ui, Text::body(&row.verdict_word), after, rect, Align2::LEFT_CENTER);
}

/// The numbers under the plot.
pub(super) fn foot(ui: &mut Ui, chart: &DumbbellChart, columns: &Columns) {
    let scale = Scale::of(ui);
    let size = vec2(ui.available_width(), scale.line_height(TextSize::Label) + space::TIGHT);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    for value in columns.axis.lines() {
        let number = text::decimals(value, columns.axis.decimals(), &chart.locale);
        let label = format!("{number}\u{a0}{}", chart.unit);
        let galley = Text::label(label).secondary().centered().galley(ui, f32::INFINITY);
        let at = pos2(rect.left() + columns.x(value), rect.top() + space::TIGHT);
        ui.painter().galley(at, galley, Tokens::of(ui).secondary);
    }
}

fn verdict_color(tokens: &Tokens, verdict: MarkKind) -> Color32 {
    match verdict {
        MarkKind::Above(_) | MarkKind::Below(_) | MarkKind::Fit => tokens.data.highlight,
        _ => tokens.data.muted,
    }
}
