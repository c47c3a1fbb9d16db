//! Groups of one attribute: the list with intervals, and which to focus on.

use egui::{ComboBox, Ui};

use super::{Action, Send, ViewContext, overview};
use crate::privacy::{Groups, InsightId, Outcome, Verdict};
use crate::text;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{Card, Mark, MarkKind};
use crate::workbench::{Command, Results, SetCommand, wording};

/// Draws the card of groups.
pub(super) fn show(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    id: InsightId,
    outcome: &Outcome,
    results: &Results,
    send: Send<'_>,
) {
    let Some(groups) = outcome.breakdowns.first() else { return };
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.add(Text::section("Groups"));
            attribute_choice(ui, groups, results, send);
        });
        ui.add(
            Text::caption(wording::focus_summary(id, groups, context.workbench.settings(), context.locale)).secondary(),
        );
        ui.add_space(space::SMALL);
        rows(ui, context, groups);
        overview::suggestion(ui, context, send);
    });
}

fn attribute_choice(ui: &mut Ui, groups: &Groups, results: &Results, send: Send<'_>) {
    let choice = ComboBox::from_id_salt("group by").selected_text(groups.attribute.clone());
    let response = choice.show_ui(ui, |ui| {
        for attribute in results.attributes.iter() {
            let is_chosen = attribute.name == groups.attribute;
            if ui.selectable_label(is_chosen, &attribute.name).clicked() && !is_chosen {
                send(Action::Run(Command::Set(SetCommand::GroupBy(attribute.name.clone()))));
            }
        }
    });
    response.response.accessible_name("Group by");
}

fn rows(ui: &mut Ui, context: &ViewContext<'_>, groups: &Groups) {
    let mut shown: Vec<_> = groups.shown.iter().collect();
    shown.sort_by(|a, b| b.share.get().total_cmp(&a.share.get()).then_with(|| a.value.cmp(&b.value)));
    for group in shown {
        ui.horizontal(|ui| {
            ui.add(Text::body(&group.value));
            ui.add(Text::body(text::percent(group.share, group.people, context.locale)).semi_bold());
            let (kind, word) = match group.verdict {
                Verdict::Above => (MarkKind::Above, "above the rest"),
                Verdict::Below => (MarkKind::Below, "below the rest"),
                Verdict::NoClearDifference => (MarkKind::Same, "no clear difference"),
            };
            ui.add(Mark::new(kind, word).small());
            ui.add(Text::caption(text::counted(group.people, "person", "people", context.locale)).secondary());
        });
    }
    if let Some(hidden) = groups.hidden {
        ui.add(Text::caption(wording::hidden(hidden, context.locale)).secondary());
    }
}
