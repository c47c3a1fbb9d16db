//! Setting type: a text with its step, weight and tone, as a label or as a galley for painters.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, Galley, Label, Response, RichText, TextWrapMode, Ui, Widget};

use super::{Icon, Scale, TextSize, Tokens, fonts};

/// The weights of the typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Weight {
    /// Running text.
    #[default]
    Regular,
    /// Buttons, names, selected things.
    Medium,
    /// Titles and big numbers.
    SemiBold,
}

/// The ink of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// The text color.
    #[default]
    Primary,
    /// The color of words that explain other words.
    Secondary,
    /// The accent.
    Accent,
    /// Any other color that comes from the tokens.
    Ink(Color32),
}

impl Tone {
    /// The color of this tone in `ui`.
    #[must_use]
    pub fn color(self, ui: &Ui) -> Color32 {
        let tokens = Tokens::of(ui);
        match self {
            Self::Primary => tokens.text,
            Self::Secondary if Scale::of(ui).room => tokens.secondary_in_room,
            Self::Secondary => tokens.secondary,
            Self::Accent => tokens.accent,
            Self::Ink(color) => color,
        }
    }
}

/// A text in a step of the type scale: `ui.add(Text::lead("...").secondary())`.
///
/// It wraps at the width that is left, and never at less than a word.
#[derive(Debug, Clone)]
#[must_use = "add it to a Ui"]
pub struct Text {
    text: String,
    step: TextSize,
    weight: Weight,
    tone: Tone,
    align: Align,
    most_lines: usize,
    selectable: bool,
}

impl Text {
    fn new(text: impl Into<String>, step: TextSize, weight: Weight) -> Self {
        Self {
            text: text.into(),
            step,
            weight,
            tone: Tone::Primary,
            align: Align::Min,
            most_lines: usize::MAX,
            selectable: false,
        }
    }

    /// Fine print.
    pub fn caption(text: impl Into<String>) -> Self {
        Self::new(text, TextSize::Caption, Weight::Regular)
    }

    /// Words on axes and bars.
    pub fn label(text: impl Into<String>) -> Self {
        Self::new(text, TextSize::Label, Weight::Regular)
    }

    /// Running text.
    pub fn body(text: impl Into<String>) -> Self {
        Self::new(text, TextSize::Body, Weight::Regular)
    }

    /// The sentence under a title.
    pub fn lead(text: impl Into<String>) -> Self {
        Self::new(text, TextSize::Lead, Weight::Regular)
    }

    /// The title of a card or a chart.
    pub fn section(text: impl Into<String>) -> Self {
        Self::new(text, TextSize::Section, Weight::SemiBold)
    }

    /// The title of a page.
    pub fn title(text: impl Into<String>) -> Self {
        Self::new(text, TextSize::Title, Weight::SemiBold)
    }

    /// The one big number.
    pub fn hero(text: impl Into<String>) -> Self {
        Self::new(text, TextSize::Hero, Weight::SemiBold)
    }

    /// In the medium weight.
    pub fn medium(mut self) -> Self {
        self.weight = Weight::Medium;
        self
    }

    /// In the semi-bold weight.
    pub fn semi_bold(mut self) -> Self {
        self.weight = Weight::SemiBold;
        self
    }

    /// In the color of words that explain other words.
    pub fn secondary(self) -> Self {
        self.tone(Tone::Secondary)
    }

    /// In any tone.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Lines centered on each other. A centered galley is painted by the middle of its top edge.
    pub fn centered(mut self) -> Self {
        self.align = Align::Center;
        self
    }

    /// On one line, cut with an ellipsis; the whole text then shows under the pointer.
    pub fn one_line(mut self) -> Self {
        self.most_lines = 1;
        self
    }

    /// Whether it stays on one line.
    #[must_use]
    pub fn is_one_line(&self) -> bool {
        self.most_lines == 1
    }

    /// On at most so many lines in a galley, cut with an ellipsis.
    pub fn lines(mut self, most: usize) -> Self {
        self.most_lines = most;
        self
    }

    /// People may select and copy it.
    pub fn selectable(mut self) -> Self {
        self.selectable = true;
        self
    }

    /// As rich text for egui's own widgets.
    #[must_use]
    pub fn rich(&self, ui: &Ui) -> RichText {
        let scale = Scale::of(ui);
        RichText::new(&self.text)
            .font(scale.font(self.step, self.weight))
            .line_height(Some(scale.line_height(self.step)))
            .extra_letter_spacing(scale.tracking(self.step))
            .color(self.tone.color(ui))
    }

