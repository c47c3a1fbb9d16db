//! How a list of groups shares its width.

use egui::{Rangef, Ui};

use super::super::axis::ShareAxis;
use super::GroupList;
use crate::ui::theme::{Scale, Text, TextSize, space};

/// The columns of a list, from its left edge in points. None where there is no room for one.
pub(super) struct Columns {
    pub name: Rangef,
    pub plot: Rangef,
    pub value: Rangef,
    pub verdict: Rangef,
    pub people: Option<Rangef>,
    pub affected: Option<Rangef>,
    pub axis: ShareAxis,
    pub head_height: f32,
    pub rule: Option<f64>,
    /// Side of a verdict's shape, and the room between it and its word.
    pub mark: f32,
    pub mark_gap: f32,
}

/// The least width of the plot in points at a desk before columns give way to it.
const LEAST_PLOT: f32 = 140.0;

impl Columns {
    pub(super) fn new(ui: &Ui, list: &GroupList, width: f32) -> Self {
        let scale = Scale::of(ui);
        let gap = scale.space(space::GAP);
        let [_, verdict_head, people_head, affected_head] = &list.headings;
        let mark = scale.size(TextSize::Label);
        let mark_gap = scale.space(6.0);
        let value = widest(ui, list.rows.iter().map(|row| &row.value), "");
        let verdict = (mark + mark_gap) + widest(ui, list.rows.iter().map(|row| &row.verdict_word), verdict_head);
        let people = widest(ui, list.rows.iter().map(|row| &row.people), people_head);
        let affected = widest(ui, list.rows.iter().map(|row| &row.affected), affected_head);
        let name_words = widest(ui, list.rows.iter().map(|row| &row.name), "");
        let name = name_words.clamp(width * 0.14, width * 0.28);
        let fixed = name + value + verdict + 3.0 * gap;
        let with = |extra: f32| width - fixed - extra >= scale.space(LEAST_PLOT);
        // Where nobody is affected there is nothing to put under the heading.
        let is_affected = list.rows.iter().any(|row| !row.affected.is_empty());
        let (people, affected) = if !is_affected {
            (Some(people).filter(|people| with(people + gap)), None)
        } else if with(people + affected + 2.0 * gap) {
            (Some(people), Some(affected))
        } else if with(affected + gap) {
            (None, Some(affected))
        } else {
            (None, None)
        };
        // From the right edge inwards, what is left in the middle is the plot.
        let mut right = width;
        let mut take = |part: f32| {
            let range = Rangef::new(right - part, right);
            right -= part + gap;
            range
        };
        let affected = affected.map(&mut take);
        let people = people.map(&mut take);
        let verdict = take(verdict);
        let value = take(value);
        let plot = Rangef::new(name + gap, (right - scale.marker / 2.0).max(name + gap + 1.0));
        let largest = list
            .rows
            .iter()
            .map(|row| row.interval[1].max(row.share))
            .chain(list.rule.as_ref().map(|(share, _)| *share))
            .fold(0.0, f64::max);
        let line = scale.line_height(TextSize::Label);
        let unit = list.unit;
        Self {
            name: Rangef::new(0.0, name),
            plot,
            value,
            verdict,
            people,
            affected,
            axis: ShareAxis { unit, ..ShareAxis::for_largest(largest) },
            head_height: line + scale.space(space::SMALL),
            rule: list.rule.as_ref().map(|(share, _)| *share),
            mark,
            mark_gap,
        }
    }

    /// Where a share lies, from the left edge of the list.
    pub(super) fn x(&self, share: f64) -> f32 {
        self.plot.min + self.plot.span() * self.axis.place(share)
    }
}

/// How many rows are measured to find the widest words of a column.
const MEASURED_ROWS: usize = 64;

/// The width of the widest of some words or their heading.
fn widest<'a>(ui: &Ui, words: impl Iterator<Item = &'a String>, heading: &str) -> f32 {
    let width = |text: Text| text.galley(ui, f32::INFINITY).size().x;
    let heading = width(Text::label(heading));
    let words = words.take(MEASURED_ROWS).map(|word| width(Text::body(word).medium()));
    words.fold(heading, f32::max).ceil() + 1.0
}
