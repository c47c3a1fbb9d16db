//! Customer initiatives to hand out: the review pack of a month or a quarter, the register as a table, its template.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::html::Page;
use super::{HandOut, csv};
use crate::project::{
    Counts, Initiative, Priority, RULES, Register, Review, SELECTION_RULE, Stage, Status, headings, rows_of,
};
use crate::text::{self, Locale};

/// With so few in progress the pack shows the progress of each.
const FEW: usize = 5;

/// What a review looks back on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// The calendar month of a day.
    Month,
    /// The calendar quarter of a day.
    Quarter,
}

impl Span {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Month, Self::Quarter];

    /// "month".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// The first day of the span that a day is in, and the last.
    fn days(self, day: NaiveDate) -> (NaiveDate, NaiveDate) {
        let (month, months) = match self {
            Self::Month => (day.month(), 1),
            Self::Quarter => ((day.month0() / 3) * 3 + 1, 3),
        };
        let first = NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
        let next = first.checked_add_months(Months::new(months)).unwrap_or(day);
        (first, next.pred_opt().unwrap_or(day))
    }
}

/// The register as a table that can be imported again.
#[must_use]
pub fn initiatives_table(register: &Register, today: NaiveDate, locale: &Locale) -> HandOut {
    let (header, rows) = rows_of(register, today, locale);
    HandOut { name: format!("customer-initiatives-{today}.csv"), bytes: csv::table(&header, &rows) }
}

/// The table to fill in: a header alone, so that no made-up initiative comes back.
#[must_use]
pub fn initiatives_template() -> HandOut {
    HandOut { name: "customer-initiatives-template.csv".to_owned(), bytes: csv::table(&headings(), &[]) }
}

/// What senior managers look at in a review of a month or a quarter, on a day: the scorecard and its change, what to
/// decide, and what was closed.
#[must_use]
pub fn review_pack(register: &Register, span: Span, today: NaiveDate, locale: &Locale) -> HandOut {
    let (first, last) = span.days(today);
    let mut page = Page::new("Customer initiatives");
    let date = |day| text::date(day, locale);
    page.paragraph(&format!("Review of the {} from {} to {}.", span.words(), date(first), date(last)));
    page.quiet(&format!("As of {}. Made by Customer Focus from what was registered.", date(today)));
    scorecard(&mut page, register, today, locale);
    coverage(&mut page, register);
    decisions(&mut page, register, (today, last), locale);
    attention(&mut page, register, today, locale);
    progress(&mut page, register, today, locale);
    priorities(&mut page, register, today);
    compensation(&mut page, register, today, locale);
    closed(&mut page, register, (first, last), locale);
    history(&mut page, register, locale);
    page.heading("The rules");
    for rule in RULES {
        page.quiet(rule);
    }
    page.quiet(SELECTION_RULE);
    let bytes = page.into_bytes();
    HandOut { name: format!("customer-initiatives-{}-review-{today}.html", span.words()), bytes }
}

/// The statuses as columns, under them counts by level and area, and the change since the last review.
fn scorecard(page: &mut Page, register: &Register, today: NaiveDate, locale: &Locale) {
    let now = Review::of(&register.initiatives, &register.areas, today);
    let header: Vec<&str> = ["", "All"].into_iter().chain(Status::ALL.map(Status::words)).collect();
    let row = |name: &str, counts: &Counts| {
        let each = Status::ALL.into_iter().map(|status| counts.get(status));
        let figures = std::iter::once(counts.total()).chain(each).map(|count| text::count(count, locale));
        std::iter::once(name.to_owned()).chain(figures).collect::<Vec<_>>()
    };
    let mut rows = vec![row("All initiatives", &now.counts)];
    if let Some(before) = register.last_review(today) {
        let each = std::iter::once((now.counts.total(), before.counts.total()))
            .chain(Status::ALL.map(|status| (now.counts.get(status), before.counts.get(status))));
        let name = format!("Change since {}", text::date(before.on, locale));
        rows.push(std::iter::once(name).chain(each.map(|(now, before)| change(now, before))).collect());
    }
    page.heading("Scorecard");
    page.table(&header, 1, &rows);
    let levels: Vec<_> = now.levels.iter().map(|(level, counts)| row(level.words(), counts)).collect();
    page.heading("By level");
    page.table(&header, 1, &levels);
    let areas: Vec<_> = now.areas.iter().map(|(area, counts)| row(area, counts)).collect();
    page.heading("By customer-facing area");
    page.table(&header, 1, &areas);
    if now.counts.by_hand > 0 {
        let by_hand = text::counted(now.counts.by_hand, "status was", "statuses were", locale);
        page.quiet(&format!("{by_hand} set by hand; what the rules say stands beside it below."));
    }
}

