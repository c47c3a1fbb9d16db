//! Slow work that somebody has to do, and what came of it.

use std::sync::Arc;

use super::beside::{evaluate_beside, open_beside};
use super::checking::effects_beside;
use super::comparing::evaluate_comparison;
use super::contacts::{evaluate_contacts, open_contacts};
use super::mapping::{self, ColumnChoice};
use super::planning::{PlanAnswer, measure_all};
use super::reading::open_as_kept;
use super::supposing::suppose;
use super::{
    BesideAsk, BesideResults, CompareAnswer, CompareAsk, ContactAsk, ContactResults, Explored, Opened, OpenedBeside,
    OpenedContacts, OpenedGroups, OpenedMeetings, ProjectDone, ProjectJob, Results, SourceHash, What, WhatIfAnswer,
    contact_hashes, evaluate, explore, hashes,
};
use crate::import::{ImportError, ImportOptions, QueryKind};
use crate::privacy::{Effect, ExploreQuestion, PlanQuestion, Question, Rules, WhatIfQuestion};
use crate::project::KeptReading;
use crate::work::{Cancel, Progress, give_memory_back};

/// Something slow that has to be done.
#[derive(Clone, Debug)]
pub enum Job {
    /// Ask for files with a dialog, then send [`FileCommand::Open`](super::FileCommand::Open) or
    /// [`FileCommand::NothingPicked`](super::FileCommand::NothingPicked).
    PickFiles,
    /// Ask for further files with a dialog, then send [`FileCommand::Add`](super::FileCommand::Add).
    PickMore,
    /// Ask for a project with a dialog, then send [`ProjectCommand::Open`](super::ProjectCommand::Open) or
    /// [`FileCommand::NothingPicked`](super::FileCommand::NothingPicked).
    PickProject,
    /// Ask where to save the project, then send [`ProjectCommand::SaveTo`](super::ProjectCommand::SaveTo) or
    /// [`ProjectCommand::NoPlacePicked`](super::ProjectCommand::NoPlacePicked).
    PickPlace {
        /// The name that the dialog starts with.
        name: String,
    },
    /// Read or write a project; see [`execute`].
    Project(ProjectJob),
    /// Read files; see [`execute`].
    Import {
        /// What to open.
        what: What,
        /// How to read it.
        options: ImportOptions,
        /// How files with the same headers were read, where that is to be done again.
        kept: Vec<KeptReading>,
        /// For the answer.
        ticket: u64,
    },
    /// Look at the columns of a file; see [`execute`].
    Survey {
        /// What to look at.
        what: What,
        /// How to read it.
        options: ImportOptions,
        /// For the answer.
        ticket: u64,
    },
    /// Answer a question; see [`execute`].
    Evaluate {
        /// About what.
        opened: Arc<Opened>,
        /// The question.
        question: Question,
        /// The rules in force.
        rules: Rules,
        /// An earlier answer, of which parts may be taken over.
        previous: Option<Arc<Results>>,
        /// For the answer.
        ticket: u64,
    },
    /// Decide beforehand what the next questions need; see [`execute`].
    Prepare {
        /// In what.
        opened: Arc<Opened>,
        /// The rules in force.
        rules: Rules,
        /// For the answer.
        ticket: u64,
    },
    /// Explore a metric; see [`execute`].
    Explore {
        /// In what.
        opened: Arc<Opened>,
        /// What is asked.
        question: Box<ExploreQuestion>,
        /// The rules in force.
        rules: Rules,
        /// For the answer.
        ticket: u64,
    },
    /// Measure plans; see [`execute`].
    MeasurePlans {
        /// In what.
        opened: Arc<Opened>,
        /// What is asked about each.
        questions: Vec<PlanQuestion>,
        /// The rules in force.
        rules: Rules,
        /// For the answer.
        ticket: u64,
    },
    /// Compare two windows; see [`execute`].
    Compare {
        /// In what.
        opened: Arc<Opened>,
        /// What is asked.
        ask: Box<CompareAsk>,
        /// For the answer.
        ticket: u64,
    },
    /// Answer a "what if"; see [`execute`].
    Suppose {
        /// In what.
        opened: Arc<Opened>,
        /// What is asked.
        question: Box<WhatIfQuestion>,
        /// The rules in force.
        rules: Rules,
        /// For the answer.
        ticket: u64,
    },
    /// Ask for an export of time with contacts with a dialog, then send
    /// [`ContactCommand::Open`](super::ContactCommand::Open).
    PickContacts,
    /// Read an export of time with contacts; see [`execute`].
    ImportContacts {
        /// What to open.
        what: What,
        /// For the answer.
        ticket: u64,
    },
    /// Answer a question about time with contacts; see [`execute`].
    EvaluateContacts {
        /// About what.
        opened: Arc<OpenedContacts>,
        /// The question.
        ask: Box<ContactAsk>,
        /// For the answer.
        ticket: u64,
    },
    /// Compute the SHA-256 of each file of time with contacts; see [`execute`].
    HashContacts {
        /// Of what.
        opened: Arc<OpenedContacts>,
        /// For the answer.
        ticket: u64,
    },
    /// Read exports beside the person query; see [`execute`].
    ImportBeside {
        /// What to open.
        what: What,
        /// How to read it.
        options: ImportOptions,
        /// Which kinds are in it.
        kinds: Vec<QueryKind>,
        /// For the answer.
        ticket: u64,
    },
    /// Answer questions about exports beside the person query; see [`execute`].
    EvaluateBeside {
        /// About time between groups.
        groups: Option<Arc<OpenedGroups>>,
        /// About meetings.
        meetings: Option<Arc<OpenedMeetings>>,
        /// The questions.
        ask: Box<BesideAsk>,
        /// For the answer.
        ticket: u64,
    },
    /// Work out what the switches of the data check would do; see [`execute`].
    CheckEffects {
        /// In what.
        opened: Arc<Opened>,
        /// The answer whose findings have the switches.
        results: Arc<Results>,
        /// For the answer.
        ticket: u64,
    },
    /// Compute the SHA-256 of each file; see [`execute`].
    Hash {
        /// Of what.
        opened: Arc<Opened>,
        /// For the answer.
        ticket: u64,
    },
}

