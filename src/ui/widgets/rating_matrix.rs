//! A matrix of two ratings from 1 to 5: names stand in the field of their ratings, so that none covers another.

use egui::{Align2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::mark::{MarkKind, paint_mark};
use super::paint::focus_ring;
use crate::ui::theme::{Scale, Text, TextSize, Tokens, space};

/// Ratings from 1 to this.
const RATINGS: usize = 5;

/// From this rating on a rating is high.
const HIGH: usize = 4;

/// So many names stand in a field; of more, the last line says how many.
const MOST_NAMES: usize = 4;

/// A thing with two ratings.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedItem {
    /// Its name.
    pub name: String,
    /// How it stands.
    pub mark: MarkKind,
    /// What is said under the pointer.
    pub detail: String,
    /// The rating across, 1 to 5.
    pub across: u8,
    /// The rating upward, 1 to 5.
    pub up: u8,
}

/// A matrix: the rating upward against the rating across.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct RatingMatrix {
    name: String,
    across: String,
    up: String,
    /// The words of the four corners: high and low, high and high, low and low, low and high.
    corners: [&'static str; 4],
    items: Vec<RatedItem>,
}

impl RatingMatrix {
    /// A matrix that screen readers know by `name`; `up` and `across` say what the ratings are. The corners are told
    /// from the left above to the right below.
    pub fn new(
        name: impl Into<String>,
        (up, across): (impl Into<String>, impl Into<String>),
        corners: [&'static str; 4],
        items: Vec<RatedItem>,
    ) -> Self {
        Self { name: name.into(), across: across.into(), up: up.into(), corners, items }
    }

    /// The places of the items of a field, by ratings.
    fn field(&self, up: usize, across: usize) -> Vec<usize> {
        let is_here = |item: &RatedItem| usize::from(item.up) == up && usize::from(item.across) == across;
        let here = self.items.iter().enumerate().filter(|(_, item)| is_here(item));
        here.map(|(place, _)| place).collect()
    }

    /// How many lines the fields of a rating need.
    fn lines(&self, up: usize) -> usize {
        let most = (1..=RATINGS).map(|across| self.field(up, across).len()).max().unwrap_or(0);
        most.clamp(1, MOST_NAMES)
    }

    /// Draws it, as wide as there is room. Returns the place of the item whose name was pressed.
    pub fn show(self, ui: &mut Ui) -> Option<usize> {
        let scale = Scale::of(ui);
        let tokens = Tokens::of(ui);
        let line = scale.line_height(TextSize::Label) + scale.space(2.0);
        let pad = scale.space(6.0);
        let left = scale.space(24.0);
        let head = scale.line_height(TextSize::Label) + scale.space(space::SMALL);
        let heights: Vec<f32> =
            (1..=RATINGS).rev().map(|up| (self.lines(up) as f32 * line + 2.0 * pad).max(scale.space(34.0))).collect();
        let foot = 2.0 * (scale.line_height(TextSize::Label) + scale.space(space::TIGHT));
        let size = vec2(ui.available_width(), head + heights.iter().sum::<f32>() + foot);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &self.name));
        let label = |ui: &Ui, at, align: Align2, words: &str| {
            let galley = Text::label(words).secondary().galley(ui, f32::INFINITY);
            let rect = align.anchor_size(at, galley.size());
            ui.painter().galley(rect.min, galley, tokens.secondary);
        };
        label(ui, rect.left_top(), Align2::LEFT_TOP, &format!("{} \u{2191}", self.up));
        let width = (rect.width() - left) / RATINGS as f32;
        let mut top = rect.top() + head;
        let mut pressed = None;
        for (row, height) in heights.iter().enumerate() {
            let up = RATINGS - row;
            label(ui, pos2(rect.left(), top + height / 2.0), Align2::LEFT_CENTER, &up.to_string());
            for across in 1..=RATINGS {
                let at = pos2(rect.left() + left + width * (across - 1) as f32, top);
                let field = Rect::from_min_size(at, vec2(width, *height));
                let is_good = up >= HIGH && across < HIGH;
                let fill = if is_good { tokens.selected } else { tokens.card };
                ui.painter().rect(field, 0.0, fill, tokens.border(), egui::StrokeKind::Inside);
                pressed = pressed.or(self.names(ui, &response, (up, across), field.shrink(pad), line));
            }
            top += height;
        }
        let middle = rect.left() + left + width * (HIGH - 1) as f32;
        let border = top - heights.iter().skip(RATINGS + 1 - HIGH).sum::<f32>();
        let rule = egui::Stroke::new(1.5, tokens.control);
        ui.painter().vline(middle, rect.top() + head..=top, rule);
        ui.painter().hline(rect.left() + left..=rect.right(), border, rule);
        for across in 1..=RATINGS {
            let x = rect.left() + left + width * (across as f32 - 0.5);
            label(ui, pos2(x, top + scale.space(2.0)), Align2::CENTER_TOP, &across.to_string());
        }
        let [quick, major, fill, avoid] = self.corners;
        label(ui, pos2(middle - pad, rect.top()), Align2::RIGHT_TOP, quick);
        label(ui, pos2(rect.right(), rect.top()), Align2::RIGHT_TOP, major);
        let low = top + scale.line_height(TextSize::Label) + scale.space(space::TIGHT);
        label(ui, pos2(rect.right(), low), Align2::RIGHT_TOP, &format!("{} \u{2192}", self.across));
        label(ui, pos2(rect.left() + left, low), Align2::LEFT_TOP, fill);
        label(ui, pos2(middle + pad, low), Align2::LEFT_TOP, avoid);
        pressed
    }

    /// The names of a field, each on a line. Returns the place of the one that was pressed.
    fn names(
        &self,
        ui: &mut Ui,
        matrix: &Response,
        (up, across): (usize, usize),
        field: Rect,
        line: f32,
    ) -> Option<usize> {
        let here = self.field(up, across);
        let shown = if here.len() > MOST_NAMES { MOST_NAMES - 1 } else { here.len() };
        let tokens = Tokens::of(ui);
        let radius = line * 0.24;
        let mut pressed = None;
        for (row, place) in here.iter().enumerate().take(shown) {
            let Some(item) = self.items.get(*place) else { continue };
            let at = pos2(field.left(), field.top() + line * row as f32);
            let area = Rect::from_min_size(at, vec2(field.width(), line));
            let response = ui.interact(area, matrix.id.with(("name", *place)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("{}, {}", item.name, item.detail)));
            if response.hovered() || response.has_focus() {
                ui.painter().rect_filled(area, 2.0, tokens.hover);
            }
            paint_mark(ui.painter(), tokens, item.mark, pos2(at.x + radius, area.center().y), radius);
            let start = at.x + 3.0 * radius;
            let name = Text::label(&item.name).one_line().galley(ui, (area.right() - start).max(1.0));
            ui.painter().galley(pos2(start, area.center().y - name.size().y / 2.0), name, tokens.text);
            focus_ring(ui, area, &response, 2.0);
            if response.on_hover_text(format!("{}\n{}", item.name, item.detail)).clicked() {
                pressed = Some(*place);
            }
        }
        if here.len() > shown {
            let at = pos2(field.left(), field.top() + line * shown as f32);
            let area = Rect::from_min_size(at, vec2(field.width(), line));
            let names: Vec<&str> = here
                .iter()
                .skip(shown)
                .filter_map(|place| self.items.get(*place))
                .map(|item| item.name.as_str())
                .collect();
            let words = format!("and {} more", names.len());
            let response = ui.interact(area, matrix.id.with(("more", up, across)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{words}: {}", names.join(", "))));
            let galley = Text::label(words).secondary().one_line().galley(ui, area.width());
            ui.painter().galley(area.min, galley, tokens.secondary);
            response.on_hover_text(names.join("\n"));
        }
        pressed
    }
}