    /// Laid out for a painter, wrapped at `width` points (infinity for one line).
    #[must_use]
    pub fn galley(&self, ui: &Ui, width: f32) -> Arc<Galley> {
        self.galley_at(ui, Scale::of(ui), width)
    }

    /// Laid out for a painter on its lines; where it is too long, its beginning and its end stay, with an ellipsis
    /// between them: the ends of names are what tells them apart.
    #[must_use]
    pub fn galley_with_ends(&self, ui: &Ui, width: f32) -> Arc<Galley> {
        let whole = self.galley(ui, width);
        if !whole.elided {
            return whole;
        }
        let letters: Vec<char> = self.text.chars().collect();
        let with = |kept: usize| {
            let (first, last) = (kept.div_ceil(2), letters.len() - kept / 2);
            let begin: String = letters.iter().take(first).collect();
            let end: String = letters.iter().skip(last).collect();
            Self { text: format!("{}\u{2026}{}", begin.trim_end(), end.trim_start()), ..self.clone() }.galley(ui, width)
        };
        let (mut fitting, mut too_many) = (0, letters.len());
        while fitting + 1 < too_many {
            let middle = usize::midpoint(fitting, too_many);
            *(if with(middle).elided { &mut too_many } else { &mut fitting }) = middle;
        }
        with(fitting)
    }

    /// Laid out for a painter at a given scale.
    #[must_use]
    pub fn galley_at(&self, ui: &Ui, scale: Scale, width: f32) -> Arc<Galley> {
        let format = TextFormat { color: self.tone.color(ui), ..format(scale, self.step, self.weight) };
        let mut job = LayoutJob::single_section(self.text.clone(), format);
        job.halign = self.align;
        job.wrap = TextWrapping { max_width: width, max_rows: self.most_lines, ..TextWrapping::default() };
        ui.painter().layout_job(job)
    }
}

/// Makes the letters of one text of the desk, the `turn`-th, so that the first frame of a screen does not have to make
/// all of them. Says whether there was one left.
pub fn prepare_letters(ctx: &egui::Context, turn: usize) -> bool {
    const TEXTS: [(TextSize, Weight); 11] = [
        (TextSize::Body, Weight::Regular),
        (TextSize::Caption, Weight::Regular),
        (TextSize::Body, Weight::Medium),
        (TextSize::Lead, Weight::Regular),
        (TextSize::Section, Weight::SemiBold),
        (TextSize::Body, Weight::SemiBold),
        (TextSize::Title, Weight::SemiBold),
        (TextSize::Hero, Weight::SemiBold),
        (TextSize::Lead, Weight::Medium),
        (TextSize::Caption, Weight::Medium),
        (TextSize::Section, Weight::Regular),
    ];
    let Some(&(step, weight)) = TEXTS.get(turn) else { return false };
    // The hero is a number. Of others each letter stands more than once, so that it is made at several parts of a pixel.
    let letters = if step == TextSize::Hero {
        "0123456789.,% ".to_owned()
    } else {
        let words = "The quick brown fox jumps over a lazy dog, sphinx of black quartz judge my vow: ".repeat(2);
        format!("{words}ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 1:1 9876543210 (%+-.,;\u{2019}\u{2013}/)")
    };
    let job = LayoutJob::single_section(letters, format(Scale::DESK, step, weight));
    ctx.fonts_mut(|fonts| fonts.layout_job(job));
    true
}

/// How letters of a step and weight are set, but for their color.
fn format(scale: Scale, step: TextSize, weight: Weight) -> TextFormat {
    TextFormat {
        font_id: scale.font(step, weight),
        line_height: Some(scale.line_height(step)),
        extra_letter_spacing: scale.tracking(step),
        ..TextFormat::default()
    }
}

impl Widget for Text {
    fn ui(self, ui: &mut Ui) -> Response {
        let mode = if self.most_lines == 1 { TextWrapMode::Truncate } else { TextWrapMode::Wrap };
        let label = Label::new(self.rich(ui)).wrap_mode(mode).selectable(self.selectable).halign(self.align);
        ui.add(label)
    }
}

/// An icon as rich text, `size` points high.
#[must_use]
pub fn icon(icon: Icon, size: f32, color: Color32) -> RichText {
    RichText::new(char::from(icon).to_string()).font(fonts::icon_font(size)).color(color)
}