/// "+2", "−1", "0".
fn change(now: usize, before: usize) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => format!("+{}", now - before),
        std::cmp::Ordering::Less => format!("\u{2212}{}", before - now),
        std::cmp::Ordering::Equal => "0".to_owned(),
    }
}

fn coverage(page: &mut Page, register: &Register) {
    let uncovered = register.coverage().names();
    page.heading("Nothing in progress");
    if uncovered.is_empty() {
        page.paragraph("Every level and every customer-facing area has an initiative in progress.");
    } else {
        page.paragraph(&format!("No initiative is in progress in {}.", text::list_and(&uncovered)));
    }
}

/// What waits for a decision: the next stage of what has not begun, and what is due until the end of the span.
fn decisions(page: &mut Page, register: &Register, (today, last): (NaiveDate, NaiveDate), locale: &Locale) {
    page.heading("Decisions needed");
    let mut rows = Vec::new();
    for one in register.in_order() {
        let question = match one.stage {
            Stage::Idea => "Select it or stop it?",
            Stage::Selected => "Plan it: who, when?",
            Stage::Planned if one.start.is_some_and(|start| start <= today) => {
                "Its start has passed: begin, move or stop?"
            }
            Stage::OnHold => "Resume it or stop it?",
            _ => continue,
        };
        rows.push(vec![one.title.clone(), one.priority().words().to_owned(), question.to_owned()]);
    }
    list(page, &["Initiative", "Priority", "Decision"], &rows, "None.");
    let mut due: Vec<_> = register.in_order().into_iter().filter(|one| one.is_in_progress()).flat_map(gates).collect();
    let week_before = today.checked_sub_days(Days::new(7)).unwrap_or(today);
    due.retain(|(day, ..)| (week_before..=last).contains(day));
    due.sort_by_key(|(day, ..)| *day);
    let rows: Vec<_> = due.into_iter().map(|(day, title, what)| vec![text::date(day, locale), title, what]).collect();
    page.heading("Due until the end");
    list(page, &["Day", "Initiative", "What"], &rows, "Nothing.");
}

/// Days on which something of an initiative is due.
fn gates(one: &Initiative) -> Vec<(NaiveDate, String, String)> {
    let open = one.milestones.iter().filter(|milestone| milestone.done_on.is_none());
    let milestones = open.filter_map(|milestone| {
        let due = milestone.due_now.or(milestone.due_baseline)?;
        Some((due, one.title.clone(), milestone.name.clone()))
    });
    milestones.chain(one.due().map(|due| (due, one.title.clone(), "Done".to_owned()))).collect()
}

