//! Steps: what changes the question, one after the other, each of which can be taken back.

use std::sync::Arc;

use chrono::NaiveDate;

use super::history::Setup;
use super::{
    FilterCommand, Job, Loadable, Notice, Results, SavedView, SetCommand, Step, StepKind, Tone, ViewCommand, Workbench,
    view_name, views,
};
use crate::dataset::{AttributeFilter, Filter, same_name};
use crate::text;

/// So many of the latest answers are kept, so that going back and forth does not compute them again.
const KEPT_ANSWERS: usize = 12;

impl Workbench {
    /// The step that undo would take back.
    #[must_use]
    pub fn to_undo(&self) -> Option<&Step> {
        self.history.to_undo()
    }

    /// The step that redo would do again.
    #[must_use]
    pub fn to_redo(&self) -> Option<&Step> {
        self.history.to_redo()
    }

    /// The views that were saved, in the order in which they were.
    #[must_use]
    pub fn views(&self) -> &[SavedView] {
        &self.setup.views
    }

    /// Does a step and keeps it.
    pub(super) fn step(&mut self, kind: StepKind) -> Option<Job> {
        // Without an export there is nothing to ask; a project is made without one too.
        if !matches!(kind, StepKind::Edit(_)) {
            self.opened()?;
        }
        let before = self.setup.clone();
        match kind.clone() {
            StepKind::Filter(command) => filter(&mut self.setup.question.filter, command),
            StepKind::Set(command) => self.set(command),
            StepKind::View(command) => self.view(command),
            StepKind::Compare(command) => self.set_comparison(command),
            StepKind::Edit(edit) => Arc::make_mut(&mut self.setup.project).apply(edit),
        }
        let job = self.ask_again(&before);
        self.history.record(Step { kind, before, after: self.setup.clone() });
        job.or_else(|| self.explore()).or_else(|| self.measure_plans()).or_else(|| self.ask_comparison())
    }

    /// Takes the last step back.
    pub(super) fn undo(&mut self) -> Option<Job> {
        let setup = self.history.undo()?;
        self.go_to(setup)
    }

    /// Does the last step that was taken back again.
    pub(super) fn redo(&mut self) -> Option<Job> {
        let setup = self.history.redo()?;
        self.go_to(setup)
    }

    fn go_to(&mut self, setup: Setup) -> Option<Job> {
        let before = std::mem::replace(&mut self.setup, setup);
        let job = self.ask_again(&before).or_else(|| self.explore());
        job.or_else(|| self.measure_plans()).or_else(|| self.ask_comparison())
    }

    /// Views that were kept for what is open take the place of those here.
    pub(super) fn bring_views(&mut self, views: Vec<SavedView>) {
        if self.has_project_setup() {
            return;
        }
        self.setup.views = views;
        self.history.keep_edits(&self.setup);
    }

    /// Asks what is set now, where that differs from before.
    pub(super) fn ask_again(&mut self, before: &Setup) -> Option<Job> {
        let is_the_same =
            before.question == self.setup.question && before.minimum_group_size == self.setup.minimum_group_size;
        // While files are read the question waits for them.
        if is_the_same || self.is_reading() { None } else { self.ask() }
    }

    /// Asks the question: from the answers that are kept, else by a job.
    pub(super) fn ask(&mut self) -> Option<Job> {
        let opened = Arc::clone(self.opened()?);
        let rules = self.rules()?;
        let ticket = self.next_ticket();
        let question = self.setup.question.clone();
        let known = self.answers.iter().find(|answer| answer.question == question && answer.rules == rules);
        if let Some(known) = known {
            self.results = Loadable::Ready(Arc::clone(known));
            return None;
        }
        self.results.start();
        self.stop_checking();
        let previous = self.results.latest().cloned();
        Some(Job::Evaluate { opened, question, rules, previous, ticket })
    }

    /// Shows an answer, and keeps it for a while.
    pub(super) fn answered(&mut self, results: Results) {
        let results = Arc::new(results);
        self.answers.push_back(Arc::clone(&results));
        if self.answers.len() > KEPT_ANSWERS {
            self.answers.pop_front();
        }
        self.results = Loadable::Ready(results);
    }

