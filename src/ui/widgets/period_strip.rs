//! Periods in a row, two windows marked in it: drag over periods to choose them, click one to choose it alone.
//!
//! Whoever uses no pointer needs other controls beside it; the strip only says what is chosen.

use egui::{Id, Rangef, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{Scale, Text, TextSize, Tokens, space};

/// What a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StripPart {
    /// In neither window.
    Free,
    /// In the earlier window.
    Earlier,
    /// In the later window.
    Later,
}

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct StripPeriod {
    /// In words, for the tooltip.
    pub words: String,
    /// What stands under it; empty for nothing.
    pub label: String,
    /// In which window it is.
    pub part: StripPart,
    /// Whether it is left out: it is hatched.
    pub is_out: bool,
    /// Whether a mark stands over it.
    pub is_marked: bool,
}

/// A row of periods.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct PeriodStrip {
    name: String,
    periods: Vec<StripPeriod>,
}

/// What was chosen, by places in the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StripChoice {
    /// One period was clicked.
    One(usize),
    /// Periods were dragged over, the first and the last of them.
    Range(usize, usize),
}

impl PeriodStrip {
    /// A row that screen readers know by `name`.
    pub fn new(name: impl Into<String>, periods: Vec<StripPeriod>) -> Self {
        Self { name: name.into(), periods }
    }

    /// Draws it, as wide as there is room. Says what was chosen now.
    pub fn show(self, ui: &mut Ui) -> Option<StripChoice> {
        let scale = Scale::of(ui);
        let (cell, line) = (scale.space(26.0), scale.line_height(TextSize::Label));
        let height = cell + line + scale.space(10.0);
        let size = vec2(ui.available_width(), height);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &self.name));
        if self.periods.is_empty() {
            return None;
        }
        let top = rect.top() + scale.space(8.0);
        let cells = Rect::from_x_y_ranges(rect.x_range(), top..=top + cell);
        let at = |place: usize| self.cell(cells, place);
        let under =
            response.interact_pointer_pos().or(response.hover_pos()).map(|pointer| self.place(cells, pointer.x));
        let origin = ui.input(|input| input.pointer.press_origin()).map(|pointer| self.place(cells, pointer.x));
        let drag = dragged(ui, &response, origin, under);
        for (place, period) in self.periods.iter().enumerate() {
            let is_dragged = drag.is_some_and(|(from, to)| (from..=to).contains(&place));
            paint_cell(ui, period, at(place), is_dragged || under == Some(place));
        }
        self.paint_labels(ui, cells);
        if let (Some(place), true) = (under, response.hovered())
            && let Some(period) = self.periods.get(place)
        {
            response.clone().on_hover_text_at_pointer(&period.words);
        }
        if response.drag_stopped() {
            let (from, to) = drag?;
            ui.data_mut(|data| data.remove_temp::<usize>(start_id(&response)));
            return Some(if from == to { StripChoice::One(from) } else { StripChoice::Range(from, to) });
        }
        under.filter(|_| response.clicked()).map(StripChoice::One)
    }

    fn cell(&self, cells: Rect, place: usize) -> Rect {
        let width = cells.width() / self.periods.len().max(1) as f32;
        let left = cells.left() + width * place as f32;
        Rect::from_x_y_ranges(left..=left + width, cells.y_range())
    }

    fn place(&self, cells: Rect, x: f32) -> usize {
        let part = ((x - cells.left()) / cells.width().max(1.0)).clamp(0.0, 1.0);
        ((part * self.periods.len() as f32) as usize).min(self.periods.len().saturating_sub(1))
    }

    /// Labels under periods, as many as fit.
    fn paint_labels(&self, ui: &Ui, cells: Rect) {
        let mut free_from = f32::NEG_INFINITY;
        for (place, period) in self.periods.iter().enumerate().filter(|(_, period)| !period.label.is_empty()) {
            let galley = Text::label(&period.label).secondary().galley(ui, f32::INFINITY);
            let left = self.cell(cells, place).left();
            if left >= free_from && left + galley.size().x <= cells.right() {
                free_from = left + galley.size().x + space::SMALL;
                ui.painter().galley(pos2(left, cells.bottom() + 2.0), galley, Tokens::of(ui).secondary);
            }
        }
    }
}

fn start_id(response: &Response) -> Id {
    response.id.with("start of the drag")
}

/// From which place to which a drag goes now, ascending: from where the pointer was pressed.
fn dragged(ui: &Ui, response: &Response, origin: Option<usize>, under: Option<usize>) -> Option<(usize, usize)> {
    let id = start_id(response);
    if let (true, Some(place)) = (response.drag_started(), origin.or(under)) {
        ui.data_mut(|data| data.insert_temp(id, place));
    }
    let start = ui.data(|data| data.get_temp::<usize>(id))?;
    let is_at_it = response.dragged() || response.drag_stopped();
    under.filter(|_| is_at_it).map(|place| (start.min(place), start.max(place)))
}

fn paint_cell(ui: &Ui, period: &StripPeriod, cell: Rect, is_pointed_at: bool) {
    let (scale, tokens, painter) = (Scale::of(ui), Tokens::of(ui), ui.painter());
    let rect = cell.shrink2(vec2((cell.width() * 0.06).min(2.0), 0.0));
    let [low, middle, _] = tokens.data.bands;
    let fill = match period.part {
        StripPart::Free => tokens.hover,
        StripPart::Earlier => low,
        StripPart::Later => middle,
    };
    let fill = if period.is_out { tokens.card } else { fill };
    let outline = match (is_pointed_at, period.part) {
        (true, _) => Stroke::new(scale.line, tokens.accent),
        (false, StripPart::Free) => tokens.border(),
        (false, _) => Stroke::new(1.0, tokens.data.band_outline),
    };
    painter.rect(rect, 2.0, fill, outline, egui::StrokeKind::Inside);
    if period.is_out {
        hatch(ui, rect);
    }
    if period.is_marked {
        let center = pos2(rect.center().x, rect.top() - scale.space(4.0));
        super::paint::diamond(painter, center, scale.space(3.0), tokens.data.contrast, Stroke::NONE);
    }
}

/// Slanted lines: left out.
fn hatch(ui: &Ui, rect: Rect) {
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let step = Scale::of(ui).space(5.0);
    let stroke = Stroke::new(1.0, Tokens::of(ui).control);
    let across = Rangef::new(rect.left() - rect.height(), rect.right());
    let mut x = across.min;
    while x < across.max {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke);
        x += step;
    }
}
