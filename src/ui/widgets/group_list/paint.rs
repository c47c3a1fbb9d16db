//! Drawing a list of groups.

use egui::{Align2, Color32, Rangef, Rect, Stroke, Ui, pos2, vec2};

use super::super::mark::{MarkKind, paint_mark};
use super::super::paint::crisp;
use super::layout::Columns;
use super::{GroupBox, GroupList, GroupRow};
use crate::ui::theme::{Scale, Text, TextSize, Tokens, Tone, space};

/// Words at an edge of a column, in the middle of a height.
fn words(ui: &Ui, text: Text, column: Rangef, rect: Rect, align: Align2) {
    let galley = text.one_line().galley(ui, column.span());
    let column = column.min + rect.left()..=column.max + rect.left();
    let area = Rect::from_x_y_ranges(column, rect.y_range());
    let at = align.align_size_within_rect(galley.size(), area).min;
    ui.painter().galley(at, galley, Tokens::of(ui).text);
}

/// A name on one line, or in smaller letters on two where it is long. The tooltip has all of it.
fn name(ui: &Ui, name: &str, column: Rangef, rect: Rect) {
    let whole = Text::body(name).medium().galley(ui, f32::INFINITY);
    let galley = if whole.size().x <= column.span() {
        whole
    } else {
        Text::label(name).medium().lines(2).galley_with_ends(ui, column.span())
    };
    let at = pos2(rect.left() + column.min, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, Tokens::of(ui).text);
}

pub(super) fn head(ui: &Ui, list: &GroupList, columns: &Columns, rect: Rect) {
    let scale = Scale::of(ui);
    let line = rect.with_max_y(rect.top() + scale.line_height(TextSize::Label));
    let [name, verdict, people, affected] = &list.headings;
    let heading = |text: &str| Text::label(text).secondary();
    words(ui, heading(name), columns.name, line, Align2::LEFT_CENTER);
    words(ui, heading(verdict), columns.verdict, line, Align2::LEFT_CENTER);
    if let Some(column) = columns.people {
        words(ui, heading(people), column, line, Align2::RIGHT_CENTER);
    }
    if let Some(column) = columns.affected {
        words(ui, heading(affected), column, line, Align2::RIGHT_CENTER);
    }
    if let Some((share, label)) = &list.rule {
        // Over its rule, but never beyond the columns beside it.
        let galley = Text::label(label).medium().galley(ui, f32::INFINITY);
        let width = galley.size().x;
        let least = rect.left() + columns.plot.min;
        let most = (rect.left() + columns.value.max - width).max(least);
        let left = (rect.left() + columns.x(*share) - width / 2.0).clamp(least, most);
        ui.painter().galley(pos2(left, line.top()), galley, Tokens::of(ui).text);
    }
    let y = crisp(ui.painter(), rect.bottom() - 1.0);
    ui.painter().hline(rect.x_range(), y, Tokens::of(ui).border());
}

pub(super) fn row(ui: &Ui, columns: &Columns, row: &GroupRow, spread: Option<&GroupBox>, rect: Rect) {
    let scale = Scale::of(ui);
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let x = |share: f64| rect.left() + columns.x(share);
    for share in columns.axis.lines() {
        painter.vline(x(share), rect.y_range(), tokens.border());
    }
    if let Some(share) = columns.rule {
        let stroke = Stroke::new(scale.line * 0.75, tokens.secondary);
        painter.vline(x(share), rect.y_range(), stroke);
    }
    let y = rect.center().y;
    match spread {
        Some(spread) => draw_box(ui, spread, x, y),
        None => draw_interval(ui, row, x, y),
    }
    name(ui, &row.name, columns.name, rect);
    words(ui, Text::body(&row.value).medium(), columns.value, rect, Align2::RIGHT_CENTER);
    let mark = pos2(rect.left() + columns.verdict.min + columns.mark / 2.0, y);
    paint_mark(painter, tokens, row.verdict, mark, columns.mark * 0.42);
    let after = Rangef::new(columns.verdict.min + columns.mark + columns.mark_gap, columns.verdict.max);
    words(ui, Text::body(&row.verdict_word), after, rect, Align2::LEFT_CENTER);
    for (text, column) in [(&row.people, columns.people), (&row.affected, columns.affected)] {
        if let Some(column) = column {
            let text = Text::body(text).tone(Tone::Secondary);
            words(ui, text, column, rect, Align2::RIGHT_CENTER);
        }
    }
}

/// The share as a dot on its interval.
fn draw_interval(ui: &Ui, row: &GroupRow, x: impl Fn(f64) -> f32, y: f32) {
    let (scale, tokens, painter) = (Scale::of(ui), Tokens::of(ui), ui.painter());
    let color = verdict_color(tokens, row.verdict);
    let [low, high] = row.interval;
    let interval = Rangef::new(x(low), x(high));
    painter.hline(interval, y, Stroke::new(scale.line, color));
    let cap = scale.space(4.0);
    for end in [interval.min, interval.max] {
        painter.vline(end, y - cap..=y + cap, Stroke::new(scale.line * 0.75, color));
    }
    painter.circle(pos2(x(row.share), y), scale.marker * 0.6, color, Stroke::new(1.0, tokens.card));
}

/// A line from tenth to tenth, a box from quartile to quartile, and the median across; no more of it than there is.
fn draw_box(ui: &Ui, spread: &GroupBox, x: impl Fn(f64) -> f32, y: f32) {
    let (scale, tokens, painter) = (Scale::of(ui), Tokens::of(ui), ui.painter());
    let [light, strong, _] = tokens.data.bands;
    let half = scale.space(8.0);
    if let Some([low, high]) = spread.tenths {
        painter.hline(x(low)..=x(high), y, Stroke::new(scale.line * 0.75, strong));
        for end in [low, high] {
            painter.vline(x(end), y - half / 2.0..=y + half / 2.0, Stroke::new(scale.line * 0.75, strong));
        }
    }
    if let Some([low, high]) = spread.quartiles {
        let area = Rect::from_x_y_ranges(x(low)..=x(high).max(x(low) + 1.0), y - half..=y + half);
        let outline = Stroke::new(1.0, tokens.data.band_outline);
        painter.rect(area, 2.0, light, outline, egui::StrokeKind::Inside);
    }
    let ink = if spread.quartiles.is_some() { tokens.data.bands[2] } else { strong };
    painter.vline(x(spread.median), y - half..=y + half, Stroke::new(scale.line * 1.5, ink));
}

/// The words under the plot.
pub(super) fn foot(ui: &mut Ui, columns: &Columns, percent_space: char) {
    let scale = Scale::of(ui);
    let size = vec2(ui.available_width(), scale.line_height(TextSize::Label) + space::TIGHT);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    for share in columns.axis.lines() {
        let galley =
            Text::label(columns.axis.words(share, percent_space)).secondary().centered().galley(ui, f32::INFINITY);
        let at = pos2(rect.left() + columns.x(share), rect.top() + space::TIGHT);
        ui.painter().galley(at, galley, Tokens::of(ui).secondary);
    }
}

fn verdict_color(tokens: &Tokens, verdict: MarkKind) -> Color32 {
    match verdict {
        MarkKind::Above(meaning) | MarkKind::Below(meaning) => meaning.color(tokens),
        MarkKind::Fit => tokens.data.highlight,
        MarkKind::NotFit | MarkKind::WithCare => tokens.data.contrast,
        MarkKind::Same | MarkKind::NotInFile | MarkKind::Info => tokens.data.muted,
    }
}
