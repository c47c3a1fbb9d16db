//! What the export is fit for: the verdicts first, insights that share one and its reason side by side.

use egui::Ui;

use super::super::proof::Proven as _;
use super::super::{Action, Send, ViewContext, verdict};
use super::rows::{table, table_row};
use crate::privacy::InsightId;
use crate::quality::{Judgement, Verdict};
use crate::text;
use crate::ui::theme::{Scale, Text, TextSize, space};
use crate::ui::widgets::{Button, Card};
use crate::workbench::{Command, Number, Results, SetCommand, wording};

/// The verdicts in one sentence: the title of the page.
pub(super) fn title(context: &ViewContext<'_>, results: &Results) -> String {
    let of = |verdict: Verdict| results.verdicts.iter().filter(|judgement| judgement.verdict == verdict).count();
    let [fit, care, not_fit, missing] = [Verdict::Fit, Verdict::WithCare, Verdict::NotFit, Verdict::NotInFile].map(of);
    if fit == results.verdicts.len() {
        return "This export is fit for every insight".to_owned();
    }
    let parts = [(not_fit, "not fit for"), (care, "with care for"), (fit, "fit for"), (missing, "without columns for")];
    let in_words = |count| text::count_in_words(count, context.locale);
    let mut told = parts.into_iter().filter(|(count, _)| *count > 0);
    let (first, words) = told.next().unwrap_or((0, "fit for"));
    let mut title = format!("{words} {} of {} insights", in_words(first), in_words(results.verdicts.len()));
    for (count, words) in told {
        title += &format!(", {words} {}", in_words(count));
    }
    wording::sentence_case(&title)
}

/// Draws the card: what is worst comes first.
pub(super) fn card(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, send: Send<'_>) {
    let mut groups: Vec<(&Judgement, Vec<InsightId>)> = Vec::new();
    for judgement in &results.verdicts {
        let same = |(other, _): &&mut (&Judgement, Vec<InsightId>)| {
            other.verdict == judgement.verdict && other.reason == judgement.reason
        };
        match groups.iter_mut().find(same) {
            Some((_, ids)) => ids.push(judgement.insight),
            None => groups.push((judgement, vec![judgement.insight])),
        }
    }
    groups.sort_by_key(|(judgement, _)| match judgement.verdict {
        Verdict::NotFit => 0,
        Verdict::WithCare => 1,
        Verdict::Fit => 2,
        Verdict::NotInFile => 3,
    });
    Card::new().show(ui, |ui| {
        ui.add(Text::section("What it is fit for"));
        table(ui, |ui| {
            for (judgement, ids) in groups {
                table_row(ui, [0.8, 2.4, 2.6], |[mark, insights, reason]| {
                    mark.add(verdict::mark(judgement.verdict));
                    let scale = Scale::of(insights);
                    insights.spacing_mut().item_spacing.y = scale.space(space::TIGHT);
                    // Names with a small button are no farther apart than those without.
                    insights.spacing_mut().interact_size.y = scale.line_height(TextSize::Body);
                    for id in ids {
                        insight(insights, results, id, send);
                    }
                    let number = Number::Verdict(judgement.insight);
                    reason.add(Text::body(judgement.reason.in_words(context.locale)).secondary().proven(&number));
                });
            }
        });
    });
}

/// The name of an insight; of one that is not fit with the way to see its number anyway, and back.
fn insight(ui: &mut Ui, results: &Results, id: InsightId, send: Send<'_>) {
    if results.held_back(id).is_some() {
        ui.horizontal(|ui| {
            ui.add(Text::body(wording::name(id)).medium());
            let anyway = Button::quiet("Show anyway").small();
            if ui.add(anyway).accessible_name(format!("Show anyway: {}", wording::name(id))).clicked() {
                send(Action::Run(Command::Set(SetCommand::ShowAnyway(id, true))));
            }
        });
    } else if results.shown_despite(id).is_some() {
        ui.horizontal(|ui| {
            ui.add(Text::body(wording::name(id)).medium());
            verdict::hold_back(ui, id, send);
        });
    } else {
        ui.add(Text::body(wording::name(id)).medium());
    }
}
