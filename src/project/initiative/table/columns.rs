//! The columns of a table of initiatives: heading, aliases, and how each cell is written and read.

use chrono::NaiveDate;

use super::cells;
use crate::insights::Behavior;
use crate::project::initiative::data::{Cycle, Initiative, Level, Stage, StatusOverride, UnitKind};
use crate::project::initiative::status::Status;
use crate::text::{self, Locale};

/// How days are read.
pub(super) struct Reading<'a> {
    pub today: NaiveDate,
    pub locale: &'a Locale,
}

impl Reading<'_> {
    /// A day as people type it, with or without a time after it.
    pub(super) fn day(&self, cell: &str) -> Result<NaiveDate, String> {
        let day = |typed: &str| text::typed_day(typed, self.today, self.locale);
        let whole = day(cell).or_else(|| day(cell.split(['T', ' ']).next().unwrap_or_default()));
        whole.ok_or_else(|| "is no day; write it as 2026-12-31".to_owned())
    }
}

type Set = fn(&mut Initiative, &str, &Reading<'_>) -> Result<(), String>;

/// A column.
pub(super) struct Column {
    /// Its heading in an export.
    pub name: &'static str,
    /// Other headings that mean the same.
    aliases: &'static [&'static str],
    /// What may stand under it, for the template.
    pub hint: &'static str,
    /// The cell of an initiative.
    pub get: fn(&Initiative) -> String,
    /// Sets what a cell says, or says why it cannot be.
    pub set: Set,
}

impl Column {
    /// The heading and its aliases.
    pub(super) fn names(&self) -> Vec<&'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied()).collect()
    }
}

/// A column of words.
macro_rules! words {
    ($name:literal, $aliases:expr, $hint:literal, $($field:ident).+) => {
        Column {
            name: $name,
            aliases: &$aliases,
            hint: $hint,
            get: |one| one.$($field).+.clone(),
            set: |one, cell, _| {
                cell.clone_into(&mut one.$($field).+);
                Ok(())
            },
        }
    };
}

/// A column of ratings from 1 to 5.
macro_rules! rating {
    ($name:literal, $aliases:expr, $field:ident) => {
        Column {
            name: $name,
            aliases: &$aliases,
            hint: "1 to 5",
            get: |one| one.$field.get().to_string(),
            set: |one, cell, _| cells::rating(cell).map(|rating| one.$field = rating),
        }
    };
}

/// A column of days.
macro_rules! day {
    ($name:literal, $aliases:expr, $field:ident) => {
        Column {
            name: $name,
            aliases: &$aliases,
            hint: "2026-12-31",
            get: |one| cells::day(one.$field),
            set: |one, cell, reading| reading.day(cell).map(|day| one.$field = Some(day)),
        }
    };
}

