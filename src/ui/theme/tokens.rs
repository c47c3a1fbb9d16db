//! The colors of both themes, in one table.

use egui::{Color32, Stroke, Ui};

/// The colors of one theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Tokens {
    /// Whether this is the dark theme.
    pub dark: bool,
    /// Behind everything.
    pub page: Color32,
    /// Behind a card, a field, a menu.
    pub card: Color32,
    /// Borders, rules, grid lines.
    pub line: Color32,
    /// Words and numbers.
    pub text: Color32,
    /// Words that explain other words.
    pub secondary: Color32,
    /// Secondary words in a room: 7:1 and more on page and card.
    pub secondary_in_room: Color32,
    /// The one accent: main action, selection, focus.
    pub accent: Color32,
    /// Words on the accent.
    pub on_accent: Color32,
    /// The main action under the pointer.
    pub accent_hover: Color32,
    /// Behind something selected.
    pub selected: Color32,
    /// Behind something under the pointer.
    pub hover: Color32,
    /// The outline of controls, 3:1 on the card.
    pub control: Color32,
    /// The colors that carry data.
    pub data: DataColors,
}

/// Colors that carry data. The same color means the same thing on every screen and in both themes.
#[derive(Debug, Clone, PartialEq)]
pub struct DataColors {
    /// Low, middle and high band.
    pub bands: [Color32; 3],
    /// The outline that separates bands from each other and from the card.
    pub band_outline: Color32,
    /// What the finding is about.
    pub highlight: Color32,
    /// What it is held against.
    pub contrast: Color32,
    /// What carries no evidence, or is there for orientation only.
    pub muted: Color32,
    /// Three series in one chart.
    pub series: [Color32; 3],
    /// Above and below a middle, where neither is better.
    pub above_and_below: [Color32; 2],
    /// How far something is.
    pub status: StatusColors,
}

/// Colors of progress. Each goes with a word and a shape, and an outline in the text color.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusColors {
    /// As planned, or fit to use.
    pub on_schedule: Color32,
    /// At risk, or to be read with care.
    pub at_risk: Color32,
    /// Late, or failed.
    pub late: Color32,
    /// Not started, or not there.
    pub not_started: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const STATUS: StatusColors = StatusColors {
    on_schedule: rgb(0x0072B2),
    at_risk: rgb(0xE69F00),
    late: rgb(0xB2182B),
    not_started: rgb(0x6B7280),
};

const fn data(band_outline: Color32) -> DataColors {
    DataColors {
        bands: [rgb(0x8FB8DE), rgb(0x3B78B5), rgb(0x12355B)],
        band_outline,
        highlight: rgb(0x0072B2),
        contrast: rgb(0xD55E00),
        muted: rgb(0x6B7280),
        series: [rgb(0x004488), rgb(0xDDAA33), rgb(0xBB5566)],
        above_and_below: [rgb(0x2166AC), rgb(0xB35806)],
        status: STATUS,
    }
}

impl Tokens {
    /// The light theme.
    pub const LIGHT: Self = Self {
        dark: false,
        page: rgb(0xF6F7F9),
        card: rgb(0xFFFFFF),
        line: rgb(0xE3E6EB),
        text: rgb(0x1B1F24),
        secondary: rgb(0x595F69),
        secondary_in_room: rgb(0x3A4149),
        accent: rgb(0x0B62C4),
        on_accent: rgb(0xFFFFFF),
        accent_hover: rgb(0x0953A6),
        selected: rgb(0xE4EEF9),
        hover: rgb(0xEDEFF3),
        control: rgb(0x868D98),
        data: data(rgb(0x595F69)),
    };