/// Late and at risk, with cause, owner and the day on which it is expected now.
fn attention(page: &mut Page, register: &Register, today: NaiveDate, locale: &Locale) {
    page.heading("Late and at risk");
    let mut all: Vec<_> = register.in_order();
    all.retain(|one| matches!(one.shown_status(today), Status::Late | Status::AtRisk));
    all.sort_by_key(|one| one.shown_status(today));
    let row = |one: &&Initiative| {
        let judged = one.judged(today);
        let mut cause = judged.in_words(locale);
        if let Some(by_hand) = one.by_hand() {
            let by = if by_hand.by.is_empty() { String::new() } else { format!(" by {}", by_hand.by) };
            let rule = judged.status.words().to_lowercase();
            cause = format!("Set by hand{by}: {} The rules say {rule}. {cause}", sentence(&by_hand.reason));
        }
        vec![
            one.title.clone(),
            one.shown_status(today).words().to_owned(),
            cause,
            or_none(&one.owner),
            one.due().map_or_else(|| "No date".to_owned(), |due| text::date(due, locale)),
        ]
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    list(page, &["Initiative", "Status", "Cause", "Owner", "Expected"], &rows, "None.");
}

/// A reason that people typed, with a full stop.
fn sentence(typed: &str) -> String {
    let typed = typed.trim();
    if typed.ends_with(['.', '!', '?']) { typed.to_owned() } else { format!("{typed}.") }
}

/// Where there are few, how far each is.
fn progress(page: &mut Page, register: &Register, today: NaiveDate, locale: &Locale) {
    let running: Vec<_> = register.in_order().into_iter().filter(|one| one.is_in_progress()).collect();
    if running.is_empty() || running.len() > FEW {
        return;
    }
    page.heading("Progress");
    let row = |one: &&Initiative| {
        let done = one.milestones.iter().filter(|milestone| milestone.done_on.is_some()).count();
        let milestones = format!("{done} of {}", one.milestones.len());
        let last = one.updates.iter().max_by_key(|update| update.on);
        let told = last.map(|update| format!("{}: {}", text::date(update.on, locale), update.text));
        vec![
            one.title.clone(),
            one.shown_status(today).words().to_owned(),
            told.unwrap_or_default(),
            milestones,
            format!("{}{}%", one.progress(), locale.space()),
        ]
    };
    let rows: Vec<_> = running.iter().map(row).collect();
    page.table(&["Initiative", "Status", "Last update", "Milestones", "Complete"], 3, &rows);
}

fn priorities(page: &mut Page, register: &Register, today: NaiveDate) {
    page.heading("Impact against burden");
    for priority in Priority::ALL {
        let of: Vec<_> = register.in_order().into_iter().filter(|one| one.priority() == priority).collect();
        let name = |one: &&Initiative| {
            let status = one.shown_status(today).words().to_lowercase();
            format!("{} ({} to {}, {status})", one.title, one.impact(), one.burden())
        };
        if !of.is_empty() {
            let names: Vec<_> = of.iter().map(name).collect();
            page.paragraph(&format!("{}: {}.", priority.words(), names.join("; ")));
        }
    }
}

/// How many are tied to pay, and how those stand. No amounts are kept.
fn compensation(page: &mut Page, register: &Register, today: NaiveDate, locale: &Locale) {
    let linked: Vec<_> = register.in_order().into_iter().filter(|one| one.compensation.is_linked).collect();
    page.heading("Tied to pay");
    let all = text::counted(register.initiatives.len(), "initiative", "initiatives", locale);
    page.paragraph(&format!("{} of {all}.", text::count(linked.len(), locale)));
    let row = |one: &&Initiative| {
        let share = one.compensation.share.map(|share| format!("{share}{}%", locale.space())).unwrap_or_default();
        let status = one.shown_status(today).words().to_owned();
        vec![one.title.clone(), or_none(&one.compensation.who), one.compensation.goal.clone(), status, share]
    };
    if !linked.is_empty() {
        let rows: Vec<_> = linked.iter().map(row).collect();
        page.table(&["Initiative", "Who", "Goal", "Status", "Share of goals"], 4, &rows);
    }
}

fn closed(page: &mut Page, register: &Register, (first, last): (NaiveDate, NaiveDate), locale: &Locale) {
    page.heading("Closed");
    let is_closed =
        |one: &&Initiative| one.stage == Stage::Done && one.done_on.is_some_and(|done| (first..=last).contains(&done));
    let row = |one: &Initiative| {
        let judged = one.judged(last);
        vec![one.title.clone(), judged.status.words().to_owned(), judged.in_words(locale)]
    };
    let rows: Vec<_> = register.in_order().into_iter().filter(is_closed).map(row).collect();
    list(page, &["Initiative", "Status", "Days"], &rows, "None.");
}

/// The counts of every review as they were on its day.
fn history(page: &mut Page, register: &Register, locale: &Locale) {
    page.heading("Counts at each review");
    let header: Vec<&str> = ["Review", "All"].into_iter().chain(Status::ALL.map(Status::words)).collect();
    let row = |review: &Review| {
        let each = Status::ALL.into_iter().map(|status| review.counts.get(status));
        let figures = std::iter::once(review.counts.total()).chain(each).map(|count| text::count(count, locale));
        std::iter::once(text::date(review.on, locale)).chain(figures).collect::<Vec<_>>()
    };
    if register.reviews.is_empty() {
        page.paragraph("No review was recorded yet.");
    } else {
        page.table(&header, 1, &register.reviews.iter().map(row).collect::<Vec<_>>());
        page.quiet("Stored on the day of each review and never computed again.");
    }
}

fn list(page: &mut Page, header: &[&str], rows: &[Vec<String>], none: &str) {
    if rows.is_empty() {
        page.paragraph(none);
    } else {
        page.table(header, header.len(), rows);
    }
}

fn or_none(words: &str) -> String {
    if words.is_empty() { "Nobody yet".to_owned() } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::{Compensation, Edit, InitiativeEdit, Project};

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn register() -> Register {
        let mut project = Project::default();
        let late = Initiative {
            title: "Callback <b>within</b> an hour & more".to_owned(),
            area: "Support".to_owned(),
            stage: Stage::InProgress,
            start: Some(day(1, 1)),
            due_baseline: Some(day(5, 1)),
            compensation: Compensation { is_linked: true, goal: "Speed".to_owned(), ..Compensation::default() },
            ..Initiative::default()
        };
        let closed = Initiative {
            title: "Named contact".to_owned(),
            stage: Stage::Done,
            due_baseline: Some(day(5, 1)),
            done_on: Some(day(4, 2)),
            ..Initiative::default()
        };
        let edits = [
            InitiativeEdit::Add(Box::new(late)),
            InitiativeEdit::Review(day(4, 1)),
            InitiativeEdit::Add(Box::new(closed)),
        ];
        edits.into_iter().for_each(|edit| project.apply(Edit::Initiative(edit)));
        project.initiatives
    }

    #[test]
    fn a_span_is_a_calendar_month_or_quarter() {
        assert_eq!(Span::Month.days(day(2, 10)), (day(2, 1), day(2, 28)));
        assert_eq!(Span::Quarter.days(day(5, 10)), (day(4, 1), day(6, 30)));
        assert_eq!(Span::Quarter.days(day(12, 31)), (day(10, 1), day(12, 31)));
    }

    #[test]
    fn a_pack_has_every_part_and_what_people_typed_stays_text() {
        let pack = review_pack(&register(), Span::Quarter, day(6, 1), &Locale::of("en-US"));
        assert_eq!(pack.name, "customer-initiatives-quarter-review-2026-06-01.html");
        let text = String::from_utf8(pack.bytes).unwrap();
        for part in [
            "Review of the quarter from Apr 1, 2026 to Jun 30, 2026.",
            "<td>Change since Apr 1, 2026</td><td class=\"figure\">+1</td>",
            "No initiative is in progress in Customer service, Sales, Delivery, Key accounts, and Corporate",
            "Callback &lt;b&gt;within&lt;/b&gt; an hour &amp; more",
            "Due on May 1, 2026 and not done.",
            "1 of 2 initiatives.",
            "Done on Apr 2, 2026, due at baseline on May 1, 2026.",
            "Counts at each review",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("<b>") && !text.contains("http:") && !text.contains("https:"));
    }

    #[test]
    fn what_was_closed_in_another_month_is_not_in_the_pack_of_this_one() {
        let pack = review_pack(&register(), Span::Month, day(6, 1), &Locale::of("en-US"));
        assert!(!String::from_utf8(pack.bytes).unwrap().contains("Done on Apr 2"));
    }

    #[test]
    fn an_empty_register_has_a_pack_too() {
        let pack = review_pack(&Register::default(), Span::Month, day(6, 1), &Locale::neutral());
        assert!(String::from_utf8(pack.bytes).unwrap().contains("No review was recorded yet."));
        assert!(initiatives_template().bytes.starts_with("\u{feff}Title,Description,".as_bytes()));
        let table = initiatives_table(&register(), day(6, 1), &Locale::neutral());
        assert_eq!(String::from_utf8(table.bytes).unwrap().lines().count(), 3);
    }
}
