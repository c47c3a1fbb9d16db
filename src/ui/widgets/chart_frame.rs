//! The frame that every chart has: the finding as its title, what it is about, a menu, a source line.

use egui::{Align, Layout, Ui};

use super::{Button, Card, MenuItem, ProofId, Provable, menu_under};
use crate::ui::theme::{Icon, Scale, Text, space};

/// What was asked for in the menu of a chart. The application does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartAction {
    /// Show the numbers instead of the picture, or the picture again.
    ToggleTable,
    /// Put the numbers on the clipboard.
    CopyTable,
    /// Put the picture on the clipboard.
    CopyPicture,
    /// Save the picture to a file.
    SavePicture,
    /// Save the picture to a file of lines and letters.
    SaveDrawing,
    /// Save the numbers to a file.
    SaveData,
}

/// A card round a chart.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct ChartFrame {
    title: String,
    subtitle: String,
    footer: String,
    as_table: bool,
    menu: bool,
    picture: bool,
    data: bool,
    title_proof: Option<ProofId>,
    subtitle_proof: Option<ProofId>,
}

impl ChartFrame {
    /// A frame whose title says the finding.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            subtitle: String::new(),
            footer: String::new(),
            as_table: false,
            menu: true,
            picture: true,
            data: false,
            title_proof: None,
            subtitle_proof: None,
        }
    }

    /// Population, weeks and unit.
    pub fn subtitle(mut self, subtitle: impl Into<String>) -> Self {
        self.subtitle = subtitle.into();
        self
    }

    /// Source and number of people.
    pub fn footer(mut self, footer: impl Into<String>) -> Self {
        self.footer = footer.into();
        self
    }

    /// Whether the contents are the table now; the menu then offers the chart.
    pub fn as_table(mut self, as_table: bool) -> Self {
        self.as_table = as_table;
        self
    }

    /// Without the menu, for pictures and for a room.
    pub fn without_menu(mut self) -> Self {
        self.menu = false;
        self
    }

    /// Without the entries for pictures, where there is only a list.
    pub fn without_picture(mut self) -> Self {
        self.picture = false;
        self
    }

    /// With an entry that saves the numbers to a file.
    pub fn with_data(mut self) -> Self {
        self.data = true;
        self
    }

    /// How the numbers in its title and in its subtitle were made.
    pub fn proofs(mut self, title: Option<ProofId>, subtitle: Option<ProofId>) -> Self {
        self.title_proof = title;
        self.subtitle_proof = subtitle;
        self
    }

    /// Draws the frame round `contents`. Says what was asked for in its menu.
    pub fn show(self, ui: &mut Ui, contents: impl FnOnce(&mut Ui)) -> Option<ChartAction> {
        Card::new()
            .show(ui, |ui| {
                let scale = Scale::of(ui);
                let asked = self.head(ui);
                ui.add_space(scale.space(space::SMALL));
                contents(ui);
                if !self.footer.is_empty() {
                    ui.add_space(scale.space(space::TIGHT));
                    ui.add(Text::caption(&self.footer).secondary());
                }
                asked
            })
            .inner
    }

    fn head(&self, ui: &mut Ui) -> Option<ChartAction> {
        let scale = Scale::of(ui);
        let room = if self.menu { scale.control_height() + scale.space(space::SMALL) } else { 0.0 };
        let width = (ui.available_width() - room).max(0.0);
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = scale.space(2.0);
                words(ui, Text::section(&self.title), self.title_proof.as_ref());
                if !self.subtitle.is_empty() {
                    words(ui, Text::body(&self.subtitle).secondary(), self.subtitle_proof.as_ref());
                }
            });
            if !self.menu {
                return None;
            }
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| self.menu(ui)).inner
        })
        .inner
    }

    fn menu(&self, ui: &mut Ui) -> Option<ChartAction> {
        let button = Button::quiet("Chart menu").icon(Icon::Ellipsis).icon_only();
        let button = ui.add(button);
        let (view_icon, view) = match self.as_table {
            true => (Icon::ChartColumn, "View as chart"),
            false => (Icon::Table, "View as table"),
        };
        let entries = [
            (view_icon, view, ChartAction::ToggleTable),
            (Icon::ClipboardList, "Copy table", ChartAction::CopyTable),
            (Icon::Copy, "Copy picture", ChartAction::CopyPicture),
            (Icon::ImageDown, "Save picture…", ChartAction::SavePicture),
            (Icon::Shapes, "Save as SVG…", ChartAction::SaveDrawing),
            (Icon::FileSpreadsheet, "Save numbers…", ChartAction::SaveData),
        ];
        menu_under(&button, |ui| {
            ui.set_min_width(scale_menu_width(ui));
            let mut asked = None;
            let is_offered = |action: ChartAction| match action {
                ChartAction::ToggleTable | ChartAction::CopyTable => true,
                ChartAction::CopyPicture | ChartAction::SavePicture | ChartAction::SaveDrawing => self.picture,
                ChartAction::SaveData => self.data,
            };
            for (icon, word, action) in entries.into_iter().filter(|(.., action)| is_offered(*action)) {
                if ui.add(MenuItem::new(icon, word)).clicked() {
                    asked = Some(action);
                }
            }
            asked
        })
        .flatten()
    }
}

/// A text, with its proof where it has one.
fn words(ui: &mut Ui, text: Text, proof: Option<&ProofId>) {
    match proof {
        None => ui.add(text),
        Some(proof) => ui.add(Provable::new(text, proof.clone())),
    };
}

fn scale_menu_width(ui: &Ui) -> f32 {
    Scale::of(ui).space(176.0)
}
