//! The exports beside the person query: what they are, how many of their rows count, and where they are shown.

use egui::Ui;

use super::super::proof::Proven as _;
use super::super::{Action, Send, ViewContext};
use super::rows::{table, table_head, table_row};
use crate::insights::Behavior;
use crate::ui::theme::{Scale, Text, space};
use crate::ui::widgets::{Button, Card};
use crate::workbench::{BesideCommand, BetweenFigure, Command, MeetingFigure, Number, Route, wording};

/// Draws the card, where there is any such export.
pub(super) fn card(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    const SHARES: [f32; 3] = [1.0, 2.4, 1.2];
    let (groups, meetings) = (context.workbench.opened_groups(), context.workbench.opened_meetings());
    let groups = groups.map(|groups| {
        let source = wording::group_source(&groups.name, groups.report(), context.locale);
        ("Time between groups", source, Number::Between(BetweenFigure::File), Behavior::InternalNetworks)
    });
    let meetings = meetings.map(|meetings| {
        let source = wording::meeting_source(&meetings.name, meetings.report(), context.locale);
        ("Meetings", source, Number::Meetings(MeetingFigure::File), Behavior::TimeWithCustomers)
    });
    let exports: Vec<_> = groups.into_iter().chain(meetings).collect();
    if exports.is_empty() {
        return;
    }
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Exports beside it"));
        table(ui, |ui| {
            table_head(ui, SHARES, ["What", "File", ""]);
            for (what, source, number, behavior) in exports {
                table_row(ui, SHARES, |[name, file, buttons]| {
                    name.add(Text::body(what).medium());
                    file.add(Text::body(source).secondary().proven(&number));
                    buttons.horizontal_wrapped(|ui| {
                        let show = ui.add(Button::secondary("Show"));
                        if show.accessible_name(format!("Show {what}")).clicked() {
                            send(Action::Run(Command::Go(Route::Behavior(behavior))));
                        }
                        let close = match behavior {
                            Behavior::InternalNetworks => BesideCommand::CloseGroups,
                            _ => BesideCommand::CloseMeetings,
                        };
                        let closing = ui.add(Button::quiet("Close"));
                        if closing.accessible_name(format!("Close {what}")).clicked() {
                            send(Action::Run(Command::Beside(close)));
                        }
                    });
                });
            }
        });
    });
    ui.add_space(Scale::of(ui).space(space::GAP));
}