/// The result of a [`Job`].
#[derive(Debug)]
pub enum Done {
    /// Files were read, or not.
    Imported(u64, Box<Result<Opened, ImportError>>),
    /// The columns of a file were looked at, or not.
    Surveyed(u64, Box<Result<ColumnChoice, ImportError>>),
    /// A question was answered.
    Evaluated(u64, Box<Results>),
    /// What the next questions need is decided.
    Prepared(u64),
    /// A metric was explored; `None` where that failed by a fault of the program.
    Explored(u64, Option<Box<Explored>>),
    /// Plans were measured.
    PlansMeasured(u64, Vec<PlanAnswer>),
    /// Two windows were compared, or not because of a fault of the program.
    Compared(u64, Option<Box<CompareAnswer>>),
    /// A "what if" was answered, or not because of a fault of the program.
    Supposed(u64, Option<Box<WhatIfAnswer>>),
    /// An export of time with contacts was read, or not.
    ContactsImported(u64, Box<Result<OpenedContacts, ImportError>>),
    /// A question about time with contacts was answered.
    ContactsEvaluated(u64, Box<ContactResults>),
    /// Files of time with contacts were hashed.
    ContactsHashed(u64, Vec<SourceHash>),
    /// Something about time with contacts failed by a fault of the program.
    ContactsFailed(u64),
    /// Exports beside the person query were read, or not.
    BesideImported(u64, Box<OpenedBeside>),
    /// Questions about them were answered.
    BesideEvaluated(u64, Box<BesideResults>),
    /// Something about them failed by a fault of the program.
    BesideFailed(u64),
    /// What the switches of the data check would do, in the order of its findings; `None` where that failed by a fault of
    /// the program.
    EffectsFound(u64, Option<Vec<Effect>>),
    /// Files were hashed.
    Hashed(u64, Vec<SourceHash>),
    /// A project was read or written.
    Project(Box<ProjectDone>),
    /// The job failed by a fault of the program.
    Failed(u64),
}

/// Does a job that needs no dialog, wherever it is called. `None` for a job that does.
#[must_use]
pub fn execute(job: &Job, progress: &Progress, cancel: &Cancel) -> Option<Done> {
    match job {
        Job::PickFiles | Job::PickMore | Job::PickContacts | Job::PickProject | Job::PickPlace { .. } => None,
        Job::ImportContacts { what, ticket } => Some(Done::ContactsImported(
            *ticket,
            Box::new(open_contacts(what, &ImportOptions::default(), progress, cancel)),
        )),
        Job::EvaluateContacts { opened, ask, ticket } => {
            Some(Done::ContactsEvaluated(*ticket, Box::new(evaluate_contacts(opened, ask))))
        }
        Job::HashContacts { opened, ticket } => {
            Some(Done::ContactsHashed(*ticket, contact_hashes(opened, progress, cancel)))
        }
        Job::ImportBeside { what, options, kinds, ticket } => {
            Some(Done::BesideImported(*ticket, Box::new(open_beside(what, options, kinds, progress, cancel))))
        }
        Job::EvaluateBeside { groups, meetings, ask, ticket } => {
            let results = evaluate_beside(groups.as_deref(), meetings.as_deref(), ask);
            Some(Done::BesideEvaluated(*ticket, Box::new(results)))
        }
        Job::Project(job) => Some(Done::Project(Box::new(job.execute()))),
        Job::Import { what, options, kept, ticket } => {
            Some(Done::Imported(*ticket, Box::new(open_as_kept(what, options, kept, progress, cancel))))
        }
        Job::Survey { what, options, ticket } => {
            Some(Done::Surveyed(*ticket, Box::new(mapping::survey(what, options, cancel))))
        }
        Job::Evaluate { opened, question, rules, previous, ticket } => {
            let results = evaluate(opened, question, *rules, previous.as_deref());
            if previous.is_none() {
                // Deciding what may be asked of a file for the first time takes more than what is kept of it.
                give_memory_back();
            }
            Some(Done::Evaluated(*ticket, Box::new(results)))
        }
        Job::Prepare { opened, rules, ticket } => {
            opened.prepare(*rules, cancel);
            Some(Done::Prepared(*ticket))
        }
        Job::Explore { opened, question, rules, ticket } => {
            Some(Done::Explored(*ticket, Some(Box::new(explore(opened, question, *rules)))))
        }
        Job::MeasurePlans { opened, questions, rules, ticket } => {
            Some(Done::PlansMeasured(*ticket, measure_all(opened, questions, *rules)))
        }
        Job::Compare { opened, ask, ticket } => {
            Some(Done::Compared(*ticket, Some(Box::new(evaluate_comparison(opened, ask)))))
        }
        Job::Suppose { opened, question, rules, ticket } => {
            Some(Done::Supposed(*ticket, Some(Box::new(suppose(opened, question, *rules)))))
        }
        Job::CheckEffects { opened, results, ticket } => {
            Some(Done::EffectsFound(*ticket, effects_beside(opened, results, cancel)))
        }
        Job::Hash { opened, ticket } => Some(Done::Hashed(*ticket, hashes(opened, progress, cancel))),
    }
}