/// Every column, the title first.
pub(super) const ALL: [Column; 33] = [
    words!("Title", ["Initiative", "Project", "Name"], "", title),
    words!("Description", ["What", "Details", "Summary"], "", description),
    Column {
        name: "Level",
        aliases: &["Business level", "Scope"],
        hint: "key account, business unit or corporate",
        get: |one| one.level.words().to_owned(),
        set: |one, cell, _| {
            one.level = level(cell)?;
            let says = |word| key(cell).contains(word);
            if says("region") {
                one.unit_kind = UnitKind::Region;
            } else if says("product") {
                one.unit_kind = UnitKind::Product;
            }
            Ok(())
        },
    },
    words!("Account or unit", ["Account", "Unit name", "Key account", "Customer"], "", unit),
    Column {
        name: "Unit kind",
        aliases: &["Kind of unit"],
        hint: "product or region",
        get: |one| one.unit_kind.words().to_owned(),
        set: |one, cell, _| {
            one.unit_kind = chosen(cell, &UnitKind::ALL, UnitKind::words).ok_or("is neither product nor region")?;
            Ok(())
        },
    },
    words!("Area", ["Customer-facing area", "Function", "Department"], "such as customer service", area),
    rating!("Impact on loyalty", ["Loyalty", "Impact", "Loyalty impact"], loyalty),
    rating!("Impact on choice", ["Choice", "Vendor choice"], choice),
    rating!("Effort", ["Work"], effort),
    rating!("Cost", ["Cost rating"], cost),
    words!("Owner", ["Responsible", "Lead"], "a role", owner),
    words!("Sponsor", ["Executive sponsor"], "", sponsor),
    Column {
        name: "Team",
        aliases: &["Team members", "Members"],
        hint: "separated by semicolons",
        get: |one| cells::join(&one.team),
        set: |one, cell, _| {
            one.team = cells::split(cell);
            Ok(())
        },
    },
    words!("Evidence", ["Voice of the customer", "Why", "Source"], "", evidence),
    Column {
        name: "Stage",
        aliases: &["Status", "State", "Phase"],
        hint: "idea, selected, planned, in progress, on hold, stopped or done",
        get: |one| one.stage.words().to_owned(),
        set: |one, cell, _| stage(cell).map(|stage| one.stage = stage),
    },
    day!("Start", ["Started", "Begin", "From"], start),
    day!("Due at baseline", ["Baseline due", "Due date", "Due", "Planned end", "Deadline", "End"], due_baseline),
    day!("Due now", ["Current due date", "Forecast", "Expected end"], due_now),
    day!("Done on", ["Completed on", "Finished", "Actual end"], done_on),
    Column {
        name: "Percent complete",
        aliases: &["Progress", "Complete", "% complete", "Percent"],
        hint: "0 to 100; empty for the weight of milestones done",
        get: |one| one.percent.map(|percent| percent.to_string()).unwrap_or_default(),
        set: |one, cell, _| cells::percent(cell).map(|percent| one.percent = Some(percent)),
    },
    Column {
        name: "Milestones",
        aliases: &[],
        hint: "one a line: name | due at baseline | due now | done on | weight",
        get: |one| cells::milestones(&one.milestones),
        set: |one, cell, reading| cells::read_milestones(cell, reading).map(|read| one.milestones = read),
    },
    Column {
        name: "Risks",
        aliases: &[],
        hint: "one a line: risk | probability 1 to 5 | severity 1 to 5 | mitigation",
        get: |one| cells::risks(&one.risks),
        set: |one, cell, _| cells::read_risks(cell).map(|read| one.risks = read),
    },
    Column {
        name: "Pay linked",
        aliases: &["Compensation linked", "Compensation"],
        hint: "yes or no",
        get: |one| if one.compensation.is_linked { "Yes" } else { "No" }.to_owned(),
        set: |one, cell, _| cells::yes_or_no(cell).map(|is| one.compensation.is_linked = is),
    },
    words!("Pay linked for", ["Compensation for"], "people or teams", compensation.who),
    words!("Pay goal", ["Compensation goal"], "", compensation.goal),
    Column {
        name: "Share of goals",
        aliases: &["Compensation share"],
        hint: "percent, no amounts",
        get: |one| one.compensation.share.map(|share| share.to_string()).unwrap_or_default(),
        set: |one, cell, _| cells::percent(cell).map(|share| one.compensation.share = Some(share)),
    },
    Column {
        name: "Review cycle",
        aliases: &["Review", "Cadence"],
        hint: "monthly or quarterly",
        get: |one| one.cycle.words().to_owned(),
        set: |one, cell, _| {
            one.cycle = chosen(cell, &Cycle::ALL, Cycle::words).ok_or("is neither monthly nor quarterly")?;
            Ok(())
        },
    },
    Column {
        name: "Updates",
        aliases: &["Log", "Comments"],
        hint: "one a line: day | by whom | what",
        get: |one| cells::updates(&one.updates),
        set: |one, cell, reading| cells::read_updates(cell, reading).map(|read| one.updates = read),
    },
    Column {
        name: "Behavior",
        aliases: &["Insight"],
        hint: "time-with-customers, coaching or internal-networks",
        get: |one| one.behavior.map(Behavior::name).unwrap_or_default().to_owned(),
        set: |one, cell, _| {
            one.behavior = Some(chosen(cell, &Behavior::ALL, Behavior::name).ok_or("is none of the three behaviors")?);
            Ok(())
        },
    },
    Column {
        name: "Set by hand to",
        aliases: &["Status override"],
        hint: "on schedule, at risk or late",
        get: |one| by_hand(one, |by_hand| by_hand.status.words().to_owned()),
        set: |one, cell, reading| {
            let status = chosen(cell, &Status::RUNNING, Status::words).ok_or("is none of the three statuses")?;
            overridden(one, reading).status = status;
            Ok(())
        },
    },
    Column {
        name: "Set by hand because",
        aliases: &["Override reason"],
        hint: "",
        get: |one| by_hand(one, |by_hand| by_hand.reason.clone()),
        set: |one, cell, reading| {
            cell.clone_into(&mut overridden(one, reading).reason);
            Ok(())
        },
    },
    Column {
        name: "Set by hand by",
        aliases: &[],
        hint: "",
        get: |one| by_hand(one, |by_hand| by_hand.by.clone()),
        set: |one, cell, reading| {
            cell.clone_into(&mut overridden(one, reading).by);
            Ok(())
        },
    },
    Column {
        name: "Set by hand on",
        aliases: &[],
        hint: "2026-12-31",
        get: |one| by_hand(one, |by_hand| by_hand.on.to_string()),
        set: |one, cell, reading| {
            let day = reading.day(cell)?;
            overridden(one, reading).on = day;
            Ok(())
        },
    },
];