    fn set(&mut self, command: SetCommand) {
        let default_size = self.opened().map(|opened| opened.default_rules().minimum_group_size());
        let least = self.least_group_size();
        let suggested = if command == SetCommand::AcceptSuggested { self.suggestion() } else { Vec::new() };
        let Setup { question, minimum_group_size, suggestion_settled, .. } = &mut self.setup;
        let settings = &mut question.settings;
        match command {
            SetCommand::GroupBy(by) => question.by = vec![by],
            // The file's own, or one under it, is none.
            SetCommand::MinimumGroupSize(size) => {
                *minimum_group_size = Some(size.max(least)).filter(|size| Some(*size) > default_size);
            }
            SetCommand::Gap(gap) => settings.gap = gap.clamp(0.0, 1.0),
            SetCommand::CoAttended(limit) => settings.co_attended_basis_points = limit.min(10_000),
            SetCommand::TopQuartile(boundary) => settings.q3 = boundary.map(|boundary| boundary.clamp(0.0, 1.0)),
            SetCommand::CustomerFacing(group, on) => {
                let is_marked = settings.customer_facing.contains(&group);
                match (is_marked, on) {
                    (true, false) => settings.customer_facing.retain(|known| *known != group),
                    (false, true) => settings.customer_facing.push(group),
                    _ => {}
                }
                *suggestion_settled = true;
            }
            SetCommand::AcceptSuggested => {
                settings.customer_facing.extend(suggested);
                *suggestion_settled = true;
            }
            SetCommand::DeclineSuggested => *suggestion_settled = true,
            SetCommand::ShowAnyway(id, on) => {
                settings.show_anyway.retain(|known| *known != id);
                settings.show_anyway.extend(on.then_some(id));
            }
        }
    }

    fn view(&mut self, command: ViewCommand) {
        let Setup { question, views, .. } = &mut self.setup;
        let place = |views: &[SavedView], name: &str| views.iter().position(|view| view.name() == name);
        match command {
            ViewCommand::Save(typed) => {
                let Some(name) = view_name(&typed) else { return };
                let view = SavedView::of(&name, question);
                match views.iter_mut().find(|known| known.name() == name) {
                    Some(known) => *known = view,
                    None => views.push(view),
                }
            }
            ViewCommand::Rename { from, to } => {
                let Some(to) = view_name(&to).filter(|to| place(views, to).is_none()) else { return };
                if let Some(view) = views.iter_mut().find(|view| view.name() == from) {
                    *view = view.renamed(&to);
                }
            }
            ViewCommand::Delete(name) => views.retain(|view| view.name() != name),
            ViewCommand::Apply(name) => self.apply_view(&name),
        }
    }

    fn apply_view(&mut self, name: &str) {
        let Some(view) = self.setup.views.iter().find(|view| view.name() == name) else { return };
        let Some(opened) = self.opened.latest() else { return };
        let mut question = view.question();
        let gone = views::drop_what_is_gone(&mut question, &opened.dataset);
        if question.by.is_empty() {
            question.by = opened.default_by();
        }
        self.setup.question = question;
        if !gone.is_empty() {
            self.notices.push(Notice {
                tone: Tone::Info,
                what: format!("The view {name} was applied without {}.", text::list_and(&gone)).into(),
                why: "This export does not have it.".into(),
                what_to_do: "Undo brings back what was shown before.".to_owned(),
                action: None,
            });
        }
    }
}

/// Changes a filter. What it leaves alone stays as it was, in the same order.
fn filter(filter: &mut Filter, command: FilterCommand) {
    match command {
        FilterCommand::Toggle { attribute, value } => *filter = filter.toggled(&attribute, &value),
        FilterCommand::KeepWithout { attribute, value, without } => {
            *filter = filter.toggled(&attribute, &value);
            without.into_iter().for_each(|day| leave_out(&mut filter.without, day));
        }
        FilterCommand::SetValues { attribute, values } => set_values(filter, attribute, values),
        FilterCommand::Range { from, to } => {
            let is_reversed = from.zip(to).is_some_and(|(from, to)| from > to);
            (filter.from, filter.to) = if is_reversed { (to, from) } else { (from, to) };
        }
        FilterCommand::LeaveOut(day) => leave_out(&mut filter.without, day),
        FilterCommand::PutBack(day) => filter.without.retain(|known| *known != day),
        FilterCommand::IncludeInactive(on) => filter.include_inactive = on,
        FilterCommand::WithoutLowActivity(on) => filter.without_low_activity = on,
        FilterCommand::LeaveOutFound(found, on) => *filter = found.set(filter, on),
        FilterCommand::ClearAll => *filter = Filter::default(),
    }
}

fn set_values(filter: &mut Filter, attribute: String, values: Vec<String>) {
    let place = filter.attributes.iter().position(|kept| same_name(&kept.attribute, &attribute));
    match (place, values.is_empty()) {
        (Some(place), true) => {
            filter.attributes.remove(place);
        }
        (Some(place), false) => {
            if let Some(kept) = filter.attributes.get_mut(place) {
                kept.values = values;
            }
        }
        (None, true) => {}
        (None, false) => filter.attributes.push(AttributeFilter { attribute, values }),
    }
}

/// Ascending, each once.
fn leave_out(without: &mut Vec<NaiveDate>, day: NaiveDate) {
    if let Err(place) = without.binary_search(&day) {
        without.insert(place, day);
    }
}
