//! From tokens to egui's own style, for both themes at once.

use egui::epaint::Shadow;
use egui::style::{HandleShape, ScrollAnimation, ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{Color32, Context, CornerRadius, Margin, Stroke, Style, Theme, vec2};

use super::{Scale, TextSize, Tokens, fonts};

/// Distances in points. All are multiples of four, except the width of lines.
pub mod space {
    /// Between things that belong together.
    pub const TIGHT: f32 = 4.0;
    /// Between controls, and between lines of a list.
    pub const SMALL: f32 = 8.0;
    /// Between parts of a card.
    pub const MEDIUM: f32 = 12.0;
    /// Between cards.
    pub const GAP: f32 = 16.0;
    /// Inside a card, from its border.
    pub const CARD: f32 = 20.0;
    /// Between sections.
    pub const SECTION: f32 = 24.0;
    /// From the border of the page.
    pub const PAGE: f32 = 32.0;
    /// The corners of cards.
    pub const CARD_RADIUS: f32 = 10.0;
    /// The corners of controls.
    pub const CONTROL_RADIUS: f32 = 6.0;
    /// The focus ring.
    pub const FOCUS_RING: f32 = 2.0;
    /// The widest text column, in characters.
    pub const TEXT_COLUMN_CHARACTERS: usize = 68;
}

/// The longest that anything moves, in seconds.
const ANIMATION_S: f32 = 0.12;

/// Gives a context our fonts, and our style in both themes. Once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts::definitions());
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| apply(style, Tokens::for_theme(theme)));
    }
}

/// Stops or allows everything that moves by itself: fades, unfolding, gliding scroll.
pub fn reduce_motion(ctx: &Context, reduce: bool) {
    ctx.all_styles_mut(|style| {
        style.animation_time = if reduce { 0.0 } else { ANIMATION_S };
        style.scroll_animation = if reduce { ScrollAnimation::none() } else { scroll_animation() };
    });
}

fn scroll_animation() -> ScrollAnimation {
    ScrollAnimation::duration(ANIMATION_S)
}

fn apply(style: &mut Style, tokens: &Tokens) {
    style.text_styles = Scale::DESK.text_styles().into_iter().collect();
    style.animation_time = ANIMATION_S;
    style.scroll_animation = scroll_animation();
    style.compact_menu_style = false;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.3;
    apply_spacing(style);
    apply_visuals(style, tokens);
}

fn apply_spacing(style: &mut Style) {
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(space::SMALL, space::SMALL);
    spacing.button_padding = vec2(space::MEDIUM, 6.0);
    spacing.interact_size = vec2(Scale::DESK.control_height(), Scale::DESK.control_height());
    spacing.window_margin = Margin::same(20);
    spacing.menu_margin = Margin::same(6);
    spacing.icon_width = 18.0;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = space::SMALL;
    spacing.tooltip_width = 360.0;
    spacing.text_edit_width = 280.0;
    spacing.combo_width = 160.0;
    spacing.extra_text_line_spacing = 3.0;
    spacing.scroll =
        ScrollStyle { bar_width: 8.0, floating_width: 4.0, handle_min_length: 32.0, ..ScrollStyle::floating() };
}

fn apply_visuals(style: &mut Style, tokens: &Tokens) {
    let visuals = &mut style.visuals;
    visuals.dark_mode = tokens.dark;
    visuals.panel_fill = tokens.page;
    visuals.window_fill = tokens.card;
    visuals.window_stroke = tokens.border();
    visuals.window_corner_radius = radius(space::CARD_RADIUS);
    visuals.menu_corner_radius = radius(space::CONTROL_RADIUS + 2.0);
    let shadow = Shadow {
        offset: [0, 4],
        blur: 20,
        spread: 0,
        color: Color32::from_black_alpha(if tokens.dark { 110 } else { 34 }),
    };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.faint_bg_color = tokens.hover;
    visuals.extreme_bg_color = tokens.card;
    visuals.text_edit_bg_color = Some(tokens.card);
    visuals.code_bg_color = tokens.hover;
    visuals.weak_text_color = Some(tokens.secondary);
    visuals.hyperlink_color = tokens.accent;
    visuals.warn_fg_color = tokens.data.status.at_risk;
    visuals.error_fg_color = tokens.data.status.late;
    visuals.selection = Selection { bg_fill: tokens.selected, stroke: Stroke::new(1.0, tokens.text) };
    visuals.slider_trailing_fill = true;
    visuals.handle_shape = HandleShape::Circle;
    visuals.indent_has_left_vline = false;
    visuals.striped = false;
    visuals.disabled_alpha = 0.5;
    visuals.text_cursor.stroke = Stroke::new(2.0, tokens.accent);
    visuals.widgets = widgets(tokens);
}

fn widgets(tokens: &Tokens) -> Widgets {
    let base = WidgetVisuals {
        bg_fill: tokens.card,
        weak_bg_fill: tokens.card,
        bg_stroke: Stroke::new(1.0, tokens.control),
        corner_radius: radius(space::CONTROL_RADIUS),
        fg_stroke: Stroke::new(1.5, tokens.text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: WidgetVisuals { bg_stroke: tokens.border(), fg_stroke: Stroke::new(1.0, tokens.text), ..base },
        inactive: base,
        hovered: WidgetVisuals { bg_fill: tokens.hover, weak_bg_fill: tokens.hover, ..base },
        // egui draws what has the keyboard focus as active: this is the focus ring.
        active: WidgetVisuals {
            bg_fill: tokens.selected,
            weak_bg_fill: tokens.selected,
            bg_stroke: Stroke::new(space::FOCUS_RING, tokens.accent),
            ..base
        },
        open: WidgetVisuals { bg_fill: tokens.hover, weak_bg_fill: tokens.hover, ..base },
    }
}

fn radius(points: f32) -> CornerRadius {
    CornerRadius::from(points)
}

/// The least width at which [`space::TEXT_COLUMN_CHARACTERS`] of running text fit, in points.
#[must_use]
pub fn text_column_width(scale: &Scale, step: TextSize) -> f32 {
    // Inter's running text averages half an em a character.
    scale.size(step) * 0.5 * space::TEXT_COLUMN_CHARACTERS as f32
}