fn by_hand(one: &Initiative, of: impl FnOnce(&StatusOverride) -> String) -> String {
    one.set_by_hand.as_ref().map(of).unwrap_or_default()
}

/// The status that was set by hand; a new one of today where there is none.
fn overridden<'a>(one: &'a mut Initiative, reading: &Reading<'_>) -> &'a mut StatusOverride {
    let (reason, by) = (String::new(), String::new());
    one.set_by_hand.get_or_insert(StatusOverride { status: Status::AtRisk, reason, by, on: reading.today })
}

/// The one of these whose words a cell says, whatever its case and marks.
fn chosen<T: Copy>(cell: &str, all: &[T], words: impl Fn(T) -> &'static str) -> Option<T> {
    let typed = key(cell);
    all.iter().copied().find(|one| key(words(*one)) == typed)
}

fn key(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn level(cell: &str) -> Result<Level, String> {
    let typed = key(cell);
    let has = |words: &[&str]| words.iter().any(|word| typed.contains(word));
    if has(&["corporate", "cross", "company", "enterprise", "global"]) {
        Ok(Level::Corporate)
    } else if has(&["account"]) {
        Ok(Level::KeyAccount)
    } else if typed == "bu" || has(&["unit", "region", "product", "division"]) {
        Ok(Level::BusinessUnit)
    } else {
        Err("is none of the three levels".to_owned())
    }
}

fn stage(cell: &str) -> Result<Stage, String> {
    const WORDS: [(Stage, &[&str]); 7] = [
        (Stage::Idea, &["idea", "proposed", "new", "backlog"]),
        (Stage::Selected, &["selected", "approved", "chosen"]),
        (Stage::Planned, &["planned", "notstarted", "todo", "open", "scheduled"]),
        (
            Stage::InProgress,
            &[
                "inprogress",
                "active",
                "started",
                "running",
                "ongoing",
                "underway",
                "wip",
                "ontrack",
                "onschedule",
                "atrisk",
                "late",
            ],
        ),
        (Stage::OnHold, &["onhold", "hold", "paused", "waiting"]),
        (Stage::Stopped, &["stopped", "cancelled", "canceled", "dropped"]),
        (Stage::Done, &["done", "complete", "completed", "closed", "finished"]),
    ];
    let typed = key(cell);
    let found = WORDS.iter().find(|(_, words)| words.contains(&typed.as_str()));
    found.map(|(stage, _)| *stage).ok_or_else(|| "is no stage".to_owned())
}
