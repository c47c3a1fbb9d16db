//! A row of a list of commands: an icon, a name, and what kind of thing it is.

use egui::{Response, Role, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use crate::ui::theme::{Icon, Scale, Text, Tokens, icon_font, space};

/// A row that can be chosen, or says why it cannot.
#[derive(Debug, Clone)]
#[must_use = "add it to a Ui"]
pub struct CommandRow {
    icon: Icon,
    name: String,
    kind: String,
    selected: bool,
    blocked: Option<String>,
}

impl CommandRow {
    /// A row; `kind` stands at its right edge.
    pub fn new(icon: Icon, name: impl Into<String>, kind: impl Into<String>) -> Self {
        Self { icon, name: name.into(), kind: kind.into(), selected: false, blocked: None }
    }

    /// Whether Enter would choose it.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// Why it cannot be chosen; stands under its name.
    pub fn blocked(mut self, why: Option<&str>) -> Self {
        self.blocked = why.map(str::to_owned);
        self
    }
}

impl Widget for CommandRow {
    fn ui(self, ui: &mut Ui) -> Response {
        let scale = Scale::of(ui);
        let tokens = Tokens::of(ui);
        let gap = scale.space(space::SMALL);
        let width = ui.available_width();
        let left = gap + scale.icon() + gap;
        let kind = Text::label(&self.kind).secondary().galley(ui, f32::INFINITY);
        let room = (width - left - kind.size().x - 2.0 * gap).max(1.0);
        let name = Text::body(&self.name).one_line();
        let name = if self.blocked.is_some() { name.secondary() } else { name }.galley(ui, room);
        let why = self.blocked.as_ref().map(|why| Text::label(why).secondary().galley(ui, width - left - gap));
        let under = why.as_ref().map_or(0.0, |why| why.size().y + scale.space(space::TIGHT));
        let line = scale.control_height();
        let sense = if self.blocked.is_some() { Sense::hover() } else { Sense::CLICK };
        let (rect, response) = ui.allocate_exact_size(vec2(width, line + under), sense);
        response.widget_info(|| {
            let label = match &self.blocked {
                None => format!("{}, {}", self.name, self.kind),
                Some(why) => format!("{}, {}. {why}", self.name, self.kind),
            };
            WidgetInfo::selected(Role::ListBoxOption, self.blocked.is_none(), self.selected, label)
        });
        if !ui.is_rect_visible(rect) {
            return response;
        }
        if self.selected {
            ui.painter().rect_filled(rect, space::CONTROL_RADIUS, tokens.hover);
        }
        let middle = rect.top() + line / 2.0;
        let glyph =
            ui.painter().layout_no_wrap(char::from(self.icon).to_string(), icon_font(scale.icon()), tokens.secondary);
        ui.painter().galley(pos2(rect.left() + gap, middle - glyph.size().y / 2.0), glyph, tokens.text);
        ui.painter().galley(pos2(rect.left() + left, middle - name.size().y / 2.0), name, tokens.text);
        let at = pos2(rect.right() - gap - kind.size().x, middle - kind.size().y / 2.0);
        ui.painter().galley(at, kind, tokens.secondary);
        if let Some(why) = why {
            ui.painter().galley(pos2(rect.left() + left, rect.top() + line), why, tokens.secondary);
        }
        response
    }
}