    /// The dark theme.
    pub const DARK: Self = Self {
        dark: true,
        page: rgb(0x0F1317),
        card: rgb(0x171C22),
        line: rgb(0x2A313A),
        text: rgb(0xF2F4F7),
        secondary: rgb(0xB8C0CC),
        secondary_in_room: rgb(0xB8C0CC),
        accent: rgb(0x6DB1FF),
        on_accent: rgb(0x0F1317),
        accent_hover: rgb(0x8EC3FF),
        selected: rgb(0x1D2F45),
        hover: rgb(0x222932),
        control: rgb(0x717B88),
        data: data(rgb(0xB8C0CC)),
    };

    /// The colors that hold in `ui`.
    #[must_use]
    pub fn of(ui: &Ui) -> &'static Self {
        Self::for_theme(if ui.visuals().dark_mode { egui::Theme::Dark } else { egui::Theme::Light })
    }

    /// The colors of `theme`.
    #[must_use]
    pub const fn for_theme(theme: egui::Theme) -> &'static Self {
        match theme {
            egui::Theme::Dark => &Self::DARK,
            egui::Theme::Light => &Self::LIGHT,
        }
    }

    /// A border of one point in the line color.
    #[must_use]
    pub fn border(&self) -> Stroke {
        Stroke::new(1.0, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::super::contrast_ratio;
    use super::*;

    const BOTH: [Tokens; 2] = [Tokens::LIGHT, Tokens::DARK];
    const WHITE: Color32 = Color32::WHITE;

    #[test]
    fn text_is_readable_on_page_and_card_in_both_themes() {
        for tokens in BOTH {
            for ground in [tokens.page, tokens.card, tokens.selected, tokens.hover] {
                for ink in [tokens.text, tokens.secondary, tokens.accent] {
                    let ratio = contrast_ratio(ink, ground);
                    assert!(ratio >= 4.5, "{ink:?} on {ground:?} is {ratio:.2}");
                }
            }
            assert!(contrast_ratio(tokens.on_accent, tokens.accent) >= 4.5);
            assert!(contrast_ratio(tokens.on_accent, tokens.accent_hover) >= 4.5);
        }
    }

    #[test]
    fn words_in_a_room_reach_seven_to_one() {
        for tokens in BOTH {
            for ground in [tokens.page, tokens.card] {
                assert!(contrast_ratio(tokens.text, ground) >= 7.0);
                assert!(contrast_ratio(tokens.secondary_in_room, ground) >= 7.0);
            }
        }
    }

    #[test]
    fn outlines_of_controls_and_bands_reach_three_to_one_on_the_card() {
        for tokens in BOTH {
            for outline in [tokens.control, tokens.data.band_outline, tokens.accent] {
                assert!(contrast_ratio(outline, tokens.card) >= 3.0);
            }
        }
    }

    #[test]
    fn palettes_have_the_contrast_on_white_that_they_were_chosen_for() {
        let data = Tokens::LIGHT.data;
        // Stated to two decimals where the palettes were chosen.
        let stated = [
            (data.bands[0], 2.08),
            (data.bands[1], 4.63),
            (data.bands[2], 12.46),
            (data.highlight, 5.19),
            (data.contrast, 3.87),
            (data.muted, 4.83),
            (data.status.at_risk, 2.25),
            (data.status.late, 6.87),
            (data.series[0], 9.62),
            (data.series[1], 2.13),
            (data.series[2], 4.56),
        ];
        for (color, expected) in stated {
            let ratio = contrast_ratio(color, WHITE);
            assert!((ratio - expected).abs() < 0.02, "{color:?}: {ratio:.2}, not {expected}");
        }
    }

    #[test]
    fn highlight_contrast_and_muted_are_visible_on_both_cards() {
        for tokens in BOTH {
            for color in [tokens.data.highlight, tokens.data.contrast, tokens.data.muted] {
                assert!(contrast_ratio(color, tokens.card) >= 3.0);
            }
        }
    }

    #[test]
    fn the_three_bands_are_told_apart_by_lightness_alone() {
        let [low, middle, high] = Tokens::LIGHT.data.bands;
        assert!(contrast_ratio(low, middle) >= 2.0);
        assert!(contrast_ratio(middle, high) >= 2.0);
    }
}
