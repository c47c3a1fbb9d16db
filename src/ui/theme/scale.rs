//! Sizes of type, lines and marks: at a desk, and in a room as a share of the window's height.

use egui::{FontId, TextStyle, Ui, UiBuilder, UiKind, UiStackInfo};

use super::{Weight, fonts};

/// The steps of the type scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextSize {
    /// Source lines and other fine print.
    Caption,
    /// Words on axes and bars.
    Label,
    /// Running text and controls.
    Body,
    /// The sentence under a title.
    Lead,
    /// The title of a card or a chart.
    Section,
    /// The title of a page.
    Title,
    /// The one big number.
    Hero,
}

/// The sizes that hold in a part of the screen, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Whether people read this from the back of a room.
    pub room: bool,
    caption: f32,
    label: f32,
    body: f32,
    lead: f32,
    section: f32,
    title: f32,
    hero: f32,
    /// The width of a line in a chart.
    pub line: f32,
    /// The diameter of a mark in a chart.
    pub marker: f32,
}

/// The tag under which a scale travels down the tree of `Ui`s.
const TAG: &str = "scale";

impl Scale {
    /// The sizes for somebody at a desk.
    pub const DESK: Self = Self {
        room: false,
        caption: 12.0,
        label: 12.0,
        body: 14.0,
        lead: 16.0,
        section: 20.0,
        title: 28.0,
        hero: 56.0,
        line: 2.0,
        marker: 8.0,
    };

    /// The sizes for a room, from the height of the picture in points: source line 1/45, labels 1/36,
    /// text 1/30, headline 1/20, hero number 1/9, lines 1/240, marks 1/80.
    #[must_use]
    pub fn room(height: f32) -> Self {
        let share = |part: f32| (height / part).round();
        Self {
            room: true,
            caption: share(45.0),
            label: share(36.0),
            body: share(30.0),
            lead: share(28.0),
            section: share(24.0),
            title: share(20.0),
            hero: share(9.0),
            line: height / 240.0,
            marker: height / 80.0,
        }
    }

    /// The scale that holds in `ui`: that of the nearest [`Scale::scope`] around it, else the desk's.
    #[must_use]
    pub fn of(ui: &Ui) -> Self {
        ui.stack().iter().find_map(|level| level.tags().get_downcast::<Self>(TAG).copied()).unwrap_or(Self::DESK)
    }

    /// Draws `contents` at this scale: everything inside, egui's own controls included.
    pub fn scope<R>(self, ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
        let info = UiStackInfo::new(UiKind::GenericArea).with_tag_value(TAG, self);
        ui.scope_builder(UiBuilder::new().ui_stack_info(info), |ui| {
            let style = ui.style_mut();
            for (name, font) in self.text_styles() {
                style.text_styles.insert(name, font);
            }
            style.spacing.interact_size.y = self.control_height();
            // Whole points, so that words stand on whole pixels.
            style.spacing.item_spacing = (style.spacing.item_spacing * self.factor()).round();
            contents(ui)
        })
        .inner
    }

    /// A step of the type scale in points.
    #[must_use]
    pub fn size(&self, step: TextSize) -> f32 {
        match step {
            TextSize::Caption => self.caption,
            TextSize::Label => self.label,
            TextSize::Body => self.body,
            TextSize::Lead => self.lead,
            TextSize::Section => self.section,
            TextSize::Title => self.title,
            TextSize::Hero => self.hero,
        }
    }

    /// The height of a line of text in points: tight for big numbers, airy for running text.
    #[must_use]
    pub fn line_height(&self, step: TextSize) -> f32 {
        let factor = match step {
            TextSize::Caption | TextSize::Label | TextSize::Body | TextSize::Lead => 1.45,
            TextSize::Section | TextSize::Title => 1.25,
            TextSize::Hero => 1.15,
        };
        (self.size(step) * factor).round()
    }

    /// Extra space between letters in points: Inter is drawn for small print and wants less when large.
    #[must_use]
    pub fn tracking(&self, step: TextSize) -> f32 {
        let em = match self.size(step) {
            size if size < 14.0 => 0.0,
            size if size < 16.0 => -0.006,
            size if size < 20.0 => -0.011,
            size if size < 28.0 => -0.017,
            _ => -0.021,
        };
        self.size(step) * em
    }

    /// A step of the type scale in a weight.
    #[must_use]
    pub fn font(&self, step: TextSize, weight: Weight) -> FontId {
        FontId::new(self.size(step), fonts::family(weight))
    }

    /// How much larger than at a desk spaces are.
    #[must_use]
    pub fn factor(&self) -> f32 {
        self.body / Self::DESK.body
    }

    /// A distance of `points` at a desk, here.
    #[must_use]
    pub fn space(&self, points: f32) -> f32 {
        (points * self.factor()).round()
    }

    /// The size of icons: 18 points at a desk.
    #[must_use]
    pub fn icon(&self) -> f32 {
        self.space(18.0)
    }

    /// The least height of a control: 32 points at a desk, 44 and more in a room.
    #[must_use]
    pub fn control_height(&self) -> f32 {
        self.space(32.0)
    }

    pub(super) fn text_styles(&self) -> Vec<(TextStyle, FontId)> {
        use TextSize::{Body, Caption, Hero, Label, Lead, Section, Title};
        let mut styles = vec![
            (TextStyle::Small, self.font(Caption, Weight::Regular)),
            (TextStyle::Body, self.font(Body, Weight::Regular)),
            (TextStyle::Button, self.font(Body, Weight::Medium)),
            (TextStyle::Heading, self.font(Title, Weight::SemiBold)),
            (TextStyle::Monospace, FontId::monospace(self.size(Body))),
        ];
        let named = [
            ("caption", Caption),
            ("label", Label),
            ("body", Body),
            ("lead", Lead),
            ("section", Section),
            ("title", Title),
            ("hero", Hero),
        ];
        let weights = [("", Weight::Regular), ("-medium", Weight::Medium), ("-semibold", Weight::SemiBold)];
        for (name, step) in named {
            for (suffix, weight) in weights {
                let name = TextStyle::Name(format!("{name}{suffix}").into());
                styles.push((name, self.font(step, weight)));
            }
        }
        styles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(scale: Scale) -> [f32; 5] {
        use TextSize::{Body, Caption, Hero, Label, Title};
        [Caption, Label, Body, Title, Hero].map(|step| scale.size(step))
    }

    #[test]
    fn sizes_in_a_room_are_shares_of_the_height() {
        // 720/45, /36, /30, /20, /9; then 768 rounded; then 1080.
        assert_eq!(sizes(Scale::room(720.0)), [16.0, 20.0, 24.0, 36.0, 80.0]);
        assert_eq!(sizes(Scale::room(768.0)), [17.0, 21.0, 26.0, 38.0, 85.0]);
        assert_eq!(sizes(Scale::room(1080.0)), [24.0, 30.0, 36.0, 54.0, 120.0]);
    }

    #[test]
    fn lines_and_marks_in_a_room_are_shares_of_the_height() {
        let scale = Scale::room(1080.0);
        assert!((scale.line - 4.5).abs() < 0.001);
        assert!((scale.marker - 13.5).abs() < 0.001);
    }

    #[test]
    fn controls_in_a_room_are_large_enough_to_hit() {
        assert!(Scale::room(720.0).control_height() >= 44.0);
        assert!(Scale::DESK.control_height() >= 24.0);
    }
}
