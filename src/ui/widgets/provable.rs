//! Numbers that can be asked how they were made.
//!
//! A screen gives each of them a [`ProofId`]. It stands beside the words in the accessibility tree (as the author's
//! id of the node), so that a test can tell a number with a proof from one without; and a click, Enter, `?` or
//! Ctrl+I on the number asks for it. The application takes what was asked for once a frame, with [`asked_proof`].
//! In a room nothing is asked: there a click belongs to the presenter.

use egui::{Context, CursorIcon, Id, Key, KeyboardShortcut, Label, Modifiers, Pos2, RectAlign, Response, Role};
use egui::{Sense, Shape, Stroke, TextWrapMode, Tooltip, Ui, Widget, WidgetInfo, pos2, vec2};

use super::paint::focus_ring;
use crate::ui::theme::{Scale, Text, Tokens, space};

/// What stands under the pointer.
const HINT: &str = "How this number was made";

/// What the accessibility tree says before the id of a proof.
const PREFIX: &str = "proof:";

/// Stands for the proof of a number. What it says is the application's affair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProofId(String);

impl ProofId {
    /// The proof that the application knows by this key.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.0
    }

    /// The id in the accessibility tree of whatever shows the number.
    #[must_use]
    pub fn author_id(&self) -> String {
        format!("{PREFIX}{}", self.0)
    }

    /// The proof of a node of the accessibility tree; `None` where it has none.
    #[must_use]
    pub fn of_author_id(id: &str) -> Option<Self> {
        id.strip_prefix(PREFIX).map(|key| Self(key.to_owned()))
    }
}

/// What was asked for in this frame; tells it once.
#[must_use]
pub fn asked_proof(ctx: &Context) -> Option<ProofId> {
    ctx.data_mut(|data| data.remove_temp::<ProofId>(asked()))
}

fn asked() -> Id {
    Id::unique("asked proof")
}

/// Asks for a proof.
pub(super) fn ask(ui: &Ui, proof: &ProofId) {
    if !Scale::of(ui).room {
        ui.data_mut(|data| data.insert_temp(asked(), proof.clone()));
        ui.request_repaint();
    }
}

/// What a thing of several numbers senses: clicks, but in a room.
pub(super) fn sense(ui: &Ui, provable: bool) -> Sense {
    if provable && !Scale::of(ui).room { Sense::click() } else { Sense::focusable_noninteractive() }
}

/// Gives anything that shows a number its proof, whatever a click on it does: `?` or Ctrl+I asks for it.
pub fn carries_proof(ui: &Ui, response: &Response, proof: &ProofId) {
    let _ = ui.accesskit_node_builder(response.id, |node| node.set_author_id(proof.author_id()));
    if (response.hovered() || response.has_focus()) && asks_by_key(ui) {
        ask(ui, proof);
    }
}

/// Whether `?` or Ctrl+I is pressed, and no text is being typed.
pub(super) fn asks_by_key(ui: &Ui) -> bool {
    const INFO: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::I);
    let typing = ui.ctx().text_edit_focused();
    ui.input_mut(|input| {
        let info = input.consume_shortcut(&INFO);
        let question = !typing && input.consume_key(Modifiers::SHIFT, Key::Questionmark);
        info || question || (!typing && input.consume_key(Modifiers::NONE, Key::Questionmark))
    })
}

/// A text with a number in it: `ui.add(Provable::new(Text::hero("31 %"), proof))`. It looks like any other text
/// until the pointer or the focus is on it; then dots stand under it.
#[derive(Debug, Clone)]
#[must_use = "add it to a Ui"]
pub struct Provable {
    text: Text,
    proof: ProofId,
}

impl Provable {
    /// A text whose number has this proof.
    pub fn new(text: Text, proof: ProofId) -> Self {
        Self { text, proof }
    }
}

impl Widget for Provable {
    fn ui(self, ui: &mut Ui) -> Response {
        let room = Scale::of(ui).room;
        let sense = if room { Sense::hover() } else { Sense::click() };
        let mode = if self.text.is_one_line() { TextWrapMode::Truncate } else { TextWrapMode::Wrap };
        let label = Label::new(self.text.rich(ui)).wrap_mode(mode).selectable(false).sense(sense);
        let (at, galley, response) = label.layout_in_ui(ui);
        let role = if room { Role::Label } else { Role::Button };
        response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), galley.text()));
        carries_proof(ui, &response, &self.proof);
        if ui.is_rect_visible(response.rect) {
            if !room && (response.hovered() || response.has_focus()) {
                for row in &galley.rows {
                    let rect = row.rect().translate(at.to_vec2());
                    dots_under(ui, rect.left_bottom(), rect.width());
                }
            }
            focus_ring(ui, response.rect.expand(2.0), &response, space::TIGHT);
            ui.painter().galley(at, galley, Tokens::of(ui).text);
        }
        if room {
            return response;
        }
        if response.clicked() {
            ask(ui, &self.proof);
        }
        hint(&response);
        response.on_hover_cursor(CursorIcon::PointingHand)
    }
}

/// The words over a number that rests under the pointer: what stands below it is read next.
fn hint(response: &Response) {
    let mut tooltip = Tooltip::for_enabled(response);
    tooltip.popup = tooltip.popup.align(RectAlign::TOP_START);
    tooltip.show(|ui| ui.add(Text::label(HINT)));
}

/// The mark of a number that can be asked: dots under it, `width` points to the right.
pub(super) fn dots_under(ui: &Ui, left_bottom: Pos2, width: f32) {
    let y = ui.painter().round_to_pixel_center(left_bottom.y - 1.0);
    let line = [pos2(left_bottom.x, y), pos2(left_bottom.x, y) + vec2(width, 0.0)];
    let stroke = Stroke::new(1.0, Tokens::of(ui).secondary);
    ui.painter().extend(Shape::dotted_line(&line, stroke.color, 3.0, 0.75));
}

/// The proofs of a chart: one of the whole, and one of each part that can be read off.
#[derive(Debug, Clone, Default)]
pub(super) struct PartProofs {
    whole: Option<ProofId>,
    parts: Vec<ProofId>,
}

impl PartProofs {
    pub(super) fn new(whole: ProofId, parts: Vec<ProofId>) -> Self {
        Self { whole: Some(whole), parts }
    }

    /// The proof of one part.
    pub(super) fn part(&self, index: usize) -> Option<&ProofId> {
        self.parts.get(index)
    }

    pub(super) fn is_there(&self) -> bool {
        self.whole.is_some()
    }

    /// After the chart is drawn: its node gets the proof of the whole, and a click or key on the part that is
    /// `read` asks for that part's.
    pub(super) fn attend(&self, ui: &Ui, response: &Response, read: Option<usize>) {
        let Some(whole) = &self.whole else { return };
        let _ = ui.accesskit_node_builder(response.id, |node| node.set_author_id(whole.author_id()));
        if Scale::of(ui).room {
            return;
        }
        if response.hovered() {
            ui.set_cursor_icon(CursorIcon::PointingHand);
        }
        let by_key = (response.hovered() || response.has_focus()) && asks_by_key(ui);
        if response.clicked() || by_key {
            ask(ui, read.and_then(|read| self.parts.get(read)).unwrap_or(whole));
        }
    }
}
