//! Who is in the export: who came and left, and what people can be grouped by.

use egui::{CollapsingHeader, Ui};

use super::super::ViewContext;
use super::super::proof::Proven as _;
use super::rows::{table, table_head, table_row};
use crate::privacy::ShownAttribute;
use crate::text;
use crate::ui::theme::Text;
use crate::ui::widgets::Card;
use crate::workbench::{Number, Opened, Results, wording};

/// So many values of an attribute are named.
const NAMED_VALUES: usize = 6;

/// Draws the card with the attributes that people can be grouped by.
pub(super) fn card(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, results: &Results) {
    const SHARES: [f32; 5] = [1.2, 0.7, 0.8, 0.8, 2.2];
    Card::new().show(ui, |ui| {
        ui.add(Text::section("What people can be grouped by"));
        if let Some(words) = wording::come_and_gone(&results.roll, opened.is_by_month(), context.locale) {
            ui.add(Text::body(words).secondary().proven(&Number::ComeAndGone));
        }
        if results.attributes.is_empty() {
            ui.add(Text::body("This export has no column to group by, such as Organization or Region.").secondary());
        } else {
            table(ui, |ui| {
                table_head(ui, SHARES, ["Attribute", "Groups shown", "People without", "People who moved", "Which"]);
                for attribute in results.attributes.iter() {
                    table_row(ui, SHARES, |[name, shown, without, moved, which]| {
                        name.add(Text::body(&attribute.name).medium());
                        let number = Number::Attribute(attribute.name.clone());
                        let count = text::count(attribute.values.len(), context.locale);
                        shown.add(Text::body(count).proven(&number));
                        let roll = results.roll.attributes.iter().find(|roll| roll.name == attribute.name);
                        for (cell, people) in
                            [(without, roll.map(|roll| roll.blank)), (moved, roll.map(|roll| roll.moved))]
                        {
                            told(cell, context, people.flatten(), &number);
                        }
                        which.add(Text::body(values(attribute)).secondary().proven(&number));
                        if let Some(hidden) = attribute.hidden {
                            let hidden = wording::hidden(hidden, context.locale);
                            which.add(Text::body(hidden).secondary().proven(&number));
                        }
                    });
                }
            });
        }
        let left_out = &opened.report.attributes_left_out;
        if !left_out.is_empty() {
            let title = text::counted(left_out.len(), "column is", "columns are", context.locale);
            let title = Text::body(format!("{title} not offered")).medium().rich(ui);
            CollapsingHeader::new(title).id_salt("left out").show_unindented(ui, |ui| {
                table(ui, |ui| {
                    for column in left_out {
                        table_row(ui, [1.2, 3.0], |[name, why]| {
                            name.add(Text::body(&column.header));
                            why.add(Text::body(column.reason.sentence()).secondary());
                        });
                    }
                });
            });
        }
    });
}

fn values(attribute: &ShownAttribute) -> String {
    let mut names: Vec<String> = attribute.values.iter().map(|value| value.value.clone()).collect();
    // One more name takes no more room than "1 more".
    if names.len() > NAMED_VALUES + 1 {
        let rest = names.len() - NAMED_VALUES;
        names.truncate(NAMED_VALUES);
        names.push(format!("{rest} more"));
    }
    text::list_and(&names)
}

/// A number of people, or that it is not told.
fn told(ui: &mut Ui, context: &ViewContext<'_>, people: Option<usize>, number: &Number) {
    match people {
        Some(people) => ui.add(Text::body(text::count(people, context.locale)).proven(number)),
        None => ui.add(Text::body("not told").secondary()).on_hover_text("It could tell of too few people."),
    };
}
